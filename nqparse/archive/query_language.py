"""The language of the search: from what a person types to an expression of FTS5 and conditions on documents.

    ngân sách                     both words, in any place of a document
    "ngân sách nhà nước"          the words one behind the other
    phát tri*                     words that begin so
    giao thông OR thuỷ lợi        one or the other; ( … ) groups
    học phí -mầm                  not in documents with this word
    year:2021 issuer:"Phú Yên"    only documents of this year and issuer; also kind:, place:, symbol:

Nothing of the input is ever handed to SQLite as language: words go in as keys (`nqparse.archive.words`), which hold no
sign that FTS5 knows, and filters as parameters.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from nqparse.archive.words import Word, keys, words
from nqparse.errors import UsageError

FieldName = Literal["issuer", "year", "kind", "place", "symbol"]

# The names of filters, those in Vietnamese, too.
_NAMES: dict[FieldName, tuple[str, ...]] = {
    "issuer": ("issuer", "coquan"),
    "year": ("year", "nam"),
    "kind": ("kind", "loai"),
    "place": ("place", "noi"),
    "symbol": ("symbol", "so", "kyhieu"),
}
_FIELDS = {keys(name)[0]: wanted for wanted, names in _NAMES.items() for name in names}
_TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<open>\()|(?P<close>\))
    |(?P<field>-?[^\W\d_][\w\u0300-\u036f-]{0,20}:(?=\S))
    |(?P<not>-(?=[\w"(]))
    |(?P<phrase>["“”„«»][^"“”„«»]*["“”«»]\*?)
    |(?P<word>[^\s()"“”„«»]+)
    |(?P<stray>.)""",
    re.VERBOSE,
)
_YEARS = re.compile(r"(\d{4})(?:(?:\.\.|[-–])(\d{4}))?")
_ALIKE = 0.75  # how alike a name must be to that of a filter to be a slip of it
_LONGEST = 2000  # characters of a query
_DEEPEST = 50  # brackets in brackets
_SHORTEST_PREFIX = 2  # letters; one letter begins a tenth of all words


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on documents; `keys` are the words of its value, `years` the first and the last year."""

    field: FieldName
    keys: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """Words that have to stand one behind the other; of a prefix the last one may go on."""

    keys: tuple[str, ...]
    exact: tuple[str, ...]
    prefix: bool = False

    @property
    def expression(self) -> str:
        """Returns it as FTS5 reads it."""
        return _quoted(self.keys, prefix=self.prefix)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Attributes:
        expression: the expression of FTS5 that documents have to match; empty where only filters are given.
        terms: the words and phrases that are looked for, without those that are excluded.
        filters: the conditions on documents.
        accents: the expression of what has the same accents; empty if whoever asked writes none.
    """

    expression: str = ""
    terms: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    accents: str = ""

    def with_filters(self, *more: Filter) -> Query:
        """Returns the query with more filters."""
        return replace(self, filters=(*self.filters, *more))


class QueryError(UsageError):
    """A query that cannot be read."""


def parse_query(text: str) -> Query:
    """Reads a query.

    Raises:
        QueryError: if it cannot be read; the message says why.
    """
    if len(text) > _LONGEST:
        raise QueryError(
            f"the query is longer than {_LONGEST} characters", f"câu tìm kiếm dài hơn {_LONGEST} ký tự"
        )
    return _Reader(text).read()


def filter_of(name: FieldName, value: str, *, excluded: bool = False) -> Filter:
    """Returns the filter of a field and its value.

    Raises:
        QueryError: if no document can have the value.
    """
    if name == "year":
        match = _YEARS.fullmatch(value.strip())
        if match is None:
            raise QueryError(
                f"year:{value}: this is no year", f"year:{value}: không phải là năm",
                hint_en="Write year:2021 or year:2019-2021.", hint_vi="Viết year:2021 hoặc year:2019-2021.",
            )  # fmt: skip
        first, last = int(match[1]), int(match[2] or match[1])
        return Filter("year", years=(min(first, last), max(first, last)), excluded=excluded)
    found = tuple(word.key for word in words(value))
    if not found:
        raise QueryError(f"{name}: has no value", f"{name}: thiếu giá trị")
    return Filter(name, found, excluded=excluded)


class _Token(NamedTuple):
    kind: str
    text: str


class _Part(NamedTuple):
    """A piece of a query: what documents have to match, and what is looked for in them."""

    expression: str
    terms: tuple[Term, ...] = ()


class _Reader:
    """Reads one query by recursive descent: alternatives of conjunctions of items."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        # Who writes one accent writes all: "ban" beside "chấp hành" is not "bán" then.
        self._accented = any(word.key != word.exact for word in words(text))
        self._at = 0
        self._depth = 0
        self._filters: list[Filter] = []
        self._branches = False  # it has alternatives somewhere,
        self._alternatives = False  # and outside of brackets

    def read(self) -> Query:
        found = self._any()
        if self._at < len(self._tokens):
            raise QueryError(
                "the query closes a bracket that it did not open", "câu tìm kiếm đóng ngoặc mà không mở ngoặc"
            )
        if not found.expression and not self._filters:
            raise QueryError(
                "the query has no word to look for", "câu tìm kiếm không có từ nào",
                hint_en='Write words, "a phrase" or a filter such as year:2021.',
                hint_vi='Viết từ, "cụm từ" hoặc điều kiện như year:2021.',
            )  # fmt: skip
        if self._filters and self._alternatives:
            raise QueryError(
                "a filter holds for the whole query and cannot stand beside OR",
                "điều kiện lọc áp dụng cho cả câu tìm kiếm, không đứng cạnh OR được",
                hint_en="Put the alternatives into brackets: (giao thông OR thuỷ lợi) year:2021",
                hint_vi="Đặt các lựa chọn trong ngoặc: (giao thông OR thuỷ lợi) year:2021",
            )
        return Query(found.expression, found.terms, tuple(self._filters), self._accents(found.terms))

    def _accents(self, terms: Sequence[Term]) -> str:
        if not self._accented:
            return ""
        whole = (term.exact[:-1] if term.prefix else term.exact for term in terms)
        parts = [_quoted((word,), prefix=False) for exact in whole for word in exact]
        return (" OR " if self._branches else " AND ").join(parts)

    def _any(self) -> _Part:
        parts = [self._all()]
        while self._next("word", "OR"):
            parts.append(self._all())
        if len(parts) == 1:
            return parts[0]
        if not all(part.expression for part in parts):
            raise QueryError("OR needs a word on both sides", "OR cần có từ ở cả hai bên")
        self._branches = True
        self._alternatives = self._alternatives or not self._depth
        expression = " OR ".join(part.expression for part in parts)
        return _Part(f"({expression})", _terms(parts))

    def _all(self) -> _Part:
        wanted: list[_Part] = []
        unwanted: list[str] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token.kind == "close" or token == _OR:
                break
            if token.kind == "field":
                self._filter(token)
                continue
            excluded = token.kind == "not"
            self._at += excluded
            part = self._item()
            if part.expression and excluded:
                unwanted.append(part.expression)
            elif part.expression:
                wanted.append(part)
        if unwanted and not wanted:
            raise QueryError(
                "the query only says what is not wanted", "câu tìm kiếm chỉ nêu điều cần loại bỏ",
                hint_en="Add a word to look for.", hint_vi="Thêm ít nhất một từ cần tìm.",
            )  # fmt: skip
        expression = " AND ".join(part.expression for part in wanted)
        if len(wanted) > 1:
            expression = f"({expression})"
        if unwanted:
            return _Part(f"({expression} NOT ({' OR '.join(unwanted)}))", _terms(wanted))
        return _Part(expression, _terms(wanted))

    def _item(self) -> _Part:
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "open":
            self._depth += 1
            if self._depth > _DEEPEST:
                raise QueryError("the query has too many brackets", "câu tìm kiếm có quá nhiều ngoặc")
            part = self._any()
            if not self._next("close"):
                raise QueryError("the query does not close a bracket", "câu tìm kiếm thiếu dấu đóng ngoặc")
            self._depth -= 1
            return part
        return self._term(token.text)

    def _term(self, text: str) -> _Part:
        prefix = text.endswith("*")
        found: list[Word] = list(words(text))
        if not found:  # a dash between words, a bullet
            return _Part("")
        if prefix and len(found[-1].key) < _SHORTEST_PREFIX:
            raise QueryError(
                f"{text}: a beginning needs at least {_SHORTEST_PREFIX} letters",
                f"{text}: phần đầu của từ cần ít nhất {_SHORTEST_PREFIX} chữ cái",
            )
        term = Term(tuple(word.key for word in found), tuple(word.exact for word in found), prefix)
        return _Part(term.expression, (term,))

    def _filter(self, token: _Token) -> None:
        if self._depth:
            raise QueryError(
                "a filter holds for the whole query and cannot stand in brackets",
                "điều kiện lọc áp dụng cho cả câu tìm kiếm, không đặt trong ngoặc được",
            )
        self._at += 1
        value = self._tokens[self._at].text if self._at < len(self._tokens) else ""
        self._at += 1
        excluded = token.text.startswith("-")
        name = _field_name(token.text)
        assert name is not None  # `_tokens` calls others words
        self._filters.append(filter_of(name, value.strip('"“”„«»'), excluded=excluded))

    def _next(self, kind: str, text: str | None = None) -> bool:
        if self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token.kind == kind and text in (None, token.text):
                self._at += 1
                return True
        return False


_OR = _Token("word", "OR")


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        assert match is not None  # the last branch takes any sign
        kind, found = str(match.lastgroup), match.group()
        if kind == "field" and _field_name(found) is None:
            _refuse_slip(found)
            # No filter: "Hà Nội:2021" and "Nơi nhận:Chủ tịch" are words.
            kind = "not" if found.startswith("-") else "word"
            found = "-" if kind == "not" else found
        at += len(found)
        if kind == "stray" and found in '"“”„«»':
            raise QueryError(
                "the query opens a quotation mark and does not close it", "câu tìm kiếm thiếu dấu đóng ngoặc kép"
            )
        if kind not in ("space", "stray"):
            yield _Token(kind, found)


def _field_name(token: str) -> FieldName | None:
    return _FIELDS.get(keys(token.strip("-:").replace("-", ""))[0])


def _refuse_slip(token: str) -> None:
    name = token.strip("-:").lower()
    close = difflib.get_close_matches(name, _NAMES, 1, _ALIKE)
    if close:
        raise QueryError(
            f"{name}: there is no filter of this name", f"{name}: không có điều kiện lọc này",
            hint_en=f"Did you mean {close[0]}: ?", hint_vi=f"Có phải ý bạn là {close[0]}: ?",
        )  # fmt: skip


def _terms(parts: Sequence[_Part]) -> tuple[Term, ...]:
    return tuple(term for part in parts for term in part.terms)


def _quoted(found: tuple[str, ...], *, prefix: bool) -> str:
    return f'"{" ".join(found)}"{" *" if prefix else ""}'
