//! The functions that Python calls on one text.

use std::collections::BTreeMap;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::PyList;

use super::lexicon::Lexicon;
use super::records::{Maker, Object};
use super::results::Analysis;
use super::tagger::Tagger;
use super::{dates, errors};
use crate::document::{self, Context, Wanted};
use crate::error::{ErrorKind, Result};
use crate::model::{self, Model};
use crate::{number, segment, time};

/// A configuration of the stages; see `khabar.Analyzer`.
#[pyclass(frozen, module = "khabar._core")]
pub(super) struct Analyzer {
    pub(super) inner: document::Analyzer,
}

#[pymethods]
impl Analyzer {
    #[new]
    #[pyo3(signature = (model, lexicon = None, tagger = None, labels = None))]
    fn new(
        py: Python<'_>,
        model: &str,
        lexicon: Option<&Lexicon>,
        tagger: Option<&Bound<'_, Tagger>>,
        labels: Option<Vec<(String, Option<String>)>>,
    ) -> PyResult<Self> {
        let model = match model {
            "fast" => Model::Fast,
            "accurate" => Model::Accurate,
            other => {
                return Err(errors::raise(
                    py,
                    ErrorKind::Argument,
                    format!("no model {other:?}: there are \"fast\" and \"accurate\""),
                ));
            }
        };
        let tagger = tagger.map(|tagger| tagger.get().inner.clone());
        let lexicon = lexicon.map(|lexicon| lexicon.inner.clone());
        let make = || {
            // The accurate model's encoder finds mentions alone, which are the tagger's here.
            let model = if tagger.is_some() { Model::Fast } else { model };
            let mut inner = document::Analyzer::new(model)?;
            if let Some(lexicon) = lexicon {
                inner = inner.with_lexicon(lexicon);
            }
            let Some(tagger) = tagger else { return Ok(inner) };
            let kind = |(name, kind): (String, Option<String>)| Ok((name, kind.map(|kind| kind.parse()).transpose()?));
            let labels = labels.unwrap_or_default().into_iter().map(kind).collect::<Result<Vec<_>>>()?;
            inner.with_tagger(tagger, &labels)
        };
        Ok(Self { inner: py.detach(make).map_err(|error| errors::exception(py, &error))? })
    }

    #[pyo3(signature = (text, date, id, source))]
    fn analyze<'py>(
        &self,
        text: &Bound<'py, PyAny>,
        date: Option<&Bound<'py, PyAny>>,
        id: Option<&Bound<'py, PyAny>>,
        source: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Object<'py>> {
        let context = context(date, id, source)?;
        self.run(text, context, Wanted::ALL, |maker, analysis| maker.document(analysis))
    }

    fn find_mentions<'py>(
        &self,
        text: &Bound<'py, PyAny>,
        date: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        self.run(text, context(date, None, None)?, Wanted::ENTITIES, |maker, analysis| {
            PyList::new(maker.py, maker.mentions(analysis)?)
        })
    }

    fn find_relations<'py>(&self, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        let wanted = Wanted { relations: true, ..Wanted::ENTITIES };
        self.run(text, Context::default(), wanted, |maker, analysis| {
            maker.list(&analysis.relations, |r| maker.relation(r))
        })
    }

    fn find_events<'py>(
        &self,
        text: &Bound<'py, PyAny>,
        date: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let wanted = Wanted { events: true, ..Wanted::ENTITIES };
        self.run(text, context(date, None, None)?, wanted, |maker, analysis| {
            maker.list(&analysis.events, |e| maker.event(e))
        })
    }

    fn find_quotes<'py>(&self, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        let wanted = Wanted { quotes: true, ..Wanted::ENTITIES };
        self.run(text, Context::default(), wanted, |maker, analysis| maker.list(&analysis.quotes, |q| maker.quote(q)))
    }
}

impl Analyzer {
    fn run<'py, T>(
        &self,
        text: &Bound<'py, PyAny>,
        context: Context,
        wanted: Wanted,
        make: impl FnOnce(&Maker<'_, 'py>, &Analysis) -> PyResult<T>,
    ) -> PyResult<T> {
        let py = text.py();
        let text = errors::text(text)?;
        let analysis = detached(py, &text, |text| self.inner.analyze_for(text, context, wanted).map(Analysis::from))?;
        make(&Maker::new(text.as_py_str().bind(py), &text)?, &analysis)
    }
}

/// Reads the optional arguments about a text.
pub(super) fn context(
    date: Option<&Bound<'_, PyAny>>,
    id: Option<&Bound<'_, PyAny>>,
    source: Option<&Bound<'_, PyAny>>,
) -> PyResult<Context> {
    Ok(Context {
        id: errors::optional_text(id, "id")?,
        date: dates::date(date)?,
        source: errors::optional_text(source, "source")?,
    })
}

/// Runs a stage on a text without holding the interpreter.
pub(super) fn detached<T: Send>(
    py: Python<'_>,
    text: &PyBackedStr,
    run: impl FnOnce(&str) -> Result<T> + Send,
) -> PyResult<T> {
    py.detach(|| run(text)).map_err(|error| errors::exception(py, &error))
}

/// Name and version of each model.
#[pyfunction]
pub(super) fn model_versions() -> BTreeMap<&'static str, String> {
    BTreeMap::from([("accurate", model::version(Model::Accurate)), ("fast", model::version(Model::Fast))])
}

#[pyfunction]
pub(super) fn sentences<'py>(py: Python<'py>, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
    let text = errors::text(text)?;
    let sentences = detached(py, &text, |text| Ok(segment::segment(text)?.sentences))?;
    let maker = Maker::new(text.as_py_str().bind(py), &text)?;
    maker.list(&sentences, |sentence| maker.sentence(sentence))
}

#[pyfunction]
pub(super) fn parse_numbers<'py>(py: Python<'py>, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
    let text = errors::text(text)?;
    let numbers = detached(py, &text, |text| Ok(number::parse_numbers(&segment::segment(text)?)))?;
    let maker = Maker::new(text.as_py_str().bind(py), &text)?;
    maker.list(&numbers, |number| maker.number(number))
}

#[pyfunction]
#[pyo3(signature = (text, date))]
pub(super) fn parse_times<'py>(
    py: Python<'py>,
    text: &Bound<'py, PyAny>,
    date: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyList>> {
    let text = errors::text(text)?;
    let date = dates::date(date)?;
    let times = detached(py, &text, |text| {
        let cut = segment::segment(text)?;
        Ok(time::parse_times(&cut, &number::parse_numbers(&cut), date))
    })?;
    let maker = Maker::new(text.as_py_str().bind(py), &text)?;
    maker.list(&times, |time| maker.time(time))
}
