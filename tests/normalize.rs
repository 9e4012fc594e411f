//! Normalization: the cases of `cases/normalize.toml` and what must hold for any text.

use std::collections::BTreeMap;

use khabar::normalize::{
    Alignment, Digits, Options, Scheme, fold_into, normalize, normalize_aligned, strip_tashkeel, strip_tatweel,
    to_arabic, to_latin,
};
use khabar::span::CodePoints;
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixtures {
    case: Vec<Case>,
    transliteration: Vec<Transliteration>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    input: String,
    #[serde(default = "search")]
    preset: String,
    #[serde(default)]
    steps: BTreeMap<String, toml::Value>,
    expected: Option<String>,
    #[serde(default)]
    origin: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Transliteration {
    scheme: String,
    arabic: String,
    latin: String,
}

fn search() -> String {
    "search".to_owned()
}

fn fixtures() -> Fixtures {
    toml::from_str(include_str!("cases/normalize.toml")).expect("fixtures are valid TOML")
}

#[test]
fn cases() {
    for case in fixtures().case {
        let mut options = Options::preset(&case.preset).unwrap();
        for (step, value) in &case.steps {
            match value {
                toml::Value::String(digits) => options.digits = Digits::from_name(digits).unwrap(),
                on => *options.switch(step).unwrap() = on.as_bool().unwrap(),
            }
        }
        let expected = case.expected.as_ref().unwrap_or(&case.input);
        assert_eq!(&normalize(&case.input, &options), expected, "{}", case.name);
        let aligned = normalize_aligned(&case.input, &options).unwrap();
        assert_eq!(aligned.text(), expected, "{}", case.name);
        for (made, from) in &case.origin {
            let start = made_at(expected, made, &case.name);
            assert_eq!(&case.input[aligned.original_span(start..start + made.len())], from, "{}", case.name);
        }
    }
}

fn made_at(text: &str, part: &str, name: &str) -> usize {
    text.find(part).unwrap_or_else(|| panic!("{name}: {part} is not in {text}"))
}

#[test]
fn transliterations() {
    for case in fixtures().transliteration {
        let scheme = Scheme::from_name(&case.scheme).unwrap();
        assert_eq!(to_latin(&case.arabic, scheme), case.latin);
        assert_eq!(to_arabic(&case.latin, scheme), case.arabic);
    }
}

#[test]
fn unknown_names_are_errors() {
    assert!(Options::preset("Search").is_err());
    assert!(Digits::from_name("roman").is_err());
    assert!(Scheme::from_name("iso").is_err());
    assert!(Options::none().switch("digits").is_none());
}

/// Options with each switch thrown by a bit.
fn options(bits: u32) -> Options {
    let on = |bit: u32| bits >> bit & 1 == 1;
    Options {
        entities: on(0),
        presentation_forms: on(1),
        compose: on(2),
        tashkeel: on(3),
        superscript_alef: on(4),
        quranic_marks: on(5),
        tatweel: on(6),
        alef: on(7),
        hamza: on(8),
        alef_maqsura: on(9),
        teh_marbuta: on(10),
        persian_letters: on(11),
        foreign_letters: on(12),
        digits: [Digits::Keep, Digits::European, Digits::ArabicIndic, Digits::Keep][bits as usize >> 13 & 3],
        punctuation: on(15),
        quotes: on(16),
        bidi: on(17),
        zero_width: on(18),
        whitespace: on(19),
        elongation: on(20),
        lowercase: on(21),
    }
}

fn any_options() -> impl Strategy<Value = Options> {
    prop_oneof![Just(Options::search()), Just(Options::display()), (0u32..1 << 22).prop_map(options)]
}

/// Texts made of what the steps react to, and of anything else.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "&", "amp", "lt", "quot", "nbsp", "#59", "#x26", "#٥٩", "#xFF1B", "#65307", "#1600", "#x651", "zwj", ";", ";", "؛", "；", "＆", "ＡＭＰ",
            "hellip", "…", "ﷺ", "ﷲ", "ﻻ", "ﻵ", "ﹰ", "ﱞ", "ﬁ",
        ]),
        4 => prop::sample::select(vec![
            "ا", "اا", "أ", "آ", "ٱ", "و", "ووو", "ي", "ى", "ئ", "ؤ", "ة", "ه", "ههههه", "ل", "لله", "ی", "ک", "ۀ", "ە", "ہ", "ے", "گ", "ڤ",
        ]),
        3 => prop::sample::select(vec![
            "\u{0640}", "\u{064E}", "\u{0651}", "\u{0653}", "\u{0654}", "\u{0655}", "\u{0670}", "\u{06DF}", "\u{200C}", "\u{200D}", "\u{200F}",
            "\u{00AD}", "\u{FEFF}", "👩", "👩\u{200D}🚒", "क\u{094D}\u{200D}",
        ]),
        3 => prop::sample::select(vec![" ", " ", "\n", "\r", "\r\n", "\t", "\u{00A0}", "\u{2028}", "\0", "7", "٧", "۷", "٬", "«", "„", "A", "İ", "É"]),
        1 => any::<char>().prop_map(|_| "x"),
    ];
    prop_oneof![
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat()),
        any::<String>(),
        prop::collection::vec(any::<char>(), 0..12).prop_map(String::from_iter),
    ]
}

/// What an alignment promises of two texts.
fn check_alignment(source: &str, target: &str, alignment: &Alignment) {
    assert_eq!((alignment.source_len(), alignment.target_len()), (source.len(), target.len()));
    let (mut s, mut t) = (0, 0);
    let end = (source.len()..source.len(), target.len()..target.len());
    for (from, to) in alignment.edits().chain([end]) {
        let (kept, became) = (&source[s..from.start], &target[t..to.start]);
        assert!(kept.chars().map(char::len_utf8).eq(became.chars().map(char::len_utf8)), "{kept:?} {became:?}");
        (s, t) = (from.end, to.end);
    }
    let mut last = 0;
    for (at, c) in target.char_indices() {
        let from = alignment.to_source(at);
        assert!(last <= from && from <= source.len() && source.is_char_boundary(from));
        let span = alignment.source_span(at..at + c.len_utf8());
        assert!(span.start == from && span.end > from && source.is_char_boundary(span.end), "{span:?}");
        last = from;
    }
    let mut last = 0;
    for (at, c) in source.char_indices() {
        let to = alignment.to_target(at);
        assert!(last <= to && to <= target.len() && target.is_char_boundary(to));
        let span = alignment.target_span(at..at + c.len_utf8());
        assert!(span.start == to && target.is_char_boundary(span.end), "{span:?}");
        last = to;
    }
    assert_eq!((alignment.to_source(usize::MAX), alignment.to_target(usize::MAX)), (source.len(), target.len()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn twice_is_once(text in any_text(), options in any_options()) {
        let once = normalize(&text, &options);
        let twice = normalize(&once, &options);
        prop_assert_eq!(&twice, &once);
    }

    #[test]
    fn alignment_holds(text in any_text(), first in any_options(), second in any_options()) {
        let one = normalize_aligned(&text, &first).unwrap();
        prop_assert_eq!(one.text(), normalize(&text, &first));
        check_alignment(&text, one.text(), one.alignment());
        let two = normalize_aligned(one.text(), &second).unwrap();
        check_alignment(&text, two.text(), &one.alignment().then(two.alignment()));
    }
}

proptest! {
    #[test]
    fn words_fold_as_texts_do(word in any_text(), before in any_text()) {
        let mut key = before.clone();
        fold_into(&word, &mut key);
        prop_assert_eq!(key, before + &normalize(&word, &Options::search()));
    }

    #[test]
    fn stripping_only_takes_away(text in any_text()) {
        let mut left = text.chars();
        prop_assert!(strip_tashkeel(&strip_tatweel(&text)).chars().all(|c| left.any(|l| l == c)));
    }

    #[test]
    fn transliteration_comes_back(text in "[ \n0-9ء-غـ-\u{0652}\u{0670}ٱپچڤگ،؟]*") {
        for scheme in [Scheme::Buckwalter, Scheme::SafeBuckwalter, Scheme::Hsb] {
            let latin = to_latin(&text, scheme);
            prop_assert_eq!(latin.chars().count(), text.chars().count());
            prop_assert_eq!(to_arabic(&latin, scheme), text.as_str());
        }
    }

    #[test]
    fn code_points_align_as_bytes_do(text in any_text(), options in any_options()) {
        let normalized = normalize_aligned(&text, &options).unwrap();
        let (source, target) = (CodePoints::new(&text), CodePoints::new(normalized.text()));
        let points = normalized.alignment().in_code_points(&source, &target);
        for at in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
            prop_assert_eq!(points.to_target(source.from_byte(at)), target.from_byte(normalized.to_normalized(at)));
        }
        for at in (0..=normalized.text().len()).filter(|&at| normalized.text().is_char_boundary(at)) {
            prop_assert_eq!(points.to_source(target.from_byte(at)), source.from_byte(normalized.to_original(at)));
        }
    }
}

/// Texts on which something could take time that grows with the square of their length, or take the stack.
#[test]
fn long_texts_of_one_kind() {
    let n = 200_000;
    for piece in
        ["ا", "&", "&#59", "&amp", " ", "\n", "\u{064E}", "ا\u{0654}", ";", "\0", "ﷺ", "👩\u{200D}", "\r", "وـ", "😀"]
    {
        let text = piece.repeat(n) + ";";
        let normalized = normalize_aligned(&text, &Options::search()).unwrap();
        assert_eq!(normalize(normalized.text(), &Options::search()), normalized.text());
    }
}

#[test]
fn every_character_is_stable() {
    for bits in [0, 0x3F_FFFF, 0x3F_BFFF, 0x15_5555, 0x2A_AAAA] {
        let options = options(bits);
        for c in '\0'..=char::MAX {
            let text = String::from_iter(['x', c, 'ب', c]);
            let once = normalize(&text, &options);
            assert_eq!(normalize(&once, &options), once, "{c:?} {bits:x}");
        }
    }
}
