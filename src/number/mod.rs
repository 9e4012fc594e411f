//! Numbers, in digits and words, with units.
//!
//! The words stand in `data/rules/number.toml`. Numbers are exact: digits and words become plain decimals, never floats.

mod decimal;
mod digits;
mod kinds;
mod read;
mod words;

use crate::segment::Segmentation;
use crate::span::{Bytes, Segments, Span};

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberKind {
    /// How many.
    Cardinal,
    /// Which one in a row.
    Ordinal,
    /// A share of a hundred.
    Percent,
    /// An amount of money.
    Money,
    /// A measure with a unit.
    Quantity,
}

/// A number expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Where it stands, by the guidelines for mentions of its kind (unit inside for MONEY, PERCENT, QUANTITY; alone for the rest).
    pub span: Span<Bytes>,
    /// The segments covered.
    pub segments: Span<Segments>,
    /// What it counts.
    pub kind: NumberKind,
    /// Its value in plain decimal notation (`1500`, `3.5`), exact; None where it is vague (عشرات). Of a range, its first number.
    pub value: Option<String>,
    /// Currency (ISO 4217) or unit.
    pub unit: Option<String>,
    /// `approx`, `more_than`, `less_than`, `at_least`, `at_most`.
    pub modifier: Option<String>,
}

/// Finds the numbers of a text, in text order, none inside another. Dates and hours in digits are left to
/// [`parse_times`](crate::time::parse_times), which also reads many of these numbers as parts of times.
///
/// ```
/// use khabar::{number::{parse_numbers, NumberKind}, segment::segment};
/// let text = segment("خصصت الحكومة 5ر3 مليون دينار ليبي لنحو 1٬200 أسرة.")?;
/// let numbers = parse_numbers(&text);
/// assert_eq!(text.surface(numbers[0].span), "5ر3 مليون دينار ليبي");
/// assert_eq!(numbers[0].kind, NumberKind::Money);
/// assert_eq!(numbers[0].unit.as_deref(), Some("LYD"));
/// assert_eq!((numbers[1].value.as_deref(), numbers[1].modifier.as_deref()), (Some("1200"), Some("approx")));
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn parse_numbers(segmentation: &Segmentation<'_>) -> Vec<Number> {
    kinds::find(segmentation)
}
