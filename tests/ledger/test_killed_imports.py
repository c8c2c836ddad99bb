import json
import os
import subprocess
import sys
from pathlib import Path


def test_an_import_killed_at_any_step_loses_nothing_committed_and_shows_nothing_half_written(tmp_path: Path) -> None:
    program = Path(__file__).with_name("killed_imports.py")
    ran = subprocess.run(
        [sys.executable, str(program), os.environ.get("HKCONCEPT_KILLS", "10"), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(program.parents[1]), str(program.parents[2] / "src")))},
    )
    assert ran.returncode == 0, ran.stderr
    result = json.loads(ran.stdout)
    assert result["wrong"] == []
    assert result["rows"] == 3_000 + 12 * 100
    assert result["kills"] >= 10
    assert result["states"] >= 5  # of fourteen: nothing done, the frame loaded, each batch recorded
