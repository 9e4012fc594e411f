//! Whom a post, rank or profession denotes: the person beside it, or the one who holds it elsewhere in the document.

use std::collections::{HashMap, HashSet};

use super::form::{Forms, NEAR};
use super::words::is_code;
use crate::lexicon::{Hits, Match};
use crate::mention::{Mention, MentionType};
use crate::segment::Segmentation;

/// How a post and a person are tied, better ones greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    /// The title's words are part of the holder's.
    Part,
    /// So they are, and a bare title stands for a bare one (الرئيس for الرئيس التركي, not for رئيس الوزراء).
    Bare,
    /// The same title.
    Same,
}

/// A title that was told of a person next to his name.
struct Held {
    post: u32,
    person: u32,
    at: usize,
}

struct Posts<'a> {
    segmentation: &'a Segmentation<'a>,
    hits: &'a Hits,
    mentions: &'a [Mention],
    /// Posts and persons, in text order.
    order: Vec<usize>,
}

/// Writes for each post the form that it denotes: a person's, or its own.
pub(super) fn denote(
    forms: &Forms,
    segmentation: &Segmentation<'_>,
    hits: &Hits,
    mentions: &[Mention],
    denoted: &mut [Option<u32>],
) {
    let order =
        (0..mentions.len()).filter(|&i| matches!(mentions[i].kind, MentionType::Occ | MentionType::Pers)).collect();
    let posts = Posts { segmentation, hits, mentions, order };
    let mut chained: Vec<(usize, usize)> = Vec::new();
    for i in posts.all() {
        denoted[i] = None;
    }
    // From the end, so that a chain of posts ends in the name after it.
    for k in (0..posts.order.len()).rev() {
        posts.beside(forms, k, denoted, &mut chained);
    }
    // From the start: posts told after a name, one after the other.
    for k in 0..posts.order.len() {
        posts.following(forms, k, denoted);
    }
    let mut held: HashMap<u32, Vec<Held>> = HashMap::new();
    for i in posts.all() {
        let (Some(post), Some(person)) = (forms.of[i], denoted[i]) else { continue };
        let Some(&word) = forms.forms[post as usize].words.first() else { continue };
        held.entry(word).or_default().push(Held { post, person, at: i });
    }
    // Persons whom the lexicon lists with a post that one person holds, where the document tells no other post of them.
    let titled: HashSet<u32> = held.values().flatten().map(|h| forms.root(h.person)).collect();
    let mut listed: HashMap<(&str, &str), u32> = HashMap::new();
    for person in forms.of_kind(MentionType::Pers) {
        if titled.contains(&forms.root(person)) {
            continue;
        }
        for entry in &forms.forms[person as usize].entries {
            let single = matches!(entry.subtype, "head_of_state" | "head_of_government" | "royal");
            for country in entry.countries.split('|').filter(|_| single) {
                listed.entry((entry.subtype, country)).or_insert(person);
            }
        }
    }
    for i in posts.all() {
        if denoted[i].is_none() {
            denoted[i] = posts
                .holder(forms, i, &held)
                .or_else(|| posts.known(forms, i, &listed))
                .or_else(|| posts.predicated(forms, i))
                .or(forms.of[i]);
        }
    }
    // السيد رئيس الجمهورية: one person, whoever it is.
    for &(i, next) in &chained {
        if denoted[i] == forms.of[i] {
            denoted[i] = denoted[next];
        }
    }
}

/// Text between a post and the name that it belongs to.
fn touches(gap: &str) -> bool {
    gap.len() <= 6 && gap.chars().all(|c| matches!(c, ' ' | '"' | '«' | '“' | ':' | '\u{A0}'))
}

/// Text between two that stand side by side, parted by a comma or bracket.
fn parted(gap: &str) -> bool {
    gap.len() <= 8
        && gap.chars().all(|c| matches!(c, ' ' | '،' | ',' | '(' | '"' | '«' | '»' | '”' | '-' | '–' | '\u{A0}'))
}

/// Text between a post and its holder's name that only tells more of the post: adjectives (العقيد [الراحل] فلان), a place or
/// body (الناطق [في طرابلس]، فلان).
fn described(gap: &str) -> bool {
    let words: Vec<&str> = gap.split_whitespace().collect();
    let adjectives = words.len() <= 3 && words.iter().all(|w| w.starts_with("ال") && !w.ends_with(['،', ',', '.']));
    let first = words.first().copied().unwrap_or_default();
    // The last word must end a phrase: in في حكومة فلان the name belongs to the phrase.
    let ended = words.last().is_some_and(|w| w.starts_with("ال") || w.ends_with(['،', ',']));
    let placed = words.len() <= 5
        && matches!(first, "في" | "لدى" | "لدي" | "عن" | "من")
        && !gap.contains(['.', ':', '؛', '\n', '(', '"']);
    !words.is_empty() && (adjectives || placed && ended)
}

impl Posts<'_> {
    fn all(&self) -> impl Iterator<Item = usize> + '_ {
        self.order.iter().copied().filter(|&i| self.mentions[i].kind == MentionType::Occ)
    }

    /// The text between two mentions; empty where they overlap.
    fn gap(&self, first: usize, second: usize) -> &str {
        let (start, end) = (self.mentions[first].span.end as usize, self.mentions[second].span.start as usize);
        self.segmentation.text.get(start..end).unwrap_or_default()
    }

    /// The next post or person after one, not inside of it.
    fn after(&self, k: usize) -> Option<usize> {
        let end = self.mentions[self.order[k]].span.end;
        self.order[k + 1..].iter().copied().find(|&j| self.mentions[j].span.start >= end)
    }

    /// The last post or person before one, not around it.
    fn before(&self, k: usize) -> Option<usize> {
        let start = self.mentions[self.order[k]].span.start;
        self.order[..k].iter().rev().copied().find(|&j| self.mentions[j].span.end <= start)
    }

    /// Whether another post inside of this one ends with it: the name after it is that one's (الناطق باسم [رئيس الوزراء] فلان).
    fn ends_in_post(&self, k: usize) -> bool {
        let span = self.mentions[self.order[k]].span;
        self.order[k + 1..]
            .iter()
            .map(|&j| &self.mentions[j])
            .take_while(|m| m.span.start < span.end)
            .any(|m| m.kind == MentionType::Occ && m.span.end == span.end)
    }

    /// The name after a post, or the name before it.
    fn beside(&self, forms: &Forms, k: usize, denoted: &mut [Option<u32>], chained: &mut Vec<(usize, usize)>) {
        let i = self.order[k];
        if self.mentions[i].kind != MentionType::Occ {
            return;
        }
        let after = self.after(k).filter(|_| !self.ends_in_post(k));
        if let Some(j) = after {
            let gap = self.gap(i, j);
            // د . فلان
            let dotted = self.mentions[i].span.len() <= 4 && gap.trim() == ".";
            if touches(gap) || dotted {
                if self.mentions[j].kind == MentionType::Pers {
                    denoted[i] = forms.of[j];
                    return;
                }
                if denoted[j].is_some() {
                    denoted[i] = denoted[j];
                    return;
                }
                chained.push((i, j));
            }
        }
        if let Some(j) = after.filter(|&j| self.mentions[j].kind == MentionType::Pers && described(self.gap(i, j))) {
            denoted[i] = forms.of[j];
            return;
        }
        if let Some(j) = self.before(k) {
            let gap = self.gap(j, i);
            let predicate = matches!(gap.trim_matches([' ', '،', ',', '-', '–', '(']), "هو" | "وهو" | "هي" | "وهي");
            if self.mentions[j].kind == MentionType::Pers && (parted(gap) || predicate) {
                denoted[i] = forms.of[j];
                return;
            }
        }
        // الرئيس الأمريكي، فلان، …
        if let Some(j) = after {
            let gap = self.gap(i, j);
            if parted(gap) && gap.trim_start().starts_with(['،', ',']) {
                denoted[i] = if self.mentions[j].kind == MentionType::Pers { forms.of[j] } else { denoted[j] };
            }
        }
    }

    /// A post told after one that was told after a name: فلان، رئيس كذا وعضو كذا.
    fn following(&self, forms: &Forms, k: usize, denoted: &mut [Option<u32>]) {
        let i = self.order[k];
        if self.mentions[i].kind != MentionType::Occ || denoted[i].is_some() {
            return;
        }
        let Some(j) = self.before(k) else { return };
        let gap = self.gap(j, i).trim();
        let joined = matches!(gap, "" | "و" | "،" | "، و" | "،و" | ",");
        if joined && self.mentions[j].kind == MentionType::Occ {
            // Only where that one's name stands before it: of two posts with a name each, the second's may be missing.
            let told_after = self.before_of(j).is_some_and(|p| match self.mentions[p].kind {
                MentionType::Pers => forms.of[p].map(|f| forms.root(f)) == denoted[j].map(|f| forms.root(f)),
                _ => denoted[p] == denoted[j],
            });
            if told_after {
                denoted[i] = denoted[j];
            }
        }
    }

    fn before_of(&self, i: usize) -> Option<usize> {
        self.before(self.order.binary_search(&i).ok()?)
    }

    /// A post that somebody is given or serves in (عُيّن فلان وزيرا, بصفته سفيرا, كنائب): the last person named before it in the
    /// sentence.
    fn predicated(&self, forms: &Forms, i: usize) -> Option<u32> {
        let mention = &self.mentions[i];
        let text = self.segmentation.surface(mention.span);
        let first = text.split_whitespace().next().unwrap_or_default();
        let accusative = first.trim_end_matches('\u{064B}').ends_with('ا') && !first.starts_with("ال");
        let before = &self.segmentation.text[..mention.span.start as usize];
        if !accusative && !before.ends_with('ك') {
            return None;
        }
        let sentence = self.segmentation.sentences.get(self.segmentation.sentence_of(mention.segments.start))?;
        let k = self.order.binary_search(&i).ok()?;
        let person = self.order[..k]
            .iter()
            .rev()
            .take_while(|&&j| self.mentions[j].span.start >= sentence.span.start)
            .find(|&&j| self.mentions[j].kind == MentionType::Pers)?;
        forms.of[*person]
    }

    /// Who was given this title elsewhere: the one told of last, else the next.
    fn holder(&self, forms: &Forms, i: usize, held: &HashMap<u32, Vec<Held>>) -> Option<u32> {
        let form = &forms.forms[forms.of[i]? as usize];
        let held = held.get(form.words.first()?)?;
        let before = held.partition_point(|h| h.at < i);
        // Nearest ones only, so that long texts take no longer.
        held[before.saturating_sub(NEAR)..held.len().min(before + NEAR)]
            .iter()
            .filter_map(|h| {
                let full = &forms.forms[h.post as usize];
                let tie = if form.words == full.words {
                    Tie::Same
                } else if is_part(&form.words, &full.words) {
                    let bare = form.words.len() == 1
                        && (full.key.starts_with("ال") || self.of_country(forms, full.words.get(1)));
                    if bare { Tie::Bare } else { Tie::Part }
                } else {
                    return None;
                };
                let nearness = if h.at < i { (1, h.at) } else { (0, usize::MAX - h.at) };
                Some((tie, nearness, h.person))
            })
            .max()
            .map(|(.., person)| person)
    }

    fn of_country(&self, forms: &Forms, word: Option<&u32>) -> bool {
        word.is_some_and(|&w| is_code(forms.words.word(w)))
    }

    /// A person of the document whom the lexicon lists with such a post in the country that the title names.
    fn known(&self, forms: &Forms, i: usize, listed: &HashMap<(&str, &str), u32>) -> Option<u32> {
        let form = &forms.forms[forms.of[i]? as usize];
        let code = form.words.iter().map(|&w| forms.words.word(w)).find(|w| is_code(w))?;
        let start = self.mentions[i].segments.start as usize;
        let post = self.hits.at(start).iter().copied().flat_map(Match::entries).find(|e| e.kind == MentionType::Occ)?;
        listed.get(&(post.subtype, code)).copied()
    }
}

/// Whether all words of a short post are in a fuller one, beginning with the same.
fn is_part(short: &[u32], full: &[u32]) -> bool {
    let mut rest = full.iter();
    short.first() == full.first() && short.iter().all(|w| rest.any(|x| x == w))
}
