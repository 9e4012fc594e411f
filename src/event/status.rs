//! How real an event is told to be.

use super::argument::Trigger;
use super::candidate::{bucket, shape_of};
use super::view::{View, class};
use crate::model::linear::{Features, hash};

/// Describes a trigger for [`Task::EventStatus`](crate::model::Task::EventStatus).
pub(super) fn describe(view: &View<'_>, trigger: &Trigger<'_>, timed: bool, out: &mut Features) {
    out.clear();
    let sentence = super::argument::sentence(view, trigger);
    let (at, kind) = (i64::from(trigger.at), trigger.kind as u64 + 1);
    let inside = |i: i64| i >= i64::from(sentence.start) && i < i64::from(sentence.end);
    let near = |d: i64| if inside(at + d) { view.word(at + d) } else { view.word(-1) };
    let (word, shape) = (near(0), shape_of(view, trigger.at));
    let article = u64::from(word.class & class::ARTICLE != 0);
    out.add(1, &[shape, article]);
    out.add(2, &[kind]);
    out.add(3, &[kind, shape]);
    out.add(4, &[word.form]);
    out.add(5, &[word.lemma]);
    out.add(6, &[u64::from(word.class & (class::FUTURE | class::MARKERS))]);
    for known in view.known(trigger.at) {
        let predicate = &view.predicates.all[known.predicate as usize];
        if predicate.kind == trigger.kind {
            out.add(7, &[hash(predicate.mode)]);
            out.add(8, &[hash(predicate.mode), shape]);
        }
    }
    for d in 1..=3 {
        out.add(10 + d as u32, &[near(-d).form, shape]);
        out.add(14 + d as u32, &[near(-d).lemma]);
        out.add(34 + d as u32, &[u64::from(near(-d).cluster.fine), shape]);
        out.add(18 + d as u32, &[near(d).form]);
    }
    out.add(22, &[near(-2).form, near(-1).form]);
    let (mut verb, mut markers) = (0, 0);
    for d in 1..=9 {
        let w = near(-d);
        if w.class & class::PUNCTUATION != 0 {
            break;
        }
        out.add(24, &[w.lemma]);
        out.add(40, &[u64::from(w.cluster.fine)]);
        if w.class & class::VERB != 0 && verb == 0 {
            verb = w.lemma;
            out.add(25, &[verb, shape]);
            out.add(26, &[shape, u64::from(near(-d - 1).class & (class::FUTURE | class::NEGATION | class::MARKERS))]);
        }
        if w.class & class::NEGATION != 0 {
            out.add(27, &[shape, bucket(d as u32)]);
        }
        if w.class & class::FUTURE != 0 {
            out.add(28, &[shape, bucket(d as u32)]);
        }
        if d <= 5 {
            markers |= w.class & class::MARKERS;
        }
    }
    if verb == 0 {
        out.add(29, &[shape]);
    }
    out.add(30, &[u64::from(markers), shape]);
    for d in 1..=6 {
        out.add(31, &[near(d).lemma]);
    }
    out.add(41, &[u64::from(word.cluster.fine), shape]);
    out.add(42, &[verb, kind]);
    out.add(32, &[u64::from(timed), shape]);
    out.add(33, &[u64::from(trigger.quote.is_some()), shape]);
}
