//! Examples for the three scorers, out of annotated documents.

use std::collections::HashMap;

use super::argument::{self, CLASSES};
use super::candidate::{self, Repeats};
use super::decode::{self, Thresholds};
use super::view::View;
use super::{Event, EventType, Status, status};
use crate::error::Result;
use crate::model::linear::{Features, Linear};
use crate::model::{Linears, Scorer, Task};
use crate::train::gold::{Aligned, covering};
use crate::train::learner::{Example, Settings, train};

/// Examples of one document, a list a task (triggers, arguments, statuses).
#[derive(Clone, Debug, Default)]
pub struct Examples {
    tasks: [Vec<Example>; 3],
    /// Gold events whose trigger is a candidate, and all.
    pub reached: (usize, usize),
}

/// The tasks, in the order of [`Examples`].
pub const TASKS: [Task; 3] = [Task::EventTrigger, Task::EventArgument, Task::EventStatus];

/// The classes of a task.
pub fn classes(task: Task) -> Vec<String> {
    let names: Vec<&str> = match task {
        Task::EventTrigger => std::iter::once("none").chain(EventType::ALL.iter().map(|k| k.as_str())).collect(),
        Task::EventArgument => CLASSES.to_vec(),
        _ => Status::ALL.iter().map(|s| s.as_str()).collect(),
    };
    names.into_iter().map(str::to_owned).collect()
}

/// The gold event of each candidate.
fn labels<'d>(aligned: &'d Aligned<'_>, view: &View<'_>, words: &[candidate::Candidate]) -> Vec<Option<&'d Event>> {
    let place: HashMap<u32, usize> = words.iter().enumerate().map(|(i, c)| (c.at, i)).collect();
    let mut labels: Vec<Option<&Event>> = vec![None; words.len()];
    for event in &aligned.document.events {
        let span = covering(&aligned.segmentation, event.trigger);
        // The word itself, or the noun of the light verb that it is.
        let own = span.range().find_map(|at| place.get(&(at as u32)).copied().filter(|&i| labels[i].is_none()));
        let noun = || span.range().find_map(|at| place.get(&view.words[at].noun.checked_sub(1)?).copied());
        if let Some(i) = own.or_else(noun) {
            labels[i] = Some(event);
        }
    }
    labels
}

/// Counts how often each candidate's form occurs and how often it tells of an event.
pub fn count_forms(aligned: &Aligned<'_>, counts: &mut HashMap<String, (u32, u32)>) {
    let view = View::new(aligned.linked());
    let words = candidate::candidates(&view);
    for (word, label) in words.iter().zip(labels(aligned, &view, &words)) {
        let count = counts.entry(aligned.segmentation.form(word.at as usize).to_owned()).or_default();
        count.0 += 1;
        count.1 += u32::from(label.is_some());
    }
}

/// Makes the examples of a document with gold mentions, entities and quotations.
pub fn examples(aligned: &Aligned<'_>) -> Examples {
    let view = View::new(aligned.linked());
    let words = candidate::candidates(&view);
    let quotes = &aligned.document.quotes;
    let labels = labels(aligned, &view, &words);
    let reached = labels.iter().filter(|l| l.is_some()).count();
    let mut out = Examples { reached: (reached, aligned.document.events.len()), ..Examples::default() };
    let repeats = Repeats::new(&view, &words);
    let mut features = Features::default();
    let mut fillings = Vec::new();
    let example = |features: &Features, class| Example { features: features.keys().to_vec(), class, weight: 1.0 };
    for (i, word) in words.iter().enumerate() {
        candidate::describe(&view, &words, &repeats, i, &mut features);
        out.tasks[0].push(example(&features, labels[i].map_or(0, |e| e.kind as usize + 1)));
        let Some(event) = labels[i] else { continue };
        let trigger = decode::trigger(&view, quotes, word, event.kind);
        argument::fillings(&view, &trigger, &mut fillings);
        let total = fillings.iter().filter(|f| !f.0 && f.1.back == 0).count();
        for (time, filling) in &fillings {
            let Some(name) = filling.any() else { continue };
            argument::describe(&view, &trigger, filling, *time, total, &mut features);
            let class = if *time {
                if event.time == Some(name.mention) { 5 } else { 0 }
            } else {
                let has = |list: &[u32]| list.contains(&name.entity);
                match (has(&event.actors), has(&event.recipients), event.place == Some(name.entity)) {
                    (true, ..) => 1,
                    (_, true, true) => 4,
                    (_, true, _) => 2,
                    (_, _, true) => 3,
                    _ => 0,
                }
            };
            out.tasks[1].push(example(&features, class));
        }
        status::describe(&view, &trigger, event.time.is_some(), &mut features);
        out.tasks[2].push(example(&features, event.status as usize));
    }
    out
}

/// How each task is trained.
pub fn settings(task: Task) -> Settings {
    match task {
        Task::EventTrigger => Settings { row_bits: 17, epochs: 8, ..Settings::default() },
        Task::EventArgument => Settings { row_bits: 17, epochs: 3, ..Settings::default() },
        _ => Settings { row_bits: 15, epochs: 3, rate: 0.05, ..Settings::default() },
    }
}

/// Trains a task; gives the container's bytes.
///
/// # Errors
/// As [`train`].
pub fn learn<'e>(task: usize, documents: impl Iterator<Item = &'e Examples>, settings: &Settings) -> Result<Vec<u8>> {
    let all: Vec<Example> = documents.flat_map(|d| d.tasks[task].iter().cloned()).collect();
    train(&classes(TASKS[task]), &all, settings)
}

/// Models with what was just learned.
///
/// # Errors
/// As [`Linear::load`].
pub fn scorer(models: [Vec<u8>; 3]) -> Result<Linears> {
    let mut all = Linears::default();
    for (task, bytes) in TASKS.into_iter().zip(models) {
        all = all.with(task, Some(Linear::load(bytes)?));
    }
    Ok(all)
}

/// Events of a document with gold mentions, entities and quotations.
pub fn find(aligned: &Aligned<'_>, scorer: &dyn Scorer, thresholds: Thresholds) -> Vec<Event> {
    let view = View::new(aligned.linked());
    let mut reader = scorer.read(&aligned.segmentation);
    decode::decode(&view, &aligned.document.quotes, &mut *reader, thresholds)
}

/// Events at the gold triggers, with all else found: how good the participants are when the events are right.
pub fn find_given(aligned: &Aligned<'_>, scorer: &dyn Scorer, thresholds: Thresholds) -> Vec<Event> {
    let view = View::new(aligned.linked());
    let mut reader = scorer.read(&aligned.segmentation);
    let words = candidate::candidates(&view);
    let labels = labels(aligned, &view, &words);
    let given: Vec<_> = words.into_iter().zip(labels).filter_map(|(w, l)| l.map(|l| (w, l.kind))).collect();
    decode::decode_given(&view, &aligned.document.quotes, &mut *reader, thresholds, &given)
}

/// Sentences as the scorer of the gold documents sees them: a line, split again after . ! ? ؟ and white space.
pub fn scored_sentences(text: &str) -> Vec<u32> {
    let mut ends = Vec::new();
    let mut stop = false;
    for (i, c) in text.char_indices() {
        match c {
            '\n' => ends.push(i as u32),
            '.' | '!' | '?' | '؟' => stop = true,
            '"' | '»' | '”' | '’' | ')' if stop => {}
            _ if c.is_whitespace() && stop => {
                ends.push(i as u32);
                stop = false;
            }
            _ => stop = false,
        }
    }
    ends
}

/// Counts of a comparison: right, found, wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally(pub [usize; 3]);

impl Tally {
    fn add<T: Ord>(&mut self, mut gold: Vec<T>, mut found: Vec<T>) {
        gold.sort_unstable();
        found.sort_unstable();
        self.0[1] += found.len();
        self.0[2] += gold.len();
        let (mut i, mut j) = (0, 0);
        while i < gold.len() && j < found.len() {
            match gold[i].cmp(&found[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    self.0[0] += 1;
                    i += 1;
                    j += 1;
                }
            }
        }
    }

    /// Precision, recall, F1 in percent.
    pub fn prf(self) -> [f64; 3] {
        let [right, found, wanted] = self.0.map(|n| n as f64);
        let (p, r) = (100.0 * right / found.max(1.0), 100.0 * right / wanted.max(1.0));
        [p, r, 2.0 * p * r / (p + r).max(1e-9)]
    }
}

/// Scores of found events against gold ones: events, arguments, status, time, sources.
#[derive(Clone, Copy, Debug, Default)]
pub struct Report {
    /// (type, sentence).
    pub events: Tally,
    /// (type, sentence, role, entity).
    pub arguments: Tally,
    /// Of matched events: right status, right time, matched.
    pub matched: [usize; 3],
    /// Sources of matched events.
    pub sources: Tally,
}

impl Report {
    /// Adds a document.
    pub fn add(&mut self, text: &str, gold: &[Event], found: &[Event]) {
        let ends = scored_sentences(text);
        let place = |e: &Event| (e.kind, ends.partition_point(|&end| end <= e.trigger.start));
        self.events.add(gold.iter().map(place).collect(), found.iter().map(place).collect());
        let arguments = |events: &[Event]| -> Vec<_> {
            let of = |e: &Event| {
                let key = place(e);
                let with = move |role: u8| move |&id: &u32| (key, role, id);
                let all = e.actors.iter().map(with(0)).chain(e.recipients.iter().map(with(1)));
                all.chain(e.place.iter().map(with(2))).collect::<Vec<_>>()
            };
            events.iter().flat_map(of).collect()
        };
        self.arguments.add(arguments(gold), arguments(found));
        let mut used = vec![false; found.len()];
        for e in gold {
            let far = |f: &Event| f.trigger.start.abs_diff(e.trigger.start);
            let free = (0..found.len()).filter(|&j| !used[j] && place(&found[j]) == place(e));
            let Some(j) = free.min_by_key(|&j| far(&found[j])) else { continue };
            used[j] = true;
            let f = &found[j];
            self.matched[0] += usize::from(f.status == e.status);
            self.matched[1] += usize::from(f.time == e.time);
            self.matched[2] += 1;
            let text = |e: &Event| e.sources.iter().map(|s| format!("{s:?}")).collect::<Vec<_>>();
            self.sources.add(text(e), text(f));
        }
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ([ep, er, ef], [ap, ar, af]) = (self.events.prf(), self.arguments.prf());
        let share = |i: usize| 100.0 * self.matched[i] as f64 / self.matched[2].max(1) as f64;
        write!(
            f,
            "events {ep:.1} {er:.1} {ef:.1}  arguments {ap:.1} {ar:.1} {af:.1}  status {:.1}  when {:.1}  sources {:.1}",
            share(0),
            share(1),
            self.sources.prf()[2]
        )
    }
}

/// Missed and spurious events of a document with their sentences, for reading.
pub fn compare(aligned: &Aligned<'_>, found: &[Event]) -> String {
    let text = &aligned.document.text;
    let near = |e: &Event| {
        let from = text[..e.trigger.start as usize].char_indices().rev().take(60).last().map_or(0, |c| c.0);
        let until = text[e.trigger.end as usize..].char_indices().take(70).last().map_or(0, |c| c.0);
        format!(
            "{}[{}]{}",
            &text[from..e.trigger.start as usize],
            &text[e.trigger.range()],
            &text[e.trigger.end as usize..][..until]
        )
    };
    let gold = &aligned.document.events;
    let lacks = |list: &[Event], e: &Event| !list.iter().any(|f| f.kind == e.kind && f.trigger.overlaps(e.trigger));
    let missed = gold.iter().filter(|e| lacks(found, e)).map(|e| format!("- {} {}\n", e.kind, near(e)));
    let spurious = found.iter().filter(|e| lacks(gold, e));
    let spurious = spurious.map(|e| format!("+ {} {:.2} {}\n", e.kind, e.confidence.unwrap_or(0.0), near(e)));
    missed.chain(spurious).map(|line| line.replace('\n', " ") + "\n").collect()
}

/// Participants missed and added at gold triggers, with the words around, for reading.
pub fn compare_arguments(aligned: &Aligned<'_>, found: &[Event]) -> String {
    let (text, entities) = (&aligned.document.text, &aligned.document.entities);
    let mut out = String::new();
    for gold in &aligned.document.events {
        let Some(f) = found.iter().find(|f| f.kind == gold.kind && f.trigger.overlaps(gold.trigger)) else { continue };
        let names = |ids: &[u32], other: &[u32]| -> Vec<String> {
            ids.iter().filter(|i| !other.contains(i)).map(|&i| entities[i as usize].name.clone()).collect()
        };
        let (missed, extra) = (names(&gold.actors, &f.actors), names(&f.actors, &gold.actors));
        let (missed_r, extra_r) = (names(&gold.recipients, &f.recipients), names(&f.recipients, &gold.recipients));
        if missed.len() + extra.len() + missed_r.len() + extra_r.len() == 0 && gold.place == f.place {
            continue;
        }
        let from = text[..gold.trigger.start as usize].char_indices().rev().take(120).last().map_or(0, |c| c.0);
        let until = text[gold.trigger.end as usize..].char_indices().take(100).last().map_or(0, |c| c.0);
        let place = |p: Option<u32>| p.map_or("", |p| &entities[p as usize].name);
        out += &format!(
            "{} {}[{}]{}\n   actor -{missed:?} +{extra:?}  recipient -{missed_r:?} +{extra_r:?}  place {} / {}\n",
            gold.kind,
            text[from..gold.trigger.start as usize].replace('\n', " "),
            &text[gold.trigger.range()],
            text[gold.trigger.end as usize..][..until].replace('\n', " "),
            place(gold.place),
            place(f.place)
        );
    }
    out
}
