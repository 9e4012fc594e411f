"""The stages, alone and together, as functions and as methods of a configuration."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sized
from contextlib import AbstractContextManager, nullcontext
from datetime import date as Date
from functools import cache
from os import PathLike
from typing import Any, Literal, TypeAlias, overload

from khabar import _core, _lexicon
from khabar._lexicon import LexiconLike
from khabar.errors import ArgumentError
from khabar.tagger import Tagger
from khabar.types import Document, Event, Failure, Mention, Number, Quote, Relation, Sentence, TimeExpression, Token

__all__ = [
    "Analyzer",
    "analyze",
    "analyze_many",
    "find_events",
    "find_mentions",
    "find_quotes",
    "find_relations",
    "model_versions",
    "parse_numbers",
    "parse_times",
    "sentences",
    "to_conllu",
    "tokenize",
]

Scheme: TypeAlias = Literal["pud", "atb", "d3", "none"]
"""What counts as a part of a word; see ``tokenize``."""

DateLike: TypeAlias = str | Date | None
"""``"2025-09-05"``, ``"2025-09"``, ``"2025"``, a ``datetime.date`` or ``datetime.datetime``."""

Input: TypeAlias = str | tuple[str, Mapping[str, Any] | None] | Mapping[str, Any]
"""A text; a text with its context (``id``, ``date``, ``source``); or a dict with ``text`` and these."""

Progress: TypeAlias = bool | Callable[[int], object]
OnError: TypeAlias = Literal["raise", "skip", "record"]

_Row: TypeAlias = tuple[Any, Any, Any, Any] | Exception

# A chunk is what is under way at once: enough work for the threads, little enough to hold in memory.
_CHUNK_CHARACTERS = 200_000
_CHUNK_TEXTS = 2_000


class Analyzer:
    """A configuration of the stages, with the methods that the module has as functions.

    ``model`` is ``"accurate"``, the default, or ``"fast"``: linear models alone, ten times faster, without the encoder that corrects
    the mentions of the accurate one.

    ``lexicon`` holds names of your own: the path of a TSV file whose first line names its columns, an iterable of dicts or
    of tuples, or a data frame (pandas, polars, pyarrow: anything with ``__arrow_c_stream__``). The columns, which are the keys of
    dicts and the order of tuples:

    - ``form``: the name as texts have it, without clitics. It matches on folded spelling (hamza, final letters, vowel signs), behind clitics,
      on whole words, the longest first; with or without article where it is a post or an adherence (OCC, NORP);
    - ``type``: one of the 19 types of mentions;
    - ``priority``: ``"override"`` (the default: what the model says against it is dropped), ``"fill"`` (a mention only where there is no other) or
      ``"hint"`` (the model sees it as it sees its own lists, and decides);
    - ``name``: the usual name of the thing, which becomes its entity's; all forms of one type and name are one entity;
    - ``latin``: the same in Latin letters.

    Mentions that only the lexicon knows have no confidence. One mention stands inside another where the guidelines allow it (a place in a
    body's name); a name inside a longer one of the same type is a part of that. Of two entries with one form the first counts. An
    analyzer with a lexicon can be pickled, and takes the entries along.

    ``tagger`` is a ``Tagger`` of your own, or the path of its file: its entities are the mentions, in place of the model's. Times
    and numbers are found as before where no entity of the tagger stands; entities, relations, events and quotations are found with what
    mentions there are. As all mentions, those of the tagger leave clitics out (وتونس gives تونس).
    Types of the tagger that are mention types (also written PER, PERSON, LOCATION, ORGANIZATION, FACILITY) are taken as such;
    ``labels`` tells what the others are, or None for those to be left out: ``labels={"LOC": "GPE", "MISC": None}``.

    Raises ``ArgumentError`` for a model that there is not, or a type of the tagger that neither tells of; ``RuleError`` for an entry of the
    lexicon that is none, by line or row and column; ``ModelError`` for a damaged tagger; ``IoError`` for a file that cannot be read.

    >>> analyzer = Analyzer(model="fast", lexicon=[("شركة نسيم", "ORG"), {"form": "نسمكو", "type": "ORG", "name": "شركة نسيم"}])
    >>> [(m.text, m.type.value) for m in analyzer.find_mentions("قالت نسمكو إن لشركة نسيم فروعا.")]
    [('نسمكو', 'ORG'), ('شركة نسيم', 'ORG')]
    """

    __slots__ = ("_core", "_labels", "_lexicon", "_model", "_tagger")

    def __init__(
        self,
        model: str = "accurate",
        *,
        lexicon: LexiconLike | None = None,
        tagger: Tagger | str | PathLike[str] | None = None,
        labels: Mapping[str, str | None] | None = None,
    ) -> None:
        if not isinstance(model, str):
            raise TypeError(f"model is a str, not {type(model).__name__}")
        if labels is not None and tagger is None:
            raise ArgumentError("labels tell of the types of a tagger, and there is none")
        if tagger is not None and not isinstance(tagger, Tagger):
            tagger = Tagger.load(tagger)
        given = (
            None if labels is None else [(name, None if kind is None else str(kind)) for name, kind in labels.items()]
        )
        self._lexicon = None if lexicon is None else _lexicon.read(lexicon)
        self._core = _core.Analyzer(model, self._lexicon, None if tagger is None else tagger._core, given)
        self._model = model
        self._tagger = tagger
        self._labels = labels

    @property
    def model(self) -> str:
        """The name of the model that scores."""
        return self._model

    def __repr__(self) -> str:
        lexicon = "" if self._lexicon is None else f", lexicon=<{len(self._lexicon)} entries>"
        tagger = "" if self._tagger is None else f", tagger={self._tagger!r}"
        return f"Analyzer(model={self._model!r}{lexicon}{tagger})"

    def __reduce__(self) -> tuple[Callable[..., Analyzer], tuple[Any, ...]]:
        entries = None if self._lexicon is None else self._lexicon.rows()
        return _restored, (self._model, entries, self._tagger, self._labels)

    def analyze(
        self, text: str, *, date: DateLike = None, id: str | None = None, source: str | None = None
    ) -> Document:
        """See ``khabar.analyze``."""
        return self._core.analyze(text, date, id, source)

    @overload
    def analyze_many(
        self,
        texts: Iterable[Input],
        *,
        threads: int | None = None,
        progress: Progress = False,
        on_error: Literal["raise", "skip"] = "raise",
    ) -> Iterator[Document]: ...
    @overload
    def analyze_many(
        self,
        texts: Iterable[Input],
        *,
        threads: int | None = None,
        progress: Progress = False,
        on_error: OnError,
    ) -> Iterator[Document | Failure]: ...
    def analyze_many(
        self,
        texts: Iterable[Input],
        *,
        threads: int | None = None,
        progress: Progress = False,
        on_error: OnError = "raise",
    ) -> Iterator[Document | Failure]:
        """See ``khabar.analyze_many``."""
        if isinstance(texts, str | bytes | Mapping):
            raise TypeError(f"texts is an iterable of texts, not one {type(texts).__name__}")
        if on_error not in ("raise", "skip", "record"):
            raise ArgumentError(f'on_error is "raise", "skip" or "record", not {on_error!r}')
        if threads is not None and (isinstance(threads, bool) or not isinstance(threads, int)):
            raise TypeError(f"threads is an int, not {type(threads).__name__}")
        if not isinstance(progress, bool) and not callable(progress):
            raise TypeError(f"progress is a bool or a function, not {type(progress).__name__}")
        _core.check_threads(threads)
        return self._stream(iter(texts), threads, _reporter(progress, texts), on_error)

    def _stream(
        self,
        texts: Iterator[Input],
        threads: int | None,
        reporter: AbstractContextManager[Callable[[int], object] | None],
        on_error: OnError,
    ) -> Generator[Document | Failure, None, None]:
        # Two chunks are under way: while the results of one are handed out the threads work on the next.
        under_way: deque[tuple[list[_Row], _core.Job]] = deque()
        chunks = _chunks(texts)
        broken: Exception | None = None
        index = 0
        with reporter as report:
            while True:
                while broken is None and len(under_way) < 2:
                    try:
                        rows = next(chunks, None)
                    except Exception as error:
                        # What the source gave before it broke is handed out first.
                        broken = error
                        break
                    if rows is None:
                        break
                    under_way.append((rows, _core.start(self._core, rows, threads)))
                if not under_way:
                    break
                rows, job = under_way.popleft()
                for row, result in zip(rows, job.result(), strict=True):
                    if isinstance(result, Document):
                        yield result
                    elif on_error == "raise":
                        result.add_note(f"text number {index} of the input")
                        raise result
                    elif on_error == "record":
                        yield Failure(index, _id(row), result)
                    index += 1
                if report is not None:
                    report(index)
        if broken is not None:
            raise broken

    def find_mentions(self, text: str, *, date: DateLike = None) -> list[Mention]:
        """See ``khabar.find_mentions``."""
        return self._core.find_mentions(text, date)

    def find_relations(self, text: str) -> list[Relation]:
        """See ``khabar.find_relations``."""
        return self._core.find_relations(text)

    def find_events(self, text: str, *, date: DateLike = None) -> list[Event]:
        """See ``khabar.find_events``."""
        return self._core.find_events(text, date)

    def find_quotes(self, text: str) -> list[Quote]:
        """See ``khabar.find_quotes``."""
        return self._core.find_quotes(text)

    def parse_times(self, text: str, date: DateLike = None) -> list[TimeExpression]:
        """See ``khabar.parse_times``."""
        return _core.parse_times(text, date)

    def parse_numbers(self, text: str) -> list[Number]:
        """See ``khabar.parse_numbers``."""
        return _core.parse_numbers(text)

    def tokenize(self, text: str, scheme: Scheme = "pud", *, pos: bool = True, lemma: bool = True) -> list[Token]:
        """See ``khabar.tokenize``."""
        return _core.tokenize(text, scheme, pos, lemma)

    def sentences(self, text: str) -> list[Sentence]:
        """See ``khabar.sentences``."""
        return _core.sentences(text)

    # A configuration does not change these.
    normalize = staticmethod(_core.normalize)
    normalize_aligned = staticmethod(_core.normalize_aligned)
    normalize_many = staticmethod(_core.normalize_many)
    strip_tashkeel = staticmethod(_core.strip_tashkeel)
    strip_tatweel = staticmethod(_core.strip_tatweel)
    to_latin = staticmethod(_core.to_latin)
    to_arabic = staticmethod(_core.to_arabic)


def _restored(
    model: str,
    entries: list[tuple[str | None, ...]] | None,
    tagger: Tagger | None,
    labels: Mapping[str, str | None] | None,
) -> Analyzer:
    """A pickled analyzer."""
    return Analyzer(model, lexicon=entries, tagger=tagger, labels=labels)


@cache
def _with(model: str) -> Analyzer:
    return Analyzer(model)


def shared(model: str | None = None) -> Analyzer:
    """The configuration that the functions of the module use for a model; the default one where none is named."""
    if model is None:
        return _with("accurate")
    if not isinstance(model, str):
        raise TypeError(f"model is a str, not {type(model).__name__}")
    return _with(model)


def _id(row: _Row) -> str | None:
    return row[2] if isinstance(row, tuple) and isinstance(row[2], str) else None


def _row(item: Input) -> _Row:
    """One input as (text, date, id, source), or why it is none."""
    if isinstance(item, Mapping):
        if "text" not in item:
            return ArgumentError(f'a dict without "text": its keys are {", ".join(map(repr, item))}')
        return item["text"], item.get("date"), item.get("id"), item.get("source")
    if isinstance(item, tuple):
        if len(item) != 2 or not (item[1] is None or isinstance(item[1], Mapping)):
            return TypeError("a tuple is (text, context), the context a dict with id, date, source")
        context = item[1] or {}
        return item[0], context.get("date"), context.get("id"), context.get("source")
    return item, None, None, None


def _chunks(texts: Iterator[Input]) -> Iterator[list[_Row]]:
    """Rows in chunks that grow from small ones, so that the first results come soon."""
    limit = 4
    rows: list[_Row] = []
    characters = 0
    try:
        for item in texts:
            row = _row(item)
            rows.append(row)
            if isinstance(row, tuple) and isinstance(row[0], str):
                characters += len(row[0])
            if len(rows) >= limit or characters >= _CHUNK_CHARACTERS:
                yield rows
                rows, characters, limit = [], 0, min(2 * limit, _CHUNK_TEXTS)
    except Exception:
        if rows:
            yield rows
        raise
    if rows:
        yield rows


def _reporter(progress: Progress, texts: Iterable[Input]) -> AbstractContextManager[Callable[[int], object] | None]:
    """What is called with the number of texts done so far, within the context that it needs."""
    if not isinstance(progress, bool):
        return nullcontext(progress)
    if not progress:
        return nullcontext()
    from khabar._progress import bar

    return bar(len(texts) if isinstance(texts, Sized) else None)


def model_versions() -> dict[str, str]:
    """The models of this installation, each with a version that changes with its weights.

    >>> sorted(model_versions())
    ['accurate', 'fast']
    """
    return _core.model_versions()


def analyze(
    text: str,
    *,
    date: DateLike = None,
    id: str | None = None,
    source: str | None = None,
    model: str | None = None,
) -> Document:
    """Analyses one text: mentions, entities, relations, events, quotations, numbers, times.

    ``date`` is when the text was written (to the day, month or year): expressions such as أمس are resolved against it.
    ``id`` and ``source`` (the medium) are kept in the document. ``model`` is ``"accurate"``, the default, or ``"fast"``, of
    ten times the speed.

    Raises ``TextError`` for a text with lone surrogates, ``ArgumentError`` for a date or model that is none.

    >>> document = analyze("وصل الوزير إلى القاهرة.", date="2025-09", id="a")
    >>> document.id, document.date, document.sentences[0].zone
    ('a', '2025-09', <Zone.BODY: 'body'>)
    """
    return shared(model).analyze(text, date=date, id=id, source=source)


@overload
def analyze_many(
    texts: Iterable[Input],
    *,
    threads: int | None = None,
    progress: Progress = False,
    on_error: Literal["raise", "skip"] = "raise",
    model: str | None = None,
) -> Iterator[Document]: ...
@overload
def analyze_many(
    texts: Iterable[Input],
    *,
    threads: int | None = None,
    progress: Progress = False,
    on_error: OnError,
    model: str | None = None,
) -> Iterator[Document | Failure]: ...
def analyze_many(
    texts: Iterable[Input],
    *,
    threads: int | None = None,
    progress: Progress = False,
    on_error: OnError = "raise",
    model: str | None = None,
) -> Iterator[Document | Failure]:
    """Analyses many texts on several threads; gives the documents one by one, in the order of the texts.

    ``texts`` is any iterable, also an endless one: of texts, of ``(text, context)`` pairs, or of dicts with ``text``; context and dict
    may have ``id``, ``date`` and ``source``. A few chunks of it are in memory at once.
    ``threads`` is the number of threads, by default as many as there are processors. ``progress=True`` shows a bar on
    standard error; a function is called with the number of texts done. What an error of ``texts`` itself finds done is given first.
    ``on_error`` tells what becomes of a text that cannot be analysed: ``"raise"`` its exception, ``"skip"`` it, or
    ``"record"``: give a ``Failure`` in its place.

    >>> texts = ["وصل الوزير إلى القاهرة.", None, {"id": "b", "text": "غادر الوفد الدوحة."}]
    >>> [type(result).__name__ for result in analyze_many(texts, on_error="record")]
    ['Document', 'Failure', 'Document']
    """
    return shared(model).analyze_many(texts, threads=threads, progress=progress, on_error=on_error)


def find_mentions(text: str, *, date: DateLike = None, model: str | None = None) -> list[Mention]:
    """The mentions of a text by their start, longer ones first, each with the id of its entity."""
    return shared(model).find_mentions(text, date=date)


def find_relations(text: str, *, model: str | None = None) -> list[Relation]:
    """The relations of a text. ``head`` and ``tail`` are the ids of ``analyze(text).entities``."""
    return shared(model).find_relations(text)


def find_events(text: str, *, date: DateLike = None, model: str | None = None) -> list[Event]:
    """The events of a text. Participants are the ids of ``analyze(text).entities``, ``time`` an index into its ``mentions``."""
    return shared(model).find_events(text, date=date)


def find_quotes(text: str, *, model: str | None = None) -> list[Quote]:
    """The quotations of a text. ``speaker`` and ``via`` are ids of ``analyze(text).entities``."""
    return shared(model).find_quotes(text)


def parse_times(text: str, date: DateLike = None) -> list[TimeExpression]:
    """The time expressions of a text with their TIMEX3 values, relative ones resolved against ``date``."""
    return _core.parse_times(text, date)


def parse_numbers(text: str) -> list[Number]:
    """The numbers of a text, in digits and words, with their exact values and units."""
    return _core.parse_numbers(text)


def tokenize(text: str, scheme: Scheme = "pud", *, pos: bool = True, lemma: bool = True) -> list[Token]:
    """The words, numbers and signs of a text, words with their parts, parts of speech, lemmas and grammar.

    ``scheme`` tells what counts as a part of a word:

    - ``"pud"``: conjunctions, prepositions, the س of the future, the أ of questions, and pronouns, as in Universal Dependencies Arabic-PUD;
    - ``"atb"``: all but the article, as in the Penn Arabic Treebank; the same places as ``"pud"``;
    - ``"d3"``: the article too (Habash and Sadat 2006): للحشد is ل + ل + حشد, the second with the form ال; where the article is not
      written at all (للغة) its text is empty;
    - ``"none"``: words as written.

    Treebanks differ in detail; what PUD leaves whole (مما, عما, الذي) stays whole. Parts join to the word as written.
    ``lemma=False`` leaves out lemmas and features, ``pos=False`` parts of speech: what is not asked for costs no time.

    Raises ``TextError`` for lone surrogates, ``ArgumentError`` for a scheme that there is not.

    >>> tokens = tokenize("وسيلتقي وزير الخارجية نظيره.")
    >>> [(token.text, str(token.pos), token.lemma) for token in tokens]
    [('وسيلتقي', 'VERB', 'التقى'), ('وزير', 'NOUN', 'وزير'), ('الخارجية', 'NOUN', 'خارجية'), ('نظيره', 'NOUN', 'نظير'), ('.', 'PUNCT', '.')]
    >>> tokens[0].features
    'Aspect=Imp|Gender=Masc|Number=Sing|Person=3|Voice=Act'
    >>> [(part.text, part.kind.value) for part in tokens[0].segments]
    [('و', 'proclitic'), ('س', 'proclitic'), ('يلتقي', 'stem')]
    """
    return _core.tokenize(text, scheme, pos, lemma)


def to_conllu(text: str, *, id: str | None = None, scheme: Scheme = "pud") -> str:
    """The sentences of a text as CoNLL-U (https://universaldependencies.org/format.html): words cut by a scheme, with lemmas, tags and features.

    A word in several parts is a multi-word token; ``SpaceAfter=No`` tells of words without a space between. ``# text`` is the sentence on one line,
    in the normal form C that Universal Dependencies ask for; white space other than one space stands in MISC as ``SpacesAfter``. There is no
    parser behind it: all words hang on the first one by ``dep``, the relation that stands for an unknown one, so that readers who want a tree find
    one. ``id`` names the document and begins the names of its sentences.

    Raises ``TextError`` for lone surrogates, ``ArgumentError`` for a scheme that there is not.

    >>> for line in to_conllu("وأعلن.", id="a").splitlines():
    ...     print(*line.split())
    # newdoc id = a
    # sent_id = a-1
    # text = وأعلن.
    1-2 وأعلن _ _ _ _ _ _ _ SpaceAfter=No
    1 و و CCONJ _ _ 0 root _ _
    2 أعلن أعلن VERB _ Aspect=Perf|Gender=Masc|Number=Sing|Person=3|Voice=Act 1 dep _ _
    3 . . PUNCT _ _ 1 dep _ _
    <BLANKLINE>
    """
    return _core.to_conllu(text, id, scheme)


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text, each with the part of the page that it belongs to.

    >>> [sentence.text for sentence in sentences("وصل الوفد. غادر الوزير.")]
    ['وصل الوفد.', 'غادر الوزير.']
    """
    return _core.sentences(text)
