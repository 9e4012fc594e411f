//! Time expressions with TIMEX3 values.
//!
//! Words and rules stand in `data/rules/time.toml`: `words` types the segments of a text (a month, a weekday, a unit), patterns over
//! typed words find expressions bottom-up, `value` gives each its TIMEX3 value (ISO 8601 with `X` for what cannot be told).

mod date;
mod grammar;
mod pattern;
mod value;
mod words;

use crate::number::Number;
use crate::segment::Segmentation;
use crate::span::{Bytes, Segments, Span};
use grammar::{Found, Grammar};

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
    /// TIMEX3 mod (`START`, `MID`, `END`).
    pub modifier: Option<&'static str>,
}

impl TimeExpression {
    /// Whether it is an hour, a part of a day, or a length shorter than a day: a TIME mention, all others being DATE.
    pub fn within_day(&self) -> bool {
        matches!(self.granularity, "hour" | "minute" | "second" | "part_of_day")
    }
}

/// Finds the time expressions of a text, in text order, none inside another; relative ones are resolved against `date`.
///
/// ```
/// use khabar::{number::parse_numbers, segment::segment, time::parse_times};
/// let text = segment("يعقد الاجتماع يومي 22 و23 أكتوبر/تشرين الأول المقبل بعد لقاء أمس")?;
/// let times = parse_times(&text, &parse_numbers(&text), Some("2024-06-15".parse()?));
/// assert_eq!(times[0].value, "2024-10-22/2024-10-23");
/// assert_eq!((text.surface(times[1].span), times[1].value.as_str()), ("أمس", "2024-06-14"));
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn parse_times(
    segmentation: &Segmentation<'_>,
    numbers: &[Number],
    date: Option<DocumentDate>,
) -> Vec<TimeExpression> {
    let grammar = Grammar::shipped();
    let atoms = grammar.atoms(segmentation, numbers, 0..segmentation.segments.len());
    let found = grammar.find(segmentation, &atoms, value::Base::new(date));
    found.into_iter().map(|f| expression(segmentation, f)).collect()
}

/// The value of a span that is known to be a time (found by other means), as [`parse_times`] would give it: of the longest
/// expression that starts with the span, or else of the first one inside it. None where there is none.
///
/// ```
/// use khabar::{number::parse_numbers, segment::segment, span::Span, time::value_of};
/// let text = segment("وصل يوم أمس")?;
/// let value = value_of(&text, &parse_numbers(&text), Span::new(1, 3), Some("2024-06-15".parse()?));
/// assert_eq!(value.unwrap().value, "2024-06-14");
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn value_of(
    segmentation: &Segmentation<'_>,
    numbers: &[Number],
    segments: Span<Segments>,
    date: Option<DocumentDate>,
) -> Option<TimeExpression> {
    let grammar = Grammar::shipped();
    let limit = segments.end.min(segmentation.segments.len() as u32);
    // Two segments before it tell whether a preposition stands there.
    let atoms = grammar.atoms(segmentation, numbers, segments.start.saturating_sub(2) as usize..limit as usize);
    let mut scratch = Vec::new();
    (segments.start..limit).find_map(|start| {
        let (end, value) = grammar.longest(&atoms, start, limit, value::Base::new(date), &mut scratch)?;
        Some(expression(segmentation, Found { segments: Span::new(start, end), value: value? }))
    })
}

fn expression(segmentation: &Segmentation<'_>, found: Found) -> TimeExpression {
    let (earliest, latest) = value::bounds(&found.value.text);
    TimeExpression {
        span: segmentation.bytes(found.segments),
        segments: found.segments,
        kind: found.value.kind,
        granularity: value::granularity(&found.value.text),
        value: found.value.text,
        earliest,
        latest,
        modifier: found.value.modifier,
    }
}
