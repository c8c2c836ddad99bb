"""The answers of a study, as values; returns are fractions (0.0597 is 5.97%) and ``None`` is "not available"."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from hkconcept.study.bands import Effect
from hkconcept.study.choice import Choice
from hkconcept.study.design import Design, Window
from hkconcept.study.outcome import Outcome

__all__ = [
    "Confounder",
    "DayAnswer",
    "Earlier",
    "EarlierEvent",
    "LeftOut",
    "PlacedEvent",
    "StockAnswer",
    "StockWindow",
    "Study",
    "TestAnswer",
    "WindowAnswer",
]


@dataclass(frozen=True, slots=True)
class PlacedEvent:
    """An event with its day 0, and on what ground it lies there."""

    id: str
    label_en: str
    label_zh: str
    public: str
    session: dt.date
    reason: str
    time_known: bool
    asked: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A security of an event, or a whole event (``code`` empty), that is not in a window, and why.

    ``window`` is empty when it is in none.
    """

    event: str
    code: str
    window: str
    reason_en: str
    reason_zh: str


@dataclass(frozen=True, slots=True)
class Confounder:
    """Another event of the same security within the sessions studied; ``excluded`` when it was left out for it."""

    event: str
    code: str
    other: str
    session: dt.date
    offset: int
    excluded: bool


@dataclass(frozen=True, slots=True)
class StockWindow:
    """One security over one window. ``scar`` is the CAR over its forecast standard error."""

    window: Window
    car: float
    bhar: float
    scar: float


@dataclass(frozen=True, slots=True)
class StockAnswer:
    """One event-security: its model and its abnormal returns.

    ``days`` holds every session studied as offset, date, return and abnormal return. ``beta`` is ``None`` for a
    model without one.
    """

    event: str
    code: str
    session: dt.date
    observations: int
    alpha: float | None
    beta: float | None
    sigma: float
    days: tuple[tuple[int, dt.date, float | None, float | None], ...]
    windows: tuple[StockWindow, ...]


@dataclass(frozen=True, slots=True)
class TestAnswer:
    """One test of one window, with what is wrong with it on this sample (empty: nothing known)."""

    outcome: Outcome
    default: bool
    warning_en: str
    warning_zh: str


@dataclass(frozen=True, slots=True)
class WindowAnswer:
    """A group over one window: the mean CAR with its band, the test that answers, and the others.

    ``asked`` securities were asked for, ``effect.n`` of them have every return. ``bhar`` is the mean
    buy-and-hold abnormal return. ``holm`` and ``bh`` adjust the default's p-value for all windows of the group.
    """

    group: str
    window: Window
    kind: Literal["event", "run_up"]
    asked: int
    effect: Effect
    bhar: float | None
    positive: int
    correlation: float
    widening: float | None
    choice: Choice
    default: Outcome
    tests: tuple[TestAnswer, ...]
    holm: float | None = None
    bh: float | None = None


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """A group on one session: the mean abnormal return, and the mean cumulated from the start of its stretch.

    ``stretch`` is ``run_up`` before day 0 and ``event`` from day 0 on; each cumulates from its own first session.
    """

    group: str
    stretch: Literal["event", "run_up"]
    offset: int
    session: dt.date | None
    aar: Effect
    caar: Effect


@dataclass(frozen=True, slots=True)
class EarlierEvent:
    """The same group after an earlier event of the same kind, over the main window."""

    id: str
    label_en: str
    label_zh: str
    session: dt.date
    n: int
    effect: float | None
    p: float | None
    why_en: str = ""
    why_zh: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What happened after earlier events like it: ``n`` of ``held`` could be studied.

    ``median`` is that of their mean CARs, ``positive`` how many of these were above zero.
    """

    kind: str
    window: Window
    held: int
    n: int
    median: float | None
    positive: int
    events: tuple[EarlierEvent, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """A whole study."""

    design: Design
    market_name: str
    events: tuple[PlacedEvent, ...]
    stocks: tuple[StockAnswer, ...]
    windows: tuple[WindowAnswer, ...]
    days: tuple[DayAnswer, ...]
    left_out: tuple[LeftOut, ...]
    confounders: tuple[Confounder, ...]
    remarks: tuple[tuple[str, str], ...] = ()
    earlier: Earlier | None = None

    def window(self, group: str, window: Window) -> WindowAnswer:
        """Return the answer of a group for a window; ``KeyError`` when it was not asked."""
        for answer in self.windows:
            if answer.group == group and answer.window == window:
                return answer
        raise KeyError((group, str(window)))

    @property
    def main(self) -> WindowAnswer:
        """The first group over the main window."""
        return self.windows[0]
