"""Writes made-up resolutions: the text of each, and what a reader should find in it."""

from __future__ import annotations

import math
import random
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.archive.body import Section, Sentences, body
from benchmarks.archive.grammar import grammar
from benchmarks.archive.plan import Plan, plans

_SIZES = (2, 130)  # sentences
_STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)
_SIGNED = ("(Đã ký)", "Đã ký", "(Đã ký và đóng dấu)", None)
_COLUMN = 46
_WRAP = 84


@dataclass(frozen=True, slots=True)
class Made:
    """A made-up document, and what it says.

    Attributes:
        name: its file's name without an ending.
        text: its text.
        symbol: its symbol.
        date: the date of the letterhead as ISO 8601, None where it has none.
        issuer: the body's name in running text.
        title: its title.
        signer: who signed.
        sections: kind and number of every section, in reading order.
        bases: how many legal bases it has.
        recipients: how many addressees it has.
        cites: the symbols of the documents of the archive that its bases name.
        vote: how many were for it, and how many were there; None where it does not say.
    """

    name: str
    text: str
    symbol: str
    date: str | None
    issuer: str
    title: str
    signer: str
    sections: tuple[tuple[str, str], ...]
    bases: int
    recipients: int
    cites: tuple[str, ...]
    vote: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class _Parts:
    """The paragraphs of a document, before they are laid out."""

    issuer: list[str]
    state: list[str]
    number: str
    dated: str | None
    titles: list[str]
    preamble: list[str]
    body: list[str]
    recipients: list[str]
    authority: list[str]
    signer: str


def documents(count: int, seed: int = 1) -> Iterator[Made]:
    """Yields an archive of documents; the same arguments give the same ones.

    Args:
        count: how many.
        seed: of all that is left to chance.
    """
    planned = plans(count, seed)
    order = list(range(count))
    random.Random(seed).shuffle(order)  # files of an archive do not come by their issuers
    for number in order:
        yield written(planned[number], planned, seed)


def written(plan: Plan, planned: Sequence[Plan], seed: int) -> Made:
    """Returns one document of a planned archive."""
    made = random.Random(f"{seed}:{plan.number}:{plan.symbol}")
    sentences = Sentences(plan, made)
    rules = plan.issuer.rules
    size = round(math.exp(made.uniform(*map(math.log, _SIZES))))
    title, signer, vote = sentences.title(), sentences.person(), _vote(plan, made)
    bases = _bases(plan, planned)
    sections = body(plan, sentences, made, size)
    if sections[-1].kind == "article":
        sections += _last_articles(sections, plan, planned, made)
    recipients = rules.recipients
    if recipients:  # the file copy comes last
        recipients = [*made.sample(recipients[:-1], made.randrange(1, len(recipients))), recipients[-1]]
    parts = _Parts(
        issuer=plan.issuer.letterhead,
        state=list(_PARTY if rules.party else _STATE),
        number=f"{rules.number} {plan.symbol}" if rules.party else f"{rules.number}: {plan.symbol}",
        dated=None if rules.undated else f"{rules.seat.format(**plan.issuer.words)}, {long_day(plan.signed)}",
        titles=["NGHỊ QUYẾT", title],
        preamble=_preamble(plan, bases, vote),
        body=_ended([*(line for item in _walk(sections) for line in item.lines), *_adoption(plan, vote)]),
        recipients=recipients,
        authority=[line for line in (made.choice(rules.authority), rules.position, made.choice(_SIGNED)) if line],
        signer=signer,
    )
    layout = made.choice((_stacked, _stacked, _spaced, _wrapped, _columns))
    return Made(
        name=f"{plan.number:06d}",
        text=layout(parts),
        symbol=plan.symbol,
        date=None if rules.undated else plan.signed.isoformat(),
        issuer=plan.issuer.body,
        title=title,
        signer=signer,
        sections=tuple((item.kind, item.number) for item in _walk(sections)),
        bases=len(bases) + (rules.adoption is None and vote is None),
        recipients=len(recipients),
        cites=tuple(planned[number].symbol for number in plan.cites),
        vote=(vote[0], vote[1]) if vote and "{vote}" in (rules.adoption or "") else None,
    )


def long_day(day: date) -> str:
    """Returns a day in words; day and January to February have two figures, as the decrees on form want it."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _walk(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield from section.walk()


# -- what stands around the body ----------------------------------------------------------------------


def _vote(plan: Plan, made: random.Random) -> tuple[int, int, int] | None:
    """Returns who was for it, who was there and how many members there are; None where it does not say."""
    members = made.randint(*plan.issuer.rules.size)
    present = members - made.randrange(1 + members // 5)
    return None if made.random() < 0.4 else (present - made.randrange(1 + present // 9), present, members)


def _bases(plan: Plan, planned: Sequence[Plan]) -> list[str]:
    rules, laws = plan.issuer.rules, grammar().laws
    found = []
    for name in rules.laws:
        valid = [law for since, law in laws[name] if since <= plan.held.isoformat()]
        found += [f"Căn cứ {valid[-1]};"] if valid else []
    for number in plan.cites:
        other = planned[number]
        # The letterhead of one kind has no date; such resolutions are cited by their symbol.
        day = f" {long_day(other.signed)}" if not other.issuer.rules.undated else ""
        found.append(f"Căn cứ Nghị quyết số {other.symbol}{day} của {other.issuer.body};")
    return found


def _preamble(plan: Plan, bases: list[str], vote: tuple[int, int, int] | None) -> list[str]:
    rules = plan.issuer.rules
    lines = [] if rules.party else [plan.issuer.body.upper()]
    if rules.session:
        lines.append(rules.session.format(**plan.words))
    lines += bases
    if rules.adoption is None and vote:
        favour, present, members = vote
        lines.append(
            f"Ngày {plan.held:%d/%m/%Y}, {plan.issuer.body} họp phiên thứ {plan.session}, "
            f"có mặt {present}/{members} {rules.voters}; {favour}/{present} {rules.voters} có mặt nhất trí,"
        )
    elif rules.adoption is None:
        day = plan.held - timedelta(9)
        lines.append(f"Xét đề nghị của Văn phòng tại Tờ trình số {plan.session}/TTr-VP ngày {day:%d/%m/%Y},")
    return [*lines, rules.formula]


def _adoption(plan: Plan, vote: tuple[int, int, int] | None) -> list[str]:
    rules = plan.issuer.rules
    if rules.adoption is None:
        return []
    clause = ""
    if vote:
        favour, present, _ = vote
        share = f"{100 * favour / present:.1f}".replace(".", ",").removesuffix(",0")
        clause = f" với {favour}/{present} {rules.voters} có mặt tán thành, đạt {share}%"
    return [rules.adoption.format(**plan.words, held=long_day(plan.held), vote=clause)]


def _ended(lines: list[str]) -> list[str]:
    """Returns the lines with the mark at their end."""
    return [*lines[:-1], lines[-1].removesuffix(".") + "./."]


def _last_articles(sections: list[Section], plan: Plan, planned: Sequence[Plan], made: random.Random) -> list[Section]:
    number = int(sections[-1].number) + 1
    closer = made.choice(grammar().closers)
    own = [planned[other] for other in plan.cites if planned[other].issuer == plan.issuer]
    if own and made.random() < 0.3:
        closer += f" và thay thế Nghị quyết số {own[0].symbol} {long_day(own[0].signed)} của {own[0].issuer.body}"
    return [Section("article", str(number), [f"Điều {number}. {closer}."])]


# -- layouts ------------------------------------------------------------------------------------------


def _stacked(parts: _Parts) -> str:
    """Returns the text with one paragraph a line."""
    return "\n".join([*_head(parts), *parts.preamble, *parts.body, *_tail(parts), ""])


def _spaced(parts: _Parts) -> str:
    """Returns the text with empty lines between paragraphs, as word processors write it."""
    return "\n\n".join([*_head(parts), *parts.preamble, *parts.body, *_tail(parts)]) + "\n"


def _wrapped(parts: _Parts) -> str:
    """Returns the text with hard line ends in its paragraphs."""
    middle = ["\n".join(textwrap.wrap(line, _WRAP, break_on_hyphens=False)) for line in (*parts.preamble, *parts.body)]
    return "\n".join(_head(parts)) + "\n\n" + "\n\n".join(middle) + "\n\n" + "\n".join(_tail(parts)) + "\n"


def _columns(parts: _Parts) -> str:
    """Returns the text with letterhead and foot in two columns, held apart by spaces."""
    head = _beside([*parts.issuer, parts.number], [*parts.state, *([parts.dated] if parts.dated else [])])
    foot = _tail(parts)
    if parts.recipients:
        foot = _beside(_addressed(parts), [*parts.authority, "", parts.signer])
    return "\n".join([*head, "", *parts.titles, "", *parts.preamble, *parts.body, "", *foot, ""])


def _head(parts: _Parts) -> list[str]:
    return [*parts.issuer, *parts.state, parts.number, *([parts.dated] if parts.dated else []), *parts.titles]


def _tail(parts: _Parts) -> list[str]:
    return [*(_addressed(parts) if parts.recipients else []), *parts.authority, parts.signer]


def _addressed(parts: _Parts) -> list[str]:
    last = len(parts.recipients) - 1
    return ["Nơi nhận:", *(f"- {name}{';' if at < last else '.'}" for at, name in enumerate(parts.recipients))]


def _beside(left: list[str], right: list[str]) -> list[str]:
    height, width = max(len(left), len(right)), max(_COLUMN, 4 + max(map(len, left)))
    pairs = zip(left + [""] * (height - len(left)), right + [""] * (height - len(right)), strict=True)
    return [f"{one:<{width}}{other}".rstrip() for one, other in pairs]
