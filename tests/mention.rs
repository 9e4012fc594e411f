//! Mentions: fixtures that Python reads too, and what holds for any text.

use khabar::model::Model;
use khabar::{Analyzer, Context, Document, analyze};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    input: String,
    #[serde(default)]
    has: Vec<String>,
    #[serde(default)]
    hasnot: Vec<String>,
}

fn shown(document: &Document<'_>) -> Vec<String> {
    let show = |m: &khabar::mention::Mention| format!("{} {}", m.kind, document.segmentation.surface(m.span));
    document.mentions.iter().map(show).collect()
}

#[test]
fn cases() {
    let cases: Cases = toml::from_str(include_str!("cases/mention.toml")).unwrap();
    for model in [Model::Fast, Model::Accurate] {
        let analyzer = Analyzer::new(model).unwrap();
        for case in &cases.case {
            let document = analyzer.analyze(&case.input, Context::default()).unwrap();
            let found = shown(&document);
            for wanted in &case.has {
                assert!(found.contains(wanted), "{model:?}, {}: {wanted} not in {found:?}", case.name);
            }
            for unwanted in &case.hasnot {
                assert!(!found.contains(unwanted), "{model:?}, {}: {unwanted} in {found:?}", case.name);
            }
        }
    }
}

/// What is read in one window or in several is tagged alike, and threads share the encoder.
#[test]
fn the_encoder_reads_long_texts_and_many_at_once() {
    let analyzer = Analyzer::new(Model::Accurate).unwrap();
    let sentence = "استقبل رئيس الجمهورية التونسية قيس سعيد وزير الخارجية الجزائري أحمد عطاف في تونس.\n";
    let expected = shown(&analyzer.analyze(sentence, Context::default()).unwrap());
    assert!(expected.contains(&"PERS قيس سعيد".to_owned()), "{expected:?}");
    let long = sentence.repeat(60);
    let unbroken = long.replace(['.', '\n'], " ");
    std::thread::scope(|scope| {
        for text in [&long, &unbroken] {
            scope.spawn(|| {
                let found = shown(&analyzer.analyze(text, Context::default()).unwrap());
                assert_eq!(found.iter().filter(|m| *m == "PERS قيس سعيد").count(), 60);
            });
        }
    });
}

/// Sorted, longer ones first, on the borders of segments, none crossing another, each type once a span.
fn check(text: &str) {
    let document = analyze(text, Context::default()).unwrap();
    let mentions = &document.mentions;
    for (i, mention) in mentions.iter().enumerate() {
        assert_eq!(mention.span, document.segmentation.bytes(mention.segments));
        assert!(!mention.span.is_empty() && text.get(mention.span.range()).is_some());
        assert!(mention.confidence.is_none_or(|c| (0.0..=1.0001).contains(&c)), "{mention:?}");
        for later in &mentions[i + 1..] {
            assert!(
                (mention.span.start, later.span.end) <= (later.span.start, mention.span.end)
                    || mention.span.start < later.span.start
            );
            assert!(!mention.span.overlaps(later.span) || mention.span.covers(later.span), "{mention:?} {later:?}");
            assert!((mention.span, mention.kind) != (later.span, later.kind), "{mention:?} twice");
        }
    }
}

#[test]
fn hostile_texts() {
    for text in ["", " \n\n", "ّّّ", "\u{0}\u{0}", "وووو و و", "؟!.", "😀😀 😀", "a b c", "محمد".repeat(500).as_str()]
    {
        check(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_gives_well_formed_mentions(text in "[ \\nء-ي0-9،.«»\"A-Za-z:؟]{0,120}") {
        check(&text);
    }

    #[test]
    fn any_mix_of_news_words_gives_well_formed_mentions(words in prop::collection::vec(
        prop::sample::select(vec![
            "وزير", "الخارجية", "التركي", "هاكان", "فيدان", "في", "وليبيا", "مجلس", "الأمن", "الدولي", "يوم", "الاثنين", "3",
            "آلاف", "دولار", "لقاعدة", "الوطية", "رئيس", "جامعة", "القاهرة", ".", "،", "بحر", "البلطيق", "حزب", "العدالة",
        ]), 0..40)) {
        check(&words.join(" "));
    }
}
