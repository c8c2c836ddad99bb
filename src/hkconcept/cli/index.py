"""``hkconcept index``: levels, weights, divisors and attribution of an index, with the audit trail and charts."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hkconcept.cli.answer import as_table, write_lines
from hkconcept.cli.arguments import Command
from hkconcept.cli.source import moment
from hkconcept.errors import NotAvailableError, SourceError, UsageError
from hkconcept.service.clock import now
from hkconcept.service.indices import Index, open_index

if TYPE_CHECKING:
    from hkconcept.index import Calculation
    from hkconcept.note.contents import NoteLanguage

__all__ = ["run"]

Rows = Iterator[dict[str, Any]]
_SHOWN = 12  # securities on a chart: more is a smear


def run(command: Command) -> int:
    """Calculate the index and answer one question about it."""
    index = open_index(
        command.methodology,
        as_of=moment(command.as_of, "--as-of") if command.as_of else now(),
        prices=command.prices,
        members=command.members,
        facts=command.facts,
    )
    rows = list(_ACTIONS[command.action](command, index))
    # Files first: a reader of our output that stops early must not stop them.
    if command.export:
        _export(command.export, index)
    if command.chart:
        _chart(command, index, rows)
    if as_table(command):
        from hkconcept.cli.index_tables import show  # noqa: PLC0415 - 80 ms that only a table needs

        show(command.action, rows, index)
    else:
        write_lines(rows)
        for remark in index.remarks:
            print(f"hkconcept: {remark}", file=sys.stderr)  # noqa: T201 - beside the data, not in it
    return 0


def _levels(command: Command, index: Index) -> Rows:
    since, until = _day(command.since, "--from"), _day(command.until, "--to")
    for stretch, one in enumerate(index.calculations, start=1):
        frame = one.levels(currency=command.currency, rates=index.facts.rates)
        for row in frame.iter_rows(named=True):
            if (since is None or row["session"] >= since) and (until is None or row["session"] <= until):
                yield {"type": "level", "stretch": stretch, **_plain(row)}


def _weights(command: Command, index: Index) -> Rows:
    on = _day(command.on, "--on") or index.latest.sessions[-1]
    one = _holding(index, on)
    for row in one.weights(on).iter_rows(named=True):
        yield {"type": "weight", **_plain(row)}


def _divisors(_: Command, index: Index) -> Rows:
    for stretch, one in enumerate(index.calculations, start=1):
        for entry in one.entries():
            row = {name: getattr(entry, name) for name in type(entry).__slots__ if name != "detail"}
            yield {"type": "divisor", "stretch": stretch, **_plain(row), "late": entry.late, "reason": entry.reason}


def _attribution(command: Command, index: Index) -> Rows:
    end = _day(command.until, "--to") or index.latest.sessions[-1]
    one = _holding(index, end)
    start = _day(command.since, "--from") or one.sessions[0]
    if _holding(index, start) is not one:
        raise UsageError(
            f"{start} and {end} lie in different stretches of prices", where="index attribution", todo="stay inside one"
        )
    rows = one.contributions(start, end)
    span = {"from": str(start), "to": str(end)}
    roles: dict[str, float] = {}
    percents: dict[str, float] = {}
    for row in rows.iter_rows(named=True):
        roles[row["role"]] = roles.get(row["role"], 0.0) + row["points"]
        percents[row["role"]] = percents.get(row["role"], 0.0) + row["percent"]
    for role, points in sorted(roles.items(), key=lambda item: -item[1]):
        yield {"type": "role", **span, "role": role, "points": points, "percent": percents[role]}
    for row in rows.iter_rows(named=True):
        yield {"type": "security", **span, **_plain(row)}


_ACTIONS = {"levels": _levels, "weights": _weights, "divisors": _divisors, "attribution": _attribution}


def _holding(index: Index, day: dt.date) -> Calculation:
    """Return the stretch that has a session."""
    for one in index.calculations:
        if one.sessions[0] <= day <= one.sessions[-1]:
            return one
    spans = "; ".join(f"{one.sessions[0]} to {one.sessions[-1]}" for one in index.calculations)
    raise NotAvailableError(f"no level on {day}", where=index.latest.methodology.index, todo=f"levels are held {spans}")


def _export(path: Path, index: Index) -> None:
    from hkconcept.index.audit import write_workbook  # noqa: PLC0415 - only a workbook needs it

    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"{path.name} is not an .xlsx file", where="--export", todo="give a name that ends in .xlsx")
    write_workbook(path, index.calculations, index.facts)


def _chart(command: Command, index: Index, rows: list[dict[str, Any]]) -> None:
    from hkconcept.market import Bars  # noqa: PLC0415 - only a chart needs these
    from hkconcept.market.bars import INDEX  # noqa: PLC0415 - as above
    from hkconcept.note.contents import Bilingual  # noqa: PLC0415 - as above
    from hkconcept.note.index_charts import level_svg  # noqa: PLC0415 - as above

    path = command.chart
    assert path is not None  # noqa: S101 - as asked by the caller
    language: NoteLanguage = "zh" if path.name.endswith(".zh.svg") else "en"
    rules = index.latest.methodology
    name = Bilingual(rules.name_zh, rules.name_en)
    if path.suffix.lower() != ".svg" or command.action not in {"levels", "attribution"}:
        raise UsageError("a chart is an .svg of levels or attribution", where="--chart", todo="give such a name")
    if command.action == "attribution":
        drawn = _contributions(rows, name, language)
    else:
        last = rows[-1]["stretch"] if rows else 0
        mine = [row for row in rows if row["stretch"] == last]
        levels = [(dt.date.fromisoformat(r["session"]), Decimal(r["price"] or r["total"])) for r in mine]
        if not levels:
            raise NotAvailableError("no session lies in that span", where="--chart")
        closes = {day: bar.close for day, bar in Bars.packaged().held(INDEX).items()}
        drawn = level_svg(name, levels, closes, language)
    try:
        path.write_text(drawn, encoding="utf-8")
    except OSError as error:
        raise SourceError(f"the chart cannot be written: {error.strerror}", where=str(path)) from error


def _contributions(rows: list[dict[str, Any]], name: Any, language: NoteLanguage) -> str:  # noqa: ANN401 - bilingual
    from hkconcept.linking import Gazetteer  # noqa: PLC0415 - only a chart needs names
    from hkconcept.model import StockCode  # noqa: PLC0415 - as above
    from hkconcept.note.contents import Bilingual  # noqa: PLC0415 - as above
    from hkconcept.note.index_charts import Contribution, contribution_svg  # noqa: PLC0415 - as above

    listings = Gazetteer.packaged().listings
    start, end = (dt.date.fromisoformat(rows[0][key]) for key in ("from", "to"))
    drawn = [
        Contribution(
            Bilingual(_ROLES.get(r["role"], (r["role"], r["role"]))[0], _ROLES.get(r["role"], (r["role"],) * 2)[1]),
            r["points"],
            is_role=True,
        )
        for r in rows
        if r["type"] == "role"
    ]
    securities = [row for row in rows if row["type"] == "security"]
    kept = sorted(securities, key=lambda row: -abs(row["points"]))[:_SHOWN]
    for row in sorted(kept, key=lambda row: -row["points"]):
        listing = listings.get(StockCode(row["code"]))
        zh, en = (listing.name("zh-Hans", end), listing.name("en", end)) if listing else (row["code"],) * 2
        drawn.append(Contribution(Bilingual(f"{zh} {row['code']}", f"{en} {row['code']}"), row["points"]))
    rest = [row["points"] for row in securities if row not in kept]
    if rest:
        drawn.append(Contribution(Bilingual(f"其余{len(rest)}只", f"{len(rest)} others"), sum(rest)))
    return contribution_svg(name, drawn, (start, end), language)


_ROLES = {
    "innovator": ("创新药企", "innovators"),
    "cxo": ("研发外包（CXO）", "contract organisations (CXO)"),
    "": ("未注明角色", "role not given"),
}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, (dt.date, Decimal)) else value for name, value in row.items()}


def _day(text: str | None, option: str) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a day", where=option, todo="write it like 2026-01-08") from error
