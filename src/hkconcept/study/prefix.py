"""Very many events at once: CARs with their forecast standard errors from running sums over a whole panel.

For the market model (and its adjusted kin) everything that a standardised CAR needs is a sum over sessions:
of the returns, of the market, of their squares and of their product. Running sums of the whole panel turn
each event into differences of two rows, whatever the length of its windows. They cost one pass over the
panel, so a few events are better cut out one by one: :func:`scaled_cars` chooses by the number of events.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from hkconcept.errors import UsageError
from hkconcept.market.arrays import Floats, Ints
from hkconcept.study.design import Design, Model, Window
from hkconcept.study.panel import ReturnPanel
from hkconcept.study.sample import draw

__all__ = ["RunningSums", "ScaledCars", "bmp_statistic", "scaled_cars"]

_CHUNK: Final = 1 << 14  # events at a time: the work stays in the processor's cache
_DIRECT: Final = 4  # passes over a cut-out window cost about as much as so many over a row of running sums
_SUMS: Final = 6


@dataclass(frozen=True, slots=True, eq=False)
class ScaledCars:
    """The CAR of E events, and the same over its forecast standard error; NaN where an event cannot be studied."""

    car: Floats
    scar: Floats
    observations: Floats


class RunningSums:
    """Running sums over the sessions of a panel of T sessions and S securities; takes 48 (T + 1) S bytes.

    Row t holds, per security, the sums over the sessions before t in which both the security and the market
    have a return: their number, the returns, their squares, the market, its squares, the products. The market
    is taken from its mean, which changes no abnormal return and keeps the sums small.
    """

    __slots__ = ("_centre", "_securities", "_sessions", "_sums")

    def __init__(self, panel: ReturnPanel) -> None:
        """Build the sums in one pass.

        Raises
        ------
        UsageError
            The market's return differs by security (trade-to-trade).

        """
        if panel.market.ndim != 1:
            raise UsageError("running sums need one market return per session", todo="study such a panel directly")
        self._sessions, self._securities = panel.returns.shape
        finite = panel.market[np.isfinite(panel.market)]
        self._centre = float(finite.mean()) if len(finite) else 0.0
        sums = np.empty((self._sessions + 1, self._securities, _SUMS))
        sums[0] = 0.0
        step = np.empty((self._securities, _SUMS))
        for t in range(self._sessions):
            if t % 64 == 0:  # rows of a panel kept by security are far apart
                rows = np.ascontiguousarray(panel.returns[t : t + 64])
            r = rows[t % 64]
            m = panel.market[t] - self._centre
            held = np.isfinite(r) & bool(np.isfinite(m))
            r = np.where(held, r, 0.0)
            m = m if np.isfinite(m) else 0.0
            step[:, 0] = held
            step[:, 1] = r
            np.multiply(r, r, out=step[:, 2])
            np.multiply(step[:, 0], m, out=step[:, 3])
            np.multiply(step[:, 0], m * m, out=step[:, 4])
            np.multiply(r, m, out=step[:, 5])
            np.add(sums[t], step, out=sums[t + 1])
        self._sums = sums.reshape(-1, _SUMS)

    def cars(  # noqa: PLR0913 - events, windows and model, each named by its caller
        self, securities: Ints, day_zero: Ints, window: Window, *, estimation: Window, model: Model, fewest: int
    ) -> ScaledCars:
        """Return the scaled CARs of E events, given as columns and rows of the panel."""
        if model not in (Model.MARKET, Model.MARKET_ADJUSTED, Model.MEAN_ADJUSTED):
            raise UsageError(f"the model '{model}' has no running sums", todo="study it directly")
        count = len(securities)
        found = ScaledCars(np.empty(count), np.empty(count), np.empty(count))
        for first in range(0, count, _CHUNK):
            part = slice(first, first + _CHUNK)
            zero, column = day_zero[part], securities[part]
            before = self._between(zero, column, estimation)
            around = self._between(zero, column, window)
            car, scar = _scaled(before, around, window.length, model, self._centre)
            bad = (around[0] < window.length) | (before[0] < fewest)
            car[bad] = np.nan
            scar[bad] = np.nan
            found.car[part], found.scar[part], found.observations[part] = car, scar, before[0]
        return found

    def _between(self, zero: Ints, column: Ints, window: Window) -> Floats:
        """Return the sums over a window, shape (6, E)."""
        start = np.clip(zero + window.first, 0, self._sessions)
        stop = np.clip(zero + (window.last + 1), 0, self._sessions)
        start *= self._securities
        start += column
        stop *= self._securities
        stop += column
        upper = self._sums.take(stop, axis=0)
        upper -= self._sums.take(start, axis=0)
        return np.ascontiguousarray(upper.T)


def _scaled(before: Floats, around: Floats, length: int, model: Model, centre: float) -> tuple[Floats, Floats]:
    n, r, rr, m, mm, rm = before
    _, er, _, em, _, _ = around
    with np.errstate(divide="ignore", invalid="ignore"):
        inverse = 1.0 / n
        mean_r, mean_m = r * inverse, m * inverse
        sxx, syy, sxy = mm - m * mean_m, rr - r * mean_r, rm - r * mean_m
        if model is Model.MARKET:
            beta = sxy / sxx
            away = em - length * mean_m
            car = er - length * mean_r - beta * away
            variance = (syy - beta * sxy) / (n - 2) * (length + length * length * inverse + away * away / sxx)
        elif model is Model.MEAN_ADJUSTED:
            car = er - length * mean_r
            variance = syy / (n - 1) * (length + length * length * inverse)
        else:
            car = er - em - length * centre
            variance = (syy - 2 * sxy + sxx) / (n - 1) * length
        # Rounding may leave a tiny negative variance where there is none.
        return car, np.where(variance > 1e-20, car / np.sqrt(np.abs(variance)), np.nan)


def scaled_cars(
    panel: ReturnPanel, securities: Ints, day_zero: Ints, design: Design, *, sums: RunningSums | None = None
) -> ScaledCars:
    """Return the CARs of E events over the main window with their standardised form, by the cheaper way.

    Given ``sums`` they are used. Otherwise events are cut out one by one, unless that would read more cells
    than a pass over the panel.

    Parameters
    ----------
    panel
        T sessions of S securities.
    securities, day_zero
        (E,) columns and rows of the panel.
    design
        Its first window, estimation window, model and minimum of observations are used.
    sums
        The running sums of the same panel, when they are already built.

    """
    window = design.windows[0]
    summable = panel.market.ndim == 1 and design.model in (Model.MARKET, Model.MARKET_ADJUSTED, Model.MEAN_ADJUSTED)
    if sums is None and summable and len(securities) * design.estimation.length > _DIRECT * panel.returns.size:
        sums = RunningSums(panel)
    if sums is not None:
        return sums.cars(
            securities,
            day_zero,
            window,
            estimation=design.estimation,
            model=design.model,
            fewest=design.min_observations,
        )
    count = len(securities)
    found = ScaledCars(np.full(count, np.nan), np.full(count, np.nan), np.zeros(count))
    for first in range(0, count, _CHUNK):
        sample = draw(panel, securities[first : first + _CHUNK], day_zero[first : first + _CHUNK], design)
        car, scar = sample.scaled(window)
        at = first + sample.positions
        found.car[at], found.scar[at] = car, scar
        found.observations[at] = sample.fitted.observations
        for dropped in sample.dropped:
            found.observations[first + dropped.position] = dropped.held
    return found


def bmp_statistic(scaled: ScaledCars) -> float:
    """Return the BMP statistic over all events that have one."""
    held = scaled.scar[np.isfinite(scaled.scar)]
    return float(held.mean() / held.std(ddof=1) * np.sqrt(len(held)))
