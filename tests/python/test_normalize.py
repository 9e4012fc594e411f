"""Normalization from Python: the cases that cargo reads too, code point offsets, wrong arguments, bad texts."""

from __future__ import annotations

import threading
import tomllib
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

import khabar

PIECES = st.sampled_from(
    [*" \n\0\u00a0&;＆ﷺﻻأاىةی\u0640\u064e\u0651\u0654\u200d👩😀٣«،", "amp", "#1600", "اااا", "لل", "\r\n", "BBC"]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=30).map("".join), st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
)


def test_case(case: dict[str, Any]) -> None:
    expected = case.get("expected", case["input"])
    preset, steps = case.get("preset", "search"), case.get("steps", {})
    assert khabar.normalize(case["input"], preset, **steps) == expected
    assert khabar.normalize_many([case["input"]] * 2, preset, **steps) == [expected] * 2
    normalized = khabar.normalize_aligned(case["input"], preset, **steps)
    assert (normalized.text, normalized.original) == (expected, case["input"])
    for made, origin in case.get("origin", []):
        at = expected.index(made)
        start, end = normalized.original_span(at, at + len(made))
        assert case["input"][start:end] == origin


def transliterations() -> list[dict[str, str]]:
    with (ROOT / "tests" / "cases" / "normalize.toml").open("rb") as file:
        cases: list[dict[str, str]] = tomllib.load(file)["transliteration"]
    return cases


@pytest.mark.parametrize("row", transliterations(), ids=lambda row: f"{row['scheme']}-{row['latin']}")
def test_transliteration(row: dict[str, str]) -> None:
    assert khabar.to_latin(row["arabic"], row["scheme"]) == row["latin"]
    assert khabar.to_arabic(row["latin"], row["scheme"]) == row["arabic"]


@given(TEXTS, st.sampled_from(["search", "display", "none"]))
def test_invariants(text: str, preset: str) -> None:
    normalized = khabar.normalize_aligned(text, preset)
    assert normalized.text == khabar.normalize(text, preset) == khabar.normalize(normalized.text, preset)
    at, made_at = 0, 0
    for (start, end), (made_start, made_end) in [*normalized.edits, ((len(text),) * 2, (len(normalized.text),) * 2)]:
        assert start - at == made_start - made_at
        at, made_at = end, made_end
    origins = [normalized.to_original(i) for i in range(len(normalized.text) + 1)]
    places = [normalized.to_normalized(i) for i in range(len(text) + 1)]
    assert origins == sorted(origins)
    assert origins[-1] == len(text)
    assert places == sorted(places)
    assert places[-1] == len(normalized.text)


@given(TEXTS)
def test_alignments_compose(text: str) -> None:
    first = khabar.normalize_aligned(text, "display")
    second = khabar.normalize_aligned(first.text, "search")
    both = first.then(second)
    assert (both.original, both.text) == (text, second.text)
    for at in range(len(second.text)):
        assert both.to_original(at) <= first.to_original(second.to_original(at))
    for at in range(len(text)):
        assert both.to_normalized(at) <= second.to_normalized(first.to_normalized(at))


def test_alignment_of_another_text() -> None:
    first, other = khabar.normalize_aligned("أمس"), khabar.normalize_aligned("غداً")
    with pytest.raises(khabar.ArgumentError, match="another text"):
        first.then(other)


def test_stripping() -> None:
    assert khabar.strip_tashkeel("قُـتِلَ هٰذا") == "قـتل هذا"
    assert khabar.strip_tatweel("قُـتِلَ") == "قُتِلَ"


def test_what_needs_no_change_is_the_same_object() -> None:
    text = "رئيس الوزراء " * 3
    assert khabar.normalize(text, "display") is text
    assert khabar.normalize(text, "none") is text


def test_steps_may_be_left_to_the_preset() -> None:
    assert khabar.normalize("أَمس", tashkeel=None, alef=False) == "أمس"
    assert khabar.normalize("٣ نقاط", digits=None) == "3 نقاط"


@pytest.mark.parametrize(
    ("arguments", "steps", "error", "message"),
    [
        (("أ", "Search"), {}, khabar.ArgumentError, "unknown preset"),
        (("أ",), {"digits": "roman"}, khabar.ArgumentError, "unknown digits"),
        (("أ",), {"diacritics": True}, TypeError, "no step"),
        (("أ",), {"tashkeel": "yes"}, TypeError, "tashkeel is a bool"),
        (("أ",), {"digits": True}, TypeError, "digits is a str"),
        ((b"x",), {}, TypeError, "decode"),
        ((None,), {}, TypeError, "not NoneType"),
        (("أ\udc80",), {}, khabar.TextError, "code point 1"),
        (("\ud800", "none"), {}, khabar.TextError, "code point 0"),
    ],
)
def test_wrong_arguments(
    arguments: tuple[Any, ...], steps: dict[str, Any], error: type[Exception], message: str
) -> None:
    for function in (khabar.normalize, khabar.normalize_aligned):
        with pytest.raises(error, match=message):
            function(*arguments, **steps)


def test_wrong_arguments_of_others() -> None:
    with pytest.raises(TypeError, match="not one str"):
        khabar.normalize_many("نص")
    with pytest.raises(TypeError):
        khabar.normalize_many(["نص", 3])  # type: ignore[list-item]
    with pytest.raises(khabar.ArgumentError, match="unknown scheme"):
        khabar.to_latin("نص", "iso")
    with pytest.raises(khabar.TextError):
        khabar.to_latin("\udfff")


def test_a_long_line() -> None:
    text = "وقالَ أحمدُ " * 2_000_000
    normalized = khabar.normalize_aligned(text)
    assert normalized.text == "وقال احمد " * 2_000_000
    end = len(normalized.text)
    assert normalized.original_span(end - 5, end - 1) == (len(text) - 6, len(text) - 1)


def test_other_threads() -> None:
    text = "أخبارُ اليومِ\n" * 20_000
    results: list[str] = []
    threads = [threading.Thread(target=lambda: results.append(khabar.normalize(text))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == ["اخبار اليوم\n" * 20_000] * 4


def test_normalized_objects() -> None:
    one = khabar.normalize_aligned("أَمس")
    assert one == khabar.normalize_aligned("أَمس")
    assert one != khabar.normalize_aligned("أمس")
    assert one != "امس"
    assert (str(one), repr(one)) == ("امس", "Normalized('امس')")
    with pytest.raises(AttributeError):
        one.text = "x"  # type: ignore[misc]
