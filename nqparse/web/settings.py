"""How the server is run: where the archive is, who may use it, and how much a request may take."""

from __future__ import annotations

import getpass
import ipaddress
from dataclasses import dataclass, field
from pathlib import Path

from nqparse.errors import UsageError

API = "/api/v1"
SESSION_COOKIE = "nq_session"
_LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
_SHORTEST_TOKEN = 16


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """How the server is run.

    Attributes:
        archive: the folder or file of the archive.
        host: the address that is listened at.
        port: the port.
        token: a secret that whoever uses the API has to have, None for none.
        users: names with the argon2 hashes of their passwords.
        names: host names by which the server is called, beside those of this machine.
        author: who makes changes where nobody has to say who he is.
        most_bytes: of a request's body.
        seconds: how long an ordinary request may take.
        long_seconds: how long one may that reads a file or writes an export.
    """

    archive: Path
    host: str = "127.0.0.1"
    port: int = 8642
    token: str | None = None
    users: dict[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    author: str = ""
    most_bytes: int = 64 << 20
    seconds: float = 60.0
    long_seconds: float = 900.0

    @property
    def is_open(self) -> bool:
        """Whether nobody has to say who he is."""
        return self.token is None and not self.users

    @property
    def who(self) -> str:
        """Who makes changes where nobody has to say who he is."""
        if self.author:
            return self.author
        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError):  # an account without a name
            return "local"

    @property
    def name(self) -> str:
        """The address that is listened at, as it is written in a URL."""
        return f"[{self.host}]" if ":" in self.host else self.host

    def hosts(self) -> frozenset[str]:
        """Returns the values of `Host` that are answered, without those of other ports."""
        names = [*_LOCAL_NAMES, *self.names]
        if self.host not in ("0.0.0.0", "::"):
            names.append(self.name)
        return frozenset(name for plain in names for name in (plain.lower(), f"{plain.lower()}:{self.port}"))

    def check(self) -> None:
        """Refuses what would let strangers in.

        Raises:
            UsageError: if another address than this machine's is listened at, and nobody has to say who he is.
        """
        if self.is_open and not is_loopback(self.host):
            raise UsageError(
                f"{self.host}: others could reach the archive here, and nobody would have to say who he is",
                f"{self.host}: người khác có thể truy cập kho mà không cần đăng nhập",
                hint_en="Give --token or --users, or stay at 127.0.0.1.",
                hint_vi="Hãy dùng --token hoặc --users, hoặc giữ 127.0.0.1.",
            )
        if self.token is not None and len(self.token) < _SHORTEST_TOKEN:
            raise UsageError(
                f"the token has fewer than {_SHORTEST_TOKEN} characters",
                f"mã truy cập ngắn hơn {_SHORTEST_TOKEN} ký tự",
            )


def is_loopback(host: str) -> bool:
    """Tells whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_users(path: Path) -> dict[str, str]:
    """Reads a file of users: a line each, the name, a colon, and the argon2 hash of the password.

    Raises:
        UsageError: if it cannot be read, or a line is none.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}", f"{path}: không đọc được") from None
    users: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, colon, hashed = line.strip().partition(":")
        if not colon or not name or not hashed.startswith("$argon2"):
            raise UsageError(
                f"{path}:{number}: this is no name with an argon2 hash",
                f"{path}:{number}: không phải tên và mã argon2",
                hint_en="Make a line with: nqparse serve --hash-password NAME",
                hint_vi="Tạo một dòng bằng: nqparse serve --hash-password TÊN",
            )  # fmt: skip
        users[name] = hashed
    if not users:
        raise UsageError(f"{path}: there is no user in it", f"{path}: không có người dùng nào")
    return users
