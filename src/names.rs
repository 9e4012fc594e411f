//! The names of enumerated values in JSON, Python and lexica: written once, read and printed everywhere.

use crate::error::{Error, ErrorKind};
use crate::event::{EventType, Status};
use crate::lexicon::Priority;
use crate::mention::MentionType;
use crate::morph::{Aspect, Gender, GrammaticalNumber, Pos, Voice};
use crate::number::NumberKind;
use crate::quote::QuoteKind;
use crate::relation::RelationType;
use crate::segment::{Scheme, SegmentKind, TokenKind, Zone};
use crate::time::TimeType;

/// Gives an enum its names both ways.
macro_rules! names {
    ($kind:ident, $what:literal: $($variant:ident $name:literal)+) => {
        impl $kind {
            /// All values, in the order of their definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name used in JSON and Python.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl std::fmt::Display for $kind {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $kind {
            type Err = Error;

            fn from_str(name: &str) -> Result<Self, Error> {
                match name {
                    $($name => Ok(Self::$variant),)+
                    _ => Err(Error::new(ErrorKind::Argument, format!(concat!("unknown ", $what, " {:?}, expected one of ", $($name, " "),+), name))),
                }
            }
        }

        impl serde::Serialize for $kind {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $kind {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let name = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                name.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

names! { MentionType, "mention type":
    Pers "PERS" Norp "NORP" Occ "OCC" Org "ORG" Gpe "GPE" Loc "LOC" Fac "FAC" Event "EVENT" Law "LAW" Product "PRODUCT"
    Date "DATE" Time "TIME" Money "MONEY" Percent "PERCENT" Quantity "QUANTITY" Cardinal "CARDINAL" Ordinal "ORDINAL"
    Language "LANGUAGE" Website "WEBSITE"
}
names! { Priority, "priority": Override "override" Fill "fill" Hint "hint" }
names! { RelationType, "relation type":
    Leads "leads" WorksFor "works_for" HasTitle "has_title" CitizenOf "citizen_of" ChildOf "child_of" SiblingOf "sibling_of"
    SpouseOf "spouse_of" RelativeOf "relative_of" BornIn "born_in" LivesIn "lives_in" DiedIn "died_in" Succeeds "succeeds"
    PartOf "part_of" AffiliatedCountry "affiliated_country" BasedIn "based_in" LocatedIn "located_in" CapitalOf "capital_of"
    FoundedBy "founded_by" OwnedBy "owned_by" Manufactures "manufactures" Uses "uses" Controls "controls"
    Supports "supports" Opposes "opposes" AlliedWith "allied_with" PartyTo "party_to" ParticipatesIn "participates_in"
}
names! { EventType, "event type":
    Consult "CONSULT" Agree "AGREE" Support "SUPPORT" Cooperate "COOPERATE" Aid "AID" Concede "CONCEDE" Retreat "RETREAT"
    Request "REQUEST" Accuse "ACCUSE" Reject "REJECT" Threaten "THREATEN" Protest "PROTEST" Sanction "SANCTION"
    Mobilize "MOBILIZE" Coerce "COERCE" Assault "ASSAULT"
}
names! { Status, "status":
    Occurred "occurred" Ongoing "ongoing" Planned "planned" Possible "possible" Denied "denied"
}
names! { QuoteKind, "kind of quotation": Direct "direct" Indirect "indirect" }
names! { Zone, "zone":
    Title "title" Body "body" Byline "byline" Dateline "dateline" Boilerplate "boilerplate"
}
names! { TokenKind, "kind of token":
    Arabic "arabic" Latin "latin" Number "number" Url "url" Email "email" Handle "handle" Hashtag "hashtag" Emoji "emoji"
    Punctuation "punctuation"
}
names! { SegmentKind, "kind of segment": Proclitic "proclitic" Stem "stem" Enclitic "enclitic" Article "article" }
names! { Scheme, "segmentation scheme": Pud "pud" Atb "atb" D3 "d3" None "none" }
names! { Pos, "part of speech":
    Adj "ADJ" Adp "ADP" Adv "ADV" Aux "AUX" Cconj "CCONJ" Det "DET" Intj "INTJ" Noun "NOUN" Num "NUM" Part "PART"
    Pron "PRON" Propn "PROPN" Punct "PUNCT" Sconj "SCONJ" Sym "SYM" Verb "VERB" X "X"
}
names! { Aspect, "aspect": Perfective "perfective" Imperfective "imperfective" Imperative "imperative" }
names! { Voice, "voice": Active "active" Passive "passive" }
names! { Gender, "gender": Masculine "masculine" Feminine "feminine" }
names! { GrammaticalNumber, "grammatical number": Singular "singular" Dual "dual" Plural "plural" }
names! { NumberKind, "kind of number":
    Cardinal "cardinal" Ordinal "ordinal" Percent "percent" Money "money" Quantity "quantity"
}
names! { TimeType, "type of time": Date "DATE" Time "TIME" Duration "DURATION" Set "SET" }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        assert!(MentionType::ALL.iter().all(|&t| t.as_str().parse::<MentionType>().is_ok_and(|u| u == t)));
        assert!(RelationType::ALL.iter().all(|&t| t.as_str().parse::<RelationType>().is_ok_and(|u| u == t)));
        assert_eq!("pers".parse::<MentionType>().unwrap_err().kind(), ErrorKind::Argument);
    }
}
