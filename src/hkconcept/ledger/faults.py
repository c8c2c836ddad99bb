"""The database's refusals, told as one sentence each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from hkconcept.errors import StoreError

__all__ = ["told"]

_RESTORE = "restore a copy of it, or move it away and run the command again to start a new one"

# The longest name that a SQLite result code starts with decides: SQLITE_IOERR_WRITE falls to SQLITE_IOERR.
_SENTENCES = {
    "SQLITE_BUSY": ("another program has kept the ledger locked for over 10 seconds", "end it, then try again"),
    "SQLITE_LOCKED": ("another program has kept the ledger locked for over 10 seconds", "end it, then try again"),
    "SQLITE_CANTOPEN": ("the ledger cannot be opened", "check that the folder exists and that you may write in it"),
    "SQLITE_CORRUPT": ("the ledger is damaged", _RESTORE),
    "SQLITE_FULL": ("the disk is full, so nothing of this step was recorded", "free some space, then try again"),
    "SQLITE_IOERR": (
        "the disk refused to read or write, so nothing of this step was recorded",
        "check the disk and the space left on it, then try again",
    ),
    "SQLITE_NOTADB": ("this file is not a ledger", "give another path, or move the file away"),
    "SQLITE_PERM": ("the ledger may not be written", "give yourself the right to write it"),
    "SQLITE_READONLY": ("the ledger may not be written", "give yourself the right to write it and its folder"),
    "SQLITE_CONSTRAINT_FOREIGNKEY": (
        "a statement quotes a document, or names a run, that the ledger does not hold",
        "record the document together with its statements",
    ),
    "SQLITE_CONSTRAINT_TRIGGER": ("the ledger is append-only and refused a change", "record a correction instead"),
}


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn a refusal of the database inside the block into a :class:`StoreError` that names ``where``.

    Raises
    ------
    StoreError
        In place of every error of the database, and for text that no UTF-8 file can hold.

    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        # A refusal while the connection is being made comes from the driver itself.
        what, todo = _sentence(error.orig if isinstance(error, DBAPIError) else error)
        raise StoreError(what, where=where, todo=todo) from error
    except UnicodeEncodeError as error:
        what = f"a text holds half a character (a lone surrogate) at offset {error.start}"
        raise StoreError(what, where=where, todo="read the source again with the right encoding") from error


def _sentence(error: BaseException | None) -> tuple[str, str]:
    name = getattr(error, "sqlite_errorname", "")
    while name:
        if name in _SENTENCES:
            return _SENTENCES[name]
        name = name.rpartition("_")[0]
    kind = "the ledger contradicts its own rules" if isinstance(error, sqlite3.IntegrityError) else "the ledger failed"
    return f"{kind} ({error})", "report this with the command that you ran"
