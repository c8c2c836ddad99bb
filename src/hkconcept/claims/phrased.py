"""Relations found by the phrasebook, recomputed: changes, shares, totals, net additions, valuations.

Here the wording alone says which figure is what, so that a figure that was altered is found. What the wording leaves
open is settled with care for the innocent: a relation whose terms only seem to belong together is called wrong only
where it is nearly right, since numbers that have nothing to do with each other rarely come close.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, Literal

from hkconcept.claims.arithmetic import judge_difference, judge_growth, judge_share, judge_sum
from hkconcept.claims.findings import Finding, against
from hkconcept.claims.intervals import Interval, Operand
from hkconcept.claims.passage import Passage
from hkconcept.claims.phrasebook import (
    CHANGES,
    CONVERTED,
    DECLARES,
    DIVIDED_FIRST,
    DIVIDES,
    DOWN,
    FRACTIONS,
    MOVED,
    MOVED_BY,
    MULTIPLIED,
    NETS,
    NETS_AFTER,
    PRICED,
    RATIOS,
    REMAINDERS,
    SHARES,
    STAKES,
    TIMES,
    TOTALS,
    TOTALS_AFTER,
    UP,
)
from hkconcept.claims.recomputed import Recomputed, operand
from hkconcept.claims.wording import position
from hkconcept.model import Relation, Verdict
from hkconcept.text.lazily import lazily

__all__ = ["check_phrases"]

_RATES: Final = frozenset({"percent", "percentage points", "multiple"})
# Wording under which two printed values and a rate need not agree.
_OTHER_BASIS: Final = lazily(
    r"亏|损|负|复合|年均|固定汇率|剔除|不变|调整后|经调整|预期|预计|料|目标|指引|loss|cagr|compound|annual(?:is|iz)ed|constant|"
    r"organic|adjusted|turned|swung|swing|inflow|流入|流出|扭亏|转为|expect|forecast|guid|target|estimate|respectively|分别"
)
_LESS_LOSS: Final = lazily(r"收窄|减亏|扩大|narrow|widen")
_BECAUSE: Final = lazily(r"由于|因|主要|\bdue\b|owing|driven|reflect|mainly|because|thanks")
_OF: Final = lazily(r"^ of\b")
_LOSS: Final = lazily(r"净?亏损?|减亏|扭亏|loss(?:es)?")
_TOTAL: Final = lazily(TOTALS)
_TOTAL_AFTER: Final = lazily(TOTALS_AFTER)
_DECLARED: Final = lazily(DECLARES)
_DIVIDED: Final = lazily(DIVIDES)
_FIRST: Final = lazily(DIVIDED_FIRST)
_LAST: Final = lazily(r"\band\b|&|及|和|与|、|,|，")
_STEP: Final = lazily(r"^[^。!?;；]{0,70}$")
_INTRODUCES: Final = lazily(r"包括|包含|由|including|compris\w+|consist\w+ of|其中")
_NOT_PART: Final = lazily(
    r"较|相比|同比|环比|去年|上年|增长|下降|其中|of which|compared|versus|from|每|per |each|占|比例|股价|价格|up to|最高|"
    r"including|包括|除以|乘以|约合|折合|equivalent"
)
_TIME_AFTER: Final = lazily(r"^[ -](?:year|month|week|day|quarter)")
_TIMES_OF: Final = frozenset({"years", "months", "days", "weeks"})
_NEAR: Final = Decimal("0.25")
_NEAR_MISS: Final = Decimal("0.15")
_VERY_NEAR: Final = Decimal("0.1")
_NOT_LISTED: Final = lazily(
    r"较|相比|同比|环比|去年|上年|增长|下降|compared|versus|\bfrom\b|\bto\b|每|\bper\b|占|比例|股价|\bup\b|\bdown\b|另外|此外|"
    r"another|separately|plus|约合|折合|抵销|抵消|抵减|offset|\bless\b|等(?![级待于同额效])|such as|mainly|主要|[。!?;；]"
)
_NEAR_POINTS: Final = Decimal(25)
_MOST_PARTS: Final = 8
_FURTHEST: Final = 30  # two values further apart are hardly one thing at two times
_MOVES_ON: Final = lazily(r"[增减升降涨跌]")
_REACHES: Final = lazily(r"(?:至|到|为|\bto|\bat)\s?(?:约|about|around)?\s*$")


def check_phrases(passage: Passage) -> Iterator[Recomputed]:
    """Yield every relation that a phrase of the phrasebook states; a figure is a rate, or a value of one unit."""
    yield from _changes(passage)
    yield from _multiplied(passage)
    yield from _moved(passage)
    yield from _shares(passage)
    yield from _times(passage)
    yield from _amounts_moved(passage)
    yield from _fractions(passage)
    yield from _priced(passage)
    yield from _ratios(passage)
    yield from _bracketed(passage)
    yield from _nets(passage)
    yield from _remainders(passage)
    yield from _stakes(passage)
    yield from _totals(passage)
    yield from _divided(passage)
    yield from _converted(passage)
    yield from _margins(passage)


def _alike(one: Operand, other: Operand) -> bool:
    """Whether two values are of one unit; a price is often printed once with "a share" and once without."""
    mine, theirs = one.quantity, other.quantity
    if Relation.RANGE in {mine.relation, theirs.relation} or mine.value <= 0 or theirs.value <= 0:
        return False
    if mine.unit == theirs.unit or {mine.unit, theirs.unit} == {"shares", "count"}:
        return True
    return mine.currency is not None and mine.currency == theirs.currency


def _direction(words: str) -> Literal[-1, 0, 1]:
    up, down = _ups(words), _downs(words)
    return 0 if up == down else 1 if up else -1


def _words(passage: Passage, found: re.Match[str], more: int = 24) -> str:
    end = found.end()
    tail = passage.skeleton[end : end + more]
    cut = re.search(r"[。!?;；\n]|\. ", tail)
    return passage.skeleton[found.start() : end] + (tail[: cut.start()] if cut else tail)


def _changes(passage: Passage) -> Iterator[Recomputed]:
    for wording in CHANGES:
        for found in wording.finditer(passage.skeleton):
            new, old, rate = (position(found, name) for name in "bap")
            words = passage.before(min(new, old, rate))[-30:] + _words(passage, found)
            kind = _kind(passage, rate)
            if not passage.same_sentence(min(new, old, rate), max(new, old, rate)):
                continue
            # A rate of change of a loss is said in two ways; a difference of two losses in one.
            lesser = kind == "difference" and _LESS_LOSS.search(words)
            if _OTHER_BASIS.search(_LOSS.sub("", words) if lesser else words) or _BECAUSE.search(passage.before(rate)):
                continue
            beside = passage.before(rate) + passage.skeleton[found.end() : found.end() + 24]
            if not (_ups(beside) or _downs(beside)) and (kind == "difference" or _OF.match(passage.after(rate))):
                continue
            if _MOVES_ON.search(_gap(passage, old)) or _REACHES.search(passage.before(rate)):
                continue
            if finding := _change(passage, new, old, rate, _direction(words)):
                yield Recomputed(kind, (new, old), rate, finding)


def _gap(passage: Passage, old: int) -> str:
    """Return the words from the sign of a comparison to the value compared with: 较去年同期."""
    before = passage.before(old)
    at = max(before.rfind(word) for word in ("较", "比"))
    return before[at:] if at >= 0 else ""


def _kind(passage: Passage, rate: int) -> Literal["growth", "difference"]:
    return "growth" if passage.figures[rate].quantity.unit in {"percent", "multiple"} else "difference"


def _change(passage: Passage, new: int, old: int, rate: int, told: Literal[-1, 0, 1]) -> Finding | None:
    """Judge a change; where the wording gives no one direction (a narrowed loss is an improvement), the values do."""
    b, a, p = (operand(passage, index) for index in (new, old, rate))
    sign: Literal[-1, 1] = told or (1 if b.value >= a.value else -1)
    if not _alike(b, a) or p.quantity.relation is Relation.RANGE or p.value <= 0:
        return None
    if not a.value / _FURTHEST <= b.value <= a.value * _FURTHEST:
        return None
    unit, value = p.quantity.unit, b.quantity.unit
    if value in _RATES:
        if unit == "percentage points" and value == "percent":
            return judge_difference(b, a, p, sign=sign)
        return None
    if unit == "percent":
        return judge_growth(b, a, p, sign=sign)
    if unit == "multiple":
        return None
    if unit == value or p.quantity.currency == b.quantity.currency is not None:
        return judge_difference(b, a, p, sign=sign)
    return None


def _multiplied(passage: Passage) -> Iterator[Recomputed]:
    for factor, wordings in MULTIPLIED:
        for wording in wordings:
            for found in wording.finditer(passage.skeleton):
                new, old = (position(found, name) for name in "ba")
                b, a = operand(passage, new), operand(passage, old)
                if not _alike(b, a) or _OTHER_BASIS.search(_words(passage, found)):
                    continue
                if b.quantity.unit in _RATES:
                    continue
                times = Decimal(factor)
                # "Doubled" is said of what nearly doubled: a tenth either way is no error.
                reach = Interval.of(a.quantity).scaled(times).widened(Decimal("0.1"))
                finding = against(f"{a.show()} × {factor}", a.value * times, reach, b, mends=((a, b.value / times),))
                yield Recomputed("growth", (old,), new, finding)


def _moved(passage: Passage) -> Iterator[Recomputed]:
    for wording in MOVED_BY:
        for found in wording.finditer(passage.skeleton):
            amount, reached, rate = (position(found, name) for name in "dbp")
            d, b, p = (operand(passage, index) for index in (amount, reached, rate))
            words = _words(passage, found, 4)
            sign = _direction(words)
            if not sign or p.quantity.unit != "percent" or not _alike_move(d, b) or _OTHER_BASIS.search(words):
                continue
            base = b.value - sign * d.value
            if base <= 0 or d.value >= b.value * 2:
                continue
            spread = Interval.of(b.quantity) + (-Interval.of(d.quantity) if sign > 0 else Interval.of(d.quantity))
            finding = against(
                f"{d.show()} / ({b.show()} {'-' if sign > 0 else '+'} {d.show()})",
                d.value / base * 100,
                Interval.of(d.quantity).over(spread).scaled(Decimal(100)),
                p,
                mends=((d, base * p.value / 100), (b, d.value * 100 / p.value + sign * d.value)) if p.value else (),
            )
            yield Recomputed("growth", (amount, reached), rate, finding)


def _alike_move(amount: Operand, reached: Operand) -> bool:
    if amount.quantity.unit == "index points" or reached.quantity.unit == "index points":
        return {amount.quantity.unit, reached.quantity.unit} <= {"index points", "count"}
    return _alike(amount, reached) and amount.quantity.unit not in _RATES


def _shares(passage: Passage) -> Iterator[Recomputed]:
    for wording in SHARES:
        for found in wording.finditer(passage.skeleton):
            part, whole, share = (position(found, name) for name in "abp")
            a, b, p = (operand(passage, index) for index in (part, whole, share))
            if p.quantity.unit != "percent" or not _alike(a, b) or a.quantity.unit in _RATES or a.value > b.value:
                continue
            words = found.group()
            moves = passage.figures[share].direction and not _TAKES_UP.search(passage.before(share))
            if moves or _OTHER_BASIS.search(words) or _NOT_SHARE.search(words) or _names_another(passage, part, share):
                continue
            yield from _share(passage, part, whole, share)


def _names_another(passage: Passage, part: int, share: int) -> bool:
    """Whether a share is printed under a name that the sentence gave to another figure before: 生物制品占30%."""
    if share < part:
        return False
    start = passage.breaks[passage.sentence[part]]
    earlier = passage.text[start : passage.figures[part].quote.span.start]
    earlier = earlier[: earlier.rfind(passage.before(part))] if part and passage.before(part) else earlier
    return any(name.group() in earlier for name in _NAME.finditer(passage.before(share)))


def _share(passage: Passage, part: int, whole: int, share: int) -> Iterator[Recomputed]:
    """Yield a share, of the whole that it fits: of several in the sentence the wording may mean another."""
    a, b, p = (operand(passage, index) for index in (part, whole, share))
    finding = judge_share(a, b, p)
    if finding.verdict is Verdict.INCONSISTENT:
        for other in range(max(0, part - _MOST_PARTS), part):
            c = operand(passage, other)
            if other == whole or not passage.same_sentence(other, part) or not _alike(a, c) or c.value < a.value:
                continue
            if (again := judge_share(a, c, p)).verdict is Verdict.CONSISTENT:
                yield Recomputed("share", (part, other), share, again)
                return
        if not _near(finding, p):
            return
    yield Recomputed("share", (part, whole), share, finding)


_NAME: Final = lazily(r"[\u4e00-\u9fff]{2,4}(?=占)")
_IN_BRACKETS: Final = lazily(r"^[^,，。;；()]{0,12}\((?:约|about |or )?$")
_OF_WHOLE: Final = lazily(r"\b(?:of|among)(?: the| its| all| these| a total of)? *$")
_WHOLE_ZH: Final = lazily(r"^[^,，。;；()]{0,12}(?:中|里)[,，]?|^[^。;；()]{0,12}其中")


def _bracketed(passage: Passage) -> Iterator[Recomputed]:
    """Yield parts with their share in brackets, under the whole that opens the sentence: of 1,200, 720 (60%)."""
    for share in range(2, len(passage.figures)):
        part = share - 1
        if passage.figures[share].quantity.unit != "percent" or not passage.same_sentence(part, share):
            continue
        if not _IN_BRACKETS.match(passage.before(share)) or not passage.after(share).startswith(")"):
            continue
        a = operand(passage, part)
        wholes = [
            index
            for index in range(max(0, part - 2 * _MOST_PARTS), part)
            if passage.same_sentence(index, part)
            and (_OF_WHOLE.search(passage.before(index)) or _WHOLE_ZH.match(passage.after(index)))
            and _alike(a, operand(passage, index))
            and operand(passage, index).value > a.value
        ]
        if len(wholes) == 1 and a.quantity.unit not in _RATES:
            yield from _share(passage, part, wholes[0], share)


def _amounts_moved(passage: Passage) -> Iterator[Recomputed]:
    for wording in MOVED:
        for found in wording.finditer(passage.skeleton):
            amount, new, old = (position(found, name) for name in "dba")
            d, b, a = (operand(passage, index) for index in (amount, new, old))
            if not _alike(b, a) or not _alike(d, b) or b.quantity.unit in _RATES:
                continue
            if _OTHER_BASIS.search(found.group()) or not a.value / _FURTHEST <= b.value <= a.value * _FURTHEST:
                continue
            told = _direction(found.group())
            sign: Literal[-1, 1] = told or (1 if b.value >= a.value else -1)
            yield Recomputed("difference", (new, old), amount, judge_difference(b, a, d, sign=sign))


def _fractions(passage: Passage) -> Iterator[Recomputed]:
    for numerator, denominator, wordings in FRACTIONS:
        for wording in wordings:
            for found in wording.finditer(passage.skeleton):
                whole, part = (position(found, name) for name in "wf")
                w, f = operand(passage, whole), operand(passage, part)
                if not _alike(w, f) or f.value > w.value or w.quantity.unit in _RATES:
                    continue
                times = Decimal(numerator) / Decimal(denominator)
                # Fractions in words are round: a twentieth either way is no error.
                finding = against(
                    f"{w.show()} × {numerator}/{denominator}",
                    w.value * times,
                    Interval.of(w.quantity).scaled(times).widened(Decimal("0.05")),
                    f,
                    mends=((w, f.value / times),),
                )
                yield Recomputed("share", (whole,), part, finding)


def _priced(passage: Passage) -> Iterator[Recomputed]:
    for wording in PRICED:
        for found in wording.finditer(passage.skeleton):
            price, number, value = (position(found, name) for name in "pnv")
            p, n, v = (operand(passage, index) for index in (price, number, value))
            counted = n.quantity.unit in {"shares", "count"}
            money = p.quantity.currency is not None and p.quantity.currency == v.quantity.currency
            ranged = Relation.RANGE in {one.quantity.relation for one in (p, n, v)}
            if not counted or not money or ranged or p.value <= 0 or n.value <= 0 or v.value <= p.value:
                continue
            if _NOT_PAID.search(found.group()):
                continue
            finding = against(
                f"{p.show()} × {n.show()}",
                p.value * n.value,
                Interval.of(p.quantity).times(Interval.of(n.quantity)).widened(Decimal("0.01")),
                v,
                mends=((n, v.value / p.value), (p, v.value / n.value)),
            )
            if finding.verdict is Verdict.INCONSISTENT and not _within(finding, v, Decimal(2)):
                continue
            yield Recomputed("product", (price, number), value, finding)


def _ratios(passage: Passage) -> Iterator[Recomputed]:
    for wording in RATIOS:
        for found in wording.finditer(passage.skeleton):
            value, divisor, ratio = (position(found, name) for name in "vnr")
            v, n, r = (operand(passage, index) for index in (value, divisor, ratio))
            per_share = n.quantity.unit in {"shares", "count"} and r.quantity.currency == v.quantity.currency
            times = r.quantity.unit == "multiple" and _alike(v, n)
            if not v.quantity.currency or not (per_share or times) or n.value <= 0:
                continue
            finding = against(
                f"{v.show()} / {n.show()}",
                v.value / n.value,
                Interval.of(v.quantity).over(Interval.of(n.quantity)),
                r,
                mends=((v, r.value * n.value),),
            )
            if finding.verdict is Verdict.INCONSISTENT and not _within(finding, r, Decimal(2)):
                continue
            yield Recomputed("average", (value, divisor), ratio, finding)


_NOT_PAID: Final = lazily(r"净额|面值|行使价|\bnet\b|par value|exercise|上限|不超过|up to")


def _within(finding: Finding, stated: Operand, factor: Decimal) -> bool:
    """Whether a result lies within a factor of what is stated: further off, the figures hardly belong together."""
    computed = finding.computed
    return computed is not None and stated.value / factor <= computed <= stated.value * factor


def _near(finding: Finding, share: Operand) -> bool:
    return finding.computed is not None and abs(finding.computed - share.value) <= _NEAR_POINTS


def _nets(passage: Passage) -> Iterator[Recomputed]:
    for wording in (*NETS, *NETS_AFTER):
        for found in wording.finditer(passage.skeleton):
            more, less, net = (position(found, name) for name in "abc")
            a, b, c = (operand(passage, index) for index in (more, less, net))
            if not _alike(a, b) or not _alike(a, c) or a.quantity.unit in _RATES:
                continue
            big, small = (a, b) if a.value >= b.value else (b, a)
            inputs = (more, less) if a.value >= b.value else (less, more)
            yield Recomputed("difference", inputs, net, judge_difference(big, small, c))


def _remainders(passage: Passage) -> Iterator[Recomputed]:
    for wording in REMAINDERS:
        for found in wording.finditer(passage.skeleton):
            whole, taken, left = (position(found, name) for name in "bac")
            b, a, c = (operand(passage, index) for index in (whole, taken, left))
            if _alike(b, a) and _alike(b, c) and a.value < b.value and b.quantity.unit not in _RATES:
                yield Recomputed("difference", (whole, taken), left, judge_difference(b, a, c))


def _times(passage: Passage) -> Iterator[Recomputed]:
    for wording in TIMES:
        for found in wording.finditer(passage.skeleton):
            new, old, times = (position(found, name) for name in "bam")
            b, a, m = (operand(passage, index) for index in (new, old, times))
            if m.quantity.unit == "multiple" and _alike(b, a) and b.quantity.unit not in _RATES:
                yield Recomputed("growth", (new, old), times, judge_growth(b, a, m, form="to"))


def _stakes(passage: Passage) -> Iterator[Recomputed]:
    for wording in STAKES:
        for found in wording.finditer(passage.skeleton):
            stake, paid, valued = (position(found, name) for name in "pvw")
            p, v, w = (operand(passage, index) for index in (stake, paid, valued))
            if p.quantity.unit != "percent" or not _alike(v, w) or not v.quantity.currency or p.value <= 0:
                continue
            finding = against(
                f"{v.show()} / {p.show()}",
                v.value * 100 / p.value,
                Interval.of(v.quantity).over(Interval.of(p.quantity)).scaled(Decimal(100)).widened(Decimal("0.005")),
                w,
                mends=((v, w.value * p.value / 100), (p, v.value * 100 / w.value)),
            )
            yield Recomputed("product", (paid, stake), valued, finding)


def _totals(passage: Passage) -> Iterator[Recomputed]:
    """Yield lists that end in their total; where the list may begin later, the reading that holds is taken."""
    for whole in range(2, len(passage.figures)):
        lead = passage.before(whole)
        announced = _TOTAL.search(lead) or _TOTAL_AFTER.search(passage.after(whole))
        if not announced or passage.figures[whole].quantity.unit in _RATES:
            continue
        parts = _list_before(passage, whole, _TOTAL.sub("", lead).replace(";", ",").replace("；", "，"))
        if len(parts) < 2:
            continue
        w = operand(passage, whole)
        findings = [
            (parts[at:], judge_sum([operand(passage, index) for index in parts[at:]], w))
            for at in range(len(parts) - 1)
        ]
        chosen = next((one for one in findings if one[1].verdict is Verdict.CONSISTENT), findings[0])
        if chosen[1].verdict is Verdict.INCONSISTENT and not _nearly(chosen[1], w, _NEAR):
            continue
        yield Recomputed("sum", chosen[0], whole, chosen[1])


def _divided(passage: Passage) -> Iterator[Recomputed]:
    """Yield wholes with the list of parts that follows: of the 82 medicines, 50 were A, 26 B and six C."""
    count = len(passage.figures)
    for whole in range(count - 2):
        w = operand(passage, whole)
        if w.quantity.unit in _RATES or w.quantity.relation is Relation.RANGE or passage.figures[whole].direction:
            continue
        opener = passage.before(whole + 1)
        declared = bool(_DECLARED.search(opener))
        led = _FIRST.search(passage.before(whole)) and opener.rstrip().endswith((",", "，"))
        if not declared and not led and not _DIVIDED.search(opener):
            continue
        parts = _list_after(passage, whole, bracket="(" in opener)
        if len(parts) < 2:
            continue
        finding = judge_sum([operand(passage, index) for index in parts], w)
        # A list that is not said to be a division may overlap, or leave something out: only a near miss is an error.
        near = _NEAR if declared else _NEAR_MISS if len(parts) > 2 else _VERY_NEAR
        if finding.verdict is Verdict.INCONSISTENT and not _nearly(finding, w, near):
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
        if not _alike(one, w) or one.value >= w.value or passage.figures[index].direction or _NOT_LISTED.search(gap):
            return ()
        if parts and (len(gap) > 60 or not _LAST.search(gap)):
            return ()
        parts.append(index)
    return tuple(parts) if len(parts) <= _MOST_PARTS else ()


def _converted(passage: Passage) -> Iterator[Recomputed]:
    for wording in CONVERTED:
        for found in wording.finditer(passage.skeleton):
            amount, other, rate = (position(found, name) for name in "acr")
            a, c, r = (operand(passage, index) for index in (amount, other, rate))
            one, two = a.quantity.currency, c.quantity.currency
            if not one or not two or one == two or r.value <= 0 or r.value > 1000 or r.quantity.unit in _RATES:
                continue
            ways = [
                against(
                    f"{a.show()} × {r.show()}",
                    a.value * r.value,
                    Interval.of(a.quantity).times(Interval.of(r.quantity)),
                    c,
                    mends=((a, c.value / r.value),),
                ),
                against(
                    f"{a.show()} / {r.show()}",
                    a.value / r.value,
                    Interval.of(a.quantity).over(Interval.of(r.quantity)),
                    c,
                    mends=((a, c.value * r.value),),
                ),
            ]
            # A rate may be quoted either way round; the way that comes nearer is meant.
            nearest = min(ways, key=lambda way: _distance(way, c))
            yield Recomputed("conversion", (amount, rate), other, nearest)


def _distance(finding: Finding, stated: Operand) -> Decimal:
    return abs((finding.computed or stated.value) / stated.value - 1) if stated.value else Decimal(0)


_FROM: Final = lazily(r"(?:由|从|自|\bfrom)[^,，]{0,16}$")
_ON: Final = lazily(r"^[^,，。;]{0,10}(?:至|到|\bto\b)")
_MARGINS: Final = (("gross profit", "gross margin"), ("net profit", "net margin"))


def _margins(passage: Passage) -> Iterator[Recomputed]:
    """Yield margins printed in one sentence with the profit and the revenue that they come from."""
    by_sentence: dict[int, dict[str, list[int]]] = {}
    for index, figure in enumerate(passage.figures):
        if figure.measure and figure.direction is None:
            by_sentence.setdefault(passage.sentence[index], {}).setdefault(figure.measure, []).append(index)
    for measures in by_sentence.values():
        for profit, margin in _MARGINS:
            found = [measures.get(name, []) for name in (profit, "revenue", margin)]
            if [len(one) for one in found] != [1, 1, 1]:
                continue
            part, whole, rate = (one[0] for one in found)
            a, b, p = (operand(passage, index) for index in (part, whole, rate))
            periods = {passage.figures[index].period for index in (part, whole, rate)} - {None}
            moving = _FROM.search(passage.before(rate)) or _ON.match(passage.after(rate))
            if (
                p.quantity.unit == "percent"
                and not moving
                and _alike(a, b)
                and a.quantity.currency
                and len(periods) < 2
            ):
                finding = judge_share(a, b, p)
                if finding.verdict is not Verdict.INCONSISTENT or _near(finding, p):
                    yield Recomputed("share", (part, whole), rate, finding)


def _nearly(finding: Finding, whole: Operand, near: Decimal) -> bool:
    return finding.computed is not None and abs(finding.computed - whole.value) <= whole.value * near


def _list_before(passage: Passage, whole: int, lead: str) -> tuple[int, ...]:
    """Return the figures of one unit that stand one after another before a total."""
    if _NOT_PART.search(lead) or not _STEP.match(lead):
        return ()
    parts: list[int] = []
    for index in range(whole - 1, max(-1, whole - 1 - _MOST_PARTS), -1):
        if not passage.same_sentence(index, whole):
            break
        one, total = operand(passage, index), operand(passage, whole)
        if index == whole - 1 and one.quantity.unit == "count" != total.quantity.unit and one.value <= _MOST_PARTS:
            continue  # "the two antibodies together": how many the parts are
        if not _alike(one, total) or one.value >= total.value or passage.figures[index].direction:
            break
        parts.insert(0, index)
        gap = passage.before(index)
        if _NOT_PART.search(_INTRODUCES.sub("", gap)) or not _STEP.match(gap) or _INTRODUCES.search(gap):
            break  # "comprising" begins a list; what stands before it is no part
    return tuple(parts)


def _ups(words: str) -> bool:
    return bool(_UP_WORDS.search(words))


def _downs(words: str) -> bool:
    return bool(_DOWN_WORDS.search(words))


_TAKES_UP: Final = lazily(r"\b(?:made|make|makes|making|ate|eat|eats|took|take|takes|taking) up\b")
_NOT_SHARE: Final = lazily(r"以上|以下|同比|环比|median|at least \d|year-on-year")


def _bounded(words: str) -> str:
    """Return a pattern that takes English words whole and Chinese ones anywhere."""
    inner = words[3:-1]
    english = [word for word in inner.split("|") if word.isascii()]
    chinese = [word for word in inner.split("|") if not word.isascii()]
    return rf"\b(?:{'|'.join(english)})\b|{'|'.join(chinese)}"


_UP_WORDS: Final = lazily(lambda: _bounded(UP))
_DOWN_WORDS: Final = lazily(lambda: _bounded(DOWN))
