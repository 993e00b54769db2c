"""The tables of what documents consist of: heads, sections, recipients, signatures, appendices, zones, findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nqparse.document import Document, Located, Section
from nqparse.export.akn_identity import identity_of
from nqparse.export.tables import Column, Table


def _uri(document: Document) -> str | None:
    identity = identity_of(document)
    return None if identity.doubt else identity.work


def offsets(
    start: str = "First code point.", end: str = "End in code points.", *, path: str = ""
) -> tuple[Column, Column]:
    """Returns the columns of where something stands, with their descriptions; `path` leads to it."""
    return Column("start", "integer", start, f"{path}start"), Column("end", "integer", end, f"{path}end")


def spanned(whose: str) -> tuple[Column, ...]:
    """Returns the columns of a located value."""
    text = Column("text", "text", f"{whose} as written.", "text")
    return (text, *offsets(end="End in code points; that of the last piece where it stands in several."))


def provision(path: str) -> tuple[Column, Column, Column]:
    """Returns the columns of a place inside a document, which `path` leads to."""
    return (
        Column("article", "text", "Điều, as written.", f"{path}.article"),
        Column("clause", "text", "Khoản.", f"{path}.clause"),
        Column("point", "text", "Điểm.", f"{path}.point"),
    )


def _count(severity: str) -> Column:
    names = {"E": ("errors", "contradictions"), "W": ("warnings", "likely defects"), "I": ("notes", "oddities")}
    name, meaning = names[severity]
    return Column(
        name, "integer", f"Number of diagnostics of severity {severity}: {meaning}.",
        lambda document: sum(1 for finding in document.diagnostics if finding.severity == severity),
    )  # fmt: skip


RESOLUTIONS = Table(
    "resolutions",
    "One document: its letterhead, its facts, and where it came from.",
    (
        Column("source_name", "text", "Name or path of the source.", "source.name"),
        Column("media_type", "text", "Media type of the source.", "source.media_type"),
        Column("encoding", "text", "Encoding of the source.", "source.encoding"),
        Column("size", "integer", "Size of the source in bytes.", "source.size"),
        Column("sha256", "text", "SHA-256 of the source's bytes.", lambda document: document.source.sha256 or None),
        Column("pages", "integer", "Number of pages, where the source has pages.", "source.pages"),
        Column("characters", "integer", "Length of the text in code points.", lambda document: len(document.text)),
        Column("uri", "text", "URI of the document (FRBR work), null where its head does not say enough.", _uri),
        Column("doc_type", "text", "Type, cleaned: nghị quyết.", "header.doc_type.value"),
        Column("symbol", "text", "Number and symbol, without spaces.", "header.symbol.normalized"),
        Column("number", "integer", "Number, null where it was left blank.", "header.symbol.number"),
        Column("number_suffix", "text", "What follows it: the a of 30a, the .7 of 66.7.", "header.symbol.suffix"),
        Column("year", "integer", "Year in the symbol.", "header.symbol.year"),
        Column(
            "codes", "text", "Codes of the symbol, joined by hyphens.",
            lambda document: "-".join(document.header.symbol.codes) if document.header.symbol else None,
        ),
        Column("issued", "text", "Date of the letterhead as far as written: 2021-01-13, 2021-01.", "header.date.value"),
        Column("issued_on", "date", "The same, where the whole day is written.", "header.date.value"),
        Column("place", "text", "Place in front of the date.", "header.place.text"),
        Column("title", "text", "Title (trích yếu), cleaned.", "header.title.value"),
        Column("issuer", "text", "Issuer, cleaned.", "header.issuer.name"),
        Column("parent_issuer", "text", "Body above the issuer, cleaned.", "header.parent_issuer.name"),
        Column("national_name", "text", "Name of the state in the letterhead.", "header.national_name.text"),
        Column("motto", "text", "Motto in the letterhead.", "header.motto.text"),
        Column("enacting_body", "text", "Body that enacts, above the legal bases.", "preamble.enacting_body.text"),
        Column("formula", "text", "Enacting formula.", "preamble.formula.text"),
        Column("closing", "text", "Text behind the last section.", "closing.text"),
        Column("adopted", "text", "When it was adopted, as far as written.", "facts.adopted_on"),
        Column("adopted_on", "date", "The same, where the whole day is written.", "facts.adopted_on"),
        Column("adopted_at", "text", "Time of adoption, HH:MM.", "facts.adopted_at"),
        Column("effective", "text", "When it takes effect, as far as written.", "facts.effective_on"),
        Column("effective_on", "date", "The same, where the whole day is known.", "facts.effective_on"),
        Column("expires", "text", "When it ends, as far as written.", "facts.expires_on"),
        Column("session_kind", "text", "Kind of the session that adopted it.", "facts.session.kind"),
        Column("session_ordinal", "integer", "Ordinal of that session.", "facts.session.ordinal"),
        Column("present", "integer", "Members who were present.", "facts.attendance.present"),
        Column("members", "integer", "Members in all.", "facts.attendance.total"),
        Column("absent", "integer", "Members who were absent.", "facts.attendance.absent"),
        Column("excused", "integer", "Members who were excused.", "facts.attendance.excused"),
        Column("guests", "text", "Who else was there, as written.", "facts.attendance.guests"),
        Column("votes_for", "integer", "Votes for the resolution as a whole.", "facts.vote.for_"),
        Column("votes_against", "integer", "Votes against it.", "facts.vote.against"),
        Column("votes_abstaining", "integer", "Abstentions.", "facts.vote.abstain"),
        Column("votes_total", "integer", "Votes in all.", "facts.vote.total"),
        Column("repeals", "text", "What it repeals, one per line.", lambda d: "\n".join(d.facts.repeals) or None),
        Column("sections", "integer", "Number of sections in the body.", lambda d: sum(1 for _ in d.iter_sections())),
        Column("appendices", "integer", "Number of appendices.", lambda document: len(document.appendices)),
        Column("entities", "integer", "Number of entities.", lambda document: len(document.entities)),
        _count("E"),
        _count("W"),
        _count("I"),
        Column(
            "ocr_confidence", "number", "How sure OCR was of the pages it read, their mean from 0 to 1; null for none.",
            lambda document: (document.source.ocr or {}).get("confidence"),
        ),
    ),
)  # fmt: skip

TEXTS = Table(
    "texts",
    "The text of one document, exactly as it was read; all offsets count its code points.",
    (Column("text", "text", "The text.", "text"),),
)


@dataclass(frozen=True, slots=True)
class _PlacedSection:
    section: Section
    parent: int | None
    depth: int
    appendix: int | None


def _sections(document: Document) -> Iterator[_PlacedSection]:
    """Yields all sections, parents first, each with the row of its parent."""
    row = 0
    parts = [(document.body, None), *((a.body, number) for number, a in enumerate(document.appendices))]
    for sections, appendix in parts:
        stack: list[tuple[Section, int | None, int]] = [(section, None, 1) for section in reversed(sections)]
        while stack:
            section, parent, depth = stack.pop()
            yield _PlacedSection(section, parent, depth, appendix)
            stack += [(child, row, depth + 1) for child in reversed(section.children)]
            row += 1


def _own_text(placed: _PlacedSection) -> str | None:
    return "\n".join(paragraph.text for paragraph in placed.section.paragraphs) or None


SECTIONS = Table(
    "sections",
    "One numbered section of a body or an appendix, parents before children.",
    (
        Column("appendix", "integer", "Row of the appendix that it stands in, null for the body.", "appendix"),
        Column("section_id", "text", "Path of its numbers, III/2/a; unique in its body or appendix.", "section.id"),
        Column("parent_row", "integer", "Row of the section that it stands in.", "parent"),
        Column("depth", "integer", "1 for the outermost.", "depth"),
        Column("kind", "text", "Form of its label: article, roman, arabic, letter, dash and so on.", "section.kind"),
        Column("label", "text", "Label as written: Điều 1.", "section.label"),
        Column("number", "text", "Label without punctuation; empty for bullets.", "section.number"),
        Column("ordinal", "integer", "Its place in the order of its kind: a is 1, đ is 5.", "section.ordinal"),
        Column("heading", "text", "Heading, where it has one.", "section.heading.text"),
        Column("text", "text", "Its own paragraphs up to its first child, one per line.", _own_text),
        *offsets(
            "First code point, that of its label.", "End with all that it holds, in code points.", path="section."
        ),
    ),
    _sections,
)


@dataclass(frozen=True, slots=True)
class _Lead:
    kind: str
    located: Located


def _preamble(document: Document) -> Iterator[_Lead]:
    leads = [_Lead("basis", basis) for basis in document.preamble.bases]
    leads += [_Lead("recital", recital) for recital in document.preamble.recitals]
    yield from sorted(leads, key=lambda lead: lead.located.start)


PREAMBLE = Table(
    "preamble",
    "One legal basis or recital.",
    (
        Column("kind", "text", "basis or recital.", "kind"),
        Column("text", "text", "The paragraph as written.", "located.text"),
        *offsets(path="located."),
    ),
    _preamble,
)
RECIPIENTS = Table(
    "recipients",
    "One addressee.",
    (
        Column("name", "text", "Who is addressed, cleaned.", "name"),
        Column("note", "text", "What stands in brackets: b/c.", "note"),
        Column("archive", "integer", "1 if this is the copy for the archive, else 0.", "archive"),
        *spanned("The item"),
    ),
    lambda document: document.recipients,
)
SIGNATURES = Table(
    "signatures",
    "One signature.",
    (
        Column("authority", "text", "On whose behalf it is signed: TM. BAN CHẤP HÀNH.", "authority.text"),
        Column("position", "text", "Position of the signer.", "position.text"),
        Column("name", "text", "Name of the signer.", "name.text"),
        Column("name_start", "integer", "First code point of the name.", "name.start"),
        Column("name_end", "integer", "End of the name in code points.", "name.end"),
    ),
    lambda document: document.signatures,
)
APPENDICES = Table(
    "appendices",
    "One appendix.",
    (
        Column("marker", "text", "What marks it: PHỤ LỤC I.", "marker.text"),
        Column("title", "text", "Title, cleaned.", "title.value"),
        *offsets(),
    ),
    lambda document: document.appendices,
)
ZONES = Table(
    "zones",
    "One piece of the text; all pieces together are the whole of it.",
    (
        Column("kind", "text", "header, preamble, formula, body, closing, appendix and so on.", "kind"),
        *offsets(),
    ),
    lambda document: document.zones,
)
DIAGNOSTICS = Table(
    "diagnostics",
    "One finding: what contradicts itself, is missing or looks wrong.",
    (
        Column("code", "text", "Code of the finding; nqparse rules explains it.", "code"),
        Column("severity", "text", "E, W or I.", "severity"),
        Column("message", "text", "Message in Vietnamese.", "message"),
        Column("message_en", "text", "Message in English.", "message_en"),
        *offsets("First code point, null for the whole document."),
    ),
    lambda document: document.diagnostics,
)
ABBREVIATIONS = Table(
    "abbreviations",
    "One abbreviation that the document itself explains.",
    (
        Column("short", "text", "The abbreviation.", "short"),
        Column("long", "text", "What it stands for.", "long"),
        Column("explicit", "integer", "1 if the document says so in words, else 0.", "explicit"),
        *offsets("First code point of where it does."),
    ),
    lambda document: document.abbreviations,
)
ASSIGNMENTS = Table(
    "assignments",
    "One body that is told to do something.",
    (
        Column("body", "text", "The body.", "body"),
        Column("section_id", "text", "The section that says so.", "section_id"),
        *offsets(),
    ),
    lambda document: document.facts.assigned,
)

STRUCTURE = (
    RESOLUTIONS, TEXTS, SECTIONS, PREAMBLE, RECIPIENTS, SIGNATURES, APPENDICES, ZONES, DIAGNOSTICS, ABBREVIATIONS,
    ASSIGNMENTS,
)  # fmt: skip
