//! The enums of results as the members of Python's enums.

use pyo3::exceptions::PyImportError;
use pyo3::prelude::*;

use crate::event::{EventType, Status};
use crate::mention::MentionType;
use crate::morph::{Aspect, Gender, GrammaticalNumber, Pos, Voice};
use crate::number::NumberKind;
use crate::quote::QuoteKind;
use crate::relation::RelationType;
use crate::segment::{SegmentKind, TokenKind, Zone};
use crate::time::TimeType;

/// An enum of results.
pub(super) trait Named: Copy + 'static {
    /// Which of [`Members`]' enums.
    const ENUM: usize;
    /// Its values, in order of declaration.
    const ALL: &'static [Self];

    /// Index in `ALL`.
    fn index(self) -> usize;

    /// The name that Python and JSON know it by.
    fn name(self) -> &'static str;
}

macro_rules! named {
    ($($number:literal $type:ident)+) => {$(
        impl Named for $type {
            const ENUM: usize = $number;
            const ALL: &'static [Self] = $type::ALL;

            fn index(self) -> usize {
                self as usize
            }

            fn name(self) -> &'static str {
                self.as_str()
            }
        }
    )+};
}

named! {
    0 Zone 1 TokenKind 2 SegmentKind 3 MentionType 4 RelationType 5 EventType 6 Status 7 QuoteKind 8 NumberKind 9 TimeType
    10 Pos 11 Aspect 12 Voice 13 Gender 14 GrammaticalNumber
}

/// The members of the enums of `khabar.types`.
pub(super) struct Members([Vec<Py<PyAny>>; 15]);

impl Members {
    /// # Errors
    /// `ImportError` where an enum has other values than this module was built for.
    pub(super) fn load(types: &Bound<'_, PyModule>) -> PyResult<Self> {
        fn one<E: Named>(types: &Bound<'_, PyModule>, name: &str) -> PyResult<Vec<Py<PyAny>>> {
            let members = types.getattr(name)?.try_iter()?.collect::<PyResult<Vec<_>>>()?;
            let values = members.iter().map(|m| m.getattr("value")?.extract()).collect::<PyResult<Vec<String>>>()?;
            let given: Vec<_> = E::ALL.iter().map(|value| value.name()).collect();
            if values != given || E::ALL.iter().enumerate().any(|(index, value)| value.index() != index) {
                return Err(PyImportError::new_err(format!(
                    "khabar.types.{name} has the values {values:?}, khabar._core gives {given:?}: the package is installed in part"
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
            one::<Pos>(types, "Pos")?,
            one::<Aspect>(types, "Aspect")?,
            one::<Voice>(types, "Voice")?,
            one::<Gender>(types, "Gender")?,
            one::<GrammaticalNumber>(types, "GrammaticalNumber")?,
        ]))
    }

    pub(super) fn member<'py, E: Named>(&self, py: Python<'py>, value: E) -> Bound<'py, PyAny> {
        self.0[E::ENUM][value.index()].bind(py).clone()
    }
}
