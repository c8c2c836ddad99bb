"""The packaged sample of closes as a source of prices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hkconcept.market.bars import Bars
from hkconcept.market.price_rows import PriceRow
from hkconcept.market.segments import Segment
from hkconcept.market.sources import Fetched

__all__ = ["Packaged", "packaged_source"]


def packaged_source() -> Packaged:
    """Return the packaged closes of 2025-12-01 to 2026-01-30 as a source: unadjusted, in Hong Kong dollars."""
    return Packaged()


class Packaged:
    """The packaged sample as a :class:`PriceSource`."""

    __slots__ = ()

    @property
    def segment(self) -> Segment:
        """Provider, basis and currency of every row."""
        return Segment("packaged sample", "unadjusted", "HKD", origin="closes.csv")

    def fetch(
        self, codes: Sequence[str] | None = None, first: dt.date | None = None, last: dt.date | None = None
    ) -> Fetched:
        """Return the rows; see :meth:`PriceSource.fetch`."""
        bars = Bars.packaged()
        wanted = bars.codes if codes is None else [code for code in bars.codes if code in set(codes)]
        return Fetched(
            tuple(
                PriceRow(code, day, float(bar.close), None if bar.volume is None else float(bar.volume))
                for code in wanted
                for day, bar in bars.held(code).items()
                if (first is None or day >= first) and (last is None or day <= last)
            )
        )
