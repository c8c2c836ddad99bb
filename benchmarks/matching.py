"""Gazetteer matching at 10,000 and 100,000 names: our layer beside spaCy's PhraseMatcher and raw daachorse.

"automaton" is the compiled matcher as we call it; "layer" adds folding of script, width and case, boundaries
and the choice of the longest name, for all texts together and text by text; texts together, with a table in place of
the automaton and with the name of each match looked up. spaCy matches lower-cased tokens of a blank Chinese pipeline
(one token per character), tokenising included as folding is in ours, its texts going through ``nlp.pipe``;
"PhraseMatcher alone" gets ready tokens.

    python -m benchmarks.matching [--rounds 5]
"""

from __future__ import annotations

import argparse
import importlib
import random
from collections.abc import Callable

import numpy as np
from benchmarks.rounds import against, medians, news, one_core, with_peers

from hkconcept.linking.gazetteer import Entry, Form, Gazetteer
from hkconcept.linking.many import find_names_in
from hkconcept.linking.matcher import compile_matcher
from hkconcept.linking.names import find_names
from hkconcept.text import fold

TEXTS = 4000


class Names(Gazetteer):
    """A gazetteer of other names than the packaged ones, for the size of it."""

    def __init__(self, names: list[str]) -> None:
        """Compile the matcher over folded names."""
        self.patterns = names
        self.automaton = compile_matcher(names)
        self._entry = Entry((Form(("00001",), "free", "short"),), ("00001",), frozenset({"free"}))

    def entry(self, key: str) -> Entry:  # noqa: ARG002 - every name means the same here
        """Return one meaning for all."""
        return self._entry


def names(count: int) -> list[str]:
    """Return distinct folded names: the packaged ones, then made ones of the same shape."""
    found = dict.fromkeys(Gazetteer.packaged().patterns)
    draw = random.Random(11)  # noqa: S311 - made names, no secret
    characters = sorted({char for name in found for char in name if not char.isascii()})
    endings = ("医药", "生物", "科技", "集团", "控股", "制药", "国际", "")
    while len(found) < count:
        found["".join(draw.choices(characters, k=draw.randint(2, 4))) + draw.choice(endings)] = None
    return list(found)[:count]


def tasks(every: list[str], texts: list[str], *, peers: bool) -> dict[str, Callable[[], object]]:
    """Return what is measured, by name."""
    held = Names(every)
    keys = [fold(text) for text in texts]
    printed = np.array(every, dtype=object)
    measured: dict[str, Callable[[], object]] = {
        "layer, texts together": lambda: printed.take(find_names_in(texts, held).numbers),
        "layer, text by text": lambda: [find_names(text, fold(text), held) for text in texts],
        "automaton": lambda: [held.automaton.find_overlapping(key) for key in keys],
    }
    import daachorse  # noqa: PLC0415 - a dependency here, and the peer called by itself

    raw = daachorse.CharwiseDoubleArrayAhoCorasick(every, daachorse.MATCH_KIND_STANDARD)
    measured["raw daachorse"] = lambda: [raw.find_overlapping(key) for key in keys]
    if peers:
        spacy = importlib.import_module("spacy")  # a peer, not a dependency
        pipeline = spacy.blank("zh")
        matcher = importlib.import_module("spacy.matcher").PhraseMatcher(pipeline.vocab, attr="LOWER")
        matcher.add("name", list(pipeline.tokenizer.pipe(every)))
        ready = list(pipeline.tokenizer.pipe(texts))
        measured["spaCy PhraseMatcher"] = lambda: [matcher(document) for document in pipeline.pipe(texts)]
        measured["PhraseMatcher alone"] = lambda: [matcher(document) for document in ready]
    return measured


def main() -> int:
    """Measure both sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    peers = with_peers("matching", {"spacy": "spacy"})
    one_core()
    what, texts = news()
    texts = texts[:TEXTS]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    good = True
    for count in (10_000, 100_000):
        seconds = medians(tasks(names(count), texts, peers=peers), options.rounds)
        print(f"matching {count:,} names in {len(texts)} texts ({what}; {megabytes:.2f} MB of UTF-8)")
        for name, value in seconds.items():
            print(f"  {name:<22}{megabytes / value:>9.2f} MB/s")
        good &= against("automaton against raw daachorse", seconds["automaton"], seconds["raw daachorse"], 0.9)
        if peers:
            spacy = seconds["spaCy PhraseMatcher"]
            good &= against("automaton against spaCy from the raw text", seconds["automaton"], spacy, 30)
            for name in ("layer, texts together", "layer, text by text"):
                good &= against(f"{name}, against spaCy from the raw text", seconds[name], spacy, 30)
            good &= against(
                "automaton against PhraseMatcher, ready input", seconds["automaton"], seconds["PhraseMatcher alone"], 30
            )
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
