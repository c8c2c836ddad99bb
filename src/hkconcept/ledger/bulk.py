"""Loading a frame of statements: named, numbered and added a column at a time instead of one by one."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256
from typing import get_args

import polars as pl
from sqlalchemy import Connection, Table

from hkconcept.ledger.copying import adding_many
from hkconcept.ledger.crossings import note_crossings
from hkconcept.ledger.schema import bases, facts, predicates, subjects
from hkconcept.ledger.statement import Status, canonical_json
from hkconcept.ledger.writing import AS_JSON, add_recording, next_recording, numbers_of

__all__ = ["add_frame"]

_AT_ONCE = 250_000
_WORDS = ("subject_kind", "subject", "attribute", "value", "source", "status")
_DAYS = ("valid_from", "valid_to")
_HKT = dt.timedelta(hours=8)
_FIRST, _LAST = dt.date.min, dt.date.max
_AS_JSON = "[" + "".join(sorted(AS_JSON)) + "]"
_ESCAPED = r'["\\\x00-\x1f]'  # the characters that JSON does not write as they are


def add_frame(connection: Connection, frame: pl.DataFrame, *, recorded_at: dt.datetime, run: str | None) -> int:
    """Add the statements of a frame that are not held; see :meth:`hkconcept.ledger.store.Ledger.load`."""
    rows = _typed(frame)
    _refuse_impossible(rows)
    if rows.is_empty():
        return 0
    recording = next_recording(connection)
    new = sum(_add(connection, rows[start : start + _AT_ONCE], recording) for start in range(0, len(rows), _AT_ONCE))
    if new:
        add_recording(connection, recording, recorded_at=recorded_at, run=run)
    return new


def _typed(frame: pl.DataFrame) -> pl.DataFrame:
    """Check columns and types; add what is left out, the instant in UTC and the precision of each time."""
    optional: dict[str, pl.DataType] = {"valid_from": pl.Date(), "valid_to": pl.Date(), "supersedes": pl.String()}
    missing = [name for name in (*_WORDS, "known_at") if name not in frame.columns]
    unknown = sorted(set(frame.columns) - {*_WORDS, *optional, "known_at"})
    if missing or unknown:
        wrong = f"lacks {', '.join(missing)}" if missing else f"has unknown columns: {', '.join(unknown)}"
        msg = f"the frame {wrong}; columns are {', '.join((*_WORDS, 'known_at'))} and {', '.join(optional)}"
        raise ValueError(msg)
    absent = [pl.lit(None, dtype).alias(name) for name, dtype in optional.items() if name not in frame.columns]
    frame = frame.with_columns(absent)
    every: pl.Schema = pl.Schema({**dict.fromkeys(_WORDS, pl.String()), **optional})
    for name, wanted in every.items():
        if frame.schema[name] not in (wanted, pl.Null()):
            msg = f"the column {name} is {frame.schema[name]}, not {wanted}"
            raise ValueError(msg)
    known = frame.schema["known_at"]
    if known == pl.Date:
        # As Moment.of_day: the day in Hong Kong, counted as known from its end.
        at, precision, assumed = pl.col("known_at").cast(pl.Datetime("us")) - _HKT, "day", True
    elif isinstance(known, pl.Datetime) and known.time_zone:
        at = pl.col("known_at").dt.cast_time_unit("us").dt.convert_time_zone("UTC").dt.replace_time_zone(None)
        precision, assumed = "second", False
    else:
        msg = f"the column known_at is {known}; give days, or times with a zone"
        raise ValueError(msg)
    return frame.with_columns(
        *(pl.col(name).cast(dtype) for name, dtype in every.items()),  # a column of nulls alone has no type yet
        at.alias("at"),
        known_precision=pl.lit(precision),
        known_zone_assumed=pl.lit(assumed),
        is_json=pl.col("value").str.contains(_AS_JSON),
    )


def _refuse_impossible(rows: pl.DataFrame) -> None:
    """Refuse the first row that a :class:`Statement` would refuse, by its number from 0."""
    empty = pl.any_horizontal(pl.col(name).fill_null("") == "" for name in ("subject_kind", "subject", "attribute"))
    zero = pl.any_horizontal(pl.col(name).str.contains("\0", literal=True) for name in _WORDS if name != "value")
    outside = pl.any_horizontal(~pl.col(name).is_between(_FIRST, _LAST).fill_null(value=True) for name in _DAYS)
    rules = {
        "a statement needs a subject kind, a subject and an attribute": empty,
        "value, source and status may not be null": pl.any_horizontal(pl.col("value", "source", "status").is_null()),
        "known_at may not be null": pl.col("at").is_null(),
        "a text holds a zero character": zero,
        f"the status is none of {', '.join(get_args(Status))}": ~pl.col("status").is_in(get_args(Status)),
        "a retraction needs the id of the statement that it takes back": (
            (pl.col("status") == "retracted") & pl.col("supersedes").is_null()
        ),
        "supersedes is no id of 64 hexadecimal digits": ~pl.col("supersedes").str.contains(r"^[0-9a-f]{64}$"),
        "a day lies outside the years 1 to 9999": outside,
        "valid_to is not after valid_from (the end is exclusive)": pl.col("valid_to") <= pl.col("valid_from"),
    }
    for sentence, broken in rules.items():
        places = rows.select(broken.fill_null(value=False).arg_true()).to_series()
        if len(places):
            msg = f"row {places[0]}: {sentence}"
            raise ValueError(msg)


def _add(connection: Connection, rows: pl.DataFrame, recording: int) -> int:
    rows = rows.with_columns(pl.Series("id", _ids(rows), dtype=pl.Binary))
    if rows["is_json"].any():
        rows = rows.with_columns(pl.when("is_json").then(_quoted(rows["value"])).otherwise("value").alias("value"))
    rows = _numbered(connection, rows, subjects, ("subject", "subject_kind"))
    rows = _numbered(connection, rows, predicates, ("attribute", "subject_kind"))
    of_basis = ("source", "status", "known_precision", "known_zone_assumed", "is_json")
    rows = _numbered(connection, rows, bases, of_basis)
    later = pl.when(pl.col("known_precision") == "day").then(pl.duration(days=1)).otherwise(pl.duration(days=0))
    rows = rows.sort("subjects", "predicates").select(
        "subjects",
        "predicates",
        "id",
        "value",
        pl.col(*_DAYS).to_physical(),
        (pl.col("at") + later).dt.timestamp("us"),
        "bases",
        pl.col("supersedes").str.decode("hex"),
    )
    same: dict[str, int | None] = {"recording": recording}
    if rows["supersedes"].null_count() == len(rows):
        rows = rows.drop("supersedes")
        same["supersedes"] = None
    columns = (column.to_list() for column in rows.iter_columns())
    new = adding_many(connection, facts, zip(*columns, strict=True), same=same)
    if "supersedes" in rows.columns:
        corrections = rows.filter(pl.col("supersedes").is_not_null())
        note_crossings(connection, corrections.select("subjects", "predicates", "supersedes").iter_rows())
    return new


def _numbered(connection: Connection, rows: pl.DataFrame, table: Table, names: tuple[str, ...]) -> pl.DataFrame:
    """Add the numbers of the words of some columns under the name of their table."""
    words = rows.select(names).unique()
    of_word = numbers_of(connection, table, words.rows())
    numbers = words.with_columns(pl.Series(table.name, [of_word[word] for word in words.iter_rows()], dtype=pl.Int64))
    return rows.join(numbers, on=names, how="left", maintain_order="left")


def _ids(rows: pl.DataFrame) -> list[bytes]:
    """Name every row as :class:`Statement` would: the digest of the same text."""
    digests = [sha256(line).digest() for line in rows.select(_line(rows).cast(pl.Binary)).to_series().to_list()]
    if rows["supersedes"].null_count() < len(rows):
        targets = rows["supersedes"].to_list()
        for place, target in enumerate(targets):
            if target is not None:
                digests[place] = sha256(f"{digests[place].hex()} {target}".encode()).digest()
    return digests


def _line(rows: pl.DataFrame) -> pl.Expr:
    """Write the canonical JSON of every row, keys in their order, as one column."""
    whole = pl.col("at").dt.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    fine = pl.col("at").dt.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00")
    at = _once_each(rows, "at", pl.when(pl.col("at").dt.microsecond() == 0).then(whole).otherwise(fine))
    first, last = (_once_each(rows, day, pl.col(day).dt.strftime('"%Y-%m-%d"').fill_null("null")) for day in _DAYS)
    quoted = {name: _quoted(rows[name]) for name in _WORDS}
    assumed = pl.when("known_zone_assumed").then(pl.lit("true")).otherwise(pl.lit("false"))
    return pl.concat_str(
        pl.lit('{"attribute":'), quoted["attribute"],
        pl.lit(',"document":null,"known_at":["'), at, pl.lit('","'), "known_precision", pl.lit('",'), assumed,
        pl.lit('],"quote":null,"source":'), quoted["source"],
        pl.lit(',"status":'), quoted["status"],
        pl.lit(',"subject":'), quoted["subject"],
        pl.lit(',"subject_kind":'), quoted["subject_kind"],
        pl.lit(',"valid_from":'), first, pl.lit(',"valid_to":'), last,
        pl.lit(',"value":'), quoted["value"], pl.lit("}"),
    )  # fmt: skip


def _once_each(rows: pl.DataFrame, name: str, written: pl.Expr) -> pl.Expr:
    """Write each different value of a column once, since days and times repeat; return the column as written."""
    column = rows.select(name)
    of_each = column.unique().with_columns(written.alias("written"))
    joined = column.join(of_each, on=name, how="left", nulls_equal=True, maintain_order="left")
    return pl.lit(joined["written"])


def _quoted(texts: pl.Series) -> pl.Expr:
    if texts.str.contains(_ESCAPED).any():
        return pl.lit(pl.Series([canonical_json(text) for text in texts], dtype=pl.String))
    return pl.concat_str(pl.lit('"'), pl.col(texts.name), pl.lit('"'))
