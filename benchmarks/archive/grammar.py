"""The grammar of made-up resolutions, read from `grammar.yaml`; real names of places come from the rules' tables."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from nqparse import ruleset
from nqparse.gazetteer import UNITS_FILE

Scheme = Literal["articles", "chapters", "bare", "romans", "uppers", "decimals"]

_FREQUENT = 48


class Kind(BaseModel):
    """A kind of body that issues resolutions; `grammar.yaml` says what its parts are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weight: int
    years: tuple[int, int]
    left: list[str]
    body: str
    symbols: list[str]
    schemes: list[Scheme]
    topics: list[str]
    titles: list[str]
    size: tuple[int, int]
    laws: list[str]
    recipients: list[str]
    position: str
    voters: str
    seat: str = "Hà Nội"
    authority: list[str | None] = [None]
    session: str | None = None
    adoption: str | None = None
    cites: list[str] = []
    formula: str = "QUYẾT NGHỊ:"
    number: str = "Số"
    undated: bool = False
    party: bool = False

    @property
    def places(self) -> str:
        """The level that tells two of its bodies apart: "" where there is one for the whole country."""
        shown = " ".join((self.body, self.seat, *self.left)).lower()
        return next((slot for slot in ("commune", "factory", "company", "district", "province") if slot in shown), "")


class Grammar(BaseModel):
    """What made-up resolutions are made of."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kinds: dict[str, Kind]
    laws: dict[str, list[tuple[str, str]]]
    titles: dict[str, list[str]]
    headings: dict[str, list[str]]
    sentences: dict[str, list[str]]
    closers: list[str]
    offices: list[str]
    crops: list[str]
    works: list[str]
    trades: list[str]
    syllables: list[str]
    given: list[str]


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """Returns the grammar, read once."""
    data: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("grammar.yaml").read_text("utf-8"))
    return Grammar.model_validate(data)


class Names:
    """Names of people, and real names of places by their province."""

    def __init__(self) -> None:
        rules = ruleset.load()
        wary = set(rules.terms["person.wary-surnames"].terms)
        # The first are the most frequent ones.
        self.surnames = [name for name in rules.terms["person.surnames"].terms[:_FREQUENT] if name not in wary]
        self.middles = list(rules.terms["person.middles"].terms)
        codes = rules.tables["place.codes-until-2025"].rows
        cities = {"Hà Nội", "Huế", "Đà Nẵng", "Hải Phòng", "Cần Thơ", "Hồ Chí Minh"}
        self.provinces = {str(code): name for name, code in codes.items() if name not in cities}
        self._units: dict[tuple[str, str], list[str]] = defaultdict(list)
        for line in (ruleset.builtin_folder() / UNITS_FILE).read_text("utf-8").splitlines():
            if line.startswith("#"):
                continue
            _, level, name, _code, _district, province, era, *_ = line.split("\t")
            if era == "before" and name.replace(" ", "").isalpha():
                self._units[province, level].append(name)

    def of_province(self, code: str, level: str) -> list[str]:
        """Returns the districts ("huyện") or communes ("xã") of a province until 30/6/2025."""
        return self._units.get((code, level), [])


@lru_cache(maxsize=1)
def names() -> Names:
    """Returns the names, made once."""
    return Names()
