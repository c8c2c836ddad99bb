"""``hkconcept clock``: the statutory review clock, comparisons, eligibility, inspection, rules, changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from hkconcept.cli.answer import as_table, write_lines
from hkconcept.cli.arguments import Command
from hkconcept.cli.options.clock import ClockOptions
from hkconcept.errors import SourceError, UsageError
from hkconcept.pathway.case import Case
from hkconcept.pathway.change_tables import changes_table, comparison_table, profile_table, touched_table
from hkconcept.pathway.channels import application_named, channel_named, lineage
from hkconcept.pathway.clock import Clock
from hkconcept.pathway.clock import run as run_clock
from hkconcept.pathway.clock_tables import clock_tables
from hkconcept.pathway.conventions import Conventions
from hkconcept.pathway.entries import case_of, read_case
from hkconcept.pathway.forecast import Durations, durations
from hkconcept.pathway.rule_files import packaged_rules
from hkconcept.pathway.rule_tables import eligibility_table, forecast_table, inspection_table, rules_tables
from hkconcept.pathway.table import Table
from hkconcept.service.clock import now

__all__ = ["run"]

_CLEAN, _FINDINGS = 0, 1
_LATE = {"overdue", "done_late"}


def run(command: Command) -> int:
    """Run the clock or the sub-command asked for; 1 when a step of a clock is overdue or was late."""
    options = command.clock or ClockOptions()
    action = getattr(command, "action", "")
    if not action:
        return _clock(command, options)
    actions: dict[str, Callable[[ClockOptions], Iterable[Table]]] = {
        "compare": _compare,
        "eligible": _eligible,
        "inspection": _inspection,
        "rules": _rules,
        "changes": _changes,
    }
    _show(command, actions[action](options))
    return _CLEAN


def _clock(command: Command, options: ClockOptions) -> int:
    chosen = dict(_pair(text, "--convention", "fraction=down") for text in options.conventions)
    clock = run_clock(_case(options), packaged_rules(), as_of=_day(options.day), conventions=Conventions.of(chosen))
    tables = list(clock_tables(clock, options.language, days=options.days))
    if options.forecast:
        tables.append(forecast_table(_forecast(clock), options.language))
    _show(command, tables)
    _write_files(clock, options)
    return _FINDINGS if any(step.state in _LATE for step in clock.steps) else _CLEAN


def _forecast(clock: Clock) -> Durations:
    """Return how long the completed cases held took; the channels of the register are coarser than the clock's."""
    from hkconcept.pathway.register_cases import completed_cases  # noqa: PLC0415 - reads a register

    channel = "priority" if "priority" in lineage(clock.channel) else "standard"
    running = clock.review.elapsed if clock.review.end is None else 0
    return durations(completed_cases(as_of=clock.as_of), channel, as_of=clock.as_of, elapsed=running or 0)


def _write_files(clock: Clock, options: ClockOptions) -> None:
    if options.ics:
        from hkconcept.pathway.ics import calendar_file  # noqa: PLC0415 - only when asked for

        _write(options.ics, calendar_file(clock, options.language), "--ics")
    if options.svg:
        from hkconcept.note.gantt import standalone_gantt  # noqa: PLC0415 - fonts, only when asked for

        _write(options.svg, standalone_gantt(clock, "zh" if options.language == "zh" else "en"), "--svg")
    if options.html:
        from hkconcept.note.application import render_application  # noqa: PLC0415 - as above

        _write(options.html, render_application(clock, packaged_rules(), forecast=_forecast(clock)), "--html")


def _case(options: ClockOptions) -> Case:
    if options.case:
        if options.accepted or options.events:
            raise UsageError("both --case and --accepted or --event were given", todo="put them into the file")
        return read_case(options.case)
    events = [_pair(text, "--event", "letter=2025-06-10/2025-08-15") for text in options.events]
    return case_of(options.accepted, events, application=options.application, channel=options.channel)


def _compare(options: ClockOptions) -> Iterable[Table]:
    from hkconcept.pathway.compare import (  # noqa: PLC0415 - not needed for a clock
        compare_channels,
        compare_dates,
        compare_profile,
    )

    book = packaged_rules()
    if options.profile:
        from hkconcept.pathway.eligibility import packaged_criteria, read_profile  # noqa: PLC0415 - as above

        before, after = _two_days(options)
        changes = compare_profile(read_profile(options.profile), packaged_criteria(), book, before=before, after=after)
        return [profile_table(changes, before, after, options.language)]
    application = application_named(options.application)
    channel = channel_named(options.channel, application).id
    if options.other:
        if options.until:
            raise UsageError("both --with and --to were given", todo="compare two channels or two days")
        on = _day(options.day)
        other = channel_named(options.other, application).id
        steps = compare_channels(book, application, channel, other, on=on)
        return [comparison_table(steps, f"{channel}, {on}", f"{other}, {on}", options.language)]
    before, after = _two_days(options)
    steps = compare_dates(book, application, channel, before, after)
    return [comparison_table(steps, f"{channel}, {before}", f"{channel}, {after}", options.language)]


def _two_days(options: ClockOptions) -> tuple[dt.date, dt.date]:
    if not options.day or not options.until:
        raise UsageError(
            "nothing to compare with was given", todo="give --with CHANNEL, or the two days --from DAY and --to DAY"
        )
    return _day(options.day), _day(options.until)


def _eligible(options: ClockOptions) -> Iterable[Table]:
    from hkconcept.pathway.eligibility import judge, packaged_criteria, read_profile  # noqa: PLC0415 - as above

    if not options.profile:
        raise UsageError("no profile was given", todo="give one with --profile FILE")
    criteria, on = packaged_criteria(), _day(options.day)
    results = judge(read_profile(options.profile), criteria, packaged_rules(), on=on)
    return [eligibility_table(results, criteria, options.language)]


def _inspection(options: ClockOptions) -> Iterable[Table]:
    from hkconcept.pathway.inspection import effect_of_overseas, features  # noqa: PLC0415 - as above

    on = _day(options.day)
    effect = None
    if options.case or options.accepted:
        effect = effect_of_overseas(_case(options), packaged_rules(), as_of=on)
    return [inspection_table(features(on), effect, options.language)]


def _rules(options: ClockOptions) -> Iterable[Table]:
    return rules_tables(packaged_rules().as_of(_day(options.day)), _day(options.day), options.language)


def _changes(options: ClockOptions) -> Iterable[Table]:
    from hkconcept.pathway.changes import touched, what_changes  # noqa: PLC0415 - as above
    from hkconcept.pathway.register_cases import designated_drugs  # noqa: PLC0415 - as above

    book, as_of = packaged_rules(), _day(options.day)
    instrument = book.instrument(options.policy)
    found = what_changes(book, options.policy, as_of=as_of)
    if found is None:
        raise UsageError(f"{options.policy} was first public on {instrument.public}, after {as_of}", where="--as-of")
    drugs = designated_drugs(as_of=as_of)
    return [
        changes_table(found, options.language),
        touched_table(touched(found, drugs, as_of=as_of), len(drugs), options.language),
    ]


def _pair(text: str, option: str, example: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"{text!r} lacks an equals sign", where=option, todo=f"write it like {example}")
    return name.strip(), value.strip()


def _day(text: str | None) -> dt.date:
    present = now().day
    if text is None:
        return present
    try:
        return dt.date.fromisoformat(text if len(text) == 10 else "")
    except ValueError:
        raise UsageError(f"{text!r} is not a date", where="a day", todo="write it like 2026-01-07") from None


def _show(command: Command, tables: Iterable[Table]) -> None:
    if as_table(command):
        from hkconcept.cli.clock_table import print_tables  # noqa: PLC0415 - 80 ms that only a terminal needs

        print_tables(tables)
        return
    for table in tables:
        write_lines(table.records, default=_plain)


def _plain(value: Any) -> str:  # noqa: ANN401 - whatever JSON has no form for
    return str(value)


def _write(path: Path, text: str, option: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise SourceError(
            f"the file cannot be written: {error.strerror}", where=str(path), todo=f"choose another with {option}"
        ) from error
