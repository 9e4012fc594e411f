"""The Python of the README runs as it stands there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

import khabar

BLOCKS = re.findall(r"^```python\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_there_are_blocks() -> None:
    assert len(BLOCKS) >= 2


def test_blocks_run_one_after_the_other(
    articles: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pd = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    pd.DataFrame({"text": list(articles.values())}).to_csv("articles.csv", index=False)
    Path("names.tsv").write_text("form\ttype\nنسمكو\tORG\n", encoding="utf-8")
    Path("train.txt").write_text("وصل O\nالوفد O\nإلى O\nالقاهرة B-LOC\n\nقال O\nالنادي B-MISC\nإن O\n\n" * 9, "utf-8")
    # What the blocks take for given: the reader's own texts, and the file that they are in.
    names: dict[str, Any] = {"texts": list(articles.values())}
    for number, block in enumerate(BLOCKS):
        exec(compile(block, f"README.md, block {number}", "exec"), names)
    document = names["doc"]
    assert isinstance(document, khabar.Document)
    assert document.text_of(document.mentions[0]) == document.mentions[0].text
    assert len(names["df"]["text"].khabar.events()) > 0
