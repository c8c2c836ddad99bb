"""Facts of an index from tables that a user keeps: memberships, actions, shares, scores and rates."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

from hkconcept.errors import SourceError
from hkconcept.index.facts import ActionKind, ActionRow, ExposureRow, Facts, MembershipRow, RateRow, SharesRow
from hkconcept.market.spellings import read_code
from hkconcept.model import Moment

if TYPE_CHECKING:
    from hkconcept.readers.tables import GridRow, Table

__all__ = ["read_facts", "read_members"]

_STEMS: Final = ("members", "actions", "shares", "exposure", "rates")
_KINDS: Final = (".csv", ".xlsx")
_Cell = Callable[[str], object]


def read_members(path: str | Path) -> tuple[MembershipRow, ...]:
    """Read memberships: columns code, change (in or out), effective, known_at; announced, role, reason, source.

    Raises
    ------
    SourceError
        A column is missing or a cell cannot be read; file, row and column are named.

    """
    return tuple(MembershipRow(**row) for row in _rows(Path(path), _MEMBERS, "code change effective known_at"))


def read_facts(folder: str | Path) -> Facts:
    """Read the facts of a folder: members, actions, shares, exposure, rates, each ``.csv`` or ``.xlsx`` or missing.

    A file of actions says that dividends were collected, so that there is a total return.

    Raises
    ------
    SourceError
        As :func:`read_members`; or the folder holds none of them.

    """
    held = {stem: path for stem in _STEMS for kind in _KINDS if (path := Path(folder) / f"{stem}{kind}").is_file()}
    if not held:
        raise SourceError("no table of facts", where=str(folder), todo=f"name them {', '.join(_STEMS)} (.csv or .xlsx)")

    def rows(stem: str, cells: Mapping[str, _Cell], needed: str) -> Iterable[dict[str, Any]]:
        return _rows(held[stem], cells, needed) if stem in held else ()

    return Facts(
        read_members(held["members"]) if "members" in held else (),
        tuple(ActionRow(**row) for row in rows("actions", _ACTIONS, "code kind ex_date known_at")),
        tuple(SharesRow(**row) for row in rows("shares", _SHARES, "code shares effective known_at")),
        tuple(ExposureRow(**row) for row in rows("exposure", _EXPOSURE, "code score effective known_at")),
        tuple(RateRow(**row) for row in rows("rates", _RATES, "currency session rate")),
        "actions" in held,
    )


def _rows(path: Path, cells: Mapping[str, _Cell], needed: str) -> Iterable[dict[str, Any]]:
    from hkconcept.readers.tables import read_table_file  # noqa: PLC0415 - brings the readers of every format

    for table in read_table_file(str(path)).tables:
        head = table.rows[0]
        columns = {text.strip().lower().replace(" ", "_"): at for at, text in enumerate(head.cells) if text.strip()}
        missing = [name for name in needed.split() if name not in columns]
        unknown = [name for name in columns if name not in cells]
        if missing or unknown:
            what = f"no column {missing[0]}" if missing else f"unknown column {unknown[0][:40]!r}"
            raise SourceError(what, where=table.place(head), todo=f"columns: {', '.join(cells)}")
        for row in table.rows[1:]:
            yield {
                name: _read(table, row, at, name, cells[name], needed)
                for name, at in columns.items()
                if row.cell(at) or name in needed.split()
            }


def _read(table: Table, row: GridRow, at: int, name: str, cell: _Cell, needed: str) -> object:  # noqa: PLR0913, PLR0917 - where a cell stands
    text = row.cell(at)
    if name == "code" and at in row.numeric:
        raise SourceError(
            f"the code {text} is stored as a number, which loses its zeros",
            where=table.place(row, at),
            todo="store it as text, like 01801",
        )
    if not text and name in needed.split():
        raise SourceError(f"{name} is empty", where=table.place(row, at), todo="fill the cell")
    try:
        return cell(text)
    except ValueError as error:
        raise SourceError(f"{text[:40]!r} {error}", where=table.place(row, at), todo="correct the cell") from error
    except SourceError as error:
        raise SourceError(error.what, where=table.place(row, at), todo=error.todo) from error


def _day(text: str) -> dt.date:
    try:
        return dt.datetime.fromisoformat(text).date()  # a workbook gives a day as its midnight
    except ValueError:
        raise ValueError("is not a day like 2026-01-07") from None


def _moment(text: str) -> Moment:
    try:
        return Moment.parse(text)
    except ValueError:
        raise ValueError("is not a day or a time like 2026-01-07 17:00") from None


def _number(text: str) -> float:
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < 0:
        raise ValueError("is not a number from 0 on")
    return value


def _one_of(*choices: str) -> _Cell:
    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(f"is none of {', '.join(choices)}")
        return text

    return read


_TEXTS: Final[dict[str, _Cell]] = {"source": str}
_WHEN: Final[dict[str, _Cell]] = {"effective": _day, "known_at": _moment}
_MEMBERS: Final[dict[str, _Cell]] = {
    "code": read_code,
    "change": _one_of("in", "out"),
    **_WHEN,
    "announced": _day,
    "role": str,
    "reason": str,
    **_TEXTS,
}
_ACTIONS: Final[dict[str, _Cell]] = {
    "code": read_code,
    "kind": _one_of(*get_args(ActionKind)),
    "ex_date": _day,
    "known_at": _moment,
    "amount": _number,
    "ratio": _number,
    "price": _number,
    "currency": str,
    **_TEXTS,
}
_SHARES: Final[dict[str, _Cell]] = {"code": read_code, "shares": _number, "free_float": _number, **_WHEN, **_TEXTS}
_EXPOSURE: Final[dict[str, _Cell]] = {"code": read_code, "score": _number, **_WHEN, **_TEXTS}
_RATES: Final[dict[str, _Cell]] = {"currency": str, "session": _day, "rate": _number, **_TEXTS}
