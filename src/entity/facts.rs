//! What linking knows of names: `src/data/lexicon/linking.tsv`, read at first use.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::words::stem;
use crate::lexicon::key;
use crate::mention::MentionType;

/// Knowledge of how names are shortened and varied.
#[derive(Default)]
pub(super) struct Facts {
    /// Stems of words that a name is often told without.
    heads: HashSet<(MentionType, String)>,
    /// Stems of words that may be left out before names that begin with certain stems.
    whose: HashMap<(MentionType, String), HashSet<String>>,
    /// Stems of names of one kind of body, and the first of each such list.
    same: Vec<(MentionType, Vec<String>, Vec<String>)>,
    /// A word alone, and keys of what it can stand for.
    bare: Vec<(MentionType, String, Vec<String>)>,
    /// Keys of words that name a people together with the name after them.
    peoples: HashSet<String>,
}

impl Facts {
    pub(super) fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Facts> = OnceLock::new();
        SHIPPED.get_or_init(|| Self::read(include_str!("../data/lexicon/linking.tsv")))
    }

    fn read(table: &str) -> Self {
        let mut facts = Self::default();
        let stems = |name: &str| key(name).split(' ').map(|w| stem(w).into_owned()).collect::<Vec<String>>();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let (&[row, kind, names, ..], more) = (&columns[..], columns.get(3).copied().unwrap_or_default()) else {
                continue;
            };
            let Some(kind) = kind_of(kind) else { continue };
            let names = names.split('|');
            match row {
                "head" => facts.heads.extend(names.map(|n| (kind, stems(n).concat()))),
                "whose" => {
                    let owners: HashSet<String> = more.split('|').map(|n| stems(n).concat()).collect();
                    facts.whose.extend(names.map(|n| ((kind, stems(n).concat()), owners.clone())));
                }
                "same" => {
                    let lists: Vec<Vec<String>> = names.map(stems).collect();
                    let Some((first, rest)) = lists.split_first() else { continue };
                    facts.same.extend(rest.iter().map(|list| (kind, list.clone(), first.clone())));
                }
                "bare" => {
                    let owners: Vec<String> = more.split('|').map(key).collect();
                    facts.bare.extend(names.map(|n| (kind, key(n), owners.clone())));
                }
                "people" => facts.peoples.extend(names.map(key)),
                _ => {}
            }
        }
        // Longer names first, so that مجلس نواب الشعب is not read as مجلس النواب.
        facts.same.sort_by_key(|(_, list, _)| std::cmp::Reverse(list.len()));
        facts
    }

    /// Whether a name that is this head and a rest is often told as the rest alone.
    pub(super) fn is_head(&self, kind: MentionType, head: &str, rest: &str) -> bool {
        let at = (kind, head.to_owned());
        self.heads.contains(&at) || self.whose.get(&at).is_some_and(|owners| owners.contains(rest))
    }

    /// Puts one name of a kind of body for all its names, at the start of a name's stems.
    pub(super) fn unify(&self, kind: MentionType, stems: &mut Vec<String>) {
        let found = self.same.iter().find(|(k, list, _)| *k == kind && stems.starts_with(list));
        if let Some((_, list, first)) = found {
            stems.splice(..list.len(), first.iter().cloned());
        }
    }

    /// Whether a word names a people together with the name after it (قبائل كذا).
    pub(super) fn is_people(&self, word: &str) -> bool {
        self.peoples.contains(word)
    }

    /// The keys that a word alone can stand for.
    pub(super) fn bare(&self, kind: MentionType, word: &str) -> &[String] {
        self.bare.iter().find(|(k, bare, _)| *k == kind && bare == word).map_or(&[], |(.., owners)| owners)
    }
}

fn kind_of(name: &str) -> Option<MentionType> {
    Some(match name {
        "ORG" => MentionType::Org,
        "GPE" => MentionType::Gpe,
        "LOC" => MentionType::Loc,
        "FAC" => MentionType::Fac,
        "EVENT" => MentionType::Event,
        "LAW" => MentionType::Law,
        "NORP" => MentionType::Norp,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_facts() {
        let facts = Facts::shipped();
        assert!(facts.is_head(MentionType::Org, "حركه", "نهضه"));
        assert!(!facts.is_head(MentionType::Org, "قوات", "حكومه") && facts.is_head(MentionType::Org, "قوات", "جيش"));
        let mut stems: Vec<String> = ["قوات", "مسلحه", "EG"].map(str::to_owned).to_vec();
        facts.unify(MentionType::Org, &mut stems);
        assert_eq!(stems, ["جيش", "EG"]);
        assert!(!facts.bare(MentionType::Gpe, "المملكه").is_empty());
    }
}
