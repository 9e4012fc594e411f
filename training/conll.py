"""Fine-tunes the encoder on a CoNLL file of any labels:  conll.py --encoder FOLDER --train FILE --dev FILE [--start model.pt]

Files hold a token and its BIO label a line, sentences parted by blank lines, in the order of the text. `--cut` gives the tokens cut at
their clitics, a sentence a line, as `khabar-train texts` writes them. Prints precision, recall and F1 of exact spans, micro and a label.
"""

import argparse
import json
import math
import random
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from chain import Layers, best, log_sum, spans
from data import Batch, Sentence, batches, windows
from encoder import WORD_START, Pieces, Tagger
from torch import nn
from train import figures, set_rates


def read(path: Path) -> list[tuple[list[str], list[str]]]:
    """Tokens and labels of each sentence."""
    sentences, tokens, labels = [], [], []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        parts = line.split()
        if len(parts) >= 2:
            tokens.append(parts[0])
            labels.append(parts[-1])
        elif tokens:
            sentences.append((tokens, labels))
            tokens, labels = [], []
    return sentences


def mentions(labels: list[str]) -> set[tuple[int, int, str]]:
    """Spans of BIO labels, as conlleval and seqeval read them: an I- of another type, or after O, begins a new one."""
    found, start, kind = set(), None, None
    for at, label in enumerate([*labels, "O"]):
        place, _, now = label.partition("-")
        if start is not None and (place != "I" or now != kind):
            found.add((start, at, kind))
            start = None
        if place in ("B", "I") and start is None:
            start, kind = at, now
    return found


def bilou(labels: list[str], types: list[str]) -> list[int]:
    """The labels as numbers of tags: outside, then begin, inside, last, alone of each type."""
    tags = [0] * len(labels)
    for start, end, kind in mentions(labels):
        first = 1 + 4 * types.index(kind)
        if end == start + 1:
            tags[start] = first + 3
            continue
        tags[start:end] = [first, *[first + 1] * (end - start - 2), first + 2]
    return tags


def tokens_cut(tokens: list[str], line: str) -> list[list[tuple[str, bool]]]:
    """The segments of each token, and whether each begins it; whole tokens where the cut text has others."""
    cut: list[list[tuple[str, bool]]] = []
    for segment in line.split():
        if segment.startswith(WORD_START):
            cut.append([(segment.removeprefix(WORD_START), True)])
        elif cut:
            cut[-1].append((segment, False))
    return cut if len(cut) == len(tokens) else [[(token, True)] for token in tokens]


def prepared(sentences, cut: list[str], types: list[str], pieces: Pieces) -> list[Sentence]:
    done = []
    for (tokens, labels), line in zip(sentences, cut, strict=True):
        words, heads = [], []
        for segments in tokens_cut(tokens, line):
            parts = [pieces.split(*segment) for segment in segments]
            # The longest segment tells what a token is; its clitics do not.
            main = max(range(len(segments)), key=lambda i: len(segments[i][0]))
            heads.append(sum(map(len, parts[:main])))
            words.append([piece for part in parts for piece in part])
        tags = np.array([bilou(labels, types)])
        done.append(Sentence(words, tags, np.zeros((len(words), 1 + 4 * len(types)), np.float32), 0, heads))
    return done


@torch.no_grad()
def evaluate(model, all_windows, pieces, layers, moves, gold) -> dict[str, list[float]]:
    model.eval()
    tally, at = Counter(), 0
    for group in batches(all_windows, 16, None):
        batch = Batch(group, pieces, layers)
        with torch.autocast("cpu", torch.bfloat16):
            _, scores = model(batch.ids, batch.mask, batch.firsts)
        for sentence, mine in zip(batch.sentences, scores.float().split(batch.lengths.tolist()), strict=True):
            found = spans(best(mine.numpy(), moves), layers.types[0])
            right = spans(sentence.tags[0].tolist(), layers.types[0])
            at += len(right)
            for what, those in (("found", found), ("gold", right), ("right", found & right)):
                for _, _, kind in those:
                    tally[what, kind] += 1
                    tally[what, "micro"] += 1
    assert at == gold, "sentences cut into windows lost mentions"
    model.train()
    return figures(tally, ("micro", *layers.types[0]), 2)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("encoder", "train", "dev", "train-cut", "dev-cut"):
        arguments.add_argument(f"--{name}", type=Path, required=True)
    arguments.add_argument("--start", type=Path, help="a model fine-tuned for mentions to begin with (train.py)")
    arguments.add_argument("--layers", type=int, default=8)
    arguments.add_argument("--epochs", type=int, default=3)
    arguments.add_argument("--rate", type=float, default=5e-5)
    arguments.add_argument("--batch", type=int, default=8)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    torch.manual_seed(options.seed)

    pieces = Pieces(options.encoder)
    sentences = {name: read(getattr(options, name)) for name in ("train", "dev")}
    types = sorted({kind for _, labels in sentences["train"] for _, _, kind in mentions(labels)})
    layers = Layers(["0:O", *(f"0:{place}-{kind}" for kind in types for place in "BILU")])
    made = {}
    for name, those in sentences.items():
        cut = getattr(options, f"{name}_cut").read_text(encoding="utf-8").splitlines()
        made[name] = windows(prepared(those, cut, types, pieces))
    tags = 1 + 4 * len(types)
    model = Tagger(options.encoder, options.layers, tags)
    if options.start:
        begun = torch.load(options.start, weights_only=True)["model"]
        model.encoder.load_state_dict({n: begun[f"encoder.{n}"] for n in model.encoder.state_dict()})
    moves = nn.Parameter(torch.zeros(1, 1, layers.states, layers.states))
    body, heads = list(model.encoder.parameters()), [*model.alone.parameters(), moves]
    rates = [options.rate, 1e-3]
    groups = [{"params": body}, {"params": heads}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    total, step, begun = options.epochs * math.ceil(len(made["train"]) / options.batch), 0, time.time()
    gold = sum(len(mentions(labels)) for _, labels in sentences["dev"])
    for epoch in range(options.epochs):
        for group in batches(made["train"], options.batch, random.Random(options.seed * 1000 + epoch)):
            share = step / total
            set_rates(optimizer, rates, share)
            batch = Batch(group, pieces, layers)
            with torch.autocast("cpu", torch.bfloat16):
                _, scores = model(batch.ids, batch.mask, batch.firsts)
            scores = scores.float()
            each = moves.expand(len(batch.sentences), -1, -1, -1)
            right = scores.gather(1, batch.gold).sum() + each[tuple(batch.moves)].sum()
            loss = (log_sum(layers, batch.padded(scores), batch.lengths, each).sum() - right) / len(scores)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*body, *heads], 1.0)
            optimizer.step()
            step += 1
            if step % 50 == 0:
                print(
                    f"epoch {epoch} step {step}/{total} loss {loss.item():.4f} {time.time() - begun:.0f} s", flush=True
                )
        figures = evaluate(model, made["dev"], pieces, layers, moves[0, 0].detach().numpy(), gold)
        print(f"epoch {epoch} {json.dumps(figures)}", flush=True)


if __name__ == "__main__":
    main()
