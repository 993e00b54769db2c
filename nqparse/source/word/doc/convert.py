"""Files of Word 6 and 95, through the first program found that reads them: LibreOffice, antiword or catdoc.

Only these files take this way. The program works in a folder of its own that is thrown away, with a time limit.
LibreOffice gets a profile in which macros and links are off, and no way to the network but one that leads nowhere.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from nqparse.errors import UnsupportedFormatError
from nqparse.source.detect import DOC
from nqparse.source.result import SourceText, input_error, record
from nqparse.source.word.finish import damaged

_SECONDS = 60.0
_OFFICE = ("soffice", "libreoffice")
_MOST_OUTPUT = 20_000_000
_NOWHERE = "http://127.0.0.1:9"
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def read_through_program(data: bytes, name: str | None, encoding: str | None) -> SourceText:
    """Reads a file through a program that is installed.

    Raises:
        InputError: if no program can read it.
        UnsupportedFormatError: if there is no program.
    """
    office = next((path for program in _OFFICE if (path := shutil.which(program))), None)
    others = [path for program in ("antiword", "catdoc") if (path := shutil.which(program))]
    if office is None and not others:
        raise input_error(
            name,
            "this document was written by a Word before 97, and no program that reads it is installed",
            "đây là tài liệu của Word trước bản 97, và máy chưa có chương trình nào đọc được",
            hint_en="Install LibreOffice (best, for it tells fonts), antiword or catdoc; or save the document anew.",
            hint_vi="Hãy cài LibreOffice (tốt nhất, vì giữ được phông chữ), antiword hoặc catdoc; hoặc lưu lại tệp.",
            kind=UnsupportedFormatError,
        )
    with tempfile.TemporaryDirectory(prefix="nqparse-") as folder:
        file = Path(folder) / "document.doc"
        file.write_bytes(data)
        if office is not None:
            converted = _through_office(office, file)
            if converted is not None:
                from nqparse.source.word import docx  # noqa: PLC0415  (needs lxml, which the other ways do not)

                found = docx.read(converted, name, encoding)
                return replace(found, source=record(data, name, DOC.media_type, found.source.encoding))
        for program in others:
            text = _through_text(program, file)
            if text:
                from nqparse.source.text import from_text  # noqa: PLC0415

                found = from_text(text, name)
                return replace(found, source=record(data, name, DOC.media_type, found.source.encoding))
    raise damaged(name, DOC, "no program could read it", "không chương trình nào đọc được")


def _through_office(program: str, file: Path) -> bytes | None:
    folder = file.parent
    target, settings = folder / "out", folder / "profile" / "user"
    settings.mkdir(parents=True)
    (settings / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    _run([
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--convert-to",
        "docx", "--outdir", str(target), str(file),
    ], folder)  # fmt: skip
    converted = target / "document.docx"
    return converted.read_bytes() if converted.is_file() else None


def _through_text(program: str, file: Path) -> str:
    options = ["-m", "UTF-8.txt", "-w", "0"] if Path(program).stem == "antiword" else ["-d", "utf-8", "-w"]
    return _run([program, *options, str(file)], file.parent)[:_MOST_OUTPUT].decode("utf-8", errors="replace")


def _run(command: list[str], folder: Path) -> bytes:
    """Runs a program and returns what it prints; all that it started is ended when its time is over."""
    with (folder / "printed").open("w+b") as printed:
        environment = {**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"}
        environment |= dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _NOWHERE)
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.DEVNULL,
            start_new_session=True, env=environment,
        )  # fmt: skip
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            pass
        finally:
            with suppress(OSError, AttributeError):
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()
        printed.seek(0)
        return printed.read(_MOST_OUTPUT * 4)
