"""Corrections that replace a statement of another subject or attribute, or one that is not held: few, if any.

Whether a fact was taken back is asked of every row of a register. Where every correction ever recorded stands beside
what it corrects, under the same subject and attribute, the corrections of some subjects are all that can take their
facts back, and the question needs no search through the whole ledger. The first correction that crosses is noted when
it is recorded; from then on the whole ledger is searched.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, bindparam, select

from hkconcept.ledger.prepared import cursor_of, keep_first, prepared
from hkconcept.ledger.schema import facts, meta

__all__ = ["are_there_crossings", "note_crossings"]

_KEY: Final = "corrections_cross"


def note_crossings(connection: Connection, targets: Iterable[tuple[int, int, bytes]]) -> None:
    """Note whether a correction is recorded whose target is not held beside it.

    Parameters
    ----------
    connection
        In the transaction that has added the corrections.
    targets
        Numbers of subject and predicate of each correction, and the digest that it supersedes.

    """
    place = (facts.c.subject == bindparam("of_subject"), facts.c.predicate == bindparam("of_predicate"))
    asked = prepared(select(facts.c.basis).where(*place, facts.c.id == bindparam("target")), connection.dialect.name)
    with cursor_of(connection) as cursor:
        for subject, predicate, target in targets:
            # The digest goes to the driver as bytes, past the type that packs its digits.
            cursor.execute(
                asked.text, asked.bound({"of_subject": subject, "of_predicate": predicate, "target": target})
            )
            if cursor.fetchone() is None:
                connection.execute(keep_first(connection.dialect.name, meta), {"key": _KEY, "value": "1"})
                return


def are_there_crossings(connection: Connection) -> bool:
    """Whether any correction held may replace what does not stand beside it."""
    return connection.scalar(select(meta.c.value).where(meta.c.key == _KEY)) is not None
