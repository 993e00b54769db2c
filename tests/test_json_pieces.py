"""JSON in pieces is what pydantic writes in one go; models that the parser makes share one record of their fields."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from nqparse import parse
from nqparse.content_models import Located
from nqparse.document import Document
from nqparse.json_pieces import json_pieces

ARTICLE = "Điều {}. Giao Ủy ban nhân dân tỉnh Ngàn mở lớp vẽ trước ngày 05 tháng 3 năm 2024, chi 1.200.000 đồng.\n"


def document(articles: int) -> Document:
    return parse("NGHỊ QUYẾT\nQUYẾT NGHỊ:\n" + "".join(ARTICLE.format(number + 1) for number in range(articles)))


@pytest.mark.parametrize("indent", [None, 0, 1, 2])
@pytest.mark.parametrize("articles", [0, 3, 199, 200, 201, 400, 450])
def test_is_what_pydantic_writes(articles: int, indent: int | None) -> None:
    made = document(articles)
    assert made.to_json(indent=indent) == made.model_dump_json(indent=indent)


def test_long_lists_are_cut() -> None:
    made = document(450)
    assert len(made.body) == 450
    assert sum(1 for _ in json_pieces(made)) > 5
    assert sum(1 for _ in json_pieces(document(3))) == 2


@pytest.mark.parametrize("indent", [None, 0, 2])
def test_a_model_of_long_lists_only(indent: int | None) -> None:
    class Lists(BaseModel):
        first: list[int]
        second: list[str]

    lists = Lists(first=list(range(500)), second=["[1]}"] * 700)
    assert "".join(json_pieces(lists, indent)) == lists.model_dump_json(indent=indent)


def test_what_is_set_later_changes_no_other_model() -> None:
    one, other = (Located.made(text="Mở", start=0, end=2) for _ in range(2))
    one.fragments = [(0, 2)]
    assert other.fragments is None
    assert other.model_fields_set == set(Located.model_fields)
    assert one != other
    assert Located.model_validate_json('{"text": "Mở", "start": 0, "end": 2}') == other


def test_what_is_read_keeps_a_record_of_its_own() -> None:
    assert Located.model_validate_json('{"text": "Mở", "start": 0, "end": 2}').model_fields_set == {
        "text", "start", "end",
    }  # fmt: skip
    assert Located(text="Mở", start=0, end=2).model_fields_set == {"text", "start", "end"}


def test_made_models_are_validated() -> None:
    with pytest.raises(ValueError, match="greater than or equal to 0"):
        Located.made(text="Mở", start=-1, end=2)
