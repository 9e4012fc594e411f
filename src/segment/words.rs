//! Words: a scanner over the bytes of a text, driven by a table of character classes.
//!
//! Linear in the length of the text: what looks ahead (addresses) looks a bounded way or consumes what it saw.

use super::TokenKind;
use super::chars::{Class, class, decode};
use crate::span::Span;

/// A word as scanned: where it stands and of what class it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// Its class.
    pub kind: TokenKind,
}

/// Words and the places where lines break between them.
pub(super) struct Words {
    pub words: Vec<Word>,
    /// Indices of the words before which a new line starts; ascending, without repeats, never 0.
    pub lines: Vec<u32>,
}

/// Scans a text of at most 4 GiB.
pub(super) fn scan(text: &str) -> Words {
    let bytes = text.as_bytes();
    // An Arabic word and its space take some eleven bytes.
    let mut out = Words { words: Vec::with_capacity(bytes.len() / 9 + 4), lines: Vec::new() };
    let mut scanner = Scanner { bytes, before: Class::Space };
    let mut at = 0;
    while at < bytes.len() {
        let (c, next) = decode(bytes, at);
        let (kind, end) = match class(c) {
            Class::Space => {
                scanner.before = Class::Space;
                at = next;
                continue;
            }
            Class::Newline => {
                let count = out.words.len() as u32;
                if count > 0 && out.lines.last() != Some(&count) {
                    out.lines.push(count);
                }
                scanner.before = Class::Space;
                at = next;
                continue;
            }
            Class::Ignorable => {
                at = next;
                continue;
            }
            Class::Arabic | Class::Tatweel | Class::Mark => scanner.arabic(at),
            Class::Digit => scanner.digits(at, at),
            Class::Letter => scanner.letters(at),
            Class::Pictograph => (TokenKind::Emoji, scanner.emoji(at)),
            Class::Sign => scanner.sign(c, at, next),
        };
        out.words.push(Word { span: Span::of(at, end), kind });
        scanner.before = match kind {
            TokenKind::Arabic => Class::Arabic,
            TokenKind::Number => Class::Digit,
            TokenKind::Emoji | TokenKind::Punctuation => Class::Sign,
            _ => Class::Letter,
        };
        at = end;
    }
    out.lines.pop_if(|&mut last| last as usize == out.words.len());
    out
}

struct Scanner<'t> {
    bytes: &'t [u8],
    /// Class of what stands directly before.
    before: Class,
}

const ZWJ: u32 = 0x200D;
const KEYCAP: u32 = 0x20E3;
const EMOJI_STYLE: u32 = 0xFE0F;

impl Scanner<'_> {
    #[inline]
    fn peek(&self, at: usize) -> Option<(u32, usize)> {
        (at < self.bytes.len()).then(|| decode(self.bytes, at))
    }

    #[inline]
    fn class_at(&self, at: usize) -> Class {
        self.peek(at).map_or(Class::Space, |(c, _)| class(c))
    }

    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// Runs over characters that `part` accepts; invisible ones only between them. Gives the end of the last accepted one.
    #[inline]
    fn run(&self, mut at: usize, part: impl Fn(Class, u32) -> bool) -> usize {
        let mut end = at;
        while at < self.bytes.len() {
            let (c, next) = decode(self.bytes, at);
            let class = class(c);
            if part(class, c) {
                end = next;
            } else if class != Class::Ignorable {
                break;
            }
            at = next;
        }
        end
    }

    fn arabic(&self, start: usize) -> (TokenKind, usize) {
        let bytes = self.bytes;
        let mut at = start;
        let mut end = start;
        let mut letters = false;
        while at < bytes.len() {
            let (c, next) = decode(bytes, at);
            match class(c) {
                Class::Arabic => {
                    letters = true;
                    end = next;
                }
                Class::Mark | Class::Tatweel => end = next,
                Class::Ignorable => {}
                _ => break,
            }
            at = next;
        }
        (if letters { TokenKind::Arabic } else { TokenKind::Punctuation }, end)
    }

    /// A number whose first digit stands at `at`; `start` is where its sign or percent sign stands.
    fn digits(&self, start: usize, mut at: usize) -> (TokenKind, usize) {
        if let Some(end) = self.keycap(at) {
            return (TokenKind::Emoji, end);
        }
        if start == at
            && let Some(end) = self.dashed_date(at)
        {
            return (TokenKind::Number, end);
        }
        let first = at;
        let mut groups = 0;
        loop {
            let begin = at;
            while self.class_at(at) == Class::Digit {
                at = self.peek(at).map_or(at, |(_, next)| next);
            }
            let length = (at - begin) / if self.bytes[begin] < 0x80 { 1 } else { 2 };
            let Some((c, next)) = self.peek(at) else { break };
            if self.class_at(next) != Class::Digit {
                break;
            }
            let following = self.run_of_digits(next);
            let joins = match char::from_u32(c).unwrap_or(' ') {
                // Decimal and thousands separators, and the ر of 5ر3.
                '.' | '٫' | '٬' | 'ر' | '\'' | '’' => true,
                // A list of years has no separator of thousands.
                ',' | '،' => length <= 3 || groups > 0,
                '/' => true,
                ':' => following == 2,
                _ => false,
            };
            if !joins {
                break;
            }
            groups += 1;
            at = next;
        }
        if start == first && matches!(self.peek(at), Some((0x25 | 0x066A | 0x2030, _))) {
            at = self.peek(at).map_or(at, |(_, next)| next);
        }
        (TokenKind::Number, at)
    }

    fn run_of_digits(&self, mut at: usize) -> usize {
        let mut count = 0;
        // Nobody asks for more than four.
        while count < 5 && self.class_at(at) == Class::Digit {
            at = self.peek(at).map_or(at, |(_, next)| next);
            count += 1;
        }
        count
    }

    /// 2025-09-05 and 05-09-2025: the only numbers joined by hyphens, since 2010-2015 is a range.
    fn dashed_date(&self, start: usize) -> Option<usize> {
        let mut at = start;
        let mut lengths = [0; 3];
        for (i, length) in lengths.iter_mut().enumerate() {
            if i > 0 {
                if self.byte(at) != b'-' {
                    return None;
                }
                at += 1;
            }
            while *length < 5 && self.class_at(at) == Class::Digit {
                at = self.peek(at).map_or(at, |(_, next)| next);
                *length += 1;
            }
        }
        let ends = self.class_at(at) != Class::Digit && self.byte(at) != b'-';
        (ends && matches!(lengths, [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4])).then_some(at)
    }

    fn keycap(&self, at: usize) -> Option<usize> {
        let (c, next) = self.peek(at)?;
        if c > 0x7F {
            return None;
        }
        match self.peek(next)? {
            (KEYCAP, end) => Some(end),
            (EMOJI_STYLE, next) => match self.peek(next)? {
                (KEYCAP, end) => Some(end),
                _ => None,
            },
            _ => None,
        }
    }

    fn letters(&self, start: usize) -> (TokenKind, usize) {
        if self.byte(start) < 0x80
            && let Some(found) = self.address(start)
        {
            return found;
        }
        let mut at = self.word(start);
        // Initials with full stops (U.S.), and apostrophes inside a word (O'Brien).
        while let Some((c, next)) = self.peek(at) {
            match c {
                0x27 | 0x2019 if self.class_at(next) == Class::Letter => at = self.word(next),
                0x2E if self.single_letter(start, at) => {
                    at = next;
                    match self.peek(at) {
                        Some((c, after)) if class(c) == Class::Letter && self.byte(after) == b'.' => at = after,
                        _ => break,
                    }
                }
                _ => break,
            }
        }
        (TokenKind::Latin, at)
    }

    fn word(&self, at: usize) -> usize {
        self.run(at, |class, c| matches!(class, Class::Letter | Class::Mark | Class::Digit) || c == 0x5F)
    }

    /// Whether the letters that end at `end` are one capital alone, or a row of such with full stops between.
    fn single_letter(&self, start: usize, end: usize) -> bool {
        let last = end.wrapping_sub(1);
        end > start && self.bytes[last].is_ascii_uppercase() && (last == start || self.bytes[last - 1] == b'.')
    }

    /// A web or mail address that starts here.
    fn address(&self, start: usize) -> Option<(TokenKind, usize)> {
        let rest = &self.bytes[start..];
        let scheme = [&b"https://"[..], b"http://", b"ftp://", b"www."]
            .into_iter()
            .find(|scheme| rest.len() > scheme.len() && rest[..scheme.len()].eq_ignore_ascii_case(scheme));
        if let Some(scheme) = scheme {
            let end = self.address_end(start + scheme.len());
            return (end > start + scheme.len()).then_some((TokenKind::Url, end));
        }
        // Local part of a mail address, or a bare host; both are short.
        let name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-');
        let local = rest.iter().take(64).take_while(|&&b| name(b)).count();
        if rest.get(local) == Some(&b'@') {
            let host = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
            let length = rest[local + 1..].iter().take(255).take_while(|&&b| host(b)).count();
            let domain = &rest[local + 1..local + 1 + length];
            let domain = domain.trim_ascii_end();
            let trimmed = domain.iter().rposition(|b| b.is_ascii_alphanumeric()).map_or(0, |i| i + 1);
            if domain[..trimmed].contains(&b'.') {
                return Some((TokenKind::Email, start + local + 1 + trimmed));
            }
        }
        let host = &rest[..rest.iter().take(local).rposition(|b| b.is_ascii_alphanumeric()).map_or(0, |i| i + 1)];
        let dot = host.iter().rposition(|&b| b == b'.')?;
        let top = &host[dot + 1..];
        const TOPS: [&[u8]; 14] =
            [b"com", b"net", b"org", b"info", b"gov", b"edu", b"tv", b"tn", b"ly", b"ae", b"eg", b"sa", b"qa", b"uk"];
        let known = dot > 1 && !host[..dot].contains(&b'@') && TOPS.iter().any(|t| t.eq_ignore_ascii_case(top));
        known.then(|| {
            let end = start + host.len();
            (TokenKind::Url, if self.byte(end) == b'/' { self.address_end(end) } else { end })
        })
    }

    /// Where a web address ends: at white space, quotes, brackets and Arabic punctuation; letters of other scripts belong
    /// to it in its path only. Sentence punctuation at the end stays outside.
    fn address_end(&self, start: usize) -> usize {
        let mut at = start;
        let mut end = start;
        let mut path = false;
        while let Some((c, next)) = self.peek(at) {
            let ascii = char::from_u32(c).filter(char::is_ascii).unwrap_or('\0');
            let inside = match class(c) {
                Class::Arabic | Class::Letter | Class::Mark | Class::Digit => path || c < 0x80,
                Class::Sign => matches!(
                    ascii,
                    '-' | '.'
                        | '_'
                        | '~'
                        | ':'
                        | '/'
                        | '?'
                        | '#'
                        | '@'
                        | '!'
                        | '$'
                        | '&'
                        | '*'
                        | '+'
                        | ','
                        | ';'
                        | '='
                        | '%'
                ),
                _ => false,
            };
            if !inside {
                break;
            }
            path |= ascii == '/';
            at = next;
            if !matches!(ascii, '.' | ',' | ';' | ':' | '!' | '?') {
                end = at;
            }
        }
        end
    }

    fn sign(&self, c: u32, at: usize, next: usize) -> (TokenKind, usize) {
        let joined = matches!(self.before, Class::Letter | Class::Digit | Class::Arabic);
        match char::from_u32(c).unwrap_or(' ') {
            '#' | '＃' => {
                let end = self.tag(next);
                if end > next {
                    return (TokenKind::Hashtag, end);
                }
                if let Some(end) = self.keycap(at) {
                    return (TokenKind::Emoji, end);
                }
            }
            '@' | '＠' if !matches!(self.before, Class::Letter | Class::Digit) => {
                let end = self.tag(next);
                if end > next {
                    return (TokenKind::Handle, end);
                }
            }
            '+' | '-' | '−' | '%' | '٪' if !joined && self.class_at(next) == Class::Digit => {
                return self.digits(at, next);
            }
            // Runs of one sign: ellipses, rules, emphasis.
            '.' | '!' | '?' | '؟' | '-' | '_' | '=' | '*' | '~' | '…' | '–' | '—' => {
                let mut end = next;
                while let Some((d, after)) = self.peek(end)
                    && d == c
                {
                    end = after;
                }
                return (TokenKind::Punctuation, end);
            }
            // Copyright and arrows are pictographs only with the style sign.
            '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | '↔'..='↪' | '▪'..='◾' | '㊗' | '㊙' => {
                if let Some((EMOJI_STYLE, end)) = self.peek(next) {
                    return (TokenKind::Emoji, end);
                }
            }
            _ => {}
        }
        (TokenKind::Punctuation, next)
    }

    /// The name after # or @: letters, marks, digits and underscores, with at least one letter.
    fn tag(&self, start: usize) -> usize {
        let end = self.run(start, |class, c| {
            matches!(class, Class::Arabic | Class::Tatweel | Class::Mark | Class::Letter | Class::Digit) || c == 0x5F
        });
        let mut at = start;
        while at < end {
            let (c, next) = decode(self.bytes, at);
            if matches!(class(c), Class::Arabic | Class::Letter) {
                return end;
            }
            at = next;
        }
        start
    }

    fn emoji(&self, start: usize) -> usize {
        let (first, mut end) = decode(self.bytes, start);
        let regional = |c: u32| (0x1F1E6..=0x1F1FF).contains(&c);
        if regional(first) {
            return match self.peek(end) {
                Some((c, next)) if regional(c) => next,
                _ => end,
            };
        }
        // Base, style sign, skin tone, tags; joined to the next such group by a zero-width joiner.
        while let Some((c, next)) = self.peek(end) {
            match c {
                EMOJI_STYLE | 0x1F3FB..=0x1F3FF | 0xE0020..=0xE007F | KEYCAP => end = next,
                ZWJ => match self.peek(next) {
                    Some((c, after))
                        if class(c) == Class::Pictograph || matches!(c, 0x2190..=0x21FF | 0x2640 | 0x2642) =>
                    {
                        end = after
                    }
                    _ => break,
                },
                _ => break,
            }
        }
        end
    }
}
