//! Cuts that plain text itself tells: a word that is frequent with the article is whole (الفساد: فساد is no ف + ساد), one that never has it is
//! cut where the rest often does (بطريق, الطريق); a verb that is rare without its first letter is whole (وصلوا); a noun takes the pronouns of the third person; a verb of the imperfect takes س and ل.

use std::collections::{HashMap, HashSet};

use super::corpora::Count;
use super::{Example, Right, show};
use crate::morph::{Analysis, Aspect, analyze_word};
use crate::segment::training::{Letter, Letters, cuts, features};

/// Rarer words tell too little.
const SEEN_OFTEN: u64 = 10;
/// How often a noun is seen with the article.
const NOUN: u64 = 100;

fn whole_verb(analysis: &Analysis) -> bool {
    analysis.grammar.aspect.is_some() && analysis.proclitics.is_empty()
}

/// The examples, the words that `skip` holds left out.
pub(super) fn examples(counts: &HashMap<Vec<Letter>, Count>, skip: &HashSet<Vec<Letter>>, examples: &mut Vec<Example>) {
    let letters = |text: &str| Letters::read(text).map_or(Vec::new(), |l| l.numbers().to_vec());
    let seen = |parts: [&[Letter]; 3]| counts.get(&parts.concat()).map_or(0, |c| c.all);
    let (article, conjoined, future) = (letters("ال"), letters("وفبلك"), letters("س"));
    let pronouns = ["هما", "ها", "هم", "ه"].map(letters);
    let teh_marbuta = letters("ة");
    let mut words: Vec<(&Vec<Letter>, u64)> = counts.iter().map(|(word, count)| (word, count.all)).collect();
    words.retain(|(word, count)| {
        (*count >= SEEN_OFTEN || word.starts_with(&future) && *count > 2) && word.len() > 3 && !skip.contains(*word)
    });
    words.sort_unstable();
    for (word, count) in words {
        if word.starts_with(&article) {
            continue;
        }
        let mut add = |before: &[Letter], right| {
            examples.push(Example {
                word: [before, word].concat(),
                neighbours: None,
                right,
                weight: 0.05,
                held_out: false,
                source: "plain text",
            });
        };
        let (first, rest) = (&word[..1], &word[1..]);
        let own = seen([&article, word, &[]]);
        if conjoined.contains(&first[0]) || first == future {
            if own * 20 >= count && own >= 20 {
                add(&[], Right::Before(0));
            } else if own == 0 && rest.len() > 2 && seen([rest, &[], &[]]) >= count {
                let noun = first != future && rest[0] != cuts::LAM && seen([&article, rest, &[]]) >= NOUN;
                let verb = || {
                    let verbs = analyze_word(&show(rest)).into_iter();
                    cuts::future(rest) && verbs.into_iter().any(|a| a.grammar.aspect == Some(Aspect::Imperfective))
                };
                let before_verb = first == future || first[0] == cuts::LAM;
                if before_verb && rest.len() > 3 && verb() {
                    add(&[], Right::Before(1));
                    add(&conjoined[..1], Right::Before(2));
                } else if noun {
                    add(&[], Right::Before(1));
                }
            } else if own == 0 && seen([rest, &[], &[]]) * 4 < count && analyze_word(&show(word)).iter().any(whole_verb)
            {
                add(&[], Right::Before(0));
            }
        }
        for pronoun in &pronouns {
            let Some(stem) = word.strip_suffix(&pronoun[..]).filter(|stem| stem.len() > 2) else { continue };
            let bare = match features::restored(stem) {
                Some((before, last)) if seen([before, &[last], &[]]) > seen([stem, &[], &[]]) => {
                    [before, &[last]].concat()
                }
                _ => stem.to_vec(),
            };
            // ه is often written for ة.
            let other = if pronoun.len() == 1 { seen([stem, &teh_marbuta, &[]]) } else { 0 };
            if seen([&article, &bare, &[]]) >= NOUN
                && seen([&bare, &[], &[]]) >= count
                && other * 10 < count
                && own == 0
            {
                add(&[], Right::Both(0, pronoun.len()));
            }
            break;
        }
    }
}
