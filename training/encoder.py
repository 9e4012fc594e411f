"""The encoder: multilingual-e5-small cut to Arabic pieces (../shared/encoder), taught on by pretrain.py, and the heads of the mention tagger."""

import json
from pathlib import Path
from typing import ClassVar

import numpy as np
import torch
from tokenizers import Tokenizer, models
from torch import nn
from torch.nn import functional as F

WORD_START = "\u2581"


class Pieces:
    """Splits words into subword pieces: Viterbi over the pieces' scores, each word on its own."""

    def __init__(self, folder: Path):
        about = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
        self.table = about["pieces"]
        self.normalize = {int(k): v for k, v in about["normalize"].items()}
        self.begin, self.end, self.pad, self.unknown = (about[k] for k in ("bos", "eos", "pad", "unk"))
        self.splitter = Tokenizer(
            models.Unigram([tuple(p) for p in self.table], unk_id=self.unknown, byte_fallback=False)
        )
        self.known: dict[tuple[str, bool], list[int]] = {}

    def split(self, word: str, begins: bool) -> list[int]:
        """The pieces of a word; `begins` says whether it is the first part of its token. Never empty."""
        ids = self.known.get((word, begins))
        if ids is None:
            plain = word.translate(self.normalize).strip()
            ids = self.splitter.encode((WORD_START if begins else "") + plain).ids if plain else [self.unknown]
            self.known[word, begins] = ids
        return ids


class Layer(nn.Module):
    """A layer of BERT: attention, then two dense layers, each with the norm after it."""

    #: What the arrays of the pretrained encoder are called.
    SOURCES: ClassVar = {"mixed": "ao", "wide": "fi", "narrow": "fo", "norm_mixed": "aln", "norm_narrow": "oln"}

    def __init__(self, width: int, inner: int, heads: int, eps: float):
        super().__init__()
        self.heads = heads
        self.query_key_value, self.mixed = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.wide, self.narrow = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm_mixed, self.norm_narrow = nn.LayerNorm(width, eps=eps), nn.LayerNorm(width, eps=eps)

    def forward(self, x: torch.Tensor, mask: torch.Tensor | None, drop: float) -> torch.Tensor:
        batch, length, width = x.shape
        parts = self.query_key_value(x).view(batch, length, 3, self.heads, width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = self.mixed(seen.transpose(1, 2).reshape(batch, length, width))
        x = self.norm_mixed(x + F.dropout(seen, drop, self.training))
        return self.norm_narrow(x + F.dropout(self.narrow(F.gelu(self.wide(x))), drop, self.training))


class Encoder(nn.Module):
    """The encoder of a folder: its pieces' vectors and its first `layers` layers (all without it)."""

    def __init__(self, folder: Path, layers: int | None = None, drop: float = 0.1):
        super().__init__()
        arrays = np.load(folder / "encoder.npz")

        def array(name: str) -> torch.Tensor:
            return torch.from_numpy(arrays[name].astype(np.float32))

        eps, heads = float(arrays["eps"]), int(arrays["heads"])
        words, places = array("word"), array("pos")
        width, inner = words.shape[1], arrays["0.fi.w"].shape[0]
        self.drop, self.width = drop, width
        self.words, self.places = nn.Embedding.from_pretrained(words, freeze=False), nn.Parameter(places.clone())
        self.norm = nn.LayerNorm(width, eps=eps)
        self.norm.weight.data, self.norm.bias.data = array("emb_ln.w"), array("emb_ln.b")
        count = layers or sum(name.endswith(".fi.w") for name in arrays)
        self.layers = nn.ModuleList(Layer(width, inner, heads, eps) for _ in range(count))
        for number, layer in enumerate(self.layers):
            for kind, place in (("w", "weight"), ("b", "bias")):
                joined = torch.cat([array(f"{number}.{part}.{kind}") for part in "qkv"])
                setattr(layer.query_key_value, place, nn.Parameter(joined))
                for name, source in Layer.SOURCES.items():
                    setattr(getattr(layer, name), place, nn.Parameter(array(f"{number}.{source}.{kind}")))

    def forward(self, pieces: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        """The last layer's vector of each piece; `mask` is true where there is one."""
        return self.each_layer(self.words(pieces), mask)[-1]

    def each_layer(self, vectors: torch.Tensor, mask: torch.Tensor | None) -> list[torch.Tensor]:
        """What each layer makes of the pieces' vectors."""
        x = self.norm(vectors + self.places[: vectors.shape[1]])
        x = F.dropout(x, self.drop, self.training)
        wide = None if mask is None else mask[:, None, None, :]
        made = []
        for layer in self.layers:
            x = layer(x, wide, self.drop)
            made.append(x)
        return made

    def arrays(self) -> dict[str, np.ndarray]:
        """The arrays of `encoder.npz`, as 16-bit numbers."""
        made = {"word": self.words.weight, "pos": self.places, "emb_ln.w": self.norm.weight, "emb_ln.b": self.norm.bias}
        for number, layer in enumerate(self.layers):
            for kind, place in (("w", "weight"), ("b", "bias")):
                for part, value in zip("qkv", getattr(layer.query_key_value, place).chunk(3), strict=True):
                    made[f"{number}.{part}.{kind}"] = value
                for name, source in Layer.SOURCES.items():
                    made[f"{number}.{source}.{kind}"] = getattr(getattr(layer, name), place)
        result = {name: value.detach().float().cpu().numpy().astype(np.float16) for name, value in made.items()}
        eps, heads = self.norm.eps, self.layers[0].heads
        return {**result, "eps": np.float32(eps), "heads": np.int32(heads)}


class Tagger(nn.Module):
    """The encoder with a head whose scores are added to the linear tagger's, and one that must do without them.

    The second head is there in training only: without it the encoder would learn nothing from what the linear tagger knows.
    """

    def __init__(self, folder: Path, layers: int | None, tags: int, drop: float = 0.1):
        super().__init__()
        self.encoder, self.drop = Encoder(folder, layers, drop), drop
        self.added, self.alone = nn.Linear(self.encoder.width, tags), nn.Linear(self.encoder.width, tags)
        nn.init.zeros_(self.added.weight)
        nn.init.zeros_(self.added.bias)

    def forward(
        self, pieces: torch.Tensor, mask: torch.Tensor, firsts: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores of all tags of the words whose first pieces `firsts` marks: to be added to the linear tagger's, and alone."""
        x = F.dropout(self.encoder(pieces, mask)[firsts], self.drop, self.training)
        return self.added(x), self.alone(x)
