"""The rule files under ``data/rules``: one instrument a file, read strictly.

An unknown key, a repeated id, a missing source or a limit that is no number is refused with its line.
"""

from __future__ import annotations

import functools
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hkconcept.errors import SourceError
from hkconcept.pathway.channels import ANY, APPLICATIONS
from hkconcept.pathway.rules import Comparator, Instrument, Limit, Provision, RuleBook, Text
from hkconcept.readers.strict_yaml import StrictYaml

if TYPE_CHECKING:
    from hkconcept.readers.strict_yaml import Node

__all__ = ["load_rules", "packaged_rules", "read_comparators", "read_instrument"]

_DATA = Path(__file__).parents[1] / "data" / "rules"
_UNITS: Final = (
    "working day",
    "working day before",
    "calendar day",
    "day",
    "week",
    "month",
    "year",
    "of limit",
)
_STARTS: Final = (
    *("receipt", "acceptance", "review_deadline", "review_end", "testing_start"),
    *("letter", "answer", "decision", "notice", "approval"),
)
_STEPS: Final = (
    *("formal_check", "review", "deemed_consent", "portal_notice", "decision", "licence", "trial_start"),
    *("inspection_start", "inspection_end", "testing_sample", "testing_standard", "testing_letter", "testing_report"),
    *("letter_answer", "letter_extension", "special_extension", "exclusivity"),
)
_STOPS: Final = ("letter", "rectification", "text_check", "applicant_delay", "suspension", "overseas_inspection")
_HEAD: Final = ("instrument", "number", "title", "public", "in_force_from", "source", "status")
_HEAD_OPTIONAL: Final = (
    *("issued", "in_force_to", "end_note", "unconfirmed", "unconfirmed_from", "limits", "provisions"),
)
_LIMIT: Final = ("id", "article", "step", "application", "channel", "limit", "unit", "starts")
_ROW: Final = ("en", "zh", "source", "status")
_NOT_RULES: Final = ("comparators", "eligibility", "inspection")


@functools.cache
def packaged_rules() -> RuleBook:
    """Return the packaged rules, each instrument from its own file.

    >>> import datetime as dt
    >>> packaged_rules().limit("review", "marketing", "priority", dt.date(2021, 7, 13)).limit
    Fraction(130, 1)

    """
    return load_rules(_DATA)


def load_rules(folder: Path) -> RuleBook:
    """Read every instrument of a folder.

    Raises
    ------
    SourceError
        A file breaks the contract; file, line and what to do are named.

    """
    instruments: list[Instrument] = []
    limits: list[Limit] = []
    provisions: list[Provision] = []
    for path in sorted(folder.glob("*.yml")):
        if path.stem in _NOT_RULES:
            continue
        instrument, some, others = read_instrument(path)
        instruments.append(instrument)
        limits.extend(some)
        provisions.extend(others)
    if not instruments:
        raise SourceError("there is no rule file", where=str(folder), todo="give a folder with *.yml files")
    comparators = folder / "comparators.yml"
    book = RuleBook(
        tuple(sorted(instruments, key=lambda one: one.in_force_from)),
        tuple(limits),
        tuple(provisions),
        read_comparators(comparators) if comparators.is_file() else (),
    )
    for row in limits:
        for other in (*row.stops, *row.extensions, *((row.instead_of,) if row.instead_of else ())):
            if book.row(other) is None:
                raise SourceError(f"{row.id} refers to rule {other}, which is not held", where=str(folder))
    return book


def read_instrument(path: Path) -> tuple[Instrument, tuple[Limit, ...], tuple[Provision, ...]]:
    """Read one file: the instrument, its limits, its other provisions."""
    reader, root = _Reader.open(path)
    top = reader.mapping(root, _HEAD, _HEAD_OPTIONAL)
    if "limits" not in top and "provisions" not in top:
        raise SourceError("the file holds neither limits nor provisions", where=path.name)
    instrument = Instrument(
        id=reader.text(top["instrument"]),
        number=reader.both(top["number"]),
        title=reader.both(top["title"]),
        public=reader.day(top["public"]),
        in_force_from=reader.day(top["in_force_from"]),
        source=reader.text(top["source"]),
        status=reader.status(top["status"]),
        issued=reader.day(top["issued"]) if "issued" in top else None,
        in_force_to=reader.day(top["in_force_to"]) if "in_force_to" in top else None,
        end_note=reader.both(top["end_note"]) if "end_note" in top else None,
        unconfirmed_from=reader.day(top["unconfirmed_from"]) if "unconfirmed_from" in top else None,
        unconfirmed=reader.both(top["unconfirmed"]) if "unconfirmed" in top else None,
    )
    limits = tuple(reader.limit(node, instrument) for node in reader.items(top["limits"])) if "limits" in top else ()
    provisions = (
        tuple(reader.provision(node, instrument) for node in reader.items(top["provisions"]))
        if "provisions" in top
        else ()
    )
    return instrument, limits, provisions


def read_comparators(path: Path) -> tuple[Comparator, ...]:
    """Read the clocks of other agencies."""
    reader, root = _Reader.open(path)
    top = reader.mapping(root, ("comparators",))
    return tuple(reader.comparator(node) for node in reader.items(top["comparators"]))


class _Reader(StrictYaml):
    """Knows the rows of a rule file."""

    def both(self, node: Node) -> Text:
        return Text(*self.bilingual(node))

    def limit(self, node: Node, instrument: Instrument) -> Limit:
        optional = ("stops", "extensions", "instead_of", "note", "valid_from", "valid_to", "known_from")
        part = self.mapping(node, (*_LIMIT, *_ROW), optional)
        unit = self.one_of(part["unit"], _UNITS)
        amount = self._amount(part["limit"])
        if unit != "of limit" and amount.denominator != 1:
            self.refuse(part["limit"], f"{amount} {unit}s is not a whole number")
        valid_from = self.day(part["valid_from"]) if "valid_from" in part else instrument.in_force_from
        valid_to = self.day(part["valid_to"]) if "valid_to" in part else instrument.in_force_to
        if valid_to is not None and valid_to < valid_from:
            self.refuse(node, f"the row ends on {valid_to}, before it starts on {valid_from}")
        return Limit(
            id=self.text(part["id"]),
            instrument=instrument.id,
            article=self.text(part["article"]),
            step=self.one_of(part["step"], _STEPS),
            application=self.one_of(part["application"], (ANY, *APPLICATIONS)),
            channel=self.text(part["channel"]),
            limit=amount,
            unit=unit,
            starts=self.one_of(part["starts"], _STARTS),
            what=Text(self.text(part["en"]), self.text(part["zh"])),
            source=self.text(part["source"]),
            status=self.status(part["status"]),
            valid_from=valid_from,
            known_from=self.day(part["known_from"]) if "known_from" in part else instrument.public,
            valid_to=valid_to,
            stops=self._names(part.get("stops")),
            extensions=self._names(part.get("extensions")),
            instead_of=self.text(part["instead_of"]) if "instead_of" in part else "",
            note=self.both(part["note"]) if "note" in part else None,
        )

    def provision(self, node: Node, instrument: Instrument) -> Provision:
        part = self.mapping(node, ("id", "article", "subject", *_ROW), ("kind", "note"))
        kinds = self._names(part.get("kind"))
        for kind in kinds:
            if kind not in _STOPS:
                self.refuse(part["kind"], f"stop {kind!r} is none of {', '.join(_STOPS)}")
        return Provision(
            id=self.text(part["id"]),
            instrument=instrument.id,
            article=self.text(part["article"]),
            subject=self.text(part["subject"]),
            what=Text(self.text(part["en"]), self.text(part["zh"])),
            source=self.text(part["source"]),
            status=self.status(part["status"]),
            valid_from=instrument.in_force_from,
            known_from=instrument.public,
            valid_to=instrument.in_force_to,
            kinds=kinds,
            note=self.both(part["note"]) if "note" in part else None,
        )

    def comparator(self, node: Node) -> Comparator:
        part = self.mapping(node, ("agency", "programme", "limit", "standard", "unit", *_ROW))
        return Comparator(
            agency=self.text(part["agency"]),
            programme=self.text(part["programme"]),
            limit=self._number(part["limit"]),
            standard=self._number(part["standard"]),
            unit=self.one_of(part["unit"], (*_UNITS, "none")),
            what=Text(self.text(part["en"]), self.text(part["zh"])),
            source=self.text(part["source"]),
            status=self.status(part["status"]),
        )

    def _number(self, node: Node) -> int | None:
        text = self.text(node)
        return None if text == "none" else int(self._amount(node))

    def _amount(self, node: Node) -> Fraction:
        text = self.text(node)
        try:
            amount = Fraction(text) if text.isascii() else Fraction(-1)
        except (ValueError, ZeroDivisionError):
            amount = Fraction(-1)
        if amount <= 0:
            self.refuse(node, f"{text!r} is not a positive number", 'write it like "130" or "1/3"')
        return amount

    def _names(self, node: Node | None) -> tuple[str, ...]:
        return tuple(self.text(item) for item in self.items(node)) if node is not None else ()
