"""Weak forms that the rest of the text decides: short names, names of several companies."""

from __future__ import annotations

from hkconcept.linking.findings import Findings, candidates
from hkconcept.linking.legal_names import PLACE_AHEAD, Extent, extend
from hkconcept.linking.names import LATIN_END, NameHit
from hkconcept.model import Judgement
from hkconcept.text.lazily import lazily

__all__ = ["decide_in_context"]

_CHINESE = lazily(r"[\u4e00-\u9fff]")
_OTHER_TRADE = lazily(r"单抗|试剂|证券|银行|保险|人寿|资本|基金|医疗|健康|地产|物业|凯特|凯瑞|联合|科技|[省市县区路村]")
_HEADLINE_CAP = 120
_ITEM_MARKS = frozenset({"", " ", ";", "|", "丨"})
_REPORTS_NEXT = lazily(
    r":?(?:\d{1,2}月\d{1,2}日将?派发股息|20\d\d年\d{1,2}月\d{1,2}日将?派发股息|(?:预计|预期|料|上半年|中期|年度|全年|(?:20\d\d)?年?(?:财年|[一二三四首]季|第[一二三四]季|上半年|中期|年度)?){1,3}度?"
    r"(?:归母|经调整|股东应占|拥有人应占)?(?:净利|净亏|纯利|溢利|盈利|亏损|营收|收入|实现|业绩|利润))"
)


def decide_in_context(folded: str, hit: NameHit, findings: Findings) -> None:
    """Decide a form that does not link on its own, from the companies that the text names elsewhere."""
    span, extent = extend(findings.text, folded, hit.span)
    if findings.taken(span) or extent is Extent.SUBSIDIARY or _part_of_more(folded, hit):
        return
    named = [code for code in hit.codes if code in findings.seen]
    if hit.has("parent") or (hit.has("head") and named != [hit.codes[0]]):
        named = []  # 复星 is the group; 微创 is the first company of its group, where the text names no other
    if hit.key == "wuxi" and findings.text[hit.bare.start : hit.bare.end] == "Wuxi":
        return  # the city
    if len(named) == 1:
        reason = "short form; the text names the company or prints its code elsewhere"
        findings.link(span, named[0], 0.85, reason, others=hit.codes)
    elif len(hit.codes) == 1 and hit.has("near") and (reason := _stands_for_company(folded, hit, findings)):
        findings.link(span, hit.codes[0], 0.8, reason)
    elif len(named) > 1 or hit.has("shared", "parent", "head") or (hit.has("free") and len(hit.codes) > 1):
        reason = "several listings are called so, and the text does not decide"
        fitting = candidates(hit.codes, round(1 / len(hit.codes), 2), "shared short name")
        findings.add(span, Judgement.AMBIGUOUS, reason, fitting=fitting)


def _stands_for_company(folded: str, hit: NameHit, findings: Findings) -> str:
    """Return why an ordinary word is a company's name here (03838 中国淀粉 238.50, 微博一季度盈利), or nothing."""
    start, end = hit.span
    if folded[max(0, start - 6) : start] == f"{hit.codes[0]} ":
        return "the row of a table prints its code before it"
    if folded[start - 1 : start] == "、" and findings.linked_up_to(start - 1):
        return "stands in a list after a company"
    line = folded.find("\n")
    if end < line <= _HEADLINE_CAP and folded[end - 1] >= LATIN_END and _REPORTS_NEXT.match(folded, end):
        before = folded[max(0, start - 1) : start]
        if before in _ITEM_MARKS:
            return "opens an item of the headline, and what a company reports follows"
    return ""


def _part_of_more(folded: str, hit: NameHit) -> bool:
    """Whether a weak form stands in a longer name: 三叶草香港, or a brand inside a Chinese sentence."""
    if PLACE_AHEAD.match(folded, hit.span.end):
        return True
    if len(hit.key) == 2 and _OTHER_TRADE.match(folded, hit.span.end):
        return True  # 丽珠单抗 and 复星凯特 are companies of their own
    around = folded[max(0, hit.bare.start - 1) : hit.bare.start] + folded[hit.span.end : hit.span.end + 1]
    return hit.key[-1].isascii() and _CHINESE.search(around) is not None
