"""Documents as HTML: coloured, labelled mentions from right to left, and tables of what was found.

A :class:`~khabar.Document` shows itself this way in notebooks; :func:`render` gives the HTML as a string, for a page of
one's own or as a page that stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

    from khabar.types import Document, Event, Mention

__all__ = ["render"]


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("khabar"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals.update(pieces=_pieces, names=_names, source_names=_source_names, when=when)
    return environment


def _pieces(document: Document, start: int, end: int) -> Iterator[tuple[str, Any]]:
    """What a template writes for one stretch of text: ("text", words), ("open", mention) and ("close", mention), in order."""
    mentions: Sequence[Mention] = [m for m in document.mentions if start <= m.start and m.end <= end]
    open_mentions: list[Mention] = []
    position = start
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        while open_mentions and open_mentions[-1].end <= mention.start:
            closed = open_mentions.pop()
            yield "text", document.text[position : closed.end]
            yield "close", closed
            position = closed.end
        yield "text", document.text[position : mention.start]
        yield "open", mention
        position = mention.start
        open_mentions.append(mention)
    while open_mentions:
        closed = open_mentions.pop()
        yield "text", document.text[position : closed.end]
        yield "close", closed
        position = closed.end
    yield "text", document.text[position:end]


def _names(document: Document, ids: Iterable[int | None]) -> str:
    """The names of entities, joined as Arabic lists are."""
    return "، ".join(document.entities[i].name for i in ids if i is not None)


def _source_names(document: Document, sources: Iterable[int | str]) -> str:
    """The names of sources, which are entities or texts."""
    return "، ".join(document.entities[s].name if isinstance(s, int) else s for s in sources)


def when(document: Document, event: Event) -> str:
    """When an event was, for reading: day, month, year or period, with the hour; where that is not known, the words of the text."""
    if event.date is None:
        return ""
    known = re.fullmatch(r"(\d{4}(?:-\d\d){0,2}(?:/\d{4}(?:-\d\d){0,2})?)(?:T(\d\d:\d\d)?.*)?", event.date)
    if known:
        return " ".join(part for part in known.groups() if part)
    if event.time is None:
        return event.date
    return document.text_of(document.mentions[event.time])


def render(documents: Document | Iterable[Document], *, page: bool = False) -> str:
    """HTML of one document or several.

    Args:
        documents: what to show.
        page: a whole page that stands alone (no network, no script), rather than a part of one.

    Returns:
        Escaped HTML, readable on light and dark grounds.

    Example:
        >>> import khabar
        >>> html = khabar.display.render(khabar.analyze("زار الرئيس التركي القاهرة."))
        >>> 'dir="rtl"' in html
        True
    """
    from khabar.types import Document

    shown = [documents] if isinstance(documents, Document) else list(documents)
    template = _environment().get_template("page.html" if page else "documents.html")
    return template.render(documents=shown)
