"""Folders of price files as exported by data vendors: CSV, Parquet and XLSX, one security a file or many.

Wind, Choice, Futu and Yahoo name files, codes and columns each in their own way; all are read alike. What the files
cannot say, on which basis their prices are, the user says: in ``source.yml`` beside the files, or when opening.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hkconcept.errors import SourceError
from hkconcept.market.columns import column_of, volume_scale
from hkconcept.market.price_rows import PriceRow
from hkconcept.market.segments import Segment
from hkconcept.market.sources import Fetched, trading_rows
from hkconcept.market.spellings import read_code
from hkconcept.readers.strict_yaml import StrictYaml

if TYPE_CHECKING:
    from hkconcept.readers.tables import Table

__all__ = ["LABEL", "Folder", "open_folder"]

LABEL: Final = "source.yml"
"""The file that says what the others are: provider, basis (adjusted or unadjusted), currency, retrieved."""

_KINDS = (".csv", ".txt", ".xlsx", ".parquet")
_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[ T]00:00(?::00(?:\.0+)?)?)?")
_NONE = ("", "-", "--", "nan", "null", "none", "n/a", "#n/a")


def open_folder(path: str | Path, **said: str) -> Folder:
    """Open a folder of price files.

    Parameters
    ----------
    path
        The folder. A file in it is named by its code, in any spelling (``01801.HK.csv``, ``HK.00700.xlsx``), or has
        a column of codes, or a column of closes for each code.
    said
        ``provider``, ``basis``, ``currency`` and ``retrieved``, which go before those of ``source.yml``.

    Raises
    ------
    SourceError
        There is no such folder, it holds no price file, or its basis is said nowhere.

    """
    folder = Path(path)
    if not folder.is_dir():
        raise SourceError("this is not a folder", where=str(path), todo="give a folder of price files")
    files = tuple(sorted(p for p in folder.iterdir() if p.suffix.lower() in _KINDS and p.is_file()))
    if not files:
        raise SourceError(f"no price files ({', '.join(_KINDS)})", where=str(path), todo="give a folder with some")
    label = {**_label(folder / LABEL), **said}
    basis = label.get("basis")
    if basis not in ("adjusted", "unadjusted"):
        what = (
            f"basis {basis!r} is neither adjusted nor unadjusted" if basis else "nothing says the basis of the prices"
        )
        raise SourceError(what, where=str(path), todo=f"write 'basis: unadjusted' or 'basis: adjusted' into {LABEL}")
    retrieved = label.get("retrieved")
    try:
        day = dt.date.fromisoformat(retrieved) if retrieved else None
    except ValueError as error:
        raise SourceError(f"{retrieved!r} is not a day", where=f"{path}, retrieved", todo="write 2026-01-07") from error
    segment = Segment(
        label.get("provider", folder.name),
        "adjusted" if basis == "adjusted" else "unadjusted",
        label.get("currency", "HKD"),
        day,
        folder.name,
    )
    return Folder(files, segment)


class Folder:
    """A folder of price files as a :class:`PriceSource`."""

    __slots__ = ("_files", "_segment")

    def __init__(self, files: Sequence[Path], segment: Segment) -> None:
        """Keep the files and what they are; use :func:`open_folder`."""
        self._files = tuple(files)
        self._segment = segment

    @property
    def segment(self) -> Segment:
        """Provider, basis and currency of every row."""
        return self._segment

    def fetch(
        self, codes: Sequence[str] | None = None, first: dt.date | None = None, last: dt.date | None = None
    ) -> Fetched:
        """Return the rows; see :meth:`PriceSource.fetch`. A code of which there is no file has no rows."""
        wanted = None if codes is None else frozenset(codes)
        rows: list[PriceRow] = []
        remarks: list[str] = []
        for path in self._files:
            named = _code_of_name(path)
            if named is not None and wanted is not None and named not in wanted:
                continue
            read = _parquet(path) if path.suffix.lower() == ".parquet" else _tables(path)
            held = [
                row
                for row in self._rows(read, named)
                if (wanted is None or row.code in wanted)
                and (first is None or row.session >= first)
                and (last is None or row.session <= last)
            ]
            kept, left_out = trading_rows(held, path.name)
            rows.extend(kept)
            remarks.extend(left_out)
        return Fetched(tuple(rows), tuple(remarks))

    def _rows(self, tables: Iterable[Table], named: str | None) -> Iterator[PriceRow]:
        for table in tables:
            if table.rows:
                yield from _rows_of(table, named, adjusted=self._segment.basis == "adjusted")


def _rows_of(table: Table, named: str | None, *, adjusted: bool) -> Iterator[PriceRow]:
    head = table.rows[0]
    session = column_of("session", head.cells)
    if session is None:
        raise SourceError("no column of dates", where=table.place(head), todo="call one date or 日期")
    close, both = column_of("close", head.cells), column_of("adjusted", head.cells)
    if adjusted and both is not None:
        close = both
    if close is None:
        yield from _wide(table, session)
        return
    code = column_of("code", head.cells)
    if code is None and named is None:
        raise SourceError(
            "neither the name of the file nor a column gives the code", where=table.place(), todo="name it 01801.HK.csv"
        )
    volume = column_of("volume", head.cells)
    scale = volume_scale(head.cell(volume)) if volume is not None else None
    # The day's range is on the basis of the close only when there is one close.
    ranges = [None if close == both else column_of(name, head.cells) for name in ("open", "high", "low")]
    for row in table.rows[1:]:
        price = _number(table, row, close)
        if price is None:
            continue
        traded = _number(table, row, volume) if volume is not None and scale is not None else None
        opened, high, low = (None if at is None else _number(table, row, at) for at in ranges)
        yield PriceRow(
            named if code is None else _code(table, row, code),  # type: ignore[arg-type] # one of them is there
            _session(table, row, session),
            price,
            None if traded is None or scale is None else traded * scale,
            opened,
            high,
            low,
        )


def _wide(table: Table, session: int) -> Iterator[PriceRow]:
    """Read a table of closes with a column for each code."""
    head = table.rows[0]
    columns = [at for at, text in enumerate(head.cells) if at != session and text]
    if not columns:
        raise SourceError("no column of closes", where=table.place(head), todo="call one close or 收盘价")
    codes = {at: _code(table, head, at) for at in columns}
    for row in table.rows[1:]:
        day = _session(table, row, session)
        for at, code in codes.items():
            price = _number(table, row, at)
            if price is not None:
                yield PriceRow(code, day, price)


def _code(table: Table, row: Any, at: int) -> str:  # noqa: ANN401 - a row of the grid
    if at in row.numeric:
        raise SourceError(
            f"the code {row.cell(at)} is stored as a number, which loses its zeros",
            where=table.place(row, at),
            todo="store it as text, like 01801",
        )
    return read_code(row.cell(at), where=table.place(row, at))


def _session(table: Table, row: Any, at: int) -> dt.date:  # noqa: ANN401 - as above
    found = _DAY.fullmatch(row.cell(at))
    try:
        if found:
            return dt.date(*(int(part) for part in found.groups()))
    except ValueError:
        pass
    raise SourceError(
        f"{row.cell(at)[:40]!r} is not a day", where=table.place(row, at), todo="write it like 2026-01-07"
    )


def _number(table: Table, row: Any, at: int) -> float | None:  # noqa: ANN401 - as above
    text = row.cell(at).replace(",", "")
    if text.lower() in _NONE:
        return None
    try:
        value = float(text) if text.isascii() else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < 0:
        raise SourceError(
            f"{text[:40]!r} is not a price or a volume", where=table.place(row, at), todo="correct the cell"
        )
    return value


def _code_of_name(path: Path) -> str | None:
    try:
        return read_code(path.name[: -len(path.suffix)])
    except SourceError:
        return None


def _tables(path: Path) -> tuple[Table, ...]:
    from hkconcept.readers.tables import read_table_file  # noqa: PLC0415 - parquet needs no reader of tables

    return read_table_file(str(path)).tables


def _parquet(path: Path) -> tuple[Table, ...]:
    """Read a Parquet file as a grid of texts, so that one set of rules serves all formats."""
    import polars as pl  # noqa: PLC0415 - only Parquet needs it here

    from hkconcept.readers.tables import GridRow, Table  # noqa: PLC0415 - as above

    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise SourceError("this is not a Parquet file", where=path.name, todo="export it again") from error
    numeric = frozenset(n for n, kind in enumerate(frame.dtypes) if kind.is_numeric())
    head = GridRow(0, tuple(frame.columns))
    rows = (
        GridRow(n, tuple("" if cell is None else str(cell) for cell in cells), numeric=numeric)
        for n, cells in enumerate(frame.iter_rows(), start=1)
    )
    return (Table("", "csv", (head, *rows), where=path.name),)


def _label(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    reader, root = StrictYaml.open(path)
    found = reader.mapping(root, (), ("provider", "basis", "currency", "retrieved", "note"))
    return {name: reader.text(node) for name, node in found.items()}
