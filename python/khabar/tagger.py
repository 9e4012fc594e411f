"""Taggers of the user's own: trained on annotated columns, measured as ``seqeval`` measures, used in an ``Analyzer``."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from khabar import _core
from khabar.errors import IoError

__all__ = ["Score", "Tagger"]

StrPath = str | PathLike[str]


@dataclass(frozen=True, slots=True)
class Score:
    """How many entities a tagger found rightly: those with the annotated tokens and type, as ``conlleval`` and ``seqeval`` count."""

    found: int
    """Entities found."""
    gold: int
    """Entities annotated."""
    right: int
    """Entities found that are annotated."""

    @property
    def precision(self) -> float:
        """Share of the found entities that are right; 0 where none was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the annotated entities that were found; 0 where there are none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


def _read(path: StrPath) -> str:
    """A file as text; lines may end with a carriage return."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise IoError(f"{path}: not UTF-8 (byte {error.start})") from None
    except OSError as error:
        raise IoError(f"{path}: {error.strerror or error}") from error


class Tagger:
    """A sequence tagger that a user trained: entities of any types, none inside another.

    ``Tagger.train`` makes one, ``Tagger.load`` reads its file; ``Analyzer(tagger=…)`` runs it on raw text.

    >>> lines = "زار O\\nوزير O\\nخارجية O\\nتونس B-LOC\\n. O\\n\\nعاد O\\nالوفد O\\nمن O\\nبيروت B-LOC\\n. O\\n\\n"
    >>> tagger = Tagger.train_text(lines * 5)
    >>> tagger.types, tagger.tag([["وصل", "إلى", "تونس", "."]])
    (('LOC',), [['O', 'O', 'B-LOC', 'O']])
    """

    __slots__ = ("_core",)

    def __init__(self, data: bytes) -> None:
        """Reads the bytes of a tagger's file. Raises ``ModelError`` where they are damaged or something else."""
        self._core = _core.Tagger(data)
        if not self._core.current:
            warnings.warn(
                "this tagger was trained with other models and lexica of khabar than the installed ones; "
                "train it again for the best results",
                stacklevel=2,
            )

    @classmethod
    def load(cls, path: StrPath) -> Tagger:
        """Reads a tagger's file.

        Raises ``IoError`` where it cannot be read, ``ModelError`` where it is damaged or something else. Warns where the tagger was
        trained with other models and lexica of khabar than the installed ones.
        """
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            raise IoError(f"{path}: {error.strerror or error}") from error
        return cls(data)

    @classmethod
    def train(
        cls,
        path: StrPath,
        *,
        encoder: bool = False,
        seed: int = 1,
        epochs: int | None = None,
        threads: int | None = None,
    ) -> Tagger:
        """Trains a tagger on a file of annotated columns.

        A line holds a token, perhaps more columns, and the label last, parted by tabs or, in a line without one, by spaces; a blank line
        ends a sentence, a line that begins with ``-DOCSTART-`` parts documents. Labels are ``O``, or ``B-`` (begins), ``I-`` (inside) and
        a type; IOB1, IOE, BIOES and BILOU labels are read too. The tokens are taken as they are.

        ``encoder`` adds the vectors of khabar's encoder: better, but tagging is much slower. On 100,000 tokens training takes
        about a minute of processor time and 0.6 GB of memory. The same file, options and version of khabar give the same tagger.

        Raises ``IoError`` where the file cannot be read, ``ArgumentError`` that names the line where a label is missing or none.
        """
        return cls.train_text(_read(path), name=str(path), encoder=encoder, seed=seed, epochs=epochs, threads=threads)

    @classmethod
    def train_text(
        cls,
        text: str,
        *,
        name: str = "text",
        encoder: bool = False,
        seed: int = 1,
        epochs: int | None = None,
        threads: int | None = None,
    ) -> Tagger:
        """As ``train``, from the content of a file; ``name`` is what errors call it."""
        return cls(_core.Tagger.train(text, name, encoder, seed, epochs, threads))

    def save(self, path: StrPath) -> None:
        """Writes the tagger's file. Raises ``IoError`` where it cannot."""
        try:
            Path(path).write_bytes(self._core.data)
        except OSError as error:
            raise IoError(f"{path}: {error.strerror or error}") from error

    @property
    def types(self) -> tuple[str, ...]:
        """The types of entities that it knows, in the order of the file it was trained on."""
        return tuple(self._core.types)

    @property
    def encoder(self) -> bool:
        """Whether it needs khabar's encoder."""
        return self._core.encoder

    def tag(self, sentences: Iterable[Sequence[str]]) -> list[list[str]]:
        """Labels (``O``, ``B-TYPE``, ``I-TYPE``) of the tokens of sentences that belong together, as those of one article.

        Raises ``ArgumentError`` for an empty token.
        """
        return self._core.tag([list(sentence) for sentence in sentences])

    def predict(self, path: StrPath, *, threads: int | None = None) -> list[list[tuple[str, str]]]:
        """Tokens and labels of each sentence of a file of columns, of which only the first is read.

        Raises ``IoError`` and ``ArgumentError`` as ``train``.
        """
        return self._core.predict(_read(path), str(path), threads)

    def evaluate(self, path: StrPath, *, threads: int | None = None) -> dict[str, Score]:
        """Scores by type on a file of annotated columns, and over all of them as ``"micro"``, which comes last.

        Raises ``IoError`` and ``ArgumentError`` as ``train``.
        """
        tallies = self._core.evaluate(_read(path), str(path), threads)
        scores = {name: Score(*tally) for name, tally in sorted(tallies.items())}
        sums = [sum(column) for column in zip(*tallies.values(), strict=True)] or [0, 0, 0]
        return {**scores, "micro": Score(*sums)}

    def __repr__(self) -> str:
        return f"Tagger(types={list(self.types)}, encoder={self.encoder})"

    def __reduce__(self) -> tuple[type[Tagger], tuple[bytes]]:
        return Tagger, (self._core.data,)
