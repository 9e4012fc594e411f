"""Words from Python: khabar beside PyStemmer, RFTokenizer and CAMeL's analyser, each where it is installed.

    pip install PyStemmer rftokenizer camel-tools      # what of it there is; CAMeL's also needs: camel_data -i morphology-db-msa-r13
    python tests/bench/bench_words.py [--megabytes 1]

Prints, for each, words a second on one thread, the best of three runs, on the corpus of ``bench.py``; and how many stems are those of PyStemmer.
The installed khabar must be a release build for the figures to mean anything.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from bench import corpus, each, measure

import khabar
from khabar.types import TokenKind


def peers(words: list[str]) -> Iterator[tuple[str, Callable[[], object] | str]]:
    """Other packages' work on the words of the corpus, or why it cannot be measured."""
    try:
        import Stemmer
    except ImportError as error:
        yield "PyStemmer", str(error)
    else:
        stemmer = Stemmer.Stemmer("arabic")
        stemmer.maxCacheSize = 0
        yield "PyStemmer", lambda: [stemmer.stemWord(word) for word in words]
    try:
        from rftokenizer import RFTokenizer

        # Its model for Arabic comes with the package.
        tokenizer = RFTokenizer(model="ara")
    except Exception as error:  # it reads pickled models of one version of scikit-learn, which fails in many ways
        yield "RFTokenizer", f"{type(error).__name__}: {error}"
    else:
        yield "RFTokenizer", lambda: tokenizer.rf_tokenize(words)
    try:
        from camel_tools.morphology.analyzer import Analyzer
        from camel_tools.morphology.database import MorphologyDB

        analyzer = Analyzer(MorphologyDB.builtin_db())
    except Exception as error:  # the package may be there without its data
        yield "CAMeL's analyser", f"{type(error).__name__}: {error}"
    else:
        yield "CAMeL's analyser", lambda: [analyzer.analyze(word) for word in words]


def agreement(words: list[str]) -> None:
    try:
        import Stemmer
    except ImportError:
        return
    stemmer = Stemmer.Stemmer("arabic")
    distinct = sorted(set(words))
    same = sum(khabar.stem(word) == stemmer.stemWord(word) for word in distinct)
    print(f"stems like PyStemmer's: {same} of {len(distinct)} words")


def main() -> None:
    parser = argparse.ArgumentParser(description="Speed of words from Python, beside other packages.")
    parser.add_argument("--megabytes", type=float, default=1, help="size of the corpus")
    texts = corpus(parser.parse_args().megabytes)
    words = [
        token.text
        for text in texts
        for token in khabar.tokenize(text, pos=False, lemma=False)
        if token.kind == TokenKind.ARABIC
    ]
    measure("tokenize, parts alone", texts, each(lambda t: khabar.tokenize(t, pos=False, lemma=False), texts))
    measure("tokenize, scheme d3", texts, each(lambda t: khabar.tokenize(t, "d3", pos=False, lemma=False), texts))
    measure("tokenize, parts of speech", texts, each(lambda t: khabar.tokenize(t, lemma=False), texts))
    measure("tokenize, lemmas too", texts, each(khabar.tokenize, texts))
    measure("to_conllu", texts, each(khabar.to_conllu, texts))
    some = words[:50_000]
    measure("segment", some, each(khabar.segment, some))
    measure("stem", some, each(khabar.stem, some))
    measure("is_stop", some, each(khabar.is_stop, some))
    measure("analyze_word", some[:5_000], each(khabar.analyze_word, some[:5_000]))
    for name, work in peers(some[:5_000]):
        if isinstance(work, str):
            print(f"{name:34} skipped: {work}")
        else:
            measure(name, some[:5_000], work)
    agreement(words)


if __name__ == "__main__":
    main()
