"""Compares the pieces that the Rust code gives with the reference's:  check_pieces.py --encoder FOLDER < PIECES

xz -dc ../shared/corpora/raw/*.xz | head -c 60000000 | khabar-train pieces encoder=encoder.bin | python training/check_pieces.py --encoder FOLDER
"""

import argparse
import json
import sys
from pathlib import Path

from encoder import Pieces

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("--encoder", type=Path, required=True)
pieces = Pieces(arguments.parse_args().encoder)
words = different = 0
for line in sys.stdin:
    word, begins, mine = json.loads(line)
    words += 1
    expected = pieces.split(word, begins)
    if mine != expected:
        different += 1
        if different <= 20:
            print(f"{word!r} begins={begins}: {mine}, reference {expected}")
print(f"{words} distinct words, {different} split otherwise")
sys.exit(different > 0)
