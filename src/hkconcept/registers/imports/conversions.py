"""Reading one cell of a source into columns of a register: dates, codes, amounts and words as sources print them.

A conversion gives one or more alternatives, each a mapping from column to value; several alternatives make several
rows (a payment standard printed for two packs). What cannot be read is a ``ValueError`` whose message is a sentence
part without a place.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, TypeAlias

from hkconcept.model import PartialDate, StockCode
from hkconcept.registers.cells import parse_cell
from hkconcept.registers.numbers import parse_acceptance, parse_approval
from hkconcept.registers.schema import Column, ColumnType

__all__ = ["CONVERSIONS", "MISSING", "Cell", "read_day"]

Cells: TypeAlias = "list[dict[str, object]]"

MISSING: Final = frozenset(
    {
        "",
        "-",
        "--",
        "—",
        "——",
        "————",
        "－",
        "－－",
        "－－－－",
        "/",
        "暂无",
        "暂无信息",
        "无",
        "n/a",
        "N/A",
        "NA",
        "null",
        "None",
    }
)
"""What sources print for a value that there is none of, after full-width forms were kept as they are."""

_HAN: Final = r"[\u3400-\u9fff\uf900-\ufaff，。；：、（）]"
_WRAPPED: Final = re.compile(rf"(?<={_HAN})\s*\n\s*|\s*\n\s*(?={_HAN})")
_BLANKS: Final = re.compile(r"\s+")
_CODE: Final = re.compile(r"(?:HK[.:]?)?([0-9]{1,5})(?:\.HK)?", re.IGNORECASE)
_OTHER_EXCHANGE: Final = re.compile(r"[0-9A-Z]{1,6}\.(?:SH|SZ|BJ|SS|US|N|O|OQ|T|KS|KQ|L)", re.IGNORECASE)
# Marks between listings, but not those inside a remark in brackets.
_PARTS: Final = re.compile(r"(?:[;,、/|]|\s{2,})(?![^()]*\))")
_BRACKETED: Final = re.compile(r"\((.*)\)")
_DAY: Final = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?(?:[T ]0{1,2}:00(?::00(?:\.0+)?)?)?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DMY: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_MONTH: Final = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})月?")
_STARRED: Final = re.compile(r"[★☆*]\s?\((\d{1,5})\)")
_PERIOD: Final = re.compile(r"\s*(?:至|到|~|～|—|–|－|-{1,2}(?=\s*\d{4}))\s*")
_STANDARD: Final = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)元\s*(?:[(（/]([^；;]*?)[)）]?)?\s*(等)?(?=[；;]|$)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell to be read: its text, whether the file stores a number, and what its rule says."""

    text: str
    numeric: bool
    to: tuple[str, ...]
    column: Column | None = None
    words: Mapping[str, str] | None = None
    times: Decimal = Decimal(1)
    order: str = ""


def _text(cell: Cell) -> Cells:
    if cell.numeric and cell.column is not None and cell.column.type is ColumnType.CODE:
        parse_cell(cell.column, Decimal(cell.text))
    return [{cell.to[0]: _BLANKS.sub(" ", _WRAPPED.sub("", cell.text)).strip()}]


def _exact(cell: Cell) -> Cells:
    """Read the register's own form."""
    if cell.numeric and cell.column is not None:
        return [{cell.to[0]: parse_cell(cell.column, Decimal(cell.text))}]
    return [{cell.to[0]: cell.text}]


def _word(cell: Cell) -> Cells:
    words = cell.words or {}
    if cell.text not in words:
        msg = f"{cell.text!r} is none of {', '.join(words)}"
        raise ValueError(msg)
    return [{cell.to[0]: words[cell.text]}]


def _number(cell: Cell) -> Cells:
    text = unicodedata.normalize("NFKC", cell.text).strip()
    plain = Column(name=cell.to[0], type=ColumnType.DECIMAL, meaning="")
    value = parse_cell(plain, text)
    if not isinstance(value, Decimal):
        return []
    value *= cell.times
    whole = value == value.to_integral_value()
    if cell.column is not None and cell.column.type is ColumnType.INTEGER:
        if not whole:
            msg = f"{cell.text!r} is not a whole number"
            raise ValueError(msg)
        return [{cell.to[0]: int(value)}]
    return [{cell.to[0]: value.to_integral_value() if whole else value.normalize()}]


def _list_number(cell: Cell) -> Cells:
    """Read the number of a drug in a list; a star says that another dosage form of it stands under that number."""
    starred = _STARRED.fullmatch(unicodedata.normalize("NFKC", cell.text).strip())
    return _number(replace(cell, text=starred.group(1)) if starred else cell)


def _percent(cell: Cell) -> Cells:
    text = unicodedata.normalize("NFKC", cell.text)
    return _number(Cell(text.removesuffix("%"), cell.numeric, cell.to, cell.column, times=cell.times))


def _hk_code(cell: Cell) -> Cells:
    """Read Hong Kong codes (``1801.HK``, ``01801``, ``HK.00700``); other listings go to the second column."""
    if cell.numeric:
        msg = f"{cell.text} is a number, and a stock code is text; leading zeros are lost: format the column as text"
        raise ValueError(msg)
    codes: list[str] = []
    others: list[str] = []
    for part in _PARTS.split(unicodedata.normalize("NFKC", cell.text)):
        text = _BRACKETED.sub(r"\1", part.strip()) if _BRACKETED.fullmatch(part.strip()) else part.strip()
        if not text:
            continue
        if _CODE.fullmatch(text):
            if text.isdigit() and len(text) < 5:
                msg = f"{text!r} has lost its zeros or is no Hong Kong code; write {text.zfill(5)} or {text}.HK"
                raise ValueError(msg)
            codes.append(str(StockCode.parse(text)))
        elif len(cell.to) > 1:
            others.append(text)
        elif not _OTHER_EXCHANGE.fullmatch(text):
            msg = f"{text!r} is not a Hong Kong stock code such as 01801 or 1801.HK"
            raise ValueError(msg)
    found: dict[str, object] = {cell.to[0]: ";".join(codes)}
    if len(cell.to) > 1:
        found[cell.to[1]] = ";".join(others)
    return [found]


def read_day(text: str, *, order: str = "") -> dt.date | None:
    """Read a full day as sources print it; ``None`` when it is none.

    ``order`` is ``dmy`` for sources that print the day first: without it 07/01/2026 is not guessed.

    Raises
    ------
    ValueError
        No calendar has that day.

    >>> read_day("2026年1月7日"), read_day("07/01/2026", order="dmy"), read_day("07/01/2026")
    (datetime.date(2026, 1, 7), datetime.date(2026, 1, 7), None)

    """
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
    found = _DAY.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if found:
        year, month, day = map(int, found.groups())
    elif order == "dmy" and (found := _DMY.fullmatch(plain)):
        day, month, year = map(int, found.groups())
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        msg = f"{text!r} is a day that no calendar has"
        raise ValueError(msg) from error


def _date(cell: Cell) -> Cells:
    if cell.numeric and not _COMPACT.fullmatch(cell.text):
        msg = f"{cell.text} is a number, not a date; format the column as a date"
        raise ValueError(msg)
    day = read_day(cell.text, order=cell.order)
    if day is not None:
        partial = cell.column is not None and cell.column.type is ColumnType.PARTIAL_DATE
        return [{cell.to[0]: PartialDate.of(day) if partial else day}]
    plain = unicodedata.normalize("NFKC", cell.text).strip()
    if _DMY.fullmatch(plain):
        msg = f"{cell.text!r} may be day or month first; the map has to say order: dmy"
        raise ValueError(msg)
    if cell.column is not None and cell.column.type is ColumnType.PARTIAL_DATE:
        if found := _MONTH.fullmatch(plain):
            return [{cell.to[0]: PartialDate(int(found.group(1)), int(found.group(2)))}]
        return [{cell.to[0]: PartialDate.parse(plain.removesuffix("年"))}]
    msg = f"{cell.text!r} is not a date such as 2026-01-07 or 2026年1月7日"
    raise ValueError(msg)


def _period(cell: Cell) -> Cells:
    ends = _PERIOD.split(cell.text)
    if len(ends) != 2:
        msg = f"{cell.text!r} is not a period such as 2026年1月1日至2027年12月31日"
        raise ValueError(msg)
    first, last = (read_day(end, order=cell.order) for end in ends)
    if first is None or last is None:
        msg = f"{cell.text!r} is not a period of two full dates"
        raise ValueError(msg)
    return [{cell.to[0]: first, cell.to[1]: last}]


def _standard(cell: Cell) -> Cells:
    """Read a payment standard: ``169.80元(250ml:12.5g/瓶)``, several of them, or a remark in its place.

    The columns are, in order, the amount, the pack and the remark.
    """
    amount, pack, remark = cell.to
    text = _WRAPPED.sub("", unicodedata.normalize("NFKC", cell.text)).strip()
    if text == "*":
        return [{remark: "confidential"}]
    if "元" not in text:
        if cell.numeric or re.fullmatch(r"[0-9.,]+", text):
            msg = f"{cell.text!r} has no unit; a payment standard is printed in 元"
            raise ValueError(msg)
        return [{remark: text}]
    found = list(_STANDARD.finditer(text))
    rest = _STANDARD.sub("", text).strip(";； ")
    if not found or rest:
        msg = f"{cell.text!r} is not a payment standard such as 169.80元(250ml/瓶)"
        raise ValueError(msg)
    return [
        {
            amount: Decimal(one.group(1).replace(",", "")),
            pack: (one.group(2) or "").strip(),
            **({remark: "further packs are not printed"} if one.group(3) else {}),
        }
        for one in found
    ]


def _acceptance(cell: Cell) -> Cells:
    """Read an acceptance number; it also gives ``type``, ``origin``, ``_novelty`` and ``_purpose``."""
    found = parse_acceptance(cell.text)
    return [
        {
            cell.to[0]: found.printed,
            "type": found.type,
            "origin": found.origin,
            "_novelty": found.novelty,
            "_purpose": found.purpose,
        }
    ]


def _approval(cell: Cell) -> Cells:
    """Read an approval number; it also gives ``type``, ``origin`` and ``_approval_year``."""
    found = parse_approval(cell.text if "国药准字" in cell.text else f"国药准字{cell.text}")
    origin = "imported" if found.origin == "hk-macao-taiwan" else found.origin
    year = str(found.year) if found.year else ""
    return [{cell.to[0]: found.printed, "type": found.type, "origin": origin, "_approval_year": year}]


CONVERSIONS: Final[Mapping[str, Callable[[Cell], Cells]]] = {
    "text": _text,
    "exact": _exact,
    "word": _word,
    "number": _number,
    "list number": _list_number,
    "percent": _percent,
    "hk code": _hk_code,
    "date": _date,
    "period": _period,
    "payment standard": _standard,
    "acceptance number": _acceptance,
    "approval number": _approval,
}
"""The conversions by the name that a map calls them by."""
