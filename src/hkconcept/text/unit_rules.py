"""When a unit after a number makes a quantity: each unit has its own traps, and one rule here."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from hkconcept.model import Relation
from hkconcept.text.lazily import lazily
from hkconcept.text.scan import Number

__all__ = ["UnitCandidate", "counts_stocks", "day_unit", "is_quantity"]


class UnitCandidate(NamedTuple):
    """A number with a unit form after it, the end of that form, and what stands before the number."""

    key: str
    number: Number
    form: str
    end: int
    before: str
    relation: Relation | None

    @property
    def words(self) -> bool:
        """Whether the number is written in characters or words."""
        return self.number.form != "digits"

    @property
    def following(self) -> str:
        """The character after the unit."""
        return self.key[self.end : self.end + 1]


_BARE_SCALES = frozenset({"百", "千", "万", "亿", "百万", "千万", "十"})
_PERIODS = frozenset({"months", "weeks", "days", "years", "hours"})
_INDEX_BEFORE = lazily(
    r"(?:指数|恒指|国指|沪指|大盘|点位|失守|站上|突破|跌破|重上|收报|关口|涨|跌|报|升|挫)[^,，。；;]{0,10}\Z"
)
_WITHIN = lazily(r"(?:之|以)?内|后|前(?=[提向召通发])")
_AFTER = lazily(r"(?:给药|用药|治疗|入组|手术|随机|上市|生效)后(?:第)?\Z")
_TERM = lazily(r"期|(?:以|之)?内|经验")
_AGREED_BEFORE = lazily(r"(?:期限|有效期|为期|长达)[为是约]?\Z")
_AGREED = lazily(r"期?的?(?:战略|框架|独家|服务|供应|供货|销售|采购|租赁|授权)[^,，。]{0,6}(?:合作|协议|合同|合约)")
_TERM_BEFORE = lazily(
    r"(?:连亏|连续|已连|期限|有效期|质保期|延长至|为期|年限|长达|长租|租期|历时|时隔|年期)[为是约]?\Z"
)
# 检验时限缩短至40日
_LIMIT_BEFORE = lazily(r"(?:时限|期限|为期|缩短|缩减|延长)(?:至|到|为|由|从)?\Z")
_DAY_RUN_BEFORE = lazily(r"(?:连续|连跌|连涨|连升|连)\Z")
_ALL_STOCKS = 6000
_STOCKS_BEFORE = lazily(r"(?:看好|净流[入出]|青睐|加仓|这)\Z")
_STOCKS_AFTER = lazily(r"(?:获[^,，。]{0,8}资金|筹码|每笔|主力资金|股东户数|涨停|跌停|创.{0,6}新[高低])")
_LIMIT_SLANG = (10, 20, 30)


def is_quantity(unit: str, candidate: UnitCandidate) -> bool:
    """Whether a number with this unit is a quantity and not a time, an age of stock, a name or an idiom."""
    number = candidate.number
    if candidate.relation is None and candidate.key[number.start : number.end] in _BARE_SCALES:
        return False  # 千股跌停, 百倍: a scale word alone is a figure of speech
    if unit == "percent":
        return True
    if candidate.words and number.value < 2 and unit != "multiple":
        return False  # 最后一公里, 一个月, "one share"; but 增长一倍 says how much
    if unit in _PERIODS and candidate.words and candidate.relation in (None, Relation.ALMOST):
        # 三年规划, "five weeks after"; and 近三个月 is "the last three months". But 三年战略合作协议, 期限为三年.
        if unit in ("years", "months"):
            agreed = _AGREED_BEFORE.search(candidate.before) or _AGREED.match(candidate.key, candidate.end)
            return agreed is not None and candidate.relation is None
        return unit == "days" and _DAY_RUN_BEFORE.search(candidate.before) is not None
    rule = _RULES.get(unit)
    return rule is None or rule(candidate)


def day_unit(candidate: UnitCandidate) -> str:
    """Return ``trading days`` for a run of days (连续3日), else ``days``."""
    return "trading days" if _DAY_RUN_BEFORE.search(candidate.before) else "days"


def counts_stocks(candidate: UnitCandidate) -> bool:
    """Whether 股 counts stocks and not shares: 看好3股, 主力资金净流入124股, 70股每笔成交量增长."""
    if candidate.form != "股" or candidate.number.scale or candidate.words or candidate.number.value > _ALL_STOCKS:
        return False
    named = _STOCKS_AFTER.match(candidate.key, candidate.end)
    return bool(named or _STOCKS_BEFORE.search(candidate.before))


def _multiple(candidate: UnitCandidate) -> bool:
    return not (candidate.form == "x" and candidate.following.isalnum())


def _index_points(candidate: UnitCandidate) -> bool:
    """8点 is a time; an index has three digits, or decimals beside a word of the market."""
    number = candidate.number
    if candidate.form != "点":
        return candidate.form.startswith("index") or number.value >= 100 or number.step < 1
    moved = number.step < 1 and _INDEX_BEFORE.search(candidate.before) is not None
    return not candidate.words and (number.value >= 100 or moved)


def _shares(candidate: UnitCandidate) -> bool:
    """10股 is a number of shares, 股东 and 股权 begin another word, 两股 may be strands."""
    if candidate.form != "股":
        return True
    if not candidate.number.scale and candidate.following and candidate.following in "东权票市价":
        return False
    return not (candidate.words and candidate.number.value < 10)


def _no_compound(candidate: UnitCandidate) -> bool:
    """24-week and 12 months-long are attributes of something else."""
    return "-" not in (candidate.following, candidate.key[candidate.number.end : candidate.number.end + 1])


def _days(candidate: UnitCandidate) -> bool:
    if candidate.form == "日":
        run = _DAY_RUN_BEFORE.search(candidate.before) or _LIMIT_BEFORE.search(candidate.before)
        return bool(run or _AFTER.search(candidate.before) or _WITHIN.match(candidate.key, candidate.end))
    return True


def _years(candidate: UnitCandidate) -> bool:
    """15年 is a duration only when the words say so; it may be the year 2015."""
    if candidate.form != "年":
        return True
    said = candidate.relation or _TERM.match(candidate.key, candidate.end) or _TERM_BEFORE.search(candidate.before)
    return candidate.number.value < 100 and bool(said)


def _small_unit(candidate: UnitCandidate) -> bool:
    """Single letters and syllables that begin other words; 20cm is slang for a daily limit of 20%."""
    if candidate.form == "cm" and candidate.number.value in _LIMIT_SLANG:
        return False
    return not candidate.words and not (candidate.following.isalpha() and candidate.following.isascii())


_RULES: dict[str, Callable[[UnitCandidate], bool]] = {
    "multiple": _multiple,
    "index points": _index_points,
    "shares": _shares,
    "months": _no_compound,
    "weeks": _no_compound,
    "hours": _no_compound,
    "days": _days,
    "years": _years,
    **dict.fromkeys(("cm", "mm", "m", "g", "litres"), _small_unit),
}
