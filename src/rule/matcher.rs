//! Rules tried on a text.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::pattern::{CAPTURES, bit};
use super::program::Op;
use crate::mention::Mention;
use crate::segment::{Segmentation, Zone};
use crate::span::{Segments, Span};

/// Numbers of the words that occur in rules; 0 is any other word.
pub(super) type Vocabulary = HashMap<Box<str>, u32, BuildHasherDefault<WordHasher>>;

/// FNV-1a over eight bytes at a time: words are short, and nobody gains by making them collide.
#[derive(Default)]
pub(super) struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}

/// A part of a text that a rule keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capture {
    /// Where it stands.
    pub segments: Span<Segments>,
    /// Index of the mention, where the pattern asks for one.
    pub mention: Option<u32>,
}

pub(super) type Captures = [Option<Capture>; CAPTURES];

/// A text as the matcher sees it.
pub(super) struct View<'a> {
    pub segmentation: &'a Segmentation<'a>,
    pub mentions: &'a [Mention],
    /// Vocabulary numbers of the segments.
    pub ids: Vec<u32>,
    /// Vocabulary numbers of what a token holds from a segment on to its end, and the number of segments; 0 for one segment.
    pub joined: Vec<(u32, u8)>,
    /// `starts[i]..starts[i + 1]`: the mentions that start at segment i.
    pub starts: Vec<u32>,
    /// The mentions by their ends, longer ones first.
    by_end: Vec<u32>,
    /// `ends[i]..ends[i + 1]`: the entries of `by_end` for mentions that end before segment i.
    ends: Vec<u32>,
}

impl<'a> View<'a> {
    pub fn new(segmentation: &'a Segmentation<'a>, mentions: &'a [Mention], vocabulary: &Vocabulary) -> Self {
        let count = segmentation.segments.len();
        let ids: Vec<u32> = (0..count).map(|i| vocabulary.get(segmentation.form(i)).copied().unwrap_or(0)).collect();
        let mut joined = vec![(0, 0); count];
        let mut form = String::new();
        for token in segmentation.tokens.iter().filter(|t| t.segments.len() > 1) {
            for start in token.segments.start..token.segments.end - 1 {
                form.clear();
                (start..token.segments.end).for_each(|i| form.push_str(segmentation.form(i as usize)));
                let id = vocabulary.get(form.as_str()).copied().unwrap_or(0);
                joined[start as usize] = (id, (token.segments.end - start) as u8);
            }
        }
        // Offsets that lie outside the text or before their predecessor would break the lists: such mentions are left out.
        let sound = |m: &Mention| !m.segments.is_empty() && m.segments.end as usize <= count;
        let starts = (0..=count as u32).map(|i| mentions.partition_point(|m| m.segments.start < i) as u32).collect();
        let mut by_end: Vec<u32> = (0..mentions.len() as u32).filter(|&m| sound(&mentions[m as usize])).collect();
        by_end.sort_by_key(|&m| (mentions[m as usize].segments.end, mentions[m as usize].segments.start));
        let ended = |i: u32| by_end.partition_point(|&m| mentions[m as usize].segments.end < i) as u32;
        let ends = (0..=count as u32 + 1).map(ended).collect();
        Self { segmentation, mentions, ids, joined, starts, by_end, ends }
    }

    /// The mentions that start at a segment, longer ones first.
    pub fn starting(&self, segment: u32) -> std::ops::Range<u32> {
        self.starts[segment as usize]..self.starts[segment as usize + 1]
    }

    fn ending(&self, segment: u32) -> &[u32] {
        &self.by_end[self.ends[segment as usize] as usize..self.ends[segment as usize + 1] as usize]
    }

    /// The sentences that rules are tried on.
    pub fn sentences(&self) -> impl Iterator<Item = Span<Segments>> {
        self.segmentation.sentences.iter().filter(|s| s.zone != Zone::Boilerplate).map(|s| s.segments)
    }
}

/// Whether a sign ends a clause, so that no gap goes past it.
fn ends_clause(form: &str) -> bool {
    matches!(form, "." | "،" | "," | "؛" | ";" | ":" | "؟" | "?" | "!" | "…" | "..." | ".." | "\n")
}

/// Tries programs at places of one sentence. Kept between tries for its memory.
pub(super) struct Machine<'v, 'a> {
    view: &'v View<'a>,
    pub sentence: Span<Segments>,
    pub captures: Captures,
    origin: u32,
    /// Splits that failed, as (instruction, distance from the origin): what fails once fails again,
    /// which keeps the work linear in program and window.
    failed: Vec<u64>,
    fresh: bool,
}

/// Farthest that a program looks, in segments; longer mentions do not match.
const WINDOW: u32 = 128;

impl<'v, 'a> Machine<'v, 'a> {
    pub fn new(view: &'v View<'a>) -> Self {
        let captures = [None; CAPTURES];
        Self { view, sentence: Span::default(), captures, origin: 0, failed: Vec::new(), fresh: false }
    }

    /// Runs a program from a place; gives the place where it ends.
    pub fn run(&mut self, ops: &[Op], at: u32, forward: bool) -> Option<u32> {
        self.origin = at;
        self.fresh = true;
        self.go(ops, 0, at, forward)
    }

    fn go(&mut self, ops: &[Op], mut pc: u32, mut at: u32, forward: bool) -> Option<u32> {
        loop {
            match &ops[pc as usize] {
                Op::Done => return Some(at),
                Op::Jump(to) => {
                    pc = *to;
                    continue;
                }
                Op::Mark(slot) => {
                    let here = Span::new(at, at);
                    let kept = &mut self.captures[*slot as usize];
                    let segments = kept.map_or(here, |kept| kept.segments.join(here));
                    *kept = Some(Capture { segments, mention: None });
                }
                Op::Split(first, second) => {
                    if self.has_failed(ops.len(), pc, at) {
                        return None;
                    }
                    let kept = self.captures;
                    if let Some(end) = self.go(ops, *first, at, forward) {
                        return Some(end);
                    }
                    self.captures = kept;
                    let result = self.go(ops, *second, at, forward);
                    if result.is_none() {
                        self.fail(pc, at);
                    }
                    return result;
                }
                Op::Word(set) => at = if forward { self.word(set, at)? } else { self.word_before(set, at)? },
                Op::Kind(kind) => {
                    let (segment, next) = self.step(at, forward)?;
                    let segment = self.view.segmentation.segments.get(segment as usize)?;
                    if self.view.segmentation.tokens.get(segment.token as usize)?.kind != *kind {
                        return None;
                    }
                    at = next;
                }
                Op::Any => {
                    let (segment, next) = self.step(at, forward)?;
                    if ends_clause(self.view.segmentation.form(segment as usize)) {
                        return None;
                    }
                    at = next;
                }
                Op::Mention(mask, slot) => return self.mention(ops, pc, at, forward, *mask, *slot),
            }
            pc += 1;
        }
    }

    /// The next segment within the sentence and the window, and the place behind it.
    fn step(&self, at: u32, forward: bool) -> Option<(u32, u32)> {
        let (segment, next) = if forward { (at, at + 1) } else { (at.checked_sub(1)?, at - 1) };
        (self.sentence.contains(segment) && next.abs_diff(self.origin) < WINDOW).then_some((segment, next))
    }

    fn word(&self, set: &[u32], at: u32) -> Option<u32> {
        let (segment, next) = self.step(at, true)?;
        let (id, length) = self.view.joined[segment as usize];
        if id != 0 && set.contains(&id) {
            return Some(at + u32::from(length));
        }
        set.contains(&self.view.ids[segment as usize]).then_some(next)
    }

    fn word_before(&self, set: &[u32], at: u32) -> Option<u32> {
        let (segment, next) = self.step(at, false)?;
        // A whole word, or the end of one, longest first.
        let token = self.view.segmentation.segments[segment as usize].token;
        let first = self.view.segmentation.tokens[token as usize].segments.start;
        for start in first.max(self.sentence.start)..segment {
            let (id, length) = self.view.joined[start as usize];
            if id != 0 && start + u32::from(length) == at && set.contains(&id) {
                return Some(start);
            }
        }
        set.contains(&self.view.ids[segment as usize]).then_some(next)
    }

    fn mention(&mut self, ops: &[Op], pc: u32, at: u32, forward: bool, mask: u32, slot: Option<u8>) -> Option<u32> {
        let view = self.view;
        let kept = self.captures;
        let mut try_one = |index: u32| {
            let mention = view.mentions.get(index as usize)?;
            let segments = mention.segments;
            if mask & bit(mention.kind) == 0 || segments.is_empty() || !self.sentence.covers(segments) {
                return None;
            }
            let next = if forward { segments.end } else { segments.start };
            if next.abs_diff(self.origin) >= WINDOW {
                return None;
            }
            if let Some(slot) = slot {
                self.captures[slot as usize] = Some(Capture { segments, mention: Some(index) });
            }
            let end = self.go(ops, pc + 1, next, forward);
            if end.is_none() {
                self.captures = kept;
            }
            end
        };
        if forward {
            if !view.segmentation.segments.is_empty() && (at as usize) < view.ids.len() {
                return view.starting(at).find_map(&mut try_one);
            }
            return None;
        }
        view.ending(at).iter().find_map(|&m| try_one(m))
    }

    fn cell(&self, pc: u32, at: u32) -> (usize, u64) {
        let bit = pc as usize * WINDOW as usize + (at.abs_diff(self.origin) % WINDOW) as usize;
        (bit / 64, 1 << (bit % 64))
    }

    fn has_failed(&mut self, ops: usize, pc: u32, at: u32) -> bool {
        if self.fresh {
            self.failed.clear();
            self.failed.resize(ops * WINDOW as usize / 64, 0);
            self.fresh = false;
        }
        let (word, mask) = self.cell(pc, at);
        self.failed[word] & mask != 0
    }

    fn fail(&mut self, pc: u32, at: u32) {
        let (word, mask) = self.cell(pc, at);
        self.failed[word] |= mask;
    }
}
