"""End a child with SIGKILL at a chosen step: a file system call, an SQL statement, a commit, work inside SQLite."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Callable

from sqlalchemy import event
from sqlalchemy.engine import Engine

__all__ = ["KILLER", "killed", "watch"]

STRETCH = 4000  # virtual-machine instructions of SQLite between two steps


class Killer:
    """Counts steps and ends the process at the wanted one."""

    def __init__(self) -> None:
        self.steps = 0
        self.last = 0  # no limit

    def step(self, *_ignored: object) -> None:
        self.steps += 1
        if self.steps == self.last:
            os.kill(os.getpid(), signal.SIGKILL)


KILLER = Killer()


def audited(name: str, _arguments: object) -> None:
    if name == "open" or name.startswith(("os.", "sqlite3.", "fcntl.")):
        KILLER.step()


def connected(connection: sqlite3.Connection, _record: object) -> None:
    connection.set_progress_handler(KILLER.step, STRETCH)


def watch() -> None:
    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, lambda *_: KILLER.step(), named=False)
    event.listen(Engine, "connect", connected)
    sys.addaudithook(audited)


def killed(work: Callable[[int], None], last: int) -> tuple[bool, str, int]:
    """Work in a child that dies at a step; return whether it died, what it had reported, and its steps.

    The work is given a descriptor on which it says what is done; a ``last`` of 0 lets it live.
    """
    reads, says = os.pipe()
    child = os.fork()
    if child == 0:
        KILLER.steps, KILLER.last = 0, last
        try:
            work(says)
            os.write(says, f"#{KILLER.steps}".encode())
        finally:
            os._exit(0)
    os.close(says)
    with open(reads, "rb") as pipe:  # noqa: PTH123 - a descriptor
        reported, _, steps = pipe.read().decode().partition("#")
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status), reported, int(steps or 0)
