//! Sentences: where words end one.

use super::TokenKind;
use super::words::{Word, Words};

/// No sentence is longer, so that what later stages do with one stays bounded on text without full stops.
const LONGEST: usize = 600;
/// Signs that are read after the one that ends a sentence: each of a long row of signs would else read all the rest.
const CLOSING: usize = 32;

/// For each sentence, one past its last word. Together they hold all words.
pub(super) fn ends(text: &str, scanned: &Words) -> Vec<u32> {
    let words = &scanned.words;
    let mut ends = Vec::with_capacity(words.len() / 20 + 2);
    let mut lines = scanned.lines.iter().copied().peekable();
    let mut line_start = 0;
    // Last word of the sentence so far after which it may be cut if it gets too long.
    let mut pause = 0;
    let mut i = 0;
    while i < words.len() {
        let start = ends.last().map_or(0, |&end| end as usize);
        if i - start >= LONGEST {
            ends.push(if pause > start { pause as u32 } else { i as u32 });
        }
        if lines.next_if_eq(&(i as u32)).is_some() {
            if ends.last() != Some(&(i as u32)) && i > 0 {
                ends.push(i as u32);
            }
            line_start = i;
        }
        if words[i].kind == TokenKind::Punctuation {
            pause = i + 1;
            let line_end = lines.peek().map_or(words.len(), |&l| l as usize);
            if let Some(end) = (Ending { text, words, line_start, line_end }).at(i)
                && end < line_end
            {
                ends.push(end as u32);
                i = end;
                continue;
            }
        }
        i += 1;
    }
    if !words.is_empty() && ends.last() != Some(&(words.len() as u32)) {
        ends.push(words.len() as u32);
    }
    ends
}

/// Names of Latin letters, of which acronyms are made.
const SPELLED: [&str; 58] = [
    "إيه",
    "ايه",
    "أي",
    "اي",
    "آي",
    "بي",
    "سي",
    "دي",
    "إي",
    "أيه",
    "إف",
    "اف",
    "أف",
    "جي",
    "إتش",
    "اتش",
    "أتش",
    "آش",
    "جيه",
    "جاي",
    "كيه",
    "كي",
    "كاي",
    "إل",
    "ال",
    "أل",
    "إم",
    "ام",
    "أم",
    "إن",
    "ان",
    "أن",
    "أو",
    "او",
    "بيه",
    "كيو",
    "آر",
    "ار",
    "أر",
    "إس",
    "اس",
    "أس",
    "تي",
    "يو",
    "في",
    "فيه",
    "دبليو",
    "دابليو",
    "إكس",
    "اكس",
    "واي",
    "زد",
    "زي",
    "زيد",
    "د",
    "ب",
    "أ",
    "ف",
];

struct Ending<'a> {
    text: &'a str,
    words: &'a [Word],
    line_start: usize,
    line_end: usize,
}

impl Ending<'_> {
    fn surface(&self, i: usize) -> &str {
        &self.text[self.words[i].span.range()]
    }

    /// Whether white space (or the line's border) parts word `i` from the next.
    fn spaced(&self, i: usize) -> bool {
        i + 1 >= self.line_end || self.words[i].span.end < self.words[i + 1].span.start
    }

    /// If the sign at `i` ends a sentence: one past its last word.
    fn at(&self, i: usize) -> Option<usize> {
        let sign = self.surface(i);
        let ellipsis = match sign.as_bytes() {
            b"." | b"!" | b"?" => false,
            [b'.', b'.', ..] => true,
            [b'!' | b'?', ..] => false,
            _ if sign.starts_with('؟') => false,
            _ if sign.starts_with('…') => true,
            _ => return None,
        };
        if i == self.line_start {
            return None;
        }
        let mut last = i;
        // Quotes and brackets that close directly after the sign belong to the sentence, and so do further such signs.
        let farthest = self.line_end.min(i + CLOSING);
        while last + 1 < farthest && self.closes(last + 1, self.spaced(last)) {
            last += 1;
        }
        if last + 1 >= self.line_end {
            return Some(self.line_end);
        }
        if ellipsis {
            // A pause has white space on both sides or on none.
            return (!self.spaced(i - 1) && self.spaced(last)).then_some(last + 1);
        }
        if sign == "." && last == i && (self.abbreviated(i) || self.inside(i)) {
            return None;
        }
        if self.spaced(last) {
            return Some(last + 1);
        }
        self.glued(i, last + 1).then_some(last + 1)
    }

    /// Whether the sign at `i` closes what is open: a mark that looks the same on both sides does where no word touches it.
    fn closes(&self, i: usize, spaced: bool) -> bool {
        match self.surface(i) {
            "»" | "”" | "’" | ")" | "]" | "}" => true,
            "!" | "؟" | "?" | "." => !spaced,
            "\"" | "'" => {
                i + 1 >= self.line_end || self.spaced(i) && !spaced || self.words[i + 1].kind == TokenKind::Punctuation
            }
            _ => false,
        }
    }

    /// A full stop after an abbreviation, an initial or the number of a list.
    fn abbreviated(&self, i: usize) -> bool {
        if self.spaced(i - 1) && i > self.line_start {
            return false;
        }
        let before = self.surface(i - 1);
        match self.words[i - 1].kind {
            TokenKind::Arabic => {
                let letters = before.chars().filter(|&c| c != '\u{0640}').count();
                letters == 1 || (letters == 2 && matches!(before, "ام" | "دك" | "ها"))
            }
            TokenKind::Latin => {
                before.ends_with('.')
                    || (before.len() == 1 && before.bytes().all(|b| b.is_ascii_uppercase()))
                    || matches!(
                        before,
                        "Mr" | "Mrs"
                            | "Ms"
                            | "Dr"
                            | "St"
                            | "Prof"
                            | "Jr"
                            | "Sr"
                            | "vs"
                            | "No"
                            | "Inc"
                            | "Ltd"
                            | "Co"
                            | "Corp"
                    )
            }
            // The number of a list's item.
            TokenKind::Number => i - 1 == self.line_start && before.len() <= 4,
            _ => false,
        }
    }

    /// A full stop between spelled letters (سي.إن.إن), or in a decimal that was turned round (5 .14).
    fn inside(&self, i: usize) -> bool {
        let spelled = |i: usize| SPELLED.contains(&self.surface(i));
        let number = |i: usize| self.words[i].kind == TokenKind::Number;
        (spelled(i - 1) && spelled(i + 1)) || (self.spaced(i - 1) && !self.spaced(i) && number(i - 1) && number(i + 1))
    }

    /// Sentences without a space between them: بالخدمات.وقالت.
    fn glued(&self, i: usize, next: usize) -> bool {
        let before = self.words[i - 1].kind;
        let word = |i: usize| self.words[i].kind == TokenKind::Arabic && self.surface(i).chars().nth(1).is_some();
        let opens = matches!(self.surface(next), "«" | "“" | "(" | "\"" | "[");
        match before {
            TokenKind::Arabic => word(i - 1) && (word(next) || opens || self.words[next].kind == TokenKind::Number),
            TokenKind::Number => word(next),
            TokenKind::Punctuation => word(next),
            _ => word(next),
        }
    }
}
