"""The summary of a note on a terminal: figures with their verdicts, stocks, findings, and where the files are."""

from __future__ import annotations

from decimal import Decimal

from rich.table import Table
from rich.text import Text

from hkconcept.cli.terminal import console_of_width
from hkconcept.model import Verdict
from hkconcept.note import i18n
from hkconcept.note.contents import Working
from hkconcept.service.tracking import Tracked

__all__ = ["print_summary"]

_MARKS = {
    Verdict.CONSISTENT: ("✓", "green"),
    Verdict.INCONSISTENT: ("✗", "bold red"),
    Verdict.NOT_CHECKABLE: ("○", "dim"),
    Verdict.DIFFERS_IN_SCOPE: ("≠", "yellow"),
}


def print_summary(tracked: Tracked) -> None:
    """Print the summary to standard output. Whatever comes from the source is printed literally."""
    console = console_of_width(140)
    note = tracked.note
    console.print(Text(i18n.printable(note.document.title or note.headline.en), style="bold"))
    published = note.document.published
    console.print(f"published {published or 'at a time not printed'}; as of {note.as_of}")
    if note.policy:
        console.print(f"event: {note.policy.number.en}, first public {note.policy.first_public}")
    console.print()
    console.print(_figures(tracked))
    console.print(_stocks(tracked))
    for mean in note.named_means:
        for result, priced in zip(mean.performance, mean.priced, strict=True):
            if mean.key == "all":
                label = next(w.label.en for w in note.windows if w.key == result.window)
                console.print(f"mean of {priced} of {mean.total} priced names, {label}: {_percent(result.change)}")
    for flag in tracked.found.flags:
        console.print(Text(f"✗ {i18n.printable(flag.message)}", style="bold red"))
    counts = {verdict: sum(figure.verdict is verdict for figure in note.figures) for verdict in Verdict}
    told = ", ".join(f"{count} {verdict.value.replace('_', ' ')}" for verdict, count in counts.items() if count)
    console.print(f"\n{len(note.figures)} figures: {told or 'none'}; {len(note.named)} stocks named")
    for path in tracked.files:
        console.print(f"wrote {path}", soft_wrap=True)


def _figures(tracked: Tracked) -> Table:
    table = Table("", "figure", "what", "period", "checked by", box=None, pad_edge=False, header_style="dim")
    for figure in tracked.note.figures:
        mark, style = _MARKS[figure.verdict]
        formulas = "; ".join(_shown(working) for working in figure.workings if working.formula)
        table.add_row(
            Text(mark, style=style),
            i18n.quantity(figure.quantity, "en"),
            ", ".join(part for part in (figure.subject.en, figure.qualifier.en) if part),
            str(figure.period or ""),
            i18n.printable(formulas) or ("part of a sum or ratio" if figure.part_of else ""),
        )
    return table


def _shown(working: Working) -> str:
    # A register's formula repeats the figure before its colon; here the figure stands in the same row.
    return f"registers {working.formula.partition(': ')[2]}" if working.kind == "register" else working.formula


def _stocks(tracked: Tracked) -> Table:
    note = tracked.note
    table = Table("code", "name", "printed", "role", box=None, pad_edge=False, header_style="dim")
    for window in note.windows:
        table.add_column(window.label.en, justify="right")
    for row in note.named:
        table.add_row(
            row.code.display,
            row.name.en,
            i18n.printable(", ".join(row.printed)),
            row.role or "not a member",
            *(_percent(result.change) for result in row.performance),
        )
    return table


def _percent(value: Decimal | None) -> str:
    return i18n.change(value) if value is not None else "n/a"
