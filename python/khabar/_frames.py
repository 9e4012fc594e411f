"""The records of a document as pandas DataFrames: columns, not a row of objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from khabar.errors import ArgumentError
from khabar.types import EventType, MentionType, QuoteKind, RelationType, Status

if TYPE_CHECKING:
    import pandas as pd

    from khabar.types import Document

_TABLES = ("mentions", "entities", "relations", "events", "quotes")

# The values of the column ``type``.
_TYPES = {
    "mentions": [member.value for member in MentionType],
    "entities": [member.value for member in MentionType],
    "relations": [member.value for member in RelationType],
    "events": [member.value for member in EventType],
}

#: Columns of lists of texts.
LISTS = frozenset({"titles", "actors", "recipients", "sources"})


def frame(document: Document, table: str) -> pd.DataFrame:
    """See ``Document.to_frame``."""
    if table not in _TABLES:
        raise ArgumentError(f"no table {table!r}: there are {', '.join(_TABLES)}")
    try:
        import pandas as pd
    except ImportError as error:
        raise ImportError("to_frame needs pandas: pip install khabar[pandas]") from error
    return typed(pd.DataFrame(columns(document, table)), table)


def typed(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """The frame with the types of its columns, which are the same whatever it holds, also nothing.

    Ids that may be missing are ``Int64``, probabilities ``float64`` (missing: NaN), types categories, texts what pandas makes
    of strings, lists Python lists.
    """
    import pandas as pd

    string = pd.Series(["نص"]).dtype
    kinds: dict[str, Any] = {
        "row": "int64",
        **dict.fromkeys(("start", "end", "id", "head", "mentions"), "int64"),
        **dict.fromkeys(("entity", "tail", "speaker"), "Int64"),
        "confidence": "float64",
        "derived": "bool",
        "type": pd.CategoricalDtype(_TYPES.get(table)),
        "status": pd.CategoricalDtype([member.value for member in Status]),
        "kind": pd.CategoricalDtype([member.value for member in QuoteKind]),
        **dict.fromkeys(LISTS, "object"),
    }
    return frame.astype({name: kinds.get(name, string) for name in frame.columns})


def columns(document: Document, table: str) -> dict[str, list[Any]]:
    """The columns of a table, by name."""
    names = [entity.name for entity in document.entities]

    def name(id: int | None) -> str | None:
        return None if id is None else names[id]

    text = document.text
    if table == "mentions":
        mentions = document.mentions
        return {
            "text": [m.text for m in mentions],
            "start": [m.start for m in mentions],
            "end": [m.end for m in mentions],
            "type": [m.type.value for m in mentions],
            "normalized": [m.normalized for m in mentions],
            "value": [m.value for m in mentions],
            "entity": [m.entity for m in mentions],
            "entity_name": [name(m.entity) for m in mentions],
            "confidence": [m.confidence for m in mentions],
        }
    if table == "entities":
        entities = document.entities
        return {
            "id": [e.id for e in entities],
            "type": [e.type.value for e in entities],
            "name": [e.name for e in entities],
            "latin": [e.latin for e in entities],
            "titles": [list(e.titles) for e in entities],
            "country": [e.country for e in entities],
            "mentions": [len(e.mentions) for e in entities],
        }
    if table == "relations":
        relations = document.relations
        return {
            "type": [r.type.value for r in relations],
            "head": [r.head for r in relations],
            "head_name": [name(r.head) for r in relations],
            "tail": [r.tail for r in relations],
            "tail_name": [r.tail_text if r.tail is None else name(r.tail) for r in relations],
            "start": [r.start for r in relations],
            "end": [r.end for r in relations],
            "evidence": [text[r.start : r.end] for r in relations],
            "rule": [r.rule for r in relations],
            "confidence": [r.confidence for r in relations],
            "derived": [r.derived for r in relations],
        }
    if table == "events":
        events = document.events
        return {
            "type": [e.type.value for e in events],
            "mode": [e.mode for e in events],
            "trigger": [text[e.trigger.start : e.trigger.end] for e in events],
            "actors": [[names[id] for id in e.actors] for e in events],
            "recipients": [[names[id] for id in e.recipients] for e in events],
            "place": [name(e.place) for e in events],
            "date": [e.date for e in events],
            "status": [e.status.value for e in events],
            "sources": [[s if isinstance(s, str) else names[s] for s in e.sources] for e in events],
            "start": [e.start for e in events],
            "end": [e.end for e in events],
            "evidence": [text[e.start : e.end] for e in events],
            "rule": [e.rule for e in events],
            "confidence": [e.confidence for e in events],
        }
    quotes = document.quotes
    return {
        "text": [text[q.start : q.end] for q in quotes],
        "start": [q.start for q in quotes],
        "end": [q.end for q in quotes],
        "speaker": [q.speaker for q in quotes],
        "speaker_name": [q.speaker_text if q.speaker is None else name(q.speaker) for q in quotes],
        "cue": [None if q.cue is None else text[q.cue.start : q.cue.end] for q in quotes],
        "kind": [q.kind.value for q in quotes],
        "via": [name(q.via) for q in quotes],
    }
