"""The result of one test of significance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hkconcept.study.distributions import normal_two_sided, t_two_sided

__all__ = ["Outcome", "Reference", "absent", "by_normal", "by_t"]

Reference = Literal["normal", "t", "placebo", "bootstrap", "exact"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One test: its key, its statistic and the two-sided p-value.

    ``reference`` is the distribution that gave the p-value: ``normal``; ``t`` with ``df`` degrees of freedom;
    ``placebo``, the statistic's own values in the estimation window; ``bootstrap``; or ``exact``. ``n`` is the
    number of event-securities. Without a statistic ``absent`` says why.
    """

    key: str
    statistic: float | None
    p: float | None
    reference: Reference
    n: int
    df: float | None = None
    placebos: int | None = None
    absent: str = ""


def by_normal(key: str, statistic: float, n: int) -> Outcome:
    """Return the outcome of a statistic that is standard normal when nothing happened."""
    return Outcome(key, statistic, normal_two_sided(statistic), "normal", n)


def by_t(key: str, statistic: float, n: int, df: float) -> Outcome:
    """Return the outcome of a statistic that follows Student's t when nothing happened."""
    return Outcome(key, statistic, t_two_sided(statistic, df), "t", n, df)


def absent(key: str, n: int, why: str) -> Outcome:
    """Return the outcome of a test that this sample does not allow."""
    return Outcome(key, None, None, "normal", n, absent=why)
