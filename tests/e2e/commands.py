"""The command as a user runs it: a process of its own, a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "src" / "hkconcept" / "data" / "sample"
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True)
class Done:
    """What a run printed, how it ended, and the folder it ran in."""

    returncode: int
    stdout: str
    stderr: str
    folder: Path


@dataclass(frozen=True)
class Run:
    """Runs ``hkconcept`` in a folder with a workspace of its own."""

    folder: Path
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "HKCONCEPT_HOME": str(self.home), "PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1"}

    def command(self, *arguments: str | Path) -> list[str]:
        return [sys.executable, "-m", "hkconcept.cli", *map(str, arguments)]

    def __call__(self, *arguments: str | Path, stdin: str | bytes = "") -> Done:
        done = subprocess.run(
            self.command(*arguments),
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            check=False,
            cwd=self.folder,
            timeout=120,
            env=self.environment,
        )
        return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"), self.folder)
