"""What the Python tests share: the cases that cargo reads too, and the corpora that may lie beside the checkout."""

from __future__ import annotations

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@cache
def load_cases(stage: str) -> list[dict[str, Any]]:
    """The ``[[case]]`` tables of ``tests/cases/STAGE.toml``."""
    path = ROOT / "tests" / "cases" / f"{stage}.toml"
    with path.open("rb") as file:
        return tomllib.load(file)["case"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test in ``test_STAGE.py`` with an argument ``case`` runs once for each case of that stage."""
    if "case" in metafunc.fixturenames:
        stage = metafunc.module.__name__.removeprefix("test_")
        cases = load_cases(stage)
        metafunc.parametrize("case", cases, ids=[str(case["name"]).replace(" ", "-") for case in cases])


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with corpora and annotated documents beside the checkout; a test that needs it skips where there is none."""
    path = Path(os.environ.get("KHABAR_SHARED", ROOT.parent / "shared"))
    if not path.is_dir():
        pytest.skip(f"needs {path.name} beside the checkout")
    return path


@pytest.fixture(scope="session")
def articles() -> dict[str, str]:
    """The plain-text sample articles by file name."""
    return {path.name: path.read_text("utf-8") for path in sorted((ROOT / "tests" / "articles").glob("*.txt"))}
