//! Which ال is an article, and which part of the word.
//!
//! The article is the rule; what speaks against it, in this order: a part of speech that takes none; the lists of
//! `data/rules/article.toml` (الله، الذي، التزام); a hamza (ألمانيا), or a word that is mostly written with one; and a word after which the
//! article is seen nowhere else: behind ل an article loses its alef (للوزير), a stem does not (لالتقاط).

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::clitics::{Cutter, HAMZATED, Letter, Letters, cuts};
use super::scheme::ARTICLE;
use crate::normalize::fold_into;

#[derive(Deserialize)]
struct File {
    words: Vec<String>,
    verbs: Vec<Inflected>,
    nouns: Vec<Inflected>,
}

#[derive(Deserialize)]
struct Inflected {
    stems: Vec<String>,
    endings: Vec<String>,
}

/// Normalized words that begin with ال of their own, and whether they are of verbs.
static WHOLE: LazyLock<HashMap<String, bool>> = LazyLock::new(|| {
    // The file is part of the program, and a test reads it.
    let file = toml::from_str(include_str!("../data/rules/article.toml"));
    let File { words, verbs, nouns } = file.unwrap_or(File { words: Vec::new(), verbs: Vec::new(), nouns: Vec::new() });
    let mut whole = HashMap::new();
    let fold = |word: &str| {
        let mut folded = String::new();
        fold_into(word, &mut folded);
        folded
    };
    for (list, verb) in [(verbs, true), (nouns, false)] {
        for Inflected { stems, endings } in list {
            for stem in &stems {
                whole.extend(endings.iter().map(|ending| (fold(&format!("{stem}{ending}")), verb)));
            }
        }
    }
    whole.extend(words.iter().map(|word| (fold(word), false)));
    whole
});

/// A stem that occurs at least 64 times as often as what it leaves without ال (in the steps of the vocabulary's counts).
const RARE: u8 = 18;

/// Bytes of the article at the start of a stem as written, `form` being its normalized form: 0 where the article is not written (للغة is
/// ل + ال + لغة), None where there is none. `nominal` tells whether the stem is a noun, adjective, name or number, where that is known.
pub(super) fn length(cutter: &Cutter, stem: &str, form: &str, nominal: Option<bool>) -> Option<usize> {
    let rest = form.strip_prefix(ARTICLE)?;
    let letters = Letters::read(stem)?;
    match letters.numbers() {
        // The form shows what the spelling leaves out after ل: لحشد is الحشد, لغة is اللغة.
        [cuts::LAM, ..] if rest.starts_with('ل') && rest.chars().count() == letters.numbers().len() => Some(0),
        [cuts::LAM, ..] => Some(letters.offset(1) as usize),
        // An alef with hamza has another number.
        word @ [cuts::ALEF, cuts::LAM, bare @ ..] => {
            let article = nominal != Some(false)
                && bare.len() > 1
                && !WHOLE.get(form).is_some_and(|&verb| !verb || nominal.is_none())
                && !whole(cutter, word, bare);
            article.then(|| letters.offset(2) as usize)
        }
        _ => None,
    }
}

/// Whether a word is mostly written with a hamza, or hardly ever seen without its first two letters and keeps them after ل.
fn whole(cutter: &Cutter, word: &[Letter], rest: &[Letter]) -> bool {
    let count = |parts: [&[Letter]; 2]| cutter.vocabulary.get(&parts.concat());
    if cutter.vocabulary.get(word).flags & HAMZATED != 0 {
        return true;
    }
    let (bare, own) = (count([rest, &[]]), count([word, &[]]));
    let (short, long) = (count([&[cuts::LAM, cuts::LAM], rest]), count([&[cuts::LAM], word]));
    // للقاء is seldom the article before قاء.
    let short = if rest[0] == cuts::LAM { 0 } else { short.words };
    long.words > short && bare.words.max(bare.stems) + RARE <= own.words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_read() {
        assert_eq!(WHOLE.get("الله"), Some(&false));
        assert_eq!(WHOLE.get("التقينا"), Some(&true));
        assert_eq!(WHOLE.get("التزامات"), Some(&false));
        assert!(WHOLE.keys().all(|word| word.starts_with(ARTICLE)));
    }
}
