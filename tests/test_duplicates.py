"""The same resolution in several files is one record; what only looks like it is another."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nqparse import Archive, parse
from nqparse.archive.duplicates import Record
from nqparse.archive.likeness import Buckets, Likeness, bands
from nqparse.cli import app
from nqparse.errors import UsageError

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # `benchmarks` is no part of the package

from benchmarks.archive import copies  # noqa: E402
from benchmarks.noise import Damage  # noqa: E402

ELECTION = (
    "HỘI ĐỒNG NHÂN DÂN\nXÃ TÂN KHÊ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Số: {number}/NQ-HĐND\n"
    "Tân Khê, ngày 15 tháng 7 năm 2019\nNGHỊ QUYẾT\nVề việc xác nhận kết quả bầu Ủy viên Ủy ban nhân dân xã\n"
    "HỘI ĐỒNG NHÂN DÂN XÃ TÂN KHÊ\nKHÓA XX, KỲ HỌP THỨ 9\n"
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\nCăn cứ Biên bản kiểm phiếu ngày 12/7/2019;\n"
    "QUYẾT NGHỊ:\nĐiều 1. Xác nhận ông {name} trúng cử với 20/24 phiếu, nhiệm kỳ 2016-2021.\n"
    "Điều 2. Thường trực Hội đồng nhân dân, Ủy ban nhân dân xã và ông {name} thi hành Nghị quyết này.\n"
    "Nghị quyết này được Hội đồng nhân dân xã Tân Khê khóa XX, kỳ họp thứ 9 thông qua ngày 12 tháng 7 năm 2019./.\n"
    "Nơi nhận:\n- Như Điều 2;\n- Lưu: VP.\nCHỦ TỊCH\nLê Hữu Phúc\n"
)


def specimen(name: str) -> str:
    return (ROOT / "corpus" / name / "source.txt").read_text("utf-8")


def archive_of(folder: Path, texts: dict[str, str]) -> Path:
    with Archive(folder, mode="a") as archive:
        for name, text in texts.items():
            archive.put(parse(text, name=name), Path("/") / name)
    return folder


def duplicates(folder: Path, texts: dict[str, str]) -> list[Record]:
    with Archive(archive_of(folder, texts)) as archive:
        return archive.duplicates()


def sources(records: Iterable[Record]) -> list[tuple[str, ...]]:
    return sorted(record.sources for record in records)


NAMES = (
    "hdnd-tinh-letter-order", "union-factory-votes", "party-commune-committee", "qh-articles-pilot-2023",
    "company-board-appointment", "mass-women-district", "cp-deputy-pm-relief-2022", "hdnd-commune-budget-2019",
)  # fmt: skip


@pytest.mark.parametrize("rate", [0.02, 0.05])
def test_specimens_and_their_scans_are_found(tmp_path: Path, rate: float) -> None:
    texts = {f"{name}.txt": specimen(name) for name in NAMES}
    scans = {f"{name}.scan": Damage(specimen(name), rate, 1).text for name in NAMES}
    records = duplicates(tmp_path, texts | scans)
    assert sources(records) == sorted((f"/{name}.scan", f"/{name}.txt") for name in NAMES)


def test_the_better_reading_stands_for_the_record(tmp_path: Path) -> None:
    text = specimen("hdnd-tinh-letter-order")
    (record,) = duplicates(tmp_path, {"a.scan": Damage(text, 0.05, 2).text, "b.txt": text})
    assert record.symbol == "24/2021/NQ-HĐND"
    assert record.title is not None
    assert record.title.endswith("phí tham quan di tích, danh lam thắng cảnh trên địa bàn tỉnh An Hưng")
    assert record.documents[0] == record.document_id


def test_changed_figures_are_conflicts(tmp_path: Path) -> None:
    text = specimen("union-factory-votes")
    changed = (
        text.replace("ngày 15 tháng 3 năm 2023", "ngày 16 tháng 3 năm 2023")
        .replace("với 13/13 phiếu tán thành", "với 12/13 phiếu tán thành")
        .replace("500.000 đồng/người/lần", "600.000 đồng/người/lần")
        .replace("kiện toàn tổ công đoàn năm 2023", "giải thể hai tổ công đoàn")
    )
    (record,) = duplicates(tmp_path, {"a.txt": text, "b.txt": changed})
    conflicts = {conflict.field: conflict for conflict in record.conflicts}
    # It is in force from the day of signing.
    assert conflicts.keys() == {"issued", "effective", "title", "votes_for", "money"}
    assert set(conflicts["issued"].values.values()) == {"2023-03-15", "2023-03-16"}
    assert set(conflicts["votes_for"].values.values()) == {13, 12}
    assert set(conflicts["money"].values.values()) == {"500000 VND", "600000 VND"}
    assert {conflict.nature for conflict in record.conflicts} == {"differs"}
    assert record.reasons == ("symbol agrees, date is misread",)


def test_misread_letters_are_told_apart_from_other_words(tmp_path: Path) -> None:
    text = specimen("hdnd-tinh-letter-order")
    scan = text.replace("danh lam thắng cảnh trên", "danh 1am thắng cãnh trèn")
    (record,) = duplicates(tmp_path, {"a.txt": text, "b.txt": scan})
    assert [(conflict.field, conflict.nature) for conflict in record.conflicts] == [("title", "differs")]
    scan = text.replace("Trương Quang Bảo", "Trương Quanq Bảo")
    (record,) = duplicates(tmp_path / "2", {"a.txt": text, "b.txt": scan})
    assert [(conflict.field, conflict.nature) for conflict in record.conflicts] == [("signer", "spelling")]


def two_elections() -> dict[str, str]:
    first, second = (("05", "Hà Văn Nam"), ("06", "Vũ Đức Long"))
    return {f"{number}.txt": ELECTION.format(number=number, name=name) for number, name in (first, second)}


def test_two_elections_of_one_day_are_two(tmp_path: Path) -> None:
    texts = two_elections()
    assert duplicates(tmp_path, texts) == []


def test_a_scan_without_a_symbol_does_not_join_two_resolutions(tmp_path: Path) -> None:
    texts = two_elections()
    texts["06.scan"] = texts["06.txt"].replace("Số: 06/NQ-HĐND\n", "")
    assert sources(duplicates(tmp_path, texts)) == [("/06.scan", "/06.txt")]


@pytest.mark.parametrize("commune", ["Tân Khê", "Tân Khe", "Tân Khai"])
def test_the_same_symbol_and_day_of_two_communes(tmp_path: Path, commune: str) -> None:
    """Communes of two districts may have one name, and elect on one day."""
    text = ELECTION.format(number="05", name="Hà Văn Nam")
    other = (
        text.replace("TÂN KHÊ", commune.upper()).replace("Tân Khê", commune).replace("Hà Văn Nam", "Vũ Đức Long")
        .replace("Lê Hữu Phúc", "Đặng Thị Hoa")
        .replace("khóa XX, kỳ họp thứ 9", "khóa XV, kỳ họp thứ 4").replace("XX, KỲ HỌP THỨ 9", "XV, KỲ HỌP THỨ 4")
        .replace("20/24", "17/19")
        .replace("12/7/2019", "11/7/2019").replace("ngày 12 tháng 7", "ngày 11 tháng 7")
    )  # fmt: skip
    assert duplicates(tmp_path, {"a.txt": text, "b.txt": other}) == []


def test_generated_archives(tmp_path: Path) -> None:
    """Every copy has a look-alike of the same day and one of the next year beside it."""
    for rate, least in ((0.02, 0.95), (0.05, 0.9)):
        with Archive(tmp_path / f"{rate}", mode="a") as archive:
            pairs = copies.fill(archive, copies.texts(36, 0.5, rate, seed=5))
            precision, recall = copies.quality(archive.duplicates(), pairs)
        assert pairs > 12
        assert precision == 1.0
        assert recall >= least


def test_the_same_bytes_in_two_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "in" / name).mkdir(parents=True)
        shutil.copy(ROOT / "corpus" / "assoc-mirror" / "source.txt", tmp_path / "in" / name / "x.txt")
    with Archive(tmp_path / "archive", mode="a") as archive:
        archive.add(tmp_path / "in", jobs=1)
        (record,) = archive.duplicates()
    assert record.sources == tuple(str(tmp_path / "in" / name / "x.txt") for name in ("a", "b"))
    assert (record.likeness, record.reasons, record.conflicts) == (1.0, ("same bytes",), ())


def test_nothing_is_compared_with_everything() -> None:
    with Buckets() as buckets:
        for number in range(3000):
            buckets.add(number, [b"one bucket"], [], (f"{number:05d}", ""))
        assert len(list(buckets.pairs())) < 10 * 3000
    with Buckets() as buckets:
        for number in (7, 3, 5):
            buckets.add(number, [b"x", b"y"], [("symbol", "1")], ("", ""))
        assert list(buckets.pairs()) == [(3, 5), (3, 7), (5, 7)]


def test_likeness() -> None:
    text = "Điều 1. Chi 25,5 tỷ đồng cho hai xã"
    assert Likeness(text).text(Likeness(text.upper())) == 1.0
    assert Likeness(text).numbers(Likeness("25,5 và 1")) == 1.0
    assert Likeness(text).text(Likeness("Nơi nhận")) == 0.0
    assert Likeness("").numbers(Likeness("")) == 1.0
    assert bands(["", "một"])[0] == []
    assert len(bands(["một hai ba bốn"])[0]) == 32


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rensa", None)
    with pytest.raises(UsageError, match="rensa") as raised:
        bands(["một hai ba bốn"])
    assert "nqparse[archive]" in raised.value.say("en")


def test_the_command(tmp_path: Path) -> None:
    text = specimen("union-factory-votes")
    other = text.replace("với 13/13 phiếu tán thành", "với 12/13 phiếu tán thành")
    folder = str(archive_of(tmp_path, {"a.txt": text, "b.txt": other, "c.txt": specimen("assoc-mirror")}))

    def run(*options: str) -> str:
        result = CliRunner().invoke(app, ["archive", "duplicates", "--archive", folder, *options])
        assert result.exit_code == 0, result.output
        return result.stdout

    (record,) = json.loads(run("--json"))
    assert record["sources"] == ["/a.txt", "/b.txt"]
    assert [conflict["field"] for conflict in record["conflicts"]] == ["votes_for"]
    rows = list(csv.DictReader(io.StringIO(run("--csv"))))
    found = [(row["record"], row["source"], row["conflicts"]) for row in rows]
    assert found == [("1", "/a.txt", "votes_for"), ("1", "/b.txt", "votes_for")]
    shown = run("--lang", "en")
    assert re.search(r"votes_for\s+differs.*1[23] \| 1[23]", shown)
