"""Functions on single words, without their context."""

from __future__ import annotations

from khabar import _core

__all__ = ["is_stop", "stem"]


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
