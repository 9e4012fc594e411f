//! Time expressions with TIMEX3 values.

mod date;

use crate::number::Number;
use crate::segment::Segmentation;
use crate::span::{Bytes, Segments, Span};

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeType {
    /// A calendar expression of a day or longer.
    Date,
    /// An expression shorter than a day.
    Time,
    /// A length of time.
    Duration,
    /// A repeated time.
    Set,
}

/// When a text was written, as exactly as known: year, year and month, or full date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentDate {
    /// Gregorian year.
    pub year: i16,
    /// Month 1-12.
    pub month: Option<i8>,
    /// Day 1-31; only with a month.
    pub day: Option<i8>,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpression {
    /// Where it stands.
    pub span: Span<Bytes>,
    /// The segments covered.
    pub segments: Span<Segments>,
    /// TIMEX3 type.
    pub kind: TimeType,
    /// TIMEX3 value (guidelines, section 3).
    pub value: String,
    /// First day that it can mean, where that can be told.
    pub earliest: Option<jiff::civil::Date>,
    /// Last day that it can mean.
    pub latest: Option<jiff::civil::Date>,
    /// `day`, `month`, `year`, …
    pub granularity: &'static str,
    /// TIMEX3 mod (`START`, `END`, `APPROX`, …).
    pub modifier: Option<&'static str>,
}

/// Finds the time expressions of a text, in text order, none inside another; relative ones are resolved against `date`.
pub fn parse_times(
    segmentation: &Segmentation<'_>,
    numbers: &[Number],
    date: Option<DocumentDate>,
) -> Vec<TimeExpression> {
    let _ = (segmentation, numbers, date);
    Vec::new()
}
