"""The pages of a document's file: their sizes, their pictures, and where a span stands on them.

The file is found by the archive, never by what a request says, and only shown if it still holds the bytes that the
document was read from.
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
from nqparse.archive.store import shown_path
from nqparse.review.faults import NoDocumentError
from nqparse.source import read
from nqparse.source.guard import Guard, GuardError
from nqparse.source.pages import Box, Pages

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
        self._pages: OrderedDict[str, Pages | None] = OrderedDict()
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
        question = json.dumps({"path": str(path), "page": page - 1, "dpi": dpi}).encode()
        try:
            answer = self._guard.ask(question, _SECONDS)
        except (GuardError, OSError):
            answer = b""
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
            NoDocumentError: if there is no such document, or its file is gone or has changed.
        """
        found = self._read(archive, document_id)
        return [PageSize(page.number, page.width, page.height, page.start, page.end) for page in found or ()]

    def boxes(self, archive: Archive, document_id: str, start: int, end: int) -> list[Box]:
        """Returns where a span of a document stands, a box for each line; none if its file has no pages.

        Raises:
            NoDocumentError: if there is no such document, or its file is gone or has changed.
        """
        found = self._read(archive, document_id)
        return found.boxes_of(start, end) if found is not None else []

    def _read(self, archive: Archive, document_id: str) -> Pages | None:
        path = self._file(archive, document_id)
        with self._lock:
            if document_id in self._pages:
                self._pages.move_to_end(document_id)
                return self._pages[document_id]
        query = "SELECT text FROM texts WHERE document_id = ?"
        row = archive.connection.execute(query, (document_id,)).fetchone()
        media = archive.connection.execute(
            "SELECT pages FROM resolutions WHERE document_id = ?", (document_id,)
        ).fetchone()
        found = None
        if media is not None and media[0]:
            source = read(path)
            # Another version of a reader may have made another text of the same file.
            found = source.pages if row is not None and source.text == row[0] else None
        self.keep(document_id, found)
        return found

    def keep(self, document_id: str, pages: Pages | None) -> None:
        """Keeps the pages of a document that has just been read: reading a scan again takes long."""
        with self._lock:
            self._pages[document_id] = pages
            self._pages.move_to_end(document_id)
            while len(self._pages) > _KEPT_PAGES:
                self._pages.popitem(last=False)

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
