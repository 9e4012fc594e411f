//! Where a quotation may begin and end.

use super::reporting::Shape;
use super::view::View;
use crate::model::linear::{Features, hash};
use crate::segment::{Sentence, Zone};
use crate::span::{Segments, Span};

/// How a candidate opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// After إن or أن.
    Clause,
    /// Inside marks.
    Marks,
    /// After a colon or right after the cue, without marks.
    Bare,
    /// A title «X: …».
    Title,
}

/// A place where a quotation may begin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    /// The cue, or the colon of a title.
    pub cue: u32,
    pub opening: Opening,
    /// The particle, mark or colon that opens it, or the cue where none does.
    pub by: u32,
    /// Its first segment.
    pub start: u32,
    /// Index of the sentence.
    pub sentence: u32,
    /// How many like it the cue had before.
    pub rank: u8,
    /// The last segment (exclusive) where marks or the sentence end it.
    pub limit: u32,
}

/// Segments after a cue in which what is said must begin.
const REACH: u32 = 45;

/// All candidates of a sentence, by cue.
pub(super) fn starts(view: &View<'_>, number: u32, sentence: &Sentence, out: &mut Vec<Start>) {
    let Span { start: first, end: last, .. } = sentence.segments;
    if sentence.zone == Zone::Title {
        titles(view, number, sentence.segments, out);
    }
    if !matches!(sentence.zone, Zone::Title | Zone::Body) {
        return;
    }
    for cue in first..last {
        let Some(form) = view.cue(cue) else { continue };
        if form.shape == Shape::Particle {
            continue;
        }
        let end = last.min(cue + REACH);
        let mut make = |opening, by: u32, start: u32, rank, limit: u32| {
            if start + 1 < limit {
                out.push(Start { cue, opening, by, start, sentence: number, rank, limit });
            }
        };
        let (mut clauses, mut cues, mut colon) = (0, 0, false);
        let mut at = cue + 1;
        while at < end {
            if let Some(marks) = view.opens(at) {
                make(Opening::Marks, at, at + 1, clauses, marks.close);
                // What follows the marks belongs to another cue, but «التيار» may be a part of the subject.
                if marks.close - marks.open > 6 {
                    break;
                }
                at = marks.close + 1;
                continue;
            }
            let word = view.form(at);
            if word == "ان" && clauses < 2 {
                let mut start = at + 1;
                while start < last
                    && (view.is_enclitic(start) || view.form(start) == "ان" || view.is_punctuation(start))
                {
                    start += 1;
                }
                make(Opening::Clause, at, start, clauses, last);
                clauses += 1;
            } else if word == ":" && !colon {
                colon = true;
                make(Opening::Bare, at, at + 1, clauses, last);
            } else if view
                .cue(at)
                .is_some_and(|c| matches!(c.shape, Shape::Perfect | Shape::Imperfect | Shape::Participle))
            {
                cues += 1;
                if cues > 1 {
                    break;
                }
            }
            at += 1;
        }
        if matches!(form.shape, Shape::Perfect | Shape::Imperfect | Shape::Participle) && clauses == 0 {
            bare(view, cue, last, &mut make);
        }
    }
}

/// Speech that nothing opens: right after the cue, or after its subject.
fn bare(view: &View<'_>, cue: u32, last: u32, make: &mut impl FnMut(Opening, u32, u32, u8, u32)) {
    let mut at = cue + 1;
    if view.is_punctuation(at) {
        return;
    }
    if !view.is_enclitic(at) {
        make(Opening::Bare, cue, at, 0, last);
    }
    // After up to three names in a row.
    for rank in 1..4 {
        let next = (at..last.min(at + 4)).find_map(|i| view.named(i));
        let Some(next) = next else { break };
        let after = if view.form(next) == "," { next + 1 } else { next };
        if view.opens(after).is_none() && view.form(after) != "ان" && view.form(after) != ":" {
            make(Opening::Bare, next - 1, after, rank, last);
        }
        at = next;
    }
}

fn titles(view: &View<'_>, number: u32, segments: Span<Segments>, out: &mut Vec<Start>) {
    let colon = segments.range().find(|&at| view.form(at as u32) == ":").map(|at| at as u32);
    let Some(colon) = colon.filter(|&c| c > segments.start && c + 2 < segments.end) else { return };
    let start = view.trim(Span::new(colon + 1, segments.end)).start;
    let limit = segments.end;
    out.push(Start { cue: colon, opening: Opening::Title, by: colon, start, sentence: number, rank: 0, limit });
}

/// Small and great distances as one of few numbers.
pub(super) fn bucket(distance: u32) -> u64 {
    match distance {
        0..=4 => u64::from(distance),
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=40 => 9,
        _ => 10,
    }
}

/// Describes a start: is what follows a quotation?
pub(super) fn start_features(view: &View<'_>, c: &Start, out: &mut Features) {
    out.clear();
    let opening = c.opening as u64;
    let cue = view.cue(c.cue);
    let (lemma, shape) = cue.map_or((u64::MAX, 9), |f| (u64::from(f.lemma), f.shape as u64));
    let word = |at| hash(view.form(at));
    let before = |back| hash(view.form_before(c.cue, back));
    let sentence = &view.linked.segmentation.sentences[c.sentence as usize];
    let distance = bucket(c.by - c.cue);
    let prior = hash(view.form_before(c.by, 1));
    let between = Span::<Segments>::new(c.cue + 1, c.by);
    let names = view.mentions(between).len().min(3) as u64;
    let comma = between.range().any(|at| view.form(at as u32) == ",");
    let other = between.range().filter(|&at| view.cue(at as u32).is_some()).count().min(2) as u64;
    let quoted = view.inside(c.cue).is_some();
    let length = bucket(c.limit.saturating_sub(c.start));

    out.add(1, &[opening]);
    out.add(2, &[opening, lemma]);
    out.add(3, &[opening, lemma, shape]);
    out.add(4, &[opening, word(c.cue)]);
    out.add(5, &[opening, distance, u64::from(c.rank)]);
    out.add(6, &[opening, lemma, distance]);
    out.add(7, &[opening, prior]);
    out.add(8, &[opening, lemma, prior]);
    out.add(9, &[opening, before(1)]);
    out.add(10, &[lemma, before(1)]);
    out.add(11, &[opening, before(2), before(1)]);
    out.add(12, &[opening, word(c.cue + 1)]);
    out.add(13, &[lemma, word(c.cue + 1)]);
    out.add(14, &[opening, word(c.start)]);
    out.add(15, &[opening, word(c.start), word(c.start + 1)]);
    out.add(16, &[opening, names, u64::from(comma), other]);
    out.add(17, &[opening, shape, other, u64::from(c.rank)]);
    out.add(18, &[opening, u64::from(quoted), shape]);
    out.add(19, &[opening, bucket(c.cue - sentence.segments.start), shape]);
    out.add(20, &[opening, u64::from(sentence.zone == Zone::Title)]);
    out.add(21, &[opening, length]);
    out.add(22, &[opening, names, distance]);
    out.add(23, &[opening, u64::from(view.opens(c.by + 1).is_some())]);
    if c.opening == Opening::Marks {
        let closing = view.opens(c.by).map_or(0, |m| m.close);
        out.add(24, &[word(closing + 1)]);
        out.add(25, &[length, lemma]);
        out.add(26, &[prior, length]);
    }
    if c.opening == Opening::Title {
        out.add(27, &[bucket(c.cue - sentence.segments.start), names]);
        out.add(28, &[word(sentence.segments.start)]);
        let named = view.mentions(Span::new(sentence.segments.start, c.cue));
        for mention in named {
            out.add(29, &[view.linked.mentions[mention].kind as u64]);
        }
    }
}

/// Words that may follow the end of a quotation.
const AFTER: [&str; 14] =
    ["حسب", "بحسب", "وفق", "وفقا", "نقلا", "فيما", "بينما", "لكن", "غير", "كما", "داعيا", "علي", "حيث", "خلال"];

/// Segments after which a quotation without closing marks has ended, where the text has no sentences.
const FARTHEST: u32 = 400;

/// Places where a quotation without closing marks may end (exclusive), in order; the last is the end of what it may cover.
pub(super) fn ends(view: &View<'_>, c: &Start, out: &mut Vec<u32>) {
    out.clear();
    for at in c.start + 2..c.limit.min(c.start + FARTHEST) {
        let word = view.form(at);
        let ends = view.is_punctuation(at) && !matches!(word, "(" | "/" | "-" | "%")
            || view.reports_on(at)
            || word == "و" && view.form(at + 1) == "ان"
            || AFTER.contains(&word);
        if ends && out.last().is_none_or(|&last| !view.is_punctuation(last) || at > last + 1) {
            out.push(at);
        }
    }
    let limit = c.limit.min(c.start + FARTHEST);
    if out.last().is_none_or(|&l| !view.trim(Span::new(l, limit)).is_empty()) {
        out.push(limit);
    }
}

/// Describes an end.
pub(super) fn end_features(view: &View<'_>, c: &Start, at: u32, number: usize, out: &mut Features) {
    out.clear();
    let sentence = &view.linked.segmentation.sentences[c.sentence as usize];
    let rest = view.trim(Span::new(at, sentence.segments.end.min(at + 8)));
    let last = at >= sentence.segments.end || rest.is_empty();
    let opening = c.opening as u64;
    let word = |at| if at < sentence.segments.end { hash(view.form(at)) } else { 0 };
    // The first word after the punctuation.
    let next = rest.start;
    let sign = if view.is_punctuation(at) { word(at) } else { 1 };
    let quoted = c.by < at && view.opens(c.by + 1).is_some();
    let inside = view.inside(at).is_some();
    let shape = |at| view.cue(at).map_or(9, |f| f.shape as u64);
    let lemma = |at| view.cue(at).map_or(u64::MAX, |f| u64::from(f.lemma));
    let distance = bucket(at - c.start);
    let opened = view.opens(c.start).or_else(|| view.opens(c.start.saturating_sub(1)));
    let closes = opened.is_some_and(|m| m.close == at);

    out.add(50, &[opening, u64::from(last)]);
    out.add(51, &[sign]);
    out.add(52, &[sign, shape(next), shape(next + 1)]);
    out.add(53, &[word(next)]);
    out.add(54, &[word(next), word(next + 1)]);
    out.add(55, &[sign, word(next)]);
    out.add(56, &[lemma(next), shape(next), sign]);
    out.add(57, &[word(next + 1), shape(next + 1)]);
    out.add(58, &[hash(view.form_before(at, 1))]);
    out.add(59, &[opening, distance]);
    out.add(60, &[sign, distance]);
    out.add(61, &[opening, number.min(6) as u64, sign]);
    out.add(62, &[u64::from(quoted), u64::from(inside), sign]);
    out.add(63, &[u64::from(closes), sign]);
    out.add(64, &[u64::from(inside), shape(next)]);
    out.add(65, &[u64::from(view.reports_on(next)), sign, opening]);
    out.add(66, &[u64::from(last), u64::from(inside)]);
}
