//! Clitics: a list of hard words and sentences, and odd spellings.

use khabar::segment::{Scheme, SegmentKind, segment, segment_word};
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    whole: String,
    cut: String,
    sentences: Vec<String>,
}

fn cases() -> Cases {
    toml::from_str(include_str!("cases/clitics.toml")).unwrap()
}

/// A word as its parts joined by +.
fn alone(word: &str) -> String {
    let parts = segment_word(word, Scheme::Pud).unwrap();
    parts.iter().map(|p| &word[p.span.range()]).collect::<Vec<_>>().join("+")
}

#[test]
fn hard_words_alone() {
    let cases = cases();
    let words: Vec<&str> = cases.whole.split_whitespace().chain(cases.cut.split_whitespace()).collect();
    let wrong: Vec<String> = words
        .iter()
        .map(|word| alone(&word.replace('+', "")))
        .zip(&words)
        .filter(|w| w.0 != *w.1)
        .map(|w| w.0)
        .collect();
    assert!(words.len() > 200 && wrong.len() * 100 <= words.len() * 2, "{} of {}: {wrong:?}", wrong.len(), words.len());
}

#[test]
fn hard_words_in_sentences() {
    let (mut words, mut wrong) = (0, Vec::new());
    for case in cases().sentences {
        let text = case.replace('+', "");
        let cut = segment(&text).unwrap();
        let found = cut.tokens.iter().map(|token| {
            let segments = cut.segments[token.segments.range()].iter();
            segments.map(|s| cut.surface(s.span)).collect::<Vec<_>>().join("+")
        });
        let found: Vec<String> = found.collect();
        let gold: Vec<&str> = case.split_whitespace().collect();
        assert_eq!(found.len(), gold.len(), "{text}");
        words += gold.len();
        wrong.extend(found.into_iter().zip(gold).filter(|(found, gold)| found != gold).map(|w| w.0));
    }
    assert!(words > 280 && wrong.len() * 100 <= words, "{} of {words}: {wrong:?}", wrong.len());
}

/// What a word is in presentation forms, as old programs write them: each letter in its isolated shape.
fn presented(word: &str) -> String {
    const FORMS: [(char, char); 30] = [
        ('ء', '\u{FE80}'),
        ('أ', '\u{FE83}'),
        ('إ', '\u{FE87}'),
        ('ا', '\u{FE8D}'),
        ('ب', '\u{FE8F}'),
        ('ة', '\u{FE93}'),
        ('ت', '\u{FE95}'),
        ('ث', '\u{FE99}'),
        ('ج', '\u{FE9D}'),
        ('ح', '\u{FEA1}'),
        ('خ', '\u{FEA5}'),
        ('د', '\u{FEA9}'),
        ('ذ', '\u{FEAB}'),
        ('ر', '\u{FEAD}'),
        ('ز', '\u{FEAF}'),
        ('س', '\u{FEB1}'),
        ('ش', '\u{FEB5}'),
        ('ص', '\u{FEB9}'),
        ('ط', '\u{FEC1}'),
        ('ع', '\u{FEC9}'),
        ('غ', '\u{FECD}'),
        ('ف', '\u{FED1}'),
        ('ق', '\u{FED5}'),
        ('ك', '\u{FED9}'),
        ('ل', '\u{FEDD}'),
        ('م', '\u{FEE1}'),
        ('ن', '\u{FEE5}'),
        ('ه', '\u{FEE9}'),
        ('و', '\u{FEED}'),
        ('ي', '\u{FEF1}'),
    ];
    word.chars().map(|c| FORMS.iter().find(|f| f.0 == c).map_or(c, |f| f.1)).collect()
}

#[test]
fn presentation_forms_are_cut_like_letters() {
    for word in ["و+قوات+ه", "ل+لحشد", "ب+زيارت+ها", "وزارة", "س+يزور", "و+ب+التعاون"]
    {
        let plain = word.replace('+', "");
        assert_eq!(alone(&presented(&plain)), presented(word));
        let (cut, own) = (presented(&plain), segment_word(&plain, Scheme::D3).unwrap());
        let parts = segment_word(&cut, Scheme::D3).unwrap();
        assert_eq!(parts.iter().map(|p| &p.form).collect::<Vec<_>>(), own.iter().map(|p| &p.form).collect::<Vec<_>>());
    }
    // A ligature is not cut inside: و + ل + أحد would end in the middle of one.
    assert_eq!(alone("و\u{FEF7}حد"), "و+\u{FEF7}حد");
    assert_eq!(alone("وا\u{FEF7}حزاب"), "و+ا\u{FEF7}حزاب");
    for c in ('\u{FB50}'..='\u{FEFC}').filter(|c| c.is_alphabetic()) {
        for word in [format!("{c}"), format!("و{c}"), format!("{c}ه"), format!("ب{c}ها")] {
            let parts = segment_word(&word, Scheme::D3).unwrap();
            assert_eq!(parts.iter().filter(|p| p.kind == SegmentKind::Stem).count(), 1, "{word:?}");
        }
    }
}

#[test]
fn questions() {
    let kinds = |text: &str| {
        let cut = segment(text).unwrap();
        let segments = &cut.segments[cut.tokens[0].segments.range()];
        segments.iter().map(|s| (cut.surface(s.span).to_owned(), s.kind)).collect::<Vec<_>>()
    };
    use SegmentKind::{Enclitic, Proclitic, Stem};
    let expect = |text: &str, parts: &[(&str, SegmentKind)]| {
        let found = kinds(text);
        assert_eq!(found.iter().map(|p| (&*p.0, p.1)).collect::<Vec<_>>(), parts, "{text}");
    };
    expect("أليس هذا كافيا؟", &[("أ", Proclitic), ("ليس", Stem)]);
    expect("ألم يكن حاضرا؟", &[("أ", Proclitic), ("لم", Stem)]);
    expect("ألم الظهر شائع", &[("ألم", Stem)]);
    expect("ألن رئيس الشركة الجديد", &[("ألن", Stem)]);
    expect("أفلا يعلمون؟", &[("أ", Proclitic), ("ف", Proclitic), ("لا", Stem)]);
    expect("أيمكنك الحضور؟", &[("أ", Proclitic), ("يمكن", Stem), ("ك", Enclitic)]);
    expect("ألا تعلمون؟", &[("ألا", Stem)]);
    expect("أيمن غائب", &[("أيمن", Stem)]);
    expect("أتقدم بالشكر", &[("أتقدم", Stem)]);
}
