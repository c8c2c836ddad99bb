"""The types of arrays of prices and returns, so that every signature says what it holds."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["Bools", "Floats", "Integers", "Ints", "SegmentIds"]

Bools: TypeAlias = npt.NDArray[np.bool]
Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.signedinteger]
Ints: TypeAlias = npt.NDArray[np.int64]
SegmentIds: TypeAlias = npt.NDArray[np.int8]
