"""One document on a terminal: its text with every finding in colour, then the reason for each."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from hkconcept.model import Document, Event, Extraction, Figure, Judgement, Mention, Span
from hkconcept.note.i18n import printable

__all__ = ["print_explained"]

_COMPANY, _OPEN, _FIGURE, _DATE, _FLAG = "bold cyan", "cyan", "green", "magenta", "bold white on red"
_LINKED = frozenset({Judgement.LINKED, Judgement.CONFLICT})
_LONGEST = 20_000  # characters of text shown
_MARKS = {"done": "●", "planned": "◐", "expected": "○", "negated": "✗", "denied": "✗"}


def print_explained(document: Document, found: Extraction) -> None:
    """Print a document with its findings. Whatever comes from the source is printed literally."""
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    key = Text("company ", style=_COMPANY)
    key.append("name without a link ", style=_OPEN).append("figure ", style=_FIGURE).append("date ", style=_DATE)
    console.print(key.append("flagged", style=_FLAG))
    console.print(_coloured(document.text[:_LONGEST], found))
    if len(document.text) > _LONGEST:
        console.print(Text(f"… {len(document.text) - _LONGEST:,} characters more", style="dim"))
    for title, lines in (
        ("companies", [_mention(mention) for mention in found.mentions]),
        ("figures", [_figure(figure) for figure in found.figures]),
        ("events", list(_events(found))),
        ("flags", [Text(f"  {printable(flag.kind)}: {printable(flag.message)}", style="red") for flag in found.flags]),
    ):
        if lines:
            console.print(Text(f"\n{title}", style="bold"))
            for line in lines:
                console.print(line)


def _coloured(text: str, found: Extraction) -> Text:
    """Return the text with its findings in colour; where two overlap the graver one shows."""
    styles: list[tuple[Span, str]] = [
        *((date.span, _DATE) for date in found.dates),
        *((figure.quote.span, _FIGURE) for figure in found.figures),
        *((mention.span, _COMPANY if mention.judgement in _LINKED else _OPEN) for mention in found.mentions),
        *((flag.span, _FLAG) for flag in found.flags),
    ]
    told = Text()
    marks: list[str] = [""] * len(text)
    for span, style in styles:
        marks[span.start : min(span.end, len(text))] = [style] * max(0, min(span.end, len(text)) - span.start)
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or marks[at] != marks[start]:
            told.append(printable(text[start:at]), style=marks[start] or "default")
            start = at
    return told


def _mention(mention: Mention) -> Text:
    line = Text("  ").append(printable(mention.surface), style=_COMPANY if mention.judgement in _LINKED else _OPEN)
    line.append(f" {mention.code or mention.judgement.value.replace('_', ' ')}")
    if mention.lines:
        line.append(f" ({', '.join(mention.lines)})", style="dim")
    line.append(f"  {printable(mention.reason)}", style="dim")
    if len(mention.candidates) > 1:
        others = ", ".join(f"{candidate.code} {candidate.score:g}" for candidate in mention.candidates)
        line.append(f"; candidates {others}", style="dim")
    return line


def _figure(figure: Figure) -> Text:
    quantity = figure.quantity
    value = f"{quantity.value:f}" + (f" to {quantity.upper:f}" if quantity.upper is not None else "")
    line = Text("  ").append(printable(figure.quote.exact), style=_FIGURE)
    line.append(f" {quantity.relation.value.replace('_', ' ')} {value} {quantity.unit}")
    role = [figure.company, figure.subject, figure.measure, figure.direction or ""]
    role += [str(figure.period or ""), f"{figure.base} {figure.base_period or ''}".strip()]
    if quantity.currency_assumed:
        role.append("currency assumed")
    return line.append(f"  {', '.join(part for part in role if part)}", style="dim")


def _events(found: Extraction) -> Iterator[Text]:
    for event in found.events:
        yield _event(event)


def _event(event: Event) -> Text:
    line = Text(f"  {_MARKS[event.status]} ", style="green" if event.realised else "red")
    line.append(f"{event.type} {' '.join(event.codes) or 'no Hong Kong company'}")
    if event.status != "done":
        line.append(f" {event.status}", style="yellow")
    facts = [f"{name} {value}" for name, value in event.frame if name != "status"]
    facts += [
        event.agency,
        f"on {event.date}" if event.date else "",
        f"known by {event.known_at}" if event.known_at else "",
    ]
    return line.append(f"  {printable(', '.join(fact for fact in facts if fact))}", style="dim")
