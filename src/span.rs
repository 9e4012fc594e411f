//! Where things stand in a text.
//!
//! A [`Span`] counts in one unit, and the unit is part of its type: bytes of the text as given ([`Bytes`], the default),
//! tokens ([`Tokens`]) or segments ([`Segments`]). A span of one unit cannot be used for another by mistake.
//! Python sees code points; [`CodePoints`] converts.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

/// Unit: bytes of the UTF-8 text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bytes {}
/// Unit: tokens of a [`Segmentation`](crate::segment::Segmentation).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tokens {}
/// Unit: segments (words cut at their clitics) of a [`Segmentation`](crate::segment::Segmentation).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Segments {}

/// A half-open range `start..end` counted in `U`. Ordered by start, then by end.
#[derive(PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span<U = Bytes> {
    /// First position of the span.
    pub start: u32,
    /// First position after the span.
    pub end: u32,
    unit: PhantomData<fn() -> U>,
}

impl<U> Clone for Span<U> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<U> Copy for Span<U> {}

impl<U> fmt::Debug for Span<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl<U> Default for Span<U> {
    fn default() -> Self {
        Self::new(0, 0)
    }
}

impl<U> Span<U> {
    /// The span `start..end`; an end before the start gives an empty span at the start.
    ///
    /// ```
    /// use khabar::span::Span;
    /// let span: Span = Span::new(2, 5);
    /// assert_eq!((span.len(), span.contains(4), span.contains(5)), (3, true, false));
    /// ```
    #[inline]
    pub const fn new(start: u32, end: u32) -> Self {
        let end = if end < start { start } else { end };
        Self { start, end, unit: PhantomData }
    }

    /// As [`Span::new`], from `usize`. Texts are at most 4 GiB (checked where a text enters), so nothing is lost.
    #[inline]
    pub const fn of(start: usize, end: usize) -> Self {
        Self::new(start as u32, end as u32)
    }

    /// Number of units covered.
    #[inline]
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether nothing is covered.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range of `usize`, for slicing.
    #[inline]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the position lies inside.
    #[inline]
    pub const fn contains(self, position: u32) -> bool {
        self.start <= position && position < self.end
    }

    /// Whether `other` lies wholly inside (or is the same).
    #[inline]
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a unit.
    #[inline]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[inline]
    pub fn join(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// Converts byte offsets of one text into code point offsets and back, in constant time and little memory:
/// a milestone every 64 bytes, counted on from there.
pub struct CodePoints<'t> {
    text: &'t [u8],
    /// Code points before byte `64 * i`; empty where the text is ASCII and both counts agree.
    milestones: Vec<u32>,
}

const STEP: usize = 64;

/// Bytes that start a code point.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| (b as i8) >= -0x40).count()
}

impl<'t> CodePoints<'t> {
    /// Reads the text once.
    pub fn new(text: &'t str) -> Self {
        let text = text.as_bytes();
        if text.is_ascii() {
            return Self { text, milestones: Vec::new() };
        }
        let mut milestones = Vec::with_capacity(text.len() / STEP + 1);
        let mut total = 0;
        for block in text.chunks(STEP) {
            milestones.push(total as u32);
            total += count(block);
        }
        Self { text, milestones }
    }

    /// The number of code points before byte `offset` (which must lie on a code point's border; past the end counts as the end).
    ///
    /// ```
    /// use khabar::span::CodePoints;
    /// let text = "في 😀 ليبيا";
    /// let points = CodePoints::new(text);
    /// assert_eq!(points.from_byte(text.find('ل').unwrap()), 5);
    /// assert_eq!(points.to_byte(5), text.find('ل').unwrap());
    /// ```
    pub fn from_byte(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        if self.milestones.is_empty() {
            return offset;
        }
        let block = (offset / STEP).min(self.milestones.len() - 1);
        self.milestones[block] as usize + count(&self.text[block * STEP..offset])
    }

    /// The byte offset of code point number `index`; past the end gives the end.
    pub fn to_byte(&self, index: usize) -> usize {
        if self.milestones.is_empty() {
            return index.min(self.text.len());
        }
        let block = self.milestones.partition_point(|&m| m as usize <= index).saturating_sub(1);
        let mut left = index - self.milestones[block] as usize;
        for (i, &b) in self.text.iter().enumerate().skip(block * STEP) {
            if (b as i8) >= -0x40 {
                if left == 0 {
                    return i;
                }
                left -= 1;
            }
        }
        self.text.len()
    }

    /// A byte span as (start, end) in code points.
    pub fn span(&self, span: Span) -> (usize, usize) {
        (self.from_byte(span.start as usize), self.from_byte(span.end as usize))
    }
}
