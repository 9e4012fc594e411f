"""Functions on single words, without their context."""

from __future__ import annotations

from khabar import _core
from khabar.analyzer import Scheme
from khabar.types import Analysis, Segment

__all__ = ["analyze_word", "is_stop", "segment", "stem"]


def segment(word: str, scheme: Scheme = "pud") -> tuple[Segment, ...]:
    """The parts of one word by a scheme (see ``khabar.tokenize``), with offsets into the word.

    A word alone is cut as it mostly is; in a text its neighbours help, so cut texts with ``tokenize``. ``pos`` is None, for parts of
    speech need a context too. What is no word in Arabic letters is one part.

    Raises ``TypeError`` for what is no str, ``TextError`` for lone surrogates, ``ArgumentError`` for a scheme that there is not.

    >>> [(part.text, part.kind.value) for part in segment("وقواته")]
    [('و', 'proclitic'), ('قوات', 'stem'), ('ه', 'enclitic')]
    >>> [(part.text, part.normalized) for part in segment("للحشد", scheme="d3")]
    [('ل', 'ل'), ('ل', 'ال'), ('حشد', 'حشد')]
    """
    return _core.segment_word(word, scheme)


def analyze_word(word: str) -> tuple[Analysis, ...]:
    """All ways to understand a word on its own, likeliest first, with clitics cut in every way that its parts allow; in a text, ``Token.lemma`` is the one chosen.

    By the tables of CAMeL Morph MSA (Khairallah et al. 2024; Habash et al. 2022) for verbs, adjectives, proper nouns, numerals and particles. Spelling
    is folded before, so that a missing hamza does no harm. Nouns are known as far as they come from a verb or have a listed broken plural.
    Empty where none of it knows the word.

    Raises ``TypeError`` for what is no str, ``TextError`` for lone surrogates.

    >>> future = [a for a in analyze_word("وسيلتقي") if a.proclitics == ("و", "س")]
    >>> future[0].pos, future[0].aspect, future[0].person, future[0].gloss
    (<Pos.VERB: 'VERB'>, <Aspect.IMPERFECTIVE: 'imperfective'>, 3, 'encounter;meet')
    >>> visits = analyze_word("زياراته")[0]
    >>> visits.lemma, visits.number.value, visits.enclitic, visits.verb
    ('زيارة', 'plural', 'ه', 'زَار')
    """
    return _core.analyze_word(word)


def stem(word: str) -> str:
    """The light stem of a word, for search: clitics, article and endings cut by their letters, without a dictionary.

    The method is the Arabic stemmer of Snowball (https://snowballstem.org/algorithms/; Assem Chelli, Abdelkrim Aries, Lakhdar
    Benzahia), so stems are those of PyStemmer and of search engines that use it, with what it does not cut (the و of والمسلمون) and cuts too much.
    Marks, tatweel and presentation forms are taken away before. What is not made of Arabic letters alone stays as it is. A stem is a
    key to find words by, not a word: for that there is ``Token.lemma``.

    Raises ``TypeError`` for what is no str, ``TextError`` for lone surrogates.

    >>> [stem(word) for word in ["للمسلمين", "المسلمون", "مُسلم", "BBC"]]
    ['مسلم', 'مسلم', 'مسلم', 'BBC']
    """
    return _core.stem(word)


def is_stop(word: str) -> bool:
    """Whether a word only holds a sentence together: a particle, pronoun, preposition, conjunction, demonstrative, relative or question
    word, a form of كان and its like, also with clitics (ولكنها, منهم, للذين).

    The list, some 400 words (``src/data/lexicon/stop_words.txt``), was written for khabar from the closed classes of Modern Standard Arabic.
    Numbers and adverbs of time are not on it. Marks and tatweel make no difference, nor does a hamza that is left out; ي for ى does: على
    is one, the name علي is none. What is not one word is none.

    Raises ``TypeError`` for what is no str, ``TextError`` for lone surrogates.

    >>> [word for word in ["قال", "وزير", "في", "إليهم", "ولكنها", "علي"] if is_stop(word)]
    ['في', 'إليهم', 'ولكنها']
    """
    return _core.is_stop(word)
