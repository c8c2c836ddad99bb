"""The test that is calibrated on the estimation window, the confidence band that belongs to it, and its power.

A policy event hits N securities on one date, so there is one observation of what they share. Two things about
it are not known: how strongly they move together, and by how much the day widened every move. The statistic
is therefore the mean over its cross-sectional standard error (a wider day cancels out), adjusted for the mean
correlation as Kolari and Pynnonen (2010) do. The spread is taken around a line in 1 / sigma, because an effect
that is equal in percent is not equal in units of each security's volatility, and that is no noise. Its
distribution is not assumed: the same statistic is computed for every window of the same length in the
estimation window, where nothing happened, and the event's place among these is the p-value. If days are alike
but for a common scale, every place is equally likely, whatever the tails, the correlation and N. The idea of
taking sample quantiles of an event-free window is that of Gelbach, Helland and Klick (2013); it is applied here
to the self-normalised cross-section.
"""

from __future__ import annotations

import math

from hkconcept.study.distributions import normal_quantile, normal_two_sided
from hkconcept.study.outcome import Outcome, absent
from hkconcept.study.placebos import FEWEST_SECURITIES, Date, dates, portfolio_dates
from hkconcept.study.sample import WindowSample

__all__ = ["FEWEST_PLACEBOS", "FEWEST_SECURITIES", "calibrated", "enough_placebos", "portfolio_calibrated"]

FEWEST_PLACEBOS = 39
"""Below, no place among the placebos is extreme enough for 5% on two sides."""
_WINDOWS_APART = 20  # the estimation window must hold so many event windows side by side


def enough_placebos(sample: WindowSample) -> bool:
    """Whether the estimation window is long enough, for each date, to calibrate on."""
    found = list(dates(sample))
    return (
        bool(found)
        and len(found) == sample.dates
        and all(len(date.placebos) >= FEWEST_PLACEBOS for date in found)
        and sample.estimation.shape[1] >= _WINDOWS_APART * sample.window.length
    )


def calibrated(sample: WindowSample) -> Outcome:
    """Return the self-normalised, correlation-adjusted mean of the standardised CARs, placed among its placebos.

    On one date the p-value is twice the share, the event included, of the windows at least as extreme on the
    same side, interpolated between neighbours; it cannot fall below ``2 / (placebos + 1)``. On several dates
    each place is turned into a normal score and the scores are averaged. A date needs four securities;
    :func:`portfolio_calibrated` serves fewer.
    """
    return _placed("calibrated", sample, list(dates(sample)))


def portfolio_calibrated(sample: WindowSample) -> Outcome:
    """Return the mean standardised CAR placed among the means of the estimation windows.

    For fewer than four securities on a date. It cannot tell a shift from a day that was wider for everybody.
    """
    return _placed("portfolio_calibrated", sample, list(portfolio_dates(sample)))


def _placed(key: str, sample: WindowSample, found: list[Date]) -> Outcome:
    if not found or len(found) < sample.dates:
        return absent(key, sample.n, "needs four securities or more on each date")
    fewest = min(len(date.placebos) for date in found)
    if fewest < FEWEST_PLACEBOS:
        return absent(key, sample.n, f"{fewest} windows to compare with, {FEWEST_PLACEBOS} needed")
    if len(found) == 1:
        place = found[0].place()
        p = 2 * min(place, 1 - place)
        return Outcome(key, found[0].statistic(), p, "placebo", sample.n, placebos=fewest)
    z = sum(normal_quantile(date.place()) for date in found) / math.sqrt(len(found))
    return Outcome(key, z, normal_two_sided(z), "placebo", sample.n, placebos=fewest)
