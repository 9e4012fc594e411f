"""Events out of bare text: the cases that cargo reads too."""

from __future__ import annotations

import re
from typing import Any

import khabar


def bare(marked: str) -> str:
    """The text of a case without its marks."""
    return re.sub(r"\[[A-Z]+ |\]", "", marked)


def test_case(case: dict[str, Any]) -> None:
    document = khabar.analyze(bare(case["input"]), model="fast")
    names = {entity.id: entity.name for entity in document.entities}

    def fits(event: khabar.Event, wanted: dict[str, Any]) -> bool:
        return (
            str(event.type) == wanted["type"]
            and set(wanted.get("actors", [])) <= {names[i] for i in event.actors}
            and set(wanted.get("recipients", [])) <= {names[i] for i in event.recipients}
            and wanted.get("status", str(event.status)) == str(event.status)
        )

    if case.get("bare", True):
        missed = [w for w in case.get("events", []) if not any(fits(e, w) for e in document.events)]
        assert not missed, f"found {document.events}"
        assert not set(case.get("never", [])) & {str(event.type) for event in document.events}


def test_events_point_into_the_document() -> None:
    document = khabar.analyze("😀 اتهمت أرمينيا أذربيجان أمس بخرق الهدنة، وزار وزير الخارجية عمر ديالو باريس.")
    ids = {entity.id for entity in document.entities}
    for event in document.events:
        assert set(event.actors) | set(event.recipients) <= ids
        assert event.actors or event.recipients
        assert event.place is None or event.place in ids
        assert 0 <= event.start < event.end <= len(document.text)
        assert event.trigger in event.triggers
        assert event.rule and 0 < event.confidence <= 1


def test_empty_text_has_no_events() -> None:
    assert list(khabar.analyze("").events) == []
