"""``hkconcept review``: facts found by machine, with their quotes, to be accepted, edited or rejected."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from hkconcept.cli.answer import as_table, write_lines
from hkconcept.cli.arguments import Command
from hkconcept.errors import UsageError
from hkconcept.ledger.sources import Source
from hkconcept.registers.directory import schema_of
from hkconcept.service.clock import now
from hkconcept.service.facts import facts_version, packaged_facts
from hkconcept.service.review import Decided, Item, Review
from hkconcept.service.workspace import Workspace

__all__ = ["run"]

_AROUND = 160


def run(command: Command) -> int:
    """Show the queue, show one fact, or decide; on a terminal without any option, go through the queue and ask."""
    _refuse_contradictions(command)
    if command.register:
        schema_of(command.register)
    table = as_table(command)
    present = now()
    with Workspace.open(
        command.workspace, now=present, packaged=packaged_facts, packaged_version=facts_version()
    ) as workspace:
        review = Review(workspace, now=present, version=version("hkconcept"))
        if command.show:
            _show(review, command.show, table=table)
        elif command.accept or command.reject:
            _told(_decisions(review, command), table=table)
        elif command.auto:
            _auto(review, command, table=table)
        elif table and sys.stdin.isatty() and command.form == "auto":
            from hkconcept.cli.reviewing import go_through  # noqa: PLC0415 - only a conversation needs it

            go_through(review, review.queue(command.register), by=command.by or "")
        else:
            _list(review.queue(command.register), table=table)
    return 0


def _refuse_contradictions(command: Command) -> None:
    deciding = bool(command.accept or command.reject)
    if deciding and not (command.by or "").strip():
        raise UsageError(
            "nobody is named who decides", where="--by", todo="give your name, for example --by 'Chan Mei'"
        )
    if deciding and (command.auto or command.show):
        raise UsageError("deciding, showing and --auto are different things", todo="give one of them")
    if command.given and len(command.accept) != 1:
        raise UsageError("--set completes one row", where="--set", todo="give it with one --accept ID")
    if (command.rules or command.dry_run) and not command.auto:
        raise UsageError("--rules and --dry-run belong to --auto", todo="give --auto as well")


def _decisions(review: Review, command: Command) -> list[Decided]:
    """Decide; every id is found and every row complete before the first is recorded."""
    queue = review.queue()
    edits = dict(_pair(text) for text in command.given)
    accepted = [review.find(one, queue) for one in dict.fromkeys(command.accept)]
    rejected = [review.find(one, queue) for one in dict.fromkeys(command.reject)]
    ids = [item.candidate.id for item in (*accepted, *rejected)]
    if len(set(ids)) < len(ids):
        raise UsageError(
            "one fact is named twice", where=command.accept[0] if command.accept else "", todo="name it once"
        )
    reason = command.reason or ""
    for item in accepted:
        review.check(review.edited(item, edits))
    made = [review.accept(item, by=command.by or "", edits=edits, reason=reason) for item in accepted]
    return made + [review.reject(item, by=command.by or "", reason=reason) for item in rejected]


def _pair(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator:
        raise UsageError(f"{text!r} is not COLUMN=VALUE", where="--set", todo="write it like --set type=biological")
    return name, value


def _auto(review: Review, command: Command, *, table: bool) -> None:
    from hkconcept.service.rules import accept_by_rules, load_rules  # noqa: PLC0415 - only rules need them

    done = list(accept_by_rules(review, load_rules(command.rules), dry_run=command.dry_run))
    rows = [
        {
            "type": "decision",
            "id": item.candidate.id,
            "decision": "accepted" if decided else "would be accepted",
            "by": f"rule {rule.id}",
            "reason": rule.reason,
            "register": item.candidate.schema.register,
            "subject": decided.subject if decided else item.candidate.values.get("id", ""),
            "statements": decided.statements if decided else 0,
        }
        for item, rule, decided in done
    ]
    if table:
        from hkconcept.cli.reviewing import print_decisions  # noqa: PLC0415 - 80 ms that only a terminal needs

        print_decisions(rows, waiting=len(review.queue()))
        return
    write_lines(rows)


def _told(decisions: Iterable[Decided], *, table: bool) -> None:
    rows = [
        {
            "type": "decision",
            "id": one.id,
            "decision": one.decision,
            "by": one.by,
            "register": one.register,
            "subject": one.subject,
            "statements": one.statements,
        }
        for one in decisions
    ]
    if table:
        from hkconcept.cli.reviewing import print_decisions  # noqa: PLC0415 - as above

        print_decisions(rows)
        return
    write_lines(rows)


def _list(items: Iterable[Item], *, table: bool) -> None:
    if table:
        from hkconcept.cli.reviewing import print_queue  # noqa: PLC0415 - as above

        print_queue(tuple(items))
        return
    write_lines(_row(item) for item in items)


def _show(review: Review, given: str, *, table: bool) -> None:
    item = review.find(given)
    if table:
        from hkconcept.cli.reviewing import print_item  # noqa: PLC0415 - as above

        print_item(item, review.text_of(item), review.source_of(item))
        return
    start, end = item.candidate.quote.span
    text = review.text_of(item)
    around = {"before": text[max(0, start - _AROUND) : start], "after": text[end : end + _AROUND]}
    write_lines([_row(item) | around | {"origin": _origin(review.source_of(item))}])


def _origin(source: Source) -> dict[str, Any]:
    origin = source.origin
    return {
        "publisher": origin.publisher or None,
        "url": origin.url or None,
        "location": origin.location,
        "licence": origin.licence or None,
        "published": [str(moment) for moment in source.published],
        "fetched_at": str(origin.fetched_at),
        "sha256": origin.sha256,
    }


def _row(item: Item) -> dict[str, Any]:
    candidate = item.candidate
    return {
        "type": "candidate",
        "id": candidate.id,
        "register": candidate.schema.register,
        "event": candidate.type,
        "known_at": str(candidate.known_at),
        "status": candidate.status,
        "source": candidate.source,
        "title": candidate.title,
        "quote": candidate.quote.exact,
        "start": candidate.quote.span.start,
        "end": candidate.quote.span.end,
        "values": dict(candidate.values),
        "concluded": dict(candidate.concluded),
        "missing": [{"column": one.column, "message": one.message} for one in item.findings],
        "held": {name: item.held.text(name) for name in item.held.values} if item.held else None,
        "differs": dict(item.differs),
        "similar": list(item.similar),
    }
