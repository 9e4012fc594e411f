//! What a word on its own can be: clitics cut in every way that its parts allow.

use super::{Aspect, Grammar, Morphology, Pos};
use crate::normalize::fold_into;

/// One way to understand a word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Analysis {
    /// The dictionary form, with its marks: of a verb the third person singular masculine of the perfect.
    pub lemma: &'static str,
    /// English senses parted by `;`, empty where the tables have none.
    pub gloss: &'static str,
    /// Part of speech and what the form tells of time, person, gender and number.
    pub grammar: Grammar,
    /// What was cut off before the stem, in order.
    pub proclitics: Vec<&'static str>,
    /// The pronoun that was cut off at the end.
    pub enclitic: Option<&'static str>,
}

const CONJUNCTIONS: [&str; 2] = ["و", "ف"];
const PARTICLES: [&str; 4] = ["ب", "ك", "ل", "س"];
const PRONOUNS: [&str; 12] = ["ه", "ها", "هما", "هم", "هن", "ك", "كما", "كم", "كن", "نا", "ني", "ي"];

/// All ways to understand a word, ordered; empty where the tables do not know it (nouns that are no names have no table).
///
/// ```
/// use khabar::morph::{Aspect, Pos, analyze_word};
/// let verbs: Vec<_> = analyze_word("وسيلتقي").into_iter().filter(|a| a.grammar.pos == Pos::Verb).collect();
/// assert!(verbs.iter().any(|a| a.proclitics == ["و", "س"] && a.grammar.aspect == Some(Aspect::Imperfective)));
/// ```
pub fn analyze_word(word: &str) -> Vec<Analysis> {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    let morphology = Morphology::shipped();
    let mut found = Vec::new();
    for (proclitics, rest) in beginnings(&folded) {
        for (stem, enclitic) in endings(&rest) {
            morphology.readings(stem, enclitic.is_some(), |reading| {
                if goes_together(&proclitics, reading.grammar, enclitic) {
                    let (lemma, gloss) = morphology.lemma(reading.lemma);
                    found.push(Analysis {
                        lemma,
                        gloss,
                        grammar: reading.grammar,
                        proclitics: proclitics.clone(),
                        enclitic,
                    });
                }
            });
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The word with each row of proclitics that it may begin with cut off; للـ gives ل and ال back.
fn beginnings(word: &str) -> Vec<(Vec<&'static str>, String)> {
    let mut all = vec![(Vec::new(), word.to_owned())];
    for conjunction in CONJUNCTIONS {
        if let Some(rest) = word.strip_prefix(conjunction) {
            all.push((vec![conjunction], rest.to_owned()));
        }
    }
    for index in 0..all.len() {
        let (before, rest) = all[index].clone();
        for particle in PARTICLES {
            let Some(after) = rest.strip_prefix(particle) else { continue };
            let mut proclitics = before.clone();
            proclitics.push(particle);
            if particle == "ل" && after.starts_with('ل') {
                all.push((proclitics.clone(), format!("ا{after}")));
            }
            all.push((proclitics, after.to_owned()));
        }
    }
    all.retain(|(_, rest)| !rest.is_empty());
    all
}

/// The rest whole, and with each pronoun that it may end with cut off.
fn endings(rest: &str) -> impl Iterator<Item = (&str, Option<&'static str>)> {
    let cut = PRONOUNS.iter().filter_map(move |&pronoun| rest.strip_suffix(pronoun).map(|stem| (stem, Some(pronoun))));
    std::iter::once((rest, None)).chain(cut).filter(|(stem, _)| !stem.is_empty())
}

fn goes_together(proclitics: &[&str], grammar: Grammar, enclitic: Option<&str>) -> bool {
    let verb = grammar.pos == Pos::Verb;
    let before = match proclitics.last() {
        Some(&("ب" | "ك")) => !verb,
        Some(&"ل") => !verb || grammar.aspect == Some(Aspect::Imperfective),
        Some(&"س") => grammar.aspect == Some(Aspect::Imperfective),
        _ => true,
    };
    let after = match enclitic {
        Some("ني") => verb || matches!(grammar.pos, Pos::Sconj | Pos::Part),
        Some("ي") => !verb,
        _ => true,
    };
    before && after
}
