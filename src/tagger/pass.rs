//! One of the two passes over a text, ready to tag.

use super::dense::Dense;
use super::features;
use super::memory::Memory;
use super::view::View;
use crate::error::{Error, ErrorKind, Result};
use crate::mention::chain::{Chain, Transitions};
use crate::mention::tags::{OUTSIDE, tag};
use crate::model::linear::{Features, Linear, key};

/// Number of tags of so many types.
pub(super) const fn width(types: usize) -> usize {
    1 + 4 * types
}

/// The feature whose weights say which type comes after `from` (0 is outside): that of "outside" or of a type's first tag.
/// (A template of a number that no other feature has.)
pub(super) fn transition(from: usize) -> u32 {
    key(200, &[from as u64])
}

/// Keys of the features of each segment; given the first pass's tags, those of the document's memory too.
pub(super) fn keys(view: &View, first: Option<&[u8]>, types: usize, mut take: impl FnMut(usize, &[u32])) {
    let memory = first.map(|tags| Memory::new(&view.words, tags, types));
    let mut features = Features::default();
    for sentence in &view.sentences {
        let range = sentence.segments.range();
        for i in range.clone() {
            features::extract(view, sentence, i, &mut features);
            if let Some(memory) = &memory {
                memory.extract(range.start, range.end, i, &mut features);
            }
            take(i, features.keys());
        }
    }
}

/// The weights of a pass.
#[derive(Debug)]
pub(super) struct Pass {
    pub(super) linear: Linear,
    pub(super) dense: Option<Dense>,
    pub(super) transitions: Transitions,
}

impl Pass {
    /// From a container of sparse weights and a layer over vectors.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where the container is damaged or has other tags.
    pub(super) fn new(linear: Vec<u8>, dense: Option<Dense>, types: usize) -> Result<Self> {
        let linear = Linear::load(linear)?;
        if linear.classes().len() != width(types) {
            return Err(Error::new(ErrorKind::Model, "a tagger's file: tags of other types"));
        }
        let (mut bias, mut scores) = (Vec::new(), Vec::new());
        linear.scores(&[], &mut bias);
        let mut moves = Vec::new();
        for from in 0..=types {
            linear.scores(&[transition(from)], &mut scores);
            let entries = std::iter::once(0).chain((0..types).map(|t| usize::from(tag(t, 0))));
            moves.extend(entries.map(|class| scores[class] - bias[class]));
        }
        Ok(Self { linear, dense, transitions: Transitions::new(types, moves) })
    }

    /// Scores of all tags, a row a segment; zeros where sentences are not read.
    pub(super) fn scores(&self, view: &View, first: Option<&[u8]>, types: usize) -> Vec<f32> {
        let width = width(types);
        let mut scores = vec![0.0; width * view.words.len()];
        let mut row = Vec::new();
        keys(view, first, types, |i, keys| {
            self.linear.scores(keys, &mut row);
            scores[i * width..(i + 1) * width].copy_from_slice(&row);
        });
        if let Some(dense) = &self.dense {
            for span in view.sentences.iter().map(|s| s.segments) {
                dense.add_scores(
                    view.vectors(span),
                    &mut scores[span.start as usize * width..span.end as usize * width],
                );
            }
        }
        scores
    }

    /// The best tags of all segments by their scores.
    pub(super) fn best(&self, view: &View, scores: &[f32], types: usize) -> Vec<u8> {
        let width = width(types);
        let mut all = vec![OUTSIDE; view.words.len()];
        let (mut chain, mut best) = (Chain::default(), Vec::new());
        for range in view.sentences.iter().map(|s| s.segments.range()) {
            let scores = &scores[range.start * width..range.end * width];
            chain.best(scores, width, 0, &self.transitions, &mut best);
            all[range].copy_from_slice(&best);
        }
        all
    }

    /// The best tags of all segments.
    pub(super) fn tag(&self, view: &View, first: Option<&[u8]>, types: usize) -> Vec<u8> {
        self.best(view, &self.scores(view, first, types), types)
    }
}
