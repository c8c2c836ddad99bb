"""Deal terms: an upfront payment and milestone payments make up the total that a text announces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hkconcept.claims.arithmetic import judge_sum
from hkconcept.claims.intervals import Operand
from hkconcept.claims.passage import Passage
from hkconcept.claims.recomputed import Recomputed, operand
from hkconcept.model import Relation
from hkconcept.text.lazily import lazily

__all__ = ["check_payments"]

_UPFRONT_BEFORE: Final = lazily(r"(?:首付款|预付款|首期款|首笔付款|upfront|initial payment of)")
_UPFRONT_AFTER: Final = lazily(
    r"^元?(?:的|现金|\s)*(?:首付款|预付款|首期款|(?:in |as an? )?(?:cash )?(?:up[- ]?front|initial payment))"
)
_MILESTONE_BEFORE: Final = lazily(r"(?:里程碑|milestones?)")
_MILESTONE_AFTER: Final = lazily(
    r"^元?(?:的|\s)*(?:[^,，。;；]{0,16}里程碑|(?:in |of )?(?:[a-z]+,? ){0,6}(?:and [a-z]+ )?milestone)"
)
_TOTAL_BEFORE: Final = lazily(
    r"(?:总(?:交易)?(?:金额|价值|额|对价|价|规模|款项)|交易总|合计|共计|总计|总共|总值|合共|worth|total(?:l?ing)?|"
    r"valued? (?:of|at)|aggregate|combined|headline value|deal value)[^,;，；。]{0,30}$"
)
_TOTAL_AFTER: Final = lazily(r"^\s*(?:in total|altogether|in all|deal\b|的(?:总|交易))")
# Further payments that a total may hold besides the two.
_MORE: Final = lazily(
    r"股权|股份|普通股|认购|期权|选择权|近期|销售分成|研发费|报销|equity|stake|shares|option|near-term|"
    r"reimburs|royalt(?:y|ies) of|per year|年度"
)
_ROYALTY: Final = lazily(r"特许权|提成|royalt")
_COMPRISES: Final = lazily(
    r"包括|包含|由|即|compris|consist|includ|made up of|合计|共计|总计|合共|total|combined|altogether"
)
_MARK: Final = lazily(r"[,，、;；]")
_JOINED: Final = lazily(r"以及|和|及|与|\band\b|\bplus\b")
_MOST: Final = 4


def check_payments(passage: Passage) -> Iterator[Recomputed]:
    """Yield upfront, milestones and total of a deal where one sentence, or two in a row, state all of them.

    "Up to" bounds milestones and total alike, so both are read as the amounts that would be reached. A total
    that is larger than its named parts is wrong only when the wording says what it comprises.
    """
    if "里程碑" not in passage.skeleton and "milestone" not in passage.skeleton:
        return
    groups: list[list[int]] = []
    for index, figure in enumerate(passage.figures):
        if figure.quantity.currency is None or figure.quantity.unit.endswith("/share") or figure.direction:
            continue
        last = groups[-1][-1] if groups else None
        if last is not None and passage.sentence[index] - passage.sentence[last] <= 1 and len(groups[-1]) < 8:
            groups[-1].append(index)
        else:
            groups.append([index])
    for group in groups:
        if found := _terms(passage, group):
            yield found


def _terms(passage: Passage, group: list[int]) -> Recomputed | None:
    upfront = [i for i in group if _named(passage, i, _UPFRONT_BEFORE, _UPFRONT_AFTER)]
    miles = [i for i in group if i not in upfront and _named(passage, i, _MILESTONE_BEFORE, _MILESTONE_AFTER)]
    total = [
        i
        for i in group
        if i not in upfront
        and (_TOTAL_BEFORE.search(_lead(passage, i)) or _TOTAL_AFTER.match(passage.after(i)))
        and "里程碑" not in _lead(passage, i)[-16:]
        and not _MILESTONE_AFTER.match(passage.after(i))
    ]
    miles = [i for i in miles if i not in total]
    if len(upfront) != 1 or not 1 <= len(miles) <= _MOST or len(total) != 1:
        return None
    members = sorted((*upfront, *miles, *total))
    if len({passage.figures[i].quantity.unit for i in members}) != 1 or members[-1] - members[0] > len(members):
        return None
    text = passage.text[
        passage.breaks[passage.sentence[members[0]]] : passage.breaks[passage.sentence[members[-1]] + 1]
    ]
    parts = [_reached(operand(passage, i)) for i in (*upfront, *miles)]
    whole = _reached(operand(passage, total[0]))
    too_much = sum(part.value for part in parts) > whole.value
    complete = not _MORE.search(text) and not _ROYALTY.search(text) and bool(_COMPRISES.search(text))
    finding = judge_sum(parts, whole, complete=(too_much and len(miles) == 1) or complete)
    return Recomputed("sum", (*upfront, *miles), total[0], finding)


def _named(passage: Passage, index: int, before: re.Pattern[str], after: re.Pattern[str]) -> bool:
    if after.match(passage.after(index)):
        return True
    lead = _lead(passage, index)
    found = list(before.finditer(lead))
    # "an upfront payment and milestones of up to X": the sum of both has one figure.
    both = _UPFRONT_BEFORE.search(lead) and _MILESTONE_BEFORE.search(lead)
    return bool(found) and not both and not _UPFRONT_AFTER.match(passage.after(index))


def _lead(passage: Passage, index: int) -> str:
    """Return the words before a figure that are not the label behind the figure before it."""
    words = passage.before(index)
    if not index or not passage.same_sentence(index - 1, index):
        return words
    tail = _MARK.split(words)[-1] if _MARK.search(words) else _JOINED.split(words)[-1]
    return tail if tail.strip() else words


def _reached(one: Operand) -> Operand:
    if one.quantity.relation in {Relation.UP_TO, Relation.AT_LEAST}:
        return one.reached()
    return one
