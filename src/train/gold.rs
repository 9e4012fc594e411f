//! Annotated documents: `news_ner`, `news_ie` and the gold files, read into the types that the stages give.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use crate::entity::{Entity, Linked};
use crate::error::{Error, ErrorKind, Result};
use crate::event::{Event, EventType, Source, Status};
use crate::lexicon::{self, Hits};
use crate::mention::{Mention, MentionType};
use crate::morph::{self, Words};
use crate::number::{self, Number};
use crate::quote::{Quote, QuoteKind};
use crate::relation::{Relation, RelationType};
use crate::segment::{self, Segmentation};
use crate::span::{CodePoints, Segments, Span};
use crate::time::{self, DocumentDate, TimeExpression};

/// A document with what annotators found in it. Offsets are bytes; the segments of mentions are empty
/// until [`GoldDocument::align`].
#[derive(Clone, Debug)]
pub struct GoldDocument {
    /// Its name.
    pub id: String,
    /// `train` or `dev`, where the corpus tells.
    pub split: Option<String>,
    /// When it was written.
    pub date: Option<DocumentDate>,
    /// The text as published.
    pub text: String,
    /// Mentions, ordered by start, longer ones first.
    pub mentions: Vec<Mention>,
    /// Entities, in order of their first mentions; titles from has_title relations.
    pub entities: Vec<Entity>,
    /// Relations.
    pub relations: Vec<Relation>,
    /// Events; `rule` and `mode` are empty.
    pub events: Vec<Event>,
    /// Quotations; the cue is the occurrence nearest to what is said.
    pub quotes: Vec<Quote>,
    /// Whether more than mentions is annotated.
    pub full: bool,
}

/// A gold document cut into segments, with its mentions laid upon them and the stages before mentions run on it.
pub struct Aligned<'d> {
    /// The document.
    pub document: &'d GoldDocument,
    /// Its text, cut.
    pub segmentation: Segmentation<'d>,
    /// Part of speech, lemma and grammar of its segments.
    pub words: Words,
    /// What the lexicon knows of it.
    pub hits: Hits,
    /// Numbers found by their stage.
    pub numbers: Vec<Number>,
    /// Times found by their stage.
    pub times: Vec<TimeExpression>,
    /// The gold mentions. Each covers all segments that it touches; its bytes stay as annotated.
    pub mentions: Vec<Mention>,
}

impl Aligned<'_> {
    /// What relations, events and quotations are found in, from gold mentions and entities.
    pub fn linked(&self) -> Linked<'_> {
        Linked {
            segmentation: &self.segmentation,
            words: &self.words,
            hits: &self.hits,
            mentions: &self.mentions,
            entities: &self.document.entities,
        }
    }
}

/// The segments that a byte span touches.
pub fn covering(segmentation: &Segmentation<'_>, span: Span) -> Span<Segments> {
    let start = segmentation.segments.partition_point(|s| s.span.end <= span.start);
    let end = segmentation.segments.partition_point(|s| s.span.start < span.end);
    Span::of(start, end)
}

impl GoldDocument {
    /// Runs the stages before mentions and lays the gold mentions upon the segments.
    ///
    /// # Errors
    /// As [`segment::segment`].
    pub fn align(&self) -> Result<Aligned<'_>> {
        let segmentation = segment::segment(&self.text)?;
        let words = morph::read(&segmentation)?;
        let hits = lexicon::look_up(&segmentation);
        let numbers = number::parse_numbers(&segmentation);
        let times = time::parse_times(&segmentation, &numbers, self.date);
        let mut mentions = self.mentions.clone();
        for mention in &mut mentions {
            mention.segments = covering(&segmentation, mention.span);
        }
        Ok(Aligned { document: self, segmentation, words, hits, numbers, times, mentions })
    }
}

#[derive(Deserialize)]
struct Raw {
    id: String,
    split: Option<String>,
    #[serde(alias = "doc_date")]
    date: Option<String>,
    text: String,
    mentions: Vec<RawMention>,
    entities: Option<HashMap<String, RawEntity>>,
    #[serde(default)]
    relations: Vec<RawRelation>,
    #[serde(default)]
    events: Vec<RawEvent>,
    #[serde(default)]
    quotes: Vec<RawQuote>,
}

#[derive(Deserialize)]
struct RawMention {
    start: usize,
    end: usize,
    r#type: MentionType,
    entity: Option<String>,
    value: Option<String>,
}

#[derive(Deserialize)]
struct RawEntity {
    r#type: MentionType,
    name: String,
}

#[derive(Deserialize)]
struct RawRelation {
    r#type: RelationType,
    head: String,
    tail: String,
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
struct RawEvent {
    r#type: EventType,
    status: Status,
    trigger: (usize, usize),
    #[serde(default)]
    also: Vec<serde_json::Value>,
    #[serde(default)]
    actor: Vec<String>,
    #[serde(default)]
    recipient: Vec<String>,
    place: Option<String>,
    time: Option<(usize, usize)>,
    #[serde(default)]
    source: Vec<String>,
}

#[derive(Deserialize)]
struct RawQuote {
    start: usize,
    end: usize,
    kind: QuoteKind,
    cue: Option<String>,
    speaker: Option<String>,
    speaker_text: Option<String>,
}

/// Reads annotated documents: a `.jsonl` file, a `.json` file of one document, or a folder of such.
///
/// # Errors
/// [`ErrorKind::Io`] where a file cannot be read, [`ErrorKind::Argument`] where it has another form.
pub fn read(path: &Path) -> Result<Vec<GoldDocument>> {
    if path.is_dir() {
        let mut files: Vec<_> = std::fs::read_dir(path)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
        files.retain(|f| f.extension().is_some_and(|e| e == "json" || e == "jsonl"));
        files.sort();
        let documents: Result<Vec<_>> = files.iter().map(|f| read(f)).collect();
        return Ok(documents?.concat());
    }
    let text = std::fs::read_to_string(path)?;
    let whole = [&text[..]];
    let mut lines = text.lines();
    let parts: &mut dyn Iterator<Item = &str> =
        if path.extension().is_some_and(|e| e == "jsonl") { &mut lines } else { &mut whole.into_iter() };
    let parse = |part| {
        let raw: Raw = serde_json::from_str(part)
            .map_err(|e| Error::new(ErrorKind::Argument, format!("{}: {e}", path.display())))?;
        Ok(document(raw))
    };
    parts.filter(|part| !part.trim().is_empty()).map(parse).collect()
}

/// Dates stand as `2016-07-02` or `02/07/2016`; one that is no date is none.
fn date(text: &str) -> Option<DocumentDate> {
    let mut parts: Vec<&str> = text.split('/').collect();
    parts.reverse();
    parts.join("-").parse().ok()
}

fn document(raw: Raw) -> GoldDocument {
    let Raw { text, .. } = raw;
    let points = CodePoints::new(&text);
    let bytes = |start, end| Span::<crate::span::Bytes>::of(points.to_byte(start), points.to_byte(end));
    let full = raw.entities.is_some();
    let known = raw.entities.unwrap_or_default();

    let mut order = raw.mentions;
    order.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
    let mut ids: HashMap<&str, u32> = HashMap::new();
    let mut keys: Vec<&str> = Vec::new();
    let mut rest: Vec<&str> = known.keys().map(String::as_str).collect();
    rest.sort_unstable();
    for key in order.iter().filter_map(|m| m.entity.as_deref()).chain(rest) {
        if known.contains_key(key) && !ids.contains_key(key) {
            ids.insert(key, keys.len() as u32);
            keys.push(key);
        }
    }
    let id = |key: &String| ids.get(key.as_str()).copied();
    let mentions: Vec<Mention> = (order.iter())
        .map(|m| Mention {
            span: bytes(m.start, m.end),
            segments: Span::default(),
            kind: m.r#type,
            value: m.value.clone(),
            entity: m.entity.as_ref().and_then(id),
            confidence: None,
        })
        .collect();
    let mut entities: Vec<Entity> = (keys.iter().zip(0..))
        .map(|(&key, id)| Entity {
            id,
            kind: known[key].r#type,
            name: known[key].name.clone(),
            latin: None,
            titles: Vec::new(),
            country: None,
            mentions: (0..).zip(&mentions).filter(|m| m.1.entity == Some(id)).map(|m| m.0).collect(),
        })
        .collect();

    let mut relations = Vec::new();
    for r in &raw.relations {
        let title = r.r#type == RelationType::HasTitle;
        let (Some(head), tail) = (id(&r.head), if title { None } else { id(&r.tail) }) else { continue };
        if title {
            entities[head as usize].titles.push(r.tail.clone());
        } else if tail.is_none() {
            continue;
        }
        relations.push(Relation {
            kind: r.r#type,
            head,
            tail,
            tail_text: title.then(|| r.tail.clone()),
            span: bytes(r.start, r.end),
            rule: String::new(),
            confidence: None,
            derived: false,
        });
    }
    let event = |e: &RawEvent| {
        let trigger = bytes(e.trigger.0, e.trigger.1);
        let also = e.also.iter().filter_map(|a| <(usize, usize)>::deserialize(a).ok());
        let mut triggers: Vec<_> = also.map(|(start, end)| bytes(start, end)).chain([trigger]).collect();
        triggers.sort();
        let time = e.time.map(|(start, end)| bytes(start, end)).and_then(|span| {
            let timed = |m: &Mention| matches!(m.kind, MentionType::Date | MentionType::Time);
            mentions.iter().position(|m| timed(m) && m.span.overlaps(span)).map(|i| i as u32)
        });
        let ids = |keys: &[String]| keys.iter().filter_map(id).collect();
        Event {
            kind: e.r#type,
            mode: None,
            trigger,
            triggers,
            actors: ids(&e.actor),
            recipients: ids(&e.recipient),
            place: e.place.as_ref().and_then(id),
            time,
            date: time.and_then(|t| mentions[t as usize].value.clone()),
            status: e.status,
            sources: e.source.iter().map(|s| id(s).map_or_else(|| Source::Text(s.clone()), Source::Entity)).collect(),
            span: trigger,
            rule: String::new(),
            confidence: None,
        }
    };
    let mut events: Vec<Event> = raw.events.iter().map(event).collect();
    events.sort_by_key(|e| e.trigger);
    let quote = |q: &RawQuote| {
        let span = bytes(q.start, q.end);
        Quote {
            span,
            speaker: q.speaker.as_ref().and_then(id),
            speaker_text: q.speaker_text.clone(),
            cue: q.cue.as_deref().and_then(|cue| nearest(&text, cue, span)),
            kind: q.kind,
            via: None,
        }
    };
    let mut quotes: Vec<Quote> = raw.quotes.iter().map(quote).collect();
    quotes.sort_by_key(|q| q.span);

    let date = raw.date.as_deref().and_then(date);
    GoldDocument { id: raw.id, split: raw.split, date, mentions, entities, relations, events, quotes, full, text }
}

/// The occurrence of `cue` nearest to a quotation, before or after it.
fn nearest(text: &str, cue: &str, quote: Span) -> Option<Span> {
    let distance = |start: usize| match start + cue.len() <= quote.start as usize {
        true => quote.start as usize - start - cue.len(),
        false => start.abs_diff(quote.end as usize),
    };
    let found = text.match_indices(cue).map(|m| m.0).filter(|_| !cue.trim().is_empty());
    let outside = found.filter(|&s| s + cue.len() <= quote.start as usize || s >= quote.end as usize);
    outside.min_by_key(|&s| distance(s)).map(|s| Span::of(s, s + cue.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_become_bytes_and_keys_ids() {
        let raw: Raw = serde_json::from_value(serde_json::json!({
            "id": "a", "doc_date": "05/09/2025", "text": "😀 قال الوزير سالم إن بلاده ترفض.",
            "entities": {"e2": {"type": "PERS", "name": "سالم"}, "e1": {"type": "GPE", "name": "تونس"}},
            "mentions": [{"start": 13, "end": 17, "type": "PERS", "entity": "e2"}, {"start": 6, "end": 12, "type": "OCC", "entity": "e2"}],
            "relations": [{"type": "has_title", "head": "e2", "tail": "الوزير", "start": 2, "end": 31},
                          {"type": "leads", "head": "e2", "tail": "e1", "start": 2, "end": 31}],
            "events": [{"type": "REJECT", "status": "occurred", "trigger": [27, 31], "actor": ["e1"], "source": ["e2", "مصدر"]}],
            "quotes": [{"start": 21, "end": 31, "kind": "indirect", "cue": "قال", "speaker": "e2"}]
        }))
        .unwrap();
        let document = document(raw);
        assert_eq!(document.date, Some(DocumentDate { year: 2025, month: Some(9), day: Some(5) }));
        assert_eq!(&document.text[document.mentions[1].span.range()], "سالم");
        assert_eq!(document.entities[0].name, "سالم");
        assert_eq!((document.entities[0].titles.len(), document.relations.len()), (1, 2));
        assert_eq!(&document.text[document.events[0].trigger.range()], "ترفض");
        assert_eq!(document.events[0].sources, [Source::Entity(0), Source::Text("مصدر".to_owned())]);
        assert_eq!(&document.text[document.quotes[0].cue.unwrap().range()], "قال");
    }
}
