"""Index levels and mean returns of a basket."""

from hkconcept.index.engine import IndexLevels, MeanReturn, equal_weight, mean_return

__all__ = ["IndexLevels", "MeanReturn", "equal_weight", "mean_return"]
