"""Near-duplicates in bulk: our index beside datasketch's MinHashLSH, on the same texts with planted repeats.

Every third text is planted again with edits: characters dropped and changed, an outlet's opening, or the
end cut off. Recall is the share of planted pairs that are found. A second set holds notices of one template
that differ in their figures alone; no two of them may be joined.

    python -m benchmarks.duplicates [--rounds 5]
"""

from __future__ import annotations

import argparse
import importlib
import random
import re
from collections.abc import Callable
from typing import Any

from benchmarks.rounds import against, medians, news, one_core, with_peers

from hkconcept.text.duplicates import near_duplicates
from hkconcept.text.fold import fold

THRESHOLD = 0.45
PERMUTATIONS = 128  # datasketch's default
_OF_FIGURES = frozenset("0123456789.,第一二三四五六七八九十两成倍亿月日季批轮期")
_OPENINGS = ("财经快讯　", "【公告速递】", "据媒体报道，", "")


def planted(texts: list[str], seed: int = 7) -> tuple[list[str], set[tuple[int, int]]]:
    """Return distinct texts followed by the repeats, and the pairs planted."""
    draw = random.Random(seed)  # noqa: S311 - a fixed choice of edits, no secret
    every = list(dict.fromkeys(text for text in texts if len(text) > 40))
    pairs: set[tuple[int, int]] = set()
    first = len(every)
    for number in range(0, first, 3):
        pairs.add((number, len(every)))
        every.append(_OPENINGS[number % 4] + _edited(every[number], draw))
    return every, pairs


def _edited(text: str, draw: random.Random) -> str:
    """Drop a few characters away from figures, and sometimes cut the end off."""
    kept = [
        char
        for at, char in enumerate(text)
        if draw.random() > 0.04 or not _OF_FIGURES.isdisjoint(text[max(0, at - 1) : at + 2])
    ]
    if draw.random() < 0.3:
        kept = kept[: int(len(kept) * 0.85)]
    return "".join(kept)


def notices(count: int) -> list[str]:
    """Return notices of one template that differ in their figures alone."""
    return [
        f"某公司公告：于2026年7月{number % 28 + 1}日在联交所回购{number * 3 + 11}万股普通股，"
        f"每股作价{number % 40 + 5}.{number % 97:02d}港元，回购股份将予注销，公司已发行股份总数相应减少。"
        for number in range(count)
    ]


def joined_by_datasketch(texts: list[str]) -> set[tuple[int, int]]:
    """Return the pairs that MinHashLSH reports, on the same runs of four characters."""
    datasketch = importlib.import_module("datasketch")  # a peer, not a dependency
    runs = []
    for text in texts:
        words = re.sub(r"[\W_]+", "", fold(text))
        runs.append({words[at : at + 4].encode() for at in range(max(1, len(words) - 3))})
    index: Any = datasketch.MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    found: set[tuple[int, int]] = set()
    for number, sketch in enumerate(datasketch.MinHash.bulk(runs, num_perm=PERMUTATIONS)):
        found.update((int(other), number) for other in index.query(sketch))
        index.insert(str(number), sketch, check_duplication=False)
    return found


def joined_by_us(texts: list[str]) -> set[tuple[int, int]]:
    """Return the pairs that our index reports."""
    return {(one, other) for one, other, _ in near_duplicates(texts, threshold=THRESHOLD)}


def main() -> int:
    """Measure speed, recall on planted pairs, and what is joined among notices."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    have_peer = with_peers("duplicates", {"datasketch": "datasketch"})
    one_core()
    what, texts = news()
    every, pairs = planted(texts)
    tasks: dict[str, Callable[[], set[tuple[int, int]]]] = {"ours": lambda: joined_by_us(every)}
    if have_peer:
        tasks["datasketch"] = lambda: joined_by_datasketch(every)
    seconds = medians(tasks, options.rounds)
    print(f"near-duplicates: {len(every)} texts ({what}, repeats among them), {len(pairs)} planted pairs")
    series = notices(500)
    recall, together = {}, {}
    for name, task in tasks.items():
        recall[name] = len(task() & pairs) / len(pairs)
        together[name] = len((joined_by_us if name == "ours" else joined_by_datasketch)(series))
        print(
            f"  {name:<12}{len(every) / seconds[name]:>10,.0f} texts/s   recall {recall[name]:.3f}"
            f"   pairs joined among {len(series)} notices with other figures {together[name]}"
        )
    good = together["ours"] == 0
    if have_peer:
        good &= against("ours against datasketch", seconds["ours"], seconds["datasketch"], 5)
        good &= recall["ours"] >= recall["datasketch"]
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
