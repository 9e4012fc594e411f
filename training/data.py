"""What `khabar-train examples` wrote, cut into windows of whole sentences and packed into batches."""

import json
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from chain import Layers, steps
from encoder import Pieces

#: Pieces of a window, and of the longest sentence (the encoder knows 512 places, two of them for its marks).
WINDOW, LONGEST = 200, 500


@dataclass
class Sentence:
    """A sentence: pieces of each word, gold tags [layer, word], the linear tagger's scores [word, tag].

    `heads` tells which of its pieces stands for a word, where it is not the first.
    """

    pieces: list[list[int]]
    tags: np.ndarray
    scores: np.ndarray
    part: int
    heads: list[int] | None = None

    @property
    def size(self) -> int:
        return sum(map(len, self.pieces))


def read(folder: Path, pieces: Pieces) -> tuple[dict[str, list[list[Sentence]]], Layers, torch.Tensor]:
    """The documents by split (those without one are `gold`), the layers of tags, the transitions of each part."""
    about = json.loads((folder / "tags.json").read_text(encoding="utf-8"))
    layers = Layers(about["names"])
    scores = np.fromfile(folder / "scores.bin", "<i2").reshape(-1, len(about["names"]))
    documents, at = {}, 0
    with open(folder / "documents.jsonl", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            sentences = []
            for sentence in document["sentences"]:
                words = [pieces.split(w, b) for w, b in zip(sentence["words"], sentence["begins"], strict=True)]
                mine = scores[at : at + len(words)].astype(np.float32) / about["unit"]
                at += len(words)
                sentences.append(Sentence(words, np.array(sentence["tags"]), mine, document["part"]))
            documents.setdefault(document["split"] or "gold", []).append(sentences)
    assert at == len(scores), "scores of other documents"
    return documents, layers, layers.transitions(about["transitions"])


def windows(document: list[Sentence]) -> list[list[Sentence]]:
    """Runs of whole sentences of at most WINDOW pieces; a longer sentence stands alone, one that is too long is cut."""
    done, now, size = [], [], 0
    for sentence in (part for whole in document for part in cut(whole)):
        if now and size + sentence.size > WINDOW:
            done.append(now)
            now, size = [], 0
        now.append(sentence)
        size += sentence.size
    return [*done, now] if now else done


def cut(sentence: Sentence) -> list[Sentence]:
    parts, start, size = [], 0, 0
    for at, word in enumerate(sentence.pieces):
        if size + len(word) > LONGEST:
            parts.append((start, at))
            start, size = at, 0
        size += len(word)
    parts.append((start, len(sentence.pieces)))
    if len(parts) == 1:
        return [sentence]
    words, tags, scores, heads = sentence.pieces, sentence.tags, sentence.scores, sentence.heads
    return [Sentence(words[a:b], tags[:, a:b], scores[a:b], sentence.part, heads and heads[a:b]) for a, b in parts]


def pieces_of(window: list[Sentence]) -> int:
    return sum(sentence.size for sentence in window)


def batches(all_windows: list[list[Sentence]], size: int, chance: random.Random | None) -> list[list[list[Sentence]]]:
    """Batches of windows of like length; in random order where `chance` is given."""
    order = list(all_windows)
    if chance:
        chance.shuffle(order)
    groups = [sorted(order[i : i + 16 * size], key=pieces_of) for i in range(0, len(order), 16 * size)]
    done = [group[i : i + size] for group in groups for i in range(0, len(group), size)]
    if chance:
        chance.shuffle(done)
    return done


class Batch:
    """Windows as tensors, and their sentences as the chain wants them."""

    def __init__(self, group: list[list[Sentence]], pieces: Pieces, layers: Layers):
        self.sentences = [s for window in group for s in window]
        length = 2 + max(map(pieces_of, group))
        ids = np.full((len(group), length), pieces.pad)
        firsts, mask = np.zeros((2, len(group), length), bool)
        for row, window in enumerate(group):
            at = 1
            ids[row, 0] = pieces.begin
            heads = ((w, h) for s in window for w, h in zip(s.pieces, s.heads or [0] * len(s.pieces), strict=True))
            for word, head in heads:
                firsts[row, at + head] = True
                ids[row, at : at + len(word)] = word
                at += len(word)
            ids[row, at] = pieces.end
            mask[row, : at + 1] = True
        self.ids, self.mask, self.firsts = (torch.from_numpy(x) for x in (ids, mask, firsts))
        self.lengths = torch.tensor([len(s.pieces) for s in self.sentences])
        self.scores = torch.from_numpy(np.concatenate([s.scores for s in self.sentences]))
        self.parts = torch.tensor([s.part for s in self.sentences])
        # Gold tags as columns of all tags [word, layer], and the transitions that they make: sentence, layer, from, to.
        offsets = np.array(layers.offsets)
        self.gold = torch.from_numpy(np.concatenate([s.tags.T + offsets for s in self.sentences]))
        moves = []
        for number, sentence in enumerate(self.sentences):
            for layer, tags in enumerate(sentence.tags):
                start, to = steps(tags)
                moves.append(np.stack([np.full_like(to, number), np.full_like(to, layer), start, to]))
        self.moves = torch.from_numpy(np.concatenate(moves, 1))

    def padded(self, scores: torch.Tensor) -> torch.Tensor:
        """Scores of words in order as [sentence, word, tag]."""
        return torch.nn.utils.rnn.pad_sequence(scores.split(self.lengths.tolist()), batch_first=True)
