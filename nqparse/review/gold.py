"""Approved documents as gold: with them `nqparse evaluate` measures the parser on an archive's own documents."""

from __future__ import annotations

from pathlib import Path

from nqparse.files import unwritable
from nqparse.gold import GOLD_FILE, SOURCE_FILE, TEXT_FILE, GoldError, load_case
from nqparse.gold_write import write_case
from nqparse.review.desk import Desk


def write_gold(desk: Desk, target: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """Writes each approved document as a specimen into a folder of its id.

    Every specimen is read back: what cannot be gold (a text that is no UTF-8, sections that columns have brought
    out of order) is taken out again and told.

    Args:
        desk: the reviews.
        target: the folder; specimens of the same id in it are overwritten.

    Returns:
        The ids that were written, and those that could not be, with the reason.

    Raises:
        OutputError: if the folder cannot be written.
    """
    written: list[str] = []
    refused: list[tuple[str, str]] = []
    for name, document in desk.approved_items():
        folder = target / name
        try:
            write_case(folder, document)
            load_case(folder)
        except OSError as error:
            raise unwritable(folder, error) from None
        except (GoldError, ValueError) as error:
            _take_out(folder)
            refused.append((name, str(error).splitlines()[0]))
        else:
            written.append(name)
    return written, refused


def _take_out(folder: Path) -> None:
    """Takes out what was written into a folder, and the folder if nothing else is in it."""
    for name in (TEXT_FILE, SOURCE_FILE, GOLD_FILE):
        (folder / name).unlink(missing_ok=True)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
