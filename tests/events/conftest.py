"""What the tests of events share: a reader that knows only the companies a test names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

import pytest

from hkconcept.events import find_events
from hkconcept.model import Event, Judgement, Language, Mention, Span, StockCode

Read = Callable[..., tuple[Event, ...]]


def mentions_of(text: str, names: Mapping[str, str]) -> list[Mention]:
    """Every occurrence of every name; an empty code is a company without a Hong Kong line."""
    longest_first = sorted(names, key=len, reverse=True)
    if not longest_first:
        return []
    found = []
    for hit in re.finditer("|".join(map(re.escape, longest_first)), text):
        code = names[hit.group()]
        found.append(
            Mention(
                Span(*hit.span()),
                hit.group(),
                Judgement.LINKED if code else Judgement.NOT_IN_HK,
                StockCode(code) if code else None,
            )
        )
    return found


@pytest.fixture
def read() -> Read:
    def reader(
        text: str,
        names: Mapping[str, str] | None = None,
        *,
        language: Language = "zh-Hans",
        issuer: str = "",
    ) -> tuple[Event, ...]:
        return find_events(
            text,
            language=language,
            mentions=mentions_of(text, names or {}),
            dates=(),
            quantities=(),
            published=dt.date(2026, 7, 31),
            issuer=StockCode(issuer) if issuer else None,
        )

    return reader
