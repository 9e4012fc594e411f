"""Mentions: the cases that cargo reads too, and offsets in code points."""

from __future__ import annotations

from typing import Any

import khabar


def test_case(case: dict[str, Any]) -> None:
    found = [f"{mention.type.value} {mention.text}" for mention in khabar.find_mentions(case["input"])]
    assert [wanted for wanted in case.get("has", []) if wanted not in found] == [], found
    assert [unwanted for unwanted in case.get("hasnot", []) if unwanted in found] == [], found


def test_offsets_are_code_points() -> None:
    text = "😀 وصل الوفد إلى بنغازي 😀 ثم إلى طرابلس."
    mentions = khabar.find_mentions(text)
    assert mentions
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text


def test_sorted_and_not_crossing() -> None:
    text = "زار وزير الدفاع التركي خلوصي أكار قاعدة الوطية الجوية في ليبيا، وفق وكالة الأناضول."
    mentions = khabar.find_mentions(text)
    assert mentions == sorted(mentions, key=lambda m: (m.start, -m.end))
    for i, first in enumerate(mentions):
        for second in mentions[i + 1 :]:
            assert second.start >= first.end or second.end <= first.end
