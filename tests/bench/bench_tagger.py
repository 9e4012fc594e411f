"""Speed and memory of tagging names, khabar's models and taggers of one's own beside other packages trained on the same file.

    python tests/bench/bench_tagger.py train.txt test.txt [--sentences N]

The files are annotated columns (token, label). Prints for each: micro F1 on the second file, words a second of processor time on one thread, words a second on two, and the
peak memory of a process that does nothing else. python-crfsuite and spaCy are measured where they are installed
(pip install python-crfsuite spacy); spaCy gets hash embeddings of its own (no download), as its "small" pipelines have.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import khabar

Sentence = list[tuple[str, str]]


def read(path: str) -> list[Sentence]:
    sentences: list[Sentence] = [[]]
    for line in Path(path).read_text("utf-8").splitlines():
        columns = line.split()
        if columns:
            sentences[-1].append((columns[0], columns[-1]))
        elif sentences[-1]:
            sentences.append([])
    return [s for s in sentences if s]


def micro(found: list[list[str]], sentences: list[Sentence]) -> float:
    """Micro F1 of BIO labels, in per cent."""

    def spans(labels: list[list[str]]) -> set[tuple[int, int, int, str]]:
        all_spans = set()
        for number, row in enumerate(labels):
            start = 0
            for i, label in enumerate([*row, "O"]):
                before = row[i - 1] if i else "O"
                if before != "O" and (label[0] in "BO" or label[2:] != before[2:]):
                    all_spans.add((number, start, i, before[2:]))
                if label != "O" and (label[0] == "B" or before == "O" or label[2:] != before[2:]):
                    start = i
        return all_spans

    gold, predicted = spans([[label for _, label in s] for s in sentences]), spans(found)
    return 200 * len(gold & predicted) / max(1, len(gold) + len(predicted))


def batches(sentences: list[Sentence], size: int = 30) -> list[list[list[str]]]:
    words = [[word for word, _ in s] for s in sentences]
    return [words[i : i + size] for i in range(0, len(words), size)]


Tag = Callable[[list[list[str]]], list[list[str]]]


def own(encoder: bool) -> Callable[[str, str], Tag]:
    def make(train: str, cache: str) -> Tag:
        path = Path(cache) / f"own-{encoder}.khabar"
        if not path.exists():
            khabar.Tagger.train(train, encoder=encoder).save(path)
        return khabar.Tagger.load(path).tag

    return make


def shipped(model: str) -> Callable[[str, str], Tag]:
    def make(train: str, cache: str) -> Tag:
        analyzer = khabar.Analyzer(model=model)

        def tag(sentences: list[list[str]]) -> list[list[str]]:
            analyzer.find_mentions("\n".join(" ".join(words) for words in sentences))
            return []

        return tag

    return make


def crfsuite(train: str, cache: str) -> Tag:
    import pycrfsuite

    def features(words: list[str]) -> list[list[str]]:
        rows = []
        for i, word in enumerate(words):
            row = ["b", "w=" + word, "p2=" + word[:2], "p3=" + word[:3], "s2=" + word[-2:], "s3=" + word[-3:]]
            for by in (-2, -1, 1, 2):
                row.append(f"{by}={words[i + by] if 0 <= i + by < len(words) else '-'}")
            rows.append(row)
        return rows

    path = Path(cache) / "crfsuite"
    if not path.exists():
        trainer = pycrfsuite.Trainer(verbose=False)
        for sentence in read(train):
            trainer.append(features([w for w, _ in sentence]), [label for _, label in sentence])
        trainer.set_params({"c1": 0.1, "c2": 0.1, "max_iterations": 100, "feature.possible_transitions": True})
        trainer.train(str(path))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return lambda sentences: [tagger.tag(features(words)) for words in sentences]


def spacy(train: str, cache: str) -> Tag:
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example, biluo_to_iob, iob_to_biluo
    from spacy.util import minibatch

    path = Path(cache) / "spacy"
    if not path.exists():
        spacy.util.fix_random_seed(1)
        nlp = spacy.blank("ar")
        nlp.add_pipe("ner")
        examples = []
        for sentence in read(train):
            doc = Doc(nlp.vocab, words=[w for w, _ in sentence])
            examples.append(Example.from_dict(doc, {"entities": iob_to_biluo([label for _, label in sentence])}))
        optimizer = nlp.initialize(lambda: examples)
        for _ in range(10):
            for batch in minibatch(examples, size=64):
                nlp.update(batch, sgd=optimizer, drop=0.2)
        nlp.to_disk(path)
    nlp = spacy.load(path)

    def tag(sentences: list[list[str]]) -> list[list[str]]:
        docs = nlp.pipe(Doc(nlp.vocab, words=words) for words in sentences)
        return [biluo_to_iob([t.ent_iob_ + ("-" + t.ent_type_ if t.ent_type_ else "") for t in doc]) for doc in docs]

    return tag


PARTIES: dict[str, Callable[[str, str], Tag]] = {
    "khabar.Tagger": own(False),
    "khabar.Tagger, encoder": own(True),
    "find_mentions, fast": shipped("fast"),
    "find_mentions, accurate": shipped("accurate"),
    "python-crfsuite": crfsuite,
    "spaCy (blank, CPU)": spacy,
}


def measure(name: str, train: str, test: str, cache: str, limit: int) -> dict[str, float]:
    """What one process finds of one party."""
    sentences = read(test)
    tag = PARTIES[name](train, cache)
    work = batches(sentences)
    small = batches(sentences[:limit])
    words = sum(len(s) for s in sentences[:limit])
    tag(small[0])
    result = {}
    start = time.process_time()
    for batch in small:
        tag(batch)
    result["one"] = words / (time.process_time() - start)
    result["two"] = float("nan")
    if "khabar" in name or "find" in name:  # the others hold the interpreter, or are made for one thread
        with ThreadPoolExecutor(2) as pool:
            start = time.perf_counter()
            list(pool.map(tag, small))
            result["two"] = words / (time.perf_counter() - start)
    result["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = [labels for batch in work for labels in tag(batch)]
    result["f1"] = micro(found, sentences) if found else float("nan")
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train")
    parser.add_argument("test")
    parser.add_argument("--sentences", type=int, default=400, help="how many of the test file are timed")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    parser.add_argument("--cache", help="a folder for trained models; they are trained again if it is not given")
    given = parser.parse_args()
    if given.only:
        print(json.dumps(measure(given.only, given.train, given.test, given.cache, given.sentences)))
        return
    with tempfile.TemporaryDirectory() as folder:
        cache = given.cache or folder
        print(f"{'':26}{'F1':>7}{'words/s':>10}{'2 threads':>11}{'MB':>6}")
        for name in PARTIES:
            for _ in range(2):  # the first run may train, and its peak memory is that of training
                command = [sys.executable, __file__, given.train, given.test, "--only", name, "--cache", cache]
                command += ["--sentences", str(given.sentences)]
                done = subprocess.run(command, capture_output=True, text=True, check=False)
                if done.returncode:
                    break
            if done.returncode:
                print(f"{name:26}{done.stderr.strip().splitlines()[-1]}")
                continue
            row = json.loads(done.stdout.splitlines()[-1])
            print(f"{name:26}{row['f1']:7.1f}{row['one']:10.0f}{row['two']:11.0f}{row['memory']:6.0f}")


if __name__ == "__main__":
    main()
