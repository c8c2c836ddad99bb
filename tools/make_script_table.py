"""Write data/text/traditional_simplified.txt from the installed OpenCC package.

Run it after an update of opencc: ``python tools/make_script_table.py``.
"""

from __future__ import annotations

from pathlib import Path

import opencc

_TARGET = Path(__file__).resolve().parents[1] / "src/hkconcept/data/text/traditional_simplified.txt"
_HEAD = f"""\
# Traditional Chinese characters with their simplified form, 32 pairs a line, Basic Multilingual Plane only.
# Derived from OpenCC {opencc.__version__}, tables TSCharacters and HKVariantsRev (https://github.com/BYVoid/OpenCC).
# Copyright 2010-2026 Carbo Kuo and contributors; licensed under the Apache License, Version 2.0.
# Changed: reduced to the first single-character reading of each character. Made by tools/make_script_table.py.
"""
_RANGES = (range(0x2E80, 0xA000), range(0xF900, 0xFB00))
_PER_LINE = 32


def main() -> None:
    """Collect every character that OpenCC turns into one other character, and write the table."""
    readers = (opencc.OpenCC("t2s"), opencc.OpenCC("hk2s"))
    pairs: list[str] = []
    for character in (chr(code) for block in _RANGES for code in block):
        simple = next((read for reader in readers if (read := reader.convert(character)) != character), "")
        if len(simple) == 1 and simple < "\U00010000":
            pairs.append(character + simple)
    lines = (" ".join(pairs[at : at + _PER_LINE]) for at in range(0, len(pairs), _PER_LINE))
    _TARGET.write_text(_HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{len(pairs)} pairs written to {_TARGET.name}")


if __name__ == "__main__":
    main()
