"""The two voices of the command line: data goes to stdout as UTF-8, everything said to a person to stderr."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from nqparse.errors import Bug, ExitCode, Language, NqparseError, OutputError, PipeClosedError

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.progress import Progress

_Item = TypeVar("_Item")

_NAME = "nqparse: "
_WIDTH_OF_FILES = 100  # of outlines that go to a file or a pipe


def language_of(environment: Mapping[str, str]) -> Language:
    """Returns Vietnamese where the locale asks for it, and both languages elsewhere."""
    locale = next((environment[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(key)), "")
    return "vi" if locale.lower().startswith("vi") else "both"


def in_language(language: Language, en: str, vi: str) -> str:
    """Returns the words of a language; where both are asked for, one behind the other."""
    return {"en": en, "vi": vi, "both": f"{en} · {vi}"}[language]


@dataclass(slots=True)
class Talk:
    """What is said on stderr, in the language of the user. `debug` shows the traceback of a bug."""

    language: Language = "both"
    debug: bool = False

    def error(self, error: NqparseError) -> ExitCode:
        """Tells an error and returns the exit code for it."""
        if isinstance(error, Bug) and self.debug and error.trace:
            self._write(error.trace.rstrip())
        self._write(_indented(error.say(self.language)))
        return error.exit_code

    def note(self, en: str, vi: str) -> None:
        """Tells something that is no error."""
        self._write(_indented("\n".join(line for line in (en, vi) if self._speaks(line, en))))

    def left_out(self, skipped: Mapping[str, int]) -> None:
        """Tells which kinds of files in folders were not read: endings with their number."""
        if skipped:
            kinds = ", ".join(f"{count} {ending or '…'}" for ending, count in sorted(skipped.items()))
            self.note(f"left out, of another kind: {kinds}", f"bỏ qua, loại khác: {kinds}")

    def _speaks(self, line: str, en: str) -> bool:
        return self.language == "both" or (line is en) == (self.language == "en")

    @staticmethod
    def _write(message: str) -> None:
        # Looked up at each call: a progress bar puts its own stderr in place, so that it is not torn.
        if sys.stderr is not None:  # it was closed before we began; `print` would take stdout then
            print(message, file=sys.stderr, flush=True)


def is_watched() -> bool:
    """Tells whether somebody watches stderr, so that progress may be shown there."""
    return sys.stderr is not None and sys.stderr.isatty()


@contextmanager
def page_progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """Gives what shows on stderr how many pages of a file have been read; None where nobody watches."""
    if not is_watched():
        yield None
        return
    with _bar(before="OCR") as progress:
        task = progress.add_task("", total=None, visible=False)

        def show(name: str, done: int, total: int) -> None:
            progress.update(task, completed=done, total=total, description=printable(name), visible=done < total)

        yield show


@contextmanager
def file_progress(unit: str = " files/s") -> Iterator[Callable[[str, int, int], None] | None]:
    """Gives what shows on stderr how many files are done, how fast, and how long it will take; None if nobody watches.

    Args:
        unit: the unit of the rate.
    """
    if not is_watched():
        yield None
        return
    with _bar("{task.fields[rate]}") as progress:
        task = progress.add_task("", total=None, rate="")

        def show(name: str, done: int, total: int) -> None:
            speed = progress.tasks[0].speed  # of the last seconds
            rate = "" if speed is None else f"{speed:,.0f}{unit}"
            progress.update(task, completed=done, total=total, description=printable(name), rate=rate)

        yield show


def with_progress(items: Iterable[_Item], total: int | None, name: Callable[[_Item], str]) -> Iterator[_Item]:
    """Yields the items and shows a bar on stderr while they come.

    Args:
        items: the items.
        total: how many there will be, None where that is not known.
        name: what to call the item that came last.
    """
    with _bar() as progress:
        task = progress.add_task("", total=total)
        for item in items:
            progress.update(task, advance=1, description=printable(name(item)))
            yield item


@contextmanager
def _bar(*figures: str, before: str = "") -> Iterator[Progress]:
    """Shows a bar on stderr: what is done of how much, `figures`, the time that is left, and what came last."""
    from rich.console import Console  # noqa: PLC0415  (rich is only loaded by commands that show something)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    # The name of a file is no markup, whatever brackets are in it.
    text = partial(TextColumn, markup=False)
    columns = (
        *([text(before)] if before else []), BarColumn(), MofNCompleteColumn(), *map(text, figures),
        TimeRemainingColumn(), text("{task.description}"),
    )  # fmt: skip
    # What is written meanwhile is not the bar's: stdout stays as it is.
    with Progress(*columns, console=Console(stderr=True), redirect_stdout=False, transient=True) as progress:
        yield progress


def _indented(message: str) -> str:
    # The name of a file may hold anything; a terminal must not obey it.
    return _NAME + ("\n" + " " * len(_NAME)).join(map(printable, message.split("\n")))


def printable(text: str) -> str:
    """Returns a text on one line that a terminal may be shown: the name of a file may hold anything."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def write_out(data: str) -> None:
    """Writes data to stdout as UTF-8 with plain line ends, whatever the terminal's own encoding is.

    Raises:
        OutputError: if stdout cannot be written.
        PipeClosedError: if the program that reads our output has gone away.
    """
    if sys.stdout is None:  # it was closed before we began
        raise _unwritable("stdout is closed")
    stream = getattr(sys.stdout, "buffer", None)
    try:
        if stream is None:  # stdout was put in place by a test or a notebook
            sys.stdout.write(data)
        else:
            stream.write(data.encode("utf-8", errors="replace"))
        sys.stdout.flush()
    except BrokenPipeError:
        _hush_stdout()
        raise PipeClosedError from None
    except OSError as error:
        _hush_stdout()
        raise _unwritable(error.strerror or str(error)) from None


def _unwritable(reason: str) -> OutputError:
    return OutputError(f"cannot write the output: {reason}", f"không ghi được đầu ra ({reason})")


def _hush_stdout() -> None:
    """Points stdout nowhere, so that the interpreter does not complain of what is left when it ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def stdout_shape() -> tuple[bool, int]:
    """Returns whether stdout shows colours, and its width."""
    terminal = sys.stdout is not None and sys.stdout.isatty()
    return terminal, shutil.get_terminal_size((_WIDTH_OF_FILES, 24)).columns


def rendered(renderable: RenderableType, *, color: bool, width: int) -> str:
    """Returns what rich shows, as a string with or without terminal colours."""
    from io import StringIO  # noqa: PLC0415  (rich is only loaded by commands that show something)

    from rich.console import Console  # noqa: PLC0415

    console = Console(
        file=StringIO(), force_terminal=color, color_system="auto" if color else None, width=width,
        legacy_windows=False, emoji=False, markup=False, highlight=False,
    )  # fmt: skip
    with console.capture() as capture:
        console.print(renderable)
    return capture.get()
