//! Which pairs of entities, and which posts of persons, are candidates.

use super::feature::Describer;
use super::knowledge::Knowledge;
use super::schema::{self, Kinds};
use super::{Relation, RelationType};
use crate::entity::Linked;
use crate::mention::MentionType;
use crate::model::linear::Features;
use crate::segment::Zone;
use crate::span::{Segments, Span};

/// Most segments that may stand between the mentions of a pair.
const REACH: u32 = 40;
/// Added to the distance of pairs that no sentence joins.
pub(super) const FAR: u32 = 1 << 20;
/// Most places of one pair that are described, nearest first.
pub(super) const PLACES: usize = 3;

/// Between what a candidate relation would hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// Two entities.
    Pair {
        /// Entity id of the head.
        head: u32,
        /// Entity id of the tail.
        tail: u32,
    },
    /// A person and a post, told by an OCC mention.
    Title {
        /// Entity id of the person.
        head: u32,
        /// Index of the mention.
        mention: u32,
    },
}

/// Two mentions that put a pair of entities into one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub head: u32,
    pub tail: u32,
    /// Segments between the two; 0 also where one holds the other.
    pub distance: u32,
    pub head_mention: u32,
    pub tail_mention: u32,
}

/// A rule that fired for a pair, or a person and an OCC mention (`tail` is its mention then).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fired {
    pub head: u32,
    pub tail: u32,
    pub rule: u32,
}

/// A candidate, described.
pub struct Proposal<'p> {
    /// Between what.
    pub ends: Ends,
    /// The relations that the types of the ends leave possible.
    pub allowed: Kinds,
    /// Its features.
    pub features: &'p [u32],
    /// The mentions that stand nearest to each other, head and tail; for a post the OCC mention twice.
    pub anchors: [Span<Segments>; 2],
    fired: &'p [Fired],
    structure: &'static str,
}

impl Proposal<'_> {
    /// The rules that fired, by name, with the relation that each proposes.
    pub fn rules(&self) -> impl Iterator<Item = (&'static str, RelationType)> {
        let knowledge = Knowledge::shipped();
        let of = |f: &Fired| (knowledge.rules.rules()[f.rule as usize].name.as_str(), knowledge.kinds[f.rule as usize]);
        self.fired.iter().map(of)
    }

    /// The relation that the candidate is, if it is one.
    pub fn relation(&self, linked: Linked<'_>, kind: RelationType, confidence: f32) -> Relation {
        let rule = self.rules().find(|r| r.1 == kind).map_or(self.structure, |r| r.0).to_owned();
        let span = linked.segmentation.bytes(self.anchors[0].join(self.anchors[1]));
        let (head, tail, tail_text) = match self.ends {
            Ends::Pair { head, tail } => (head, Some(tail), None),
            Ends::Title { head, mention } => {
                let text = linked.segmentation.surface(linked.mentions[mention as usize].span);
                (head, None, Some(text.to_owned()))
            }
        };
        Relation { kind, head, tail, tail_text, span, rule, confidence: Some(confidence), derived: false }
    }
}

/// The candidates of a text, one after the other.
pub struct Proposals<'a> {
    linked: Linked<'a>,
    places: Vec<Place>,
    /// OCC mentions that denote persons: person, hash of the wording, mention.
    titles: Vec<(u32, u64, u32)>,
    fired: Vec<Fired>,
    describer: Describer<'a>,
    features: Features,
    next_place: usize,
    next_title: usize,
}

impl<'a> Proposals<'a> {
    /// Reads a text.
    pub fn new(linked: Linked<'a>) -> Self {
        let describer = Describer::new(linked);
        let mut places = Vec::new();
        pair(linked, &mut places);
        far(linked, &mut places);
        let mut fired = Vec::new();
        fire(linked, &mut places, &mut fired);
        places.sort_unstable();
        places.dedup();
        fired.sort_unstable();
        fired.dedup();
        let mut titles: Vec<(u32, u64, u32)> = linked
            .mentions
            .iter()
            .zip(0..)
            .filter_map(|(m, i)| {
                let entity = m.entity.filter(|_| m.kind == MentionType::Occ)?;
                let person = linked.entities.get(entity as usize)?.kind == MentionType::Pers;
                (person && !m.segments.is_empty()).then(|| (entity, describer.wording(m.segments), i))
            })
            .collect();
        titles.sort_unstable();
        Self { linked, places, titles, fired, describer, features: Features::default(), next_place: 0, next_title: 0 }
    }

    /// The next candidate.
    #[allow(clippy::should_implement_trait, reason = "lends from itself, which Iterator cannot say")]
    pub fn next(&mut self) -> Option<Proposal<'_>> {
        if let Some(first) = self.places.get(self.next_place).copied() {
            return Some(self.pair(first));
        }
        let &(head, wording, mention) = self.titles.get(self.next_title)?;
        let same = self.titles[self.next_title..].iter().take_while(|t| (t.0, t.1) == (head, wording)).count();
        let group = self.next_title..self.next_title + same;
        self.next_title += same;
        // Entries of rules for posts are kept by mention, so those of the group lie anywhere.
        let fired = self.titles[group.clone()].iter().find_map(|&(_, _, m)| {
            let range = range(&self.fired, TITLE | head, m);
            (!range.is_empty()).then_some(range)
        });
        let fired = &self.fired[fired.unwrap_or(0..0)];
        self.features.clear();
        self.describer.title(&self.titles, group, fired, &mut self.features);
        let segments = self.linked.mentions[mention as usize].segments;
        let anchors = [segments, segments];
        let allowed = Kinds::one(RelationType::HasTitle);
        let ends = Ends::Title { head, mention };
        Some(Proposal { ends, allowed, features: self.features.keys(), anchors, fired, structure: "post" })
    }

    fn pair(&mut self, first: Place) -> Proposal<'_> {
        let same = self.places[self.next_place..].iter().take_while(|p| (p.head, p.tail) == (first.head, first.tail));
        let count = same.count();
        let group = &self.places[self.next_place..self.next_place + count];
        self.next_place += count;
        let fired = &self.fired[range(&self.fired, first.head, first.tail)];
        self.features.clear();
        self.describer.pair(group, fired, &mut self.features);
        let (head, tail) = (first.head, first.tail);
        let allowed = allowed(self.linked, head, tail);
        let mentions = self.linked.mentions;
        let anchors = [mentions[first.head_mention as usize].segments, mentions[first.tail_mention as usize].segments];
        let structure = match (anchors[0].overlaps(anchors[1]), first.distance) {
            (true, _) => "nested",
            (_, 0..=2) => "adjacent",
            (_, ..FAR) => "sentence",
            _ => "document",
        };
        Proposal { ends: Ends::Pair { head, tail }, allowed, features: self.features.keys(), anchors, fired, structure }
    }
}

/// Marks the entries of `fired` whose tail is a mention.
const TITLE: u32 = 1 << 31;

fn range(fired: &[Fired], head: u32, tail: u32) -> std::ops::Range<usize> {
    let start = fired.partition_point(|f| (f.head, f.tail) < (head, tail));
    start..start + fired[start..].iter().take_while(|f| (f.head, f.tail) == (head, tail)).count()
}

/// Relations that hold both ways are proposed once, from the entity that the text names first.
fn allowed(linked: Linked<'_>, head: u32, tail: u32) -> Kinds {
    let kind = |id: u32| linked.entities[id as usize].kind;
    let kinds = schema::allowed(kind(head), kind(tail));
    if head < tail { kinds } else { kinds.directed() }
}

/// The entity of a mention, where it has one that exists.
fn entity(linked: Linked<'_>, mention: usize) -> Option<u32> {
    linked.mentions[mention].entity.filter(|&e| (e as usize) < linked.entities.len() && e < TITLE)
}

fn propose(linked: Linked<'_>, head_mention: usize, tail_mention: usize, places: &mut Vec<Place>) {
    let (Some(head), Some(tail)) = (entity(linked, head_mention), entity(linked, tail_mention)) else { return };
    if head == tail || allowed(linked, head, tail).is_empty() {
        return;
    }
    let (a, b) = (linked.mentions[head_mention].segments, linked.mentions[tail_mention].segments);
    let distance = a.start.max(b.start).saturating_sub(a.end.min(b.end));
    let (head_mention, tail_mention) = (head_mention as u32, tail_mention as u32);
    places.push(Place { head, tail, distance, head_mention, tail_mention });
}

fn pair(linked: Linked<'_>, places: &mut Vec<Place>) {
    let mentions = linked.mentions;
    let sentences = &linked.segmentation.sentences;
    let mut sentence = 0;
    for (i, first) in mentions.iter().enumerate() {
        if first.entity.is_none() || first.segments.is_empty() {
            continue;
        }
        while sentences.get(sentence).is_some_and(|s| s.segments.end <= first.segments.start) {
            sentence += 1;
        }
        let Some(here) = sentences.get(sentence) else { return };
        if here.zone == Zone::Boilerplate {
            continue;
        }
        for (j, second) in mentions.iter().enumerate().skip(i + 1) {
            let start = second.segments.start;
            if start >= here.segments.end || start > first.segments.end + REACH {
                break;
            }
            if second.entity.is_some() && !second.segments.is_empty() {
                propose(linked, i, j, places);
                propose(linked, j, i, places);
            }
        }
    }
}

/// How many of a document's most named entities of a type may stand in a relation to an entity of another sentence: its
/// countries and cities, its event, its bodies.
const HUBS: [(MentionType, usize); 3] = [(MentionType::Gpe, 3), (MentionType::Org, 2), (MentionType::Event, 1)];

/// Pairs of an entity with one of the document's chief ones, wherever they stand (a city here, its country there).
fn far(linked: Linked<'_>, places: &mut Vec<Place>) {
    places.sort_unstable();
    let near = places.len();
    for (kind, count) in HUBS {
        let of_kind = linked.entities.iter().filter(|e| e.kind == kind && !e.mentions.is_empty());
        let mut hubs: Vec<_> = of_kind.map(|e| (std::cmp::Reverse(e.mentions.len()), e.id)).collect();
        hubs.sort_unstable();
        for (_, tail) in hubs.into_iter().take(count) {
            for head in linked.entities {
                if head.id == tail || allowed(linked, head.id, tail).directed().is_empty() {
                    continue;
                }
                let at = places[..near].partition_point(|p| (p.head, p.tail) < (head.id, tail));
                if places[..near].get(at).is_some_and(|p| (p.head, p.tail) == (head.id, tail)) {
                    continue;
                }
                places.extend(nearest(linked, head.id, tail));
            }
        }
    }
}

/// The mentions of two entities that stand nearest to each other, out of the first dozen of each.
fn nearest(linked: Linked<'_>, head: u32, tail: u32) -> Option<Place> {
    let mentions = |id: u32| {
        let all = linked.entities[id as usize].mentions.iter().take(12);
        all.filter_map(|&m| Some((m, linked.mentions.get(m as usize)?.segments)))
    };
    let pairs = mentions(head).flat_map(|h| mentions(tail).map(move |t| (h, t)));
    let place = |((h, a), (t, b)): ((u32, Span<Segments>), (u32, Span<Segments>))| Place {
        head,
        tail,
        distance: FAR + a.start.max(b.start).saturating_sub(a.end.min(b.end)),
        head_mention: h,
        tail_mention: t,
    };
    pairs.map(place).min()
}

/// Runs the rules. Pairs that they join over a longer way than [`REACH`] become candidates too.
fn fire(linked: Linked<'_>, places: &mut Vec<Place>, fired: &mut Vec<Fired>) {
    let knowledge = Knowledge::shipped();
    for found in knowledge.rules.find(linked.segmentation, linked.mentions) {
        let rule = &knowledge.rules.rules()[found.rule as usize];
        for head in found.captured(rule, "head").filter_map(|c| c.mention) {
            for tail in found.captured(rule, "tail").filter_map(|c| c.mention) {
                let Some(head_entity) = entity(linked, head as usize) else { continue };
                if knowledge.kinds[found.rule as usize] == RelationType::HasTitle {
                    fired.push(Fired { head: TITLE | head_entity, tail, rule: found.rule });
                } else if let Some(tail_entity) = entity(linked, tail as usize) {
                    fired.push(Fired { head: head_entity, tail: tail_entity, rule: found.rule });
                    propose(linked, head as usize, tail as usize, places);
                }
            }
        }
    }
}
