//! Where each part of a normalized text stood in the text as given.
//!
//! Most characters keep their place among their neighbours, so an alignment lists only the places where lengths differ;
//! between two of them offsets run alike on both sides. Look-ups are binary searches.

use std::ops::Range;

use crate::span::CodePoints;

/// A stretch of the source that became a stretch of another length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Edit {
    source_start: u32,
    source_end: u32,
    target_start: u32,
    target_end: u32,
    /// What was dropped belongs to the character before it, as a vowel sign does.
    attached: bool,
}

impl Edit {
    const fn is_deletion(&self) -> bool {
        self.target_start == self.target_end
    }
}

/// Offsets of a source text and of a target text made from it, matched both ways.
///
/// The unit is that of the texts it was made for: bytes of UTF-8 in Rust, code points in Python. All look-ups are monotone, and offsets
/// past the end of a text count as its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    edits: Vec<Edit>,
    source_len: u32,
    target_len: u32,
}

impl Alignment {
    /// The alignment of a text of a length with itself.
    pub const fn identity(len: u32) -> Self {
        Self { edits: Vec::new(), source_len: len, target_len: len }
    }

    /// Length of the source.
    pub const fn source_len(&self) -> usize {
        self.source_len as usize
    }

    /// Length of the target.
    pub const fn target_len(&self) -> usize {
        self.target_len as usize
    }

    /// The stretches whose lengths differ, in order, each as (range in the source, range in the target).
    /// Outside them the two texts have as many units and as many characters.
    pub fn edits(&self) -> impl ExactSizeIterator<Item = (Range<usize>, Range<usize>)> + '_ {
        self.edits
            .iter()
            .map(|e| (e.source_start as usize..e.source_end as usize, e.target_start as usize..e.target_end as usize))
    }

    /// Where in the source the character at `offset` of the target begins; inside what one edit made, where that edit begins.
    pub fn to_source(&self, offset: usize) -> usize {
        if offset >= self.target_len() {
            return self.source_len();
        }
        let offset = offset as u32;
        let after = self.edits.partition_point(|e| e.target_start <= offset);
        let Some(edit) = after.checked_sub(1).map(|i| self.edits[i]) else { return offset as usize };
        if offset < edit.target_end {
            edit.source_start as usize
        } else {
            (edit.source_end + (offset - edit.target_end)) as usize
        }
    }

    /// Where in the target the character at `offset` of the source came to stand; for a dropped one, where the next begins.
    pub fn to_target(&self, offset: usize) -> usize {
        if offset >= self.source_len() {
            return self.target_len();
        }
        let offset = offset as u32;
        let after = self.edits.partition_point(|e| e.source_start <= offset);
        let Some(edit) = after.checked_sub(1).map(|i| self.edits[i]) else { return offset as usize };
        if offset < edit.source_end {
            edit.target_start as usize
        } else {
            (edit.target_end + (offset - edit.source_end)) as usize
        }
    }

    /// The stretch of the source that a stretch of the target was made from, with the vowel signs dropped from its last character.
    /// An empty stretch stays empty.
    pub fn source_span(&self, target: Range<usize>) -> Range<usize> {
        let start = self.to_source(target.start);
        if target.end <= target.start {
            return start..start;
        }
        let end = target.end.min(self.target_len()) as u32;
        let mut next = self.edits.partition_point(|e| e.target_end < end);
        let mut at = match self.edits.get(next) {
            Some(edit) if edit.target_start < end => {
                next += 1;
                edit.source_end
            }
            _ => match next.checked_sub(1).map(|i| self.edits[i]) {
                Some(before) => before.source_end + (end - before.target_end),
                None => end,
            },
        };
        while let Some(edit) = self.edits.get(next)
            && edit.attached
            && edit.is_deletion()
            && edit.target_start == end
            && edit.source_start == at
        {
            at = edit.source_end;
            next += 1;
        }
        start..(at as usize).max(start)
    }

    /// The stretch of the target that a stretch of the source became; empty where all of it was dropped.
    pub fn target_span(&self, source: Range<usize>) -> Range<usize> {
        let start = self.to_target(source.start);
        if source.end <= source.start {
            return start..start;
        }
        let end = source.end.min(self.source_len()) as u32;
        let next = self.edits.partition_point(|e| e.source_end < end);
        let at = match self.edits.get(next) {
            Some(edit) if edit.source_start < end => edit.target_end,
            _ => match next.checked_sub(1).map(|i| self.edits[i]) {
                Some(before) => before.target_end + (end - before.source_end),
                None => end,
            },
        };
        start..(at as usize).max(start)
    }

    /// The same alignment counted in code points, from one counted in bytes, given those of its source and of its target.
    /// Edits that change only the number of bytes vanish.
    #[must_use]
    pub fn in_code_points(&self, source: &CodePoints<'_>, target: &CodePoints<'_>) -> Self {
        let from = |at: u32| source.from_byte(at as usize) as u32;
        let to = |at: u32| target.from_byte(at as usize) as u32;
        let edits = self.edits.iter().map(|e| Edit {
            source_start: from(e.source_start),
            source_end: from(e.source_end),
            target_start: to(e.target_start),
            target_end: to(e.target_end),
            attached: e.attached,
        });
        let single = |e: &Edit| e.source_end - e.source_start == 1 && e.target_end - e.target_start == 1;
        Self {
            edits: edits.filter(|e| !single(e)).collect(),
            source_len: from(self.source_len),
            target_len: to(self.target_len),
        }
    }

    /// The alignment of this one's source with the target of `next`, whose source is this one's target.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        let (first, second) = (&self.edits, &next.edits);
        let mut joined = Self {
            edits: Vec::with_capacity(first.len() + second.len()),
            source_len: self.source_len,
            target_len: next.target_len,
        };
        let (mut i, mut j) = (0, 0);
        // What to add to an offset of the text between to get the source's and the target's, past the edits done so far.
        let (mut to_source, mut to_target) = (0i64, 0i64);
        while i < first.len() || j < second.len() {
            // The next edit on either side, with all that overlaps it in the text between.
            let before = (i, j);
            let (mut start, mut end) = match (first.get(i), second.get(j)) {
                (Some(a), Some(b)) if b.source_end <= a.target_start && b.source_start < a.target_end => {
                    (b.source_start, b.source_end)
                }
                (Some(a), Some(b)) if b.source_start < a.target_start => (b.source_start, b.source_end),
                (Some(a), _) => (a.target_start, a.target_end),
                (None, Some(b)) => (b.source_start, b.source_end),
                (None, None) => break,
            };
            let from_second = first.get(i).is_none_or(|a| (a.target_start, a.target_end) != (start, end));
            if from_second {
                j += 1;
            } else {
                i += 1;
            }
            loop {
                if let Some(a) = first.get(i)
                    && a.target_start < end
                    && a.target_end > start
                {
                    (start, end) = (start.min(a.target_start), end.max(a.target_end));
                    i += 1;
                } else if let Some(b) = second.get(j)
                    && b.source_start < end
                    && b.source_end > start
                {
                    (start, end) = (start.min(b.source_start), end.max(b.source_end));
                    j += 1;
                } else {
                    break;
                }
            }
            let offset = |base: u32, shift: i64| (i64::from(base) + shift) as u32;
            let (source_start, target_start) = (offset(start, to_source), offset(start, to_target));
            if i > before.0 {
                to_source = i64::from(first[i - 1].source_end) - i64::from(first[i - 1].target_end);
            }
            if j > before.1 {
                to_target = i64::from(second[j - 1].target_end) - i64::from(second[j - 1].source_end);
            }
            let attached = first[before.0..i].iter().chain(&second[before.1..j]).all(|e| e.attached);
            joined.edits.push(Edit {
                source_start,
                source_end: offset(end, to_source),
                target_start,
                target_end: offset(end, to_target),
                attached,
            });
        }
        joined
    }
}

/// What takes note of edits while a text is written.
pub(super) trait Record {
    /// Whether anything is noted at all.
    const ON: bool;
    /// The target from `target_start` to its present end `target_end` stands for the source up to `source_end`; takes in
    /// whatever was noted of that part of the target before.
    fn record(&mut self, target_start: usize, target_end: usize, source_end: usize, attached: bool);
}

/// Takes no notes.
pub(super) struct Nothing;

impl Record for Nothing {
    const ON: bool = false;

    #[inline(always)]
    fn record(&mut self, _: usize, _: usize, _: usize, _: bool) {}
}

impl Record for Alignment {
    const ON: bool = true;

    #[inline]
    fn record(&mut self, target_start: usize, target_end: usize, source_end: usize, attached: bool) {
        let (mut target_start, target_end, source_end) = (target_start as u32, target_end as u32, source_end as u32);
        while let Some(last) = self.edits.last()
            && last.target_end > target_start
        {
            target_start = target_start.min(last.target_start);
            self.edits.pop();
        }
        let source_start = match self.edits.last_mut() {
            // Dropped one after the other.
            Some(last)
                if last.is_deletion()
                    && target_start == target_end
                    && last.target_end == target_start
                    && last.attached == attached =>
            {
                last.source_end = source_end;
                return;
            }
            Some(last) => last.source_end + (target_start - last.target_end),
            None => target_start,
        };
        self.edits.push(Edit { source_start, source_end, target_start, target_end, attached });
    }
}

impl Alignment {
    /// Closes the notes of a text that has been written.
    pub(super) fn finish(mut self, source_len: usize, target_len: usize) -> Self {
        self.source_len = source_len as u32;
        self.target_len = target_len as u32;
        self
    }
}

/// A normalized text and its alignment with the text as given; offsets are bytes.
///
/// ```
/// use khabar::normalize::{Options, normalize_aligned};
///
/// let text = "قالَ الرَّئيسُ";
/// let normalized = normalize_aligned(text, &Options::search())?;
/// assert_eq!(normalized.text(), "قال الرئيس");
/// let word = normalized.text().find("الرئيس").unwrap();
/// assert_eq!(&text[normalized.original_span(word..normalized.text().len())], "الرَّئيسُ");
/// # Ok::<(), khabar::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Normalized {
    pub(super) text: String,
    pub(super) alignment: Alignment,
}

impl Normalized {
    /// The normalized text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The normalized text, without its alignment.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The alignment: its source is the text as given, its target the normalized one.
    pub const fn alignment(&self) -> &Alignment {
        &self.alignment
    }

    /// Where in the text as given the character at byte `offset` of the normalized text begins.
    pub fn to_original(&self, offset: usize) -> usize {
        self.alignment.to_source(offset)
    }

    /// Where in the normalized text the character at byte `offset` of the text as given came to stand.
    pub fn to_normalized(&self, offset: usize) -> usize {
        self.alignment.to_target(offset)
    }

    /// The bytes of the text as given that a stretch of the normalized text was made from ([`Alignment::source_span`]).
    pub fn original_span(&self, normalized: Range<usize>) -> Range<usize> {
        self.alignment.source_span(normalized)
    }

    /// The bytes of the normalized text that a stretch of the text as given became ([`Alignment::target_span`]).
    pub fn normalized_span(&self, original: Range<usize>) -> Range<usize> {
        self.alignment.target_span(original)
    }
}
