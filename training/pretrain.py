"""Goes on teaching the encoder on raw text:  pretrain.py --encoder FOLDER --raw FILE.xz --output FOLDER --seconds N

It must guess words that are hidden (all pieces of one in five), from the last layer and, so that the network can be cut there,
from some layers before. Written for one GPU; the rate falls to nothing over the time given. FILE.xz is what pack.py wrote.
"""

import argparse
import lzma
import shutil
import time
from pathlib import Path

import numpy as np
import torch
from encoder import Encoder, Pieces
from pack import FIRST
from torch import nn
from torch.nn import functional as F

HIDDEN = 0.2


class Guesser(nn.Module):
    """The encoder, and for each exit what tells the hidden pieces from its vectors."""

    def __init__(self, folder: Path, exits: list[int]):
        super().__init__()
        # Nothing is dropped: there is more text than the network can learn by heart.
        self.encoder = Encoder(folder, drop=0.0)
        width, count = self.encoder.width, self.encoder.words.num_embeddings
        self.exits = exits
        self.heads = nn.ModuleList(
            nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width)) for _ in exits
        )
        self.bias = nn.Parameter(torch.zeros(count))
        self.hidden = nn.Parameter(self.encoder.words.weight.detach().mean(0).clone())

    def forward(
        self, ids: torch.Tensor, gold: torch.Tensor, hidden: torch.Tensor, masked: torch.Tensor
    ) -> torch.Tensor:
        """The loss of each exit: `hidden` marks the pieces to guess, `masked` those of them whose vector is taken away."""
        vectors = torch.where(masked[..., None], self.hidden, self.encoder.words(ids))
        layers = self.encoder.each_layer(vectors, None)
        at, gold = hidden.flatten().nonzero()[:, 0], gold[hidden]
        losses = []
        for number, head in zip(self.exits, self.heads, strict=True):
            x = head(layers[number - 1].flatten(0, 1)[at])
            scores = F.linear(x, self.encoder.words.weight, self.bias)
            losses.append(F.cross_entropy(scores.float(), gold))
        return torch.stack(losses)


def hide(ids: torch.Tensor, firsts: torch.Tensor, count: int, special: int) -> tuple[torch.Tensor, ...]:
    """Whole words to guess; of them 8 in 10 are masked, one in 10 becomes another piece, one stays."""
    rows, length = ids.shape
    word = firsts.cumsum(1)
    chance = torch.rand(rows, length + 1, 2, device=ids.device)
    chosen, way = chance.gather(1, word[..., None].expand(-1, -1, 2)).unbind(-1)
    hidden = (chosen < HIDDEN) & (ids > special)
    other = torch.randint(special + 1, count, ids.shape, device=ids.device)
    read = torch.where(hidden & (way > 0.9), other, ids)
    return read, hidden, hidden & (way < 0.8)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--encoder", type=Path, required=True)
    arguments.add_argument("--raw", type=Path, required=True)
    arguments.add_argument("--output", type=Path, required=True)
    arguments.add_argument("--seconds", type=float, required=True)
    arguments.add_argument("--exits", type=int, nargs="+", default=[6, 9, 12])
    arguments.add_argument("--length", type=int, default=256, help="pieces of a row")
    arguments.add_argument("--rows", type=int, default=256, help="rows of a step")
    arguments.add_argument("--rate", type=float, default=4e-4)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    begun = time.time()
    torch.manual_seed(options.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_float32_matmul_precision("high")

    pieces = Pieces(options.encoder)
    with lzma.open(options.raw) as raw:
        packed = np.frombuffer(raw.read(), "<u2")
    rows = len(packed) // (options.length - 2)
    packed = torch.from_numpy(packed[: rows * (options.length - 2)].astype(np.int32)).to(device).view(rows, -1)
    special = max(pieces.begin, pieces.end, pieces.pad, pieces.unknown)
    print(f"{rows} rows, {time.time() - begun:.0f} s to read", flush=True)

    model = Guesser(options.encoder, options.exits).to(device)
    plain = [p for p in model.parameters() if p.ndim < 2]
    matrices = [p for p in model.parameters() if p.ndim >= 2]
    groups = [{"params": matrices, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=options.rate, betas=(0.9, 0.98), fused=True)
    weights = torch.ones(len(options.exits), device=device) / 2
    weights[-1] = 1.0

    begin = torch.full((options.rows, 1), pieces.begin, device=device)
    end = torch.full((options.rows, 1), pieces.end, device=device)
    edge = torch.ones((options.rows, 1), dtype=torch.bool, device=device)
    begun, step, epoch, sums, at, order = time.time(), 0, 0, 0.0, rows, None
    while (share := (time.time() - begun) / options.seconds) < 1:
        if at + options.rows > rows:
            order, at, epoch = torch.randperm(rows, device=device), 0, epoch + 1
        row = packed[order[at : at + options.rows]]
        at += options.rows
        ids = torch.cat([begin, (row & (FIRST - 1)).long(), end], 1)
        firsts = torch.cat([edge, row >= FIRST, edge], 1)
        read, hidden, masked = hide(ids, firsts, len(pieces.table), special)
        for group in optimizer.param_groups:
            group["lr"] = options.rate * max(1e-3, min(share / 0.06, (1 - share) / 0.94))
        with torch.autocast(device.type, torch.bfloat16):
            losses = model(read, ids, hidden, masked)
        optimizer.zero_grad(set_to_none=True)
        (losses * weights).sum().backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step += 1
        sums = sums + losses.detach()
        if step % 100 == 0:
            means = " ".join(f"{x / 100:.4f}" for x in sums.tolist())
            print(f"epoch {epoch} step {step} losses {means} {time.time() - begun:.0f} s", flush=True)
            sums = 0.0
    options.output.mkdir(parents=True, exist_ok=True)
    np.savez(options.output / "encoder.npz", **model.encoder.arrays())
    shutil.copy(options.encoder / "tokenizer.json", options.output)


if __name__ == "__main__":
    main()
