from __future__ import annotations

import datetime as dt

import pytest

from hkconcept.readers.dateline import machine_moment, printed_moments

HKT = "+08:00"


@pytest.mark.parametrize(
    ("text", "printed", "iso", "precision", "assumed"),
    [
        ("08:07 08/01/2026", "08:07 08/01/2026", f"2026-01-08T08:07:00{HKT}", "minute", True),
        ("08/01/2026 08:07", "08/01/2026 08:07", f"2026-01-08T08:07:00{HKT}", "minute", True),
        ("01/23/2026", "01/23/2026", f"2026-01-23T00:00:00{HKT}", "day", True),
        ("2026年1月8日 08:07", "2026年1月8日 08:07", f"2026-01-08T08:07:00{HKT}", "minute", True),
        ("２０２６年１月８日", "２０２６年１月８日", f"2026-01-08T00:00:00{HKT}", "day", True),
        ("2026-01-0807:42来源", "2026-01-0807:42", f"2026-01-08T07:42:00{HKT}", "minute", True),
        ("发布时间：2026-01-08 07:42:05 作者", "2026-01-08 07:42:05", f"2026-01-08T07:42:05{HKT}", "second", True),
        ("2026年01月08日 下午3:05", "2026年01月08日 下午3:05", f"2026-01-08T15:05:00{HKT}", "minute", True),
        ("2026.1.8", "2026.1.8", f"2026-01-08T00:00:00{HKT}", "day", True),
        ("二〇二六年一月十二日", "二〇二六年一月十二日", f"2026-01-12T00:00:00{HKT}", "day", True),
        ("二零二五年十二月三十一日", "二零二五年十二月三十一日", f"2025-12-31T00:00:00{HKT}", "day", True),
        ("Jan. 8, 2026 at 8:07 a.m.", "Jan. 8, 2026 at 8:07 a.m.", f"2026-01-08T08:07:00{HKT}", "minute", True),
        ("8 January 2026, 18:30 HKT", "8 January 2026, 18:30 HKT", f"2026-01-08T18:30:00{HKT}", "minute", False),
        ("8th Jan 2026", "8th Jan 2026", f"2026-01-08T00:00:00{HKT}", "day", True),
        ("2026-01-08T08:00:08.000Z", "2026-01-08T08:00:08.000Z", "2026-01-08T08:00:08+00:00", "second", False),
        ("2026-01-08T08:00:08-05:00", "2026-01-08T08:00:08-05:00", "2026-01-08T08:00:08-05:00", "second", False),
        ("January 8, 2026 5:00 PM GMT", "January 8, 2026 5:00 PM GMT", "2026-01-08T17:00:00+00:00", "minute", False),
        # A label that names no single offset leaves the day alone.
        ("January 8, 2026 5:00 PM ET", "January 8, 2026 5:00 PM ET", f"2026-01-08T00:00:00{HKT}", "day", True),
    ],
)
def test_printed_dates(text: str, printed: str, iso: str, precision: str, assumed: bool) -> None:
    (found,) = printed_moments(text)
    assert found.moment.at == dt.datetime.fromisoformat(iso)
    assert found.moment.at.utcoffset() == dt.datetime.fromisoformat(iso).utcoffset()
    assert (found.moment.precision, found.moment.zone_assumed) == (precision, assumed)
    assert found.moment.printed == printed
    assert text[found.span.start : found.span.end] == printed


@pytest.mark.parametrize(
    "text",
    ["76个", "13/13/2026", "2026-02-30", "2026-13-01", "1月8日", "08:07", "600276/01276", "v1.2.2026.5"],
)
def test_what_is_no_full_date(text: str) -> None:
    assert list(printed_moments(text)) == []


def test_dates_come_in_reading_order_and_do_not_overlap() -> None:
    found = list(printed_moments("8 Jan 2026, then 2026-01-09 and 10/01/2026."))
    assert [str(one.moment) for one in found] == ["2026-01-08", "2026-01-09", "2026-01-10"]


@pytest.mark.parametrize(
    ("value", "iso"),
    [("20190221", "2019-02-21T00:00:00+08:00"), ("20190221080703", "2019-02-21T08:07:03+08:00")],
)
def test_compact_tags(value: str, iso: str) -> None:
    moment = machine_moment(value)
    assert moment is not None
    assert moment.at.isoformat() == iso


def test_a_tag_without_a_date_gives_none() -> None:
    assert machine_moment("yesterday") is None
