//! Numbers in digits and words.

use khabar::number::{Number, parse_numbers};
use khabar::segment::segment;
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixtures {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    input: String,
    /// Text, kind, value, unit, modifier.
    numbers: Vec<[String; 5]>,
}

fn told(text: &str, number: &Number) -> [String; 5] {
    let field = |f: &Option<String>| f.clone().unwrap_or_default();
    let kind = format!("{:?}", number.kind).to_uppercase();
    let surface = text[number.span.range()].to_owned();
    [surface, kind, field(&number.value), field(&number.unit), field(&number.modifier)]
}

#[test]
fn cases() {
    let fixtures: Fixtures = toml::from_str(include_str!("cases/number.toml")).expect("fixtures are valid TOML");
    let mut wrong = Vec::new();
    for case in fixtures.case {
        let s = segment(&case.input).unwrap();
        let found: Vec<_> = parse_numbers(&s).iter().map(|n| told(&case.input, n)).collect();
        if found != case.numbers {
            wrong.push(format!("{}: {found:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Words that meet in numbers, in any order: what a grammar stumbles over.
fn jumble() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "ثلاثة",
        "عشر",
        "عشرون",
        "مئة",
        "ألف",
        "ألفي",
        "مليون",
        "ملايين",
        "و",
        "وخمسة",
        "نصف",
        "٣",
        "1٬500",
        "12.5",
        "26 .1%",
        "5ر3",
        "بالمئة",
        "في المئة",
        "دينار",
        "ليبي",
        "كيلومتر",
        "مربع",
        "من",
        "إلى",
        "-",
        "%",
        "$",
        "أول",
        "الثاني",
        "عشرات",
        "الآلاف",
        "99999999999999999999",
        "أحد",
        "ال",
        "7",
    ]);
    prop::collection::vec(words, 0..24).prop_map(|w| w.join(" "))
}

fn holds(text: &str) {
    let s = segment(text).unwrap();
    let numbers = parse_numbers(&s);
    for number in &numbers {
        assert!(!text[number.span.range()].is_empty() && !number.segments.is_empty());
    }
    for pair in numbers.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "{pair:?}");
        assert!(pair[0].segments.end <= pair[1].segments.start, "{pair:?}");
    }
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
