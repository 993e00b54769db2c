from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tiny import TEXT, document, gold, located, source

from nqparse.document import Recipient
from nqparse.gold import (
    Gold,
    GoldError,
    GoldSource,
    compile_folder,
    compile_gold,
    dump,
    gold_folders,
    load_case,
    read_source,
    read_text,
)
from nqparse.gold_write import document_to_gold, gold_to_source, write_case

CORPUS = Path(__file__).parent.parent / "corpus"
FOLDERS = sorted(file.parent for file in CORPUS.glob("*/gold.src.json"))


def compiled(text: str, **changes: Any) -> Gold:
    """Compiles a source that says nothing but the changes."""
    blocks: dict[str, Any] = {"header": {}, "preamble": {}, "recipients": {}}
    lists: dict[str, Any] = {"body": [], "signatures": [], "appendices": [], "entities": []}
    return compile_gold(text, GoldSource.model_validate({**blocks, **lists, **changes}))


# -- the project's own specimens --------------------------------------------------------------------


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_specimen_is_compiled(folder: Path) -> None:
    text = read_text(folder)
    stands = (folder / "gold.json").read_text("utf-8")
    assert dump(compile_gold(text, read_source(folder))) == stands
    case = load_case(folder)
    assert dump(case.gold) == stands
    # Written back as quotes and compiled again, it is the same.
    assert dump(compile_gold(text, gold_to_source(case.gold, text))) == stands


def test_there_are_specimens() -> None:
    assert len(FOLDERS) == len(list(CORPUS.glob("*/source.txt"))) > 0


# -- quotes to offsets ------------------------------------------------------------------------------


def test_every_span_is_what_it_quotes() -> None:
    spans = list(gold().spans())
    assert len(spans) == 32
    assert [span for span in spans if TEXT[span.start : span.end] != span.text] == []


HEADERS = [
    # The issuer's words stand in the parent's line, too: the later ones are meant.
    ("A TỈNH B\nTỈNH B\nSố", {"parent_issuer": "A TỈNH B", "issuer": "TỈNH B"}, "issuer", 9),
    # Where the parent's line comes second, the issuer is found above it.
    ("HỘI A\nCỦA B\nSố", {"parent_issuer": "CỦA B", "issuer": "HỘI A"}, "issuer", 0),
    # The place is the one before the date, not the one in the issuer's name.
    ("SỞ Hà Mai\nHà Mai, ngày 1/2/2020", {"place": "Hà Mai", "date": "ngày 1/2/2020"}, "place", 10),
    # The title stands under the type line, even if a running head says the same.
    ("Về A\nNGHỊ QUYẾT\nVề A\n", {"doc_type": "NGHỊ QUYẾT", "title": "Về A"}, "title", 16),
    # Space around a quote is no part of the value.
    ("Số 5 \n", {"symbol": " 5 \n"}, "symbol", 3),
]


@pytest.mark.parametrize(("text", "header", "field", "start"), HEADERS)
def test_header_is_found(text: str, header: dict[str, str], field: str, start: int) -> None:
    assert getattr(compiled(text, header=header).header, field).start == start


ENACTING_BODIES = [
    # It reads like the letterhead, and stands under the title.
    ("CHÍNH PHỦ\nNGHỊ QUYẾT\nVề A\nCHÍNH PHỦ\nCăn cứ B;\nTM. CHÍNH PHỦ", 26),
    # Between title and bases there is nothing: it stands above, and the signature is not it.
    ("CHÍNH PHỦ\nNGHỊ QUYẾT\nVề A\nCăn cứ B;\nTM. CHÍNH PHỦ", 0),
]


@pytest.mark.parametrize(("text", "start"), ENACTING_BODIES)
def test_enacting_body_is_searched_under_the_title(text: str, start: int) -> None:
    header = {"doc_type": "NGHỊ QUYẾT", "title": "Về A"}
    found = compiled(text, header=header, preamble={"enacting_body": "CHÍNH PHỦ", "bases": ["Căn cứ B;"]})
    assert found.preamble.enacting_body is not None
    assert found.preamble.enacting_body.start == start


def test_shortened_quote_runs_to_its_last_words() -> None:
    found = compiled("Căn cứ A và B và C; hết", preamble={"bases": ["Căn cứ ⋯ C;"]})
    assert [span.text for span in found.preamble.bases] == ["Căn cứ A và B và C;"]


def test_sections_are_found_in_order() -> None:
    text = "1. A\n- x\n2. B\n- x\n"
    dash = {"kind": "dash", "number": "", "marker": "- x"}
    body = [
        {"kind": "arabic", "number": "1", "marker": "1.", "children": [dash]},
        {"kind": "arabic", "number": "2", "marker": "2.", "children": [dash]},
    ]
    found = compiled(text, body=body)
    assert [(s.start, [c.start for c in s.children]) for s in found.body] == [(0, [5]), (9, [14])]


ENTITIES = [
    # The same words twice: each takes its turn.
    ("tỉnh A, tỉnh A", [("PLACE", "tỉnh A"), ("PLACE", "tỉnh A")], [0, 8]),
    # Names never lie in names, so the second is searched behind the first.
    ("UBND tỉnh A họp ở tỉnh A", [("ORG", "UBND tỉnh A"), ("PLACE", "tỉnh A")], [0, 18]),
    # A date may lie in a citation.
    ("Luật B năm 2020", [("DOCREF", "Luật B năm 2020"), ("DATE", "năm 2020")], [0, 7]),
    # Offsets win over turns.
    ("tỉnh A, tỉnh A", [("PLACE", "tỉnh A", 8, 14)], [8]),
]


@pytest.mark.parametrize(("text", "entities", "starts"), ENTITIES)
def test_entities_take_turns(text: str, entities: list[tuple[Any, ...]], starts: list[int]) -> None:
    keys = ("type", "text", "start", "end")
    found = compiled(text, entities=[dict(zip(keys, entity, strict=False)) for entity in entities])
    assert [entity.start for entity in found.entities] == starts


def test_entities_end_behind_the_quote() -> None:
    assert compiled("một hai ba", entities_end="hai").entities_end == 7
    assert compiled("một hai ba").entities_end == 10
    # What is attached is not annotated, even where `entities_end` says nothing.
    assert gold().entities_end == len(TEXT)
    assert gold().entities_scored_to == TEXT.index("PHỤ LỤC")


def test_all_problems_are_told_at_once() -> None:
    body = [
        {"kind": "arabic", "number": "1", "marker": "1. A"},
        {"kind": "arabic", "number": "2", "marker": "2. C"},
    ]
    with pytest.raises(GoldError) as caught:
        compiled("Điều 1. A\n", header={"title": "Về B"}, body=body)
    assert [problem.split(":")[0] for problem in caught.value.problems] == ["header.title", "body/1", "body/2"]


# -- files ------------------------------------------------------------------------------------------


def write(folder: Path, text: str = TEXT) -> Path:
    folder.mkdir(parents=True)
    (folder / "source.txt").write_bytes(text.encode())
    (folder / "gold.src.json").write_text(json.dumps(source()), "utf-8")
    return folder


def test_folder_is_compiled_and_loaded_with_its_line_ends(tmp_path: Path) -> None:
    folder = write(tmp_path / "a", TEXT.replace("\n", "\r\n"))
    compile_folder(folder)
    name, text, read = load_case(folder)
    assert (name, text.count("\r\n"), read.length) == ("a", TEXT.count("\n"), len(TEXT) + TEXT.count("\n"))


def test_folders_are_found_once(tmp_path: Path) -> None:
    for name in ("b", "a"):
        compile_folder(write(tmp_path / name))
    assert [f.name for f in gold_folders([tmp_path / "b", tmp_path])] == ["b", "a"]
    with pytest.raises(FileNotFoundError, match=r"no gold\.json"):
        gold_folders([tmp_path / "nowhere"])


def test_gold_of_another_text_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "a")
    compile_folder(folder)
    (folder / "source.txt").write_bytes(TEXT.replace("NGHỊ QUYẾT\n", "QUYẾT ĐỊNH\nA").encode())
    with pytest.raises(GoldError) as caught:
        load_case(folder)
    assert any("is not 'NGHỊ QUYẾT'" in problem for problem in caught.value.problems)
    assert any("characters" in problem for problem in caught.value.problems)


def test_unknown_keys_are_refused_by_name(tmp_path: Path) -> None:
    folder = write(tmp_path / "a")
    (folder / "gold.src.json").write_text(json.dumps({**source(), "signature": []}), "utf-8")
    with pytest.raises(GoldError, match=r"a/gold\.src\.json: signature: Extra"):
        compile_folder(folder)


# -- Documents to gold ------------------------------------------------------------------------------


def test_document_becomes_the_gold_that_a_person_wrote() -> None:
    made = document_to_gold(document())
    # A Document says where its attachments begin; a person may leave that to the markers.
    assert made.entities_end == gold().entities_scored_to - 1
    assert made.model_copy(update={"entities_end": len(TEXT)}) == gold()


def test_value_in_fragments_keeps_its_reading() -> None:
    read = document()
    start, end = TEXT.index("Tỉnh ủy;"), TEXT.index("VP.") + 3
    pieces = [(start, start + 8), (end - 3, end)]
    read.recipients = [Recipient(text="Tỉnh ủy;\nVP.", start=start, end=end, fragments=pieces, name="Tỉnh ủy; VP.")]
    made = document_to_gold(read)
    assert made.recipients.items[0].text == "Tỉnh ủy;\n- Lưu: VP."
    assert made.alts == {"recipients.0": "Tỉnh ủy;\nVP."}
    assert compile_gold(TEXT, gold_to_source(made, TEXT)) == made


def test_quote_that_stands_twice_is_written_with_its_place() -> None:
    written = gold_to_source(gold(), TEXT)
    assert written.header.symbol == "05/NQ-BCH"
    assert written.preamble.enacting_body == gold().preamble.enacting_body
    assert compile_gold(TEXT, written) == gold()


def test_corrected_document_becomes_a_specimen(tmp_path: Path) -> None:
    corrected = document()
    corrected.header.place = located("Ngàn", "Lê Văn ")
    made = write_case(tmp_path / "new", corrected)
    assert load_case(tmp_path / "new") == ("new", TEXT, made)
    assert compile_folder(tmp_path / "new") == made
