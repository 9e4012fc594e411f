//! What a word on its own can be: clitics cut in every way that its parts allow.

use std::borrow::Cow;

use super::derived::{Derivation, Verb, inflected};
use super::{Aspect, Grammar, Morphology, Pos};
use crate::normalize::fold_into;

/// One way to understand a word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Analysis {
    /// The dictionary form: of a verb the third person singular masculine of the perfect. With its marks where the tables have it,
    /// without where it is derived from a verb.
    pub lemma: Cow<'static, str>,
    /// English senses parted by `;`, empty where the tables have none.
    pub gloss: &'static str,
    /// Part of speech and what the form tells of time, person, gender and number.
    pub grammar: Grammar,
    /// What was cut off before the stem, in order.
    pub proclitics: Vec<&'static str>,
    /// The pronoun that was cut off at the end.
    pub enclitic: Option<&'static str>,
    /// The verb of a verbal noun or participle.
    pub verb: Option<Verb>,
}

const CONJUNCTIONS: [&str; 2] = ["و", "ف"];
const PARTICLES: [&str; 4] = ["ب", "ك", "ل", "س"];
const PRONOUNS: [&str; 12] = ["ه", "ها", "هما", "هم", "هن", "ك", "كما", "كم", "كن", "نا", "ني", "ي"];

/// All ways to understand a word; empty where neither the tables know it nor a verb of theirs makes it.
///
/// Verbs, adjectives, proper nouns, numerals and particles are those of the tables; verbal nouns (as nouns) and participles (as
/// adjectives, though some are used as nouns) are added by [`verbs_of`](super::verbs_of).
///
/// ```
/// use khabar::morph::{Aspect, Derivation, Pos, analyze_word};
/// let verbs: Vec<_> = analyze_word("وسيلتقي").into_iter().filter(|a| a.grammar.pos == Pos::Verb).collect();
/// assert!(verbs.iter().any(|a| a.proclitics == ["و", "س"] && a.grammar.aspect == Some(Aspect::Imperfective)));
/// let nouns = analyze_word("باستقالته");
/// let noun = nouns.iter().find(|a| a.enclitic == Some("ه") && a.verb.is_some()).unwrap();
/// assert_eq!((&*noun.lemma, noun.verb.as_ref().unwrap().lemma), ("استقالة", "ٱِسْتَقَال"));
/// ```
pub fn analyze_word(word: &str) -> Vec<Analysis> {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    let morphology = Morphology::shipped();
    let mut found = Vec::new();
    for (proclitics, rest) in beginnings(&folded) {
        for (stem, enclitic) in endings(&rest) {
            let from = found.len();
            morphology.readings(stem, enclitic.is_some(), |reading| {
                if goes_together(&proclitics, reading.grammar, enclitic) {
                    let (lemma, gloss) = morphology.lemma(reading.lemma);
                    found.push(Analysis {
                        lemma: lemma.into(),
                        gloss,
                        grammar: reading.grammar,
                        proclitics: proclitics.clone(),
                        enclitic,
                        verb: None,
                    });
                }
            });
            derived(stem, &proclitics, enclitic, from, &mut found);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Adds what a stem can be as a verbal noun or participle; readings of the same adjective, those from `from` on, are told their verb.
fn derived(
    stem: &str,
    proclitics: &[&'static str],
    enclitic: Option<&'static str>,
    from: usize,
    found: &mut Vec<Analysis>,
) {
    let article = stem.strip_prefix("ال").filter(|rest| rest.chars().count() > 2 && enclitic.is_none());
    // A pronoun follows a noun in the construct state, whose feminine ending is then written ت and folded to what it was.
    let restored = enclitic.and(stem.strip_suffix('ت')).map(|rest| format!("{rest}ه"));
    for word in [Some(stem), article, restored.as_deref()].into_iter().flatten() {
        inflected(word, |verb, gender, number| {
            let pos = if verb.derivation == Derivation::VerbalNoun { Pos::Noun } else { Pos::Adj };
            let grammar =
                Grammar { pos, aspect: None, voice: None, person: None, gender: Some(gender), number: Some(number) };
            if !goes_together(proclitics, grammar, enclitic) || proclitics.last() == Some(&"س") {
                return;
            }
            let mut known = false;
            for other in found[from..].iter_mut().filter(|other| other.grammar.pos == pos && pos == Pos::Adj) {
                let mut lemma = String::with_capacity(other.lemma.len());
                fold_into(&other.lemma, &mut lemma);
                if lemma == verb.noun {
                    known = true;
                    other.verb.get_or_insert_with(|| verb.clone());
                }
            }
            if !known {
                found.push(Analysis {
                    lemma: verb.noun.clone(),
                    gloss: "",
                    grammar,
                    proclitics: proclitics.to_vec(),
                    enclitic,
                    verb: Some(verb),
                });
            }
        });
    }
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
