"""Panels that the tests of the study share."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from hkconcept import calendars
from hkconcept.study import ReturnPanel

SESSIONS = calendars.sessions(dt.date(2024, 6, 3), dt.date(2026, 3, 31))
DAY = dt.date(2026, 1, 7)
ZERO = SESSIONS.index(DAY)
CODES = tuple(f"{n:05d}" for n in range(1, 13))


def made_panel(seed: int = 1, *, holes: float = 0.0, correlation: float = 0.3) -> ReturnPanel:
    generator = np.random.default_rng(seed)
    count, securities = len(SESSIONS), len(CODES)
    market = generator.normal(0, 0.01, count)
    common = generator.normal(0, 1, (count, 1))
    own = generator.normal(0, 1, (count, securities))
    sigma = generator.uniform(0.01, 0.04, securities)
    residual = sigma * (np.sqrt(correlation) * common + np.sqrt(1 - correlation) * own)
    returns = residual + generator.uniform(0.5, 1.5, securities) * market[:, None]
    if holes:
        missing = generator.random(returns.shape) < holes
        missing[ZERO - 1 : ZERO + 7] = False
        returns[missing] = np.nan
    return ReturnPanel(SESSIONS, CODES, returns, market, "made market")


@pytest.fixture
def panel() -> ReturnPanel:
    return made_panel()
