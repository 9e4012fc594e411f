//! The letters of a word as small numbers: what decides about clitics, marks and spelling variants left out.

use unicode_normalization::UnicodeNormalization;

/// Words of more letters are not cut: no clitic is read off a string that is no word.
pub(crate) const MOST: usize = 31;

/// A letter's number; 0 is no letter.
pub(crate) type Letter = u8;

/// Set in the number of an alef with hamza or madda. Not all writers write it, so [`hash`] does not see it and a word is known
/// with and without; where it is written inside a word, the word is likely to be cut before it.
pub(crate) const HAMZA: Letter = 0x80;

/// Numbers of U+0600–U+06FF: 1 for what is skipped (marks, tatweel), 0 for what no word of ours holds. Forms of alef are one
/// letter but for [`HAMZA`], Persian and Urdu forms count as the Arabic ones, letters of other languages as one; ه and ة, ي and ى stay apart, since
/// endings depend on them.
static NUMBERS: [Letter; 256] = {
    let mut table = [0; 256];
    let mut c = 0x21;
    while c <= 0x4A {
        table[c] = c as u8;
        c += 1;
    }
    let mut c = 0x3B;
    while c <= 0x40 {
        table[c] = if c == 0x40 { 1 } else { 0 };
        c += 1;
    }
    let mut c = 0x4B;
    while c <= 0x5F {
        table[c] = 1;
        c += 1;
    }
    let mut c = 0x10;
    while c <= 0x1C {
        table[c] = 1;
        c += 1;
    }
    table[0x70] = 1;
    let mut c = 0x72;
    while c <= 0xD3 {
        table[c] = 0x55;
        c += 1;
    }
    table[0x22] = 0x27 | HAMZA;
    table[0x23] = 0x27 | HAMZA;
    table[0x25] = 0x27 | HAMZA;
    table[0x71] = 0x27;
    // ک ی ھ ہ ە ے
    table[0xA9] = 0x43;
    table[0xCC] = 0x4A;
    table[0xBE] = 0x47;
    table[0xC1] = 0x47;
    table[0xD5] = 0x47;
    table[0xD2] = 0x4A;
    // پ چ ژ ڤ ڨ گ ڭ
    table[0x7E] = 0x50;
    table[0x86] = 0x51;
    table[0x98] = 0x52;
    table[0xA4] = 0x53;
    table[0xA8] = 0x52;
    table[0xAF] = 0x54;
    table[0xAD] = 0x54;
    table
};

/// Number of a letter of U+0621–U+064A as [`Letters`] holds it.
pub(crate) const fn letter(c: char) -> Letter {
    NUMBERS[(c as u32 & 0xFF) as usize]
}

/// A word's letters and where they stand.
pub(crate) struct Letters {
    numbers: [Letter; MOST + 1],
    /// Byte offset of each letter, and of the word's end.
    offsets: [u32; MOST + 1],
    len: usize,
}

impl Letters {
    /// Reads a word; None where it has too many letters, none, or other characters than Arabic letters and marks.
    #[inline]
    pub(crate) fn read(word: &str) -> Option<Self> {
        let mut letters = Self { numbers: [0; MOST + 1], offsets: [0; MOST + 1], len: 0 };
        let bytes = word.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let lead = bytes[at];
            if !(0xD8..=0xDB).contains(&lead) {
                at = letters.presentation(word, at)?;
                continue;
            }
            letters
                .push(NUMBERS[usize::from((lead & 3) << 6 | (bytes.get(at + 1).copied().unwrap_or(0) & 0x3F))], at)?;
            at += 2;
        }
        letters.offsets[letters.len] = at as u32;
        // Marks before the first letter belong to it.
        letters.offsets[0] = 0;
        (letters.len > 0).then_some(letters)
    }

    #[inline]
    fn push(&mut self, number: Letter, at: usize) -> Option<()> {
        match number {
            0 => return None,
            1 => {}
            _ if self.len == MOST => return None,
            _ => {
                self.numbers[self.len] = number;
                self.offsets[self.len] = at as u32;
                self.len += 1;
            }
        }
        Some(())
    }

    /// Adds what a presentation form stands for, and gives the offset after it. The letters of a ligature all stand where it does.
    #[cold]
    fn presentation(&mut self, word: &str, at: usize) -> Option<usize> {
        let c = word[at..].chars().next().filter(|c| matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'))?;
        for c in std::iter::once(c).nfkc() {
            match c {
                // Marks stand on a space or a tatweel.
                ' ' => {}
                '\u{600}'..='\u{6FF}' => self.push(letter(c), at)?,
                _ => return None,
            }
        }
        Some(at + c.len_utf8())
    }

    /// The letters' numbers.
    #[inline]
    pub(crate) fn numbers(&self) -> &[Letter] {
        &self.numbers[..self.len]
    }

    /// Byte offset of a letter; of the word's end for the letter after the last.
    #[inline]
    pub(crate) fn offset(&self, letter: usize) -> u32 {
        self.offsets[letter.min(self.len)]
    }
}

/// Letters without what [`hash`] does not see.
#[cfg(feature = "train")]
pub(crate) fn plain(letters: &[Letter]) -> Vec<Letter> {
    letters.iter().map(|&letter| letter & !HAMZA).collect()
}

/// Hash of a row of letters; the same on every machine.
#[inline]
pub(crate) fn hash(letters: &[Letter]) -> u64 {
    const PLAIN: u64 = u64::from_le_bytes([!HAMZA; 8]);
    let mut state = 0x9E37_79B9_7F4A_7C15 ^ letters.len() as u64;
    for chunk in letters.chunks(8) {
        let mut bytes = [0; 8];
        bytes[..chunk.len()].copy_from_slice(chunk);
        state = (state ^ (u64::from_le_bytes(bytes) & PLAIN)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        state ^= state >> 32;
    }
    state.wrapping_mul(0x2545_F491_4F6C_DD1D)
}
