//! Who is who within a document.
//!
//! [`link`] groups mentions in three steps: names of one form are one; forms that stand for the same thing are joined
//! (persons in `person`, other names in `name`: parts of longer names, lexicon entries, names in brackets); then nationalities
//! (`denote`) and posts (`post`) are given to the countries and persons that they denote.

mod cluster;
mod denote;
mod facts;
mod form;
mod name;
mod person;
mod post;
mod words;

use crate::lexicon::Hits;
use crate::mention::{Mention, MentionType};
use crate::morph::Words;
use crate::segment::Segmentation;

/// What one or more mentions of a document refer to.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Its number in the document; also its index.
    pub id: u32,
    /// PERS, ORG, GPE, LOC, FAC, EVENT, LAW, PRODUCT; NORP for a people that acts, OCC for an unnamed post.
    pub kind: MentionType,
    /// Its longest proper mention without clitics, or the usual name of a country known by nationality alone.
    pub name: String,
    /// The name in Latin letters, where known.
    pub latin: Option<String>,
    /// Posts and ranks told of it, as written without clitics, in text order.
    pub titles: Vec<String>,
    /// ISO 3166 code where it is a country.
    pub country: Option<String>,
    /// Indices of its mentions.
    pub mentions: Vec<u32>,
}

/// Groups the mentions of a text into entities and writes their ids into the mentions. Entities are numbered in the order of their
/// first mentions; what names nothing (الأوروبي, numbers, dates) gets none.
pub fn link(segmentation: &Segmentation<'_>, hits: &Hits, mentions: &mut [Mention]) -> Vec<Entity> {
    let mut forms = form::Forms::read(segmentation, hits, mentions);
    person::join(&mut forms);
    name::join(&mut forms, segmentation, mentions);
    let denoted = denote::denote(&mut forms, segmentation, hits, mentions);
    cluster::entities(&forms, &denoted, segmentation, mentions)
}

/// A text with its mentions and entities: what relations, events and quotations are found in.
#[derive(Clone, Copy)]
pub struct Linked<'a> {
    /// The text, cut.
    pub segmentation: &'a Segmentation<'a>,
    /// Part of speech, lemma and grammar of its segments.
    pub words: &'a Words,
    /// What the lexicon knows of it.
    pub hits: &'a Hits,
    /// Mentions, ordered by start, longer ones first.
    pub mentions: &'a [Mention],
    /// Entities; `entities[id].id == id`.
    pub entities: &'a [Entity],
}
