//! Relations: the cases that pytest reads too, and what holds of any text.

use khabar::entity::{Entity, Linked, link};
use khabar::model::{Model, scorer};
use khabar::relation::{Proposals, Relation, RelationType, find_relations};
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
    relations: Vec<(RelationType, String, String)>,
    #[serde(default)]
    never: Vec<(RelationType, String, String)>,
}

fn named(relation: &Relation, entities: &[Entity]) -> (RelationType, String, String) {
    let name = |id: u32| entities[id as usize].name.clone();
    let tail = relation.tail.map(name).or_else(|| relation.tail_text.clone()).unwrap_or_default();
    (relation.kind, name(relation.head), tail)
}

/// The relations of a marked text.
fn relations(marked: &str) -> Vec<(RelationType, String, String)> {
    let (text, spans) = parse_marked(marked).unwrap();
    let segmentation = segment(&text).unwrap();
    let words = khabar::morph::read(&segmentation).unwrap();
    let hits = lexicon::look_up(&segmentation);
    let mut mentions = marked::mentions(&segmentation, &spans);
    let entities = link(&segmentation, &hits, &mut mentions);
    let linked =
        Linked { segmentation: &segmentation, words: &words, hits: &hits, mentions: &mentions, entities: &entities };
    let scorer = scorer(Model::Fast).unwrap();
    find_relations(linked, &*scorer).iter().map(|r| named(r, &entities)).collect()
}

#[test]
fn cases() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/relation.toml");
    let file: File = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut failures = Vec::new();
    for case in &file.case {
        let found = relations(&case.input);
        let missed = case.relations.iter().filter(|r| !found.contains(r)).map(|r| format!("missed {r:?}"));
        let wrong = case.never.iter().filter(|r| found.contains(r)).map(|r| format!("spurious {r:?}"));
        failures.extend(missed.chain(wrong).map(|f| format!("{}: {f}; found {found:?}", case.name)));
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), file.case.len(), failures.join("\n"));
}

/// Whatever the mentions and entities: no panic, ends that exist, evidence within the text, each relation once.
fn check(text: &str, raw: &[(usize, usize, usize, u32)]) {
    let segmentation = segment(text).unwrap();
    let (mentions, entities) = scattered(&segmentation, raw);
    let words = khabar::morph::read(&segmentation).unwrap();
    let hits = lexicon::look_up(&segmentation);
    let linked =
        Linked { segmentation: &segmentation, words: &words, hits: &hits, mentions: &mentions, entities: &entities };
    let found = find_relations(linked, &*scorer(Model::Fast).unwrap());
    let mut keys = std::collections::HashSet::new();
    for relation in &found {
        assert!(
            (relation.head as usize) < entities.len() && relation.tail.is_none_or(|t| (t as usize) < entities.len())
        );
        assert_eq!(relation.tail.is_none(), relation.kind == RelationType::HasTitle);
        assert!(text.get(relation.span.range()).is_some_and(|evidence| !evidence.is_empty()));
        assert!(relation.confidence.is_some_and(|c| (0.0..=1.0).contains(&c)) && !relation.rule.is_empty());
        if relation.tail.is_some() {
            assert!(keys.insert((relation.kind, relation.head, relation.tail)), "{relation:?} twice");
        }
    }
    let mut proposals = Proposals::new(linked);
    while let Some(proposal) = proposals.next() {
        assert!(!proposal.allowed.is_empty() && !proposal.features.is_empty());
    }
}

proptest! {
    #[test]
    fn any_mentions_in_any_text(
        text in "([\u{0627}-\u{064A}]{1,6}|[a-z0-9]{1,4}|[.،:\n]| ){0,80}",
        raw in prop::collection::vec((0usize..200, 0usize..6, 0usize..19, 0u32..5), 0..30),
    ) {
        check(&text, &raw);
    }

    #[test]
    fn any_text_from_end_to_end(text in "\\PC{0,200}") {
        Analyzer::new(Model::Fast).unwrap().analyze(&text, Context::default()).unwrap();
    }
}
