"""The reference names every register and every column; set HKCONCEPT_WRITE_GOLDEN to write that part again."""

import os
import re
from pathlib import Path

import pytest

from hkconcept.registers.directory import NAMES, schema_of

_PAGE = Path(__file__).parents[2] / "docs" / "reference" / "registers.md"
_HEAD = "## Columns\n"


def _columns() -> str:
    parts = [_HEAD]
    for name in NAMES:
        schema = schema_of(name)
        known = f" Unknown before {schema.unknown_before}." if schema.unknown_before else ""
        parts.append(f"\n### {name}\n\n{schema.title[0].upper()}{schema.title[1:]}. Key: {', '.join(schema.key)}.")
        parts.append(
            f" Complete would be: {schema.denominator}.{known}\n\n"
            "| column | type | unit | meaning |\n|---|---|---|---|\n"
        )
        for column in schema.columns:
            choices = f" ({', '.join(column.choices)})" if column.choices else ""
            required = ", required" if column.required else ""
            parts.append(
                f"| `{column.name}` | {column.type.value}{required} | {column.unit} | {column.meaning}{choices} |\n"
            )
    return "".join(parts)


def test_the_reference_shows_every_register_and_column() -> None:
    page = _PAGE.read_text(encoding="utf-8")
    written, _, held = page.partition(_HEAD)
    made = _columns()
    if os.environ.get("HKCONCEPT_WRITE_GOLDEN"):
        _PAGE.write_text(f"{written}{made}", encoding="utf-8")
        held = made.removeprefix(_HEAD)
    assert f"{_HEAD}{held}" == made


def test_the_python_example_of_the_reference_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", _PAGE.read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.setenv("HOME", str(tmp_path))
    exec(compile(example, "registers.md", "exec"), {})  # noqa: S102 - our own page, to show that it runs
    assert "58 of 76 innovative drugs approved in 2025 by name (NMPA), 18 missing" in capsys.readouterr().out
