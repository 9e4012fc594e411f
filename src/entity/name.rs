//! Names of bodies, places, sites, events, laws, products: which forms are one.

use std::collections::HashMap;

use super::facts::Facts;
use super::form::{Form, Forms, NEAR, is_name, nearby};
use super::words::{is_code, skeleton};
use crate::lexicon::{Lexicon, key};
use crate::mention::{Mention, MentionType};
use crate::segment::Segmentation;

/// Joins the forms of names other than persons'.
pub(super) fn join(forms: &mut Forms, segmentation: &Segmentation<'_>, mentions: &[Mention]) {
    listed(forms);
    spelled(forms);
    bracketed(forms, segmentation, mentions);
    capitals(forms);
    bare(forms);
    shortened(forms);
}

/// Names that the lexicon lists for one thing.
fn listed(forms: &mut Forms) {
    let mut seen: HashMap<u32, u32> = HashMap::new();
    for form in 0..forms.forms.len() as u32 {
        let kind = forms.forms[form as usize].kind;
        if !is_name(kind) || kind == MentionType::Pers {
            continue;
        }
        let ids: Vec<u32> = forms.forms[form as usize].entries.iter().map(|e| e.id).collect();
        if let Some(&other) = ids.iter().find_map(|id| seen.get(id)) {
            forms.join(form, other);
        }
        for id in ids {
            seen.entry(id).or_insert(form);
        }
    }
}

/// Spellings of one name: word for word alike, no word of which the lexicon knows as another name.
fn spelled(forms: &mut Forms) {
    let mut seen: HashMap<(MentionType, String), Vec<u32>> = HashMap::new();
    for form in 0..forms.forms.len() as u32 {
        let Form { kind, ref key, ref words, ref entries, .. } = forms.forms[form as usize];
        if !is_name(kind) || kind == MentionType::Pers {
            continue;
        }
        let others = seen.entry((kind, skeleton(key))).or_default();
        let same = others.iter().copied().rev().take(NEAR).find(|&o| {
            let other = &forms.forms[o as usize];
            let listed = !entries.is_empty() && !other.entries.is_empty();
            !listed
                && words.len() == other.words.len()
                && words.iter().zip(&other.words).all(|(&a, &b)| forms.words.alike(a, b))
        });
        others.push(form);
        if let Some(other) = same {
            forms.join(form, other);
        }
    }
}

/// A name in brackets after one of its type is another name of it: حركة مجتمع السلم (حمس). Not so of places: باريس (فرنسا).
fn bracketed(forms: &mut Forms, segmentation: &Segmentation<'_>, mentions: &[Mention]) {
    let mut before: Option<usize> = None;
    for (i, mention) in mentions.iter().enumerate() {
        if !is_name(mention.kind) {
            continue;
        }
        if let Some(b) = before {
            let (first, between) = (&mentions[b], mentions[b].span.end..mention.span.start);
            if first.kind == mention.kind && first.span.end < mention.span.start {
                let gap = &segmentation.text[between.start as usize..between.end as usize];
                let opens =
                    gap.trim_start().starts_with('(') && gap.chars().all(|c| matches!(c, ' ' | '(' | '"' | '«' | '“'));
                if let (true, Some(a), Some(c)) = (opens, forms.of[b], forms.of[i]) {
                    let country = forms.forms[c as usize].country().is_some();
                    if !(country && mention.kind == MentionType::Gpe) {
                        forms.join(a, c);
                    }
                }
            }
        }
        before = Some(i);
    }
}

/// العاصمة البريطانية is London.
fn capitals(forms: &mut Forms) {
    let lexicon = Lexicon::shipped();
    let known: Vec<(u32, &'static str)> = forms
        .of_kind(MentionType::Gpe)
        .filter_map(|f| {
            let capital = forms.forms[f as usize].entries.iter().find(|e| e.subtype == "capital")?;
            Some((f, capital.country()?))
        })
        .collect();
    let told: Vec<(u32, &'static str)> = forms
        .of_kind(MentionType::Gpe)
        .filter_map(|f| {
            let rest = forms.forms[f as usize].key.strip_prefix("العاصمه ")?;
            Some((f, lexicon.country_of_demonym(rest)?))
        })
        .collect();
    for (form, country) in told {
        if let Some(&(city, _)) = known.iter().find(|(_, c)| *c == country) {
            forms.join(form, city);
        }
    }
}

/// المملكة is the kingdom that the document tells of.
fn bare(forms: &mut Forms) {
    let facts = Facts::shipped();
    for form in 0..forms.forms.len() as u32 {
        let Form { kind, ref key, .. } = forms.forms[form as usize];
        let owners = facts.bare(kind, key);
        if owners.is_empty() {
            continue;
        }
        let lexicon = Lexicon::shipped();
        let told = forms.of_kind(kind).filter(|&f| f != form).filter(|&f| {
            let other = &forms.forms[f as usize];
            owners
                .iter()
                .any(|o| other.key == *o || other.entries.iter().any(|e| lexicon.entries(o).any(|l| l.id == e.id)))
        });
        if let Some(owner) = told.max_by_key(|&f| forms.forms[f as usize].mentions.len()) {
            forms.join(form, owner);
        }
    }
}

/// How a short name fits a longer one.
#[derive(Clone, Copy)]
enum Fit {
    /// The longer begins like the shorter and has all its words in order.
    Begins,
    /// The longer is a head word and the shorter.
    Headed,
    /// The same words.
    Same,
}

/// Parts of longer names: النهضة of حركة النهضة, مجلس النواب of مجلس النواب الليبي.
fn shortened(forms: &mut Forms) {
    // Forms by their words; a shorter name shares its first and last word with the longer one.
    let mut by_word: HashMap<(MentionType, u32), Vec<u32>> = HashMap::new();
    for (i, form) in forms.forms.iter().enumerate() {
        if is_name(form.kind) && form.kind != MentionType::Pers {
            for &word in &form.words {
                let list = by_word.entry((form.kind, word)).or_default();
                if list.last() != Some(&(i as u32)) {
                    list.push(i as u32);
                }
            }
        }
    }
    // The country that a joined name tells.
    let mut countries: HashMap<u32, u32> = HashMap::new();
    for form in 0..forms.forms.len() as u32 {
        let code = forms.forms[form as usize].words.iter().find(|&&w| is_code(forms.words.word(w)));
        if let Some(&code) = code {
            countries.entry(forms.root(form)).or_insert(code);
        }
    }
    for short in 0..forms.forms.len() as u32 {
        let form = &forms.forms[short as usize];
        let Some(&last) = form.words.last().filter(|_| is_name(form.kind) && form.kind != MentionType::Pers) else {
            continue;
        };
        let at = form.first();
        let near = by_word.get(&(form.kind, last)).map_or(&[][..], Vec::as_slice);
        // The best of each kind: الجيش is both قوات الجيش and الجيش الليبي.
        let mut best: [Option<(u32, usize, u32, u32)>; 3] = [None; 3];
        for &long in nearby(forms, near, at).iter().filter(|&&long| long != short) {
            let Some(fit) = fit(forms, short, long) else { continue };
            let full = &forms.forms[long as usize];
            let before = full.mentions.iter().rev().find(|&&m| m < at).map_or(0, |&m| m + 1);
            let rank = Some((before, full.mentions.len(), u32::MAX - full.first(), long));
            best[fit as usize] = best[fit as usize].max(rank);
        }
        for (.., long) in best.into_iter().flatten() {
            // البرلمان must not make one of two countries' parliaments.
            let (a, b) = (forms.root(short), forms.root(long));
            let (of_a, of_b) = (countries.get(&a).copied(), countries.get(&b).copied());
            if of_a.zip(of_b).is_none_or(|(x, y)| x == y) {
                forms.join(short, long);
                if let Some(code) = of_a.or(of_b) {
                    countries.insert(forms.root(short), code);
                }
            }
        }
    }
}

fn fit(forms: &Forms, short: u32, long: u32) -> Option<Fit> {
    let (s, l) = (&forms.forms[short as usize], &forms.forms[long as usize]);
    if s.words == l.words {
        return Some(Fit::Same);
    }
    if s.words.len() >= l.words.len() || s.kind != l.kind {
        return None;
    }
    if headed(forms, l.kind, &l.words) && l.words[1] == s.words[0] {
        return if l.words[1..] == s.words[..] { Some(Fit::Headed) } else { begins(forms, s, &l.words[1..]) };
    }
    if matches!(l.kind, MentionType::Gpe | MentionType::Loc) || l.words[0] != s.words[0] {
        return None;
    }
    begins(forms, s, &l.words)
}

/// Whether a longer name has all words of a shorter one in order.
fn begins(forms: &Forms, short: &Form, long: &[u32]) -> Option<Fit> {
    // الجيش السوري الحر is another body than الجيش السوري: what follows the country tells it apart.
    let country = |w: &u32| is_code(forms.words.word(*w));
    if short.words.last().is_some_and(country) && long.iter().position(country).is_some_and(|at| at + 1 < long.len()) {
        return None;
    }
    // القوات الأمريكية are not قوات العمليات الخاصة الأمريكية: a bare class noun with a country says too little.
    if let [class, last] = short.words[..]
        && country(&last)
        && long.len() > 2
        && long[0] == class
    {
        return None;
    }
    let mut rest = long.iter();
    short.words.iter().all(|w| rest.any(|x| x == w)).then_some(Fit::Begins)
}

/// Whether the first word of a name is one that it is often told without.
fn headed(forms: &Forms, kind: MentionType, words: &[u32]) -> bool {
    let word = |i: usize| words.get(i).map_or("", |&w| forms.words.word(w));
    Facts::shipped().is_head(kind, word(0), word(1))
}

/// The folded key of a country's usual name.
pub(super) fn country_key(code: &str) -> Option<String> {
    Lexicon::shipped().country_name(code).map(key)
}
