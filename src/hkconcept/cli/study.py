"""``hkconcept study``: abnormal returns around an event, with tests that hold their size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from hkconcept.cli.answer import as_table, write_lines
from hkconcept.cli.arguments import Command
from hkconcept.cli.source import moment
from hkconcept.cli.study_events import Subject, subject
from hkconcept.errors import NotAvailableError, UsageError
from hkconcept.note.study_chart import study_svg
from hkconcept.service.clock import now
from hkconcept.service.durable import refusals_told, write_atomically
from hkconcept.service.studies import SAMPLE_DESIGN, known_panel
from hkconcept.study import (
    Design,
    Model,
    ReturnPanel,
    Study,
    StudyEvent,
    Window,
    earlier,
    from_folders,
    from_sample,
)
from hkconcept.study import (
    run as run_study,
)
from hkconcept.study.rows import tables
from hkconcept.study.workbook import workbook

__all__ = ["run"]


def run(command: Command) -> int:
    """Study the event, print the answers, and write chart and workbook with ``--out``."""
    present = now()
    as_of = moment(command.as_of, "--as-of") if command.as_of else present
    if as_of.at > present.at:
        raise UsageError(f"{as_of} has not come yet", where="--as-of", todo="give a moment in the past")
    design = _design(command)
    about = subject(command, as_of)
    codes = dict.fromkeys((*about.event.codes, *(code for event in about.past for code in event.codes)))
    panel = known_panel(_panel(command, list(codes)), as_of)
    study = run_study(panel, [about.event], design, groups=about.groups, others=about.others)
    if not study.events or not study.stocks:
        why = next((one for one in study.left_out if not one.code), None) or next(iter(study.left_out), None)
        raise NotAvailableError(
            f"nothing can be studied: {why.reason_en}" if why else "nothing can be studied: no securities",
            where=about.event.id,
            todo="give longer prices with --prices, or --min-observations",
        )
    study = replace(study, earlier=earlier(panel, about.event, _of_these(about), design))
    files = _write(study, about, command.out) if command.out else ()
    if as_table(command):
        from hkconcept.cli.study_tables import print_study  # noqa: PLC0415 - 80 ms that only a table needs

        print_study(study, about.names, every=command.all_tests, files=files)
    else:
        write_lines(_rows(study, files))
    return 0


def _of_these(about: Subject) -> list[StudyEvent]:
    """Return the earlier events, each on the members of its own day."""
    return [event for event in about.past if event.kind == about.event.kind]


def _design(command: Command) -> Design:
    base = Design() if command.prices else SAMPLE_DESIGN
    design = replace(
        base,
        estimation=Window.parse(command.estimation) if command.estimation else base.estimation,
        windows=tuple(Window.parse(text) for text in command.windows) if command.windows else base.windows,
        run_up=Window.parse(command.run_up) if command.run_up else base.run_up,
        model=Model(command.model),
        min_observations=command.min_observations or base.min_observations,
        exclude_confounded=command.exclude_confounded,
    )
    if command.model == Model.FACTORS:
        raise UsageError("factors are passed from a program", where="--model", todo="use hkconcept.study.ReturnPanel")
    return design


def _panel(command: Command, codes: list[str]) -> ReturnPanel:
    if not command.prices:
        return from_sample(codes, trade_to_trade=command.trade_to_trade)
    if not command.benchmark:
        raise UsageError("prices were given without a benchmark", todo="give a file of date,close with --benchmark")
    return from_folders(command.prices, command.benchmark, codes, trade_to_trade=command.trade_to_trade)


def _rows(study: Study, files: tuple[Path, ...]) -> Iterator[dict[str, Any]]:
    for name, rows in tables(study).items():
        for row in rows:
            yield {"type": name, **row}
    for path in files:
        yield {"type": "file", "path": str(path)}


def _write(study: Study, about: Subject, out: Path) -> tuple[Path, ...]:
    with refusals_told("the folder for the study cannot be made", out):
        out.mkdir(parents=True, exist_ok=True)
    groups = ("all", *about.groups)
    made = {
        "study.en.svg": study_svg(study, "en", groups).encode(),
        "study.zh.svg": study_svg(study, "zh", groups).encode(),
        "study.xlsx": workbook(study),
    }
    for name, data in made.items():
        write_atomically(out / name, data)
    return tuple(out / name for name in made)
