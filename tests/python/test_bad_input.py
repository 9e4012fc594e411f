"""Input that nobody meant: a typed error, or a right and maybe empty result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import khabar

# Long texts are read by the fast model: the encoder of the other would only take its time.
FAST = khabar.Analyzer("fast")
FUNCTIONS: list[Callable[[Any], Any]] = [
    FAST.analyze,
    FAST.find_mentions,
    FAST.find_relations,
    FAST.find_events,
    FAST.find_quotes,
    khabar.parse_times,
    khabar.parse_numbers,
    khabar.tokenize,
    khabar.sentences,
    khabar.normalize,
    khabar.normalize_aligned,
    khabar.strip_tashkeel,
    khabar.strip_tatweel,
    khabar.to_latin,
    khabar.to_arabic,
]
each_function = pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)


@each_function
@pytest.mark.parametrize("value", [None, 3, 1.5, True, ["نص"], object(), Ellipsis], ids=lambda v: type(v).__name__)
def test_wrong_types(function: Callable[[Any], Any], value: Any) -> None:
    with pytest.raises(TypeError, match=type(value).__name__):
        function(value)


@each_function
@pytest.mark.parametrize("value", ["نص".encode(), b"\xff\xfe", bytearray(b"a"), memoryview(b"a")])
def test_bytes_are_to_be_decoded_first(function: Callable[[Any], Any], value: Any) -> None:
    with pytest.raises(TypeError, match=type(value).__name__):
        function(value)


@each_function
@pytest.mark.parametrize(("text", "position"), [("\ud800", 0), ("قال \udfff نعم", 4), ("😀\udc80", 1)])
def test_lone_surrogates(function: Callable[[Any], Any], text: str, position: int) -> None:
    with pytest.raises(khabar.TextError, match=f"code point {position}") as raised:
        function(text)
    assert isinstance(raised.value, ValueError)
    assert isinstance(raised.value, khabar.KhabarError)


ODD = {
    "empty": "",
    "space": " \n\t\u00a0\u200b ",
    "nul": "\x00",
    "nul-inside": "قال\x00الوزير",
    "marks-only": "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670",
    "tatweel-only": "ـــــ",
    "bidi-controls-only": "\u202a\u202b\u202c\u2066\u2069\u200e\u200f",
    "mixed-directions": "قال John Smith (جون) إن \u202bABC\u202c 123 شخص @user_name #ليبيا_اليوم http://a.b/ج?x=1",
    "nested-quotes": "قال: " + "«" * 10_000 + "نعم" + "»" * 10_000,
    "open-quotes": "قال: «" * 10_000,
    "straight-quotes": "قال \"" * 10_000,
    "brackets": "(" * 10_000 + ")" * 9_999,
    "one-word": "ا" * 100_000,
    "digits": "1" * 100_000,
    "separators": "1٬" * 50_000,
    "points": "." * 100_000,
    "newlines": "\n" * 100_000,
    "marks-on-one-letter": "ب" + "\u064e" * 100_000,
    "conjunctions": "و" * 50_000,
    "clitics": "وبال " * 20_000,
    "emoji": "👨‍👩‍👧‍👦🇱🇾🏴󠁧󠁢󠁥󠁮󠁧󠁿" * 2_000,
    "hashtags": "#" * 50_000,
    "addresses": "a@b." * 20_000,
    "slashes": "1/" * 50_000,
    "presentation-forms": "\ufef5\ufdfa\ufdf2\ufe8e" * 5_000,
    "noncharacters": "\ufffe\uffff\U0010ffff\ufeff",
    "combining-of-others": "e\u0301" * 10_000,
    "and-and-and": "وزير الدفاع ووزير الخارجية و" * 4_000,
}  # fmt: skip


@each_function
@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_texts(function: Callable[[Any], Any], text: str) -> None:
    function(text)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_texts_keep_their_offsets(text: str) -> None:
    for document in (FAST.analyze(text, date="2025"), khabar.analyze(text[:2_000], date="2025")):
        for record in (*document.sentences, *document.tokens, *document.mentions, *document.numbers, *document.times):
            assert text[record.start : record.end] == record.text
        assert khabar.Document.from_json(document.to_json()) == document


def test_nothing_in_nothing() -> None:
    document = khabar.analyze("")
    assert document == khabar.Document(text="")
    assert document.tokens == ()


def test_fifty_megabytes_in_one_line() -> None:
    sentence = "وصل وزير الخارجية إلى العاصمة بعد ظهر الخميس وأجرى محادثات مع نظيره حول 3 اتفاقات، "
    text = sentence * (50_000_000 // len(sentence.encode()))
    assert "\n" not in text
    assert len(khabar.normalize(text)) > 0
    sentences = khabar.sentences(text)
    assert sentences[-1].end == len(text.rstrip())
    analysed = FAST.analyze(text[: len(text) // 25])
    assert analysed.sentences


def test_subclasses_of_str() -> None:
    class Text(str):
        __slots__ = ()

    assert [token.text for token in khabar.tokenize(Text("وصل الوفد"))] == ["وصل", "الوفد"]
    assert khabar.analyze(Text("وصل الوفد")).sentences[0].text == "وصل الوفد"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"id": 3}, TypeError),
        ({"source": b"a"}, TypeError),
        ({"date": 2025}, TypeError),
        ({"date": ("2025", "09")}, TypeError),
        ({"date": b"2025"}, TypeError),
        ({"id": "\ud800"}, khabar.TextError),
    ],
)
def test_wrong_contexts(arguments: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        khabar.analyze("نص", **arguments)
