"""The analysis of one text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from khabar.errors import ArgumentError
from khabar.types.records import Entity, Event, Mention, Number, Quote, Relation, Sentence, TimeExpression, Token

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Document", "Table"]


class _HasOffsets(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Table: TypeAlias = Literal["mentions", "entities", "relations", "events", "quotes"]


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
        from khabar.types import _json

        return _json.write(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Document:
        """The document that ``to_dict`` wrote. Only ``text`` must be there.

        Raises ``ArgumentError`` where the data is not a document's.
        """
        from khabar.types import _json

        try:
            return _json.read(data)
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
