"""A trained encoder as the file that src/model/encoder reads:  export.py --encoder FOLDER --model model.pt --output encoder.bin

The file holds the network as ONNX (pieces of one window in; each piece's vector and its scores of all tags out; weights of
matrices and pieces as 8-bit integers), the pieces with their scores, and what becomes of odd characters. Little-endian: magic of
8 bytes, the length of each of the three parts (`u32`), the parts, the checksum of all before it (`u64`; `src/container.rs`).
"""

import argparse
import struct
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from encoder import Pieces, Tagger
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from torch.nn import functional as F

MAGIC = b"KHBENC\x00\x02"


class Network(nn.Module):
    """The encoder for one window, in operations that `src/model/encoder` knows."""

    def __init__(self, tagger: Tagger):
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        encoder = self.tagger.encoder
        x = encoder.norm(encoder.words(ids) + encoder.places[: ids.shape[1]])
        for layer in encoder.layers:
            size = encoder.width // layer.heads
            parts = layer.query_key_value(x).split(encoder.width, -1)
            query, key, value = (p.reshape(1, -1, layer.heads, size).transpose(1, 2) for p in parts)
            weights = (query @ key.transpose(-1, -2) * size**-0.5).softmax(-1)
            seen = (weights @ value).transpose(1, 2).reshape(1, -1, encoder.width)
            x = layer.norm_mixed(x + layer.mixed(seen))
            x = layer.norm_narrow(x + layer.narrow(F.gelu(layer.wide(x))))
        return x, self.tagger.added(x)


def quantized(network: Network, folder: Path) -> bytes:
    """The network as ONNX with 8-bit weights; the small head stays as it is.

    Weights of matrices have a scale a column and use 7 of the 8 bits: machines without VNNI add two products in 16 bits,
    which must hold them.
    """
    ids = torch.randint(4, 1000, (1, 40))
    whole, small = folder / "whole.onnx", folder / "small.onnx"
    torch.onnx.export(
        network,
        (ids,),
        whole,
        input_names=["ids"],
        output_names=["vectors", "scores"],
        dynamic_axes={name: {1: "length"} for name in ("ids", "vectors", "scores")},
        opset_version=17,
        dynamo=False,
    )
    head = [n.name for n in onnx.load(whole).graph.node if n.op_type == "MatMul"][-1]
    quantize_dynamic(
        whole,
        small,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul", "Gather"],
        nodes_to_exclude=[head],
    )
    sessions = (onnxruntime.InferenceSession(str(path)) for path in (whole, small))
    exact, rounded = (session.run(["scores"], {"ids": ids.numpy()})[0] for session in sessions)
    with torch.no_grad():
        assert np.abs(network(ids)[1].numpy() - exact).max() < 1e-3, "ONNX computes something else"
    print(f"rounding changes scores by {np.abs(exact - rounded).mean():.3f} (their spread is {exact.std():.3f})")
    return small.read_bytes()


def checksum(data: bytes) -> int:
    """As `container::checksum` has it."""
    whole = (1 << 64) - 1
    state = len(data)
    for (word,) in struct.iter_unpack("<Q", data + bytes(-len(data) % 8)):
        state = ((state << 23 | state >> 41) & whole ^ word) * 0x9E3779B97F4A7C15 & whole
    return state


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--encoder", type=Path, required=True)
    arguments.add_argument("--model", type=Path, required=True)
    arguments.add_argument("--output", type=Path, required=True)
    arguments.add_argument(
        "--alone", type=float, default=0.0, help="share of the head that tags without the linear tagger"
    )
    options = arguments.parse_args()
    saved = torch.load(options.model, weights_only=True)
    tagger = Tagger(options.encoder, saved["layers"], saved["tags"])
    tagger.load_state_dict(saved["model"])
    tagger.eval()
    # Both heads are linear, so a mean of their scores is one head.
    for mine, other in zip(tagger.added.parameters(), tagger.alone.parameters(), strict=True):
        mine.data.lerp_(other.data, options.alone)
    pieces = Pieces(options.encoder)
    marks = f"{pieces.begin}\t{pieces.end}\t{pieces.unknown}\n"
    table = marks + "".join(f"{text}\t{np.float32(score)}\n" for text, score in pieces.table)
    odd = "".join(f"{code:x}\t{text}\n" for code, text in pieces.normalize.items())
    with tempfile.TemporaryDirectory() as folder:
        parts = [quantized(Network(tagger), Path(folder)), table.encode(), odd.encode()]
    content = MAGIC + struct.pack("<3I", *map(len, parts)) + b"".join(parts)
    options.output.write_bytes(content + struct.pack("<Q", checksum(content)))
    print(f"{options.output}: {options.output.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
