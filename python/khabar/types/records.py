"""The records of a document: frozen, immutable, compared by value. Offsets are code points of the text as given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date

from khabar.types.enums import (
    Aspect,
    EventType,
    Gender,
    GrammaticalNumber,
    MentionType,
    NumberKind,
    Pos,
    QuoteKind,
    RelationType,
    SegmentKind,
    Status,
    TimeType,
    TokenKind,
    Voice,
    Zone,
)

__all__ = [
    "Analysis",
    "Entity",
    "Event",
    "Failure",
    "Mention",
    "Number",
    "Quote",
    "Relation",
    "Segment",
    "Sentence",
    "Span",
    "TimeExpression",
    "Token",
]


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
    pos: Pos | None = None
    """Its part of speech in context; None where it was not asked for."""


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
    pos: Pos | None = None
    """Part of speech of its stem in context; None where it was not asked for."""
    lemma: str = ""
    """Dictionary form of its stem in context, without marks; empty where it was not asked for."""
    features: str = ""
    """Grammar of its stem as CoNLL-U has it (``Aspect=Perf|Gender=Fem|Number=Sing|Person=3|Voice=Act``), empty where there is none to tell."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """One way to understand a word on its own."""

    lemma: str
    """The dictionary form: of a verb the third person singular masculine of the perfective. With its marks where the tables have it, without
    where it is a noun."""
    pos: Pos
    """Part of speech."""
    aspect: Aspect | None
    """Of a verb."""
    voice: Voice | None
    """Of a verb."""
    person: int | None
    """1, 2 or 3, of a verb."""
    gender: Gender | None
    """Masculine or feminine."""
    number: GrammaticalNumber | None
    """Singular, dual or plural."""
    proclitics: tuple[str, ...]
    """What is written before the stem, in order, the article not among it: و, س."""
    enclitic: str | None
    """The pronoun at its end."""
    gloss: str
    """English senses parted by ``;``, empty where the tables have none."""
    verb: str | None
    """Of a verbal noun or participle: the lemma of its verb, with its marks (زيارة: زَار)."""


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
