"""A study as plain rows, one kind per table: what JSON Lines, frames and the workbook are made from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hkconcept.study.answers import Study
from hkconcept.study.sentence import TEST_NAMES, reaction

__all__ = ["Row", "tables"]

Row = dict[str, Any]


def tables(study: Study) -> dict[str, list[Row]]:
    """Return every table of a study by name; returns are fractions, dates ISO text, ``None`` is not available.

    ``summary`` the sentence and the remarks; ``events``; ``windows`` one row per group and window with the test
    that answers; ``tests`` every test of every window; ``days`` the means by session with bands; ``stocks``;
    ``stock_days`` every abnormal return; ``left_out``; ``confounders``; ``earlier``.
    """
    return {
        "summary": list(_summary(study)),
        "events": [
            {
                "event": e.id,
                "label_en": e.label_en,
                "label_zh": e.label_zh,
                "public": e.public,
                "day_zero": str(e.session),
                "reason": e.reason,
                "securities": e.asked,
            }
            for e in study.events
        ],
        "windows": list(_windows(study)),
        "tests": list(_tests(study)),
        "days": list(_days(study)),
        "stocks": list(_stocks(study)),
        "stock_days": list(_stock_days(study)),
        "left_out": [
            {
                "event": one.event,
                "code": one.code,
                "window": one.window or "all",
                "reason_en": one.reason_en,
                "reason_zh": one.reason_zh,
            }
            for one in study.left_out
        ],
        "confounders": [
            {
                "event": one.event,
                "code": one.code,
                "other": one.other,
                "session": str(one.session),
                "offset": one.offset,
                "excluded": one.excluded,
            }
            for one in study.confounders
        ],
        "earlier": list(_earlier(study)),
    }


def _summary(study: Study) -> Iterator[Row]:
    sentence = reaction(study)
    if sentence:
        yield {"kind": "reaction", "en": sentence[0], "zh": sentence[1]}
    if study.windows:
        choice = study.main.choice
        yield {"kind": "default_test", "en": f"{choice.key}: {choice.reason_en}", "zh": choice.reason_zh}
    design = study.design
    yield {
        "kind": "design",
        "en": f"model {design.model}, estimation {design.estimation}, at least {design.min_observations} returns, "
        f"market {study.market_name}",
        "zh": f"模型{design.model}，估计窗{design.estimation}，至少{design.min_observations}个收益",
    }
    for en, zh in study.remarks:
        yield {"kind": "remark", "en": en, "zh": zh}


def _windows(study: Study) -> Iterator[Row]:
    for w in study.windows:
        yield {
            "group": w.group,
            "window": str(w.window),
            "kind": w.kind,
            "n": w.effect.n,
            "asked": w.asked,
            "caar": w.effect.mean if w.effect.n else None,
            "low": w.effect.low,
            "high": w.effect.high,
            "bhar": w.bhar,
            "positive": w.positive,
            "test": w.choice.key,
            "statistic": w.default.statistic,
            "p": w.default.p,
            "p_holm": w.holm,
            "p_bh": w.bh,
            "placebos": w.default.placebos,
            "detectable": w.effect.detectable,
            "detectable_usual": w.effect.detectable_usual,
            "correlation": w.correlation,
            "widening": w.widening,
            "why_en": w.choice.reason_en,
            "why_zh": w.choice.reason_zh,
        }


def _tests(study: Study) -> Iterator[Row]:
    for w in study.windows:
        for test in w.tests:
            found = test.outcome
            yield {
                "group": w.group,
                "window": str(w.window),
                "test": found.key,
                "name_en": TEST_NAMES[found.key][0],
                "name_zh": TEST_NAMES[found.key][1],
                "default": test.default,
                "statistic": found.statistic,
                "p": found.p,
                "reference": found.reference,
                "df": found.df,
                "n": found.n,
                "absent": found.absent,
                "warning_en": test.warning_en,
                "warning_zh": test.warning_zh,
            }


def _days(study: Study) -> Iterator[Row]:
    for d in study.days:
        yield {
            "group": d.group,
            "stretch": d.stretch,
            "offset": d.offset,
            "session": str(d.session) if d.session else None,
            "n": d.aar.n,
            "aar": d.aar.mean,
            "aar_low": d.aar.low,
            "aar_high": d.aar.high,
            "caar_n": d.caar.n,
            "caar": d.caar.mean if d.caar.n else None,
            "caar_low": d.caar.low,
            "caar_high": d.caar.high,
        }


def _stocks(study: Study) -> Iterator[Row]:
    spans = (*study.design.windows, study.design.run_up)
    for s in study.stocks:
        held = {w.window: w for w in s.windows}
        row: Row = {
            "event": s.event,
            "code": s.code,
            "day_zero": str(s.session),
            "observations": s.observations,
            "alpha": s.alpha,
            "beta": s.beta,
            "sigma": s.sigma,
        }
        for span in spans:
            found = held.get(span)
            row[f"car {span}"] = found.car if found else None
            row[f"bhar {span}"] = found.bhar if found else None
            row[f"scar {span}"] = found.scar if found else None
        yield row


def _stock_days(study: Study) -> Iterator[Row]:
    for s in study.stocks:
        for offset, session, moved, abnormal in s.days:
            yield {
                "event": s.event,
                "code": s.code,
                "offset": offset,
                "session": str(session),
                "return": moved,
                "abnormal": abnormal,
            }


def _earlier(study: Study) -> Iterator[Row]:
    found = study.earlier
    for one in found.events if found else ():
        yield {
            "event": one.id,
            "label_en": one.label_en,
            "label_zh": one.label_zh,
            "session": str(one.session),
            "n": one.n,
            "caar": one.effect,
            "p": one.p,
            "why_en": one.why_en,
            "why_zh": one.why_zh,
        }
