"""Effects with the band that belongs to the test that answers, and the smallest effect it could have detected.

The band turns the test around: it holds every effect, equal for all securities, that the test would not reject
once it is taken off the CARs. Zero lies in the band exactly when the test does not reject at its level. It
need not be centred on the unweighted mean CAR, since the test weighs a volatile security less.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from hkconcept.market.arrays import Floats
from hkconcept.study.distributions import normal_quantile, t_quantile
from hkconcept.study.placebos import Date, dates, portfolio_dates, shrink
from hkconcept.study.sample import WindowSample

__all__ = ["Effect", "effect"]

_POWER = 0.8


@dataclass(frozen=True, slots=True)
class Effect:
    """The mean CAR of ``n`` securities with its band, and what could have been detected; all are fractions.

    ``low`` and ``high`` are ``None`` where the data bound no effect. ``detectable`` is the smallest effect that
    the test finds in 80 of 100 such events, with the spread of this window; ``detectable_usual`` with the
    spread of an ordinary window, where that is known.
    """

    mean: float
    low: float | None
    high: float | None
    detectable: float | None
    detectable_usual: float | None
    n: int


def effect(sample: WindowSample, level: float, key: str) -> Effect:
    """Return the mean CAR with the band of coverage ``1 - level`` of the test ``key``, the one that answers."""
    bare = Effect(float(sample.car.mean()) if sample.n else math.nan, None, None, None, None, sample.n)
    if key == "clustered_bmp":
        count = np.maximum(np.bincount(sample.group, minlength=sample.dates), 1)
        means = np.bincount(sample.group, weights=sample.scar, minlength=sample.dates) / count
        slopes = np.bincount(sample.group, weights=1 / sample.error, minlength=sample.dates) / count
        return _by_t(bare, means, slopes, level, df=sample.dates - 1, factor=1.0)
    if key == "kp_bmp":
        if sample.n < 2:
            return bare
        df = 1 / (1 / (sample.n - 1) + sample.window.length / float(sample.observations.mean()))
        factor = shrink(sample.n, sample.correlation)
        return _by_t(bare, sample.scar, 1 / sample.error, level, df=df, factor=factor)
    found = list(dates(sample) if key == "calibrated" else portfolio_dates(sample))
    if not found or len(found) < sample.dates:
        return bare
    return _on_one_date(bare, found[0], level) if len(found) == 1 else _on_dates(bare, found, level)


def _on_one_date(bare: Effect, date: Date, level: float) -> Effect:
    top, bottom, short = (date.plain_at(share) for share in (1 - level / 2, level / 2, 1 - _POWER))
    if top is None or bottom is None or short is None:
        return bare
    needed = (top - short) / date.slope
    return replace(
        bare,
        low=(date.mean - top * date.error) / date.slope,
        high=(date.mean - bottom * date.error) / date.slope,
        detectable=needed * date.error,
        detectable_usual=needed * date.usual_error,
    )


def _on_dates(bare: Effect, found: list[Date], level: float) -> Effect:
    """Find the two effects at which the averaged scores reach the critical value."""
    critical = normal_quantile(1 - level / 2)
    count = math.sqrt(len(found))

    def score(shift: float) -> float:
        return sum(normal_quantile(date.place(shift)) for date in found) / count

    width = max(date.error / date.slope for date in found)
    middle = sum(date.mean / date.slope for date in found) / len(found)
    needed = (critical + normal_quantile(_POWER)) * count
    return replace(
        bare,
        low=_crossing(score, critical, middle - 30 * width, middle + 30 * width),
        high=_crossing(score, -critical, middle - 30 * width, middle + 30 * width),
        detectable=needed / sum(date.slope / date.error for date in found),
        detectable_usual=needed / sum(date.slope / date.usual_error for date in found),
    )


def _crossing(score: Callable[[float], float], wanted: float, low: float, high: float) -> float | None:
    """Return where a falling function reaches a value, or ``None`` when it never does."""
    if not score(high) <= wanted <= score(low):
        return None
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if score(middle) > wanted else (low, middle)
    return (low + high) / 2


def _by_t(  # noqa: PLR0913 - the parts of one statistic
    bare: Effect, values: Floats, slopes: Floats, level: float, *, df: float, factor: float
) -> Effect:
    """Turn ``mean / (spread / sqrt(n)) * factor`` around, the spread kept as it was observed.

    Taking an effect off would change the spread too, by the spread of ``slopes``; counting that in (Fieller 1954)
    leaves small samples without any bound, and changes nothing about whether zero is inside.
    """
    n = len(values)
    if n < 2 or df <= 0:
        return bare
    critical = t_quantile(1 - level / 2, df)
    mean, slope = float(values.mean()), float(slopes.mean())
    error = float(values.std(ddof=1)) / math.sqrt(n) / factor
    return replace(
        bare,
        low=(mean - critical * error) / slope,
        high=(mean + critical * error) / slope,
        detectable=(critical + t_quantile(_POWER, df)) * error / slope,
    )
