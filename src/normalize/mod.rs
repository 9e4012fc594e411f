//! Arabic normalization with alignment to the text as given.
//!
//! [`Options`] says which steps are taken; [`normalize`] gives the text, [`normalize_aligned`] the text and where each part of
//! it came from. Normalizing twice gives what normalizing once gives, whatever the options.

mod align;
mod entities;
mod fold;
mod options;
mod tables;
mod translit;

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::LazyLock;

pub use align::{Alignment, Normalized};
pub use options::{Digits, Options};
pub use translit::{Scheme, to_arabic, to_latin};

use crate::{Error, ErrorKind, Result};
use align::{Nothing, Record};
use fold::{Table, Utf8};

/// The normalized text; borrowed where nothing changes.
///
/// ```
/// use khabar::normalize::{Options, normalize};
///
/// assert_eq!(normalize("أَعلنــت الحكومةُ", &Options::search()), "اعلنت الحكومه");
/// assert_eq!(normalize("بيان&nbsp;الأمم  المتحدة", &Options::display()), "بيان الأمم المتحدة");
/// ```
pub fn normalize<'t>(text: &'t str, options: &Options) -> Cow<'t, str> {
    if *options == Options::none() {
        return Cow::Borrowed(text);
    }
    let out = with_table(options, |table| run(table, text, Vec::new(), &mut Nothing));
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// The normalized text with its alignment to the text as given.
///
/// # Errors
/// [`ErrorKind::Text`] for a text of 4 GiB or more, before or after.
pub fn normalize_aligned(text: &str, options: &Options) -> Result<Normalized> {
    let mut alignment = Alignment::default();
    check_len(text.len())?;
    let text_out = with_table(options, |table| run(table, text, Vec::new(), &mut alignment));
    check_len(text_out.len())?;
    let alignment = alignment.finish(text.len(), text_out.len());
    Ok(Normalized { text: text_out, alignment })
}

/// Appends a word as [`Options::search`] spells it, so that variants of one word become equal strings.
///
/// ```
/// let mut key = String::new();
/// khabar::normalize::fold_into("الإمــارَاتِ", &mut key);
/// assert_eq!(key, "الامارات");
/// ```
pub fn fold_into(word: &str, out: &mut String) {
    let buffer = std::mem::take(out).into_bytes();
    *out = run(&SEARCH, word, buffer, &mut Nothing);
}

/// The text without short vowels, tanwin, shadda, sukun, superscript alef and Qur'anic marks.
///
/// ```
/// assert_eq!(khabar::normalize::strip_tashkeel("مُحَمَّدٌ"), "محمد");
/// ```
pub fn strip_tashkeel(text: &str) -> Cow<'_, str> {
    normalize(text, &TASHKEEL)
}

/// The text without tatweel.
///
/// ```
/// assert_eq!(khabar::normalize::strip_tatweel("العـــراق"), "العراق");
/// ```
pub fn strip_tatweel(text: &str) -> Cow<'_, str> {
    normalize(text, &TATWEEL)
}

pub(crate) const TASHKEEL: Options =
    Options { tashkeel: true, superscript_alef: true, quranic_marks: true, ..Options::none() };
pub(crate) const TATWEEL: Options = Options { tatweel: true, ..Options::none() };

static SEARCH: LazyLock<Table> = LazyLock::new(|| Table::new(Options::search()));
static DISPLAY: LazyLock<Table> = LazyLock::new(|| Table::new(Options::display()));

/// Calls with the compiled options: the presets' are kept for good, of others the one last used on the thread.
fn with_table<T>(options: &Options, call: impl FnOnce(&Table) -> T) -> T {
    thread_local! {
        static LAST: RefCell<Option<Rc<Table>>> = const { RefCell::new(None) };
    }
    if *options == Options::search() {
        return call(&SEARCH);
    }
    if *options == Options::display() {
        return call(&DISPLAY);
    }
    let table = LAST.with_borrow_mut(|last| match last {
        Some(table) if table.options() == options => Rc::clone(table),
        _ => Rc::clone(last.insert(Rc::new(Table::new(*options)))),
    });
    call(&table)
}

/// Appends the normalized text to what `out` holds, which is UTF-8.
fn run<R: Record>(table: &Table, text: &str, mut out: Vec<u8>, notes: &mut R) -> String {
    // A `str` holds no byte that is not part of a character.
    let _: Result<(), usize> = fold::append::<Utf8, R>(table, text.as_bytes(), &mut out, notes);
    debug_assert!(std::str::from_utf8(&out).is_ok());
    // SAFETY: what was in `out` is UTF-8, and `append` adds whole characters and takes back none of those before.
    unsafe { String::from_utf8_unchecked(out) }
}

/// [`normalize`] for a text of code points, appended to `out`; gives the offset of the first that is no character as the error.
#[cfg(all(feature = "python", not(windows)))]
pub(crate) fn normalize_code_points(text: &[u32], options: &Options, out: &mut Vec<u32>) -> Result<(), usize> {
    with_table(options, |table| fold::append::<fold::Wide, _>(table, text, out, &mut Nothing))
}

/// [`normalize_aligned`] for a text of code points, appended to `out`; offsets are code points.
#[cfg(all(feature = "python", not(windows)))]
pub(crate) fn align_code_points(text: &[u32], options: &Options, out: &mut Vec<u32>) -> Result<Alignment, usize> {
    let (mut alignment, before) = (Alignment::default(), out.len());
    with_table(options, |table| fold::append::<fold::Wide, _>(table, text, out, &mut alignment))?;
    Ok(alignment.finish(text.len(), out.len() - before))
}

fn check_len(len: usize) -> Result<()> {
    if u32::try_from(len).is_ok() {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Text, format!("a text of {len} bytes is too long: 4 GiB is the limit")))
}
