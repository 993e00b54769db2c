"""The pages in a real Chromium: correcting and approving by keyboard, and scripts in a document that never run."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from shapes import BODY, FOOT, OPENING

from nqparse.archive.archive import Archive
from nqparse.pipeline import parse
from nqparse.review.desk import Desk

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")

EVIL = "<script>document.title='evil'</script><img src=x onerror=\"document.title='evil'\">"
TEXT = (
    OPENING.replace("mở lớp vẽ", f"mở lớp 😀 {EVIL}")
    + BODY
    + "Điều 3. Báo cáo trước ngày 01 tháng 9 năm 2024.\n1. Mở lớp Viê\u0323t 😀:\na) Lớp sáng;\nb) Lớp chiều.\n"
    + FOOT
)


@contextmanager
def running(folder: Path, **settings: Any) -> Iterator[str]:
    """Runs a server, and gives its address."""
    import uvicorn

    from nqparse.web.app import make_app
    from nqparse.web.settings import ServeSettings

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = make_app(ServeSettings(folder, port=port, author="Lan", **settings))
    served = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=served.run, daemon=True)
    thread.start()
    while not served.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    served.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, str]]:
    folder = tmp_path_factory.mktemp("browsed")
    with Archive(folder, mode="a") as archive:
        archive.put(parse(TEXT, name="nq.txt"), folder / "nq.txt")
        (name,) = archive.ids()
    with running(folder) as address:
        yield address, folder, name


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
    yield opened
    assert faults == []
    context.close()


@pytest.fixture
def desk(page: Any, server: tuple[str, Path, str]) -> Any:
    page.goto(f"{server[0]}/documents/{server[2]}")
    page.wait_for_selector(".finding.active")
    return page


def pressed(page: Any, *keys: str) -> None:
    """Presses keys; the last one changes the document, and the server's answer is waited for."""
    for key in keys[:-1]:
        page.keyboard.press(key)
    page.evaluate("document.getElementById('told').textContent = ''")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press(keys[-1])
    # A selector, as the pages' own policy lets nobody evaluate a string while waiting.
    page.wait_for_selector("#told:not(:empty)")


def now(server: tuple[str, Path, str]) -> Any:
    with Archive(server[1]) as archive:
        return Desk(archive).reviewed(server[2]).document


def test_a_wrong_date_is_corrected_by_two_keys_and_undone_by_one(desk: Any, server: tuple[str, Path, str]) -> None:
    pressed(desk, "j", "1")
    assert now(server).header.date.value == "2024-09-01"
    desk.wait_for_selector("text=2024-09-01")
    pressed(desk, "u")
    assert now(server).header.date.value == "2024-03-05"


def test_a_value_is_typed_and_saved_by_enter(desk: Any, server: tuple[str, Path, str]) -> None:
    desk.keyboard.press("j")
    desk.keyboard.press("e")
    desk.fill("#value", "2023-12-31")
    pressed(desk, "Enter")
    desk.wait_for_selector("text=2023-12-31")
    date = now(server).header.date
    assert (date.value, date.text) == ("2023-12-31", "ngày 05 tháng 3 năm 2024")
    desk.keyboard.press("e")
    desk.fill("#value", "tháng nào")
    pressed(desk, "Enter")
    assert desk.locator("#told.fault").count() == 1
    pressed(desk, "u")
    assert now(server).header.date.value == "2024-03-05"


def test_scripts_of_a_document_never_run(desk: Any) -> None:
    assert "evil" not in desk.title().replace(EVIL, "")
    assert EVIL in desk.inner_text("#text")
    assert desk.locator("#text script, #text img, #groups img").count() == 0


def test_what_is_selected_is_what_is_kept(desk: Any, server: tuple[str, Path, str]) -> None:
    words = "Viê\u0323t 😀"
    desk.evaluate(
        """(words) => { const node = document.getElementById("text").firstChild, at = node.data.indexOf(words);
        getSelection().setBaseAndExtent(node, at, node, at + words.length); }""",
        words,
    )
    desk.keyboard.press("n")
    desk.select_option("#type", "PLACE")
    desk.focus("#save")
    pressed(desk, "Enter")
    found = [item for item in now(server).entities if item.type == "PLACE" and item.text == words]
    assert len(found) == 1
    pressed(desk, "u")


def test_the_place_of_a_value_lights_up(desk: Any) -> None:
    desk.keyboard.press("j")
    lit = desk.evaluate("[...CSS.highlights.get('nq-active')].map((range) => range.toString())")
    assert lit == ["ngày 05 tháng 3 năm 2024"]


def test_a_section_is_moved_by_keyboard(desk: Any, server: tuple[str, Path, str]) -> None:
    desk.click(".finding:has-text('b)')")
    pressed(desk, "[")
    assert now(server).find("3/b") is not None
    pressed(desk, "u")
    assert now(server).find("3/1/b") is not None


def test_a_document_is_approved_by_one_key_and_is_in_the_list(desk: Any, server: tuple[str, Path, str]) -> None:
    pressed(desk, "d")
    desk.wait_for_selector("#state.approved")
    desk.goto(server[0])
    desk.wait_for_selector("tbody tr")
    assert desk.inner_text("tbody .state") == "Đã duyệt"
    desk.click("#language")
    desk.wait_for_selector("tbody .state:has-text('Approved')")
    with desk.expect_response(lambda answer: "q=" in answer.url):
        desk.fill("#query", "lớp")
    assert desk.locator("tbody tr").count() == 1


def test_all_keys_are_told(desk: Any) -> None:
    desk.keyboard.press("?")
    assert desk.locator("#helping kbd").count() >= 10
    assert desk.evaluate("document.activeElement.closest('dialog') !== null")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_shut_nobody_out(browser: Any, server: tuple[str, Path, str], scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(server[0])
    page.wait_for_selector("tbody tr")
    assert axe.run(page).response["violations"] == []
    page.goto(f"{server[0]}/documents/{server[2]}")
    page.wait_for_selector(".finding.active")
    assert axe.run(page).response["violations"] == []
    page.keyboard.press("e")
    page.wait_for_selector("dialog[open]")
    assert axe.run(page).response["violations"] == []
    context.close()


def test_who_has_not_signed_in_is_asked_to(page: Any, tmp_path: Path) -> None:
    with running(tmp_path, token="a-token-of-some-length") as address:
        page.goto(address)
        page.wait_for_url("**/login")
        page.wait_for_selector("#named", state="hidden")
        page.fill("#password", "wrong")
        page.keyboard.press("Enter")
        page.wait_for_selector("#told.fault")
        page.fill("#password", "a-token-of-some-length")
        page.keyboard.press("Enter")
        page.wait_for_selector("#total:has-text('0')")


def test_files_that_are_chosen_are_added(page: Any, tmp_path: Path) -> None:
    file = tmp_path / "nq.txt"
    file.write_text(TEXT, "utf-8")
    with running(tmp_path / "archive") as address:
        page.goto(address)
        page.wait_for_selector("#total:has-text('0')")
        page.set_input_files("#files", file)
        page.wait_for_selector("tbody a")
        assert page.inner_text("tbody a") == "05/NQ-UBMT"
