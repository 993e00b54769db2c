"""What stands before every request: whom it was sent to, where it comes from, how big it is, how long it takes.

- `Host` must be a name of this server: a page elsewhere that lets its own name point here gets nothing.
- What changes something and comes from a browser must come from this server's own pages (`Origin`, `Sec-Fetch-Site`)
  and bring the token that only those can read (`X-CSRF-Token`, the same as in the cookie).
- A body is counted while it comes in, whatever its length was said to be.
- The answer lets a browser load nothing from elsewhere and run nothing that is written in a document.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from nqparse.web.answers import problem
from nqparse.web.forms import Problem
from nqparse.web.settings import API, SESSION_COOKIE, ServeSettings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

CSRF_COOKIE = "nq_csrf"
CSRF_HEADER = b"x-csrf-token"
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
_LONG = tuple(f"{API}/{part}" for part in ("parse", "exports", "gold", "documents", "clean", "approve-clean"))
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


class Guarding:
    """The app with all of this before it."""

    def __init__(self, app: App, settings: ServeSettings) -> None:
        self._app = app
        self._settings = settings
        self._hosts = settings.hosts()
        self._left: set[asyncio.Future[None]] = set()  # those that nobody waits for any more

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request."""
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                return  # there are none
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        cookies = HTTPConnection(scope).cookies
        has_token, is_tls = bool(cookies.get(CSRF_COOKIE)), scope.get("scheme") == "https"
        answer = _Answer(send, has_token=has_token, is_api=scope["path"].startswith(API), is_tls=is_tls)
        fault = self._fault(scope, headers, cookies)
        if fault is not None:
            await answer.refuse(scope, receive, *fault)
            return
        await self._serve(scope, receive, answer)

    def _fault(
        self, scope: Scope, headers: dict[bytes, bytes], cookies: dict[str, str]
    ) -> tuple[int, str, str] | None:  # fmt: skip
        """Returns the status and the messages with which a request is refused."""
        host = headers.get(b"host", b"").decode("latin-1").lower()
        if host not in self._hosts:
            return 421, "this server is not called by this name", "máy chủ không nhận tên này"
        length = headers.get(b"content-length", b"0")
        if length.isdigit() and int(length) > self._settings.most_bytes:
            return 413, *_too_big(self._settings.most_bytes)
        if scope["method"] in _SAFE:
            return None
        origin = headers.get(b"origin")
        site = headers.get(b"sec-fetch-site")
        if origin is not None and origin.decode("latin-1").lower() not in (f"http://{host}", f"https://{host}"):
            return 403, "this request comes from another site", "yêu cầu đến từ trang khác"
        if site is not None and site not in (b"same-origin", b"none"):
            return 403, "this request comes from another site", "yêu cầu đến từ trang khác"
        # A browser names the origin whenever it changes something; a program that holds a session is treated alike.
        by_browser = origin is not None or site is not None or SESSION_COOKIE in cookies
        if by_browser and not _is_own(headers, cookies):
            return 403, "the token against forged requests is missing or wrong", "thiếu hoặc sai mã chống giả mạo"
        return None

    async def _serve(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        """Serves within the time that is allowed; what goes on in a thread then cannot be stopped, only left."""
        limit = self._settings.long_seconds if scope["path"].startswith(_LONG) else self._settings.seconds
        counted = _Counted(receive, self._settings.most_bytes)
        task: asyncio.Future[None] = asyncio.ensure_future(self._app(scope, counted, answer))
        try:
            done, _ = await asyncio.wait({task}, timeout=limit)
        except asyncio.CancelledError:
            task.cancel()
            raise
        if done:
            task.result()
            return
        self._left.add(task)
        task.add_done_callback(self._forget)
        await answer.refuse(
            scope, receive, 503, f"this took longer than {limit:.0f} seconds", f"xử lý quá {limit:.0f} giây"
        )  # fmt: skip

    def _forget(self, task: asyncio.Future[None]) -> None:
        self._left.discard(task)
        if not task.cancelled():
            task.exception()  # nobody is there any more to be told


class _Counted:
    """A body that is counted while it comes in."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = most
        self._count = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._count += len(message.get("body", b""))
        if self._count > self._most:
            # Of all errors while a body is read, this kind alone is not taken for a body that is broken.
            raise HTTPException(413, _too_big(self._most)[0])
        return message


class _Answer:
    """The way back: adds the headers, and sends one answer only."""

    def __init__(self, send: Send, *, has_token: bool, is_api: bool, is_tls: bool) -> None:
        self._send = send
        self._has_token = has_token
        self._is_api = is_api
        self._is_tls = is_tls
        self._begun = False
        self._refused = False

    async def __call__(self, message: Message) -> None:
        if self._refused:
            return
        if message["type"] == "http.response.start":
            self._begun = True
            message = {**message, "headers": [*message.get("headers", ()), *self._more()]}
        await self._send(message)

    def _more(self) -> list[tuple[bytes, bytes]]:
        headers = list(_HEADERS)
        if self._is_api:
            headers.append((b"cache-control", b"no-store"))
        if not self._has_token:
            value = f"{CSRF_COOKIE}={secrets.token_urlsafe(24)}; Path=/; SameSite=Strict{'; Secure' * self._is_tls}"
            headers.append((b"set-cookie", value.encode()))
        return headers

    async def refuse(self, scope: Scope, receive: Receive, status: int, en: str, vi: str) -> None:
        """Answers with a refusal, if no answer has begun."""
        if self._begun:
            return
        await problem(status, Problem(error="Refused", message=en, message_vi=vi))(scope, receive, self)
        self._refused = True


def _is_own(headers: dict[bytes, bytes], cookies: dict[str, str]) -> bool:
    wanted = cookies.get(CSRF_COOKIE, "")
    given = headers.get(CSRF_HEADER, b"").decode("latin-1")
    return bool(wanted) and secrets.compare_digest(wanted.encode(), given.encode())


def _too_big(most: int) -> tuple[str, str]:
    return f"the request is bigger than {most} bytes", f"yêu cầu lớn hơn {most} byte"
