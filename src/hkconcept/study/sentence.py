"""One careful sentence on the reaction, per language: what moved, against what, how sure, and what it cannot say."""

from __future__ import annotations

import datetime as dt

from hkconcept.study.answers import Study, WindowAnswer
from hkconcept.study.outcome import Outcome

__all__ = ["MARKETS_ZH", "TEST_NAMES", "p_text", "percent", "reaction"]

TEST_NAMES: dict[str, tuple[str, str]] = {
    "calibrated": ("calibrated cross-section", "估计窗校准的横截面检验"),
    "portfolio_calibrated": ("calibrated portfolio", "估计窗校准的组合检验"),
    "clustered_bmp": ("BMP clustered by date", "按日期聚类的BMP"),
    "kp_bmp": ("BMP, Kolari-Pynnonen", "BMP（Kolari-Pynnonen调整）"),
    "kp_patell": ("Patell, Kolari-Pynnonen", "Patell（Kolari-Pynnonen调整）"),
    "grank_t": ("GRANK-T", "GRANK-T"),
    "cumulative_rank_t": ("cumulative rank t, clustering-robust", "累积秩t（聚类稳健）"),
    "corrado": ("Corrado rank", "Corrado秩检验"),
    "calendar_time": ("calendar-time portfolio", "日历时间组合"),
    "block_bootstrap": ("stationary block bootstrap", "平稳区块自助法"),
    "bmp": ("BMP", "BMP"),
    "patell": ("Patell", "Patell"),
    "cross_sectional_t": ("cross-sectional t", "横截面t"),
    "grank_z": ("GRANK-Z", "GRANK-Z"),
    "cumulative_rank_z": ("cumulative rank z", "累积秩z"),
    "generalised_sign": ("Cowan generalised sign", "Cowan广义符号检验"),
    "wilcoxon": ("Wilcoxon signed rank", "Wilcoxon符号秩"),
}
"""Every test's name for a reader, in English and Chinese."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MARKETS_ZH = {"Hang Seng Index": "恒生指数"}
"""The Chinese names of benchmarks."""


def percent(value: float | None) -> str:
    """Return a fraction as signed percent with two digits, or ``n/a``.

    >>> percent(0.0634), percent(-0.0001), percent(None)
    ('+6.34%', '−0.01%', 'n/a')

    """
    if value is None:
        return "n/a"
    return f"{'−' if value < 0 else '+'}{abs(value) * 100:.2f}%"


def p_text(outcome: Outcome) -> str:
    """Return a p-value as printed: ``p = 0.031``, ``p < 0.001``, or ``p ≤ 0.009`` where no smaller one is possible."""
    if outcome.p is None:
        return "p n/a"
    if outcome.reference == "placebo" and outcome.placebos and outcome.p <= 2.0001 / (outcome.placebos + 1):
        return f"p ≤ {outcome.p:.3f}"
    return "p < 0.001" if outcome.p < 0.001 else f"p = {outcome.p:.3f}"


def reaction(study: Study) -> tuple[str, str] | None:
    """Return one sentence in English and one in Chinese on the main window, or ``None`` when nothing was studied.

    It names the sample, the benchmark, the band, the test and the run-up, calls the move abnormal to a model
    and coincident with the date, never caused by the event, and says when the sample could not have told.
    """
    if not study.events or not study.windows or not study.main.effect.n:
        return None
    main = study.main
    run_up = next((w for w in study.windows if w.group == main.group and w.kind == "run_up"), None)
    return _english(study, main, run_up), _chinese(study, main, run_up)


def _english(study: Study, main: WindowAnswer, run_up: WindowAnswer | None) -> str:
    effect, session = main.effect, study.events[0].session
    when = (
        f"on {_day_en(session)}"
        if main.window.length == 1
        else f"over sessions {main.window} around {_day_en(session)}"
    )
    if len(study.events) > 1:
        when = f"over sessions {main.window} around {len(study.events)} events"
    name = TEST_NAMES[main.choice.key][0]
    text = (
        f"{effect.n} of {main.asked} stocks returned {percent(effect.mean)} on average {when} beyond what "
        f"their relation to the {study.market_name} predicts"
    )
    text += f" ({_band_en(main, study)}{p_text(main.default)}, {name})"
    if not _significant(main, study):
        text += ", which cannot be told from chance"
        if effect.detectable is not None:
            text += f": an effect below {effect.detectable * 100:.1f}% would mostly have gone unnoticed"
    if run_up is not None and run_up.effect.n:
        told = "" if _significant(run_up, study) else ", within chance"
        span = "session" if run_up.window.length == 1 else f"{run_up.window.length} sessions"
        text += (
            f"; in the {span} {run_up.window} before it {run_up.effect.n} stocks returned "
            f"{percent(run_up.effect.mean)} ({p_text(run_up.default)}{told})"
        )
    return text + ". The timing coincides; it does not show the cause."


def _chinese(study: Study, main: WindowAnswer, run_up: WindowAnswer | None) -> str:
    effect, session = main.effect, study.events[0].session
    when = _day_zh(session) if main.window.length == 1 else f"{_day_zh(session)}前后{main.window}个交易日窗口内"
    if len(study.events) > 1:
        when = f"{len(study.events)}个事件前后{main.window}窗口内"
    market = MARKETS_ZH.get(study.market_name, study.market_name)
    name = TEST_NAMES[main.choice.key][1]
    text = (
        f"{when}，{main.asked}只股票中的{effect.n}只，相对其与{market}的历史关系，平均异常收益为{percent(effect.mean)}"
    )
    text += f"（{_band_zh(main, study)}{p_text(main.default)}，{name}）"
    if not _significant(main, study):
        text += "，与随机波动无法区分"
        if effect.detectable is not None:
            text += f"，小于{effect.detectable * 100:.1f}%的影响多半不会被发现"
    if run_up is not None and run_up.effect.n:
        told = "" if _significant(run_up, study) else "，属随机范围"
        text += f"；此前{run_up.window}窗口内{run_up.effect.n}只股票为"
        text += f"{percent(run_up.effect.mean)}（{p_text(run_up.default)}{told}）"
    return text + "。时间上吻合，并不证明因果。"


def _significant(answer: WindowAnswer, study: Study) -> bool:
    return answer.default.p is not None and answer.default.p <= study.design.level


def _band_en(answer: WindowAnswer, study: Study) -> str:
    if answer.effect.low is None:
        return ""
    cover = round(100 * (1 - study.design.level))
    return f"{cover}% band {percent(answer.effect.low)} to {percent(answer.effect.high)}, "


def _band_zh(answer: WindowAnswer, study: Study) -> str:
    if answer.effect.low is None:
        return ""
    cover = round(100 * (1 - study.design.level))
    return f"{cover}%区间{percent(answer.effect.low)}至{percent(answer.effect.high)}，"


def _day_en(day: dt.date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _day_zh(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
