"""Many patterns found in a long text by arrays: the exact answers of an automaton, some twice as fast.

The table holds a hash of every beginning of every pattern. All places of the text are looked up by their first two
characters at once; those that may begin a pattern, a few in a hundred, go on by one character at a time, all of them
together. What reaches the end of a pattern is compared with it character by character, so a hash leads to no wrong
answer. The time grows with the text times the longest pattern at worst.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hkconcept.text.fold_many import code_points

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Matches", "PatternTable"]

_FACTOR = 0x9E3779B1  # 2**32 over the golden ratio: neighbouring products differ in their highest bits
_ENDS, _GOES_ON = 1, 2
_SPARSE = 3  # a table has eight to sixteen times as many places as hashes
_NONE = -1
_BLOCK = 1 << 16  # places looked up together: their hashes stay in the processor's cache


class Matches(NamedTuple):
    """Starts, ends (exclusive) and pattern numbers of matches, by start, the longest first of each start."""

    starts: NDArray[Any]
    ends: NDArray[Any]
    numbers: NDArray[Any]


class PatternTable:
    """Patterns of two characters or more, looked for in arrays of code points."""

    def __init__(self, patterns: Sequence[str]) -> None:
        """Hash the beginnings of the patterns; raise ``ValueError`` for a pattern of fewer than two characters."""
        import numpy as np  # noqa: PLC0415 - only many texts together are worth its start-up

        lengths = np.fromiter(map(len, patterns), dtype=np.int64, count=len(patterns))
        if len(patterns) == 0 or lengths.min() < 2:
            raise ValueError("a table needs patterns, each of two characters or more")
        self._lengths = lengths
        self._points = code_points("".join(patterns))
        self._begins = np.cumsum(lengths) - lengths
        self._longest = int(lengths.max())
        self._pairs, self._pair_shift = _table(len(patterns), bool)
        self._marks, self._shift = _table(len(self._points), np.uint8)
        self._last, self._last_shift = _table(len(patterns), np.int32)
        hashes = self._points[self._begins]
        alive = np.arange(len(patterns))
        for length in range(2, self._longest + 1):
            hashes[alive] = _longer(hashes[alive], self._points[self._begins[alive] + length - 1])
            if length == 2:
                self._pairs[hashes >> self._pair_shift] = True
            ended = lengths[alive] == length
            self._marks[hashes[alive[ended]] >> self._shift] |= _ENDS
            self._marks[hashes[alive[~ended]] >> self._shift] |= _GOES_ON
            alive = alive[~ended]
        # Patterns of one place are a chain: the table leads to the last of them, each to the one before it.
        places = hashes >> self._last_shift
        order = np.argsort(places, kind="stable")
        follows = np.flatnonzero(np.diff(places[order]) == 0) + 1
        self._last[:] = _NONE
        self._last[places[order]] = order
        self._before = np.full(len(patterns), _NONE, dtype=np.int32)
        self._before[order[follows]] = order[follows - 1]

    def find_overlapping(self, points: NDArray[Any]) -> Matches:
        """Return every match in a text.

        Parameters
        ----------
        points
            Code points of the text, as :func:`~hkconcept.text.fold_many.code_points` gives them.

        >>> table = PatternTable(["药明", "药明生物", "生物"])
        >>> [column.tolist() for column in table.find_overlapping(code_points("药明生物和药明"))]
        [[0, 0, 2, 5], [4, 2, 4, 7], [1, 0, 2, 0]]

        """
        import numpy as np  # noqa: PLC0415 - as above

        if len(points) == 0:
            return _no_matches()
        blocks = range(0, len(points), _BLOCK)
        openings = [self._openings(points[first : first + _BLOCK + 1], first) for first in blocks]
        starts, hashes = (np.concatenate(column) for column in zip(*openings, strict=True))
        ended: list[tuple[NDArray[Any], NDArray[Any], NDArray[Any]]] = []
        for length in range(2, self._longest + 1):
            marks = self._marks.take(hashes >> self._shift)
            here = np.flatnonzero(marks & _ENDS != 0)
            numbers = self._last.take(hashes.take(here) >> self._last_shift)
            ended.append((starts.take(here), np.full(len(here), length), numbers))
            here = np.flatnonzero((marks & _GOES_ON != 0) & (starts + length < len(points)))
            if not len(here):
                break
            starts = starts.take(here)
            hashes = _longer(hashes.take(here), points.take(starts + length))
        starts, lengths, numbers = (np.concatenate(column) for column in zip(*ended, strict=True))
        starts, lengths, numbers = self._printed(points, starts, lengths, numbers)
        order = np.argsort(starts * (self._longest + 1) - lengths, kind="stable")
        starts = starts[order]
        return Matches(starts, starts + lengths[order], numbers[order])

    def _openings(self, block: NDArray[Any], first: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return where a pattern may begin, with the hash of its first two characters.

        ``block`` is a part of the text and one character more, ``first`` where it begins.
        """
        import numpy as np  # noqa: PLC0415 - as above

        hashes = _longer(block[:-1], block[1:])
        at = np.flatnonzero(self._pairs.take(hashes >> self._pair_shift))
        return at + first, hashes.take(at)

    def _printed(
        self, points: NDArray[Any], starts: NDArray[Any], lengths: NDArray[Any], numbers: NDArray[Any]
    ) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Return starts, lengths and numbers of the patterns that are printed, among those of one place in the table.

        ``numbers`` are the last pattern of each place, or none.
        """
        import numpy as np  # noqa: PLC0415 - as above

        found = [(starts[:0], lengths[:0], numbers[:0])]
        while True:
            more = np.flatnonzero(numbers != _NONE)
            starts, lengths, numbers = starts.take(more), lengths.take(more), numbers.take(more)
            if not len(more):
                break
            here = np.flatnonzero(self._lengths.take(numbers) == lengths)
            at, size, number = starts.take(here), lengths.take(here), numbers.take(here)
            # All characters of all of them in a row, and where in it each one's begin.
            ends = np.cumsum(size)
            row, first = np.arange(size.sum()), ends - size
            printed = points.take(np.repeat(at - first, size) + row)
            same = printed == self._points.take(np.repeat(self._begins.take(number) - first, size) + row)
            same = np.logical_and.reduceat(same, first) if len(here) else same
            found.append((at[same], size[same], number[same]))
            numbers = self._before.take(numbers)
        starts, lengths, numbers = (np.concatenate(column) for column in zip(*found, strict=True))
        return starts, lengths, numbers


def _no_matches() -> Matches:
    import numpy as np  # noqa: PLC0415 - as above

    nothing = np.empty(0, dtype=np.int64)
    return Matches(nothing, nothing, nothing)


def _table(entries: int, kind: type) -> tuple[NDArray[Any], Any]:
    """Return a table with room enough for hashes to be far apart, and by what to shift a hash to its place in it."""
    import numpy as np  # noqa: PLC0415 - as above

    bits = min(32, entries.bit_length() + _SPARSE)
    return np.zeros(1 << bits, dtype=kind), np.uint32(32 - bits)


def _longer(hashes: NDArray[Any], points: NDArray[Any]) -> NDArray[Any]:
    """Return the hashes of beginnings that are longer by one character; that of one character is its code point."""
    import numpy as np  # noqa: PLC0415 - as above

    longer: NDArray[Any] = (hashes * np.uint32(_FACTOR) + points) * np.uint32(_FACTOR)
    return longer
