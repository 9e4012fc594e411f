//! Normalization: the cases of `cases/normalize.toml` and what must hold for any text.

use khabar::normalize::{Alignment, Digits, Options, normalize, normalize_aligned};
use proptest::prelude::*;

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
