"""The review on a terminal: the queue as a table, one fact with its quote in context, and the conversation."""

from __future__ import annotations

import getpass
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hkconcept.cli.terminal import console_of_width
from hkconcept.errors import UsageError
from hkconcept.ledger.sources import Source
from hkconcept.note.i18n import printable
from hkconcept.registers.schema import Column, ColumnType
from hkconcept.service.review import Item, Review

__all__ = ["go_through", "print_decisions", "print_item", "print_queue"]

_SHORT = 10
_AROUND = 160
_QUOTED = 60
_CHOICES = "[a]ccept  [e]dit  [r]eject  [s]kip  [q]uit"


def _one_line(text: str, longest: int) -> str:
    line = " ".join(printable(text).split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def print_queue(items: Sequence[Item], *, advice: bool = True) -> None:
    """Print the facts that wait, one row each; ``advice`` says how to decide from a script."""
    console = console_of_width(140)
    if not items:
        console.print(Text("nothing waits for review"))
        return
    table = Table("id", "register", "known", "row", "quote", "lacks", box=None, pad_edge=False, header_style="dim")
    for item in items:
        candidate = item.candidate
        lacks = ", ".join(one.column for one in item.findings)
        table.add_row(
            Text(candidate.id[:_SHORT], style="bold"),
            candidate.schema.register,
            str(candidate.known_at.day),
            Text(_one_line(candidate.values.get("id", ""), 32)),
            Text(_one_line(candidate.quote.exact, _QUOTED), style="dim"),
            Text(lacks, style="yellow") if lacks else _mark(item),
        )
    console.print(table)
    ready = sum(item.ready for item in items)
    how = "; decide with --accept ID, --reject ID and --by NAME" if advice else ""
    console.print(Text(f"{len(items)} wait, {ready} of them complete{how}"))


def _mark(item: Item) -> Text:
    if item.differs:
        return Text("nothing; contradicts the register", style="red")
    return Text("nothing; may be held already", style="yellow") if item.similar else Text("nothing", style="green")


def print_item(item: Item, text: str, source: Source) -> None:
    """Print one fact: where it is from, the quote in its context, and the row that it would make."""
    console = console_of_width(140)
    candidate = item.candidate
    console.print(Text(f"{candidate.id[:_SHORT]}  {candidate.schema.register}, from {candidate.type}", style="bold"))
    console.print(Text(_one_line(candidate.title, 120)))
    told = f"{printable(candidate.source)}  known from {candidate.known_at}, {candidate.status}"
    console.print(Text(told, style="dim"))
    console.print(Text(_origin(source), style="dim"))
    console.print()
    start, end = candidate.quote.span
    quoted = Text(printable(text[max(0, start - _AROUND) : start]), style="dim")
    quoted.append(printable(text[start:end]), style="bold")
    quoted.append(printable(text[end : end + _AROUND]), style="dim")
    console.print(quoted)
    console.print()
    table = Table("column", "value", "remark", box=None, pad_edge=False, header_style="dim")
    for name in (column.name for column in candidate.schema.columns):
        remark = next((Text(one.message, style="yellow") for one in item.findings if one.column == name), None)
        if remark is None and name in item.differs:
            remark = Text(f"the register holds {printable(item.differs[name])}", style="red")
        if remark is None and name in candidate.concluded:
            remark = Text(f"concluded: {candidate.concluded[name]}", style="cyan")
        value = candidate.values.get(name, "")
        if value or remark is not None:
            table.add_row(name, Text(_readable(candidate.schema.column(name), value)), remark or Text(""))
    console.print(table)
    if item.held is not None:
        subject = printable(candidate.schema.subject(item.held))
        console.print(Text(f"the register holds this row already as {subject}", style="dim"))
    if item.similar:
        told = printable(", ".join(item.similar))
        console.print(Text(f"it may be one of {told}; if so, set id to that name", style="yellow"))


def _origin(source: Source) -> str:
    origin = source.origin
    told = " and ".join(map(str, source.published))
    published = f"published {told}" if told else "moment of publication not known"
    parts = (origin.publisher, published, f"fetched {origin.fetched_at}", origin.licence)
    return printable("; ".join(filter(None, (*parts, f"snapshot {origin.sha256[:12]}"))))


def _readable(column: Column | None, value: str) -> str:
    """Return a value as a reader wants it: a long amount with its thousands parted."""
    if column is not None and column.type is ColumnType.DECIMAL and value.isascii() and value.isdigit():
        return f"{int(value):,}"
    return printable(value)


def print_decisions(rows: Sequence[Mapping[str, object]], waiting: int | None = None) -> None:
    """Print decisions, one row each."""
    console = console_of_width(140)
    table = Table("id", "decision", "by", "register", "row", "statements", box=None, pad_edge=False, header_style="dim")
    for row in rows:
        cells = (str(row[name]) for name in ("decision", "by", "register", "subject", "statements"))
        table.add_row(str(row["id"])[:_SHORT], *(Text(printable(cell)) for cell in cells))
    if rows:
        console.print(table)
    left = f"; {waiting} wait" if waiting is not None else ""
    console.print(Text(f"{len(rows)} decided{left}"))


def go_through(review: Review, items: Sequence[Item], *, by: str) -> None:
    """Go through the queue and ask for each fact; leaving at any point keeps what was decided before."""
    console = console_of_width(140)
    print_queue(items, advice=False)
    if not items:
        return
    try:
        name = by or _asked(console, f"your name for the record [{getpass.getuser()}]: ") or getpass.getuser()
        for number, item in enumerate(items, start=1):
            console.rule(f"{number} of {len(items)}", style="dim")
            if not _one(console, review, item, name):
                return
    except EOFError:
        console.print()


def _one(console: Console, review: Review, item: Item, name: str) -> bool:
    """Ask about one fact until it is decided or skipped; say whether to go on."""
    edits: dict[str, str] = {}
    shown = item
    print_item(shown, review.text_of(shown), review.source_of(shown))
    while True:
        answer = _asked(console, f"{_CHOICES}: ").casefold()[:1]
        if answer == "q":
            return False
        if answer == "s":
            return True
        try:
            if answer == "a":
                decided = review.accept(item, by=name, edits=edits)
                console.print(Text(f"accepted as {printable(decided.subject)}", style="green"))
                return True
            if answer == "r":
                review.reject(item, by=name, reason=_asked(console, "why (may stay empty): "))
                console.print(Text("rejected", style="red"))
                return True
            if answer == "e":
                edits |= _edits(console)
                shown = review.edited(item, edits)
                print_item(shown, review.text_of(shown), review.source_of(shown))
        except UsageError as error:
            console.print(Text(str(error), style="red"))
            edits = {name: value for name, value in edits.items() if item.candidate.schema.column(name)}


def _edits(console: Console) -> dict[str, str]:
    found = {}
    while line := _asked(console, "column=value (empty line to end): "):
        column, separator, value = line.partition("=")
        if separator:
            found[column.strip()] = value.strip()
        else:
            console.print(Text("write it like type=biological; column= takes the value out", style="yellow"))
    return found


def _asked(console: Console, prompt: str) -> str:
    return console.input(Text(prompt)).strip()
