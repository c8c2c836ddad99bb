"""Number recognition: our readers beside recognizers-text (Microsoft), on the same sentences.

``find_numbers_in`` (all texts together) and ``find_numbers`` (text by text) read every number alone, as the peer's
number model does, and are compared; ``find_quantities`` reads unit, currency, bounds and direction as well, and leaves
out what is no figure. Every round has texts of its own, so nothing remembered of one helps the next. The peer needs an
``emoji`` before 2.0.

    python -m benchmarks.recognition [--rounds 5]
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable, Iterable
from itertools import cycle

from benchmarks.rounds import against, medians, news, one_core, with_peers

from hkconcept.text import find_numbers, find_numbers_in, find_quantities

TEXTS = 600  # in a round


def in_turn(read: Callable[[list[str]], object], parts: Iterable[list[str]]) -> Callable[[], object]:
    """Return a task that reads the next part each time it is called."""
    turn = cycle(parts)
    return lambda: read(next(turn))


def main() -> int:
    """Measure and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    peer = with_peers("recognition", {"recognizers_number": "recognizers-text-number", "emoji": "emoji<2"})
    one_core()
    what, texts = news()
    texts = [text for text in texts if any(char.isdigit() for char in text)]
    rounds = options.rounds + 1  # one is not measured
    size = min(TEXTS, len(texts) // rounds)
    parts = [texts[number::rounds][:size] for number in range(rounds)]
    readers: dict[str, Callable[[list[str]], object]] = {
        "find_numbers_in": find_numbers_in,
        "find_numbers": lambda part: [find_numbers(text) for text in part],
        "find_quantities": lambda part: [find_quantities(text) for text in part],
    }
    if peer:
        recognizers = importlib.import_module("recognizers_number")  # a peer, not a dependency
        model = recognizers.NumberRecognizer(recognizers.Culture.Chinese).get_number_model()
        readers["recognizers-text"] = lambda part: [model.parse(text) for text in part]
    tasks = {name: in_turn(read, parts) for name, read in readers.items()}
    seconds = medians(tasks, options.rounds)
    print(f"numbers: {size} texts a round ({what})")
    for name, value in seconds.items():
        print(f"  {name:<18}{size / value:>12,.0f} texts/s")
    good = True
    for name in ("find_numbers_in", "find_numbers") if peer else ():
        good &= against(f"{name} against it", seconds[name], seconds["recognizers-text"], 50)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
