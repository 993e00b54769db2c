"""The review: corrections lie over the machine's reading, can be undone, survive another reading, are never lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shapes import BODY, FOOT, HEAD, OPENING, SPECIMENS, outline, text_of

from nqparse.archive.archive import Archive
from nqparse.archive.entry import Entry
from nqparse.archive.store import File, Writer, transaction
from nqparse.document import Document
from nqparse.pipeline import parse
from nqparse.review.anchors import Anchor, anchor_at, placed
from nqparse.review.applying import Kept, apply
from nqparse.review.desk import Desk
from nqparse.review.faults import ConflictError, Misfit, NoDocumentError, ReviewError
from nqparse.review.gold import write_gold
from nqparse.review.listing import listing
from nqparse.review.looking import parts_of
from nqparse.review.operations import (
    AddSection,
    ChangeEntity,
    ChangeItem,
    ChangeSignature,
    JudgeDiagnostic,
    Mentioned,
    MoveSection,
    RelabelSection,
    RemoveSection,
    SetFact,
    SetField,
    SetHeading,
)

TEXT = OPENING + BODY + "Điều 3. Hội Vẽ góp 5 triệu đồng, Hội Vẽ báo cáo trước ngày 01 tháng 9 năm 2024.\n" + FOOT


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive", mode="a") as opened:
        yield opened


@pytest.fixture
def desk(archive: Archive) -> Desk:
    return Desk(archive)


def put(archive: Archive, text: str, *, version: str = "1", name: str = "a.txt", sha: str = "") -> str:
    """Puts a reading of a file into the archive, as another version of the parser makes it, and returns its id."""
    document = parse(text, name=name)
    if sha:
        document.source.sha256 = sha
    entry = Entry.of(document, version)
    with transaction(archive.connection):
        Writer(archive.connection).put(File(f"/files/{name}", entry.sha256, 1), entry)
    return entry.document_id


def at(text: str, words: str, nth: int = 0) -> Anchor:
    """Returns the place of words as a client sends it."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Anchor(start=start, end=start + len(words))


def whole(document: Document) -> Document:
    """Checks that a document is one: all of its spans are where they should be."""
    return Document.from_json(document.to_json())


# -- what can be corrected ----------------------------------------------------------------------------


def test_a_wrong_date_is_corrected_and_the_machine_is_not_overwritten(archive: Archive, desk: Desk) -> None:
    name = put(archive, TEXT)
    place = at(TEXT, "ngày 01 tháng 9 năm 2024")
    done = desk.correct(name, [SetField(field="header.date", place=place)], revision=0, author="Lan", reason="thử")
    date = whole(done.reviewed.document).header.date
    assert date is not None
    assert (date.value, date.start) == ("2024-09-01", place.start)
    machine = archive[name].header.date
    assert machine is not None
    assert machine.value == "2024-03-05"
    (row,) = [row for row in desk.history(name) if row.kind == "set_field"]
    assert (row.author, row.reason, row.target) == ("Lan", "thử", "header.date")
    assert row.before["value"] == row.machine["value"] == "2024-03-05"
    assert row.after["value"] == "2024-09-01"
    assert desk.review(name).state == "in_review"


def test_every_field_can_be_set_and_emptied(archive: Archive, desk: Desk) -> None:
    name = put(archive, TEXT)
    place = at(TEXT, "Mở hai lớp vẽ")
    revision = 0
    for field in SetField.model_fields["field"].annotation.__args__:  # type: ignore[union-attr]
        for wanted in (place, None):
            done = desk.correct(name, [SetField(field=field, place=wanted)], revision=revision, author="Lan")
            revision = done.review.revision
            whole(done.reviewed.document)
    header = done.reviewed.document.header
    assert header.issuer is header.symbol is header.title is None


def test_a_symbol_is_read_as_the_parser_reads_it(archive: Archive, desk: Desk) -> None:
    text = HEAD.replace("05/NQ-UBMT", "05 / NQ - UBMT") + OPENING[len(HEAD) :] + BODY
    name = put(archive, text)
    place = at(text, "05 / NQ - UBMT")
    done = desk.correct(name, [SetField(field="header.symbol", place=place)], revision=0, author="Lan")
    symbol = done.reviewed.document.header.symbol
    assert symbol is not None
    assert (symbol.number, symbol.codes, symbol.normalized) == (5, ["NQ", "UBMT"], "05/NQ-UBMT")


@pytest.mark.parametrize(
    ("fact", "words", "value"),
    [
        ("attendance", "có mặt 25/27 đại biểu, vắng 02", {"present": 25, "total": 27, "absent": 2}),
        ("attendance", "25/27", {"present": 25, "total": 27}),
        ("vote", "24/25 đại biểu tán thành, 01 đại biểu không tán thành", {"for": 24, "total": 25, "against": 1}),
        ("vote", "24 / 25", {"for": 24, "total": 25}),
        ("session", "Kỳ họp thứ 7", {"kind": "kỳ họp", "ordinal": 7}),
        ("adopted_on", "ngày 01 tháng 9 năm 2024", "2024-09-01"),
        ("adopted_at", "lúc 10 giờ 30 phút", "10:30"),
        ("effective_on", "01/9/2024", "2024-09-01"),
        ("expires_on", "01 tháng 9 năm 2024", "2024-09-01"),
    ],
)
def test_a_fact_is_read_where_it_stands(archive: Archive, desk: Desk, fact: Any, words: str, value: Any) -> None:
    text = TEXT + f"\nBiên bản ghi: {words}.\n"
    name = put(archive, text)
    done = desk.correct(name, [SetFact(fact=fact, place=at(text, words))], revision=0, author="Lan")
    read = getattr(whole(done.reviewed.document).facts, fact)
    assert (read if isinstance(value, str) else read.model_dump(by_alias=True, exclude_none=True)) == value
    kept = desk.history(name)[0].operation
    assert kept["value"] is not None  # what is kept does not change when the parser does
    assert kept["place"]["quote"] == words


def test_words_without_a_fact_are_refused(archive: Archive, desk: Desk) -> None:
    name = put(archive, TEXT)
    for fact in ("vote", "adopted_on", "session"):
        with pytest.raises(ReviewError, match="is not read in these words"):
            desk.correct(name, [SetFact(fact=fact, place=at(TEXT, "Mở hai lớp vẽ"))], revision=0, author="Lan")
    done = desk.correct(name, [SetFact(fact="vote", value={"for": 3})], revision=0, author="Lan")
    assert done.reviewed.document.facts.vote is not None
    done = desk.correct(name, [SetFact(fact="vote")], revision=1, author="Lan")
    assert done.reviewed.document.facts.vote is None


def test_a_signature_block_is_read_as_a_whole(archive: Archive, desk: Desk) -> None:
    block = "TM. HỘI ĐỒNG\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nVõ Thị Mây"
    text = TEXT.replace("Điều 3.", f"Kèm theo:\n{block}\nĐiều 3.")
    name = put(archive, text)
    done = desk.correct(name, [ChangeSignature(block=at(text, block))], revision=0, author="Lan")
    first = whole(done.reviewed.document).signatures[0]
    parts = [part and part.text for part in (first.authority, first.position, first.name)]
    assert parts == ["TM. HỘI ĐỒNG\nKT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Võ Thị Mây"]
    with pytest.raises(ReviewError, match="0 signatures are read here"):
        desk.correct(name, [ChangeSignature(block=at(text, "năm 2024."))], revision=1, author="Lan")


def test_a_part_of_a_signature_goes_to_its_block(archive: Archive, desk: Desk) -> None:
    name = put(archive, TEXT)
    done = desk.correct(name, [ChangeSignature(name=at(TEXT, "Văn Ngàn"))], revision=0, author="Lan")
    (block,) = whole(done.reviewed.document).signatures
    assert [part and part.text for part in parts_of(block)] == ["TM. ỦY BAN", "CHỦ TỊCH", "Văn Ngàn"]
    done = desk.correct(name, [ChangeSignature(authority=at(TEXT, "TM. ỦY BAN\nCHỦ TỊCH"))], revision=1, author="Lan")
    (block,) = whole(done.reviewed.document).signatures
    assert (block.authority and block.authority.text, block.position) == ("TM. ỦY BAN\nCHỦ TỊCH", None)
    assert block.name is not None


def test_a_signature_block_in_a_column_of_its_own(archive: Archive, desk: Desk) -> None:
    columns = "Lớp vẽ sáng    TM. HỘI ĐỒNG\nlớp vẽ chiều   CHỦ TỊCH\nlớp hát        Võ Thị Mây\n"
    text = TEXT.replace("Điều 3.", f"{columns}Điều 3.")
    name = put(archive, text)
    pieces = [at(text, words) for words in ("TM. HỘI ĐỒNG", "CHỦ TỊCH", "Võ Thị Mây")]
    column = Anchor(start=pieces[0].start, end=pieces[2].end, fragments=[(one.start, one.end) for one in pieces])
    done = desk.correct(name, [ChangeSignature(block=column)], revision=0, author="Lan")
    (block,) = [one for one in whole(done.reviewed.document).signatures if one.name and one.name.text == "Võ Thị Mây"]
    parts = (block.authority, block.position, block.name)
    assert [part and (part.text, part.start, part.fragments) for part in parts] == [
        (text[one.start : one.end], one.start, None) for one in pieces
    ]


def test_lists_and_signatures(archive: Archive, desk: Desk) -> None:
    name = put(archive, TEXT)
    done = desk.correct(
        name,
        [
            ChangeItem(list="preamble.bases", old=at(TEXT, "Căn cứ Điều lệ Hội;"), new=at(TEXT, "Điều lệ Hội")),
            ChangeItem(list="recipients", old=at(TEXT, "Các chi hội")),
            ChangeItem(list="recipients", new=at(TEXT, "chi hội"), name="Chi hội", note="b/c"),
            ChangeSignature(old=at(TEXT, "Lê Văn Ngàn"), name=at(TEXT, "Văn Ngàn"), position=at(TEXT, "CHỦ TỊCH")),
        ],
        revision=0,
        author="Lan",
    )
    document = whole(done.reviewed.document)
    assert [base.text for base in document.preamble.bases] == ["Điều lệ Hội"]
    assert document.recipients[0].name == "Chi hội"
    assert document.recipients[0].note == "b/c"
    (block,) = document.signatures
    assert block.authority is None
    assert block.name is not None
    assert block.name.text == "Văn Ngàn"


def test_entities_are_added_removed_and_get_another_type(archive: Archive, desk: Desk) -> None:
    name = put(archive, TEXT)
    date = at(TEXT, "ngày 01 tháng 9 năm 2024")
    club = at(TEXT, "Hội Vẽ")
    done = desk.correct(
        name,
        [
            ChangeEntity(old=Mentioned(type="DATE", place=date)),
            ChangeEntity(new=Mentioned(type="ORG", place=club, value={"name": "Hội Vẽ tỉnh Ngàn"})),
            ChangeEntity(
                old=Mentioned(type="MONEY", place=at(TEXT, "5 triệu đồng")),
                new=Mentioned(type="QUANTITY", place=at(TEXT, "5 triệu")),
            ),
        ],
        revision=0,
        author="Lan",
    )
    document = whole(done.reviewed.document)
    found = {(item.type, item.text) for item in document.entities}
    assert ("DATE", "ngày 01 tháng 9 năm 2024") not in found
    assert ("MONEY", "5 triệu đồng") not in found
    assert {("ORG", "Hội Vẽ"), ("QUANTITY", "5 triệu")} <= found
    (org,) = [item for item in document.entities if item.text == "Hội Vẽ" and item.type == "ORG"]
    assert org.section_id == "3"
    assert [item.start for item in document.entities] == sorted(item.start for item in document.entities)


def test_facts_and_findings(archive: Archive, desk: Desk) -> None:
    name = put(archive, TEXT)
    finding = archive[name].diagnostics[0]
    place = None if finding.start is None else Anchor(start=finding.start, end=finding.end or 0)
    done = desk.correct(
        name,
        [
            SetFact(fact="vote", value={"for": 12, "against": 0}),
            SetFact(fact="effective_on", value="2024-03-05"),
            JudgeDiagnostic(code=finding.code, place=place, verdict="dismissed"),
        ],
        revision=0,
        author="Lan",
    )
    document = whole(done.reviewed.document)
    assert document.facts.vote is not None
    assert document.facts.vote.for_ == 12
    assert finding not in document.diagnostics
    with pytest.raises(ReviewError, match="vote"):
        desk.correct(name, [SetFact(fact="vote", value={"for": "many"})], revision=1, author="Lan")
    assert desk.review(name).revision == 1


@pytest.mark.parametrize("value", ["2024-99-99", "20240305", "2024-W10-2", "mai"])
def test_a_date_that_is_none_is_refused(archive: Archive, desk: Desk, value: str) -> None:
    name = put(archive, TEXT)
    operations: list[Any] = [
        SetFact(fact="adopted_on", value=value),
        SetFact(fact="effective_on", value=value),
        SetFact(fact="expires_on", value=value),
        SetField(field="header.date", place=at(TEXT, "ngày 01 tháng 9 năm 2024"), value=value),
    ]
    for operation in operations:
        with pytest.raises(ReviewError, match="no date"):
            desk.correct(name, [operation], revision=0, author="Lan")
    assert desk.history(name) == []


def test_what_a_newer_contract_does_not_take_is_told_and_stops_nothing() -> None:
    document = parse(TEXT, name="a.txt")
    kept = [
        Kept(1, SetFact(fact="vote", value={"for": "many"})),
        Kept(2, SetFact(fact="adopted_at", value="10:00"), after="10:00"),
    ]
    reviewed = apply(document, kept)
    assert [outcome.state for outcome in reviewed.outcomes] == ["unplaced", "applied"]
    assert reviewed.document.facts == document.facts.model_copy(update={"adopted_at": "10:00"})


# -- sections -------------------------------------------------------------------------------------------

TREE = OPENING + (
    "I. MỞ LỚP\n1. Mở lớp vẽ:\na) Lớp sáng;\nb) Lớp chiều;\n2. Mở lớp hát.\nII. THỰC HIỆN\n1. Giao Văn phòng.\n"
) + FOOT  # fmt: skip


@pytest.mark.parametrize(
    ("operation", "wanted"),
    [
        (MoveSection(section=at(TREE, "b) Lớp"), under=at(TREE, "I. MỞ")), "I(1(a) b 2) II(1)"),
        (MoveSection(section=at(TREE, "a) Lớp"), under=at(TREE, "I. MỞ")), "I(1 a(b) 2) II(1)"),
        (MoveSection(section=at(TREE, "a) Lớp"), under=at(TREE, "I. MỞ"), following=True), "I(1 a b 2) II(1)"),
        (MoveSection(section=at(TREE, "1. Mở lớp vẽ")), "I 1(a b 2) II(1)"),
        (MoveSection(section=at(TREE, "II. THỰC"), under=at(TREE, "2. Mở")), "I(1(a b) 2(II(1)))"),
        (RelabelSection(section=at(TREE, "2. Mở"), number="3"), "I(1(a b) 3) II(1)"),
        (RemoveSection(section=at(TREE, "1. Mở lớp vẽ")), "I(a b 2) II(1)"),
        (AddSection(label=at(TREE, "Lớp chiều"), kind="ordinal", number="Một"), "I(1(a b(Một)) 2) II(1)"),
    ],
)
def test_sections(archive: Archive, desk: Desk, operation: Any, wanted: str) -> None:
    name = put(archive, TREE)
    assert outline(archive[name].body) == "I(1(a b) 2) II(1)"
    done = desk.correct(name, [operation], revision=0, author="Lan")
    document = whole(done.reviewed.document)
    assert outline(document.body) == wanted
    for section in document.iter_sections():
        spans = [(child.start, child.end) for child in section.children]
        assert all(section.start <= start < end <= section.end for start, end in spans)
        assert all(paragraph.end <= section.end for paragraph in section.paragraphs)
    ids = [section.id for section in document.iter_sections()]
    assert len(set(ids)) == len(ids)
    # No word of the body may be lost on the way.
    assert words_of(document) == words_of(archive[name])
    desk.undo(name, revision=1, author="Lan")
    assert desk.reviewed(name).document == archive[name]


@pytest.mark.parametrize("words", ["b) Lớp chiều;", "a) Lớp", "2. Mở lớp hát.", "II. THỰC HIỆN", "II."])
def test_a_label_is_read_and_finds_its_place(archive: Archive, desk: Desk, words: str) -> None:
    name = put(archive, TREE)
    marked = at(TREE, words)
    again = [RemoveSection(section=marked), AddSection(label=marked)]
    document = whole(desk.correct(name, again, revision=0, author="Lan").reviewed.document)
    # What stood under a section that became text stays where it came to stand.
    wanted = "I(1(a b) 2) II 1" if words.startswith("II") else "I(1(a b) 2) II(1)"
    assert outline(document.body) == wanted
    kept = desk.history(name)[1].operation
    label = words.split(maxsplit=1)[0]
    assert (kept["label"]["quote"], kept["number"]) == (label, label.rstrip(".)"))
    with pytest.raises(ReviewError, match="no label"):
        desk.correct(name, [AddSection(label=at(TREE, "Lớp sáng"))], revision=1, author="Lan")


def test_a_section_where_there_was_none(archive: Archive, desk: Desk) -> None:
    text = OPENING + "Đi?u Mở lớp vẽ.\nMỗi lớp mười người.\nĐiều 2. Giao Văn phòng.\n" + FOOT
    name = put(archive, text)
    assert outline(archive[name].body) == "2"
    first = AddSection(label=at(text, "Đi?u"), kind="article", number="1")
    document = whole(desk.correct(name, [first], revision=0, author="Lan").reviewed.document)
    assert outline(document.body, kinds=True) == "article 1, article 2"
    assert [part.text for part in document.body[0].paragraphs] == ["Mở lớp vẽ.\nMỗi lớp mười người."]
    assert document.body[0].end <= document.body[1].start
    for words in ("CHỦ TỊCH", "Số: 05"):
        with pytest.raises(ReviewError, match="in this part"):
            desk.correct(
                name, [AddSection(label=at(text, words), kind="roman", number="I")], revision=1, author="Lan"
            )


def test_sections_of_an_appendix(archive: Archive, desk: Desk) -> None:
    text = TEXT + "PHỤ LỤC\nDANH SÁCH LỚP\n(Kèm theo Nghị quyết số 05/NQ-UBMT)\n1. Lớp vẽ:\na) Sáng;\nb) Chiều.\n"
    name = put(archive, text)
    (appendix,) = archive[name].appendices
    assert outline(appendix.body) == "1(a b)"
    moved = MoveSection(section=at(text, "b) Chiều"))
    document = whole(desk.correct(name, [moved], revision=0, author="Lan").reviewed.document)
    assert outline(document.appendices[0].body) == "1(a) b"
    emptied = TEXT + "PHỤ LỤC\nDANH SÁCH LỚP\n(Kèm theo Nghị quyết số 05/NQ-UBMT)\nTên lớp: vẽ.\n"
    name = put(archive, emptied, name="b.txt")
    assert archive[name].appendices[0].body == []
    added = AddSection(label=at(emptied, "Tên lớp:"), kind="roman", number="I")
    document = whole(desk.correct(name, [added], revision=0, author="Lan").reviewed.document)
    assert outline(document.appendices[0].body) == "I"
    assert outline(document.body) == outline(archive[name].body)


def words_of(document: Document) -> list[str]:
    spans = []
    for section in document.iter_sections():
        spans += [(part.start, part.end) for part in section.paragraphs]
        spans += [(section.heading.start, section.heading.end)] if section.heading else []
        first = min([*(start for start, _ in spans if start >= section.start), section.end])
        spans.append((section.start, first))
    covered = sorted(spans)
    text, end, words = document.text, 0, []
    for start, stop in covered:
        words += text[max(start, end) : stop].split()
        end = max(end, stop)
    return words


def test_a_section_cannot_leave_the_order_of_the_text(archive: Archive, desk: Desk) -> None:
    name = put(archive, TREE)
    for under in ("II. THỰC", "a) Lớp", "b) Lớp"):
        with pytest.raises(ReviewError, match="open where it begins"):
            desk.correct(
                name, [MoveSection(section=at(TREE, "1. Mở lớp vẽ"), under=at(TREE, under))], revision=0, author="Lan"
            )
    assert desk.review(name).revision == 0


def test_a_section_that_is_named_is_the_one_of_that_name_then(archive: Archive, desk: Desk) -> None:
    name = put(archive, TREE)

    def cite(words: str) -> ChangeEntity:
        value = {"target_section_id": "I/b"}
        return ChangeEntity(new=Mentioned(type="DOCREF", place=at(TREE, words), value=value))

    def cited(document: Document) -> list[str | None]:
        found = [item.value.target_section_id for item in document.entities if item.type == "DOCREF"]
        return found[-2:]

    move = MoveSection(section=at(TREE, "b) Lớp"), under=at(TREE, "I. MỞ"))
    done = desk.correct(name, [move, cite("Lớp chiều"), cite("Mở lớp hát")], revision=0, author="Lan")
    assert cited(done.reviewed.document) == ["I/b", "I/b"]
    # What is named before a section gets another name follows it.
    back = MoveSection(section=at(TREE, "b) Lớp"), under=at(TREE, "1. Mở lớp vẽ"))
    done = desk.correct(name, [back], revision=1, author="Lan")
    assert cited(done.reviewed.document) == ["I/1/b", "I/1/b"]


def test_a_new_section_is_put_under_one_that_is_known_by_its_beginning(archive: Archive, desk: Desk) -> None:
    text = TREE.replace("Lớp sáng", "Lớp sáng cho các em nhỏ của bốn ấp, mỗi tuần ba buổi, vào thứ hai và thứ ba")
    name = put(archive, text, sha="a" * 64)
    under = Anchor(start=text.index("I. MỞ"), end=text.index("II. THỰC HIỆN"))
    operation = AddSection(label=at(text, "Mở lớp hát"), kind="ordinal", number="Một", under=under)
    desk.correct(name, [operation], revision=0, author="Lan")
    put(archive, text.replace("Lớp chiều", "Lớp tối", 1), version="2", sha="a" * 64)
    assert states(desk, name) == ["applied"]
    assert outline(whole(desk.reviewed(name).document).body) == "I(1(a b) 2 Một) II(1)"


def test_headings(archive: Archive, desk: Desk) -> None:
    name = put(archive, TREE)
    done = desk.correct(
        name,
        [
            SetHeading(section=at(TREE, "I. MỞ"), heading=None),
            SetHeading(section=at(TREE, "2. Mở"), heading=at(TREE, "Mở lớp hát.")),
        ],
        revision=0,
        author="Lan",
    )
    document = whole(done.reviewed.document)
    first, second = document.find("I"), document.find("I/2")
    assert first is not None
    assert second is not None
    assert first.heading is None
    assert [part.text for part in first.paragraphs] == ["MỞ LỚP"]
    assert second.heading is not None
    assert second.paragraphs == []


# -- who, when, and safe from each other ----------------------------------------------------------------


def test_a_stale_revision_writes_nothing(archive: Archive, desk: Desk) -> None:
    name = put(archive, TEXT)
    desk.correct(name, [SetFact(fact="adopted_on", value="2024-03-05")], revision=0, author="Lan")
    before = desk.history(name)
    with pytest.raises(ConflictError) as caught:
        desk.correct(name, [SetFact(fact="adopted_on", value="2024-03-06")], revision=0, author="Minh")
    assert caught.value.revision == 1
    assert desk.history(name) == before


def test_of_many_who_write_at_once_none_is_lost(tmp_path: Path) -> None:
    with Archive(tmp_path, mode="a") as archive:
        name = put(archive, TEXT)
    done: list[str] = []
    conflicts: list[str] = []

    def work(author: str) -> None:
        with Archive(tmp_path, mode="a") as own:
            desk = Desk(own)
            for number in range(5):
                while True:
                    seen = desk.review(name).revision
                    try:
                        desk.correct(
                            name, [SetFact(fact="adopted_at", value=f"1{number}:00")], revision=seen, author=author
                        )
                        break
                    except ConflictError:
                        conflicts.append(author)
                done.append(author)

    threads = [threading.Thread(target=work, args=(f"a{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Archive(tmp_path) as archive:
        rows = [row for row in Desk(archive).history(name) if row.kind == "set_fact"]
        assert len(rows) == len(done) == 30
        assert sorted(row.revision for row in rows) == list(range(1, 31))
        assert Desk(archive).review(name).revision == 30


def test_undo_of_one_and_of_the_last(archive: Archive, desk: Desk) -> None:
    name = put(archive, TEXT)
    first = desk.correct(name, [SetFact(fact="adopted_on", value="2024-01-01")], revision=0, author="Lan")
    desk.correct(name, [SetFact(fact="adopted_at", value="10:00")], revision=1, author="Lan")
    done = desk.undo(name, first.corrections[0], revision=2, author="Minh")
    facts = done.reviewed.document.facts
    assert facts.adopted_on == archive[name].facts.adopted_on
    assert facts.adopted_at == "10:00"
    desk.undo(name, revision=3, author="Minh")
    assert desk.reviewed(name).document == archive[name]
    with pytest.raises(NoDocumentError):
        desk.undo(name, revision=4, author="Minh")
    assert [row.undone_by for row in desk.history(name) if row.kind == "set_fact"] == ["Minh", "Minh"]


def test_all_alike_are_made_and_undone_together(archive: Archive, desk: Desk) -> None:
    name = put(archive, TEXT)
    club = Mentioned(type="PLACE", place=at(TEXT, "Hội Vẽ"))
    done = desk.correct(name, [ChangeEntity(new=club)], revision=0, author="Lan", all_alike=True)
    assert len(done.corrections) == 2
    found = [item for item in done.reviewed.document.entities if item.text == "Hội Vẽ" and item.type == "PLACE"]
    assert len(found) == 2
    gone = desk.correct(name, [ChangeEntity(old=club)], revision=1, author="Lan", all_alike=True)
    assert not [item for item in gone.reviewed.document.entities if item.text == "Hội Vẽ" and item.type == "PLACE"]
    back = desk.undo(name, gone.corrections[1], revision=2, author="Lan")
    assert back.reviewed.document == done.reviewed.document


# -- states -----------------------------------------------------------------------------------------------


def test_what_is_approved_stays_as_it_was(archive: Archive, desk: Desk) -> None:
    name = put(archive, TEXT)
    desk.correct(name, [SetFact(fact="adopted_on", value="2024-01-01")], revision=0, author="Lan")
    desk.set_state(name, "approved", revision=1, author="Lan")
    approved = list(desk.approved())
    put(archive, TEXT.replace("hai lớp", "ba lớp"), version="2", sha=approved[0].source.sha256)
    assert list(desk.approved()) == approved
    assert approved[0].facts.adopted_on == "2024-01-01"
    done = desk.correct(name, [SetFact(fact="adopted_at", value="10:00")], revision=2, author="Minh")
    assert done.review.state == "in_review"
    assert list(desk.approved()) == []


def test_bulk_approval_takes_only_what_is_clean(archive: Archive, desk: Desk) -> None:
    names = {put(archive, text_of(folder), name=folder.name) for folder in SPECIMENS[:12]}
    told = desk.clean()
    done = set(desk.approve_clean("Lan"))
    assert sorted(done) == told
    clean = {
        name
        for name in names
        if all(finding.severity == "I" for finding in archive[name].diagnostics)
        and (archive[name].header.symbol or archive[name].header.title)
    }
    assert done == clean
    assert desk.approve_clean("Lan") == desk.clean() == []


def test_what_was_corrected_is_clean_by_what_it_is_now(archive: Archive, desk: Desk) -> None:
    (folder,) = [one for one in SPECIMENS[:12] if any(f.severity != "I" for f in parse(text_of(one)).diagnostics)][:1]
    name = put(archive, text_of(folder))
    assert desk.clean() == []
    wrong = [finding for finding in archive[name].diagnostics if finding.severity != "I"]
    places = [None if one.start is None else Anchor(start=one.start, end=one.end or 0) for one in wrong]
    judged = [
        JudgeDiagnostic(code=one.code, place=place, verdict="dismissed")
        for one, place in zip(wrong, places, strict=True)
    ]
    desk.correct(name, judged, revision=0, author="Lan")
    assert desk.clean() == [name]
    assert desk.clean(["0" * 16]) == []


def test_the_list_tells_how_sure_ocr_was(archive: Archive) -> None:
    put(archive, TEXT)
    for number, sure in enumerate((0.91, 0.42)):
        document = parse(TEXT.replace("05/NQ", f"0{number}/NQ"), name=f"{number}.pdf")
        document.source.ocr = {"engines": ["x"], "pages": [1], "confidence": sure, "least": sure}
        entry = Entry.of(document, "1")
        with transaction(archive.connection):
            Writer(archive.connection).put(File(f"/files/{number}.pdf", entry.sha256, 1), entry)
    sorted_ = [one.confidence for one in listing(archive, sort="confidence", descending=False).items]
    assert sorted_ == [0.42, 0.91, None]


# -- another reading ------------------------------------------------------------------------------------


def states(desk: Desk, name: str) -> list[str]:
    return [outcome.state for outcome in desk.reviewed(name).outcomes]


def test_what_cannot_be_gold_is_refused_and_nothing_else_is_taken_away(
    archive: Archive, desk: Desk, tmp_path: Path
) -> None:
    name = put(archive, TEXT)
    other = put(archive, TEXT + "\ud800\n", name="b.txt")
    for document_id in (name, other):
        desk.set_state(document_id, "approved", revision=0, author="Lan")
    notes = tmp_path / "gold" / other / "notes.txt"
    (notes.parent / "more").mkdir(parents=True)
    notes.write_text("của tôi")
    written, refused = write_gold(desk, tmp_path / "gold")
    assert written == [name]
    assert [refused_id for refused_id, _ in refused] == [other]
    assert {path.name for path in notes.parent.iterdir()} == {"notes.txt", "more"}


def test_decisions_survive_another_reading_of_the_file(archive: Archive, desk: Desk) -> None:
    name = put(archive, TEXT, sha="a" * 64)
    desk.correct(
        name,
        [
            SetField(field="header.date", place=at(TEXT, "ngày 01 tháng 9 năm 2024")),
            ChangeEntity(new=Mentioned(type="ORG", place=at(TEXT, "Hội Vẽ", 1))),
            SetField(field="header.title", place=at(TEXT, "Mở hai lớp vẽ")),
        ],
        revision=0,
        author="Lan",
    )
    assert states(desk, name) == ["applied"] * 3
    # A newer reader puts a line in front, and reads one word otherwise.
    put(archive, "VĂN BẢN 😀\n" + TEXT.replace("hai lớp", "ba lớp"), version="2", sha="a" * 64)
    assert states(desk, name) == ["applied", "applied", "unplaced"]
    document = whole(desk.reviewed(name).document)
    assert document.header.date is not None
    assert document.header.date.value == "2024-09-01"
    (club,) = [item for item in document.entities if item.type == "ORG" and item.text == "Hội Vẽ"]
    assert document.text[: club.start].count("Hội Vẽ") == 1
    with pytest.raises(ReviewError, match="fit nowhere"):
        desk.set_state(name, "approved", revision=1, author="Lan")
    assert "are not there" in (desk.reviewed(name).unplaced[0].reason or "")


def test_a_reading_that_nobody_has_seen_is_not_approved(archive: Archive, desk: Desk) -> None:
    name = put(archive, TEXT, sha="a" * 64, version="1")
    put(archive, TEXT.replace("hai lớp", "ba lớp"), version="2", sha="a" * 64)
    with pytest.raises(ConflictError, match="parsed anew, by 2"):
        desk.set_state(name, "approved", revision=0, author="Lan", seen="1")
    assert desk.review(name).state == "new"
    assert desk.set_state(name, "approved", revision=0, author="Lan", seen="2").review.state == "approved"


def test_where_the_machine_agrees_or_differs_is_told(archive: Archive, desk: Desk) -> None:
    name = put(archive, TEXT, sha="a" * 64)
    place = at(TEXT, "ngày 05 tháng 3 năm 2024")
    desk.correct(name, [SetField(field="header.date", place=place)], revision=0, author="Lan")  # confirmed
    assert states(desk, name) == ["agrees"]
    changed = TEXT.replace("Ngàn, ngày 05 tháng 3 năm 2024\n", "", 1)
    changed = changed.replace("thực hiện.", "thực hiện trước ngày 05 tháng 3 năm 2024.", 1)
    put(archive, changed, version="2", sha="a" * 64)
    assert states(desk, name) == ["differs"]
    date = desk.reviewed(name).document.header.date
    assert date is not None
    assert date.value == "2024-03-05"


def test_decisions_stay_when_the_file_is_gone(archive: Archive, desk: Desk) -> None:
    name = put(archive, TEXT)
    desk.set_state(name, "approved", revision=0, author="Lan")
    put(archive, TEXT + "Phụ trang\n")  # the file holds something else now
    assert name not in archive
    assert [review.document_id for review in desk.orphans()] == [name]
    assert len(list(desk.approved())) == 1


# -- places ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["a😀b ngày ấy 😀", "Hội đồng", "x\r\ny\tngày\u00a0ấy"])
def test_places_count_code_points(text: str) -> None:
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            anchor = anchor_at(text, start, end)
            assert placed(text, anchor) == anchor
            assert text[anchor.start : anchor.end] == anchor.quote


def test_a_place_that_is_not_sure_is_none() -> None:
    anchor = anchor_at("Giao Ban A làm. Giao Ban B làm.", 16, 24)
    assert anchor.quote == "Giao Ban"
    with pytest.raises(Misfit, match="several places"):
        placed("xGiao BanxGiao Banx", anchor)
    with pytest.raises(Misfit, match="not there"):
        placed("không có gì", anchor)
    assert placed("Mở đầu. Giao Ban A làm. Giao Ban B làm.", anchor).start == 24


@pytest.mark.parametrize(
    "anchor", [Anchor(start=5, end=5), Anchor(start=0, end=10**6), Anchor(start=0, end=3, quote="x")]
)
def test_a_place_that_is_none_is_refused(archive: Archive, desk: Desk, anchor: Anchor) -> None:
    name = put(archive, TEXT)
    with pytest.raises(ReviewError):
        desk.correct(name, [SetField(field="header.title", place=anchor)], revision=0, author="Lan")
    assert desk.history(name) == []


def test_every_reading_can_be_confirmed_as_it_is(archive: Archive, desk: Desk) -> None:
    for folder in SPECIMENS:
        name = put(archive, text_of(folder), name=folder.name)
        document = archive[name]
        operations: list[Any] = [
            ChangeEntity(new=Mentioned(type=item.type, place=_place(item))) for item in document.entities
        ]
        operations += [
            SetField(field=f"header.{field}", place=_place(value))  # type: ignore[arg-type]
            for field, value in document.header
            if value is not None
        ]
        operations += [ChangeItem(list="recipients", new=_place(item), name=item.name, note=item.note,
                                  archive=item.archive) for item in document.recipients]  # fmt: skip
        if not operations:
            continue
        done = desk.correct(name, operations, revision=0, author="Lan")
        assert done.reviewed.document.entities == document.entities, folder.name
        assert done.reviewed.document.recipients == document.recipients, folder.name
        assert not done.reviewed.unplaced


def _place(value: Any) -> Anchor:
    return Anchor(start=value.start, end=value.end, fragments=value.fragments)
