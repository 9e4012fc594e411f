//! A text as this stage reads it: words with hashes and classes, known predicate forms, and how each name hangs in its clause.

use super::frame::{Role, Shape};
use super::predicates::{Entry, MARKERS, Predicates, REPORTING};
use crate::entity::Linked;
use crate::mention::MentionType;
use crate::model::clusters::{Cluster, Clusters};
use crate::model::linear::hash;
use crate::morph::{Aspect, Grammar, Pos, Voice};
use crate::segment::{SegmentKind, TokenKind};
use crate::span::{Segments, Span};

/// Classes of words, as bits.
pub(super) mod class {
    pub(in crate::event) const PREPOSITION: u32 = 1;
    pub(in crate::event) const NEGATION: u32 = 1 << 1;
    pub(in crate::event) const VERB: u32 = 1 << 2;
    pub(in crate::event) const REPORTING: u32 = 1 << 3;
    /// Five bits, in the order of the statuses.
    pub(in crate::event) const MARKER: u32 = 1 << 4;
    pub(in crate::event) const MARKERS: u32 = 31 << 4;
    pub(in crate::event) const PUNCTUATION: u32 = 1 << 9;
    pub(in crate::event) const FUTURE: u32 = 1 << 10;
    pub(in crate::event) const THAT: u32 = 1 << 11;
    pub(in crate::event) const RELATIVE: u32 = 1 << 12;
    pub(in crate::event) const AND: u32 = 1 << 13;
    pub(in crate::event) const QUOTE: u32 = 1 << 14;
    pub(in crate::event) const STEM: u32 = 1 << 15;
    pub(in crate::event) const ARTICLE: u32 = 1 << 16;
}

/// How a known form stands to what its predicate needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Needs nothing.
    Alone,
    /// What it needs stands beside it.
    Paired,
    /// What it needs is missing.
    Unpaired,
    /// It is the noun that decides beside a light verb.
    Companion,
}

/// A predicate that a segment can tell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) predicate: u16,
    pub(super) shape: Shape,
    pub(super) state: State,
}

/// What is kept of a segment.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    pub(super) form: u64,
    /// The lemma.
    pub(super) lemma: u64,
    /// Part of speech; the verb is in the passive.
    pub(super) pos: u8,
    pub(super) passive: bool,
    pub(super) class: u32,
    /// Its cluster by context, fine and coarse.
    pub(super) cluster: Cluster,
    /// Number of the outermost name mention over it, plus one; 0 for none.
    pub(super) mention: u32,
    /// Range of its known predicates.
    pub(super) known: (u32, u32),
    /// Types of the predicates that lack what they need, a bit each.
    pub(super) unpaired: u16,
    /// For a light verb the segment of its noun, plus one.
    pub(super) noun: u32,
}

/// A mention of an entity, or of a time, and how it hangs in its clause.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub(super) mention: u32,
    pub(super) entity: u32,
    pub(super) kind: MentionType,
    pub(super) segments: Span<Segments>,
    /// From the first to the last name joined to it by و or apposition: they stand to a predicate as one.
    pub(super) chain: Span<Segments>,
    /// The preposition that governs it; 0 for none.
    pub(super) connector: u64,
    /// It follows و and another name.
    pub(super) coordinated: bool,
    /// It stands right after another mention (post and name).
    pub(super) appended: bool,
    /// It lies inside another mention.
    pub(super) nested: bool,
}

/// The text, read.
pub(super) struct View<'a> {
    pub(super) linked: Linked<'a>,
    pub(super) predicates: &'static Predicates,
    clusters: Option<&'static Clusters>,
    pub(super) words: Vec<Word>,
    pub(super) known: Vec<Known>,
    /// Names with an entity, in text order, and for each sentence the first one.
    pub(super) names: Vec<Name>,
    pub(super) times: Vec<Name>,
}

/// Words whose class is their form alone.
fn function_word(form: &str) -> u32 {
    match form {
        "من" | "الي" | "علي" | "في" | "عن" | "مع" | "بين" | "ضد" | "تحت" | "حول" | "امام" | "لدي" | "نحو" | "ب"
        | "ل" | "ك" | "عبر" | "لدى" | "بشان" | "تجاه" | "قبل" | "بعد" | "خلال" | "حسب" | "وفق" | "وفقا" | "بحق"
        | "جانب" | "قرب" | "داخل" | "خارج" | "باتجاه" | "قباله" | "دون" | "منذ" | "حتي" | "عند" | "لصالح" | "ازاء"
        | "يد" | "فوق" | "بسبب" | "برئاسه" | "بمشاركه" | "بحضور" | "بقياده" | "عقب" | "اثر" | "جراء" | "ضمن"
        | "وسط" | "بحسب" => class::PREPOSITION,
        "لم" | "لن" | "لا" | "ما" | "ليس" | "ليست" | "عدم" | "دونما" | "بدون" | "غير" => {
            class::NEGATION
        }
        "سوف" | "س" => class::FUTURE,
        "ان" | "بان" => class::THAT,
        "الذي" | "التي" | "الذين" | "اللذين" | "اللذان" | "اللتين" | "اللتان" | "حيث" | "مما" => {
            class::RELATIVE
        }
        "و" | "او" | "ثم" => class::AND,
        _ => 0,
    }
}

/// The entries of a word: of its form as it stands, without article, and of its lemma.
fn entries(predicates: &Predicates, form: &str, key: &str, grammar: Grammar, out: &mut Vec<Entry>) {
    out.extend(predicates.look_up(form));
    let noun = |e: &Entry| matches!(e.shape, Shape::Noun | Shape::Participle);
    if let Some(bare) = form.strip_prefix("ال")
        && bare.len() >= 4
    {
        out.extend(predicates.look_up(bare).filter(noun));
    }
    let shape = match (grammar.pos, grammar.aspect) {
        (Pos::Verb, Some(Aspect::Perfective)) => Some(Shape::Perfect),
        (Pos::Verb, _) => Some(Shape::Imperfect),
        _ => None,
    };
    for entry in predicates.look_up(key) {
        let found = match shape {
            Some(_) if noun(&entry) => continue,
            Some(shape) => Entry { shape, ..entry },
            None if noun(&entry) => entry,
            None => continue,
        };
        if !out.contains(&found) {
            out.push(found);
        }
    }
}

/// Farthest that a light verb and its noun stand apart, before and after.
const REACH: (u32, u32) = (5, 9);

impl<'a> View<'a> {
    /// Reads a text.
    pub(super) fn new(linked: Linked<'a>) -> Self {
        let predicates = Predicates::shipped();
        let mut view = Self {
            linked,
            predicates,
            clusters: Clusters::shipped().ok(),
            words: vec![Word::default(); linked.segmentation.segments.len()],
            known: Vec::new(),
            names: Vec::new(),
            times: Vec::new(),
        };
        view.mark_mentions();
        let mut scratch = Scratch::default();
        for sentence in &linked.segmentation.sentences {
            view.read_words(sentence.segments, &mut scratch);
            view.pair(sentence.segments, &mut scratch);
        }
        view.hang_names();
        view
    }

    fn known_entity(&self, entity: Option<u32>) -> bool {
        entity.is_some_and(|id| (id as usize) < self.linked.entities.len())
    }

    fn mark_mentions(&mut self) {
        for (number, mention) in (1..).zip(self.linked.mentions) {
            if !self.known_entity(mention.entity) {
                continue;
            }
            if let Some(words) = self.words.get_mut(mention.segments.range()) {
                words.iter_mut().filter(|w| w.mention == 0).for_each(|w| w.mention = number);
            }
        }
    }

    fn read_words(&mut self, sentence: Span<Segments>, scratch: &mut Scratch) {
        let segmentation = self.linked.segmentation;
        scratch.clear();
        for at in sentence.range() {
            let (segment, form) = (&segmentation.segments[at], segmentation.form(at));
            let word = &mut self.words[at];
            let (key, grammar) = (self.linked.words.key(at), self.linked.words.grammar(at));
            (word.form, word.lemma) = (hash(form), hash(key));
            word.pos = grammar.pos as u8;
            word.passive = grammar.voice == Some(Voice::Passive);
            word.class = function_word(form);
            word.cluster = self.clusters.map(|c| c.get(word.form)).unwrap_or_default();
            match segmentation.tokens[segment.token as usize].kind {
                TokenKind::Punctuation => {
                    word.class |= match form {
                        "\"" | "«" | "»" | "“" | "”" => class::QUOTE,
                        _ => class::PUNCTUATION,
                    };
                    continue;
                }
                TokenKind::Arabic | TokenKind::Hashtag => {}
                _ => continue,
            }
            if segment.kind != SegmentKind::Stem || word.class != 0 {
                continue;
            }
            word.class |= class::STEM | if form.starts_with("ال") { class::ARTICLE } else { 0 };
            if grammar.pos == Pos::Verb {
                word.class |= class::VERB;
            }
            scratch.entries.clear();
            entries(self.predicates, form, key, grammar, &mut scratch.entries);
            for &entry in &scratch.entries {
                match entry.predicate {
                    REPORTING => word.class |= class::REPORTING,
                    marker if marker >= MARKERS => word.class |= class::MARKER << (marker - MARKERS),
                    _ if entry.companion => scratch.companions.push((entry.predicate, at as u32)),
                    _ => scratch.heads.push((at as u32, entry)),
                }
            }
        }
        scratch.companions.sort_unstable();
    }

    /// Decides which predicates of a sentence have what they need.
    fn pair(&mut self, sentence: Span<Segments>, scratch: &mut Scratch) {
        for &(at, entry) in &scratch.heads {
            let predicate = &self.predicates.all[entry.predicate as usize];
            let kind = predicate.kind as u16;
            let mut found = |at: u32, state| {
                scratch.found.push((at, Known { predicate: entry.predicate, shape: entry.shape, state }))
            };
            if !entry.needs {
                found(at, State::Alone);
                continue;
            }
            let from = scratch.companions.partition_point(|c| *c < (entry.predicate, 0));
            let near = scratch.companions[from..].iter().take_while(|c| c.0 == entry.predicate).map(|c| c.1);
            let near = near.filter(|&c| c != at && c + REACH.0 >= at && c <= at + REACH.1);
            if let Some(noun) = near.min_by_key(|&c| if c > at { c - at } else { 2 * (at - c) }) {
                if matches!(entry.shape, Shape::Noun) && noun == at + 1 {
                    // Noun and complement (زيارة رسمية): the first is the head.
                    found(at, State::Paired);
                } else {
                    found(noun, State::Companion);
                    self.words[at as usize].noun = noun + 1;
                }
                continue;
            }
            let after = (at + 1..(at + 6).min(sentence.end)).map(|i| self.words[i as usize]);
            let before = (at.saturating_sub(2).max(sentence.start)..at).map(|i| self.words[i as usize]);
            if predicate.preposition != 0 && after.map(|w| w.form).any(|f| f == predicate.preposition)
                || predicate.negated && before.map(|w| w.class).any(|c| c & class::NEGATION != 0)
            {
                found(at, State::Paired);
            } else {
                self.words[at as usize].unpaired |= 1 << kind;
            }
        }
        scratch.found.sort_by_key(|f| (f.0, f.1.predicate, f.1.shape));
        scratch.found.dedup_by_key(|f| (f.0, f.1.predicate, f.1.shape));
        for &(at, known) in &scratch.found {
            let range = &mut self.words[at as usize].known;
            let next = self.known.len() as u32;
            *range = if range.1 == 0 { (next, next + 1) } else { (range.0, next + 1) };
            self.known.push(known);
        }
    }

    /// Finds the preposition that governs each name, through coordination and apposition.
    fn hang_names(&mut self) {
        let mut cover = Span::<Segments>::default();
        for (number, mention) in (0u32..).zip(self.linked.mentions) {
            let time = matches!(mention.kind, MentionType::Date | MentionType::Time);
            let outside = mention.segments.is_empty() || mention.segments.end as usize > self.words.len();
            if outside || !self.known_entity(mention.entity) && !time {
                continue;
            }
            let nested = cover.covers(mention.segments) && cover.start < cover.end;
            if !nested && !time {
                cover = mention.segments;
            }
            let start = mention.segments.start;
            let list = if time { &self.times } else { &self.names };
            let before = list.iter().rev().take(4).find(|n| n.segments.end <= start && !n.nested);
            let gap = before.map_or(u32::MAX, |n| start - n.segments.end);
            let and = start > 0 && self.words[start as usize - 1].class & class::AND != 0;
            let (mut connector, mut coordinated, mut appended) = (0, false, false);
            match before {
                // Post and name, name and adjective; two names side by side are subject and object.
                Some(other)
                    if gap == 0
                        && (mention.kind == MentionType::Norp
                            || mention.entity == Some(other.entity)
                            || other.kind == MentionType::Occ && mention.kind == MentionType::Pers) =>
                {
                    (connector, appended) = (other.connector, true);
                }
                Some(_) if gap == 0 => {}
                Some(other) if gap <= 3 && and => (connector, coordinated) = (other.connector, true),
                _ => {
                    for i in (start.saturating_sub(3)..start).rev() {
                        let word = self.words[i as usize];
                        if word.class & class::PREPOSITION != 0 {
                            connector = word.form;
                            break;
                        }
                        if word.class & (class::PUNCTUATION | class::THAT | class::AND) != 0
                            || word.mention != 0 && !nested
                        {
                            break;
                        }
                    }
                }
            }
            let joined = before.filter(|_| coordinated || appended);
            let chain = Span::new(joined.map_or(start, |n| n.chain.start), mention.segments.end);
            let name = Name {
                chain,
                mention: number,
                entity: mention.entity.unwrap_or(u32::MAX),
                kind: mention.kind,
                segments: mention.segments,
                connector,
                coordinated,
                appended,
                nested,
            };
            if time {
                self.times.push(name);
            } else {
                self.names.push(name);
            }
        }
        // Chains are known from their starts; now their ends, from the last name back.
        let (mut start, mut end) = (u32::MAX, 0);
        for name in self.names.iter_mut().rev().filter(|n| !n.nested) {
            if name.chain.start != start {
                (start, end) = (name.chain.start, name.chain.end);
            }
            name.chain = Span::new(start, end);
        }
    }

    /// The word at a place; an empty one outside the text.
    #[inline]
    pub(super) fn word(&self, at: i64) -> Word {
        usize::try_from(at).ok().and_then(|i| self.words.get(i)).copied().unwrap_or_default()
    }

    /// The predicates that a segment can tell.
    #[inline]
    pub(super) fn known(&self, at: u32) -> &[Known] {
        let (start, end) = self.words[at as usize].known;
        &self.known[start as usize..end as usize]
    }

    /// The names that start inside a range of segments.
    pub(super) fn names_in(&self, range: Span<Segments>) -> &[Name] {
        within(&self.names, range)
    }

    /// The times that start inside a range of segments.
    pub(super) fn times_in(&self, range: Span<Segments>) -> &[Name] {
        within(&self.times, range)
    }
}

fn within(names: &[Name], range: Span<Segments>) -> &[Name] {
    let start = names.partition_point(|n| n.segments.start < range.start);
    let end = names.partition_point(|n| n.segments.start < range.end);
    &names[start..end.max(start)]
}

/// Buffers of one sentence, kept between sentences.
#[derive(Default)]
struct Scratch {
    entries: Vec<Entry>,
    heads: Vec<(u32, Entry)>,
    companions: Vec<(u16, u32)>,
    found: Vec<(u32, Known)>,
}

impl Scratch {
    fn clear(&mut self) {
        self.heads.clear();
        self.companions.clear();
        self.found.clear();
    }
}

/// Roles as numbers in features.
pub(super) fn role_number(role: Role) -> u64 {
    role as u64 + 1
}
