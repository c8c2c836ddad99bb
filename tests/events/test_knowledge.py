"""The moment of first public knowledge, against dates printed for other reasons."""

from __future__ import annotations

import datetime as dt

import pytest

from hkconcept.events import with_first_knowledge
from hkconcept.model import Event, Moment, Quote, Span
from hkconcept.text import find_dates

PUBLISHED = Moment.parse("2026-01-08 08:07")


def known(text: str, published: Moment | None = PUBLISHED) -> Moment | None:
    event = Event("approval", Quote.cut(text, Span(0, len(text))))
    dates = find_dates(text, published.day if published else dt.date(2026, 1, 8))
    return with_first_knowledge(text, [event], dates, published)[0].known_at


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1月7日，国家药监局发布2026年第3号公告", "2026-01-07"),
        ("12月30日晚间，公司（01801）公告新药获批", "2025-12-30"),
        ("The regulator announced the rules on January 7, 2026", "2026-01-07"),
        ("1月8日，公司公告新药获批", "2026-01-08 08:07 HKT"),
        ("公司的新药于2025年12月1日获批", "2026-01-08 08:07 HKT"),
        ("公司公布截至2025年12月31日止年度业绩", "2026-01-08 08:07 HKT"),
        ("新药获批上市", "2026-01-08 08:07 HKT"),
    ],
)
def test_an_announcement_that_is_dated_sets_the_moment(text: str, expected: str) -> None:
    assert str(known(text)) == expected


def test_without_any_moment_nothing_is_said() -> None:
    assert known("新药获批上市", None) is None


def test_the_day_alone_says_nothing_about_the_time() -> None:
    moment = known("1月7日，国家药监局发布公告")
    assert moment is not None
    assert moment.precision == "day"
    assert moment.zone_assumed
    assert moment.known_by == dt.datetime(2026, 1, 8, tzinfo=moment.at.tzinfo)
