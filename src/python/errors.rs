//! Errors as Python sees them: the classes of `khabar.errors`, which one of them is raised for what.

use pyo3::exceptions::{PyTypeError, PyUnicodeEncodeError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBytes, PyString, PyType};

use crate::error::{Error, ErrorKind};

fn class(py: Python<'_>, kind: ErrorKind) -> PyResult<Bound<'_, PyType>> {
    let name = match kind {
        ErrorKind::Text => "TextError",
        ErrorKind::Argument => "ArgumentError",
        ErrorKind::Model => "ModelError",
        ErrorKind::Rule => "RuleError",
        ErrorKind::Io => "IoError",
    };
    Ok(py.import("khabar.errors")?.getattr(name)?.cast_into()?)
}

/// The exception of a class of errors.
pub(super) fn raise(py: Python<'_>, kind: ErrorKind, message: impl Into<String>) -> PyErr {
    match class(py, kind) {
        Ok(class) => PyErr::from_type(class, message.into()),
        Err(error) => error,
    }
}

/// The exception for an error of the crate.
pub(super) fn exception(py: Python<'_>, error: &Error) -> PyErr {
    raise(py, error.kind(), error.to_string())
}

/// An argument that is a text.
///
/// # Errors
/// `TypeError` for anything but a str.
pub(super) fn string<'a, 'py>(value: &'a Bound<'py, PyAny>) -> PyResult<&'a Bound<'py, PyString>> {
    if let Ok(string) = value.cast::<PyString>() {
        return Ok(string);
    }
    let hint = if value.is_instance_of::<PyBytes>() { "; decode it first: data.decode(\"utf-8\")" } else { "" };
    Err(PyTypeError::new_err(format!("a text is a str, not {}{hint}", value.get_type().name()?)))
}

/// The exception for a text with a lone surrogate, by its position.
pub(super) fn surrogate(py: Python<'_>, position: usize) -> PyErr {
    raise(py, ErrorKind::Text, format!("the text is not Unicode: a lone surrogate at code point {position}"))
}

/// A Python `str` as text, without a copy.
///
/// # Errors
/// `TypeError` for anything else; `TextError` where it holds a lone surrogate, with its position.
pub(super) fn text(value: &Bound<'_, PyAny>) -> PyResult<PyBackedStr> {
    let py = value.py();
    PyBackedStr::try_from(string(value)?.clone()).map_err(|error| {
        if !error.is_instance_of::<PyUnicodeEncodeError>(py) {
            return error;
        }
        match error.value(py).getattr("start").and_then(|start| start.extract::<usize>()) {
            Ok(position) => surrogate(py, position),
            Err(error) => error,
        }
    })
}

/// An optional `str` argument.
///
/// # Errors
/// `TypeError` that names the argument for anything but a str or None.
pub(super) fn optional_text(value: Option<&Bound<'_, PyAny>>, name: &str) -> PyResult<Option<String>> {
    match value {
        None => Ok(None),
        Some(value) if value.is_instance_of::<PyString>() => Ok(Some(text(value)?.to_string())),
        Some(value) => Err(PyTypeError::new_err(format!("{name} is a str, not {}", value.get_type().name()?))),
    }
}
