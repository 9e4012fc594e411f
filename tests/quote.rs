//! Quotations and their speakers, out of bare text.

use khabar::document::{Analyzer, Context, Document, analyze};
use khabar::entity::Linked;
use khabar::lexicon::look_up;
use khabar::model::Model;
use khabar::quote::{Attribution, Quote, QuoteKind, attributions};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixtures {
    case: Vec<Case>,
    attribution: Vec<Attributed>,
}

#[derive(Deserialize)]
struct Attributed {
    name: String,
    input: String,
    /// The words that attribute, who is named, what is attributed to them.
    found: Vec<[String; 3]>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    input: String,
    /// What is said, kind, who speaks.
    quotes: Vec<[String; 3]>,
}

fn told(document: &Document<'_>, quote: &Quote) -> [String; 3] {
    let kind = if quote.kind == QuoteKind::Direct { "direct" } else { "indirect" };
    let entity = quote.speaker.map(|id| document.entities[id as usize].name.clone());
    let speaker = entity.or_else(|| quote.speaker_text.clone()).unwrap_or_default();
    [document.segmentation.surface(quote.span).to_owned(), kind.to_owned(), speaker]
}

fn fixtures() -> Fixtures {
    toml::from_str(include_str!("cases/quote.toml")).expect("fixtures are valid TOML")
}

#[test]
fn cases() {
    let mut wrong = Vec::new();
    for case in fixtures().case {
        let document = analyze(&case.input, Context::default()).unwrap();
        let found: Vec<_> = document.quotes.iter().map(|q| told(&document, q)).collect();
        if found != case.quotes {
            wrong.push(format!("{}: {found:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn attributed(document: &Document<'_>) -> Vec<[String; 3]> {
    let Document { segmentation, words, mentions, entities, .. } = document;
    let hits = look_up(segmentation);
    let told = |found: Attribution| {
        let entity = found.source.map(|id| entities[id as usize].name.clone());
        let source = entity.or(found.source_text).unwrap_or_default();
        let clause = segmentation.bytes(found.clause);
        [segmentation.surface(found.cue).to_owned(), source, segmentation.surface(clause).to_owned()]
    };
    attributions(Linked { segmentation, words, hits: &hits, mentions, entities }).into_iter().map(told).collect()
}

#[test]
fn attribution_cases() {
    let mut wrong = Vec::new();
    for case in fixtures().attribution {
        let found = attributed(&analyze(&case.input, Context::default()).unwrap());
        if found != case.found {
            wrong.push(format!("{}: {found:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn jumble() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "قال",
        "وأضاف",
        "مؤكدا",
        "الوزير",
        "محمد علي",
        "إن",
        "أن",
        "أنه",
        "«",
        "»",
        "\"",
        "“",
        "”",
        ":",
        "،",
        ".",
        "\n",
        "بلاده",
        "ترفض",
        "مصدر",
        "بحسب",
        "وقالت",
        "الحكومة",
    ]);
    prop::collection::vec(words, 0..40).prop_map(|w| w.join(" "))
}

fn holds(text: &str) {
    let document = Analyzer::new(Model::Fast).unwrap().analyze(text, Context::default()).unwrap();
    for quote in &document.quotes {
        assert!(!text[quote.span.range()].trim().is_empty());
        assert!(quote.speaker.is_none_or(|id| (id as usize) < document.entities.len()));
    }
    attributed(&document);
    for pair in document.quotes.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "{pair:?}");
    }
}

#[test]
fn many_nested_marks() {
    holds(&format!("قال الوزير {}نعم{}", "«".repeat(10_000), "»".repeat(10_000)));
}

proptest! {
    #[test]
    fn any_text(text in any::<String>()) {
        holds(&text);
    }

    #[test]
    fn any_order_of_words(text in jumble()) {
        holds(&text);
    }
}
