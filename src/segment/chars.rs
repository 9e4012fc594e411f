//! Classes of characters, as the word scanner needs them.

/// What a character may be part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Class {
    /// White space and control characters: part of no token.
    Space,
    /// Ends a line.
    Newline,
    /// Invisible: bidi controls, joiners, soft hyphen, variation selectors. Inside a word part of it, elsewhere of no token.
    Ignorable,
    /// An Arabic letter.
    Arabic,
    /// Tatweel: part of a word beside letters, a dash where it stands alone.
    Tatweel,
    /// Combining mark.
    Mark,
    /// A digit, ASCII or Arabic.
    Digit,
    /// A letter of another script, or a digit-like sign of one.
    Letter,
    /// May start an emoji.
    Pictograph,
    /// Punctuation and symbols.
    Sign,
}

use Class::{Arabic, Digit, Ignorable, Letter, Mark, Newline, Pictograph, Sign, Space, Tatweel};

/// Classes of U+0000–U+07FF: every character of one or two bytes, so nearly all of an Arabic text.
static LOW: [Class; 0x800] = {
    let mut table = [Letter; 0x800];
    let mut c = 0;
    while c < 0x800 {
        table[c] = match c as u32 {
            0x0A | 0x0D | 0x85 => Newline,
            0x00..=0x20 | 0x7F..=0xA0 => Space,
            0x30..=0x39 | 0x0660..=0x0669 | 0x06F0..=0x06F9 => Digit,
            0x41..=0x5A | 0x61..=0x7A => Letter,
            0x21..=0x7E => Sign,
            0xAD | 0x034F | 0x061C => Ignorable,
            0xAA | 0xB5 | 0xBA => Letter,
            0xA1..=0xBF | 0xD7 | 0xF7 | 0x0375 | 0x037E | 0x0387 | 0x0482 | 0x055A..=0x055F | 0x0589..=0x058F => Sign,
            0x02C2..=0x02C5 | 0x02D2..=0x02DF => Sign,
            0x0300..=0x036F | 0x0483..=0x0489 => Mark,
            // Hebrew points, then its punctuation.
            0x05BE | 0x05C0 | 0x05C3 | 0x05C6 | 0x05F3 | 0x05F4 => Sign,
            0x0591..=0x05C7 => Mark,
            0x0610..=0x061A | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC | 0x06DF..=0x06E4 | 0x06E7 | 0x06E8 => Mark,
            0x06EA..=0x06ED => Mark,
            0x0640 => Tatweel,
            0x0620..=0x064A
            | 0x066E..=0x06D3
            | 0x06D5
            | 0x06E5
            | 0x06E6
            | 0x06EE
            | 0x06EF
            | 0x06FA..=0x06FC
            | 0x06FF => Arabic,
            0x0750..=0x077F => Arabic,
            0x0600..=0x06FE => Sign,
            0x0700..=0x070F => Sign,
            0x07F7..=0x07FF => Sign,
            _ => Letter,
        };
        c += 1;
    }
    table
};

/// Class of a character.
#[inline]
pub(super) fn class(c: u32) -> Class {
    if c < 0x800 { LOW[c as usize] } else { high(c) }
}

#[inline(never)]
fn high(c: u32) -> Class {
    match c {
        0x0870..=0x0887 | 0x0889..=0x088E | 0x08A0..=0x08C9 => Arabic,
        0x0898..=0x089F | 0x08CA..=0x08E1 | 0x08E3..=0x08FF => Mark,
        0x0890 | 0x0891 | 0x08E2 => Sign,
        0x0964 | 0x0965 => Sign,
        // Scripts of South and South-East Asia: vowel signs belong to their words.
        0x0900..=0x109F => Letter,
        0x1680 | 0x2000..=0x200A | 0x202F | 0x205F | 0x3000 => Space,
        // The zero-width space parts words.
        0x200B => Space,
        0x2028 | 0x2029 => Newline,
        0x200C..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFE00..=0xFE0F | 0xFEFF => Ignorable,
        0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20F0 | 0xFE20..=0xFE2F => Mark,
        0x2139 => Sign,
        0x231A | 0x231B | 0x2328 | 0x23CF | 0x23E9..=0x23F3 | 0x23F8..=0x23FA => Pictograph,
        0x25FD | 0x25FE | 0x2614..=0x27BF | 0x2600..=0x2613 | 0x2934 | 0x2935 | 0x2B05..=0x2B07 => Pictograph,
        0x2B1B | 0x2B1C | 0x2B50 | 0x2B55 => Pictograph,
        // Presentation forms: honorific ligatures, the rial and ornate brackets are signs.
        0xFBB2..=0xFBC2 | 0xFD3E..=0xFD4F | 0xFDCF | 0xFDFA..=0xFDFF => Sign,
        0xFB50..=0xFDFF | 0xFE70..=0xFEFC => Arabic,
        0xFFF0..=0xFFFB => Ignorable,
        0x10EC2..=0x10EC4 | 0x1EE00..=0x1EEFF => Arabic,
        0x1F000..=0x1FAFF => Pictograph,
        0xE0000..=0xE0FFF => Ignorable,
        _ => match char::from_u32(c) {
            Some(c) if c.is_alphanumeric() => Letter,
            Some(c) if c.is_whitespace() || c.is_control() => Space,
            _ => Sign,
        },
    }
}

/// The character at a byte offset that lies on a character's border, and the offset after it.
#[inline]
pub(super) fn decode(bytes: &[u8], at: usize) -> (u32, usize) {
    let byte = |i: usize| u32::from(bytes.get(at + i).copied().unwrap_or(0)) & 0x3F;
    let first = u32::from(bytes[at]);
    match first {
        0..=0x7F => (first, at + 1),
        0x80..=0xDF => ((first & 0x1F) << 6 | byte(1), at + 2),
        0xE0..=0xEF => ((first & 0x0F) << 12 | byte(1) << 6 | byte(2), at + 3),
        _ => ((first & 0x07) << 18 | byte(1) << 12 | byte(2) << 6 | byte(3), at + 4),
    }
}
