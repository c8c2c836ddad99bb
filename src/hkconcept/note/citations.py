"""Numbered sources: each address gets one number in the order of first use, and rows cite the number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from hkconcept.note.contents import Bilingual, Source

__all__ = ["Citations", "is_link"]

_BETWEEN = re.compile(r" [|;] |; (?=https?:)")


def is_link(address: str) -> bool:
    """Whether an address may become a link: only http and https, with a host, and no blanks or controls.

    >>> is_link("https://www.nmpa.gov.cn/x"), is_link("javascript:alert(1)"), is_link("https://a b")
    (True, False, False)

    """
    if any(c.isspace() or not c.isprintable() for c in address):
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


class Citations:
    """Collects sources while a note is composed."""

    def __init__(self) -> None:
        """Start with no sources."""
        self._numbers: dict[str, int] = {}
        self._labels: dict[str, Bilingual] = {}

    def cite(self, addresses: str | Iterable[str], label: Bilingual | None = None) -> tuple[int, ...]:
        """Return the numbers of some sources, giving new ones to those not seen before.

        Several addresses in one text have `` | `` or `` ; `` between them.
        """
        listed = [addresses] if isinstance(addresses, str) else list(addresses)
        found = []
        for one in (part.strip() for text in listed for part in _BETWEEN.split(text)):
            if one:
                found.append(self._numbers.setdefault(one, len(self._numbers) + 1))
                if label is not None:
                    self._labels.setdefault(one, label)
        return tuple(dict.fromkeys(found))

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return every source in the order of its number."""
        return tuple(Source(n, text, self._labels.get(text, Bilingual("", ""))) for text, n in self._numbers.items())
