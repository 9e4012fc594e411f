//! Numbers, in digits and words, with units.

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
    /// Its value in plain decimal notation (`1500`, `3.5`), exact; None where it is vague (عشرات).
    pub value: Option<String>,
    /// Currency (ISO 4217) or unit.
    pub unit: Option<String>,
    /// `approx`, `more_than`, `less_than`, …
    pub modifier: Option<String>,
}

/// Finds the numbers of a text, in text order, none inside another.
pub fn parse_numbers(segmentation: &Segmentation<'_>) -> Vec<Number> {
    let _ = segmentation;
    Vec::new()
}
