//! From joined forms to entities.

use std::collections::HashMap;

use super::Entity;
use super::form::{Form, Forms, is_name, written};
use crate::mention::{Mention, MentionType};
use crate::segment::Segmentation;

/// Makes the entities, in the order of their first mentions, and writes their ids into the mentions.
pub(super) fn entities(
    forms: &Forms,
    denoted: &[Option<u32>],
    segmentation: &Segmentation<'_>,
    mentions: &mut [Mention],
) -> Vec<Entity> {
    let mut ids: HashMap<u32, u32> = HashMap::new();
    let mut members: Vec<Vec<u32>> = Vec::new();
    let mut roots: Vec<u32> = Vec::new();
    for (i, mention) in mentions.iter_mut().enumerate() {
        mention.entity = denoted[i].map(|form| {
            let root = forms.root(form);
            let id = *ids.entry(root).or_insert_with(|| {
                members.push(Vec::new());
                roots.push(root);
                roots.len() as u32 - 1
            });
            members[id as usize].push(i as u32);
            id
        });
    }
    let mut joined: Vec<Vec<u32>> = vec![Vec::new(); roots.len()];
    for form in 0..forms.forms.len() as u32 {
        if let Some(&id) = ids.get(&forms.root(form)) {
            joined[id as usize].push(form);
        }
    }
    members
        .into_iter()
        .zip(joined)
        .zip(roots)
        .enumerate()
        .map(|(id, ((members, joined), root))| {
            let mut own: Vec<&Form> = joined.iter().map(|&f| &forms.forms[f as usize]).collect();
            // Fuller names first: what the lexicon tells of a last name alone may be of somebody else.
            own.sort_by_key(|f| std::cmp::Reverse(f.words.len()));
            entity(id as u32, &forms.forms[root as usize], &own, members, segmentation, mentions)
        })
        .collect()
}

fn entity(
    id: u32,
    root: &Form,
    own: &[&Form],
    members: Vec<u32>,
    segmentation: &Segmentation<'_>,
    mentions: &[Mention],
) -> Entity {
    let kind = root.kind;
    // The longest name, the first of equals.
    let longest = members
        .iter()
        .map(|&m| &mentions[m as usize])
        .filter(|m| if is_name(kind) { is_name(m.kind) } else { m.kind == kind })
        .map(|m| written(segmentation, m))
        .rev()
        .max_by_key(String::len);
    let listed = own.iter().find_map(|f| f.entries.first());
    let country = own.iter().find_map(|f| f.country());
    let own_name = own.iter().find_map(|f| f.own.0.clone());
    let name = own_name.or(longest).unwrap_or_else(|| listed.map_or_else(|| root.key.clone(), |e| e.name.to_owned()));
    let mut titles: Vec<String> = Vec::new();
    if kind == MentionType::Pers {
        for title in members.iter().map(|&m| &mentions[m as usize]).filter(|m| m.kind == MentionType::Occ) {
            let title = written(segmentation, title);
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
    }
    let listed_latin = || own.iter().flat_map(|f| &f.entries).find_map(|e| e.latin).map(str::to_owned);
    let latin = own.iter().find_map(|f| f.own.1.clone()).or_else(listed_latin);
    Entity { id, kind, name, latin, titles, country: country.map(str::to_owned), mentions: members }
}
