"""What khabar finds in a text: frozen records and the enums of their types.

Offsets (``start``, ``end``) count code points of the text as given, as Python's own string indices do, end exclusive:
``text[start:end]`` is the text of a record. Numbers that stand for entities are ids: ``document.entities[id].id == id``.

All records are immutable and hashable, compare by value, and can be pickled. Enum members are strings:
``mention.type == "PERS"`` holds.
"""

from khabar.types.document import Document
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
from khabar.types.records import (
    Analysis,
    Entity,
    Event,
    Failure,
    Mention,
    Number,
    Quote,
    Relation,
    Segment,
    Sentence,
    Span,
    TimeExpression,
    Token,
)

__all__ = [
    "Analysis",
    "Aspect",
    "Document",
    "Entity",
    "Event",
    "EventType",
    "Failure",
    "Gender",
    "GrammaticalNumber",
    "Mention",
    "MentionType",
    "Number",
    "NumberKind",
    "Pos",
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
    "Voice",
    "Zone",
]
