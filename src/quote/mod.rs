//! Quotations with their speakers.

use crate::entity::Linked;
use crate::model::Scorer;
use crate::span::{Bytes, Span};

/// How the words are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// Inside marks, or in the first person.
    Direct,
    /// A content clause after a cue (قال إن).
    Indirect,
}

/// A quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// What is said, marks left out.
    pub span: Span<Bytes>,
    /// Entity id of the speaker.
    pub speaker: Option<u32>,
    /// The words that stand for a speaker who is no entity (مصدر ليبي).
    pub speaker_text: Option<String>,
    /// The reporting verb or mark.
    pub cue: Option<Span<Bytes>>,
    /// How the words are given.
    pub kind: QuoteKind,
    /// Entity id of the medium that another paper quotes.
    pub via: Option<u32>,
}

/// Finds the quotations of a text, in text order.
pub fn find_quotes(linked: Linked<'_>, scorer: &dyn Scorer) -> Vec<Quote> {
    let _ = (linked, scorer);
    Vec::new()
}
