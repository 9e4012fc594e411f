//! Who says so: the speaker of the quotation that holds the trigger, or whom the sentence names after وفقا لـ, بحسب, نقلا عن.

use super::Source;
use super::argument::Trigger;
use super::view::View;
use crate::model::linear::hash;
use crate::quote::Quote;

/// Openings of an attribution, as forms: the name follows within three words.
const OPENINGS: [&str; 9] = ["وفقا", "وفق", "حسب", "بحسب", "حسبما", "نقلا", "حسبمما", "وفقما", "بحسبما"];

/// The sources that a text names.
pub(super) struct Sources<'v> {
    /// For each attribution: its sentence and the entity.
    attributions: Vec<(u32, u32)>,
    speakers: std::marker::PhantomData<&'v Quote>,
}

impl<'v> Sources<'v> {
    pub(super) fn new(view: &View<'_>, _quotes: &'v [Quote]) -> Self {
        let openings = OPENINGS.map(hash);
        let mut attributions = Vec::new();
        for (number, sentence) in (0..).zip(&view.linked.segmentation.sentences) {
            for at in sentence.segments.start..sentence.segments.end {
                if openings.contains(&view.words[at as usize].form) {
                    let names = view.names_in(crate::span::Span::new(at, (at + 6).min(sentence.segments.end)));
                    if let Some(name) = names.iter().find(|n| !n.nested) {
                        attributions.push((number, name.entity));
                    }
                }
            }
        }
        Self { attributions, speakers: std::marker::PhantomData }
    }

    /// The sources of an event.
    pub(super) fn of(&self, trigger: &Trigger<'_>) -> Vec<Source> {
        if let Some(quote) = trigger.quote {
            let text = || quote.speaker_text.clone().map(Source::Text);
            return quote.speaker.map(Source::Entity).or_else(text).into_iter().collect();
        }
        let named = self.attributions.iter().find(|a| a.0 == trigger.sentence);
        named.map(|a| Source::Entity(a.1)).into_iter().collect()
    }
}
