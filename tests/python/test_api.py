"""The functions on one text, and the records that they give."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import gc
import json
import pickle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import khabar
from khabar import types

NEWS = (
    "استقبل رئيس الوزراء العراقي محمد شياع السوداني في بغداد أمس وزيرة الخارجية الألمانية أنالينا بيربوك 🤝.\n"
    "وقالت بيربوك: «نقف إلى جانب العراق»، مشيرة إلى أن بلادها ستقدم 25 مليون يورو للحشد من أجل الإعمار.\n"
    "ونفت وزارة الدفاع ما نقلته رويترز عن مصادر مطلعة بشأن انسحاب 1٬500 جندي."
)

PIECES = st.sampled_from([*"ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ", *"ًٌٍَُِّْـ \n\t.،؛؟!«»\"'()-:/@#%0123456789٠١٢٣abcXYZ", "😀", "👨‍👩‍👧", "🇱🇾", "\u200f", "\u202b", "\u00a0", "\x00", "ﻻ", "ﷺ"])  # fmt: skip
TEXTS = st.lists(PIECES | st.characters(exclude_categories=["Cs"]), max_size=80).map("".join)


def located(document: khabar.Document) -> list[Any]:
    return [*document.sentences, *document.tokens, *document.mentions, *document.numbers, *document.times]


def check(document: khabar.Document) -> None:
    """What holds of every document."""
    text = document.text
    for record in located(document):
        assert 0 <= record.start < record.end <= len(text)
        assert text[record.start : record.end] == record.text
    for token in document.tokens:
        assert token.segments
        assert (token.segments[0].start, token.segments[-1].end) == (token.start, token.end)
        assert all(text[s.start : s.end] == s.text for s in token.segments)
        assert [s.end for s in token.segments[:-1]] == [s.start for s in token.segments[1:]]
    for records in (document.sentences, document.tokens, document.numbers, document.times, document.quotes):
        starts = [record.start for record in records]
        assert starts == sorted(starts)
    spans = [(mention.start, -mention.end) for mention in document.mentions]
    assert spans == sorted(spans)
    ids = range(len(document.entities))
    assert [entity.id for entity in document.entities] == list(ids)
    for entity in document.entities:
        assert [document.mentions[index].entity for index in entity.mentions] == [entity.id] * len(entity.mentions)
    for record in (*document.relations, *document.events, *document.quotes):
        assert 0 <= record.start <= record.end <= len(text)
    for relation in document.relations:
        assert relation.head in ids
        assert (relation.tail in ids) != (relation.tail is None and relation.tail_text is not None)
    for event in document.events:
        assert event.trigger in event.triggers
        assert all(id in ids for id in (*event.actors, *event.recipients))
        assert all(isinstance(source, str) or source in ids for source in event.sources)
        assert event.time is None or event.time < len(document.mentions)
    assert khabar.Document.from_dict(document.to_dict()) == document
    assert khabar.Document.from_json(document.to_json()) == document


def test_articles(articles: dict[str, str]) -> None:
    assert articles
    for name, text in articles.items():
        document = khabar.analyze(text, date="2025-09-07", id=name, source="وكالات")
        assert (document.id, document.date, document.source) == (name, "2025-09-07", "وكالات")
        assert document.sentences
        assert document.text is text
        check(document)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_any_text(text: str) -> None:
    check(khabar.analyze(text, date="2025-09"))


def test_single_stages_give_what_analyze_gives() -> None:
    document = khabar.analyze(NEWS, date="2025-09-07")
    assert khabar.sentences(NEWS) == list(document.sentences)
    assert khabar.tokenize(NEWS) == list(document.tokens)
    assert khabar.parse_numbers(NEWS) == list(document.numbers)
    assert khabar.parse_times(NEWS, "2025-09-07") == list(document.times)
    assert khabar.find_mentions(NEWS, date="2025-09-07") == list(document.mentions)
    assert khabar.find_relations(NEWS) == list(khabar.analyze(NEWS).relations)
    assert khabar.find_events(NEWS, date="2025-09-07") == list(document.events)
    assert khabar.find_quotes(NEWS) == list(document.quotes)


def test_analyzer_has_the_methods_of_the_module() -> None:
    analyzer = khabar.Analyzer()
    assert analyzer.analyze(NEWS, date="2025") == khabar.analyze(NEWS, date="2025")
    assert analyzer.tokenize(NEWS) == khabar.tokenize(NEWS)
    assert analyzer.sentences(NEWS) == khabar.sentences(NEWS)
    assert analyzer.parse_numbers(NEWS) == khabar.parse_numbers(NEWS)
    assert analyzer.parse_times(NEWS) == khabar.parse_times(NEWS)
    assert analyzer.find_mentions(NEWS) == khabar.find_mentions(NEWS)
    assert analyzer.find_relations(NEWS) == khabar.find_relations(NEWS)
    assert analyzer.find_events(NEWS) == khabar.find_events(NEWS)
    assert analyzer.find_quotes(NEWS) == khabar.find_quotes(NEWS)
    assert analyzer.normalize("أَحمد") == khabar.normalize("أَحمد")
    assert list(analyzer.analyze_many([NEWS])) == [khabar.analyze(NEWS)]
    assert pickle.loads(pickle.dumps(analyzer)).model == "accurate"
    assert repr(analyzer) == "Analyzer(model='accurate')"


def test_words_and_clitics() -> None:
    token = next(token for token in khabar.tokenize(NEWS) if token.text == "للحشد")
    assert [(s.text, s.kind) for s in token.segments] == [("ل", "proclitic"), ("لحشد", "stem")]
    assert token.segments[1].normalized == "الحشد"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (None, None),
        ("2025-09-05", "2025-09-05"),
        ("2025-09", "2025-09"),
        ("2025", "2025"),
        (" 2025-09-05 ", "2025-09-05"),
        ("2025-09-05T10:20:00Z", "2025-09-05"),
        (datetime.date(2025, 9, 5), "2025-09-05"),
        (datetime.datetime(2025, 9, 5, 23, 59), "2025-09-05"),
        (float("nan"), None),
    ],
)
def test_dates(given: Any, kept: str | None) -> None:
    assert khabar.analyze("نص", date=given).date == kept


@pytest.mark.parametrize("date", ["", "أمس", "2025-13", "2025-02-30", "05/09/2025", "20250905", "2025-9-5"])
def test_dates_that_are_none(date: str) -> None:
    with pytest.raises(khabar.ArgumentError, match="no date"):
        khabar.analyze("نص", date=date)


def test_models() -> None:
    versions = khabar.model_versions()
    assert set(versions) == {"accurate", "fast"}
    assert versions["accurate"] != versions["fast"]
    text = "قال الوزير إن التحالف استهدف موقعا في صعدة."
    for model in versions:
        analyzer = khabar.Analyzer(model)
        assert analyzer.analyze(text) == khabar.analyze(text, model=model)
        assert pickle.loads(pickle.dumps(analyzer)).model == model
    with pytest.raises(khabar.ArgumentError, match="no model"):
        khabar.analyze("نص", model="slow")
    with pytest.raises(TypeError, match="model is a str"):
        khabar.analyze("نص", model=3)  # type: ignore[arg-type]


def sample() -> khabar.Document:
    """One record of each kind, by hand."""
    text = "قال خليفة حفتر اليوم إنه سيزور أنقرة"
    return khabar.Document(
        text=text,
        id="a",
        date="2025-09-05",
        source="وكالة",
        sentences=(khabar.Sentence(text, 0, 36, khabar.Zone.BODY),),
        mentions=(
            khabar.Mention("خليفة حفتر", 4, 14, khabar.MentionType.PERS, "خليفه حفتر", entity=0, confidence=0.9),
            khabar.Mention("اليوم", 15, 20, khabar.MentionType.DATE, "اليوم", value="2025-09-05"),
            khabar.Mention("أنقرة", 31, 36, khabar.MentionType.GPE, "انقره", entity=1),
        ),
        entities=(
            khabar.Entity(0, khabar.MentionType.PERS, "خليفة حفتر", "Khalifa Haftar", (0,), ("المشير",)),
            khabar.Entity(1, khabar.MentionType.GPE, "أنقرة", None, (2,)),
        ),
        relations=(
            khabar.Relation(khabar.RelationType.HAS_TITLE, 0, None, "المشير", 4, 14, "title", 0.5),
            khabar.Relation(khabar.RelationType.LIVES_IN, 0, 1, None, 4, 36, "lives", None, True),
        ),
        events=(
            khabar.Event(
                khabar.EventType.CONSULT,
                "visit",
                khabar.Span(25, 30),
                (khabar.Span(25, 30),),
                (0,),
                (1,),
                1,
                1,
                "2025-09-05",
                khabar.Status.PLANNED,
                (0, "مصادر"),
                0,
                36,
                "visit",
                0.8,
            ),
        ),
        quotes=(khabar.Quote(21, 36, 0, None, khabar.Span(0, 3), khabar.QuoteKind.INDIRECT, 1),),
        numbers=(khabar.Number("قال", 0, 3, khabar.NumberKind.CARDINAL, "1", None, "approx"),),
        times=(
            khabar.TimeExpression(
                "اليوم",
                15,
                20,
                khabar.TimeType.DATE,
                "2025-09-05",
                datetime.date(2025, 9, 5),
                datetime.date(2025, 9, 5),
                "day",
            ),
        ),
    )


def test_json_loses_nothing() -> None:
    document = sample()
    data = document.to_dict()
    assert json.loads(json.dumps(data)) == data
    assert khabar.Document.from_dict(data) == document
    assert khabar.Document.from_json(document.to_json()) == document
    assert khabar.Document.from_json(document.to_json().encode()) == document
    assert "\n" not in document.to_json()
    assert "حفتر" in document.to_json()
    assert data["events"][0]["sources"] == [0, "مصادر"]
    assert data["mentions"][0] == {
        "text": "خليفة حفتر",
        "start": 4,
        "end": 14,
        "type": "PERS",
        "normalized": "خليفه حفتر",
        "value": None,
        "entity": 0,
        "confidence": 0.9,
    }


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"text": 3},
        {"text": "نص", "mentions": [{"start": 0, "end": 2}]},
        {"text": "نص", "mentions": [{"start": 0, "end": 2, "text": "نص", "type": "NAME"}]},
        {"text": "نص", "mentions": 3},
        {"text": "نص", "mentions": [3]},
        {"text": "نص", "entities": [{"id": 1, "type": "PERS", "name": "نص"}]},
        {"text": "نص", "sentences": [{"start": "0", "end": 2, "zone": "body"}]},
        {"text": "نص", "events": [{"type": "CONSULT", "status": "planned"}]},
        [],
        None,
    ],
)
def test_what_is_no_document(data: Any) -> None:
    with pytest.raises(khabar.ArgumentError, match="not a document"):
        khabar.Document.from_dict(data)


@pytest.mark.parametrize("line", ["", "{", b"\xff\xfe", '{"text": '])
def test_what_is_no_json(line: str | bytes) -> None:
    with pytest.raises(khabar.ArgumentError):
        khabar.Document.from_json(line)


def test_looking_things_up() -> None:
    document = sample()
    assert document.entity(1).name == "أنقرة"
    assert [m.text for m in document.mentions_of(0)] == ["خليفة حفتر"]
    assert document.mentions_of(document.entities[1]) == [document.mentions[2]]
    assert document.text_of(document.events[0].trigger) == "سيزور"
    assert document.text_of(document.quotes[0]) == "إنه سيزور أنقرة"
    for id in (-1, 2):
        with pytest.raises(khabar.ArgumentError, match="no entity"):
            document.entity(id)
    with pytest.raises(TypeError):
        document.entity("0")  # type: ignore[arg-type]


def test_records_are_frozen_slotted_and_by_value() -> None:
    for document in (sample(), khabar.analyze(NEWS, date="2025-09-07")):
        again = pickle.loads(pickle.dumps(document))
        assert again == document
        assert hash(again) == hash(document)
        assert copy.deepcopy(document) == document
        for record in (document, *located(document), *document.entities, *document.events, *document.quotes):
            assert not hasattr(record, "__dict__")
            name = dataclasses.fields(record)[0].name
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(record, name, None)


def test_built_records_are_like_called_ones() -> None:
    for token in khabar.tokenize(NEWS):
        segments = tuple(khabar.Segment(s.text, s.start, s.end, s.kind, s.normalized, s.pos) for s in token.segments)
        assert token.segments == segments
        rest = (token.pos, token.lemma, token.features)
        called = khabar.Token(token.text, token.start, token.end, token.kind, token.normalized, segments, *rest)
        assert token == called
        assert repr(token) == repr(called)
        assert type(token) is khabar.Token
        assert token.kind is khabar.TokenKind(token.kind.value)
        # Objects that can be in no cycle cost the collector nothing.
        assert not any(gc.is_tracked(segment) for segment in token.segments)


def test_enums_are_strings() -> None:
    assert khabar.MentionType.PERS == "PERS"
    assert f"{khabar.Status.PLANNED}" == "planned"
    assert json.dumps(khabar.RelationType.LEADS) == '"leads"'


def test_frames() -> None:
    pytest.importorskip("pandas")
    document = sample()
    mentions = document.to_frame("mentions")
    assert mentions["entity_name"].dropna().tolist() == ["خليفة حفتر", "أنقرة"]
    assert list(document.to_frame("entities")["titles"]) == [["المشير"], []]
    relations = document.to_frame("relations")
    assert list(relations["tail_name"]) == ["المشير", "أنقرة"]
    event = document.to_frame("events").iloc[0]
    assert (event["trigger"], event["actors"], event["place"]) == ("سيزور", ["خليفة حفتر"], "أنقرة")
    assert event["sources"] == ["خليفة حفتر", "مصادر"]
    quote = document.to_frame("quotes").iloc[0]
    assert (quote["text"], quote["speaker_name"], quote["cue"]) == ("إنه سيزور أنقرة", "خليفة حفتر", "قال")
    with pytest.raises(khabar.ArgumentError, match="no table"):
        document.to_frame("tokens")  # type: ignore[arg-type]


def test_all_names_are_there() -> None:
    assert sorted(khabar.__all__) == sorted(set(khabar.__all__))
    assert all(hasattr(khabar, name) for name in khabar.__all__)
    assert set(types.__all__) <= set(khabar.__all__)
