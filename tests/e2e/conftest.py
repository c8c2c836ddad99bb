from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the folder is no package; its tests share `commands`

from commands import Run  # noqa: E402 - found through the line above


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The workspace of one test."""
    return tmp_path / "workspace"


@pytest.fixture
def run(tmp_path: Path, home: Path) -> Run:
    """The command, in an empty folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    return Run(folder, home)
