"""Full extraction on one core: mentions, figures, dates and events of every news item, without and with checks.

There is no peer that does the same work, so the bar is a number: 2,500 items a second in under 250 MB. Prints
the time by room and, with ``--growth``, the time of one long document of 1 and 10 MB.

    python -m benchmarks.extraction [--rounds 5] [--growth]
"""

from __future__ import annotations

import argparse
import gc
import resource
import time
from collections.abc import Callable
from typing import Any

from benchmarks.rounds import medians, news, one_core

from hkconcept.linking import Gazetteer
from hkconcept.model import Document, Moment
from hkconcept.service import pipeline
from hkconcept.service.sources import document_from_row

BAR_ITEMS, BAR_MEGABYTES = 2500, 250
ROOMS = ("link", "find_dates", "find_quantities", "find_figures", "find_events_by_passage", "check_figures")
TODAY = Moment.parse("2026-07-31")


def document(number: int, text: str) -> Document:
    """Return a document of a text."""
    row = {"id": str(number), "text": text, "published": "2026-07-03"}
    return document_from_row(row, where=f"item {number}", now=TODAY)


def by_room(work: Callable[[], object]) -> dict[str, float]:
    """Return the processor seconds that each room takes of a piece of work."""
    spent = dict.fromkeys(ROOMS, 0.0)
    before = {room: getattr(pipeline, room) for room in ROOMS}

    def timed(room: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the room takes and gives
            begun = time.process_time()
            found = call(*given, **named)
            spent[room] += time.process_time() - begun
            return found

        return run

    for room, call in before.items():
        setattr(pipeline, room, timed(room, call))
    try:
        work()
    finally:
        for room, call in before.items():
            setattr(pipeline, room, call)
    return spent


def growth(texts: list[str], gazetteer: Gazetteer) -> None:
    """Print the time of one long document, of the news items joined, as it grows tenfold."""
    joined = "\n".join(texts)
    last = 0.0
    for megabytes in (1, 10):
        size = megabytes * 1_000_000 // 3  # a Chinese character is three bytes
        long = document(0, (joined * (size // len(joined) + 1))[:size])
        gc.collect()
        begun = time.process_time()
        rooms = by_room(lambda long=long: pipeline.extract(long, gazetteer, today=TODAY))  # type: ignore[misc]
        spent = time.process_time() - begun
        shown = "  ".join(f"{room} {seconds:.2f}" for room, seconds in rooms.items())
        ratio = f"{spent / last:.1f} times the one before" if last else ""
        print(f"  {megabytes:>3} MB in one document: {spent:.2f} s   {ratio}   {shown}", flush=True)
        last = spent


def main() -> int:
    """Measure, print the time by room, and compare with the bar."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--growth", action="store_true")
    options = parser.parse_args()
    one_core()
    what, texts = news()
    gazetteer = Gazetteer.packaged()
    documents = [document(number, text) for number, text in enumerate(texts)]

    def work() -> None:
        for item in documents:
            pipeline.extract(item, gazetteer, today=TODAY)

    def without_checks() -> None:
        checked = getattr(pipeline, "check_figures")  # noqa: B009 - a room of the pipeline, not its export
        setattr(pipeline, "check_figures", lambda *_given, **_named: ())  # noqa: B010 - as above
        try:
            work()
        finally:
            setattr(pipeline, "check_figures", checked)  # noqa: B010 - as above

    # The bar names mentions, figures, dates and events; the checks come on top.
    spent = medians({"checked": work, "unchecked": without_checks}, options.rounds)
    rate = len(documents) / spent["unchecked"]
    print(f"extraction: {what}, {sum(map(len, texts)):,} characters, one core")
    print(
        f"  {rate:,.0f} items/s (median of {options.rounds}); {len(documents) / spent['checked']:,.0f} with the checks"
    )
    for room, seconds in by_room(work).items():
        print(f"    {room:<18}{seconds / len(documents) * 1e6:>8.0f} µs an item")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {memory:.0f} MB at most   bar {BAR_MEGABYTES}: {'reached' if memory < BAR_MEGABYTES else 'MISSED'}")
    print(f"  bar {BAR_ITEMS:,} items/s: {'reached' if rate >= BAR_ITEMS else 'MISSED'}")
    if options.growth:
        growth(texts, gazetteer)
    return 0 if rate >= BAR_ITEMS and memory < BAR_MEGABYTES else 1


if __name__ == "__main__":
    raise SystemExit(main())
