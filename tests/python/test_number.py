"""Numbers in digits and words: the cases that cargo reads too."""

from __future__ import annotations

from typing import Any

import khabar


def test_case(case: dict[str, Any]) -> None:
    found = [
        [n.text, str(n.kind).upper(), "" if n.value is None else str(n.value), n.unit or "", n.modifier or ""]
        for n in khabar.parse_numbers(case["input"])
    ]
    assert found == case["numbers"]


def test_offsets_are_code_points() -> None:
    text = "😀 شارك 1٬500 عداء"
    (number,) = khabar.parse_numbers(text)
    assert text[number.start : number.end] == number.text == "1٬500"
