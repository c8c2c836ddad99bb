"""Acceptance and approval numbers of drugs in China: what they say of the drug, and which are impossible.

An acceptance number (受理号) such as ``CXHS2300040`` has four letters and seven digits. An approval number
(批准文号) such as ``国药准字S20210017`` has one or two letters and eight digits; its form for drugs made at home,
abroad (``J``) and in Hong Kong, Macao or Taiwan (``C``) is set by Order 27 of 2020, article 123. Numbers of drugs
approved before 2002 begin with a code of the place instead of the century: ``国药准字H11020001``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

__all__ = ["AcceptanceNumber", "ApprovalNumber", "DrugType", "parse_acceptance", "parse_approval"]

DrugType: TypeAlias = Literal["chemical", "biological", "tcm", "excipient", "health product", "diagnostic"]

_ORIGINS: Final[Mapping[str, Literal["domestic", "imported"]]] = {"C": "domestic", "J": "imported"}
_NOVELTY: Final[Mapping[str, Literal["new", "generic"]]] = {"X": "new", "Y": "generic"}
_TYPES: Final[Mapping[str, DrugType]] = {"H": "chemical", "S": "biological", "Z": "tcm", "F": "excipient"}
_PURPOSES: Final[Mapping[str, Literal["marketing", "clinical trial", "supplement", "re-registration"]]] = {
    "S": "marketing",
    "L": "clinical trial",
    "B": "supplement",
    "Z": "re-registration",
}
_FIRST_ACCEPTED: Final = 2002
_FIRST_APPROVED: Final = 1985
_ACCEPTANCE: Final = re.compile(r"([A-Z])([A-Z])([A-Z])([A-Z])(\d{2})(\d{5})([一-鿿]?)")
_APPROVAL: Final = re.compile(r"国药准字\s*([A-Z]+)(\d+)")

_APPROVED_TYPES: Final[Mapping[str, DrugType]] = {
    "H": "chemical",
    "S": "biological",
    "Z": "tcm",
    "F": "excipient",
    "B": "health product",
    "T": "diagnostic",
}
# GB/T 2260: the first two digits of a place; 10 stands for the former Ministry of Health.
_PLACES: Final = frozenset(
    {*range(10, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)}
)


@dataclass(frozen=True, slots=True)
class AcceptanceNumber:
    """What an acceptance number says; ``year`` and ``serial`` name the application, ``printed`` is its plain form."""

    printed: str
    origin: Literal["domestic", "imported"]
    novelty: Literal["new", "generic"]
    type: DrugType
    purpose: Literal["marketing", "clinical trial", "supplement", "re-registration"]
    year: int
    serial: int


@dataclass(frozen=True, slots=True)
class ApprovalNumber:
    """What an approval number says.

    ``origin`` is ``"hk-macao-taiwan"`` for the letter C. ``year`` is ``None`` where the number does not carry the
    year of this approval in four digits: it then begins with the code of a place, and ``place`` holds that.
    """

    printed: str
    type: DrugType
    origin: Literal["domestic", "imported", "hk-macao-taiwan"]
    year: int | None
    serial: int
    place: str = ""


def parse_acceptance(text: str, *, latest: int | None = None) -> AcceptanceNumber:
    """Read an acceptance number.

    Parameters
    ----------
    text
        As printed: full-width or lower-case letters and spaces are accepted, and the character of a province
        that older numbers end in.
    latest
        The last year that is possible, usually that of the document; ``None`` sets no bound.

    Raises
    ------
    ValueError
        No application can have that number; the sentence says why.

    >>> one = parse_acceptance("CXSS2101011")
    >>> one.origin, one.novelty, one.type, one.purpose, one.year, one.serial
    ('domestic', 'new', 'biological', 'marketing', 2021, 1011)
    >>> parse_acceptance("CXQS2300040")
    Traceback (most recent call last):
    ValueError: 'CXQS2300040' cannot be an acceptance number: its third letter Q is none of H, S, Z, F (type of drug)

    """
    plain = _plain(text)
    found = _ACCEPTANCE.fullmatch(plain)
    if not found:
        raise _impossible(text, "an acceptance number", "it is not four letters and seven digits such as CXHS2300040")
    first, second, third, fourth, year_text, serial_text, _ = found.groups()
    for letter, place, known, meaning in (
        (first, "first", _ORIGINS, "domestic or imported"),
        (second, "second", _NOVELTY, "new or generic"),
        (third, "third", _TYPES, "type of drug"),
        (fourth, "fourth", _PURPOSES, "kind of application"),
    ):
        if letter not in known:
            what = f"its {place} letter {letter} is none of {', '.join(known)} ({meaning})"
            raise _impossible(text, "an acceptance number", what)
    year, serial = 2000 + int(year_text), int(serial_text)
    if fault := _year_and_serial_fault(year, serial, earliest=_FIRST_ACCEPTED, latest=latest):
        raise _impossible(text, "an acceptance number", fault)
    return AcceptanceNumber(
        found.group(0), _ORIGINS[first], _NOVELTY[second], _TYPES[third], _PURPOSES[fourth], year, serial
    )


def parse_approval(text: str, *, latest: int | None = None) -> ApprovalNumber:
    """Read an approval number.

    Parameters
    ----------
    text
        As printed, with ``国药准字``; full-width or lower-case letters and spaces are accepted.
    latest
        The last year that is possible; ``None`` sets no bound.

    Raises
    ------
    ValueError
        No drug can have that number; the sentence says why.

    >>> one = parse_approval("国药准字SJ20250012")
    >>> one.type, one.origin, one.year, one.serial
    ('biological', 'imported', 2025, 12)
    >>> old = parse_approval("国药准字H11020001")
    >>> old.year, old.place
    (None, '11')
    >>> parse_approval("国药准字Q20250012")
    Traceback (most recent call last):
    ValueError: '国药准字Q20250012' cannot be an approval number: its letters Q are none of H, S, Z, F, B, T ...

    """
    found = _APPROVAL.fullmatch(_plain(text))
    if not found:
        raise _impossible(
            text, "an approval number", "it is not 国药准字, letters and digits such as 国药准字H20250001"
        )
    letters, digits = found.groups()
    if len(digits) != 8:
        raise _impossible(text, "an approval number", f"it has {len(digits)} digits, not 8")
    kind, made = letters[0], letters[1:]
    if letters == "J":
        # Until 2020 a drug that was imported in bulk and packed in China: the number does not say of what type.
        raise _impossible(text, "an approval number whose type is known", "J alone says only where it was packed")
    if kind not in _APPROVED_TYPES or made not in ("", "J", "C"):
        what = f"its letters {letters} are none of {', '.join(_APPROVED_TYPES)} with J (abroad), C (Hong Kong, Macao, "
        raise _impossible(text, "an approval number", f"{what}Taiwan) or nothing after it")
    origin: Literal["domestic", "imported", "hk-macao-taiwan"] = (
        "imported" if made == "J" else "hk-macao-taiwan" if made == "C" else "domestic"
    )
    serial = int(digits[4:])
    if digits[:2] in ("19", "20"):
        year = int(digits[:4])
        if fault := _year_and_serial_fault(year, serial, earliest=_FIRST_APPROVED, latest=latest):
            raise _impossible(text, "an approval number", fault)
        return ApprovalNumber(f"国药准字{letters}{digits}", _APPROVED_TYPES[kind], origin, year, serial)
    if int(digits[:2]) not in _PLACES or made:
        what = f"it begins with {digits[:2]}, which is neither a century nor the code of a place"
        raise _impossible(text, "an approval number", what)
    if serial == 0:
        raise _impossible(text, "an approval number", "its serial is 0")
    return ApprovalNumber(f"国药准字{letters}{digits}", _APPROVED_TYPES[kind], origin, None, serial, digits[:2])


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()


def _year_and_serial_fault(year: int, serial: int, *, earliest: int, latest: int | None) -> str:
    """Say why a year and a serial cannot be; empty when they can."""
    if year < earliest:
        return f"its year {year} is before {earliest}, when such numbers began"
    if latest is not None and year > latest:
        return f"its year {year} is after {latest}"
    return "" if serial else "its serial is 0"


def _impossible(text: str, kind: str, why: str) -> ValueError:
    return ValueError(f"{text!r} cannot be {kind}: {why}")
