//! Which steps of normalization are taken.

use crate::{Error, ErrorKind, Result};

/// What becomes of decimal digits: European (`123`), Arabic-Indic (`١٢٣`) and Persian or Urdu (`۱۲۳`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Digits {
    /// Digits stay as they are.
    #[default]
    Keep,
    /// All become European digits, `0` to `9`.
    European,
    /// All become Arabic-Indic digits, `٠` to `٩`.
    ArabicIndic,
}

impl Digits {
    /// The value of a name as users write it: `keep`, `european` or `arabic`.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`] for any other name.
    pub fn from_name(name: &str) -> Result<Self> {
        match name {
            "keep" => Ok(Self::Keep),
            "european" => Ok(Self::European),
            "arabic" => Ok(Self::ArabicIndic),
            _ => Err(Error::new(
                ErrorKind::Argument,
                format!("unknown digits {name:?}: expected \"keep\", \"european\" or \"arabic\""),
            )),
        }
    }
}

/// The steps of normalization, each of which can be switched on and off.
///
/// Whatever the choice, normalizing twice gives what normalizing once gives.
///
/// ```
/// use khabar::normalize::{Options, normalize};
///
/// let options = Options { hamza: true, ..Options::search() };
/// assert_eq!(normalize("مسؤولٌ", &options), "مسوول");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Options {
    /// Character references of HTML, also doubly encoded ones (`&amp;quot;`), become what they stand for.
    pub entities: bool,
    /// Presentation forms and ligatures (U+FB50–FDFF, U+FE70–FEFF: `ﻻ`, `ﷺ`, `ﷲ`), the Latin ligatures `ﬁ` and
    /// full-width letters and signs become the plain characters that they show.
    pub presentation_forms: bool,
    /// A letter and a combining hamza or madda after it become the one letter (`ا` and U+0654 become `أ`).
    pub compose: bool,
    /// Short vowels, tanwin, shadda, sukun and combining hamza and madda (U+064B–065F) are dropped.
    pub tashkeel: bool,
    /// The superscript alef (U+0670) is dropped.
    pub superscript_alef: bool,
    /// Qur'anic marks and honorific signs above letters (U+0610–061A, U+06D6–06ED, U+08D3–08FF) are dropped.
    pub quranic_marks: bool,
    /// Tatweel (U+0640), which only stretches a word on the page, is dropped.
    pub tatweel: bool,
    /// `أ إ آ ٱ` and the like become `ا`.
    pub alef: bool,
    /// Hamza on a carrier becomes its carrier: `ؤ` `و`, `ئ` `ي`.
    pub hamza: bool,
    /// `ى` becomes `ي`.
    pub alef_maqsura: bool,
    /// `ة` becomes `ه`.
    pub teh_marbuta: bool,
    /// Persian and Urdu letters that are typed for the Arabic ones that look alike: `ی ے` become `ي`, `ک` `ك`, `ھ ہ ە` `ه`, `ۃ` `ة`.
    pub persian_letters: bool,
    /// Letters for sounds that Arabic has not become those that papers without them write: `پ` `ب`, `چ` `ج`, `ژ` `ز`, `ڤ` `ف`, `گ` `ك`.
    pub foreign_letters: bool,
    /// What becomes of digits.
    pub digits: Digits,
    /// Arabic punctuation and long dashes become ASCII: `،` `,`, `؛` `;`, `؟` `?`, `٪` `%`, `٫` `.`, `٬` `,`, `–` `-`, `…` `...`.
    pub punctuation: bool,
    /// Quotation marks become `"` and `'`.
    pub quotes: bool,
    /// Controls of writing direction are dropped.
    pub bidi: bool,
    /// Zero-width characters and soft hyphens are dropped; joiners stay in emoji and in scripts that need them.
    pub zero_width: bool,
    /// White space of any kind becomes a space or a line break; of repeated spaces one stays, of repeated line breaks two
    /// (a paragraph), of spaces beside a line break none.
    pub whitespace: bool,
    /// Letters repeated for emphasis: three or more of `ا و ي ى` become one (`لااااا` becomes `لا`), four or more of another letter two.
    /// At the start of a word it takes four, for `وووري` is a word.
    pub elongation: bool,
    /// Capitals become small letters.
    pub lowercase: bool,
}

impl Options {
    /// No step at all.
    pub const fn none() -> Self {
        Self {
            entities: false,
            presentation_forms: false,
            compose: false,
            tashkeel: false,
            superscript_alef: false,
            quranic_marks: false,
            tatweel: false,
            alef: false,
            hamza: false,
            alef_maqsura: false,
            teh_marbuta: false,
            persian_letters: false,
            foreign_letters: false,
            digits: Digits::Keep,
            punctuation: false,
            quotes: false,
            bidi: false,
            zero_width: false,
            whitespace: false,
            elongation: false,
            lowercase: false,
        }
    }

    /// For reading: what stands in the text is kept, what is only an accident of typing or encoding goes.
    pub const fn display() -> Self {
        Self {
            entities: true,
            presentation_forms: true,
            compose: true,
            tatweel: true,
            persian_letters: true,
            bidi: true,
            zero_width: true,
            whitespace: true,
            ..Self::none()
        }
    }

    /// For matching: spellings of one word become the same. All steps but `hamza`: `ؤ` and `ئ` are spelled alike everywhere,
    /// and words that differ in them alone are different words (`سئل`, `سيل`).
    pub const fn search() -> Self {
        Self {
            tashkeel: true,
            superscript_alef: true,
            quranic_marks: true,
            alef: true,
            alef_maqsura: true,
            teh_marbuta: true,
            foreign_letters: true,
            digits: Digits::European,
            punctuation: true,
            quotes: true,
            elongation: true,
            lowercase: true,
            ..Self::display()
        }
    }

    /// The preset of a name: `search`, `display` or `none`.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`] for any other name.
    pub fn preset(name: &str) -> Result<Self> {
        match name {
            "search" => Ok(Self::search()),
            "display" => Ok(Self::display()),
            "none" => Ok(Self::none()),
            _ => Err(Error::new(
                ErrorKind::Argument,
                format!("unknown preset {name:?}: expected \"search\", \"display\" or \"none\""),
            )),
        }
    }

    /// The switch of a step by its name, which is that of its field; `None` where no step has the name, or, as `digits`, no switch.
    pub fn switch(&mut self, step: &str) -> Option<&mut bool> {
        Some(match step {
            "entities" => &mut self.entities,
            "presentation_forms" => &mut self.presentation_forms,
            "compose" => &mut self.compose,
            "tashkeel" => &mut self.tashkeel,
            "superscript_alef" => &mut self.superscript_alef,
            "quranic_marks" => &mut self.quranic_marks,
            "tatweel" => &mut self.tatweel,
            "alef" => &mut self.alef,
            "hamza" => &mut self.hamza,
            "alef_maqsura" => &mut self.alef_maqsura,
            "teh_marbuta" => &mut self.teh_marbuta,
            "persian_letters" => &mut self.persian_letters,
            "foreign_letters" => &mut self.foreign_letters,
            "punctuation" => &mut self.punctuation,
            "quotes" => &mut self.quotes,
            "bidi" => &mut self.bidi,
            "zero_width" => &mut self.zero_width,
            "whitespace" => &mut self.whitespace,
            "elongation" => &mut self.elongation,
            "lowercase" => &mut self.lowercase,
            _ => return None,
        })
    }
}
