"""The pages of a document's file: their sizes, their pictures, and where a span stands on them.

Where characters stand is kept in the archive. Pictures are made of the file, which is found by the archive, never by
what a request says, and only shown if it still holds the bytes that the document was read from.
"""

from __future__ import annotations

import json
import os
import threading
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from nqparse.archive.archive import Archive
from nqparse.archive.layouts import page_numbered, page_sizes, pages_between
from nqparse.archive.store import shown_path
from nqparse.document import Document
from nqparse.review.faults import NoDocumentError
from nqparse.source import read
from nqparse.source.guard import Guard, GuardError
from nqparse.source.ocr.options import OcrOptions
from nqparse.source.pages import Box, Page, Pages
from nqparse.source.pointing import characters_between
from nqparse.web.page_worker import NO_PAGE

_MEMORY = 2 << 30
_SECONDS = 60
_KEPT_PICTURES, _KEPT_PAGES = 64, 8


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page: its number from 1, its size in points, and its range in the text."""

    number: int
    width: float
    height: float
    start: int
    end: int


class PageViews:
    """Pictures of pages and places on them; what was asked for last is kept. Threads may share it."""

    def __init__(self) -> None:
        self._guard = Guard("nqparse.web.page_worker", _MEMORY)
        self._lock = threading.Lock()
        self._pictures: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()
        self._read_again: OrderedDict[str, Pages | None] = OrderedDict()
        self._hashes: dict[tuple[str, int, int], str] = {}

    def picture(self, archive: Archive, document_id: str, page: int, dpi: int) -> bytes:
        """Returns the picture of a page as PNG; pages count from 1.

        Raises:
            NoDocumentError: if there is no such page, its file is gone or has changed, or it cannot be shown.
        """
        key = (document_id, page, dpi)
        with self._lock:
            if key in self._pictures:
                self._pictures.move_to_end(key)
                return self._pictures[key]
        path = self._file(archive, document_id)
        answer = self._ask(path, page - 1, dpi)
        if not answer:
            raise NoDocumentError(
                f"{document_id}: there is no picture of page {page}", f"{document_id}: không có ảnh của trang {page}"
            )
        with self._lock:
            self._pictures[key] = answer
            while len(self._pictures) > _KEPT_PICTURES:
                self._pictures.popitem(last=False)
        return answer

    def pages(self, archive: Archive, document_id: str) -> list[PageSize]:
        """Returns the pages of a document, none if its file has none.

        Raises:
            NoDocumentError: if there is no such document, its file is gone or has changed, or an older archive does
                not tell where the words of a scan stand.
        """
        path = self._file(archive, document_id)
        found = [PageSize(*row) for row in page_sizes(archive.connection, document_id)]
        if not found:
            again = self._of_an_older_archive(archive, document_id, path) or ()
            found = [PageSize(page.number, page.width, page.height, page.start, page.end) for page in again]
        if found:
            # Pictures will be asked for next: the helper starts, and opens the file, meanwhile.
            threading.Thread(target=self._ask, args=(path, NO_PAGE, 72), daemon=True).start()
        return found

    def boxes(self, archive: Archive, document_id: str, start: int, end: int) -> list[Box]:
        """Returns where a span of a document stands, a box for each line; none if its file has no pages.

        Raises:
            NoDocumentError: as `pages`.
        """
        found = pages_between(archive.connection, document_id, start, end)
        if not found:
            found = self._of_an_older_archive(archive, document_id) or found
        return found.boxes_of(start, end)

    def span(
        self, archive: Archive, document_id: str, number: int, begun: tuple[float, float], ended: tuple[float, float]
    ) -> list[tuple[int, int]]:
        """Returns the piece of the text that somebody draws over on a page, or its pieces in several columns.

        Args:
            archive: the archive.
            document_id: the document.
            number: the number of the page.
            begun: where the drawing begins, in points from the top left corner.
            ended: where it ends; the same place means the character there.

        Raises:
            NoDocumentError: as `pages`, or if there is no such page.
        """
        page = page_numbered(archive.connection, document_id, number)
        if page is None:
            page = self._page_again(archive, document_id, number)
        query = "SELECT text FROM texts WHERE document_id = ?"
        text = str(archive.connection.execute(query, (document_id,)).fetchone()[0])
        return characters_between(page, text[page.start : page.end], begun, ended)

    def _ask(self, path: Path, index: int, dpi: int) -> bytes:
        """Asks the helper for a picture, "" if there is none."""
        try:
            return self._guard.ask(json.dumps({"path": str(path), "page": index, "dpi": dpi}).encode(), _SECONDS)
        except (GuardError, OSError):
            return b""

    # -- archives that were made before there was a table of pages ----------------------------

    def _page_again(self, archive: Archive, document_id: str, number: int) -> Page:
        for page in self._of_an_older_archive(archive, document_id) or ():
            if page.number == number:
                return page
        raise NoDocumentError(f"{document_id}: there is no page {number}", f"{document_id}: không có trang {number}")

    def _of_an_older_archive(self, archive: Archive, document_id: str, path: Path | None = None) -> Pages | None:
        """Returns the pages of a document of which the archive keeps none, by reading its file again; None of none."""
        query = "SELECT coalesce(pages, 0) FROM resolutions WHERE document_id = ?"
        row = archive.connection.execute(query, (document_id,)).fetchone()
        kept = "SELECT 1 FROM pages WHERE document_id = ?"
        if row is not None and (not row[0] or archive.connection.execute(kept, (document_id,)).fetchone()):
            return None
        path = path or self._file(archive, document_id)
        with self._lock:
            if document_id in self._read_again:
                self._read_again.move_to_end(document_id)
                return self._read_again[document_id]
        found = _pages_of(path, archive[document_id], document_id)
        with self._lock:
            self._read_again[document_id] = found
            while len(self._read_again) > _KEPT_PAGES:
                self._read_again.popitem(last=False)
        return found

    # -- files --------------------------------------------------------------------------------

    def _file(self, archive: Archive, document_id: str) -> Path:
        """Returns a file that still holds the bytes of a document."""
        rows = archive.connection.execute(
            "SELECT s.path, d.sha256 FROM documents AS d JOIN document_sources USING (document_id) "
            "JOIN sources AS s USING (source_id) WHERE d.document_id = ? ORDER BY s.source_id",
            (document_id,),
        ).fetchall()
        for stored, digest in rows:
            path = Path(shown_path(stored))
            if self._hash(path) == digest:
                return path
        raise NoDocumentError(
            f"{document_id}: its file is gone or has changed", f"{document_id}: tệp gốc không còn hoặc đã thay đổi"
        )

    def _hash(self, path: Path) -> str | None:
        try:
            status = os.stat(path)
            key = (str(path), status.st_size, status.st_mtime_ns)
            if key not in self._hashes:
                with path.open("rb") as stream:
                    digest = sha256()
                    while piece := stream.read(1 << 20):
                        digest.update(piece)
                if len(self._hashes) > 10_000:
                    self._hashes.clear()
                self._hashes[key] = digest.hexdigest()
            return self._hashes[key]
        except (OSError, ValueError):
            return None


def _pages_of(path: Path, document: Document, document_id: str) -> Pages | None:
    """Reads the pages of a document's file again; None where another version of the reader makes another text of it."""
    if document.source.ocr is not None:
        raise NoDocumentError(
            f"{document_id}: this archive does not tell where the words of this scan stand",
            f"{document_id}: kho chưa lưu vị trí chữ trên các trang quét của văn bản này",
            hint_en="Keep it with: nqparse archive add FOLDER --archive DIR --again",
            hint_vi="Lưu bằng: nqparse archive add THƯ_MỤC --archive DIR --again",
        )
    source = read(path, ocr=OcrOptions("never"))
    part = document.source.part
    text, pages = source.text, source.pages
    if part is not None and pages is not None:
        text, pages = text[part.start : part.end], pages.cut(part.start, part.end)
    return pages if text == document.text else None
