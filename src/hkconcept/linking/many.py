"""Names found in many texts together: one folding, one pass of the matcher, one look at all boundaries.

The answers are those of :func:`hkconcept.linking.names.find_names`, text by text. Only the matches that overlap, or
that stand beside something that may change what they are, are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain, compress
from typing import TYPE_CHECKING, Any

from hkconcept.linking.gazetteer import Gazetteer
from hkconcept.linking.names import LATIN_END, TELLING, by_start, places
from hkconcept.text.fold import BETWEEN_TEXTS, fold_joined

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["find_names_in"]

_SUFFIX = 3  # characters of the longest class suffix


def find_names_in(texts: Sequence[str], gazetteer: Gazetteer) -> NDArray[Any]:
    """Return the names of many texts as rows of one table.

    Parameters
    ----------
    texts
        Texts as printed; they need not be folded.
    gazetteer
        Whose names are looked for.

    Returns
    -------
    NDArray[int64]
        One row for each name, of shape (names, 5), in reading order: number of the text, start of the name in that
        text, its end, the end of its printed class suffix (the same where there is none), and the name's number in
        ``gazetteer.patterns``. Intervals are half-open.

    >>> gazetteer = Gazetteer.packaged()
    >>> found = find_names_in(["来凯医药-B发布公告", "Akeso"], gazetteer).tolist()
    >>> [(row[:4], gazetteer.patterns[row[4]]) for row in found]
    [([0, 0, 4, 6], '来凯医药'), ([1, 0, 5, 5], 'akeso')]

    """
    import numpy as np  # noqa: PLC0415 - only many texts together are worth its start-up

    folded, text = fold_joined(texts), BETWEEN_TEXTS.join(texts)
    matches = by_start(gazetteer.automaton.find_overlapping(folded))
    columns = np.fromiter(chain.from_iterable(matches), dtype=np.int64, count=3 * len(matches)).reshape(-1, 3)
    sure, unsure = _told_apart(columns, folded)
    chosen = columns[sure]
    rest = places(list(compress(matches, unsure.tolist())), text, folded, gazetteer)
    found = np.empty((len(chosen) + len(rest), 5), dtype=np.int64)
    found[: len(chosen), 1:3] = chosen[:, :2]
    found[: len(chosen), 3:] = chosen[:, 1:]
    if rest:
        found[len(chosen) :, 1:] = rest
        found = found[np.argsort(found[:, 1], kind="stable")]
    begins = np.cumsum([0, *map(len, texts)]) + np.arange(len(texts) + 1)
    found[:, 0] = np.searchsorted(begins, found[:, 1], side="right") - 1
    found[:, 1:4] -= begins[found[:, 0], np.newaxis]
    return found


def _told_apart(columns: NDArray[Any], folded: str) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return which matches are names at first sight, and which must be looked at; the rest are parts of the former."""
    import numpy as np  # noqa: PLC0415 - as above

    units = np.frombuffer((folded + " ").encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    if len(columns) == 0 or len(units) != len(folded) + 1:
        # A character outside the first plane fills two units: then every match is looked at.
        return np.zeros(len(columns), dtype=bool), np.ones(len(columns), dtype=bool)
    start, end = columns[:, 0], columns[:, 1]
    following = units[end]
    plain = (units[start] >= ord(LATIN_END)) & (units[end - 1] >= ord(LATIN_END)) & ~_changing().take(following)
    reach = np.maximum.accumulate(end + _SUFFIX * (following == ord("-")))
    # A group is a run of matches that touch each other, suffixes included.
    first = np.append(True, start[1:] >= reach[:-1])
    at = np.flatnonzero(first)
    # Its first match is the longest of those that start with it. Where it covers the group, the others are parts of it.
    alone = plain[at] & (reach[np.append(at[1:], len(columns)) - 1] == end[at])
    sure = np.zeros(len(columns), dtype=bool)
    sure[at[alone]] = True
    return sure, ~alone[np.cumsum(first) - 1]


@cache
def _changing() -> NDArray[Any]:
    """Return which characters after a name may make another word of it, or belong to it, by code point."""
    import numpy as np  # noqa: PLC0415 - as above

    held = np.zeros(1 << 16, dtype=bool)
    held[[ord(char) for char in ("-", *TELLING)]] = True
    return held
