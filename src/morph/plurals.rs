//! Broken plurals: `src/data/lexicon/plurals.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Gender, GrammaticalNumber};

type Table = HashMap<String, Vec<&'static str>>;

/// Folded plural → singulars, and folded singular → its spellings.
static TABLES: LazyLock<(Table, Table)> = LazyLock::new(|| {
    let (mut plurals, mut singulars) = (Table::new(), Table::new());
    let add = |table: &mut Table, form: &str, singular: &'static str| {
        let listed = table.entry(crate::lexicon::key(form)).or_default();
        if !listed.contains(&singular) {
            listed.push(singular);
        }
    };
    for (singular, forms) in lines() {
        add(&mut singulars, singular, singular);
        forms.split('|').for_each(|plural| add(&mut plurals, plural, singular));
    }
    (plurals, singulars)
});

/// The singulars of the list with their plurals, parted by `|`.
fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    let text = include_str!("../data/lexicon/plurals.tsv");
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

fn look_up(table: &'static Table, word: &str) -> &'static [&'static str] {
    table.get(&crate::lexicon::key(word)).map_or(&[], Vec::as_slice)
}

/// The singulars of a broken plural, with their hamzas and without marks; empty where the word is no listed plural.
///
/// # Arguments
/// `plural`: a word without article and clitics; it may be folded (as [`Segmentation::form`](crate::segment::Segmentation::form) gives it).
///
/// ```
/// use khabar::morph::plurals;
/// assert_eq!(plurals::singulars("أعضاء"), ["عضو"]);
/// assert_eq!(plurals::singulars("نساء"), ["امرأة"]);
/// assert!(plurals::singulars("وزير").is_empty());
/// ```
pub fn singulars(plural: &str) -> &'static [&'static str] {
    look_up(&TABLES.0, plural)
}

/// The spellings of a word that is listed as a singular.
fn spellings(singular: &str) -> &'static [&'static str] {
    look_up(&TABLES.1, singular)
}

/// What a folded word without article and clitics can be among the listed nouns: each singular, with gender and number of the form.
pub(super) fn inflected(word: &str, mut take: impl FnMut(&'static str, Gender, GrammaticalNumber)) {
    use GrammaticalNumber::{Dual, Plural, Singular};
    let gender = |singular: &str| if singular.ends_with('ة') { Gender::Feminine } else { Gender::Masculine };
    // The accusative of an indefinite noun ends in an alef.
    for form in [Some(word), word.strip_suffix('ا')].into_iter().flatten() {
        spellings(form).iter().for_each(|&singular| take(singular, gender(singular), Singular));
        singulars(form).iter().for_each(|&singular| take(singular, gender(singular), Plural));
    }
    for (ending, instead) in [("تان", "ه"), ("تين", "ه"), ("ان", ""), ("ين", "")] {
        let Some(stem) = word.strip_suffix(ending) else { continue };
        let listed = spellings(&format!("{stem}{instead}"));
        listed.iter().for_each(|&singular| take(singular, gender(singular), Dual));
    }
}

/// The listed plurals that do not occur in a text, each with its singular: a check of the list against real text.
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) where the text cannot be read.
#[cfg(feature = "train")]
pub fn unseen(text: impl std::io::BufRead) -> crate::error::Result<Vec<(&'static str, &'static str)>> {
    let mut seen = std::collections::HashSet::new();
    let mut folded = String::new();
    for line in text.lines() {
        folded.clear();
        crate::normalize::fold_into(&line?, &mut folded);
        for word in folded.split(|c: char| !c.is_alphabetic()) {
            // Most plurals stand bare or with the article somewhere in a large text.
            let word = word.strip_prefix("ال").unwrap_or(word);
            if TABLES.0.contains_key(word) && !seen.contains(word) {
                seen.insert(word.to_owned());
            }
        }
    }
    let listed = lines().flat_map(|(singular, forms)| forms.split('|').map(move |plural| (singular, plural)));
    Ok(listed.filter(|(_, plural)| !seen.contains(&crate::lexicon::key(plural))).collect())
}
