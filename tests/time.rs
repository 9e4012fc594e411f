//! Time expressions and their values.

use khabar::number::parse_numbers;
use khabar::segment::segment;
use khabar::time::{DocumentDate, parse_times, value_of};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixtures {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    date: Option<String>,
    input: String,
    times: Vec<[String; 2]>,
}

#[test]
fn cases() {
    let fixtures: Fixtures = toml::from_str(include_str!("cases/time.toml")).expect("fixtures are valid TOML");
    let mut wrong = Vec::new();
    for case in fixtures.case {
        let date = case.date.map(|d| d.parse().expect("a date"));
        let s = segment(&case.input).unwrap();
        let numbers = parse_numbers(&s);
        let times = parse_times(&s, &numbers, date);
        let found: Vec<_> = times.iter().map(|t| [s.surface(t.span).to_owned(), t.value.clone()]).collect();
        if found != case.times {
            wrong.push(format!("{}: {found:?}", case.name));
        }
        for time in times {
            let again = value_of(&s, &numbers, time.segments, date).map(|t| t.value);
            assert_eq!(again.as_deref(), Some(&*time.value), "{}", case.name);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn jumble() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "يوم",
        "اليوم",
        "أمس",
        "الجمعة",
        "السبت",
        "12",
        "31",
        "الثامن",
        "من",
        "مارس",
        "أيار",
        "/",
        "شهر",
        "رمضان",
        "الماضي",
        "المقبل",
        "عام",
        "2024",
        "الساعة",
        "17:15",
        "مساء",
        "منتصف",
        "الليل",
        "و",
        "إلى",
        "بين",
        "نهاية",
        "القرن",
        "ثلاثة",
        "سنوات",
        "ساعة",
        "ونصف",
        "عدة",
        "أيام",
        "22/9/2023",
        "،",
        "(",
        ")",
        "كل",
    ]);
    prop::collection::vec(words, 0..24).prop_map(|w| w.join(" "))
}

fn holds(text: &str, date: Option<DocumentDate>) {
    let s = segment(text).unwrap();
    let times = parse_times(&s, &parse_numbers(&s), date);
    for time in &times {
        assert!(!text[time.span.range()].is_empty() && !time.value.is_empty());
        if let (Some(earliest), Some(latest)) = (time.earliest, time.latest) {
            assert!(earliest <= latest || time.value.contains('/'), "{time:?}");
        }
    }
    for pair in times.windows(2) {
        assert!(pair[0].segments.end <= pair[1].segments.start, "{pair:?}");
    }
}

proptest! {
    #[test]
    fn any_text(text in any::<String>()) {
        holds(&text, None);
    }

    #[test]
    fn any_order_of_words(text in jumble(), year in -9999i16..=9999, month in 1i8..=12, day in 1i8..=28) {
        holds(&text, None);
        holds(&text, Some(DocumentDate { year, month: Some(month), day: Some(day) }));
        holds(&text, Some(DocumentDate { year, month: None, day: None }));
    }
}
