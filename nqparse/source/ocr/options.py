"""What a user may ask of OCR: whether, with which engine, and who wants to hear how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

OcrChoice = Literal["auto", "never", "always", "tesseract", "trueocr"]
Progress = Callable[[str, int, int], None]
"""Is told the name of the input, how many of its pages have been read, and how many there are to read."""


@dataclass(frozen=True, slots=True)
class OcrOptions:
    """How pages that are pictures are read.

    Attributes:
        choice: `auto` reads pages without a text layer of their own, with the engine that is surer of itself on
            each; `tesseract` and `trueocr` do so with this engine alone; `always` reads every page, whatever text
            layer it has; `never` reads none.
        progress: is called before the first page and after each.
    """

    choice: OcrChoice = "auto"
    progress: Progress | None = None

    @property
    def engines(self) -> tuple[str, ...]:
        """The names of the engines that may be used, the first choice first."""
        if self.choice == "never":
            return ()
        return (self.choice,) if self.choice in ENGINES else ENGINES


ENGINES = ("tesseract", "trueocr")
AUTO = OcrOptions()
