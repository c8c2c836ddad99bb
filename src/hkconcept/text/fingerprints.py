"""Fingerprints of texts: hashes of their runs of four characters, and their figures.

Every text is reduced to the smallest hashes of its runs of four characters (a bottom-k sketch: Cohen and
Kaplan, 2007). Many texts are reduced together, in a few passes of numpy over all their characters; the
fingerprints are the same as one by one.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from hkconcept.text.fold import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["SKETCH", "Fingerprint", "fingerprint", "fingerprints"]

SKETCH = 64
"""Hashes kept: the estimate's standard error is at most 1 / (2 * sqrt(64))."""

_WIDTH = 4  # characters in a run; in UTF-16 they fill one 64-bit number
_PRIME = 1_000_000_007  # the order of the remainders is as good as random, and the same on every machine
_TAIL = 32  # characters at the end in which a figure cut short is looked for
_LONGEST = 20_000  # characters read; a longer text is known by its beginning
_FEW = 32  # fewer texts are not worth importing numpy for
_BATCH = 4096  # texts reduced together: some 20 MB of arrays for news items

_CUT_OFF = re.compile(r"([0-9]+(?:[.,][0-9]+)*)[.,…\s]*$")
_FIGURE = re.compile(
    r"[0-9]+(?:\.[0-9]+)*"
    r"|第[一二三四五六七八九十]{1,3}|[一二三四五六七八九十两]{1,5}(?=[成倍亿月日季批轮期])"
)
_FIGURE_OR_END = re.compile(rf"{_FIGURE.pattern}|\n")
_ORDINAL = re.compile(r"(?:first|second|third|fourth)(?=quarter|half)")
_COMMON = 0xFFFF  # rarer characters are folded each time: hostile text must not fill the table


class Fingerprint(NamedTuple):
    """What a text is compared by: hashes in ascending order, and its figures without separators.

    ``last`` is a figure at the very end of the text, where a snippet may have cut it short.
    """

    sketch: tuple[int, ...]
    figures: frozenset[str]
    last: str

    def lacks(self, other: Fingerprint) -> bool:
        """Whether the other text prints a figure that this one does not."""
        if not other.figures <= self.figures and not all(
            figure in self.figures or (self.last and figure.startswith(self.last)) for figure in other.figures
        ):
            return True
        return bool(other.last) and not any(figure.startswith(other.last) for figure in (self.last, *self.figures))


class _Letters(dict[int, int | None]):
    """From a character to its folded form, and from punctuation to nothing; filled as characters are met."""

    def __missing__(self, code: int) -> int | None:
        char = fold(chr(code))
        kept = ord(char) if char.isalnum() or char == "." else None
        if code <= _COMMON:
            self[code] = kept
        return kept


_LETTERS = _Letters()


def fingerprint(text: str) -> Fingerprint:
    """Return the fingerprint of a text; script, width, case and punctuation make no difference.

    >>> fingerprint("康方生物：第二季度收入１，３００万元") == fingerprint("康方生物 第二季度 收入1300萬元。")
    True

    """
    text = text[:_LONGEST]
    cut = _CUT_OFF.search(fold(text[-_TAIL:]))
    words = text.translate(_LETTERS)
    figures = _FIGURE.findall(words.rstrip("."))
    last = figures.pop() if cut and figures else ""
    if "quarter" in words or "half" in words:
        figures += _ORDINAL.findall(words)
    words = words.replace(".", "")
    if len(words) < _WIDTH:
        words = words.ljust(_WIDTH)
    code = words.encode("utf-16-le", "surrogatepass")
    size = len(code) // 2
    # Each 64-bit number read at an offset of 0 to 3 characters is one run of four.
    runs = [struct.unpack_from(f"<{(size - at) // _WIDTH}Q", code, 2 * at) for at in range(_WIDTH)]
    return Fingerprint(tuple(sorted({run % _PRIME for run in chain(*runs)})[:SKETCH]), frozenset(figures), last)


class _Table:
    """From a UTF-16 unit to its folded form, 0 for what is left out; filled as characters are met."""

    unknown, awkward = 1 << 17, 1 << 16  # not met yet; no single unit, or folded to none

    def __init__(self) -> None:
        import numpy as np  # noqa: PLC0415 - only many texts together are worth its start-up

        self._held = np.full(1 << 16, self.unknown, dtype=np.uint32)

    def of(self, units: NDArray[Any]) -> NDArray[Any]:
        """Return the folded form of each unit."""
        folded: NDArray[Any] = self._held[units]
        unmet = set(units[folded == self.unknown].tolist())
        if not unmet:
            return folded
        for unit in unmet:
            kept = self.awkward if 0xD800 <= unit < 0xE000 else _LETTERS[unit] or 0
            self._held[unit] = min(kept, self.awkward)
        folded[:] = self._held[units]
        return folded


_tables: list[_Table] = []  # one, made when it is first needed


def fingerprints(texts: Sequence[str]) -> list[Fingerprint]:
    """Return the :func:`fingerprint` of each text, in a few passes over all of them together.

    >>> texts = ["第二季度收入１，３００万元", "康方生物获批上市"] * 20
    >>> fingerprints(texts) == [fingerprint(text) for text in texts]
    True

    """
    if len(texts) < _FEW:
        return [fingerprint(text) for text in texts]
    return [made for at in range(0, len(texts), _BATCH) for made in _together(texts[at : at + _BATCH])]


def _together(texts: Sequence[str]) -> list[Fingerprint]:
    """Fingerprint a batch: one look-up of all characters, one search for figures, one sort of all hashes."""
    import numpy as np  # noqa: PLC0415 - as above

    if not _tables:
        _tables.append(_Table())
    cut = [text[:_LONGEST] for text in texts]
    # A line feed, which no fingerprint keeps, ends each text. A character outside the first plane fills two units
    # and makes its text awkward, with which the places of the other texts have nothing to do.
    coded = [text.encode("utf-16-le", "surrogatepass") for text in cut]
    units = np.frombuffer(b"\n\0".join([*coded, b""]), dtype=np.uint16)
    ends = np.cumsum(np.fromiter((len(code) // 2 + 1 for code in coded), dtype=np.int64, count=len(coded))) - 1
    owner = np.repeat(np.arange(len(cut)), np.diff(ends, prepend=-1))
    folded = _tables[0].of(units)
    folded[ends] = ord("\n")
    awkward = set(owner[folded == _Table.awkward].tolist())
    kept = (folded != 0) & (folded != _Table.awkward)
    words = folded[kept].astype(np.uint16).tobytes().decode("utf-16-le", "surrogatepass")
    figures = _figures(words, cut)
    lettered = kept & (folded != ord(".")) & (folded != ord("\n"))
    letters, owner = folded[lettered].astype(np.uint64), owner[lettered]
    awkward.update(np.flatnonzero(np.bincount(owner, minlength=len(cut)) < _WIDTH).tolist())
    sketches = _sketches(letters, owner, len(cut))
    return [
        fingerprint(text) if number in awkward else Fingerprint(sketches[number], *figures[number])
        for number, text in enumerate(cut)
    ]


def _sketches(letters: NDArray[Any], owner: NDArray[Any], count: int) -> list[tuple[int, ...]]:
    """Return the smallest hashes of each text; ``owner`` is the text of each letter, in order."""
    import numpy as np  # noqa: PLC0415 - as above

    runs = max(0, len(letters) - _WIDTH + 1)
    whole = owner[:runs] == owner[len(owner) - runs :]
    run = letters[:runs].copy()
    for at in range(1, _WIDTH):
        run |= letters[at : at + runs] << np.uint64(16 * at)
    # Sorted by text and then by hash: a remainder has 30 bits.
    hashes = (owner[:runs][whole].astype(np.uint64) << np.uint64(32)) | (run[whole] % np.uint64(_PRIME))
    hashes.sort()
    if len(hashes):
        hashes = hashes[np.append(True, hashes[1:] != hashes[:-1])]
    first = np.searchsorted(hashes, np.arange(count + 1, dtype=np.uint64) << np.uint64(32))
    held = np.diff(first)
    small = np.arange(len(hashes)) - np.repeat(first[:-1], held) < SKETCH
    values = tuple((hashes[small] & np.uint64(0xFFFFFFFF)).tolist())
    ends = np.cumsum(np.append(0, np.minimum(held, SKETCH))).tolist()
    return [values[start:end] for start, end in pairwise(ends)]


def _figures(words: str, texts: Sequence[str]) -> list[tuple[frozenset[str], str]]:
    """Return the figures of each text, and the one at its very end; a line feed ends each text's words."""
    ordinals: list[list[str]] = []
    if "quarter" in words or "half" in words:
        ordinals = [_ORDINAL.findall(line) for line in words.split("\n")]
    found: list[tuple[frozenset[str], str]] = []
    held: list[str] = []
    for figure in _FIGURE_OR_END.findall(words):
        if figure != "\n":
            held.append(figure)
            continue
        number = len(found)
        last = held.pop() if held and _ends_in_figure(texts[number]) else ""
        if ordinals:
            held += ordinals[number]
        found.append((frozenset(held), last))
        held = []
    return found


def _ends_in_figure(text: str) -> bool:
    """Whether a text ends in a figure, which may be cut short; most texts end in a letter or a full stop."""
    last = text[-1:]
    if last in "。）)" or last.isalpha():
        return False
    return _CUT_OFF.search(fold(text[-_TAIL:])) is not None
