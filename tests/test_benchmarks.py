"""The benchmark must run wherever the project is checked out, and measure what it says it does."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from nqparse import parse

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # `benchmarks` is no part of the package

from benchmarks import __main__ as command  # noqa: E402
from benchmarks import measure, others  # noqa: E402
from benchmarks.texts import Texts, base, longer  # noqa: E402

ACT = (
    "HỘI ĐỒNG NHÂN DÂN\nTỈNH SƠN VĨNH\n-------\nSố: 5/NQ-HĐND\nSơn Vĩnh, ngày 02 tháng 3 năm 2024\n\n"
    "NGHỊ QUYẾT\nVề việc thử\n\nQUYẾT NGHỊ:\n\nĐiều 1. Thông qua kế hoạch\n1. Giao Sở A.\n2. Giao Sở B.\n"
    "Điều 2. Thi hành\nNghị quyết này có hiệu lực từ ngày ký.\n\nNơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n"
)


@pytest.mark.parametrize("times", [1, 10, 40])
def test_a_longer_document_is_one_document(times: int) -> None:
    text = longer(ACT, times)
    document = parse(text)
    numbers = [int(section.number) for section in document.body]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 2 * times
    assert len(document.recipients) == 2
    assert len(text) == pytest.approx(times * len(ACT), rel=0.25)


def test_the_base_is_in_articles_from_one_on() -> None:
    assert base(["Điều 3. Chỉ có một điều.", ACT, "Không có gì"]) == ACT


def test_a_package_that_is_missing_gives_a_line() -> None:
    def make() -> others.Run:
        raise ModuleNotFoundError("no module", name="absent.part")

    row = others._row(others.Other("absent", "nothing", make), [ACT])
    assert (row.value, row.note) == (None, "skipped: absent is not installed")


def test_another_tool_is_measured_beside_ours() -> None:
    row = others._row(others.Other("upper", "capitals", lambda: str.upper), [ACT] * 3000)
    assert row.value
    assert "× this speed" in row.note


def test_the_figure_is_the_median() -> None:
    row = measure.of_runs("group", "name", [3.0, 1.0, 9.0], "s")
    assert row.value == 3.0
    assert row.runs == [3.0, 1.0, 9.0]


def test_json_holds_every_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(command, "load", lambda: Texts("one text", [ACT]))
    assert command.main(["start", "growth", "--runs", "2", "--times", "3", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["environment"]["texts"] == "one text"
    assert {row["group"] for row in data["rows"]} == {"start", "growth"}
    assert all(len(row["runs"]) == 2 for row in data["rows"])


def test_an_unknown_group_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        command.main(["everything"])
    assert "no such group: everything" in capsys.readouterr().err


def test_the_table_shows_what_was_skipped() -> None:
    rows = [measure.skipped("others", "absent", "absent is not installed"), measure.Row("start", "import", 0.1, "s")]
    columns = SimpleNamespace(**{column.header: list(column.cells) for column in command.table(rows).columns})
    assert columns.figure == ["–", "0.100 s"]


def test_a_plain_parse_loads_nothing_heavy() -> None:
    code = (
        "import json, sys, nqparse\n"
        "nqparse.parse('NGHỊ QUYẾT\\nĐiều 1. Thông qua ngày 02 tháng 3 năm 2024.').to_json()\n"
        "print(json.dumps(sorted({'spacy', 'underthesea', 'rich', 'typer'} & set(sys.modules))))"
    )
    assert measure.answer(["-c", code]) == []


def test_clients_at_the_desk_lose_nothing(tmp_path: Path) -> None:
    pytest.importorskip("httpx")
    pytest.importorskip("fastapi")
    from benchmarks import clients

    rows = {row.name: row.value for row in clients.measure(tmp_path, 3, 1.0)}
    assert (rows["errors"], rows["documents with a lost update"]) == (0, 0)
    assert rows["corrections taken"]
