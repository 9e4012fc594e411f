//! The segmenter: its cases, and what holds on any text.

use std::time::{Duration, Instant};

use khabar::segment::{Scheme, SegmentKind, Segmentation, Zone, segment, segment_word, sentence_spans, tokenize_spans};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    words: Vec<Words>,
    sentences: Vec<Sentences>,
    zones: Vec<Zones>,
    clitics: Vec<Clitics>,
    d3: Vec<Clitics>,
}

#[derive(Deserialize)]
struct Words {
    name: String,
    text: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Sentences {
    name: String,
    text: String,
    sentences: Vec<String>,
}

#[derive(Deserialize)]
struct Zones {
    name: String,
    lines: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Clitics {
    word: String,
    forms: Option<Vec<String>>,
}

fn cases() -> Cases {
    toml::from_str(include_str!("cases/segment.toml")).unwrap()
}

#[test]
fn words() {
    for case in cases().words {
        let words: Vec<&str> = tokenize_spans(&case.text).unwrap().iter().map(|w| &case.text[w.span.range()]).collect();
        assert_eq!(words, case.words, "{}", case.name);
    }
}

#[test]
fn sentences() {
    for case in cases().sentences {
        let sentences: Vec<&str> = sentence_spans(&case.text).unwrap().iter().map(|s| &case.text[s.range()]).collect();
        assert_eq!(sentences, case.sentences, "{}", case.name);
    }
}

#[test]
fn zones() {
    for case in cases().zones {
        let lines: Vec<&str> = case.lines.iter().map(|l| &*l.1).collect();
        let text = lines.join("\n");
        let cut = segment(&text).unwrap();
        let mut start = 0;
        for (zone, line) in &case.lines {
            let end = start + line.len();
            let inside = cut.sentences.iter().filter(|s| s.span.range().start >= start && s.span.range().end <= end);
            let found: Vec<String> = inside.map(|s| format!("{:?}", s.zone).to_lowercase()).collect();
            assert!(!found.is_empty() && found.iter().all(|z| z == zone), "{}: {line:?} is {found:?}", case.name);
            start = end + 1;
        }
    }
}

#[test]
fn clitics() {
    for case in cases().clitics {
        let word = case.word.replace('+', "");
        let parts: Vec<&str> =
            segment_word(&word, Scheme::Pud).unwrap().iter().map(|p| &word[p.span.range()]).collect();
        assert_eq!(parts.join("+"), case.word);
        if let Some(forms) = case.forms {
            let cut = segment(&word).unwrap();
            let found: Vec<&str> = (0..cut.segments.len()).map(|i| cut.form(i)).collect();
            assert_eq!(found, forms);
        }
    }
}

#[test]
fn articles() {
    for case in cases().d3 {
        let word = case.word.replace('+', "");
        let parts = segment_word(&word, Scheme::D3).unwrap();
        let found: Vec<&str> = parts.iter().map(|p| &word[p.span.range()]).collect();
        assert_eq!(found.join("+"), case.word);
        if let Some(forms) = case.forms {
            assert_eq!(parts.iter().map(|p| &*p.form).collect::<Vec<_>>(), forms, "{word}");
        }
        for part in parts {
            assert_eq!(part.kind == SegmentKind::Article, part.form == "ال", "{word}");
        }
    }
}

#[test]
fn schemes() {
    let text = "وللغرفة قواتها في ليبيا، التقى الوزير 3 وفود";
    let cut = segment(text).unwrap();
    let parts = |token, scheme, nominal| -> Vec<String> {
        let parts = cut.parts(token, scheme, |_| nominal).unwrap();
        parts.iter().map(|p| format!("{}/{}/{}", cut.surface(p.span), p.form, p.kind)).collect()
    };
    let pud = ["و/و/proclitic", "ل/ل/proclitic", "لغرفة/الغرفه/stem"];
    assert_eq!(parts(0, Scheme::Pud, None), pud);
    assert_eq!(parts(0, Scheme::Atb, None), pud);
    assert_eq!(parts(0, Scheme::D3, None), [pud[0], pud[1], "ل/ال/article", "غرفة/غرفه/stem"]);
    assert_eq!(parts(0, Scheme::None, None), ["وللغرفة/وللغرفه/stem"]);
    assert_eq!(parts(1, Scheme::D3, None), ["قوات/قوات/stem", "ها/ها/enclitic"]);
    assert_eq!(parts(4, Scheme::D3, None), ["،/,/stem"]);
    // The same letters as a verb and as a noun (التقى: piety).
    assert_eq!(parts(5, Scheme::D3, Some(false)), ["التقى/التقي/stem"]);
    assert_eq!(parts(5, Scheme::D3, Some(true)), ["ال/ال/article", "تقى/تقي/stem"]);
    assert_eq!(parts(7, Scheme::D3, None), ["3/3/stem"]);
    for token in 0..cut.tokens.len() {
        for &scheme in Scheme::ALL {
            let parts = cut.parts(token, scheme, |_| None).unwrap();
            let spans = parts.iter().map(|p| p.span);
            assert_eq!(spans.reduce(|a, b| a.join(b)), Some(cut.tokens[token].span));
            assert!(parts.windows(2).all(|p| p[0].span.end == p[1].span.start));
            assert!(parts.iter().all(|p| cut.segments[p.segment as usize].token as usize == token));
        }
    }
}

/// What has to hold for any text.
fn check(text: &str) -> Segmentation<'_> {
    let cut = segment(text).unwrap();
    let mut covered = 0;
    for (i, token) in cut.tokens.iter().enumerate() {
        assert!(token.span.start as usize >= covered && !token.span.is_empty(), "{text:?}: token {i}");
        // What lies between tokens is white space, controls and invisible characters.
        assert!(text[covered..token.span.range().start].chars().all(is_gap), "{text:?}: before token {i}");
        let word = cut.surface(token.span);
        assert!(!word.starts_with(is_gap), "{text:?}: {word:?}");
        covered = token.span.range().end;
        let segments = &cut.segments[token.segments.range()];
        assert_eq!(cut.bytes(token.segments), token.span);
        assert!(segments.windows(2).all(|pair| pair[0].span.end == pair[1].span.start));
        assert!(segments.iter().all(|s| s.token as usize == i));
        assert_eq!(segments.iter().filter(|s| s.kind == SegmentKind::Stem).count(), 1);
    }
    assert!(text[covered..].chars().all(is_gap), "{text:?}: at the end");
    let (mut tokens, mut segments) = (0, 0);
    for sentence in &cut.sentences {
        assert_eq!((sentence.tokens.start, sentence.segments.start), (tokens, segments));
        assert!(!sentence.tokens.is_empty());
        let first = cut.tokens[sentence.tokens.range().start].span;
        let last = cut.tokens[sentence.tokens.range().end - 1].span;
        assert_eq!(sentence.span, first.join(last));
        (tokens, segments) = (sentence.tokens.end, sentence.segments.end);
    }
    assert_eq!((tokens as usize, segments as usize), (cut.tokens.len(), cut.segments.len()));
    assert_eq!(cut.sentences.iter().map(|s| s.span).collect::<Vec<_>>(), sentence_spans(text).unwrap());
    assert!((0..cut.segments.len()).all(|i| cut.form(i).len() <= 40 * text.len()));
    cut
}

fn is_gap(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
        || matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Pieces of which odd texts are made.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "وقال",
        "للحشد",
        "د",
        "في",
        "قواته",
        ".",
        "..",
        "؟",
        "!",
        "«",
        "»",
        "\"",
        " ",
        "\n",
        "،",
        "3",
        "٤",
        "ر",
        "/",
        "-",
        ":",
        "%",
        "٪",
        "#",
        "@",
        "_",
        "www.",
        "a",
        "B",
        ".com",
        "http://",
        "👍",
        "\u{1F3FD}",
        "\u{200D}",
        "🇱",
        "\u{FE0F}",
        "\u{20E3}",
        "ـ",
        "\u{64B}",
        "\u{200F}",
        "\u{0}",
        "ﷺ",
        "\u{FEFB}",
        "é",
        "中",
        "(",
        ")",
        "شاهد أيضا",
        "أخبار ذات صلة",
    ];
    prop_oneof![4 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)]
}

proptest! {
    #[test]
    fn any_text(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn odd_text(pieces in prop::collection::vec(piece(), 0..60)) {
        check(&pieces.concat());
    }

    #[test]
    fn any_word(word in "[\u{620}-\u{6FF}]{0,40}") {
        for &scheme in Scheme::ALL {
            let parts = segment_word(&word, scheme).unwrap();
            prop_assert_eq!(parts[0].span.start, 0);
            prop_assert_eq!(parts[parts.len() - 1].span.end as usize, word.len());
            prop_assert!(parts.windows(2).all(|p| p[0].span.end == p[1].span.start));
            prop_assert_eq!(parts.iter().filter(|p| p.kind == SegmentKind::Stem).count(), 1);
        }
    }
}

#[test]
fn nothing_and_nearly_nothing() {
    for text in ["", " ", "\n\n", "\u{200F}", "\0", "\u{64B}\u{64B}", "ـ", ".", "\"", "\u{FEFF}و"] {
        check(text);
    }
    assert!(segment("").unwrap().sentences.is_empty());
}

#[test]
fn ten_thousand_nested_quotation_marks() {
    let text = format!("قال: {}نعم{}.", "«\"".repeat(5_000), "\"»".repeat(5_000));
    let cut = check(&text);
    assert_eq!(cut.tokens.len(), 20_004);
}

#[test]
fn one_long_line_takes_time_by_its_length() {
    let time = |text: &str| {
        let once = || {
            let start = Instant::now();
            let spans = sentence_spans(text).unwrap();
            assert!(!spans.is_empty());
            start.elapsed()
        };
        (0..3).map(|_| once()).min().unwrap_or_default()
    };
    for unit in [
        "وقالت الوزارة إن العمل مستمر ",
        "a.b@",
        "1/",
        "5:3",
        "www.a",
        "«",
        "#",
        "x.",
        "\u{64B}",
        "🇱🇾\u{200D}",
        "\u{200F}و",
    ] {
        let (short, long) = (unit.repeat(200_000 / unit.len()), unit.repeat(3_200_000 / unit.len()));
        // Sixteen times the text: far below the 256 times of a quadratic one, even where the machine is busy.
        let (short, long) = (time(&short).max(Duration::from_millis(1)), time(&long));
        assert!(long < short * 120, "{unit:?}: {short:?}, then {long:?}");
    }
}

#[test]
fn fifty_megabytes_in_one_line() {
    let text = "وأعلنت الهيئة نتائج الدورة، ".repeat(50_000_000 / 50);
    assert!(text.len() >= 48_000_000);
    let cut = segment(&text).unwrap();
    assert!(cut.sentences.len() > 1_000 && cut.sentences.iter().all(|s| s.zone == Zone::Body));
}
