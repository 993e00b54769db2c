"""The peak memory of one parse, measured from inside a fresh process: `python -m benchmarks.memory structure FILE`."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from benchmarks import ours

_KIB = 1024


def _peak() -> int:
    """Returns the highest memory of this process so far, in bytes."""
    # The kernel's own record starts anew with each program; `ru_maxrss` may hold what the parent had.
    recorded = _status("VmHWM")
    if recorded is not None:
        return recorded
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else _KIB)


def _status(key: str) -> int | None:
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    return next((int(line.split()[1]) * _KIB for line in status.read_text().splitlines() if line.startswith(key)), None)


def main(name: str, file: str) -> None:
    """Parses a file and prints the memory before and the peak, in bytes."""
    parse = ours.PARSERS[name]
    parse("NGHỊ QUYẾT\nĐiều 1. Thông qua.")  # loads the rules
    before = _status("VmRSS") or _peak()
    text = Path(file).read_text("utf-8")
    parse(text)
    print(json.dumps({"before": before, "peak": _peak(), "bytes": len(text.encode()), "characters": len(text)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
