"""A parsed command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hkconcept.cli.options.clock import ClockOptions

__all__ = ["Command"]


class Command(argparse.Namespace):
    """A parsed command line; ``run`` executes it and returns the exit status."""

    run: Callable[[Command], int]
    workspace: Path | None
    sample: str | None
    source: str | None
    sources: list[str]
    html: Path | None
    out: Path
    as_of: str | None
    published: str | None
    form: str
    explain: bool
    stories: bool
    workers: int | None
    concept: str
    strict: bool
    name: str
    valid: str | None
    where: list[str] | None
    drug: str | None
    export: Path | None
    diff: str | None
    action: str
    since: str | None
    on: str | None
    role: str | None
    register: str | None
    map: str | None
    maps: bool
    sheet: str | None
    given: list[str]
    dry_run: bool
    show: str | None
    accept: list[str]
    reject: list[str]
    by: str | None
    reason: str | None
    auto: bool
    rules: Path | None
    policy: str | None
    public: str | None
    codes: str | None
    prices: list[str]
    benchmark: Path | None
    windows: list[str]
    estimation: str | None
    run_up: str | None
    model: str
    min_observations: int | None
    exclude_confounded: bool
    trade_to_trade: bool
    all_tests: bool
    methodology: str
    members: str | None
    facts: str | None
    until: str | None
    currency: str | None
    chart: Path | None
    clock: ClockOptions | None
