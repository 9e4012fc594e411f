//! Who says so: the speaker of the quotation that holds the trigger, or whom the clause names after وفقا لـ, بحسب, نقلا عن, or
//! as the subject of a reporting verb before أن.

use super::Source;
use super::argument::Trigger;
use super::view::{View, class};
use crate::model::linear::hash;
use crate::segment::SegmentKind;
use crate::span::{Segments, Span};

/// Openings of an attribution, as forms: who says so follows.
const OPENINGS: [&str; 8] = ["وفقا", "وفق", "حسب", "بحسب", "حسبما", "نقلا", "وفقما", "بحسبما"];
/// Segments from an opening to the name, a reporting verb (وفق ما ذكرت) and a class noun (صحيفة) between.
const REACH: u32 = 7;
/// Words of an unnamed source that are kept.
const LONGEST: usize = 4;

/// An attribution found in a text.
struct Attribution {
    /// The opening or reporting verb.
    at: u32,
    /// What it covers.
    scope: Span<Segments>,
    source: Source,
}

/// The attributions of a text outside quotations, in text order.
pub(super) struct Sources {
    attributions: Vec<Attribution>,
}

impl Sources {
    pub(super) fn new(view: &View<'_>) -> Self {
        let openings = OPENINGS.map(hash);
        let mut attributions = Vec::new();
        for sentence in &view.linked.segmentation.sentences {
            let sentence = sentence.segments;
            for at in sentence.start..sentence.end {
                let word = &view.words[at as usize];
                let opens = openings.contains(&word.form);
                let reports = !opens && word.class & class::REPORTING != 0 && word.class & class::VERB != 0;
                if !opens && !reports {
                    continue;
                }
                let Some(source) =
                    named(view, at, sentence, opens).or_else(|| if opens { unnamed(view, at, sentence) } else { None })
                else {
                    continue;
                };
                // What follows أن is reported; an opening covers its sentence.
                let scope = if opens {
                    sentence
                } else {
                    let that =
                        (at + 1..sentence.end.min(at + 25)).find(|&i| view.words[i as usize].class & class::THAT != 0);
                    let Some(that) = that else { continue };
                    Span::new(that, sentence.end)
                };
                attributions.push(Attribution { at, scope, source });
            }
        }
        Self { attributions }
    }

    /// The sources of an event.
    pub(super) fn of(&self, view: &View<'_>, trigger: &Trigger<'_>) -> Vec<Source> {
        if let Some(quote) = trigger.quote {
            let text = || quote.speaker_text.clone().map(Source::Text);
            return quote.speaker.map(Source::Entity).or_else(text).into_iter().collect();
        }
        let Span { start, end, .. } = view.linked.segmentation.sentences[trigger.sentence as usize].segments;
        let first = self.attributions.partition_point(|a| a.at < start);
        let sentence = self.attributions[first..].iter().take_while(|a| a.at < end);
        let near = sentence.filter(|a| a.scope.contains(trigger.at));
        near.min_by_key(|a| a.at.abs_diff(trigger.at)).map(|a| a.source.clone()).into_iter().collect()
    }
}

/// The name that stands after an opening or a reporting verb, no clause between.
fn named(view: &View<'_>, at: u32, sentence: Span<Segments>, opens: bool) -> Option<Source> {
    let until = (at + if opens { REACH } else { REACH - 2 }).min(sentence.end);
    let stop = (at + 1..until).find(|&i| {
        let word = view.words[i as usize];
        word.mention == 0 && word.class & (class::PUNCTUATION | class::THAT | class::RELATIVE) != 0
    });
    let names = view.names_in(Span::new(at + 1, stop.unwrap_or(until)));
    names.iter().find(|n| !n.nested && n.kind != crate::mention::MentionType::Norp).map(|n| Source::Entity(n.entity))
}

/// The words that stand after an opening where no name does (مصادر أمنية).
fn unnamed(view: &View<'_>, at: u32, sentence: Span<Segments>) -> Option<Source> {
    let segmentation = view.linked.segmentation;
    let stops = class::PUNCTUATION | class::QUOTE | class::THAT | class::RELATIVE | class::AND;
    let skip = |i: &u32| {
        let word = view.words[*i as usize];
        // A pronoun belongs to what comes before (ما أفادت به مصادر).
        segmentation.segments[*i as usize].kind == SegmentKind::Enclitic
            || word.class & (class::PREPOSITION | class::NEGATION | class::REPORTING) != 0
    };
    let start = (at + 1..sentence.end).find(|i| !skip(i))?;
    let end = (start..sentence.end.min(start + LONGEST as u32))
        .find(|&i| view.words[i as usize].class & (stops | class::PREPOSITION) != 0)
        .unwrap_or(sentence.end.min(start + LONGEST as u32));
    let text = segmentation.surface(segmentation.bytes(Span::new(start, end)));
    (!text.is_empty()).then(|| Source::Text(text.to_owned()))
}
