//! Columns: the stages over an Arrow array of texts, results as Arrow tables.
//!
//! Arrays come in and go out by the Arrow PyCapsule interface, so that pandas, polars, pyarrow, duckdb and Spark are all served
//! and none is needed.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::builder::LargeStringBuilder;
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi, to_ffi};
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{
    Array, ArrayRef, LargeStringArray, RecordBatch, RecordBatchIterator, StringArray, StringViewArray, make_array,
};
use arrow_schema::{ArrowError, DataType, SchemaRef};
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList, PyTuple};
use rayon::prelude::*;

use super::batch::{Task, pool};
use super::columns::OfWords;
use super::functions::Analyzer;
use super::{columns, dates, errors};
use crate::error::{Error, ErrorKind, Result};
use crate::normalize;
use crate::time::DocumentDate;

/// What one thread works on at a time, in bytes of text.
const PART_BYTES: usize = 200_000;
/// The same in rows.
const PART_ROWS: usize = 2_000;

/// Errors of Arrow are about arrays that were given.
pub(super) fn unfit(error: ArrowError) -> Error {
    Error::new(ErrorKind::Argument, format!("not an Arrow array as it should be: {error}"))
}

/// An array of texts.
pub(super) enum Strings {
    Small(StringArray),
    Large(LargeStringArray),
    View(StringViewArray),
    /// Nothing but missing values.
    Null(usize),
}

impl Strings {
    pub(super) fn new(array: &ArrayRef) -> Result<Self> {
        let data = array.to_data();
        // What comes from elsewhere may break the promises of its type; text that is not UTF-8 must not get further.
        data.validate_full().map_err(|error| Error::new(ErrorKind::Text, format!("the array is damaged: {error}")))?;
        match array.data_type() {
            DataType::Utf8 => Ok(Self::Small(data.into())),
            DataType::LargeUtf8 => Ok(Self::Large(data.into())),
            DataType::Utf8View => Ok(Self::View(data.into())),
            DataType::Null => Ok(Self::Null(array.len())),
            other => Err(Error::new(ErrorKind::Argument, format!("an array of texts is needed, not one of {other}"))),
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Small(array) => array.len(),
            Self::Large(array) => array.len(),
            Self::View(array) => array.len(),
            Self::Null(length) => *length,
        }
    }

    /// The text of a row; None where it is missing.
    pub(super) fn get(&self, row: usize) -> Option<&str> {
        match self {
            Self::Small(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Large(array) => array.is_valid(row).then(|| array.value(row)),
            Self::View(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Null(_) => None,
        }
    }
}

/// Some rows of an array of texts.
pub(super) struct Part {
    strings: Arc<Strings>,
    rows: Range<usize>,
    /// Number of the array's first row in the whole input.
    first: u32,
}

impl Part {
    /// Number and text of each row that has one.
    pub(super) fn texts(&self) -> impl Iterator<Item = (u32, &str)> {
        self.rows.clone().filter_map(|row| Some((self.first + row as u32, self.strings.get(row)?)))
    }
}

/// Takes an array, a chunked array or a column in from Python.
fn read(array: &Bound<'_, PyAny>) -> PyResult<Vec<Strings>> {
    let py = array.py();
    let arrays = if array.hasattr("__arrow_c_stream__")? {
        let capsule = array.call_method0("__arrow_c_stream__")?.cast_into::<PyCapsule>()?;
        let stream = capsule.pointer_checked(Some(c"arrow_array_stream"))?.cast::<FFI_ArrowArrayStream>();
        // SAFETY: a capsule of this name holds such a stream, which is moved out of it; the capsule is alive.
        let reader = unsafe { ArrayStreamReader::from_raw(stream.as_ptr()) };
        reader.and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(unfit)
    } else if array.hasattr("__arrow_c_array__")? {
        let (schema, array): (Bound<'_, PyCapsule>, Bound<'_, PyCapsule>) =
            array.call_method0("__arrow_c_array__")?.extract()?;
        let schema = schema.pointer_checked(Some(c"arrow_schema"))?.cast::<FFI_ArrowSchema>();
        let array = array.pointer_checked(Some(c"arrow_array"))?.cast::<FFI_ArrowArray>();
        // SAFETY: capsules of these names hold such structures and are alive; the array is moved out of its own, the schema only read.
        let data = unsafe { from_ffi(FFI_ArrowArray::from_raw(array.as_ptr()), schema.as_ref()) };
        data.map(|data| vec![make_array(data)]).map_err(unfit)
    } else {
        let kind = array.get_type().name()?;
        let message =
            format!("an Arrow array is needed (anything with __arrow_c_stream__ or __arrow_c_array__), not {kind}");
        return Err(PyTypeError::new_err(message));
    };
    let strings = arrays.and_then(|arrays| arrays.iter().map(Strings::new).collect());
    strings.map_err(|error| errors::exception(py, &error))
}

/// Takes an array in from Python, cut into parts.
fn parts(array: &Bound<'_, PyAny>) -> PyResult<Vec<Part>> {
    cut(read(array)?).map_err(|error| errors::exception(array.py(), &error))
}

/// Cuts arrays into parts.
fn cut(arrays: Vec<Strings>) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    let mut first = 0;
    for strings in arrays {
        let strings = Arc::new(strings);
        let (mut start, mut bytes) = (0, 0);
        for row in 0..strings.len() {
            bytes += strings.get(row).map_or(0, str::len);
            if bytes >= PART_BYTES || row + 1 - start >= PART_ROWS || row + 1 == strings.len() {
                parts.push(Part { strings: Arc::clone(&strings), rows: start..row + 1, first });
                (start, bytes) = (row + 1, 0);
            }
        }
        first = u32::try_from(first as usize + strings.len())
            .map_err(|_| Error::new(ErrorKind::Argument, "the array has over 4,294,967,295 rows"))?;
    }
    Ok(parts)
}

/// Runs work on all parts of an array, on several threads, without holding the interpreter.
fn run<T: Send + 'static>(
    py: Python<'_>,
    parts: Vec<Part>,
    threads: Option<i64>,
    work: impl Fn(&Part) -> Result<T> + Send + Sync + 'static,
) -> PyResult<Vec<T>> {
    let pool = pool(py, threads)?;
    let task = Task::start(&pool, move |stopped| {
        let work = |part: &Part| (!stopped()).then(|| work(part)).transpose();
        parts.par_iter().with_max_len(1).map(work).collect::<Result<Option<Vec<T>>>>()
    });
    let done = task.wait(py)?.map_err(|error| errors::exception(py, &error))?;
    done.ok_or_else(|| PyRuntimeError::new_err("the work was broken off"))
}

/// A table, to be taken by any reader of Arrow: `pyarrow.table(…)`, `polars.DataFrame(…)`, `pandas.DataFrame.from_arrow(…)`.
#[pyclass(frozen, module = "khabar._core")]
pub(super) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

#[pymethods]
impl Table {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface allows a producer that knows one form only to give that.
        let _ = requested_schema;
        let batches = self.batches.clone().into_iter().map(Ok);
        let stream = FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new(batches, Arc::clone(&self.schema))));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(&*self.schema).map_err(|error| errors::exception(py, &unfit(error)))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __repr__(&self) -> String {
        let names: Vec<_> = self.schema.fields().iter().map(|field| field.name().as_str()).collect();
        format!("<Table of {} rows: {}>", self.__len__(), names.join(", "))
    }
}

/// An array of texts, to be taken by any reader of Arrow.
#[pyclass(frozen, module = "khabar._core")]
pub(super) struct Texts {
    array: LargeStringArray,
}

#[pymethods]
impl Texts {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let _ = requested_schema;
        let (array, schema) = to_ffi(&self.array.to_data()).map_err(|error| errors::exception(py, &unfit(error)))?;
        let schema = PyCapsule::new_with_value(py, schema, c"arrow_schema")?;
        let array = PyCapsule::new_with_value(py, array, c"arrow_array")?;
        PyTuple::new(py, [schema, array])
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema =
            FFI_ArrowSchema::try_from(self.array.data_type()).map_err(|error| errors::exception(py, &unfit(error)))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    fn __len__(&self) -> usize {
        self.array.len()
    }

    fn __repr__(&self) -> String {
        format!("<Texts of {} rows>", self.array.len())
    }
}

/// Words with offsets: columns `row`, `text`, `start`, `end`, `kind`, and those asked for.
#[pyfunction]
pub(super) fn arrow_tokenize(
    array: &Bound<'_, PyAny>,
    pos: bool,
    lemma: bool,
    threads: Option<i64>,
) -> PyResult<Table> {
    let of = OfWords { pos, lemma };
    let batches = run(array.py(), parts(array)?, threads, move |part: &Part| of.table(part))?;
    Ok(Table { schema: of.schema(), batches })
}

/// Normalized texts; missing ones stay missing.
#[pyfunction]
pub(super) fn arrow_normalize(
    py: Python<'_>,
    array: &Bound<'_, PyAny>,
    preset: &str,
    steps: &Bound<'_, PyDict>,
    threads: Option<i64>,
) -> PyResult<Texts> {
    let options = super::normalize::options(py, preset, Some(steps))?;
    let arrays = run(py, parts(array)?, threads, move |part: &Part| {
        let bytes = part.texts().map(|(_, text)| text.len()).sum();
        let mut out = LargeStringBuilder::with_capacity(part.rows.len(), bytes);
        for row in part.rows.clone() {
            out.append_option(part.strings.get(row).map(|text| normalize::normalize(text, &options)));
        }
        Ok(out.finish())
    })?;
    let mut arrays = arrays.into_iter();
    let first = arrays.next().unwrap_or_else(|| LargeStringArray::new_null(0));
    if arrays.len() == 0 {
        return Ok(Texts { array: first });
    }
    let mut all = LargeStringBuilder::with_capacity(first.len(), first.values().len());
    for array in std::iter::once(first).chain(arrays) {
        all.append_array(&array).map_err(|error| errors::exception(py, &unfit(error)))?;
    }
    Ok(Texts { array: all.finish() })
}

/// A kind of record of whole analyses as a table: `mentions`, `entities`, `relations`, `events` or `quotes`, with the number of the text in
/// the column `row`. `date` is one date for all, or a list with one for each row.
#[pyfunction]
pub(super) fn arrow_analyze(
    py: Python<'_>,
    analyzer: &Analyzer,
    array: &Bound<'_, PyAny>,
    table: &str,
    date: Option<&Bound<'_, PyAny>>,
    threads: Option<i64>,
) -> PyResult<Table> {
    let table = columns::Table::named(table).map_err(|error| errors::exception(py, &error))?;
    let dates = Dates::read(date)?;
    let analyzer = analyzer.inner.clone();
    let parts = parts(array)?;
    let rows: usize = parts.iter().map(|part| part.rows.len()).sum();
    if let Dates::Each(dates) = &dates
        && dates.len() != rows
    {
        let message = format!("{} dates for {rows} texts", dates.len());
        return Err(errors::raise(py, ErrorKind::Argument, message));
    }
    let batches =
        run(py, parts, threads, move |part: &Part| columns::analyze(part, &analyzer, table, |row| dates.of(row)))?;
    Ok(Table { schema: table.schema(), batches })
}

/// Dates of the texts of an array.
enum Dates {
    All(Option<DocumentDate>),
    Each(Vec<Option<DocumentDate>>),
}

impl Dates {
    fn read(date: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let Some(list) = date.and_then(|date| date.cast::<PyList>().ok()) else {
            return Ok(Self::All(dates::date(date)?));
        };
        let each = list.iter().map(|date| dates::date((!date.is_none()).then_some(&date)));
        Ok(Self::Each(each.collect::<PyResult<_>>()?))
    }

    fn of(&self, row: u32) -> Option<DocumentDate> {
        match self {
            Self::All(date) => *date,
            Self::Each(dates) => dates.get(row as usize).copied().flatten(),
        }
    }
}
