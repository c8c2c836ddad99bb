"""What the database itself refuses and shows, in the words of each dialect: append-only guards, a readable view."""

from __future__ import annotations

from hkconcept.errors import StoreError

__all__ = ["guards", "guards_of"]

_KEPT = (
    "snapshots", "publications", "documents", "subjects", "predicates", "bases", "recordings", "facts", "quotations",
    "runs",
)  # fmt: skip

# Days and instants are numbers in the tables; the view writes them as dates and as UTC, in each dialect's words.
_SQLITE = {
    "hex": "lower(hex({}))",
    "day": "date({} * 86400, 'unixepoch')",
    "instant": "strftime('%Y-%m-%d %H:%M:%S', {} / 1000000, 'unixepoch')",
}
_POSTGRESQL = {
    "hex": "encode({}, 'hex')",
    "day": "(DATE '1970-01-01' + {})",
    "instant": "(TIMESTAMP '1970-01-01' + {} * INTERVAL '1 microsecond')",
}


def guards(dialect: str) -> list[str]:
    """Return the statements that make the tables append-only in a dialect, and the view ``statements``.

    A run may be completed once; nothing else is ever changed, and nothing is deleted.

    >>> guards("sqlite")[0]
    "CREATE TRIGGER snapshots_no_update BEFORE UPDATE ON snapshots BEGIN SELECT RAISE(ABORT, 'append-only'); END"

    """
    if dialect not in ("sqlite", "postgresql"):
        raise StoreError(f"no append-only guards are written for {dialect}", todo="use SQLite or PostgreSQL")
    kept = [statement for table in _KEPT for statement in guards_of(dialect, table)]
    return [*kept, _view(_SQLITE)] if dialect == "sqlite" else [_REFUSE, *kept, _view(_POSTGRESQL)]


_REFUSE = (
    "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'append-only' USING ERRCODE = 'restrict_violation'; END $$"
)


def guards_of(dialect: str, table: str) -> list[str]:
    """Return the statements that make one table append-only."""
    # TRUNCATE passes by the triggers of rows, so it has one of its own; SQLite has no such command.
    verbs = ("UPDATE", "DELETE") if dialect == "sqlite" else ("UPDATE", "DELETE", "TRUNCATE")
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {_refusal(dialect, table, verb)}"
        for verb in verbs
    ]


def _refusal(dialect: str, table: str, verb: str) -> str:
    when = "WHEN (OLD.finished IS NOT NULL) " if (table, verb) == ("runs", "UPDATE") else ""
    if dialect == "sqlite":
        return f"{when}BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    return f"FOR EACH {'STATEMENT' if verb == 'TRUNCATE' else 'ROW'} {when}EXECUTE FUNCTION refuse_change()"


_VIEW = """
CREATE VIEW statements AS
SELECT {id} AS id, s.subject_kind, s.subject, p.attribute, f.value, b.is_json,
    {valid_from} AS valid_from, {valid_to} AS valid_to, {known_by} AS known_by, b.known_precision,
    {recorded_at} AS recorded_at, b.status, b.source, {document} AS document, q.exact AS quote,
    {supersedes} AS supersedes, r.run
FROM facts f
JOIN subjects s ON s.id = f.subject
JOIN predicates p ON p.id = f.predicate
JOIN bases b ON b.id = f.basis
JOIN recordings r ON r.id = f.recording
LEFT JOIN quotations q ON q.subject = f.subject AND q.predicate = f.predicate AND q.fact = f.id
"""


def _view(say: dict[str, str]) -> str:
    return _VIEW.format(
        id=say["hex"].format("f.id"),
        valid_from=say["day"].format("f.valid_from"),
        valid_to=say["day"].format("f.valid_to"),
        known_by=say["instant"].format("f.known_by"),
        recorded_at=say["instant"].format("r.recorded_at"),
        document=say["hex"].format("q.document"),
        supersedes=say["hex"].format("f.supersedes"),
    )
