"""Which test answers, by the shape of the data, and what is wrong with the others here.

Only what can be seen decides: on how many dates the events fall, how many securities share a date, and how
many sessions there are to calibrate on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from hkconcept.market.arrays import Ints
from hkconcept.study import parametric, portfolio, ranks, signs
from hkconcept.study.calibrated import FEWEST_SECURITIES, calibrated, enough_placebos, portfolio_calibrated
from hkconcept.study.outcome import Outcome
from hkconcept.study.sample import WindowSample

__all__ = ["MANY_DATES", "TESTS", "Choice", "choose", "evaluate", "warning"]

MANY_DATES: Final = 10
"""From so many dates on, the spread between dates is itself measured well enough to test with."""

_INDEPENDENT: Final = frozenset(
    ("cross_sectional_t", "patell", "bmp", "cumulative_rank_z", "grank_z", "generalised_sign", "wilcoxon")
)
"""Tests that count the securities of one date as independent."""
_STEADY: Final = frozenset(
    (
        *("patell", "kp_patell", "corrado", "cumulative_rank_z", "cumulative_rank_t", "generalised_sign"),
        *("calendar_time", "block_bootstrap", "portfolio_calibrated"),
    )
)
"""Tests that take the volatility of the event's window to be the usual one."""
_WIDE: Final = 1.25

_Test = Callable[[WindowSample, Ints, int], Outcome]

TESTS: Final[Mapping[str, _Test]] = {
    "calibrated": lambda s, _z, _b: calibrated(s),
    "portfolio_calibrated": lambda s, _z, _b: portfolio_calibrated(s),
    "clustered_bmp": lambda s, _z, _b: parametric.clustered_bmp(s),
    "kp_bmp": lambda s, _z, _b: parametric.kp_bmp(s),
    "kp_patell": lambda s, _z, _b: parametric.kp_patell(s),
    "grank_t": lambda s, _z, _b: ranks.grank_t(s),
    "cumulative_rank_t": lambda s, _z, _b: ranks.cumulative_rank_t(s),
    "corrado": lambda s, _z, _b: ranks.corrado(s),
    "calendar_time": lambda s, z, _b: portfolio.calendar_time(s, z),
    "block_bootstrap": lambda s, _z, b: portfolio.block_bootstrap(s, b),
    "bmp": lambda s, _z, _b: parametric.bmp(s),
    "patell": lambda s, _z, _b: parametric.patell(s),
    "cross_sectional_t": lambda s, _z, _b: parametric.cross_sectional_t(s),
    "grank_z": lambda s, _z, _b: ranks.grank_z(s),
    "cumulative_rank_z": lambda s, _z, _b: ranks.cumulative_rank_z(s),
    "generalised_sign": lambda s, _z, _b: signs.generalised_sign(s),
    "wilcoxon": lambda s, _z, _b: signs.wilcoxon(s),
}
"""Every test by its key; each takes the sample, the rows of day 0, and the draws of the bootstrap."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The test that answers, and why, in both languages."""

    key: str
    reason_en: str
    reason_zh: str


def choose(sample: WindowSample) -> Choice:
    """Choose the test by the shape of the data alone, never by its result."""
    dates, smallest = sample.dates, _smallest(sample)
    if dates >= MANY_DATES:
        return Choice(
            "clustered_bmp",
            f"{dates} dates: each date counts once, and the spread between dates is measured",
            f"共{dates}个日期：每个日期只计一次，并以日期之间的离散度检验",
        )
    on = "one shared date" if dates == 1 else f"{dates} dates"
    on_zh = "同一日期" if dates == 1 else f"{dates}个日期"
    if not enough_placebos_or_portfolio(sample):
        return Choice(
            "kp_bmp",
            f"{on}, and an estimation window too short to calibrate on: the adjustment for correlation stands alone",
            f"{on_zh}，估计窗过短、无法校准：仅以相关性调整",
        )
    if smallest < FEWEST_SECURITIES:
        return Choice(
            "portfolio_calibrated",
            f"{on} with fewer than four securities on one: the portfolio is compared with its own estimation window",
            f"{on_zh}，其中有日期不足四只证券：以组合自身的估计窗作比较",
        )
    return Choice(
        "calibrated",
        f"{on}: the securities move together, so the statistic is calibrated on the same securities' estimation window",
        f"{on_zh}：各证券同向波动，故以同一批证券的估计窗校准统计量",
    )


def enough_placebos_or_portfolio(sample: WindowSample) -> bool:
    """Whether the event can be compared with its estimation window."""
    if _smallest(sample) >= FEWEST_SECURITIES:
        return enough_placebos(sample)
    return portfolio_calibrated(sample).p is not None


def evaluate(sample: WindowSample, day_zero: Ints, draws: int, only: tuple[str, ...] = ()) -> tuple[Outcome, ...]:
    """Return the outcome of every test, or of those named, in the order of :data:`TESTS`."""
    return tuple(test(sample, day_zero, draws) for key, test in TESTS.items() if not only or key in only)


def warning(key: str, sample: WindowSample) -> tuple[str, str]:
    """Return what is wrong with a test on this sample, in English and Chinese; empty where nothing is known."""
    en, zh = [], []
    if key in _INDEPENDENT and sample.dates < sample.n:
        shared = sample.n / sample.dates
        r = _within(sample)
        times = 1 + (shared - 1) * r
        on = "1 date" if sample.dates == 1 else f"{sample.dates} dates"
        en.append(
            f"takes {sample.n} securities on {on} as independent; their residuals correlate by {r:.2f}, "
            f"which makes the variance of a mean {times:.1f} times as large"
        )
        zh.append(
            f"把{sample.dates}个日期上的{sample.n}只证券视为相互独立；其残差平均相关系数为{r:.2f}，"
            f"均值方差实为{times:.1f}倍"
        )
    wider = parametric.widening(sample)
    if key in _STEADY and wider is not None and wider > _WIDE:
        en.append(f"takes volatility as unchanged; the abnormal returns lie {wider:.1f} times as wide as usual")
        zh.append(f"假定波动率不变；异常收益的离散度为平日的{wider:.1f}倍")
    if key == "grank_t" and sample.dates < sample.n and _within(sample) > 0.1:
        en.append("scales the event by its cross-section alone, which correlation makes too narrow")
        zh.append("仅以横截面离散度标准化事件日，相关性使其偏窄")
    if key == "kp_bmp" and sample.dates < MANY_DATES:
        en.append("its t distribution supposes normal returns: with heavy tails it rejects somewhat more often")
        zh.append("其t分布假定收益正态：厚尾时拒绝率略高")
    if key == "clustered_bmp" and 1 < sample.dates < MANY_DATES:
        en.append(f"rests on {sample.dates} dates only")
        zh.append(f"仅依据{sample.dates}个日期")
    if key == "portfolio_calibrated" and _smallest(sample) < FEWEST_SECURITIES:
        en.append("cannot tell an effect from a day that was more volatile for everybody")
        zh.append("无法区分事件影响与整体波动加剧")
    return "; ".join(en), "；".join(zh)


def _smallest(sample: WindowSample) -> int:
    return int(np.bincount(sample.group).min()) if sample.n else 0


def _within(sample: WindowSample) -> float:
    """Return the mean correlation within dates, each weighted by its pairs."""
    count = np.bincount(sample.group, minlength=sample.dates)
    pairs = count * (count - 1)
    held = np.array([sample.group_correlation[g] for g in range(sample.dates)])
    return float((held * pairs).sum() / pairs.sum()) if pairs.sum() else 0.0
