"""Comparisons, eligibility, inspection, rules and changes as plain tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from hkconcept.pathway.changes import Touched, WhatChanges
from hkconcept.pathway.compare import ChannelChange, StepChange
from hkconcept.pathway.eligibility import Criteria, Result
from hkconcept.pathway.forecast import Durations
from hkconcept.pathway.inspection import ASPECTS, Effect, Feature
from hkconcept.pathway.names import STATUSES, STEPS
from hkconcept.pathway.rules import Limit, RuleBook
from hkconcept.pathway.table import Cells, Table, limit_text, pick

__all__ = [
    "changes_table",
    "comparison_table",
    "eligibility_table",
    "forecast_table",
    "inspection_table",
    "profile_table",
    "rules_tables",
    "touched_table",
]


def comparison_table(steps: Sequence[StepChange], before: str, after: str, language: str) -> Table:
    """Return two sets of rules side by side; the difference is in the unit of both, else empty."""
    rows = []
    records = []
    for step in steps:
        difference = step.difference
        rows.append(
            (
                STEPS[step.step].text(language),
                limit_text(step.before),
                limit_text(step.after),
                f"{difference:+d}" if difference else "" if difference is None else "0",
            )
        )
        records.append(
            {
                "type": "comparison",
                "step": step.step,
                "before": _limit_record(step.before),
                "after": _limit_record(step.after),
                "difference": difference,
                "changed": step.changed,
            }
        )
    shown = [row for step in steps for row in (step.before, step.after) if row and row.status == "recalled"]
    recalled = tuple(dict.fromkeys(f"! {row.id}: {STATUSES['recalled'].text(language)}" for row in shown))
    heads = (pick(language, "step", "环节"), before, after, pick(language, "difference", "差"))
    return Table("", heads, tuple(rows), tuple(records), recalled)


def _limit_record(limit: Limit | None) -> dict[str, Any] | None:
    if limit is None:
        return None
    return {
        "rule": limit.id,
        "limit": int(limit.limit) if limit.limit.denominator == 1 else _fraction(limit.limit),
        "unit": limit.unit,
        "instrument": limit.instrument,
        "article": limit.article,
        "status": limit.status,
        "source": limit.source,
    }


def _fraction(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


def profile_table(changes: Sequence[ChannelChange], before: dt.date, after: dt.date, language: str) -> Table:
    """Return what two days mean for a drug: each channel with its verdict and its review limit."""
    closed = pick(language, "not in force", "未施行")

    def side(result: Result | None, limit: Limit | None) -> str:
        return closed if result is None else f"{result.verdict}; {limit_text(limit)}" if limit else result.verdict

    return Table(
        "",
        (pick(language, "channel", "通道"), str(before), str(after), pick(language, "facts missing", "缺少的事实")),
        tuple(
            (
                change.what.text(language),
                side(change.before, change.limit_before),
                side(change.after, change.limit_after),
                ", ".join((change.after or change.before).missing) if (change.after or change.before) else "",  # type: ignore[union-attr] # one of them is held
            )
            for change in changes
        ),
        tuple(
            {
                "type": "channel",
                "channel": change.channel,
                "before": change.before.verdict if change.before else None,
                "after": change.after.verdict if change.after else None,
                "limit_before": _limit_record(change.limit_before),
                "limit_after": _limit_record(change.limit_after),
                "changed": change.changed,
                "missing": list(change.after.missing) if change.after else [],
            }
            for change in changes
        ),
    )


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


def touched_table(found: Sequence[Touched], held: int, language: str) -> Table:
    """Return the register drugs that an instrument touches or may touch, with the evidence; ``held`` were looked at."""
    listed = sum(1 for one in found if one.code)
    return Table(
        pick(language, "Drugs of the register of designations", "指定登记中的药品"),
        ("drug", "company", "code", "verdict", "rules", "unknown facts")
        if language == "en"
        else ("药品", "公司", "代码", "结论", "规则", "未知事实"),
        tuple(
            (one.drug, one.company, one.code or "-", one.verdict, ", ".join(one.rules), ", ".join(one.missing))
            for one in found
        ),
        tuple(
            {
                "type": "touched",
                "drug": one.drug,
                "company": one.company,
                "code": one.code or None,
                "verdict": one.verdict,
                "rules": list(one.rules),
                "missing": list(one.missing),
                "source": one.source,
            }
            for one in found
        ),
        (
            pick(
                language,
                f"{len(found)} of {held} designations held, {listed} with a Hong Kong code; the register is partial, "
                "and a drug that is not in it may be touched all the same",
                f"登记{held}条中{len(found)}条，{listed}条有港股代码；登记不全，未列入的药品也可能受影响",
            ),
        ),
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
                **(_limit_record(row) or {}),
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


def changes_table(found: WhatChanges, language: str) -> Table:
    """Return what an instrument changes: limits with before and after, then its other provisions."""
    return Table(
        found.instrument.number.text(language),
        ("rule", "article", "what", "difference", "status")
        if language == "en"
        else ("规则", "条款", "内容", "差", "依据"),
        (
            *(
                (
                    change.after.id,
                    change.after.article,
                    change.text.text(language),
                    "" if change.difference is None else f"{change.difference:+d}",
                    STATUSES[change.status].text(language),
                )
                for change in found.limits
            ),
            *(
                (row.id, row.article, row.what.text(language), "", STATUSES[row.status].text(language))
                for row in found.provisions
            ),
        ),
        (
            *(
                {
                    "type": "limit",
                    "before": _limit_record(change.before),
                    "after": _limit_record(change.after),
                    "difference": change.difference,
                    "en": change.text.en,
                    "zh": change.text.zh,
                    "status": change.status,
                }
                for change in found.limits
            ),
            *(
                {
                    "type": "provision",
                    "rule": row.id,
                    "article": row.article,
                    "en": row.what.en,
                    "zh": row.what.zh,
                    "status": row.status,
                    "source": row.source,
                }
                for row in found.provisions
            ),
        ),
        tuple(f"! {text.text(language)}" for text in found.remarks),
    )
