"""Words, sentences, zones and clitics: the same cases as in Rust."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import khabar

PATH = Path(__file__).parents[1] / "cases" / "segment.toml"
CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(PATH.read_text("utf-8"))


def named(kind: str, key: str = "name") -> Any:
    return pytest.mark.parametrize("row", CASES[kind], ids=[row[key] for row in CASES[kind]])


@named("words")
def test_words(row: dict[str, Any]) -> None:
    text: str = row["text"]
    tokens = khabar.tokenize(text)
    assert [token.text for token in tokens] == row["words"]
    assert all(text[token.start : token.end] == token.text for token in tokens)


@named("sentences")
def test_sentences(row: dict[str, Any]) -> None:
    text: str = row["text"]
    sentences = khabar.sentences(text)
    assert [sentence.text for sentence in sentences] == row["sentences"]
    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in sentences)


@named("zones")
def test_zones(row: dict[str, Any]) -> None:
    lines: list[tuple[str, str]] = row["lines"]
    sentences = khabar.sentences("\n".join(line for _, line in lines))
    start = 0
    for zone, line in lines:
        end = start + len(line)
        found = {str(s.zone).lower() for s in sentences if start <= s.start and s.end <= end}
        assert found == {zone}, line
        start = end + 1


@named("clitics", "word")
def test_clitics(row: dict[str, Any]) -> None:
    (token,) = khabar.tokenize(row["word"].replace("+", ""))
    assert "+".join(segment.text for segment in token.segments) == row["word"]
    if "forms" in row:
        assert [segment.normalized for segment in token.segments] == row["forms"]


@pytest.mark.parametrize("text", ["", " ", "\n", "\u200f", "\0", "\u064b\u064b", "ـ", "\ufeffو"])
def test_nearly_nothing(text: str) -> None:
    assert khabar.sentences(text) == [] or khabar.tokenize(text)


def test_nested_marks() -> None:
    text = "قال: " + '«"' * 5_000 + "نعم" + '"»' * 5_000 + "."
    assert len(khabar.tokenize(text)) == 20_004
