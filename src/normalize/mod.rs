//! Arabic normalization with alignment to the text as given.

mod options;
mod tables;

pub use options::{Digits, Options};

use tables::Mapped;

/// Appends a word as [`Options::search`] spells it, so that variants of one word become equal strings.
///
/// ```
/// let mut key = String::new();
/// khabar::normalize::fold_into("الإمــارَاتِ", &mut key);
/// assert_eq!(key, "الامارات");
/// ```
pub fn fold_into(word: &str, out: &mut String) {
    const SEARCH: Options = Options::search();
    for c in word.chars() {
        match tables::map(c, &SEARCH) {
            Mapped::Drop => {}
            Mapped::One(c) => out.push(c),
            Mapped::Compatible => {
                let mut shown = String::new();
                shown.extend(tables::compatible(c));
                fold_into(&shown, out);
            }
        }
    }
}
