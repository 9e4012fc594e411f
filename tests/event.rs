//! Events: the cases that pytest reads too, and what holds of any text.

use khabar::entity::{Entity, Linked, link};
use khabar::event::{Event, EventType, Status, find_events};
use khabar::model::{Model, scorer};
use khabar::rule::parse_marked;
use khabar::segment::segment;
use khabar::{Analyzer, Context, lexicon};
use proptest::prelude::*;
use serde::Deserialize;

#[path = "common/marked.rs"]
mod marked;
#[path = "common/scattered.rs"]
mod scattered;

use scattered::scattered;

#[derive(Deserialize)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    input: String,
    #[serde(default)]
    events: Vec<Wanted>,
    #[serde(default)]
    never: Vec<EventType>,
}

#[derive(Debug, Deserialize)]
struct Wanted {
    r#type: EventType,
    #[serde(default)]
    actors: Vec<String>,
    #[serde(default)]
    recipients: Vec<String>,
    place: Option<String>,
    status: Option<Status>,
}

impl Wanted {
    fn is(&self, event: &Event, entities: &[Entity]) -> bool {
        let has =
            |ids: &[u32], names: &[String]| names.iter().all(|n| ids.iter().any(|&i| entities[i as usize].name == *n));
        event.kind == self.r#type
            && has(&event.actors, &self.actors)
            && has(&event.recipients, &self.recipients)
            && self.place.as_ref().is_none_or(|p| event.place.is_some_and(|i| entities[i as usize].name == *p))
            && self.status.is_none_or(|s| s == event.status)
    }
}

#[test]
fn cases() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/event.toml");
    let file: File = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut failures = Vec::new();
    for case in &file.case {
        let (text, spans) = parse_marked(&case.input).unwrap();
        let segmentation = segment(&text).unwrap();
        let words = khabar::morph::read(&segmentation).unwrap();
        let hits = lexicon::look_up(&segmentation);
        let mut mentions = marked::mentions(&segmentation, &spans);
        let entities = link(&segmentation, &hits, &mut mentions);
        let linked = Linked {
            segmentation: &segmentation,
            words: &words,
            hits: &hits,
            mentions: &mentions,
            entities: &entities,
        };
        let found = find_events(linked, &[], &*scorer(Model::Fast).unwrap());
        let names = |ids: &[u32]| ids.iter().map(|&i| entities[i as usize].name.clone()).collect::<Vec<_>>();
        let show = || -> Vec<_> {
            found.iter().map(|e| (e.kind, e.status, names(&e.actors), names(&e.recipients), e.confidence)).collect()
        };
        let missed = case.events.iter().filter(|w| !found.iter().any(|e| w.is(e, &entities)));
        let missed = missed.map(|w| format!("missed {w:?}"));
        let wrong = case.never.iter().filter(|k| found.iter().any(|e| e.kind == **k)).map(|k| format!("spurious {k}"));
        failures.extend(missed.chain(wrong).map(|f| format!("{}: {f}; found {:?}", case.name, show())));
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), file.case.len(), failures.join("\n"));
}

/// Whatever the mentions and entities: no panic, participants that exist, triggers within the text.
fn check(text: &str, raw: &[(usize, usize, usize, u32)]) {
    let segmentation = segment(text).unwrap();
    let (mentions, entities) = scattered(&segmentation, raw);
    let words = khabar::morph::read(&segmentation).unwrap();
    let hits = lexicon::look_up(&segmentation);
    let linked =
        Linked { segmentation: &segmentation, words: &words, hits: &hits, mentions: &mentions, entities: &entities };
    let found = find_events(linked, &[], &*scorer(Model::Fast).unwrap());
    assert!(found.is_sorted_by_key(|e| e.trigger));
    for event in &found {
        let ids = event.actors.iter().chain(&event.recipients);
        assert!(ids.clone().count() > 0 && ids.chain(&event.place).all(|&i| (i as usize) < entities.len()));
        assert!(event.triggers.contains(&event.trigger) && event.span.covers(event.trigger));
        assert!(text.get(event.trigger.range()).is_some_and(|word| !word.is_empty()));
        assert!(event.time.is_none_or(|t| (t as usize) < mentions.len()));
        assert!(event.confidence.is_some_and(|c| (0.0..=1.0).contains(&c)) && !event.rule.is_empty());
    }
}

const WORDS: [&str; 12] = ["زار", "اتهمت", "قصف", "هجوما", "شن", "الوزير", "في", "إلى", "و", "ليبيا", "أن", "مباحثات"];

proptest! {
    #[test]
    fn any_mentions_in_any_text(
        text in "([\u{0627}-\u{064A}]{1,6}|[a-z0-9]{1,4}|[.،:\n]| ){0,80}",
        raw in prop::collection::vec((0usize..200, 0usize..6, 0usize..19, 0u32..5), 0..30),
    ) {
        check(&text, &raw);
    }

    #[test]
    fn any_mentions_among_predicates(
        words in prop::collection::vec(0usize..WORDS.len(), 0..40),
        raw in prop::collection::vec((0usize..200, 0usize..3, 0usize..19, 0u32..5), 0..20),
    ) {
        let text: Vec<&str> = words.iter().map(|&w| WORDS[w]).collect();
        check(&text.join(" "), &raw);
    }

    #[test]
    fn any_text_from_end_to_end(text in "\\PC{0,200}") {
        Analyzer::new(Model::Fast).unwrap().analyze(&text, Context::default()).unwrap();
    }
}
