"""What differs between days or instruments, as plain tables: limits, channels of a drug, drugs touched, provisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hkconcept.pathway.changes import Touched, WhatChanges
from hkconcept.pathway.compare import ChannelChange, StepChange
from hkconcept.pathway.eligibility import Result
from hkconcept.pathway.names import STATUSES, STEPS
from hkconcept.pathway.rules import Limit
from hkconcept.pathway.table import Table, limit_record, limit_text, pick

__all__ = ["changes_table", "comparison_table", "profile_table", "touched_table"]


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
                "before": limit_record(step.before),
                "after": limit_record(step.after),
                "difference": difference,
                "changed": step.changed,
            }
        )
    shown = [row for step in steps for row in (step.before, step.after) if row and row.status == "recalled"]
    recalled = tuple(dict.fromkeys(f"! {row.id}: {STATUSES['recalled'].text(language)}" for row in shown))
    heads = (pick(language, "step", "环节"), before, after, pick(language, "difference", "差"))
    return Table("", heads, tuple(rows), tuple(records), recalled)


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
                "limit_before": limit_record(change.limit_before),
                "limit_after": limit_record(change.limit_after),
                "changed": change.changed,
                "missing": list(change.after.missing) if change.after else [],
            }
            for change in changes
        ),
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
                    "before": limit_record(change.before),
                    "after": limit_record(change.after),
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
