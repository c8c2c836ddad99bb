"""Files that are there whole or not at all, and the system's refusals told as one sentence each."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hkconcept.errors import StoreError

__all__ = ["TEMPORARY", "refusals_told", "write_atomically"]

TEMPORARY = ".hkconcept-*.tmp"
"""Names of files that a killed run may leave behind: never read, and removed by the next run."""

_WRITE = "give yourself the right to write there, or choose another place"
_SENTENCES = {
    errno.ENOSPC: ("the disk is full", "free some space, then try again"),
    errno.EDQUOT: ("your share of the disk is used up", "free some space, then try again"),
    errno.EFBIG: ("the file would be larger than the system allows", "raise the limit, or choose another place"),
    errno.EACCES: ("the system does not allow it", _WRITE),
    errno.EPERM: ("the system does not allow it", _WRITE),
    errno.EROFS: ("the disk is mounted read-only", _WRITE),
    errno.ENOTDIR: ("a part of this path is a file, not a folder", "choose another place"),
    errno.EEXIST: ("this is a file, not a folder", "move it away, or choose another place"),
    errno.EISDIR: ("this is a folder, not a file", "choose another name"),
    errno.ENOENT: ("the folder is not there", "make it, or choose another place"),
    errno.ENAMETOOLONG: ("the name is longer than the system allows", "choose a shorter one"),
}


@contextmanager
def refusals_told(doing: str, where: Path) -> Iterator[None]:
    """Turn a refusal of the system inside the block into a :class:`StoreError` that names the path.

    Parameters
    ----------
    doing
        What could not be done, as a clause (``the workspace cannot be made``).
    where
        The path concerned.

    """
    try:
        yield
    except OSError as error:
        unknown = (error.strerror or str(error), "check the path and the disk, then try again")
        why, todo = _SENTENCES.get(error.errno or 0, unknown)
        raise StoreError(f"{doing}: {why}", where=str(where), todo=todo) from error
    except ValueError as error:  # a path that no system has, for instance with a NUL in it
        raise StoreError(f"{doing}: {error}", where=repr(str(where)), todo="choose another name") from error


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that at every instant it is the old one, the new one, or (before the first) not there.

    The bytes go to a temporary file beside it, reach the disk, and then take the name in one step. The folder
    must exist.

    Raises
    ------
    StoreError
        When the file cannot be written; what was there before is untouched.

    """
    with refusals_told("the file cannot be written", path):
        temporary = path.with_name(TEMPORARY.replace("*", f"{os.getpid()}-{os.urandom(4).hex()}"))
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            with suppress(OSError, ValueError):
                temporary.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    # The new name itself must reach the disk too; not every file system can be asked for that.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
