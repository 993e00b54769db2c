"""`python -m benchmarks desk`: how long it takes to open a long scan on the review desk, in a real Chromium.

Scans of the specimens, one behind the other, make one PDF (60 MB for 300 pages), which is added to an archive: OCR
takes about half a second a page. Then, for each run, a server is started that has seen nothing yet.
"""

from __future__ import annotations

import argparse
import io
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measure import Row, of_runs, skipped
from nqparse.archive.archive import Archive

if TYPE_CHECKING:
    from PIL.Image import Image

_KIND = "clean, 200 dpi"
_SECONDS = 60


def scan_pdf(pages: int) -> bytes:
    """Returns a PDF of so many scanned pages; it has no text."""
    from benchmarks.formats import CannotRenderError, specimens  # noqa: PLC0415  (needs what makes paper)
    from benchmarks.formats.pages import SCANS, scan  # noqa: PLC0415

    def sheets(specimen: Any) -> Iterator[Image]:
        try:
            yield from scan(specimen, _KIND)
        except CannotRenderError:
            return

    images = islice(chain.from_iterable(map(sheets, cycle(specimens()))), pages)
    found = io.BytesIO()
    next(images).save(found, "PDF", resolution=SCANS[_KIND][0], save_all=True, append_images=images, quality=60)
    return found.getvalue()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Runs `nqparse serve` in a process of its own, and gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "nqparse", "serve", "--archive", str(folder), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + _SECONDS
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(_SECONDS)


def opened(browser: Any, address: str, document_id: str) -> dict[str, float]:
    """Opens a document and its pages; returns the seconds that each step took."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    found: dict[str, float] = {}

    def timed(name: str, act: Callable[[], object]) -> None:
        start = time.perf_counter()
        act()
        found[name] = time.perf_counter() - start

    def open_document() -> None:
        page.goto(f"{address}/documents/{document_id}", wait_until="commit")
        page.wait_for_selector(".finding.active")

    def see(number: int) -> None:
        page.locator(f"figure[data-page='{number}'] img").evaluate("(image) => image.decode()")

    def show_pages() -> None:
        page.click("#view")
        see(1)

    def light() -> None:
        with page.expect_response(lambda answer: "/boxes?" in answer.url):
            page.keyboard.press("j")
        page.wait_for_selector(".box")

    def light_the_last() -> None:
        page.locator(".finding").last.dispatch_event("click")
        page.wait_for_selector(f"figure[data-page='{last}'] .box")
        see(last)

    timed("values shown", open_document)
    paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"
    found["first paint"] = page.evaluate(paint)
    timed("pages known, then", lambda: page.wait_for_selector("#view"))
    timed("first page seen, from the click", show_pages)
    timed("first box lit, from the key", light)
    last = _page_of_the_last_value(page, f"{address}/api/v1/documents/{document_id}")
    timed("last value lit, and its page seen", light_the_last)
    page.close()
    return found


def _page_of_the_last_value(page: Any, api: str) -> int:
    """Returns the number of the page that the last entity of a document stands on."""
    place = page.request.get(api).json()["document"]["entities"][-1]
    boxes = page.request.get(f"{api}/boxes?start={place['start']}&end={place['end']}").json()
    return int(boxes[0]["page"])


def measure(folder: Path, pages: int, runs: int) -> Iterator[Row]:
    """Yields the rows; the archive in the folder is used if there is one."""
    chromium = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415
    except ModuleNotFoundError:
        chromium = None
    if chromium is None:
        yield skipped("desk", "desk", "there is no Chromium, or no Playwright, here")
        return
    if not (folder / "archive.sqlite").exists():
        file = folder / f"scan-{pages}.pdf"
        folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(scan_pdf(pages))
        with Archive(folder, mode="a") as archive:
            report = archive.add(file, jobs=1, ocr="trueocr")
        yield Row("desk", "adding", report.seconds, "s", f"{pages} scanned pages, one process")
    with Archive(folder) as archive:
        (name,) = archive.ids()
        kept, size = archive.connection.execute("SELECT count(*), sum(length(boxes)) FROM pages").fetchone()
        values = len(archive[name].entities)
    yield Row("desk", "places kept", size / kept / 1000, "KB", "for a page")
    times: dict[str, list[float]] = defaultdict(list)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for _ in range(runs):
            with served(folder) as address:
                for step, seconds in opened(browser, address, name).items():
                    times[step].append(seconds)
        browser.close()
    for step, found in times.items():
        yield of_runs("desk", step, found, "s", f"{kept} pages, {values} entities, a server that has just started")


def main(arguments: list[str]) -> list[Row]:
    """Returns the rows that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks desk", description=__doc__)
    parser.add_argument("--pages", type=int, default=300, metavar="N", help="how many pages the scan has (300)")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="how many servers are started (3)")
    parser.add_argument("--archive", type=Path, metavar="DIR", help="make the archive here, or use it")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        return list(measure(options.archive or Path(folder), options.pages, options.runs))
