#!/usr/bin/env bash
# Sets up a virtual environment and runs every test and check of the project; stops at the first that fails.
#   bash tests/run.sh
# Needs Python 3.11+, a Rust toolchain with rustfmt and clippy, and a registry for the dependencies. The environment goes to
# $KHABAR_VENV (default .venv). Tests that need annotated corpora beside the checkout (../shared) skip, by name, where there are none.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=${KHABAR_VENV:-.venv}
step() { printf '\n== %s\n' "$*"; }

step "environment"
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --requirement tests/requirements.txt

step "format and lints"
cargo fmt --all --check
cargo clippy --quiet --all-targets --features train -- -D warnings
PYO3_PYTHON="$PWD/$venv/bin/python" cargo clippy --quiet --lib --features python -- -D warnings
"$venv/bin/ruff" check --quiet .
"$venv/bin/ruff" format --quiet --check .

step "cargo test, doctests included"
cargo test --quiet --features train
step "rustdoc"
RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps --features train

step "the package"
wheels=$(mktemp -d)
trap 'rm -rf "$wheels"' EXIT
"$venv/bin/maturin" build --quiet --interpreter "$venv/bin/python" --out "$wheels"
"$venv/bin/pip" install --quiet --disable-pip-version-check --force-reinstall --no-deps "$wheels"/*.whl
ls -l "$wheels"

step "types and stubs"
"$venv/bin/mypy" --strict python/khabar
"$venv/bin/python" -m mypy.stubtest khabar._core

step "pytest, docstring examples included"
"$venv/bin/python" -m pytest -q tests/python
"$venv/bin/python" -m pytest -q --doctest-modules --pyargs khabar
