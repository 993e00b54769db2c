"""What is in a folder, before anything is parsed: `nqparse scan`.

    files ─ finding ─▶ bytes ─ contents ─▶ format, pages, text ─ language, kind ─▶ FileRecord ─ duplicates ─▶ FileRecord

No OCR is done, and of a text only the head is parsed. `scan_file` looks at one file, `scan_files` at many.
"""

from nqparse.scan.finding import Found, find_files
from nqparse.scan.record import FileRecord
from nqparse.scan.scanning import scan_file, scan_files

__all__ = ["FileRecord", "Found", "find_files", "scan_file", "scan_files"]
