"""The formats that documents are exported to, and one function that writes any of them.

`export(documents, "parquet", "tables/")` takes the documents one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from nqparse.document import Document
from nqparse.errors import UsageError

Put = Callable[[Document], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be said about an export beside its format.

    Attributes:
        given: archival: values for all documents, by field name.
        title: EAD3: the title of the collection.
        made_on: EAD3: the day on which the record is made, ISO 8601. None is put there by itself, so that the same
            documents give the same bytes.
    """

    given: Mapping[str, str] = field(default_factory=dict)
    title: str | None = None
    made_on: str | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        name: what it is called on the command line.
        file: the name of its file; None for formats that fill a folder.
        what: what it holds, as a help text says it.
        module: the module that writes it, loaded when it is used.
    """

    name: str
    file: str | None
    what: str
    module: str

    def writing(self, target: Path, settings: Settings) -> AbstractContextManager[Put]:
        """Opens the place and gives the function that takes the documents; it is whole when the block ends well.

        Raises:
            UsageError: if a setting makes no sense.
            OutputError: if a library is missing, or the place cannot be written.
        """
        module: Any = import_module(f"nqparse.export.{self.module}")
        if self.file is not None and target.is_dir():
            target = target / self.file
        if self.file is None and target.is_file():
            raise UsageError(
                f"{target}: this is a file, and {self.name} fills a folder",
                f"{target}: đây là tệp, còn {self.name} cần một thư mục",
            )
        writing: AbstractContextManager[Put] = module.writing(target, **self._arguments(module, settings))
        return writing

    def _arguments(self, module: Any, settings: Settings) -> dict[str, Any]:
        if self.name == "archival":
            return {"given": settings.given}
        if self.name == "ead3":
            said = {"title": settings.title, "made_on": settings.made_on}
            return {"collection": module.Collection(**{key: value for key, value in said.items() if value})}
        return {}


FORMATS: dict[str, Format] = {
    found.name: found
    for found in (
        Format("jsonl", "documents.jsonl", "the whole documents, one per line", "jsonl"),
        Format("csv", None, "tables as CSV, one file per table", "csv_files"),
        Format("parquet", None, "the same tables as Parquet", "parquet"),
        Format("excel", "catalogue.xlsx", "a catalogue as an Excel workbook", "workbook"),
        Format("akoma-ntoso", None, "Akoma Ntoso 3.0, one XML file per document", "akoma_ntoso"),
        Format("archival", None, "fields of Thông tư 05/2025 and 02/2019/TT-BNV as CSV", "archival"),
        Format("dublin-core", "dublin-core.xml", "Dublin Core records as XML", "dublin_core"),
        Format("ead3", "ead3.xml", "a finding aid as EAD3", "ead3"),
        Format("label-studio", None, "Label Studio tasks with predictions", "label_studio"),
        Format("conll", "documents.conllup", "tokens with entities as CoNLL-U Plus", "conll"),
        Format("spacy", None, "spaCy DocBin files for training", "spacy_docbin"),
    )
}


def export(documents: Iterable[Document], to: str, output: str | Path, settings: Settings | None = None) -> int:
    """Writes documents in a format, and returns how many there were. They are taken one by one.

    Args:
        documents: the documents.
        to: the name of a format, one of `FORMATS`.
        output: a file or a folder, as the format has it; a format of one file puts it into a folder that is there.
        settings: what else can be said.

    Raises:
        UsageError: if there is no such format, or a setting makes no sense.
        OutputError: if a library is missing, or the place cannot be written.
    """
    if to not in FORMATS:
        raise UsageError(
            f"{to}: there is no such format", f"{to}: không có định dạng này",
            hint_en=f"The formats are: {', '.join(FORMATS)}", hint_vi=f"Các định dạng: {', '.join(FORMATS)}",
        )  # fmt: skip
    count = 0
    with FORMATS[to].writing(Path(output), settings or Settings()) as put:
        for document in documents:
            put(document)
            count += 1
    return count
