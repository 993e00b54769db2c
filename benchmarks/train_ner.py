"""Trains a small spaCy model for names on silver: `python -m benchmarks.train_ner [--out DIR] [--rounds N]`.

The labels are those of our own rules, on the raw shared texts (`benchmarks.silver`); what is in the gold is not
learned from. The model reads words by their form, prefix, suffix and shape, with our own tokenizer, and takes one core.
`python -m benchmarks statistical --model DIR` measures it.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed, minibatch

from benchmarks.names import TYPES
from benchmarks.silver import Piece, Silver, make
from benchmarks.texts import GOLD, RAW
from benchmarks.vary import Varier
from nqparse.spacy_components import TOKENIZER

OUT = Path(tempfile.gettempdir()) / "nqparse-ner"
_ROWS, _WIDTH, _DEPTH = 2000, 64, 4
_BATCH = 32  # pieces
_DROPOUT = 0.25
_MADE_UP = 10  # pieces of silver for one of our own sentences
_ROUNDS = 10
_PATIENCE = 3  # rounds without a gain

_CONFIG = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {
            "@architectures": "spacy.HashEmbedCNN.v2",
            "pretrained_vectors": None,
            "width": _WIDTH,
            "depth": _DEPTH,
            "embed_size": _ROWS,
            "window_size": 1,
            "maxout_pieces": 3,
            "subword_features": True,
        },
    }
}


def blank() -> Any:
    """Returns an untrained pipeline."""
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    ner = nlp.add_pipe("ner", config=_CONFIG)
    for kind in TYPES:
        ner.add_label(kind)
    return nlp


def example(nlp: Any, piece: Piece) -> Example | None:
    """Returns a piece to learn from, or None where a name begins or ends inside a token."""
    doc: Doc = nlp.make_doc(piece.text)
    spans = [doc.char_span(name.start, name.end, name.type) for name in piece.names]
    if not len(doc) or any(span is None for span in spans):
        return None
    answer = doc.copy()
    answer.set_ents(spans)
    return Example(doc, answer)


def examples(nlp: Any, pieces: list[Piece]) -> Iterator[Example]:
    """Yields the pieces that can be learned from."""
    return (found for piece in pieces if (found := example(nlp, piece)) is not None)


def train(silver: Silver, out: Path, *, rounds: int, seed: int, varied: bool = True) -> float:
    """Trains until the held-out documents gain nothing more, or all rounds are done.

    Args:
        silver: what to learn from and to stop by.
        out: where the model is written whenever it has become better.
        rounds: how often the pieces are gone through, at most; one takes about half a minute of one core.
        seed: of all random choices.
        varied: whether names, case and letters are varied anew in every round (`benchmarks.vary`).

    Returns:
        The F1 of the written model on the held-out pieces, against the rules.
    """
    fix_random_seed(seed)
    shuffle = random.Random(seed)
    varier = Varier(silver.train, seed)
    nlp = blank()
    dev = list(examples(nlp, silver.dev))
    optimizer = nlp.initialize(lambda: list(examples(nlp, silver.train[:200])))
    best, waited = -1.0, 0
    for number in range(1, rounds + 1):
        pieces = list(silver.train)
        if varied:
            pieces = [varier.vary(piece) for piece in pieces] + varier.made_up(len(pieces) // _MADE_UP)
        shuffle.shuffle(pieces)
        losses: dict[str, float] = {}
        for batch in minibatch(examples(nlp, pieces), size=_BATCH):
            nlp.update(batch, sgd=optimizer, drop=_DROPOUT, losses=losses)
        waited += 1
        with nlp.use_params(optimizer.averages):
            score = nlp.evaluate(dev)["ents_f"] or 0.0
            if score > best:
                best, waited = score, 0
                nlp.to_disk(out)
        print(f"round {number}: loss {losses['ner']:.0f}, F1 on held-out silver {score:.4f}", file=sys.stderr)
        if waited == _PATIENCE:
            break
    return best


def main(arguments: list[str]) -> int:
    """Trains, writes the model and says what to do next; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.train_ner", description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT, metavar="DIR", help=f"where the model goes ({OUT})")
    parser.add_argument("--raw", type=Path, default=RAW, metavar="DIR", help="the documents to learn from")
    parser.add_argument("--gold", type=Path, default=GOLD, metavar="DIR", help="specimens that must not be learned")
    parser.add_argument("--rounds", type=int, default=_ROUNDS, metavar="N", help=f"at most ({_ROUNDS})")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of all random choices (1)")
    parser.add_argument("--as-found", action="store_true", help="vary no names, case or letters")
    options = parser.parse_args(arguments)
    if not options.raw.is_dir() or not options.gold.is_dir():
        print("Nothing is trained: the shared texts (../shared/corpus) are not here.", file=sys.stderr)
        return 0
    silver = make(options.raw, [options.gold], seed=options.seed)
    print(
        f"{silver.documents} documents, {len(silver.train)} pieces to learn from, {len(silver.dev)} held out; "
        f"left out, since they are like a text of the gold: {', '.join(silver.left_out) or 'none'}",
        file=sys.stderr,
    )
    best = train(silver, options.out, rounds=options.rounds, seed=options.seed, varied=not options.as_found)
    size = sum(file.stat().st_size for file in options.out.rglob("*") if file.is_file())
    print(
        f"{options.out}: {size / 1e6:.1f} MB, F1 {best:.4f} against the rules on held-out documents. "
        f"Measure it on gold: python -m benchmarks statistical --model {options.out}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
