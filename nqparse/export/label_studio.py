"""Label Studio: a folder with `tasks.json`, to be imported, and `config.xml`, the labelling interface for it.

Each task has the text and nqparse's reading as a prediction, which an annotator takes over or corrects. Offsets are
code points, as Label Studio counts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, get_args

from nqparse import __version__
from nqparse.document import Document, SectionKind, ZoneKind
from nqparse.export.places import encoded
from nqparse.export.tables_of_entities import ENTITIES
from nqparse.export.xml_writing import XmlWriter
from nqparse.files import whole_file

TEXT = "text"
# The controls of the interface, with their labels.
CONTROLS: dict[str, tuple[str, ...]] = {
    "entities": tuple(ENTITIES), "zones": get_args(ZoneKind), "sections": get_args(SectionKind),
}  # fmt: skip
# Light grounds on which black text reads well, in turn.
_COLOURS = ("#bfdcf5", "#f8e2b0", "#c3ecc6", "#f8d2c0", "#d9d0f5", "#eeeab5", "#f7cde0", "#bfeae6")


def task_of(document: Document) -> dict[str, Any]:
    """Returns the task of a document, as Label Studio imports it."""
    spans = [
        *(
            _span("entities", f"e{number}", entity.start, entity.end, entity.type)
            for number, entity in enumerate(document.entities)
            if entity.fragments is None
        ),
        *(_span("zones", f"z{number}", zone.start, zone.end, zone.kind) for number, zone in enumerate(document.zones)),
        *(
            _span("sections", f"s{number}", section.start, section.end, section.kind)
            for number, section in enumerate(document.iter_sections(appendices=True))
        ),
    ]
    for span in spans:
        span["value"]["text"] = document.text[span["value"]["start"] : span["value"]["end"]]
    return {
        "data": {TEXT: document.text, "source": document.source.name, "sha256": document.source.sha256},
        "predictions": [{"model_version": f"nqparse {__version__}", "result": spans}],
    }


def _span(control: str, name: str, start: int, end: int, label: str) -> dict[str, Any]:
    return {
        "id": name, "from_name": control, "to_name": TEXT, "type": "labels",
        "value": {"start": start, "end": end, "text": "", "labels": [label]},
    }  # fmt: skip


def config() -> str:
    """Returns the labelling interface: the text, with entities, zones and sections to label."""
    out = XmlWriter()
    out.open("View")
    for control, labels in CONTROLS.items():
        out.line_break()
        out.empty("Header", {"value": control, "size": "5"})
        out.open("Labels", {"name": control, "toName": TEXT})
        for number, label in enumerate(labels):
            out.line_break()
            out.empty("Label", {"value": label, "background": _COLOURS[number % len(_COLOURS)]})
        out.line_break()
        out.close("Labels")
    out.line_break()
    out.empty("Text", {"name": TEXT, "value": f"${TEXT}", "granularity": "symbol"})
    out.line_break()
    out.close("View")
    out.line_break()
    return out.taken()


@contextmanager
def writing(folder: Path) -> Iterator[Callable[[Document], None]]:
    """Opens a folder for tasks, and gives the function that takes the documents.

    Raises:
        OutputError: if a file cannot be written.
    """
    with whole_file(folder / "tasks.json") as stream:
        lead = "[\n"

        def put(document: Document) -> None:
            nonlocal lead
            stream.write(encoded(lead + json.dumps(task_of(document), ensure_ascii=False)))
            lead = ",\n"

        yield put
        stream.write(encoded("[]\n" if lead == "[\n" else "\n]\n"))
    with whole_file(folder / "config.xml") as stream:
        stream.write(encoded(config()))
