//! Quotations with their speakers.
//!
//! Words of saying ([`reporting`]), marks and colons propose where a quotation begins and ends (`candidate`), names and noun phrases
//! around the cue who speaks (`speaker`); two linear models decide (`decode`), taught by annotated news (`learn`).

mod attribution;
mod candidate;
mod decode;
#[cfg(feature = "train")]
pub mod learn;
pub mod reporting;
mod speaker;
mod view;

pub use attribution::{Attribution, attributions};

use crate::entity::Linked;
use crate::model::linear::Features;
use crate::model::{Scorer, Task};
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

/// Finds the quotations of a text, in text order, none overlapping another. A direct quotation of several sentences is one row
/// a sentence.
pub fn find_quotes(linked: Linked<'_>, scorer: &dyn Scorer) -> Vec<Quote> {
    let view = view::View::new(linked);
    let mut reader = scorer.read(linked.segmentation);
    if reader.classes(Task::Quote).is_empty() || reader.classes(Task::Speaker).is_empty() {
        return Vec::new();
    }
    let mut decoder =
        decode::Decoder { view: &view, reader: &mut *reader, features: Features::default(), scores: Vec::new() };
    decoder.quotes()
}
