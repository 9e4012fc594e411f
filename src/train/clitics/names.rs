//! Words in lists: names with clitics and without any, words of closed classes.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use super::corpora::{join, right};
use super::{Example, Right};
use crate::error::Result;
use crate::segment::training::{Letter, Letters, cuts};

/// A name or word with its proclitics.
pub(super) struct Named {
    /// The first word, as written.
    pub(super) word: String,
    /// How many of its first letters are proclitics.
    pub(super) proclitics: usize,
    /// Whether it is kept out of training.
    pub(super) held_out: bool,
}

/// Names with clitics (columns: as written, clitics, rest): the byte order mark, spaces at the ends and repeated lines left out, and of
/// names of several words all but the first; every tenth of the lines that remain is held out.
pub(super) fn read_clitics(path: &Path) -> Result<Vec<Named>> {
    let text = fs::read_to_string(path)?;
    let mut seen = HashSet::new();
    let mut names = Vec::new();
    for line in text.trim_start_matches('\u{FEFF}').lines() {
        let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
        let [whole, clitics, _] = fields[..] else { continue };
        let marks = |c: char| !c.is_alphabetic() && !('\u{640}'..='\u{670}').contains(&c);
        let word = whole.split_whitespace().next().unwrap_or_default().trim_end_matches(marks);
        let proclitics = clitics.chars().filter(|c| c.is_alphabetic()).count();
        if Letters::read(word).is_some() && seen.insert(word.to_owned()) {
            names.push(Named { word: word.to_owned(), proclitics, held_out: names.len() % 10 == 9 });
        }
    }
    Ok(names)
}

/// Names as they stand in lists, which are whole: `netransliteration` (Latin, letters with spaces between them, count) and
/// `google_transliteration` (Arabic, Latin). Without repeats, in the order of the files.
pub(super) fn read_lists(folder: &Path) -> Result<Vec<Vec<Letter>>> {
    let first = fs::read_to_string(folder.join("netransliteration/wd_arabic_80"))?;
    let second = fs::read_to_string(folder.join("google_transliteration/ar2en-train.txt"))?;
    let first = first.lines().filter_map(|line| line.split('\t').nth(1)).map(|name| name.replace(' ', ""));
    let second = second.lines().filter_map(|line| line.split('\t').next()).map(str::to_owned);
    let mut seen = HashSet::new();
    let mut names = Vec::new();
    for name in first.chain(second) {
        if let Some(letters) = Letters::read(&name)
            && (4..20).contains(&letters.numbers().len())
            && seen.insert(letters.numbers().to_vec())
        {
            names.push(letters.numbers().to_vec());
        }
    }
    Ok(names)
}

/// What lists of names tell of cuts: a name that could be cut is not, and before a name stands a proclitic. Every tenth is held out.
pub(super) fn examples(names: &[Vec<Letter>], examples: &mut Vec<Example>) {
    let mut ways = Vec::new();
    let mut add = |word: Vec<Letter>, proclitics: usize, held_out: bool, source: &'static str| {
        cuts::all(&word, &mut ways);
        if ways.len() > 1 {
            // Not every name that ends like a pronoun is told from a noun with one.
            let right = Right::Before(proclitics);
            examples.push(Example { word, neighbours: None, right, weight: 0.03, held_out, source });
        }
    };
    let proclitics = ["و", "ب", "ل", "و", "ف", "وب", "ول", "ك"]
        .map(|p| Letters::read(p).map_or(Vec::new(), |l| l.numbers().to_vec()));
    for (number, name) in names.iter().enumerate() {
        let held_out = number % 10 == 9;
        add(name.clone(), 0, held_out, "names alone");
        if number % 2 == 0 || held_out {
            // Rare clitics rarely.
            let proclitic = &proclitics[if number % 3 == 0 { number / 6 % 8 } else { number / 6 % 4 }];
            // An article loses its alef after ل.
            if !(proclitic.last() == Some(&cuts::LAM) && name.starts_with(&[cuts::ALEF, cuts::LAM])) {
                add([proclitic, &name[..]].concat(), proclitic.len(), held_out, "names after clitics");
            }
        }
    }
}

/// Words of closed classes, their parts joined by `+`, alone and after و and ف.
pub(super) fn read_closed(path: &Path, examples: &mut Vec<Example>) -> Result<()> {
    let text = fs::read_to_string(path)?;
    let words = text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    for parts in words {
        for conjunction in ["", "و", "ف"] {
            if conjunction.is_empty() || !parts.starts_with(['و', 'ف']) || !parts.contains('+') {
                let parts: Vec<&str> =
                    Some(conjunction).filter(|c| !c.is_empty()).into_iter().chain(parts.split('+')).collect();
                if let Some((word, right)) =
                    join(&parts).and_then(|(word, lengths)| Some((right(&word, &lengths)?, word))).map(|(r, w)| (w, r))
                {
                    let weight = if conjunction.is_empty() { 0.5 } else { 0.2 };
                    examples.push(Example {
                        word,
                        neighbours: None,
                        right,
                        weight,
                        held_out: false,
                        source: "closed classes",
                    });
                }
            }
        }
    }
    Ok(())
}
