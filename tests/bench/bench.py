"""Speed from Python, on a corpus made from the sample articles' sentences; memory; import time; size of the wheel.

    python tests/bench/bench.py [--megabytes 4] [--wheel dist/khabar-*.whl]

Prints, for each function, the best of three runs: megabytes of UTF-8 a second and words a second. The installed khabar must be a
release build for the figures to mean anything.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import khabar

ARTICLES = Path(__file__).parents[1] / "articles"
RUNS = 3


def corpus(megabytes: float) -> list[str]:
    """Articles of 12 sentences each, drawn from the samples in a fixed random order; none is like another."""
    sentences = [
        sentence.text
        for path in sorted(ARTICLES.glob("*.txt"))
        for sentence in khabar.sentences(path.read_text("utf-8"))
        if sentence.zone == khabar.Zone.BODY
    ]
    draw = random.Random(7)
    texts: list[str] = []
    size = 0
    while size < megabytes * 1e6:
        text = "\n".join(" ".join(draw.choices(sentences, k=4)) for _ in range(3))
        texts.append(text)
        size += len(text.encode())
    return texts


def measure(name: str, texts: list[str], work: Callable[[], object]) -> None:
    size = sum(len(text.encode()) for text in texts)
    words = sum(len(text.split()) for text in texts)
    best = float("inf")
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    print(f"{name:40} {size / best / 1e6:9.1f} MB/s {words / best:12,.0f} words/s", flush=True)


def short(texts: list[str], count: int) -> list[str]:
    """Texts as long as a post: 15 words each."""
    words = " ".join(texts).split()
    return [" ".join(words[start : start + 15]) for start in range(0, 15 * count, 15)]


def memory(model: str, texts: list[str]) -> float:
    """Megabytes that a process holds at its peak when it analyses texts on one thread."""
    # What the kernel says of this very program: ru_maxrss of Linux knows what the parent held when it was started too.
    script = f"""
import pathlib, re, resource, sys, khabar
texts = sys.stdin.read().split("\\0")
sum(1 for _ in khabar.analyze_many(texts, threads=1, model={model!r}))
status = pathlib.Path("/proc/self/status")
mine = re.search(r"VmHWM:\\s*(\\d+)", status.read_text()) if status.exists() else None
print(mine[1] if mine else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    shown = subprocess.run(
        [sys.executable, "-c", script], input="\0".join(texts), text=True, capture_output=True, check=True
    )
    return int(shown.stdout) * (1 if sys.platform == "darwin" else 1024) / 1e6


def each(function: Callable[[str], object], texts: list[str]) -> Callable[[], object]:
    def work() -> None:
        for text in texts:
            function(text)

    return work


def drained(texts: list[str], model: str, threads: int) -> Callable[[], object]:
    return lambda: sum(1 for _ in khabar.analyze_many(texts, model=model, threads=threads))


def import_time() -> float:
    """Seconds that ``import khabar`` adds to the start of Python, the best of ten."""
    script = "import time; start = time.perf_counter(); import khabar; print(time.perf_counter() - start)"
    return min(float(subprocess.check_output([sys.executable, "-c", script])) for _ in range(10))


def main() -> None:
    parser = argparse.ArgumentParser(description="Speed of khabar from Python.")
    parser.add_argument("--megabytes", type=float, default=4, help="size of the corpus")
    parser.add_argument("--wheel", type=Path, help="a wheel whose size is to be told")
    arguments = parser.parse_args()

    texts = corpus(arguments.megabytes)
    few = texts[: max(1, len(texts) // 4)]
    measure("normalize", texts, each(khabar.normalize, texts))
    measure("normalize_many", texts, lambda: khabar.normalize_many(texts))
    measure("normalize_aligned", texts, each(khabar.normalize_aligned, texts))
    try:
        import pyarrow
    except ImportError:
        print("tokenize, Arrow: needs pyarrow")
    else:
        from khabar import arrow

        column = pyarrow.array(texts)
        measure("tokenize, Arrow, 1 thread", texts, lambda: arrow.tokenize(column, threads=1))
    measure("tokenize, with clitics", few, each(lambda t: khabar.tokenize(t, pos=False, lemma=False), few))
    measure("tokenize, with tags and lemmas", few, each(khabar.tokenize, few))
    measure("sentences", texts, each(khabar.sentences, texts))
    # The encoder reads some thousand words a second.
    for model, articles in (("fast", few), ("accurate", few[: len(few) // 16 + 1])):
        posts = short(articles, len(" ".join(articles).split()) // 15)
        measure(f"analyze, {model}", articles, each(khabar.Analyzer(model).analyze, articles))
        measure(f"find_mentions, {model}", articles, each(khabar.Analyzer(model).find_mentions, articles))
        for threads in (1, 2):
            measure(f"analyze_many, {model}, {threads} threads", articles, drained(articles, model, threads))
        measure(f"analyze_many, {model}, posts, 1 thread", posts, drained(posts, model, 1))
        measure(f"analyze_many, {model}, posts, 2 threads", posts, drained(posts, model, 2))
        print(f"memory at the peak, {model}: {memory(model, articles):.0f} MB")
    print(f"import khabar: {import_time() * 1e3:.0f} ms")
    if arguments.wheel is not None:
        print(f"wheel: {arguments.wheel.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
