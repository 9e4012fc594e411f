"""Relations out of bare text: the cases that cargo reads too."""

from __future__ import annotations

import re
from typing import Any

import khabar


def bare(marked: str) -> str:
    """The text of a case without its marks."""
    return re.sub(r"\[[A-Z]+ |\]", "", marked)


def named(document: khabar.Document) -> set[tuple[str, str, str]]:
    """The relations of a document with the names of their ends."""
    names = {entity.id: entity.name for entity in document.entities}
    return {(str(r.type), names[r.head], r.tail_text if r.tail is None else names[r.tail]) for r in document.relations}


def test_case(case: dict[str, Any]) -> None:
    found = named(khabar.analyze(bare(case["input"])))
    if case.get("bare", True):
        missed = {tuple(r) for r in case.get("relations", [])} - found
        assert not missed, f"found {found}"
    assert not {tuple(r) for r in case.get("never", [])} & found


def test_relations_point_into_the_document() -> None:
    document = khabar.analyze("قال رئيس غانا كوفي منساه 😀 إن بلاده سترسل قوات إلى مالي.")
    ids = {entity.id for entity in document.entities}
    for relation in document.relations:
        assert relation.head in ids
        assert (relation.tail in ids) if relation.tail_text is None else relation.tail is None
        assert 0 <= relation.start < relation.end <= len(document.text)
        assert relation.rule
        assert 0 < relation.confidence <= 1
        assert relation.derived is False


def test_empty_text_has_no_relations() -> None:
    assert list(khabar.analyze("").relations) == []
