//! How right the tags are.

use std::collections::HashMap;

use crate::error::Result;
use crate::morph::Pos;
use crate::morph::tagger::training::Tagger;
use crate::segment::segment;
use crate::train::conllu::Annotated;

/// How many of what were right.
#[derive(Clone, Debug, Default)]
pub struct Measure {
    /// Segments annotated.
    pub all: usize,
    /// Of them rightly tagged where the segments are the annotated ones.
    pub right: usize,
    /// Segments that the segmenter gives.
    pub own: usize,
    /// Of them those that are annotated so.
    pub same: usize,
    /// Of these those rightly tagged.
    pub own_right: usize,
    /// Wrong tags of annotated segments: (right, own) with the words.
    pub wrong: HashMap<(Pos, Pos), Vec<String>>,
}

impl Measure {
    /// Adds another part's numbers.
    pub fn add(&mut self, other: Self) {
        self.all += other.all;
        self.right += other.right;
        self.own += other.own;
        self.same += other.same;
        self.own_right += other.own_right;
        for (tags, words) in other.wrong {
            self.wrong.entry(tags).or_default().extend(words);
        }
    }

    /// Percent of annotated segments rightly tagged.
    pub fn accuracy(&self) -> f64 {
        100.0 * self.right as f64 / self.all.max(1) as f64
    }

    /// Percent of the segmenter's segments rightly tagged, where they are the annotated ones.
    pub fn same(&self) -> f64 {
        100.0 * self.own_right as f64 / self.same.max(1) as f64
    }

    /// Percent of segments, harmonic mean of precision and recall, that the segmenter cuts and the tagger tags as annotated.
    pub fn f1(&self) -> f64 {
        200.0 * self.own_right as f64 / (self.all + self.own).max(1) as f64
    }
}

/// Measures the shipped tagger.
///
/// # Errors
/// As [`segment`](crate::segment::segment()).
pub fn shipped<'a>(sentences: impl Iterator<Item = &'a Annotated>) -> Result<Measure> {
    of(Tagger::shipped()?, sentences)
}

/// Measures a tagger.
pub(super) fn of<'a>(tagger: &Tagger, sentences: impl Iterator<Item = &'a Annotated>) -> Result<Measure> {
    let mut measure = Measure::default();
    for sentence in sentences {
        let cut = sentence.segmentation()?;
        let tags = tagger.tag(&cut);
        measure.all += tags.len();
        for (i, (piece, &tag)) in sentence.pieces.iter().zip(&tags).enumerate() {
            if piece.pos == tag {
                measure.right += 1;
                continue;
            }
            let around = |at: std::ops::Range<usize>| {
                let pieces = sentence.pieces.get(at).unwrap_or_default();
                pieces.iter().map(|p| &sentence.text[p.span.range()]).collect::<Vec<_>>().join(" ")
            };
            let end = (i + 4).min(tags.len());
            let shown = format!("{} [{}] {}", around(i.saturating_sub(3)..i), around(i..i + 1), around(i + 1..end));
            measure.wrong.entry((piece.pos, tag)).or_default().push(shown);
        }
        let own = segment(&sentence.text)?;
        let tags = tagger.tag(&own);
        let gold: HashMap<_, _> = sentence.pieces.iter().map(|p| (p.span, p.pos)).collect();
        measure.own += tags.len();
        for (segment, tag) in own.segments.iter().zip(&tags) {
            let right = gold.get(&segment.span);
            measure.same += usize::from(right.is_some());
            measure.own_right += usize::from(right == Some(tag));
        }
    }
    Ok(measure)
}
