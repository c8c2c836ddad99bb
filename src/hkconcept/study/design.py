"""What is asked: windows counted in sessions, the model of normal returns, and the events with their moments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from hkconcept.errors import UsageError
from hkconcept.model import Moment

__all__ = ["Design", "Model", "StudyEvent", "Window"]

_WINDOW = re.compile(r"\(?\s*([+-]?\d{1,4})\s*,\s*([+-]?\d{1,4})\s*\)?")


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Sessions relative to day 0, both ends included: ``Window(-1, 1)`` holds three sessions.

    >>> str(Window(-1, 5)), Window(0, 0).length
    ('(-1,+5)', 1)

    """

    first: int
    last: int

    def __post_init__(self) -> None:
        """Refuse a window that ends before it begins."""
        if self.last < self.first:
            raise UsageError(f"the window {self} ends before it begins", todo="write it like -1,5")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``-1,5`` or ``(-1,+5)``.

        Raises
        ------
        UsageError
            The text is no window.

        """
        found = _WINDOW.fullmatch(text.strip())
        if not found:
            raise UsageError(f"{text!r} is not a window", todo="write it like -1,5")
        return cls(int(found.group(1)), int(found.group(2)))

    @property
    def length(self) -> int:
        """The number of sessions."""
        return self.last - self.first + 1

    def __str__(self) -> str:
        """Return the form used in print, ``(-1,+5)``."""
        return f"({self.first:+d},{self.last:+d})".replace("+0", "0")


class Model(StrEnum):
    """How the normal return of a security is predicted.

    ``market``: least squares on the market. ``scholes_williams`` and ``dimson``: the market with a beta that
    allows for prices that lag (Scholes and Williams 1977; Dimson 1979, one lead and one lag).
    ``market_adjusted``: the market's return. ``mean_adjusted``: the security's own mean. ``factors``: least
    squares on the market and the panel's further factors.
    """

    MARKET = "market"
    SCHOLES_WILLIAMS = "scholes_williams"
    DIMSON = "dimson"
    MARKET_ADJUSTED = "market_adjusted"
    MEAN_ADJUSTED = "mean_adjusted"
    FACTORS = "factors"


@dataclass(frozen=True, slots=True)
class StudyEvent:
    """One event: when the public could first know it, and the securities that it concerns.

    ``kind`` groups events that are alike (a word of the event vocabulary, such as ``policy``).
    """

    id: str
    public: Moment
    codes: tuple[str, ...]
    kind: str = ""
    label_en: str = ""
    label_zh: str = ""


@dataclass(frozen=True, slots=True)
class Design:
    """The design of a study; every window is in exchange sessions relative to day 0, both ends included.

    Parameters
    ----------
    estimation
        The sessions from which normal returns are estimated; it must end before every other window begins.
    windows
        The event windows that are tested; the first is the main one.
    run_up
        The sessions before day 0 that are reported apart, for a leak or an anticipation.
    model
        The model of normal returns.
    min_observations
        A security with fewer returns in the estimation window is left out and named.
    level
        The nominal size of the tests; bands cover one minus it.
    exclude_confounded
        Leave out the securities to which another event happened within the windows.
    bootstrap_draws
        Draws of the block bootstrap; their seed is fixed, so that a study can be repeated.

    """

    estimation: Window = Window(-250, -11)
    windows: tuple[Window, ...] = (Window(0, 0), Window(0, 1), Window(-1, 1), Window(0, 5))
    run_up: Window = Window(-10, -1)
    model: Model = Model.MARKET
    min_observations: int = 60
    level: float = 0.05
    exclude_confounded: bool = False
    bootstrap_draws: int = 999

    def __post_init__(self) -> None:
        """Refuse a design that contradicts itself."""
        if not self.windows:
            raise UsageError("a study needs an event window", todo="give one such as 0,0")
        if self.estimation.last >= self.path.first:
            raise UsageError(
                f"the estimation window {self.estimation} reaches into {self.path}, the sessions that are studied",
                todo=f"let it end at {self.path.first - 1} or before",
            )
        if not 0 < self.level < 0.5:
            raise UsageError(f"the level {self.level} is not between 0 and 0.5", todo="give 0.05, 0.01 or 0.1")
        if self.min_observations < 10:
            raise UsageError(f"{self.min_observations} observations are too few to estimate from", todo="ask for 10")
        if self.run_up.last >= 0:
            raise UsageError(f"the run-up {self.run_up} does not end before day 0", todo="let it end at -1")

    @property
    def path(self) -> Window:
        """All sessions that are studied: from the run-up to the end of the longest window."""
        first = min(self.run_up.first, *(window.first for window in self.windows))
        return Window(first, max(0, *(window.last for window in self.windows)))
