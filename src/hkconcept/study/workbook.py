"""A study as an Excel workbook: one sheet per table, codes as text, figures as numbers, nothing evaluated."""

from __future__ import annotations

import io
from typing import Final

from hkconcept.study.answers import Study
from hkconcept.study.rows import tables

__all__ = ["workbook"]

_PERCENT: Final = (
    *("caar", "low", "high", "bhar", "aar", "aar_low", "aar_high", "caar_low", "caar_high"),
    *("detectable", "detectable_usual", "return", "abnormal", "alpha", "sigma"),
)
_WIDE: Final = 60
_CELL: Final = 32_000  # an Excel cell holds 32,767 characters


def workbook(study: Study) -> bytes:
    """Return the bytes of an ``.xlsx`` file. A text that looks like a formula or an address stays text."""
    import xlsxwriter  # noqa: PLC0415 - only a workbook needs it

    target = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, safe) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        percent = book.add_format({"num_format": "+0.00%;-0.00%;0.00%"})
        plain = book.add_format({"num_format": "0.0000"})
        for name, rows in tables(study).items():
            sheet = book.add_worksheet(name.replace("_", " "))
            sheet.freeze_panes(1, 0)
            for column, title in enumerate(rows[0] if rows else ()):
                sheet.write_string(0, column, title, head)
                widest = max(len(title), *(len(_shown(row[title])) for row in rows))
                sheet.set_column(column, column, min(_WIDE, widest + 2))
                of_returns = title in _PERCENT or title.startswith(("car ", "bhar "))
                for line, row in enumerate(rows, start=1):
                    value = row[title]
                    if isinstance(value, bool):
                        sheet.write_boolean(line, column, value)
                    elif isinstance(value, float):
                        sheet.write_number(line, column, value, percent if of_returns else plain)
                    elif isinstance(value, int):
                        sheet.write_number(line, column, value)
                    elif value is not None:
                        sheet.write_string(line, column, str(value)[:_CELL])
            if not rows:
                sheet.write_string(0, 0, "none")
    return target.getvalue()


def _shown(value: object) -> str:
    return f"{value:+.2%}" if isinstance(value, float) else str(value if value is not None else "")
