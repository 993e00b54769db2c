"""`python -m benchmarks scans`, or `python -m benchmarks.scans KIND…`: scans, read by each engine and by both together.

The specimens are set on paper and scanned. For each kind of scan: the share of specimens whose skeleton is that of the
plain text, the share of letters that are wrong (against the text of the same page with a text layer), and the seconds
for a page. A skeleton is the same if it has the same parts in the same order and each reads alike: single letters may
be wrong.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from time import perf_counter

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from benchmarks.formats import CannotRenderError, specimens
from benchmarks.formats.pages import SCANS, missing, pdf, scan
from benchmarks.formats.sheet import Specimen
from benchmarks.formats.skeleton import Skeleton, skeleton_of
from benchmarks.measure import Row, skipped
from benchmarks.texts import Texts
from nqparse.fold import fold
from nqparse.pipeline import parse
from nqparse.source.geometry.writing import Writer
from nqparse.source.ocr.engine import Engine, Picture
from nqparse.source.ocr.merge import in_doubt, merged
from nqparse.source.ocr.picture import denoised, levelled
from nqparse.source.ocr.sheets import Reading, sheet_of
from nqparse.source.ocr.tesseract import Tesseract
from nqparse.source.pdf import read_pdf

_ALIKE = 80  # of 100: two texts that are the same but for some letters
_SHORT = 3


def engines() -> list[Engine]:
    """Returns the engines that are installed, the first choice first."""
    found: list[Engine] = [Tesseract()] if Tesseract.is_installed() else []
    try:
        from nqparse.source.ocr.true_ocr import TrueOcr  # noqa: PLC0415  (loads the models)

        found.append(TrueOcr())
    except ImportError:
        pass
    return found


def is_same(expected: Skeleton, got: Skeleton) -> bool:
    """Tells whether two skeletons have the same parts, each reading alike."""
    return all(
        len(values) == len(got[part])
        and all(
            _alike(one, other, of_sections=part == "sections") for one, other in zip(values, got[part], strict=True)
        )
        for part, values in expected.items()
    )


def _alike(one: str, other: str, *, of_sections: bool) -> bool:
    if of_sections:
        # The kinds of a section and of all above it; their numbers are letters of the text that follows.
        (path, one), (other_path, other) = one.split(": ", 1), other.split(": ", 1)
        kinds = [[part.split(" ")[0] for part in side.split("/")] for side in (path, other_path)]
        if kinds[0] != kinds[1]:
            return False
    one, other = fold(one), fold(other)
    return one == other or (len(one) > _SHORT and bool(other) and ratio(one, other) >= _ALIKE)


def read(specimen: Specimen, kind: str, by: Sequence[Engine], seconds: Counter[str]) -> dict[str, str]:
    """Returns what each engine reads in a scan, and what both do; adds the seconds that it took."""
    dpi = SCANS[kind][0]
    writers = {engine.name: Writer() for engine in by} | ({"both": Writer()} if len(by) > 1 else {})
    for image in scan(specimen, kind):
        picture = Picture(image.width, image.height, dpi, image.tobytes())
        start = perf_counter()
        picture = denoised(picture)
        level, degrees = levelled(picture)
        seconds["page"] += perf_counter() - start
        found = {}
        for engine in by:
            start = perf_counter()
            found[engine.name] = engine.read(level)
            seconds[engine.name] += perf_counter() - start
        if len(by) > 1:
            words = found[by[0].name]
            found["both"] = merged(words, found[by[1].name])[0] if in_doubt(words) else words
        for name, words in found.items():
            reading = Reading(name, picture.width, picture.height, picture.dpi, degrees, words)
            writers[name].write(sheet_of(reading))
        seconds["pages"] += 1
    return {name: writer.finish()[0] for name, writer in writers.items()}


def measure(kinds: Sequence[str]) -> Iterator[Row]:
    """Yields the rows of these kinds of scans."""
    by = engines()
    if missing() or not by:
        yield skipped("scans", "scans", missing() or "no OCR engine")
        return
    for kind in kinds:
        seconds: Counter[str] = Counter()
        wrong: Counter[str] = Counter()
        same: dict[str, list[str]] = {}
        letters = count = 0
        for specimen in specimens():
            try:
                plain = " ".join(read_pdf(pdf(specimen)).text.split())
            except CannotRenderError:
                continue
            letters += len(plain)
            count += 1
            expected = skeleton_of(specimen.document)
            for name, text in read(specimen, kind, by, seconds).items():
                wrong[name] += Levenshtein.distance(plain, " ".join(text.split()))
                if not is_same(expected, skeleton_of(parse(text))):
                    same.setdefault(name, []).append(specimen.name)
        for name in wrong:
            bad = same.get(name, [])
            note = f"{count - len(bad)} of {count}, not {', '.join(bad)}" if bad else f"{count} of {count}"
            yield Row("scans", f"{kind}: skeleton, {name}", 100 * (count - len(bad)) / count, "%", note)
            yield Row("scans", f"{kind}: wrong letters, {name}", 100 * wrong[name] / letters, "%")
            if name in seconds:
                yield Row("scans", f"{kind}: {name}", seconds[name] / seconds["pages"], "s", "for a page")


def compare(_texts: Texts, _runs: int, _times: Sequence[int]) -> list[Row]:
    """Returns the rows of all kinds of scans. It takes a second or two for each page and engine."""
    return list(measure(tuple(SCANS)))


def main(kinds: list[str]) -> int:
    """Prints the rows of some kinds, of all where none is named; returns 2 for one that there is not."""
    if unknown := [kind for kind in kinds if kind not in SCANS]:
        print(f"no such kind: {', '.join(unknown)}; there are: {', '.join(SCANS)}", file=sys.stderr)
        return 2
    for row in measure(kinds or tuple(SCANS)):
        figure = "skipped" if row.value is None else f"{row.value:.2f} {row.unit}"
        print(f"{row.name}: {figure} ({row.note})", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
