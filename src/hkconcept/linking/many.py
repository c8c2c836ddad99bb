"""Names found in many texts together: one folding, one pass of the matcher, one look at all boundaries.

The answers are those of :func:`hkconcept.linking.names.find_names`, text by text. Only the matches that overlap, or
that stand beside something that may change what they are, are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from hkconcept.linking.gazetteer import Gazetteer
from hkconcept.linking.names import CLASSES, LATIN_END, TELLING, places
from hkconcept.text.fold_many import fold_joined, text_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["NameColumns", "find_names_in"]


class NameColumns(NamedTuple):
    """Names found in many texts, in reading order: one integer of each column for each name.

    ``texts`` are numbers of texts; ``starts`` and ``ends`` (exclusive) are code points in the text as printed,
    ``covers`` the ends with the printed class suffix; ``numbers`` are places in ``gazetteer.patterns``.
    """

    texts: NDArray[Any]
    starts: NDArray[Any]
    ends: NDArray[Any]
    covers: NDArray[Any]
    numbers: NDArray[Any]


def find_names_in(texts: Sequence[str], gazetteer: Gazetteer) -> NameColumns:
    """Return the names of many texts.

    Parameters
    ----------
    texts
        Texts as printed; they need not be folded. Together they take about 12 bytes a character, where
        every few characters are a name 70.
    gazetteer
        Whose names are looked for.

    >>> gazetteer = Gazetteer.packaged()
    >>> found = find_names_in(["来凯医药-B发布公告", "Akeso"], gazetteer)
    >>> [column.tolist() for column in found[:4]], [gazetteer.patterns[number] for number in found.numbers]
    ([[0, 1], [0, 0], [4, 5], [6, 5]], ['来凯医药', 'akeso'])

    """
    import numpy as np  # noqa: PLC0415 - only many texts together are worth its start-up

    joined = fold_joined(texts)
    matches = gazetteer.table.find_overlapping(joined.key)
    starts, ends, numbers = matches
    covers = ends + _suffixes(joined.key, ends)
    sure, unsure = _told_apart(joined.key, starts, ends, covers)
    columns = [column[sure] for column in (starts, ends, covers, numbers)]
    if unsure.any():
        doubtful = list(zip(*(column[unsure].tolist() for column in matches), strict=True))
        rest = places(doubtful, joined.text, text_of(joined.key), gazetteer)
        rows = np.array(rest, dtype=np.int64).reshape(-1, 4).T
        columns = [np.concatenate(pair) for pair in zip(columns, rows, strict=True)]
        order = np.argsort(columns[0], kind="stable")
        columns = [column.take(order) for column in columns]
    starts, ends, covers, numbers = columns
    number = np.searchsorted(joined.begins, starts, side="right") - 1
    begin = joined.begins.take(number)
    return NameColumns(number, starts - begin, ends - begin, covers - begin, numbers)


def _suffixes(points: NDArray[Any], ends: NDArray[Any]) -> NDArray[Any]:
    """Return how many characters the class suffix that is printed after each name takes."""
    import numpy as np  # noqa: PLC0415 - as above

    lengths = np.zeros(len(ends), dtype=np.int64)
    hyphens = np.flatnonzero(points.take(ends) == ord("-"))  # something follows: no name reaches beyond its text
    window = points.take(ends[hyphens] + 1 + np.arange(3)[:, np.newaxis], mode="clip")
    letters = (window >= ord("a")) & (window <= ord("z"))
    for suffix in CLASSES:
        printed = np.logical_and.reduce([row == ord(char) for row, char in zip(window, suffix, strict=False)])
        lengths[hyphens[printed & ~letters[len(suffix)]]] = 1 + len(suffix)
    return lengths


def _told_apart(
    points: NDArray[Any], starts: NDArray[Any], ends: NDArray[Any], covers: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return which matches are names at first sight, and which must be looked at; the rest are parts of the former.

    ``covers`` are the ends with the class suffixes.
    """
    import numpy as np  # noqa: PLC0415 - as above

    if len(starts) == 0:
        return np.zeros(0, dtype=bool), np.zeros(0, dtype=bool)
    chinese = (points.take(starts) >= ord(LATIN_END)) & (points.take(ends - 1) >= ord(LATIN_END))
    plain = chinese & ~_telling().take(points.take(ends), mode="clip")
    # A group is a run of matches that touch each other, suffixes included.
    first = np.append(True, starts[1:] >= np.maximum.accumulate(covers)[:-1])
    at = np.flatnonzero(first)
    # Its first match is the longest of those that start with it. Where it covers the group, the others are parts of it.
    last = np.append(at[1:], len(starts)) - 1
    alone = plain[at] & (np.maximum.accumulate(ends)[last] == ends[at])
    sure = np.zeros(len(starts), dtype=bool)
    sure[at[alone]] = True
    return sure, ~alone[np.cumsum(first) - 1]


@cache
def _telling() -> NDArray[Any]:
    """Return which characters after a name may make another word of it, by code point."""
    import numpy as np  # noqa: PLC0415 - as above

    held = np.zeros(1 << 16, dtype=bool)
    held[[ord(char) for char in TELLING]] = True
    return held
