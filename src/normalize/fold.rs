//! The pass over the text that takes all steps at once.
//!
//! Nearly all characters of Arabic news lie below U+0800 and become one character or none, whatever stands beside them: a table
//! look-up, a store and an advance by the length of the result. The rest (presentation forms, line breaks, repeated characters,
//! references, emoji) leaves this loop for [`Pass::slow`], which decides each character against the end of what has been written.
//! A character that has been written is only ever taken back from the end, so what it was decided against stays true,
//! and a second normalization decides the same: nothing changes any more.

use super::align::Record;
use super::entities;
use super::options::Options;
use super::tables::{self, Mapped};

/// Characters below this one are looked up in the table: those of one or two bytes.
const TABLE_LEN: usize = 0x800;
/// Table entry: not to be decided by itself.
const SLOW: u32 = 3 << 28;
/// Table entry: dropped. Entries of dropped characters have length 0.
const DROPPED: u32 = 0;
/// Table entry: dropped and belonging to the character before.
const DROPPED_MARK: u32 = 1 << 27;
/// No entry of any character: what stands before the first.
const NO_ENTRY: u32 = u32::MAX;

/// The entry that yields `c`: its UTF-8 bytes in bits 0–15, its code point in bits 16–26, the number of bytes in bits 28–29.
const fn entry(c: char) -> u32 {
    let code = c as u32;
    let (bytes, len) = match code {
        0..0x80 => (code, 1),
        0x80..0x800 => ((0xC0 | code >> 6) | (0x80 | (code & 0x3F)) << 8, 2),
        _ => return NO_ENTRY,
    };
    bytes | code << 16 | len << 28
}

const SPACE: u32 = entry(' ');

/// Options, compiled.
pub(super) struct Table {
    options: Options,
    entries: [u32; TABLE_LEN],
}

impl Table {
    pub(super) fn new(options: Options) -> Self {
        let mut entries = [SLOW; TABLE_LEN];
        for (code, slot) in entries.iter_mut().enumerate() {
            let Some(c) = char::from_u32(code as u32) else { continue };
            let decided_by_neighbours = match c {
                '\u{0653}'..='\u{0655}' => options.compose,
                '\r' => options.whitespace,
                _ => false,
            };
            if decided_by_neighbours {
                continue;
            }
            *slot = match tables::map(c, &options) {
                Mapped::Drop if attaches(c) => DROPPED_MARK,
                Mapped::Drop => DROPPED,
                Mapped::One('\n') if options.whitespace => SLOW,
                Mapped::One(';') if options.entities => SLOW,
                Mapped::One(m) if (m as usize) < TABLE_LEN => entry(m),
                _ => SLOW,
            };
        }
        Self { options, entries }
    }

    pub(super) const fn options(&self) -> &Options {
        &self.options
    }
}

/// Whether a character, where it is dropped, belongs to the one before it.
const fn attaches(c: char) -> bool {
    tables::is_tashkeel(c) || tables::is_quranic_mark(c) || matches!(c, '\u{0640}' | '\u{0670}')
}

/// How a text is stored: UTF-8 here, whole code points where the text comes from Python.
pub(super) trait Encoding {
    /// The unit of storage, of offsets and of alignments.
    type Unit: Copy + PartialEq;
    /// The character at `at` and its length; `None` where there is none (a lone surrogate).
    fn decode(text: &[Self::Unit], at: usize) -> Option<(char, usize)>;
    /// The last character and its length.
    fn last(text: &[Self::Unit]) -> Option<(char, usize)>;
    /// Appends a character.
    fn push(out: &mut Vec<Self::Unit>, c: char);
    /// Runs on from `at` as long as the table decides; gives where it stopped. `seen` are the entries last written, the last first.
    fn fast<R: Record>(
        entries: &[u32; TABLE_LEN],
        text: &[Self::Unit],
        at: usize,
        out: &mut Vec<Self::Unit>,
        seen: [u32; 2],
        notes: &mut R,
    ) -> usize;
}

/// Whether an entry must be decided against what stands before it: the third of a kind, or a repeated space.
#[inline(always)]
const fn repeats(entry: u32, [last, before]: [u32; 2]) -> bool {
    entry == last && (entry == before || entry == SPACE)
}

/// UTF-8. The text must be valid UTF-8, and so is what is written.
pub(super) enum Utf8 {}

impl Encoding for Utf8 {
    type Unit = u8;

    #[inline]
    fn decode(text: &[u8], at: usize) -> Option<(char, usize)> {
        let len = match text[at] {
            0..0x80 => return Some((char::from(text[at]), 1)),
            0x80..0xE0 => 2,
            0xE0..0xF0 => 3,
            0xF0.. => 4,
        };
        let c = std::str::from_utf8(text.get(at..at + len)?).ok()?.chars().next()?;
        Some((c, len))
    }

    #[inline]
    fn last(text: &[u8]) -> Option<(char, usize)> {
        let len = 1 + text.iter().rev().take(3).take_while(|&&b| (b as i8) < -0x40).count();
        let at = text.len().checked_sub(len)?;
        Self::decode(text, at)
    }

    #[inline]
    fn push(out: &mut Vec<u8>, c: char) {
        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }

    #[inline]
    fn fast<R: Record>(
        entries: &[u32; TABLE_LEN],
        text: &[u8],
        mut at: usize,
        out: &mut Vec<u8>,
        mut seen: [u32; 2],
        notes: &mut R,
    ) -> usize {
        // Every store writes two bytes, of which one may count; the last byte of the text is left to the slow way.
        out.reserve(text.len() - at + 2);
        let start = out.len();
        let spare = out.spare_capacity_mut();
        let mut written = 0;
        while at + 1 < text.len() && written + 1 < spare.len() {
            let (first, second) = (text[at], text[at + 1]);
            if first >= 0xE0 {
                break;
            }
            let wide = first >= 0xC0;
            let code = if wide {
                usize::from(first & 0x1F) << 6 | usize::from(second & 0x3F)
            } else {
                usize::from(first & 0x7F)
            };
            let entry = entries[code];
            if entry >= SLOW || repeats(entry, seen) {
                break;
            }
            spare[written].write(entry as u8);
            spare[written + 1].write((entry >> 8) as u8);
            let len = (entry >> 28) as usize;
            written += len;
            at += 1 + usize::from(wide);
            if R::ON && len != 1 + usize::from(wide) {
                notes.record(start + written - len, start + written, at, entry == DROPPED_MARK);
            }
            if len > 0 {
                seen = [entry, seen[0]];
            }
        }
        // SAFETY: the loop has written the first `written` bytes of the spare capacity, each entry's bytes over the
        // byte too many of the one before.
        unsafe { out.set_len(start + written) };
        at
    }
}

/// Code points, as Python hands them over.
#[cfg(any(test, all(feature = "python", not(windows))))]
pub(super) enum Wide {}

#[cfg(any(test, all(feature = "python", not(windows))))]
impl Encoding for Wide {
    type Unit = u32;

    #[inline]
    fn decode(text: &[u32], at: usize) -> Option<(char, usize)> {
        Some((char::from_u32(text[at])?, 1))
    }

    #[inline]
    fn last(text: &[u32]) -> Option<(char, usize)> {
        Some((char::from_u32(*text.last()?)?, 1))
    }

    #[inline]
    fn push(out: &mut Vec<u32>, c: char) {
        out.push(c.into());
    }

    #[inline]
    fn fast<R: Record>(
        entries: &[u32; TABLE_LEN],
        text: &[u32],
        mut at: usize,
        out: &mut Vec<u32>,
        mut seen: [u32; 2],
        notes: &mut R,
    ) -> usize {
        out.reserve(text.len() - at);
        let start = out.len();
        let spare = out.spare_capacity_mut();
        let mut written = 0;
        while at < text.len() && written < spare.len() {
            let Some(&entry) = entries.get(text[at] as usize) else { break };
            if entry >= SLOW || repeats(entry, seen) {
                break;
            }
            spare[written].write(entry >> 16 & 0x7FF);
            at += 1;
            if entry >> 28 == 0 {
                if R::ON {
                    notes.record(start + written, start + written, at, entry == DROPPED_MARK);
                }
            } else {
                written += 1;
                seen = [entry, seen[0]];
            }
        }
        // SAFETY: the loop has written the first `written` units of the spare capacity.
        unsafe { out.set_len(start + written) };
        at
    }
}

/// Appends the normalized `text` to `out`; gives the offset of the first unit that is no character as the error.
pub(super) fn append<E: Encoding, R: Record>(
    table: &Table,
    text: &[E::Unit],
    out: &mut Vec<E::Unit>,
    notes: &mut R,
) -> Result<(), usize> {
    let mut pass = Pass::<E> { options: &table.options, base: out.len(), out, kept: 0 };
    let mut at = 0;
    while at < text.len() {
        at = E::fast(&table.entries, text, at, pass.out, pass.seen(), notes);
        if at < text.len() {
            at = pass.slow(text, at, notes)?;
        }
    }
    Ok(())
}

/// A text being written, character by character.
struct Pass<'a, E: Encoding> {
    options: &'a Options,
    out: &'a mut Vec<E::Unit>,
    /// Where the text begins in `out`.
    base: usize,
    /// The shortest that `out` has been since the present character was begun.
    kept: usize,
}

impl<E: Encoding> Pass<'_, E> {
    fn written(&self) -> &[E::Unit] {
        &self.out[self.base..]
    }

    fn last(&self) -> Option<char> {
        E::last(self.written()).map(|(c, _)| c)
    }

    fn truncate(&mut self, len: usize) {
        self.out.truncate(len);
        self.kept = self.kept.min(len);
    }

    /// The entries of the last two characters, for the fast way. A line break counts as a space, since it swallows those after it.
    fn seen(&self) -> [u32; 2] {
        let written = self.written();
        let Some((last, len)) = E::last(written) else { return [NO_ENTRY; 2] };
        let before = E::last(&written[..written.len() - len]).map_or(NO_ENTRY, |(c, _)| entry(c));
        [if last == '\n' && self.options.whitespace { SPACE } else { entry(last) }, before]
    }

    /// Takes the character at `at`, and those after it that vanish into it; gives where the next one begins.
    fn slow<R: Record>(&mut self, text: &[E::Unit], at: usize, notes: &mut R) -> Result<usize, usize> {
        let (c, len) = E::decode(text, at).ok_or(at)?;
        let before = self.out.len();
        self.kept = before;
        let mut end = at + len;
        // One line break, written as two characters.
        let half_a_break =
            self.options.whitespace && c == '\r' && matches!(E::decode(text, end.min(text.len() - 1)), Some(('\n', _)));
        if !half_a_break && self.feed(c) {
            end = self.skip_repeated(text, end);
        }
        let alike = self.kept == before
            && self.out.len() - before == end - at
            && E::last(self.written()).is_some_and(|(_, l)| l == len);
        if R::ON && !alike {
            // A letter is dropped only where it repeats the one before.
            notes.record(self.kept, self.out.len(), end, attaches(c) || tables::is_arabic_letter(c));
        }
        Ok(end)
    }

    /// After letters have been cut to the measure, passes over the rest of them, and over marks among them.
    fn skip_repeated(&self, text: &[E::Unit], mut end: usize) -> usize {
        let Some(letter) = self.last() else { return end };
        let mut next = end;
        while next < text.len()
            && let Some((c, len)) = E::decode(text, next)
        {
            next += len;
            match tables::map(c, self.options) {
                Mapped::One(same) if same == letter => end = next,
                Mapped::Drop if attaches(c) => {}
                _ => break,
            }
        }
        end
    }

    /// Takes one character of the source or of what a character of it stands for. Whether it began a stretch of letters to be cut.
    fn feed(&mut self, c: char) -> bool {
        if self.options.compose
            && let Some(base) = self.last()
            && let Some(whole) = tables::composed(base, c)
        {
            self.truncate(self.out.len() - E::last(self.written()).map_or(0, |(_, len)| len));
            return self.feed(whole);
        }
        match tables::map(c, self.options) {
            Mapped::Drop => false,
            Mapped::One(c) => self.write(c),
            Mapped::Compatible => {
                let mut cut = false;
                for shown in tables::compatible(c) {
                    cut = self.feed(shown);
                }
                cut
            }
        }
    }

    /// Writes a character as its left neighbours allow. Whether it began a stretch of letters to be cut.
    fn write(&mut self, c: char) -> bool {
        let options = self.options;
        match c {
            _ if options.zero_width && tables::is_joiner(c) => {
                if self.last().is_some_and(tables::needs_joiner) {
                    E::push(self.out, c);
                }
            }
            ' ' if options.whitespace => {
                if !matches!(self.last(), Some(' ' | '\n')) {
                    E::push(self.out, c);
                }
            }
            '\n' if options.whitespace => {
                if self.last() == Some(' ') {
                    self.truncate(self.out.len() - 1);
                }
                if self.run_before('\n').0 < 2 {
                    E::push(self.out, c);
                }
            }
            ';' if options.entities => return self.end_reference(),
            _ if options.elongation && tables::is_arabic_letter(c) => return self.lengthen(c),
            _ => E::push(self.out, c),
        }
        false
    }

    /// How often `c` stands at the end, as far as matters, and where these begin.
    fn run_before(&self, c: char) -> (usize, usize) {
        let (mut run, mut start) = (0, self.out.len());
        while run < 4
            && let Some((last, len)) = E::last(&self.out[self.base..start])
            && last == c
        {
            run += 1;
            start -= len;
        }
        (run, start)
    }

    /// Writes a letter, unless it is one too many of the same; then it cuts them to the measure of the step and says so.
    fn lengthen(&mut self, letter: char) -> bool {
        let (before, start) = self.run_before(letter);
        let vowel = matches!(letter, 'ا' | 'و' | 'ي' | 'ى');
        let inside_word = || E::last(&self.out[self.base..start]).is_some_and(|(c, _)| tables::is_arabic_letter(c));
        let longest = if vowel && before == 2 && inside_word() { 2 } else { 3 };
        if before < longest {
            E::push(self.out, letter);
            return false;
        }
        let one = (self.out.len() - start) / before;
        self.truncate(start + one * if vowel { 1 } else { 2 });
        true
    }

    /// Writes a semicolon, or what the reference that it ends stands for. That can be a semicolon again, which ends another.
    fn end_reference(&mut self) -> bool {
        while let Some((start, mut meant)) = self.open_reference() {
            self.truncate(start);
            // Signs of another width.
            while matches!(tables::map(meant, self.options), Mapped::Compatible)
                && let mut shown = tables::compatible(meant)
                && let (Some(only), None) = (shown.next(), shown.next())
            {
                meant = only;
            }
            if !matches!(tables::map(meant, self.options), Mapped::One(';')) {
                return self.feed(meant);
            }
        }
        E::push(self.out, ';');
        false
    }

    /// A reference at the end that lacks nothing but its semicolon: where it begins and what it stands for.
    fn open_reference(&self) -> Option<(usize, char)> {
        let mut name = ['\0'; entities::MAX_LEN];
        let (mut free, mut start) = (name.len(), self.out.len());
        loop {
            let (c, len) = E::last(&self.out[self.base..start])?;
            start -= len;
            if c == '&' {
                return Some((start, entities::decode(&name[free..])?));
            }
            free = free.checked_sub(1)?;
            name[free] = c;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::align::Alignment;
    use super::*;
    use crate::span::CodePoints;

    proptest! {
        #[test]
        fn both_encodings_agree(text in "[ا-ي\u{0640}-\u{0655}٠-٩ﷺﻻ &;#a-z0-9\r\n\u{200D}😀]{0,40}") {
            let table = Table::new(Options::search());
            let (mut bytes, mut byte_notes) = (Vec::new(), Alignment::default());
            prop_assert_eq!(append::<Utf8, _>(&table, text.as_bytes(), &mut bytes, &mut byte_notes), Ok(()));
            let units: Vec<u32> = text.chars().map(u32::from).collect();
            let (mut points, mut point_notes) = (Vec::new(), Alignment::default());
            prop_assert_eq!(append::<Wide, _>(&table, &units, &mut points, &mut point_notes), Ok(()));
            let bytes = String::from_utf8(bytes).unwrap();
            prop_assert!(bytes.chars().map(u32::from).eq(points.iter().copied()));
            let (source, target) = (CodePoints::new(&text), CodePoints::new(&bytes));
            let byte_notes = byte_notes.finish(text.len(), bytes.len()).in_code_points(&source, &target);
            prop_assert_eq!(byte_notes, point_notes.finish(units.len(), points.len()));
        }
    }

    #[test]
    fn lone_surrogates_are_told_of() {
        let table = Table::new(Options::search());
        let units = [0x0627, 0x0628, 0xDC00, 0x0629];
        assert_eq!(append::<Wide, _>(&table, &units, &mut Vec::new(), &mut super::super::align::Nothing), Err(2));
    }
}
