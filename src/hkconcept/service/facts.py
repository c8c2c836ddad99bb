"""The packaged facts as statements for the ledger: totals, instruments, and the evidence of every membership."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from importlib.resources import files

from hkconcept.concept import load_definition
from hkconcept.ledger import Statement
from hkconcept.model import Moment
from hkconcept.registers import FactRow, approvals, deals, policies
from hkconcept.registers.published import fact_rows as total_rows

__all__ = ["facts_version", "packaged_facts"]

_TABLES = ("registers", "concepts")
_CONCEPTS = ("cn-innovative-drugs",)
_DAY = dt.timedelta(days=1)


def facts_version() -> str:
    """Return a hash over the packaged tables; another hash means that the workspace must load them again."""
    digest = hashlib.sha256()
    for table in _TABLES:
        for path in sorted(files("hkconcept").joinpath("data", table).iterdir(), key=lambda item: item.name):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def packaged_facts() -> Iterator[Statement]:
    """Yield every packaged fact that has a moment of first knowledge and a source."""
    yield from _of_rows("total", total_rows((*approvals.totals(), *deals.totals())))
    yield from _of_rows("policy", policies.fact_rows(policies.packaged()))
    for concept in _CONCEPTS:
        for member in load_definition(concept).members:
            for fact in member.evidence:
                yield Statement(
                    subject_kind="security",
                    subject=member.code,
                    attribute=f"evidence:{concept}",
                    value={
                        "role": member.role,
                        "kind": fact.kind,
                        "en": fact.fact_en,
                        "zh": fact.fact_zh,
                        "status": fact.status,
                    },
                    known_at=fact.known_at,
                    status="packaged",
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
