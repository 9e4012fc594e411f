"""The JSON of documents: its fields are those that cargo asks of the crate."""

from __future__ import annotations

import tomllib
from typing import Any

from conftest import ROOT

import khabar

FILE = tomllib.loads((ROOT / "tests" / "cases" / "json.toml").read_text("utf-8"))


def test_case(case: dict[str, Any]) -> None:
    data = khabar.analyze(FILE["input"], date=FILE["date"]).to_dict()
    records = [data] if case["name"] == "document" else data[case["name"]]
    assert records, "the text has none"
    assert all(list(record) == case["fields"] for record in records)
