//! Whom posts and nationalities denote.

use std::collections::HashMap;

use super::form::Forms;
use super::name::country_key;
use crate::lexicon::{Hits, Lexicon};
use crate::mention::{Mention, MentionType};
use crate::segment::Segmentation;

/// Gives each mention the form that it denotes, if any; adds countries that only nationalities name.
pub(super) fn denote(
    forms: &mut Forms,
    segmentation: &Segmentation<'_>,
    hits: &Hits,
    mentions: &[Mention],
) -> Vec<Option<u32>> {
    let mut denoted = forms.of.clone();
    nationalities(forms, segmentation, hits, mentions, &mut denoted);
    posts(forms, segmentation, mentions, &mut denoted);
    denoted
}

fn nationalities(
    forms: &mut Forms,
    segmentation: &Segmentation<'_>,
    hits: &Hits,
    mentions: &[Mention],
    denoted: &mut [Option<u32>],
) {
    let lexicon = Lexicon::shipped();
    let mut countries: HashMap<&str, u32> = HashMap::new();
    for form in forms.of_kind(MentionType::Gpe) {
        if let Some(code) = forms.forms[form as usize].country() {
            countries.entry(code).or_insert(form);
        }
    }
    for (i, mention) in mentions.iter().enumerate().filter(|(_, m)| m.kind == MentionType::Norp) {
        let listed = hits.exact(mention.segments);
        let code = match listed {
            Some(hit) => hit.entries().filter(|e| e.kind == MentionType::Norp).find_map(|e| e.country()),
            None => lexicon.country_of_demonym(&super::form::written(segmentation, mention)),
        };
        let Some(code) = code else { continue };
        let form = match countries.get(code) {
            Some(&form) => form,
            None => {
                let Some(key) = country_key(code) else { continue };
                let form = match forms.find(MentionType::Gpe, &key) {
                    Some(form) => form,
                    None => forms.add(MentionType::Gpe, key, lexicon.country(code).into_iter().collect()),
                };
                countries.insert(code, form);
                form
            }
        };
        denoted[i] = Some(form);
    }
}

/// What may stand between a post and the name that it belongs to.
fn apposed(gap: &str) -> bool {
    gap.len() <= 4 && gap.chars().all(|c| matches!(c, ' ' | '"' | '«' | '“' | ':' | '\u{A0}'))
}

/// What may stand between a name and the post told after it.
fn told_after(gap: &str) -> bool {
    gap.len() <= 6 && gap.chars().all(|c| matches!(c, ' ' | '،' | ',' | '(' | '"' | '»' | '”' | '-' | '–'))
}

fn posts(forms: &Forms, segmentation: &Segmentation<'_>, mentions: &[Mention], denoted: &mut [Option<u32>]) {
    let gap = |a: usize, b: usize| {
        let (start, end) = (mentions[a].span.end, mentions[b].span.start);
        segmentation.text.get(start as usize..end as usize)
    };
    let outer: Vec<usize> =
        (0..mentions.len()).filter(|&i| matches!(mentions[i].kind, MentionType::Occ | MentionType::Pers)).collect();
    let mut held: Vec<(Vec<u32>, u32)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    // From the end, so that a chain of posts ends in the name after it.
    for (k, &i) in outer.iter().enumerate().rev() {
        if mentions[i].kind != MentionType::Occ {
            continue;
        }
        let after = outer[k + 1..].iter().copied().find(|&j| mentions[j].span.start >= mentions[i].span.end);
        let before = outer[..k].iter().rev().copied().find(|&j| mentions[j].span.end <= mentions[i].span.start);
        let next = after.filter(|&j| gap(i, j).is_some_and(apposed)).and_then(|j| match mentions[j].kind {
            MentionType::Pers => forms.of[j],
            _ => denoted[j].filter(|&f| forms.forms[f as usize].kind == MentionType::Pers),
        });
        let previous = before.filter(|&j| mentions[j].kind == MentionType::Pers && gap(j, i).is_some_and(told_after));
        denoted[i] = match (next, previous) {
            (Some(person), _) => Some(person),
            (None, Some(j)) => forms.of[j],
            (None, None) => {
                open.push(i);
                None
            }
        };
        if let (Some(person), Some(post)) = (denoted[i], forms.of[i]) {
            held.push((forms.forms[post as usize].words.clone(), person));
        }
    }
    let _ = open;
    // A post told again, in full or in part, is its holder.
    for &i in &outer {
        if mentions[i].kind != MentionType::Occ || denoted[i].is_some() {
            continue;
        }
        let Some(post) = forms.of[i] else { continue };
        let words = &forms.forms[post as usize].words;
        let holder =
            held.iter().rev().filter(|(full, _)| is_part(words, full)).max_by_key(|(full, _)| usize::MAX - full.len());
        denoted[i] = Some(holder.map_or(post, |&(_, person)| person));
    }
}

/// Whether all words of a short post are in a fuller one, beginning with the same.
fn is_part(short: &[u32], full: &[u32]) -> bool {
    let mut rest = full.iter();
    short.first() == full.first() && short.iter().all(|w| rest.any(|x| x == w))
}
