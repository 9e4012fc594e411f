//! Results as the dataclasses of `khabar.types`.
//!
//! Calling a frozen dataclass costs over a microsecond an object. Allocating it, filling its slots through their descriptors and
//! cutting texts out of the source string costs a quarter of that, and is all stable ABI. It asks that the classes have no
//! `__post_init__`, and that their fields are the ones named here, which is checked when the module is imported.

use std::ffi::c_int;

use pyo3::exceptions::PyImportError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDate, PyString, PyTuple, PyType};

use super::enums::{self, Named};
use crate::span::{Bytes, CodePoints, Span};

/// A Python object on its way into a field.
pub(super) type Object<'py> = Bound<'py, PyAny>;

/// A dataclass, ready to be built.
pub(super) struct Class {
    class: Py<PyType>,
    slots: Vec<Py<PyAny>>,
    set: ffi::descrsetfunc,
    /// Whether the fields hold strings, numbers, None and enum members only: such objects can be in no cycle, so that the
    /// collector need not visit them.
    atoms: bool,
}

impl Class {
    fn new(module: &Bound<'_, PyModule>, name: &str, fields: &[&str], atoms: bool) -> PyResult<Self> {
        let class: Bound<'_, PyType> = module.getattr(name)?.cast_into()?;
        let mut found = Vec::new();
        for field in class.getattr("__dataclass_fields__")?.call_method0("values")?.try_iter()? {
            found.push(field?.getattr("name")?.extract::<String>()?);
        }
        if found != fields || class.hasattr("__post_init__")? || !class.hasattr("__slots__")? {
            return Err(PyImportError::new_err(format!(
                "khabar.types.{name} has the fields {found:?}, khabar._core fills {fields:?}: the package is installed in part"
            )));
        }
        let mut slots = Vec::new();
        let mut set = None;
        for field in fields {
            let slot = class.getattr(*field)?;
            // SAFETY: the type of a live object is alive; a type's slots may be asked for on any type since 3.10.
            let function = unsafe { ffi::PyType_GetSlot(ffi::Py_TYPE(slot.as_ptr()), ffi::Py_tp_descr_set as c_int) };
            if function.is_null() || set.is_some_and(|before| before != function) {
                return Err(PyImportError::new_err(format!("khabar.types.{name}.{field} is not a slot")));
            }
            set = Some(function);
            slots.push(slot.unbind());
        }
        let Some(set) = set else { return Err(PyImportError::new_err(format!("khabar.types.{name} has no fields"))) };
        // SAFETY: what a type holds in this slot is a function of this type.
        let set = unsafe { std::mem::transmute::<*mut std::ffi::c_void, ffi::descrsetfunc>(set) };
        Ok(Self { class: class.unbind(), slots, set, atoms })
    }

    /// An object with these values, in the order of its fields.
    pub(super) fn build<'py, const N: usize>(
        &self,
        py: Python<'py>,
        values: [Object<'py>; N],
    ) -> PyResult<Object<'py>> {
        debug_assert_eq!(N, self.slots.len());
        // SAFETY: the class is a live heap type whose instances have no items; the result is a new reference or null with an exception set.
        let object = unsafe {
            let class = self.class.as_ptr().cast::<ffi::PyTypeObject>();
            Bound::from_owned_ptr_or_err(py, ffi::PyType_GenericAlloc(class, 0))?
        };
        for (slot, value) in self.slots.iter().zip(values) {
            // SAFETY: `set` is the setter of these descriptors' type (checked in `new`), the object is of the class that they
            // belong to, all three are alive; the setter takes a reference of its own to the value.
            if unsafe { (self.set)(slot.as_ptr(), object.as_ptr(), value.as_ptr()) } != 0 {
                return Err(PyErr::fetch(py));
            }
        }
        if self.atoms {
            // SAFETY: the object is of a type with garbage collection, alive, and refers to nothing that could refer to it.
            unsafe { ffi::PyObject_GC_UnTrack(object.as_ptr().cast()) };
        }
        Ok(object)
    }
}

/// All classes and enum members.
pub(super) struct Classes {
    pub(super) span: Class,
    pub(super) segment: Class,
    pub(super) token: Class,
    pub(super) analysis: Class,
    pub(super) sentence: Class,
    pub(super) mention: Class,
    pub(super) entity: Class,
    pub(super) relation: Class,
    pub(super) event: Class,
    pub(super) quote: Class,
    pub(super) number: Class,
    pub(super) time: Class,
    pub(super) document: Class,
    members: enums::Members,
}

impl Classes {
    /// The classes of `khabar.types`, checked at the first call.
    ///
    /// # Errors
    /// `ImportError` where they are not those that this module was built for.
    pub(super) fn get(py: Python<'_>) -> PyResult<&'static Self> {
        static CLASSES: PyOnceLock<Classes> = PyOnceLock::new();
        CLASSES.get_or_try_init(py, || Self::load(py))
    }

    #[rustfmt::skip]
    fn load(py: Python<'_>) -> PyResult<Self> {
        let types = py.import("khabar.types")?;
        let class = |name, fields: &[&str], atoms| Class::new(&types, name, fields, atoms);
        Ok(Self {
            span: class("Span", &["start", "end"], true)?,
            segment: class("Segment", &["text", "start", "end", "kind", "normalized", "pos"], true)?,
            token: class("Token", &["text", "start", "end", "kind", "normalized", "segments", "pos", "lemma", "features"], false)?,
            analysis: class("Analysis", &[
                "lemma", "pos", "aspect", "voice", "person", "gender", "number", "proclitics", "enclitic", "gloss", "verb",
            ], true)?,
            sentence: class("Sentence", &["text", "start", "end", "zone"], true)?,
            mention: class("Mention", &["text", "start", "end", "type", "normalized", "value", "entity", "confidence"], true)?,
            entity: class("Entity", &["id", "type", "name", "latin", "mentions", "titles", "country"], false)?,
            relation: class("Relation", &["type", "head", "tail", "tail_text", "start", "end", "rule", "confidence", "derived"], true)?,
            event: class("Event", &[
                "type", "mode", "trigger", "triggers", "actors", "recipients", "place", "time", "date", "status", "sources",
                "start", "end", "rule", "confidence",
            ], false)?,
            quote: class("Quote", &["start", "end", "speaker", "speaker_text", "cue", "kind", "via"], false)?,
            number: class("Number", &["text", "start", "end", "kind", "value", "unit", "modifier"], true)?,
            time: class("TimeExpression", &[
                "text", "start", "end", "type", "value", "earliest", "latest", "granularity", "modifier",
            ], true)?,
            document: class("Document", &[
                "text", "id", "date", "source", "sentences", "mentions", "entities", "relations", "events", "quotes", "numbers",
                "times", "_tokens",
            ], false)?,
            members: enums::Members::load(&types)?,
        })
    }
}

/// Makes Python objects about one text.
pub(super) struct Maker<'a, 'py> {
    pub(super) py: Python<'py>,
    pub(super) classes: &'static Classes,
    source: &'a Bound<'py, PyString>,
    points: CodePoints<'a>,
}

impl<'a, 'py> Maker<'a, 'py> {
    /// For a text: the Python string, and the same as UTF-8.
    pub(super) fn new(source: &'a Bound<'py, PyString>, text: &'a str) -> PyResult<Self> {
        let py = source.py();
        Ok(Self { py, classes: Classes::get(py)?, source, points: CodePoints::new(text) })
    }

    /// The text as given.
    pub(super) fn source(&self) -> Object<'py> {
        self.source.clone().into_any()
    }

    /// Text, start and end of a span.
    pub(super) fn located(&self, span: Span<Bytes>) -> PyResult<[Object<'py>; 3]> {
        let (start, end) = self.points.span(span);
        // SAFETY: the source is a live str; start and end lie in it; the result is a new reference or null with an exception set.
        let text = unsafe {
            let text = ffi::PyUnicode_Substring(self.source.as_ptr(), start as ffi::Py_ssize_t, end as ffi::Py_ssize_t);
            Bound::from_owned_ptr_or_err(self.py, text)?
        };
        Ok([text, self.int(start), self.int(end)])
    }

    /// Start and end of a span.
    pub(super) fn offsets(&self, span: Span<Bytes>) -> [Object<'py>; 2] {
        let (start, end) = self.points.span(span);
        [self.int(start), self.int(end)]
    }

    pub(super) fn span(&self, span: Span<Bytes>) -> PyResult<Object<'py>> {
        self.classes.span.build(self.py, self.offsets(span))
    }

    pub(super) fn none(&self) -> Object<'py> {
        self.py.None().into_bound(self.py)
    }

    pub(super) fn int(&self, number: usize) -> Object<'py> {
        let Ok(object) = number.into_pyobject(self.py);
        object.into_any()
    }

    pub(super) fn index(&self, number: Option<u32>) -> Object<'py> {
        number.map_or_else(|| self.none(), |number| self.int(number as usize))
    }

    pub(super) fn str(&self, string: &str) -> Object<'py> {
        PyString::new(self.py, string).into_any()
    }

    pub(super) fn optional(&self, string: Option<&str>) -> Object<'py> {
        string.map_or_else(|| self.none(), |string| self.str(string))
    }

    pub(super) fn bool(&self, truth: bool) -> Object<'py> {
        PyBool::new(self.py, truth).to_owned().into_any()
    }

    /// A probability, to four places: single precision has no more that mean anything.
    pub(super) fn confidence(&self, confidence: Option<f32>) -> Object<'py> {
        let Some(confidence) = confidence else { return self.none() };
        let Ok(object) = rounded(confidence).into_pyobject(self.py);
        object.into_any()
    }

    pub(super) fn tuple(&self, items: Vec<Object<'py>>) -> PyResult<Object<'py>> {
        Ok(PyTuple::new(self.py, items)?.into_any())
    }

    pub(super) fn indices(&self, numbers: &[u32]) -> PyResult<Object<'py>> {
        self.tuple(numbers.iter().map(|&number| self.int(number as usize)).collect())
    }

    pub(super) fn strings(&self, strings: &[String]) -> PyResult<Object<'py>> {
        self.tuple(strings.iter().map(|string| self.str(string)).collect())
    }

    /// The member of a Python enum.
    pub(super) fn member<E: Named>(&self, value: E) -> Object<'py> {
        self.classes.members.member(self.py, value)
    }

    /// A day; None where Python's calendar does not reach.
    pub(super) fn day(&self, date: Option<jiff::civil::Date>) -> PyResult<Object<'py>> {
        match date {
            Some(date) if date.year() >= 1 => {
                Ok(PyDate::new(self.py, date.year().into(), date.month() as u8, date.day() as u8)?.into_any())
            }
            _ => Ok(self.none()),
        }
    }
}

/// See [`Maker::confidence`].
pub(super) fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 1e4).round() / 1e4
}
