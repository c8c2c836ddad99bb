"""Number recognition: our readers beside recognizers-text (Microsoft), on the same sentences.

``find_numbers`` reads every number alone, as the peer's number model does, and is compared; ``find_quantities`` reads
unit, currency, bounds and direction as well, and leaves out what is no figure. The peer needs an ``emoji`` before 2.0.

    python -m benchmarks.recognition [--rounds 5]
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable

from benchmarks.rounds import against, medians, news, one_core, with_peers

from hkconcept.text import find_numbers, find_quantities

# The peer reads a few texts per second.
TEXTS = 60


def main() -> int:
    """Measure and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    peer = with_peers("recognition", {"recognizers_number": "recognizers-text-number", "emoji": "emoji<2"})
    one_core()
    what, texts = news()
    texts = [text for text in texts if any(char.isdigit() for char in text)][:: max(1, len(texts) // TEXTS)][:TEXTS]
    tasks: dict[str, Callable[[], object]] = {
        "find_numbers": lambda: [find_numbers(text) for text in texts],
        "find_quantities": lambda: [find_quantities(text) for text in texts],
    }
    if peer:
        recognizers = importlib.import_module("recognizers_number")  # a peer, not a dependency
        model = recognizers.NumberRecognizer(recognizers.Culture.Chinese).get_number_model()
        tasks["recognizers-text"] = lambda: [model.parse(text) for text in texts]
    seconds = medians(tasks, options.rounds)
    print(f"numbers: {len(texts)} texts ({what})")
    for name, value in seconds.items():
        print(f"  {name:<18}{len(texts) / value:>12,.0f} texts/s")
    return (
        0
        if not peer or against("find_numbers against it", seconds["find_numbers"], seconds["recognizers-text"], 50)
        else 1
    )


if __name__ == "__main__":
    raise SystemExit(main())
