//! Relations between entities.

use crate::entity::Linked;
use crate::model::Scorer;
use crate::span::{Bytes, Span};

/// Types of relations (guidelines, section 4), head to tail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
#[rustfmt::skip]
pub enum RelationType {
    Leads, WorksFor, HasTitle, CitizenOf, ChildOf, SiblingOf, SpouseOf, RelativeOf, BornIn, LivesIn, DiedIn, Succeeds,
    PartOf, AffiliatedCountry, BasedIn, LocatedIn, CapitalOf, FoundedBy, OwnedBy, Manufactures, Uses, Controls,
    Supports, Opposes, AlliedWith, PartyTo, ParticipatesIn,
}

/// A relation that the document holds to be true.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// Its type.
    pub kind: RelationType,
    /// Entity id of the head.
    pub head: u32,
    /// Entity id of the tail; None for `has_title`.
    pub tail: Option<u32>,
    /// The title, for `has_title`.
    pub tail_text: Option<String>,
    /// The evidence: from the first to the last word that tells it.
    pub span: Span<Bytes>,
    /// Name of the rule that proposed it.
    pub rule: String,
    /// Calibrated probability; None where no model gave one.
    pub confidence: Option<f32>,
    /// Whether it follows from other relations by an axiom.
    pub derived: bool,
}

/// Finds the relations of a text, each (type, head, tail) once.
pub fn find_relations(linked: Linked<'_>, scorer: &dyn Scorer) -> Vec<Relation> {
    let _ = (linked, scorer);
    Vec::new()
}
