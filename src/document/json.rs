//! A document as JSON: what the command line writes a line of, and `Document.to_dict()` gives in Python.

use serde::Serialize;

use super::Document;
use crate::event::{EventType, Source, Status};
use crate::mention::MentionType;
use crate::quote::QuoteKind;
use crate::relation::RelationType;
use crate::segment::Zone;
use crate::span::{CodePoints, Span};

#[derive(Serialize)]
struct Json<'a> {
    id: Option<&'a str>,
    date: Option<String>,
    source: Option<&'a str>,
    text: &'a str,
    sentences: Vec<SentenceJson>,
    mentions: Vec<MentionJson<'a>>,
    entities: Vec<EntityJson<'a>>,
    relations: Vec<RelationJson<'a>>,
    events: Vec<EventJson<'a>>,
    quotes: Vec<QuoteJson<'a>>,
    numbers: Vec<NumberJson<'a>>,
    times: Vec<TimeJson<'a>>,
}

#[derive(Serialize)]
struct SpanJson {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct SentenceJson {
    #[serde(flatten)]
    span: SpanJson,
    zone: Zone,
}

#[derive(Serialize)]
struct MentionJson<'a> {
    #[serde(flatten)]
    span: SpanJson,
    text: &'a str,
    r#type: MentionType,
    normalized: String,
    entity: Option<u32>,
    value: Option<&'a str>,
    confidence: Option<f64>,
}

#[derive(Serialize)]
struct EntityJson<'a> {
    id: u32,
    r#type: MentionType,
    name: &'a str,
    latin: Option<&'a str>,
    titles: &'a [String],
    country: Option<&'a str>,
}

#[derive(Serialize)]
struct RelationJson<'a> {
    r#type: RelationType,
    head: u32,
    tail: Option<u32>,
    tail_text: Option<&'a str>,
    #[serde(flatten)]
    span: SpanJson,
    rule: &'a str,
    confidence: Option<f64>,
    derived: bool,
}

#[derive(Serialize)]
#[serde(untagged)]
enum SourceJson<'a> {
    Entity(u32),
    Text(&'a str),
}

#[derive(Serialize)]
struct EventJson<'a> {
    r#type: EventType,
    mode: Option<&'a str>,
    trigger: SpanJson,
    triggers: Vec<SpanJson>,
    actors: &'a [u32],
    recipients: &'a [u32],
    place: Option<u32>,
    time: Option<u32>,
    date: Option<&'a str>,
    status: Status,
    sources: Vec<SourceJson<'a>>,
    #[serde(flatten)]
    span: SpanJson,
    rule: &'a str,
    confidence: Option<f64>,
}

#[derive(Serialize)]
struct QuoteJson<'a> {
    #[serde(flatten)]
    span: SpanJson,
    speaker: Option<u32>,
    speaker_text: Option<&'a str>,
    cue: Option<SpanJson>,
    kind: QuoteKind,
    via: Option<u32>,
}

#[derive(Serialize)]
struct NumberJson<'a> {
    #[serde(flatten)]
    span: SpanJson,
    text: &'a str,
    kind: &'a str,
    value: Option<&'a str>,
    unit: Option<&'a str>,
    modifier: Option<&'a str>,
}

#[derive(Serialize)]
struct TimeJson<'a> {
    #[serde(flatten)]
    span: SpanJson,
    text: &'a str,
    r#type: &'a str,
    value: &'a str,
    earliest: Option<String>,
    latest: Option<String>,
    granularity: &'a str,
    modifier: Option<&'a str>,
}

/// Four digits are more than a calibrated probability means.
fn rounded(confidence: Option<f32>) -> Option<f64> {
    confidence.map(|c| (f64::from(c) * 10_000.0).round() / 10_000.0)
}

/// A day in ISO 8601; none before the year 1, which other calendars' libraries do not reach.
fn day(date: Option<jiff::civil::Date>) -> Option<String> {
    date.filter(|date| date.year() >= 1).map(|date| date.to_string())
}

impl Document<'_> {
    /// The document as one line of JSON; offsets are code points, ids and indices as in the fields of this type.
    ///
    /// ```
    /// let document = khabar::analyze("وصل الوفد إلى طرابلس.", khabar::Context::default())?;
    /// assert!(document.to_json().starts_with(r#"{"id":null,"date":null,"source":null,"text":"وصل"#));
    /// # Ok::<(), khabar::Error>(())
    /// ```
    pub fn to_json(&self) -> String {
        // Serialization fails only for maps with keys that are no text, and there are no maps here.
        serde_json::to_string(&self.json()).unwrap_or_default()
    }

    fn json(&self) -> Json<'_> {
        let text = self.segmentation.text;
        let points = CodePoints::new(text);
        let at = |span: Span| {
            let (start, end) = points.span(span);
            SpanJson { start, end }
        };
        let sentence = |s: &crate::segment::Sentence| SentenceJson { span: at(s.span), zone: s.zone };

        Json {
            id: self.context.id.as_deref(),
            date: self.context.date.map(|d| d.to_string()),
            source: self.context.source.as_deref(),
            text,
            sentences: self.segmentation.sentences.iter().map(sentence).collect(),
            mentions: (self.mentions.iter())
                .map(|m| MentionJson {
                    span: at(m.span),
                    text: self.segmentation.surface(m.span),
                    r#type: m.kind,
                    normalized: self.segmentation.normalized(m.segments),
                    entity: m.entity,
                    value: m.value.as_deref(),
                    confidence: rounded(m.confidence),
                })
                .collect(),
            entities: (self.entities.iter())
                .map(|e| EntityJson {
                    id: e.id,
                    r#type: e.kind,
                    name: &e.name,
                    latin: e.latin.as_deref(),
                    titles: &e.titles,
                    country: e.country.as_deref(),
                })
                .collect(),
            relations: (self.relations.iter())
                .map(|r| RelationJson {
                    r#type: r.kind,
                    head: r.head,
                    tail: r.tail,
                    tail_text: r.tail_text.as_deref(),
                    span: at(r.span),
                    rule: &r.rule,
                    confidence: rounded(r.confidence),
                    derived: r.derived,
                })
                .collect(),
            events: (self.events.iter())
                .map(|e| EventJson {
                    r#type: e.kind,
                    mode: e.mode.as_deref(),
                    trigger: at(e.trigger),
                    triggers: e.triggers.iter().map(|&t| at(t)).collect(),
                    actors: &e.actors,
                    recipients: &e.recipients,
                    place: e.place,
                    time: e.time,
                    date: e.date.as_deref(),
                    status: e.status,
                    sources: (e.sources.iter())
                        .map(|s| match s {
                            Source::Entity(id) => SourceJson::Entity(*id),
                            Source::Text(text) => SourceJson::Text(text),
                        })
                        .collect(),
                    span: at(e.span),
                    rule: &e.rule,
                    confidence: rounded(e.confidence),
                })
                .collect(),
            quotes: (self.quotes.iter())
                .map(|q| QuoteJson {
                    span: at(q.span),
                    speaker: q.speaker,
                    speaker_text: q.speaker_text.as_deref(),
                    cue: q.cue.map(at),
                    kind: q.kind,
                    via: q.via,
                })
                .collect(),
            numbers: (self.numbers.iter())
                .map(|n| NumberJson {
                    span: at(n.span),
                    text: self.segmentation.surface(n.span),
                    kind: n.kind.as_str(),
                    value: n.value.as_deref(),
                    unit: n.unit.as_deref(),
                    modifier: n.modifier.as_deref(),
                })
                .collect(),
            times: (self.times.iter())
                .map(|t| TimeJson {
                    span: at(t.span),
                    text: self.segmentation.surface(t.span),
                    r#type: t.kind.as_str(),
                    value: &t.value,
                    earliest: day(t.earliest),
                    latest: day(t.latest),
                    granularity: t.granularity,
                    modifier: t.modifier,
                })
                .collect(),
        }
    }
}
