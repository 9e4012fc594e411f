//! Which types of entities a relation can hold between (guidelines, section 4).

use super::RelationType;
use crate::mention::MentionType::{self, Event, Fac, Gpe, Law, Loc, Org, Pers, Product};

/// A set of types of relations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u32);

impl Kinds {
    /// The set of one.
    pub const fn one(kind: RelationType) -> Self {
        Self(1 << kind as u32)
    }

    /// Whether the type is in the set.
    pub const fn contains(self, kind: RelationType) -> bool {
        self.0 & (1 << kind as u32) != 0
    }

    /// Whether none is.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The set without those that hold both ways.
    pub fn directed(self) -> Self {
        let keep = RelationType::ALL.iter().copied().filter(|k| self.contains(*k) && !k.is_symmetric());
        Self(keep.fold(0, |set, kind| set | 1 << kind as u32))
    }
}

/// The types of heads and tails of a relation; has_title has no tail.
pub(super) const fn ends(kind: RelationType) -> (&'static [MentionType], &'static [MentionType]) {
    use RelationType as R;
    const ACTOR: &[MentionType] = &[Pers, Org, Gpe];
    const PLACE: &[MentionType] = &[Gpe, Loc, Fac];
    match kind {
        R::Leads | R::WorksFor => (&[Pers], &[Org, Gpe]),
        R::HasTitle => (&[Pers], &[]),
        R::CitizenOf => (&[Pers], &[Gpe]),
        R::ChildOf | R::SiblingOf | R::SpouseOf | R::RelativeOf | R::Succeeds => (&[Pers], &[Pers]),
        R::BornIn | R::LivesIn | R::DiedIn => (&[Pers], &[Gpe, Loc]),
        R::PartOf => (&[Org], &[Org]),
        R::AffiliatedCountry => (&[Org, Fac, Product, Event], &[Gpe]),
        R::BasedIn => (&[Org], PLACE),
        R::LocatedIn => (&[Gpe, Loc, Fac, Event], PLACE),
        R::CapitalOf => (&[Gpe], &[Gpe]),
        R::FoundedBy | R::OwnedBy => (&[Org], ACTOR),
        R::Manufactures => (&[Org, Gpe], &[Product]),
        R::Uses => (ACTOR, &[Product]),
        R::Controls => (ACTOR, PLACE),
        R::Supports | R::Opposes | R::AlliedWith => (ACTOR, ACTOR),
        R::PartyTo => (ACTOR, &[Law]),
        R::ParticipatesIn => (ACTOR, &[Event]),
    }
}

fn holds(types: &[MentionType], kind: MentionType) -> bool {
    types.contains(&kind)
}

/// The relations that can hold from an entity of one type to one of another.
pub fn allowed(head: MentionType, tail: MentionType) -> Kinds {
    static TABLE: std::sync::OnceLock<[[u32; 19]; 19]> = std::sync::OnceLock::new();
    const TYPES: [MentionType; 8] = [Pers, Org, Gpe, Loc, Fac, Event, Law, Product];
    let table = TABLE.get_or_init(|| {
        let mut table = [[0; 19]; 19];
        for &kind in RelationType::ALL {
            let (heads, tails) = ends(kind);
            for h in TYPES.into_iter().filter(|t| holds(heads, *t)) {
                for t in TYPES.into_iter().filter(|t| holds(tails, *t)) {
                    table[h as usize][t as usize] |= 1 << kind as u32;
                }
            }
        }
        table
    });
    Kinds(table[head as usize][tail as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_decide() {
        assert!(allowed(Pers, Org).contains(RelationType::Leads));
        assert!(!allowed(Org, Pers).contains(RelationType::Leads));
        assert!(allowed(Law, Pers).is_empty());
        assert!(allowed(Pers, Pers).contains(RelationType::SpouseOf));
        assert!(!allowed(Pers, Pers).directed().contains(RelationType::SpouseOf));
    }
}
