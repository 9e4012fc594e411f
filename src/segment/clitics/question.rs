//! The أ of questions. Training texts have hardly any, so it is told by lists: `data/rules/question.toml`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::Cutter;
use super::cuts::{self, SEEN};
use super::letters::{Letter, Letters};

#[derive(Default, Deserialize)]
struct File {
    always: Vec<String>,
    start: Vec<String>,
    before_verb: Vec<String>,
    short: Vec<String>,
}

/// Where a word is one with the أ of a question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Anywhere,
    Start,
    BeforeVerb,
}

struct Lists {
    words: HashMap<Vec<Letter>, Place>,
    short: HashSet<Vec<Letter>>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    // The file is part of the program, and a test reads it.
    let File { always, start, before_verb, short } =
        toml::from_str(include_str!("../../data/rules/question.toml")).unwrap_or_default();
    let read = |word: &String| Letters::read(word).map(|letters| letters.numbers().to_vec());
    let mut words = HashMap::new();
    for (list, place) in [(always, Place::Anywhere), (start, Place::Start), (before_verb, Place::BeforeVerb)] {
        words.extend(list.iter().filter_map(read).map(|word| (word, place)));
    }
    Lists { words, short: short.iter().filter_map(read).collect() }
});

/// Whether a word is the أ of a question with a word after it. `neighbours` as [`Cutter::pieces`] has them.
pub(super) fn begins(cutter: &Cutter, word: &str, letters: &[Letter], neighbours: Option<[Option<&str>; 2]>) -> bool {
    let ([_, rest @ ..], true) = (letters, word.starts_with('أ')) else { return false };
    let place = LISTS.words.get(rest).copied().or_else(|| {
        let cut = cutter.vocabulary.get(rest).cut(rest)?;
        let verb =
            cut.prefix == 0 && cut.suffix > 0 && matches!(LISTS.words.get(cut.stem(rest)), Some(Place::Anywhere));
        verb.then_some(Place::Anywhere)
    });
    let start = neighbours.is_none_or(|[before, _]| before.is_none());
    match place {
        Some(Place::Anywhere) => true,
        Some(Place::Start) => start,
        Some(Place::BeforeVerb) => {
            start
                && neighbours
                    .and_then(|[_, after]| Letters::read(after?))
                    .is_some_and(|l| imperfect(cutter, l.numbers()))
        }
        None => false,
    }
}

/// Whether a word can be a verb of the imperfect: plain text has it with the س of the future, or it is a listed jussive.
fn imperfect(cutter: &Cutter, word: &[Letter]) -> bool {
    if LISTS.short.contains(word) {
        return true;
    }
    cuts::future(word) && cutter.vocabulary.get(&[&[SEEN], word].concat()).words > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_read() {
        let letters = |word| Letters::read(word).map(|l| l.numbers().to_vec()).unwrap_or_default();
        assert!(LISTS.words.len() > 80 && LISTS.short.contains(&letters("يكن")));
        assert!(LISTS.words.get(&letters("لم")) == Some(&Place::BeforeVerb));
    }
}
