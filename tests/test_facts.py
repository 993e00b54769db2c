"""Facts: what a document says of its own effect, adoption, attendance and vote, by the forms in which it is said."""

from __future__ import annotations

import pytest

from nqparse.document import Facts
from nqparse.pipeline import parse

HEAD = """HỘI ĐỒNG NHÂN DÂN TỈNH SƠN VĨNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/2024/NQ-HĐND
Sơn Vĩnh, ngày 12 tháng 7 năm 2024
NGHỊ QUYẾT
Về mức thu phí
HỘI ĐỒNG NHÂN DÂN TỈNH SƠN VĨNH
KHÓA XI, KỲ HỌP THỨ 7
Căn cứ Luật Phí và lệ phí ngày 25 tháng 11 năm 2015;
"""
ADOPTED = "Nghị quyết này đã được Hội đồng nhân dân tỉnh khóa XI, kỳ họp thứ 7 thông qua ngày 11 tháng 7 năm 2024./.\n"
FOOT = "TM. HỘI ĐỒNG NHÂN DÂN\nCHỦ TỊCH\nĐinh Công Sắc\n"


def facts(clause: str, *, preamble: str = "", adopted: str = ADOPTED) -> Facts:
    body = f"Điều 1. Quy định mức thu phí.\nĐiều 2. Điều khoản thi hành\n{clause}\n"
    return parse(f"{HEAD}{preamble}QUYẾT NGHỊ:\n{body}{adopted}{FOOT}").facts


EFFECTS: dict[str, tuple[str, str | None]] = {
    "a date": ("Nghị quyết này có hiệu lực thi hành từ ngày 01 tháng 8 năm 2024.", "2024-08-01"),
    "a date in figures": ("Nghị quyết này có hiệu lực kể từ ngày 01/8/2024.", "2024-08-01"),
    "signing": ("Nghị quyết này có hiệu lực kể từ ngày ký.", "2024-07-12"),
    "issue": ("Nghị quyết này có hiệu lực thi hành kể từ ngày ký ban hành.", "2024-07-12"),
    "adoption": ("Nghị quyết này có hiệu lực kể từ ngày thông qua.", "2024-07-11"),
    "adoption by whom": ("Nghị quyết này có hiệu lực từ ngày được Hội đồng nhân dân tỉnh thông qua.", "2024-07-11"),
    "days after signing": ("Nghị quyết này có hiệu lực sau 15 ngày kể từ ngày ký ban hành.", "2024-07-27"),
    "days after adoption": (
        "Nghị quyết này có hiệu lực sau 10 ngày, kể từ ngày Hội đồng nhân dân thông qua.",
        "2024-07-21",
    ),
    "publication": ("Nghị quyết này có hiệu lực kể từ ngày công bố.", None),
    "with an exception": (
        "1. Nghị quyết này có hiệu lực từ ngày 01 tháng 8 năm 2024, trừ khoản 2 Điều này.\n"
        "2. Khoản 3 Điều 1 của Nghị quyết này có hiệu lực từ ngày 01 tháng 01 năm 2026.",
        "2024-08-01",
    ),
    "the exception first": (
        "1. Điều 1 và Phụ lục I Nghị quyết này có hiệu lực từ ngày 01 tháng 01 năm 2026.\n"
        "2. Nghị quyết này có hiệu lực từ ngày 01 tháng 8 năm 2024.",
        "2024-08-01",
    ),
    "what must be in force": (
        "1. Trình văn bản theo Phụ lục kèm theo Nghị quyết này, bảo đảm có hiệu lực trước ngày 01 tháng 3 năm 2027.\n"
        "2. Nghị quyết này có hiệu lực từ ngày 01 tháng 8 năm 2024.",
        "2024-08-01",
    ),
    "another act": (
        "[Điều này được hướng dẫn bởi Nghị định số 66/2024/NĐ-CP có hiệu lực từ ngày 31/7/2024] Giao Sở.",
        None,
    ),
    "a condition": ("Hồ sơ nộp trước ngày Nghị quyết này có hiệu lực thì làm theo quy định cũ.", None),
    "an article's label": ("Điều IX: Nghị quyết này có hiệu lực từ ngày 01 tháng 8 năm 2024.", "2024-08-01"),
}


@pytest.mark.parametrize(("clause", "day"), EFFECTS.values(), ids=EFFECTS)
def test_effective_on(clause: str, day: str | None) -> None:
    assert facts(clause).effective_on == day


def test_effect_from_adoption_is_unknown_where_the_day_is() -> None:
    assert facts("Nghị quyết này có hiệu lực kể từ ngày thông qua.", adopted="").effective_on is None


EXPIRIES: dict[str, tuple[str, str | None]] = {
    "until the end of": (
        "Nghị quyết này có hiệu lực từ ngày 01/8/2024 và được thực hiện đến hết ngày 31/12/2027.",
        "2027-12-31",
    ),
    "until before": ("Nghị quyết này có hiệu lực từ ngày 01/8/2024 đến trước ngày 01/3/2027.", "2027-03-01"),
    "until": ("Nghị quyết này có hiệu lực từ ngày 01/8/2024 đến ngày 01/3/2027.", "2027-03-01"),
    "ends": ("Nghị quyết này hết hiệu lực kể từ ngày 01 tháng 3 năm 2027.", "2027-03-01"),
    "another ends": ("Nghị quyết số 5/2019/NQ-HĐND hết hiệu lực kể từ ngày 01 tháng 8 năm 2024.", None),
}


@pytest.mark.parametrize(("clause", "day"), EXPIRIES.values(), ids=EXPIRIES)
def test_expires_on(clause: str, day: str | None) -> None:
    assert facts(clause).expires_on == day


ADOPTIONS: dict[str, tuple[str, str | None, str | None]] = {
    "the day": (ADOPTED, "2024-07-11", None),
    "day and hour": (
        "Nghị quyết được Hội nghị nhất trí thông qua lúc 11 giờ 30 ngày 11 tháng 7 năm 2024./.\n",
        "2024-07-11",
        "11:30",
    ),
    "no space": (ADOPTED.replace("khóa XI, kỳ họp thứ 7 ", "khóa XI"), "2024-07-11", None),
    "no day": ("Nghị quyết này đã được Hội đồng nhân dân tỉnh thông qua./.\n", None, None),
}


@pytest.mark.parametrize(("closing", "day", "hour"), ADOPTIONS.values(), ids=ADOPTIONS)
def test_adoption(closing: str, day: str | None, hour: str | None) -> None:
    found = facts("Nghị quyết này có hiệu lực từ ngày ký.", adopted=closing)
    assert (found.adopted_on, found.adopted_at) == (day, hour)


def test_acts_that_may_be_adopted_are_no_adoption() -> None:
    clause = (
        "Trường hợp luật, nghị quyết của Quốc hội có quy định khác được thông qua hoặc ban hành sau ngày 15/8/2024 "
        "thì thực hiện theo văn bản đó."
    )
    assert facts(clause, adopted="").adopted_on is None


SESSIONS: dict[str, tuple[str, tuple[str | None, int | None] | None]] = {
    "held": ("Ngày 11 tháng 7 năm 2024, Hội nghị lần thứ 9 đã họp, thảo luận và thống nhất;\n", ("hội nghị", 9)),
    "of a cited act": ("Thực hiện Nghị quyết Hội nghị lần thứ 9 của Ban Chấp hành;\n", None),
    "in a citation": (
        "Căn cứ Nghị quyết số 51/2001/QH10 ngày 25 tháng 12 năm 2001 của Quốc hội khóa X, kỳ họp thứ 10;\n",
        None,
    ),
    "told of": ("Năm 2025, tỉnh đã tổ chức thành công Đại hội Đảng bộ tỉnh lần thứ XI;\n", None),
}


@pytest.mark.parametrize(("preamble", "session"), SESSIONS.values(), ids=SESSIONS)
def test_session(preamble: str, session: tuple[str | None, int | None] | None) -> None:
    text = HEAD.replace("KHÓA XI, KỲ HỌP THỨ 7\n", "") + preamble
    found = parse(
        f"{text}QUYẾT NGHỊ:\nĐiều 1. Quy định mức thu phí.\nĐiều 2. Giao Sở Tài chính thực hiện.\n{FOOT}"
    ).facts.session
    assert (found and (found.kind, found.ordinal)) == session


ATTENDANCES: dict[str, tuple[str, tuple[int | None, ...] | None]] = {
    "present of total": ("Hội nghị có mặt 45/50 đại biểu, vắng 5 đại biểu (có lý do).\n", (45, 50, 5, 5)),
    "all counted": ("Tổng số đảng viên: 19; có mặt: 18; vắng: 01 (có lý do).\n", (18, 19, 1, 1)),
    "without reason": ("Dự họp có 12/15 ủy viên, vắng mặt 03 đồng chí (02 có lý do).\n", (12, 15, 3, 2)),
    "told in words": (
        "Dự Đại hội có 118 đại biểu chính thức trên tổng số 120 đại biểu được triệu tập.\n",
        (118, 120, None, None),
    ),
    "in per cent": ("Có 45/50 đại biểu dự họp, đạt tỷ lệ 90%.\n", (45, 50, None, None)),
    "none": ("Sau khi nghe báo cáo;\n", None),
}


@pytest.mark.parametrize(("preamble", "counts"), ATTENDANCES.values(), ids=ATTENDANCES)
def test_attendance(preamble: str, counts: tuple[int | None, ...] | None) -> None:
    found = facts("Nghị quyết này có hiệu lực từ ngày ký.", preamble=preamble).attendance
    assert (found and (found.present, found.total, found.absent, found.excused)) == counts


VOTES: dict[str, tuple[str, tuple[int | None, ...] | None]] = {
    "of total": (
        "Nghị quyết này được 48/50 đại biểu có mặt biểu quyết tán thành, thông qua ngày 11 tháng 7 năm 2024./.\n",
        (48, 50, None, None),
    ),
    "against": (
        "Nghị quyết được Hội nghị thông qua với 46/48 phiếu tán thành, 02 phiếu không tán thành, ngày 11/7/2024./.\n",
        (46, 48, 2, None),
    ),
    "colon": (
        "Nghị quyết này được thông qua ngày 11 tháng 7 năm 2024; đại biểu biểu quyết tán thành: 48/50 (96%)./.\n",
        (48, 50, None, None),
    ),
    "per cent only": ("Nghị quyết này được 100% đại biểu nhất trí thông qua ngày 11 tháng 7 năm 2024./.\n", None),
    "no count": (ADOPTED, None),
}


@pytest.mark.parametrize(("closing", "counts"), VOTES.values(), ids=VOTES)
def test_vote(closing: str, counts: tuple[int | None, ...] | None) -> None:
    found = facts("Nghị quyết này có hiệu lực từ ngày ký.", adopted=closing).vote
    assert (found and (found.for_, found.total, found.against, found.abstain)) == counts


def test_minutes_of_a_meeting_are_no_vote_but_counted_ballots_are() -> None:
    clause = "Nghị quyết này có hiệu lực từ ngày ký."
    minutes = "Căn cứ Biên bản họp số 11/BB ngày 05/7/2024 với 5/5 thành viên tán thành;\n"
    ballots = "Căn cứ Biên bản kiểm phiếu ngày 05/7/2024 (4/5 phiếu tán thành, 01 phiếu không tán thành);\n"
    assert facts(clause, preamble=minutes).vote is None
    counted = facts(clause, preamble=ballots).vote
    assert counted is not None
    assert (counted.for_, counted.total, counted.against) == (4, 5, 1)


ENDED: dict[str, tuple[str, list[str]]] = {
    "replaced": ("Nghị quyết này thay thế Nghị quyết số 5/2019/NQ-HĐND.", ["5/2019"]),
    "repealed": ("Bãi bỏ Nghị quyết số 5/2019/NQ-HĐND và Nghị quyết số 6/2020/NQ-HĐND.", ["5/2019", "6/2020"]),
    "expired": ("Nghị quyết số 5/2019/NQ-HĐND hết hiệu lực kể từ ngày Nghị quyết này có hiệu lực.", ["5/2019"]),
    "in part": ("Sửa đổi, bãi bỏ một số nội dung tại Luật Phí và lệ phí.", []),
}


@pytest.mark.parametrize(("clause", "symbols"), ENDED.values(), ids=ENDED)
def test_repeals(clause: str, symbols: list[str]) -> None:
    found = facts(clause).repeals
    assert len(found) == len(symbols)
    assert all(all(part in name for part in symbol.split("/")) for name, symbol in zip(found, symbols, strict=True))


ASSIGNED: dict[str, tuple[str, list[str]]] = {
    "before": (
        "Giao Ủy ban nhân dân tỉnh, Sở Tài chính tổ chức thực hiện.",
        ["Ủy ban nhân dân tỉnh Sơn Vĩnh", "Sở Tài chính tỉnh Sơn Vĩnh"],
    ),
    "behind": ("Ủy ban nhân dân tỉnh có trách nhiệm thi hành.", ["Ủy ban nhân dân tỉnh Sơn Vĩnh"]),
    "a member": ("Các đại biểu Hội đồng nhân dân tỉnh giám sát việc thực hiện.", []),
}


@pytest.mark.parametrize(("clause", "bodies"), ASSIGNED.values(), ids=ASSIGNED)
def test_assigned(clause: str, bodies: list[str]) -> None:
    assert [assignment.body for assignment in facts(clause).assigned] == bodies
