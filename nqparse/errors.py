"""Errors that a user may meet, and the exit codes of the command line.

Every error says what is wrong in English and in Vietnamese, and how to go on where there is a way. The
exit codes are stable: scripts may rely on them (`docs/exit-codes.md` is written from the table here).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar, Literal

Language = Literal["vi", "en", "both"]


class ExitCode(IntEnum):
    """What the command line hands back to the shell."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    INPUT = 3
    RULES = 4
    OUTPUT = 5
    BUG = 70
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an exit code means, in both languages."""

    en: str
    vi: str


EXIT_CODES: dict[ExitCode, Meaning] = {
    ExitCode.OK: Meaning("Everything that was asked for was done.", "Đã làm xong mọi việc được yêu cầu."),
    ExitCode.FINDINGS: Meaning(
        "The command ran to its end and there is something to look at: some files of a batch could not be read, "
        "`parse --strict` met a document with an error, or `evaluate --against` found a loss.",
        "Lệnh đã chạy hết nhưng có điều cần xem lại: một số tệp không đọc được, `parse --strict` gặp văn bản có "
        "lỗi, hoặc `evaluate --against` thấy chỉ số giảm.",
    ),
    ExitCode.USAGE: Meaning(
        "The command line is wrong: an unknown option, a missing argument, options that exclude each other.",
        "Dòng lệnh sai: tuỳ chọn không có, thiếu tham số, hoặc các tuỳ chọn loại trừ nhau.",
    ),
    ExitCode.INPUT: Meaning(
        "The input is missing, unreadable or of a kind that nqparse cannot read; of a batch, not one file could "
        "be read. Broken gold and broken saved reports count as input, too.",
        "Đầu vào không có, không đọc được hoặc thuộc định dạng chưa hỗ trợ; với nhiều tệp: không đọc được tệp nào. "
        "Dữ liệu chuẩn (gold) hoặc báo cáo đã lưu bị hỏng cũng thuộc loại này.",
    ),
    ExitCode.RULES: Meaning(
        "A rule file is invalid; the message names file, line and key.",
        "Tệp quy tắc không hợp lệ; thông báo nêu tệp, dòng và khoá.",
    ),
    ExitCode.OUTPUT: Meaning(
        "The output could not be written: no permission, a full disk, or the reader of a pipe went away.",
        "Không ghi được đầu ra: không có quyền, đầy đĩa, hoặc chương trình đọc ống dẫn đã đóng.",
    ),
    ExitCode.BUG: Meaning(
        "A bug in nqparse. The message says how to report it; `--debug` shows the traceback.",
        "Lỗi của nqparse. Thông báo cho biết cách báo lỗi; `--debug` hiện chi tiết.",
    ),
    ExitCode.INTERRUPTED: Meaning("Interrupted with Ctrl-C.", "Bị ngắt bằng Ctrl-C."),
}


class NqparseError(Exception):
    """Base of all errors that are told to the user.

    Attributes:
        exit_code: what the command line exits with.
        en: the message in English, one sentence without an end mark.
        vi: the same in Vietnamese, short.
        hint_en: what can be done about it, or nothing.
        hint_vi: the same in Vietnamese.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.BUG

    def __init__(self, en: str, vi: str, *, hint_en: str = "", hint_vi: str = "") -> None:
        # Only the messages are `args`: an error must survive the way back from another process, and
        # pickle makes it again from its `args` before it puts the other attributes on it.
        super().__init__(en, vi)
        self.en = en
        self.vi = vi
        self.hint_en = hint_en
        self.hint_vi = hint_vi

    def __str__(self) -> str:
        return f"{self.en}. {self.hint_en}" if self.hint_en else self.en

    def say(self, language: Language) -> str:
        """Returns the message with its hint; in both languages, English comes first."""
        lines = []
        if language != "vi":
            lines += [self.en, *([f"  → {self.hint_en}"] if self.hint_en else [])]
        if language != "en":
            lines += [self.vi, *([f"  → {self.hint_vi}"] if self.hint_vi else [])]
        return "\n".join(lines)


class UsageError(NqparseError):
    """Options or arguments that do not go together."""

    exit_code = ExitCode.USAGE


class InputError(NqparseError):
    """Input that is missing or cannot be read."""

    exit_code = ExitCode.INPUT


class UnsupportedFormatError(InputError):
    """Input of a format that no reader is there for."""


class InvalidRulesError(NqparseError):
    """A rule file that breaks the schema."""

    exit_code = ExitCode.RULES


class OutputError(NqparseError):
    """Output that cannot be written."""

    exit_code = ExitCode.OUTPUT


class PipeClosedError(OutputError):
    """The program that reads our output has gone away (`| head`); it wants no message."""

    def __init__(self) -> None:
        super().__init__("the reader of the output has gone away", "chương trình đọc đầu ra đã đóng")


class Bug(NqparseError):
    """An error of nqparse itself. `trace` is the traceback for `--debug`."""

    def __init__(self, en: str, vi: str, *, hint_en: str = "", hint_vi: str = "", trace: str = "") -> None:
        super().__init__(en, vi, hint_en=hint_en, hint_vi=hint_vi)
        self.trace = trace

    @classmethod
    def of(cls, error: BaseException, trace: str, *, where: str = "") -> Bug:
        """Returns the bug that an unexpected exception shows; `where` names the input."""
        at = f"{where}: " if where else ""
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        what = " ".join(what.split())[:200]
        return cls(
            f"{at}this is a bug in nqparse ({what})",
            f"{at}đây là lỗi của nqparse ({what})",
            hint_en="Please report it in the project's issue tracker, with the input and what --debug prints.",
            hint_vi="Xin báo lỗi cho dự án, kèm đầu vào và kết quả chạy với --debug.",
            trace=trace,
        )
