"""khabar (خبر, a piece of news): Arabic news text into structured knowledge: who did what to whom, where, when, and who says so."""

import sys as _sys
from contextlib import suppress as _suppress
from importlib import import_module as _import_module

from khabar._core import (
    Normalized,
    __version__,
    normalize,
    normalize_aligned,
    normalize_many,
    strip_tashkeel,
    strip_tatweel,
    to_arabic,
    to_latin,
)
from khabar.analyzer import (
    Analyzer,
    analyze,
    analyze_many,
    find_events,
    find_mentions,
    find_quotes,
    find_relations,
    model_versions,
    parse_numbers,
    parse_times,
    sentences,
    to_conllu,
    tokenize,
)
from khabar.errors import ArgumentError, IoError, KhabarError, ModelError, RuleError, TextError
from khabar.tagger import Tagger
from khabar.types import (
    Analysis,
    Aspect,
    Document,
    Entity,
    Event,
    EventType,
    Failure,
    Gender,
    GrammaticalNumber,
    Mention,
    MentionType,
    Number,
    NumberKind,
    Pos,
    Quote,
    QuoteKind,
    Relation,
    RelationType,
    Segment,
    SegmentKind,
    Sentence,
    Span,
    Status,
    TimeExpression,
    TimeType,
    Token,
    TokenKind,
    Voice,
    Zone,
)
from khabar.words import analyze_word, is_stop, segment, stem

__all__ = [
    "Analysis",
    "Analyzer",
    "ArgumentError",
    "Aspect",
    "Document",
    "Entity",
    "Event",
    "EventType",
    "Failure",
    "Gender",
    "GrammaticalNumber",
    "IoError",
    "KhabarError",
    "Mention",
    "MentionType",
    "ModelError",
    "Normalized",
    "Number",
    "NumberKind",
    "Pos",
    "Quote",
    "QuoteKind",
    "Relation",
    "RelationType",
    "RuleError",
    "Segment",
    "SegmentKind",
    "Sentence",
    "Span",
    "Status",
    "Tagger",
    "TextError",
    "TimeExpression",
    "TimeType",
    "Token",
    "TokenKind",
    "Voice",
    "Zone",
    "__version__",
    "analyze",
    "analyze_many",
    "analyze_word",
    "find_events",
    "find_mentions",
    "find_quotes",
    "find_relations",
    "is_stop",
    "model_versions",
    "normalize",
    "normalize_aligned",
    "normalize_many",
    "parse_numbers",
    "parse_times",
    "segment",
    "sentences",
    "stem",
    "strip_tashkeel",
    "strip_tatweel",
    "to_arabic",
    "to_conllu",
    "to_latin",
    "tokenize",
]


def __getattr__(name: str) -> object:
    """Modules that need more than the core, at their first use."""
    if name in ("arrow", "display"):
        return _import_module(f"khabar.{name}")
    raise AttributeError(f"module 'khabar' has no attribute {name!r}")


if "pandas" in _sys.modules:
    # Who works with pandas finds the accessor there; who does not is spared the import.
    with _suppress(ImportError):
        _import_module("khabar.pandas")
