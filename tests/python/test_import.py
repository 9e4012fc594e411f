"""What an import brings along."""

from __future__ import annotations

import subprocess
import sys

import pytest


def run(script: str) -> str:
    command = [sys.executable, "-W", "error", "-c", script]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout.strip()


def test_nothing_heavy_is_imported() -> None:
    heavy = (
        "{'pandas', 'numpy', 'pyarrow', 'polars', 'click', 'rich', 'jinja2', 'tqdm', 'trafilatura', 'multiprocessing'}"
    )
    assert run(f"import sys, khabar; print(sorted({heavy} & set(sys.modules)))") == "[]"


def test_nothing_heavy_is_imported_by_work() -> None:
    heavy = "{'pandas', 'numpy', 'pyarrow', 'polars'}"
    assert run(f"import sys, khabar; khabar.analyze('نص').to_json(); print(sorted({heavy} & set(sys.modules)))") == "[]"


def test_accessor_comes_with_pandas() -> None:
    pytest.importorskip("pandas")
    assert run("import pandas, khabar; print(hasattr(pandas.Series, 'khabar'))") == "True"
    assert run("import khabar, pandas; print(hasattr(pandas.Series, 'khabar'))") == "False"
    assert run("import khabar.pandas, pandas; print(hasattr(pandas.Series, 'khabar'))") == "True"


def test_import_of_the_core_alone() -> None:
    assert run("import khabar._core as core; print(core.tokenize('وصل')[0].text)") == "وصل"
