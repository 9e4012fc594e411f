//! Lemmas in context: tables, endings and lists propose, a linear model decides.
//!
//! A verb can be any reading that the tables of morphology have for its form; a noun or adjective what is left without an ending
//! (`data/lexicon/endings.tsv`), the singular of an irregular plural, or what annotated text shows. The candidates are ranked by a
//! linear model (after Müller, Cotterell, Fraser and Schütze, "Joint Lemmatization and Morphological Tagging with Lemming",
//! EMNLP 2015). Function words have their lemma in `data/lexicon/function_words.tsv`, or are their own.

mod candidate;
mod features;
mod store;

use std::collections::HashMap;
use std::sync::OnceLock;

use super::derived::letters_of;
use super::{Grammar, Pos};
use crate::error::{Error, Result};
use crate::model::clusters::Clusters;
use crate::model::linear::{Features, hash};
use crate::normalize::fold_into;
use crate::segment::{Segmentation, TokenKind};
use crate::span::{Bytes, Span};
use candidate::{Candidate, Candidates};
use store::Store;

/// What the trainer needs.
#[cfg(feature = "train")]
pub(crate) mod training {
    pub(crate) use super::candidate::{Candidate, Candidates};
    pub(crate) use super::features::describe;
    pub(crate) use super::store::{Kind, write};
    pub(crate) use super::{Lemmatizer, bare};
}

/// A word without its marks.
pub(crate) fn bare(word: &str) -> String {
    letters_of(word).collect()
}

/// Lemma and grammar of each segment of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lemmas {
    store: String,
    all: Vec<Lemma>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Lemma {
    text: Span<Bytes>,
    key: Span<Bytes>,
    grammar: Grammar,
}

impl Lemmas {
    pub(crate) fn lemma(&self, segment: usize) -> &str {
        &self.store[self.all[segment].text.range()]
    }

    pub(super) fn key(&self, segment: usize) -> &str {
        &self.store[self.all[segment].key.range()]
    }

    pub(crate) fn grammar(&self, segment: usize) -> Grammar {
        self.all[segment].grammar
    }
}

/// Finds lemmas.
pub(crate) struct Lemmatizer {
    store: Store,
    clusters: &'static Clusters,
    candidates: candidate::Knowledge,
}

impl Lemmatizer {
    /// The embedded one.
    pub(crate) fn shipped() -> Result<&'static Self> {
        static SHIPPED: OnceLock<Result<Lemmatizer, String>> = OnceLock::new();
        let load = || Self::load(include_bytes!("../../data/models/lemmas.bin")).map_err(|e| e.to_string());
        SHIPPED.get_or_init(load).as_ref().map_err(|e| Error::new(crate::ErrorKind::Model, e.clone()))
    }

    /// From a compiled file.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub(crate) fn load(data: &'static [u8]) -> Result<Self> {
        let candidates = candidate::Knowledge::shipped();
        Ok(Self { store: Store::read(data)?, clusters: Clusters::shipped()?, candidates })
    }

    /// The lemmas of a text, given the part of speech of each segment.
    pub(crate) fn lemmas(&self, segmentation: &Segmentation<'_>, pos: &[Pos]) -> Lemmas {
        let mut work = Work::default();
        let mut lemmas = Lemmas { store: String::with_capacity(segmentation.text.len()), all: Vec::new() };
        lemmas.all.reserve(pos.len());
        // What does not depend on neighbours is decided once a text.
        let mut known: HashMap<(u64, Pos), Lemma> = HashMap::new();
        for (i, &tag) in pos.iter().enumerate() {
            let alone = !matches!(tag, Pos::Verb | Pos::Aux);
            let written = key_of(segmentation, i);
            if let Some(&lemma) = known.get(&(written, tag)).filter(|_| alone) {
                lemmas.all.push(lemma);
                continue;
            }
            let chosen = self.choose(segmentation, pos, i, &mut work);
            let from = lemmas.store.len();
            lemmas.store.push_str(&work.candidates.text(&chosen));
            let (text, from) = (Span::of(from, lemmas.store.len()), lemmas.store.len());
            work.folded.clear();
            fold_into(&lemmas.store[text.range()], &mut work.folded);
            lemmas.store.push_str(&work.folded);
            let lemma = Lemma { text, key: Span::of(from, lemmas.store.len()), grammar: chosen.grammar };
            if alone {
                known.insert((written, tag), lemma);
            }
            lemmas.all.push(lemma);
        }
        lemmas
    }

    /// The candidates of a segment, over `candidates`.
    #[cfg(feature = "train")]
    pub(crate) fn find(&self, candidates: &mut Candidates, segmentation: &Segmentation<'_>, pos: Pos, i: usize) {
        candidates.find(&self.candidates, &self.store, segmentation, pos, i);
    }

    /// What is known of a segment whatever its candidates are.
    #[cfg(feature = "train")]
    pub(crate) fn context(
        &self,
        segmentation: &Segmentation<'_>,
        pos: &[Pos],
        i: usize,
        candidates: &Candidates,
    ) -> features::Context {
        features::Context::of(segmentation, pos, i, candidates, &self.store, self.clusters)
    }

    #[cfg(feature = "train")]
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// The best candidate of a segment.
    fn choose(&self, segmentation: &Segmentation<'_>, pos: &[Pos], i: usize, work: &mut Work) -> Candidate {
        work.candidates.find(&self.candidates, &self.store, segmentation, pos[i], i);
        let all = &work.candidates.all;
        if let [only] = all[..] {
            return only;
        }
        let context = features::Context::of(segmentation, pos, i, &work.candidates, &self.store, self.clusters);
        let mut best = (f32::NEG_INFINITY, 0);
        for (at, candidate) in all.iter().enumerate() {
            features::describe(&context, candidate, &work.candidates, &self.store, &mut work.features);
            self.store.model.scores(work.features.keys(), &mut work.scores);
            let score = work.scores.first().copied().unwrap_or(0.0);
            if score > best.0 {
                best = (score, at);
            }
        }
        all[best.1]
    }
}

/// What a segment's lemma depends on besides its part of speech, as far as no neighbours matter.
fn key_of(segmentation: &Segmentation<'_>, i: usize) -> u64 {
    let segment = &segmentation.segments[i];
    let surface = segmentation.surface(segment.span);
    let followed = candidate::followed(segmentation, i);
    hash(surface).rotate_left(17) ^ hash(segmentation.form(i)) ^ u64::from(followed)
}

/// Room for the work on one segment, kept from segment to segment.
#[derive(Default)]
struct Work {
    candidates: Candidates,
    features: Features,
    scores: Vec<f32>,
    folded: String,
}
