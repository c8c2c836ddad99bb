"""Scenarios as data: methodology, prices and facts from a few lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from hkconcept.index import ActionRow, Calculation, ExposureRow, Facts, MembershipRow, Methodology, SharesRow, calculate
from hkconcept.index.methodology_files import parse_methodology
from hkconcept.market import Panel, PriceRow, Segment, make_panel
from hkconcept.model import Moment

ANSWERS = Path(__file__).resolve().parents[1] / "answers" / "index_scenarios.yml"
DAYS = tuple(dt.date(2026, 1, n) for n in (5, 6, 7, 8, 9, 12, 13, 14, 15, 16))
LONG_AGO = dt.date(2026, 1, 1)
KNOWN = Moment.of_day(dt.date(2025, 12, 1))
UNADJUSTED = Segment("made", "unadjusted")


def scenarios() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(ANSWERS.read_text(encoding="utf-8"))
    return found


def january(day: int) -> dt.date:
    return dt.date(2026, 1, day)


def panel_of(prices: Mapping[str, Sequence[Any]], segment: Segment = UNADJUSTED) -> Panel:
    rows = [
        PriceRow(code, day, float(close), 100)
        for code, closes in prices.items()
        for day, close in zip(DAYS, closes, strict=False)
        if close != "-"
    ]
    return make_panel({segment: rows})


def rules(scheme: str = "market_value", base: dt.date = DAYS[0], **given: Any) -> Methodology:  # noqa: ANN401 - texts
    version = dict(given.pop("version", {}))
    weighting = {"scheme": scheme, **({"cap": version.pop("cap")} if "cap" in version else {})}
    written = {
        "index": "made",
        "name": {"en": "Made", "zh": "虚构"},
        "currency": "HKD",
        "base": {"date": str(base), "level": "1000"},
        "versions": [{"valid_from": str(base), "weighting": weighting, **version}],
        **given,
    }
    return parse_methodology(yaml.safe_dump(written).encode(), "made")


def facts_of(case: Mapping[str, Any]) -> Facts:
    later = {row["code"] for row in case.get("membership", []) if row["change"] == "in"}
    members = [MembershipRow(code, "in", LONG_AGO, KNOWN) for code in case["prices"] if code not in later]
    members += [
        MembershipRow(
            row["code"],
            row["change"],
            january(row["effective"]),
            Moment.parse(row["known"]) if "known" in row else KNOWN,
            announced=january(row["effective"]),
        )
        for row in case.get("membership", [])
    ]
    actions = [
        ActionRow(
            row["code"],
            row["kind"],
            january(row["ex"]),
            KNOWN,
            float(row.get("amount", 0)),
            float(row.get("ratio", 0)),
            float(row["price"]) if "price" in row else None,
        )
        for row in case.get("actions", [])
    ]
    free_float = case.get("free_float", {})
    shares = [
        SharesRow(code, float(count), LONG_AGO, KNOWN, free_float.get(code, 1.0))
        for code, count in case.get("shares", {}).items()
    ]
    shares += [
        SharesRow(row["code"], float(row["shares"]), january(row["effective"]), KNOWN)
        for row in case.get("new_shares", [])
    ]
    scores = [ExposureRow(code, float(score), LONG_AGO, KNOWN) for code, score in case.get("scores", {}).items()]
    return Facts(members, actions, shares, scores, dividends_held="total" in case)


def calculated(case: Mapping[str, Any]) -> Calculation:
    given = {name: case[name] for name in ("knowledge", "dividend_tax", "special_dividends") if name in case}
    base = january(case["base"]) if "base" in case else DAYS[0]
    methodology = rules(case.get("scheme", "market_value"), base, version=case.get("version", {}), **given)
    return calculate(panel_of(case["prices"]), methodology, facts_of(case))
