"""Names in whole documents: who signed, what a publisher added, and places by the document's own day and province."""

from __future__ import annotations

import pytest

import nqparse
from nqparse.document import Document, PlaceEntity

HEAD = """HỘI ĐỒNG NHÂN DÂN
TỈNH HÀ GIANG
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 12/NQ-HĐND
Hà Giang, ngày 09 tháng 12 năm 2021

NGHỊ QUYẾT
Về việc đầu tư đường giao thông

HỘI ĐỒNG NHÂN DÂN TỈNH HÀ GIANG

Căn cứ Luật Đầu tư công ngày 13 tháng 6 năm 2019;

QUYẾT NGHỊ:

"""
BODY = """Điều 1. Xây dựng đường từ xã Tân Lập đến xã Tân Quang, huyện Bắc Quang.
Điều 2. Ủy ban nhân dân tỉnh chịu trách nhiệm thi hành Nghị quyết này./.
"""


def names(document: Document, kind: str) -> list[str]:
    return [entity.text for entity in document.entities if entity.type == kind]


@pytest.mark.parametrize(
    ("signature", "name"),
    [
        pytest.param("CHỦ TỊCH\n\n\nThào Hồng Sơn\n", "Thào Hồng Sơn", id="as usual"),
        pytest.param("CHỦ TỊCH\n\n(Đã ký)\n\nTố Hữu\n", "Tố Hữu", id="no surname that is known"),
        pytest.param("CHỦ TỊCH\n\n\nĐoàn Thế Bách\n", "Đoàn Thế Bách", id="a surname that is a body"),
        pytest.param("**CHỦ TỊCH**\n\n\n\n**Phùng\nThị Hà**\n", "Phùng\nThị Hà", id="over two lines"),
    ],
)
def test_who_signed_is_a_person(signature: str, name: str) -> None:
    document = nqparse.parse(HEAD + BODY + "\n" + signature)
    assert [signed.name.text for signed in document.signatures if signed.name] == [name]
    assert names(document, "PERSON") == [name]
    assert name not in names(document, "ORG")


def test_what_a_publisher_added_is_not_said_by_the_document() -> None:
    note = " [Điều này được sửa đổi bởi Điều 1 Nghị quyết 5/2022/NQ-HĐND có hiệu lực từ ngày 01/01/2023 của HĐND tỉnh]"
    with_note = nqparse.parse(HEAD + BODY.replace(" Quang.", " Quang." + note))
    without = nqparse.parse(HEAD + BODY)
    assert [(e.type, e.text) for e in with_note.entities] == [(e.type, e.text) for e in without.entities]


def test_places_have_the_codes_of_their_day() -> None:
    document = nqparse.parse(HEAD + BODY)
    places = {entity.text: entity.value for entity in document.entities if isinstance(entity, PlaceEntity)}
    assert (places["xã Tân Lập"].id, places["xã Tân Lập"].province) == ("01159", "Hà Giang")
    assert (places["huyện Bắc Quang"].id, places["huyện Bắc Quang"].province) == ("034", "Hà Giang")
