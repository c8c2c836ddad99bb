"""The column types of the ledger: digests, instants and words, the same on every database."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Dialect, LargeBinary, String
from sqlalchemy.types import TypeDecorator

__all__ = ["EPOCH", "EPOCH_DAY", "Digest", "Instant", "Word", "microseconds"]

if TYPE_CHECKING:
    _Bytes = TypeDecorator[str]
    _Integer = TypeDecorator[dt.datetime]
else:
    _Bytes = _Integer = TypeDecorator

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
EPOCH_DAY = EPOCH.date().toordinal()
"""Days are stored as their distance from 1 January 1970: ``day.toordinal() - EPOCH_DAY``."""

_MICROSECOND = dt.timedelta(microseconds=1)


def microseconds(instant: dt.datetime) -> int:
    """Count the microseconds from 1970 UTC to an aware datetime, without passing through a float."""
    return (instant - EPOCH) // _MICROSECOND


class Digest(_Bytes):
    """A SHA-256 digest: 64 hexadecimal digits in Python, 32 bytes in the store."""

    impl = LargeBinary(32)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Pack the digits."""
        del dialect
        return None if value is None else bytes.fromhex(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Unpack the digits."""
        del dialect
        return None if value is None else value.hex()


class Instant(_Integer):
    """A point in time: an aware datetime in Python, microseconds since 1970 UTC in the store."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> int | None:
        """Count the microseconds."""
        del dialect
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> dt.datetime | None:
        """Return the instant in UTC."""
        del dialect
        return None if value is None else EPOCH + dt.timedelta(microseconds=value)


# Words are sorted in answers, and must sort the same everywhere: PostgreSQL is told to compare bytes as SQLite does.
Word = String().with_variant(String(collation="C"), "postgresql")
