//! What a word on its own can be: clitics cut in every way that its parts allow.

use std::borrow::Cow;

use super::derived::{Derivation, Verb, fold, inflected};
use super::{Aspect, Grammar, GrammaticalNumber, Morphology, Pos, Voice, plurals};

/// One way to understand a word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Analysis {
    /// The dictionary form: of a verb the third person singular masculine of the perfect. With its marks where the tables have it,
    /// without where it is a noun: derived from a verb, or of the list of [plurals](super::plurals).
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

/// All ways to understand a word, likeliest first; empty where neither tables nor lists know it and no verb of the tables makes it.
///
/// Verbs, adjectives, proper nouns, numerals and particles are those of the tables; verbal nouns (as nouns) and participles (as
/// adjectives, though some are used as nouns) are added by [`verbs_of`](super::verbs_of), other nouns by the list of
/// [broken plurals](super::plurals).
///
/// The order is a rule, not a measure: fewer clitics come first; of as many, nouns, adjectives and particles before verbs in the
/// active, these before names and abbreviations, then verbs in the passive, then imperatives; then a word that is its own lemma before
/// one that is inflected; the rest goes by the alphabet.
///
/// ```
/// use khabar::morph::{Aspect, Derivation, Pos, analyze_word};
/// let verbs: Vec<_> = analyze_word("وسيلتقي").into_iter().filter(|a| a.grammar.pos == Pos::Verb).collect();
/// assert!(verbs.iter().any(|a| a.proclitics == ["و", "س"] && a.grammar.aspect == Some(Aspect::Imperfective)));
/// let nouns = analyze_word("باستقالته");
/// let noun = nouns.iter().find(|a| a.enclitic == Some("ه") && a.verb.is_some()).unwrap();
/// assert_eq!((&*noun.lemma, noun.verb.as_ref().unwrap().lemma), ("استقالة", "ٱِسْتَقَال"));
/// assert_eq!(analyze_word("وزراء")[0].lemma, "وزير");
/// ```
pub fn analyze_word(word: &str) -> Vec<Analysis> {
    let folded = fold(word);
    let morphology = Morphology::shipped();
    let (mut found, mut ranked) = (Vec::new(), Vec::new());
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
            listed(stem, &proclitics, enclitic, from, &mut found);
            ranked.extend(found[from..].iter().map(|analysis| rank(analysis, stem)));
        }
    }
    let mut found: Vec<_> = ranked.into_iter().zip(found).collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|(_, analysis)| analysis).collect()
}

/// What comes first, of a word whose stem this is: see [`analyze_word`].
fn rank(analysis: &Analysis, stem: &str) -> (usize, u8, bool) {
    let clitics = analysis.proclitics.len() + usize::from(analysis.enclitic.is_some());
    let grammar = analysis.grammar;
    let class = match grammar.pos {
        Pos::Verb if grammar.aspect == Some(Aspect::Imperative) => 4,
        Pos::Verb if grammar.voice == Some(Voice::Passive) => 3,
        Pos::Verb => 1,
        Pos::Propn | Pos::X => 2,
        _ => 0,
    };
    let lemma = fold(&analysis.lemma);
    (clitics, class, lemma != stem && Some(&*lemma) != stem.strip_prefix("ال"))
}

/// The words that a stem can be as a noun: itself, without its article, and, before a pronoun, with the ending or hamza that it had.
fn words<'a>(stem: &'a str, enclitic: Option<&'static str>) -> impl Iterator<Item = Cow<'a, str>> {
    let article = stem.strip_prefix("ال").filter(|rest| rest.chars().count() > 2 && enclitic.is_none());
    let before = |ending: &[char]| enclitic.and(stem.strip_suffix(ending));
    // A feminine ending is then written ت and folded to what it was; a last hamza has a seat (لقائه, وزراؤها).
    let feminine = before(&['ت']).map(|rest| format!("{rest}ه"));
    let hamza = before(&['ئ', 'ؤ']).map(|rest| format!("{rest}ء"));
    let restored = feminine.or(hamza).map(Cow::Owned);
    [Some(Cow::Borrowed(stem)), article.map(Cow::Borrowed), restored].into_iter().flatten()
}

/// Adds the listed nouns that a stem can be a form of, where no reading from `from` on tells the same.
fn listed(
    stem: &str,
    proclitics: &[&'static str],
    enclitic: Option<&'static str>,
    from: usize,
    found: &mut Vec<Analysis>,
) {
    if proclitics.last() == Some(&"س") {
        return;
    }
    for word in words(stem, enclitic) {
        plurals::inflected(&word, |singular, gender, number| {
            let lemma = fold(singular);
            let same = |other: &Analysis| {
                other.grammar.number == Some(number) && other.grammar.pos == Pos::Noun && fold(&other.lemma) == lemma
            };
            if found[from..].iter().any(same) {
                return;
            }
            let grammar = Grammar {
                pos: Pos::Noun,
                aspect: None,
                voice: None,
                person: None,
                gender: Some(gender),
                number: Some(number),
            };
            let mut verb = None;
            inflected(&lemma, |of, _, number| {
                if number == GrammaticalNumber::Singular && of.noun == singular {
                    verb.get_or_insert(of);
                }
            });
            let proclitics = proclitics.to_vec();
            found.push(Analysis { lemma: singular.into(), gloss: "", grammar, proclitics, enclitic, verb });
        });
    }
}

/// Adds what a stem can be as a verbal noun or participle; readings of the same adjective, those from `from` on, are told their verb.
fn derived(
    stem: &str,
    proclitics: &[&'static str],
    enclitic: Option<&'static str>,
    from: usize,
    found: &mut Vec<Analysis>,
) {
    for word in words(stem, enclitic) {
        inflected(&word, |verb, gender, number| {
            let pos = if verb.derivation == Derivation::VerbalNoun { Pos::Noun } else { Pos::Adj };
            let grammar =
                Grammar { pos, aspect: None, voice: None, person: None, gender: Some(gender), number: Some(number) };
            if !goes_together(proclitics, grammar, enclitic) || proclitics.last() == Some(&"س") {
                return;
            }
            let mut known = false;
            for other in found[from..].iter_mut().filter(|other| other.grammar.pos == pos && pos == Pos::Adj) {
                if fold(&other.lemma) == verb.noun {
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
