//! The user's names, out of what Python has them in.

use std::path::PathBuf;

use arrow_array::RecordBatchReader;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::PyCapsule;

use super::arrow::{Strings, unfit};
use super::errors;
use crate::error::{Error, Result};
use crate::lexicon::UserLexicon;

/// Names of the user's, ready to be looked up; see `khabar.Analyzer`.
#[pyclass(frozen, module = "khabar._core")]
pub(super) struct Lexicon {
    pub(super) inner: UserLexicon,
}

/// A row as it goes to Python and comes back: form, type, priority, name, latin.
type Row<'a> = (&'a str, &'a str, &'a str, Option<&'a str>, Option<&'a str>);

fn made(py: Python<'_>, lexicon: Result<UserLexicon>) -> PyResult<Lexicon> {
    lexicon.map(|inner| Lexicon { inner }).map_err(|error| errors::exception(py, &error))
}

#[pymethods]
impl Lexicon {
    /// Reads a tab-separated file.
    #[staticmethod]
    fn read(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        made(py, py.detach(|| UserLexicon::read(&path)))
    }

    /// From rows of cells, by the names of the columns.
    #[staticmethod]
    fn from_rows(py: Python<'_>, columns: Vec<String>, rows: Vec<Vec<Option<PyBackedStr>>>) -> PyResult<Self> {
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        let cells = rows.iter().map(|row| row.iter().map(Option::as_deref).collect());
        made(py, UserLexicon::from_rows(&columns, cells))
    }

    /// From anything with `__arrow_c_stream__` that gives a table.
    #[staticmethod]
    fn from_table(table: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = table.py();
        let capsule = table.call_method0("__arrow_c_stream__")?.cast_into::<PyCapsule>()?;
        let stream = capsule.pointer_checked(Some(c"arrow_array_stream"))?.cast::<FFI_ArrowArrayStream>();
        // SAFETY: a capsule of this name holds such a stream, which is moved out of it; the capsule is alive.
        let reader = unsafe { RecordBatchStreamReader::from_raw(stream.as_ptr()) };
        made(py, reader.map_err(unfit).and_then(from_batches))
    }

    /// The entries as rows for [`Lexicon::from_rows`].
    fn rows(&self) -> Vec<Row<'_>> {
        let entries = self.inner.entries().iter();
        entries
            .map(|e| (&*e.form, e.kind.as_str(), e.priority.as_str(), e.name.as_deref(), e.latin.as_deref()))
            .collect()
    }

    fn __len__(&self) -> usize {
        self.inner.entries().len()
    }
}

fn from_batches(reader: RecordBatchStreamReader) -> Result<UserLexicon> {
    let schema = reader.schema();
    // The index of a pandas data frame is no column of the user's.
    let own: Vec<usize> =
        (0..schema.fields().len()).filter(|&i| !schema.field(i).name().starts_with("__index_level_")).collect();
    let names: Vec<&str> = own.iter().map(|&i| schema.field(i).name().as_str()).collect();
    let mut batches: Vec<Vec<Strings>> = Vec::new();
    for batch in reader {
        let batch = batch.map_err(unfit)?;
        let column = |(&i, name): (&usize, &&str)| {
            let strings = Strings::new(batch.column(i));
            strings.map_err(|e| Error::new(e.kind(), format!("lexicon, column {name}: {e}")))
        };
        batches.push(own.iter().zip(&names).map(column).collect::<Result<_>>()?);
    }
    let rows = batches.iter().flat_map(|columns| {
        let length = columns.first().map_or(0, Strings::len);
        (0..length).map(move |row| columns.iter().map(|column| column.get(row)).collect())
    });
    UserLexicon::from_rows(&names, rows)
}
