//! Words as Python objects: tokens in context, and functions on single words.

use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};

use super::errors;
use super::functions::detached;
use super::records::{Maker, Object};
use crate::error::Result;
use crate::morph::{self, Analysis, Pos, Words};
use crate::normalize::fold_into;
use crate::segment::{self, Part, Scheme, SegmentKind, Segmentation};
use crate::span::{Bytes, Span};

/// A text cut into words, and what was asked for of them.
struct Cut<'t> {
    text: Segmentation<'t>,
    scheme: Scheme,
    grammar: Known,
    /// Whether the parts of speech are to be told, and were not only needed on the way.
    pos: bool,
}

/// What is known of the segments of a text.
pub(super) enum Known {
    Nothing,
    Tags(Vec<Pos>),
    Words(Words),
}

impl Known {
    /// Finds out what is asked for.
    pub(super) fn new(text: &Segmentation<'_>, pos: bool, lemma: bool) -> Result<Self> {
        match (pos, lemma) {
            (_, true) => morph::read(text).map(Self::Words),
            (true, false) => morph::tag(text).map(Self::Tags),
            (false, false) => Ok(Self::Nothing),
        }
    }

    pub(super) fn pos(&self, segment: usize) -> Option<Pos> {
        match self {
            Self::Nothing => None,
            Self::Tags(tags) => Some(tags[segment]),
            Self::Words(words) => Some(words.pos(segment)),
        }
    }

    /// Lemma and features, empty where they were not asked for.
    pub(super) fn lemma(&self, segment: usize) -> (&str, &'static str) {
        match self {
            Self::Words(words) => (words.lemma(segment), words.grammar(segment).features()),
            _ => ("", ""),
        }
    }
}

impl<'t> Cut<'t> {
    fn new(text: &'t str, scheme: Scheme, pos: bool, lemma: bool) -> Result<Self> {
        let text = segment::segment(text)?;
        // An article is known best by the part of speech of its word.
        let grammar = Known::new(&text, pos || scheme == Scheme::D3, lemma)?;
        Ok(Self { text, scheme, grammar, pos })
    }

    /// The part of speech of a segment, where it is to be told.
    fn pos(&self, segment: usize) -> Option<Pos> {
        self.grammar.pos(segment).filter(|_| self.pos)
    }

    fn parts(&self, token: usize) -> Result<Vec<Part>> {
        let nominal = |pos| matches!(pos, Pos::Noun | Pos::Adj | Pos::Propn | Pos::Num);
        self.text.parts(token, self.scheme, |segment| self.grammar.pos(segment).map(nominal))
    }
}

impl<'py> Maker<'_, 'py> {
    fn tag(&self, pos: Option<Pos>) -> Object<'py> {
        pos.map_or_else(|| self.none(), |pos| self.member(pos))
    }

    fn part(&self, place: Span<Bytes>, kind: SegmentKind, form: &str, pos: Option<Pos>) -> PyResult<Object<'py>> {
        let [text, start, end] = self.located(place)?;
        self.classes.segment.build(self.py, [text, start, end, self.member(kind), self.str(form), self.tag(pos)])
    }

    fn token(&self, cut: &Cut<'_>, index: usize) -> PyResult<Object<'py>> {
        let token = &cut.text.tokens[index];
        let stem = cut.text.stem(token);
        let [text, start, end] = self.located(token.span)?;
        let (kind, pos) = (self.member(token.kind), self.tag(cut.pos(stem)));
        let single = token.segments.start + 1 == token.segments.end && cut.scheme != Scheme::D3;
        let (normalized, segments) = if single {
            let normalized = self.str(cut.text.form(stem));
            let place = [text.clone(), start.clone(), end.clone()];
            (normalized.clone(), vec![self.same(place, normalized, pos.clone())?])
        } else {
            let mut normalized = String::new();
            fold_into(cut.text.surface(token.span), &mut normalized);
            let segments = if matches!(cut.scheme, Scheme::Pud | Scheme::Atb) {
                let segment = |index: usize| {
                    let segment = &cut.text.segments[index];
                    self.part(segment.span, segment.kind, cut.text.form(index), cut.pos(index))
                };
                token.segments.range().map(segment).collect::<PyResult<_>>()?
            } else {
                let parts = cut.parts(index).map_err(|error| errors::exception(self.py, &error))?;
                let part = |part: &Part| {
                    let pos = cut.pos(part.segment as usize);
                    let pos = if part.kind == SegmentKind::Article { pos.and(Some(Pos::Det)) } else { pos };
                    self.part(part.span, part.kind, &part.form, pos)
                };
                parts.iter().map(part).collect::<PyResult<_>>()?
            };
            (self.str(&normalized), segments)
        };
        let segments = self.tuple(segments)?;
        let (lemma, features) = cut.grammar.lemma(stem);
        let (lemma, features) = (self.str(lemma), self.str(features));
        self.classes.token.build(self.py, [text, start, end, kind, normalized, segments, pos, lemma, features])
    }

    /// The only part of a token, which shares its objects.
    fn same(
        &self,
        [text, start, end]: [Object<'py>; 3],
        normalized: Object<'py>,
        pos: Object<'py>,
    ) -> PyResult<Object<'py>> {
        self.classes.segment.build(self.py, [text, start, end, self.member(SegmentKind::Stem), normalized, pos])
    }

    fn reading(&self, analysis: &Analysis) -> PyResult<Object<'py>> {
        let grammar = analysis.grammar;
        self.classes.analysis.build(
            self.py,
            [
                self.str(&analysis.lemma),
                self.member(grammar.pos),
                grammar.aspect.map_or_else(|| self.none(), |aspect| self.member(aspect)),
                grammar.voice.map_or_else(|| self.none(), |voice| self.member(voice)),
                self.index(grammar.person.map(u32::from)),
                grammar.gender.map_or_else(|| self.none(), |gender| self.member(gender)),
                grammar.number.map_or_else(|| self.none(), |number| self.member(number)),
                self.tuple(analysis.proclitics.iter().map(|proclitic| self.str(proclitic)).collect())?,
                self.optional(analysis.enclitic),
                self.str(analysis.gloss),
                self.optional(analysis.verb.as_ref().map(|verb| verb.lemma)),
            ],
        )
    }
}

fn scheme(py: Python<'_>, name: &str) -> PyResult<Scheme> {
    name.parse().map_err(|error| errors::exception(py, &error))
}

#[pyfunction]
#[pyo3(signature = (text, scheme="pud", pos=true, lemma=true))]
pub(super) fn tokenize<'py>(
    py: Python<'py>,
    text: &Bound<'py, PyAny>,
    scheme: &str,
    pos: bool,
    lemma: bool,
) -> PyResult<Bound<'py, PyList>> {
    let text = errors::text(text)?;
    let scheme = self::scheme(py, scheme)?;
    let cut = py.detach(|| Cut::new(&text, scheme, pos, lemma)).map_err(|error| errors::exception(py, &error))?;
    let maker = Maker::new(text.as_py_str().bind(py), &text)?;
    let tokens: Vec<_> = (0..cut.text.tokens.len()).map(|index| maker.token(&cut, index)).collect::<PyResult<_>>()?;
    PyList::new(py, tokens)
}

#[pyfunction]
pub(super) fn to_conllu(
    py: Python<'_>,
    text: &Bound<'_, PyAny>,
    id: Option<&Bound<'_, PyAny>>,
    scheme: &str,
) -> PyResult<String> {
    let (text, id) = (errors::text(text)?, errors::optional_text(id, "id")?);
    let scheme = self::scheme(py, scheme)?;
    detached(py, &text, |text| morph::to_conllu(text, id.as_deref(), scheme))
}

#[pyfunction]
pub(super) fn segment_word<'py>(py: Python<'py>, word: &Bound<'py, PyAny>, scheme: &str) -> PyResult<Object<'py>> {
    let word = errors::text(word)?;
    let scheme = self::scheme(py, scheme)?;
    let parts = detached(py, &word, |word| segment::segment_word(word, scheme))?;
    let maker = Maker::new(word.as_py_str().bind(py), &word)?;
    let parts = parts.iter().map(|part| maker.part(part.span, part.kind, &part.form, None));
    maker.tuple(parts.collect::<PyResult<_>>()?)
}

#[pyfunction]
pub(super) fn analyze_word<'py>(py: Python<'py>, word: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyTuple>> {
    let word = errors::text(word)?;
    let found = py.detach(|| morph::analyze_word(&word));
    let maker = Maker::new(word.as_py_str().bind(py), &word)?;
    PyTuple::new(py, found.iter().map(|analysis| maker.reading(analysis)).collect::<PyResult<Vec<_>>>()?)
}

#[pyfunction]
pub(super) fn stem(word: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(morph::stem(&errors::text(word)?))
}

#[pyfunction]
pub(super) fn is_stop(word: &Bound<'_, PyAny>) -> PyResult<bool> {
    let py = word.py();
    morph::is_stop(&errors::text(word)?).map_err(|error| errors::exception(py, &error))
}
