//! Transliterations that write each Arabic letter and sign as one Latin character, and back.

use std::sync::LazyLock;

use crate::{Error, ErrorKind, Result};

/// A table of Latin characters for Arabic ones, as CAMeL Tools has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// Buckwalter's, all ASCII; it uses signs such as `<`, `&` and `'`.
    Buckwalter,
    /// Buckwalter's with letters in place of most signs, safe in markup and on command lines.
    SafeBuckwalter,
    /// Habash, Soudi and Buckwalter's (2007), nearer to the sounds, with letters beyond ASCII.
    Hsb,
}

impl Scheme {
    /// The scheme of a name as in CAMeL Tools: `bw`, `safebw` or `hsb`.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`] for any other name.
    pub fn from_name(name: &str) -> Result<Self> {
        match name {
            "bw" => Ok(Self::Buckwalter),
            "safebw" => Ok(Self::SafeBuckwalter),
            "hsb" => Ok(Self::Hsb),
            _ => Err(Error::new(
                ErrorKind::Argument,
                format!("unknown scheme {name:?}: expected \"bw\", \"safebw\" or \"hsb\""),
            )),
        }
    }

    const fn tables(self) -> &'static LazyLock<Tables> {
        static ALL: [LazyLock<Tables>; 3] =
            [LazyLock::new(|| Tables::new(0)), LazyLock::new(|| Tables::new(1)), LazyLock::new(|| Tables::new(2))];
        &ALL[self as usize]
    }
}

/// Arabic, then in each scheme.
const CHARACTERS: [(char, [char; 3]); 51] = [
    ('ء', ['\'', 'C', '\'']),
    ('آ', ['|', 'M', 'Ā']),
    ('أ', ['>', 'O', 'Â']),
    ('ؤ', ['&', 'W', 'ŵ']),
    ('إ', ['<', 'I', 'Ă']),
    ('ئ', ['}', 'Q', 'ŷ']),
    ('ا', ['A', 'A', 'A']),
    ('ب', ['b', 'b', 'b']),
    ('ة', ['p', 'p', 'ħ']),
    ('ت', ['t', 't', 't']),
    ('ث', ['v', 'v', 'θ']),
    ('ج', ['j', 'j', 'j']),
    ('ح', ['H', 'H', 'H']),
    ('خ', ['x', 'x', 'x']),
    ('د', ['d', 'd', 'd']),
    ('ذ', ['*', 'V', 'ð']),
    ('ر', ['r', 'r', 'r']),
    ('ز', ['z', 'z', 'z']),
    ('س', ['s', 's', 's']),
    ('ش', ['$', 'c', 'š']),
    ('ص', ['S', 'S', 'S']),
    ('ض', ['D', 'D', 'D']),
    ('ط', ['T', 'T', 'T']),
    ('ظ', ['Z', 'Z', 'Ď']),
    ('ع', ['E', 'E', 'ς']),
    ('غ', ['g', 'g', 'γ']),
    ('\u{0640}', ['_', '_', '_']),
    ('ف', ['f', 'f', 'f']),
    ('ق', ['q', 'q', 'q']),
    ('ك', ['k', 'k', 'k']),
    ('ل', ['l', 'l', 'l']),
    ('م', ['m', 'm', 'm']),
    ('ن', ['n', 'n', 'n']),
    ('ه', ['h', 'h', 'h']),
    ('و', ['w', 'w', 'w']),
    ('ى', ['Y', 'Y', 'ý']),
    ('ي', ['y', 'y', 'y']),
    ('\u{064B}', ['F', 'F', 'ã']),
    ('\u{064C}', ['N', 'N', 'ũ']),
    ('\u{064D}', ['K', 'K', 'ĩ']),
    ('\u{064E}', ['a', 'a', 'a']),
    ('\u{064F}', ['u', 'u', 'u']),
    ('\u{0650}', ['i', 'i', 'i']),
    ('\u{0651}', ['~', '~', '~']),
    ('\u{0652}', ['o', 'o', '.']),
    ('\u{0670}', ['`', 'e', 'á']),
    ('ٱ', ['{', 'L', 'Ä']),
    ('پ', ['P', 'P', 'p']),
    ('چ', ['J', 'J', 'c']),
    ('ڤ', ['V', 'B', 'v']),
    ('گ', ['G', 'G', 'g']),
];

/// Every Latin character of the schemes lies below this one.
const LATIN_END: usize = 0x400;
const ARABIC: usize = 0x600;

struct Tables {
    to_latin: [char; 0x100],
    to_arabic: [char; LATIN_END],
}

impl Tables {
    fn new(scheme: usize) -> Self {
        // What stands for nothing else stands for itself.
        let identity = |code: usize| char::from_u32(code as u32).unwrap_or_default();
        let mut to_latin = std::array::from_fn(|i| identity(ARABIC + i));
        let mut to_arabic = std::array::from_fn(identity);
        for (arabic, latin) in CHARACTERS {
            to_latin[arabic as usize - ARABIC] = latin[scheme];
            to_arabic[latin[scheme] as usize] = arabic;
        }
        Self { to_latin, to_arabic }
    }
}

/// The text with its Arabic letters and vowel signs in Latin; everything else stays.
///
/// [`to_arabic`] gives the text back, if it held no characters that the scheme uses.
///
/// ```
/// use khabar::normalize::{Scheme, to_latin};
///
/// assert_eq!(to_latin("مؤتمر القِمّة", Scheme::Buckwalter), "m&tmr Alqim~p");
/// assert_eq!(to_latin("مؤتمر القِمّة", Scheme::SafeBuckwalter), "mWtmr Alqim~p");
/// assert_eq!(to_latin("مؤتمر القِمّة", Scheme::Hsb), "mŵtmr Alqim~ħ");
/// ```
pub fn to_latin(text: &str, scheme: Scheme) -> String {
    let table = &scheme.tables().to_latin;
    text.chars().map(|c| (c as usize).checked_sub(ARABIC).and_then(|i| table.get(i)).copied().unwrap_or(c)).collect()
}

/// The text with its Latin characters as the Arabic ones that they stand for; characters that the scheme does not use stay.
///
/// ```
/// use khabar::normalize::{Scheme, to_arabic};
///
/// assert_eq!(to_arabic("<fryqyA", Scheme::Buckwalter), "إفريقيا");
/// ```
pub fn to_arabic(text: &str, scheme: Scheme) -> String {
    let table = &scheme.tables().to_arabic;
    text.chars().map(|c| table.get(c as usize).copied().unwrap_or(c)).collect()
}
