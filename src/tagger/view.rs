//! A text as the tagger reads it.

use std::ops::Range;
use std::sync::Arc;

use super::conll::{Document, Entity, entities};
use crate::error::Result;
use crate::lexicon::{self, Hits};
use crate::mention::chain::Chain;
use crate::mention::features::{self, Word};
use crate::mention::tagger;
use crate::mention::tags::{self, LAYERS, OUTSIDE, WIDTH, offset, width};
use crate::model::clusters::Clusters;
use crate::model::encoder::Encoder;
use crate::model::{self, Linears, Model, Scorer};
use crate::number::{self, Number};
use crate::segment::{SegmentKind, Segmentation, Sentence, TokenKind, Zone, segment_tokens};
use crate::span::{Segments, Span};
use crate::time::{self, TimeExpression};

/// What the shipped models tell of texts.
pub(super) struct Reading {
    /// The mention tagger, or the one that the encoder corrects.
    linears: Arc<Linears>,
    encoder: Option<Arc<Encoder>>,
    clusters: &'static Clusters,
}

impl Reading {
    /// With the encoder or without.
    ///
    /// # Errors
    /// As [`model::linears`].
    pub(super) fn new(encoder: bool) -> Result<Self> {
        let linears = model::linears(if encoder { Model::Accurate } else { Model::Fast })?;
        let encoder = if encoder { Some(Encoder::shipped()?) } else { None };
        Ok(Self { linears, encoder, clusters: Clusters::shipped()? })
    }

    /// How many numbers the vector of a segment has; 0 without the encoder.
    pub(super) fn vector_width(&self) -> usize {
        self.encoder.as_ref().map_or(0, |encoder| encoder.vector_width())
    }
}

/// The segments of a text with all that features are made of.
pub(super) struct View {
    /// The sentences that are read.
    pub(super) sentences: Vec<Sentence>,
    /// The segments as the shipped tagger sees them.
    pub(super) words: Vec<Word>,
    /// What the shipped tagger finds.
    pub(super) shipped: Vec<Shipped>,
    /// The encoder's vectors, a row a segment; empty where it is not used.
    pub(super) vectors: Vec<f32>,
}

/// The shipped tagger's tags of a segment, a layer each, and how sure each is, in fifths.
#[derive(Clone, Copy)]
pub(super) struct Shipped {
    pub(super) tags: [u8; 3],
    pub(super) sure: [u8; 3],
}

impl View {
    /// Of a segmented text with what the stages before mentions found in it.
    ///
    /// # Errors
    /// [`ErrorKind::Model`](crate::ErrorKind::Model) where the encoder fails.
    pub(super) fn new(
        segmentation: &Segmentation<'_>,
        hits: &Hits,
        numbers: &[Number],
        times: &[TimeExpression],
        reading: &Reading,
    ) -> Result<Self> {
        let words = features::words(segmentation, hits, numbers, times, reading.clusters);
        let read = segmentation.sentences.iter().filter(|s| tagger::is_read(s));
        // Files know no zones, so none is learned.
        let sentences: Vec<Sentence> = read.map(|s| Sentence { zone: Zone::Body, ..*s }).collect();
        let [added, vectors] = match &reading.encoder {
            Some(encoder) => encoder.scores_and_vectors(segmentation)?,
            None => Default::default(),
        };
        let shipped = shipped(segmentation, &sentences, &words, &*reading.linears, &added);
        Ok(Self { sentences, words, shipped, vectors })
    }

    /// The vectors of a sentence.
    pub(super) fn vectors(&self, sentence: Span<Segments>) -> &[f32] {
        let width = self.vectors.len() / self.words.len().max(1);
        &self.vectors[sentence.start as usize * width..sentence.end as usize * width]
    }
}

/// What the shipped tagger finds, with what the encoder adds to its scores.
fn shipped(
    segmentation: &Segmentation<'_>,
    sentences: &[Sentence],
    words: &[Word],
    scorer: &dyn Scorer,
    added: &[f32],
) -> Vec<Shipped> {
    let mut all = vec![Shipped { tags: [OUTSIDE; 3], sure: [0; 3] }; words.len()];
    let mut reader = scorer.read(segmentation);
    let Some(mut tagger) = tagger::Tagger::new(&mut *reader) else { return all };
    let mut scores = tagger.scores(segmentation, words);
    scores.iter_mut().zip(added).for_each(|(score, more)| *score += more);
    let (mut chain, mut best, mut marginals) = (Chain::default(), Vec::new(), Vec::new());
    for sentence in sentences {
        let range = sentence.segments.range();
        let scores = &scores[range.start * WIDTH..range.end * WIDTH];
        for layer in 0..LAYERS.len() {
            let transitions = &tagger.transitions[1][layer];
            chain.best(scores, WIDTH, offset(layer), transitions, &mut best);
            chain.marginals(scores, WIDTH, offset(layer), transitions, &mut marginals);
            let rows = marginals.chunks_exact(width(layer));
            for ((segment, &tag), row) in all[range.clone()].iter_mut().zip(&best).zip(rows) {
                segment.tags[layer] = tag;
                segment.sure[layer] = (row[usize::from(tag)] * 5.0) as u8;
            }
        }
    }
    all
}

/// A document of a file, cut into segments.
pub(super) struct Columns<'d> {
    pub(super) document: &'d Document,
    pub(super) view: View,
    /// Whether a mention can begin or end at each segment: it is neither a clitic nor a sign.
    counts: Vec<bool>,
    /// The segments of each token, sentence by sentence.
    tokens: Vec<Vec<Span<Segments>>>,
}

impl<'d> Columns<'d> {
    /// Runs the stages before mentions on a document whose tokens and sentences are given.
    ///
    /// # Errors
    /// [`ErrorKind::Text`](crate::ErrorKind::Text) where it is over 4 GiB; as [`View::new`].
    pub(super) fn new(document: &'d Document, reading: &Reading) -> Result<Self> {
        let all: Vec<_> = document.sentences.iter().flat_map(|s| s.tokens.iter().copied()).collect();
        let lengths = document.sentences.iter().map(|s| s.tokens.len());
        let ends: Vec<usize> = lengths
            .scan(0, |end, length| {
                *end += length;
                Some(*end)
            })
            .collect();
        let (segmentation, segments) = segment_tokens(&document.text, &all, &ends)?;
        let mut rest = &segments[..];
        let mut tokens = Vec::with_capacity(ends.len());
        for sentence in &document.sentences {
            let (row, after) = rest.split_at(sentence.tokens.len());
            tokens.push(row.to_vec());
            rest = after;
        }
        let hits = lexicon::look_up(&segmentation);
        let numbers = number::parse_numbers(&segmentation);
        let times = time::parse_times(&segmentation, &numbers, None);
        let view = View::new(&segmentation, &hits, &numbers, &times, reading)?;
        let counts = (0..segmentation.segments.len()).map(|i| counts(&segmentation, i)).collect();
        Ok(Self { document, view, counts, tokens })
    }

    /// The annotated tags of all segments.
    pub(super) fn gold(&self) -> Vec<u8> {
        let mut all = vec![OUTSIDE; self.view.words.len()];
        for (sentence, row) in self.document.sentences.iter().zip(&self.tokens) {
            for Entity { tokens, kind } in entities(&sentence.labels) {
                let cover = &row[tokens];
                let (Some(first), Some(last)) = (cover.first(), cover.last()) else { continue };
                let inner = trimmed(first.start as usize..last.end as usize, |i| self.counts[i]);
                tags::put(&mut all[inner], kind);
            }
        }
        all
    }

    /// The entities of each sentence that tags of the segments stand for: those tokens of which a segment is covered.
    pub(super) fn found(&self, tags: &[u8]) -> Vec<Vec<Entity>> {
        let sentence = |row: &Vec<Span<Segments>>| {
            let (Some(first), Some(last)) = (row.first(), row.last()) else { return Vec::new() };
            let mut found: Vec<Entity> = Vec::new();
            for (span, kind) in tags::spans(&tags[first.start as usize..last.end as usize], first.start as usize) {
                let start = row.partition_point(|t| t.end <= span.start);
                let end = row.partition_point(|t| t.start < span.end);
                // Of two in one token the first has it.
                if found.last().is_none_or(|before| before.tokens.end <= start) {
                    found.push(Entity { tokens: start..end, kind });
                }
            }
            found
        };
        self.tokens.iter().map(sentence).collect()
    }
}

/// Whether a segment is neither a clitic nor a sign.
fn counts(segmentation: &Segmentation<'_>, segment: usize) -> bool {
    let part = &segmentation.segments[segment];
    part.kind == SegmentKind::Stem && segmentation.tokens[part.token as usize].kind != TokenKind::Punctuation
}

/// A range without what does not count at both ends; all of it where nothing counts.
fn trimmed(segments: Range<usize>, counts: impl Fn(usize) -> bool) -> Range<usize> {
    match (segments.clone().find(|&i| counts(i)), segments.clone().rev().find(|&i| counts(i))) {
        (Some(first), Some(last)) => first..last + 1,
        _ => segments,
    }
}
