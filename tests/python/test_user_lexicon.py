"""Names of the user's own: the cases that cargo reads too, and all the forms in which Python has them."""

from __future__ import annotations

import pickle
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

import khabar

TEXT = "قالت نسمكو إن لشركة نسيم فروعا في بنغازي."
ROWS = [
    ("نسمكو", "ORG", "override", "شركة نسيم"),
    ("شركة نسيم", "ORG", "override", "شركة نسيم"),
    ("بنغازي", "PRODUCT", "fill"),
]
TABLE = "form\ttype\tpriority\tname\n" + "".join("\t".join(row) + "\n" for row in ROWS)


def shown(analyzer: khabar.Analyzer, text: str = TEXT) -> list[str]:
    return [f"{mention.type.value} {mention.text}" for mention in analyzer.find_mentions(text)]


def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text(case["lexicon"], encoding="utf-8")
    document = khabar.Analyzer("fast", lexicon=path).analyze(case["input"])
    found = [f"{mention.type.value} {mention.text}" for mention in document.mentions]
    assert [wanted for wanted in case.get("has", []) if wanted not in found] == [], found
    assert [unwanted for unwanted in case.get("hasnot", []) if unwanted in found] == [], found
    names = [entity.name for entity in document.entities]
    assert [name for name in case.get("names", []) if name not in names] == [], names
    assert len(names) == case.get("entities", len(names))


def test_errors_tell_line_and_column(tmp_path: Path) -> None:
    with (ROOT / "tests" / "cases" / "user_lexicon.toml").open("rb") as file:
        wrong = tomllib.load(file)["error"]
    for number, each in enumerate(wrong):
        path = tmp_path / f"{number}" / "names.tsv"
        path.parent.mkdir()
        path.write_text(each["lexicon"], encoding="utf-8")
        with pytest.raises(khabar.RuleError) as error:
            khabar.Analyzer(lexicon=path)
        assert each["message"] in str(error.value)


def dicts() -> object:
    return [dict(zip(("form", "type", "priority", "name"), row, strict=False)) for row in ROWS]


def pandas_frame() -> object:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    return pandas.DataFrame(dicts(), index=[5, 3, 9])


def polars_frame() -> object:
    return pytest.importorskip("polars").DataFrame(dicts())


def arrow_table() -> object:
    return pytest.importorskip("pyarrow").Table.from_pylist(dicts())


@pytest.mark.parametrize("make", [lambda: ROWS, lambda: iter(ROWS), dicts, pandas_frame, polars_frame, arrow_table])
def test_every_form_is_the_same(make: Callable[[], Any], tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text(TABLE, encoding="utf-8")
    expected = shown(khabar.Analyzer("fast", lexicon=path))
    assert {"ORG نسمكو", "ORG شركة نسيم", "GPE بنغازي"} <= set(expected)
    assert shown(khabar.Analyzer("fast", lexicon=make())) == expected


def test_a_frame_that_cannot_serve_arrow() -> None:
    class Frame:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            raise ImportError("pyarrow is needed")

        def to_dict(self, orient: str) -> list[dict[str, Any]]:
            return [{"form": "نسمكو", "type": "ORG", "name": float("nan")}]

    assert "ORG نسمكو" in shown(khabar.Analyzer("fast", lexicon=Frame()))


@pytest.mark.parametrize(
    ("lexicon", "message"),
    [
        ([("نسيم", "ORG"), ("نسيم", "FIRM")], 'lexicon[1], column type: unknown mention type "FIRM"'),
        ([("نسيم", "ORG"), (None, "ORG")], "lexicon[1], column form: it is empty"),
        ([{"form": "نسيم"}], "lexicon[0], column type: it is empty"),
        ([{"form": "نسيم", "type": "ORG", "label": "x"}], "lexicon[0]: no column is called 'label'"),
        ([("نسيم",)], "lexicon[0]: a tuple is (form, type)"),
        ([("نسيم", "ORG", "first")], 'lexicon[0], column priority: unknown priority "first"'),
    ],
)
def test_wrong_rows(lexicon: list[Any], message: str) -> None:
    with pytest.raises(khabar.RuleError) as error:
        khabar.Analyzer(lexicon=lexicon)
    assert message in str(error.value)


def test_wrong_frames_and_types() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    with pytest.raises(khabar.RuleError, match='no column is called "kind"'):
        khabar.Analyzer(lexicon=pyarrow.table({"form": ["نسيم"], "kind": ["ORG"]}))
    with pytest.raises(khabar.ArgumentError, match="column type: an array of texts is needed"):
        khabar.Analyzer(lexicon=pyarrow.table({"form": ["نسيم"], "type": [1]}))
    with pytest.raises(TypeError, match="not dict"):
        khabar.Analyzer(lexicon={"form": "نسيم", "type": "ORG"})
    with pytest.raises(TypeError, match="lexicon\\[0\\], column form: a str is needed, not int"):
        khabar.Analyzer(lexicon=[(1, "ORG")])
    with pytest.raises(khabar.IoError):
        khabar.Analyzer(lexicon="/no/such/names.tsv")


def test_pickled_with_its_entries(tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text(TABLE, encoding="utf-8")
    analyzer = khabar.Analyzer("fast", lexicon=path)
    path.unlink()
    again = pickle.loads(pickle.dumps(analyzer))
    assert shown(again) == shown(analyzer)
    assert repr(again) == "Analyzer(model='fast', lexicon=<3 entries>)"
    assert shown(pickle.loads(pickle.dumps(khabar.Analyzer("fast", lexicon=[])))) == shown(khabar.Analyzer("fast"))


def test_many_texts_and_threads() -> None:
    analyzer = khabar.Analyzer("fast", lexicon=ROWS)
    expected = shown(analyzer)
    for document in analyzer.analyze_many([TEXT] * 20, threads=2):
        assert [f"{m.type.value} {m.text}" for m in document.mentions] == expected
        assert "شركة نسيم" in [entity.name for entity in document.entities]
    with ThreadPoolExecutor(4) as pool:
        assert all(found == expected for found in pool.map(lambda _: shown(analyzer), range(20)))


def test_no_confidence_where_only_the_list_knows() -> None:
    analyzer = khabar.Analyzer("fast", lexicon=[("قالت", "PRODUCT")])
    (mention,) = [m for m in analyzer.find_mentions(TEXT) if m.text == "قالت"]
    assert mention.confidence is None


def test_an_empty_frame() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    schema = pyarrow.schema([("form", pyarrow.string()), ("type", pyarrow.string())])
    assert repr(khabar.Analyzer("fast", lexicon=schema.empty_table())) == "Analyzer(model='fast', lexicon=<0 entries>)"
