"""Time expressions and their values: the cases that cargo reads too."""

from __future__ import annotations

import datetime
from typing import Any

import khabar


def test_case(case: dict[str, Any]) -> None:
    found = [[t.text, t.value] for t in khabar.parse_times(case["input"], case.get("date"))]
    assert found == case["times"]


def test_bounds_and_offsets() -> None:
    text = "😀 في شباط 2024"
    (time,) = khabar.parse_times(text)
    assert text[time.start : time.end] == time.text == "شباط 2024"
    assert (time.earliest, time.latest) == (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    assert time.granularity == "month"
