//! Clitics: cutting a word into what is written together.

use super::SegmentKind;

/// A part of a word: its bytes, counted from the word's start, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is.
    pub kind: SegmentKind,
    /// Whether its first letter is the ل that stands for ال (للحشد = ل + لحشد).
    pub article: bool,
}

/// Words that only look as if they began with a clitic.
const WHOLE: [&str; 24] = [
    "وزير",
    "وزار",
    "وكال",
    "واشنطن",
    "وقت",
    "وفق",
    "وفد",
    "وسط",
    "وضع",
    "وصل",
    "واحد",
    "وطن",
    "وقع",
    "وجه",
    "وثيق",
    "وساط",
    "وسيل",
    "وفا",
    "ورق",
    "وحد",
    "ولاي",
    "والي",
    "والد",
    "وسائل",
];

/// Cuts a word in Arabic letters into clitics and stem; `parts` is emptied first.
pub fn segment_word(word: &str, parts: &mut Vec<Part>) {
    parts.clear();
    let mut start = 0;
    let letters = |s: &str| s.chars().count();
    if word.starts_with('و') && letters(word) > 3 && !WHOLE.iter().any(|w| word.starts_with(w)) {
        parts.push(Part { start: 0, end: 2, kind: SegmentKind::Proclitic, article: false });
        start = 2;
    }
    let rest = &word[start..];
    let mut article = false;
    let cut = if rest.starts_with("لل") && letters(rest) > 3 {
        article = true;
        true
    } else {
        rest.chars().next().is_some_and(|c| matches!(c, 'ب' | 'ك' | 'ف' | 'ل'))
            && rest.get(2..).is_some_and(|r| r.starts_with("ال"))
            && letters(rest) > 4
    };
    if cut {
        parts.push(Part { start: start as u32, end: start as u32 + 2, kind: SegmentKind::Proclitic, article: false });
        start += 2;
    }
    parts.push(Part { start: start as u32, end: word.len() as u32, kind: SegmentKind::Stem, article });
}

/// Appends the normalized form of a part.
pub(super) fn fold(part: &str, article: bool, out: &mut String) {
    if article {
        out.push('ا');
    }
    for c in part.chars() {
        match c {
            '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}' | '\u{200C}'..='\u{200F}' => {}
            'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
            'ى' => out.push('ي'),
            'ة' => out.push('ه'),
            '٠'..='٩' => out.push(char::from(b'0' + (c as u32 - 0x660) as u8)),
            '۰'..='۹' => out.push(char::from(b'0' + (c as u32 - 0x6F0) as u8)),
            _ => out.push(c),
        }
    }
}
