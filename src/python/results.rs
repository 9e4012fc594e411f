//! What the stages find, as Python objects.

use pyo3::prelude::*;
use pyo3::types::PyList;

use super::dates;
use super::records::{Maker, Object};
use crate::document::{Context, Document};
use crate::entity::Entity;
use crate::event::{Event, Source};
use crate::mention::Mention;
use crate::number::Number;
use crate::quote::Quote;
use crate::relation::Relation;
use crate::segment::Sentence;
use crate::time::TimeExpression;

/// A [`Document`] that no longer needs its text: what a worker hands back.
pub(super) struct Analysis {
    pub(super) context: Context,
    pub(super) sentences: Vec<Sentence>,
    pub(super) numbers: Vec<Number>,
    pub(super) times: Vec<TimeExpression>,
    pub(super) mentions: Vec<Mention>,
    /// The normalized form of each mention.
    pub(super) forms: Vec<String>,
    pub(super) entities: Vec<Entity>,
    pub(super) quotes: Vec<Quote>,
    pub(super) relations: Vec<Relation>,
    pub(super) events: Vec<Event>,
}

impl From<Document<'_>> for Analysis {
    fn from(document: Document<'_>) -> Self {
        let forms =
            document.mentions.iter().map(|mention| document.segmentation.normalized(mention.segments)).collect();
        let Document { context, segmentation, numbers, times, mentions, entities, quotes, relations, events, words: _ } =
            document;
        let sentences = segmentation.sentences;
        Self { context, sentences, numbers, times, mentions, forms, entities, quotes, relations, events }
    }
}

impl<'py> Maker<'_, 'py> {
    fn all<T>(&self, items: &[T], make: impl Fn(&T) -> PyResult<Object<'py>>) -> PyResult<Object<'py>> {
        self.tuple(items.iter().map(make).collect::<PyResult<_>>()?)
    }

    /// A list, as the functions that run one stage return.
    pub(super) fn list<T>(
        &self,
        items: &[T],
        make: impl Fn(&T) -> PyResult<Object<'py>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let items: Vec<_> = items.iter().map(make).collect::<PyResult<_>>()?;
        PyList::new(self.py, items)
    }

    pub(super) fn document(&self, analysis: &Analysis) -> PyResult<Object<'py>> {
        let context = &analysis.context;
        let date = context.date.map(dates::write);
        self.classes.document.build(
            self.py,
            [
                self.source(),
                self.optional(context.id.as_deref()),
                self.optional(date.as_deref()),
                self.optional(context.source.as_deref()),
                self.all(&analysis.sentences, |s| self.sentence(s))?,
                self.tuple(self.mentions(analysis)?)?,
                self.all(&analysis.entities, |e| self.entity(e))?,
                self.all(&analysis.relations, |r| self.relation(r))?,
                self.all(&analysis.events, |e| self.event(e))?,
                self.all(&analysis.quotes, |q| self.quote(q))?,
                self.all(&analysis.numbers, |n| self.number(n))?,
                self.all(&analysis.times, |t| self.time(t))?,
                self.none(),
            ],
        )
    }

    pub(super) fn sentence(&self, sentence: &Sentence) -> PyResult<Object<'py>> {
        let [text, start, end] = self.located(sentence.span)?;
        self.classes.sentence.build(self.py, [text, start, end, self.member(sentence.zone)])
    }

    pub(super) fn mentions(&self, analysis: &Analysis) -> PyResult<Vec<Object<'py>>> {
        analysis.mentions.iter().zip(&analysis.forms).map(|(mention, form)| self.mention(mention, form)).collect()
    }

    fn mention(&self, mention: &Mention, form: &str) -> PyResult<Object<'py>> {
        let [text, start, end] = self.located(mention.span)?;
        self.classes.mention.build(
            self.py,
            [
                text,
                start,
                end,
                self.member(mention.kind),
                self.str(form),
                self.optional(mention.value.as_deref()),
                self.index(mention.entity),
                self.confidence(mention.confidence),
            ],
        )
    }

    fn entity(&self, entity: &Entity) -> PyResult<Object<'py>> {
        self.classes.entity.build(
            self.py,
            [
                self.int(entity.id as usize),
                self.member(entity.kind),
                self.str(&entity.name),
                self.optional(entity.latin.as_deref()),
                self.indices(&entity.mentions)?,
                self.strings(&entity.titles)?,
                self.optional(entity.country.as_deref()),
            ],
        )
    }

    pub(super) fn relation(&self, relation: &Relation) -> PyResult<Object<'py>> {
        let [start, end] = self.offsets(relation.span);
        self.classes.relation.build(
            self.py,
            [
                self.member(relation.kind),
                self.int(relation.head as usize),
                self.index(relation.tail),
                self.optional(relation.tail_text.as_deref()),
                start,
                end,
                self.str(&relation.rule),
                self.confidence(relation.confidence),
                self.bool(relation.derived),
            ],
        )
    }

    pub(super) fn event(&self, event: &Event) -> PyResult<Object<'py>> {
        let [start, end] = self.offsets(event.span);
        let sources = event.sources.iter().map(|source| match source {
            Source::Entity(id) => self.int(*id as usize),
            Source::Text(words) => self.str(words),
        });
        self.classes.event.build(
            self.py,
            [
                self.member(event.kind),
                self.optional(event.mode.as_deref()),
                self.span(event.trigger)?,
                self.all(&event.triggers, |&trigger| self.span(trigger))?,
                self.indices(&event.actors)?,
                self.indices(&event.recipients)?,
                self.index(event.place),
                self.index(event.time),
                self.optional(event.date.as_deref()),
                self.member(event.status),
                self.tuple(sources.collect())?,
                start,
                end,
                self.str(&event.rule),
                self.confidence(event.confidence),
            ],
        )
    }

    pub(super) fn quote(&self, quote: &Quote) -> PyResult<Object<'py>> {
        let [start, end] = self.offsets(quote.span);
        let cue = match quote.cue {
            Some(cue) => self.span(cue)?,
            None => self.none(),
        };
        self.classes.quote.build(
            self.py,
            [
                start,
                end,
                self.index(quote.speaker),
                self.optional(quote.speaker_text.as_deref()),
                cue,
                self.member(quote.kind),
                self.index(quote.via),
            ],
        )
    }

    pub(super) fn number(&self, number: &Number) -> PyResult<Object<'py>> {
        let [text, start, end] = self.located(number.span)?;
        self.classes.number.build(
            self.py,
            [
                text,
                start,
                end,
                self.member(number.kind),
                self.optional(number.value.as_deref()),
                self.optional(number.unit.as_deref()),
                self.optional(number.modifier.as_deref()),
            ],
        )
    }

    pub(super) fn time(&self, time: &TimeExpression) -> PyResult<Object<'py>> {
        let [text, start, end] = self.located(time.span)?;
        self.classes.time.build(
            self.py,
            [
                text,
                start,
                end,
                self.member(time.kind),
                self.str(&time.value),
                self.day(time.earliest)?,
                self.day(time.latest)?,
                self.str(time.granularity),
                self.optional(time.modifier),
            ],
        )
    }
}
