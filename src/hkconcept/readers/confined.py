"""Reading a dangerous format in a process of its own, with a cap on memory and time.

A parser of PDF or of workbooks may be led to take all memory or to run for hours, or may crash. It runs in a child
that limits itself before it looks at the first byte; whatever happens to it becomes one sentence.
"""

from __future__ import annotations

import importlib
import json
import signal
import subprocess
import sys
from typing import Any, NoReturn

from hkconcept.errors import SourceError

__all__ = ["Refusal", "child", "run_confined"]

_CHILD = "from hkconcept.readers.confined import child; child()"
_SECONDS = 20
_MEGABYTES = 1024
_MEGABYTE = 2**20


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault of the program
    """Why a child refuses the content: what is wrong, and what the user can do."""

    def __init__(self, what: str, todo: str) -> None:
        """Keep both clauses."""
        super().__init__(what, todo)
        self.what = what
        self.todo = todo


def run_confined(  # noqa: PLR0913 - keyword-only limits
    module: str, content: bytes, *, where: str, todo: str, seconds: int = _SECONDS, megabytes: int = _MEGABYTES
) -> Any:  # noqa: ANN401 - JSON, whatever the module gives
    """Run ``extract(content)`` of a module in a child and return its answer.

    Parameters
    ----------
    module
        A module of this package whose ``extract`` takes bytes and returns JSON values, or raises :class:`Refusal`.
    content
        The bytes of the file.
    where, todo
        The file to name in an error, and what to do when the child does not come back.
    seconds, megabytes
        Limits on the running time and on the address space.

    Raises
    ------
    SourceError
        When the child refuses, takes too long, needs too much memory, or crashes.

    """
    arguments = [sys.executable, "-P", "-c", _CHILD, module, str(seconds), str(megabytes)]
    try:
        # The arguments are ours; the file's bytes only ever reach standard input.
        done = subprocess.run(arguments, input=content, capture_output=True, timeout=seconds + 1, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise _too_slow(seconds, where, todo) from error
    if done.returncode == -signal.SIGXCPU:
        raise _too_slow(seconds, where, todo)
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        if done.returncode in (-signal.SIGABRT, -signal.SIGKILL):
            raise SourceError(f"stopped: reading it needs more than {megabytes} MB", where=where, todo=todo) from error
        raise SourceError("the file is damaged: its reader broke off", where=where, todo=todo) from error
    if "refused" in answer:
        what, advice = answer["refused"]
        raise SourceError(what, where=where, todo=advice or todo)
    return answer["answer"]


def _too_slow(seconds: int, where: str, todo: str) -> SourceError:
    return SourceError(f"stopped: reading it took more than {seconds} s", where=where, todo=todo)


def child() -> NoReturn:
    """Limit this process, read standard input, and answer on standard output; the other end of :func:`run_confined`."""
    import resource  # noqa: PLC0415 - POSIX only, and only in the child

    module, seconds, megabytes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * _MEGABYTE, megabytes * _MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        answer = {"answer": importlib.import_module(module).extract(sys.stdin.buffer.read())}
        told = json.dumps(answer, ensure_ascii=True)
    except Refusal as refusal:
        told = json.dumps({"refused": [refusal.what, refusal.todo]})
    except MemoryError:
        told = json.dumps({"refused": [f"stopped: reading it needs more than {megabytes} MB", ""]})
    sys.stdout.write(told)
    sys.stdout.flush()
    # The file may have left a library in a state that does not survive its own tidying up.
    import os  # noqa: PLC0415 - as above

    os._exit(0)
