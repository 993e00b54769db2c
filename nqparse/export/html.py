"""The page: one self-contained HTML file that shows the text with every span marked, and the outline beside it.

Nothing is loaded from outside; a content security policy in the page forbids it. All words of the document
are escaped, and the script only ever reads them as text. Offsets are the contract's code points, made here; the
browser never counts characters.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from importlib.resources import files

from nqparse.document import Document, Located, Section
from nqparse.errors import Language
from nqparse.export.brief import cleaned, first_words, header_fields, opening, visible
from nqparse.export.marks import Segment, entity_tip, label_span, marks, segments
from nqparse.export.words import section_kind, word

_ITEM_WORDS = 90
_OPEN_TREE = 400  # outlines up to this many sections come unfolded
_FRAGMENT_SECTIONS = 300
_SEVERITIES = ("E", "W", "I")


def render_page(document: Document, language: Language = "both") -> str:
    """Returns the page for a document.

    Args:
        document: what was parsed.
        language: that of the captions; English serves for both.
    """
    header = document.header
    name = header.symbol.normalized if header.symbol else document.source.name or word("document", language)
    doc_type = header.doc_type.value if header.doc_type else ""
    title = header.title.value if header.title else word("no_title", language)
    style, script = _asset("page.css"), _asset("page.js")
    policy = f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'"
    nav = _Navigation(document, language)
    return "".join([
        f'<!DOCTYPE html>\n<html lang="{"vi" if language == "vi" else "en"}">\n<head>\n<meta charset="utf-8">\n',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        f"<title>{_safe(' · '.join(part for part in (name, title) if part))}</title>\n",
        f"<style>{style}</style>\n</head>\n<body>\n",
        f'<a class="skip" href="#text">{_safe(word("skip", language))}</a>\n',
        f'<header class="bar"><div class="what"><h1><span lang="vi">{_safe(name)}</span>'
        f'<small lang="vi">{_safe(doc_type)}</small></h1><p lang="vi">{_safe(title)}</p></div>',
        _legend(document, language),
        "</header>\n",
        *nav.build(),
        f'<main id="text" tabindex="-1" lang="vi" aria-label="{_safe(word("text", language))}">\n',
        *_rows(document, nav.targets, language),
        '</main>\n<div id="tip" role="tooltip" hidden></div>\n',
        f"<script>{script}</script>\n</body>\n</html>\n",
    ])  # fmt: skip


def render_fragment(document: Document, language: Language = "both") -> str:
    """Returns a compact summary of a document for notebooks: fields and the folded outline, without scripts."""
    parts = [f'<div class="nqparse"><style>{_asset("fragment.css")}</style><table>']
    for key, located in header_fields(document):
        if located:
            parts.append(f"<tr><th>{_safe(word(key, language))}</th><td>{_safe(cleaned(located))}</td></tr>")
    parts.append("</table>")
    total = sum(1 for _ in document.iter_sections())
    parts.append(f"<details><summary>{_safe(word('sections', language))} ({total})</summary><ul>")
    left = _FRAGMENT_SECTIONS

    def grow(sections: list[Section]) -> None:
        nonlocal left
        for section in sections:
            if left <= 0:
                return
            left -= 1
            words = first_words(opening(section), _ITEM_WORDS)
            parts.append(f"<li><b>{_safe(section.label)}</b> {_safe(words)}")
            if section.children:
                parts.append("<ul>")
                grow(section.children)
                parts.append("</ul>")
            parts.append("</li>")

    grow(document.body)
    if total > _FRAGMENT_SECTIONS:
        parts.append(f"<li>… {total - _FRAGMENT_SECTIONS} {_safe(word('more', language))}</li>")
    parts.append("</ul></details><p>")
    counts = [
        (word("entities", language), len(document.entities)),
        (word("recipients", language), len(document.recipients)),
        (word("signatures", language), len(document.signatures)),
        (word("appendices", language), len(document.appendices)),
        (word("diagnostics", language), len(document.diagnostics)),
    ]
    parts.append(" · ".join(f"{_safe(name)}: {count}" for name, count in counts))
    parts.append("</p></div>")
    return "".join(parts)


# -- the text -----------------------------------------------------------------------------------------


def _rows(document: Document, targets: set[int], language: Language) -> Iterable[str]:
    """Yields one row per line of the text, so that the page keeps the source's own lines and can number them."""
    text = document.text
    zone: str = document.zones[0].kind if document.zones else "unknown"
    before = ""
    for number, line in enumerate(segments(document, marks(document, language)), start=1):
        # White space at the start of a line belongs to the zone before; the line is where its first words are.
        written = [segment for segment in line if not text[segment.start : segment.end].isspace()]
        zone = written[0].zone if written else zone
        first = f' data-z="{_safe(word(zone, language))}"' if written and zone != before else ""
        before = zone if written else before
        cells = "".join(_cell(text, segment, zone, targets) for segment in line)
        yield f'<div class="l z-{zone}" data-n="{number}"{first}>{cells}</div>\n'


def _cell(text: str, segment: Segment, row_zone: str, targets: set[int]) -> str:
    shown = text[segment.start : segment.end].removesuffix("\r")
    classes = [f"i z-{segment.zone}"] if segment.zone != row_zone and not shown.isspace() else []
    entities = [mark.kind for mark in segment.marks if mark.kind.startswith("e-")]
    classes += dict.fromkeys(mark.kind for mark in segment.marks if not mark.kind.startswith("e-"))
    if entities:
        # The innermost entity gives the ground, the one around it the line below.
        classes.append(f"e {entities[-1]}")
        if len(entities) > 1:
            classes.append(f"u u-{entities[0][2:]}")
    attributes = f' class="{" ".join(classes)}"' if classes else ""
    if segment.start in targets:
        attributes += f' id="o{segment.start}"'
    if segment.marks:
        tips = dict.fromkeys(mark.tip for mark in segment.marks)
        attributes += f' data-t="{_safe(chr(10).join(tips))}"'
    return f'<span data-o="{segment.start}"{attributes}>{_safe(shown)}</span>'


def _legend(document: Document, language: Language) -> str:
    """Returns the switches: one per entity type in the document, and the fixed-width switch."""
    types = Counter(entity.type for entity in document.entities)
    parts = [f'<fieldset class="tools"><legend>{_safe(word("show", language))}</legend>']
    for kind, count in sorted(types.items()):
        parts.append(
            f'<label><input type="checkbox" checked data-kind="e-{kind}">'
            f'<span class="e e-{kind}">{kind}</span> <small>{count}</small></label>'
        )
    parts.append(f'<label><input type="checkbox" id="mono">{_safe(word("fixed_width", language))}</label></fieldset>')
    return "".join(parts)


# -- the outline --------------------------------------------------------------------------------------


class _Navigation:
    """The left side of the page. `targets` are the offsets that its links jump to."""

    def __init__(self, document: Document, language: Language) -> None:
        self.document = document
        self.language: Language = language
        self.targets: set[int] = set()
        self._open = sum(1 for _ in document.iter_sections(appendices=True)) <= _OPEN_TREE

    def build(self) -> list[str]:
        document = self.document
        outline: list[str] = []
        self._tree(document.body, outline, 0)
        appendices: list[str] = []
        for appendix in document.appendices:
            title = appendix.title.value if appendix.title else ""
            head = f"<b>{_safe(appendix.marker.text)}</b> {_safe(first_words(title, _ITEM_WORDS))}"
            self._item(self._link(head, [(appendix.start, appendix.end)]), appendix.body, appendices, 0)
        count = sum(1 for _ in document.iter_sections())
        label = _safe(word("filter", self.language))
        return [
            f'<nav id="nav" aria-label="{_safe(word("sections", self.language))}">\n',
            self._block("fields", self._fields(), None),
            f'<input type="search" id="filter" placeholder="{label}" aria-label="{label}">\n',
            self._block("sections", outline, count, tree=True),
            self._block("appendices", appendices, len(document.appendices), tree=True),
            self._block("recipients", self._recipients(), len(document.recipients)),
            self._block("signatures", self._signatures(), len(document.signatures)),
            self._block("facts", self._facts(), None),
            self._block("diagnostics", self._diagnostics(), len(document.diagnostics)),
            self._block("entities", self._entities(), len(document.entities), folded=True),
            f'<p class="keys">{_safe(word("keys", self.language))}</p>\n</nav>\n',
        ]

    def _block(self, key: str, parts: list[str], count: int | None, *, tree: bool = False, folded: bool = False) -> str:
        if not parts:
            return ""
        number = f" <small>{count}</small>" if count is not None else ""
        state = "" if folded else " open"
        kind = ' class="tree"' if tree else ""
        head = f"<details{state}><summary>{_safe(word(key, self.language))}{number}</summary>"
        return f'<section data-block="{key}">{head}<ul{kind}>{"".join(parts)}</ul></details></section>\n'

    def _link(self, inner: str, ranges: list[tuple[int, int]], kind: str = "") -> str:
        start = min(low for low, _ in ranges)
        self.targets.add(start)
        spans = " ".join(f"{low}-{high}" for low, high in ranges)
        kind = f' class="{kind}"' if kind else ""
        return f'<a href="#o{start}" data-r="{spans}"{kind}>{inner}</a>'

    def _located(self, located: Located, inner: str) -> str:
        return self._link(inner, located.fragments or [(located.start, located.end)])

    def _tree(self, sections: list[Section], parts: list[str], depth: int) -> None:
        for section in sections:
            kind = section_kind(section.kind, self.language)
            style = ' class="h"' if section.heading else ""
            inner = (
                f'<b class="k-{section.kind}" title="{_safe(kind)} {_safe(section.id)}">'
                f"{_safe(section.label.rstrip())}</b> "
                f"<span{style}>{_safe(first_words(opening(section), _ITEM_WORDS))}</span>"
            )
            link = self._link(inner, [(section.start, section.end)], "sec")
            # The label itself is a target, too: the segments are cut where it begins.
            self.targets.add(label_span(section, self.document.text)[0])
            self._item(link, section.children, parts, depth)

    def _item(self, link: str, children: list[Section], parts: list[str], depth: int) -> None:
        if not children:
            parts.append(f"<li>{link}</li>")
            return
        state = " open" if self._open else ""
        parts.append(f'<li><details{state}><summary tabindex="-1">{link}</summary><ul>')
        self._tree(children, parts, depth + 1)
        parts.append("</ul></details></li>")

    def _fields(self) -> list[str]:
        parts = []
        for key, located in header_fields(self.document):
            shown = f'<span class="none">{_safe(word("not_written", self.language))}</span>'
            if located:
                shown = self._located(located, _safe(cleaned(located)))
            parts.append(f'<li class="f"><span>{_safe(word(key, self.language))}</span> {shown}</li>')
        return parts

    def _recipients(self) -> list[str]:
        parts = []
        for recipient in self.document.recipients:
            notes = [recipient.note] if recipient.note else []
            notes += [word("archive", self.language)] if recipient.archive else []
            note = f" <small>{_safe(', '.join(notes))}</small>" if notes else ""
            shown = _safe(first_words(recipient.name, _ITEM_WORDS))
            parts.append(f"<li>{self._located(recipient, shown + note)}</li>")
        return parts

    def _signatures(self) -> list[str]:
        parts = []
        for signature in self.document.signatures:
            lines = []
            for located in (signature.authority, signature.position, signature.name):
                if located is not None:
                    shown = _safe(first_words(located.text, _ITEM_WORDS))
                    lines.append(self._located(located, f"<b>{shown}</b>" if located is signature.name else shown))
            parts.append(f'<li class="s">{"".join(lines)}</li>')
        return parts

    def _facts(self) -> list[str]:
        facts = self.document.facts
        shown: list[tuple[str, str]] = []
        for key in ("attendance", "vote", "session"):
            value = getattr(facts, key)
            if value is not None:
                found = value.model_dump(by_alias=True, exclude_none=True)
                shown.append((key, ", ".join(f"{name} {number}" for name, number in found.items())))
        for key in ("adopted_on", "adopted_at", "effective_on", "expires_on"):
            value = getattr(facts, key)
            if value is not None:
                shown.append((key, str(value)))
        return [
            f'<li class="f"><span>{_safe(word(key, self.language))}</span> {_safe(value)}</li>' for key, value in shown
        ]

    def _diagnostics(self) -> list[str]:
        parts = []
        for diagnostic in sorted(self.document.diagnostics, key=lambda d: _SEVERITIES.index(d.severity)):
            message = diagnostic.message if self.language == "vi" else diagnostic.message_en
            inner = f'<b class="d-{diagnostic.severity}">{_safe(diagnostic.code)}</b> {_safe(message)}'
            ranges = [(low, high) for low, high in diagnostic.spans if low < high]
            if not ranges and diagnostic.start is not None and diagnostic.end is not None:
                ranges = [(diagnostic.start, diagnostic.end)]
            parts.append(f"<li>{self._link(inner, ranges) if ranges else inner}</li>")
        return parts

    def _entities(self) -> list[str]:
        by_type: dict[str, list[str]] = {}
        for entity in self.document.entities:
            inner = f"<span>{_safe(first_words(entity.text, _ITEM_WORDS))}</span>"
            facts = entity_tip(entity).split("\n")[0].partition(" · ")[2]
            note = f" <small>{_safe(facts)}</small>" if facts else ""
            by_type.setdefault(entity.type, []).append(f"<li>{self._located(entity, inner + note)}</li>")
        return [
            f'<li><details><summary><span class="e e-{kind}">{kind}</span> <small>{len(items)}</small></summary>'
            f"<ul>{''.join(items)}</ul></details></li>"
            for kind, items in sorted(by_type.items())
        ]


# -- safety -------------------------------------------------------------------------------------------


def _safe(text: str) -> str:
    """Escapes a text for element content and quoted attributes."""
    return escape(visible(text))


@lru_cache(maxsize=8)
def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8").strip()


def _digest(content: str) -> str:
    """Returns the hash by which a content security policy allows one inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
