//! The segmenter's promises on any text.

use khabar::segment::{segment, tokenize_spans};

fn words(text: &str) -> Vec<&str> {
    tokenize_spans(text).unwrap().iter().map(|w| &text[w.span.range()]).collect()
}

#[test]
fn words_of_all_kinds() {
    let text = "وصل 1٬500 جندي (50٪) في 22/9/2025 إلى https://example.com/a. #ليبيا_اليوم 👨‍👩‍👧🇱🇾 بقيمة 5ر3 مليون.وقالت 2010-2015";
    assert_eq!(
        words(text),
        [
            "وصل",
            "1٬500",
            "جندي",
            "(",
            "50٪",
            ")",
            "في",
            "22/9/2025",
            "إلى",
            "https://example.com/a",
            ".",
            "#ليبيا_اليوم",
            "👨‍👩‍👧",
            "🇱🇾",
            "بقيمة",
            "5ر3",
            "مليون",
            ".",
            "وقالت",
            "2010",
            "-",
            "2015"
        ]
    );
}

#[test]
fn sentences_and_title() {
    let text = "حفتر يزور أنقرة\nقال د. علي إن العمل بدأ في بنغازي منذ أيام.وقالت الوزارة «نعم. سننجح.» ثم للحشد";
    let s = segment(text).unwrap();
    let sentences: Vec<&str> = s.sentences.iter().map(|x| s.surface(x.span)).collect();
    assert_eq!(sentences.len(), 5, "{sentences:?}");
    assert_eq!(s.sentences[0].zone, khabar::segment::Zone::Title);
    assert_eq!(s.form(s.segments.len() - 1), "الحشد");
}
