"""Words: parts, tags, lemmas, readings, stems, stop words."""

import pickle
from typing import Any

import pytest

import khabar

TEXT = """أعلنت وزارة الخارجية في بيانها أن الوزير سيلتقي نظيره المصري غدا لبحث التعاون بين البلدين وسبل تعزيزه ولقاء المسؤولين
والمستثمرين بالقاهرة للمرة الثانية منذ توليهما المنصب فيستقبلونه ومرافقيه ويستعرضون أأسباب تأجيل الاستثمارات"""


@pytest.mark.parametrize("word", TEXT.split())
def test_stems_are_those_of_pystemmer(word: str) -> None:
    stemmer = pytest.importorskip("Stemmer").Stemmer("arabic")
    assert khabar.stem(word) == stemmer.stemWord(word)


def test_stems_see_through_marks_and_forms() -> None:
    assert khabar.stem("الْمُسْلِمُونَ") == khabar.stem("المســلمون") == khabar.stem("ﺍﻟﻤﺴﻠﻤﻮﻥ") == "مسلم"


@pytest.mark.parametrize("word", ["", "BBC", "3.5", "؟", "من أجل", "ليبيا24"])
def test_what_is_no_arabic_word_has_itself_as_stem(word: str) -> None:
    assert khabar.stem(word) == word


def test_stop_words() -> None:
    text = "قال الوزير إن بلاده لن تكون طرفا في هذا النزاع ولكنها تدعو إلى حله عبر الحوار الذي بدأ أمس بينهم"
    kept = [word for word in text.split() if not khabar.is_stop(word)]
    assert kept == ["قال", "الوزير", "بلاده", "طرفا", "النزاع", "تدعو", "حله", "الحوار", "بدأ", "أمس"]


SENTENCE = "وأعلن الوزير استقالته للصحفيين، ولم يذكر أسبابها."


def parts(token: khabar.Token) -> str:
    return "+".join(segment.text for segment in token.segments)


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("pud", "و+أعلن الوزير استقالت+ه ل+لصحفيين ، و+لم يذكر أسباب+ها ."),
        ("atb", "و+أعلن الوزير استقالت+ه ل+لصحفيين ، و+لم يذكر أسباب+ها ."),
        ("d3", "و+أعلن ال+وزير استقالت+ه ل+ل+صحفيين ، و+لم يذكر أسباب+ها ."),
        ("none", "وأعلن الوزير استقالته للصحفيين ، ولم يذكر أسبابها ."),
    ],
)
def test_schemes(scheme: Any, expected: str) -> None:
    tokens = khabar.tokenize(SENTENCE, scheme)
    assert " ".join(map(parts, tokens)) == expected
    for token in tokens:
        assert "".join(segment.text for segment in token.segments) == token.text
        for segment in token.segments:
            assert SENTENCE[segment.start : segment.end] == segment.text


def test_parts_of_speech() -> None:
    tokens = khabar.tokenize(SENTENCE)
    found = [(segment.text, segment.pos) for token in tokens for segment in token.segments]
    assert found[:5] == [("و", "CCONJ"), ("أعلن", "VERB"), ("الوزير", "NOUN"), ("استقالت", "NOUN"), ("ه", "PRON")]
    assert all(isinstance(pos, khabar.Pos) for _, pos in found)
    assert [token.pos for token in tokens[:4]] == ["VERB", "NOUN", "NOUN", "NOUN"]
    article = khabar.tokenize(SENTENCE, "d3")[1].segments[0]
    assert (article.text, article.kind, article.pos) == ("ال", "article", "DET")


def test_lemmas_and_features() -> None:
    tokens = khabar.tokenize(SENTENCE)
    assert [token.lemma for token in tokens[:4]] == ["أعلن", "وزير", "استقالة", "صحفي"]
    assert tokens[0].features == "Aspect=Perf|Gender=Masc|Number=Sing|Person=3|Voice=Act"
    assert all(token.lemma for token in tokens)
    for scheme in ("atb", "d3", "none"):
        again = khabar.tokenize(SENTENCE, scheme)
        assert [(t.pos, t.lemma, t.features) for t in again] == [(t.pos, t.lemma, t.features) for t in tokens]


def test_what_is_asked_for() -> None:
    full = khabar.tokenize(SENTENCE)
    assert [t.pos for t in khabar.tokenize(SENTENCE, lemma=False)] == [t.pos for t in full]
    assert [t.lemma for t in khabar.tokenize(SENTENCE, pos=False)] == [t.lemma for t in full]
    assert {(t.lemma, t.features) for t in khabar.tokenize(SENTENCE, lemma=False)} == {("", "")}


@pytest.mark.parametrize("scheme", ["pud", "d3"])
def test_without_parts_of_speech(scheme: Any) -> None:
    plain = khabar.tokenize(SENTENCE, scheme, pos=False, lemma=False)
    assert {token.pos for token in plain} == {None}
    assert {segment.pos for token in plain for segment in token.segments} == {None}
    assert list(map(parts, plain)) == list(map(parts, khabar.tokenize(SENTENCE, scheme)))


def test_normalized_is_the_word_as_one() -> None:
    (token,) = khabar.tokenize("لِلصحفيّةِ")
    assert (token.normalized, [s.normalized for s in token.segments]) == ("للصحفيه", ["ل", "الصحفيه"])


def test_segment() -> None:
    assert [(s.text, s.start, s.end, s.kind) for s in khabar.segment("وقواته")] == [
        ("و", 0, 1, "proclitic"),
        ("قوات", 1, 5, "stem"),
        ("ه", 5, 6, "enclitic"),
    ]
    assert [s.text for s in khabar.segment("للغة", "d3")] == ["ل", "", "لغة"]
    assert [s.text for s in khabar.segment("من أجل")] == ["من أجل"]
    assert [s.pos for s in khabar.segment("وزير")] == [None]


@pytest.mark.parametrize("call", [lambda s: khabar.tokenize("نص", s), lambda s: khabar.segment("نص", s)])
def test_schemes_that_there_are_not(call: Any) -> None:
    with pytest.raises(khabar.ArgumentError, match=r"scheme.*pud"):
        call("madamira")
    with pytest.raises(TypeError):
        call(None)


def test_analyze_word() -> None:
    found = khabar.analyze_word("وستلتقيهم")
    assert found and isinstance(found, tuple)
    assert len(set(found)) == len(found)
    (she,) = {
        (a.lemma, a.aspect, a.voice, a.gender, a.number)
        for a in found
        if a.proclitics == ("و", "س") and a.enclitic == "هم" and a.person == 3 and a.voice == "active"
    }
    assert khabar.normalize(she[0]) == "التقي"
    assert she[1:] == (
        khabar.Aspect.IMPERFECTIVE,
        khabar.Voice.ACTIVE,
        khabar.Gender.FEMININE,
        khabar.GrammaticalNumber.SINGULAR,
    )
    assert pickle.loads(pickle.dumps(found)) == found
    assert khabar.analyze_word("") == khabar.analyze_word("BBC") == ()


@pytest.mark.parametrize("function", [khabar.stem, khabar.is_stop, khabar.segment, khabar.analyze_word])
def test_bad_words(function: Any) -> None:
    with pytest.raises(TypeError):
        function(None)
    with pytest.raises(TypeError, match="decode"):
        function("خبر".encode())
    with pytest.raises(khabar.TextError):
        function("خبر\ud800")
