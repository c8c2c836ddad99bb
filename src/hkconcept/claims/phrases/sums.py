"""Sums said by a phrase: lists that end in their total, wholes with their parts, what came, went and remains."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from hkconcept.claims.arithmetic import judge_difference, judge_sum
from hkconcept.claims.intervals import Operand
from hkconcept.claims.passage import Passage
from hkconcept.claims.phrases.book import phrases
from hkconcept.claims.phrases.reading import MOST_PARTS, RATES, alike, nearly, within
from hkconcept.claims.recomputed import Recomputed, operand
from hkconcept.claims.wording import position
from hkconcept.model import Relation, Verdict
from hkconcept.text.lazily import lazily

__all__ = ["find_sums"]

_TOTAL: Final = lazily(
    r"(?:\bmaking (?:it|[a-z ]{1,20})? ?worth(?: up to| as much as)?|"
    r"\bmaking|\ba total of|\bfor (?:a )?total (?:[a-z&-]+ ){0,3}of|\btotall?ing|"
    r"\btotal(?:s|ed)?(?: of| to)?|\bgiving(?: it)?|\bcombined|\baltogether|"
    r"\badd(?:s|ed|ing)? up to|"
    r"\b(?:bringing|taking|lifting) (?:the |its )?[a-z -]{0,24} to|"
    r"\bof (?:its |the |a )?total (?:[a-z&-]+ ){0,3}(?:of)?|\bsum of|"
    r"合计|累计|共计|总计|合共|总共|总[^,，。;；:：总占]{1,6}|"
    r"\btogether\b[^,.;]{0,40}|全年(?:合计|派息|股息|收入|销售额?|营收|营业收入)?|[两三四五六七八九十几]者|共)"
    r"(?:为|约|达|达到|了|派|有|贡献|实现|超|of|about|roughly|贡献了| )*$"
)
_TOTAL_AFTER: Final = lazily(
    r"^[^,.;，。；]{0,24}\b(?:in all|in total|altogether|combined|all told|"
    r"for the (?:half|year|quarter|period|first half|full year))\b"
)
_DECLARED: Final = lazily(
    r"(?:[,，]由|:|—|–|--|\bcomprising|\bcompris(?:ed|es) of|\bconsisting of|\bmade up of|"
    r"\bsplit (?:into|between)|\bnamely|分别为|分为|由[^,，]{0,10}组成)[^:：]{0,30}$"
)
_DIVIDED: Final = lazily(
    r"(?:中(?![药成国位期])[,，]?|\bof which|\bof whom|\bof them|\bincluding|其中|包括|含)[^:：]{0,24}$|"
    r"^[^,，:：(]{0,24}\([^:：)]{0,24}$"
)
_FIRST: Final = lazily(r"^\s*(?:of|among) $|\b(?:of|among) (?:the|its|these|those|all)(?: total)?(?: of)? *$")
_BEGUN: Final = lazily(r"^(?: [a-z]+)? of (?:the |its |these )?(?:[a-z]+ )?$")
_NOUN: Final = lazily(r"^ ([a-z-]{4,40}s)\b")
_LAST: Final = lazily(r"\band\b|&|及|和|与|、|,|，")
_STEP: Final = lazily(r"^[^。!?;；]{0,70}$")
_INTRODUCES: Final = lazily(r"包括|包含|由|including|compris\w+|consist\w+ of|其中")
_NOT_PART: Final = lazily(
    r"较|相比|同比|环比|去年|上年|增长|下降|其中|of which|compared|versus|from|每|per |each|占|比例|股价|价格|"
    r"up to|最高|"
    r"including|包括|除以|乘以|约合|折合|equivalent"
)
_NOT_LISTED: Final = lazily(
    r"较|相比|同比|环比|去年|上年|增长|下降|compared|versus|\bfrom\b|\bto\b|每|\bper\b|占|比例|股价|\bup\b|\bdown\b|"
    r"另外|此外|another|separately|plus|约合|折合|抵销|抵消|抵减|offset|\bless\b|等(?![级待于同额效])|such as|"
    r"mainly|主要|[。!?;；]"
)
_TIME_AFTER: Final = lazily(r"^[ -](?:year|month|week|day|quarter)")
_TIMES_OF: Final = frozenset({"years", "months", "days", "weeks"})
_NEAR: Final = Decimal("0.25")
_NET_WITHIN: Final = Decimal(5)
_NEAR_MISS: Final = Decimal("0.15")
_VERY_NEAR: Final = Decimal("0.1")


def find_sums(passage: Passage) -> Iterator[Recomputed]:
    """Yield every sum and every difference of what came and went that a phrase states."""
    yield from _nets(passage)
    yield from _remainders(passage)
    yield from _totals(passage)
    yield from _divided(passage)


def _nets(passage: Passage) -> Iterator[Recomputed]:
    for wording in phrases("net", passage.skeleton):
        for found in wording.finditer(passage.skeleton):
            more, less, net = (position(found, name) for name in "abc")
            a, b, c = (operand(passage, index) for index in (more, less, net))
            if not alike(a, b) or not alike(a, c) or a.quantity.unit in RATES:
                continue
            big, small = (a, b) if a.value >= b.value else (b, a)
            inputs = (more, less) if a.value >= b.value else (less, more)
            finding = judge_difference(big, small, c)
            if finding.verdict is Verdict.INCONSISTENT and not within(finding, c, _NET_WITHIN):
                continue  # what came and went of something larger, which stands elsewhere
            yield Recomputed("difference", inputs, net, finding)


def _remainders(passage: Passage) -> Iterator[Recomputed]:
    for wording in phrases("remainder", passage.skeleton):
        for found in wording.finditer(passage.skeleton):
            whole, taken, left = (position(found, name) for name in "bac")
            b, a, c = (operand(passage, index) for index in (whole, taken, left))
            if alike(b, a) and alike(b, c) and a.value < b.value and b.quantity.unit not in RATES:
                finding = judge_difference(b, a, c)
                if finding.verdict is Verdict.CONSISTENT or within(finding, c, _NET_WITHIN):
                    yield Recomputed("difference", (whole, taken), left, finding)


def _totals(passage: Passage) -> Iterator[Recomputed]:
    """Yield lists that end in their total; where the list may begin later, the reading that holds is taken."""
    for whole in range(2, len(passage.figures)):
        lead = passage.before(whole)
        announced = _TOTAL.search(lead) or _TOTAL_AFTER.search(passage.after(whole))
        if not announced or passage.figures[whole].quantity.unit in RATES:
            continue
        parts = _list_before(passage, whole, _TOTAL.sub("", lead).replace(";", ",").replace("；", "，"))
        if len(parts) < 2:
            continue
        w = operand(passage, whole)
        values = [operand(passage, index) for index in parts]
        if w.quantity.relation is Relation.UP_TO and any(one.quantity.relation is Relation.UP_TO for one in values):
            # "Up to" bounds a part and the total alike: the amounts that would be reached add up.
            w, values = _reached(w), [_reached(one) for one in values]
        findings = [(parts[at:], judge_sum(values[at:], w)) for at in range(len(parts) - 1)]
        chosen = next((one for one in findings if one[1].verdict is Verdict.CONSISTENT), findings[0])
        if chosen[1].verdict is Verdict.INCONSISTENT and not nearly(chosen[1], w, _NEAR):
            continue
        yield Recomputed("sum", chosen[0], whole, chosen[1])


def _reached(one: Operand) -> Operand:
    if one.quantity.relation is Relation.UP_TO:
        return one.reached()
    return one


def _divided(passage: Passage) -> Iterator[Recomputed]:
    """Yield wholes with the list of parts that follows: of the 82 medicines, 50 were A, 26 B and six C."""
    count = len(passage.figures)
    for whole in range(count - 2):
        w = operand(passage, whole)
        if w.quantity.unit in RATES or w.quantity.relation is Relation.RANGE or passage.figures[whole].direction:
            continue
        opener = passage.before(whole + 1)
        declared = bool(_DECLARED.search(opener))
        begun = whole > 0 and _BEGUN.search(passage.before(whole)) and passage.same_sentence(whole - 1, whole)
        led = _FIRST.search(passage.before(whole)) and opener.rstrip().endswith((",", "，"))
        if not declared and not led and not begun and not _DIVIDED.search(opener):
            continue
        parts = _list_after(passage, whole, bracket="(" in opener)
        if begun and parts and not declared:
            parts = (whole - 1, *parts) if _counted_of(passage, whole) else ()
        if len(parts) < 2 or ((led or begun) and not declared and _of_other_things(passage, whole, parts)):
            continue
        finding = judge_sum([operand(passage, index) for index in parts], w)
        # A list that is not said to be a division may overlap, or leave something out: only a near miss is an error.
        near = _NEAR if declared else _NEAR_MISS if len(parts) > 2 else _VERY_NEAR
        if finding.verdict is Verdict.INCONSISTENT and not nearly(finding, w, near):
            continue
        yield Recomputed("sum", parts, whole, finding)


def _list_after(passage: Passage, whole: int, *, bracket: bool) -> tuple[int, ...]:
    """Return the figures of one unit that follow a whole, one after another up to the end of sentence or bracket."""
    w = operand(passage, whole)
    parts: list[int] = []
    for index in range(whole + 1, len(passage.figures)):
        if not passage.same_sentence(index, whole):
            break
        one, gap = operand(passage, index), passage.before(index)
        if bracket and parts and ")" in gap:
            break
        if len(parts) > 1 and (one.quantity.unit in _TIMES_OF or _TIME_AFTER.match(passage.after(index))):
            break  # "over two years"
        if not alike(one, w) or one.value >= w.value or passage.figures[index].direction or _NOT_LISTED.search(gap):
            return ()
        if parts and (len(gap) > 60 or not _LAST.search(gap)):
            return ()
        parts.append(index)
    return tuple(parts) if len(parts) <= MOST_PARTS else ()


def _of_other_things(passage: Passage, whole: int, parts: tuple[int, ...]) -> bool:
    """Whether a part counts what the whole does not: of 75 designations held, 44 drugs and 20 companies."""
    nouns = (_NOUN.search(passage.after(index)) for index in parts)
    return any(noun[1] not in passage.after(whole) for noun in nouns if noun)


def _counted_of(passage: Passage, whole: int) -> bool:
    """Whether a part stands before its whole, the others after it: nine of the 12 voted for it, two against."""
    first, w = operand(passage, whole - 1), operand(passage, whole)
    return alike(first, w) and first.value < w.value


def _list_before(passage: Passage, whole: int, lead: str) -> tuple[int, ...]:
    """Return the figures of one unit that stand one after another before a total."""
    if _NOT_PART.search(lead) or not _STEP.match(lead):
        return ()
    parts: list[int] = []
    for index in range(whole - 1, max(-1, whole - 1 - MOST_PARTS), -1):
        if not passage.same_sentence(index, whole):
            break
        one, total = operand(passage, index), operand(passage, whole)
        if index == whole - 1 and one.quantity.unit == "count" != total.quantity.unit and one.value <= MOST_PARTS:
            continue  # "the two antibodies together": how many the parts are
        if not alike(one, total) or one.value >= total.value or passage.figures[index].direction:
            break
        parts.insert(0, index)
        gap = passage.before(index)
        if _NOT_PART.search(_INTRODUCES.sub("", gap)) or not _STEP.match(gap) or _INTRODUCES.search(gap):
            break  # "comprising" begins a list; what stands before it is no part
    return tuple(parts)
