//! Persons: a last name, first name or kunya alone belongs to a full name of the document.

use std::collections::{HashMap, HashSet};

use super::form::{Form, Forms, NEAR, nearby};
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
    let by_word = join_full(forms, &full);
    join_single(forms, &full, &single, &by_word);
}

/// Joins full names; gives them by each of their words (without vowels and similar letters, for other spellings).
fn join_full(forms: &mut Forms, full: &[u32]) -> HashMap<String, Vec<u32>> {
    let mut by_word: HashMap<String, Vec<u32>> = HashMap::new();
    for &form in full {
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
    by_word
}

/// Joins names of one part with full names, and with one another where there is none.
fn join_single(forms: &mut Forms, full: &[u32], single: &[u32], by_word: &HashMap<String, Vec<u32>>) {
    let mut listed: HashMap<u32, u32> = HashMap::new();
    for &form in full {
        for entry in &forms.forms[form as usize].entries {
            listed.entry(entry.id).or_insert(form);
        }
    }
    let bones: Vec<String> = single
        .iter()
        .map(|&form| {
            forms.forms[form as usize].words.first().map_or_else(String::new, |&w| skeleton(forms.words.word(w)))
        })
        .collect();
    // Persons who are called by their first names.
    let mut called: HashSet<u32> = HashSet::new();
    for (&form, bone) in single.iter().zip(&bones) {
        if let Some((Place::First, owner)) = owner(forms, form, by_word.get(bone), &called) {
            called.insert(forms.root(owner));
        }
    }
    let mut seen: HashMap<&str, Vec<u32>> = HashMap::new();
    for (&form, bone) in single.iter().zip(&bones) {
        // A kunya or nom de guerre shares no word with the full name: أبو مازن is محمود عباس because the lexicon says so.
        let alias = || forms.forms[form as usize].entries.iter().find_map(|e| listed.get(&e.id).copied());
        let owner = owner(forms, form, by_word.get(bone), &called).map(|(_, owner)| owner).or_else(alias);
        let others = seen.entry(bone).or_default();
        let word = forms.forms[form as usize].words.first().copied();
        let same = others.iter().copied().find(|&other| {
            let other = forms.forms[other as usize].words.first().copied();
            other == word || owner.is_none() && word.zip(other).is_some_and(|(a, b)| forms.words.alike(a, b))
        });
        others.push(form);
        if let Some(other) = same.or(owner) {
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
    // Both are known, as two: دونالد ترامب and دونالد ترامب جونيور.
    if !a.entries.is_empty() && !b.entries.is_empty() {
        return false;
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

/// The full name that a single one stands for: one that ends in it before one that begins with it, one whom the lexicon lists under
/// it, then the one told of last before it, else the next after it.
fn owner(forms: &Forms, form: u32, near: Option<&Vec<u32>>, called: &HashSet<u32>) -> Option<(Place, u32)> {
    let single = &forms.forms[form as usize];
    let (at, &word) = (single.first(), single.words.first()?);
    let shares = |full: &Form| full.entries.iter().any(|e| single.entries.iter().any(|o| o.id == e.id));
    nearby(forms, near?, at)
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
            let known = shares(full);
            let meant = place != Place::Last || !called.contains(&forms.root(candidate));
            // Somebody else of that name is known, and this one is called by the first name.
            if !meant && !known && !single.entries.is_empty() {
                return None;
            }
            let exact = full.words.contains(&word);
            let before = full.mentions.iter().rev().find(|&&m| m < at).map_or(0, |&m| u64::from(m) + 1);
            let after = u64::from(u32::MAX - full.first());
            Some(((exact, place, known, before, after), candidate))
        })
        .max()
        .map(|((_, place, ..), candidate)| (place, candidate))
}
