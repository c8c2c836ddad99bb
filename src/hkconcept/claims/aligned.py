"""Lists that answer each other in order: "A and B were 6 and 4, 分别占 60% and 40% of the 10"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from hkconcept.claims.arithmetic import judge_share
from hkconcept.claims.lexicon import MEASURE_WORDS
from hkconcept.claims.passage import Passage, compatible
from hkconcept.claims.recomputed import Recomputed, operand
from hkconcept.model import Relation
from hkconcept.text.lazily import lazily

__all__ = ["ALIGNED", "check_aligned"]

ALIGNED: Final = lazily(r"分别|各自|respectively")
"""Wording under which figures answer a list in order, not the figure next to them."""

_NEXT: Final = lazily(r"^\s*(?:、|,|，|和|及|以及|与|and|\s|约|人民币|分别|;|；|为)*$")
_TAKES: Final = lazily(r"占|accounting for|accounted for|account for|represent|making up")
_TOTAL: Final = lazily(r"总|合计|全部|合共|total|overall|combined")
_LONGEST: Final = 12
_REACH: Final = 2  # sentences back to the whole


def check_aligned(passage: Passage) -> Iterator[Recomputed]:
    """Yield each share of a list of shares with the value of the list of values that it answers.

    The whole is one figure named as the total, in the wording of the shares or shortly before the values,
    or a list of as many wholes that the wording names by their measure (one per year).
    """
    if not ALIGNED.search(passage.skeleton):
        return
    runs = _runs(passage)
    at_run = {run[0]: number for number, run in enumerate(runs)}
    for before, shares in pairwise(runs):
        if passage.figures[shares[0]].quantity.unit != "percent" or passage.figures[shares[0]].direction:
            continue
        gap = passage.before(shares[0])
        whole_between = None
        values = before
        if len(before) == 1 and len(shares) > 1:
            # 分别占总收入10亿元的60%和40%: the whole stands between the two lists.
            at = at_run[before[0]]
            values, whole_between = (runs[at - 1] if at else ()), before[0]
            gap = passage.before(whole_between) + gap
        if len(values) != len(shares) or len(values) < 2 or not passage.same_sentence(values[0], shares[-1]):
            continue
        if not (ALIGNED.search(gap) or ALIGNED.search(passage.after(shares[-1])[:60])) or not _TAKES.search(gap):
            continue
        wholes = _wholes(passage, runs, values, gap + passage.after(shares[-1])[:60], whole_between)
        if wholes is None:
            continue
        for value, whole, share in zip(values, wholes, shares, strict=True):
            finding = judge_share(operand(passage, value), operand(passage, whole), operand(passage, share))
            yield Recomputed("share", (value, whole), share, finding)


def _runs(passage: Passage) -> list[tuple[int, ...]]:
    """Return the figures as runs of one unit with nothing but list marks between them."""
    runs: list[tuple[int, ...]] = []
    for index, figure in enumerate(passage.figures):
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and len(runs[-1]) < _LONGEST
            and passage.same_sentence(last, index)
            and compatible(passage.figures[last].quantity, figure.quantity)
            and figure.quantity.relation is not Relation.RANGE
            and _NEXT.match(passage.before(index))
        ):
            runs[-1] = (*runs[-1], index)
        else:
            runs.append((index,))
    return runs


def _wholes(
    passage: Passage, runs: list[tuple[int, ...]], values: tuple[int, ...], words: str, between: int | None
) -> tuple[int, ...] | None:
    unit = passage.figures[values[0]].quantity
    if between is not None:
        return (between,) * len(values) if compatible(passage.figures[between].quantity, unit) else None
    named = {term.name for term in MEASURE_WORDS.find(words)} - {"share"}
    earlier = [
        run
        for run in runs
        if run[-1] < values[0]
        and passage.sentence[values[0]] - passage.sentence[run[-1]] <= _REACH
        and compatible(passage.figures[run[0]].quantity, unit)
    ]
    following = passage.figures[values[-1] + len(values) + 1 : values[-1] + len(values) + 2]
    told = [run for run in earlier if len(run) == len(values) and passage.figures[run[0]].measure in named]
    if len(told) == 1 and ALIGNED.search(passage.before(told[0][0])):
        return told[0]
    largest = max(passage.figures[index].quantity.value for index in values)
    single = [run for run in earlier if len(run) == 1 and _is_whole(passage, run[0], values[0], named)]
    if len(single) == 1 and _TOTAL.search(words) and passage.figures[single[0][0]].quantity.value >= largest:
        return single[0] * len(values)
    if not single and following and _TOTAL.search(words) and compatible(following[0].quantity, unit):
        last = values[-1] + len(values) + 1
        if passage.same_sentence(values[-1], last) and len(passage.before(last)) < 24:
            return (last,) * len(values)
    return None


def _is_whole(passage: Passage, index: int, value: int, named: set[str]) -> bool:
    """Whether a figure is called a total; in another sentence it must also measure what the wording names."""
    if not _TOTAL.search(passage.before(index)[-16:]):
        return False
    return passage.same_sentence(index, value) or passage.figures[index].measure in named
