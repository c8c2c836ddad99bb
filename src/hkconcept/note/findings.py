"""Figures with their verdicts, and the alerts: what was checked in the text, and what an editor must look at."""

from __future__ import annotations

from collections.abc import Sequence

from hkconcept.model import Check, Document, Extraction, Figure, Flag, Judgement, Mention, Quote, Span, Verdict
from hkconcept.note.citations import Citations
from hkconcept.note.contents import Alert, Bilingual, FigureRow, Working
from hkconcept.note.i18n import both, qualifier, subject
from hkconcept.note.wording import WORDS

__all__ = ["alerts", "ambiguous", "figure_rows"]

# A figure with several checks shows the gravest outcome; "not checkable" only when nothing better is known.
_GRAVITY = (Verdict.INCONSISTENT, Verdict.CONSISTENT, Verdict.DIFFERS_IN_SCOPE, Verdict.NOT_CHECKABLE)


def figure_rows(extraction: Extraction, checks: Sequence[Check], citations: Citations) -> tuple[FigureRow, ...]:
    """Return a row for every figure, in reading order, with the checks that decide it."""
    numbers = {figure.id: n for n, figure in enumerate(extraction.figures, 1)}
    return tuple(_row(figure, numbers[figure.id], checks, citations) for figure in extraction.figures)


def _row(figure: Figure, number: int, checks: Sequence[Check], citations: Citations) -> FigureRow:
    own = [check for check in checks if check.claim.result == figure.id]
    used = [check for check in checks if figure.id in check.claim.inputs and check.claim.result != figure.id]
    deciding = own or used
    verdict = next((v for v in _GRAVITY if any(c.verdict is v for c in deciding)), Verdict.NOT_CHECKABLE)
    # A figure that only takes part in a failing sum is not itself shown to be wrong.
    if not own and verdict is Verdict.INCONSISTENT:
        verdict = Verdict.NOT_CHECKABLE
    return FigureRow(
        id=figure.id,
        number=number,
        quote=figure.quote,
        quantity=figure.quantity,
        subject=subject(figure.subject, figure.measure),
        qualifier=qualifier(figure.attributes),
        period=figure.period,
        direction=figure.direction or "",
        verdict=verdict,
        workings=tuple(_working(check, citations) for check in own),
        part_of=tuple(dict.fromkeys(check.claim.result for check in used)),
    )


def _working(check: Check, citations: Citations) -> Working:
    key = f"reason_{check.claim.kind}_{check.verdict}"
    told = WORDS.get(key, Bilingual(check.reason, check.reason))
    reason = Bilingual(check.reason_zh or told.zh, check.reason or told.en)
    return Working(
        check.claim.kind,
        check.verdict,
        check.formula,
        reason,
        check.mend,
        check.claim.inputs,
        check.claim.result,
        citations.cite(check.sources),
    )


def ambiguous(document: Document, extraction: Extraction) -> tuple[Alert, ...]:
    """Return the names that fit several listings, each once, with the listings they may mean."""
    found: dict[str, Alert] = {}
    for mention in extraction.mentions:
        if mention.judgement is Judgement.AMBIGUOUS and mention.candidates and not mention.printed_code:
            codes = [candidate.code.display for candidate in mention.candidates]
            message = both(
                "flag_ambiguous", surface=mention.surface, codes=Bilingual("、".join(codes), ", ".join(codes))
            )
            found.setdefault(mention.surface, Alert("ambiguous", message, Quote.cut(document.text, mention.span)))
    return tuple(found.values())


def alerts(document: Document, extraction: Extraction) -> tuple[Alert, ...]:
    """Return what must be looked at first: the flags, in reading order, in the note's own words."""
    by_span = {mention.span: mention for mention in extraction.mentions}
    found = []
    for flag in extraction.flags:
        quote = Quote.cut(document.text, flag.span)
        mention = next((m for s, m in by_span.items() if s.overlaps(flag.span) or _code_at(m, flag.span)), None)
        failed = _failed_check(extraction, flag.span) if flag.kind == "bad_figure" else None
        message = _arithmetic(failed, quote) if failed else _message(flag, quote, mention)
        found.append(Alert(flag.kind, message, quote))
    return tuple(found)


def _code_at(mention: Mention, span: Span) -> bool:
    return mention.printed_code_span is not None and mention.printed_code_span.overlaps(span)


def _failed_check(extraction: Extraction, span: Span) -> Check | None:
    places = {figure.id: figure.quote.span for figure in extraction.figures}
    failed = (
        check
        for check in extraction.checks
        if check.verdict is Verdict.INCONSISTENT and places.get(check.claim.result, check.claim.quote.span) == span
    )
    return next(failed, None)


def _arithmetic(check: Check, quote: Quote) -> Bilingual:
    told = _working(check, Citations()).reason
    return both("flag_bad_figure", surface=quote.exact, reason=told, formula=check.formula)


_TOLD = {
    Judgement.CONFLICT: "flag_wrong_code",
    Judgement.UNKNOWN_CODE: "flag_unknown_code",
    Judgement.NOT_YET_LISTED: "flag_not_yet_listed",
    Judgement.AMBIGUOUS: "flag_name_mismatch",
    Judgement.NOT_IN_HK: "flag_no_line",
}


def _message(flag: Flag, quote: Quote, mention: Mention | None) -> Bilingual:
    if mention is not None and mention.judgement in _TOLD:
        code = mention.code.display if mention.code else ""
        return both(_TOLD[mention.judgement], surface=mention.surface, printed=mention.printed_code, code=code)
    if flag.kind == "unknown_code":
        return both("flag_code_only", printed=quote.exact)
    return Bilingual(flag.message, flag.message)
