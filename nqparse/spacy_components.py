"""nqparse inside spaCy: a component, a tokenizer and a ready pipeline.

    >>> from nqparse import spacy_components
    >>> nlp = spacy_components.load()
    >>> doc = nlp(text)
    >>> doc._.resolution.header.symbol.normalized
    '12/NQ-HĐND'
    >>> [(span.id_, span.label_) for span in doc.spans["sections"]]
    [('1', 'article'), ('1/1', 'arabic'), …]

`nlp.add_pipe("nqparse")` adds the component to any pipeline. Installed, nqparse is found through its entry
points; otherwise importing this module registers the names.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans, registry
from spacy.vocab import Vocab

from nqparse import ruleset
from nqparse.document import Document, Entity, Section
from nqparse.pipeline import parse
from nqparse.ruleset import RuleSet

Align = Literal["expand", "split"]

TOKENIZER = "nqparse.tokenizer.v1"
_KEY = "nqparse"  # of the document's JSON in `doc.user_data`
_CACHED = 32

# A word is letters of one run, with their combining marks; digits, spaces and every other character stand apart, so
# that a label, a symbol, a date or a name begins and ends with a token.
_PIECE = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+|\d+|[^\S ]+| +|[\W_][\u0300-\u036f]*")


# -- the tokenizer ------------------------------------------------------------------------------------


class Tokenizer:
    """Cuts a text where letters, digits and punctuation meet, and a run-on word where its case changes.

    `doc.text` is the text again, exactly. No spaCy tokenizer could know where nqparse will find a span in the middle of
    "TRỊTỔNG BÍ THƯ"; the component parts such words (`align="split"`).
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Returns the text as a Doc."""
        words: list[str] = []
        spaces: list[bool] = []
        for match in _PIECE.finditer(text):
            piece = match.group()
            if piece[0] == " ":
                # One space belongs to the token before it; what is more is a token of its own.
                if words and not words[-1].isspace() and not spaces[-1]:
                    spaces[-1] = True
                    piece = piece[1:]
                if not piece:
                    continue
            parts = _by_case(piece) if len(piece) > 1 and piece[0].isalpha() else [piece]
            words += parts
            spaces += [False] * len(parts)
        return Doc(self.vocab, words=words, spaces=spaces)

    # spaCy saves and loads the parts of a pipeline; this one has no state.

    def to_bytes(self, **_: Any) -> bytes:
        """Returns nothing: there is no state."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> Tokenizer:
        """Takes nothing: there is no state."""
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Writes nothing: there is no state."""

    def from_disk(self, path: str | Path, **_: Any) -> Tokenizer:
        """Reads nothing: there is no state."""
        return self


def _by_case(word: str) -> list[str]:
    """Parts "QUYẾTVề" and "khóaXVII"; words in one case or with one capital at their head stay whole."""
    if word.islower() or word.isupper() or word[1:].islower():
        return [word]
    cuts = [0]
    for at in range(1, len(word)):
        capital, before = word[at].isupper(), word[at - 1]
        follows_small = capital and before.islower()
        heads_small = capital and before.isupper() and at >= 2 and word[at + 1 : at + 2].islower()
        if follows_small or heads_small:
            cuts.append(at)
    return [word[start:end] for start, end in zip(cuts, [*cuts[1:], len(word)], strict=True)]


def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """Returns the factory of the tokenizer, as spaCy's configuration wants it."""

    def create(nlp: Language) -> Tokenizer:
        return Tokenizer(nlp.vocab)

    return create


registry.tokenizers.register(TOKENIZER, func=make_tokenizer)

# -- the component ------------------------------------------------------------------------------------


@Language.factory(
    "nqparse",
    default_config={"rules": None, "align": "expand", "overwrite_ents": True},
    assigns=["doc._.resolution", "doc.spans", "doc.ents"],
)
def make_nqparse(nlp: Language, name: str, rules: str | None, align: Align, overwrite_ents: bool) -> Component:
    """Makes the component; see `Component` for the settings."""
    loaded = ruleset.load(Path(rules)) if rules else None
    return Component(name, rules=loaded, align=align, overwrite_ents=overwrite_ents)


class Component:
    """Parses `doc.text` and puts what it finds on the Doc.

    - `doc._.resolution` is the `nqparse.document.Document`. It is kept as JSON in `doc.user_data`, so that the Doc can
      be saved and sent to other processes.
    - `doc.spans["sections"]`: one span per section of the body and the appendices; its label is the kind, its id the
      section's id, and `span._.section` the section itself.
    - `doc.spans["zones"]`: one span per zone, its label the kind.
    - `doc.ents`: the entities, flat; where two overlap (a DATE inside a DOCREF) the longer one stays. `span._.entity`
      is the contract's entity with its value. Entities whose characters are parted by other text are left out.

    Args:
        name: the component's name in the pipeline.
        rules: the rules to use instead of the built-in ones.
        align: what to do where a span begins or ends inside a token of another tokenizer: `expand` takes the
            whole token, so that `span.text` holds more than the contract says; `split` parts the token, so that all
            spans are exact, and is for pipelines in which nothing before has analysed the tokens.
        overwrite_ents: whether our entities take the place of overlapping ones that are already there.
    """

    def __init__(
        self,
        name: str = "nqparse",
        *,
        rules: RuleSet | None = None,
        align: Align = "expand",
        overwrite_ents: bool = True,
    ) -> None:
        self.name = name
        self._rules = rules
        self._align = align
        self._overwrite_ents = overwrite_ents

    def __call__(self, doc: Doc) -> Doc:
        """Parses the Doc's text and returns the same Doc."""
        document = parse(doc.text, rules=self._rules)
        doc.user_data[_KEY] = document.to_json()
        return self.annotate(doc, document)

    def annotate(self, doc: Doc, document: Document) -> Doc:
        """Puts the spans of a document that was read from the Doc's text on the Doc, and returns the same Doc.

        The document itself is not kept: `doc._.resolution` and what hangs on spans stay empty.
        """
        sections = list(document.iter_sections(appendices=True))
        if self._align == "split":
            _split_tokens(doc, _borders(document, sections))
        to_tokens = _Tokens(doc)
        doc.spans["sections"] = [
            Span(doc, *to_tokens(s.start, s.end), label=s.kind, span_id=s.id) for s in sections if s.end > s.start
        ]
        doc.spans["zones"] = [Span(doc, *to_tokens(z.start, z.end), label=z.kind) for z in document.zones]
        self._set_ents(doc, document.entities, to_tokens)
        return doc

    def _set_ents(self, doc: Doc, entities: Iterable[Entity], to_tokens: _Tokens) -> None:
        ours = filter_spans([
            Span(doc, *to_tokens(entity.start, entity.end), label=entity.type, span_id=str(number))
            for number, entity in enumerate(entities)
            if entity.fragments is None and entity.end > entity.start
        ])  # fmt: skip
        theirs = list(doc.ents)
        first, second = (ours, theirs) if self._overwrite_ents else (theirs, ours)
        taken = {token.i for span in first for token in span}
        doc.ents = [*first, *(span for span in second if not any(token.i in taken for token in span))]


class _Tokens:
    """Finds the tokens of a span of characters; the work per span is that of a search, not of the text."""

    def __init__(self, doc: Doc) -> None:
        self._starts = [token.idx for token in doc]

    def __call__(self, start: int, end: int) -> tuple[int, int]:
        return max(0, bisect_right(self._starts, start) - 1), bisect_left(self._starts, end)


def _borders(document: Document, sections: list[Section]) -> list[int]:
    """Returns every offset at which a span of the document begins or ends, in order."""
    borders = {at for zone in document.zones for at in (zone.start, zone.end)}
    borders.update(at for section in sections for at in (section.start, section.end))
    borders.update(at for appendix in document.appendices for at in (appendix.start, appendix.end))
    for located in document.iter_located():
        for piece in located.fragments or [(located.start, located.end)]:
            borders.update(piece)
    return sorted(borders)


def _split_tokens(doc: Doc, borders: list[int]) -> None:
    """Parts the tokens that a border falls into, so that every span begins and ends with a token."""
    starts = [token.idx for token in doc]
    cuts: dict[int, list[int]] = {}
    for border in borders:
        at = bisect_right(starts, border) - 1
        if at >= 0 and starts[at] < border < starts[at] + len(doc[at]):
            cuts.setdefault(at, []).append(border - starts[at])
    with doc.retokenize() as retokenizer:
        for at, inner in cuts.items():
            token = doc[at]
            edges = [0, *inner, len(token)]
            pieces = [token.text[low:high] for low, high in pairwise(edges)]
            retokenizer.split(token, pieces, heads=[(token, number) for number in range(len(pieces))])


# -- what hangs on docs and spans ---------------------------------------------------------------------


@lru_cache(maxsize=_CACHED)
def _from_json(data: str) -> Document:
    return Document.from_json(data)


def _resolution(doc: Doc) -> Document | None:
    data = doc.user_data.get(_KEY)
    return _from_json(data) if data is not None else None


def _entity(span: Span) -> Entity | None:
    document = _resolution(span.doc)
    if document is None or not span.id_.isdigit() or int(span.id_) >= len(document.entities):
        return None
    entity = document.entities[int(span.id_)]
    return entity if entity.type == span.label_ else None


def _section(span: Span) -> Section | None:
    document = _resolution(span.doc)
    return document.find(span.id_) if document is not None and span.id_ else None


Doc.set_extension("resolution", getter=_resolution, force=True)
Span.set_extension("entity", getter=_entity, force=True)
Span.set_extension("section", getter=_section, force=True)


# -- a ready pipeline, and displaCy -------------------------------------------------------------------


def load(*, rules: str | Path | None = None) -> Language:
    """Returns a ready Vietnamese pipeline: our tokenizer and our component, nothing to download.

    (`spacy.blank("vi")` needs pyvi, and without it splits on white space only.)

    Args:
        rules: a folder of rules to add to the built-in ones.
    """
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    nlp.add_pipe("nqparse", config={"align": "split", "rules": str(rules) if rules else None})
    nlp.max_length = sys.maxsize  # the limit guards the memory of neural components; there are none here
    return nlp


# Light grounds on which black text reads well; displaCy writes its text in black.
COLORS = {
    "DATE": "#bfdcf5", "PERIOD": "#bfeae6", "TIME": "#cfd6f7", "SESSION": "#d9d0f5", "RATIO": "#e0eebb",
    "PERCENT": "#eeeab5", "MONEY": "#c3ecc6", "QUANTITY": "#d3eec0", "DOCREF": "#f8e2b0", "ORG": "#f8d2c0",
    "PERSON": "#f7cde0", "PLACE": "#e9cff2",
}  # fmt: skip


def render_displacy(doc: Doc, *, show: Literal["ents", "sections", "zones"] = "ents", page: bool = False) -> str:
    """Returns displaCy's HTML for a Doc that the component has seen.

    Args:
        doc: the parsed Doc.
        show: the entities in the running text, or the spans of the sections or zones, one line under the other.
        page: whether to return a whole page and not only its inner part.
    """
    render = partial(displacy.render, doc, page=page, jupyter=False)
    if show == "ents":
        return str(render(style="ent", options={"colors": COLORS}))
    return str(render(style="span", options={"spans_key": show}))
