"""Relations that a text states between its figures: sums, shares, orderings, changes, restatements.

A relation is taken only when the wording states it. Figures of different units, periods or subjects
are never related, and a list that the wording leaves open ("such as", 等) is no claim of a total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from hkconcept.claims.aligned import ALIGNED
from hkconcept.claims.changes import find_changes, find_orders
from hkconcept.claims.frames import Frame, find_frames
from hkconcept.claims.passage import Passage, compatible
from hkconcept.claims.stated import Stated
from hkconcept.model import Figure, Relation
from hkconcept.text.lazily import lazily

__all__ = ["find_relations"]

_TOTAL: Final = lazily(
    r"(?:合计|总计|共计|合共|总共|累计共|总数为|共(?=[^同有享]{0,4}$)|a total of|totall?ing|total(?:s|ed)? (?:of|to)|"
    r"in total|altogether|adding up to|bringing the total to|for a combined|combined)[^,;，；]{0,16}$"
)
_LIST_STEP: Final = lazily(r"[、,，;；]|和|及|与|\band\b|\bplus\b|加上")
_NO_LIST: Final = lazily(
    r"较|比|占|同比|增|减|升|跌|至|到|以|每|回购|其中|包括|各|per|each|from|\bto\b|up|down|versus|of which|includ"
)
_SHARE: Final = lazily(
    r"(?:占比|占|比例|比重|份额|accounting for|accounts? for|accounted for|representing|represents?|"
    r"making up|makes? up|made up|constitut(?:es|ed|ing)|equivalent to|or|\()(?P<of>[^,;，；]{0,24})$"
)
_OF_WHOLE: Final = lazily(r"^\s*of\s+(?:all\s+)?(?:the|these|those)\s*$")
_OF_WHOLE_ZH: Final = lazily(r"^[^,;，；]{0,12}的\s*(?:约|近)?$")
_TAKES: Final = lazily(r"占[^,;，；]{0,24}$")
_PLAIN_REFERENCE: Final = lazily(
    r"^(?:比|总数|总量|全部|其中|总体|整体|约|近|超|达到?|为|的|了|:|\(|\)|\s|高达|分别为?|about|nearly|over|around|roughly|some|almost|"
    r"as much as|the|a|share|of|total)*$"
)
_OTHER_WHOLE: Final = lazily(r"^\s*(?:的[^,。;，；]|of\s+(?!the total|them|these|those|all|which|the\s*$))")
_DEFINITE: Final = lazily(r"(?:\b(?:the|these|those)\s*|这|上述|该|的)$")
_NEAR: Final = Decimal("0.2")
# What stands between a part and its share: a unit or noun, a mark, and then perhaps a name.
_NAME_CUT: Final = lazily(r"[,，;；、()（）]|\bwith\b|\band\b|^[^,，;；、()（）]*$")
_PRONOUN: Final = lazily(r"其|均|共|仅|约|即|which|also|thus|只|也|大约")
_MOST_PARTS: Final = 40
_LONGEST_ROW: Final = 12


def find_relations(passage: Passage) -> tuple[Stated, ...]:
    """Return every relation stated in a passage; each only once."""
    frames = find_frames(passage)
    found: dict[tuple[str, tuple[int, ...], int], Stated] = {}
    for source in (
        _sums(passage, frames),
        _totals(passage),
        _shares(passage, frames),
        find_orders(passage),
        find_changes(passage),
        _restatements(passage),
    ):
        for stated in source:
            found.setdefault((stated.kind, tuple(sorted(stated.inputs)), stated.result), stated)
    return tuple(found.values())


def _sums(passage: Passage, frames: tuple[Frame, ...]) -> Iterator[Stated]:
    """Yield wholes with two parts or more."""
    for frame in frames:
        if not 2 <= len(frame.parts) <= _MOST_PARTS:
            continue
        yield Stated(
            "sum",
            frame.parts,
            frame.whole,
            complete=frame.complete(passage),
            readings=tuple((frame.parts, other) for other in frame.others),
        )


def _totals(passage: Passage) -> Iterator[Stated]:
    """Yield lists that end in their total: 47 A, 23 B and 6 C, a total of 76."""
    figures = passage.figures
    for whole in range(2, len(figures)):
        if not _TOTAL.search(passage.before(whole)) or figures[whole].quantity.unit == "multiple":
            continue
        parts: list[int] = []
        for index in range(whole - 1, max(-1, whole - 1 - _MOST_PARTS), -1):
            if not passage.same_sentence(index, whole) or not _addable(figures[index], figures[whole]):
                break
            parts.insert(0, index)
            gap = passage.before(index)
            if index == 0 or not passage.same_sentence(index - 1, index):
                break
            if not _LIST_STEP.search(gap) or _NO_LIST.search(gap) or len(gap) > 30:
                break
        if len(parts) >= 2 and not _NO_LIST.search(_TOTAL.sub("", passage.before(whole))):
            yield Stated("sum", tuple(parts), whole)


def _addable(part: Figure, whole: Figure) -> bool:
    return (
        compatible(part.quantity, whole.quantity)
        and part.direction is None
        and part.quantity.relation is not Relation.RANGE
        and (part.period is None or whole.period is None or part.period == whole.period)
    )


def _shares(passage: Passage, frames: tuple[Frame, ...]) -> Iterator[Stated]:
    """Yield percentages printed as a share of a stated whole."""
    by_sentence: defaultdict[int, list[Frame]] = defaultdict(list)
    for frame in frames:
        if frame.parts:
            by_sentence[passage.sentence[frame.parts[-1]]].append(frame)
    for index, figure in enumerate(passage.figures):
        if figure.quantity.unit != "percent" or figure.direction is not None or not index:
            continue
        if not passage.same_sentence(index - 1, index):
            continue
        gap = passage.before(index)
        if ALIGNED.search(gap) or ALIGNED.search(passage.after(index)[:60]) or _answers_list(passage, index):
            continue
        if named := _named_whole(passage, index):
            yield Stated("share", named, index)
            continue
        cue = _SHARE.search(gap)
        if not cue or not _PLAIN_REFERENCE.match(cue["of"]) or _OTHER_WHOLE.search(passage.after(index)):
            continue
        yield from _framed_share(
            passage, by_sentence[passage.sentence[index]][-_MOST_PARTS:], index, gap[: cue.start()]
        )


def _answers_list(passage: Passage, index: int) -> bool:
    """Whether a percentage stands in a row of percentages that answers a list of values in order."""
    for other in range(index - 1, max(0, index - _LONGEST_ROW), -1):
        if passage.figures[other].quantity.unit != "percent" or not passage.same_sentence(other, index):
            return bool(index - other > 1 and ALIGNED.search(passage.before(other) + passage.before(other + 1)))
    return False


def _named_whole(passage: Passage, index: int) -> tuple[int, int] | None:
    """Return part and whole of ``38个占47个的80.85%`` and of ``38, or 80.85% of the 47``."""
    figures, before = passage.figures, passage.before(index)
    if index >= 2 and _OF_WHOLE_ZH.search(before):
        part, whole = index - 2, index - 1
        takes = passage.before(whole)
        linked = passage.same_sentence(part, whole) and bool(_TAKES.search(takes)) and not ALIGNED.search(takes)
        if linked and compatible(figures[part].quantity, figures[whole].quantity):
            return part, whole
    if index + 1 < len(figures) and passage.same_sentence(index, index + 1):
        part, whole = index - 1, index + 1
        linked = bool(_SHARE.search(before) and _OF_WHOLE.search(passage.after(index)))
        if linked and compatible(figures[part].quantity, figures[whole].quantity):
            return part, whole
    return None


def _framed_share(passage: Passage, frames: Sequence[Frame], index: int, lead: str) -> Iterator[Stated]:
    """Yield the share of a part of an open frame: the part that its attributes name, else the nearest."""
    figure = passage.figures[index]
    for frame in reversed(frames):
        earlier = [part for part in frame.parts if part < index]
        if frame.whole > index or not earlier:
            continue
        whole = passage.figures[frame.whole]
        told = dict(figure.attributes).items() - dict(whole.attributes).items()
        chosen = [part for part in earlier if told and told <= dict(passage.figures[part].attributes).items()]
        if not chosen and not told and earlier[-1] == index - 1 and len(lead) <= 30:
            chosen = _called(passage, earlier, _NAME_CUT.split(lead)[-1].strip())
        if len(chosen) == 1:
            part = chosen[0]
            yield Stated(
                "share", (part, frame.whole), index, readings=tuple(((part, other), index) for other in frame.others)
            )
            return


def _called(passage: Passage, parts: Sequence[int], name: str) -> list[int]:
    """Return the parts whose own words hold the name that a share is printed under; without one the nearest."""
    if not name or _PRONOUN.fullmatch(name):
        return list(parts[-1:])
    return [part for part in parts if name in passage.before(part) or passage.after(part).lstrip().startswith(name)]


def _restatements(passage: Passage) -> Iterator[Stated]:
    """Yield later references to a count given before: ``the 76 drugs approved in 2025``, ``2025年获批的76个``.

    "The 11 drugs approved in 2025" may be some of the 76, so only a number near the first is taken for it.
    """
    known: dict[tuple[object, ...], int] = {}
    for index, figure in enumerate(passage.figures):
        quantity = figure.quantity
        if quantity.unit != "count" or quantity.relation is not Relation.EXACT:
            continue
        if not (figure.subject and figure.measure and figure.period):
            continue
        key = (figure.subject, figure.measure, figure.period, frozenset(figure.attributes))
        first = known.setdefault(key, index)
        if first != index and _DEFINITE.search(passage.before(index)):
            stated = passage.figures[first].quantity.value
            if abs(stated - quantity.value) <= stated * _NEAR:
                yield Stated("same", (first,), index)
