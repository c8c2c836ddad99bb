"""A workbook that would unpack to hundreds of megabytes: how soon it is refused, beside reading it.

    PYTHONPATH=src python -m benchmarks.bombs [--rounds 9]

The workbook has one sheet of eight million rows and weighs half a megabyte. The peer is python-calamine, which reads
workbooks for us once their directory has been looked at; it reads this one whole. The bar is 50 ms.
"""

from __future__ import annotations

import argparse
import io
import resource
import time
import zipfile

import python_calamine
import xlsxwriter
from benchmarks.rounds import medians, one_core

from hkconcept.errors import SourceError
from hkconcept.readers.tables import read_tables

BAR = 0.050
_ROWS = 8_000_000
_HEAD = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def bomb() -> bytes:
    """Return the workbook."""
    plain = io.BytesIO()
    book = xlsxwriter.Workbook(plain, {"in_memory": True})
    book.add_worksheet("S").write(0, 0, "a")
    book.close()
    made = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            sheet = _HEAD + b"<row><c><v>1</v></c></row>" * _ROWS + b"</sheetData></worksheet>"
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    return made.getvalue()


def refuse(content: bytes) -> None:
    """Read the workbook with us; a workbook that is not refused ends the benchmark."""
    try:
        read_tables(content, where="bomb.xlsx")
    except SourceError:
        return
    raise SystemExit("the workbook was not refused")


def main() -> int:
    """Measure, print, and compare with the bar."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    one_core()
    content = bomb()
    ours = medians({"ours": lambda: refuse(content)}, options.rounds)["ours"]
    begun = time.process_time()
    python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    peer = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"a workbook of {len(content) / 2**20:.1f} MB, {_ROWS:,} rows")
    print(f"  refused by us, median          {ours * 1000:>9.2f} ms   bar {BAR * 1000:.0f}: ", end="")
    print("reached" if ours < BAR else "MISSED")
    print(f"  read by python-calamine, once  {peer * 1000:>9.0f} ms, {peak:,} MB resident")
    return 0 if ours < BAR else 1


if __name__ == "__main__":
    raise SystemExit(main())
