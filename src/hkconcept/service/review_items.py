"""A fact in the review queue beside the register: the row that it would make, and the rows that say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from hkconcept.errors import UsageError
from hkconcept.model import PartialDate
from hkconcept.registers.cells import parse_row
from hkconcept.registers.schema import ColumnType, Evidence, Finding, Row
from hkconcept.service.candidates import Candidate

__all__ = ["Item", "is_wording", "known_as", "row_of", "typed"]

_DRUGS: Final = ("drug_zh", "drug_en", "code_names", "asset", "drug")
_SHORTEST: Final = 3


@dataclass(frozen=True, slots=True)
class Item:
    """A fact in the queue: the candidate row, what keeps it from being accepted, and what the register holds.

    ``held`` is the register's row of the same key, or of the same company and drug under another key, and ``differs``
    the columns in which the two disagree, with the held value. ``similar`` are the names of rows of the same company,
    drug and year when there are several: which of them is meant is for a person to say.
    """

    candidate: Candidate
    findings: tuple[Finding, ...]
    held: Row | None
    differs: Mapping[str, str]
    similar: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether it can be accepted as it stands."""
        return not self.findings


def typed(candidate: Candidate, remark: str) -> tuple[Row | None, Iterable[Finding]]:
    """Return the typed row of a candidate; ``remark`` is added to its source, so that every export shows it."""
    source = f"{candidate.source}{remark}"
    evidence = Evidence(known_at=candidate.known_at, source=source, status=candidate.status)
    row, findings = parse_row(candidate.schema, candidate.values, where="", evidence=evidence)
    day = row[candidate.dated] if row is not None else None
    first = day.last_day if isinstance(day, PartialDate) else None
    return (replace(row, valid_from=first) if row is not None else None), findings


def row_of(item: Item, remark: str) -> Row:
    """Return the row that a complete item makes, on the days of the row that the register holds."""
    row, _ = typed(item.candidate, remark)
    if row is None:  # pragma: no cover - the evidence is complete by construction
        raise UsageError("the row has no evidence", where=item.candidate.id[:12])
    held = item.held
    return replace(row, valid_from=held.valid_from, valid_to=held.valid_to) if held is not None else row


def is_wording(item: Item, name: str) -> bool:
    """Whether a value only words, or only concludes, what the register's row says already: 三生制药 and 3SBio."""
    held, column = item.held, item.candidate.schema.column(name)
    if held is None or held[name] is None or column is None:
        return False
    return column.type is ColumnType.TEXT or name in item.candidate.concluded


def known_as(candidate: Candidate, rows: Sequence[Row]) -> list[Row]:
    """Return the register's row of the same key, or those of the same company, drug and year under other keys."""
    same = [row for row in rows if row.text("id") == candidate.values.get("id")]
    if not same:
        drugs = tuple(filter(None, (candidate.values.get(name) for name in _DRUGS)))
        year = (candidate.values.get(candidate.dated) or candidate.known_at.day.isoformat())[:4]
        codes = set(candidate.values.get("hk_code", "").split(";"))
        same = [
            row
            for row in rows
            if row.text(candidate.dated)[:4] == year
            and codes & set(row.text("hk_code").split(";"))
            and row.text("kind") == candidate.values.get("kind", "")
            and any(_alike(drug, row.text(name)) for drug in drugs for name in _DRUGS)
        ]
    return same


def _alike(one: str, other: str) -> bool:
    """Whether one name of a drug is part of another: with its dosage form, or in a list of names."""
    short, long = sorted((one.casefold(), other.casefold()), key=len)
    return len(short) >= _SHORTEST and short in long
