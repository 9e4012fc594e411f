"""What the command line writes: JSON lines, CSV tables, tables for reading, a web page."""

from __future__ import annotations

import csv
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from khabar.types import Document

#: The tables of a document, in the order in which they are shown.
TABLES = ("entities", "relations", "events", "quotes", "mentions")


class Writer(ABC):
    """Writes documents as they come; :meth:`close` writes what must come last."""

    def __init__(self, out: IO[str]) -> None:
        self.out = out

    @abstractmethod
    def write(self, document: Document) -> None:
        """Writes one document."""

    def close(self) -> None:
        """Writes what comes after the last document."""
        self.out.flush()


class JsonLines(Writer):
    """One document a line, in the form of ``Document.to_json``."""

    def write(self, document: Document) -> None:
        self.out.write(document.to_json() + "\n")


def create(path: str | Path) -> IO[str]:
    """A file to write, as UTF-8 with newlines as they are on every system."""
    return open(path, "w", encoding="utf-8", newline="")


def _name(document: Document, entity: int | None) -> str:
    return "" if entity is None else document.entities[entity].name


def _all_names(document: Document, entities: tuple[int, ...]) -> str:
    return "|".join(document.entities[e].name for e in entities)


def _sources(document: Document, sources: tuple[int | str, ...]) -> str:
    return "|".join(document.entities[s].name if isinstance(s, int) else s for s in sources)


def _rows(document: Document, table: str) -> Iterator[dict[str, Any]]:
    """The rows of one table of a document, with names for entity ids; lists are joined by ``|``."""
    if table == "entities":
        for e in document.entities:
            yield {
                "entity": e.id, "type": e.type, "name": e.name, "latin": e.latin, "titles": "|".join(e.titles),
                "mentions": len(e.mentions),
            }  # fmt: skip
    elif table == "relations":
        for r in document.relations:
            tail = r.tail_text if r.tail is None else _name(document, r.tail)
            yield {
                "type": r.type, "head": _name(document, r.head), "tail": tail, "start": r.start, "end": r.end,
                "rule": r.rule, "confidence": r.confidence, "evidence": document.text[r.start : r.end],
            }  # fmt: skip
    elif table == "events":
        for v in document.events:
            yield {
                "type": v.type, "mode": v.mode, "trigger": document.text[v.trigger.start : v.trigger.end],
                "actors": _all_names(document, v.actors), "recipients": _all_names(document, v.recipients),
                "place": _name(document, v.place), "date": v.date, "status": v.status,
                "sources": _sources(document, v.sources), "start": v.start, "end": v.end,
                "rule": v.rule, "confidence": v.confidence, "evidence": document.text[v.start : v.end],
            }  # fmt: skip
    elif table == "quotes":
        for q in document.quotes:
            speaker = q.speaker_text if q.speaker is None else _name(document, q.speaker)
            yield {
                "speaker": speaker, "kind": q.kind, "start": q.start, "end": q.end,
                "quote": document.text[q.start : q.end],
            }  # fmt: skip
    else:
        for m in document.mentions:
            yield {
                "type": m.type, "text": m.text, "start": m.start, "end": m.end, "value": m.value,
                "entity": _name(document, m.entity), "confidence": m.confidence,
            }  # fmt: skip


_COLUMNS = {
    "entities": ("entity", "type", "name", "latin", "titles", "mentions"),
    "relations": ("type", "head", "tail", "start", "end", "rule", "confidence", "evidence"),
    "events": ("type", "mode", "trigger", "actors", "recipients", "place", "date", "status", "sources", "start", "end",
               "rule", "confidence", "evidence"),
    "quotes": ("speaker", "kind", "start", "end", "quote"),
    "mentions": ("type", "text", "start", "end", "value", "entity", "confidence"),
}  # fmt: skip


class Csv(Writer):
    """One table of all documents; the first column names the document."""

    def __init__(self, out: IO[str], table: str) -> None:
        super().__init__(out)
        self.table = table
        self.csv = csv.DictWriter(out, ("document", *_COLUMNS[table]), lineterminator="\n")
        self.csv.writeheader()

    def write(self, document: Document) -> None:
        for row in _rows(document, self.table):
            self.csv.writerow({"document": document.id, **row})


class CsvFolder(Writer):
    """Every table as a file of its own in one folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.files = [create(folder / f"{table}.csv") for table in TABLES]
        self.tables = [Csv(file, table) for file, table in zip(self.files, TABLES, strict=True)]

    def write(self, document: Document) -> None:
        for table in self.tables:
            table.write(document)

    def close(self) -> None:
        for file in self.files:
            file.close()


class Tables(Writer):
    """Tables for reading in a terminal."""

    SHOWN: ClassVar = {
        "entities": ("type", "name", "latin", "titles", "mentions"),
        "relations": ("head", "type", "tail"),
        "events": ("type", "trigger", "actors", "recipients", "place", "date", "status", "sources"),
        "quotes": ("speaker", "kind", "quote"),
    }

    def __init__(self, out: IO[str]) -> None:
        super().__init__(out)
        from rich.console import Console

        # Not a terminal: no wrapping to a guessed width of 80, which would break names.
        self.console = Console(file=out, width=None if out.isatty() else 180)

    def write(self, document: Document) -> None:
        from rich.table import Table
        from rich.text import Text

        from khabar.display import when

        title = next((s for s in document.sentences if s.zone == "title"), None)
        heading = document.text[title.start : title.end] if title else ""
        facts = " · ".join(x for x in (document.id, document.source, document.date) if x)
        self.console.rule(Text(facts or "document"))
        if heading:
            self.console.print(Text(heading, style="bold"))
        for name, columns in self.SHOWN.items():
            rows = list(_rows(document, name))
            if name == "events":
                rows = [{**row, "date": when(document, v)} for row, v in zip(rows, document.events, strict=True)]
            if not rows:
                continue
            table = Table(title=name, title_justify="left", title_style="bold", show_edge=False, pad_edge=False)
            for column in columns:
                table.add_column(column, overflow="fold")
            for row in rows:
                table.add_row(*(Text("" if row[c] is None else str(row[c]).replace("|", "، ")) for c in columns))
            self.console.print(table)
            self.console.print()


class Page(Writer):
    """One web page that stands alone."""

    def __init__(self, out: IO[str]) -> None:
        super().__init__(out)
        self.documents: list[Document] = []

    def write(self, document: Document) -> None:
        self.documents.append(document)

    def close(self) -> None:
        from khabar.display import render

        self.out.write(render(self.documents, page=True))


#: Writers to one stream, by the name of their format.
FORMATS: dict[str, Callable[[IO[str]], Writer]] = {"jsonl": JsonLines, "table": Tables, "html": Page}
