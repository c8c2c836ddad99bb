"""The published formulas written out once more, one security and one session at a time, in plain Python.

Slow and without numpy on purpose: it shares nothing with the room but the formulas.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Number = float | None


@dataclass
class Stock:
    """One security: residuals of the estimation window (``None`` where there is no return), and its event."""

    residuals: list[Number]
    abnormal: list[float]
    sigma: float
    df: int
    scar: float
    error: float

    @property
    def car(self) -> float:
        return sum(self.abnormal)

    @property
    def held(self) -> list[float]:
        return [e for e in self.residuals if e is not None]


def market_model(
    returns: Sequence[Number], market: Sequence[float], event: Sequence[float], event_market: Sequence[float]
) -> Stock:
    pairs = [(r, m) for r, m in zip(returns, market, strict=True) if r is not None]
    n = len(pairs)
    mean_r, mean_m = sum(r for r, _ in pairs) / n, sum(m for _, m in pairs) / n
    sxx = sum((m - mean_m) ** 2 for _, m in pairs)
    beta = sum((m - mean_m) * (r - mean_r) for r, m in pairs) / sxx
    alpha = mean_r - beta * mean_m
    residuals = [None if r is None else r - alpha - beta * m for r, m in zip(returns, market, strict=True)]
    variance = sum(e * e for e in residuals if e is not None) / (n - 2)
    abnormal = [r - alpha - beta * m for r, m in zip(event, event_market, strict=True)]
    length = len(abnormal)
    spread = length + length**2 / n + sum(m - mean_m for m in event_market) ** 2 / sxx
    error = math.sqrt(variance * spread)
    return Stock(residuals, abnormal, math.sqrt(variance), n - 2, sum(abnormal) / error, error)


def mean_over_error(values: Sequence[float]) -> float:
    n = len(values)
    mean = sum(values) / n
    return mean / math.sqrt(sum((v - mean) ** 2 for v in values) / (n - 1) / n)


def patell(stocks: Sequence[Stock]) -> float:
    return sum(s.scar for s in stocks) / math.sqrt(sum(s.df / (s.df - 2) for s in stocks))


def correlation(stocks: Sequence[Stock]) -> float:
    found = []
    for i, one in enumerate(stocks):
        for other in stocks[i + 1 :]:
            shared = [
                (a, b) for a, b in zip(one.residuals, other.residuals, strict=True) if a is not None and b is not None
            ]
            mean_a, mean_b = sum(a for a, _ in shared) / len(shared), sum(b for _, b in shared) / len(shared)
            top = sum((a - mean_a) * (b - mean_b) for a, b in shared)
            bottom = math.sqrt(sum((a - mean_a) ** 2 for a, _ in shared) * sum((b - mean_b) ** 2 for _, b in shared))
            found.append(top / bottom)
    return sum(found) / len(found)


def rank(values: Sequence[Number]) -> list[Number]:
    """Return ranks; a tie takes the mean of the places below and up to it."""
    held = [v for v in values if v is not None]
    return [None if v is None else sum(h < v for h in held) + (1 + sum(h == v for h in held)) / 2 for v in values]


def deviations(stocks: Sequence[Stock]) -> list[list[Number]]:
    found = []
    for s in stocks:
        placed = rank([*s.residuals, *s.abnormal])
        m = sum(p is not None for p in placed)
        found.append([None if p is None else p / (m + 1) - 0.5 for p in placed])
    return found


def corrado(stocks: Sequence[Stock], length: int) -> float:
    u = deviations(stocks)
    scaled = []
    for t in range(len(u[0])):
        held = [row[t] for row in u if row[t] is not None]
        if held:
            scaled.append(sum(h for h in held if h is not None) / math.sqrt(len(held)))
    spread = math.sqrt(sum(s * s for s in scaled) / len(scaled))
    return sum(scaled[-length:]) / (math.sqrt(length) * spread)


def cumulative_rank_z(stocks: Sequence[Stock], length: int) -> float:
    total = 0.0
    for s in stocks:
        placed = [p for p in rank([*s.residuals, *s.abnormal]) if p is not None]
        m = len(placed)
        above = sum(p - (m + 1) / 2 for p in placed[-length:])
        total += above / math.sqrt(length * (m - length) * (m + 1) / 12)
    return total / math.sqrt(len(stocks))


def regression_t(y: Sequence[float], dummy: Sequence[float]) -> float:
    """Return the t statistic of the slope of y on a dummy, by ordinary least squares."""
    n = len(y)
    mean_y, mean_d = sum(y) / n, sum(dummy) / n
    sxx = sum((d - mean_d) ** 2 for d in dummy)
    slope = sum((d - mean_d) * (v - mean_y) for d, v in zip(dummy, y, strict=True)) / sxx
    left = sum((v - mean_y - slope * (d - mean_d)) ** 2 for d, v in zip(dummy, y, strict=True))
    return slope / math.sqrt(left / (n - 2) / sxx)


def generalised(stocks: Sequence[Stock]) -> list[list[Number]]:
    scars = [s.scar for s in stocks]
    mean = sum(scars) / len(scars)
    spread = math.sqrt(sum((s - mean) ** 2 for s in scars) / (len(scars) - 1))
    found = []
    for s in stocks:
        placed = rank([*(None if e is None else e / s.sigma for e in s.residuals), s.scar / spread])
        m = sum(p is not None for p in placed)
        found.append([None if p is None else p / (m + 1) - 0.5 for p in placed])
    return found


def grank_t(stocks: Sequence[Stock]) -> float:
    u = generalised(stocks)
    means, weights = [], []
    for t in range(len(u[0])):
        held = [row[t] for row in u if row[t] is not None]
        means.append(sum(h for h in held if h is not None) / len(held))
        weights.append(len(held) / len(u))
    spread = math.sqrt(sum(w * m * m for w, m in zip(weights, means, strict=True)) / len(means))
    z = means[-1] / spread
    sessions = len(means)
    return z * math.sqrt((sessions - 2) / (sessions - 1 - z * z))


def grank_z(stocks: Sequence[Stock]) -> float:
    variance = sum((len(s.held) / (len(s.held) + 2)) / 12 for s in stocks)
    return sum(row[-1] or 0.0 for row in generalised(stocks)) / math.sqrt(variance)


def generalised_sign(stocks: Sequence[Stock]) -> float:
    usual = sum(sum(e > 0 for e in s.held) / len(s.held) for s in stocks) / len(stocks)
    n = len(stocks)
    return (sum(s.car > 0 for s in stocks) - n * usual) / math.sqrt(n * usual * (1 - usual))


def portfolio(stocks: Sequence[Stock], length: int) -> float:
    means = []
    for t in range(len(stocks[0].residuals)):
        held = [s.residuals[t] for s in stocks if s.residuals[t] is not None]
        if held:
            means.append(sum(h for h in held if h is not None) / len(held))
    spread = math.sqrt(sum(m * m for m in means) / (len(means) - 2))
    days = [sum(s.abnormal[d] for s in stocks) / len(stocks) for d in range(length)]
    return sum(d / spread for d in days) / math.sqrt(length)


def calibrated(stocks: Sequence[Stock], length: int) -> tuple[float, float, int]:
    """Return statistic, p-value and number of placebos of the test calibrated on the estimation window."""
    r = correlation(stocks)

    def statistic(values: Sequence[float], scale: Sequence[float]) -> float:
        n = len(values)
        mean, middle = sum(values) / n, sum(scale) / n
        square = sum((h - middle) ** 2 for h in scale)
        slope = sum((h - middle) * (v - mean) for h, v in zip(scale, values, strict=True)) / square
        left = sum((v - mean - slope * (h - middle)) ** 2 for h, v in zip(scale, values, strict=True))
        t = mean / math.sqrt(left / (n - 2) / n) * math.sqrt((1 - r) / (1 + (n - 1) * r))
        df = n - 2
        return math.copysign(math.sqrt(df * math.log(1 + t * t / df)) * (8 * df + 1) / (8 * df + 3), t)

    placebos = []
    for start in range(len(stocks[0].residuals) - length + 1):
        sums, scale = [], []
        for s in stocks:
            part = s.residuals[start : start + length]
            if all(e is not None for e in part):
                sums.append(sum(e for e in part if e is not None) / s.sigma)
                scale.append(1 / s.sigma)
        if len(sums) >= max(4, len(stocks) / 2):
            placebos.append(statistic(sums, scale))
    own = statistic([s.scar for s in stocks], [1 / s.error for s in stocks])
    placebos.sort()
    n = len(placebos)
    if own <= placebos[0]:
        place = 1.0
    elif own >= placebos[-1]:
        place = float(n)
    else:
        k = max(i for i, p in enumerate(placebos) if p <= own)
        place = k + 1 + (own - placebos[k]) / (placebos[k + 1] - placebos[k])
    share = place / (n + 1)
    return own, 2 * min(share, 1 - share), n
