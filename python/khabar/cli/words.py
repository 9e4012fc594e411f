"""What ``khabar tokenize`` writes: plain lines, JSON lines, CSV, CoNLL-U."""

from __future__ import annotations

import csv
import json
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import IO, Any

import khabar
from khabar.analyzer import Scheme
from khabar.cli.inputs import Article
from khabar.types import SegmentKind, Token


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is told of each token."""

    segments: bool
    pos: bool
    lemma: bool
    scheme: Scheme = "pud"

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text, with what is wanted of them."""
        return khabar.tokenize(text, self.scheme, pos=self.pos, lemma=self.lemma)

    def columns(self) -> list[str]:
        """The names of what :meth:`row` gives."""
        wanted = {"segments": self.segments, "pos": self.pos, "lemma": self.lemma, "features": self.lemma}
        return ["start", "end", "text", "kind", *(name for name, is_wanted in wanted.items() if is_wanted)]

    def row(self, token: Token) -> list[str | int]:
        """A token as one row; its parts and their parts of speech are joined by ``+``."""
        row: list[str | int] = [token.start, token.end, token.text, token.kind]
        if self.segments:
            row.append("+".join(segment.text for segment in token.segments))
        if self.pos:
            tags = [segment.pos for segment in token.segments] if self.segments else [token.pos]
            row.append("+".join(tag for tag in tags if tag))
        if self.lemma:
            row += [token.lemma, token.features]
        return row

    def inline(self, token: Token) -> str:
        """A token as one word: parts joined by ``+``, each followed by what is told of it after a ``/``."""
        if not self.segments:
            return self._told(token.text, token.pos, token.lemma)
        return "+".join(
            self._told(part.text, part.pos, token.lemma if part.kind == SegmentKind.STEM else "")
            for part in token.segments
        )

    def _told(self, text: str, pos: str | None, lemma: str) -> str:
        return "/".join([text, *([pos or ""] if self.pos else []), *([lemma] if self.lemma and lemma else [])])

    def record(self, token: Token) -> dict[str, Any]:
        """A token as JSON knows it."""
        record: dict[str, Any] = {"start": token.start, "end": token.end, "text": token.text, "kind": token.kind}
        if self.segments:
            record["segments"] = [
                {"start": s.start, "end": s.end, "text": s.text, "kind": s.kind, **({"pos": s.pos} if self.pos else {})}
                for s in token.segments
            ]
        if self.pos:
            record["pos"] = token.pos
        if self.lemma:
            record |= {"lemma": token.lemma, "features": token.features}
        return record


class Writer(ABC):
    """Writes the tokens of articles as they come."""

    def __init__(self, out: IO[str], wanted: Wanted) -> None:
        self.out = out
        self.wanted = wanted

    @abstractmethod
    def write(self, article: Article) -> None:
        """Writes the tokens of one article."""


class JsonLines(Writer):
    """An article a line: its id and its tokens."""

    def write(self, article: Article) -> None:
        tokens = [self.wanted.record(token) for token in self.wanted.tokens(article.text)]
        self.out.write(json.dumps({"id": article.id, "tokens": tokens}, ensure_ascii=False) + "\n")


class Csv(Writer):
    """A token a row; the first column names the article."""

    def __init__(self, out: IO[str], wanted: Wanted) -> None:
        super().__init__(out, wanted)
        self.csv = csv.writer(out, lineterminator="\n")
        self.csv.writerow(["document", *wanted.columns()])

    def write(self, article: Article) -> None:
        self.csv.writerows([article.id, *self.wanted.row(token)] for token in self.wanted.tokens(article.text))


class Conllu(Writer):
    """CoNLL-U, which always has all columns."""

    def __init__(self, out: IO[str], wanted: Wanted) -> None:
        super().__init__(out, wanted)
        self.seen: dict[str, int] = {}

    def write(self, article: Article) -> None:
        # Names of sentences must be unique in a file, whatever the input's ids are.
        name = re.sub(r"[\s/]", "_", article.id)
        count = self.seen[name] = self.seen.get(name, 0) + 1
        id = article.id if count == 1 else f"{article.id}~{count}"
        self.out.write(khabar.to_conllu(article.text, id=id, scheme=self.wanted.scheme))


#: Writers by the name of their format; plain lines have none, for they are written line by line.
FORMATS: dict[str, type[Writer]] = {"jsonl": JsonLines, "csv": Csv, "conllu": Conllu}
