"""Adds whole words to the encoder's pieces:  vocabulary.py --encoder FOLDER --words WORDS --output FOLDER

The words that news splits most often (WORDS is what `khabar-train texts` wrote) become pieces of their own: fewer pieces a word to
compute, and a vector for each instead of a sum of scraps. A new piece's vector begins as the mean of those it was split into; its
score is the logarithm of its share, as the scores of the others are.
"""

import argparse
import json
import math
from collections import Counter
from pathlib import Path

import numpy as np
from encoder import WORD_START, Pieces


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--encoder", type=Path, required=True)
    arguments.add_argument("--words", type=Path, required=True)
    arguments.add_argument("--output", type=Path, required=True)
    arguments.add_argument("--more", type=int, default=6000, help="how many words become pieces")
    options = arguments.parse_args()

    counts = Counter()
    with open(options.words, encoding="utf-8") as lines:
        for line in lines:
            counts.update(line.split())
    pieces = Pieces(options.encoder)
    total, before, gains = sum(counts.values()), 0, []
    for word, count in counts.items():
        bare = word.removeprefix(WORD_START)
        parts = pieces.split(bare, bare != word)
        before += count * len(parts)
        # A word that holds letters unknown to the pieces, or that is changed before it is split, stays as it is.
        plain = bare.translate(pieces.normalize) == bare and pieces.unknown not in parts
        if len(parts) > 1 and plain:
            gains.append((count * (len(parts) - 1), word, parts))
    gains.sort(key=lambda gain: (-gain[0], gain[1]))
    added = gains[: options.more]

    arrays = dict(np.load(options.encoder / "encoder.npz"))
    vectors = [arrays["word"][parts].mean(0) for _, _, parts in added]
    arrays["word"] = np.concatenate([arrays["word"], np.stack(vectors).astype(np.float32)])
    about = json.loads((options.encoder / "tokenizer.json").read_text(encoding="utf-8"))
    about["pieces"] += [[word, math.log(counts[word] / total)] for _, word, _ in added]
    options.output.mkdir(parents=True, exist_ok=True)
    np.savez(options.output / "encoder.npz", **arrays)
    (options.output / "tokenizer.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    after = before - sum(gain for gain, _, _ in added)
    print(f"{len(about['pieces'])} pieces; {before / total:.3f} a segment before, at most {after / total:.3f} now")


if __name__ == "__main__":
    main()
