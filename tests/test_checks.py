"""The checks as a whole: catalogue, registry, settings, the specimens, and that nothing can make a check fail."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from random import Random

import pytest
import test_checks_citations
import test_checks_counts
import test_checks_form
import test_checks_tail
import test_checks_time
import test_checks_words
from checking import COUNCIL, SOCIETY, SOUND, changed, document, found, grave
from hypothesis import given
from hypothesis import strategies as st
from shapes import ROOT, SPECIMENS

from nqparse import ruleset
from nqparse.checks import CHECKS, GROUPS, Config, run_checks
from nqparse.checks.registry import check
from nqparse.document import Document
from nqparse.pipeline import Parser, parse
from nqparse.ruleset import RulesError, load

TABLES = (
    test_checks_citations,
    test_checks_counts,
    test_checks_form,
    test_checks_tail,
    test_checks_time,
    test_checks_words,
)
# What the dossier says of the document that the project was made from; its mirror has each of its defects.
SEED = {
    *("ATT-003", "ATT-004", "VOT-004", "TRM-001", "TRM-003", "STR-005", "HDR-001", "HDR-002", "SYM-001", "DAT-002"),
    *("PER-001", "CIT-008", "SIG-004", "ABB-001", "NAM-001", "NAM-002", "ORT-001", "ORT-002"),
}
CATALOGUE = Config.of().catalogue


# -- the catalogue ----------------------------------------------------------------------------------------


def test_every_code_has_a_check_and_every_check_a_code() -> None:
    assert len(CATALOGUE) == 88
    assert set(CHECKS) == set(CATALOGUE)


def test_every_code_has_a_row_in_a_table() -> None:
    told = {row.code for table in TABLES for row in table.ROWS}
    assert set(CATALOGUE) - told == {"STR-001"}  # tested with a document made for it


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_catalogue_speaks_both_languages(code: str) -> None:
    says = CATALOGUE[code]
    assert re.search("[à-ỹđ]", says.vi)
    assert says.en.isascii() or "“" in says.en or "’" in says.en
    assert bool(says.hint_vi) == bool(says.hint_en)
    assert says.source


def test_every_check_stands_in_a_group_and_says_what_it_looks_for() -> None:
    homes = {registered.run.__module__ for registered in CHECKS.values()}
    assert homes == {group.__name__ for group in GROUPS}
    assert [code for code, registered in CHECKS.items() if not inspect.getdoc(registered.run)] == []
    assert [code for code, c in CHECKS.items() if c.run.__name__ != code.lower().replace("-", "_")] == []


def test_a_code_cannot_be_registered_twice() -> None:
    def att_001(case: object) -> object: ...

    with pytest.raises(ValueError, match="ATT-001 is registered twice"):
        check(lambda case: True)(att_001)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rules", "complaint"),
    [
        ("diagnostics: [{id: ATT-001, severity: X, vi: a, en: b}]", "severity"),
        ("diagnostics: [{id: ATT-1, severity: E, vi: a, en: b}]", "id"),
        ("diagnostics: [{id: ATT-001, severity: E, vi: 'a {x}', en: b}]", "placeholders"),
        ("diagnostics: [{id: ATT-001, severity: E, vi: a, en: b, hint_en: '{x}'}]", "placeholders"),
        ("diagnostics: [{id: ATT-001, severity: E, vi: a, en: b, colour: red}]", "colour"),
        ("thresholds: {quorum: {assoc: half}}", "quorum"),
        ("thresholds: {quota: 3}", "quota"),
    ],
)
def test_broken_catalogues_and_thresholds_are_refused(tmp_path: Path, rules: str, complaint: str) -> None:
    (tmp_path / "diagnostics.yaml").write_text(rules, "utf-8")
    with pytest.raises(RulesError, match=complaint):
        load(tmp_path)


def test_the_catalogue_is_only_read_when_it_is_asked_for() -> None:
    rules = load()
    fresh = ruleset.RuleSet(rules._files, rules._late)
    assert "diagnostics" not in vars(fresh)
    assert fresh.diagnostics.keys() == CATALOGUE.keys()


# -- settings ---------------------------------------------------------------------------------------------


def test_a_folder_of_rules_changes_thresholds_and_messages(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(
        "thresholds: {quorum: {assoc: '>= 9/10'}}\n"
        "diagnostics: [{id: ATT-003, severity: I, vi: 'Ít người ({present})', en: 'Few came ({present})'}]\n",
        "utf-8",
    )
    config = Config.of(load(tmp_path))
    assert config.thresholds.quorum["hdnd"] == Config.of().thresholds.quorum["hdnd"]
    hits = [finding for finding in found(SOCIETY, config) if finding.code == "ATT-003"]
    assert [(hit.severity, hit.message, hit.message_en) for hit in hits] == [("I", "Ít người (20)", "Few came (20)")]


def test_codes_are_selected_and_ignored_by_their_beginnings() -> None:
    text = changed(SOCIETY, ("20/24", "25/24"), ("đạt 95%", "đạt 90%"), ("2019-2024 thông", "2019-2014 thông"))
    assert {"ATT-001", "ATT-002", "VOT-001", "TRM-001"} <= {finding.code for finding in found(text)}
    assert {f.code for f in found(text, Config.of(select=("ATT", "TRM-001")))} == {"ATT-001", "ATT-002", "TRM-001"}
    ignored = {f.code for f in found(text, Config.of(select=("ATT", "VOT"), ignore=("ATT-002",)))}
    assert ignored == {"ATT-001", "VOT-001"}


def test_findings_stand_in_the_order_of_the_text() -> None:
    findings = found((ROOT / "corpus/assoc-mirror/source.txt").read_text("utf-8"))
    keys = [(-1 if finding.start is None else finding.start, finding.code) for finding in findings]
    assert keys == sorted(keys)


# -- sound documents and specimens ------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(SOUND))
def test_a_sound_document_gives_nothing(name: str) -> None:
    usual = {"DAT-002", "END-001"}  # signed a day later; the National Assembly writes no end mark
    assert [finding for finding in found(SOUND[name]) if finding.severity != "I" or finding.code not in usual] == []


@pytest.mark.parametrize("folder", SPECIMENS, ids=lambda folder: folder.name)
def test_specimens_give_what_their_text_deserves(folder: Path) -> None:
    expected = json.loads((folder / "meta.json").read_text("utf-8"))["diagnostics"]
    assert sorted(set(grave(found(_text(folder))))) == expected


def test_the_mirror_of_the_seed_gives_all_that_the_seed_gives_and_nothing_else() -> None:
    codes = [finding.code for finding in found(_text(ROOT / "corpus/assoc-mirror"))]
    assert set(codes) == SEED


@pytest.mark.parametrize("folder", SPECIMENS[::5], ids=lambda folder: folder.name)
def test_the_reading_order_need_not_be_at_hand(folder: Path) -> None:
    text = _text(folder)
    flow = Parser.of(None).structure(text).flow
    assert run_checks(document(text), flow=flow) == found(text)


@pytest.mark.parametrize("name", ["neg-qd-ubnd-huyen-chairman", "neg-thong-bao-ubnd-tinh", "neg-cong-van-so-noi-vu"])
def test_what_is_no_resolution_is_not_blamed_for_it(name: str) -> None:
    codes = {finding.code[:3] for finding in found(_text(ROOT / "corpus" / name))}
    assert codes.isdisjoint({"ATT", "VOT", "FRM", "RCP", "TRM"})


@pytest.mark.parametrize("text", ["", "\n\n", "x", "Một câu.", "|||\n---\n" * 9, "\ufeff", "Điều 1.\n" * 50, "(" * 500])
def test_any_text_is_examined(text: str) -> None:
    assert grave(run_checks(parse(text))) == [code for code in grave(run_checks(parse(text))) if code in CATALOGUE]


# -- nothing makes a check fail ---------------------------------------------------------------------------


def _text(folder: Path) -> str:
    return (folder / "source.txt").read_bytes().decode("utf-8")


def _mangled(seed: int) -> str:
    """Returns pieces of several documents, shuffled, cut and doubled."""
    random = Random(seed)
    texts = [*SOUND.values(), *(_text(folder) for folder in random.sample(SPECIMENS, 3))]
    pieces: list[str] = []
    for text in random.sample(texts, 3):
        lines = text.split("\n")
        start = random.randrange(len(lines))
        pieces += lines[start : start + random.randrange(1, 60)]
    random.shuffle(pieces)
    words = "\n".join(pieces).split(" ")
    for _ in range(random.randrange(20)):
        at = random.randrange(len(words))
        words[at] = random.choice(
            [
                "",
                "(",
                "“",
                "./.",
                "0/0",
                "99/1",
                "năm 20216",
                "nhiệm kỳ 2030-2001",
                "9" * 30,
                "9" * 500 + "/2 chỉ tiêu, đạt 3%",
                "999.999" * 500 + " xã",
                "½",
            ]
        )
    return " ".join(words)


def _assert_well_formed(read: Document) -> None:
    for finding in run_checks(read):
        assert finding.code in CATALOGUE
        assert "{" not in finding.message + finding.message_en + (finding.hint or "")
        spans = [*finding.spans, *([(finding.start, finding.end)] if finding.start is not None else [])]
        assert all(0 <= low < high <= len(read.text) for low, high in spans if high is not None), finding


@pytest.mark.parametrize("seed", range(40))
def test_mangled_documents(seed: int) -> None:
    _assert_well_formed(parse(_mangled(seed)))


@given(st.text(alphabet=st.sampled_from("Điều khoản 0123456789./-%(),;:“”\n\t ạộỳ*|"), max_size=400))
def test_any_letters(noise: str) -> None:
    _assert_well_formed(parse(COUNCIL[:300] + noise + COUNCIL[900:]))


@pytest.mark.parametrize("name", sorted(SOUND))
def test_documents_with_parts_missing(name: str) -> None:
    # As a document from JSON may be: parts that are there without the others.
    for field in ("header", "preamble", "body", "closing", "recipients", "signatures", "entities", "facts"):
        read = document(SOUND[name]).model_copy(deep=True)
        empty = Document(source=read.source, text=read.text, zones=read.zones)
        setattr(read, field, getattr(empty, field))
        _assert_well_formed(read)
    _assert_well_formed(empty)


@pytest.mark.parametrize(
    "figures",
    [
        "hoàn thành " + "9" * 400 + "/7 chỉ tiêu, đạt 12%",
        "có mặt " + "9" * 40 + "/" + "9" * 41 + " đồng chí",
        "12 thôn, gồm " + ".".join(["999"] * 1000) + " xã và 3 bản",
        "ngày 31 tháng 12 năm 9999, có hiệu lực từ ngày 31 tháng 12 năm 9999",
        "đạt " + "9" * 400 + "," + "9" * 400 + "%",
    ],
)
def test_endless_figures(figures: str) -> None:
    for text in (changed(SOCIETY, ("1. Mở thêm", f"1. {figures}. Mở")), changed(SOCIETY, ("có 20/24", figures))):
        _assert_well_formed(parse(text))
