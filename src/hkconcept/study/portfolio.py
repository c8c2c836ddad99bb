"""Tests on portfolios: calendar time, and a block bootstrap of whole days."""

from __future__ import annotations

import math

import numpy as np

from hkconcept.market.arrays import Bools, Floats, Ints
from hkconcept.study.outcome import Outcome, absent, by_t
from hkconcept.study.sample import WindowSample

__all__ = ["block_bootstrap", "calendar_time", "daily_means"]

_SEED = 20260107


def daily_means(values: Floats, among: Bools) -> Floats:
    """Return the mean over the chosen securities in each session, NaN where none has a value."""
    chosen = values[among]
    held = np.isfinite(chosen)
    count = held.sum(axis=0)
    total = np.where(held, chosen, 0.0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def calendar_time(sample: WindowSample, day_zero: Ints) -> Outcome:
    """Return the calendar-time portfolio test (Jaffe 1974, Mandelker 1974).

    In every session that lies in some event's window the securities of those events form a portfolio. Its
    mean abnormal return is divided by its own standard deviation in the estimation window, which holds the
    correlation of its members, and the standardised returns are averaged over the sessions. With one shared
    date this is the portfolio time-series test (the "crude dependence adjustment" of Brown and Warner 1980).

    ``day_zero`` (N,) are the rows of day 0.
    """
    if not sample.n:
        return absent("calendar_time", 0, "no security")
    rows = day_zero[:, None] + np.arange(sample.window.first, sample.window.last + 1)
    spreads: dict[bytes, float] = {}
    standardised = []
    fewest = math.inf
    for session in np.unique(rows):
        within = rows == session
        active = within.any(axis=1)
        key = active.tobytes()
        if key not in spreads:
            usual = daily_means(sample.estimation, active)
            usual = usual[np.isfinite(usual)]
            freedom = len(usual) - 2
            fewest = min(fewest, freedom)
            spreads[key] = math.sqrt(float((usual**2).sum()) / freedom) if freedom > 0 else 0.0
        if spreads[key] > 0:
            standardised.append(float(sample.abnormal[within].mean()) / spreads[key])
    if not standardised or fewest < 1:
        return absent("calendar_time", sample.n, "the portfolio has no estimation window")
    return by_t("calendar_time", sum(standardised) / math.sqrt(len(standardised)), sample.n, fewest)


def block_bootstrap(sample: WindowSample, draws: int) -> Outcome:
    """Return where the mean CAR lies among windows drawn from the estimation sessions (Politis, Romano 1994).

    Whole sessions are drawn, in blocks of geometric length with the mean ``max(L2, L1 ** (1/3))``, and wrap
    around at the end, so that correlation between securities and over time is kept. The p-value is
    ``(1 + draws at least as far from zero) / (1 + draws)``. The seed is fixed.
    """
    if not sample.n:
        return absent("block_bootstrap", 0, "no security")
    generator = np.random.default_rng(_SEED)
    length = sample.window.length
    drawn = np.zeros(draws)
    for number in range(sample.dates):
        among = sample.group == number
        usual = daily_means(sample.estimation, among)
        usual = usual[np.isfinite(usual)]
        if len(usual) < 2 * length:
            return absent("block_bootstrap", sample.n, "the estimation window is shorter than two event windows")
        usual = usual - usual.mean()
        at = generator.integers(len(usual), size=(draws, length))
        going_on = generator.random((draws, length)) >= 1 / max(length, len(usual) ** (1 / 3))
        for step in range(1, length):
            at[:, step] = np.where(going_on[:, step], (at[:, step - 1] + 1) % len(usual), at[:, step])
        drawn += usual[at].sum(axis=1) * among.mean()
    observed = float(sample.car.mean())
    as_far = int((np.abs(drawn) >= abs(observed)).sum())
    spread = float(drawn.std())
    p = (1 + as_far) / (1 + draws)
    return Outcome("block_bootstrap", observed / spread if spread > 0 else None, p, "bootstrap", sample.n)
