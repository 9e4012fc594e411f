"""``khabar tagger``: training and measuring taggers of the user's own."""

from __future__ import annotations

import sys

import click

from khabar.errors import KhabarError
from khabar.tagger import Score, Tagger


@click.group()
def tagger() -> None:
    """Train a tagger on annotated columns, and measure it as seqeval does.

    A line of a file holds a token, perhaps more columns, and last its label (O, B-TYPE, I-TYPE), parted by tabs or spaces; a
    blank line ends a sentence.
    """


def _report(scores: dict[str, Score]) -> None:
    width = max(map(len, scores))
    for name, score in scores.items():
        figures = "  ".join(
            f"{what} {100 * value:6.2f}"
            for what, value in (("P", score.precision), ("R", score.recall), ("F1", score.f1))
        )
        click.echo(f"{name:<{width}}  {figures}  of {score.gold}")


_file = click.Path(exists=True, dir_okay=False)


@tagger.command()
@click.option("--train", "train_file", type=_file, required=True, help="Annotated columns to learn from.")
@click.option("--dev", type=_file, help="Annotated columns to be measured on afterwards; nothing is learned from them.")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, writable=True), required=True, help="The tagger's file."
)
@click.option("--encoder", is_flag=True, help="Add the encoder's vectors: better, slower.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Of the order of sentences.")
@click.option("--epochs", type=click.IntRange(min=1), help="Passes over the sentences. [default: 6]")
@click.option("--threads", type=click.IntRange(min=1), help="Threads to use. [default: one a core]")
def train(
    train_file: str, dev: str | None, output: str, encoder: bool, seed: int, epochs: int | None, threads: int | None
) -> None:
    """Train a tagger."""
    try:
        trained = Tagger.train(train_file, encoder=encoder, seed=seed, epochs=epochs, threads=threads)
        trained.save(output)
        if dev is not None:
            _report(trained.evaluate(dev))
    except KhabarError as error:
        raise click.ClickException(str(error)) from error


@tagger.command()
@click.argument("model", type=_file)
@click.argument("file", type=_file)
def evaluate(model: str, file: str) -> None:
    """Measure a tagger on annotated columns: precision, recall and F1 in per cent, a line a type, then "micro" over all types."""
    try:
        _report(Tagger.load(model).evaluate(file))
    except KhabarError as error:
        raise click.ClickException(str(error)) from error


@tagger.command()
@click.argument("model", type=_file)
@click.argument("file", type=_file)
def predict(model: str, file: str) -> None:
    """Write tokens (the first column of FILE) with their labels on standard output, parted by tabs."""
    try:
        for sentence in Tagger.load(model).predict(file):
            sys.stdout.writelines(f"{token}\t{label}\n" for token, label in sentence)
            sys.stdout.write("\n")
        sys.stdout.flush()
    except KhabarError as error:
        raise click.ClickException(str(error)) from error
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
