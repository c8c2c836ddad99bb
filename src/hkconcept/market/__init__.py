"""Market figures: closes and volumes by source and basis, with every gap named.

The light part (:class:`Bars`, the packaged sample) is imported at once; what needs numpy when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hkconcept.late import late
from hkconcept.market.bars import Availability, Bar, Bars, Change, Gap

if TYPE_CHECKING:
    from hkconcept.market.dense import make_panel, panel_of_frame
    from hkconcept.market.folders import open_folder
    from hkconcept.market.packaged import packaged_source
    from hkconcept.market.panel import Panel
    from hkconcept.market.price_rows import PriceRow
    from hkconcept.market.segments import Flag, Segment
    from hkconcept.market.sources import Fetched, PriceSource, load_panel

__all__ = [
    "Availability",
    "Bar",
    "Bars",
    "Change",
    "Fetched",
    "Flag",
    "Gap",
    "Panel",
    "PriceRow",
    "PriceSource",
    "Segment",
    "load_panel",
    "make_panel",
    "open_folder",
    "packaged_source",
    "panel_of_frame",
]

_LATE = {
    "Fetched": "sources",
    "Flag": "segments",
    "Panel": "panel",
    "PriceRow": "price_rows",
    "PriceSource": "sources",
    "Segment": "segments",
    "load_panel": "sources",
    "make_panel": "dense",
    "open_folder": "folders",
    "packaged_source": "packaged",
    "panel_of_frame": "dense",
}

__getattr__ = late(__name__, _LATE)
