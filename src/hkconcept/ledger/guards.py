"""What the database itself refuses and shows, in the words of each dialect: append-only guards, a readable view."""

from __future__ import annotations

from hkconcept.errors import StoreError

__all__ = ["guards"]

_KEPT = ("snapshots", "documents", "subjects", "predicates", "bases", "recordings", "facts", "quotations")

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
    if dialect == "sqlite":
        return [*_sqlite_guards(), _view(_SQLITE)]
    if dialect == "postgresql":
        return [*_postgresql_guards(), _view(_POSTGRESQL)]
    raise StoreError(f"no append-only guards are written for {dialect}", todo="use SQLite or PostgreSQL")


def _sqlite_guards() -> list[str]:
    refusal = "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {refusal}"
        for table in _KEPT
        for verb in ("UPDATE", "DELETE")
    ] + [
        f"CREATE TRIGGER runs_no_update BEFORE UPDATE ON runs WHEN OLD.finished IS NOT NULL {refusal}",
        f"CREATE TRIGGER runs_no_delete BEFORE DELETE ON runs {refusal}",
    ]


def _postgresql_guards() -> list[str]:
    function = (
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'append-only' USING ERRCODE = 'restrict_violation'; END $$"
    )
    refusal = "EXECUTE FUNCTION refuse_change()"
    # TRUNCATE passes by the triggers of rows, so it has one of its own.
    each = {"UPDATE": "ROW", "DELETE": "ROW", "TRUNCATE": "STATEMENT"}
    made = [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} FOR EACH {one} {refusal}"
        for table in (*_KEPT, "runs")
        for verb, one in each.items()
        if (table, verb) != ("runs", "UPDATE")
    ]
    ended = "WHEN (OLD.finished IS NOT NULL)"
    return [function, *made, f"CREATE TRIGGER runs_no_update BEFORE UPDATE ON runs FOR EACH ROW {ended} {refusal}"]


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
