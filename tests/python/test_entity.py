"""Linking within a document, on what the tagger finds of the mentions that the cases mark."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import Any

import khabar

MARK = re.compile(r"\[([A-Z]+) |\]")


def read(marked: str) -> tuple[str, dict[str, tuple[int, int, str]]]:
    """The text of a case and its mentions by name: text, the second of that text with ``#2``."""
    text, start_of, found, last = "", [], [], 0
    for mark in MARK.finditer(marked):
        text += marked[last : mark.start()]
        last = mark.end()
        if mark.group(1):
            start_of.append((mark.group(1), len(text)))
        else:
            type_, start = start_of.pop()
            found.append((start, len(text), type_))
    text += marked[last:]
    names: dict[str, tuple[int, int, str]] = {}
    count: dict[str, int] = defaultdict(int)
    for start, end, type_ in sorted(found, key=lambda m: (m[0], -m[1])):
        surface = text[start:end]
        count[surface] += 1
        names[surface if count[surface] == 1 else f"{surface}#{count[surface]}"] = (start, end, type_)
    return text, names


def test_cases(case: dict[str, Any]) -> None:
    text, names = read(case["input"])
    document = khabar.analyze(text)
    found = {(m.start, m.end, str(m.type)): m.entity for m in document.mentions}
    of = {name: found[where] for name, where in names.items() if where in found}
    # What the tagger has missed is another stage's matter; what it has found must be linked rightly. A title whose name it has missed
    # cannot be.
    complete = [g for g in case.get("same", []) if all(name in of for name in g)]
    for group in complete:
        assert len({of[name] for name in group}) == 1, group
    for group in case.get("apart", []):
        for a, b in combinations([name for name in group if name in of], 2):
            assert of[a] is None or of[a] != of[b], (a, b)
    for name in case.get("none", []):
        assert of.get(name) is None
    for entity in document.entities:
        for i in entity.mentions:
            assert document.mentions[i].entity == entity.id


def test_country_known_by_its_nationality_alone() -> None:
    document = khabar.analyze("قالت وزارة الخارجية اليونانية إن السفينة رست في الميناء.")
    for mention in document.mentions:
        if mention.text == "اليونانية" and mention.type == "NORP":
            entity = document.entities[mention.entity]
            assert (entity.name, entity.country, entity.type) == ("اليونان", "GR", "GPE")
