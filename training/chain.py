"""The chain over BILOU tags of src/mention/chain.rs, for training: how probable the gold tags are, and the best tags.

A layer has types + 1 states: 0 outside, then its types; tags are O, then B I L U of each type. Transitions score which
type comes after which, whatever their lengths.
"""

import numpy as np
import torch

NEVER = -1e4


class Layers:
    """Where each layer's tags stand among all, and its types."""

    def __init__(self, names: list[str]):
        self.types, self.offsets = [], []
        for at, name in enumerate(names):
            if name.endswith(":O"):
                self.offsets.append(at)
                self.types.append([])
            elif ":B-" in name:
                self.types[-1].append(name.split("-", 1)[1])
        self.widths = [1 + 4 * len(types) for types in self.types]
        self.states = 1 + max(map(len, self.types))
        # For each layer: the columns of O, and of the four tags of each type; one past the end where a layer lacks the type.
        total = len(names)
        self.outside = torch.tensor(self.offsets)
        self.inside = torch.full((len(self.types), 4, self.states - 1), total)
        for layer, (offset, types) in enumerate(zip(self.offsets, self.types, strict=True)):
            for place in range(4):
                for kind in range(len(types)):
                    self.inside[layer, place, kind] = offset + 1 + 4 * kind + place

    def transitions(self, parts: list[list[list[float]]]) -> torch.Tensor:
        """[part, layer, from, to], filled up to the same number of states."""
        all_parts = torch.full((len(parts), len(self.types), self.states, self.states), NEVER)
        for number, part in enumerate(parts):
            for layer, scores in enumerate(part):
                n = len(self.types[layer]) + 1
                all_parts[number, layer, :n, :n] = torch.tensor(scores).view(n, n)
        return all_parts


def log_sum(layers: Layers, scores: torch.Tensor, lengths: torch.Tensor, transitions: torch.Tensor) -> torch.Tensor:
    """The logarithm of the sum over all legal sequences of all layers, for each sentence: scores [sentence, word, tag]."""
    sentences, words, _ = scores.shape
    count = len(layers.types)
    scores = torch.cat([scores, scores.new_full((sentences, words, 1), NEVER)], 2)
    outside = scores[:, :, layers.outside].permute(1, 0, 2).reshape(words, sentences * count)
    inside = scores[:, :, layers.inside.flatten()].view(sentences, words, count, 4, layers.states - 1)
    inside = inside.permute(1, 3, 0, 2, 4).reshape(words, 4, sentences * count, layers.states - 1)
    moves = transitions.reshape(sentences * count, layers.states, layers.states)
    lengths = lengths.repeat_interleave(count)
    ended = scores.new_full((sentences * count, layers.states), NEVER)
    ended[:, 0] = 0.0
    begun = scores.new_full((sentences * count, layers.states - 1), NEVER)
    for word in range(words):
        entry = torch.logsumexp(ended[:, :, None] + moves, 1)
        begin, go_on, last, alone = inside[word]
        named = torch.logaddexp(entry[:, 1:] + alone, begun + last)
        within = (word < lengths)[:, None]
        new = torch.cat([entry[:, :1] + outside[word][:, None], named], 1)
        begun = torch.where(within, torch.logaddexp(entry[:, 1:] + begin, begun + go_on), begun)
        ended = torch.where(within, new, ended)
    return torch.logsumexp(ended, 1).view(sentences, count).sum(1)


def steps(tags: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The transitions that a layer's tags of a sentence make: from which state to which."""
    kinds, places = (tags + 3) // 4, (tags - 1) % 4
    to = kinds[(tags == 0) | (places == 0) | (places == 3)]
    return np.concatenate([[0], to[:-1]]).astype(np.int64), to.astype(np.int64)


def best(scores: np.ndarray, moves: np.ndarray) -> list[int]:
    """The best tags of a layer of a sentence: scores [word, tag], moves [state, state]."""
    tags = np.arange(scores.shape[1])
    kinds, places = (tags + 3) // 4, (tags - 1) % 4
    opens = (tags > 0) & (places < 2)
    enters = (tags == 0) | (places == 0) | (places == 3)
    legal = np.where(opens[:, None], ~enters[None] & (kinds[:, None] == kinds[None]), enters[None])
    step = np.where(legal, np.where(opens[:, None], 0.0, moves[kinds[:, None], kinds[None]]), NEVER)
    total = scores[0] + np.where(enters, moves[0, kinds], NEVER)
    back = []
    for row in scores[1:]:
        paths = total[:, None] + step
        back.append(paths.argmax(0))
        total = paths.max(0) + row
    found = [int((total + np.where(opens, NEVER, 0.0)).argmax())]
    for pointers in reversed(back):
        found.append(int(pointers[found[-1]]))
    return found[::-1]


def spans(tags: list[int], types: list[str]) -> set[tuple[int, int, str]]:
    """The mentions of a layer's tags."""
    found, start = set(), 0
    for at, tag in enumerate(tags):
        if tag:
            place = (tag - 1) % 4
            start = at if place in (0, 3) else start
            if place >= 2:
                found.add((start, at + 1, types[(tag - 1) // 4]))
    return found
