//! A text as quotations are looked for in it: words of saying, quotation marks, mentions at their places.

use super::reporting::{Form, Reporting, Shape};
use crate::entity::Linked;
use crate::mention::MentionType;
use crate::segment::{SegmentKind, TokenKind};
use crate::span::{Bytes, Segments, Span};

/// A pair of quotation marks, by segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marks {
    pub open: u32,
    pub close: u32,
}

pub(super) struct View<'a> {
    pub linked: Linked<'a>,
    /// For each segment: the word of saying that it is.
    pub cues: Vec<Option<Form>>,
    /// Outer pairs of marks, in order.
    pub marks: Vec<Marks>,
    /// For each segment, and one more: index of the first mention that starts at or after it.
    first_mention: Vec<u32>,
}

/// Longest quotation in marks, in segments; an unclosed mark goes no further.
const LONGEST: u32 = 600;

impl<'a> View<'a> {
    pub fn new(linked: Linked<'a>) -> Self {
        let s = linked.segmentation;
        let reporting = Reporting::shipped();
        let cues = (s.segments.iter().enumerate())
            .map(|(i, x)| (x.kind == SegmentKind::Stem).then(|| reporting.get(s, linked.words, i)).flatten())
            .collect();
        let mut first_mention = vec![0; s.segments.len() + 1];
        let mut next = 0;
        for (at, first) in first_mention.iter_mut().enumerate() {
            while linked.mentions.get(next).is_some_and(|m| (m.segments.start as usize) < at) {
                next += 1;
            }
            *first = next as u32;
        }
        let mut view = Self { linked, cues, marks: Vec::new(), first_mention };
        view.marks = view.pairs();
        view
    }

    pub fn form(&self, at: u32) -> &'a str {
        if (at as usize) < self.linked.segmentation.segments.len() {
            self.linked.segmentation.form(at as usize)
        } else {
            ""
        }
    }

    pub fn form_before(&self, at: u32, back: u32) -> &'a str {
        at.checked_sub(back).map_or("", |i| self.form(i))
    }

    pub fn cue(&self, at: u32) -> Option<Form> {
        self.cues.get(at as usize).copied().flatten()
    }

    fn surface(&self, at: u32) -> &'a str {
        let s = self.linked.segmentation;
        s.segments.get(at as usize).map_or("", |x| &s.text[x.span.range()])
    }

    pub fn is_punctuation(&self, at: u32) -> bool {
        let s = self.linked.segmentation;
        s.segments.get(at as usize).is_some_and(|x| s.tokens[x.token as usize].kind == TokenKind::Punctuation)
    }

    pub fn is_enclitic(&self, at: u32) -> bool {
        self.linked.segmentation.segments.get(at as usize).is_some_and(|x| x.kind == SegmentKind::Enclitic)
    }

    /// The indices of the mentions that start in a span.
    pub fn mentions(&self, span: Span<Segments>) -> std::ops::Range<usize> {
        let last = self.first_mention.len() - 1;
        let at = |i: u32| self.first_mention[(i as usize).min(last)] as usize;
        at(span.start)..at(span.end)
    }

    /// Whether a mention of a name or post starts here.
    pub fn named(&self, at: u32) -> Option<u32> {
        let found = self.mentions(Span::new(at, at + 1)).map(|i| &self.linked.mentions[i]);
        found.filter(|m| speaks(m.kind)).map(|m| m.segments.end).max()
    }

    /// Whether the white space around a straight mark makes it an opening one (true) or a closing one (false).
    fn turn(&self, at: u32) -> Option<bool> {
        let s = self.linked.segmentation;
        let segment = |i: u32| s.segments.get(i as usize);
        let here = segment(at)?.span;
        let before = at.checked_sub(1).and_then(segment);
        let left = before.filter(|b| b.span.end == here.start);
        let right = segment(at + 1).is_some_and(|a| a.span.start == here.end && !self.is_punctuation(at + 1));
        match left {
            // و"…" and ("…").
            Some(b) if b.kind == SegmentKind::Proclitic || self.is_punctuation(at - 1) && right => Some(true),
            None if right => Some(true),
            Some(_) if !right => Some(false),
            _ => None,
        }
    }

    /// The outer pairs of marks of the text.
    fn pairs(&self) -> Vec<Marks> {
        let mut pairs = Vec::new();
        // Turned marks nest; straight ones open and close in turn, within a paragraph.
        let (mut stack, mut straight): (Vec<u32>, Option<u32>) = (Vec::new(), None);
        let s = self.linked.segmentation;
        for at in 0..s.segments.len() as u32 {
            if !self.is_punctuation(at) {
                continue;
            }
            let before = at.checked_sub(1).map_or(0, |b| s.segments[b as usize].span.end as usize);
            let gap = &s.text[before..s.segments[at as usize].span.start as usize];
            if gap.contains('\n') {
                straight = None;
            }
            match self.surface(at) {
                "«" | "“" | "„" => stack.push(at),
                "»" | "”" => {
                    if let Some(open) = stack.pop().filter(|o| at - o <= LONGEST) {
                        pairs.push(Marks { open, close: at });
                    }
                }
                "\"" | "″" | "''" => {
                    let turn = self.turn(at);
                    let open = straight.take().filter(|o| turn != Some(true) && at - o <= LONGEST);
                    match open {
                        Some(open) => pairs.push(Marks { open, close: at }),
                        None if turn != Some(false) => straight = Some(at),
                        None => {}
                    }
                }
                _ => {}
            }
            if stack.len() > 64 {
                stack.clear();
            }
        }
        pairs.sort_by_key(|p| (p.open, std::cmp::Reverse(p.close)));
        // Only outer ones part what is said from what is not.
        let mut outer: Vec<Marks> = Vec::new();
        for pair in pairs {
            if outer.last().is_none_or(|o| pair.open > o.close) {
                outer.push(pair);
            }
        }
        outer
    }

    /// The pair that opens at a segment.
    pub fn opens(&self, at: u32) -> Option<Marks> {
        self.marks.binary_search_by_key(&at, |m| m.open).ok().map(|i| self.marks[i])
    }

    /// The pair around a segment.
    pub fn inside(&self, at: u32) -> Option<Marks> {
        let i = self.marks.partition_point(|m| m.open < at).checked_sub(1)?;
        Some(self.marks[i]).filter(|m| m.open < at && at < m.close)
    }

    /// A span without the punctuation and white space at its ends.
    pub fn trim(&self, span: Span<Segments>) -> Span<Segments> {
        let (mut start, mut end) = (span.start, span.end);
        let bracket = |at| matches!(self.form(at), ")" | "(" | "%");
        while start < end && self.is_punctuation(start) && !bracket(start) {
            start += 1;
        }
        while end > start && self.is_punctuation(end - 1) && !bracket(end - 1) {
            end -= 1;
        }
        Span::new(start, end)
    }

    /// A span with the closing mark of a pair that opens in it, where that stands before `limit`.
    pub fn closed(&self, span: Span<Segments>, limit: u32) -> Span<Segments> {
        let last = self.marks.partition_point(|m| m.open < span.end).checked_sub(1).map(|i| self.marks[i]);
        match last.filter(|m| m.open >= span.start && m.close >= span.end && m.close < limit) {
            Some(marks) => Span::new(span.start, marks.close + 1),
            None => span,
        }
    }

    pub fn bytes(&self, span: Span<Segments>) -> Span<Bytes> {
        self.linked.segmentation.bytes(span)
    }

    /// A participle that goes on with the report (مضيفا), or a verb of saying after و.
    pub fn reports_on(&self, at: u32) -> bool {
        let is = |at, shapes: &[Shape]| self.cue(at).is_some_and(|c| shapes.contains(&c.shape));
        let joined = matches!(self.form(at), "و" | "ف" | "كما");
        is(at, &[Shape::Participle]) || joined && is(at + 1, &[Shape::Participle, Shape::Perfect])
    }
}

/// Types of mentions that can speak.
pub(super) fn speaks(kind: MentionType) -> bool {
    use MentionType::{Event, Fac, Gpe, Law, Loc, Norp, Occ, Org, Pers, Product};
    matches!(kind, Pers | Norp | Occ | Org | Gpe | Loc | Fac | Law | Product | Event)
}
