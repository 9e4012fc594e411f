//! Input that nobody wrote to be read: whatever it is, the analysis is right in form, and ends soon.

use std::fmt::Write;

use khabar::event::Source;
use khabar::model::Model;
use khabar::model::linear::Linear;
use khabar::segment::{sentence_spans, tokenize_spans};
use khabar::{Analyzer, Context, Document, ErrorKind, Span};
use proptest::prelude::*;

/// What holds of every analysis, whatever the text.
fn check(document: &Document<'_>) {
    let s = &document.segmentation;
    let text = s.text;
    let sound = |span: Span| {
        assert!(span.start <= span.end, "{span:?}");
        assert!(text.get(span.range()).is_some(), "{span:?} is not inside the text or cuts a letter");
    };
    let full = |span: Span| {
        sound(span);
        assert!(!span.is_empty(), "empty at {span:?}");
    };
    let entity = |id: u32| assert!((id as usize) < document.entities.len(), "no entity {id}");

    let mut next = (0, 0);
    for sentence in &s.sentences {
        full(sentence.span);
        assert_eq!((sentence.tokens.start, sentence.segments.start), next);
        assert!(!sentence.tokens.is_empty());
        for token in &s.tokens[sentence.tokens.range()] {
            assert!(sentence.span.covers(token.span));
        }
        next = (sentence.tokens.end, sentence.segments.end);
    }
    assert_eq!(next, (s.tokens.len() as u32, s.segments.len() as u32));
    s.tokens.iter().for_each(|t| full(t.span));
    s.segments.iter().for_each(|t| sound(t.span));
    assert!(s.tokens.windows(2).all(|t| t[0].span.end <= t[1].span.start));
    assert!(s.segments.windows(2).all(|t| t[0].span.end <= t[1].span.start));

    document.numbers.iter().for_each(|n| full(n.span));
    assert!(document.numbers.windows(2).all(|n| n[0].span.start < n[1].span.start));
    document.times.iter().for_each(|t| full(t.span));
    assert!(document.times.windows(2).all(|t| t[0].span.end <= t[1].span.start));

    let mut open: Vec<Span> = Vec::new();
    for mention in &document.mentions {
        full(mention.span);
        assert_eq!(s.bytes(mention.segments), mention.span);
        mention.entity.into_iter().for_each(entity);
        open.retain(|outer| outer.end > mention.span.start);
        assert!(open.last().is_none_or(|outer| outer.covers(mention.span)), "{:?} crosses {open:?}", mention.span);
        open.push(mention.span);
    }
    let order = |i: usize| (document.mentions[i].span.start, std::cmp::Reverse(document.mentions[i].span.end));
    assert!((1..document.mentions.len()).all(|i| order(i - 1) <= order(i)));

    for (i, e) in document.entities.iter().enumerate() {
        assert_eq!(e.id as usize, i);
        assert!(!e.mentions.is_empty() && !e.name.is_empty());
        assert!(e.mentions.is_sorted());
        assert!(e.mentions.iter().all(|&m| document.mentions[m as usize].entity == Some(e.id)));
    }
    for relation in &document.relations {
        full(relation.span);
        entity(relation.head);
        relation.tail.into_iter().for_each(entity);
        assert_eq!(relation.tail.is_none(), relation.tail_text.is_some());
    }
    assert!(document.relations.is_sorted_by_key(|r| r.span));
    for event in &document.events {
        full(event.span);
        full(event.trigger);
        event.triggers.iter().for_each(|&t| full(t));
        assert!(event.triggers.is_sorted() && event.triggers.contains(&event.trigger));
        event.actors.iter().chain(&event.recipients).copied().chain(event.place).for_each(entity);
        if let Some(time) = event.time {
            assert_eq!(document.mentions[time as usize].value, event.date);
        }
        for source in &event.sources {
            if let Source::Entity(id) = source {
                entity(*id);
            }
        }
    }
    assert!(document.events.is_sorted_by_key(|e| e.trigger));
    for quote in &document.quotes {
        full(quote.span);
        quote.cue.into_iter().for_each(full);
        quote.speaker.into_iter().chain(quote.via).for_each(entity);
    }
    assert!(document.quotes.windows(2).all(|q| q[0].span.end <= q[1].span.start));
    let json: serde_json::Value = serde_json::from_str(&document.to_json()).unwrap();
    assert_eq!(json["text"], text);
}

fn read_with(model: Model, text: &str) -> Document<'_> {
    let context = Context { date: "2024-06-15".parse().ok(), ..Context::default() };
    let document = Analyzer::new(model).unwrap().analyze(text, context).unwrap();
    check(&document);
    document
}

/// With the fast model: the encoder's time would hide that of all else.
fn read(text: &str) -> Document<'_> {
    read_with(Model::Fast, text)
}

const NEWS: &str = "قال وزير الخارجية المصري سامح شكري إن القاهرة ترفض قصف مدينة غزة، وأضاف أن وفدا من الأمم المتحدة وصل إلى طرابلس أمس. ";

/// What costs the square of its length is felt at these lengths; what does not takes a part of a second.
#[test]
fn one_thing_very_often() {
    for (unit, count) in [
        (NEWS, 2_000),
        ("محمد مرسي ", 50_000),
        ("وقال ", 20_000),
        ("قال محمد مرسي. ", 10_000),
        ("كتاب\n", 50_000),
        ("محمد\n", 20_000),
        ("القصف ", 20_000),
        ("وفقا لما قال ", 10_000),
        ("أن ", 20_000),
        ("يوم الأحد الماضي ", 10_000),
        ("ألف مليون و", 10_000),
        ("12 ", 20_000),
        ("22/9/2025-", 10_000),
        ("قال علي «ما ", 10_000),
        ("وزير خارجية مصر ", 10_000),
        ("بن محمد ", 20_000),
        (". ", 20_000),
        (".»", 20_000),
        ("a@b.", 20_000),
        ("#", 20_000),
        ("&amp;", 10_000),
        ("👨\u{200D}👩\u{200D}👧", 20_000),
        ("\u{202E}\u{2066}a ب", 20_000),
        ("\u{064B}\u{0651}", 100_000),
        ("\u{0640}", 100_000),
        ("ا", 500_000),
        ("1", 500_000),
        ("http://", 50_000),
        ("\0", 100_000),
        ("\n", 100_000),
        (" ", 100_000),
        ("\u{200D}", 100_000),
    ] {
        read(&unit.repeat(count));
    }
}

/// Pieces without end, without letters, unknown to the encoder, in sentences longer than it reads at once.
#[test]
fn what_the_encoder_reads_in_pieces() {
    for (unit, count) in [
        (NEWS, 20),
        ("محمد مرسي ", 300),
        ("ا", 3_000),
        ("1", 3_000),
        ("\u{064B}\u{0651}", 1_000),
        ("👨\u{200D}👩\u{200D}👧", 200),
        ("\u{202E}\u{2066}a ب", 200),
        ("ﷺ ", 300),
        ("\u{10FFFF}", 300),
    ] {
        read_with(Model::Accurate, &unit.repeat(count));
    }
}

#[test]
fn ten_thousand_nested_marks() {
    for (open, close) in [("«", "»"), ("\"", "\""), ("“", "”"), ("(", ")"), ("قال علي: «", "»")] {
        read(&(open.repeat(10_000) + "وصل أحمد علي إلى القاهرة" + &close.repeat(10_000)));
    }
}

#[test]
fn many_names_that_share_parts() {
    let parts = ["محمد", "أحمد", "علي", "خالد", "حسن", "سامح", "شكري", "عمر", "يوسف", "صالح"];
    let mut text = String::new();
    for i in 0..5_000 {
        let (first, middle, last) = (parts[i % 10], parts[i / 10 % 10], parts[i / 100 % 10]);
        write!(text, "قال {first} {middle} {last} بن{i} إن {last} وصل إلى كفر{i}. ").unwrap();
    }
    read(&text);
}

#[test]
fn fifty_megabytes_in_one_line() {
    let text = NEWS.repeat((50 << 20) / NEWS.len());
    let words = tokenize_spans(&text).unwrap();
    assert!(words.windows(2).all(|w| w[0].span.end <= w[1].span.start));
    let sentences = sentence_spans(&text).unwrap();
    assert!(sentences.windows(2).all(|s| s[0].end <= s[1].start));
    assert!(sentences.len() >= text.len() / NEWS.len());
    let word = "ا".repeat(25 << 20);
    assert_eq!(read(&word).segmentation.tokens.len(), 1);
}

#[test]
fn a_million_words_a_line_each() {
    let text = "كتاب\n".repeat(1_000_000);
    assert_eq!(tokenize_spans(&text).unwrap().len(), 1_000_000);
    assert_eq!(sentence_spans(&text).unwrap().len(), 1_000_000);
}

#[test]
fn nothing_to_read() {
    for text in ["", " ", "\0", "\u{064B}", "\u{FEFF}", "\u{200F}\u{200F}", "\r\n\r\n", "…", "«", "»", "\""] {
        let document = read(text);
        assert!(document.mentions.is_empty() && document.events.is_empty() && document.quotes.is_empty(), "{text:?}");
    }
}

#[test]
fn a_model_that_is_none_is_an_error_of_models() {
    let whole = Linear::load(&include_bytes!("../src/data/models/quote.bin")[..]).unwrap();
    let data = whole.data();
    for length in (0..data.len()).step_by(data.len() / 50 + 1).chain([data.len() - 1]) {
        assert_eq!(Linear::load(data[..length].to_vec()).unwrap_err().kind(), ErrorKind::Model, "{length} bytes");
    }
    let clusters = include_bytes!("../src/data/models/clusters.bin");
    for foreign in [&b"GGUF"[..], &b"PK\x03\x04"[..], &[0; 4096][..], &[0xFF; 4096][..], &clusters[..], NEWS.as_bytes()]
    {
        assert_eq!(Linear::load(foreign.to_vec()).unwrap_err().kind(), ErrorKind::Model);
    }
}

/// Pieces of which news is made, so that by chance every stage gets something to do.
const PIECES: [&str; 48] = [
    "قال",
    "وقال",
    "وأضاف",
    "إن",
    "أن",
    "وفقا",
    "ل",
    "الرئيس",
    "رئيس",
    "وزير",
    "الخارجية",
    "المصري",
    "محمد",
    "مرسي",
    "بن",
    "القاهرة",
    "غزة",
    "للأمم",
    "المتحدة",
    "قصف",
    "زار",
    "يوم",
    "الأحد",
    "مايو",
    "2024",
    "22/9/2025",
    "ثلاثة",
    "آلاف",
    "دولار",
    "50%",
    "«",
    "»",
    "\"",
    "“",
    "(",
    ")",
    ":",
    "،",
    ".",
    "؟",
    "…",
    "\n",
    "😀",
    "\u{200F}",
    "\u{0640}",
    "\u{064B}",
    "Reuters",
    "العاصمة",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_alike_twice(text in any::<String>()) {
        prop_assert_eq!(read(&text).to_json(), read(&text).to_json());
    }

    #[test]
    fn letters_marks_and_signs(text in "[ء-ي\u{64B}-\u{652}\u{640}\u{200C}-\u{200F}\u{202A}-\u{202E}٠-٩ .،؛:«»\"()\n]{0,200}") {
        read(&text);
    }

    #[test]
    fn pieces_of_news(words in prop::collection::vec((prop::sample::select(&PIECES[..]), any::<bool>()), 0..120)) {
        let text: String = words.iter().flat_map(|(word, space)| [*word, if *space { " " } else { "" }]).collect();
        prop_assert_eq!(read(&text).to_json(), read(&text).to_json());
    }

    #[test]
    fn pieces_of_news_with_spaces(words in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..120)) {
        read(&words.join(" "));
    }
}
