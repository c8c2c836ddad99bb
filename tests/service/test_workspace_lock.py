import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hkconcept.errors import StoreError
from hkconcept.model import Moment
from hkconcept.service.lock import RunLock
from hkconcept.service.workspace import Workspace

NOW = Moment.parse("2026-01-09 10:00")

HOLD = """
import sys, time
from hkconcept.model import Moment
from hkconcept.service.workspace import Workspace
with Workspace.open(sys.argv[1], now=Moment.parse("2026-01-09 09:30")):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_told_who_holds_the_workspace_and_a_killed_one_frees_it(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreError) as refused:
            Workspace.open(folder, now=NOW)
        holder.send_signal(signal.SIGKILL)
    assert str(refused.value) == (
        f"{folder}: another run is active (pid {holder.pid} since 2026-01-09 09:30 HKT); wait for it to end, or end it."
    )
    assert refused.value.exit_code == 3
    with Workspace.open(folder, now=NOW) as workspace:
        assert not workspace.made


def test_the_lock_is_exclusive_within_a_process_too_and_is_given_back(tmp_path: Path) -> None:
    with RunLock(tmp_path / "lock", now=NOW):
        with pytest.raises(StoreError, match=f"another run is active \\(pid {os.getpid()} since 2026-01-09 10:00 HKT"):
            RunLock(tmp_path / "lock", now=NOW)
        assert (tmp_path / "lock").read_text() == f"pid {os.getpid()} since 2026-01-09 10:00 HKT\n"
    assert (tmp_path / "lock").read_text() == ""
    RunLock(tmp_path / "lock", now=NOW).release()


def test_releasing_twice_does_not_close_somebody_elses_file(tmp_path: Path) -> None:
    lock = RunLock(tmp_path / "lock", now=NOW)
    lock.release()
    with (tmp_path / "other").open("wb") as other:  # most likely takes the number that became free
        lock.release()
        other.write(b"still open")
    assert (tmp_path / "other").read_bytes() == b"still open"


def test_two_workspaces_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "a", now=NOW) as one, Workspace.open(tmp_path / "b", now=NOW) as two:
        assert one.made
        assert two.made
