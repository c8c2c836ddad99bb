"""A workspace of its own for every test, and the command run in this process."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hkconcept.cli import main
from hkconcept.ledger import Ledger, Recorded
from hkconcept.model import Moment
from hkconcept.service.facts import facts_version, packaged_facts
from hkconcept.service.registers import open_register
from hkconcept.service.workspace import Workspace

__all__ = ["Ran", "Runs"]


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended: its status, the rows that it wrote, and what it said on standard error."""

    status: int
    rows: list[dict[str, Any]]
    said: str

    def of_type(self, kind: str) -> list[dict[str, Any]]:
        return [row for row in self.rows if row.get("type") == kind]


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs ``hkconcept`` in one workspace, and looks into its ledger."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str, workspace: bool = True) -> Ran:
        self.capsys.readouterr()
        home = ("--workspace", str(self.folder)) if workspace else ()
        status = main([*arguments, *home])
        out, said = self.capsys.readouterr()
        return Ran(status, [json.loads(line) for line in out.splitlines()], said)

    def register(self, name: str, *, known: str = "2027-01-01") -> list[Recorded]:
        """Return the accepted statements of a register that could be known at a moment."""
        with Ledger.open(self.folder / "ledger.sqlite") as ledger:
            rows = ledger.as_of(known=Moment.parse(known), valid=None, subject_kind=name)
        return [row for row in rows if row.statement.status == "accepted"]

    def values(self, name: str, *, known: str = "2027-01-01") -> dict[tuple[str, str], str]:
        """Return the accepted values of a register by subject and column."""
        found: dict[tuple[str, str], str] = {}
        for row in self.register(name, known=known):
            assert isinstance(row.statement.value, dict)
            found[row.statement.subject, row.statement.attribute] = str(row.statement.value["value"])
        return found


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one workspace with the packaged registers; loading them takes half a second, copying them does not."""
    folder = tmp_path_factory.mktemp("prepared") / "workspace"
    with Workspace.open(
        folder, now=Moment.parse("2026-11-20 09:00"), packaged=packaged_facts, packaged_version=facts_version()
    ) as workspace:
        open_register(workspace, "deals")
    return folder


@pytest.fixture
def runs(tmp_path: Path, prepared: Path, capsys: pytest.CaptureFixture[str]) -> Runs:
    return Runs(Path(shutil.copytree(prepared, tmp_path / "workspace")), capsys)


@pytest.fixture
def given(tmp_path: Path) -> Callable[[str, bytes | str], str]:
    """Write a file and return its path."""

    def write(name: str, content: bytes | str) -> str:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write
