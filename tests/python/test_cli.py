"""The command line, run as a user runs it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import khabar

ARTICLES = Path(__file__).parent.parent / "articles"


def run(*arguments: str | Path, text: str | bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    data = text.encode() if isinstance(text, str) else text
    # An ASCII locale must not matter: Arabic is read and written as UTF-8 everywhere.
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""}
    command = [sys.executable, "-m", "khabar", *map(str, arguments)]
    return subprocess.run(command, input=data, capture_output=True, env=environment, timeout=120, check=False)


def lines(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_jsonl_is_what_analyze_gives() -> None:
    path = ARTICLES / "tripoli.txt"
    done = run("analyze", path)
    assert done.returncode == 0
    assert done.stderr == b"", "no progress bar where standard error is no terminal"
    (document,) = lines(done)
    assert document == khabar.analyze(path.read_text(encoding="utf-8"), id=str(path)).to_dict()


@pytest.mark.parametrize("form", ["jsonl", "csv", "table", "html"])
def test_every_format_shows_the_names(form: str) -> None:
    done = run("analyze", ARTICLES / "tripoli.txt", "--format", form, "--table", "entities")
    assert done.returncode == 0
    assert "هاكان فيدان" in done.stdout.decode()


def test_csv_of_one_table_and_of_all(tmp_path: Path) -> None:
    done = run("analyze", ARTICLES / "tripoli.txt", ARTICLES / "cairo.txt", "--format", "csv", "--table", "mentions")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert {row["document"] for row in rows} == {str(ARTICLES / "tripoli.txt"), str(ARTICLES / "cairo.txt")}
    assert run("analyze", ARTICLES / "tripoli.txt", "--format", "csv", "--output", tmp_path / "tables").returncode == 0
    assert {p.name for p in (tmp_path / "tables").iterdir()} == {
        "entities.csv", "events.csv", "mentions.csv", "quotes.csv", "relations.csv",
    }  # fmt: skip


def test_html_stands_alone_and_is_escaped() -> None:
    done = run("analyze", "-", "--format", "html", text="قال <script>alert(1)</script> إن خليفة حفتر وصل إلى أنقرة.")
    page = done.stdout.decode()
    assert page.startswith("<!DOCTYPE html>")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r'(src|href)="?http', page)


def test_rows_with_columns(tmp_path: Path) -> None:
    jsonl = tmp_path / "a.jsonl"
    row = {"id": "1", "text": "زار الوزير أنقرة أمس.", "date": "2025-09-05", "source": "الوسط"}
    jsonl.write_text(json.dumps(row, ensure_ascii=False) + "\n\nnot json\n" + '{"id": "2"}\n', encoding="utf-8")
    done = run("analyze", jsonl)
    (document,) = lines(done)
    assert (document["id"], document["date"], document["source"]) == ("1", "2025-09-05", "الوسط")
    assert done.returncode == 1
    assert f"{jsonl}:3" in done.stderr.decode()
    assert f"{jsonl}:4" in done.stderr.decode()

    table = tmp_path / "b.csv"
    table.write_text('id,body,date\n7,"وصل الوفد\nإلى طرابلس",2024\n', encoding="utf-8")
    (document,) = lines(run("analyze", table, "--text-column", "body"))
    assert (document["id"], document["text"], document["date"]) == ("7", "وصل الوفد\nإلى طرابلس", "2024")
    assert run("analyze", table).returncode == 1


def test_a_folder_with_a_bad_file_goes_on(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "good.txt").write_text("وصل خليفة حفتر إلى القاهرة.", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes("مصر".encode("cp1256"))
    (tmp_path / "ignored.png").write_bytes(b"\x89PNG")
    done = run("analyze", tmp_path)
    assert done.returncode == 1
    assert "bad.txt" in done.stderr.decode()
    assert [Path(str(d["id"])).name for d in lines(done)] == ["good.txt"]


def test_a_bad_date_of_one_row_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [{"id": "x", "text": "نص", "date": "yesterday"}, {"id": "y", "text": "نص", "date": "2025"}]
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")
    done = run("analyze", path)
    assert done.returncode == 1
    assert "x" in done.stderr.decode()
    assert [d["id"] for d in lines(done)] == ["y"]


def test_web_pages_lose_what_surrounds_the_article() -> None:
    pytest.importorskip("trafilatura")
    (document,) = lines(run("analyze", ARTICLES / "doha.html"))
    text = str(document["text"])
    assert "ست اتفاقيات" in text
    assert "الرئيسية" not in text
    assert "كأس الخليج" not in text


def test_filters() -> None:
    assert (
        run("normalize", text="الإِسْلامُ\nأُخرى\n").stdout.decode()
        == khabar.normalize("الإِسْلامُ") + "\n" + khabar.normalize("أُخرى") + "\n"
    )
    assert run("tokenize", text="وصل إلى 1٬500.\n").stdout.decode() == "وصل إلى 1٬500 .\n"
    assert run("tokenize", "--segments", text="وحفتر").stdout.decode() == "و+حفتر\n"
    assert run("tokenize", "--offsets", text="في أنقرة").stdout.decode().splitlines()[1].split("\t") == [
        "3",
        "8",
        "arabic",
        "أنقرة",
    ]


NEWS = "وأعلن الوزير استقالته."


def test_words_as_text() -> None:
    told = run("tokenize", "--segments", "--pos", "--lemma", text=NEWS).stdout.decode()
    assert told == "و/CCONJ+أعلن/VERB/أعلن الوزير/NOUN/وزير استقالت/NOUN/استقالة+ه/PRON ./PUNCT/.\n"
    assert run("tokenize", "--pos", text=NEWS).stdout.decode() == "وأعلن/VERB الوزير/NOUN استقالته/NOUN ./PUNCT\n"
    assert run("tokenize", "--scheme", "d3", text=NEWS).stdout.decode() == "و+أعلن ال+وزير استقالت+ه .\n"


def test_words_as_json_and_csv() -> None:
    (record,) = lines(run("tokenize", "--format", "jsonl", "--segments", "--pos", "--lemma", text=NEWS))
    assert record["id"] == "stdin"
    tokens = record["tokens"]
    assert isinstance(tokens, list)
    assert tokens[0] == {
        "start": 0,
        "end": 5,
        "text": "وأعلن",
        "kind": "arabic",
        "segments": [
            {"start": 0, "end": 1, "text": "و", "kind": "proclitic", "pos": "CCONJ"},
            {"start": 1, "end": 5, "text": "أعلن", "kind": "stem", "pos": "VERB"},
        ],
        "pos": "VERB",
        "lemma": "أعلن",
        "features": "Aspect=Perf|Gender=Masc|Number=Sing|Person=3|Voice=Act",
    }
    (bare,) = lines(run("tokenize", "--format", "jsonl", text="في"))
    assert bare["tokens"] == [{"start": 0, "end": 2, "text": "في", "kind": "arabic"}]
    table = run("tokenize", "--format", "csv", "--segments", "--pos", "--lemma", text=NEWS).stdout.decode()
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["segments"] for row in rows] == ["و+أعلن", "الوزير", "استقالت+ه", "."]
    assert [row["pos"] for row in rows] == ["CCONJ+VERB", "NOUN", "NOUN+PRON", "PUNCT"]
    assert rows[2]["lemma"] == "استقالة"
    assert list(rows[0]) == ["document", "start", "end", "text", "kind", "segments", "pos", "lemma", "features"]


def test_words_as_conllu(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps({"id": "a/1", "text": NEWS}) + "\n" for _ in range(2)) + "{}\n")
    done = run("tokenize", "--format", "conllu", path)
    assert done.returncode == 1, "the last line has no text"
    assert "news.jsonl:3" in done.stderr.decode()
    first, second, rest = done.stdout.decode().split("\n\n")
    assert rest == ""
    assert first + "\n\n" == khabar.to_conllu(NEWS, id="a/1")
    assert "# sent_id = a_1~2-1" in second


def test_version_names_the_model() -> None:
    shown = run("--version").stdout.decode()
    assert khabar.__version__ in shown
    assert "fast" in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ["analyze"],
        ["analyze", "x", "--format", "xml"],
        ["nothing"],
        ["analyze", "-", "--model", "huge"],
        ["tokenize", "--scheme", "x"],
        ["tokenize", "--format", "csv", "--offsets"],
    ],
)
def test_usage_errors(arguments: list[str]) -> None:
    assert run(*arguments, text="نص").returncode == 2


def test_what_is_not_there_is_named() -> None:
    done = run("analyze", "no-such-file.txt")
    assert done.returncode == 1
    assert "no-such-file.txt" in done.stderr.decode()
    assert run("normalize", "no-such-file.txt").returncode == 1


def test_names_of_the_users_own(tmp_path: Path) -> None:
    names = tmp_path / "names.tsv"
    names.write_text("form\ttype\nنسمكو\tORG\n", encoding="utf-8")
    done = run(
        "analyze", "-", "--lexicon", names, "--format", "csv", "--table", "mentions", text="قالت نسمكو إنها باقية."
    )
    assert done.returncode == 0
    assert ",ORG,نسمكو," in done.stdout.decode()
    names.write_text("form\ttype\nنسمكو\tFIRM\n", encoding="utf-8")
    done = run("analyze", "-", "--lexicon", names, text="قالت نسمكو إنها باقية.")
    assert done.returncode == 2
    assert f"{names}:2, column type: unknown mention type" in " ".join(done.stderr.decode().split())
