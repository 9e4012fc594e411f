//! Persons: a last name, first name or kunya alone belongs to a full name of the document.

use std::collections::HashMap;

use super::form::{Forms, NEAR, nearby};
use super::words::skeleton;
use crate::mention::MentionType;

/// How a short name stands in a full one, better ones greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Middle,
    First,
    Last,
}

/// Joins the forms of persons.
pub(super) fn join(forms: &mut Forms) {
    let all: Vec<u32> = forms.of_kind(MentionType::Pers).collect();
    let (full, single): (Vec<u32>, Vec<u32>) = all.into_iter().partition(|&f| forms.forms[f as usize].words.len() > 1);

    // Full names by each of their words (as spelled, and without vowels and similar letters for other spellings).
    let mut by_word: HashMap<String, Vec<u32>> = HashMap::new();
    for &form in &full {
        let mut near: Vec<u32> = Vec::new();
        let words = forms.forms[form as usize].words.clone();
        for &word in &words {
            let list = by_word.get(&skeleton(forms.words.word(word))).map_or(&[][..], Vec::as_slice);
            near.extend(&list[list.len().saturating_sub(NEAR)..]);
        }
        near.sort_unstable();
        near.dedup();
        // Nearest first: a name resumes the one told of last.
        for &other in near.iter().rev() {
            if same_person(forms, form, other) {
                forms.join(form, other);
                break;
            }
        }
        for &word in &words {
            let list = by_word.entry(skeleton(forms.words.word(word))).or_default();
            if list.last() != Some(&form) {
                list.push(form);
            }
        }
    }

    let mut listed: HashMap<u32, u32> = HashMap::new();
    for &form in &full {
        for entry in &forms.forms[form as usize].entries {
            listed.entry(entry.id).or_insert(form);
        }
    }
    let mut alone: HashMap<String, Vec<u32>> = HashMap::new();
    for &form in &single {
        let Some(&word) = forms.forms[form as usize].words.first() else { continue };
        let bone = skeleton(forms.words.word(word));
        let near = by_word.get(&bone).map_or(&[][..], Vec::as_slice);
        // A kunya or nom de guerre shares no word with the full name: أبو مازن is محمود عباس because the lexicon says so.
        let alias = || forms.forms[form as usize].entries.iter().find_map(|e| listed.get(&e.id).copied());
        if let Some(owner) = owner(forms, form, word, near).or_else(alias) {
            forms.join(form, owner);
            continue;
        }
        let others = alone.entry(bone).or_default();
        let same = others
            .iter()
            .copied()
            .find(|&o| forms.forms[o as usize].words.first().is_some_and(|&other| forms.words.alike(word, other)));
        others.push(form);
        if let Some(other) = same {
            forms.join(form, other);
        }
    }
}

/// Whether two full names are of one person: the same first part and the shorter's parts in order in the longer, or the shorter is
/// the longer's end; or the lexicon lists both for one.
fn same_person(forms: &Forms, a: u32, b: u32) -> bool {
    let (a, b) = (&forms.forms[a as usize], &forms.forms[b as usize]);
    if a.entries.iter().any(|e| b.entries.iter().any(|o| o.id == e.id)) {
        return true;
    }
    let (long, short) = if a.words.len() >= b.words.len() { (&a.words, &b.words) } else { (&b.words, &a.words) };
    let alike = |x: u32, y: u32| forms.words.alike(x, y);
    let ends = long[long.len() - short.len()..].iter().zip(short).all(|(&x, &y)| alike(x, y));
    if ends {
        return true;
    }
    alike(long[0], short[0]) && {
        let mut rest = long.iter();
        short.iter().all(|&y| rest.any(|&x| alike(x, y)))
    }
}

/// The full name that a single one stands for: one that ends in it before one that begins with it, then the one told of last before
/// it, else the next after it.
fn owner(forms: &Forms, form: u32, word: u32, near: &[u32]) -> Option<u32> {
    let at = forms.forms[form as usize].first();
    nearby(forms, near, at)
        .iter()
        .filter_map(|&candidate| {
            let full = &forms.forms[candidate as usize];
            let last = full.words.len() - 1;
            let place =
                full.words.iter().enumerate().filter(|&(_, &w)| forms.words.alike(w, word)).map(|(i, _)| match i {
                    _ if i == last => Place::Last,
                    0 => Place::First,
                    _ => Place::Middle,
                });
            let place = place.max()?;
            let exact = full.words.contains(&word);
            let before = full.mentions.iter().rev().find(|&&m| m < at).map(|&m| u64::from(m) + 1).unwrap_or(0);
            let after = u64::from(u32::MAX - full.first());
            Some(((exact, place, before, after), candidate))
        })
        .max()
        .map(|(_, candidate)| candidate)
}
