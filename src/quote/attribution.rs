//! Whom a report is attributed to outside quotations: وفقا لـ، بحسب، نقلا عن، كما أفاد.

use super::reporting::Shape;
use super::speaker::phrase;
use super::view::{View, speaks};
use crate::entity::Linked;
use crate::mention::MentionType;
use crate::segment::Zone;
use crate::span::{Bytes, Segments, Span};

/// A clause with the source that it is attributed to.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Entity id of the source.
    pub source: Option<u32>,
    /// The words that stand for a source that is no entity (مصادر طبية).
    pub source_text: Option<String>,
    /// The words that attribute (وفقا).
    pub cue: Span<Bytes>,
    /// What is attributed: the sentence up to the cue, or all after it where the cue begins the sentence.
    pub clause: Span<Segments>,
}

/// Words that attribute, as segments' forms (of بحسب what follows the preposition); كما does before a verb of saying.
const OPENINGS: [&str; 9] = ["وفقا", "وفق", "وفقما", "حسب", "حسبما", "نقلا", "طبقا", "استنادا", "كما"];

/// What one acts by and nobody says.
const LAWS: [&str; 8] = ["قانون", "دستور", "اتفاق", "اتفاقيه", "معاهده", "ميثاق", "لائحه", "نظام"];

/// Words that may stand between the cue and its source.
const LINKS: [&str; 6] = ["ل", "عن", "الي", "ما", "علي", "لسان"];

/// Finds the attributions of a text, in text order. What follows a cue without a name, and laws and agreements (وفق الدستور), give none.
pub fn attributions(linked: Linked<'_>) -> Vec<Attribution> {
    let view = View::new(linked);
    let s = linked.segmentation;
    let mut found = Vec::new();
    for sentence in s.sentences.iter().filter(|x| matches!(x.zone, Zone::Title | Zone::Body)) {
        let Span { start: first, end: last, .. } = sentence.segments;
        for at in first..last {
            if !OPENINGS.contains(&view.form(at)) {
                continue;
            }
            let mut next = at + 1;
            let mut told = false;
            while next < last && (LINKS.contains(&view.form(next)) || view.is_enclitic(next) || verb(&view, next)) {
                told |= verb(&view, next);
                next += 1;
            }
            // كما without a verb of saying compares or adds.
            if view.form(at) == "كما" && !told {
                continue;
            }
            let head = view.form(next);
            if LAWS.contains(&head.strip_prefix("ال").unwrap_or(head)) {
                continue;
            }
            let words = phrase(&view, next, last);
            let named = view.mentions(Span::new(next, (next + 2).min(last))).map(|i| &linked.mentions[i]);
            // A people or nationality is told of the noun before.
            let mention =
                named.filter(|m| speaks(m.kind) && m.kind != MentionType::Norp).max_by_key(|m| m.segments.end);
            if mention.is_none() && words.is_empty() || mention.is_some_and(|m| m.kind == MentionType::Law) {
                continue;
            }
            let source = mention.and_then(|m| m.entity);
            let source_text = source.is_none().then(|| s.surface(s.bytes(words)).to_owned());
            let cue = if at > first && view.form(at - 1) == "ب" { at - 1 } else { at };
            let opens = s.segments[first as usize].token == s.segments[at as usize].token;
            let clause = if opens { Span::new(words.end.max(next), last) } else { Span::new(first, cue) };
            if source.is_some() || source_text.as_ref().is_some_and(|t| !t.is_empty()) {
                found.push(Attribution {
                    source,
                    source_text,
                    cue: s.bytes(Span::new(cue, at + 1)),
                    clause: view.trim(clause),
                });
            }
        }
    }
    found
}

fn verb(view: &View<'_>, at: u32) -> bool {
    view.cue(at).is_some_and(|c| matches!(c.shape, Shape::Perfect | Shape::Imperfect))
}
