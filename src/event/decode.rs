//! From candidates to events: scores, thresholds, participants, and one event for a happening told twice.

use std::collections::HashMap;

use super::argument::{self, Filling, Trigger};
use super::candidate::{self, Candidate as Word, Repeats};
use super::source::Sources;
use super::view::{State, View, class};
use super::{Event, EventType, Status, status};
use crate::model::linear::{Features, softmax};
use crate::model::{Candidate, Reader, Task};
use crate::quote::Quote;
use crate::span::Span;

/// Probabilities from which a class is taken; set by cross-validation on `news_ie` (see `src/data/models/event.md`).
#[derive(Clone, Copy, Debug)]
pub struct Thresholds {
    /// That a word tells of an event.
    pub trigger: f32,
    /// That an entity is actor or recipient.
    pub participant: f32,
    /// That one is its place.
    pub place: f32,
    /// That a time is its time.
    pub time: f32,
    /// That a word tells of an event and an entity takes part in it, both.
    pub joint: f32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { trigger: 0.05, joint: 0.09, participant: 0.33, place: 0.45, time: 0.45 }
    }
}

/// The rule of events whose word is known as a part of predicates alone, the other part missing.
const INCOMPLETE: &str = "part of a predicate";

/// Happenings of one type and word that a later word is compared with: no article has more, and a text of one word is not
/// to cost the square of its length.
const MOST_TOLD: usize = 64;

/// What is found about one trigger.
struct Found<'v> {
    trigger: Trigger<'v>,
    probability: f32,
    actors: Vec<u32>,
    recipients: Vec<u32>,
    place: Option<u32>,
    time: Option<u32>,
    /// Probability of the likeliest participant.
    participant: f32,
}

impl<'v> Found<'v> {
    /// A trigger whose participants are still to be found.
    fn new(trigger: Trigger<'v>, probability: f32) -> Self {
        Self { trigger, probability, actors: vec![], recipients: vec![], place: None, time: None, participant: 0.0 }
    }
}

/// Scores of a task as probabilities; false where there is no model.
fn probabilities(reader: &mut dyn Reader, task: Task, features: &Features, at: u32, scores: &mut Vec<f32>) -> bool {
    reader.score(task, Candidate { features: features.keys(), anchors: &[Span::new(at, at + 1)] }, scores);
    softmax(scores);
    !scores.is_empty()
}

/// Finds the events of a text.
pub(super) fn decode(view: &View<'_>, quotes: &[Quote], reader: &mut dyn Reader, thresholds: Thresholds) -> Vec<Event> {
    let words = candidate::candidates(view);
    let repeats = Repeats::new(view, &words);
    let (mut features, mut scores) = (Features::default(), Vec::new());
    let mut found: Vec<Found<'_>> = Vec::new();
    let mut fillings = Vec::new();
    let kinds: Vec<Option<EventType>> = reader.classes(Task::EventTrigger).iter().map(|c| c.parse().ok()).collect();
    for (index, word) in words.iter().enumerate() {
        candidate::describe(view, &words, &repeats, index, &mut features);
        if !probabilities(reader, Task::EventTrigger, &features, word.at, &mut scores) {
            return Vec::new();
        }
        let some: f32 = kinds.iter().zip(&scores).filter(|k| k.0.is_some()).map(|k| k.1).sum();
        if some < thresholds.trigger {
            continue;
        }
        let best = kinds.iter().zip(&scores).filter_map(|(k, s)| k.map(|k| (k, *s))).max_by(|a, b| a.1.total_cmp(&b.1));
        let Some((kind, _)) = best else { continue };
        let trigger = trigger(view, quotes, word, kind);
        let mut event = Found::new(trigger, some);
        participants(view, reader, &mut event, thresholds, &mut fillings, &mut features, &mut scores);
        if event.participant > 0.0 && some * event.participant >= thresholds.joint {
            found.push(event);
        }
    }
    finish(view, reader, merge(view, found))
}

/// Finds participants and the rest for triggers whose types are given.
#[cfg(feature = "train")]
pub(super) fn decode_given(
    view: &View<'_>,
    quotes: &[Quote],
    reader: &mut dyn Reader,
    thresholds: Thresholds,
    given: &[(Word, EventType)],
) -> Vec<Event> {
    let (mut features, mut scores, mut fillings) = (Features::default(), Vec::new(), Vec::new());
    let mut found = Vec::new();
    for (word, kind) in given {
        let trigger = trigger(view, quotes, word, *kind);
        let mut event = Found::new(trigger, 1.0);
        participants(view, reader, &mut event, thresholds, &mut fillings, &mut features, &mut scores);
        found.push((event, Vec::new()));
    }
    finish(view, reader, found)
}

/// Status, sources and names for what was found.
fn finish(view: &View<'_>, reader: &mut dyn Reader, found: Vec<(Found<'_>, Vec<u32>)>) -> Vec<Event> {
    let (mut features, mut scores) = (Features::default(), Vec::new());
    let sources = Sources::new(view);
    let statuses: Vec<Option<Status>> = reader.classes(Task::EventStatus).iter().map(|c| c.parse().ok()).collect();
    let event = |(event, also): (Found<'_>, Vec<u32>)| {
        status::describe(view, &event.trigger, event.time.is_some(), &mut features);
        probabilities(reader, Task::EventStatus, &features, event.trigger.at, &mut scores);
        let best = statuses.iter().zip(&scores).max_by(|a, b| a.1.total_cmp(b.1));
        let status = best.and_then(|b| *b.0).unwrap_or(Status::Occurred);
        let span = |at: u32| view.linked.segmentation.segments[at as usize].span;
        let mut triggers: Vec<_> = also.into_iter().chain([event.trigger.at]).map(span).collect();
        triggers.sort_unstable();
        triggers.dedup();
        // The predicate that the type agrees with; else the one that proposed the word.
        let known = view.known(event.trigger.at).iter().filter(|k| k.state != State::Unpaired);
        let known = known.map(|k| &view.predicates.all[k.predicate as usize]);
        let predicate = known.min_by_key(|p| (p.kind != event.trigger.kind, p.ambiguity as u8));
        Event {
            kind: event.trigger.kind,
            mode: predicate.filter(|p| p.kind == event.trigger.kind).map(|p| p.mode.to_owned()),
            trigger: span(event.trigger.at),
            triggers,
            actors: event.actors,
            recipients: event.recipients,
            place: event.place,
            time: event.time,
            date: event.time.and_then(|t| view.linked.mentions[t as usize].value.clone()),
            status,
            sources: sources.of(view, &event.trigger),
            span: view.linked.segmentation.bytes(argument::sentence(view, &event.trigger)),
            rule: predicate.map_or(INCOMPLETE, |p| p.name).to_owned(),
            confidence: Some(event.probability),
        }
    };
    found.into_iter().map(event).collect()
}

/// A candidate with its type.
pub(super) fn trigger<'v>(view: &View<'_>, quotes: &'v [Quote], word: &Word, kind: EventType) -> Trigger<'v> {
    let start = view.linked.segmentation.segments[word.at as usize].span.start;
    // Quotations are in text order; the innermost one that holds the word is the last to start.
    let until = quotes.partition_point(|q| q.span.start <= start);
    let quote = quotes[..until].iter().rev().take(8).find(|q| q.span.contains(start));
    Trigger { at: word.at, sentence: word.sentence, kind, quote }
}

fn participants<'v>(
    view: &'v View<'_>,
    reader: &mut dyn Reader,
    event: &mut Found<'_>,
    thresholds: Thresholds,
    fillings: &mut Vec<(bool, Filling<'v>)>,
    features: &mut Features,
    scores: &mut Vec<f32>,
) {
    argument::fillings(view, &event.trigger, fillings);
    let total = fillings.iter().filter(|f| !f.0 && f.1.back == 0).count();
    let (mut best_place, mut best_time) = (thresholds.place, thresholds.time);
    for (time, filling) in fillings.iter() {
        let Some(name) = filling.any() else { continue };
        argument::describe(view, &event.trigger, filling, *time, total, features);
        if !probabilities(reader, Task::EventArgument, features, event.trigger.at, scores) {
            return;
        }
        let &[_, actor, recipient, place, both, when] = &scores[..] else { return };
        if *time {
            if when >= best_time {
                (best_time, event.time) = (when, Some(name.mention));
            }
            continue;
        }
        let participant = actor.max(recipient + both);
        if participant >= thresholds.participant {
            event.participant = event.participant.max(participant);
        }
        if actor >= thresholds.participant && actor >= recipient + both {
            event.actors.push(name.entity);
        } else if recipient + both >= thresholds.participant {
            event.recipients.push(name.entity);
        }
        if place + both >= best_place {
            (best_place, event.place) = (place + both, Some(name.entity));
        }
    }
}

/// Joins reports of one happening: the same type, the same word, and no participant that speaks against it.
fn merge<'v>(view: &View<'_>, found: Vec<Found<'v>>) -> Vec<(Found<'v>, Vec<u32>)> {
    let mut events: Vec<(Found<'v>, Vec<u32>)> = Vec::with_capacity(found.len());
    let mut by_key: HashMap<(EventType, u64), Vec<usize>> = HashMap::new();
    for event in found {
        let key = (event.trigger.kind, view.words[event.trigger.at as usize].lemma);
        let same = by_key.entry(key).or_default();
        let fits = |a: &[u32], b: &[u32]| a.is_empty() || b.is_empty() || a.iter().any(|x| b.contains(x));
        let agrees = |other: &Found<'_>| {
            fits(&event.actors, &other.actors)
                && fits(&event.recipients, &other.recipients)
                && (event.place.is_none() || other.place.is_none() || event.place == other.place)
                && event
                    .actors
                    .iter()
                    .chain(&event.recipients)
                    .any(|e| other.actors.contains(e) || other.recipients.contains(e))
        };
        // Only a noun with its article points back to what was told; a verb tells a happening of its own.
        let definite = view.words[event.trigger.at as usize].class & class::ARTICLE != 0;
        let told = if definite { &same[..same.len().min(MOST_TOLD)] } else { &[] };
        match told.iter().copied().find(|&i| agrees(&events[i].0)) {
            Some(i) => {
                let (other, also) = &mut events[i];
                if fullness(&event) > fullness(other) {
                    also.push(other.trigger.at);
                    *other = event;
                } else {
                    also.push(event.trigger.at);
                }
            }
            None => {
                same.push(events.len());
                events.push((event, Vec::new()));
            }
        }
    }
    events.sort_by_key(|e| e.0.trigger.at);
    events
}

/// How much a report tells.
fn fullness(event: &Found<'_>) -> f32 {
    let parts = event.actors.len().min(2) + event.recipients.len().min(2);
    let circumstances = usize::from(event.place.is_some()) + usize::from(event.time.is_some());
    (parts + circumstances) as f32 + event.probability
}
