"""A checked document on a terminal: the lines that hold checked figures, then each check with its arithmetic."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from hkconcept.model import Document, Extraction, Verdict
from hkconcept.note.i18n import printable

__all__ = ["print_checked"]

_MARKS = {
    Verdict.CONSISTENT: ("✓", "green"),
    Verdict.INCONSISTENT: ("✗", "bold red"),
    Verdict.NOT_CHECKABLE: ("○", "dim"),
    Verdict.DIFFERS_IN_SCOPE: ("≠", "yellow"),
}
# Where a figure takes part in several checks the gravest verdict colours it.
_GRAVITY = (Verdict.INCONSISTENT, Verdict.DIFFERS_IN_SCOPE, Verdict.CONSISTENT, Verdict.NOT_CHECKABLE)
_LONGEST_LINE = 2_000


def print_checked(checked: Sequence[tuple[Document, Extraction]]) -> None:
    """Print documents with their checks to standard output. Whatever comes from a source is printed literally."""
    # Text objects, not markup: a document may hold brackets that a console would obey.
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for document, found in checked:
        console.print(Text(printable(document.title or document.origin.location), style="bold"))
        console.print(Text(printable(document.origin.location), style="dim"))
        for line in _annotated(document, found):
            console.print(line)
        for check in found.checks:
            mark, style = _MARKS[check.verdict]
            told = Text(f"{mark} ", style=style)
            told.append(printable(check.formula), style=style)
            told.append(f"  {check.claim.kind}: {printable(check.reason)}", style="dim")
            console.print(told)
            if check.mend and check.verdict is Verdict.INCONSISTENT:
                console.print(Text(f"  mend: {printable(check.mend)}"))
        counts = {verdict: sum(check.verdict is verdict for check in found.checks) for verdict in Verdict}
        counted = ", ".join(f"{count} {verdict.value.replace('_', ' ')}" for verdict, count in counts.items() if count)
        console.print(Text(f"{len(found.figures)} figures, {len(found.checks)} checks: {counted or 'none'}\n"))


def _annotated(document: Document, found: Extraction) -> list[Text]:
    """Return the lines that hold a checked figure, each figure in the colour of its verdict, with line numbers."""
    styles = _styles(found)
    lines = []
    at = 0
    for count, line in enumerate(document.text.split("\n"), start=1):
        inside = [f for f in found.figures if f.id in styles and at <= f.quote.span.start < at + len(line)]
        if inside:
            told = Text(f"{count:>5}  ", style="dim")
            last = at
            for figure in inside:
                start, end = figure.quote.span
                told.append(printable(document.text[max(last, start - _LONGEST_LINE) : start]), style="default")
                told.append(printable(document.text[start:end]), style=f"{styles[figure.id]} underline")
                last = end
            told.append(printable(document.text[last : min(at + len(line), last + _LONGEST_LINE)]), style="default")
            lines.append(told)
        at += len(line) + 1
    return lines


def _styles(found: Extraction) -> dict[str, str]:
    styles: dict[str, str] = {}
    for verdict in reversed(_GRAVITY):
        for check in found.checks:
            if check.verdict is verdict:
                styles |= dict.fromkeys((*check.claim.inputs, check.claim.result), _MARKS[verdict][1])
    return styles
