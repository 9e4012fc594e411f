//! The two passes over a text.

use super::MentionType;
use super::chain::{Chain, Transitions};
use super::features::{self, Word};
use super::memory::Memory;
use super::tags::{self, LAYERS, WIDTH, decode, offset, width};
use crate::model::linear::{Features, key};
use crate::model::{Candidate, Reader, Task};
use crate::segment::{Segmentation, Sentence, Zone};
use crate::span::{Segments, Span};

/// The feature whose weights say which type comes after `from` in a layer: the weight of "outside" or of a type's first tag.
/// (Templates of a number that no other feature has.)
pub(crate) fn transition(layer: usize, from: usize) -> u32 {
    key(200, &[layer as u64, from as u64])
}

/// A mention with how sure the tagger is.
pub(super) struct Found {
    pub(super) segments: Span<Segments>,
    pub(super) kind: MentionType,
    pub(super) confidence: f32,
    pub(super) layer: usize,
}

/// The probability whose log-odds are those of `probability`, multiplied.
fn odds_times(probability: f32, by: f32) -> f32 {
    let (yes, no) = (probability.powf(by), (1.0 - probability).powf(by));
    yes / (yes + no)
}

/// The tags of a text whose sentences are to be read.
pub(crate) fn is_read(sentence: &Sentence) -> bool {
    sentence.zone != Zone::Boilerplate && !sentence.segments.is_empty()
}

pub(crate) struct Tagger<'r> {
    reader: &'r mut dyn Reader,
    /// Of both passes, for each layer.
    pub(crate) transitions: [[Transitions; 3]; 2],
}

impl<'r> Tagger<'r> {
    /// None where there is no model, or one of other tags.
    pub(crate) fn new(reader: &'r mut dyn Reader) -> Option<Self> {
        let both = reader.classes(Task::MentionFirst).len() == 2 * WIDTH;
        if !both || reader.classes(Task::MentionSecond).len() != WIDTH {
            return None;
        }
        let mut scores = Vec::new();
        let mut bias = Vec::new();
        reader.score(Task::MentionFirst, Candidate { features: &[], anchors: &[] }, &mut bias);
        let mut read = |pass: usize, layer: usize| {
            let types = LAYERS[layer].len();
            let mut all = Vec::with_capacity((types + 1) * (types + 1));
            for from in 0..=types {
                let candidate = Candidate { features: &[transition(layer, from)], anchors: &[] };
                reader.score(Task::MentionFirst, candidate, &mut scores);
                let first = pass * WIDTH + offset(layer);
                let entries = std::iter::once(first).chain((0..types).map(|t| first + usize::from(tags::tag(t, 0))));
                all.extend(entries.map(|class| scores[class] - bias[class]));
            }
            Transitions::new(types, all)
        };
        let transitions = [0, 1].map(|pass| [0, 1, 2].map(|layer| read(pass, layer)));
        Some(Self { reader, transitions })
    }

    /// The second pass's scores of all tags: a row of [`WIDTH`] a segment, zeros where sentences are not read.
    pub(crate) fn scores(&mut self, segmentation: &Segmentation<'_>, words: &[Word]) -> Vec<f32> {
        let mut chain = Chain::default();
        let mut row = Vec::new();
        let mut features = Features::default();
        let mut first = vec![[tags::OUTSIDE; 3]; words.len()];
        // Scores of the second pass by what the first sees too: both are looked up together.
        let mut second = vec![0.0; words.len() * WIDTH];
        let mut scores = Vec::new();
        let mut best = Vec::new();
        for sentence in segmentation.sentences.iter().filter(|s| is_read(s)) {
            let range = sentence.segments.range();
            scores.clear();
            for i in range.clone() {
                features::extract(words, sentence, i, &mut features);
                let anchors = [Span::of(i, i + 1)];
                let candidate = Candidate { features: features.keys(), anchors: &anchors };
                self.reader.score(Task::MentionFirst, candidate, &mut row);
                scores.extend_from_slice(&row[..WIDTH]);
                second[i * WIDTH..(i + 1) * WIDTH].copy_from_slice(&row[WIDTH..]);
            }
            for (layer, transitions) in self.transitions[0].iter().enumerate() {
                chain.best(&scores, WIDTH, offset(layer), transitions, &mut best);
                first[range.clone()].iter_mut().zip(&best).for_each(|(tags, &tag)| tags[layer] = tag);
            }
        }
        let memory = Memory::new(words, &first);
        for sentence in segmentation.sentences.iter().filter(|s| is_read(s)) {
            let range = sentence.segments.range();
            for i in range.clone() {
                memory.extract(range.start, range.end, i, &mut features);
                let anchors = [Span::of(i, i + 1)];
                let candidate = Candidate { features: features.keys(), anchors: &anchors };
                self.reader.score(Task::MentionSecond, candidate, &mut row);
                second[i * WIDTH..(i + 1) * WIDTH].iter_mut().zip(&row).for_each(|(s, r)| *s += r);
            }
        }
        second
    }

    /// The mentions of a text, layer by layer in each sentence.
    pub(super) fn find(mut self, segmentation: &Segmentation<'_>, words: &[Word]) -> Vec<Found> {
        let second = self.scores(segmentation, words);
        let trust = self.reader.trust();
        let mut chain = Chain::default();
        let (mut best, mut marginals) = (Vec::new(), Vec::new());
        let mut found = Vec::new();
        for sentence in segmentation.sentences.iter().filter(|s| is_read(s)) {
            let range = sentence.segments.range();
            let scores = &second[range.start * WIDTH..range.end * WIDTH];
            for (layer, transitions) in self.transitions[1].iter().enumerate() {
                chain.best(scores, WIDTH, offset(layer), transitions, &mut best);
                if best.iter().all(|&t| t == tags::OUTSIDE) {
                    continue;
                }
                chain.marginals(scores, WIDTH, offset(layer), transitions, &mut marginals);
                // A mention is as sure as its least sure tag.
                let sure = |i: usize| marginals[i * width(layer) + usize::from(best[i])];
                found.extend(decode(layer, &best, range.start).map(|m| Found {
                    segments: m.segments,
                    kind: m.kind,
                    confidence: odds_times(
                        m.segments.range().map(|i| sure(i - range.start)).fold(1.0, f32::min),
                        trust,
                    ),
                    layer,
                }));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::odds_times;

    #[test]
    fn certainty_is_drawn_towards_a_half() {
        assert_eq!([0.0, 0.5, 1.0].map(|p| odds_times(p, 0.5)), [0.0, 0.5, 1.0]);
        // Odds of 9 become odds of 3.
        assert!((odds_times(0.9, 0.5) - 0.75).abs() < 1e-6);
        assert!((odds_times(0.9, 1.0) - 0.9).abs() < 1e-6);
    }
}
