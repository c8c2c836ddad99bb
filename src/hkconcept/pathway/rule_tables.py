"""What rules say on a day, as plain tables: limits, channels open to a drug, inspection, and how long reviews took."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from hkconcept.pathway.eligibility import Criteria, Result
from hkconcept.pathway.forecast import Durations
from hkconcept.pathway.inspection import ASPECTS, Effect, Feature
from hkconcept.pathway.names import STATUSES
from hkconcept.pathway.rules import RuleBook
from hkconcept.pathway.table import Cells, Table, limit_record, limit_text, pick

__all__ = ["eligibility_table", "forecast_table", "inspection_table", "rules_tables"]


def eligibility_table(results: Sequence[Result], criteria: Criteria, language: str) -> Table:
    """Return every channel with its verdict, the article, and the facts that would decide, in words."""
    return Table(
        "",
        ("channel", "verdict", "article", "status", "unknown facts")
        if language == "en"
        else ("通道", "结论", "条款", "依据", "未知事实"),
        tuple(
            (
                result.channel.what.text(language),
                result.verdict,
                f"{result.channel.instrument} {result.channel.article}",
                STATUSES[result.channel.status].text(language),
                "; ".join(criteria.facts[fact].text(language) for fact in result.missing),
            )
            for result in results
        ),
        tuple(
            {
                "type": "channel",
                "channel": result.channel.id,
                "verdict": result.verdict,
                "instrument": result.channel.instrument,
                "article": result.channel.article,
                "rule": result.channel.rule,
                "status": result.channel.status,
                "source": result.channel.source,
                "criteria": [
                    {"criterion": one.text, "verdict": one.verdict, "missing": list(one.missing)}
                    for one in result.criteria
                ],
            }
            for result in results
        ),
        styles=tuple(result.verdict for result in results),
    )


def inspection_table(found: Sequence[Feature], effect: Effect | None, language: str) -> Table:
    """Return the inspection system, and what an overseas inspection does to the deadline of a case."""
    clocks = {
        "runs": pick(language, "counted", "计入"),
        "stands": pick(language, "not counted", "不计入"),
        "before": pick(language, "outside the review", "审评之外"),
    }
    remarks: Cells = ()
    records: list[dict[str, Any]] = [
        {
            "type": "inspection",
            "id": one.id,
            "aspect": one.aspect,
            "clock": one.clock,
            "en": one.what.en,
            "zh": one.what.zh,
            "article": one.article,
            "rules": list(one.rules),
            "status": one.status,
            "source": one.source,
        }
        for one in found
    ]
    if effect is not None:
        remarks = (
            pick(
                language,
                f"overseas inspection takes {effect.taken_out} working days out of the count so far: "
                f"the deadline moves from {effect.without} to {effect.with_it}",
                f"境外核查至今扣除{effect.taken_out}个工作日：届满日由{effect.without}移至{effect.with_it}",
            ),
        )
        records.append(
            {
                "type": "effect",
                "without": str(effect.without),
                "with": str(effect.with_it),
                "working_days": effect.taken_out,
            }
        )
    return Table(
        "",
        ("aspect", "clock", "what", "article", "status")
        if language == "en"
        else ("方面", "时限", "内容", "条款", "依据"),
        tuple(
            (
                ASPECTS[one.aspect].text(language),
                clocks[one.clock],
                one.what.text(language),
                one.article,
                STATUSES[one.status].text(language),
            )
            for one in found
        ),
        tuple(records),
        remarks,
    )


def forecast_table(found: Durations, language: str) -> Table:
    """Return how long completed cases of a channel took, with their number, and what that does not say."""
    values = ", ".join(map(str, found.working_days))
    quartiles = "-" if found.quartiles is None else " / ".join(map(str, found.quartiles))
    longer = ""
    if found.elapsed:
        longer = "-" if found.quartiles_longer is None else " / ".join(map(str, found.quartiles_longer))
    return Table(
        pick(language, "Working days from acceptance to approval, completed cases", "已完成案例：受理至获批工作日"),
        (
            pick(language, "channel", "通道"),
            "n",
            pick(language, "quartiles", "四分位"),
            pick(language, f"of those over {found.elapsed}", f"超过{found.elapsed}日者"),
            pick(language, "values", "数值"),
        ),
        ((found.channel, str(found.n), quartiles, f"n = {found.n_longer}: {longer}", values),),
        (
            {
                "type": "forecast",
                "channel": found.channel,
                "as_of": str(found.as_of),
                "n": found.n,
                "working_days": list(found.working_days),
                "quartiles": list(found.quartiles) if found.quartiles else None,
                "elapsed": found.elapsed,
                "n_longer": found.n_longer,
                "quartiles_longer": list(found.quartiles_longer) if found.quartiles_longer else None,
                "caveat": found.caveat.en,
            },
        ),
        (f"! {found.caveat.text(language)}",),
    )


def rules_tables(book: RuleBook, on: dt.date, language: str) -> Iterator[Table]:
    """Yield the limits in force on a day, then the clocks of other agencies."""
    rows = sorted(book.in_force(on), key=lambda row: (row.application, row.step, row.channel))
    yield Table(
        pick(language, f"In force on {on}", f"{on}有效"),
        ("rule", "application", "channel", "step", "limit", "article", "status"),
        tuple(
            (
                row.id,
                row.application,
                row.channel,
                row.step,
                limit_text(row).rpartition(" (")[0],
                f"{row.instrument} {row.article}",
                STATUSES[row.status].text(language),
            )
            for row in rows
        ),
        tuple(
            {
                "type": "limit",
                "step": row.step,
                "application": row.application,
                "channel": row.channel,
                "starts": row.starts,
                "valid_from": str(row.valid_from),
                "valid_to": str(row.valid_to) if row.valid_to else None,
                "stops": list(row.stops),
                "extensions": list(row.extensions),
                "en": row.what.en,
                "zh": row.what.zh,
                **(limit_record(row) or {}),
            }
            for row in rows
        ),
    )
    yield Table(
        pick(language, "Other agencies, to compare", "其他监管机构，供对照"),
        ("agency", "programme", "limit", "standard", "unit", "note"),
        tuple(
            (
                one.agency,
                one.programme,
                "-" if one.limit is None else str(one.limit),
                "-" if one.standard is None else str(one.standard),
                "" if one.unit == "none" else one.unit,
                one.what.text(language),
            )
            for one in book.comparators
        ),
        tuple(
            {
                "type": "comparator",
                "agency": one.agency,
                "programme": one.programme,
                "limit": one.limit,
                "standard": one.standard,
                "unit": None if one.unit == "none" else one.unit,
                "en": one.what.en,
                "zh": one.what.zh,
                "status": one.status,
                "source": one.source,
            }
            for one in book.comparators
        ),
    )
