//! Which candidates are quotations, where they end and who speaks.

use super::candidate::{self, Opening, Start};
use super::speaker::{self, Last, Voice};
use super::view::View;
use super::{Quote, QuoteKind};
use crate::model::linear::{Features, softmax};
use crate::model::{Candidate, Reader, Task};
use crate::span::{Segments, Span};

/// Index of the class «yes» of both tasks.
pub(super) const YES: usize = 1;

/// Probability from which a candidate is a quotation.
const ENOUGH: f32 = 0.5;

pub(super) struct Decoder<'r, 'v> {
    pub view: &'v View<'v>,
    pub reader: &'r mut dyn Reader,
    pub features: Features,
    pub scores: Vec<f32>,
}

/// A quotation found, before its speaker.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub from: Start,
    pub span: Span<Segments>,
    pub probability: f32,
}

impl Decoder<'_, '_> {
    /// The probability of «yes» for the features at hand.
    fn yes(&mut self, task: Task, anchor: Span<Segments>) -> f32 {
        let candidate = Candidate { features: self.features.keys(), anchors: &[anchor] };
        self.reader.score(task, candidate, &mut self.scores);
        softmax(&mut self.scores);
        self.scores.get(YES).copied().unwrap_or(0.0)
    }

    /// The end of a quotation that begins there.
    fn end(&mut self, c: &Start, ends: &mut Vec<u32>) -> u32 {
        if c.opening == Opening::Marks {
            return c.limit;
        }
        candidate::ends(self.view, c, ends);
        for (number, &at) in ends.iter().enumerate() {
            candidate::end_features(self.view, c, at, number, &mut self.features);
            if self.yes(Task::Quote, Span::new(c.start, at)) > 0.5 {
                return at;
            }
        }
        ends.last().copied().unwrap_or(c.limit)
    }

    /// All quotations, in order, none overlapping another.
    pub fn said(&mut self) -> Vec<Said> {
        let view = self.view;
        let (mut starts, mut found, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        let mut kept: Vec<Said> = Vec::new();
        for (number, sentence) in (0..).zip(&view.linked.segmentation.sentences) {
            starts.clear();
            found.clear();
            candidate::starts(view, number, sentence, &mut starts);
            for c in &starts {
                candidate::start_features(view, c, &mut self.features);
                let probability = self.yes(Task::Quote, Span::new(c.cue, c.start));
                if probability > ENOUGH {
                    let end = self.end(c, &mut ends);
                    let span = view.closed(view.trim(Span::new(c.start, end)), sentence.segments.end);
                    if !span.is_empty() {
                        found.push(Said { from: *c, span, probability });
                    }
                }
            }
            // The surest of a sentence first; what overlaps one of them, or what reaches here from before, goes.
            found.sort_by(|a, b| b.probability.total_cmp(&a.probability));
            let before = kept.last().map_or(0, |k| k.span.end);
            let mut here: Vec<Said> = Vec::new();
            for said in found.iter().filter(|s| s.span.start >= before) {
                let at = here.partition_point(|k| k.span.start < said.span.start);
                let near = [at.checked_sub(1), Some(at)];
                if near.into_iter().flatten().filter_map(|i| here.get(i)).all(|k| !k.span.overlaps(said.span)) {
                    here.insert(at, *said);
                }
            }
            kept.append(&mut here);
        }
        kept
    }

    /// The one who speaks.
    fn voice(&mut self, said: &Said, last: &Last, voices: &mut Vec<Voice>) -> Option<Voice> {
        speaker::voices(self.view, &said.from, said.span.end, last, voices);
        let mut best: Option<(f32, Voice)> = None;
        for &voice in voices.iter() {
            speaker::features(self.view, &said.from, voice, voices, last, &mut self.features);
            let score = self.yes(Task::Speaker, said.span);
            if best.is_none_or(|b| score > b.0) {
                best = Some((score, voice));
            }
        }
        best.map(|b| b.1)
    }

    pub fn quotes(&mut self) -> Vec<Quote> {
        let view = self.view;
        let s = view.linked.segmentation;
        let mut last = Last::default();
        let mut voices = Vec::new();
        let mut quotes = Vec::new();
        for said in self.said() {
            let voice = self.voice(&said, &last, &mut voices);
            let (speaker, speaker_text) = match voice {
                Some(Voice::Mention(m)) => (view.linked.mentions[m as usize].entity, None),
                Some(Voice::Text(span)) => (None, Some(s.surface(s.bytes(span)).to_owned())),
                Some(Voice::Before) => (last.entity, last.text.clone()),
                None => (None, None),
            };
            last = Last { entity: speaker, text: speaker_text.clone(), sentence: said.from.sentence };
            let cue = Some(s.segments[said.from.cue as usize].span);
            let kind = if said.from.opening == Opening::Marks || said.from.opening == Opening::Bare {
                QuoteKind::Direct
            } else {
                QuoteKind::Indirect
            };
            for row in rows(view, said.span) {
                let quote =
                    Quote { span: view.bytes(row), speaker, speaker_text: speaker_text.clone(), cue, kind, via: None };
                quotes.push(quote);
            }
        }
        quotes
    }
}

/// A row for each sentence of a quotation.
fn rows(view: &View<'_>, span: Span<Segments>) -> Vec<Span<Segments>> {
    let s = view.linked.segmentation;
    let first = s.sentence_of(span.start);
    let sentences = s.sentences[first..].iter().take_while(|x| x.segments.start < span.end);
    let row = |x: &crate::segment::Sentence| {
        let end = x.segments.end.min(span.end);
        view.closed(view.trim(Span::new(x.segments.start.max(span.start), end)), end)
    };
    sentences.map(row).filter(|r| r.len() > 1 || r.len() == span.len()).collect()
}
