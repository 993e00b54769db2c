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
from shapes import BODY, FOOT, OPENING, SPECIMENS, text_of

from nqparse.archive.archive import Archive
from nqparse.pipeline import parse
from nqparse.review.anchors import Anchor
from nqparse.review.desk import Desk
from nqparse.review.operations import RelabelSection, SetField

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


# What there is to correct beside fields and entities: facts, signatures, sections that were missed, an appendix.
RICH = (
    OPENING
    + "Điều 1. Mở hai lớp vẽ.\nĐiều 2. Giao Văn phòng thực hiện, cụ thể: Mở lớp 😀 mới.\na. Lớp sáng.\n"
    + "Nghị quyết này đã được Đại hội thông qua ngày 04 tháng 3 năm 2024 với 24/25 đại biểu tán thành.\n"
    + FOOT
    + "PHỤ LỤC\nDANH SÁCH LỚP\n(Kèm theo Nghị quyết số 05/NQ-UBMT)\n1. Lớp vẽ:\na) Sáng;\nb) Chiều.\n"
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


@pytest.fixture
def rich(tmp_path: Path) -> Iterator[tuple[str, Path, str]]:
    with Archive(tmp_path, mode="a") as archive:
        archive.put(parse(RICH, name="nq.txt"), tmp_path / "nq.txt")
        (name,) = archive.ids()
    with running(tmp_path) as address:
        yield address, tmp_path, name


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


def select(page: Any, words: str) -> None:
    page.evaluate(
        """(words) => { const node = document.getElementById("text").firstChild, at = node.data.indexOf(words);
        getSelection().setBaseAndExtent(node, at, node, at + words.length); }""",
        words,
    )


def opened(page: Any, server: tuple[str, Path, str]) -> Any:
    page.goto(f"{server[0]}/documents/{server[2]}")
    page.wait_for_selector(".finding.active")
    return page


def lit(page: Any) -> list[str]:
    found: list[str] = page.evaluate("[...CSS.highlights.get('nq-active') ?? []].map((range) => range.toString())")
    return found


def test_what_is_selected_is_what_is_kept(desk: Any, server: tuple[str, Path, str]) -> None:
    words = "Viê\u0323t 😀"
    select(desk, words)
    desk.keyboard.press("n")
    desk.select_option("#type", "PLACE")
    desk.focus("#save")
    pressed(desk, "Enter")
    found = [item for item in now(server).entities if item.type == "PLACE" and item.text == words]
    assert len(found) == 1
    pressed(desk, "u")


def test_the_place_of_a_value_lights_up(desk: Any) -> None:
    desk.keyboard.press("j")
    assert lit(desk) == ["ngày 05 tháng 3 năm 2024"]


def test_a_section_is_moved_by_keyboard(desk: Any, server: tuple[str, Path, str]) -> None:
    desk.click(".finding:has-text('b)')")
    pressed(desk, "[")
    assert now(server).find("3/b") is not None
    pressed(desk, "u")
    assert now(server).find("3/1/b") is not None


def test_a_section_that_was_missed_is_made_of_its_line(page: Any, rich: tuple[str, Path, str]) -> None:
    opened(page, rich)
    page.click(".finding:has(.label:has-text('Điều 2.'))")
    select(page, "Mở lớp 😀 mới.")
    page.keyboard.press("n")
    assert page.input_value("#type") == "section"
    page.focus("#save")
    pressed(page, "Enter")
    assert page.locator("#told.fault").count() == 1  # there is no label: the kind has to be said
    page.keyboard.press("n")
    page.select_option("#kind", "ordinal")
    page.fill("#value", "Một là")
    pressed(page, "Enter")
    assert [one.number for one in now(rich).body[1].children][:1] == ["Một là"]
    pressed(page, "u")
    pressed(page, "x")
    assert [one.number for one in now(rich).body] == ["1", "a"]
    select(page, "Điều 2. Giao")
    page.keyboard.press("n")
    page.select_option("#type", "section")
    page.focus("#save")
    pressed(page, "Enter")
    assert [(one.number, one.label) for one in now(rich).body] == [
        ("1", "Điều 1."), ("2", "Điều 2."), ("a", "a."),
    ]  # fmt: skip


def test_a_section_is_confirmed_and_gets_number_and_title(page: Any, rich: tuple[str, Path, str]) -> None:
    opened(page, rich)
    page.click(".finding:has(.label:has-text('Điều 1.'))")
    pressed(page, "a")
    assert page.locator(".finding.active .mark.agrees").count() == 1
    select(page, "Mở hai lớp vẽ")
    page.keyboard.press("e")
    assert page.input_value("#heading") == "selection"
    page.fill("#value", "1a")
    pressed(page, "Enter")
    section = now(rich).body[0]
    assert (section.number, section.heading.text) == ("1a", "Mở hai lớp vẽ")
    assert page.locator(".finding.active .mark.applied").count() == 1
    page.keyboard.press("e")
    page.select_option("#heading", "none")
    page.focus("#save")
    pressed(page, "Enter")
    assert now(rich).body[0].heading is None


def test_facts_are_shown_with_their_place_and_corrected(page: Any, rich: tuple[str, Path, str]) -> None:
    opened(page, rich)
    page.click(".finding:has-text('Biểu quyết')")
    assert lit(page) == ["24/25"]
    page.keyboard.press("e")
    page.fill("[data-part=against]", "1")
    pressed(page, "Enter")
    vote = now(rich).facts.vote
    assert (vote.for_, vote.against, vote.abstain, vote.total) == (24, 1, None, 25)
    page.click(".finding:has-text('Hiệu lực từ')")
    select(page, "ngày 04 tháng 3 năm 2024")
    page.keyboard.press("e")
    pressed(page, "Enter")
    assert now(rich).facts.effective_on == "2024-03-04"
    assert lit(page) == ["ngày 04 tháng 3 năm 2024"]
    page.keyboard.press("e")
    page.fill("#value", "")
    pressed(page, "Enter")
    assert now(rich).facts.effective_on is None
    select(page, "24/25 đại biểu")
    page.keyboard.press("n")
    page.select_option("#type", "facts.attendance")
    page.focus("#save")
    pressed(page, "Enter")
    assert (now(rich).facts.attendance.present, now(rich).facts.attendance.total) == (24, 25)
    page.click(".finding:has(.label:has-text('Có mặt'))")
    pressed(page, "x")
    assert now(rich).facts.attendance is None


def test_a_signature_is_made_of_the_selected_block(page: Any, rich: tuple[str, Path, str]) -> None:
    opened(page, rich)
    page.click(".finding:has-text('Lê Văn Ngàn') >> nth=0")
    pressed(page, "x")
    assert now(rich).signatures == []
    select(page, "TM. ỦY BAN\nCHỦ TỊCH\nLê Văn Ngàn")
    page.keyboard.press("n")
    page.select_option("#type", "signature.block")
    page.focus("#save")
    pressed(page, "Enter")
    (block,) = now(rich).signatures
    assert [one.text for one in (block.authority, block.position, block.name)] == [
        "TM. ỦY BAN", "CHỦ TỊCH", "Lê Văn Ngàn",
    ]  # fmt: skip
    page.click(".finding:has-text('TM. ỦY BAN ·')")
    select(page, "Văn Ngàn")
    page.keyboard.press("e")
    page.select_option("#type", "name")
    page.focus("#save")
    pressed(page, "Enter")
    assert now(rich).signatures[0].name.text == "Văn Ngàn"


def test_sections_of_an_appendix_are_shown_and_moved(page: Any, rich: tuple[str, Path, str]) -> None:
    opened(page, rich)
    page.click(".finding:has-text('DANH SÁCH LỚP')")
    assert lit(page) == ["PHỤ LỤC"]
    page.click(".finding:has(.label:has-text('b)'))")
    assert lit(page)[0].startswith("b)")
    pressed(page, "[")
    assert [one.number for one in now(rich).appendices[0].body] == ["1", "b"]
    pressed(page, "]")
    assert [one.number for one in now(rich).appendices[0].body[0].children] == ["a", "b"]


def test_a_finding_about_what_was_corrected_is_dimmed_and_stays(page: Any, tmp_path: Path) -> None:
    text = RICH.replace("05/NQ", "05/2023/NQ", 1)
    with Archive(tmp_path, mode="a") as archive:
        archive.put(parse(text, name="nq.txt"), tmp_path / "nq.txt")
        (name,) = archive.ids()
    with running(tmp_path) as address:
        opened(page, (address, tmp_path, name))
        assert page.locator(".finding:has-text('SYM-002')").count() == 1
        assert page.locator(".settled").count() == 0
        page.keyboard.press("j")
        page.keyboard.press("e")
        page.fill("#value", "2023-03-05")
        pressed(page, "Enter")
        page.wait_for_selector(".settled:has-text('SYM-002')")
        page.click(".settled")
        pressed(page, "x")
        assert page.locator(".finding:has-text('SYM-002')").count() == 0


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
    with Archive(server[1], mode="a") as archive:
        desk = Desk(archive)
        revision = desk.review(server[2]).revision
        place = Anchor(start=TEXT.index("ngày 01"), end=TEXT.index("ngày 01") + len("ngày 01 tháng 9 năm 2024"))
        settled = [
            SetField(field="header.date", place=place), SetField(field="header.issuer", place=None),
            RelabelSection(section=Anchor(start=TEXT.index("Điều 1"), end=TEXT.index("Điều 1") + 6), number="1"),
        ]  # fmt: skip
        desk.correct(server[2], settled, revision=revision, author="Lan")
    page.goto(f"{server[0]}/documents/{server[2]}/record")
    page.wait_for_selector("#record h1")
    assert axe.run(page).response["violations"] == []
    page.goto(f"{server[0]}/documents/{server[2]}")
    page.wait_for_selector(".finding.active")
    assert axe.run(page).response["violations"] == []
    assert page.locator(".mark").count() == 3
    page.keyboard.press("e")
    page.wait_for_selector("dialog[open]")
    assert axe.run(page).response["violations"] == []
    page.keyboard.press("Escape")
    select(page, "Điều 2.")
    page.keyboard.press("n")
    page.select_option("#type", "facts.vote")
    assert axe.run(page).response["violations"] == []
    with Archive(server[1], mode="a") as archive:
        Desk(archive).undo(server[2], revision=revision + 1, author="Lan")
        page.goto(server[0])
    page.wait_for_selector("tbody tr")
    page.evaluate("document.getElementById('approving').showModal()")
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


# -- narrow windows, paper, approving many ---------------------------------------------------------------


def fits(page: Any) -> bool:
    """Tells whether nothing of a page lies beyond its right edge, and no button or value is cut off."""
    found: bool = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth && ![...document.querySelectorAll(
        "button, a, input, select, td, th, .words, #title")].some((one) => one.checkVisibility()
        && !one.matches(".skip, [type=file]") && (one.getBoundingClientRect().right > innerWidth
        || one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline"))"""
    )
    return found


@pytest.mark.parametrize("size", [(640, 400), (320, 640)])
def test_nothing_is_cut_off_at_200_percent(browser: Any, rich: tuple[str, Path, str], size: tuple[int, int]) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.goto(rich[0])
    page.wait_for_selector("tbody tr")
    assert fits(page)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "query"
    opened(page, rich)
    assert fits(page)
    for _ in range(12):
        page.keyboard.press("j")
        place = page.locator(".finding.active").bounding_box()
        assert place["y"] >= 0
        assert place["y"] + place["height"] <= size[1]
    page.click(".finding:has(.label:has-text('Biểu quyết'))")
    page.keyboard.press("e")
    page.wait_for_selector("#editing[open]")
    assert fits(page)
    page.locator("#save").scroll_into_view_if_needed()
    place = page.locator("#save").bounding_box()
    assert place["y"] + place["height"] <= size[1]
    page.fill("[data-part=against]", "1")
    pressed(page, "Enter")
    assert now(rich).facts.vote.against == 1
    page.keyboard.press("p")
    page.wait_for_selector("#record h1")
    assert fits(page)
    context.close()


def test_a_record_is_printed_with_all_that_was_done(page: Any, rich: tuple[str, Path, str], tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    opened(page, rich)
    page.click(".finding:has(.label:has-text('Biểu quyết'))")
    page.keyboard.press("e")
    page.fill("[data-part=against]", "1")
    page.fill("#reason", "theo biên bản")
    pressed(page, "Enter")
    pressed(page, "u")
    page.keyboard.press("p")
    page.wait_for_selector("#record .undone")
    page.pdf(path=tmp_path / "record.pdf", format="A4")
    document = pdfium.PdfDocument(tmp_path / "record.pdf")
    words = " ".join(" ".join(one.get_textpage().get_text_range() for one in document).split())
    reading = now(rich)
    for wanted in (
        "05/NQ-UBMT", "ỦY BAN MỸ THUẬT TỈNH NGÀN", "Độc lập - Tự do - Hạnh phúc", "tán thành: 24",
        "Căn cứ Điều lệ Hội;", "Giao Văn phòng thực hiện", "DANH SÁCH LỚP",
        "Các chi hội;", "TM. ỦY BAN · CHỦ TỊCH · Lê Văn Ngàn", "Lan",
        "theo biên bản", "hoàn tác bởi Lan", *(finding.code for finding in reading.diagnostics),
    ):  # fmt: skip
        assert wanted in words
    assert "Về bàn duyệt" not in words
    opened(page, rich)
    page.emulate_media(media="print")
    assert page.locator("button.finding").first.is_visible()
    assert not page.locator("#approve").is_visible()
    assert page.locator("#title").is_visible()


def test_how_many_are_approved_is_said_before(page: Any, tmp_path: Path) -> None:
    clean = 0
    with Archive(tmp_path, mode="a") as archive:
        for folder in SPECIMENS[:8]:
            document = parse(text_of(folder), name=folder.name)
            archive.put(document, tmp_path / folder.name)
            clean += all(finding.severity == "I" for finding in document.diagnostics)
        archive.put(parse(RICH), tmp_path / "nq.txt")
    assert clean
    with running(tmp_path) as address:
        page.goto(address)
        page.wait_for_selector("tbody tr")
        assert page.locator("#heads [title]").count() == 2
        page.click("#approve")
        page.wait_for_selector("#approving[open]")
        assert page.inner_text("#approving-count") == f"{clean} văn bản sẽ được duyệt."
        page.keyboard.press("Enter")  # the safe button is the one that a hasty key finds
        page.wait_for_selector("#approving", state="hidden")
        with Archive(tmp_path) as archive:
            assert list(Desk(archive).approved()) == []
        page.click("#approve")
        page.click("#approve-now")
        page.wait_for_selector(f"#told:has-text('{clean}')")
        with Archive(tmp_path) as archive:
            assert len(list(Desk(archive).approved())) == clean
        page.click("#approve")
        page.wait_for_selector("#told:has-text('Không có văn bản nào sạch')")
