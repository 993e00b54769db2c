"""`nqparse serve` as a process, by HTTPS and with users: signing in, the cookies, and certificates that are none."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from shapes import BODY, FOOT, OPENING

from nqparse.archive.archive import Archive
from nqparse.pipeline import parse
from nqparse.review.desk import Desk
from nqparse.web.sessions import hash_password

trustme = pytest.importorskip("trustme")
CHROMIUM = shutil.which("chromium")
API = "/api/v1"
PASSWORD = "mật khẩu của Lan"


def serve(folder: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "nqparse", "serve", "--archive", str(folder / "archive"), *options]


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, ssl.SSLContext]]:
    folder = tmp_path_factory.mktemp("tls")
    authority = trustme.CA()
    issued = authority.issue_cert("localhost", "127.0.0.1")
    issued.private_key_pem.write_to_path(folder / "key.pem")
    for part in issued.cert_chain_pems:
        part.write_to_path(folder / "cert.pem", append=True)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    (folder / "users").write_text(f"# who may come in\nLan:{hash_password(PASSWORD)}\n", "utf-8")
    with Archive(folder / "archive", mode="a") as archive:
        archive.put(parse(OPENING + BODY + FOOT, name="nq.txt"), folder / "nq.txt")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--port", str(port), "--users", str(folder / "users"), "--tls-cert", str(folder / "cert.pem")]
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(serve(folder, *options, "--tls-key", str(folder / "key.pem")), stderr=said)
    address = f"https://127.0.0.1:{port}"
    try:
        for _ in range(600):
            assert process.poll() is None, (folder / "said").read_text()
            try:
                httpx.get(f"{address}{API}/me", verify=trusting)
                break
            except httpx.ConnectError:
                time.sleep(0.1)
        yield address, folder, trusting
    finally:
        process.terminate()
        process.wait(20)


def signed_in(web: httpx.Client, address: str, password: str = PASSWORD) -> httpx.Response:
    web.get(f"{API}/me")
    sent = {"X-CSRF-Token": web.cookies["nq_csrf"], "Origin": address}
    return web.post(f"{API}/login", json={"name": "Lan", "password": password}, headers=sent)


def test_a_session_by_https(tls: tuple[str, Path, ssl.SSLContext]) -> None:
    address, folder, trusting = tls
    assert address in (folder / "said").read_text()
    with httpx.Client(base_url=address, verify=trusting) as web:
        assert web.get(f"{API}/documents").status_code == 401
        assert signed_in(web, address, "wrong").status_code == 401
        answer = signed_in(web, address)
        assert answer.status_code == 200
        (cookie,) = [one for one in answer.headers.get_list("set-cookie") if one.startswith("nq_session=")]
        attributes = {one.strip().lower() for one in cookie.split(";")[1:]}
        assert {"secure", "httponly", "samesite=strict", "path=/"} <= attributes
        (item,) = web.get(f"{API}/documents").json()["items"]
        sent = {"X-CSRF-Token": web.cookies["nq_csrf"], "Origin": address}
        body = {"revision": 0, "state": "approved"}
        path = f"{API}/documents/{item['document_id']}/state"
        assert web.post(path, json=body).status_code == 403  # a session alone is not enough to change something
        assert web.post(path, json=body, headers=sent).json()["review"]["changed_by"] == "Lan"
        assert web.post(f"{API}/logout", headers=sent).status_code == 204
        assert web.get(f"{API}/documents").status_code == 401
    with Archive(folder / "archive") as archive:
        assert len(list(Desk(archive).approved())) == 1
    with pytest.raises(httpx.ConnectError, match="certificate"):
        httpx.get(f"{address}{API}/me")  # nobody has vouched for this certificate
    with pytest.raises(httpx.HTTPError):
        httpx.get(f"{address.replace('https', 'http')}{API}/me")


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
def test_the_browser_keeps_the_session_to_itself(tls: tuple[str, Path, ssl.SSLContext]) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(ignore_https_errors=True)
        page = context.new_page()
        page.goto(tls[0])
        page.wait_for_url("**/login")
        page.fill("#name", "Lan")
        page.fill("#password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector("tbody a:has-text('05/NQ-UBMT')")
        cookies: dict[str, Any] = {one["name"]: one for one in context.cookies()}
        session, token = cookies["nq_session"], cookies["nq_csrf"]
        assert (session["secure"], session["httpOnly"], session["sameSite"]) == (True, True, "Strict")
        assert (token["secure"], token["httpOnly"], token["sameSite"]) == (True, False, "Strict")
        assert "nq_session" not in page.evaluate("document.cookie")
        browser.close()


def test_certificates_that_are_none_are_told(tls: tuple[str, Path, ssl.SSLContext], tmp_path: Path) -> None:
    cert, key = str(tls[1] / "cert.pem"), str(tls[1] / "key.pem")
    broken = tmp_path / "broken.pem"
    broken.write_text("-----BEGIN CERTIFICATE-----\nnothing\n")
    for options in (
        ["--tls-key", key], ["--tls-cert", str(tmp_path / "none.pem")], ["--tls-cert", cert],
        ["--tls-cert", str(broken), "--tls-key", key],
    ):  # fmt: skip
        ended = subprocess.run(serve(tmp_path, *options), capture_output=True, text=True, timeout=60, check=False)
        assert ended.returncode == 2, ended.stderr
        assert "--tls-cert" in ended.stderr or "HTTPS cannot be served" in ended.stderr
        assert "Traceback" not in ended.stderr
