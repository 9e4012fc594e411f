//! Taggers of the user's own: entities of any types, none inside another, learned from annotated columns.
//!
//! The same two passes as the shipped mention tagger's, over the segments that the tokens of a file are cut into, with what the shipped
//! one finds as features besides; with the encoder, a layer over its vectors. [`train`] makes one, [`Tagger::evaluate`] measures
//! it as `seqeval` does, [`Analyzer::with_tagger`](crate::Analyzer::with_tagger) runs it on raw text. `src/data/models/tagger.md` tells how
//! well that works on published corpora.

pub mod conll;
mod dense;
mod features;
mod learn;
mod memory;
mod pass;
mod score;
mod view;

pub use learn::{Settings, train};
pub use score::{Score, Tally};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::container;
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::Hits;
use crate::mention::MentionType;
use crate::mention::chain::Chain;
use crate::mention::tags::spans;
use crate::model::{self, Model};
use crate::number::Number;
use crate::segment::Segmentation;
use crate::span::{Segments, Span};
use crate::time::TimeExpression;
use conll::{Document, Entity};
use dense::{Dense, Scale};
use pass::{Pass, width};
use view::{Columns, Reading, View};

/// More types would have more tags than the chain can number.
const MOST_TYPES: usize = 60;

const MAGIC: &[u8; 8] = b"KHBTAG\x00\x01";

/// What the file tells before its weights.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    types: Vec<String>,
    encoder: bool,
    /// Version of the models that it was trained with.
    models: String,
}

/// A trained tagger; shared between threads.
pub struct Tagger {
    header: Header,
    reading: Reading,
    scale: Option<Scale>,
    first: Pass,
    second: Pass,
}

/// An entity in a text: its segments, its type as an index of [`Tagger::types`], and the least probability of one of its tags.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// The segments covered.
    pub segments: Span<Segments>,
    /// Index of its type.
    pub kind: usize,
    /// How sure the tagger is, from 0 to 1.
    pub confidence: f32,
}

/// Version of the shipped models that a tagger works on.
fn models(encoder: bool) -> String {
    model::version(if encoder { Model::Accurate } else { Model::Fast })
}

impl Tagger {
    fn new(types: Vec<String>, reading: Reading, scale: Option<Scale>, first: Pass, second: Pass) -> Self {
        let encoder = scale.is_some();
        Self { header: Header { types, encoder, models: models(encoder) }, reading, scale, first, second }
    }

    /// Reads a tagger's file and checks all of it.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where it is truncated, damaged or of another kind or version.
    pub fn load(file: &[u8]) -> Result<Self> {
        let bad = |what: &str| Error::new(ErrorKind::Model, format!("a tagger's file: {what}"));
        let [header, first, second, dense] = container::read_checked(file, MAGIC, "tagger")?;
        let header: Header = serde_json::from_slice(header).map_err(|_| bad("a header of another form"))?;
        let types = header.types.len();
        if types == 0 || types > MOST_TYPES {
            return Err(bad("impossible number of types"));
        }
        let (numbers, rest) = dense.as_chunks();
        let numbers: Vec<f32> = numbers.iter().map(|&n| f32::from_le_bytes(n)).collect();
        let reading = Reading::new(header.encoder)?;
        let vectors = reading.vector_width();
        let size = vectors * width(types);
        if !rest.is_empty() || numbers.len() != 2 * vectors + 2 * size || !numbers.iter().all(|n| n.is_finite()) {
            return Err(bad("weights of another encoder"));
        }
        let (scale, layers) = numbers.split_at(2 * vectors);
        let mut passes = [first, second].into_iter().enumerate().map(|(i, linear)| {
            let weights = layers[i * size..(i + 1) * size].to_vec();
            Pass::new(linear.to_vec(), header.encoder.then(|| Dense::new(vectors, width(types), weights)), types)
        });
        let (Some(first), Some(second)) = (passes.next(), passes.next()) else { return Err(bad("no weights")) };
        let scale = match header.encoder {
            true => Some(Scale::of_numbers(scale.to_vec()).ok_or_else(|| bad("deviations that are none"))?),
            false => None,
        };
        Ok(Self { first: first?, second: second?, header, reading, scale })
    }

    /// The tagger's file, as [`Tagger::load`] reads it.
    pub fn to_bytes(&self) -> Vec<u8> {
        let scale = self.scale.iter().flat_map(|scale| scale.numbers());
        let layers =
            [&self.first, &self.second].into_iter().flat_map(|pass| pass.dense.iter().flat_map(Dense::weights));
        let dense = scale.chain(layers).flat_map(|n| n.to_le_bytes()).collect();
        let header = serde_json::to_vec(&self.header).unwrap_or_default();
        let linears = [&self.first, &self.second].map(|pass| pass.linear.data().to_vec());
        let [first, second] = linears;
        container::write_checked(MAGIC, &[header, first, second, dense])
    }

    /// The types of entities, in the order of their first entities in the file that it was trained on.
    pub fn types(&self) -> &[String] {
        &self.header.types
    }

    /// Whether it uses the encoder.
    pub fn uses_encoder(&self) -> bool {
        self.header.encoder
    }

    /// Whether the shipped models are those that it was trained with. With others it works, but less well.
    pub fn is_current(&self) -> bool {
        self.header.models == models(self.header.encoder)
    }

    /// The mention type of each type, by its name (also the names that other corpora have: PER, PERSON, LOCATION …) or as `labels` tell.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`] where a type is none and `labels` do not tell of it, or tell of another.
    pub(crate) fn mention_types(&self, labels: &[(String, Option<MentionType>)]) -> Result<Vec<Option<MentionType>>> {
        let bad = |what| Error::new(ErrorKind::Argument, what);
        if let Some((name, _)) = labels.iter().find(|(name, _)| !self.types().contains(name)) {
            return Err(bad(format!("the tagger has no type {name:?}, only {}", self.types().join(", "))));
        }
        let kind = |name: &String| {
            match labels.iter().find(|label| label.0 == *name) {
            Some((_, kind)) => Ok(*kind),
            None => mention_type(name).map(Some).ok_or_else(|| {
                bad(format!("the tagger's type {name:?} is no mention type: labels must tell which it is, or None to leave it out"))
            }),
        }
        };
        self.types().iter().map(kind).collect()
    }

    /// The second pass's scores of all tags.
    fn scores(&self, view: &mut View) -> Vec<f32> {
        if let Some(scale) = &self.scale {
            scale.apply(&mut view.vectors);
        }
        let types = self.header.types.len();
        let first = self.first.tag(view, None, types);
        self.second.scores(view, Some(&first), types)
    }

    /// The entities of each sentence of documents, on rayon's current pool.
    ///
    /// # Errors
    /// [`ErrorKind::Text`] where a document is over 4 GiB, [`ErrorKind::Model`] where the encoder fails.
    pub fn tag(&self, documents: &[Document]) -> Result<Vec<Vec<Vec<Entity>>>> {
        let document = |document| {
            let mut columns = Columns::new(document, &self.reading)?;
            let scores = self.scores(&mut columns.view);
            let tags = self.second.best(&columns.view, &scores, self.header.types.len());
            Ok(columns.found(&tags))
        };
        documents.par_iter().map(document).collect()
    }

    /// How many entities of an annotated file are found, for each type of the tagger and the file; `name` is what errors call the
    /// file.
    ///
    /// # Errors
    /// As [`conll::read`] and [`Tagger::tag`].
    pub fn evaluate(&self, file: &str, name: &str) -> Result<Vec<(String, Tally)>> {
        let mut types = self.header.types.clone();
        let documents = conll::read(file, name, true, &mut types)?;
        let mut score = Score::new(types.len());
        for (document, found) in documents.iter().zip(self.tag(&documents)?) {
            for (sentence, found) in document.sentences.iter().zip(found) {
                score.add(&found, &conll::entities(&sentence.labels));
            }
        }
        Ok(types.into_iter().zip(score.types().iter().copied()).collect())
    }

    /// The entities of a segmented text with what the stages before mentions found in it, in text order.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where the encoder fails.
    pub(crate) fn find(
        &self,
        segmentation: &Segmentation<'_>,
        hits: &Hits,
        numbers: &[Number],
        times: &[TimeExpression],
    ) -> Result<Vec<Found>> {
        let mut view = View::new(segmentation, hits, numbers, times, &self.reading)?;
        let scores = self.scores(&mut view);
        let types = self.header.types.len();
        let tags = self.second.best(&view, &scores, types);
        let (mut chain, mut marginals) = (Chain::default(), Vec::new());
        let mut found = Vec::new();
        for range in view.sentences.iter().map(|s| s.segments.range()) {
            let rows = &scores[range.start * width(types)..range.end * width(types)];
            chain.marginals(rows, width(types), 0, &self.second.transitions, &mut marginals);
            let sure = |i: usize| marginals[(i - range.start) * width(types) + usize::from(tags[i])];
            found.extend(spans(&tags[range.clone()], range.start).map(|(segments, kind)| Found {
                segments,
                kind,
                confidence: segments.range().map(sure).fold(1.0, f32::min),
            }));
        }
        Ok(found)
    }
}

/// The mention type that a name stands for, in the corpora's usual spellings.
fn mention_type(name: &str) -> Option<MentionType> {
    let name = name.to_ascii_uppercase();
    let own = match &*name {
        "PER" | "PERSON" => "PERS",
        "LOCATION" => "LOC",
        "ORGANIZATION" | "ORGANISATION" => "ORG",
        "FACILITY" => "FAC",
        name => name,
    };
    own.parse().ok()
}

impl std::fmt::Debug for Tagger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tagger").field("header", &self.header).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
