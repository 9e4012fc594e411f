"""What the command line reads: text files, folders, standard input, web pages, JSON lines, CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

#: Standard input, as a path.
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Article:
    """One text to be analysed, with what its file tells of it."""

    text: str
    id: str
    date: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file, line or row that cannot be read, and why."""

    where: str
    why: str


class _BadRow(Exception):
    """A line or row without what is needed; its message says what."""


def find(paths: list[str]) -> Iterator[Path | str | Unreadable]:
    """The files that paths stand for: folders give every file of a known kind below them, in order of their names."""
    for given in paths:
        path = Path(given)
        if given == STDIN:
            yield STDIN
        elif path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix.lower() in READERS and p.is_file())
            if not found:
                yield Unreadable(given, f"no file with one of the endings {' '.join(sorted(READERS))}")
            yield from found
        elif path.is_file():
            yield path
        else:
            yield Unreadable(given, "no such file or folder")


def read(paths: list[str], *, text_column: str, date: str | None) -> Iterator[Article | Unreadable]:
    """Reads articles one after the other; what cannot be read comes as :class:`Unreadable`, and the rest goes on.

    Args:
        paths: files, folders, or ``-`` for standard input (one text).
        text_column: the column or key that holds the text in CSV and JSON lines.
        date: the date of articles that have none of their own.
    """
    for found in find(paths):
        if isinstance(found, Unreadable):
            yield found
            continue
        name = str(found)
        try:
            if isinstance(found, str):
                yield Article(sys.stdin.buffer.read().decode("utf-8-sig"), "stdin", date)
            else:
                reader = READERS.get(found.suffix.lower(), _read_text)
                yield from reader(found, text_column, date)
        except UnicodeDecodeError as error:
            yield Unreadable(name, f"not UTF-8 (byte {error.start})")
        except (OSError, csv.Error) as error:
            yield Unreadable(name, str(error))


def _read_text(path: Path, text_column: str, date: str | None) -> Iterator[Article | Unreadable]:
    yield Article(path.read_text(encoding="utf-8-sig"), str(path), date)


def _read_html(path: Path, text_column: str, date: str | None) -> Iterator[Article | Unreadable]:
    try:
        import trafilatura
    except ImportError as error:
        yield Unreadable(str(path), f'web pages need an extra: pip install "khabar[html]" ({error})')
        return
    # Only dates that the page declares: one guessed from its text would resolve أمس and the like wrongly.
    page = trafilatura.bare_extraction(
        path.read_bytes(),
        with_metadata=True,
        include_comments=False,
        favor_recall=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if page is None or isinstance(page, dict) or not page.text:  # a dict is given only where it is asked for
        yield Unreadable(str(path), "no main text found in the page")
        return
    text: str = page.text
    if page.title and not text.startswith(page.title):
        text = f"{page.title}\n{text}"
    yield Article(text, str(path), page.date or date, page.sitename)


def _read_rows(
    path: Path, rows: Iterator[tuple[int, Callable[[], Any]]], text_column: str, date: str | None
) -> Iterator[Article | Unreadable]:
    """Articles from rows; each row comes as its number and a function that parses it, so that a bad one is named alone."""
    for number, parse in rows:
        try:
            row = parse()
            if not isinstance(row, dict):
                raise _BadRow("not an object with named fields")
            text = row.get(text_column)
            if not isinstance(text, str):
                raise _BadRow(f"no text in {text_column!r}")
            field = {k: str(row[k]) for k in ("id", "date", "source") if row.get(k) not in (None, "")}
            yield Article(text, field.get("id", f"{path}:{number}"), field.get("date", date), field.get("source"))
        except (_BadRow, json.JSONDecodeError) as error:
            yield Unreadable(f"{path}:{number}", str(error))


def _read_jsonl(path: Path, text_column: str, date: str | None) -> Iterator[Article | Unreadable]:
    with path.open(encoding="utf-8-sig") as lines:
        rows = ((n, lambda line=line: json.loads(line)) for n, line in enumerate(lines, 1) if line.strip())
        yield from _read_rows(path, rows, text_column, date)


def _read_csv(path: Path, text_column: str, date: str | None) -> Iterator[Article | Unreadable]:
    csv.field_size_limit(2**31 - 1)  # a column of articles passes the default of 128 KiB a field
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = csv.DictReader(file, delimiter="\t" if path.suffix.lower() == ".tsv" else ",")
        if text_column not in (table.fieldnames or ()):
            yield Unreadable(str(path), f"no column {text_column!r}; there are: {', '.join(table.fieldnames or ())}")
            return
        rows = ((table.line_num, lambda row=row: row) for row in table)
        yield from _read_rows(path, rows, text_column, date)


#: How files are read, by their ending.
READERS: dict[str, Callable[[Path, str, str | None], Iterator[Article | Unreadable]]] = {
    ".txt": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
    ".jsonl": _read_jsonl,
    ".ndjson": _read_jsonl,
    ".csv": _read_csv,
    ".tsv": _read_csv,
}


def open_text(path: str) -> TextIO:
    """A file or standard input as UTF-8 text, for the filters; newlines stay as they are."""
    if path == STDIN:
        sys.stdin.reconfigure(encoding="utf-8-sig", newline="")  # type: ignore[union-attr]
        return sys.stdin
    return Path(path).open(encoding="utf-8-sig", newline="")
