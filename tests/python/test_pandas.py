"""Columns: the pandas accessor, and Arrow arrays of any make."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

pd = pytest.importorskip("pandas")
pa = pytest.importorskip("pyarrow")

import khabar  # noqa: E402
import khabar.pandas  # noqa: E402
from khabar import arrow  # noqa: E402

NEWS = (
    "التقى الرئيس المصري عبد الفتاح السيسي في القاهرة أمس نظيره الفرنسي إيمانويل ماكرون 🤝.\n"
    "وقال السيسي: «اتفقنا على زيادة التجارة بنسبة 20%»، وأكد أن الشركة ستفتح 3 مصانع."
)
TABLES = ["mentions", "entities", "relations", "events", "quotes"]


def series(dtype: Any = object) -> Any:
    return pd.Series([NEWS, None, "غادر الوفد.", ""], index=["a", "b", "c", "c"], name="text", dtype=dtype)


@pytest.mark.parametrize("dtype", [object, "string", "category"])
def test_normalize(dtype: Any) -> None:
    result = series(dtype).khabar.normalize()
    assert list(result.index) == ["a", "b", "c", "c"]
    assert result.name == "text"
    assert result.isna().tolist() == [False, True, False, False]
    assert result.iloc[0] == khabar.normalize(NEWS)
    assert result.iloc[3] == ""
    assert series().khabar.normalize("none").iloc[0] == NEWS
    assert series().khabar.normalize(alef=False).iloc[2] == khabar.normalize("غادر الوفد.", alef=False)


def test_tokenize() -> None:
    frame = series().khabar.tokenize()
    assert list(frame.columns) == ["text", "start", "end", "kind", "pos", "lemma", "features"]
    assert set(frame.index) == {"a", "c"}
    tokens = khabar.tokenize(NEWS)
    mine = frame.loc["a"]
    assert mine["text"].tolist() == [token.text for token in tokens]
    assert mine["start"].tolist() == [token.start for token in tokens]
    assert mine["end"].tolist() == [token.end for token in tokens]
    assert mine["kind"].tolist() == [token.kind for token in tokens]
    assert mine["pos"].tolist() == [token.pos for token in tokens]
    assert mine["lemma"].tolist() == [token.lemma for token in tokens]
    assert mine["features"].tolist() == [token.features for token in tokens]
    plain = series().khabar.tokenize(pos=False, lemma=False)
    pd.testing.assert_frame_equal(plain, frame[list(plain.columns)])


def test_lemmas() -> None:
    column = series()
    lemmas = column.khabar.lemmas()
    assert lemmas.index.equals(column.index)
    assert lemmas.loc["a"] == [t.lemma for t in khabar.tokenize(NEWS) if t.kind in ("arabic", "latin", "hashtag")]
    assert [value is None for value in lemmas] == list(column.isna())
    assert lemmas.explode().value_counts().max() >= 1
    assert pd.Series(["", "؟ 3"]).khabar.lemmas().tolist() == [[], []]


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_those_of_the_documents(table: Any) -> None:
    frame = getattr(series().khabar, table)(date="2025-09-07")
    expected = khabar.analyze(NEWS, date="2025-09-07").to_frame(table)
    assert list(frame.columns) == list(expected.columns)
    mine = frame.loc[["a"]] if "a" in frame.index else frame.iloc[:0]
    pd.testing.assert_frame_equal(mine.reset_index(drop=True), expected)


@pytest.mark.parametrize("table", TABLES)
def test_types_of_columns_are_always_the_same(table: Any) -> None:
    full = khabar.analyze(NEWS, date="2025-09-07").to_frame(table)
    for frame in (
        khabar.analyze("").to_frame(table),
        getattr(series().khabar, table)(),
        getattr(pd.Series([None], dtype=object).khabar, table)(),
    ):
        assert frame.dtypes.to_dict() == full.dtypes.to_dict()


def test_indexes_of_several_levels_and_with_duplicates() -> None:
    levels = pd.MultiIndex.from_tuples([("a", 1), ("a", 1), ("b", 2)], names=["paper", "number"])
    texts = pd.Series([NEWS, None, NEWS], index=levels)
    dates = pd.Series(["2025-09-07", None, "2024"], index=levels)
    mentions = texts.khabar.mentions(date=dates)
    assert mentions.index.names == ["paper", "number"]
    assert set(mentions.index) == {("a", 1), ("b", 2)}
    with pytest.raises(khabar.ArgumentError, match="duplicates"):
        texts.khabar.mentions(date=dates.iloc[:2])


def test_tables_join_with_their_texts() -> None:
    frame = pd.DataFrame({"text": [NEWS, NEWS], "source": ["x", "y"]}, index=[10, 20])
    tokens = frame["text"].khabar.tokenize().join(frame["source"])
    assert tokens.loc[20, "source"].unique().tolist() == ["y"]


def test_dates_of_their_own() -> None:
    frame = pd.DataFrame({"text": [NEWS] * 4, "date": ["2025-09-07", "2024", None, datetime.date(2023, 1, 2)]})
    mentions = frame["text"].khabar.mentions(date=frame["date"])
    for row, date in enumerate(frame["date"]):
        expected = [mention.value for mention in khabar.analyze(NEWS, date=date).mentions]
        assert [None if pd.isna(v) else v for v in mentions[mentions.index == row]["value"]] == expected
    stamps = pd.Series(pd.to_datetime(["2025-09-07", None, None, None]))
    assert len(frame["text"].khabar.mentions(date=stamps)) == len(mentions)
    with pytest.raises(khabar.ArgumentError, match="no date"):
        frame["text"].khabar.mentions(date="tomorrow")


@pytest.mark.parametrize("values", [[], [None], [None, float("nan")]])
def test_nothing_to_read(values: list[Any]) -> None:
    column = pd.Series(values, dtype=object)
    assert len(column.khabar.tokenize()) == 0
    assert len(column.khabar.normalize()) == len(values)
    for table in TABLES:
        assert len(getattr(column.khabar, table)()) == 0


@pytest.mark.parametrize("values", [[1, 2], [1.5], ["نص", 3], [b"a"], [["نص"]], ["\ud800"]])
def test_columns_that_hold_no_texts(values: list[Any]) -> None:
    column = pd.Series(values, dtype=object)
    with pytest.raises((TypeError, khabar.ArgumentError)):
        column.khabar.tokenize()


STRINGS = ["وصل الوفد 😀", None, "", "غادر الوزير"]


def arrays() -> list[Any]:
    plain = pa.array(STRINGS, pa.string())
    out = [
        plain,
        pa.array(STRINGS, pa.large_string()),
        pa.array(STRINGS, pa.string_view()),
        pa.chunked_array([plain.slice(0, 1), plain.slice(1, 0), plain.slice(1)]),
        pa.array(["x", *STRINGS, "y"]).slice(1, 4),
    ]
    polars = pytest.importorskip("polars")
    return [*out, polars.Series(STRINGS)]


def test_arrays_of_any_make() -> None:
    expected = [
        {"row": row, "text": token.text, "start": token.start, "end": token.end, "kind": token.kind}
        for row, text in enumerate(STRINGS)
        for token in khabar.tokenize(text or "")
    ]
    for array in arrays():
        for threads in (None, 1, 3):
            table = pa.table(arrow.tokenize(array, threads=threads))
            table.validate(full=True)
            assert table.to_pylist() == expected
        normal = pa.array(arrow.normalize(array))
        normal.validate(full=True)
        assert normal.to_pylist() == [None if text is None else khabar.normalize(text) for text in STRINGS]
        for name in TABLES:
            pa.table(getattr(arrow, name)(array, date="2025")).validate(full=True)


def test_many_rows_on_many_threads() -> None:
    texts = [f"{i} {NEWS[: i % 90]}" for i in range(9_000)]
    array = pa.array(texts)
    one = pa.table(arrow.tokenize(array, threads=1))
    assert pa.table(arrow.tokenize(array, threads=4)).equals(one)
    rows = one.column("row").to_pylist()
    assert rows == sorted(rows)
    assert set(rows) == set(range(9_000))
    assert pa.array(arrow.normalize(array)).to_pylist() == khabar.normalize_many(texts)


def test_polars() -> None:
    polars = pytest.importorskip("polars")
    table = polars.DataFrame(arrow.tokenize(polars.Series(STRINGS)))
    assert table["text"].to_list() == ["وصل", "الوفد", "😀", "غادر", "الوزير"]
    assert polars.Series(arrow.normalize(polars.Series(STRINGS))).to_list()[1] is None


def test_tables_can_be_read_twice() -> None:
    table = arrow.tokenize(pa.array(STRINGS))
    assert len(table) == 5
    assert pa.table(table).equals(pa.table(table))
    assert pa.schema(table).names == ["row", "text", "start", "end", "kind"]
    assert repr(table) == "<Table of 5 rows: row, text, start, end, kind>"


@pytest.mark.parametrize(
    ("array", "error"),
    [
        (3, TypeError),
        (["نص"], TypeError),
        ("نص", TypeError),
        (pa.array([1, 2]), khabar.ArgumentError),
        (pa.array([b"\xff"]), khabar.ArgumentError),
        (pa.table({"a": ["نص"]}), khabar.ArgumentError),
    ],
    ids=["int", "list", "str", "ints", "bytes", "table"],
)
def test_what_is_no_array_of_texts(array: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        arrow.tokenize(array)
    with pytest.raises(error):
        arrow.normalize(array)
    with pytest.raises(error):
        arrow.events(array)


def test_arrays_that_lie() -> None:
    """Bytes that are not UTF-8 under the type of texts."""
    buffers = [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe")]
    array = pa.Array.from_buffers(pa.string(), 1, buffers)
    with pytest.raises(khabar.TextError):
        arrow.tokenize(array)


def test_dates_must_be_as_many_as_texts() -> None:
    with pytest.raises(khabar.ArgumentError, match="1 dates for 4 texts"):
        arrow.mentions(pa.array(STRINGS), date=["2025"])
