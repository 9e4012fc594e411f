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
    /// All types.
    #[rustfmt::skip]
    pub const ALL: [Self; 27] = [
        Self::Leads, Self::WorksFor, Self::HasTitle, Self::CitizenOf, Self::ChildOf, Self::SiblingOf, Self::SpouseOf,
        Self::RelativeOf, Self::BornIn, Self::LivesIn, Self::DiedIn, Self::Succeeds, Self::PartOf, Self::AffiliatedCountry,
        Self::BasedIn, Self::LocatedIn, Self::CapitalOf, Self::FoundedBy, Self::OwnedBy, Self::Manufactures, Self::Uses,
        Self::Controls, Self::Supports, Self::Opposes, Self::AlliedWith, Self::PartyTo, Self::ParticipatesIn,
    ];

    /// The name as the guidelines write it.
    ///
    /// ```
    /// use khabar::relation::RelationType;
    /// assert_eq!(RelationType::WorksFor.name(), "works_for");
    /// assert_eq!(RelationType::parse("works_for"), Some(RelationType::WorksFor));
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Leads => "leads",
            Self::WorksFor => "works_for",
            Self::HasTitle => "has_title",
            Self::CitizenOf => "citizen_of",
            Self::ChildOf => "child_of",
            Self::SiblingOf => "sibling_of",
            Self::SpouseOf => "spouse_of",
            Self::RelativeOf => "relative_of",
            Self::BornIn => "born_in",
            Self::LivesIn => "lives_in",
            Self::DiedIn => "died_in",
            Self::Succeeds => "succeeds",
            Self::PartOf => "part_of",
            Self::AffiliatedCountry => "affiliated_country",
            Self::BasedIn => "based_in",
            Self::LocatedIn => "located_in",
            Self::CapitalOf => "capital_of",
            Self::FoundedBy => "founded_by",
            Self::OwnedBy => "owned_by",
            Self::Manufactures => "manufactures",
            Self::Uses => "uses",
            Self::Controls => "controls",
            Self::Supports => "supports",
            Self::Opposes => "opposes",
            Self::AlliedWith => "allied_with",
            Self::PartyTo => "party_to",
            Self::ParticipatesIn => "participates_in",
        }
    }

    /// The type of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.name() == name)
    }

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

/// Least probability with which a type is believed; tuned by cross-validation on the training corpus.
fn threshold(kind: RelationType) -> f32 {
    match kind {
        RelationType::HasTitle => 0.45,
        _ => 0.40,
    }
}

/// Finds the relations of a text, each (type, head, tail) once, in text order of their evidence.
pub fn find_relations(linked: Linked<'_>, scorer: &dyn Scorer) -> Vec<Relation> {
    let mut reader = scorer.read(linked.segmentation);
    let classes: Vec<Option<RelationType>> =
        reader.classes(Task::Relation).iter().map(|name| RelationType::parse(name)).collect();
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
