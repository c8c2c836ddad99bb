"""How data vendors spell a Hong Kong stock code, read and written."""

from __future__ import annotations

import re
from typing import Final, Literal

from hkconcept.errors import SourceError
from hkconcept.model import StockCode

__all__ = ["Vendor", "read_code", "spell"]

Vendor = Literal["wind", "choice", "futu", "yahoo", "sina", "longbridge", "mic", "bare"]

_FORMS: Final = re.compile(
    r"(?:XHKG:|HK[.:]?)?([0-9]{1,5})(?:\.HK|\.HKEX|\.XHKG| HK(?: EQUITY)?)?", re.IGNORECASE | re.ASCII
)


def read_code(text: str, *, where: str = "") -> StockCode:
    """Read a code in any vendor's spelling; ASCII digits only.

    Raises
    ------
    SourceError
        It is none: nothing is guessed.

    >>> [str(read_code(t)) for t in ("1801.HK", "HK.00700", "hk00013", "00700.HKEX", "XHKG:01801", "700 HK Equity")]
    ['01801', '00700', '00013', '00700', '01801', '00700']

    """
    found = _FORMS.fullmatch(text.strip()) if text.isascii() else None
    if found is None:
        raise SourceError(f"{text[:40]!r} is not a Hong Kong stock code", where=where, todo="write it like 01801.HK")
    return StockCode(found.group(1).zfill(5))


def spell(code: StockCode, vendor: Vendor) -> str:
    """Return the spelling that a vendor expects.

    >>> [spell(StockCode("00700"), vendor) for vendor in ("wind", "futu", "yahoo", "sina", "longbridge", "mic")]
    ['00700.HK', 'HK.00700', '0700.HK', 'hk00700', '700.HK', 'XHKG:00700']

    """
    short = code.lstrip("0")
    return {
        "wind": f"{code}.HK",
        "choice": f"{code}.HK",
        "futu": f"HK.{code}",
        "yahoo": f"{short.zfill(4)}.HK",  # four digits at least: five answer "not found" there
        "sina": f"hk{code}",
        "longbridge": f"{short}.HK",
        "mic": f"XHKG:{code}",
        "bare": str(code),
    }[vendor]
