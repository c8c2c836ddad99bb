"""The answers of ``hkconcept concept`` as tables on a terminal. Whatever comes from a source is printed literally."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hkconcept.cli.terminal import console_of_width
from hkconcept.note import i18n

__all__ = ["show"]

Row = Mapping[str, Any]

_GROUPS = {
    "supported": "named, with evidence",
    "weak": "named, weak evidence",
    "outside": "named, not a member",
    "unjudged": "named, not judged",
    "strong_unnamed": "strong evidence, not named",
}


def show(action: str, rows: Sequence[Row]) -> None:
    """Print the rows of one answer."""
    console = console_of_width(160)
    _PRINTERS[action](console, rows)


def _cells(console: Console, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    table = Table(*columns, box=None, pad_edge=False, header_style="dim")
    for row in rows:
        table.add_row(*(Text(i18n.printable("" if cell is None else str(cell))) for cell in row))
    console.print(table)


def _show_concept(console: Console, rows: Sequence[Row]) -> None:
    top = rows[0]
    console.print(Text(f"{top['concept']}: {top['name']['en']} · {top['name']['zh']}", style="bold"))
    console.print(i18n.printable(top["description"]["en"]))
    console.print(
        f"\nas of {top['as_of']}: {top['members']} members of {top['judged']} securities judged"
        f" (universe {top['universe']}, table of {top['universe_taken_on'] or 'today'})"
    )
    console.print(
        f"rules: version {top['version'] or 'none in force'}, written {top['rules_written']} and replayed over what was"
        f" known; memberships are unknown before {top['unknown_before']}"
    )
    console.print(f"facts from: {', '.join(top['facts_from'])}\n")
    roles = [row for row in rows if row["type"] == "role"]
    _cells(console, ("role", "members", "rule"), [(r["role"], r["members"], r["rule"]["en"]) for r in roles])
    left = [row for row in rows if row["type"] == "left_out"]
    console.print()
    _cells(
        console, ("left out because", "securities"), [(r["reason"].replace("_", " "), r["securities"]) for r in left]
    )
    console.print(f"\n{i18n.printable(top['coverage']['en'])}")


def _show_basket(console: Console, rows: Sequence[Row]) -> None:
    columns = ("code", "name", "", "role", "since", "evidence", "facts", "exposure")
    _cells(console, columns, [
        (f"{r['code']}.HK", r["name"], r["name_zh"], r["role"], r["since"], r["strength"], r["facts"], _range(r))
        for r in rows
    ])  # fmt: skip
    unknown = sum(bool(row["unknown"]) for row in rows)
    console.print(f"\n{len(rows)} members" + (f"; a market rule is not known for {unknown}" if unknown else ""))


def _range(row: Row) -> str:
    low, high = row["exposure_low"], row["exposure_high"]
    return low if low == high else f"{low} to {high}"


def _show_changes(console: Console, rows: Sequence[Row]) -> None:
    _cells(console, ("known", "effective", "code", "name", "change", "role", "rules", "because"), [
        (
            row["known_at"][:16].replace("T", " "),
            row["effective"] or "unknown",
            f"{row['code']}.HK",
            row["name"],
            row["action"].replace("_", " "),
            row["role"] or f"was {row['previous']}",
            row["version"],
            "; ".join(fact["fact"] for fact in row["cause"]) or row["reason"].replace("_", " "),
        )
        for row in rows
    ])  # fmt: skip
    console.print(f"\n{len(rows)} changes")


def _show_explain(console: Console, rows: Sequence[Row]) -> None:
    top = rows[0]
    console.print(Text(f"{top['code']}.HK {top['name']} {top['name_zh']} ({top['industry']})", style="bold"))
    verdict = f"member, {top['role']}" if top["role"] else f"not a member: {top['reason'].replace('_', ' ')}"
    console.print(f"as of {top['as_of']}: {verdict} {top['detail']}".rstrip())
    if top["rule"]:
        console.print(f"rule (version {top['version']}): {top['rule']}")
    for unknown in top["unknown"]:
        console.print(f"not known: {unknown}")
    console.print(f"evidence: {top['strength']}\n")
    evidence = [row for row in rows if row["type"] == "evidence"]
    _cells(console, ("known", "kind", "fact", "status", "source"), [
        (row["known_at"], row["kind"], row["fact"], row["status"], row["source"]) for row in evidence
    ])  # fmt: skip
    console.print()
    parts = [row for row in rows if row["type"] == "part"]
    _cells(console, ("exposure", "points", "formula"), [
        (row["part"], "not known" if row["points"] is None else row["points"], row["formula"]) for row in parts
    ])  # fmt: skip
    score = next(row for row in rows if row["type"] == "score")
    console.print(f"score {_range(score)}\n")
    _show_changes(console, [row for row in rows if row["type"] == "change"])


def _show_compared(console: Console, rows: Sequence[Row]) -> None:
    _cells(console, ("group", "code", "name", "role", "facts", "latest"), [
        (
            _GROUPS[row["group"]],
            f"{row['code']}.HK",
            row["name"],
            row.get("role") or row["reason"].replace("_", " "),
            row.get("facts", ""),
            row.get("latest", ""),
        )
        for row in rows
    ])  # fmt: skip


def _show_sensitivity(console: Console, rows: Sequence[Row]) -> None:
    _cells(console, ("part", "weight times", "rank correlation", "moves most", "places"), [
        (row["part"], row["factor"], row["rank_correlation"], row["largest_move"] or "none", row["places"])
        for row in rows
    ])  # fmt: skip
    if rows:
        console.print(f"\nSpearman's correlation of the ranking of {rows[0]['members']} members, one weight changed")


_PRINTERS: Mapping[str, Callable[[Console, Sequence[Row]], None]] = {
    "show": _show_concept,
    "basket": _show_basket,
    "diff": _show_changes,
    "changes": _show_changes,
    "explain": _show_explain,
    "compare": _show_compared,
    "sensitivity": _show_sensitivity,
}
