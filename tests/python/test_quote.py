"""Quotations and their speakers: the cases that cargo reads too."""

from __future__ import annotations

from typing import Any

import khabar


def test_case(case: dict[str, Any]) -> None:
    document = khabar.analyze(case["input"])
    names = {entity.id: entity.name for entity in document.entities}
    found = [
        [document.text[q.start : q.end], str(q.kind), q.speaker_text or "" if q.speaker is None else names[q.speaker]]
        for q in document.quotes
    ]
    assert found == case["quotes"]
