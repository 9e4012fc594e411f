"""Documents as JSON knows them: what ``Document.to_dict`` gives and ``Document.from_dict`` takes. The crate writes the same form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date as Date
from enum import StrEnum
from typing import Any, TypeVar

from khabar.types.document import Document
from khabar.types.enums import EventType, MentionType, NumberKind, QuoteKind, RelationType, Status, TimeType, Zone
from khabar.types.records import Entity, Event, Mention, Number, Quote, Relation, Sentence, Span, TimeExpression

_T = TypeVar("_T")

# The fields of each kind of record, in the order in which they are written.
_SENTENCE = ("start", "end", "zone")
_MENTION = ("start", "end", "text", "type", "normalized", "entity", "value", "confidence")
_ENTITY = ("id", "type", "name", "latin", "titles", "country")
_RELATION = ("type", "head", "tail", "tail_text", "start", "end", "rule", "confidence", "derived")
_EVENT = (
    "type", "mode", "trigger", "triggers", "actors", "recipients", "place", "time", "date", "status", "sources",
    "start", "end", "rule", "confidence",
)  # fmt: skip
_QUOTE = ("start", "end", "speaker", "speaker_text", "cue", "kind", "via")
_NUMBER = ("start", "end", "text", "kind", "value", "unit", "modifier")
_TIME = ("start", "end", "text", "type", "value", "earliest", "latest", "granularity", "modifier")


def write(document: Document) -> dict[str, Any]:
    """See ``Document.to_dict``."""
    return {
        "id": document.id,
        "date": document.date,
        "source": document.source,
        "text": document.text,
        "sentences": _rows(document.sentences, _SENTENCE),
        "mentions": _rows(document.mentions, _MENTION),
        "entities": _rows(document.entities, _ENTITY),
        "relations": _rows(document.relations, _RELATION),
        "events": _rows(document.events, _EVENT),
        "quotes": _rows(document.quotes, _QUOTE),
        "numbers": _rows(document.numbers, _NUMBER),
        "times": _rows(document.times, _TIME),
    }


def _rows(records: Iterable[object], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{name: _plain(getattr(record, name)) for name in names} for record in records]


def _plain(value: Any) -> Any:
    """A field's value as JSON knows it."""
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Date):
        return value.isoformat()
    return value


def _span(data: Mapping[str, Any]) -> Span:
    return Span(_int(data["start"]), _int(data["end"]))


def _int(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"an int was expected, not {value!r}")
    return value


def _str(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a string was expected, not {value!r}")
    return value


def _opt(convert: Callable[[Any], _T], value: Any) -> _T | None:
    return None if value is None else convert(value)


def _all(convert: Callable[[Any], _T], values: Iterable[Any]) -> tuple[_T, ...]:
    return tuple(convert(value) for value in values)


def read(data: Mapping[str, Any]) -> Document:
    """See ``Document.from_dict``."""
    text = _str(data["text"])
    mentions = _all(_mention, data.get("mentions", ()))
    of_entity: dict[int | None, list[int]] = {}
    for index, mention in enumerate(mentions):
        of_entity.setdefault(mention.entity, []).append(index)
    entities = tuple(_entity(entity, of_entity) for entity in data.get("entities", ()))
    if any(entity.id != index for index, entity in enumerate(entities)):
        raise ValueError("the ids of entities must count from 0")
    return Document(
        text=text,
        id=_opt(_str, data.get("id")),
        date=_opt(_str, data.get("date")),
        source=_opt(_str, data.get("source")),
        sentences=tuple(
            Sentence(text[s["start"] : s["end"]], _int(s["start"]), _int(s["end"]), Zone(s["zone"]))
            for s in data.get("sentences", ())
        ),
        mentions=mentions,
        entities=entities,
        relations=_all(_relation, data.get("relations", ())),
        events=_all(_event, data.get("events", ())),
        quotes=_all(_quote, data.get("quotes", ())),
        numbers=_all(_number, data.get("numbers", ())),
        times=_all(_time, data.get("times", ())),
    )


def _mention(m: Mapping[str, Any]) -> Mention:
    return Mention(
        text=_str(m["text"]),
        start=_int(m["start"]),
        end=_int(m["end"]),
        type=MentionType(m["type"]),
        normalized=_str(m.get("normalized", m["text"])),
        value=_opt(_str, m.get("value")),
        entity=_opt(_int, m.get("entity")),
        confidence=_opt(float, m.get("confidence")),
    )


def _entity(e: Mapping[str, Any], mentions: Mapping[int | None, list[int]]) -> Entity:
    id = _int(e["id"])
    return Entity(
        id=id,
        type=MentionType(e["type"]),
        name=_str(e["name"]),
        latin=_opt(_str, e.get("latin")),
        mentions=tuple(mentions.get(id, ())),
        titles=_all(_str, e.get("titles", ())),
        country=_opt(_str, e.get("country")),
    )


def _relation(r: Mapping[str, Any]) -> Relation:
    return Relation(
        type=RelationType(r["type"]),
        head=_int(r["head"]),
        tail=_opt(_int, r.get("tail")),
        tail_text=_opt(_str, r.get("tail_text")),
        start=_int(r["start"]),
        end=_int(r["end"]),
        rule=_str(r["rule"]),
        confidence=_opt(float, r.get("confidence")),
        derived=bool(r.get("derived", False)),
    )


def _event(e: Mapping[str, Any]) -> Event:
    return Event(
        type=EventType(e["type"]),
        mode=_opt(_str, e.get("mode")),
        trigger=_span(e["trigger"]),
        triggers=_all(_span, e.get("triggers", [e["trigger"]])),
        actors=_all(_int, e.get("actors", ())),
        recipients=_all(_int, e.get("recipients", ())),
        place=_opt(_int, e.get("place")),
        time=_opt(_int, e.get("time")),
        date=_opt(_str, e.get("date")),
        status=Status(e["status"]),
        sources=tuple(s if isinstance(s, str) else _int(s) for s in e.get("sources", ())),
        start=_int(e["start"]),
        end=_int(e["end"]),
        rule=_str(e["rule"]),
        confidence=_opt(float, e.get("confidence")),
    )


def _quote(q: Mapping[str, Any]) -> Quote:
    return Quote(
        start=_int(q["start"]),
        end=_int(q["end"]),
        speaker=_opt(_int, q.get("speaker")),
        speaker_text=_opt(_str, q.get("speaker_text")),
        cue=_opt(_span, q.get("cue")),
        kind=QuoteKind(q["kind"]),
        via=_opt(_int, q.get("via")),
    )


def _number(n: Mapping[str, Any]) -> Number:
    return Number(
        text=_str(n["text"]),
        start=_int(n["start"]),
        end=_int(n["end"]),
        kind=NumberKind(n["kind"]),
        value=_opt(_str, n.get("value")),
        unit=_opt(_str, n.get("unit")),
        modifier=_opt(_str, n.get("modifier")),
    )


def _time(t: Mapping[str, Any]) -> TimeExpression:
    return TimeExpression(
        text=_str(t["text"]),
        start=_int(t["start"]),
        end=_int(t["end"]),
        type=TimeType(t["type"]),
        value=_str(t["value"]),
        earliest=_opt(Date.fromisoformat, t.get("earliest")),
        latest=_opt(Date.fromisoformat, t.get("latest")),
        granularity=_str(t["granularity"]),
        modifier=_opt(_str, t.get("modifier")),
    )
