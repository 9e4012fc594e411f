"""Many texts: order, threads, errors, interruption."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import khabar

TEXT = "وصل وزير الدفاع الإيطالي غويدو كروسيتو إلى الدوحة يوم الثلاثاء، وقال إن المحادثات «كانت مثمرة»."
WARNINGS = ["-W", "ignore::DeprecationWarning"]


def texts(number: int) -> list[str]:
    return [f"النص رقم {i}. {TEXT * (i % 7)}" for i in range(number)]


def test_order_and_threads(articles: dict[str, str]) -> None:
    given = [*articles.values(), *texts(200), ""]
    alone = [khabar.analyze(text) for text in given]
    for threads in (None, 1, 2, 5):
        assert list(khabar.analyze_many(given, threads=threads)) == alone


def test_inputs() -> None:
    given: list[Any] = [
        TEXT,
        (TEXT, {"id": "b", "date": "2025-09", "source": "وكالة"}),
        (TEXT, None),
        {"text": TEXT, "id": "d", "date": "2025", "source": None, "url": "passed over"},
        {"text": TEXT},
    ]
    documents = list(khabar.analyze_many(given))
    assert [document.id for document in documents] == [None, "b", None, "d", None]
    assert [document.date for document in documents] == [None, "2025-09", None, "2025", None]
    assert documents[1].source == "وكالة"
    assert documents[1] == khabar.analyze(TEXT, id="b", date="2025-09", source="وكالة")
    assert list(khabar.analyze_many([])) == []


def test_streams_without_end() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield TEXT

    stream = khabar.analyze_many(endless(), threads=2)
    assert taken == 0
    first = list(itertools.islice(stream, 10))
    assert len(first) == 10
    assert taken < 200, "the first results should come soon"
    list(itertools.islice(stream, 5000))
    assert taken < 5010 + 3 * 2000, "no more than some chunks may be in memory"


BAD: list[tuple[Any, type[Exception]]] = [
    (None, TypeError),
    (3, TypeError),
    (b"bytes", TypeError),
    (float("nan"), TypeError),
    ("\ud800", khabar.TextError),
    ((TEXT, {"date": "tomorrow"}), khabar.ArgumentError),
    ((TEXT, {"id": 3}), TypeError),
    ((TEXT, "context"), TypeError),
    ((TEXT,), TypeError),
    ({"id": "x"}, khabar.ArgumentError),
    ({"text": None}, TypeError),
]


@pytest.mark.parametrize(("bad", "error"), BAD)
def test_errors(bad: Any, error: type[Exception]) -> None:
    given = [TEXT, TEXT, bad, TEXT]
    stream = khabar.analyze_many(given)
    assert len([next(stream), next(stream)]) == 2
    with pytest.raises(error) as raised:
        next(stream)
    assert raised.value.__notes__ == ["text number 2 of the input"]
    assert len(list(khabar.analyze_many(given, on_error="skip"))) == 3
    results = list(khabar.analyze_many(given, on_error="record"))
    assert [type(result) for result in results] == [khabar.Document, khabar.Document, khabar.Failure, khabar.Document]
    failure = results[2]
    assert isinstance(failure, khabar.Failure)
    assert failure.index == 2
    assert isinstance(failure.error, error)


def test_failures_know_their_id() -> None:
    rows = [{"id": "good", "text": TEXT}, {"id": "bad", "text": "\udcff"}]
    failure = list(khabar.analyze_many(rows, on_error="record"))[1]
    assert isinstance(failure, khabar.Failure)
    assert failure.id == "bad"
    assert "code point 0" in str(failure.error)


def test_errors_of_the_source_pass() -> None:
    def broken() -> Iterator[str]:
        yield TEXT
        raise OSError("disk")

    stream = khabar.analyze_many(broken(), on_error="skip")
    assert next(stream).text == TEXT, "what was given before comes first"
    with pytest.raises(OSError, match="disk"):
        next(stream)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"texts": TEXT}, TypeError),
        ({"texts": TEXT.encode()}, TypeError),
        ({"texts": {"text": TEXT}}, TypeError),
        ({"texts": 3}, TypeError),
        ({"threads": 0}, khabar.ArgumentError),
        ({"threads": -1}, khabar.ArgumentError),
        ({"threads": 10**6}, khabar.ArgumentError),
        ({"threads": 1.5}, TypeError),
        ({"threads": True}, TypeError),
        ({"on_error": "ignore"}, khabar.ArgumentError),
        ({"progress": "yes"}, TypeError),
        ({"model": "slow"}, khabar.ArgumentError),
    ],
)
def test_wrong_arguments_are_told_at_once(arguments: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        khabar.analyze_many(**{"texts": [TEXT], **arguments})


def test_progress(capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[int] = []
    list(khabar.analyze_many(texts(300), progress=seen.append))
    assert seen == sorted(set(seen))
    assert seen[-1] == 300
    list(khabar.analyze_many(texts(3), progress=True))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "3" in captured.err


def test_errors_of_the_progress_function_pass() -> None:
    def stop(done: int) -> None:
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        list(khabar.analyze_many(texts(10), progress=stop))


def test_a_stream_can_be_left() -> None:
    for _ in range(20):
        next(khabar.analyze_many(texts(50)))


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(
    "work",
    [
        "for _ in khabar.analyze_many(itertools.repeat(text * 20)): pass",
        "list(khabar.analyze_many([text * 100_000] * 4))",
    ],
    ids=["many-texts", "long-texts"],
)
def test_ctrl_c(work: str) -> None:
    script = f"import itertools, khabar\ntext = {TEXT!r}\nkhabar.analyze(text)\nprint('ready', flush=True)\n{work}"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.5)
        assert process.poll() is None, "the work must outlast the wait"
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        finally:
            process.kill()
        assert time.monotonic() - start < 1.0
        assert b"KeyboardInterrupt" in process.stderr.read()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_fork() -> None:
    """A child that was forked after threads ran has threads of its own."""
    script = f"""
import os, khabar
texts = [{TEXT!r}] * 100
before = list(khabar.analyze_many(texts, threads=2))
assert khabar.analyze(texts[0]) == before[0]
child = os.fork()
if child == 0:
    ok = khabar.analyze(texts[0]) == before[0] and list(khabar.analyze_many(texts, threads=2)) == before
    os._exit(0 if ok else 3)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
assert list(khabar.analyze_many(texts, threads=2)) == before
"""
    subprocess.run([sys.executable, *WARNINGS, "-c", script], check=True, timeout=60)


def test_processes(tmp_path: Path) -> None:
    """Documents and analyzers travel between processes."""
    script = f"""
import multiprocessing as mp, khabar
if __name__ == "__main__":
    text = {TEXT!r}
    with mp.get_context("spawn").Pool(2) as pool:
        assert pool.map(khabar.Analyzer().analyze, [text] * 4) == [khabar.analyze(text)] * 4
"""
    path = tmp_path / "work.py"
    path.write_text(script, "utf-8")
    subprocess.run([sys.executable, str(path)], check=True, timeout=60)
