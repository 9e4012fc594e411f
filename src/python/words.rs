//! Functions on single words.

use pyo3::prelude::*;

use super::errors;
use crate::morph;

#[pyfunction]
pub(super) fn stem(word: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(morph::stem(&errors::text(word)?))
}

#[pyfunction]
pub(super) fn is_stop(word: &Bound<'_, PyAny>) -> PyResult<bool> {
    let py = word.py();
    morph::is_stop(&errors::text(word)?).map_err(|error| errors::exception(py, &error))
}
