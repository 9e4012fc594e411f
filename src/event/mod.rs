//! Events: who did what to whom, where, when, and who says so.

mod argument;
mod candidate;
#[cfg(feature = "train")]
mod compile;
mod decode;
mod frame;
#[cfg(feature = "train")]
mod inflect;
#[cfg(feature = "train")]
pub mod learn;
mod predicates;
mod source;
mod status;
mod view;

#[cfg(feature = "train")]
pub use compile::compile;
pub use decode::Thresholds;

use crate::entity::Linked;
use crate::model::Scorer;
use crate::quote::Quote;
use crate::span::{Bytes, Span};

/// PLOVER's classes (guidelines, section 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
#[rustfmt::skip]
pub enum EventType {
    Consult, Agree, Support, Cooperate, Aid, Concede, Retreat, Request,
    Accuse, Reject, Threaten, Protest, Sanction, Mobilize, Coerce, Assault,
}

/// How real an event is told to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
#[rustfmt::skip]
pub enum Status { Occurred, Ongoing, Planned, Possible, Denied }

/// To whom a report is attributed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// An entity of the document, by id.
    Entity(u32),
    /// Words that stand for an unnamed one (مصادر مطلعة).
    Text(String),
}

/// An event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// PLOVER class.
    pub kind: EventType,
    /// Sub-class as the predicate lexicon names it (`visit`, `air-strike`).
    pub mode: Option<String>,
    /// The word of the fullest report.
    pub trigger: Span<Bytes>,
    /// All words that tell of it, the fullest report's among them, in text order.
    pub triggers: Vec<Span<Bytes>>,
    /// Entity ids of those who act.
    pub actors: Vec<u32>,
    /// Entity ids of those whom it is done to.
    pub recipients: Vec<u32>,
    /// Entity id of the place.
    pub place: Option<u32>,
    /// Index of the DATE or TIME mention.
    pub time: Option<u32>,
    /// The TIMEX3 value of that mention.
    pub date: Option<String>,
    /// How real.
    pub status: Status,
    /// Who says so.
    pub sources: Vec<Source>,
    /// The evidence: the clause that tells it.
    pub span: Span<Bytes>,
    /// Name of the frame or rule that proposed it.
    pub rule: String,
    /// Calibrated probability; None where no model gave one.
    pub confidence: Option<f32>,
}

/// Finds the events of a text, in order of their triggers; quotations tell who says so.
pub fn find_events(linked: Linked<'_>, quotes: &[Quote], scorer: &dyn Scorer) -> Vec<Event> {
    let view = view::View::new(linked);
    let mut reader = scorer.read(linked.segmentation);
    decode::decode(&view, quotes, &mut *reader, Thresholds::default())
}
