"""The ledger itself: one file, one transaction per document, nothing changed in place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

from sqlalchemy import Connection, Engine, select

from hkconcept.ledger.accounts import (
    begin_run,
    counts,
    finish_run,
    interrupted_runs,
    keep_packaged_version,
    packaged_version,
)
from hkconcept.ledger.answers import answer, log
from hkconcept.ledger.engine import WRITES, address_of, make_engine, reading_engine, shown
from hkconcept.ledger.faults import told
from hkconcept.ledger.restate import known_from_first_fetch, restatement
from hkconcept.ledger.schema import bases, documents, quotations
from hkconcept.ledger.sources import Reading, Source, add_document, add_snapshot, readings, sources
from hkconcept.ledger.statement import Recorded, Statement, document_key
from hkconcept.ledger.versions import prepare
from hkconcept.ledger.views import Narrow
from hkconcept.ledger.writing import add_statements
from hkconcept.model.document import Document, Origin
from hkconcept.model.times import Moment

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Ledger"]


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Ledger:
    """An append-only store of statements, documents and snapshots.

    Open it with :meth:`open` and close it with :meth:`close` or a ``with`` block. Every method that writes
    does so in one transaction: all of it is recorded, or nothing. Errors of the store are
    :class:`~hkconcept.errors.StoreError`.

    >>> with Ledger.open(":memory:") as ledger:
    ...     role = Statement(
    ...         subject_kind="security", subject="01801", attribute="role", value="innovator",
    ...         known_at=Moment.parse("2018-10-31"), status="packaged",
    ...     )
    ...     ledger.record([role]), ledger.record([role])
    ...     len(ledger.as_of(known=Moment.parse("2018-10-30"), valid=None))
    ...     [row.statement.value for row in ledger.as_of(known=Moment.parse("2018-10-31"), valid=None)]
    (1, 0)
    0
    ['innovator']

    """

    def __init__(self, engine: Engine, where: str, clock: Callable[[], dt.datetime]) -> None:
        """Keep an engine whose tables are ready; use :meth:`open` instead."""
        self._engine = engine
        self._writer = engine.execution_options(**{WRITES: True})
        self._where = where
        self._clock = clock

    @classmethod
    def open(cls, url_or_path: str | Path, *, clock: Callable[[], dt.datetime] = _utc_now) -> Self:
        """Open a ledger, making its tables on first use.

        Parameters
        ----------
        url_or_path
            A path, ``sqlite:///PATH``, ``:memory:``, or ``postgresql://USER@HOST/DATABASE``.
        clock
            Says when a row is written down; an aware datetime.

        Raises
        ------
        StoreError
            When the file is no ledger, is damaged, may not be written, or has a newer format.

        """
        address = address_of(url_or_path)
        where = shown(address)
        ledger = cls(make_engine(address), where, clock)
        try:
            with ledger._transaction() as connection:
                prepare(connection, where)
        except BaseException:
            ledger.close()
            raise
        return ledger

    def close(self) -> None:
        """Release the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        """Return the ledger."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the ledger."""
        self.close()

    # ---- writing

    def record(self, rows: Iterable[Statement], *, run: str | None = None) -> int:
        """Add statements; return how many were not held before."""
        with self._transaction() as connection:
            return self._insert(connection, rows, run)

    def load(self, frame: pl.DataFrame, *, run: str | None = None) -> int:
        """Add the statements of a frame, many at a time; return how many were not held before.

        The same rows as :meth:`record` would add, under the same ids, for imports of thousands to millions. They
        are facts whose values are texts (with any characters, quotation marks too) and which quote no document:
        numbers are written as texts of digits, structured values go through :meth:`record`, and what quotes a
        document through :meth:`record_document`, which keeps document and quotes together.

        Parameters
        ----------
        frame
            Columns of text ``subject_kind``, ``subject``, ``attribute``, ``value``, ``source`` and ``status``;
            ``known_at``, either days (known from the end of that day in Hong Kong) or times with a zone (to the
            second); and, where there are any, the days ``valid_from`` (inclusive) and ``valid_to`` (exclusive), and
            ``supersedes`` (the id replaced, 64 hexadecimal digits).
        run
            The id of the run, from :meth:`begin_run`.

        Raises
        ------
        ValueError
            When a column is missing, unknown or of another type, or a row could never be answered; it names the
            row by its number from 0. Nothing is added.

        """
        if quoting := sorted({"document", "quote"}.intersection(frame.columns)):
            msg = (
                f"a frame holds facts that quote no document, and this one has the columns {', '.join(quoting)}; "
                "record what quotes a document with record_document"
            )
            raise ValueError(msg)
        from hkconcept.ledger.bulk import add_frame  # noqa: PLC0415 - polars takes 0.1 to 0.3 s to import

        with self._transaction() as connection:
            return add_frame(connection, frame, recorded_at=self._clock(), run=run)

    def record_snapshot(self, origin: Origin, *, published: Moment | None = None, size: int | None = None) -> None:
        """Record where bytes came from and, when it is known, the moment at which they were published.

        The first record of a snapshot stays, with the place and the moment of its first fetch. A moment of
        publication that is told later, or another one, is kept beside it. :meth:`record_document` does this for the
        document that it records.

        Parameters
        ----------
        origin
            Publisher, address, licence, moment of the fetch; ``origin.sha256`` names the snapshot.
        published
            When the bytes were published, as they print it or as someone says.
        size
            Number of bytes, when known.

        """
        with self._transaction() as connection:
            add_snapshot(connection, origin, published=published, size=size, recorded_at=self._clock())

    def record_document(
        self, document: Document, rows: Iterable[Statement], *, size: int | None = None, run: str | None = None
    ) -> int:
        """Record a document, its snapshot, and everything extracted from it, all or nothing.

        Recording the same again changes nothing. Recording another extraction of the same document adds what is
        new and withdraws the ``extracted`` statements that it no longer makes (accepted ones stay). A document
        without a printed date counts as known from its first fetch, however often it is read again.

        Parameters
        ----------
        document
            The document as read.
        rows
            Statements that quote it, from :func:`hkconcept.ledger.records.statements_of`.
        size
            Bytes of the snapshot, when known.
        run
            The id of the run, from :meth:`begin_run`.

        Returns
        -------
        int
            Number of statements written, withdrawals included.

        """
        key = document_key(document)
        stated = tuple(rows)
        if any(row.document != key for row in stated):
            msg = f"a statement does not quote the document {document.id} that it is recorded with"
            raise ValueError(msg)
        with self._transaction() as connection:
            now = self._clock()
            add_snapshot(connection, document.origin, published=document.published, size=size, recorded_at=now)
            add_document(connection, document, recorded_at=now)
            if document.published is None:
                stated = known_from_first_fetch(connection, document, stated)
            of_document = quotations.c.document.in_(select(documents.c.key).where(documents.c.id == document.id))
            scope = of_document & (bases.c.status == "extracted")
            return self._insert(connection, restatement(connection, scope, stated), run)

    def restate_packaged(self, rows: Iterable[Statement], *, version: str, run: str | None = None) -> int:
        """Load the packaged facts of a version and withdraw those that it no longer has; remember the version.

        Returns the number of statements written, withdrawals included.
        """
        with self._transaction() as connection:
            changed = restatement(connection, bases.c.status == "packaged", rows)
            new = self._insert(connection, changed, run)
            keep_packaged_version(connection, version)
            return new

    def begin_run(self, *, command: str, version: str, as_of: Moment | None = None) -> str:
        """Note that a run has started; return its id."""
        with self._transaction() as connection:
            return begin_run(connection, command=command, version=version, as_of=as_of, started=self._clock())

    def finish_run(self, run: str, *, outcome: str) -> None:
        """Note how a run ended. A run without an end was interrupted."""
        with self._transaction() as connection:
            finish_run(connection, run, outcome=outcome, finished=self._clock())

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with told(self._where), self._writer.begin() as connection:
            yield connection

    def _insert(self, connection: Connection, rows: Iterable[Statement], run: str | None) -> int:
        return add_statements(connection, rows, recorded_at=self._clock(), run=run)

    # ---- reading

    def as_of(
        self,
        *,
        known: Moment | dt.datetime,
        valid: dt.date | None,
        recorded_by: dt.datetime | None = None,
        **narrow: Unpack[Narrow],
    ) -> tuple[Recorded, ...]:
        """Return the statements that could be known at a moment and were not taken back by then.

        Parameters
        ----------
        known
            The moment of knowledge. A :class:`Moment` of a day's precision means the end of that day.
        valid
            Only statements that hold on that day (from inclusive, to exclusive, unknown ends open);
            ``None`` for all.
        recorded_by
            Only what had been written down by then: repeats an answer given in the past.
        **narrow
            Only this ``subject_kind``, ``subject``, ``attribute`` or ``document`` (the key of a reading).

        Returns
        -------
        tuple of Recorded
            Ordered by subject kind, subject, attribute, valid_from, knowledge, place in the text, id.

        """
        with told(self._where):
            return answer(self._engine, known=known, valid=valid, recorded_by=recorded_by, narrow=narrow)

    def frame(  # noqa: PLR0913 - the choices of one question
        self,
        subject_kind: str,
        *,
        known: Moment | dt.datetime,
        valid: dt.date | None,
        attribute: str | None = None,
        recorded_by: dt.datetime | None = None,
        ids: bool = False,
    ) -> pl.DataFrame:
        """Return a whole register as of a moment as a polars frame: the rows of :meth:`as_of`, for millions of them.

        Parameters
        ----------
        subject_kind
            The register, for instance ``security``.
        known, valid, recorded_by
            As for :meth:`as_of`.
        attribute
            Only this attribute: the cross-section of a register.
        ids
            Whether to add the id of each statement (32 bytes, the hexadecimal id unpacked).

        Returns
        -------
        polars.DataFrame
            ``subject``, ``attribute``, ``value`` (a text as it is, any other value as JSON), ``is_json`` (which of
            the two), ``valid_from`` (inclusive), ``valid_to`` (exclusive), ``known_at`` (UTC), ``source``,
            ``status`` and, when asked for, ``id``. Ordered by subject, attribute, valid_from, knowledge, then the rest.
            ``known_at`` is the first instant at which the statement counts as known: for one known to the day
            only, the end of that day in Hong Kong, so that a filter on it never looks ahead.

        """
        from hkconcept.ledger.frames import register_frame  # noqa: PLC0415 - polars takes 0.1 to 0.3 s to import

        with told(self._where):
            return register_frame(
                self._engine,
                subject_kind,
                known=known,
                valid=valid,
                attribute=attribute,
                recorded_by=recorded_by,
                ids=ids,
            )

    def log(self) -> Iterator[Recorded]:
        """Yield every statement ever recorded, corrections and retractions too, in the order of recording.

        Recording them again, each at its ``recorded_at``, into an empty ledger that holds the same documents and
        runs gives the same ledger.
        """
        with told(self._where):
            yield from log(self._engine)

    def damages(self) -> tuple[str, ...]:
        """Return a sentence for each statement, text or page that is not what was recorded; none when all is sound.

        Every id is worked out again from what the row says now, so that one changed byte shows, also where the
        database itself cannot notice it. Takes about 10 microseconds a statement.

        Raises
        ------
        StoreError
            When the ledger is damaged so far that it cannot be read to its end.

        """
        from hkconcept.ledger.soundness import damages  # noqa: PLC0415 - for this question only

        with told(self._where):
            return tuple(damages(self._engine))

    def documents(self) -> tuple[Reading, ...]:
        """Return every reading recorded, oldest first, without the texts."""
        with told(self._where), self._engine.connect() as connection:
            return tuple(readings(connection))

    def sources(self) -> tuple[Source, ...]:
        """Return every snapshot recorded, oldest first: where its bytes came from and when they were published."""
        with told(self._where), reading_engine(self._engine).connect() as connection:
            return tuple(sources(connection))

    def source_of(self, key: str) -> Source:
        """Return the snapshot that a reading read; raise ``KeyError`` when there is none of that key."""
        with told(self._where), reading_engine(self._engine).connect() as connection:
            found = next(sources(connection, reading=key), None)
        if found is None:
            raise KeyError(key)
        return found

    def text_of(self, key: str) -> str:
        """Return the text of a reading; raise ``KeyError`` when there is none of that key."""
        with told(self._where), self._engine.connect() as connection:
            text: str | None = connection.scalar(select(documents.c.text).where(documents.c.key == key))
        if text is None:
            raise KeyError(key)
        return text

    def counts(self) -> Mapping[str, int]:
        """Return the number of rows held: snapshots, documents, statements, runs, and statements per status."""
        with told(self._where), self._engine.connect() as connection:
            return counts(connection)

    def interrupted_runs(self) -> tuple[str, ...]:
        """Return the ids of the runs that never said how they ended, oldest first."""
        with told(self._where), self._engine.connect() as connection:
            return interrupted_runs(connection)

    @property
    def packaged_version(self) -> str | None:
        """The version of the packaged facts that is loaded, ``None`` before the first."""
        with told(self._where), self._engine.connect() as connection:
            return packaged_version(connection)
