"""From names and printed codes to judgements, as of the document's date, each with its reason.

A name and the code printed with it must agree. Where they do not, the mention is a conflict and the
code is flagged; neither is silently preferred.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hkconcept.linking.agreement import name_before, run_before
from hkconcept.linking.attachment import attach, outside_codes
from hkconcept.linking.codes import CodeGroup, PrintedCode, find_codes
from hkconcept.linking.context import decide_in_context
from hkconcept.linking.findings import Findings, candidates
from hkconcept.linking.gazetteer import Gazetteer, core
from hkconcept.linking.legal_names import Extent, extend
from hkconcept.linking.names import NameHit, find_names
from hkconcept.linking.shortened import link_shortened
from hkconcept.model import Flag, Judgement, Mention, Span
from hkconcept.text.fold import fold
from hkconcept.text.lazily import lazily

__all__ = ["Linked", "link"]

_TEMPORARY = lazily(r"029\d\d")  # counters for parallel trading during a split or consolidation
_DERIVATIVE = range(10000, 80000)  # warrants, bull/bear contracts and debt: listed, but not held here
_LABEL = lazily(r"(?:代码|代号|编号|code)$")
_PLAIN_NAME = lazily(r"(?!\S*[的其于每为在是将和与])[\u4e00-\u9fff]{2,8}(?:-[a-z]{1,2})?|[a-z][a-z0-9&.' -]{2,30}")


@dataclass(frozen=True, slots=True)
class Linked:
    """What was found in a text, in reading order.

    ``code_spans`` covers every printed exchange code with its exchange's letters, so that no reader of
    figures takes a code for a number.
    """

    mentions: tuple[Mention, ...]
    flags: tuple[Flag, ...]
    code_spans: tuple[Span, ...]


def link(text: str, gazetteer: Gazetteer, on: dt.date) -> Linked:
    """Link the companies named in a text to Hong Kong listings, as of a day.

    Parameters
    ----------
    text
        The document's text; every span refers to it.
    gazetteer
        The names and codes to link to.
    on
        The day of the document: a company listed later, or delisted earlier, is not linked.

    Returns
    -------
    Linked
        Mentions, flags and code spans, each in reading order. Spans are code points, end exclusive.

    >>> found = link("恒瑞医药（600276/01276）公告", Gazetteer.packaged(), dt.date(2026, 1, 8))
    >>> [(m.surface, m.code) for m in found.mentions], [tuple(span) for span in found.code_spans]
    ([('恒瑞医药', '01276')], [(5, 17)])

    """
    folded = fold(text)
    groups = find_codes(text, folded)
    hits = outside_codes(folded, find_names(text, folded, gazetteer), groups)
    attached = attach(text, folded, hits, groups, gazetteer)
    findings = Findings(text, gazetteer, on)
    findings.seen.update(
        gazetteer.counters.get(code.value, code.value) for g in groups if (code := g.hong_kong) and code.certain
    )
    resolver = _Resolver(folded, findings)
    undecided = [hit for hit in hits if not resolver.decide(hit, attached.of_hit.get(hit.span.start))]
    for group in attached.orphans:
        resolver.code_alone(group)
    for hit in undecided:
        decide_in_context(folded, hit, findings)
    link_shortened(folded, findings)
    return Linked(
        tuple(sorted(findings.mentions, key=lambda mention: mention.span)),
        tuple(sorted(findings.flags, key=lambda flag: flag.span)),
        tuple(sorted(set(attached.spans))),
    )


class _Resolver:
    """The decisions that rest on a name and its own code alone."""

    def __init__(self, folded: str, findings: Findings) -> None:
        self.folded, self.findings = folded, findings
        self.gazetteer, self.text = findings.gazetteer, findings.text

    def decide(self, hit: NameHit, group: CodeGroup | None) -> bool:
        """Decide a name; return false when it needs the rest of the text."""
        if hit.has("phrase") or self.findings.taken(hit.span):
            return True  # no company, or part of the legal name of the one before
        span, extent = extend(self.text, self.folded, hit.span)
        if span.start < hit.span.start and self.findings.taken(Span(span.start, hit.span.start)):
            span = Span(hit.span.start, span.end)  # what stands before is another mention's
        printed = group.hong_kong if group else None
        if printed is not None:
            return self._with_code(hit, span, printed)
        if extent is Extent.SUBSIDIARY:
            if hit.has("free", "caps"):
                reason = "a legal name with a place or another trade: a subsidiary, not the listed company"
                fitting = candidates(hit.codes, 0.3, "stands in the name")
                self.findings.add(span, Judgement.NOT_IN_HK, reason, fitting=fitting)
            return True
        if hit.has("other"):
            self.findings.add(span, Judgement.NOT_IN_HK, f"not listed in Hong Kong: {_note(hit)}")
            return True
        issuers = {self.gazetteer.lines.get(code.value) for code in group.codes} if group else set()
        for code in hit.codes:
            if code in issuers:
                reason = "the code printed with it is another line of the same issuer"
                self.findings.link(span, code, 0.98, reason, others=hit.codes)
                return True
        return self._by_name(hit, span)

    def _by_name(self, hit: NameHit, span: Span) -> bool:
        printed = self.text[hit.bare.start : hit.bare.end]
        capitals = printed == printed.upper()
        # Nobody prints -B after an ordinary word.
        suffixed = hit.span.end > hit.bare.end
        usable = [
            form
            for form in hit.forms
            if form.use == "free" or (form.use == "caps" and capitals) or (form.use == "near" and suffixed)
        ]
        codes = self._present(dict.fromkeys(code for form in usable for code in form.codes))
        if len(codes) != 1:
            return False
        kind = next(form.kind for form in usable if codes[0] in form.codes)
        self.findings.link(span, codes[0], 0.95, f"{kind} name of one listing only", others=hit.codes)
        return True

    def _present(self, codes: Iterable[str]) -> list[str]:
        """Keep the listings that existed on the day; all of them when none did."""
        every = list(codes)
        return [code for code in every if not self.gazetteer.absence(code, self.findings.on)] or every

    def _with_code(self, hit: NameHit, span: Span, printed: PrintedCode) -> bool:
        code = self.gazetteer.counters.get(printed.value, printed.value)
        if code in hit.codes:
            self.findings.link(span, code, 1.0, "name and printed code agree", others=hit.codes, printed=printed)
            return True
        if hit.has("other"):
            self._without_line(hit, span, printed, code)
            return True
        if decided := self._decided_by_code(hit, span, code):
            self.findings.link(span, code, 0.9, f"the printed code decides: {decided}", printed=printed)
            return True
        named = self._present(hit.codes)
        strong = hit.has("free", "caps")
        if _TEMPORARY.fullmatch(code) or code in self.gazetteer.funds:
            if strong and len(named) == 1:
                reason = "name of one listing; the printed code is a temporary counter or a fund"
                self.findings.link(span, named[0], 0.95, reason, printed=printed)
            return strong
        weak = not strong and len(hit.key) < 3  # two characters are weaker than five digits
        if hit.has("shared", "parent", "head") or len(named) != 1 or weak:
            self.code_alone(CodeGroup.of((printed,)))
        else:
            self.findings.conflict(span, named[0], printed, code if code in self.gazetteer.codes else None)
        return True

    def _decided_by_code(self, hit: NameHit, span: Span, code: str) -> str:
        """Return why the name may be one of the code's owner though it is another's form, or nothing."""
        owner = self.gazetteer.listing(code)
        if owner is None:
            return ""
        for name in owner.names:
            form = fold(core(name.form))
            if len(form) > 1 and (form.startswith(hit.key) or hit.key.startswith(form)):
                return f"the listed name is {name.form}"
        if span.end > hit.span.end and all(name.language == "en" for name in owner.names):
            # 中国燃气产业投资控股有限公司 begins with another company's name.
            return "no Chinese name of its owner is held, and the printed name is longer than the other company's"
        return ""

    def _without_line(self, hit: NameHit, span: Span, printed: PrintedCode, code: str) -> None:
        reason = f"not listed in Hong Kong: {_note(hit)}"
        self.findings.add(span, Judgement.NOT_IN_HK, reason, printed=printed)
        if code in self.gazetteer.codes:
            owner = self.findings.shown(code)
            message = f"{self.text[span.start : span.end]} has no Hong Kong line ({_note(hit)}); {code} is {owner}"
            self.findings.flag(printed.span, "not_listed", message, (("printed", printed.value), ("owner", code)))

    def code_alone(self, group: CodeGroup) -> None:
        """Decide a code whose name is not a form that is held."""
        printed = group.hong_kong
        if printed is None:
            return
        code = self.gazetteer.counters.get(printed.value, printed.value)
        listing = self.gazetteer.listing(code)
        if listing is None:
            self._unknown_code(group, printed, code)
            return
        found = name_before(self.text, self.folded, group.span.start, listing)
        if found:
            if not self.findings.taken(found.span):
                reason = f"the printed code decides: {found.reason}"
                self.findings.link(found.span, code, found.score, reason, printed=printed)
            return
        run = self._unknown_name(group) if printed.certain else None
        if run and not self.findings.taken(run):
            reason = f"the name shares nothing with {self.findings.shown(code)}, which has the printed code"
            fitting = candidates((code,), 0.4, "the printed code")
            self.findings.add(run, Judgement.AMBIGUOUS, reason, fitting=fitting, printed=printed)
            message = f"{self.text[run.start : run.end]} {reason}".replace("the name ", "", 1)
            self.findings.flag(printed.span, "name_mismatch", message, (("printed", printed.value), ("owner", code)))

    def _unknown_code(self, group: CodeGroup, printed: PrintedCode, code: str) -> None:
        held_elsewhere = code in self.gazetteer.funds or _TEMPORARY.fullmatch(code) or int(code) in _DERIVATIVE
        if held_elsewhere or not printed.certain:
            return
        reason = f"no listing held has the code {printed.value}"
        self.findings.flag(printed.span, "unknown_code", reason, (("printed", printed.value),))
        run = self._unknown_name(group)
        if run and not self.findings.taken(run):
            self.findings.add(run, Judgement.UNKNOWN_CODE, reason, printed=printed)

    def _unknown_name(self, group: CodeGroup) -> Span | None:
        """Return the words right before a code, where they look like one name and nothing else."""
        run = run_before(self.text, self.folded, group.span.start)
        gap = self.folded[run.end : group.span.start].strip()
        words = self.folded[run.start : run.end]
        if gap not in ("", "(") or _LABEL.search(words) or not _PLAIN_NAME.fullmatch(words):
            return None
        return run


def _note(hit: NameHit) -> str:
    return next(form.note for form in hit.forms if form.use == "other")
