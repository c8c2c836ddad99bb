"""The packaged facts as statements for the ledger: totals, instruments, and the reviewed facts of concepts."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from importlib.resources import files

from hkconcept.concept.register_facts import reviewed
from hkconcept.ledger import Statement
from hkconcept.model import Moment
from hkconcept.registers import FactRow, approvals, deals, policies
from hkconcept.registers.published import fact_rows as total_rows

__all__ = ["facts_version", "packaged_facts"]

_TABLES = ("registers", "concepts")
_DAY = dt.timedelta(days=1)


def facts_version() -> str:
    """Return a hash over the packaged tables; another hash means that the workspace must load them again."""
    digest = hashlib.sha256()
    for table in _TABLES:
        folder = files("hkconcept").joinpath("data", table)
        for path in sorted((item for item in folder.iterdir() if item.is_file()), key=lambda item: item.name):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def packaged_facts() -> Iterator[Statement]:
    """Yield every packaged fact that has a moment of first knowledge and a source."""
    yield from _of_rows("total", total_rows((*approvals.totals(), *deals.totals())))
    yield from _of_rows("policy", policies.fact_rows(policies.packaged()))
    for code, fact in reviewed():
        yield Statement(
            subject_kind="security",
            subject=code,
            attribute=f"fact:{fact.kind}",
            value={"en": fact.fact_en, "zh": fact.fact_zh, "status": fact.status, **dict(fact.attributes)},
            known_at=fact.known_at,
            status="packaged",
            valid_from=fact.valid_from,
            valid_to=fact.valid_to,
            source=fact.source,
        )


def _of_rows(kind: str, rows: Iterable[FactRow]) -> Iterator[Statement]:
    for row in rows:
        yield Statement(
            subject_kind=kind,
            subject=row.subject.removeprefix(f"{kind}:"),
            attribute=row.name,
            value={"value": row.value, "status": row.status},
            known_at=Moment(row.known_at, "second"),
            status="packaged",
            valid_from=row.valid_from,
            # A register's last day is included; the ledger's end is exclusive.
            valid_to=row.valid_to + _DAY if row.valid_to else None,
            source=row.source,
        )
