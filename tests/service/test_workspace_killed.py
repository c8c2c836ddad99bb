import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(("workspace", "rows"), [("new", 260), ("existing", 320)])
def test_a_run_killed_at_any_step_loses_nothing_committed_and_shows_nothing_half_written(
    tmp_path: Path, workspace: str, rows: int
) -> None:
    program = Path(__file__).with_name("killed_runs.py")
    ran = subprocess.run(
        [sys.executable, str(program), workspace, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(program.parents[1]), str(program.parents[2] / "src")))},
    )
    assert ran.returncode == 0, ran.stderr
    result = json.loads(ran.stdout)
    assert result["wrong"] == []
    # Every step was tried, and there were enough of them to fall between any two writes.
    assert result["kills"] == result["steps"] > 50
    assert result["rows"] == rows
