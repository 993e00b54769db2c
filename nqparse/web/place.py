"""What the parts of the API share: the settings, who is asking, and the archive, opened anew for each request.

An archive's connection belongs to the thread that opened it. Requests are served in threads of a pool, so each opens
its own, which takes about a millisecond, inside the function that uses it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Path, Request

from nqparse.archive.archive import Archive
from nqparse.review.desk import Desk
from nqparse.web.forms import DOCUMENT_ID
from nqparse.web.images import PageViews
from nqparse.web.sessions import Sessions
from nqparse.web.settings import ServeSettings


@dataclass(slots=True)
class Place:
    """All that the server keeps."""

    settings: ServeSettings
    sessions: Sessions
    views: PageViews = field(default_factory=PageViews)
    _writing: threading.Lock = field(default_factory=threading.Lock)

    def reading(self) -> Archive:
        """Opens the archive to read; it closes itself in `with`."""
        return Archive(self.settings.archive)

    @contextmanager
    def desk(self, *, alone: bool = True) -> Iterator[Desk]:
        """Opens the archive to change reviews.

        Args:
            alone: wait until no other request of this server writes. SQLite lets one write at a time in any case, but
                whoever waits for it asks again and again, and may be overtaken for seconds. Long work does without.
        """
        with self._writing if alone else nullcontext(), Archive(self.settings.archive, mode="a") as archive:
            yield Desk(archive)


def place_of(request: Request) -> Place:
    """Returns what the server keeps."""
    place: Place = request.app.state.place
    return place


def user_of(request: Request) -> str:
    """Returns who is asking; 401 if that has to be known and is not."""
    return place_of(request).sessions.user_of(request)


Here = Annotated[Place, Depends(place_of)]
User = Annotated[str, Depends(user_of)]
DocumentId = Annotated[str, Path(pattern=DOCUMENT_ID, description="The id of the document.")]
