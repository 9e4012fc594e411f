//! The enums of results with the values that Python and JSON know them by.

use pyo3::exceptions::PyImportError;
use pyo3::prelude::*;

use crate::event::{EventType, Status};
use crate::mention::MentionType;
use crate::number::NumberKind;
use crate::quote::QuoteKind;
use crate::relation::RelationType;
use crate::segment::{SegmentKind, TokenKind, Zone};
use crate::time::TimeType;

/// An enum of results.
pub(super) trait Named: Copy {
    /// Which of [`Members`]' enums.
    const ENUM: usize;
    /// Its values, in order of declaration.
    const VALUES: &'static [&'static str];

    /// Index of its value.
    fn index(self) -> usize;

    /// Its value.
    fn value(self) -> &'static str {
        Self::VALUES[self.index()]
    }
}

macro_rules! named {
    ($number:literal $type:ident { $($variant:ident $value:literal),+ $(,)? }) => {
        impl Named for $type {
            const ENUM: usize = $number;
            const VALUES: &'static [&'static str] = &[$($value),+];

            fn index(self) -> usize {
                // The order of this list is the order of the values above.
                #[allow(clippy::enum_variant_names)]
                enum Order { $($variant),+ }
                match self { $(Self::$variant => Order::$variant as usize),+ }
            }
        }
    };
}

named!(0 Zone { Title "title", Body "body", Byline "byline", Dateline "dateline", Boilerplate "boilerplate" });
named!(1 TokenKind {
    Arabic "arabic", Latin "latin", Number "number", Url "url", Email "email", Handle "handle", Hashtag "hashtag", Emoji "emoji",
    Punctuation "punctuation",
});
named!(2 SegmentKind { Proclitic "proclitic", Stem "stem", Enclitic "enclitic" });
named!(3 MentionType {
    Pers "PERS", Norp "NORP", Occ "OCC", Org "ORG", Gpe "GPE", Loc "LOC", Fac "FAC", Event "EVENT", Law "LAW", Product "PRODUCT",
    Date "DATE", Time "TIME", Money "MONEY", Percent "PERCENT", Quantity "QUANTITY", Cardinal "CARDINAL", Ordinal "ORDINAL",
    Language "LANGUAGE", Website "WEBSITE",
});
named!(4 RelationType {
    Leads "leads", WorksFor "works_for", HasTitle "has_title", CitizenOf "citizen_of", ChildOf "child_of",
    SiblingOf "sibling_of", SpouseOf "spouse_of", RelativeOf "relative_of", BornIn "born_in", LivesIn "lives_in",
    DiedIn "died_in", Succeeds "succeeds", PartOf "part_of", AffiliatedCountry "affiliated_country", BasedIn "based_in",
    LocatedIn "located_in", CapitalOf "capital_of", FoundedBy "founded_by", OwnedBy "owned_by", Manufactures "manufactures",
    Uses "uses", Controls "controls", Supports "supports", Opposes "opposes", AlliedWith "allied_with", PartyTo "party_to",
    ParticipatesIn "participates_in",
});
named!(5 EventType {
    Consult "CONSULT", Agree "AGREE", Support "SUPPORT", Cooperate "COOPERATE", Aid "AID", Concede "CONCEDE", Retreat "RETREAT",
    Request "REQUEST", Accuse "ACCUSE", Reject "REJECT", Threaten "THREATEN", Protest "PROTEST", Sanction "SANCTION",
    Mobilize "MOBILIZE", Coerce "COERCE", Assault "ASSAULT",
});
named!(6 Status {
    Occurred "occurred", Ongoing "ongoing", Planned "planned", Possible "possible", Denied "denied",
});
named!(7 QuoteKind { Direct "direct", Indirect "indirect" });
named!(8 NumberKind {
    Cardinal "CARDINAL", Ordinal "ORDINAL", Percent "PERCENT", Money "MONEY", Quantity "QUANTITY",
});
named!(9 TimeType { Date "DATE", Time "TIME", Duration "DURATION", Set "SET" });

/// The members of the enums of `khabar.types`.
pub(super) struct Members([Vec<Py<PyAny>>; 10]);

impl Members {
    /// # Errors
    /// `ImportError` where an enum has other values than this module was built for.
    pub(super) fn load(types: &Bound<'_, PyModule>) -> PyResult<Self> {
        fn one<E: Named>(types: &Bound<'_, PyModule>, name: &str) -> PyResult<Vec<Py<PyAny>>> {
            let members = types.getattr(name)?.try_iter()?.collect::<PyResult<Vec<_>>>()?;
            let values = members.iter().map(|m| m.getattr("value")?.extract()).collect::<PyResult<Vec<String>>>()?;
            if values != E::VALUES {
                return Err(PyImportError::new_err(format!(
                    "khabar.types.{name} has the values {values:?}, khabar._core gives {:?}: the package is installed in part",
                    E::VALUES
                )));
            }
            Ok(members.into_iter().map(Bound::unbind).collect())
        }
        Ok(Self([
            one::<Zone>(types, "Zone")?,
            one::<TokenKind>(types, "TokenKind")?,
            one::<SegmentKind>(types, "SegmentKind")?,
            one::<MentionType>(types, "MentionType")?,
            one::<RelationType>(types, "RelationType")?,
            one::<EventType>(types, "EventType")?,
            one::<Status>(types, "Status")?,
            one::<QuoteKind>(types, "QuoteKind")?,
            one::<NumberKind>(types, "NumberKind")?,
            one::<TimeType>(types, "TimeType")?,
        ]))
    }

    pub(super) fn member<'py, E: Named>(&self, py: Python<'py>, value: E) -> Bound<'py, PyAny> {
        self.0[E::ENUM][value.index()].bind(py).clone()
    }
}
