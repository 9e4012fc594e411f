"""Taggers of the user's own: training, figures, the command line, and their use in an analyzer."""

from __future__ import annotations

import pickle
import random
import subprocess
import sys
from pathlib import Path

import pytest

import khabar
from khabar.tagger import Score

SENTENCES = [
    "زار/O وزير/O الخارجية/O التونسي/O خميس/B-PER الجهيناوي/I-PER مدينة/O بنغازي/B-LOC ./O",
    "وغادر/O الجهيناوي/B-PER إلى/O القاهرة/B-LOC وتونس/B-LOC ./O",
    "وقالت/O أنجيلا/B-PER ميركل/I-PER في/O برلين/B-LOC إن/O المحادثات/O مستمرة/O ./O",
    "ونشرت/O وكالة/B-MISC النبأ/I-MISC الخبر/O أمس/O ./O",
]
FILE = "".join("\n".join(pair.replace("/", "\t") for pair in sentence.split()) + "\n\n" for sentence in SENTENCES)
#: Other names in other places.
DEV = "وصلت\tO\nأنجيلا\tB-PER\nميركل\tI-PER\nإلى\tO\nبنغازي\tB-LOC\n\nوسافر\tO\nالوفد\tO\nإلى\tO\nفانواتو\tB-LOC\n\n"


@pytest.fixture(scope="module")
def tagger() -> khabar.Tagger:
    return khabar.Tagger.train_text(FILE * 4)


@pytest.fixture(scope="module")
def files(tagger: khabar.Tagger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tagger")
    (folder / "train.tsv").write_text(FILE * 4, "utf-8")
    (folder / "dev.tsv").write_text(DEV, "utf-8")
    tagger.save(folder / "own.khabar")
    return folder


def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "khabar", "tagger", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=300, check=False)


def test_tags_tokens_as_they_are(tagger: khabar.Tagger) -> None:
    assert set(tagger.types) == {"PER", "LOC", "MISC"} and not tagger.encoder
    assert tagger.tag([["وصل", "الوفد", "إلى", "القاهرة", "وتونس"], []]) == [["O", "O", "O", "B-LOC", "B-LOC"], []]
    assert tagger.tag([]) == []


def test_the_same_input_gives_the_same_tagger(tagger: khabar.Tagger) -> None:
    again = khabar.Tagger.train_text(FILE * 4, threads=1)
    assert pickle.dumps(again) == pickle.dumps(tagger)


def test_evaluation_counts_whole_entities(tagger: khabar.Tagger, files: Path) -> None:
    scores = tagger.evaluate(files / "dev.tsv")
    assert list(scores) == ["LOC", "MISC", "PER", "micro"]
    assert scores["PER"] == Score(found=1, gold=1, right=1)
    micro = scores["micro"]
    assert micro.gold == 3 and micro.right == sum(s.right for name, s in scores.items() if name != "micro")
    assert Score(3, 4, 1).precision == 1 / 3 and Score(3, 4, 1).recall == 0.25 and Score(3, 4, 1).f1 == 2 / 7
    assert Score(0, 0, 0).f1 == Score(0, 0, 0).precision == Score(0, 0, 0).recall == 0


def test_figures_are_those_of_seqeval(tagger: khabar.Tagger, tmp_path: Path) -> None:
    """Where seqeval is installed; it needs scikit-learn, so the tests do not ask for it. Cases of its own stand in src/tagger/tests.rs."""
    metrics = pytest.importorskip("seqeval.metrics")
    numbers = random.Random(3)
    words = [pair.rpartition("/")[0] for sentence in SENTENCES for pair in sentence.split()]
    labels = ["O", "O", "B-PER", "I-PER", "E-PER", "S-PER", "B-LOC", "I-LOC", "S-LOC", "I-MISC", "B-OTHER"]
    gold = [[numbers.choice(labels) for _ in range(numbers.randrange(1, 12))] for _ in range(300)]
    tokens = [[numbers.choice(words) for _ in sentence] for sentence in gold]
    path = tmp_path / "odd.txt"
    lines = (
        "".join(f"{t} {label}\n" for t, label in zip(*pair, strict=True)) for pair in zip(tokens, gold, strict=True)
    )
    path.write_text("\n".join(lines), "utf-8")
    predicted = [[label for _, label in sentence] for sentence in tagger.predict(path)]
    assert [len(sentence) for sentence in predicted] == [len(sentence) for sentence in gold]
    report = metrics.classification_report(gold, predicted, output_dict=True, zero_division=0)
    scores = tagger.evaluate(path)
    assert scores["micro"].found > 20
    for name, score in scores.items():
        theirs = report["micro avg" if name == "micro" else name]
        ours = (score.precision, score.recall, score.f1, score.gold)
        assert ours == pytest.approx((theirs["precision"], theirs["recall"], theirs["f1-score"], theirs["support"])), (
            name
        )


def test_command_line(files: Path) -> None:
    model = files / "trained.khabar"
    done = run("train", "--train", files / "train.tsv", "--dev", files / "dev.tsv", "--output", model)
    assert done.returncode == 0, done.stderr.decode()
    assert model.read_bytes() == (files / "own.khabar").read_bytes()
    *_, micro = done.stdout.decode().splitlines()
    name, p, precision, r, recall, f1, value, of, gold = micro.split()
    assert (name, p, r, f1, of, gold) == ("micro", "P", "R", "F1", "of", "3")
    expected = khabar.Tagger.load(model).evaluate(files / "dev.tsv")["micro"]
    assert [precision, recall, value] == [f"{100 * x:.2f}" for x in (expected.precision, expected.recall, expected.f1)]
    assert run("evaluate", model, files / "dev.tsv").stdout == done.stdout
    predicted = run("predict", model, files / "dev.tsv").stdout.decode()
    assert predicted.startswith("وصلت\tO\nأنجيلا\tB-PER\nميركل\tI-PER\nإلى\tO\nبنغازي\tB-LOC\n\nوسافر\tO\n")


def test_what_goes_wrong_is_told(files: Path, tagger: khabar.Tagger, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("قال O\nعاد X\n", "utf-8")
    with pytest.raises(khabar.ArgumentError, match=r"bad\.txt: line 2: \"X\" is no label"):
        khabar.Tagger.train(bad)
    bad.write_bytes(b"\xff\n")
    with pytest.raises(khabar.IoError, match="not UTF-8"):
        tagger.evaluate(bad)
    with pytest.raises(khabar.IoError):
        khabar.Tagger.load(tmp_path / "none")
    data = (files / "own.khabar").read_bytes()
    for damaged in (b"", b"x" * 100, data[:-1], data[:50] + b"?" + data[51:]):
        with pytest.raises(khabar.ModelError):
            khabar.Tagger(damaged)
    with pytest.raises(khabar.ArgumentError, match="1 to 60 types"):
        khabar.Tagger.train_text("قال O\n")
    with pytest.raises(khabar.ArgumentError, match="token"):
        tagger.tag([["قال", " "]])
    with pytest.raises(khabar.TextError):
        tagger.tag([["\ud800"]])
    done = run("evaluate", files / "dev.tsv", files / "dev.tsv")
    assert done.returncode == 1 and b"not a file of this kind" in done.stderr


def test_analyzer_takes_its_mentions_from_the_tagger(files: Path, tagger: khabar.Tagger) -> None:
    text = "وصلت أنجيلا ميركل إلى القاهرة وتونس في 5 مايو 2020."
    analyzer = khabar.Analyzer(tagger=files / "own.khabar", labels={"LOC": "GPE", "MISC": None})
    document = analyzer.analyze(text)
    found = [(m.type, m.text) for m in document.mentions]
    assert found == [("PERS", "أنجيلا ميركل"), ("GPE", "القاهرة"), ("GPE", "تونس"), ("DATE", "5 مايو 2020")]
    assert document.mentions[3].value == "2020-05-05"
    assert all(document.text[m.start : m.end] == m.text for m in document.mentions)
    assert {e.name for e in document.entities} >= {"القاهرة", "أنجيلا ميركل"}
    assert document.mentions[0].confidence is not None and 0 < document.mentions[0].confidence <= 1
    again = pickle.loads(pickle.dumps(analyzer))
    assert again.find_mentions(text) == analyzer.find_mentions(text) == list(document.mentions)
    assert [d.mentions for d in analyzer.analyze_many([text])] == [document.mentions]
    with pytest.raises(khabar.ArgumentError, match='"MISC" is no mention type'):
        khabar.Analyzer(tagger=tagger)
    with pytest.raises(khabar.ArgumentError, match='no type "ORG"'):
        khabar.Analyzer(tagger=tagger, labels={"ORG": None})
    with pytest.raises(khabar.ArgumentError, match="unknown mention type"):
        khabar.Analyzer(tagger=tagger, labels={"MISC": "THING"})
    with pytest.raises(khabar.ArgumentError, match="there is none"):
        khabar.Analyzer(labels={"MISC": None})


def test_figures_on_anercorp(shared: Path, tmp_path: Path) -> None:
    """A tenth of the training part is learned in seconds; the figures in full stand in the card."""
    sentences = (shared / "corpora" / "anercorp" / "train.txt").read_text("utf-8").split("\n\n")
    (tmp_path / "train.txt").write_text("\n\n".join(sentences[:400]) + "\n", "utf-8")
    (tmp_path / "dev.txt").write_text("\n\n".join(sentences[-300:]), "utf-8")
    micro = khabar.Tagger.train(tmp_path / "train.txt").evaluate(tmp_path / "dev.txt")["micro"]
    assert micro.gold > 300 and micro.f1 > 0.6
