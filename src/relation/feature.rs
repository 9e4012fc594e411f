//! What a candidate looks like to the model.

use std::ops::Range;

use super::candidate::{FAR, Fired, PLACES, Place};
use super::knowledge::Knowledge;
use crate::entity::Linked;
use crate::lexicon::WordCodes;
use crate::mention::{Mention, MentionType};
use crate::model::linear::{Features, hash};
use crate::segment::Zone;
use crate::span::{Segments, Span};

/// What the lexicon knows of an entity.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    subtype: u64,
    country: u64,
}

/// Describes the candidates of one text.
pub(super) struct Describer<'a> {
    linked: Linked<'a>,
    /// Hashes of the segments' forms.
    words: Vec<u64>,
    /// By entity.
    known: Vec<Known>,
    /// By mention: the OCC mention of the same entity that stands right before or after it.
    post: Vec<Option<u32>>,
    /// By mention: the word before it, or, where it is joined to others of its type (A وB وC), before the first of them.
    lead: Vec<u64>,
    /// By entity: first words of its posts.
    posts: Vec<Vec<u64>>,
    /// By entity: words that stand before its mentions (مدينة، العاصمة، حزب).
    before: Vec<Vec<u64>>,
}

/// How two mentions stand to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    HeadInTail,
    TailInHead,
    HeadFirst,
    TailFirst,
}

fn order(head: Span<Segments>, tail: Span<Segments>) -> Order {
    if tail.covers(head) {
        Order::HeadInTail
    } else if head.covers(tail) {
        Order::TailInHead
    } else if head.start < tail.start {
        Order::HeadFirst
    } else {
        Order::TailFirst
    }
}

fn bucket(n: u32) -> u64 {
    match n {
        0..=4 => u64::from(n),
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=25 => 8,
        _ => 9,
    }
}

/// Stands for a word beyond a border.
const EDGE: u64 = 1;

impl<'a> Describer<'a> {
    pub fn new(linked: Linked<'a>) -> Self {
        let words: Vec<u64> =
            (0..linked.segmentation.segments.len()).map(|i| hash(linked.segmentation.form(i))).collect();
        let mut known = vec![Known::default(); linked.entities.len()];
        for (entity, known) in linked.entities.iter().zip(&mut known) {
            known.country = entity.country.as_deref().map_or(0, hash);
            for &mention in &entity.mentions {
                let Some(mention) = linked.mentions.get(mention as usize) else { continue };
                let entries = linked.hits.exact(mention.segments).map(|m| m.entries());
                for entry in
                    entries.into_iter().flatten().filter(|e| e.kind == entity.kind || e.kind == MentionType::Norp)
                {
                    if known.subtype == 0 {
                        known.subtype = hash(entry.subtype);
                    }
                    if known.country == 0 {
                        known.country = entry.country().map_or(0, hash);
                    }
                }
                if known.subtype != 0 {
                    break;
                }
            }
        }
        let mut posts = vec![Vec::new(); linked.entities.len()];
        for mention in linked.mentions.iter().filter(|m| m.kind == MentionType::Occ && !m.segments.is_empty()) {
            if let Some(posts) = mention.entity.and_then(|e| posts.get_mut(e as usize))
                && let Some(&word) = words.get(mention.segments.start as usize)
                && !posts.contains(&word)
                && posts.len() < 4
            {
                posts.push(word);
            }
        }
        let mut all = Self { linked, words, known, post: Vec::new(), lead: Vec::new(), posts, before: Vec::new() };
        all.post = (0..linked.mentions.len()).map(|i| all.post_of(i)).collect();
        all.find_leads();
        all.find_words_before();
        all
    }

    /// The wording of a span: equal for spellings that normalize alike.
    pub fn wording(&self, span: Span<Segments>) -> u64 {
        self.words[span.range()]
            .iter()
            .fold(0, |all: u64, word| all.rotate_left(9).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ word)
    }

    fn post_of(&self, mention: usize) -> Option<u32> {
        let mentions = self.linked.mentions;
        let person = &mentions[mention];
        if person.kind != MentionType::Pers || person.entity.is_none() {
            return None;
        }
        let is_post = |m: &Mention| m.kind == MentionType::Occ && m.entity == person.entity;
        let near = |a: u32, b: u32| b.saturating_sub(a) <= 2;
        let lowest = mention.saturating_sub(8);
        let before = (lowest..mention).rev().find(|&i| {
            let m = &mentions[i];
            is_post(m) && m.segments.end <= person.segments.start && near(m.segments.end, person.segments.start)
        });
        let after = || {
            (mention + 1..mentions.len().min(mention + 8)).find(|&i| {
                let m = &mentions[i];
                is_post(m) && m.segments.start >= person.segments.end && near(person.segments.end, m.segments.start)
            })
        };
        before.or_else(after).map(|i| i as u32)
    }

    fn find_words_before(&mut self) {
        self.before = vec![Vec::new(); self.linked.entities.len()];
        for mention in self.linked.mentions.iter().filter(|m| m.kind != MentionType::Occ && m.kind != MentionType::Norp)
        {
            let word = self.word(mention.segments.start.checked_sub(1));
            if let Some(before) = mention.entity.and_then(|e| self.before.get_mut(e as usize))
                && before.len() < 4
                && !before.contains(&word)
            {
                before.push(word);
            }
        }
    }

    fn find_leads(&mut self) {
        let mentions = self.linked.mentions;
        for (i, mention) in mentions.iter().enumerate() {
            let joined = (0..i).rev().take(6).find(|&j| {
                let before = &mentions[j];
                let gap = before.segments.end..mention.segments.start;
                let joins = |s: u32| matches!(self.linked.segmentation.form(s as usize), "و" | "،" | "," | "او" | "ثم");
                before.kind == mention.kind && (1..=2).contains(&gap.len()) && gap.into_iter().all(joins)
            });
            let lead = joined.map_or_else(|| self.word(mention.segments.start.checked_sub(1)), |j| self.lead[j]);
            self.lead.push(lead);
        }
    }

    fn word(&self, segment: Option<u32>) -> u64 {
        segment.and_then(|i| self.words.get(i as usize)).copied().unwrap_or(EDGE)
    }

    fn entity_kind(&self, id: u32) -> u64 {
        self.linked.entities[id as usize].kind as u64
    }

    /// Features of a pair, from the places where it stands, nearest first.
    pub fn pair(&self, places: &[Place], fired: &[Fired], features: &mut Features) {
        let Some(first) = places.first() else { return };
        let types = self.entity_kind(first.head) * 32 + self.entity_kind(first.tail);
        features.add(1, &[types]);
        let (head, tail) = (self.known[first.head as usize], self.known[first.tail as usize]);
        let country = match (head.country, tail.country) {
            (0, _) => 0,
            (_, 0) => 1,
            (a, b) if a == b => 2,
            _ => 3,
        };
        features.add(2, &[types, country]);
        features.add(3, &[types, head.subtype, tail.subtype]);
        features.add(4, &[types, head.subtype, country]);
        features.add(5, &[types, tail.subtype, country]);
        features.add(6, &[types, places.len().min(4) as u64]);
        let names = [first.head, first.tail].map(|e| self.linked.entities[e as usize].mentions.len().min(5) as u64);
        features.add(7, &[types, names[0], names[1]]);
        for f in fired {
            features.add(8, &[u64::from(f.rule)]);
            let kind = Knowledge::shipped().kinds[f.rule as usize] as u64;
            features.add(9, &[types, kind]);
            features.add(104, &[kind]);
            features.add(105, &[kind, u64::from(first.distance <= 2)]);
        }
        if fired.is_empty() {
            features.add(9, &[types, 99]);
        }
        for (side, entity) in [(0, first.head), (1, first.tail)] {
            for &word in &self.posts[entity as usize] {
                features.add(100, &[types, side, word, tail.subtype]);
            }
        }
        for (side, entity) in [(0, first.head), (1, first.tail)] {
            for &word in &self.before[entity as usize] {
                features.add(103, &[types, side, word, country]);
            }
        }
        if first.distance >= FAR {
            self.far(first, types, country, features);
            return;
        }
        for (rank, place) in places.iter().take(PLACES).enumerate() {
            self.place(place, types, country, rank == 0, features);
        }
    }

    /// A pair that no sentence joins.
    fn far(&self, place: &Place, types: u64, country: u64, features: &mut Features) {
        let mentions = self.linked.mentions;
        let (head, tail) = (&mentions[place.head_mention as usize], &mentions[place.tail_mention as usize]);
        let sentence = |m: &Mention| self.linked.segmentation.sentence_of(m.segments.start);
        let apart = sentence(head).abs_diff(sentence(tail)).min(6) as u64;
        let order = u64::from(head.segments.start < tail.segments.start);
        features.add(110, &[types]);
        features.add(111, &[types, apart, order, country]);
        features.add(112, &[types, head.kind as u64, tail.kind as u64, country]);
        features.add(113, &[types, self.word(Some(head.segments.start)), country]);
        features.add(114, &[types, self.word(head.segments.end.checked_sub(1)), country]);
        features.add(115, &[types, self.known[place.head as usize].subtype, country]);
        features.add(116, &[types, self.lead[place.head_mention as usize]]);
        let more = self.linked.entities.iter().filter(|e| e.kind == self.linked.entities[place.tail as usize].kind);
        features.add(117, &[types, more.count().min(6) as u64, country]);
        let named = |e: u32| self.linked.entities[e as usize].mentions.len().min(6) as u64;
        features.add(118, &[types, named(place.tail), country]);
        features.add(119, &[types, named(place.head), country]);
        features.add(120, &[types, self.posts[place.head as usize].len() as u64, country]);
    }

    fn place(&self, place: &Place, types: u64, country: u64, nearest: bool, features: &mut Features) {
        let mentions = self.linked.mentions;
        let (head, tail) = (&mentions[place.head_mention as usize], &mentions[place.tail_mention as usize]);
        let (h, t) = (head.segments, tail.segments);
        let order = order(h, t);
        // How it stands: types of entities and mentions, and order.
        let stand = ((types * 32 + head.kind as u64) * 32 + tail.kind as u64) * 4 + order as u64;
        let distance = bucket(place.distance);
        features.add(10, &[stand]);
        features.add(11, &[stand, distance]);
        features.add(12, &[stand, country]);
        if nearest {
            features.add(13, &[stand, distance]);
            features.add(14, &[stand, self.known[place.head as usize].subtype]);
            features.add(15, &[stand, self.known[place.tail as usize].subtype]);
        }
        let leads = [self.lead[place.head_mention as usize], self.lead[place.tail_mention as usize]];
        features.add(101, &[types, order as u64, 0, leads[0]]);
        features.add(101, &[types, order as u64, 1, leads[1]]);
        features.add(102, &[types, leads[0], leads[1]]);
        let ends = |span: Span<Segments>| (self.word(Some(span.start)), self.word(span.end.checked_sub(1)));
        let ((head_first, head_last), (tail_first, tail_last)) = (ends(h), ends(t));
        features.add(16, &[stand, head_first]);
        features.add(17, &[stand, head_last]);
        features.add(18, &[stand, tail_first]);
        features.add(19, &[stand, tail_last]);
        features.add(20, &[types, head_first, tail_first]);
        if h.len() > 1 {
            features.add(21, &[stand, head_first, self.word(Some(h.start + 1))]);
        }
        match order {
            Order::HeadInTail => self.nested(t, h, stand, features),
            Order::TailInHead => self.nested(h, t, stand, features),
            Order::HeadFirst => self.between(h, t, stand, types, features),
            Order::TailFirst => self.between(t, h, stand, types, features),
        }
        for (side, mention) in [(0, place.head_mention), (1, place.tail_mention)] {
            if let Some(post) = self.post[mention as usize] {
                self.post(side, &mentions[post as usize], if side == 0 { t } else { h }, stand, features);
            }
        }
    }

    /// One mention inside another.
    fn nested(&self, outer: Span<Segments>, inner: Span<Segments>, stand: u64, features: &mut Features) {
        let before = inner.start.checked_sub(1).filter(|i| outer.contains(*i));
        features.add(30, &[stand, self.word(before)]);
        features.add(31, &[stand, self.word(Some(inner.end).filter(|i| outer.contains(*i)))]);
        let mut rest = 0u64;
        for i in (outer.start..outer.end).filter(|i| !inner.contains(*i)).take(8) {
            let word = self.word(Some(i));
            features.add(32, &[stand, word]);
            rest = rest.rotate_left(9) ^ word;
        }
        features.add(33, &[stand, rest]);
        features.add(34, &[stand, bucket(inner.start - outer.start), bucket(outer.end - inner.end)]);
        let deeper =
            self.linked.mentions.iter().filter(|m| outer.covers(m.segments) && m.segments.covers(inner)).count();
        features.add(35, &[stand, deeper.min(4) as u64]);
    }

    /// One mention before the other.
    fn between(&self, first: Span<Segments>, second: Span<Segments>, stand: u64, types: u64, features: &mut Features) {
        let gap = first.end..second.start;
        let mut all = 0u64;
        let mut last = EDGE;
        for i in gap.clone() {
            let word = self.word(Some(i));
            if gap.len() <= 10 {
                features.add(40, &[stand, word]);
                features.add(41, &[types, last, word]);
            } else {
                features.add(42, &[stand, word]);
            }
            all = all.rotate_left(9) ^ word;
            last = word;
        }
        features.add(41, &[types, last, EDGE]);
        if gap.len() <= 5 {
            features.add(43, &[stand, all]);
        }
        // Around both.
        let sentence = self.linked.segmentation.sentence_of(first.start);
        let sentence = self.linked.segmentation.sentences[sentence.min(self.linked.segmentation.sentences.len() - 1)];
        let inside = |i: Option<u32>| i.filter(|i| sentence.segments.contains(*i));
        let (before, earlier) = (inside(first.start.checked_sub(1)), inside(first.start.checked_sub(2)));
        features.add(44, &[stand, self.word(before)]);
        features.add(45, &[stand, self.word(earlier), self.word(before)]);
        features.add(46, &[stand, self.word(earlier)]);
        features.add(47, &[stand, self.word(inside(Some(second.end)))]);
        features.add(48, &[stand, self.word(inside(Some(second.end))), self.word(inside(Some(second.end + 1)))]);
        features.add(49, &[stand, self.word(inside(Some(first.end)))]);
        features.add(50, &[stand, self.word(second.start.checked_sub(1))]);
        features.add(51, &[stand, u64::from(sentence.zone == Zone::Title)]);
        // What else stands between.
        let mentions = self.linked.mentions;
        let from = mentions.partition_point(|m| m.segments.start < first.end);
        let others = mentions[from..].iter().take_while(|m| m.segments.start < second.start);
        let (mut sequence, mut count, mut kinds, mut border) = (0u64, 0, 0u64, first.end);
        for other in others {
            // Nested ones are seen through their outermost.
            if other.segments.start >= border {
                // Only short sequences are used; long ones may wrap.
                sequence = sequence.wrapping_mul(32).wrapping_add(other.kind as u64 + 1);
                kinds |= 1 << other.kind as u64;
                count += 1;
                border = other.segments.end;
            }
        }
        features.add(52, &[stand, count.min(6)]);
        features.add(53, &[stand, kinds]);
        if count <= 3 {
            features.add(54, &[stand, sequence]);
        }
    }

    /// The post that stands beside a person's name.
    fn post(&self, side: u64, post: &Mention, other: Span<Segments>, stand: u64, features: &mut Features) {
        let first = self.word(Some(post.segments.start));
        let holds = u64::from(post.segments.covers(other));
        features.add(60, &[stand, side, first, holds]);
        features.add(61, &[stand, side, holds]);
        if post.segments.len() > 1 {
            features.add(62, &[stand, side, first, self.word(Some(post.segments.start + 1)), holds]);
        }
        // What follows the post: the body that it is of, where the mention ends before it (المتحدث باسم X).
        if post.segments.end <= other.start && other.start - post.segments.end <= 3 {
            features.add(63, &[stand, side, first, u64::from(other.start - post.segments.end)]);
        }
    }

    /// Features of a post: `titles[group]` are the mentions that tell it in the same words.
    pub fn title(&self, titles: &[(u32, u64, u32)], group: Range<usize>, fired: &[Fired], features: &mut Features) {
        let Some(&(person, wording, mention)) = titles.get(group.start) else { return };
        let mentions = self.linked.mentions;
        let span = mentions[mention as usize].segments;
        let forms = &self.words[span.range()];
        let (first, last) = (forms[0], forms[forms.len() - 1]);
        features.add(70, &[]);
        features.add(71, &[first]);
        features.add(72, &[last]);
        features.add(73, &[wording]);
        if forms.len() > 1 {
            features.add(74, &[forms[0], forms[1]]);
        }
        features.add(75, &[forms.len().min(8) as u64]);
        features.add(76, &[group.len().min(4) as u64]);
        let definite = u64::from(self.linked.segmentation.form(span.start as usize).starts_with("ال"));
        // Against the other posts of the same person.
        let start = titles.partition_point(|t| t.0 < person);
        let others = titles[start..].iter().take_while(|t| t.0 == person).filter(|t| t.1 != wording);
        let (mut inside, mut holds, mut same_head, mut count, mut last_wording) = (0u64, 0u64, 0u64, 0u64, 0);
        for other in others {
            if other.1 == last_wording {
                continue;
            }
            last_wording = other.1;
            count += 1;
            let other = &self.words[mentions[other.2 as usize].segments.range()];
            let contains = |long: &[u64], short: &[u64]| long.windows(short.len()).any(|w| w == short);
            inside |= u64::from(contains(other, forms));
            holds |= u64::from(contains(forms, other));
            same_head |= u64::from(other[0] == first) << u64::from(other.len() > forms.len());
        }
        features.add(77, &[inside, holds, same_head]);
        features.add(78, &[inside, same_head, forms.len().min(3) as u64]);
        features.add(79, &[count.min(4)]);
        features.add(80, &[inside, holds, same_head, first]);
        let mut beside = 0u64;
        for &(_, _, m) in &titles[group] {
            let mention = &mentions[m as usize];
            let near = self.beside(m as usize, person);
            beside |= 1 << near;
            let before = self.word(mention.segments.start.checked_sub(1));
            features.add(81, &[before]);
            features.add(82, &[near, self.word(Some(mention.segments.end))]);
            let inner = mentions[m as usize + 1..].iter().take_while(|o| o.segments.start < mention.segments.end);
            let inner =
                inner.filter(|o| mention.segments.covers(o.segments)).fold(0, |set, o| set | 1u64 << o.kind as u64);
            features.add(83, &[inner]);
            features.add(84, &[inner, forms.len().min(4) as u64, near]);
            let outer = mentions[(m as usize).saturating_sub(6)..m as usize]
                .iter()
                .any(|o| o.kind == MentionType::Occ && o.segments.covers(mention.segments));
            features.add(85, &[u64::from(outer)]);
        }
        features.add(86, &[beside, definite]);
        features.add(87, &[beside, inside, holds, same_head]);
        let codes = self.linked.hits.word(span.start as usize);
        features
            .add(88, &[u64::from(codes.has(WordCodes::TITLE)), u64::from(codes.has(WordCodes::ADHERENCE)), definite]);
        for f in fired {
            features.add(89, &[u64::from(f.rule)]);
        }
    }

    /// Where the person's name stands next to a post: 1 after it, 2 before it, 3 a little off, 0 elsewhere.
    fn beside(&self, post: usize, person: u32) -> u64 {
        let mentions = self.linked.mentions;
        let span = mentions[post].segments;
        let near = mentions[post.saturating_sub(6)..mentions.len().min(post + 8)]
            .iter()
            .filter(|m| m.kind == MentionType::Pers && m.entity == Some(person));
        let place = |m: &Mention| {
            let (a, b) = (m.segments.start.checked_sub(span.end), span.start.checked_sub(m.segments.end));
            match (a, b) {
                (Some(0), _) => 1,
                (_, Some(0..=1)) => 2,
                (Some(1..=4), _) | (_, Some(2..=4)) => 3,
                _ => 0,
            }
        };
        near.map(place).filter(|&p| p != 0).min().unwrap_or(0)
    }
}
