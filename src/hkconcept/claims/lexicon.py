"""The words that say what a figure measures, as tables from printed forms to canonical terms.

Forms are written as :func:`hkconcept.text.fold` prints them: simplified characters, lower case,
half width. Where two forms of one table overlap in a text, the longer one wins.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from hkconcept.text.lazily import lazily

__all__ = ["ATTRIBUTE_HINT", "ATTRIBUTE_WORDS", "MEASURE_WORDS", "PARTITIONS", "SUBJECT_WORDS", "Term", "Vocabulary"]

SUBJECTS: Final[Mapping[str, tuple[str, ...]]] = {
    "innovative drugs": (
        "创新药", "创新药物", "创新型药物", "1类新药", "一类新药", "1类创新药", "一类创新药",
        "innovative drug", "innovative medicine", "novel drug", "class 1 drug", "class-1 drug",
        "class 1 innovative drug", "domestic innovation",
    ),
    "generic drugs": ("仿制药", "generic drug", "generics"),
    "medical devices": ("医疗器械", "器械", "medical device"),
    "drugs": ("药品", "药物", "新药", "medicine", "drug"),
    "companies": ("企业", "公司", "厂商", "药企", "compan", "enterprise", "firm", "manufacturer"),
    "patients": ("患者", "病人", "受试者", "patient", "participant", "subjects"),
    "staff": ("员工", "雇员", "职工", "employee", "staff"),
    "trials": ("临床试验", "clinical trial"),
}  # fmt: skip
"""What is counted or measured."""

MEASURES: Final[Mapping[str, tuple[str, ...]]] = {
    "approvals": ("获批上市", "批准上市", "获批", "批准", "核准上市", "approved", "approval", "approves", "approve"),
    "applications": ("受理", "申报", "application"),
    "deals": (
        "对外授权", "授权交易", "许可交易", "出海授权", "出海交易", "海外授权", "license-out", "licence-out",
        "out-licens", "outlicens", "authorized transaction", "authorised transaction", "licensing deal",
        "licensing transaction",
    ),
    "revenue": (
        "收入", "营收", "营业额", "营业总收入", "总收入", "收益", "总收益", "revenue", "turnover", "net sales",
    ),
    "gross profit": ("毛利", "毛利润", "gross profit"),
    "net profit": (
        "净利润", "净利", "纯利", "归母净利润", "溢利", "年内利润", "期内利润", "应占利润",
        "net profit", "net income", "profit for the",
    ),
    "loss": ("亏损", "净亏损", "net loss", "loss for the"),
    "R&D expense": (
        "研发投入", "研发开支", "研发费用", "研发成本", "研发支出", "r&d expense", "r&d spending", "r&d cost",
        "research and development expense", "research and development cost",
    ),
    "gross margin": ("毛利率", "gross margin", "gross profit margin"),
    "net margin": ("净利率", "净利润率", "net margin", "net profit margin"),
    "sales volume": ("销量", "销售量", "交付量", "sales volume", "deliveries"),
    "upfront": ("首付款", "预付款", "upfront"),
    "milestones": ("里程碑", "milestone"),
    "buyback": ("回购", "购回", "repurchas", "buyback", "bought back"),
    "share price": ("股价", "收盘价", "收报", "报收", "share price", "closing price"),
    "market value": ("市值", "market value", "market capitali"),
    "share": (
        "占比", "占", "比例为", "比重", "accounting for", "accounted for", "account for", "representing", "proportion",
        "represents", "making up", "make up", "makes up", "made up", "constitut",
    ),
}  # fmt: skip
"""How it is measured; ``deals`` of money is called ``deal value`` once the unit is known."""

ATTRIBUTES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "type": {
        "chemical": ("化学药", "化药", "化学创新药", "化学药品", "化学制剂", "chemical"),
        "biological": ("生物制品", "生物药", "生物创新药", "生物制剂", "生物技术药", "biological", "biologic"),
        "tcm": ("中药", "中成药", "traditional chinese medicine", "tcm"),
    },
    "origin": {
        "domestic": (
            "国产", "本土", "国内自主研发", "domestic", "domestically", "home-grown", "homegrown", "locally developed",
        ),
        "imported": ("进口", "境外生产", "imported", "imports"),
    },
    "tranche": {
        "public": ("香港公开发售", "公开发售", "香港发售", "hong kong public offering", "public offering"),
        "international": ("国际发售", "国际配售", "international offering", "international placing"),
    },
    "channel": {
        "shanghai": ("沪港股通", "港股通(沪)", "沪股通"),
        "shenzhen": ("深港股通", "港股通(深)", "深股通"),
    },
    "sex": {
        "male": ("男性", "男员工", "male", "men"),
        "female": ("女性", "女员工", "female", "women"),
    },
}  # fmt: skip
"""Qualifiers that tell a figure from its neighbours: dimension, value, printed forms."""

PARTITIONS: Final[Mapping[str, frozenset[str]]] = {
    dimension: frozenset(values) for dimension, values in ATTRIBUTES.items()
}
"""Dimensions whose values exclude each other and leave nothing out: naming all of them names the whole."""


class Term(NamedTuple):
    """A canonical term found in a text, with the span of the printed form."""

    name: str
    start: int
    end: int


# A Chinese form that begins a longer word of another meaning.
_NOT_AFTER: Final = {"中药": "材", "占": "用领据地", "毛利": "率", "净利": "率", "收益": "率"}


class Vocabulary:
    """A table from canonical terms to printed forms, searched with one pattern that is compiled on first use."""

    def __init__(self, table: Mapping[str, tuple[str, ...]]) -> None:
        """Keep the table."""
        self._names = names = {form: name for name, forms in table.items() for form in forms}
        self._pattern = lazily(lambda: _alternation(names))

    def find(self, folded: str) -> tuple[Term, ...]:
        """Find the terms in folded text, in reading order; of overlapping forms the longer wins.

        >>> [term.name for term in Vocabulary({"tcm": ("中药",), "chemical": ("化药",)}).find("47个化药和6个中药")]
        ['chemical', 'tcm']

        """
        finditer, names = self._pattern.finditer, self._names
        return tuple([Term(names[found.group()], found.start(), found.end()) for found in finditer(folded)])

    def names(self, folded: str) -> list[str]:
        """Return the names of the terms that :meth:`find` finds.

        >>> Vocabulary({"tcm": ("中药",), "chemical": ("化药",)}).names("47个化药和6个中药")
        ['chemical', 'tcm']

        """
        names = self._names
        return [names[form] for form in self._pattern.findall(folded)]

    def last(self, folded: str) -> str:
        """Return the name of the last term found, an empty text when there is none."""
        found = self._pattern.findall(folded)
        return self._names[found[-1]] if found else ""

    def first(self, folded: str) -> str:
        """Return the name of the first term found, an empty text when there is none."""
        found = self._pattern.search(folded)
        return self._names[found.group()] if found else ""


def _alternation(forms: Iterable[str]) -> str:
    """Return a pattern for some forms, the longest first, grouped by their first character.

    Without the groups every character of a text would be held against every form.
    """
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for form in sorted(forms, key=len, reverse=True):
        tail = _NOT_AFTER.get(form)
        groups[form[0]].append(re.escape(form[1:]) + (f"(?![{tail}])" if tail else ""))
    return "|".join(
        (rf"{first}(?<![a-z]{first})" if first.isascii() and first.isalpha() else re.escape(first))
        + f"(?:{'|'.join(rests)})"
        for first, rests in groups.items()
    )


SUBJECT_WORDS: Final = Vocabulary(SUBJECTS)
MEASURE_WORDS: Final = Vocabulary(MEASURES)
ATTRIBUTE_WORDS: Final = {dimension: Vocabulary(values) for dimension, values in ATTRIBUTES.items()}
ATTRIBUTE_HINT: Final = lazily(
    lambda: _alternation(form for values in ATTRIBUTES.values() for forms in values.values() for form in forms)
)
"""Found in every text that holds a word of :data:`ATTRIBUTE_WORDS`, of whatever dimension."""
