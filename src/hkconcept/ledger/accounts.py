"""What the ledger says of itself: the runs that wrote it, the packaged version it holds, how many rows there are."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from sqlalchemy import Connection, func, insert, select

from hkconcept.ledger.schema import bases, documents, facts, meta, runs, snapshots
from hkconcept.model.times import Moment

__all__ = ["begin_run", "counts", "finish_run", "interrupted_runs", "keep_packaged_version", "packaged_version"]


def begin_run(connection: Connection, *, command: str, version: str, as_of: Moment | None, started: dt.datetime) -> str:
    """Note that a run has started; return its id."""
    run = uuid.uuid4().hex
    row = {"id": run, "command": command, "version": version, "started": started}
    connection.execute(insert(runs), row | {"as_of": as_of.known_by if as_of else None})
    return run


def finish_run(connection: Connection, run: str, *, outcome: str, finished: dt.datetime) -> None:
    """Note how a run ended."""
    connection.execute(runs.update().where(runs.c.id == run).values(finished=finished, outcome=outcome))


def interrupted_runs(connection: Connection) -> tuple[str, ...]:
    """Return the ids of the runs that never said how they ended, oldest first."""
    query = select(runs.c.id).where(runs.c.finished.is_(None)).order_by(runs.c.started, runs.c.id)
    return tuple(connection.scalars(query))


def keep_packaged_version(connection: Connection, version: str) -> None:
    """Remember the version of the packaged facts that is loaded."""
    put = meta.update().where(meta.c.key == "packaged_version").values(value=version)
    if not connection.execute(put).rowcount:
        connection.execute(insert(meta).values(key="packaged_version", value=version))


def packaged_version(connection: Connection) -> str | None:
    """Return the version of the packaged facts that is loaded."""
    return connection.scalar(select(meta.c.value).where(meta.c.key == "packaged_version"))


def counts(connection: Connection) -> Mapping[str, int]:
    """Return the number of rows by table, and of statements by status."""
    held = {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in (snapshots, documents, facts, runs)
    }
    held["statements"] = held.pop("facts")
    by_basis = select(facts.c.basis, func.count().label("rows")).group_by(facts.c.basis).subquery()
    by_status = (
        select(bases.c.status, func.sum(by_basis.c.rows))
        .join(by_basis, by_basis.c.basis == bases.c.id)
        .group_by(bases.c.status)
        .order_by(bases.c.status)
    )
    return held | {row[0]: int(row[1]) for row in connection.execute(by_status)}
