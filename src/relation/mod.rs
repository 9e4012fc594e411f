//! Relations between entities: who leads, works for, lives in, belongs to, supports whom or what.
//!
//! Knowledge proposes: pairs of entities that stand in one sentence and whose types fit a relation (schema.rs), and the posts
//! told of persons. Rules (`src/data/rules/relation.toml`, and the forms with patterns of `src/data/lexicon/relations.tsv`)
//! say which of them stand in a known pattern. A linear model decides, from the rules that fired, the types, the words in and
//! around both ends, how they stand to each other, and what the lexicon knows of them (feature.rs).

mod candidate;
mod feature;
mod knowledge;
mod schema;

use crate::entity::Linked;
use crate::model::{self, Scorer, Task, linear};
use crate::span::{Bytes, Span};

pub use candidate::{Ends, Proposal, Proposals};

/// Types of relations (guidelines, section 4), head to tail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
#[rustfmt::skip]
pub enum RelationType {
    Leads, WorksFor, HasTitle, CitizenOf, ChildOf, SiblingOf, SpouseOf, RelativeOf, BornIn, LivesIn, DiedIn, Succeeds,
    PartOf, AffiliatedCountry, BasedIn, LocatedIn, CapitalOf, FoundedBy, OwnedBy, Manufactures, Uses, Controls,
    Supports, Opposes, AlliedWith, PartyTo, ParticipatesIn,
}

impl RelationType {
    /// Whether it holds both ways and is written once.
    pub const fn is_symmetric(self) -> bool {
        matches!(self, Self::SiblingOf | Self::SpouseOf | Self::RelativeOf | Self::AlliedWith)
    }
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

/// The class of candidates between which nothing holds.
pub const NONE: &str = "none";

/// Least probability with which a type is believed, near the best of cross-validation on the training corpus; that of works_for
/// is higher than the best (0.2 to 0.25), where precision fell to 72: any person near a body would seem to serve it.
const fn threshold(kind: RelationType) -> f32 {
    match kind {
        RelationType::AffiliatedCountry | RelationType::LocatedIn | RelationType::WorksFor => 0.4,
        RelationType::CitizenOf | RelationType::BasedIn | RelationType::PartOf | RelationType::ParticipatesIn => 0.25,
        _ => 0.3,
    }
}

/// Finds the relations of a text, each (type, head, tail) once, in text order of their evidence.
pub fn find_relations(linked: Linked<'_>, scorer: &dyn Scorer) -> Vec<Relation> {
    let mut reader = scorer.read(linked.segmentation);
    let classes: Vec<Option<RelationType>> =
        reader.classes(Task::Relation).iter().map(|name| name.parse().ok()).collect();
    if classes.is_empty() {
        return Vec::new();
    }
    let mut relations = Vec::new();
    let mut proposals = Proposals::new(linked);
    let mut scores = Vec::new();
    while let Some(proposal) = proposals.next() {
        let candidate = model::Candidate { features: proposal.features, anchors: &proposal.anchors };
        reader.score(Task::Relation, candidate, &mut scores);
        // What the schema rules out has no share in the probabilities.
        for (score, class) in scores.iter_mut().zip(&classes) {
            if class.is_some_and(|kind| !proposal.allowed.contains(kind)) {
                *score = f32::NEG_INFINITY;
            }
        }
        linear::softmax(&mut scores);
        for (&probability, class) in scores.iter().zip(&classes) {
            if let Some(kind) = *class
                && probability >= threshold(kind)
            {
                relations.push(proposal.relation(linked, kind, probability));
            }
        }
    }
    relations.sort_by_key(|r: &Relation| (r.span, r.kind, r.head, r.tail));
    relations
}
