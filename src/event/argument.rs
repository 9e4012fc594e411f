//! Who and where: how an entity or a time stands to an event's trigger.

use super::EventType;
use super::candidate::{bucket, shape_of};
use super::frame::{Filler, Role, Shape};
use super::view::{Name, State, View, class, role_number};
use crate::mention::MentionType;
use crate::model::linear::{Features, hash};
use crate::quote::Quote;
use crate::segment::SegmentKind;
use crate::span::{Segments, Span};

/// Classes of [`Task::EventArgument`](crate::model::Task::EventArgument).
#[cfg(feature = "train")]
pub(super) const CLASSES: [&str; 6] = ["none", "actor", "recipient", "place", "recipient+place", "time"];

/// A trigger with its type, whose arguments are sought.
#[derive(Clone, Copy)]
pub(super) struct Trigger<'v> {
    pub(super) at: u32,
    pub(super) sentence: u32,
    pub(super) kind: EventType,
    /// The quotation that it stands in.
    pub(super) quote: Option<&'v Quote>,
}

/// An entity or time that may be an argument: its nearest mentions before and after the trigger.
#[derive(Clone, Copy)]
pub(super) struct Filling<'v> {
    pub(super) before: Option<&'v Name>,
    pub(super) after: Option<&'v Name>,
    /// Sentences between.
    pub(super) back: u32,
}

impl Filling<'_> {
    pub(super) fn any(&self) -> Option<&Name> {
        self.after.or(self.before)
    }
}

/// How many sentences before its own an event's arguments are sought in.
const BACK: u32 = 2;

/// The entities and times near a trigger: those of its sentence, and those of the sentences before it that it lacks.
pub(super) fn fillings<'v>(view: &'v View<'_>, trigger: &Trigger<'_>, out: &mut Vec<(bool, Filling<'v>)>) {
    out.clear();
    let sentences = &view.linked.segmentation.sentences;
    for back in 0..=BACK.min(trigger.sentence) {
        let range = sentences[(trigger.sentence - back) as usize].segments;
        for name in view.names_in(range) {
            let known = out.iter_mut().find(|(time, f)| !time && f.any().is_some_and(|n| n.entity == name.entity));
            let after = name.segments.start > trigger.at;
            match known {
                // Mentions come in text order: the last one before and the first one after are the nearest.
                Some((_, filling)) if filling.back == back => {
                    if !after {
                        filling.before = Some(name);
                    } else if filling.after.is_none_or(|n| n.nested && n.segments.end >= name.segments.end) {
                        filling.after = Some(name);
                    }
                }
                Some(_) => {}
                None => {
                    let (before, after) = if after { (None, Some(name)) } else { (Some(name), None) };
                    out.push((false, Filling { before, after, back }));
                }
            }
        }
        if back < 2 {
            for name in view.times_in(range) {
                let (before, after) =
                    if name.segments.start > trigger.at { (None, Some(name)) } else { (Some(name), None) };
                out.push((true, Filling { before, after, back }));
            }
        }
    }
}

/// What lies between a trigger and a name.
struct Between {
    segments: u32,
    names: u32,
    bare_names: u32,
    verbs: u32,
    marks: u32,
    verb: u64,
    near_verb: u64,
    path: u64,
    that: bool,
    reporting: bool,
    relative: bool,
}

fn between(view: &View<'_>, from: u32, to: u32) -> Between {
    let mut b = Between {
        segments: to.saturating_sub(from),
        names: 0,
        bare_names: 0,
        verbs: 0,
        marks: 0,
        verb: 0,
        near_verb: 0,
        path: 0,
        that: false,
        reporting: false,
        relative: false,
    };
    for at in from..to.min(view.words.len() as u32) {
        let word = &view.words[at as usize];
        if word.class & class::VERB != 0 && word.class & class::ARTICLE == 0 && word.mention == 0 {
            b.verbs += 1;
            if b.verb == 0 {
                b.verb = word.lemma;
            }
            b.near_verb = word.lemma;
        }
        b.marks += u32::from(word.class & class::PUNCTUATION != 0);
        b.that |= word.class & class::THAT != 0;
        b.reporting |= word.class & class::REPORTING != 0;
        b.relative |= word.class & class::RELATIVE != 0;
        b.path = b.path.wrapping_mul(31).wrapping_add(word.form);
    }
    for name in view.names_in(Span::new(from, to)).iter().filter(|n| !n.nested && !n.appended) {
        b.names += 1;
        b.bare_names += u32::from(name.connector == 0 && !is_adjective(name));
    }
    b
}

/// How the names of a trigger's clause are spread around it.
struct Clause {
    /// Names without a preposition after the name at hand, before the clause ends.
    follow: u32,
    /// Names without a preposition before the trigger, no verb between.
    precede: u32,
    /// The trigger follows و or stands first: its subject may be the one before.
    opened: bool,
    /// Type of the next name in the clause, and whether a preposition governs it.
    next: u64,
    /// The word after the trigger, where it is no name.
    first_word: u64,
    /// A pronoun is joined to the trigger.
    pronoun: bool,
}

impl Clause {
    fn new(view: &View<'_>, trigger: &Trigger<'_>, name: &Name, back: u32) -> Self {
        let range = sentence(view, trigger);
        let ends = |i: &u32| {
            let word = view.words[*i as usize];
            word.mention == 0 && word.class & (class::PUNCTUATION | class::VERB | class::THAT | class::RELATIVE) != 0
        };
        let from = if back == 0 { name.chain.end.max(trigger.at + 1) } else { trigger.at + 1 };
        let end = (from..range.end).find(ends).unwrap_or(range.end.max(from));
        let top = |n: &&Name| !n.nested && !n.coordinated && !n.appended && n.kind != MentionType::Norp;
        let later = view.names_in(Span::new(from, end));
        let start = (range.start..trigger.at).rev().find(ends).map_or(range.start, |i| i + 1);
        let earlier = view.names_in(Span::new(start, trigger.at));
        let next = view.word(i64::from(trigger.at) + 1);
        let joined = view.linked.segmentation.segments.get(trigger.at as usize + 1).map(|s| s.kind);
        Self {
            follow: later.iter().filter(top).filter(|n| n.connector == 0).count() as u32,
            precede: earlier.iter().filter(top).filter(|n| n.connector == 0).count() as u32,
            opened: view.word(i64::from(trigger.at) - 1).class & (class::AND | class::PUNCTUATION) != 0,
            next: later.iter().find(top).map_or(0, |n| 2 * (n.kind as u64 + 1) + u64::from(n.connector != 0)),
            first_word: if next.mention == 0 { next.lemma } else { 0 },
            pronoun: joined == Some(SegmentKind::Enclitic),
        }
    }
}

fn is_adjective(name: &Name) -> bool {
    name.kind == MentionType::Norp
}

/// Which roles the frames of a trigger's predicates give to a place beside it.
fn propose(
    view: &View<'_>,
    trigger: &Trigger<'_>,
    name: &Name,
    after: bool,
    b: &Between,
    out: &mut Vec<(Role, u64, bool)>,
) {
    out.clear();
    for known in view.known(trigger.at) {
        let predicate = &view.predicates.all[known.predicate as usize];
        if predicate.kind != trigger.kind {
            continue;
        }
        let verbal = matches!(known.shape, Shape::Perfect | Shape::Imperfect) || known.state == State::Companion;
        for slot in if verbal { &predicate.verbal } else { &predicate.nominal } {
            let bare = name.connector == 0;
            let (code, fits) = match slot.filler {
                Filler::Subject => (1, bare && b.verbs == 0 && (!after || b.bare_names == 0)),
                Filler::Object => (2, bare && after && b.bare_names <= 1 && b.verbs == 0),
                Filler::Genitive => (3, bare && after && b.segments <= 3 && b.names == 0),
                Filler::Adjective => (4, after && name.kind == MentionType::Norp && b.segments <= 2),
                Filler::Preposition(p) => (5, after && name.connector == p && b.verbs == 0),
                Filler::Verb(_) => (6, after && b.verbs == 1 && b.bare_names == 0),
            };
            if fits {
                out.push((slot.role, code, predicate.mutual));
            }
        }
    }
    out.sort_unstable_by_key(|p| (p.0, p.1));
    out.dedup_by_key(|p| (p.0, p.1));
}

/// Describes a filling for [`Task::EventArgument`](crate::model::Task::EventArgument).
pub(super) fn describe(
    view: &View<'_>,
    trigger: &Trigger<'_>,
    filling: &Filling<'_>,
    time: bool,
    total: usize,
    out: &mut Features,
) {
    out.clear();
    let kind = trigger.kind as u64 + 1;
    let shape = shape_of(view, trigger.at);
    let mut proposals = Vec::new();
    let word = view.words[trigger.at as usize];
    let back = u64::from(filling.back);
    let sides = u64::from(filling.before.is_some()) + 2 * u64::from(filling.after.is_some());
    out.add(1, &[kind, sides, back, u64::from(time)]);
    out.add(2, &[kind, total.min(6) as u64, back]);
    for (side, name) in [(1u64, filling.before), (2, filling.after)] {
        let Some(name) = name else { continue };
        let after = side == 2;
        // A light verb's subject stands after the verb, its noun behind it.
        let b = if after {
            between(view, trigger.at + 1, name.chain.start.max(trigger.at + 1))
        } else {
            between(view, name.chain.end.min(trigger.at), trigger.at)
        };
        let side = side + 3 * back;
        let (mention, distance) = (name.kind as u64 + 1, bucket(b.segments));
        let rank = u64::from(b.names.min(4));
        let bare = u64::from(name.connector == 0);
        let clause = Clause::new(view, trigger, name, filling.back);
        let nested = u64::from(name.nested) + 2 * u64::from(name.coordinated) + 4 * u64::from(name.appended);
        if time {
            out.add(100, &[side, distance]);
            out.add(101, &[side, rank, u64::from(b.marks.min(2))]);
            out.add(102, &[side, u64::from(b.verbs.min(3))]);
            out.add(103, &[side, distance, shape]);
            out.add(104, &[side, mention, name.connector]);
            let nearer = view.times_in(if after {
                Span::new(trigger.at + 1, name.segments.start)
            } else {
                Span::new(name.segments.end, trigger.at)
            });
            out.add(105, &[side, nearer.len().min(3) as u64]);
            out.add(106, &[side, u64::from(b.that), u64::from(b.reporting), u64::from(b.relative)]);
            let form = |at: i64| view.word(at).form;
            out.add(107, &[form(i64::from(name.segments.start)), side]);
            out.add(108, &[form(i64::from(name.segments.start) - 1), side]);
            out.add(109, &[kind, side, distance]);
            continue;
        }
        out.add(10, &[kind, side, name.connector]);
        out.add(11, &[kind, mention, side, distance]);
        out.add(12, &[shape, side, rank, bare, mention]);
        out.add(13, &[mention, name.connector, side]);
        out.add(14, &[mention, nested, side]);
        out.add(15, &[kind, side, rank, bare, shape]);
        let rest =
            u64::from(clause.follow.min(2)) + 3 * u64::from(clause.precede.min(2)) + 9 * u64::from(clause.opened);
        out.add(48, &[side, rank, bare, shape, rest]);
        out.add(49, &[kind, side, bare, rest]);
        out.add(50, &[word.lemma, side, bare, rest.min(8)]);
        out.add(51, &[mention, clause.next, side, rank, bare, shape]);
        out.add(52, &[mention, clause.next, kind, side, bare]);
        out.add(53, &[clause.first_word, side, bare, shape]);
        out.add(54, &[u64::from(clause.pronoun), side, bare, shape, rest]);
        out.add(55, &[u64::from(clause.pronoun), side, kind, rank]);
        out.add(16, &[side, u64::from(b.verbs.min(3)), u64::from(b.marks.min(3)), mention]);
        out.add(17, &[side, u64::from(b.that), u64::from(b.reporting), u64::from(b.relative), shape]);
        out.add(18, &[word.lemma, side, name.connector, mention]);
        out.add(19, &[word.lemma, side, bare]);
        if b.segments <= 4 {
            out.add(20, &[b.path, side]);
            out.add(21, &[b.path, side, kind]);
        }
        out.add(22, &[b.verb, side, bare]);
        out.add(23, &[b.near_verb, side, bare, rank]);
        let (before, next) = (view.word(i64::from(name.segments.start) - 1), view.word(i64::from(name.segments.end)));
        out.add(24, &[before.form, side]);
        out.add(25, &[next.form, side]);
        out.add(26, &[before.lemma, kind, side]);
        out.add(45, &[u64::from(before.cluster.fine), kind, side]);
        out.add(46, &[u64::from(word.cluster.fine), side, name.connector]);
        out.add(47, &[u64::from(word.cluster.fine), side, bare, rank]);
        out.add(27, &[u64::from(before.class & class::REPORTING != 0), side, kind]);
        out.add(28, &[u64::from(next.class & class::REPORTING != 0), side, kind]);
        out.add(29, &[distance, side, mention, u64::from(b.verbs.min(2))]);
        for known in view.known(trigger.at) {
            let predicate = &view.predicates.all[known.predicate as usize];
            if predicate.kind == trigger.kind {
                let id = u64::from(known.predicate);
                out.add(30, &[id, side, name.connector]);
                out.add(31, &[hash(predicate.mode), side, name.connector, mention]);
                out.add(32, &[hash(predicate.mode), side, bare, rank, shape]);
            }
        }
        propose(view, trigger, name, after, &b, &mut proposals);
        for &(role, code, mutual) in &proposals {
            out.add(33, &[role_number(role), code, shape]);
            out.add(34, &[role_number(role), code, mention]);
            out.add(35, &[role_number(role), code, kind]);
            out.add(36, &[role_number(role), u64::from(mutual), code]);
        }
        out.add(37, &[proposals.iter().map(|p| 1 << role_number(p.0)).fold(0, |a, b| a | b), side, mention]);
        let (first, last) =
            (view.linked.segmentation.form(name.segments.start as usize), name.segments.end as usize - 1);
        out.add(38, &[hash(first), kind]);
        out.add(39, &[view.word(last as i64).form, kind]);
        out.add(44, &[mention, kind, u64::from(name.nested), bare]);
    }
    if time {
        return;
    }
    let Some(name) = filling.any() else { return };
    let entity = &view.linked.entities[name.entity as usize];
    out.add(40, &[entity.kind as u64, kind]);
    out.add(41, &[u64::from(entity.mentions.first() == Some(&name.mention)), entity.mentions.len().min(4) as u64]);
    if let Some(quote) = trigger.quote {
        let speaks = u64::from(quote.speaker == Some(name.entity));
        out.add(42, &[speaks, kind, shape]);
        out.add(43, &[speaks, sides, back]);
    }
}

/// The segments of the sentence that a trigger stands in.
pub(super) fn sentence(view: &View<'_>, trigger: &Trigger<'_>) -> Span<Segments> {
    view.linked.segmentation.sentences[trigger.sentence as usize].segments
}
