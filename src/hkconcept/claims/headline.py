"""A headline against its body: the same figure printed twice, and multiples said in two ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from hkconcept.claims.findings import Finding
from hkconcept.claims.intervals import Interval
from hkconcept.claims.passage import Passage, compatible
from hkconcept.claims.recomputed import Recomputed, operand
from hkconcept.model import Figure, Relation, Verdict
from hkconcept.text.lazily import lazily

__all__ = ["check_headline"]

_LONGEST_HEADLINE: Final = 120
_FURTHEST: Final = 600  # characters of body in which a headline's figure is looked for
_NEAR: Final = (Decimal("0.8"), Decimal("1.25"))  # outside, the body speaks of something else
_REPEATED: Final = Decimal("0.02")  # nearer, the body repeats the headline in other digits
_GREW: Final = lazily(r"(?:增长|增加|上升|上涨|提升|增|升|涨|激增|大增|飙升)[^至到为,，;；。]{0,6}$")
_IS: Final = lazily(r"(?:为|是|达|相当于|至|到)[^增升涨,，;；。]{0,16}的?\s?$")
_OWNERS: Final = lazily(r"归母|归属|应占|拥有人|股东应|attributable|owners")
# A group, its listed company and its subsidiaries report figures of their own.
_ENTITY: Final = lazily(
    r"(?<![本该])集团(?!公布|公告|宣布)|上市主体|子公司|附属|旗下|分部|subsidiar|\bunit\b|segment|division"
)
_NEXT_SUBJECT: Final = lazily(r"[;；]|其中|[,，][^,，]*[,，]")
_OTHER_BASIS: Final = lazily(
    r"剔除|扣除|经调整|调整后|非国际|核心|持续经营|预期|预计|料|目标|累计|合计|adjusted|core|non-|excluding|expected|forecast"
)


def check_headline(passage: Passage) -> Iterator[Recomputed]:
    """Yield headline figures that the body repeats, or should repeat, with another value.

    A headline's figure is held against the body's only figure of its unit, measure, direction and company,
    when the two are near; ``增2.5倍`` and ``为2.5倍`` of one measure cannot both be right.
    """
    end = passage.text.find("\n")
    if not 0 < end <= _LONGEST_HEADLINE:
        return
    heads = [i for i, figure in enumerate(passage.figures) if figure.quote.span.end <= end]
    body = [i for i, figure in enumerate(passage.figures) if end < figure.quote.span.start <= end + _FURTHEST]
    for head in heads:
        if passage.figures[head].quantity.unit == "multiple":
            yield from _multiples(passage, head, body)
        elif (other := _repeated(passage, head, heads, body)) is not None:
            yield Recomputed("same", (other,), head, _differs(passage, head, other))


def _multiples(passage: Passage, head: int, body: list[int]) -> Iterator[Recomputed]:
    value = passage.figures[head].quantity.value
    grew, equals = _GREW.search(passage.before(head)), _IS.search(passage.before(head))
    for other in body:
        figure = passage.figures[other]
        if figure.quantity.unit != "multiple" or figure.quantity.value != value:
            continue
        before = passage.before(other)
        crossed = (grew and _IS.search(before) and not _GREW.search(before)) or (
            equals and not grew and _GREW.search(before)
        )
        if not crossed or figure.measure != passage.figures[head].measure:
            continue
        one, again = operand(passage, head), operand(passage, other)
        by = value + 1 if grew else value - 1
        finding = Finding(
            Verdict.INCONSISTENT,
            f"{'+' if grew else '='}{one.show()} ≠ {'=' if grew else '+'}{again.show()}",
            f"growing by {value}x makes {value + 1}x of the base, not {value}x",
            f"增长{value}倍即为{value + 1}倍，而非{value}倍",
            by,
            mend=f"{one.show()} → {one.show(value - 1 if grew else value + 1)}",
        )
        yield Recomputed("same", (other,), head, finding)


def _repeated(passage: Passage, head: int, heads: list[int], body: list[int]) -> int | None:
    """Return the only figure of the body that must be the headline's, when the two differ."""
    mine = _measured(passage, head)
    if not _told(mine) or _OTHER_BASIS.search(passage.before(head)[-16:]):
        return None
    if sum(_one_thing(mine, _measured(passage, i)) for i in heads) != 1:
        return None
    same = [i for i in body if _one_thing(mine, _measured(passage, i))]
    if len(same) != 1:
        return None
    reach = Interval.of(mine.quantity).widened(_REPEATED)
    loose = any(
        compatible(mine.quantity, passage.figures[i].quantity) and reach.meets(Interval.of(passage.figures[i].quantity))
        for i in body
    )
    if loose or _entities(passage, head) != _entities(passage, same[0]):
        return None
    if _OTHER_BASIS.search(passage.before(same[0])):
        return None
    other = passage.figures[same[0]].quantity
    low, high = (mine.quantity.value * factor for factor in _NEAR)
    return same[0] if low <= other.value <= high else None


def _entities(passage: Passage, index: int) -> set[str]:
    """Return the words for kinds of reporting entities in the sentence up to a figure."""
    start = passage.breaks[passage.sentence[index]]
    return set(_ENTITY.findall(passage.text[start : passage.figures[index].quote.span.start]))


def _told(figure: Figure) -> bool:
    quantity = figure.quantity
    exact = quantity.relation is Relation.EXACT and quantity.value > 0
    return exact and bool(figure.measure) and bool(quantity.currency or quantity.unit in {"percent", "count"})


def _measured(passage: Passage, index: int) -> Figure:
    """Return a figure with the measure of the value that it is the change of: 营收50亿元，同比增长25%."""
    figure = passage.figures[index]
    if figure.measure or figure.direction is None or not index or not passage.same_sentence(index - 1, index):
        return figure
    value = passage.figures[index - 1]
    if value.direction is not None or _NEXT_SUBJECT.search(passage.before(index)):
        return figure
    return replace(figure, measure=value.measure, subject=figure.subject or value.subject)


def _one_thing(one: Figure, other: Figure) -> bool:
    """Whether two figures measure one thing as far as the text says."""
    mine, theirs = dict(one.attributes), dict(other.attributes)
    return (
        compatible(one.quantity, other.quantity)
        and other.quantity.relation is Relation.EXACT
        and one.measure == other.measure
        and one.direction == other.direction
        and (not one.subject or not other.subject or one.subject == other.subject)
        and (one.period is None or other.period is None or one.period == other.period)
        and all(theirs.get(name, value) == value for name, value in mine.items())
        and mine.keys() == theirs.keys()
    )


def _differs(passage: Passage, head: int, other: int) -> Finding:
    one, again = operand(passage, head), operand(passage, other)
    if bool(_OWNERS.search(passage.before(head))) != bool(_OWNERS.search(passage.before(other))):
        return Finding(
            Verdict.DIFFERS_IN_SCOPE,
            f"{one.show()} ≠ {again.show()}",
            "one is the profit of all shareholders, the other that of the parent's owners",
            "一为全部股东的利润，一为母公司拥有人应占利润",
            again.value,
        )
    return Finding(
        Verdict.INCONSISTENT,
        f"{one.show()} ≠ {again.show()}",
        f"the headline says {one.show()}, the text {again.show()}",
        f"标题为{one.show()}，正文为{again.show()}",
        again.value,
        mend=f"{one.show()} → {again.show()} | {again.show()} → {one.show()}",
    )
