from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab
from tiny import TEXT, document

import nqparse
from nqparse import spacy_components
from nqparse.document import Document
from nqparse.spacy_components import TOKENIZER, Component, Tokenizer, load, render_displacy

CORPUS = Path(__file__).parent.parent / "corpus"
SPECIMENS = sorted(CORPUS.glob("*/source.txt"))
NLP = load()
TOKENIZE = Tokenizer(Vocab())


def assert_covers(span: Span, start: int, end: int) -> None:
    """Tells that a span is exact, but for a space behind its last token, which spaCy does not count."""
    assert span.start_char == start
    assert span.doc.text[span.end_char : end] in ("", " ")


# -- the tokenizer ------------------------------------------------------------------------------------


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@settings(max_examples=400)
def test_any_text_comes_back(text: str) -> None:
    doc = TOKENIZE(text)
    assert doc.text == text
    assert all(len(token) for token in doc)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Số: 12/NQ-HĐND15", ["Số", ":", "12", "/", "NQ", "-", "HĐND", "15"]),
        ("NGHỊ QUYẾTVề quy định2.", ["NGHỊ", "QUYẾT", "Về", "quy", "định", "2", "."]),
        ("khóaXVII Sở KHĐTCông", ["khóa", "XVII", "Sở", "KHĐT", "Công"]),
        ("TTr HĐND Hà", ["TTr", "HĐND", "Hà"]),
        ("a  b\n\n c ", ["a", " ", "b", "\n\n", " ", "c"]),
        (" a", [" ", "a"]),
        ("đe\u0301o", ["đe\u0301o"]),
        ("đ/c “b”_", ["đ", "/", "c", "“", "b", "”", "_"]),
        ("", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    doc = TOKENIZE(text)
    assert [token.text for token in doc] == tokens
    assert doc.text == text


def test_tokens_of_the_specimens_meet_nearly_all_borders_by_themselves() -> None:
    inside = total = 0
    for path in SPECIMENS:
        found = nqparse.parse_file(path)
        doc = TOKENIZE(found.text)
        edges = {token.idx for token in doc} | {token.idx + len(token) for token in doc}
        borders = spacy_components._borders(found, list(found.iter_sections(appendices=True)))
        total += len(borders)
        inside += sum(1 for border in borders if border not in edges and not found.text[border - 1].isspace())
    assert total > 3000
    assert inside / total < 0.001


# -- the component ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.parent.name)
def test_spans_are_those_of_the_document(path: Path) -> None:
    text = nqparse.parse_file(path).text
    doc = NLP(text)
    found = doc._.resolution
    assert doc.text == text
    assert found == nqparse.parse(text)
    sections = list(found.iter_sections(appendices=True))
    assert [(s.label_, s.id_) for s in doc.spans["sections"]] == [(s.kind, s.id) for s in sections]
    for span, section in zip(doc.spans["sections"], sections, strict=True):
        assert_covers(span, section.start, section.end)
    for span, zone in zip(doc.spans["zones"], found.zones, strict=True):
        assert span.label_ == zone.kind
        assert_covers(span, zone.start, zone.end)
    for ent in doc.ents:
        assert ent._.entity.type == ent.label_
        assert ent.text == ent._.entity.text


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> Document:
    """Makes the component find what a person has marked in the tiny resolution."""
    found = document()
    monkeypatch.setattr(spacy_components, "parse", lambda *_, **__: found)
    return found


def test_entities_are_flat_and_the_longest_stays(tiny: Document) -> None:
    doc = NLP(TEXT)
    assert [(ent.label_, ent.text) for ent in doc.ents] == [
        (entity.type, entity.text) for entity in tiny.entities if entity.text != "ngày 02/01/2024"
    ]
    assert doc.ents[1]._.entity.value.symbol == "09-NQ/TU"
    assert doc.spans["sections"][0]._.section.id == "1"


def test_entities_of_others_stay_where_ours_are_not(tiny: Document) -> None:
    doc = TOKENIZE(TEXT)
    place, mixed = TEXT.index("TỈNH NGÀN"), TEXT.index("Văn Ngàn")
    doc.ents = [
        doc.char_span(place, place + len("TỈNH NGÀN"), label="LOC"),
        doc.char_span(mixed, mixed + len("Văn Ngàn"), label="LOC"),
    ]
    other = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert [ent.text for ent in Component()(doc).ents if ent.label_ == "LOC"] == ["TỈNH NGÀN"]
    kept = Component(overwrite_ents=False)(other)
    assert [ent.text for ent in kept.ents if ent.label_ == "LOC"] == ["TỈNH NGÀN", "Văn Ngàn"]
    assert "PERSON" not in {ent.label_ for ent in kept.ents}


def test_a_border_inside_a_token_is_expanded_or_split() -> None:
    text = "QUYẾT NGHỊ:\nĐiều 1. Thông qua.\nĐiều 2. Thi hành."
    words = text.split(" ")  # "NGHỊ:\nĐiều" and "qua.\nĐiều" are tokens here

    def ids_and_texts(component: Component) -> list[tuple[str, str]]:
        doc = component(Doc(Vocab(), words=words, spaces=[True] * (len(words) - 1) + [False]))
        assert doc.text == text
        return [(span.id_, span.text) for span in doc.spans["sections"]]

    assert ids_and_texts(Component(align="expand")) == [
        ("1", "NGHỊ:\nĐiều 1. Thông qua.\nĐiều"),
        ("2", "qua.\nĐiều 2. Thi hành."),
    ]
    assert ids_and_texts(Component(align="split")) == [("1", "Điều 1. Thông qua."), ("2", "Điều 2. Thi hành.")]


def test_a_foreign_pipeline_gets_the_spans_expanded() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("nqparse")
    doc = nlp("NGHỊ QUYẾT\nVề việc thử\nQUYẾT NGHỊ:\nĐiều 1. Thông qua.\nĐiều 2. Thi hành.")
    assert [span.id_ for span in doc.spans["sections"]] == ["1", "2"]
    assert doc.spans["sections"][0].text.startswith("Điều 1")


def test_the_tokenizer_is_registered() -> None:
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    assert isinstance(nlp.tokenizer, Tokenizer)


def test_docs_and_pipelines_can_be_saved(tmp_path: Path) -> None:
    doc = NLP("NGHỊ QUYẾT\nĐiều 1. Thông qua.")
    again = Doc(NLP.vocab).from_bytes(doc.to_bytes())
    assert again._.resolution == doc._.resolution
    assert [span.id_ for span in again.spans["sections"]] == ["1"]
    NLP.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert loaded("Điều 1. Thông qua.")._.resolution == NLP("Điều 1. Thông qua.")._.resolution


def test_other_processes_send_docs_back() -> None:
    docs = list(NLP.pipe(["Điều 1. Thông qua.", "", "Điều 2. Thi hành."], n_process=2))
    assert [len(doc.spans["sections"]) for doc in docs] == [1, 0, 1]
    assert docs[0]._.resolution.text == "Điều 1. Thông qua."


def test_a_doc_that_was_not_parsed_has_no_resolution() -> None:
    doc = TOKENIZE("Điều 1.")
    assert doc._.resolution is None
    assert doc[0:1]._.entity is None
    assert doc[0:1]._.section is None


def test_displacy(tiny: Document) -> None:
    doc = NLP(TEXT)
    assert "DOCREF" in render_displacy(doc)
    assert "article" in render_displacy(doc, show="sections")
    assert render_displacy(doc, show="zones", page=True).startswith("<!DOCTYPE html>")
