//! Character references of HTML.

use super::tables::digit_value;

/// Longest reference looked for, from `&` to before `;`.
pub(super) const MAX_LEN: usize = 12;

/// Named references that news pages leave in their text, by name.
const NAMED: &[(&str, char)] = &[
    ("AMP", '&'),
    ("COPY", '©'),
    ("GT", '>'),
    ("LT", '<'),
    ("QUOT", '"'),
    ("REG", '®'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("acute", '´'),
    ("agrave", 'à'),
    ("amp", '&'),
    ("apos", '\''),
    ("auml", 'ä'),
    ("bdquo", '„'),
    ("brvbar", '¦'),
    ("bull", '•'),
    ("ccedil", 'ç'),
    ("cent", '¢'),
    ("copy", '©'),
    ("deg", '°'),
    ("divide", '÷'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("egrave", 'è'),
    ("emsp", '\u{2003}'),
    ("ensp", '\u{2002}'),
    ("euml", 'ë'),
    ("euro", '€'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("gt", '>'),
    ("hellip", '…'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iexcl", '¡'),
    ("iquest", '¿'),
    ("iuml", 'ï'),
    ("laquo", '«'),
    ("larr", '←'),
    ("ldquo", '“'),
    ("lrm", '\u{200E}'),
    ("lsaquo", '‹'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("micro", 'µ'),
    ("middot", '·'),
    ("minus", '−'),
    ("nbsp", '\u{00A0}'),
    ("ndash", '–'),
    ("ntilde", 'ñ'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("ouml", 'ö'),
    ("para", '¶'),
    ("permil", '‰'),
    ("plusmn", '±'),
    ("pound", '£'),
    ("quot", '"'),
    ("raquo", '»'),
    ("rarr", '→'),
    ("rdquo", '”'),
    ("reg", '®'),
    ("rlm", '\u{200F}'),
    ("rsaquo", '›'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("sect", '§'),
    ("shy", '\u{00AD}'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("szlig", 'ß'),
    ("thinsp", '\u{2009}'),
    ("times", '×'),
    ("trade", '™'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("ugrave", 'ù'),
    ("uuml", 'ü'),
    ("yen", '¥'),
    ("zwj", '\u{200D}'),
    ("zwnj", '\u{200C}'),
];

/// What numbers 0x80 to 0x9F mean on the web: they are taken for Windows-1252 (HTML, "numeric character reference end state").
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// The character that a reference stands for, given what is between `&` and `;`; `None` where that is no reference.
pub(super) fn decode(reference: &[char]) -> Option<char> {
    let ['#', number @ ..] = reference else {
        let at = NAMED.binary_search_by(|(name, _)| name.chars().cmp(reference.iter().copied())).ok()?;
        return Some(NAMED[at].1);
    };
    let (digits, radix) = match number {
        ['x' | 'X', hex @ ..] => (hex, 16),
        decimal => (decimal, 10),
    };
    if digits.is_empty() {
        return None;
    }
    // Digits of any kind, since the step that makes digits Arabic-Indic comes before.
    let value = digits.iter().try_fold(0u32, |value, &c| {
        let digit = digit_value(c).or_else(|| c.to_digit(radix))?;
        value.checked_mul(radix)?.checked_add(digit)
    })?;
    match value {
        0 => None,
        0x80..=0x9F => Some(WINDOWS_1252[value as usize - 0x80]),
        _ => char::from_u32(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_short() {
        assert!(NAMED.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(NAMED.iter().all(|(name, _)| name.len() <= MAX_LEN));
    }

    #[test]
    fn numbers() {
        let decode = |s: &str| decode(&s.chars().collect::<Vec<_>>());
        assert_eq!(decode("#1605"), Some('م'));
        assert_eq!(decode("#X645"), Some('م'));
        assert_eq!(decode("#١٦٠٥"), Some('م'));
        assert_eq!(decode("#146"), Some('’'));
        for no in ["", "#", "#x", "#0", "#xD800", "#1114112", "#99999999999", "#12a", "nosuch", "x27"] {
            assert_eq!(decode(no), None, "{no}");
        }
    }
}
