"""Ruled tables: from the strokes and the letters of a page to the text of each cell.

Plain geometry in points, the origin at the lower left, as PDF has it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Glyph", "Grid", "Ruling", "grids", "joined", "lines_of"]

_NEAR = 2.5  # strokes closer than this are one: a line drawn as a thin rectangle has two edges
_REACH = 4.0  # strokes of two cells that leave a gap no wider than this are one line
_SHORT = 4.0  # a stroke shorter than this is part of a letter or a picture
_WORD_GAP = 0.22  # of the height of the letters


class Glyph(NamedTuple):
    """One letter and its box."""

    char: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """Height of the box: of the font, not of the letter."""
        return self.top - self.bottom

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the box."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


class Ruling(NamedTuple):
    """A stroke along one axis: at ``at`` on the other, from ``start`` to ``end``."""

    horizontal: bool
    at: float
    start: float
    end: float

    @classmethod
    def of(cls, a: tuple[float, float], b: tuple[float, float]) -> Iterator[Ruling]:
        """Yield the stroke between two points, if it runs along an axis and is long enough."""
        across, along = abs(a[0] - b[0]), abs(a[1] - b[1])
        if across >= _SHORT and along < 1:
            yield cls(True, (a[1] + b[1]) / 2, min(a[0], b[0]), max(a[0], b[0]))
        elif along >= _SHORT and across < 1:
            yield cls(False, (a[0] + b[0]) / 2, min(a[1], b[1]), max(a[1], b[1]))


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its lines from left to right and from bottom to top, and the strokes that it is made of."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    strokes: tuple[Ruling, ...]

    def holds(self, glyph: Glyph) -> bool:
        """Whether the middle of a letter lies inside."""
        x, y = glyph.middle
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def rows(self, glyphs: Iterable[Glyph]) -> Iterator[tuple[float, list[str]]]:
        """Yield the rows from the top, each with its upper edge; a cell that spans others is repeated in them."""
        regions = self._regions()
        inside: dict[int, list[Glyph]] = {}
        for glyph in glyphs:
            x, y = glyph.middle
            column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
            row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
            inside.setdefault(regions[row][column], []).append(glyph)
        texts = {region: joined(lines_of(letters)) for region, letters in inside.items()}
        for row in range(len(self.ys) - 2, -1, -1):
            yield self.ys[row + 1], [texts.get(region, "") for region in regions[row]]

    def _regions(self) -> list[list[int]]:
        """Number the cells; two cells without a stroke between them have the same number."""
        width, height = len(self.xs) - 1, len(self.ys) - 1
        parent = list(range(width * height))

        def root(cell: int) -> int:
            while parent[cell] != cell:
                parent[cell] = parent[parent[cell]]
                cell = parent[cell]
            return cell

        upright = _by_place(self.xs, [stroke for stroke in self.strokes if not stroke.horizontal])
        level = _by_place(self.ys, [stroke for stroke in self.strokes if stroke.horizontal])
        for row in range(height):
            for column in range(width):
                cell = row * width + column
                if column + 1 < width and not _covers(upright[column + 1], self.ys[row], self.ys[row + 1]):
                    parent[root(cell + 1)] = root(cell)
                if row + 1 < height and not _covers(level[row + 1], self.xs[column], self.xs[column + 1]):
                    parent[root(cell + width)] = root(cell)
        return [[root(row * width + column) for column in range(width)] for row in range(height)]


def _by_place(places: Sequence[float], strokes: Iterable[Ruling]) -> list[list[Ruling]]:
    found: list[list[Ruling]] = [[] for _ in places]
    for stroke in strokes:
        nearest = min(range(len(places)), key=lambda index: abs(places[index] - stroke.at))
        found[nearest].append(stroke)
    return found


def _covers(strokes: Iterable[Ruling], start: float, end: float) -> bool:
    """Whether a stroke runs along most of a side."""
    return any(min(stroke.end, end) - max(stroke.start, start) > 0.6 * (end - start) for stroke in strokes)


def grids(rulings: Sequence[Ruling]) -> list[Grid]:
    """Return the tables that strokes make: groups that cross, with two lines or more each way."""
    strokes = [*_merged([r for r in rulings if r.horizontal]), *_merged([r for r in rulings if not r.horizontal])]
    found = []
    for group in _crossing(strokes):
        # The ends of the strokes count as well: a row cut by the end of the page has no line below it.
        level = [stroke for stroke in group if stroke.horizontal]
        upright = [stroke for stroke in group if not stroke.horizontal]
        xs = _places([*(stroke.at for stroke in upright), *_ends(level)]) if upright else ()
        ys = _places([*(stroke.at for stroke in level), *_ends(upright)])
        if len(xs) > 1 and len(ys) > 1 and len(xs) + len(ys) > 4:
            found.append(Grid(xs, ys, tuple(group)))
    return found


def _merged(rulings: Sequence[Ruling]) -> list[Ruling]:
    """Join strokes that continue each other."""
    merged: list[Ruling] = []
    line: list[Ruling] = []
    for ruling in [*sorted(rulings, key=lambda r: r.at), None]:
        if line and (ruling is None or ruling.at - line[0].at > _NEAR):
            at = sum(stroke.at for stroke in line) / len(line)
            start = end = None
            for stroke in sorted(line, key=lambda r: r.start):
                if start is not None and end is not None and stroke.start <= end + _REACH:
                    end = max(end, stroke.end)
                    continue
                if start is not None and end is not None:
                    merged.append(Ruling(stroke.horizontal, at, start, end))
                start, end = stroke.start, stroke.end
            if start is not None and end is not None:
                merged.append(Ruling(line[0].horizontal, at, start, end))
            line = []
        if ruling is not None:
            line.append(ruling)
    return merged


def _crossing(strokes: Sequence[Ruling]) -> list[list[Ruling]]:
    """Group strokes that touch, directly or through others."""
    level = [stroke for stroke in strokes if stroke.horizontal]
    upright = [stroke for stroke in strokes if not stroke.horizontal]
    groups: list[list[Ruling]] = []
    seen: set[Ruling] = set()
    for first in level:
        if first in seen:
            continue
        seen.add(first)
        group, waiting = [], [first]
        while waiting:
            stroke = waiting.pop()
            group.append(stroke)
            for other in upright if stroke.horizontal else level:
                if other not in seen and _touch(stroke, other):
                    seen.add(other)
                    waiting.append(other)
        groups.append(group)
    return groups


def _touch(a: Ruling, b: Ruling) -> bool:
    return a.start - _REACH <= b.at <= a.end + _REACH and b.start - _REACH <= a.at <= b.end + _REACH


def _ends(strokes: Sequence[Ruling]) -> tuple[float, ...]:
    return (min(s.start for s in strokes), max(s.end for s in strokes)) if strokes else ()


def _places(values: Iterable[float]) -> tuple[float, ...]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return tuple(places)


def lines_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Put letters into lines from the top, each from left to right."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (-g.middle[1], g.left)):
        if lines and abs(lines[-1][0].middle[1] - glyph.middle[1]) < 0.5 * max(lines[-1][0].height, 1.0):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [sorted(line, key=lambda g: g.left) for line in lines]


def joined(lines: Iterable[Sequence[Glyph]]) -> str:
    """Return the text of lines that were wrapped: Chinese runs on, Latin words keep a blank between them."""
    told = ""
    for line in lines:
        words = line[0].char
        for before, glyph in pairwise(line):
            apart = glyph.left - before.right > _WORD_GAP * glyph.height
            words += f" {glyph.char}" if apart and (before.char.isascii() or glyph.char.isascii()) else glyph.char
        blank = told[-1:].isascii() and words[:1].isascii() and told[-1:].isalnum() and words[:1].isalnum()
        told += f" {words}" if told and blank else words
    return told
