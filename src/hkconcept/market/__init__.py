"""Market figures: the packaged sample of closes, with every gap named."""

from hkconcept.market.bars import Availability, Bar, Bars, Change, Gap

__all__ = ["Availability", "Bar", "Bars", "Change", "Gap"]
