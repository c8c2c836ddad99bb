"""Rank tests: Corrado over one session or several, its clustering-robust cumulative form, and generalised ranks."""

from __future__ import annotations

import math

import numpy as np

from hkconcept.market.arrays import Floats
from hkconcept.study.outcome import Outcome, absent, by_normal, by_t
from hkconcept.study.sample import WindowSample

__all__ = ["corrado", "cumulative_rank_t", "cumulative_rank_z", "grank_t", "grank_z", "ranks"]


def ranks(values: Floats) -> Floats:
    """Return the ranks 1..M along each row; ties share their mean rank, NaN stays NaN.

    >>> ranks(np.array([[0.3, 0.1, 0.3, np.nan]])).tolist()
    [[2.5, 1.0, 2.5, nan]]

    """
    order = values.argsort(axis=1)  # NaN comes last
    order += (np.arange(len(values)) * values.shape[1])[:, None]
    sorted_ = values.take(order)
    flat = np.empty(values.size)
    flat[order] = np.arange(1.0, values.shape[1] + 1)
    found = flat.reshape(values.shape)
    # NaN equals nothing, so only real ties are looked at.
    for row in np.flatnonzero((sorted_[:, 1:] == sorted_[:, :-1]).any(axis=1)):
        _, inverse, count = np.unique(values[row], return_inverse=True, return_counts=True, equal_nan=False)
        found[row] = (count.cumsum() - (count - 1) / 2)[inverse]
    found[np.isnan(values)] = np.nan
    return found


def _deviations(sample: WindowSample) -> Floats:
    """Return rank / (M + 1) - 1/2 over the estimation and event sessions, (N, L1 + L2) (Corrado, Zivney 1992)."""
    placed = ranks(np.concatenate([sample.estimation, sample.abnormal], axis=1))
    held = np.isfinite(placed).sum(axis=1, keepdims=True)
    found: Floats = placed / (held + 1) - 0.5
    return found


def _by_session(deviations: Floats) -> tuple[Floats, Floats]:
    """Return the sum over securities in each session, and how many it holds."""
    held = np.isfinite(deviations)
    return np.where(held, deviations, 0.0).sum(axis=0), held.sum(axis=0).astype(np.float64)


def corrado(sample: WindowSample) -> Outcome:
    """Return Corrado's rank statistic (1989), over several sessions in Cowan's form (1992): standard normal.

    Its denominator is the variation over time of the securities' mean rank, so that correlation between
    securities of one date is in it.
    """
    if sample.n < 1:
        return absent("corrado", 0, "no security")
    total, held = _by_session(_deviations(sample))
    usable = held > 0
    scaled = total[usable] / np.sqrt(held[usable])
    spread = math.sqrt(float((scaled**2).mean()))
    length = sample.window.length
    if not spread > 0:
        return absent("corrado", sample.n, "all ranks are equal")
    z = float(scaled[-length:].sum()) / (math.sqrt(length) * spread)
    return by_normal("corrado", z, sample.n)


def cumulative_rank_z(sample: WindowSample) -> Outcome:
    """Return the summed ranks of the window over their deviation if securities were independent: normal.

    Per security the sum of L2 of M ranks has the variance L2 (M - L2) (M + 1) / 12 (Corrado and Truong 2008).
    """
    if sample.n < 1:
        return absent("cumulative_rank_z", 0, "no security")
    length = sample.window.length
    m = sample.observations + length
    summed = (_deviations(sample)[:, -length:] * (m + 1)[:, None]).sum(axis=1)
    each = summed / np.sqrt(length * (m - length) * (m + 1) / 12)
    return by_normal("cumulative_rank_z", float(each.sum()) / math.sqrt(sample.n), sample.n)


def cumulative_rank_t(sample: WindowSample) -> Outcome:
    """Return the clustering-robust form: the mean rank of the window beside its own variation over time.

    With ``z = sum of U over the window / (S sqrt(L2 (T - L2) / (T - 1)))``, U the mean rank deviation of a
    session, S its root mean square over T sessions, the statistic is ``z sqrt((T - 2) / (T - 1 - z**2))``:
    exactly the t statistic, T - 2 degrees of freedom, of U regressed on the window's dummy (Luoma 2011).
    """
    if sample.n < 1:
        return absent("cumulative_rank_t", 0, "no security")
    total, held = _by_session(_deviations(sample))
    usable = held > 0
    mean = total[usable] / np.sqrt(held[usable] * sample.n)
    mean -= mean.mean()
    sessions, length = len(mean), sample.window.length
    spread = math.sqrt(float((mean**2).mean()))
    if not spread > 0:
        return absent("cumulative_rank_t", sample.n, "all ranks are equal")
    z = float(mean[-length:].sum()) / (spread * math.sqrt(length * (sessions - length) / (sessions - 1)))
    return _dependent_t("cumulative_rank_t", z, sample.n, sessions)


def grank_t(sample: WindowSample) -> Outcome:
    """Return the generalised rank t statistic (Kolari, Pynnonen 2011), T - 2 degrees of freedom.

    The window is one cumulative observation beside the estimation sessions: T = L1 + 1.
    """
    deviations = _generalised(sample)
    if deviations is None:
        return absent("grank_t", sample.n, "needs two securities or more")
    total, held = _by_session(deviations)
    usable = held > 0
    mean, held = total[usable] / held[usable], held[usable]
    sessions = len(mean)
    spread = math.sqrt(float((held / sample.n * mean**2).mean()))
    return _dependent_t("grank_t", float(mean[-1]) / spread, sample.n, sessions)


def grank_z(sample: WindowSample) -> Outcome:
    """Return the generalised rank z statistic, which takes the securities as independent: standard normal."""
    deviations = _generalised(sample)
    if deviations is None:
        return absent("grank_z", sample.n, "needs two securities or more")
    m = sample.observations + 1
    variance = (m - 1) / (12 * (m + 1))
    return by_normal("grank_z", float(deviations[:, -1].sum()) / math.sqrt(float(variance.sum())), sample.n)


def _generalised(sample: WindowSample) -> Floats | None:
    """Return the rank deviations of the estimation sessions and, last, of the re-standardised CAR."""
    if sample.n < 2:
        return None
    spread = float(sample.scar.std(ddof=1))
    if not spread > 0:
        return None
    standard = sample.estimation / sample.sigma[:, None]
    placed = ranks(np.concatenate([standard, (sample.scar / spread)[:, None]], axis=1))
    found: Floats = placed / (np.isfinite(placed).sum(axis=1, keepdims=True) + 1) - 0.5
    return found


def _dependent_t(key: str, z: float, n: int, sessions: int) -> Outcome:
    """Return the t statistic of a deviation that is itself part of the spread that it is measured by."""
    left = sessions - 1 - z * z
    if left <= 0:
        return absent(key, n, "every other session has the same mean rank")
    return by_t(key, z * math.sqrt((sessions - 2) / left), n, sessions - 2)
