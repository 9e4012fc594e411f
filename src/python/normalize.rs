//! Normalization and transliteration for Python. Offsets are code points.
//!
//! A `str` holds code points, and turning them into UTF-8 and back costs more than normalizing them. So where `wchar_t` is a code point
//! (everywhere but on Windows) the text is taken and given as such, the fastest way that the stable ABI has.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyIterator, PyList, PyString};

use super::errors;
use crate::error::ErrorKind;
use crate::normalize as stage;
use crate::normalize::{Alignment, Digits, Options, Scheme};

/// The functions and classes of this file.
pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Normalized>()?;
    module.add_function(wrap_pyfunction!(normalize, module)?)?;
    module.add_function(wrap_pyfunction!(normalize_aligned, module)?)?;
    module.add_function(wrap_pyfunction!(normalize_many, module)?)?;
    module.add_function(wrap_pyfunction!(strip_tashkeel, module)?)?;
    module.add_function(wrap_pyfunction!(strip_tatweel, module)?)?;
    module.add_function(wrap_pyfunction!(to_latin, module)?)?;
    module.add_function(wrap_pyfunction!(to_arabic, module)?)
}

/// The options of a call: a preset and the steps that are to differ from it.
pub(super) fn options(py: Python<'_>, preset: &str, steps: Option<&Bound<'_, PyDict>>) -> PyResult<Options> {
    let mut options = Options::preset(preset).map_err(|error| errors::exception(py, &error))?;
    for (name, value) in steps.into_iter().flatten() {
        let name: String = name.extract()?;
        if value.is_none() {
            continue;
        }
        if name == "digits" {
            let Ok(digits) = value.extract::<String>() else {
                return Err(PyTypeError::new_err(format!("digits is a str or None, not {}", value.get_type().name()?)));
            };
            options.digits = Digits::from_name(&digits).map_err(|error| errors::exception(py, &error))?;
            continue;
        }
        let Some(switch) = options.switch(&name) else {
            return Err(PyTypeError::new_err(format!("normalization has no step {name:?}")));
        };
        let Ok(on) = value.cast::<PyBool>() else {
            return Err(PyTypeError::new_err(format!("{name} is a bool or None, not {}", value.get_type().name()?)));
        };
        *switch = on.is_true();
    }
    Ok(options)
}

/// The text as `preset` ("search", "display" or "none") spells it, with single steps switched on or off by name: `tashkeel=False`,
/// `hamza=True`, `digits="keep"`.
///
/// Steps: entities, presentation_forms, compose, tashkeel, superscript_alef, quranic_marks, tatweel, alef, hamza, alef_maqsura,
/// teh_marbuta, persian_letters, foreign_letters, digits ("keep", "european", "arabic"), punctuation, quotes, bidi, zero_width,
/// whitespace, elongation, lowercase.
///
/// >>> khabar.normalize("أَعلنــت الحكومةُ")
/// 'اعلنت الحكومه'
#[pyfunction]
#[pyo3(signature = (text, preset="search", **steps))]
fn normalize<'py>(
    py: Python<'py>,
    text: &Bound<'py, PyAny>,
    preset: &str,
    steps: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyString>> {
    apply(errors::string(text)?, &options(py, preset, steps)?)
}

/// As `normalize`, with the alignment of the result to the text as given.
///
/// >>> normalized = khabar.normalize_aligned("قالَ الرَّئيسُ")
/// >>> normalized.text
/// 'قال الرئيس'
/// >>> normalized.original_span(4, 10)
/// (5, 14)
#[pyfunction]
#[pyo3(signature = (text, preset="search", **steps))]
fn normalize_aligned<'py>(
    py: Python<'py>,
    text: &Bound<'py, PyAny>,
    preset: &str,
    steps: Option<&Bound<'py, PyDict>>,
) -> PyResult<Normalized> {
    let original = errors::string(text)?;
    let (text, alignment) = code_points::aligned(original, &options(py, preset, steps)?)?;
    Ok(Normalized { original: original.clone().unbind(), text: text.unbind(), alignment })
}

/// Each of the texts as `normalize` gives it, in a list.
#[pyfunction]
#[pyo3(signature = (texts, preset="search", **steps))]
fn normalize_many<'py>(
    py: Python<'py>,
    texts: &Bound<'py, PyAny>,
    preset: &str,
    steps: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyList>> {
    let options = options(py, preset, steps)?;
    if texts.is_instance_of::<PyString>() {
        return Err(PyTypeError::new_err("texts is an iterable of str, not one str; for that there is normalize"));
    }
    let out = PyList::empty(py);
    for text in PyIterator::from_object(texts)? {
        out.append(apply(errors::string(&text?)?, &options)?)?;
    }
    Ok(out)
}

/// The text without short vowels, tanwin, shadda, sukun, superscript alef and Qur'anic marks.
#[pyfunction]
fn strip_tashkeel<'py>(text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
    apply(errors::string(text)?, &stage::TASHKEEL)
}

/// The text without tatweel.
#[pyfunction]
fn strip_tatweel<'py>(text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
    apply(errors::string(text)?, &stage::TATWEEL)
}

/// The text with its Arabic letters and vowel signs in Latin, by scheme "bw" (Buckwalter), "safebw" or "hsb"; the rest stays.
///
/// >>> khabar.to_latin("مؤتمر القِمّة")
/// 'm&tmr Alqim~p'
#[pyfunction]
#[pyo3(signature = (text, scheme="bw"))]
fn to_latin(py: Python<'_>, text: &Bound<'_, PyAny>, scheme: &str) -> PyResult<String> {
    let scheme = Scheme::from_name(scheme).map_err(|error| errors::exception(py, &error))?;
    Ok(stage::to_latin(&errors::text(text)?, scheme))
}

/// The text with its Latin characters as the Arabic ones that they stand for in a scheme; the way back from `to_latin`.
///
/// >>> khabar.to_arabic("<fryqyA")
/// 'إفريقيا'
#[pyfunction]
#[pyo3(signature = (text, scheme="bw"))]
fn to_arabic(py: Python<'_>, text: &Bound<'_, PyAny>, scheme: &str) -> PyResult<String> {
    let scheme = Scheme::from_name(scheme).map_err(|error| errors::exception(py, &error))?;
    Ok(stage::to_arabic(&errors::text(text)?, scheme))
}

/// A normalized text and its alignment with the text as given. All offsets are code points, and the end of a span is exclusive.
#[pyclass(frozen, module = "khabar._core")]
struct Normalized {
    original: Py<PyString>,
    text: Py<PyString>,
    alignment: Alignment,
}

#[pymethods]
impl Normalized {
    /// The text as given.
    #[getter]
    fn original(&self, py: Python<'_>) -> Py<PyString> {
        self.original.clone_ref(py)
    }

    /// The normalized text.
    #[getter]
    fn text(&self, py: Python<'_>) -> Py<PyString> {
        self.text.clone_ref(py)
    }

    /// The stretches whose lengths differ: (start, end) in the original, then (start, end) in the normalized text.
    #[getter]
    fn edits(&self) -> Vec<((usize, usize), (usize, usize))> {
        self.alignment.edits().map(|(from, to)| ((from.start, from.end), (to.start, to.end))).collect()
    }

    /// Where in the original the character at `offset` of the normalized text begins.
    fn to_original(&self, offset: usize) -> usize {
        self.alignment.to_source(offset)
    }

    /// Where in the normalized text the character at `offset` of the original came to stand; for a dropped one, where the next begins.
    fn to_normalized(&self, offset: usize) -> usize {
        self.alignment.to_target(offset)
    }

    /// The span of the original that a span of the normalized text was made from, with the vowel signs dropped from its last letter.
    fn original_span(&self, start: usize, end: usize) -> (usize, usize) {
        let span = self.alignment.source_span(start..end);
        (span.start, span.end)
    }

    /// The span of the normalized text that a span of the original became; empty where all of it was dropped.
    fn normalized_span(&self, start: usize, end: usize) -> (usize, usize) {
        let span = self.alignment.target_span(start..end);
        (span.start, span.end)
    }

    /// The alignment of this one's original with the result of `next`, which was made from this one's text.
    fn then(&self, py: Python<'_>, next: &Self) -> PyResult<Self> {
        if !self.text.bind(py).as_any().eq(&next.original)? {
            return Err(errors::raise(py, ErrorKind::Argument, "the next normalization was made from another text"));
        }
        Ok(Self {
            original: self.original.clone_ref(py),
            text: next.text.clone_ref(py),
            alignment: self.alignment.then(&next.alignment),
        })
    }

    fn __eq__(&self, py: Python<'_>, other: &Self) -> PyResult<bool> {
        Ok(self.alignment == other.alignment
            && self.original.bind(py).as_any().eq(&other.original)?
            && self.text.bind(py).as_any().eq(&other.text)?)
    }

    fn __str__(&self, py: Python<'_>) -> Py<PyString> {
        self.text.clone_ref(py)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Normalized({})", self.text.bind(py).repr()?))
    }
}

/// The normalized text; the same object where nothing changes.
fn apply<'py>(text: &Bound<'py, PyString>, options: &Options) -> PyResult<Bound<'py, PyString>> {
    if *options == Options::none() {
        errors::text(text)?;
        return Ok(text.clone());
    }
    code_points::normalized(text, options)
}

#[cfg(not(windows))]
mod code_points {
    use std::cell::RefCell;

    use pyo3::ffi;

    use super::*;

    /// Texts from this many code points on are normalized while other threads may run.
    const LONG: usize = 1 << 16;

    /// Code points of a text, and of what it becomes; kept from call to call.
    #[derive(Default)]
    struct Buffers {
        text: Vec<u32>,
        out: Vec<u32>,
    }

    thread_local! {
        static BUFFERS: RefCell<Buffers> = RefCell::default();
    }

    /// Calls with the code points of a text and an empty vector to write to.
    fn with<'py, T: Send>(
        text: &Bound<'py, PyString>,
        call: impl Fn(&[u32], &mut Vec<u32>) -> Result<T, usize> + Sync,
    ) -> PyResult<(Bound<'py, PyString>, T)> {
        let py = text.py();
        let len = text.len()?;
        // Taken out, for other code may run in between.
        let mut buffers = BUFFERS.take();
        read(text, len, &mut buffers.text)?;
        buffers.out.clear();
        let Buffers { text: units, out } = &mut buffers;
        let done = if len < LONG { call(units, out) } else { py.detach(|| call(units, out)) };
        let result = match done {
            Ok(value) if units == out => Ok((text.clone(), value)),
            Ok(value) => write(py, out).map(|out| (out, value)),
            Err(at) => Err(errors::surrogate(py, at)),
        };
        if len < LONG {
            BUFFERS.set(buffers);
        }
        result
    }

    pub(super) fn normalized<'py>(text: &Bound<'py, PyString>, options: &Options) -> PyResult<Bound<'py, PyString>> {
        with(text, |units, out| stage::normalize_code_points(units, options, out)).map(|(out, ())| out)
    }

    pub(super) fn aligned<'py>(
        text: &Bound<'py, PyString>,
        options: &Options,
    ) -> PyResult<(Bound<'py, PyString>, Alignment)> {
        let too_long =
            || errors::raise(text.py(), ErrorKind::Text, "the text is too long: 4 G code points are the limit");
        let long = |text: &Bound<'py, PyString>| Ok::<_, PyErr>(u32::try_from(text.len()?).is_err());
        if long(text)? {
            return Err(too_long());
        }
        let done = with(text, |units, out| stage::align_code_points(units, options, out))?;
        if long(&done.0)? { Err(too_long()) } else { Ok(done) }
    }

    /// Size of what the function writes.
    const fn width_of_wchar<T>(
        _: unsafe extern "C" fn(*mut ffi::PyObject, *mut T, ffi::Py_ssize_t) -> ffi::Py_ssize_t,
    ) -> usize {
        size_of::<T>()
    }

    /// Copies the `len` code points of a `str`.
    fn read(text: &Bound<'_, PyString>, len: usize, out: &mut Vec<u32>) -> PyResult<()> {
        const { assert!(width_of_wchar(ffi::PyUnicode_AsWideChar) == size_of::<u32>()) };
        out.clear();
        out.reserve(len);
        // SAFETY: the object is a str, and the vector has room for as many code points as the call may write; `wchar_t` has the size and
        // alignment of `u32`, and any value of the one is one of the other.
        let copied =
            unsafe { ffi::PyUnicode_AsWideChar(text.as_ptr(), out.as_mut_ptr().cast(), len as ffi::Py_ssize_t) };
        if copied < 0 {
            return Err(PyErr::fetch(text.py()));
        }
        // SAFETY: the call has written that many, and no more than there is room for.
        unsafe { out.set_len((copied as usize).min(len)) };
        Ok(())
    }

    /// A `str` of code points.
    fn write<'py>(py: Python<'py>, units: &[u32]) -> PyResult<Bound<'py, PyString>> {
        // SAFETY: the call reads as many code points as the slice has, and gives a new reference to a str or null with an exception set.
        let made = unsafe {
            let made = ffi::PyUnicode_FromWideChar(units.as_ptr().cast(), units.len() as ffi::Py_ssize_t);
            Bound::from_owned_ptr_or_err(py, made)?
        };
        Ok(made.cast_into()?)
    }
}

#[cfg(windows)]
mod code_points {
    use super::*;
    use crate::span::CodePoints;

    pub(super) fn normalized<'py>(text: &Bound<'py, PyString>, options: &Options) -> PyResult<Bound<'py, PyString>> {
        let given = errors::text(text)?;
        Ok(match stage::normalize(&given, options) {
            std::borrow::Cow::Borrowed(_) => text.clone(),
            std::borrow::Cow::Owned(out) => PyString::new(text.py(), &out),
        })
    }

    pub(super) fn aligned<'py>(
        text: &Bound<'py, PyString>,
        options: &Options,
    ) -> PyResult<(Bound<'py, PyString>, Alignment)> {
        let given = errors::text(text)?;
        let done = stage::normalize_aligned(&given, options).map_err(|error| errors::exception(text.py(), &error))?;
        let alignment = done.alignment().in_code_points(&CodePoints::new(&given), &CodePoints::new(done.text()));
        Ok((PyString::new(text.py(), done.text()), alignment))
    }
}
