"""Changes and orderings that a text states: from A to B, up P; A, exceeding B; C more than D.

The patterns run on the skeleton of a passage, where each figure is one character. All gaps are
bounded, so every pattern is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final, Literal

from hkconcept.claims.passage import FIRST_SLOT, Passage, compatible
from hkconcept.claims.stated import Stated
from hkconcept.claims.wording import Wording
from hkconcept.model import Figure, PartialDate, Relation
from hkconcept.text.lazily import lazily

__all__ = ["find_changes", "find_orders"]

_UP_ZH: Final = "增长|增加|上升|提升|上涨|提高|增幅|涨幅|升幅|激增|大增|攀升|增|升|涨|多"
_DOWN_ZH: Final = "下降|减少|下跌|下滑|降低|收窄|缩减|降幅|跌幅|减幅|减|降|跌|少"
_UP_EN: Final = (
    "increased|increase|rose|risen|rising|rise|grew|grown|growth|growing|climbed|jumped|surged|soared|advanced|gained|"
    "up|more|higher"
)
_DOWN_EN: Final = (
    "decreased|decrease|fell|fallen|falling|fall|declined|decline|dropped|drop|shrank|slid|slipped|down|fewer|less|"
    "lower"
)
_THAN_EN: Final = r"compared with|compared to|versus|vs\.?|against"
_ON_EN: Final = r"on (?:the |its |last [a-z']{1,10} )?"
_MOVE_ZH: Final = rf"(?P<up>{_UP_ZH})|(?P<down>{_DOWN_ZH})"
_VERB_EN: Final = (
    r"\b(?:(?P<up>rose|increased|grew|climbed|jumped|surged|soared|expanded|improved|advanced)|"
    r"(?P<down>fell|decreased|declined|dropped|slid|shrank|slipped|plunged|sank|narrowed))"
)
_MOVE_EN: Final = rf"\b(?:(?P<up>{_UP_EN})|(?P<down>{_DOWN_EN}))\b"

_ASIDE: Final = r"(?:~8\(~20(?:{_})?~20\))?"  # (US$50m) after a value
# b is the new value, a the old one, p the change.
_CHANGES: Final = tuple(
    Wording(pattern.replace("@", _ASIDE), *cues)
    for pattern, *cues in (
        # 由2024年的A增加P至2025年的B
        (rf"(?:由|从)~50{{a}}~12(?:{_MOVE_ZH})~8{{p}}~4(?:至|到)~40{{b}}", "由", "从"),
        # 由A增至B，增幅P
        (
            rf"(?:由|从)~50{{a}}~12(?:{_MOVE_ZH})~4(?:至|到|为)~40{{b}}[,，(]~12(?:增|升|涨|降|跌|减|幅|同比)~8{{p}}",
            "由",
            "从",
        ),
        # B，较2024年的A增长P
        (rf"{{b}}@~16(?:相较于|相较|相比于|相比|对比|较|比)~40{{a}}~14(?:{_MOVE_ZH})~8{{p}}", "较", "比"),
        # B，2024年为A，同比增长P
        (
            rf"{{b}}~12[,，(]~4(?:上年同期|去年同期|上年|去年|上一年|上年末|期初|年初|20\d\d年(?:同期)?)~4(?:则?为|是|约|:)~4{{a}}[,，)]~10(?:{_MOVE_ZH})~8{{p}}",
            "年",
            "期初",
        ),
        # B，同比增长P，上年同期为A
        (
            rf"{{b}}~4[,，]~10(?:{_MOVE_ZH})~8{{p}}~2[,，(]~4(?:上年同期|去年同期|上年|去年|上一年)(?:则?为|是|约|:)~4{{a}}",
            "年",
        ),
        # rose to B from A, an increase of P; fell to B from A, a P drop
        (rf"{_VERB_EN} to ~12{{b}}@~40\bfrom ~40{{a}}@~24[,(]~16{{p}}", "from"),
        # B, P lower than the A of last year
        (
            r"{b}@~40[,(]~8{p}~2\b(?:(?P<up>higher|more|above)|(?P<down>lower|less|fewer|below))(?: than)?\b~16{a}",
            "than",
            "above",
            "below",
        ),
        # B, up from A, or P
        (r"{b}@~40,~4\b(?:(?P<up>up)|(?P<down>down)) from ~24{a}@~24[,(]~12{p}", "from"),
        # rose from A to B, up P
        (rf"\b(?:from)\b~50{{a}}@~40\bto\b~12{{b}}@~50(?:,|\()~16{_MOVE_EN}~16{{p}}", "from"),
        # rose P to B from A
        (rf"{_MOVE_EN}~16{{p}}~30\bto\b~12{{b}}@~40\bfrom\b~40{{a}}", "from"),
        # rose by P from A to B
        (rf"{_MOVE_EN}~16{{p}}~40\bfrom\b~40{{a}}@~40\bto\b~12{{b}}", "from"),
        # B, up P from A
        (
            rf"{{b}}@~60,~12{_MOVE_EN}~16{{p}}~12\b(?:(?:{_THAN_EN}|from|over)\b~24|{_ON_EN}){{a}}",
            "compared",
            "versus",
            "vs",
            "against",
            "from",
            " over ",
            " on ",
        ),
        # B, compared with A in 2024, an increase of P
        (
            rf"{{b}}@~60\b(?:{_THAN_EN}|up from|down from)\b~24{{a}}@~40,~12{_MOVE_EN}~16{{p}}",
            "compared",
            "versus",
            "vs",
            "against",
            "from",
        ),
    )
)
# A movement without a rate: only its direction can be checked.
_MOVES: Final = tuple(
    Wording(pattern.replace("@", _ASIDE), *cues)
    for pattern, *cues in (
        (rf"(?:由|从)~50{{a}}~8(?:{_MOVE_ZH})~2(?:至|到)~40{{b}}", "由", "从"),
        (rf"{_VERB_EN} from ~12{{a}}@~30\bto\b~12{{b}}", "from"),
    )
)
# B，为2024年A的P倍
_TIMES: Final = Wording(r"{b}~16[,，]~4(?:为|是|达到|相当于|达)~30{a}~10的{p}", "的")
_MORE: Final = Wording(
    r"(?=[远超高多大出低少不小逊a-z])(?:(?P<more>远超过|远超|超过|高于|多于|大于|超出|超越|exceed(?:s|ed|ing)?|"
    r"surpass(?:es|ed|ing)?|higher than|more than|above|topp(?:ed|ing)|outpac(?:es|ed|ing)|ahead of)|"
    r"(?P<less>低于|少于|不及|小于|逊于|lower than|less than|fewer than|below|short of))"
    r"(?P<lead>~40){a}",
    "超",
    "于",
    "不及",
    "exceed",
    "surpass",
    "than",
    "above",
    "topp",
    "outpac",
    "ahead",
    "below",
    "short",
)
_PRIOR: Final = lazily(r"上年|去年|前一年|上一年|同期|previous|prior|last year|a year earlier|year before|preceding")
_NOT_ORDER: Final = lazily(r"不$|未$|\b(?:not|no)\s*$|不会$|或$")
# Wording under which two printed values and a rate need not agree.
_OTHER_BASIS: Final = lazily(
    r"亏|损|负|复合|年均|固定汇率|汇率|剔除|不变|loss|cagr|compound|annual(?:is|iz)ed|constant|organic|adjusted"
)
_LEADS_TO: Final = lazily(r"^ to\b(?! \w+ \d{4})|^[至到](?!今)")
_MOST_ALIKE: Final = 20
_FURTHEST: Final = 12  # figures between the two of a comparison
_RATES: Final = frozenset({"percent", "multiple", "percentage points"})


def find_changes(passage: Passage) -> Iterator[Stated]:
    """Yield every growth or difference stated with its old and its new value, and movements without a rate."""
    taken: set[tuple[int, int]] = set()
    for pattern in _CHANGES:
        for found in pattern.finditer(passage.skeleton):
            new, old, change = (ord(found[name]) - FIRST_SLOT for name in "bap")
            if (new, old) in taken or _on_other_basis(passage, found, new, old):
                continue
            if stated := _change(passage, new, old, change, 1 if found["up"] else -1):
                taken.add((new, old))
                yield stated
    for found in _TIMES.finditer(passage.skeleton):
        new, old, change = (ord(found[name]) - FIRST_SLOT for name in "bap")
        if passage.figures[change].quantity.unit == "multiple" and _alike(passage, new, old):
            taken.add((new, old))
            yield Stated("growth", (new, old), change, form="to")
    yield from _yearly(passage, taken)
    for pattern in _MOVES:
        for found in pattern.finditer(passage.skeleton):
            new, old = (ord(found[name]) - FIRST_SLOT for name in "ba")
            if (new, old) in taken or _OTHER_BASIS.search(found.group()) or not _alike(passage, new, old):
                continue
            taken.add((new, old))
            yield Stated("order", (old,), new) if found["up"] else Stated("order", (new,), old)


def _on_other_basis(passage: Passage, found: re.Match[str], new: int, old: int) -> bool:
    """Whether the wording lets values and rate differ; of two losses the rate is plain arithmetic."""
    words = passage.skeleton[found.start() : found.end() + 16]
    if passage.figures[new].measure == passage.figures[old].measure == "loss":
        words = words.replace("亏损", "").replace("loss", "")
    return bool(_OTHER_BASIS.search(words))


def _yearly(passage: Passage, taken: set[tuple[int, int]]) -> Iterator[Stated]:
    """Yield growth "year on year" where the text states the year before elsewhere, once."""
    by_period: defaultdict[tuple[PartialDate | None, str, str], list[int]] = defaultdict(list)
    for index, figure in enumerate(passage.figures):
        by_period[figure.period, figure.subject, figure.measure].append(index)
    for change in range(1, len(passage.figures)):
        rate, new = passage.figures[change], change - 1
        one = passage.figures[new]
        if rate.quantity.unit != "percent" or rate.base != "year on year" or not passage.same_sentence(new, change):
            continue
        if not (one.subject and one.measure and one.period) or one.period != PartialDate(one.period.year):
            continue
        before = PartialDate(one.period.year - 1)
        old = [
            index
            for index in by_period[before, one.subject, one.measure][:_MOST_ALIKE]
            if passage.figures[index].attributes == one.attributes and _alike(passage, new, index)
        ]
        if len(old) == 1 and (new, old[0]) not in taken and not _OTHER_BASIS.search(passage.before(change)):
            taken.add((new, old[0]))
            yield Stated("growth", (new, old[0]), change, -1 if rate.direction == "down" else 1)


def _change(passage: Passage, new: int, old: int, change: int, sign: Literal[-1, 1]) -> Stated | None:
    """Return the relation of two values and a change of whatever unit fits them."""
    rate = passage.figures[change]
    value, unit = passage.figures[new].quantity, rate.quantity.unit
    if not _alike(passage, new, old):
        return None
    if max(new, old) < change and _LEADS_TO.match(passage.after(change)):
        return None  # B, while costs grew by 7% to C: the rate of another value
    if value.unit in {"percent", "percentage points"}:
        # "from 20% to 30%, up 50%" and "up 10%" are both said; only points are plain.
        return Stated("difference", (new, old), change, sign) if unit == "percentage points" else None
    if unit == "percent":
        return Stated("growth", (new, old), change, sign)
    if unit == "multiple" and sign > 0:
        # 增长2.5倍 adds two and a half; "2.5-fold" is said of both.
        return Stated("growth", (new, old), change, sign, "by" if "倍" in rate.quote.exact else "either")
    return Stated("difference", (new, old), change, sign) if compatible(rate.quantity, value) else None


def _alike(passage: Passage, new: int, old: int) -> bool:
    """Whether two figures may be compared: unit, subject, measure and attributes agree as far as known."""
    one, other = passage.figures[new], passage.figures[old]
    if not compatible(one.quantity, other.quantity) or Relation.RANGE in {
        one.quantity.relation,
        other.quantity.relation,
    }:
        return False
    if one.quantity.value < 0 or other.quantity.value <= 0:
        return False
    mine, theirs = dict(one.attributes), dict(other.attributes)
    return all(theirs.get(name, value) == value for name, value in mine.items()) and one.direction == other.direction


def find_orders(passage: Passage) -> Iterator[Stated]:
    """Yield every statement that one printed figure is more, or less, than another printed figure.

    ``超过48个`` alone is a bound of one figure, no comparison: words must stand between, and the figure
    after them must be of another period, or be named as last year's.
    """
    for found in _MORE.finditer(passage.skeleton):
        other = ord(found["a"]) - FIRST_SLOT
        if not found["lead"].strip() or _NOT_ORDER.search(passage.skeleton, max(0, found.start() - 8), found.start()):
            continue
        named = passage.figures[other]
        tail = passage.after(other)[:60]
        nearest = range(other - 1, max(-1, other - 1 - _FURTHEST), -1)
        subject = next((i for i in nearest if _compared(passage, i, other)), None)
        if subject is None:
            continue
        mine = passage.figures[subject]
        another_period = mine.period is not None and named.period is not None and mine.period != named.period
        if not (another_period or _PRIOR.search(found["lead"]) or _PRIOR.search(tail)):
            continue
        yield Stated("order", (other,), subject) if found["more"] else Stated("order", (subject,), other)


def _compared(passage: Passage, index: int, other: int) -> bool:
    return (
        passage.same_sentence(index, other)
        and passage.figures[index].quantity.unit not in _RATES
        and _alike(passage, index, other)
        and _same_kind(passage.figures[index], passage.figures[other])
    )


def _same_kind(one: Figure, other: Figure) -> bool:
    """Whether subject and measure agree where both are known."""
    return (not one.subject or not other.subject or one.subject == other.subject) and (
        not one.measure or not other.measure or one.measure == other.measure
    )
