//! Mentions: spans that name something.
//!
//! A tagger in two passes, both linear chains over the features of each segment (`features`): the first reads sentence by
//! sentence, the second sees besides what the first found in the whole document (`memory`). Three layers of tags (`tags`)
//! let mentions nest. `khabar-train mention` trains it; `src/data/models/mention.md` tells from what and how well it does.

pub(crate) mod chain;
pub(crate) mod features;
pub(crate) mod memory;
mod merge;
mod own;
pub(crate) mod tagger;
pub(crate) mod tags;

use crate::lexicon::Hits;
use crate::model::Scorer;
use crate::model::clusters::Clusters;
use crate::number::Number;
use crate::segment::Segmentation;
use crate::span::{Bytes, Segments, Span};
use crate::time::TimeExpression;

/// Types of mentions (guidelines, section 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
#[rustfmt::skip]
pub enum MentionType {
    Pers, Norp, Occ, Org, Gpe, Loc, Fac, Event, Law, Product,
    Date, Time, Money, Percent, Quantity, Cardinal, Ordinal, Language, Website,
}

/// A span that names something.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Where it stands, clitics left out.
    pub span: Span<Bytes>,
    /// The segments covered.
    pub segments: Span<Segments>,
    /// Its type.
    pub kind: MentionType,
    /// TIMEX3 value of DATE and TIME, plain decimal of numbers.
    pub value: Option<String>,
    /// Id of its entity; given by linking.
    pub entity: Option<u32>,
    /// Calibrated probability that it is right; None where no model gave one.
    pub confidence: Option<f32>,
}

/// Finds the mentions of a text, ordered by start, longer ones first; nested ones included, none crosses another.
/// The number and time stages' findings guide the tagger and give values; the user's names stand as their priorities say. Without a model there are only these findings.
///
/// ```
/// use khabar::{Context, analyze, mention::MentionType};
/// let document = analyze("استقبل رئيس الجمهورية التونسية قيس سعيد وفدا من البنك الدولي.", Context::default())?;
/// let spans = document.mentions.windows(2).map(|m| (m[0].span, m[1].span));
/// assert!(spans.into_iter().all(|(a, b)| a.start <= b.start && (a.covers(b) || a.end <= b.start)));
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn find_mentions(
    segmentation: &Segmentation<'_>,
    hits: &Hits,
    numbers: &[Number],
    times: &[TimeExpression],
    scorer: &dyn Scorer,
) -> Vec<Mention> {
    let mut reader = scorer.read(segmentation);
    let found = match (tagger::Tagger::new(&mut *reader), Clusters::shipped()) {
        (Some(tagger), Ok(clusters)) => {
            let words = features::words(segmentation, hits, numbers, times, clusters);
            tagger.find(segmentation, &words)
        }
        // A damaged table of clusters cannot get here: the scorer is not made without it.
        _ => Vec::new(),
    };
    let mut mentions = merge::merge(segmentation, found, numbers, times);
    own::apply(segmentation, hits, numbers, times, &mut mentions);
    mentions
}

/// As [`find_mentions`], of what a tagger of the user's own found, in text order: none overlaps another.
pub(crate) fn mentions_of(
    segmentation: &Segmentation<'_>,
    found: impl Iterator<Item = (Span<Segments>, MentionType, f32)>,
    hits: &Hits,
    numbers: &[Number],
    times: &[TimeExpression],
) -> Vec<Mention> {
    let mut mentions = merge::fill(segmentation, found, numbers, times);
    own::apply(segmentation, hits, numbers, times, &mut mentions);
    mentions
}
