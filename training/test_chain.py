"""The chain against the sum over all sequences:  python -m pytest training, or run this file."""

import itertools

import numpy as np
import torch
from chain import Layers, best, log_sum, spans, steps

NAMES = [
    "0:O",
    "0:B-A",
    "0:I-A",
    "0:L-A",
    "0:U-A",
    "0:B-B",
    "0:I-B",
    "0:L-B",
    "0:U-B",
    "1:O",
    "1:B-A",
    "1:I-A",
    "1:L-A",
    "1:U-A",
]


def legal(tags):
    """Whether each mention that begins goes on in its type and ends, and none goes on that did not begin."""
    open_kind = None
    for tag in tags:
        kind, place = (tag - 1) // 4, (tag - 1) % 4
        goes_on = tag > 0 and place in (1, 2)
        if goes_on != (open_kind is not None) or (goes_on and kind != open_kind):
            return False
        open_kind = kind if tag > 0 and place in (0, 1) else None
    return open_kind is None


def score(tags, scores, moves):
    start, to = steps(np.array(tags))
    return scores[np.arange(len(tags)), tags].sum() + moves[start, to].sum()


def test_chain_equals_the_sum_over_all_sequences():
    chance = np.random.default_rng(1)
    layers = Layers(NAMES)
    moves = [chance.normal(size=9), chance.normal(size=4)]
    transitions = layers.transitions([[m.tolist() for m in moves]])
    lengths = [4, 2]
    scores = chance.normal(size=(2, 4, len(NAMES))) * 2
    sums = log_sum(layers, torch.tensor(scores, dtype=torch.float32), torch.tensor(lengths), transitions[[0, 0]])
    for sentence, length in enumerate(lengths):
        expected = 0.0
        for layer, (offset, width) in enumerate(zip(layers.offsets, layers.widths, strict=True)):
            mine = scores[sentence, :length, offset : offset + width]
            square = moves[layer].reshape(layers.widths[layer] // 4 + 1, -1)
            all_tags = [t for t in itertools.product(range(width), repeat=length) if legal(t)]
            all_scores = [score(t, mine, square) for t in all_tags]
            expected += np.logaddexp.reduce(all_scores)
            assert tuple(best(mine, square)) == all_tags[int(np.argmax(all_scores))]
        assert abs(float(sums[sentence]) - expected) < 1e-3


def test_spans():
    assert spans([0, 1, 2, 3, 8, 0], ["A", "B"]) == {(1, 4, "A"), (4, 5, "B")}


if __name__ == "__main__":
    test_chain_equals_the_sum_over_all_sequences()
    test_spans()
