//! Forms: names that are spelled alike are one from the start; what is joined later are forms, not mentions.

use std::collections::HashMap;

use super::words::Words;
use crate::lexicon::{Entry, Hits, Lexicon, key};
use crate::mention::{Mention, MentionType};
use crate::segment::Segmentation;

/// How many candidates for the same word are looked at: bounds the time that long texts take.
pub(super) const NEAR: usize = 200;

/// Types whose mentions always have an entity.
pub(super) fn is_name(kind: MentionType) -> bool {
    use MentionType::{Event, Fac, Gpe, Law, Loc, Org, Pers, Product};
    matches!(kind, Pers | Org | Gpe | Loc | Fac | Event | Law | Product)
}

/// One spelling of a name (or of a post), with all its mentions.
pub(super) struct Form {
    pub(super) kind: MentionType,
    /// The folded name.
    pub(super) key: String,
    /// Parts of a person's name; stems of other names.
    pub(super) words: Vec<u32>,
    /// Indices of mentions, in text order; empty of a country that only nationalities name.
    pub(super) mentions: Vec<u32>,
    /// What the lexicon lists under the name, of this type.
    pub(super) entries: Vec<Entry>,
    /// The usual name and its Latin spelling that the user gives it.
    pub(super) own: (Option<String>, Option<String>),
}

impl Form {
    /// Where it is first mentioned.
    pub(super) fn first(&self) -> u32 {
        self.mentions.first().copied().unwrap_or(u32::MAX)
    }

    /// The country that it is a name of.
    pub(super) fn country(&self) -> Option<&'static str> {
        if self.kind != MentionType::Gpe {
            return None;
        }
        self.entries.iter().filter(|e| e.subtype == "country" || e.subtype == "territory").find_map(|e| e.country())
    }
}

/// The forms of a document and which of them are joined.
pub(super) struct Forms {
    pub(super) words: Words,
    pub(super) forms: Vec<Form>,
    /// For each mention its form.
    pub(super) of: Vec<Option<u32>>,
    parent: Vec<u32>,
    index: HashMap<(MentionType, String), u32>,
}

impl Forms {
    /// Reads the names and posts of a document.
    pub(super) fn read(segmentation: &Segmentation<'_>, hits: &Hits, mentions: &[Mention]) -> Self {
        let mut forms = Self {
            words: Words::default(),
            forms: Vec::new(),
            of: vec![None; mentions.len()],
            parent: Vec::new(),
            index: HashMap::new(),
        };
        for (i, mention) in mentions.iter().enumerate() {
            if !is_name(mention.kind) && mention.kind != MentionType::Occ {
                continue;
            }
            let key = key(&written(segmentation, mention));
            let form = match forms.index.get(&(mention.kind, key.clone())) {
                Some(&form) => form,
                None => {
                    let of_kind = |e: &Entry| e.kind == mention.kind;
                    let entries = match hits.exact(mention.segments) {
                        Some(hit) => hit.entries().filter(of_kind).collect(),
                        None => Lexicon::shipped().entries(&key).filter(of_kind).collect(),
                    };
                    forms.add(mention.kind, key, entries)
                }
            };
            forms.forms[form as usize].mentions.push(i as u32);
            forms.of[i] = Some(form);
        }
        forms.join_own(hits, mentions);
        forms
    }

    /// Joins what the user gives one name, and keeps that name.
    fn join_own(&mut self, hits: &Hits, mentions: &[Mention]) {
        let mut named: HashMap<(MentionType, &str), u32> = HashMap::new();
        for (mention, form) in mentions.iter().zip(self.of.clone()) {
            let entry = hits.own_entry(mention.segments).filter(|entry| entry.kind == mention.kind);
            let (Some(form), Some(entry)) = (form, entry) else { continue };
            self.forms[form as usize].own = (entry.name.clone(), entry.latin.clone());
            if let Some(name) = &entry.name {
                let other = *named.entry((entry.kind, name)).or_insert(form);
                self.join(form, other);
            }
        }
    }

    /// Adds a form.
    pub(super) fn add(&mut self, kind: MentionType, key: String, entries: Vec<Entry>) -> u32 {
        let number = self.forms.len() as u32;
        let words = if kind == MentionType::Pers { self.words.parts(&key) } else { self.words.stems(kind, &key) };
        self.index.insert((kind, key.clone()), number);
        self.forms.push(Form { kind, key, words, mentions: Vec::new(), entries, own: (None, None) });
        self.parent.push(number);
        number
    }

    /// The form of a type with a folded name.
    pub(super) fn find(&self, kind: MentionType, key: &str) -> Option<u32> {
        self.index.get(&(kind, key.to_owned())).copied()
    }

    /// The form that stands for all that are joined with this one.
    pub(super) fn root(&self, form: u32) -> u32 {
        let mut form = form;
        while self.parent[form as usize] != form {
            form = self.parent[form as usize];
        }
        form
    }

    /// Joins two forms.
    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        // The one mentioned first stays, so that chains are short and numbers follow the text.
        let (keep, give) =
            if self.forms[a as usize].first() <= self.forms[b as usize].first() { (a, b) } else { (b, a) };
        self.parent[give as usize] = keep;
    }

    /// Numbers of the forms of a type.
    pub(super) fn of_kind(&self, kind: MentionType) -> impl Iterator<Item = u32> + '_ {
        (0..self.forms.len() as u32).filter(move |&f| self.forms[f as usize].kind == kind)
    }
}

/// A mention's text without clitics: where ل and ال are written as لل, the article is given back (للأمم المتحدة → الأمم المتحدة).
pub(super) fn written(segmentation: &Segmentation<'_>, mention: &Mention) -> String {
    let surface = segmentation.surface(mention.span);
    let before = &segmentation.text[..mention.span.start as usize];
    let mut name = String::with_capacity(surface.len() + 2);
    if surface.starts_with('ل') && before.ends_with('ل') {
        name.push('ا');
    }
    name.push_str(surface);
    name
}

/// Those of a list of forms, ordered by first mention, that are first mentioned near a mention.
pub(super) fn nearby<'l>(forms: &Forms, list: &'l [u32], mention: u32) -> &'l [u32] {
    let at = list.partition_point(|&f| forms.forms[f as usize].first() < mention);
    &list[at.saturating_sub(NEAR)..list.len().min(at + NEAR)]
}
