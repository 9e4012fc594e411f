//! Taggers of the user's own; see `khabar.Tagger`.

use std::collections::BTreeMap;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::PyBytes;

use super::batch::{self, Task};
use super::errors;
use crate::error::{Error, ErrorKind, Result};
use crate::tagger::conll::{self, Document};
use crate::tagger::{self, Settings};

/// A trained tagger.
#[pyclass(frozen, module = "khabar._core")]
pub(super) struct Tagger {
    pub(super) inner: Arc<tagger::Tagger>,
}

/// Tokens and labels of a sentence.
type Labelled = Vec<(String, String)>;

/// Runs work on a pool; Ctrl-C breaks the wait off and tells the work to stop.
fn on_pool<T: Send + 'static>(
    py: Python<'_>,
    threads: Option<i64>,
    work: impl FnOnce(&(dyn Fn() -> bool + Sync)) -> Result<T> + Send + 'static,
) -> PyResult<T> {
    let pool = batch::pool(py, threads)?;
    Task::start(&pool, work).wait(py)?.map_err(|error| errors::exception(py, &error))
}

#[pymethods]
impl Tagger {
    #[new]
    fn new(py: Python<'_>, data: &[u8]) -> PyResult<Self> {
        let inner = py.detach(|| tagger::Tagger::load(data)).map_err(|error| errors::exception(py, &error))?;
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Trains on the content of a file, whose name is used in errors, and gives the tagger's file.
    #[staticmethod]
    fn train<'py>(
        py: Python<'py>,
        text: &Bound<'py, PyAny>,
        name: String,
        encoder: bool,
        seed: u64,
        epochs: Option<usize>,
        threads: Option<i64>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let text: PyBackedStr = errors::text(text)?;
        let usual = Settings::default();
        let settings = Settings { encoder, seed, epochs: epochs.unwrap_or(usual.epochs) };
        let file = on_pool(py, threads, move |stopped| {
            let mut types = Vec::new();
            let documents = conll::read(&text, &name, true, &mut types)?;
            Ok(tagger::train(&documents, types, settings, stopped)?.to_bytes())
        })?;
        Ok(PyBytes::new(py, &file))
    }

    /// The tagger's file.
    #[getter]
    fn data<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.inner.to_bytes())
    }

    #[getter]
    fn types(&self) -> Vec<String> {
        self.inner.types().to_vec()
    }

    #[getter]
    fn encoder(&self) -> bool {
        self.inner.uses_encoder()
    }

    /// Whether it was trained with the models that are installed.
    #[getter]
    fn current(&self) -> bool {
        self.inner.is_current()
    }

    /// Labels of the tokens of sentences that belong together.
    fn tag(&self, py: Python<'_>, sentences: Vec<Vec<Bound<'_, PyAny>>>) -> PyResult<Vec<Vec<String>>> {
        let mut document = Document::default();
        for sentence in &sentences {
            let sentence = sentence.iter().map(errors::text).collect::<PyResult<Vec<_>>>()?;
            if sentence.iter().any(|token| token.trim().is_empty()) {
                return Err(errors::raise(py, ErrorKind::Argument, "a token without a letter or sign"));
            }
            document.push(sentence.iter().map(|token| &**token), Vec::new());
        }
        let labelled = self.labels(py, None, vec![document])?;
        Ok(labelled.into_iter().map(|sentence| sentence.into_iter().map(|(_, label)| label).collect()).collect())
    }

    /// Tokens (the first column) and labels of each sentence of a file.
    fn predict(
        &self,
        py: Python<'_>,
        text: &Bound<'_, PyAny>,
        name: String,
        threads: Option<i64>,
    ) -> PyResult<Vec<Labelled>> {
        let text = errors::text(text)?;
        let documents = conll::read(&text, &name, false, &mut Vec::new());
        self.labels(py, threads, documents.map_err(|error| errors::exception(py, &error))?)
    }

    /// Entities found, annotated and found rightly on a file, for each type.
    fn evaluate(
        &self,
        py: Python<'_>,
        text: &Bound<'_, PyAny>,
        name: String,
        threads: Option<i64>,
    ) -> PyResult<BTreeMap<String, (usize, usize, usize)>> {
        let text: PyBackedStr = errors::text(text)?;
        let tagger = Arc::clone(&self.inner);
        let tallies = on_pool(py, threads, move |_| tagger.evaluate(&text, &name))?;
        Ok(tallies.into_iter().map(|(name, tally)| (name, (tally.found, tally.gold, tally.right))).collect())
    }
}

impl Tagger {
    fn labels(&self, py: Python<'_>, threads: Option<i64>, documents: Vec<Document>) -> PyResult<Vec<Labelled>> {
        let tagger = Arc::clone(&self.inner);
        on_pool(py, threads, move |_| {
            let found = tagger.tag(&documents)?;
            let mut all = Vec::new();
            for (document, found) in documents.iter().zip(found) {
                for (sentence, entities) in document.sentences.iter().zip(found) {
                    let labels = conll::labels(&entities, sentence.tokens.len(), tagger.types());
                    let tokens = sentence.tokens.iter().map(|t| document.text[t.range()].to_owned());
                    all.push(tokens.zip(labels).collect());
                }
            }
            Ok::<_, Error>(all)
        })
    }
}
