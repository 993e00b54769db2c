from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from tiny import TEXT, at, document, gold, located

from nqparse.document import Cleaned, Document, Entity, Pinpoint, Recipient, TextEntity, Vote
from nqparse.evaluate import Report, compare, evaluate
from nqparse.evaluate_report import render
from nqparse.gold import Gold, dump
from nqparse.gold_write import document_to_gold
from nqparse.scoring import SKELETON, Tally, loose, score

Change = Callable[[Document], Any]


def entity(doc: Document, type_: str) -> Any:
    return next(entity for entity in doc.entities if entity.type == type_)


def set_entities(doc: Document, keep: Callable[[Entity], bool]) -> None:
    doc.entities = [entity for entity in doc.entities if keep(entity)]


def add_entity(doc: Document, type_: str, quote: str, value: Any, after: str = "") -> None:
    data = {**doc.model_dump(), "entities": [{"type": type_, **at(quote, after), "value": value}]}
    doc.entities += Document.model_validate(data).entities


def cut(value: Any, end: int = 1) -> None:
    """Shortens a located value at its end."""
    value.text, value.end = value.text[:-end], value.end - end


def lowered(change: Change, truth: Gold | None = None) -> set[str]:
    """Returns the figures that are not full after a change to the right Document."""
    doc = document()
    change(doc)
    tallies = score("tiny", truth or gold(), document_to_gold(doc)).tallies
    return {figure for figure, tally in tallies.items() if not tally.perfect}


def test_the_right_document_is_right() -> None:
    result = score("tiny", gold(), document_to_gold(document()))
    assert result.skeleton_right
    assert result.faults == []
    assert {tally.f1 for tally in result.tallies.values()} == {1.0, None}


def reattach(doc: Document) -> None:
    first, second = doc.body[0].children
    doc.body[0].children, first.children = [first], [second]


def swap(items: list[Any]) -> None:
    items.reverse()


# Each fault with the figures that it lowers, and no other. What belongs to the frame lowers the skeleton, too.
FAULTS: dict[str, tuple[Change, set[str]]] = {
    "header field missing": (lambda d: setattr(d.header, "motto", None), {"header.motto"}),
    "header field short": (lambda d: cut(d.header.title, 4), {"header.title"}),
    "date misread": (lambda d: setattr(d.header.date, "value", "2024-05-03"), {"header.date_value"}),
    "no enacting body": (lambda d: setattr(d.preamble, "enacting_body", None), {"preamble.enacting_body"}),
    "no formula": (lambda d: setattr(d.preamble, "formula", None), {"preamble.formula"}),
    "basis missing": (lambda d: d.preamble.bases.pop(), {"preamble.bases"}),
    "basis read as recital": (
        lambda d: d.preamble.recitals.append(d.preamble.bases.pop()), {"preamble.bases", "preamble.recitals"},
    ),
    "recital missing": (lambda d: d.preamble.recitals.clear(), {"preamble.recitals"}),
    "section missing": (lambda d: d.body.pop(), {"sections", "sections.attached"}),
    "section invented": (lambda d: d.body.append(d.body[1]), {"sections", "sections.attached"}),
    "section of another kind": (lambda d: setattr(d.body[1], "kind", "part"), {"sections", "sections.attached"}),
    "number misread": (lambda d: setattr(d.body[1], "number", "3"), {"sections", "sections.attached"}),
    "section attached elsewhere": (reattach, {"sections.attached"}),
    "heading missed": (lambda d: setattr(d.body[0], "heading", None), {"sections.heading"}),
    "no closing": (lambda d: setattr(d, "closing", None), {"closing"}),
    "recipient missing": (lambda d: d.recipients.pop(), {"recipients"}),
    "signature without name": (
        lambda d: setattr(d.signatures[0], "name", None), {"signatures", "signatures.name"},
    ),
    "signature missing": (
        lambda d: d.signatures.clear(),
        {"signatures", "signatures.authority", "signatures.position", "signatures.name"},
    ),
    "appendix missing": (lambda d: d.appendices.clear(), {"appendices", "appendices.title"}),
    "appendix without title": (lambda d: setattr(d.appendices[0], "title", None), {"appendices.title"}),
    "attendance": (lambda d: setattr(d.facts.attendance, "absent", 3), {"facts.attendance"}),
    "vote invented": (lambda d: setattr(d.facts, "vote", Vote(for_=12)), {"facts.vote"}),
    "no adoption": (lambda d: setattr(d.facts, "adopted_on", None), {"facts.adopted_on"}),
    "effect invented": (lambda d: setattr(d.facts, "effective_on", "2024-04-01"), {"facts.effective_on"}),
    "entity short": (lambda d: cut(entity(d, "ORG")), {"entities.strict", "entities.ORG.strict"}),
    "entity missing": (
        lambda d: set_entities(d, lambda e: e.type != "MONEY"),
        {"entities.strict", "entities.overlap", "entities.MONEY.strict", "entities.MONEY.overlap"},
    ),
    "entity invented": (
        lambda d: add_entity(d, "ORG", "Hội nghị", {}),
        {"entities.strict", "entities.overlap", "entities.ORG.strict", "entities.ORG.overlap"},
    ),
    "value wrong": (
        lambda d: setattr(entity(d, "MONEY"), "value", "5000 VND"), {"entities.values", "entities.MONEY.values"},
    ),
    "cited symbol wrong": (
        lambda d: setattr(entity(d, "DOCREF").value, "symbol", "9/TU"), {"entities.values", "entities.DOCREF.values"},
    ),
    "cited date missing": (
        lambda d: setattr(entity(d, "DOCREF").value, "date", None), {"entities.values", "entities.DOCREF.values"},
    ),
    "pinpoint wrong": (
        lambda d: setattr(entity(d, "DOCREF").value, "pinpoint", [Pinpoint(article="7")]),
        {"entities.values", "entities.DOCREF.values"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_fault_lowers_its_figures_only(name: str) -> None:
    change, figures = FAULTS[name]
    expected = figures | ({"skeleton"} if figures & set(SKELETON) else set())
    assert lowered(change) == expected


def note(doc: Document) -> None:
    """Puts the columns of a page between two pieces of a recipient, as gold has it in one quote."""
    start, end = TEXT.index("Tỉnh ủy;"), TEXT.index("VP.") + 3
    pieces = [(start, start + 8), (end - 3, end)]
    doc.recipients = [Recipient(text="Tỉnh ủy;\nVP.", start=start, end=end, fragments=pieces, name="Tỉnh ủy; VP.")]


# What does not count.
HARMLESS: dict[str, Change] = {
    "closing punctuation": lambda d: cut(d.recipients[0]),
    "punctuation at the very end": lambda d: cut(d.closing, 3),
    "another place with the same words": lambda d: setattr(d.header, "place", located("Ngàn", "Lê Văn ")),
    "order of recipients": lambda d: swap(d.recipients),
    "end of a basis": lambda d: cut(d.preamble.bases[0], 5),
    "case of a value": lambda d: setattr(entity(d, "DOCREF").value, "symbol", "09-NQ/tu"),
    "what gold does not say of a citation": lambda d: setattr(entity(d, "DOCREF").value, "issuer", "Tỉnh ủy"),
    "value of a name": lambda d: setattr(entity(d, "ORG").value, "name", None),
    "guests": lambda d: setattr(d.facts.attendance, "guests", "4"),
    "session of the facts": lambda d: setattr(d.facts, "adopted_at", "08:00"),
    "quantity": lambda d: add_entity(d, "QUANTITY", "2 lớp học", "2 lớp"),
    "name inside a citation": lambda d: add_entity(d, "PLACE", "Nghị", {}, after="Điều 7 "),
    "entity inside what is attached": lambda d: add_entity(d, "DATE", "ngày 01/4/2024", "2024-04-01"),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless_difference_lowers_nothing(name: str) -> None:
    assert lowered(HARMLESS[name]) == set()


def test_value_in_fragments_is_right_where_gold_has_the_envelope() -> None:
    start, end = TEXT.index("Tỉnh ủy;"), TEXT.index("VP.") + 3
    truth = gold()
    envelope = truth.recipients.items[0].model_copy(update={"start": start, "end": end, "text": TEXT[start:end]})
    truth.recipients.items = [envelope]
    assert lowered(note, truth) == set()
    # Elsewhere, its reading is right where gold tells how the envelope reads.
    truth.recipients.items = [envelope.model_copy(update={"start": start + 1, "text": TEXT[start + 1 : end]})]
    assert lowered(note, truth) == {"recipients", "skeleton"}
    truth.alts = {"recipients.0": "TỈNH ỦY; VP"}
    assert lowered(note, truth) == set()


def test_entities_count_up_to_their_end() -> None:
    truth = gold().model_copy(update={"entities_end": TEXT.index("Điều 1.")})
    assert lowered(lambda d: set_entities(d, lambda e: e.type not in {"MONEY", "PERSON"}), truth) == set()


def test_no_entities_are_zeros() -> None:
    assert {f for f in lowered(lambda d: d.entities.clear()) if not f.startswith("entities.")} == set()
    doc = document()
    doc.entities = []
    assert score("tiny", gold(), document_to_gold(doc)).tallies["entities.strict"] == Tally(gold=9)


def test_one_entity_over_two_overlaps_once() -> None:
    doc = document()
    dates = [e for e in doc.entities if e.type == "DATE"]
    start, end = dates[0].start, dates[1].end
    wide = TextEntity(type="DATE", text=TEXT[start:end], start=start, end=end)
    doc.entities = [wide]
    tallies = score("tiny", gold(), document_to_gold(doc)).tallies
    assert tallies["entities.DATE.strict"] == Tally(gold=3, predicted=1)
    assert tallies["entities.DATE.overlap"] == Tally(gold=3, predicted=1, right=1)


FOLDED = [
    ("**QUYẾT NGHỊ:**", "quyết nghị"),
    ("Lưu:  VT,\n| \\ | Báo.", "lưu: vt, báo"),
    ("thông qua./.", "thông qua"),
    ("xã hội****ở xã", "xã hộiở xã"),
    ("quye\u0302\u0301t", "quyết"),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_folding(text: str, folded: str) -> None:
    assert loose(text) == folded


def test_faults_say_what_to_do() -> None:
    doc = document()
    doc.header.title = None
    doc.preamble.formula = located("QUYẾT")
    doc.recipients = [*doc.recipients[:1], Recipient(**at("Nơi nhận:"), name="")]
    reattach(doc)
    doc.entities = []
    add_entity(doc, "DATE", "ngày 04/3/2024", "2024-04-03")
    lines = [str(fault) for fault in score("tiny", gold(), document_to_gold(doc)).faults]
    assert lines[0] == "header.title: expected “Về chương trình công tác” @156:180, got nothing"
    placeless = [re.sub(r" @\d+(:\d+)?", "", line) for line in lines]
    for line in [
        "preamble.formula: expected “QUYẾT NGHỊ:”, got “QUYẾT”",
        "sections.attached: expected arabic “2” under article “1”, got arabic “2” under arabic “1”",
        "recipients: missing: “Lưu: VP.”",
        "recipients: not in gold: “Nơi nhận:”",
        "entities.RATIO.strict: missing: “12/15”",
        "entities.DATE.values: expected “ngày 04/3/2024” = 2024-03-04, got 2024-04-03",
    ]:
        assert line in placeless


# -- over many documents ----------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three specimens, all of the same text."""
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "source.txt").write_bytes(TEXT.encode())
        (tmp_path / name / "gold.json").write_text(dump(gold()), "utf-8")
    return tmp_path


class Parser:
    """Plays what it was told, one document after the other; an error is raised."""

    def __init__(self, *answers: Document | Exception) -> None:
        self.answers = list(answers)

    def __call__(self, text: str) -> Document:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def untitled() -> Document:
    doc = document()
    doc.header.title = None
    return doc


def test_perfect_parser_has_full_figures(folder: Path) -> None:
    report = evaluate([folder], lambda text: document())
    assert {(figure.micro, figure.macro) for figure in report.figures.values()} == {(1.0, 1.0), (None, None)}
    assert [score.name for score in report.documents] == ["a", "b", "c"]


def test_crash_is_zero_in_its_document(folder: Path) -> None:
    report = evaluate([folder / "a"], Parser(RuntimeError("lost")))
    assert {figure.micro for figure in report.figures.values()} == {0.0, None}
    assert report.documents[0].error == "RuntimeError: lost"
    # A fact that gold has as null is not right either.
    assert report.figures["facts.vote"].micro == 0.0
    both = evaluate([folder], Parser(document(), RuntimeError("lost"), document()))
    assert both.figures["skeleton"].macro == pytest.approx(2 / 3, abs=1e-4)
    assert both.figures["preamble.bases"].micro == pytest.approx(0.8)  # 4 right, of 6 there and 4 found
    assert both.figures["preamble.bases"].macro == pytest.approx(2 / 3, abs=1e-4)


def test_document_of_another_text_is_zero(folder: Path) -> None:
    def parse(text: str) -> Document:
        return document().model_copy(update={"text": text + " "})

    report = evaluate([folder / "a"], parse)
    assert report.figures["header.symbol"].micro == 0.0
    assert report.documents[0].error == "the Document's text is not the text that was given"


def test_report_is_read_back(folder: Path) -> None:
    report = evaluate([folder], Parser(document(), ValueError("x"), untitled()))
    assert Report.from_json(report.to_json()) == report
    again = evaluate([folder], Parser(document(), ValueError("x"), untitled()))
    assert again.to_json() == report.to_json()


def test_comparison_tells_gains_and_losses(folder: Path) -> None:
    before = evaluate([folder / "a", folder / "b"], Parser(untitled(), document()))
    after = evaluate([folder], Parser(document(), untitled(), untitled()))
    told = compare(before, after)
    # One gained what the other lost: the total over the shared documents stands still, the documents do not.
    assert told.figures == []
    assert [(c.document, c.figure, c.gain) for c in told.documents] == [
        ("a", "header.title", 1.0), ("a", "skeleton", 1.0), ("b", "header.title", -1.0), ("b", "skeleton", -1.0),
    ]  # fmt: skip
    assert (told.added, told.removed) == (["c"], [])
    better = compare(before, evaluate([folder / "a", folder / "b"], lambda text: document()))
    assert [(c.document, c.figure, c.before, c.after) for c in better.figures] == [
        (None, "header.title", 0.5, 1.0), (None, "skeleton", 0.5, 1.0),
    ]  # fmt: skip
    assert compare(after, after).documents == []


def shown(report: Report, previous: Report | None = None, *, verbose: bool = False) -> str:
    out = io.StringIO()
    Console(file=out, width=200).print(render(report, previous, verbose=verbose))
    return out.getvalue()


def test_rendered_report(folder: Path) -> None:
    def no_ratio() -> Document:
        doc = untitled()
        set_entities(doc, lambda e: e.type != "RATIO")
        return doc

    before = evaluate([folder], lambda text: document())
    after = evaluate([folder], Parser(no_ratio(), RuntimeError("lost"), document()))
    plain, verbose = shown(after), shown(after, before, verbose=True)
    assert "header.title: expected “Về chương trình công tác”" in plain
    assert "RuntimeError: lost" in plain
    assert "crashed" in plain
    assert "entities.RATIO.strict: missing" not in plain
    assert "entities.RATIO.strict: missing: “12/15”" in verbose
    assert "a · header.title: 1.000 → 0.000  -1.000" in verbose
    assert "all · header.title: 1.000 → 0.333  -0.667" in verbose
    assert shown(after, after).rstrip().endswith("none")


def test_title_of_two_appendices() -> None:
    def second(doc: Document) -> None:
        doc.appendices.append(doc.appendices[0].model_copy(update={"title": Cleaned(**at("Lớp vẽ"), value="Lớp vẽ")}))

    assert lowered(second) == {"appendices", "appendices.title"}
