//! The tables that results make: their columns, and how they are filled.

use std::sync::Arc;

use arrow_array::builder::{LargeListBuilder, LargeStringBuilder};
use arrow_array::types::Int8Type;
use arrow_array::{
    ArrayRef, BooleanArray, DictionaryArray, Float64Array, Int8Array, LargeStringArray, RecordBatch, StringArray,
    UInt32Array,
};
use arrow_schema::{Field, Schema, SchemaRef};

use super::arrow::{Part, unfit};
use super::enums::Named;
use super::records::rounded;
use super::results::Analysis;
use super::words::Known;
use crate::document::{Analyzer, Context, Wanted};
use crate::error::{Error, ErrorKind, Result};
use crate::event::Source;
use crate::morph::Pos;
use crate::segment::{self, TokenKind};
use crate::span::{CodePoints, Span};
use crate::time::DocumentDate;

/// Which records of an analysis make the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    Mentions,
    Entities,
    Relations,
    Events,
    Quotes,
}

impl Table {
    pub(super) fn named(name: &str) -> Result<Self> {
        match name {
            "mentions" => Ok(Self::Mentions),
            "entities" => Ok(Self::Entities),
            "relations" => Ok(Self::Relations),
            "events" => Ok(Self::Events),
            "quotes" => Ok(Self::Quotes),
            other => {
                let tables = "mentions, entities, relations, events, quotes";
                Err(Error::new(ErrorKind::Argument, format!("no table {other:?}: there are {tables}")))
            }
        }
    }

    pub(super) fn schema(self) -> SchemaRef {
        self.batch(&[]).schema()
    }

    fn wanted(self) -> Wanted {
        Wanted { quotes: self == Self::Quotes, relations: self == Self::Relations, events: self == Self::Events }
    }

    fn batch(self, rows: &[Row<'_>]) -> Columns {
        match self {
            Self::Mentions => mentions(rows),
            Self::Entities => entities(rows),
            Self::Relations => relations(rows),
            Self::Events => events(rows),
            Self::Quotes => quotes(rows),
        }
    }
}

/// Columns with their names.
struct Columns(Vec<(&'static str, ArrayRef)>);

impl Columns {
    fn schema(&self) -> SchemaRef {
        let fields = self.0.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true));
        Arc::new(Schema::new(fields.collect::<Vec<_>>()))
    }

    fn finish(self) -> Result<RecordBatch> {
        let schema = self.schema();
        RecordBatch::try_new(schema, self.0.into_iter().map(|(_, array)| array).collect()).map_err(unfit)
    }
}

/// An analysed text.
struct Row<'t> {
    number: u32,
    text: &'t str,
    points: CodePoints<'t>,
    analysis: Analysis,
}

impl<'t> Row<'t> {
    fn surface(&self, span: Span) -> &'t str {
        &self.text[span.range()]
    }

    fn start(&self, span: Span) -> u32 {
        self.points.from_byte(span.start as usize) as u32
    }

    fn end(&self, span: Span) -> u32 {
        self.points.from_byte(span.end as usize) as u32
    }

    fn name(&self, entity: u32) -> Option<&str> {
        self.analysis.entities.get(entity as usize).map(|entity| entity.name.as_str())
    }

    fn names<'a>(&'a self, entities: &'a [u32]) -> impl Iterator<Item = &'a str> {
        entities.iter().filter_map(|&entity| self.name(entity))
    }
}

/// Analyses the texts of a part and makes the table.
pub(super) fn analyze(
    part: &Part,
    analyzer: &Analyzer,
    table: Table,
    date: impl Fn(u32) -> Option<DocumentDate>,
) -> Result<RecordBatch> {
    let rows = part.texts().map(|(number, text)| {
        let context = Context { date: date(number), ..Context::default() };
        let analysis = Analysis::from(analyzer.analyze_for(text, context, table.wanted())?);
        Ok(Row { number, text, points: CodePoints::new(text), analysis })
    });
    table.batch(&rows.collect::<Result<Vec<_>>>()?).finish()
}

/// What tables of words tell of each besides its place.
#[derive(Clone, Copy)]
pub(super) struct OfWords {
    /// Its part of speech.
    pub(super) pos: bool,
    /// Its lemma and features.
    pub(super) lemma: bool,
}

impl OfWords {
    /// Words of the texts of a part.
    pub(super) fn table(self, part: &Part) -> Result<RecordBatch> {
        let bytes: usize = part.texts().map(|(_, text)| text.len()).sum();
        let mut columns = Words::with_capacity(bytes);
        for (row, text) in part.texts() {
            if !self.pos && !self.lemma {
                columns.places(row, text, segment::tokenize_spans(text)?.iter().map(|word| (word.span, word.kind)));
                continue;
            }
            let cut = segment::segment(text)?;
            let known = Known::new(&cut, self.pos, self.lemma)?;
            columns.places(row, text, cut.tokens.iter().map(|token| (token.span, token.kind)));
            for token in &cut.tokens {
                let stem = cut.stem(token);
                columns.tags.extend(known.pos(stem).filter(|_| self.pos).map(|pos| pos.index() as i8));
                if self.lemma {
                    let (lemma, features) = known.lemma(stem);
                    columns.lemmas.append_value(lemma);
                    columns.features.append_value(features);
                }
            }
        }
        columns.finish(self).finish()
    }

    pub(super) fn schema(self) -> SchemaRef {
        Words::with_capacity(0).finish(self).schema()
    }
}

/// The columns of a table of words, as they grow.
struct Words {
    rows: Vec<u32>,
    texts: LargeStringBuilder,
    starts: Vec<u32>,
    ends: Vec<u32>,
    kinds: Vec<i8>,
    tags: Vec<i8>,
    lemmas: LargeStringBuilder,
    features: LargeStringBuilder,
}

impl Words {
    /// Room for the words of texts of so many bytes.
    fn with_capacity(bytes: usize) -> Self {
        let expected = bytes / 9 + 4;
        Self {
            rows: Vec::with_capacity(expected),
            texts: LargeStringBuilder::with_capacity(expected, bytes),
            starts: Vec::with_capacity(expected),
            ends: Vec::with_capacity(expected),
            kinds: Vec::with_capacity(expected),
            tags: Vec::new(),
            lemmas: LargeStringBuilder::new(),
            features: LargeStringBuilder::new(),
        }
    }

    /// Where the words of a text stand.
    fn places(&mut self, row: u32, text: &str, words: impl Iterator<Item = (Span, TokenKind)>) {
        // Words come in text order, so that code points are counted on from word to word.
        let (mut byte, mut point) = (0, 0);
        let mut advance = |to: usize| {
            point += text.as_bytes()[byte..to].iter().filter(|&&b| (b as i8) >= -0x40).count() as u32;
            byte = to;
            point
        };
        for (span, kind) in words {
            self.rows.push(row);
            self.starts.push(advance(span.start as usize));
            self.ends.push(advance(span.end as usize));
            self.kinds.push(kind.index() as i8);
            self.texts.append_value(&text[span.range()]);
        }
    }

    fn finish(mut self, of: OfWords) -> Columns {
        let mut columns: Vec<(_, ArrayRef)> = vec![
            ("row", Arc::new(UInt32Array::from(self.rows))),
            ("text", Arc::new(self.texts.finish())),
            ("start", Arc::new(UInt32Array::from(self.starts))),
            ("end", Arc::new(UInt32Array::from(self.ends))),
            ("kind", dictionary::<TokenKind>(Int8Array::from(self.kinds))),
        ];
        if of.pos {
            columns.push(("pos", dictionary::<Pos>(Int8Array::from(self.tags))));
        }
        if of.lemma {
            columns.push(("lemma", Arc::new(self.lemmas.finish())));
            columns.push(("features", Arc::new(self.features.finish())));
        }
        Columns(columns)
    }
}

/// A column of enum values: each name once, and a number a row.
fn dictionary<E: Named>(keys: Int8Array) -> ArrayRef {
    let names: StringArray = E::ALL.iter().map(|value| Some(value.name())).collect();
    Arc::new(DictionaryArray::<Int8Type>::new(keys, Arc::new(names)))
}

fn enums<E: Named>(values: impl Iterator<Item = E>) -> ArrayRef {
    dictionary::<E>(values.map(|value| value.index() as i8).collect::<Vec<_>>().into())
}

fn texts<'a>(values: impl Iterator<Item = &'a str>) -> ArrayRef {
    Arc::new(LargeStringArray::from_iter_values(values))
}

fn optional<'a>(values: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    Arc::new(values.collect::<LargeStringArray>())
}

fn numbers(values: impl Iterator<Item = u32>) -> ArrayRef {
    Arc::new(UInt32Array::from_iter_values(values))
}

fn indices(values: impl Iterator<Item = Option<u32>>) -> ArrayRef {
    Arc::new(values.collect::<UInt32Array>())
}

fn confidences(values: impl Iterator<Item = Option<f32>>) -> ArrayRef {
    Arc::new(values.map(|value| value.map(rounded)).collect::<Float64Array>())
}

fn lists<'a, I: Iterator<Item = &'a str>>(values: impl Iterator<Item = I>) -> ArrayRef {
    let mut builder = LargeListBuilder::new(LargeStringBuilder::new());
    for value in values {
        for item in value {
            builder.values().append_value(item);
        }
        builder.append(true);
    }
    Arc::new(builder.finish())
}

fn mentions(rows: &[Row<'_>]) -> Columns {
    let all: Vec<_> = rows
        .iter()
        .flat_map(|row| {
            row.analysis.mentions.iter().zip(&row.analysis.forms).map(move |(mention, form)| (row, mention, form))
        })
        .collect();
    Columns(vec![
        ("row", numbers(all.iter().map(|(row, ..)| row.number))),
        ("text", texts(all.iter().map(|(row, mention, _)| row.surface(mention.span)))),
        ("start", numbers(all.iter().map(|(row, mention, _)| row.start(mention.span)))),
        ("end", numbers(all.iter().map(|(row, mention, _)| row.end(mention.span)))),
        ("type", enums(all.iter().map(|(_, mention, _)| mention.kind))),
        ("normalized", texts(all.iter().map(|(_, _, form)| form.as_str()))),
        ("value", optional(all.iter().map(|(_, mention, _)| mention.value.as_deref()))),
        ("entity", indices(all.iter().map(|(_, mention, _)| mention.entity))),
        ("entity_name", optional(all.iter().map(|(row, mention, _)| row.name(mention.entity?)))),
        ("confidence", confidences(all.iter().map(|(_, mention, _)| mention.confidence))),
    ])
}

fn entities(rows: &[Row<'_>]) -> Columns {
    let all: Vec<_> =
        rows.iter().flat_map(|row| row.analysis.entities.iter().map(move |entity| (row, entity))).collect();
    Columns(vec![
        ("row", numbers(all.iter().map(|(row, _)| row.number))),
        ("id", numbers(all.iter().map(|(_, entity)| entity.id))),
        ("type", enums(all.iter().map(|(_, entity)| entity.kind))),
        ("name", texts(all.iter().map(|(_, entity)| entity.name.as_str()))),
        ("latin", optional(all.iter().map(|(_, entity)| entity.latin.as_deref()))),
        ("titles", lists(all.iter().map(|(_, entity)| entity.titles.iter().map(String::as_str)))),
        ("country", optional(all.iter().map(|(_, entity)| entity.country.as_deref()))),
        ("mentions", numbers(all.iter().map(|(_, entity)| entity.mentions.len() as u32))),
    ])
}

fn relations(rows: &[Row<'_>]) -> Columns {
    let all: Vec<_> =
        rows.iter().flat_map(|row| row.analysis.relations.iter().map(move |relation| (row, relation))).collect();
    Columns(vec![
        ("row", numbers(all.iter().map(|(row, _)| row.number))),
        ("type", enums(all.iter().map(|(_, relation)| relation.kind))),
        ("head", numbers(all.iter().map(|(_, relation)| relation.head))),
        ("head_name", optional(all.iter().map(|(row, relation)| row.name(relation.head)))),
        ("tail", indices(all.iter().map(|(_, relation)| relation.tail))),
        (
            "tail_name",
            optional(all.iter().map(|(row, relation)| match relation.tail {
                Some(tail) => row.name(tail),
                None => relation.tail_text.as_deref(),
            })),
        ),
        ("start", numbers(all.iter().map(|(row, relation)| row.start(relation.span)))),
        ("end", numbers(all.iter().map(|(row, relation)| row.end(relation.span)))),
        ("evidence", texts(all.iter().map(|(row, relation)| row.surface(relation.span)))),
        ("rule", texts(all.iter().map(|(_, relation)| relation.rule.as_str()))),
        ("confidence", confidences(all.iter().map(|(_, relation)| relation.confidence))),
        ("derived", Arc::new(all.iter().map(|(_, relation)| Some(relation.derived)).collect::<BooleanArray>())),
    ])
}

fn events(rows: &[Row<'_>]) -> Columns {
    let all: Vec<_> = rows.iter().flat_map(|row| row.analysis.events.iter().map(move |event| (row, event))).collect();
    let sources = all.iter().map(|(row, event)| {
        event.sources.iter().filter_map(|source| match source {
            Source::Entity(entity) => row.name(*entity),
            Source::Text(words) => Some(words.as_str()),
        })
    });
    Columns(vec![
        ("row", numbers(all.iter().map(|(row, _)| row.number))),
        ("type", enums(all.iter().map(|(_, event)| event.kind))),
        ("mode", optional(all.iter().map(|(_, event)| event.mode.as_deref()))),
        ("trigger", texts(all.iter().map(|(row, event)| row.surface(event.trigger)))),
        ("actors", lists(all.iter().map(|(row, event)| row.names(&event.actors)))),
        ("recipients", lists(all.iter().map(|(row, event)| row.names(&event.recipients)))),
        ("place", optional(all.iter().map(|(row, event)| row.name(event.place?)))),
        ("date", optional(all.iter().map(|(_, event)| event.date.as_deref()))),
        ("status", enums(all.iter().map(|(_, event)| event.status))),
        ("sources", lists(sources)),
        ("start", numbers(all.iter().map(|(row, event)| row.start(event.span)))),
        ("end", numbers(all.iter().map(|(row, event)| row.end(event.span)))),
        ("evidence", texts(all.iter().map(|(row, event)| row.surface(event.span)))),
        ("rule", texts(all.iter().map(|(_, event)| event.rule.as_str()))),
        ("confidence", confidences(all.iter().map(|(_, event)| event.confidence))),
    ])
}

fn quotes(rows: &[Row<'_>]) -> Columns {
    let all: Vec<_> = rows.iter().flat_map(|row| row.analysis.quotes.iter().map(move |quote| (row, quote))).collect();
    Columns(vec![
        ("row", numbers(all.iter().map(|(row, _)| row.number))),
        ("text", texts(all.iter().map(|(row, quote)| row.surface(quote.span)))),
        ("start", numbers(all.iter().map(|(row, quote)| row.start(quote.span)))),
        ("end", numbers(all.iter().map(|(row, quote)| row.end(quote.span)))),
        ("speaker", indices(all.iter().map(|(_, quote)| quote.speaker))),
        (
            "speaker_name",
            optional(all.iter().map(|(row, quote)| match quote.speaker {
                Some(speaker) => row.name(speaker),
                None => quote.speaker_text.as_deref(),
            })),
        ),
        ("cue", optional(all.iter().map(|(row, quote)| Some(row.surface(quote.cue?))))),
        ("kind", enums(all.iter().map(|(_, quote)| quote.kind))),
        ("via", optional(all.iter().map(|(row, quote)| row.name(quote.via?)))),
    ])
}
