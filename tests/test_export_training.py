"""Data to train on: Label Studio, CoNLL and spaCy say what the documents say, in places that hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
import spacy
from exporting import documents, hostile_documents
from hypothesis import given
from lxml import etree
from shapes import BOUNDED
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab
from tiny import document as tiny_document

from nqparse.document import Document, SectionKind, ZoneKind
from nqparse.export import conll, jsonl, label_studio, spacy_docbin
from nqparse.export.brief import visible
from nqparse.export.places import storable
from nqparse.export.tables_of_entities import ENTITIES
from nqparse.pipeline import parse

# -- JSON Lines ---------------------------------------------------------------------------------------


def test_lines_are_documents(tmp_path: Path) -> None:
    with jsonl.writing(tmp_path / "a.jsonl") as put:
        for document in documents().values():
            put(document)
    lines = (tmp_path / "a.jsonl").read_bytes().splitlines()
    assert [Document.from_json(line) for line in lines] == list(documents().values())


@BOUNDED
@given(hostile_documents)
def test_hostile_lines_are_documents(tmp_path_factory: pytest.TempPathFactory, document: Document) -> None:
    target = tmp_path_factory.mktemp("jsonl") / "a.jsonl"
    with jsonl.writing(target) as put:
        put(document)
    (line,) = target.read_bytes().removesuffix(b"\n").split(b"\n")
    assert Document.from_json(line) == document


# -- Label Studio -------------------------------------------------------------------------------------


def tasks(folder: Path, *found: Document) -> list[dict[str, Any]]:
    with label_studio.writing(folder) as put:
        for document in found:
            put(document)
    read: list[dict[str, Any]] = json.loads((folder / "tasks.json").read_text("utf-8"))
    return read


def test_tasks_hold_the_readings(tmp_path: Path) -> None:
    found = list(documents().values())
    for document, task in zip(found, tasks(tmp_path, *found), strict=True):
        text = task["data"]["text"]
        assert text == document.text
        (prediction,) = task["predictions"]
        by_control: dict[str, list[str]] = {}
        for span in prediction["result"]:
            value = span["value"]
            assert text[value["start"] : value["end"]] == value["text"]
            by_control.setdefault(span["from_name"], []).extend(value["labels"])
        whole = [entity.type for entity in document.entities if entity.fragments is None]
        assert by_control.get("entities", []) == whole
        assert by_control.get("zones", []) == [zone.kind for zone in document.zones]
        ids = [span["id"] for span in prediction["result"]]
        assert len(set(ids)) == len(ids)


def test_no_tasks_are_an_empty_list(tmp_path: Path) -> None:
    assert tasks(tmp_path) == []


def test_the_interface_has_every_label() -> None:
    root = etree.fromstring(label_studio.config())
    labels = {control.get("name"): [label.get("value") for label in control] for control in root.iter("Labels")}
    wanted = {"entities": ENTITIES, "zones": get_args(ZoneKind), "sections": get_args(SectionKind)}
    assert labels == {name: list(values) for name, values in wanted.items()}
    (text,) = root.iter("Text")
    assert (text.get("name"), text.get("value")) == ("text", "$text")
    assert {control.get("toName") for control in root.iter("Labels")} == {"text"}


# -- CoNLL --------------------------------------------------------------------------------------------


def conll_rows(target: Path, *found: Document) -> list[list[list[str]]]:
    """Returns the sentences, each as rows of columns."""
    with conll.writing(target) as put:
        for document in found:
            put(document)
    text = target.read_bytes().decode()
    assert text.startswith("# global.columns = ID FORM START END ZONE NER\n")
    blocks = [[line for line in block.split("\n") if not line.startswith("# ")] for block in text.split("\n\n")]
    return [[line.split("\t") for line in block if line] for block in blocks if any(block)]


def test_conll_says_what_the_document_says(tmp_path: Path) -> None:
    document = parse(tiny_document().text)
    sentences = conll_rows(tmp_path / "a.conllup", document)
    rows = [row for sentence in sentences for row in sentence]
    assert [row[0] for row in sentences[0]] == [str(number) for number in range(1, len(sentences[0]) + 1)]
    assert "".join(row[1] for row in rows) == "".join(document.text.split())
    names = [row for row in rows if row[5].endswith("PERSON")]
    assert [(row[1], row[4], row[5]) for row in names] == [
        ("Lê", "signatures", "B-PERSON"), ("Văn", "signatures", "I-PERSON"), ("Ngàn", "signatures", "I-PERSON"),
    ]  # fmt: skip


def assert_sound(document: Document, sentences: list[list[list[str]]]) -> None:
    last = "O"
    for sentence in sentences:
        for number, row in enumerate(sentence, 1):
            assert len(row) == len(conll.COLUMNS)
            form, start, end, tag = row[1], int(row[2]), int(row[3]), row[5]
            assert row[0] == str(number)
            assert visible(storable(document.text[start:end])) == form
            assert tag[0] != "I" or last[2:] == tag[2:]
            last = tag


def test_conll_leads_back_to_every_text(tmp_path: Path) -> None:
    for number, document in enumerate(documents().values()):
        if len(document.text) < 100_000:
            assert_sound(document, conll_rows(tmp_path / f"{number}.conllup", document))


@BOUNDED
@given(hostile_documents)
def test_conll_of_hostile_documents(tmp_path_factory: pytest.TempPathFactory, document: Document) -> None:
    assert_sound(document, conll_rows(tmp_path_factory.mktemp("conll") / "a.conllup", document))


# -- spaCy --------------------------------------------------------------------------------------------


def read_docs(folder: Path, *found: Document) -> list[Doc]:
    with spacy_docbin.writing(folder) as put:
        for document in found:
            put(document)
    vocab = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "nqparse.tokenizer.v1"}}}).vocab
    return [doc for path in sorted(folder.iterdir()) for doc in DocBin().from_disk(path).get_docs(vocab)]


def test_docbin_holds_texts_and_spans(tmp_path: Path) -> None:
    found = [document for document in documents().values() if len(document.text) < 100_000]
    for document, doc in zip(found, read_docs(tmp_path, *found), strict=True):
        assert doc.text == document.text
        assert doc.user_data["source"] == document.source.name
        # A space belongs to the token before it, and a span of spaCy ends with its last token.
        zones = [(span.start_char, span.text.rstrip(" "), span.label_) for span in doc.spans["zones"]]
        texts = [document.text[zone.start : zone.end].rstrip(" ") for zone in document.zones]
        assert zones == [(zone.start, text, zone.kind) for zone, text in zip(document.zones, texts, strict=True)]
        sections = [section for section in document.iter_sections(appendices=True) if section.end > section.start]
        assert [span.id_ for span in doc.spans["sections"]] == [section.id for section in sections]
        known = {(entity.start, entity.end, entity.type) for entity in document.entities}
        assert {(span.start_char, span.end_char, span.label_) for span in doc.ents} <= known


def test_docbin_has_files_of_a_bounded_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy_docbin, "DOCUMENTS_PER_FILE", 2)
    assert len(read_docs(tmp_path, *[tiny_document()] * 5)) == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"docs-0000{number}.spacy" for number in (1, 2, 3)]


def test_docbin_of_nothing(tmp_path: Path) -> None:
    assert read_docs(tmp_path) == []
    assert [path.name for path in tmp_path.iterdir()] == ["docs-00001.spacy"]


@BOUNDED
@given(hostile_documents)
def test_docs_of_hostile_documents_keep_the_text(document: Document) -> None:
    assert spacy_docbin.doc_of(document, Vocab()).text == storable(document.text)
