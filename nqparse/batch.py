"""Parsing many files: finding them, reading each on its own, and putting the results where they belong.

One file that fails never stops the others. An output file appears only when all of it is written.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Literal, Protocol, TypeVar

from nqparse import ruleset
from nqparse.document import Document
from nqparse.errors import Bug, InputError, InvalidRulesError, Language, NqparseError, UsageError
from nqparse.files import unwritable, whole_file
from nqparse.pipeline import Parser
from nqparse.ruleset import RuleSet
from nqparse.source import read
from nqparse.source.ocr.options import AUTO, OcrChoice, OcrOptions, Progress
from nqparse.splitting import parse_parts
from nqparse.talk import rendered, write_out

Format = Literal["json", "jsonl", "tree", "html"]
_Item = TypeVar("_Item")
_Made = TypeVar("_Made")

STDIN = "-"
SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".mht", ".mhtml", ".pdf", ".docx", ".doc",
            ".odt", ".rtf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")  # fmt: skip
_ENDINGS: dict[Format, str] = {"json": ".json", "jsonl": ".jsonl", "tree": ".txt", "html": ".html"}


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read. `name` is its path below the folder that all inputs share; None is stdin."""

    path: Path | None
    name: str | None

    @property
    def shown(self) -> str:
        """What messages call it."""
        return str(self.path) if self.path else "<stdin>"


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are read and shown; it travels to other processes."""

    format: Format = "json"
    indent: int | None = 2
    rules: Path | None = None
    language: Language = "both"
    color: bool = False
    width: int = 100
    encoding: str | None = None
    ocr: OcrChoice = "auto"
    split: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an input: the output for it, or the error. `faulty`: it has a diagnostic of severity E.

    `more` are the outputs of the further documents of an input that was split.
    """

    input: Input
    output: str = ""
    error: NqparseError | None = None
    faulty: bool = False
    more: tuple[str, ...] = ()


# -- inputs -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files that the arguments stand for.

    Attributes:
        files: each once, in the order of the arguments; those of a folder by name.
        many: the arguments may stand for more than one file, whatever their number turned out to be.
        skipped: the endings of the files in folders that were left out, with their number.
    """

    files: list[Input]
    many: bool
    skipped: dict[str, int]


def find_inputs(arguments: Sequence[str]) -> Inputs:
    """Finds the files: a path stands for itself, a folder for all text files below it, `-` for stdin.

    Raises:
        InputError: if a path does not exist, or a folder holds no text file.
    """
    skipped: dict[str, int] = {}
    found = {source.path: source for source in each_input(arguments, skipped)}
    many = len(arguments) > 1 or any(argument != STDIN and Path(argument).is_dir() for argument in arguments)
    return Inputs(list(found.values()), many, skipped)


def each_input(arguments: Sequence[str], skipped: dict[str, int]) -> Iterator[Input]:
    """Yields the files of `find_inputs` without holding them; a file that is meant twice comes twice.

    Args:
        arguments: files, folders, `-`.
        skipped: is given the endings of the files in folders that were left out, with their number.

    Raises:
        InputError: if a folder holds no text file.
    """
    root = _shared_folder([Path(argument) for argument in arguments if argument != STDIN])
    for argument in arguments:
        path = Path(argument)
        if argument == STDIN:
            yield Input(None, None)
        elif path.is_dir():
            empty = True
            for file in _text_files(path, skipped):
                empty = False
                yield Input(file, _name(file, root))
            if empty:
                kinds = ", ".join(SUFFIXES)
                raise InputError(
                    f"{path}: no text files in this folder ({kinds})",
                    f"{path}: thư mục không có tệp văn bản ({kinds})",
                )
        else:
            yield Input(path, _name(path, root))


def _shared_folder(paths: list[Path]) -> Path:
    folders = [os.path.abspath(path if path.is_dir() else path.parent) for path in paths]
    try:
        return Path(os.path.commonpath(folders)) if folders else Path()
    except ValueError:  # on different drives
        return Path()


def _name(path: Path, root: Path) -> str:
    try:
        return Path(os.path.abspath(path)).relative_to(root).as_posix()
    except ValueError:
        return path.name


def _text_files(folder: Path, skipped: dict[str, int]) -> Iterator[Path]:
    """Yields the files below a folder by name; of each folder above them, the names are held."""
    levels = [_sorted_entries(folder)]
    while levels:
        entry = next(levels[-1], None)
        if entry is None:
            levels.pop()
        elif entry.name.startswith("."):
            continue
        elif entry.is_dir(follow_symlinks=False):
            levels.append(_sorted_entries(entry.path))
        elif entry.is_file():
            path = Path(entry.path)
            if path.suffix.lower() in SUFFIXES:
                yield path
            else:
                skipped[path.suffix.lower()] = skipped.get(path.suffix.lower(), 0) + 1


def _sorted_entries(folder: str | Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return iter(sorted(entries, key=lambda entry: entry.name))
    except OSError:  # nobody may look into it
        return iter(())


# -- parsing ------------------------------------------------------------------------------------------


def load_rules(folder: Path | None) -> RuleSet:
    """Returns the built-in rules, with those of `folder` added.

    Raises:
        InvalidRulesError: if a rule file breaks the schema.
    """
    try:
        return ruleset.load(folder) if folder else ruleset.load()
    except ruleset.RulesError as error:
        raise InvalidRulesError(str(error), f"tệp quy tắc không hợp lệ: {error}") from None


@lru_cache(maxsize=2)
def parser(folder: Path | None) -> Parser:
    """Returns the parser of the built-in rules and those of `folder`; it is made once.

    Raises:
        InvalidRulesError: if a rule file breaks the schema.
    """
    rules = load_rules(folder)
    return Parser.of(rules if folder else None)


def parse_input(source: Input, rules: Path | None, *, encoding: str | None = None, ocr: OcrOptions = AUTO) -> Document:
    """Reads and parses one input.

    Raises:
        InputError: if it cannot be read.
        InvalidRulesError: if the rules cannot be used.
    """
    found = read(source.path or sys.stdin, name=source.name, encoding=encoding, ocr=ocr)
    return parser(rules).parse_source(found)


def convert(source: Input, options: Options, *, progress: Progress | None = None) -> Outcome:
    """Parses one input and makes its output; every error becomes part of the outcome."""
    try:
        documents = _documents(source, options, OcrOptions(options.ocr, progress))
        faulty = any(diagnostic.severity == "E" for document in documents for diagnostic in document.diagnostics)
        first, *more = [show(document, options) for document in documents]
        return Outcome(source, first, faulty=faulty, more=tuple(more))
    except NqparseError as error:
        return Outcome(source, error=error)
    except Exception as error:  # a bug in one document must not stop the others
        return Outcome(source, error=Bug.of(error, traceback.format_exc(), where=source.shown))


def _documents(source: Input, options: Options, ocr: OcrOptions) -> list[Document]:
    if not options.split:
        return [parse_input(source, options.rules, encoding=options.encoding, ocr=ocr)]
    found = read(source.path or sys.stdin, name=source.name, encoding=options.encoding, ocr=ocr)
    return parse_parts(found, parser(options.rules))


def show(document: Document, options: Options) -> str:
    """Returns a document in the output format, ending with a line break."""
    if options.format == "html":
        from nqparse.export.html import render_page  # noqa: PLC0415  (only loaded where it is asked for)

        return render_page(document, options.language)
    if options.format == "tree":
        from nqparse.export.tree import render  # noqa: PLC0415  (loads rich)

        return rendered(render(document, options.language), color=options.color, width=options.width)
    return document.to_json(indent=options.indent if options.format == "json" else None) + "\n"


def convert_all(
    inputs: Sequence[Input], options: Options, jobs: int, *, progress: Progress | None = None
) -> Iterator[Outcome]:
    """Yields the outcome of every input, in order, made by `jobs` processes.

    Args:
        inputs: the inputs.
        options: how they are read and shown.
        jobs: how many processes may be used.
        progress: is told how OCR goes on, where it is done in this process.
    """
    # Other processes have no stdin of ours.
    if jobs <= 1 or len(inputs) <= 1 or any(source.path is None for source in inputs):
        for source in inputs:
            yield convert(source, options, progress=progress)
        return
    yield from in_processes(partial(convert, options=options), inputs, jobs)


def in_processes(
    function: Callable[[_Item], _Made], items: Sequence[_Item], jobs: int
) -> Generator[_Made, None, None]:
    """Yields what a function makes of each item, in order, made by `jobs` processes; one works in this process."""
    if jobs <= 1 or len(items) <= 1:
        yield from map(function, items)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  (slow to load, rarely needed)

    chunk = max(1, min(16, len(items) // (4 * jobs)))
    pool = ProcessPoolExecutor(min(jobs, len(items)))
    try:
        yield from pool.map(function, items, chunksize=chunk)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


# -- outputs ------------------------------------------------------------------------------------------


class Sink(Protocol):
    """Where outputs go."""

    def put(self, outcome: Outcome) -> None:
        """Takes the output of one input."""


@contextmanager
def open_sink(target: str | None, inputs: Inputs, output: Format, *, split: bool = False) -> Iterator[Sink]:
    """Opens the place for the outputs: stdout, one file, or a folder with one file per document.

    `split` tells that an input may give several documents.

    Raises:
        UsageError: if pages of several inputs would have to go into one file, or an input be overwritten.
        OutputError: if the place cannot be written.
    """
    if target is not None and (target.endswith(("/", os.sep)) or Path(target).is_dir()):
        yield _Folder(Path(target), inputs, output)
        return
    many = inputs.many or split
    if many and output == "html":
        raise UsageError(
            "a page holds one document; several need a folder to go to",
            "mỗi trang chỉ chứa một văn bản; nhiều văn bản cần một thư mục",
            hint_en="Name a folder with -o, ending in a slash: -o pages/",
            hint_vi="Chỉ định thư mục bằng -o, kết thúc bằng dấu gạch chéo: -o pages/",
        )
    if target is None or target == STDIN:
        sink = _Stream(None, many and output == "json")
        yield sink
        sink.close()
        return
    refuse_input(Path(target), inputs)
    with _text_file(Path(target)) as stream:
        sink = _Stream(stream, many and output == "json")
        yield sink
        sink.close()


class _Stream:
    """Puts one output behind the other; JSON of several inputs becomes one array."""

    def __init__(self, stream: IO[str] | None, array: bool) -> None:
        self._stream = stream
        self._array = array
        self._first = True

    def put(self, outcome: Outcome) -> None:
        for text in (outcome.output, *outcome.more):
            if self._array:
                text = ("[\n" if self._first else ",\n") + text.rstrip("\n")
            self._first = False
            self._write(text)

    def close(self) -> None:
        """Ends the array; an array of nothing is one, too."""
        if self._array:
            self._write("[]\n" if self._first else "\n]\n")

    def _write(self, text: str) -> None:
        if self._stream is None:
            write_out(text)
        else:
            self._stream.write(text)


class _Folder:
    """Puts each output into a file of its own, under the name of the input; parts of one are numbered (name-1)."""

    def __init__(self, folder: Path, inputs: Inputs, output: Format) -> None:
        self._folder = folder
        self._inputs = inputs
        self._ending = _ENDINGS[output]
        self._taken: set[Path] = set()

    def put(self, outcome: Outcome) -> None:
        name = Path(outcome.input.name or "stdin")
        if not outcome.more:
            self._write(name, outcome.output)
            return
        for number, text in enumerate((outcome.output, *outcome.more), 1):
            self._write(name.with_name(f"{name.stem}-{number}{name.suffix}"), text)

    def _write(self, name: Path, text: str) -> None:
        target = self._folder / name.with_suffix(self._ending)
        if target in self._taken:  # "a.txt" and "a.md" side by side
            target = self._folder / (name.as_posix() + self._ending)
        self._taken.add(target)
        refuse_input(target, self._inputs)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(target.parent, error) from None
        write_file(target, text)


def refuse_input(target: Path, inputs: Inputs) -> None:
    """Refuses to write over what is read.

    Raises:
        UsageError: if the file to be written is one of the inputs.
    """
    if not target.exists():
        return
    for source in inputs.files:
        if source.path and source.path.exists() and target.samefile(source.path):
            raise UsageError(
                f"{target}: this is an input; it would be overwritten",
                f"{target}: đây là tệp đầu vào, sẽ bị ghi đè",
                hint_en="Give the output another name.",
                hint_vi="Hãy đặt tên khác cho tệp đầu ra.",
            )


@contextmanager
def _text_file(target: Path) -> Iterator[IO[str]]:
    with whole_file(target, folders=False) as data:
        stream = TextIOWrapper(data, encoding="utf-8", errors="replace", newline="\n")
        try:
            yield stream
        finally:
            stream.detach()  # writes what is buffered; `whole_file` closes the file


def write_file(target: Path, text: str) -> None:
    """Writes a file that only appears when it is whole.

    Raises:
        OutputError: if it cannot be written.
    """
    with _text_file(target) as stream:
        stream.write(text)
