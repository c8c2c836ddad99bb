"""The one place where the present is asked for, so that everything else can be replayed."""

from __future__ import annotations

import datetime as dt

from hkconcept.model import HKT, Moment

__all__ = ["now"]


def now() -> Moment:
    """Return the present moment in Hong Kong, to the second."""
    return Moment(dt.datetime.now(HKT).replace(microsecond=0), "second")
