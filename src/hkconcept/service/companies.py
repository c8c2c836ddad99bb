"""Which listed companies a drug, an approval or a deal concerns, and since when one could know."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hkconcept.errors import NotAvailableError
from hkconcept.model import Moment, StockCode
from hkconcept.registers.drugs import Drug, drug_of, find, mentions
from hkconcept.registers.levels import Level, level
from hkconcept.registers.schema import Evidence, Row
from hkconcept.registers.view import View
from hkconcept.service.registers import open_register
from hkconcept.text import fold

if TYPE_CHECKING:
    from hkconcept.service.workspace import Workspace

__all__ = ["Concerned", "Link", "companies", "drugs_named", "payment_level", "rows_about"]

# Where each register prints the drug, and what its company is there when no column says so.
_NAMED_IN: Final = {
    "approvals": (("drug_zh", "drug_en", "code_names", "brand"), "holder"),
    "deals": (("asset",), "licensor"),
    "designations": (("drug", "drug_en"), "holder"),
    "payment": (("drug_zh", "brand"), "holder"),
}
# Names are no dated knowledge; they are looked up as they are held now.
_EVER: Final = Moment.parse("9998-01-01")


@dataclass(frozen=True, slots=True)
class Link:
    """One listed company that one row ties to the drug.

    ``since`` is the first instant at which both the row and the company's part in it could be known; ``row`` the
    row's name in its register.
    """

    code: StockCode
    role: str
    register: str
    row: str
    since: Moment
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Concerned:
    """The answer: which drugs the name may mean, and the companies of each, earliest knowledge first.

    More than one drug means that the name is ambiguous; each keeps its own links.
    """

    asked: str
    drugs: tuple[tuple[str, tuple[Link, ...]], ...]
    coverage: tuple[str, ...]


def companies(workspace: Workspace, name: str, *, as_of: Moment) -> Concerned:
    """Return the listed companies that a drug, an approval or a deal concerns, as could be known at a moment.

    Parameters
    ----------
    workspace
        Open; the packaged registers are loaded into it on first use.
    name
        A drug under any of its names, or the id of a row: an approval number, the id of a deal.
    as_of
        The moment of knowledge.

    Raises
    ------
    NotAvailableError
        Nothing held at that moment has this name; the nearest names are offered.

    """
    views = {register: open_register(workspace, register).as_of(as_of) for register in _NAMED_IN}
    by_id = tuple(_links_of_row(views, name))
    answers: list[tuple[str, tuple[Link, ...]]] = []
    if by_id:
        answers.append((name, by_id))
    else:
        drugs = drugs_named(workspace, name)
        for drug in drugs:
            links = [link for register, view in views.items() for link in _links(register, view, drug.names)]
            answers.append((drug.label, tuple(sorted(links, key=lambda link: (link.since.known_by, link.code)))))
        if not drugs:
            links = [link for register, view in views.items() for link in _links(register, view, (fold(name),))]
            if not any(
                mentions((fold(name),), _printed(register, row))
                for register, view in views.items()
                for row in view.rows
            ):
                raise _unknown(workspace, name)
            answers.append((name, tuple(sorted(links, key=lambda link: (link.since.known_by, link.code)))))
    told = tuple(f"{register}: {view.coverage.lines[0]}" for register, view in views.items())
    return Concerned(name, tuple(answers), told)


def payment_level(workspace: Workspace, name: str, *, day: dt.date, as_of: Moment) -> Level:
    """Return at which level a drug is paid on a day, as could be known at a moment; see :mod:`registers.levels`."""
    view = open_register(workspace, "payment").as_of(as_of)
    return level(view.rows, rows_about(view, drugs_named(workspace, name), name), view.coverage, day)


def drugs_named(workspace: Workspace, name: str) -> tuple[Drug, ...]:
    """Return the drugs that a name may mean; several when it is ambiguous, none when it is not held."""
    rows = open_register(workspace, "drugs").as_of(_EVER).rows
    return find((drug_of(row) for row in rows), name)


def rows_about(view: View, drugs: Sequence[Drug], name: str) -> tuple[Row, ...]:
    """Return the rows of a register that print a drug under any of its names, or the name itself."""
    register = view.schema.register
    names = (*(one for drug in drugs for one in drug.names), fold(name.strip()))
    return tuple(row for row in view.rows if mentions(names, _printed(register, row)))


def _printed(register: str, row: Row) -> str:
    columns = _NAMED_IN[register][0] if register in _NAMED_IN else tuple(row.values)
    return " / ".join(row.text(column) for column in columns if row.text(column))


def _links(register: str, view: View, names: Sequence[str]) -> Iterator[Link]:
    for row in view.rows:
        if mentions(names, _printed(register, row)):
            yield from _of_row(register, view, row)


def _links_of_row(views: dict[str, View], name: str) -> Iterator[Link]:
    wanted = fold(name.strip())
    for register, view in views.items():
        for row in view.rows:
            ids = {row.text("id"), row.text("approval_no"), row.text("acceptance_no")} - {""}
            if wanted in {fold(one) for one in ids}:
                yield from _of_row(register, view, row)


def _of_row(register: str, view: View, row: Row) -> Iterator[Link]:
    role = row.text("hk_link") or _NAMED_IN[register][1]
    company = row.by_column.get("hk_code", row.evidence)
    since: Evidence = max((row.evidence, company), key=lambda one: one.known_at.known_by)
    for code in row.text("hk_code").split(";") if row.text("hk_code") else ():
        yield Link(
            StockCode(code), role, register, view.schema.subject(row), since.known_at, since.source, since.status
        )


def _unknown(workspace: Workspace, name: str) -> NotAvailableError:
    rows = open_register(workspace, "drugs").as_of(_EVER).rows
    names = sorted({one for row in rows for one in drug_of(row).names})
    near = difflib.get_close_matches(fold(name)[:64], names, n=3)
    todo = f"did you mean {', '.join(near)}?" if near else "give an international, Chinese, brand or code name"
    return NotAvailableError("no register held then names this drug, approval or deal", where=name[:64], todo=todo)
