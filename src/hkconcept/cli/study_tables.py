"""A study on a terminal: the sentence, the windows, the tests with their warnings, the stocks, who was left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hkconcept.cli.terminal import console_of_width
from hkconcept.note.i18n import printable
from hkconcept.study.answers import Study
from hkconcept.study.sentence import TEST_NAMES, p_text, percent, reaction

__all__ = ["print_study"]


def print_study(study: Study, names: Mapping[str, str], *, every: bool, files: Iterable[Path]) -> None:
    """Print a study to standard output; with ``every`` the tests of all windows, not of the main one alone."""
    console = console_of_width(150)
    for event in study.events:
        label = event.label_en or event.id
        console.print(Text(printable(f"{label}: public {event.public}, day 0 {event.session}"), style="bold"))
        console.print(event.reason)
    for sentence in reaction(study) or ():
        console.print(Text(sentence))
    console.print()
    console.print(_windows(study))
    main = study.main
    console.print(f"default: {TEST_NAMES[main.choice.key][0]}. {main.choice.reason_en}")
    console.print(f"model {study.design.model}, estimation {study.design.estimation}, market {study.market_name}")
    console.print()
    console.print(_tests(study, every=every))
    console.print(_stocks(study, names))
    _print_earlier(console, study)
    for found in study.confounders:
        told = " (left out)" if found.excluded else ""
        text = f"also in the window: {found.code} {found.session} ({found.offset:+d}): {found.other}{told}"
        console.print(Text(printable(text)))
    for one in study.left_out:
        where = f" in {one.window}" if one.window else ""
        console.print(Text(printable(f"left out{where}: {one.code or one.event}: {one.reason_en}")))
    for remark, _ in study.remarks:
        console.print(Text(printable(remark)))
    for path in files:
        console.print(f"wrote {path}", soft_wrap=True)


def _windows(study: Study) -> Table:
    table = Table("group", "window", "n", "mean CAR", "band", "BHAR", box=None, pad_edge=False, header_style="dim")
    for title in ("p", "Holm", "detectable", "test"):
        table.add_column(title)
    for answer in study.windows:
        effect = answer.effect
        label = f"{answer.window} run-up" if answer.kind == "run_up" else str(answer.window)
        table.add_row(
            answer.group,
            label,
            f"{effect.n} of {answer.asked}",
            percent(effect.mean if effect.n else None),
            f"{percent(effect.low)} to {percent(effect.high)}" if effect.low is not None else "n/a",
            percent(answer.bhar),
            p_text(answer.default).removeprefix("p ").removeprefix("= "),
            f"{answer.holm:.3f}" if answer.holm is not None else "n/a",
            f"{effect.detectable * 100:.1f}%" if effect.detectable is not None else "n/a",
            TEST_NAMES[answer.choice.key][0],
        )
    return table


def _tests(study: Study, *, every: bool) -> Table:
    table = Table("", "test", "window", "statistic", "p", "warning", box=None, pad_edge=False, header_style="dim")
    for answer in study.windows if every else study.windows[:1]:
        for test in answer.tests:
            found = test.outcome
            table.add_row(
                "▸" if test.default else "",
                TEST_NAMES[found.key][0],
                f"{answer.group} {answer.window}",
                f"{found.statistic:+.2f}" if found.statistic is not None else "n/a",
                p_text(found).removeprefix("p ").removeprefix("= "),
                found.absent or test.warning_en,
            )
    return table


def _stocks(study: Study, names: Mapping[str, str]) -> Table:
    table = Table("code", "name", "returns", "beta", box=None, pad_edge=False, header_style="dim")
    spans = (*study.design.windows, study.design.run_up)
    for span in spans:
        table.add_column(f"CAR {span}", justify="right")
    table.add_column("scaled", justify="right")
    for stock in study.stocks:
        held = {window.window: window for window in stock.windows}
        first = held.get(spans[0])
        table.add_row(
            f"{stock.code}.HK",
            printable(names.get(stock.code, "")),
            str(stock.observations),
            f"{stock.beta:.2f}" if stock.beta is not None else "n/a",
            *(percent(held[span].car) if span in held else "n/a" for span in spans),
            f"{first.scar:+.2f}" if first else "n/a",
        )
    return table


def _print_earlier(console: Console, study: Study) -> None:
    found = study.earlier
    if found is None or not found.held:
        return
    counted = (
        f"after earlier events of the kind {found.kind!r}, {found.window}: {found.n} of {found.held} could be studied"
    )
    if found.median is not None:
        counted += f"; median {percent(found.median)}, {found.positive} of {found.n} positive"
    console.print(counted)
    for one in found.events:
        label = printable(one.label_en or one.id)
        told = f"n {one.n}, {percent(one.effect)}" if one.effect is not None else one.why_en
        p = f", p = {one.p:.3f}" if one.p is not None else ""
        console.print(Text(f"  {one.session} {label}: {told}{p}"))
