"""What ``Analyzer(lexicon=…)`` takes, made ready to be looked up."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from khabar import _core
from khabar.errors import RuleError

LexiconLike: TypeAlias = "str | os.PathLike[str] | Iterable[Mapping[str, Any] | tuple[Any, ...]] | Any"
"""The path of a TSV file, an iterable of dicts or tuples, or a data frame (anything with ``__arrow_c_stream__``)."""

#: The columns of a lexicon, and the fields of a tuple, in their order.
COLUMNS = ("form", "type", "priority", "name", "latin")


def read(given: LexiconLike) -> _core.Lexicon:
    """The lexicon of a path, of rows or of a data frame.

    Raises ``RuleError`` that names row and column for what is no entry, ``IoError`` where the file cannot be read.
    """
    if isinstance(given, str | os.PathLike):
        return _core.Lexicon.read(os.fspath(given))
    if hasattr(given, "__arrow_c_stream__"):
        frame: Any = given
        try:
            return _core.Lexicon.from_table(frame)
        except ImportError:
            # pandas has the method without pyarrow too, but cannot serve it.
            given = frame.to_dict("records")
    if isinstance(given, Mapping | bytes) or not isinstance(given, Iterable):
        raise TypeError(
            f"lexicon is a path, an iterable of dicts or tuples, or a data frame, not {type(given).__name__}"
        )
    return _core.Lexicon.from_rows(list(COLUMNS), [_cells(row, f"lexicon[{i}]") for i, row in enumerate(given)])


def _cells(row: Any, place: str) -> list[str | None]:
    if isinstance(row, Mapping):
        for column in row:
            if column not in COLUMNS:
                raise RuleError(f"{place}: no column is called {column!r}: there are {', '.join(COLUMNS)}")
        cells = [row.get(column) for column in COLUMNS]
    elif isinstance(row, tuple | list):
        if not 2 <= len(row) <= len(COLUMNS):
            raise RuleError(f"{place}: a tuple is (form, type) and as many more of {', '.join(COLUMNS[2:])} as wanted")
        cells = [*row, *[None] * (len(COLUMNS) - len(row))]
    else:
        raise TypeError(f"{place} is a dict or a tuple, not {type(row).__name__}")
    return [_cell(cell, f"{place}, column {column}") for cell, column in zip(cells, COLUMNS, strict=True)]


def _cell(cell: Any, place: str) -> str | None:
    # Data frames write a missing value as one that is unlike itself.
    if cell is None or (isinstance(cell, float) and cell != cell):
        return None
    if not isinstance(cell, str):
        raise TypeError(f"{place}: a str is needed, not {type(cell).__name__}")
    return str(cell)
