"""A ledger with every packaged register in it, made once for the tests that only read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hkconcept.model import Moment
from hkconcept.registers.view import View
from hkconcept.service.registers import open_register
from hkconcept.service.workspace import Workspace

NOW = Moment.parse("2026-11-25 12:00")


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace for reading; tests that write take one of their own."""
    folder: Path = tmp_path_factory.mktemp("registers") / "workspace"
    with Workspace.open(folder, now=NOW) as workspace:
        open_register(workspace, "approvals")
        yield workspace


@pytest.fixture(scope="session")
def views(desk: Workspace) -> dict[str, View]:
    """Every small register as of 24 November 2026."""
    names = ("approvals", "deals", "designations", "drugs", "payment", "policies", "procurement", "totals")
    return {name: open_register(desk, name).as_of("2026-11-24") for name in names}
