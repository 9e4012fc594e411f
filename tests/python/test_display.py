"""Documents as HTML."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

import khabar
from khabar import Document, Event, EventType, Mention, MentionType, Sentence, Span, Status, Zone
from khabar.display import render, when


class Words(HTMLParser):
    """The words of the text of a page, labels of mentions left out; and whether every tag is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "p" in self.open and "small" not in self.open:
            self.text += data


def words(html: str) -> str:
    parser = Words()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser.text


def test_the_text_is_shown_whole_with_nested_mentions() -> None:
    text = 'قال وزير الدفاع التركي يشار غولر إن أنقرة "لن" تتراجع.'
    document = khabar.analyze(text)
    html = render(document)
    assert words(html).strip() == text
    assert 'class="OCC"' in html
    assert document._repr_html_() == html


@given(
    st.text(alphabet="اب <>&\"'é😀", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6),
)
def test_any_text_comes_back_as_it_was(text: str, spans: list[tuple[int, int]]) -> None:
    nested: list[tuple[int, int]] = []
    for start, end in sorted(
        {(min(a, b), max(a, b)) for a, b in spans if a != b and max(a, b) <= len(text)}, key=lambda s: (s[0], -s[1])
    ):
        if all(end <= e or start >= e for _, e in nested):
            nested.append((start, end))
    document = Document(
        text=text,
        sentences=(Sentence(text, 0, len(text), Zone.BODY),) if text else (),
        mentions=tuple(Mention(text[a:b], a, b, MentionType.ORG, text[a:b]) for a, b in nested),
    )
    assert words(render(document, page=True)) == text


def test_an_empty_document_shows_nothing_wrong() -> None:
    assert words(render(khabar.analyze(""))) == ""


def test_a_date_that_cannot_be_told_is_shown_in_the_words_of_the_text() -> None:
    text = "زار الرئيس التركي رجب طيب أردوغان القاهرة أمس."
    for date, shown in [("2025-09-08", "2025-09-07"), (None, "أمس")]:
        document = khabar.analyze(text, date=date)
        assert [when(document, event) for event in document.events] == [shown]
        assert f">{shown}</td>" in render(document)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2025-09", "2025-09"),
        ("2025-09-07TMO", "2025-09-07"),
        ("2025-09-07T21:00", "2025-09-07 21:00"),
        ("2024-10-22/2024-10-26", "2024-10-22/2024-10-26"),
        ("XXXX-XX-XX", "أمس"),
        ("P2D", "أمس"),
    ],
)
def test_dates_are_shown_for_reading(value: str, shown: str) -> None:
    mention = Mention("أمس", 0, 3, MentionType.DATE, "امس", value)
    event = Event(
        EventType.CONSULT, None, Span(0, 3), (Span(0, 3),), (), (), None, 0, value, Status.OCCURRED, (), 0, 3, "visit"
    )
    assert when(Document(text="أمس", mentions=(mention,), events=(event,)), event) == shown
