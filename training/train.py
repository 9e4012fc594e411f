"""Fine-tunes the encoder to correct the linear tagger:  train.py --encoder FOLDER --examples FOLDER --output FOLDER

Writes a checkpoint after each epoch and goes on from it when started again; the same seed gives the same order.
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
from chain import best, log_sum, spans
from data import Batch, batches, read, windows
from encoder import Pieces, Tagger
from torch.nn import functional as F

NAMES = ("PERS", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT")


def set_rates(optimizer, rates, share):
    """The rates of an optimizer's groups after a share of the steps: they rise for a tenth of them, then fall to nearly nothing."""
    for parameters, rate in zip(optimizer.param_groups, rates, strict=True):
        parameters["lr"] = rate * max(1e-3, share / 0.1 if share < 0.1 else (1 - share) / 0.9)


def figures(tally, names, digits):
    """Precision, recall and F1 in per cent for each name, of counts of what was found, is gold, and was found rightly."""
    result = {}
    for name in names:
        found, gold, right = (tally[what, name] for what in ("found", "gold", "right"))
        parts = right / max(found, 1), right / max(gold, 1), 2 * right / max(found + gold, 1)
        result[name] = [round(100 * part, digits) for part in parts]
    return result


def losses(model, batch, layers, transitions):
    """Of the chain over the added scores, and of each tag alone; a word."""
    with torch.autocast("cpu", torch.bfloat16):
        added, alone = model(batch.ids, batch.mask, batch.firsts)
    added, alone = added.float(), alone.float()
    scores = added + batch.scores
    moves = transitions[batch.parts]
    sentence, layer, start, to = batch.moves
    right = scores.gather(1, batch.gold).sum() + moves[sentence, layer, start, to].sum()
    chain = log_sum(layers, batch.padded(scores), batch.lengths, moves).sum() - right
    parts = zip(layers.offsets, layers.widths, batch.gold.T, strict=True)
    each = sum(F.cross_entropy(alone[:, a : a + w], gold - a, reduction="sum") for a, w, gold in parts)
    return chain / len(scores), each / len(scores)


@torch.no_grad()
def evaluate(model, documents, pieces, layers, transitions):
    """Precision, recall and F1 of exact spans and types, of names and of all: linear, with the encoder, the encoder alone."""
    model.eval()
    counts = {way: Counter() for way in ("linear", "added", "alone")}
    for group in batches([w for d in documents for w in windows(d)], 16, None):
        batch = Batch(group, pieces, layers)
        with torch.autocast("cpu", torch.bfloat16):
            added, alone = model(batch.ids, batch.mask, batch.firsts)
        ways = {"linear": batch.scores, "added": batch.scores + added.float(), "alone": alone.float()}
        for way, scores in ways.items():
            for sentence, mine in zip(batch.sentences, scores.split(batch.lengths.tolist()), strict=True):
                mine = mine.numpy()
                # One mention is right whichever layer it was found in.
                found, gold = set(), set()
                each = zip(layers.offsets, layers.widths, layers.types, strict=True)
                for layer, (offset, width, types) in enumerate(each):
                    states = len(types) + 1
                    moves = transitions[sentence.part, layer, :states, :states].numpy()
                    moves = np.zeros_like(moves) if way == "alone" else moves
                    found |= spans(best(mine[:, offset : offset + width], moves), types)
                    gold |= spans(sentence.tags[layer].tolist(), types)
                for what, mentions in (("found", found), ("gold", gold), ("right", found & gold)):
                    for _, _, name in mentions:
                        counts[way][what, "all"] += 1
                        counts[way][what, name] += 1
                        counts[way][what, "names"] += name in NAMES
    result = {}
    for way, tally in counts.items():
        shown = ("names", "all", "PERS", "ORG", "GPE", "LOC", "NORP", "OCC", "FAC", "EVENT")
        result[way] = figures(tally, shown, 1)
    model.train()
    return result


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--encoder", type=Path, required=True)
    arguments.add_argument("--examples", type=Path, required=True)
    arguments.add_argument("--output", type=Path, required=True)
    arguments.add_argument(
        "--layers", type=int, default=8, help="how many of the encoder's layers, counted from the first"
    )
    arguments.add_argument("--start", type=Path, help="a model with at least as many layers to begin with")
    arguments.add_argument("--epochs", type=int, default=4)
    arguments.add_argument("--rate", type=float, default=8e-5)
    arguments.add_argument("--batch", type=int, default=8)
    arguments.add_argument(
        "--alone", type=float, default=0.3, help="weight of the loss of the head without the linear tagger"
    )
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--threads", type=int, default=2)
    options = arguments.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    options.output.mkdir(parents=True, exist_ok=True)

    pieces = Pieces(options.encoder)
    documents, layers, transitions = read(options.examples, pieces)
    tags = layers.offsets[-1] + layers.widths[-1]
    model = Tagger(options.encoder, options.layers, tags)
    if options.start:
        begun = torch.load(options.start, weights_only=True)["model"]
        model.load_state_dict({name: begun[name] for name in model.state_dict()})
    heads = [p for n, p in model.named_parameters() if n.startswith(("added", "alone"))]
    body = [p for n, p in model.named_parameters() if not n.startswith(("added", "alone"))]
    groups = [{"params": body, "lr": options.rate}, {"params": heads, "lr": 1e-3}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    rates = [options.rate, 1e-3]

    learned = documents["train"] + documents.get("silver", [])
    all_windows = [w for d in learned for w in windows(d)]
    total = options.epochs * math.ceil(len(all_windows) / options.batch)
    print(
        f"{len(all_windows)} windows, {total} steps, {sum(p.numel() for p in model.parameters()) / 1e6:.1f} M parameters",
        flush=True,
    )
    checkpoint, first, step = options.output / "checkpoint.pt", 0, 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        first, step = saved["epoch"] + 1, saved["step"]
    begun = time.time()
    model.train()
    for epoch in range(first, options.epochs):
        torch.manual_seed(options.seed * 1000 + epoch)
        sums = np.zeros(2)
        order = batches(all_windows, options.batch, random.Random(options.seed * 1000 + epoch))
        for number, group in enumerate(order, 1):
            share = step / total
            set_rates(optimizer, rates, share)
            chain, each = losses(model, Batch(group, pieces, layers), layers, transitions)
            optimizer.zero_grad()
            (chain + options.alone * each).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            sums += chain.item(), each.item()
            if number % 25 == 0:
                means = " ".join(f"{x / number:.4f}" for x in sums)
                print(f"epoch {epoch} step {step}/{total} losses {means} {time.time() - begun:.0f} s", flush=True)
        saved = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch, "step": step}
        torch.save(saved, checkpoint)
        for split in ("dev", "gold"):
            if split in documents:
                for way, figures in evaluate(model, documents[split], pieces, layers, transitions).items():
                    print(f"epoch {epoch} {split} {way} {json.dumps(figures)}", flush=True)
    saved = {"model": model.state_dict(), "layers": options.layers, "tags": tags}
    torch.save(saved, options.output / "model.pt")


if __name__ == "__main__":
    main()
