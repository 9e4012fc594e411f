//! Whom posts and nationalities denote.

use std::collections::HashMap;

use super::form::{Forms, written};
use super::name::country_key;
use crate::lexicon::{Hits, Lexicon, key};
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
        let code = match listed {
            Some(hit) => hit.entries().filter(|e| e.kind == MentionType::Norp).find_map(|e| e.country()),
            None => lexicon.country_of_demonym(&written(segmentation, mention)),
        };
        let code = code.or_else(|| {
            // Accusative: سورياً, which without its marks is the country's name.
            let key = key(&written(segmentation, mention));
            lexicon.country_of_demonym(key.strip_suffix('ا')?)
        });
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
