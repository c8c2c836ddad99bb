"""The sixteen stocks that the column names, in its order; the first eleven are innovators."""

from __future__ import annotations

__all__ = ["NAMED"]

NAMED = [
    "01276",
    "06990",
    "00013",
    "09926",
    "01801",
    "01093",
    "09995",
    "01530",
    "01167",
    "02105",
    "03692",
    "06821",
    "03759",
    "06127",
    "02269",
    "02359",
]
