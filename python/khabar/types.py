"""What khabar finds in a text: frozen records and the enums of their types.

Offsets (``start``, ``end``) count code points of the text as given, as Python's own string indices do, end exclusive:
``text[start:end]`` is the text of a record. Numbers that stand for entities are ids: ``document.entities[id].id == id``.

All records are immutable and hashable, compare by value, and can be pickled. Enum members are strings:
``mention.type == "PERS"`` holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date as Date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, TypeVar

from khabar.errors import ArgumentError

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Document",
    "Entity",
    "Event",
    "EventType",
    "Failure",
    "Mention",
    "MentionType",
    "Number",
    "NumberKind",
    "Quote",
    "QuoteKind",
    "Relation",
    "RelationType",
    "Segment",
    "SegmentKind",
    "Sentence",
    "Span",
    "Status",
    "TimeExpression",
    "TimeType",
    "Token",
    "TokenKind",
    "Zone",
]


class Zone(StrEnum):
    """Which part of a page a sentence belongs to; analysis runs on title and body."""

    TITLE = "title"
    BODY = "body"
    BYLINE = "byline"
    """Who wrote it."""
    DATELINE = "dateline"
    """Where and when it was written."""
    BOILERPLATE = "boilerplate"
    """What surrounds an article on the web: related links, share and comment lines, author boxes, photo credits."""


class TokenKind(StrEnum):
    """Class of a token by its characters."""

    ARABIC = "arabic"
    LATIN = "latin"
    """A word in Latin or another script."""
    NUMBER = "number"
    URL = "url"
    EMAIL = "email"
    HANDLE = "handle"
    HASHTAG = "hashtag"
    EMOJI = "emoji"
    PUNCTUATION = "punctuation"


class SegmentKind(StrEnum):
    """What part of a word a segment is."""

    PROCLITIC = "proclitic"
    STEM = "stem"
    ENCLITIC = "enclitic"


class MentionType(StrEnum):
    """Types of mentions and entities."""

    PERS = "PERS"
    """A named person."""
    NORP = "NORP"
    """Nationality, religious, ethnic or political adherence."""
    OCC = "OCC"
    """Title, post, rank or profession of a specific person."""
    ORG = "ORG"
    """Organisation, government body, army, armed group, company, party, media outlet, team."""
    GPE = "GPE"
    """Country, city, province or region that acts as a place with a government."""
    LOC = "LOC"
    """Natural or non-political place."""
    FAC = "FAC"
    """Building, port, base, airport, road, camp."""
    EVENT = "EVENT"
    """Named event: war, conference, fair, tournament."""
    LAW = "LAW"
    """Named law, treaty, agreement, resolution."""
    PRODUCT = "PRODUCT"
    """Named weapon, vehicle, vessel, device, brand, work of art."""
    DATE = "DATE"
    TIME = "TIME"
    MONEY = "MONEY"
    PERCENT = "PERCENT"
    QUANTITY = "QUANTITY"
    CARDINAL = "CARDINAL"
    ORDINAL = "ORDINAL"
    LANGUAGE = "LANGUAGE"
    WEBSITE = "WEBSITE"


class RelationType(StrEnum):
    """Types of relations, head to tail."""

    LEADS = "leads"
    WORKS_FOR = "works_for"
    HAS_TITLE = "has_title"
    CITIZEN_OF = "citizen_of"
    CHILD_OF = "child_of"
    SIBLING_OF = "sibling_of"
    SPOUSE_OF = "spouse_of"
    RELATIVE_OF = "relative_of"
    BORN_IN = "born_in"
    LIVES_IN = "lives_in"
    DIED_IN = "died_in"
    SUCCEEDS = "succeeds"
    PART_OF = "part_of"
    AFFILIATED_COUNTRY = "affiliated_country"
    BASED_IN = "based_in"
    LOCATED_IN = "located_in"
    CAPITAL_OF = "capital_of"
    FOUNDED_BY = "founded_by"
    OWNED_BY = "owned_by"
    MANUFACTURES = "manufactures"
    USES = "uses"
    CONTROLS = "controls"
    SUPPORTS = "supports"
    OPPOSES = "opposes"
    ALLIED_WITH = "allied_with"
    PARTY_TO = "party_to"
    PARTICIPATES_IN = "participates_in"


class EventType(StrEnum):
    """PLOVER's sixteen classes of events."""

    CONSULT = "CONSULT"
    """Meet, visit, host, call, talk, mediate."""
    AGREE = "AGREE"
    """Agree to, promise, offer."""
    SUPPORT = "SUPPORT"
    """Back verbally or diplomatically, sign or ratify an agreement, recognise."""
    COOPERATE = "COOPERATE"
    """Mutual material cooperation: trade, joint exercise, intelligence sharing."""
    AID = "AID"
    """Give money, arms, troops, training, relief."""
    CONCEDE = "CONCEDE"
    """Verbal concession, easing, announced ceasefire."""
    RETREAT = "RETREAT"
    """Withdrawal, release, resignation, ceding."""
    REQUEST = "REQUEST"
    """Ask, demand, call on, urge."""
    ACCUSE = "ACCUSE"
    """Accuse, criticise, condemn, sue, investigate."""
    REJECT = "REJECT"
    """Refuse, veto, decline, defy."""
    THREATEN = "THREATEN"
    """Threaten, warn with consequences."""
    PROTEST = "PROTEST"
    """Demonstration, strike, riot."""
    SANCTION = "SANCTION"
    """Reduce relations, cut aid, boycott, expel diplomats."""
    MOBILIZE = "MOBILIZE"
    """Deploy, raise alert, exercise without use of force."""
    COERCE = "COERCE"
    """Arrest, seize, ban, censor, deport."""
    ASSAULT = "ASSAULT"
    """Attack, bomb, kill, clash, capture."""


class Status(StrEnum):
    """How real an event is told to be."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"


class QuoteKind(StrEnum):
    """How words are quoted."""

    DIRECT = "direct"
    """Inside marks, or in the first person."""
    INDIRECT = "indirect"
    """A content clause after a reporting verb."""


class NumberKind(StrEnum):
    """What a number counts."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    PERCENT = "percent"
    MONEY = "money"
    QUANTITY = "quantity"


class TimeType(StrEnum):
    """TIMEX3's types."""

    DATE = "DATE"
    """A calendar expression of a day or longer."""
    TIME = "TIME"
    """An expression shorter than a day."""
    DURATION = "DURATION"
    """A length of time."""
    SET = "SET"
    """A repeated time."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text: the trigger of an event, the cue of a quotation."""

    start: int
    """First code point."""
    end: int
    """First code point after it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a word: a clitic, or what remains of the word without its clitics."""

    text: str
    """As written."""
    start: int
    """First code point."""
    end: int
    """First code point after it."""
    kind: SegmentKind
    """What it is."""
    normalized: str
    """Its form by the preset ``search``; the article is restored where it is written together (للحشد = ل + الحشد)."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign as written."""

    text: str
    """As written."""
    start: int
    """First code point."""
    end: int
    """First code point after it."""
    kind: TokenKind
    """Its class."""
    normalized: str
    """Its form by the preset ``search``: no marks, one alef, ASCII digits."""
    segments: tuple[Segment, ...]
    """Its parts in order; a token that is not cut has one."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a line that stands for one."""

    text: str
    """As written, without white space around it."""
    start: int
    """First code point."""
    end: int
    """First code point after it."""
    zone: Zone
    """The part of the page that it belongs to."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names something."""

    text: str
    """As written, without clitics."""
    start: int
    """First code point."""
    end: int
    """First code point after it."""
    type: MentionType
    """What it names."""
    normalized: str
    """Its form by the preset ``search``."""
    value: str | None = None
    """TIMEX3 value of DATE and TIME, plain decimal of numbers."""
    entity: int | None = None
    """Id of its entity."""
    confidence: float | None = None
    """Probability that it is right; None where no model gave one."""


@dataclass(frozen=True, slots=True)
class Entity:
    """What one or more mentions of a document refer to."""

    id: int
    """Its number in the document; also its index in ``Document.entities``."""
    type: MentionType
    """What it is."""
    name: str
    """Its longest proper mention without clitics, or the usual name of a country."""
    latin: str | None = None
    """The name in Latin letters, where known."""
    mentions: tuple[int, ...] = ()
    """Indices of its mentions in ``Document.mentions``."""
    titles: tuple[str, ...] = ()
    """Posts and ranks told of it, in text order."""
    country: str | None = None
    """ISO 3166 code where it is a country."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between two entities that the document holds to be true."""

    type: RelationType
    """Its type, head to tail."""
    head: int
    """Entity id of the head."""
    tail: int | None
    """Entity id of the tail; None for ``has_title``."""
    tail_text: str | None
    """The title, for ``has_title``."""
    start: int
    """First code point of the evidence: from the first to the last word that tells it."""
    end: int
    """First code point after the evidence."""
    rule: str
    """Name of the rule that proposed it."""
    confidence: float | None = None
    """Probability that it is right; None where no model gave one."""
    derived: bool = False
    """Whether it follows from other relations."""


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, where, when, and who says so."""

    type: EventType
    """Its class."""
    mode: str | None
    """Its sub-class (``visit``, ``air-strike``)."""
    trigger: Span
    """The word of the fullest report."""
    triggers: tuple[Span, ...]
    """All words that tell of it, ``trigger`` among them, in text order."""
    actors: tuple[int, ...]
    """Entity ids of those who act."""
    recipients: tuple[int, ...]
    """Entity ids of those whom it is done to."""
    place: int | None
    """Entity id of the place."""
    time: int | None
    """Index of the DATE or TIME mention in ``Document.mentions``."""
    date: str | None
    """The TIMEX3 value of that mention."""
    status: Status
    """How real it is told to be."""
    sources: tuple[int | str, ...]
    """Who says so: entity ids, or the words that stand for an unnamed source."""
    start: int
    """First code point of the evidence: the clause that tells it."""
    end: int
    """First code point after the evidence."""
    rule: str
    """Name of the frame that proposed it."""
    confidence: float | None = None
    """Probability that it is right; None where no model gave one."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its speaker."""

    start: int
    """First code point of what is said, marks left out."""
    end: int
    """First code point after it."""
    speaker: int | None
    """Entity id of the speaker."""
    speaker_text: str | None
    """The words that stand for a speaker who is no entity."""
    cue: Span | None
    """The reporting verb or mark."""
    kind: QuoteKind
    """How the words are given."""
    via: int | None = None
    """Entity id of the medium that another paper quotes."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in digits or words, with its unit."""

    text: str
    """As written."""
    start: int
    """First code point."""
    end: int
    """First code point after it."""
    kind: NumberKind
    """What it counts."""
    value: str | None
    """Its exact value in plain decimal notation (``"1500"``, ``"3.5"``); None where it is vague."""
    unit: str | None = None
    """Currency (ISO 4217) or unit."""
    modifier: str | None = None
    """``approx``, ``more_than``, ``less_than``, …"""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression with its TIMEX3 value."""

    text: str
    """As written."""
    start: int
    """First code point."""
    end: int
    """First code point after it."""
    type: TimeType
    """TIMEX3 type."""
    value: str
    """TIMEX3 value (``2025-09``, ``P5Y``)."""
    earliest: Date | None
    """First day that it can mean, where that can be told."""
    latest: Date | None
    """Last day that it can mean."""
    granularity: str
    """``day``, ``month``, ``year``, …"""
    modifier: str | None = None
    """TIMEX3 mod (``START``, ``END``, ``APPROX``)."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A text that could not be analysed, in its place among the results of ``analyze_many(…, on_error="record")``."""

    index: int
    """Its place in the input, from 0."""
    id: str | None
    """Its id, where one was given."""
    error: Exception
    """What was wrong."""


class _HasOffsets(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Table: TypeAlias = Literal["mentions", "entities", "relations", "events", "quotes"]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Document:
    """The analysis of one text.

    >>> document = Document.from_dict({
    ...     "text": "زار خليفة حفتر أنقرة",
    ...     "mentions": [
    ...         {"start": 4, "end": 14, "text": "خليفة حفتر", "type": "PERS", "entity": 0},
    ...         {"start": 15, "end": 20, "text": "أنقرة", "type": "GPE", "entity": 1},
    ...     ],
    ...     "entities": [{"id": 0, "type": "PERS", "name": "خليفة حفتر"}, {"id": 1, "type": "GPE", "name": "أنقرة"}],
    ... })
    >>> [document.text_of(mention) for mention in document.mentions_of(0)]
    ['خليفة حفتر']
    >>> document.entity(1).name
    'أنقرة'
    >>> Document.from_json(document.to_json()) == document
    True
    """

    text: str
    """The text as given."""
    id: str | None = None
    """The user's name for the text."""
    date: str | None = None
    """When it was written: ``2025-09-05``, ``2025-09`` or ``2025``."""
    source: str | None = None
    """The medium that printed it."""
    sentences: tuple[Sentence, ...] = ()
    """Sentences, in text order."""
    mentions: tuple[Mention, ...] = ()
    """Mentions by their start, longer ones first; they may nest, none crosses another."""
    entities: tuple[Entity, ...] = ()
    """Entities; ``entities[id].id == id``."""
    relations: tuple[Relation, ...] = ()
    """Relations, each (type, head, tail) once."""
    events: tuple[Event, ...] = ()
    """Events, in the order of their triggers."""
    quotes: tuple[Quote, ...] = ()
    """Quotations, in text order."""
    numbers: tuple[Number, ...] = ()
    """Number expressions, in text order."""
    times: tuple[TimeExpression, ...] = ()
    """Time expressions, in text order."""
    _tokens: tuple[Token, ...] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the text, cut at the first call and kept."""
        if self._tokens is None:
            from khabar import tokenize

            object.__setattr__(self, "_tokens", tuple(tokenize(self.text)))
        return self._tokens or ()

    def entity(self, id: int) -> Entity:
        """The entity with an id.

        Raises ``ArgumentError`` where the document has none of that id.
        """
        if isinstance(id, bool) or not isinstance(id, int):
            raise TypeError(f"an entity id is an int, not {type(id).__name__}")
        if not 0 <= id < len(self.entities):
            raise ArgumentError(f"no entity {id}: the document has {len(self.entities)}")
        return self.entities[id]

    def mentions_of(self, entity: Entity | int) -> list[Mention]:
        """The mentions of an entity (or of an entity's id), in text order."""
        found = entity if isinstance(entity, Entity) else self.entity(entity)
        return [self.mentions[index] for index in found.mentions]

    def text_of(self, record: _HasOffsets) -> str:
        """The text of anything with ``start`` and ``end``: a span, mention, quotation, the evidence of a relation."""
        return self.text[record.start : record.end]

    def to_dict(self) -> dict[str, Any]:
        """The document as JSON knows it: dicts, lists, strings, numbers and None. Nothing is lost."""
        return {
            "id": self.id,
            "date": self.date,
            "source": self.source,
            "text": self.text,
            "sentences": [{"start": s.start, "end": s.end, "zone": s.zone.value} for s in self.sentences],
            "mentions": [_row(mention) for mention in self.mentions],
            "entities": [_row(entity, leave_out="mentions") for entity in self.entities],
            "relations": [_row(relation) for relation in self.relations],
            "events": [_row(event) for event in self.events],
            "quotes": [_row(quote) for quote in self.quotes],
            "numbers": [_row(number) for number in self.numbers],
            "times": [_row(time) for time in self.times],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Document:
        """The document that ``to_dict`` wrote. Only ``text`` must be there.

        Raises ``ArgumentError`` where the data is not a document's.
        """
        try:
            return _document(data)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            what = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            raise ArgumentError(f"not a document: {what}") from error

    def to_json(self) -> str:
        """One line of JSON, Arabic letters as they are."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str | bytes) -> Document:
        """The document that ``to_json`` wrote.

        Raises ``ArgumentError`` where the line is not JSON, or not a document's.
        """
        try:
            data = json.loads(line)
        except ValueError as error:
            raise ArgumentError(f"not JSON: {error}") from error
        return cls.from_dict(data)

    def _repr_html_(self) -> str:
        """How notebooks show the document: the text from right to left with coloured mentions, and tables below."""
        from khabar.display import render

        return render(self)

    def to_frame(self, table: Table) -> pd.DataFrame:
        """One kind of record as a pandas DataFrame, a row a record, the text of spans and the names of entities beside their numbers.

        ``table`` is ``"mentions"``, ``"entities"``, ``"relations"``, ``"events"`` or ``"quotes"``.
        """
        from khabar._frames import frame

        return frame(self, table)


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


_NAMES: dict[type, tuple[str, ...]] = {
    kind: tuple(f.name for f in fields(kind))
    for kind in (Mention, Entity, Relation, Event, Quote, Number, TimeExpression)
}


def _row(record: object, leave_out: str = "") -> dict[str, Any]:
    return {name: _plain(getattr(record, name)) for name in _NAMES[type(record)] if name != leave_out}


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


def _document(data: Mapping[str, Any]) -> Document:
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
