//! Whom posts and nationalities denote.

use std::collections::HashMap;

use super::facts::Facts;
use super::form::{Forms, written};
use super::name::country_key;
use crate::lexicon::{Entry, Hits, Lexicon, key};
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
    super::post::denote(forms, segmentation, hits, mentions, &mut denoted);
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
        // The country itself, not a part of it with a name of its own (قطاع غزة).
        let Some(code) = forms.forms[form as usize].country() else { continue };
        if forms.forms[form as usize].entries.iter().any(|e| lexicon.country(code).is_some_and(|c| c.id == e.id)) {
            countries.entry(code).or_insert(form);
        }
    }
    for (i, mention) in mentions.iter().enumerate().filter(|(_, m)| m.kind == MentionType::Norp) {
        let listed = hits.exact(mention.segments);
        let name = key(&written(segmentation, mention));
        let entry = match listed {
            Some(hit) => hit.entries().find(|e| e.kind == MentionType::Norp),
            None => lexicon.entries(&name).find(|e| e.kind == MentionType::Norp),
        };
        // Accusative: سورياً, which without its marks is the country's name.
        let accusative = || lexicon.country_of_demonym(name.strip_suffix('ا')?);
        // كوري: of the two, the one that the document tells of.
        let told = || entry.and_then(|e| e.countries.split('|').find(|code| countries.contains_key(code)));
        let Some(code) = entry.and_then(Entry::country).or_else(told).or_else(accusative) else {
            denoted[i] = people(forms, &name, entry);
            continue;
        };
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

/// The form of a people or group that may act: named as one, in the plural with its article (الأكراد, الحوثيون). Religions, continents
/// and adherences are none, nor are adjectives.
fn people(forms: &mut Forms, name: &str, entry: Option<Entry>) -> Option<u32> {
    let stem = name.strip_suffix("ون").or(name.strip_suffix("ين"));
    let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
    let lexicon = Lexicon::shipped();
    let whole = match entry {
        _ if !rest.is_empty() => {
            Facts::shipped().is_people(first) || lexicon.entries(first).any(|e| e.kind == MentionType::Norp)
        }
        Some(entry) => entry.subtype == "people" && (stem.is_some() || !name.ends_with(['ي', 'ه'])),
        None => stem.is_some(),
    };
    if !whole || !name.starts_with("ال") && rest.is_empty() {
        return None;
    }
    let key = stem.map_or_else(|| name.to_owned(), |s| format!("{s}ين"));
    Some(match forms.find(MentionType::Norp, &key) {
        Some(form) => form,
        None => forms.add(MentionType::Norp, key, entry.into_iter().collect()),
    })
}
