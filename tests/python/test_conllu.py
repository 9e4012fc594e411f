"""CoNLL-U: read by others, and the text restored from it."""

from __future__ import annotations

import io
import re
import unicodedata
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import khabar

NEWS = (
    "وصل وزير الخارجية إلى القاهرة للمرة الثانية.وقال للصحفيين: «سنعمل معهم»،\n\n"
    "وأضاف عبر @spokesman_ly\tأن 1٬500  لاجئ\u00a0سيعودون للغتهم… ثُمَّ غَادَرَ 😀!\r\n"
)

ESCAPES = {"s": " ", "t": "\t", "r": "\r", "n": "\n"}

TEXTS = st.one_of(
    st.lists(
        st.sampled_from([*NEWS.split(" "), "\n", "\t", "\u200f", "|", "_", "/", "لِلَّهِ", "\\s", "#"]), max_size=30
    ).map(" ".join),
    st.text(max_size=40),
    st.text(st.characters(min_codepoint=0x600, max_codepoint=0x6FF), max_size=40),
)


@cache
def validator(level: int) -> Any:
    return pytest.importorskip("udtools").Validator(lang="ar", level=level, output=None)


def problems(lines: str, level: int) -> list[str]:
    """What the validator of Universal Dependencies finds wrong with the form of a file."""
    udtools = pytest.importorskip("udtools")
    state = udtools.state.State()
    validator(level).validate_file_handle(io.StringIO(lines), state)
    validator(level).validate_end(state)
    return [str(incident) for incident in state.error_tracker if incident.is_error()]


def restored(lines: str) -> list[str]:
    """The sentences that a reader of CoNLL-U makes of the tokens."""
    conllu = pytest.importorskip("conllu")
    sentences = []
    for sentence in conllu.parse(lines):
        text, inside = "", 0
        for word in sentence:
            if isinstance(word["id"], tuple):
                inside = word["id"][2]
            elif word["id"] <= inside:
                continue
            misc = word["misc"] or {}
            space = "" if misc.get("SpaceAfter") == "No" else " "
            spaces = misc.get("SpacesAfter", space)
            text += word["form"] + re.sub(
                r"\\(u[0-9A-F]{4}|[strn])", lambda m: ESCAPES.get(m[1]) or chr(int(m[1][1:], 16)), spaces
            )
        sentences.append(text.strip())
    return sentences


@pytest.mark.parametrize("scheme", ["pud", "atb", "d3", "none"])
def test_the_validator_accepts_it(scheme: Any) -> None:
    assert problems(khabar.to_conllu(NEWS, id="a/b 1", scheme=scheme), level=2) == []


def test_the_validator_finds_what_is_wrong() -> None:
    lines = khabar.to_conllu(NEWS)
    assert problems(lines.replace("SpaceAfter=No", "_"), level=2)
    assert problems(lines.replace("\tVERB\t", "\tverb\t"), level=2)


@pytest.mark.parametrize("scheme", ["pud", "d3"])
def test_text_is_restored(scheme: Any) -> None:
    assert restored(khabar.to_conllu(NEWS, scheme=scheme)) == [
        unicodedata.normalize("NFC", sentence.text) for sentence in khabar.sentences(NEWS)
    ]


def test_articles(articles: dict[str, str]) -> None:
    for name, text in articles.items():
        lines = khabar.to_conllu(text, id=name)
        assert problems(lines, level=2) == []
        assert restored(lines) == [sentence.text for sentence in khabar.sentences(text)]


def test_words_of_tokens() -> None:
    conllu = pytest.importorskip("conllu")
    (sentence,) = conllu.parse(khabar.to_conllu("وسيعودون للغة", id="x y/z", scheme="d3"))
    assert sentence.metadata == {"newdoc id": "x_y/z", "sent_id": "x_y_z-1", "text": "وسيعودون للغة"}
    assert [(word["id"], word["form"], word["upos"]) for word in sentence] == [
        ((1, "-", 3), "وسيعودون", "_"),
        (1, "و", "CCONJ"),
        (2, "س", "PART"),
        (3, "يعودون", "VERB"),
        ((4, "-", 6), "للغة", "_"),
        (4, "ل", "ADP"),
        (5, "ال", "DET"),
        (6, "لغة", "NOUN"),
    ]


def test_of_nothing() -> None:
    assert khabar.to_conllu("") == khabar.to_conllu(" \n\u200f") == ""


@settings(deadline=None)
@given(TEXTS)
def test_any_text(text: str) -> None:
    conllu = pytest.importorskip("conllu")
    lines = khabar.to_conllu(text, id=text)
    sentences = conllu.parse(lines)
    assert len(sentences) == len(khabar.sentences(text))
    for sentence, expected in zip(sentences, khabar.sentences(text), strict=True):
        assert "".join(sentence.metadata["text"].split()) == "".join(
            unicodedata.normalize("NFC", token.text)
            for token in khabar.tokenize(text, pos=False)
            if expected.start <= token.start < expected.end
        )


@settings(deadline=None)
@given(TEXTS)
def test_the_form_of_any_text(text: str) -> None:
    assert problems(khabar.to_conllu(text), level=1) == []
