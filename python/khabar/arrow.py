"""The stages over whole columns: any Arrow array of texts in, an Arrow table out; no object is made for a record.

``array`` is anything with ``__arrow_c_stream__`` or ``__arrow_c_array__`` whose type is a string type: a pyarrow array or chunked array, a polars
Series, a pandas Series (pandas 3), a column of duckdb. What comes back is taken by ``pyarrow.table(…)``,
``polars.DataFrame(…)`` or ``pandas.DataFrame.from_arrow(…)``. The column ``row`` holds the number of the text, from 0; offsets are code
points; missing texts have no rows. All functions run on ``threads`` threads, by default one a processor, and raise
``TypeError`` for what is no Arrow array and ``ArgumentError`` for one of another type.

    >>> import pyarrow
    >>> table = pyarrow.table(tokenize(pyarrow.array(["وصل الوفد", None, "3 جنود"])))
    >>> table.column("row").to_pylist(), table.column("text").to_pylist()
    ([0, 0, 2, 2], ['وصل', 'الوفد', '3', 'جنود'])
"""

from __future__ import annotations

from datetime import date as Date
from typing import Any, TypeAlias

from khabar import _core
from khabar.analyzer import Analyzer, DateLike, shared

__all__ = ["entities", "events", "mentions", "normalize", "quotes", "relations", "tokenize"]

Dates: TypeAlias = DateLike | list[str | Date | None]
"""One date for all texts, or a list with one for each."""


def normalize(
    array: Any, preset: str = "search", *, threads: int | None = None, **steps: bool | str | None
) -> _core.Texts:
    """Normalized texts by a preset and single steps, as ``khabar.normalize`` takes them, in an array of the same length."""
    return _core.arrow_normalize(array, preset, steps, threads)


def tokenize(array: Any, *, pos: bool = False, lemma: bool = False, threads: int | None = None) -> _core.Table:
    """Words, numbers and signs, not cut at clitics: ``row``, ``text``, ``start``, ``end``, ``kind``.

    ``pos=True`` adds ``pos``, the part of speech of each word's stem in context, ``lemma=True`` adds ``lemma`` and ``features``. These cost
    a hundred times what finding the words does, so they are there only where they are asked for.
    """
    return _core.arrow_tokenize(array, pos, lemma, threads)


def mentions(
    array: Any, *, date: Dates = None, threads: int | None = None, analyzer: Analyzer | None = None
) -> _core.Table:
    """Mentions, with the names of their entities."""
    return _analyze(array, "mentions", date, threads, analyzer)


def entities(
    array: Any, *, date: Dates = None, threads: int | None = None, analyzer: Analyzer | None = None
) -> _core.Table:
    """Entities, with their titles; ``mentions`` is the number of their mentions."""
    return _analyze(array, "entities", date, threads, analyzer)


def relations(
    array: Any, *, date: Dates = None, threads: int | None = None, analyzer: Analyzer | None = None
) -> _core.Table:
    """Relations, with the names of both ends and the words of the evidence."""
    return _analyze(array, "relations", date, threads, analyzer)


def events(
    array: Any, *, date: Dates = None, threads: int | None = None, analyzer: Analyzer | None = None
) -> _core.Table:
    """Events, with the names of those who take part."""
    return _analyze(array, "events", date, threads, analyzer)


def quotes(
    array: Any, *, date: Dates = None, threads: int | None = None, analyzer: Analyzer | None = None
) -> _core.Table:
    """Quotations, with their speakers."""
    return _analyze(array, "quotes", date, threads, analyzer)


def _analyze(array: Any, table: str, date: Dates, threads: int | None, analyzer: Analyzer | None) -> _core.Table:
    return _core.arrow_analyze((analyzer or shared())._core, array, table, date, threads)
