//! What each step does to a single character.

use unicode_normalization::UnicodeNormalization;

use super::options::{Digits, Options};

/// What becomes of one character, wherever it stands.
pub(super) enum Mapped {
    /// The character vanishes.
    Drop,
    /// One character, perhaps the same.
    One(char),
    /// The characters of its compatibility decomposition ([`compatible`]), each of which is to be mapped in its turn.
    Compatible,
}

/// Vowel signs and combining hamza and madda.
pub(super) const fn is_tashkeel(c: char) -> bool {
    matches!(c, '\u{064B}'..='\u{065F}')
}

/// Marks of the Qur'an and honorifics, as far as they combine; the signs of its verses (U+06DD, U+06DE, U+06E9) stand alone.
pub(super) const fn is_quranic_mark(c: char) -> bool {
    matches!(c, '\u{0610}'..='\u{061A}' | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E8}' | '\u{06EA}'..='\u{06ED}'
        | '\u{08D3}'..='\u{08E1}' | '\u{08E3}'..='\u{08FF}')
}

/// Letters of the Arabic block, which are what elongation repeats.
pub(super) const fn is_arabic_letter(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{063F}' | '\u{0641}'..='\u{064A}' | '\u{066E}'..='\u{066F}' | '\u{0671}'..='\u{06D3}' | '\u{06D5}'
        | '\u{06EE}'..='\u{06EF}' | '\u{06FA}'..='\u{06FC}' | '\u{06FF}')
}

/// Characters that steer the direction of writing and show nothing.
const fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Characters without width, joiners aside: they depend on what stands before them.
const fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{180E}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// Zero-width joiner and non-joiner.
pub(super) const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Whether a joiner after this character carries meaning: in emoji sequences and in the scripts of South Asia.
pub(super) const fn needs_joiner(before: char) -> bool {
    matches!(before, '\u{0900}'..='\u{109F}' | '\u{1780}'..='\u{1CFF}' | '\u{2190}'..='\u{FAFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{10000}'..)
}

/// Blocks whose characters are other characters in a certain shape.
const fn is_presentation_form(c: char) -> bool {
    // U+FD3E and U+FD3F are brackets of their own, and the last of FE70–FEFF is the zero-width space.
    matches!(c, '\u{FB00}'..='\u{FB06}' | '\u{FB50}'..='\u{FD3D}' | '\u{FD50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{FF01}'..='\u{FF5E}')
}

/// The value of a decimal digit of the kinds that Arabic texts use.
pub(super) const fn digit_value(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '\u{0660}'..='\u{0669}' => Some(c as u32 - 0x0660),
        '\u{06F0}'..='\u{06F9}' => Some(c as u32 - 0x06F0),
        _ => None,
    }
}

/// The letter that a letter and a combining hamza or madda make, as in canonical composition.
pub(super) const fn composed(base: char, mark: char) -> Option<char> {
    match (base, mark) {
        ('ا', '\u{0653}') => Some('آ'),
        ('ا', '\u{0654}') => Some('أ'),
        ('ا', '\u{0655}') => Some('إ'),
        ('و', '\u{0654}') => Some('ؤ'),
        // Canonical composition has it with `ي` alone; writers take either.
        ('ي' | 'ى', '\u{0654}') => Some('ئ'),
        ('\u{06D5}', '\u{0654}') => Some('\u{06C0}'),
        ('\u{06C1}', '\u{0654}') => Some('\u{06C2}'),
        ('\u{06D2}', '\u{0654}') => Some('\u{06D3}'),
        _ => None,
    }
}

/// A letter of Persian or Urdu as the Arabic letter that it is typed for.
const fn persian(c: char) -> char {
    match c {
        'ی' | 'ے' | '\u{06CD}' => 'ي',
        'ۓ' => 'ئ',
        'ک' | 'ڪ' => 'ك',
        'ھ' | 'ہ' | 'ە' | 'ۀ' | 'ۂ' => 'ه',
        'ۃ' => 'ة',
        _ => c,
    }
}

/// A letter for a foreign sound as the letter that Arabic has nearest.
const fn foreign(c: char) -> char {
    match c {
        'پ' => 'ب',
        'چ' => 'ج',
        'ژ' => 'ز',
        'ڤ' | 'ڥ' => 'ف',
        'گ' => 'ك',
        _ => c,
    }
}

/// Arabic letters as the options spell them.
const fn letter(c: char, options: &Options) -> char {
    let mut c = c;
    if options.persian_letters {
        c = persian(c);
    }
    if options.foreign_letters {
        c = foreign(c);
    }
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' | 'ٲ' | 'ٳ' | 'ٵ' if options.alef => 'ا',
        'ؤ' | 'ٶ' if options.hamza => 'و',
        'ئ' | 'ٸ' if options.hamza => 'ي',
        'ى' if options.alef_maqsura => 'ي',
        'ة' if options.teh_marbuta => 'ه',
        _ => c,
    }
}

/// Punctuation of Arabic and of typesetters as ASCII has it.
const fn punctuation(c: char) -> Option<char> {
    Some(match c {
        '،' | '\u{066C}' | '\u{2E41}' => ',',
        '؛' => ';',
        '؟' | '\u{2E2E}' => '?',
        '٪' => '%',
        '\u{066B}' | '۔' => '.',
        '٭' => '*',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ => return None,
    })
}

/// Quotation marks as ASCII has them.
const fn quote(c: char) -> Option<char> {
    match c {
        '«' | '»' | '\u{201C}'..='\u{201F}' | '\u{2033}' | '\u{301D}'..='\u{301F}' => Some('"'),
        '\u{2018}'..='\u{201B}' | '\u{2032}' | '‹' | '›' | '`' | '´' => Some('\''),
        _ => None,
    }
}

/// White space as the space or the line break that it stands for.
fn space(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\u{000B}' | '\u{000C}' | '\u{0085}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        _ if c.is_whitespace() => Some(' '),
        _ => None,
    }
}

/// What the chosen steps make of one character, regardless of its neighbours.
pub(super) fn map(c: char, options: &Options) -> Mapped {
    if (options.tashkeel && is_tashkeel(c))
        || (options.superscript_alef && c == '\u{0670}')
        || (options.quranic_marks && is_quranic_mark(c))
        || (options.tatweel && c == '\u{0640}')
        || (options.bidi && is_bidi_control(c))
        || (options.zero_width && is_zero_width(c))
    {
        return Mapped::Drop;
    }
    if options.presentation_forms && is_presentation_form(c) {
        // Some of the block are signs of their own.
        return if compatible(c).eq([c]) { Mapped::One(c) } else { Mapped::Compatible };
    }
    if options.whitespace
        && let Some(space) = space(c)
    {
        return Mapped::One(space);
    }
    if options.quotes
        && let Some(quote) = quote(c)
    {
        return Mapped::One(quote);
    }
    if options.punctuation
        && let Some(ascii) = punctuation(c)
    {
        return Mapped::One(ascii);
    }
    if options.punctuation && c == '…' {
        return Mapped::Compatible;
    }
    if let Some(value) = digit_value(c) {
        let zero = match options.digits {
            Digits::Keep => return Mapped::One(c),
            Digits::European => '0',
            Digits::ArabicIndic => '\u{0660}',
        };
        return Mapped::One(char::from_u32(zero as u32 + value).unwrap_or(c));
    }
    if options.lowercase && c.is_uppercase() {
        let mut lower = c.to_lowercase();
        // The dotted capital I alone becomes two characters; the dot says nothing over a small i.
        return Mapped::One(lower.next().unwrap_or(c));
    }
    Mapped::One(letter(c, options))
}

/// The characters that a presentation form, a ligature or an ellipsis shows.
pub(super) fn compatible(c: char) -> impl Iterator<Item = char> {
    // The forms of vowel signs alone have a space in their decomposition, which is there only to carry the sign.
    let carried = matches!(c, '\u{FE70}'..='\u{FE7F}' | '\u{FC5E}'..='\u{FC63}');
    std::iter::once(c).nfkc().filter(move |&shown| !(carried && shown == ' '))
}
