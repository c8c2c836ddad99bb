"""Checked documents as one HTML page: the text with its figures highlighted, and each check beside it.

No network, no script, and a content-security policy that allows the two style sheets of this package by
their hashes. Everything that comes from a document is escaped here, one value at a time.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files

from hkconcept.model import Check, Document, Extraction, Figure, Verdict
from hkconcept.note.i18n import printable

__all__ = ["render_annotated"]

_MARKS = {
    Verdict.CONSISTENT: "✓",
    Verdict.INCONSISTENT: "×",
    Verdict.NOT_CHECKABLE: "○",
    Verdict.DIFFERS_IN_SCOPE: "≠",
}
_WORDS = {
    Verdict.CONSISTENT: ("consistent", "一致"),
    Verdict.INCONSISTENT: ("inconsistent", "不一致"),
    Verdict.NOT_CHECKABLE: ("not checkable", "无法核对"),
    Verdict.DIFFERS_IN_SCOPE: ("differs in scope", "口径不同"),
}
# Where a figure takes part in several checks the gravest verdict colours it.
_GRAVITY = (Verdict.INCONSISTENT, Verdict.DIFFERS_IN_SCOPE, Verdict.CONSISTENT, Verdict.NOT_CHECKABLE)
_STYLE = (
    "main{max-width:1180px;margin:0 auto;padding:18px 20px 40px}"
    ".pair{display:grid;grid-template-columns:minmax(0,1.5fr) minmax(0,1fr);gap:8px 40px}"
    "@media (max-width:760px){.pair{grid-template-columns:minmax(0,1fr)}}"
    ".body p{margin:0 0 .5em;white-space:pre-wrap}"
    ".body a{color:inherit;text-decoration:none;border-bottom:2px solid var(--muted);border-radius:2px;padding:0 1px}"
    ".body .consistent{border-color:var(--green)}"
    ".body .inconsistent{border-color:var(--bad);background:var(--bad-wash);font-weight:700}"
    ".body .differs_in_scope{border-color:var(--warn);background:var(--warn-wash)}"
    ".body a:focus-visible,.body a:hover{background:var(--accent-wash)}"
    ".checks{list-style:none;margin:0;padding:0;font-size:13.5px}"
    ".checks li{padding:7px 0 8px 10px;border-bottom:1px solid var(--rule);border-left:3px solid var(--muted)}"
    ".checks .inconsistent{border-left-color:var(--bad)}.checks .consistent{border-left-color:var(--green)}"
    ".checks .differs_in_scope{border-left-color:var(--warn)}"
    ".checks li:target{background:var(--accent-wash)}"
    ".checks b{display:block;font-variant-numeric:tabular-nums}.checks .why{color:var(--muted);display:block}"
    ".checks .mend{display:block}.told{color:var(--muted);font-size:13px;margin:0 0 14px}"
)


def render_annotated(checked: Sequence[tuple[Document, Extraction]]) -> str:
    """Return one page for all documents, each with its text, its checks, and a count of verdicts.

    Figures link to the gravest check that they take part in. The page is read with the reader's own fonts,
    because a document may hold any character.
    """
    base = _base_style()
    policy = f"default-src 'none'; style-src {_hash(base)} {_hash(_STYLE)}; base-uri 'none'; form-action 'none'"
    articles = "".join(_article(number, document, found) for number, (document, found) in enumerate(checked, 1))
    title = checked[0][0].title if len(checked) == 1 and checked[0][0].title else "Checked figures"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{_text(title)}</title><style>{base}</style><style>{_STYLE}</style></head>\n"
        f"<body><main>{articles}</main></body></html>\n"
    )


def _article(number: int, document: Document, found: Extraction) -> str:
    language = {"zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant"}.get(document.language, "en")
    counts = {verdict: sum(check.verdict is verdict for check in found.checks) for verdict in _GRAVITY}
    counted = ", ".join(f"{count} {_WORDS[verdict][0]}" for verdict, count in counts.items() if count) or "none stated"
    heading = document.title or document.origin.location
    checks = "".join(_check(f"d{number}c{at}", check, found) for at, check in enumerate(found.checks, 1))
    return (
        f'<article aria-labelledby="d{number}"><h1 id="d{number}" lang="{language}">{_text(heading)}</h1>'
        f'<p class="told">{_text(document.origin.location)} · {len(found.figures)} figures; '
        f"relations between them: {_text(counted)}</p>"
        f'<div class="pair"><section class="body" lang="{language}" aria-label="text">'
        f"{''.join(_paragraphs(number, document, found))}</section>"
        f'<section aria-label="checks"><ul class="checks">{checks}</ul></section></div></article>\n'
    )


def _check(anchor: str, check: Check, found: Extraction) -> str:
    verdict, (told, told_zh) = check.verdict.value, _WORDS[check.verdict]
    mend = (
        f'<span class="mend">mend 可改为: {_text(check.mend)}</span>'
        if check.mend and check.verdict is Verdict.INCONSISTENT
        else ""
    )
    reason_zh = f'<span class="why" lang="zh-Hans">{_text(check.reason_zh)}</span>' if check.reason_zh else ""
    formula = check.formula or _quoted(check, found)
    return (
        f'<li id="{anchor}" class="{verdict}"><b>{_MARKS[check.verdict]} {_text(formula)}</b>'
        f'{told} <span lang="zh-Hans">{told_zh}</span> · {_text(check.claim.kind)}'
        f'<span class="why">{_text(check.reason)}</span>{reason_zh}{mend}</li>'
    )


def _quoted(check: Check, found: Extraction) -> str:
    named = {*check.claim.inputs, check.claim.result}
    return ", ".join(figure.quote.exact for figure in found.figures if figure.id in named)


def _paragraphs(number: int, document: Document, found: Extraction) -> Iterator[str]:
    """Yield the lines of a text as paragraphs, checked figures marked."""
    marks = _marks(number, found)
    at = 0
    figures = [figure for figure in found.figures if figure.id in marks]
    for line in document.text.split("\n"):
        end = at + len(line)
        inside: list[Figure] = []
        while figures and figures[0].quote.span.start < end:
            inside.append(figures.pop(0))
        if line.strip():
            yield f"<p>{''.join(_line(document.text, at, end, inside, marks))}</p>"
        at = end + 1


def _line(
    text: str, start: int, end: int, figures: Sequence[Figure], marks: dict[str, tuple[str, Verdict]]
) -> Iterator[str]:
    last = start
    for figure in figures:
        anchor, verdict = marks[figure.id]
        left, right = max(last, figure.quote.span.start), min(end, figure.quote.span.end)
        yield _text(text[last:left])
        yield (
            f'<a class="{verdict.value}" href="#{anchor}"'
            f' title="{escape(_WORDS[verdict][0])}">{_text(text[left:right])}</a>'
        )
        last = right
    yield _text(text[last:end])


def _marks(number: int, found: Extraction) -> dict[str, tuple[str, Verdict]]:
    """Return for each checked figure the anchor and the verdict of the gravest of its checks."""
    marks: dict[str, tuple[str, Verdict]] = {}
    for verdict in reversed(_GRAVITY):
        for at, check in enumerate(found.checks, 1):
            if check.verdict is verdict:
                named = (*check.claim.inputs, check.claim.result)
                marks |= dict.fromkeys(named, (f"d{number}c{at}", verdict))
    return marks


def _text(text: str) -> str:
    return escape(printable(text))


@cache
def _base_style() -> str:
    css = files("hkconcept").joinpath("data", "note", "note.css").read_text(encoding="utf-8")
    return "".join(line.strip() for line in css.splitlines())


def _hash(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
