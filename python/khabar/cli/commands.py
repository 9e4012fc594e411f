"""The commands. Exit codes: 0 all done; 1 something could not be read or analysed and was named on standard error; 2 usage."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

import click

import khabar
from khabar.analyzer import Scheme
from khabar.cli import inputs, outputs, words
from khabar.cli.tagger import tagger


def _version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        models = ", ".join(f"{name} {version}" for name, version in khabar.model_versions().items())
        click.echo(f"khabar {khabar.__version__} (models: {models})")
        context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Print versions of khabar and its models.",
)
def main() -> None:
    """Arabic news text into structured knowledge: who did what to whom, where, when, and who says so."""
    # Arabic must come out right wherever the output goes, whatever the locale says.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


main.add_command(tagger)


def _complain(where: str | None, why: str) -> None:
    click.echo(f"khabar: {where}: {why}", err=True)


def _writer(stack: ExitStack, form: str, table: str, output: str | None) -> outputs.Writer:
    if form == "csv" and output is not None and (Path(output).is_dir() or not Path(output).suffix):
        return outputs.CsvFolder(Path(output))
    out: IO[str] = sys.stdout
    if output is not None:
        out = stack.enter_context(outputs.create(output))
    return outputs.Csv(out, table) if form == "csv" else outputs.FORMATS[form](out)


@main.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "table", "html"]),
    help="What to write. [default: table on a terminal, else jsonl]",
)
@click.option(
    "--table",
    type=click.Choice(outputs.TABLES),
    default="events",
    show_default=True,
    help="Which table --format csv writes to a stream or a file; a folder as --output gets all.",
)
@click.option("--output", "-o", help="A file, or for csv a folder; standard output if not given.")
@click.option("--model", help='"accurate" or "fast", which is ten times as fast. [default: accurate]')
@click.option(
    "--lexicon",
    type=click.Path(exists=True, dir_okay=False),
    help="Names of your own: a TSV file, its first line naming the columns form, type and, if wanted, priority, name, latin.",
)
@click.option("--date", help="Date of articles that have none of their own (2025-09-07, 2025-09 or 2025).")
@click.option(
    "--text-column", default="text", show_default=True, help="Column or key of the text in CSV and JSON lines."
)
@click.option("--threads", type=click.IntRange(min=1), help="Threads to use. [default: one a core]")
@click.pass_context
def analyze(
    context: click.Context,
    paths: tuple[str, ...],
    form: str | None,
    table: str,
    output: str | None,
    model: str | None,
    lexicon: str | None,
    date: str | None,
    text_column: str,
    threads: int | None,
) -> None:
    """Entities, relations, events and quotations of articles.

    PATHS are text files, web pages (.html), JSON lines, CSV or TSV with a text column (columns id, date and source are
    used), folders of such files, or - for standard input.
    """
    if form is None:
        form = "table" if output is None and sys.stdout.isatty() else "jsonl"
    failed = 0

    def rows() -> Iterator[dict[str, Any]]:
        nonlocal failed
        for article in inputs.read(list(paths), text_column=text_column, date=date):
            if isinstance(article, inputs.Unreadable):
                failed += 1
                _complain(article.where, article.why)
            else:
                yield {"id": article.id, "text": article.text, "date": article.date, "source": article.source}

    try:
        analyzer = khabar.Analyzer(model, lexicon=lexicon) if model else khabar.Analyzer(lexicon=lexicon)
        with ExitStack() as stack:
            writer = _writer(stack, form, table, output)
            stack.callback(writer.close)
            results = analyzer.analyze_many(rows(), threads=threads, progress=sys.stderr.isatty(), on_error="record")
            for result in results:
                if isinstance(result, khabar.Failure):
                    failed += 1
                    _complain(result.id, str(result.error))
                else:
                    writer.write(result)
    except khabar.KhabarError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        if isinstance(error, BrokenPipeError):  # the reader has had enough, as in `khabar analyze … | head`
            sys.stderr.close()
            context.exit(1)
        raise click.FileError(output or "output", str(error)) from error
    context.exit(1 if failed else 0)


@main.command()
@click.argument("paths", nargs=-1)
@click.option(
    "--preset",
    type=click.Choice(["search", "display", "none"]),
    default="search",
    show_default=True,
    help="Which steps to take.",
)
def normalize(paths: tuple[str, ...], preset: str) -> None:
    """Normalized text of files or standard input, line by line, on standard output."""
    _filter(paths, lambda line: khabar.normalize(line, preset))


@main.command()
@click.argument("paths", nargs=-1)
@click.option("--segments", is_flag=True, help="Cut words at their clitics.")
@click.option("--pos", is_flag=True, help="Tell parts of speech, by the tags of Universal Dependencies.")
@click.option("--lemma", is_flag=True, help="Tell lemmas; in jsonl and csv also features.")
@click.option(
    "--scheme",
    type=click.Choice(["pud", "atb", "d3", "none"]),
    help="What counts as a part of a word (d3: the article too); means --segments. [default: pud]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", *words.FORMATS]),
    default="text",
    show_default=True,
    help="text: line by line, tokens parted by spaces, parts by +, what is told of them after a /. The others by article; "
    "conllu has parts, tags, lemmas and features always, and no syntax but a placeholder.",
)
@click.option(
    "--offsets", is_flag=True, help="With text, one token a line: start, end (code points of the line), kind, token."
)
@click.option(
    "--text-column", default="text", show_default=True, help="Column or key of the text in CSV and JSON lines."
)
@click.pass_context
def tokenize(
    context: click.Context,
    paths: tuple[str, ...],
    segments: bool,
    pos: bool,
    lemma: bool,
    scheme: Scheme | None,
    form: str,
    offsets: bool,
    text_column: str,
) -> None:
    """Words of texts, on standard output, with their parts, parts of speech and lemmas where these are asked for.

    PATHS are text files, or with another format than text all that khabar analyze reads; standard input if none is given.
    """
    wanted = words.Wanted(segments or scheme is not None, pos, lemma, scheme or "pud")
    if form == "text":

        def cut(line: str) -> str:
            tokens = wanted.tokens(line)
            if offsets:
                return "".join(f"{t.start}\t{t.end}\t{t.kind}\t{wanted.inline(t)}\n" for t in tokens)
            return " ".join(map(wanted.inline, tokens))

        _filter(paths, cut)
        return
    if offsets:
        raise click.UsageError("--offsets goes with --format text; the other formats always have them")
    failed = False
    try:
        writer = words.FORMATS[form](sys.stdout, wanted)
        for article in inputs.read(list(paths or (inputs.STDIN,)), text_column=text_column, date=None):
            if isinstance(article, inputs.Unreadable):
                failed = True
                _complain(article.where, article.why)
                continue
            try:
                writer.write(article)
            except khabar.TextError as error:
                failed = True
                _complain(article.id, str(error))
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
        context.exit(1)
    context.exit(1 if failed else 0)


def _filter(paths: tuple[str, ...], change: Callable[[str], str]) -> None:
    """Writes every line of the inputs, changed, without its old line end; a bad file is named, the rest goes on, and the exit code is 1."""
    failed = False
    for path in paths or (inputs.STDIN,):
        try:
            with inputs.open_text(path) as lines:
                for line in lines:
                    text = line.rstrip("\r\n")
                    sys.stdout.write(change(text) + "\n")
        except UnicodeDecodeError as error:
            failed = True
            _complain(path, f"not UTF-8 (byte {error.start})")
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                sys.stderr.close()
                sys.exit(1)
            failed = True
            _complain(path, error.strerror or str(error))
    sys.exit(1 if failed else 0)
