"""Who is asking: a bearer of the token, or somebody who has signed in with a password."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass
from typing import Any

from fastapi import HTTPException, Request

from nqparse.errors import OutputError
from nqparse.web.settings import SESSION_COOKIE, ServeSettings

_HOURS = 12
_TRIES, _WINDOW = 10, 300.0  # wrong passwords for one name, within so many seconds
_MOST_SESSIONS = 10_000


@dataclass(slots=True)
class _Session:
    user: str
    ends: float


class Sessions:
    """Who may come in, and who is in. Threads may share it; sessions end with the server."""

    def __init__(self, settings: ServeSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._sessions: dict[str, _Session] = {}
        self._failures: dict[str, list[float]] = {}

    def user_of(self, request: Request) -> str:
        """Returns who is asking.

        Raises:
            HTTPException: 401, if that has to be known and is not.
        """
        user = self.known(request)
        if user is None:
            raise HTTPException(401, "sign in first")
        return user

    def known(self, request: Request) -> str | None:
        """Returns who is asking, None if that has to be known and is not."""
        if self._settings.is_open:
            return self._settings.who
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        # The bytes of a header come as Latin-1; programs send UTF-8.
        if scheme.lower() == "bearer" and self._is_token(given.strip().encode("latin-1")):
            return self._settings.author or "token"
        with self._lock:
            session = self._sessions.get(request.cookies.get(SESSION_COOKIE, ""))
            if session is not None and session.ends > time.monotonic():
                return session.user
        return None

    def sign_in(self, name: str, password: str) -> str:
        """Returns the key of a new session.

        Raises:
            HTTPException: 401, if name and password are not right; 429, after too many that were not.
            OutputError: if the library for passwords is not installed.
        """
        guessed = name if self._settings.users else ""  # the token is the same whatever one calls oneself
        with self._lock:
            now = time.monotonic()
            recent = [when for when in self._failures.get(guessed, ()) if when > now - _WINDOW]
            if len(recent) >= _TRIES:
                raise HTTPException(429, "too many wrong passwords; try again in five minutes")
            if len(self._failures) >= _MOST_SESSIONS:
                self._failures.clear()
            # Counted before it is checked, which takes long: of many at once none slips by.
            self._failures[guessed] = [*recent, now]
        if not self._is_right(name, password):
            raise HTTPException(401, "name or password is wrong")
        key = secrets.token_urlsafe(32)
        with self._lock:
            self._failures.pop(guessed, None)
            self._sessions = {
                known: session for known, session in self._sessions.items() if session.ends > now
            }  # fmt: skip
            if len(self._sessions) >= _MOST_SESSIONS:
                self._sessions.clear()
            self._sessions[key] = _Session(name or "token", now + _HOURS * 3600)
        return key

    def sign_out(self, key: str) -> None:
        """Ends a session."""
        with self._lock:
            self._sessions.pop(key, None)

    def _is_token(self, given: bytes) -> bool:
        token = self._settings.token
        return token is not None and secrets.compare_digest(given, token.encode())

    def _is_right(self, name: str, password: str) -> bool:
        if not self._settings.users:
            return self._is_token(password.encode("utf-8", "replace"))
        hasher, mismatch = _argon2()
        # Of a name that is not there a hash is checked, too: the time must not tell which names there are.
        known = self._settings.users.get(name)
        try:
            hasher.verify(known or next(iter(self._settings.users.values())), password)
        except mismatch:
            return False
        return known is not None


def hash_password(password: str) -> str:
    """Returns the argon2 hash of a password.

    Raises:
        OutputError: if the library is not installed.
    """
    hasher, _ = _argon2()
    return str(hasher.hash(password))


def _argon2() -> tuple[Any, tuple[type[Exception], ...]]:
    try:
        from argon2 import PasswordHasher  # noqa: PLC0415
        from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415
    except ModuleNotFoundError:
        raise OutputError(
            "passwords need the library argon2-cffi, which is not installed", "chưa cài thư viện argon2-cffi",
            hint_en="Install it with: pip install 'nqparse[serve]'", hint_vi="Cài bằng: pip install 'nqparse[serve]'",
        ) from None  # fmt: skip
    return PasswordHasher(), (VerificationError, InvalidHashError)
