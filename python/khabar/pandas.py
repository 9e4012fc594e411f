"""The accessor ``Series.khabar`` of pandas.

It is there once this module is imported. ``import khabar`` does that by itself where pandas was imported before it, and does not
import pandas where it was not::

    import pandas as pd
    import khabar           # after pandas; or: import khabar.pandas

    df["clean"] = df["text"].khabar.normalize()
    events = df["text"].khabar.events(date=df["date"])
    events.join(df["source"])

Tables have a row a record and the index of the Series, repeated, so that they join with the frame the texts came from. Missing texts
have no rows (``normalize`` keeps them missing). Columns have the types of ``Document.to_frame``, also where there is no row. Everything goes through Arrow columns; pyarrow must be installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from khabar import _core, _frames, arrow
from khabar.analyzer import Analyzer, DateLike
from khabar.errors import ArgumentError
from khabar.types import TokenKind

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["KhabarAccessor"]

_WORDS = frozenset({TokenKind.ARABIC, TokenKind.LATIN, TokenKind.HASHTAG})


@pd.api.extensions.register_series_accessor("khabar")
class KhabarAccessor:
    """The stages over a Series of texts."""

    def __init__(self, series: pd.Series[Any]) -> None:
        self._series = series

    def normalize(
        self, preset: str = "search", *, threads: int | None = None, **steps: bool | str | None
    ) -> pd.Series[Any]:
        """Normalized texts by a preset and single steps, as ``khabar.normalize`` takes them."""
        array = _pyarrow().array(arrow.normalize(self._array(), preset, threads=threads, **steps))
        values = array.to_pandas().to_numpy(dtype=object)
        dtype = self._series.dtype if pd.api.types.is_string_dtype(self._series.dtype) else object
        return pd.Series(values, index=self._series.index, name=self._series.name, dtype=dtype)

    def tokenize(self, *, pos: bool = True, lemma: bool = True, threads: int | None = None) -> pd.DataFrame:
        """Words, numbers and signs with offsets, kinds, parts of speech, lemmas and features, a row each.

        ``pos=False`` and ``lemma=False`` leave out what they name, and are faster.
        """
        return self._frame(arrow.tokenize(self._array(), pos=pos, lemma=lemma, threads=threads))

    def lemmas(self, *, threads: int | None = None) -> pd.Series[Any]:
        """The lemmas of each text's words as a list, in the order of the words; numbers and signs are left out, missing texts stay missing.

        ``df["text"].khabar.lemmas().explode().value_counts()`` counts them, ``.str.join(" ")`` makes texts of them.
        """
        array = self._array()
        table = _pyarrow().table(arrow.tokenize(array, lemma=True, threads=threads))
        lists: list[list[str] | None] = [[] if there else None for there in array.is_valid().to_pylist()]
        columns = (table.column(name).to_pylist() for name in ("row", "kind", "lemma"))
        for row, kind, lemma in zip(*columns, strict=True):
            if kind in _WORDS and (words := lists[row]) is not None:
                words.append(lemma)
        return pd.Series(lists, index=self._series.index, name=self._series.name, dtype=object)

    def mentions(
        self,
        *,
        date: DateLike | pd.Series[Any] = None,
        threads: int | None = None,
        analyzer: Analyzer | None = None,
    ) -> pd.DataFrame:
        """Mentions, with the names of their entities. ``date`` is one date for all texts, or a Series of dates."""
        table = arrow.mentions(self._array(), date=self._dates(date), threads=threads, analyzer=analyzer)
        return self._frame(table, "mentions")

    def entities(
        self,
        *,
        date: DateLike | pd.Series[Any] = None,
        threads: int | None = None,
        analyzer: Analyzer | None = None,
    ) -> pd.DataFrame:
        """Entities, with their titles and number of mentions."""
        table = arrow.entities(self._array(), date=self._dates(date), threads=threads, analyzer=analyzer)
        return self._frame(table, "entities")

    def relations(
        self,
        *,
        date: DateLike | pd.Series[Any] = None,
        threads: int | None = None,
        analyzer: Analyzer | None = None,
    ) -> pd.DataFrame:
        """Relations, with the names of both ends."""
        table = arrow.relations(self._array(), date=self._dates(date), threads=threads, analyzer=analyzer)
        return self._frame(table, "relations")

    def events(
        self,
        *,
        date: DateLike | pd.Series[Any] = None,
        threads: int | None = None,
        analyzer: Analyzer | None = None,
    ) -> pd.DataFrame:
        """Events, with the names of those who take part."""
        table = arrow.events(self._array(), date=self._dates(date), threads=threads, analyzer=analyzer)
        return self._frame(table, "events")

    def quotes(
        self,
        *,
        date: DateLike | pd.Series[Any] = None,
        threads: int | None = None,
        analyzer: Analyzer | None = None,
    ) -> pd.DataFrame:
        """Quotations, with their speakers."""
        table = arrow.quotes(self._array(), date=self._dates(date), threads=threads, analyzer=analyzer)
        return self._frame(table, "quotes")

    def _array(self) -> pa.Array | pa.ChunkedArray:
        """The texts as Arrow; a column of objects must hold strings and missing values only."""
        pa = _pyarrow()
        try:
            array = pa.array(self._series, from_pandas=True)
        except (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError) as error:
            raise TypeError(f"the Series must hold texts and missing values only: {error}") from error
        if pa.types.is_dictionary(array.type):
            array = array.cast(array.type.value_type)
        if pa.types.is_floating(array.type) and array.null_count == len(array):
            array = array.cast(pa.null())
        return array

    def _dates(self, date: DateLike | pd.Series[Any]) -> arrow.Dates:
        if not isinstance(date, pd.Series):
            return date
        if not date.index.equals(self._series.index):
            if not date.index.is_unique:
                raise ArgumentError("the index of the dates has duplicates and is not that of the texts")
            date = date.reindex(self._series.index)
        return [None if pd.isna(value) else value for value in date]

    def _frame(self, table: _core.Table, name: str | None = None) -> pd.DataFrame:
        frame: pd.DataFrame = _pyarrow().table(table).to_pandas()
        if name is not None:
            for column in _frames.LISTS & set(frame.columns):
                frame[column] = pd.Series([value.tolist() for value in frame[column]], index=frame.index, dtype=object)
            frame = _frames.typed(frame, name)
        frame.index = self._series.index.take(frame.pop("row").to_numpy())
        return frame


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise ImportError("the pandas accessor needs pyarrow: pip install khabar[pandas]") from error
    return pyarrow
