"""Made-up archives must be what they say: the parser has to find in them what the generator put there."""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

import pytest

from nqparse import parse, parse_file

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # `benchmarks` is no part of the package

from benchmarks.archive import figures, files  # noqa: E402
from benchmarks.archive.grammar import grammar  # noqa: E402
from benchmarks.archive.plan import plans  # noqa: E402
from benchmarks.archive.writing import Made, documents  # noqa: E402

SAMPLE = 200


@pytest.fixture(scope="module")
def made() -> list[Made]:
    return list(documents(2000, seed=7))


def test_the_same_seed_gives_the_same_documents(made: list[Made]) -> None:
    again = list(documents(2000, seed=7))
    assert again == made
    assert next(documents(2000, seed=8)).text != made[0].text


def test_a_sample_is_read_as_it_was_meant(made: list[Made]) -> None:
    wrong: list[tuple[str, str]] = []
    for item in random.Random(1).sample(made, SAMPLE):
        document = parse(item.text)
        header, signatures = document.header, document.signatures
        found = {
            "symbol": header.symbol and header.symbol.normalized,
            "date": header.date and header.date.value,
            "title": header.title and header.title.value,
            "sections": tuple((section.kind, section.number) for section in document.iter_sections()),
            "bases": len(document.preamble.bases),
            "recipients": len(document.recipients),
            "signer": signatures[0].name and signatures[0].name.text if len(signatures) == 1 else None,
        }
        wrong += [(item.name, key) for key, value in found.items() if value != getattr(item, key)]
        vote = document.facts.vote
        if item.vote and (vote is None or vote.for_ != item.vote[0]):
            wrong.append((item.name, "vote"))
        if any(zone.kind == "unknown" for zone in document.zones):
            wrong.append((item.name, "unknown zone"))
    assert wrong == []


def test_documents_vary(made: list[Made]) -> None:
    sizes = sorted(len(item.text.encode()) for item in made)
    assert sizes[0] < 1000
    assert sizes[-1] > 15_000
    assert 3000 < sum(sizes) / len(sizes) < 8000
    assert len({item.text for item in made}) == len(made)
    years = {item.date[:4] for item in made if item.date}
    assert min(years) <= "1987"
    assert max(years) >= "2025"
    kinds = Counter(section for item in made for section, _ in item.sections)
    assert {"chapter", "article", "upper", "roman", "arabic", "decimal", "letter", "dash", "plus"} <= kinds.keys()


def test_every_kind_of_issuer_comes() -> None:
    planned = plans(2000, 7)
    assert {plan.issuer.kind for plan in planned} == grammar().kinds.keys()
    assert len({(plan.issuer.body, plan.symbol, plan.held.year) for plan in planned}) == len(planned)


def test_citations_name_earlier_documents_of_the_archive() -> None:
    planned = plans(2000, 7)
    cites = [(plan, planned[number]) for plan in planned for number in plan.cites]
    assert len(cites) > 1000
    assert all(other.signed < plan.held for plan, other in cites)
    by_name = {item.name: item for item in documents(2000, 7)}
    for plan in planned:
        assert by_name[f"{plan.number:06d}"].cites == tuple(planned[number].symbol for number in plan.cites)


def test_files_of_all_kinds_are_written(tmp_path: Path) -> None:
    size = files.write(tmp_path, 60, mixed=True)
    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert Counter(path.suffix for path in found) == {".txt": 53, ".html": 5, ".docx": 2}
    assert sum(path.stat().st_size for path in found) == size
    by_name = {item.name: item for item in documents(60)}
    for path in found:
        symbol = parse_file(path).header.symbol
        assert symbol is not None
        assert symbol.normalized == by_name[path.stem].symbol


def test_the_benchmark_measures_all_of_it(tmp_path: Path) -> None:
    rows = {row.name: row.value for row in figures.measure(tmp_path, 8)}
    expected = {"add, 2 processes on 2 cores", "search, p95", "export, akoma-ntoso", "database", "copies looked for"}
    assert expected <= rows.keys()
    assert all(value is None or value > 0 for value in rows.values())
