"""Raw text as the numbers of its pieces, for pretraining:  pack.py --encoder FOLDER --words WORDS --output FILE.xz

WORDS is what `khabar-train texts` wrote. The file holds 16-bit numbers, little-endian: pieces, the first of each word marked by the
highest bit, an end mark after each document. Packed by xz, for it travels to where the network is trained.
"""

import argparse
import lzma
from pathlib import Path

import numpy as np
from encoder import WORD_START, Pieces

FIRST = 1 << 15


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--encoder", type=Path, required=True)
    arguments.add_argument("--words", type=Path, required=True)
    arguments.add_argument("--output", type=Path, required=True)
    arguments.add_argument("--preset", type=int, default=6)
    options = arguments.parse_args()
    pieces = Pieces(options.encoder)
    assert len(pieces.table) < FIRST
    known, words = {}, 0
    end = np.array([pieces.end | FIRST], "<u2").tobytes()
    with (
        open(options.words, encoding="utf-8") as lines,
        lzma.open(options.output, "wb", preset=options.preset) as output,
    ):
        size, ended = 0, True
        for line in lines:
            now = line.split()
            if not now:
                if not ended:
                    output.write(end)
                ended = True
                continue
            ended = False
            for word in now:
                packed = known.get(word)
                if packed is None:
                    parts = np.array(pieces.split(word.removeprefix(WORD_START), word.startswith(WORD_START)), "<u2")
                    parts[0] |= FIRST
                    packed = known[word] = parts.tobytes()
                output.write(packed)
                size += len(packed) // 2
            words += len(now)
    print(f"{words} words, {size} pieces, {size / words:.3f} a word, {options.output.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
