"""The database's refusals, told as one sentence each."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from hkconcept.errors import StoreError

__all__ = ["told"]

_RESTORE = "restore a copy of it, or move it away and run the command again to start a new one"

# The longest name that a SQLite result code starts with decides: SQLITE_IOERR_WRITE falls to SQLITE_IOERR.
_LOCKED = ("another program has kept the ledger locked for over 10 seconds", "end it, then try again")
_FULL = ("the disk is full, so nothing of this step was recorded", "free some space, then try again")
_CHANGED = ("the ledger is append-only and refused a change", "record a correction instead")
_NOT_HELD = (
    "a statement quotes a document, or names a run, that the ledger does not hold",
    "record the document together with its statements",
)
_SENTENCES = {
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_CANTOPEN": ("the ledger cannot be opened", "check that the folder exists and that you may write in it"),
    "SQLITE_CORRUPT": ("the ledger is damaged", _RESTORE),
    "SQLITE_FULL": _FULL,
    "SQLITE_IOERR": (
        "the disk refused to read or write, so nothing of this step was recorded",
        "check the disk and the space left on it, then try again",
    ),
    "SQLITE_NOTADB": ("this file is not a ledger", "give another path, or move the file away"),
    "SQLITE_PERM": ("the ledger may not be written", "give yourself the right to write it"),
    "SQLITE_READONLY": ("the ledger may not be written", "give yourself the right to write it and its folder"),
    "SQLITE_CONSTRAINT_FOREIGNKEY": _NOT_HELD,
    "SQLITE_CONSTRAINT_TRIGGER": _CHANGED,
}

# The conditions of PostgreSQL, a class of them by its first two characters.
_CONDITIONS = {
    "08": ("the connection to the database was lost, so nothing of this step was recorded", "try again"),
    "23001": _CHANGED,
    "23503": _NOT_HELD,
    "22021": (
        "a text holds a character that PostgreSQL does not keep",
        "read the source again with the right encoding",
    ),
    "42501": ("the user may not read or write this ledger", "ask the owner of the database for the right"),
    "53100": _FULL,
    "55P03": _LOCKED,
    "57P": ("the server was stopped, so nothing of this step was recorded", "start it, then try again"),
    "XX001": ("the ledger is damaged", "restore a copy of the database"),
    "XX002": ("the ledger is damaged", "restore a copy of the database"),
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
    except UnicodeEncodeError as error:
        what = f"a text holds half a character (a lone surrogate) at offset {error.start}"
        raise StoreError(what, where=where, todo="read the source again with the right encoding") from error
    except Exception as error:
        # A refusal while the connection is being made, or on a cursor of the driver, comes from the driver itself.
        cause = error.orig if isinstance(error, DBAPIError) else error
        if not isinstance(cause, (sqlite3.Error, _server_error(), json.JSONDecodeError)):
            raise
        what, todo = _sentence(cause)
        raise StoreError(what, where=where, todo=todo) from error


def _server_error() -> type[Exception]:
    """Return the error of PostgreSQL's driver, when it is in use at all."""
    driver = sys.modules.get("psycopg")
    found: type[Exception] = driver.Error if driver else sqlite3.Error
    return found


def _sentence(error: BaseException | None) -> tuple[str, str]:
    if isinstance(error, json.JSONDecodeError) or "Could not decode to UTF-8" in str(error):
        # The database notices a changed page only where its own structure breaks; here a text did.
        return _SENTENCES["SQLITE_CORRUPT"]
    if error is not None and not isinstance(error, sqlite3.Error):
        return _of_server(error)
    name = getattr(error, "sqlite_errorname", "")
    while name:
        if name in _SENTENCES:
            return _SENTENCES[name]
        name = name.rpartition("_")[0]
    kind = "the ledger contradicts its own rules" if isinstance(error, sqlite3.IntegrityError) else "the ledger failed"
    return f"{kind} ({error})", "report this with the command that you ran"


def _of_server(error: BaseException) -> tuple[str, str]:
    state = getattr(error, "sqlstate", None) or ""
    for length in (5, 3, 2):
        if state[:length] in _CONDITIONS:
            return _CONDITIONS[state[:length]]
    words = " ".join(str(error).split())
    if not state and type(error).__name__ == "OperationalError":
        # Without a condition the server did not answer; the driver's words name its address, never the password.
        return f"the database cannot be reached ({words})", "check that the server runs, and the address of the ledger"
    if "NUL" in words:
        return _CONDITIONS["22021"]
    return f"the ledger failed ({words})", "report this with the command that you ran"
