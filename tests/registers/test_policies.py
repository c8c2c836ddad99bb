"""The register of policies, and which instrument a text is about."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.model import HKT, Moment
from hkconcept.registers import policies
from hkconcept.text import fold

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
NOW = Moment.parse("2026-11-23")
BY_ID = {policy.id: policy for policy in policies.packaged()}


def test_announcement_3_of_2026_was_public_on_the_seventh_and_the_time_is_not_held() -> None:
    policy = BY_ID["nmpa-2026-3"]
    assert str(policy.first_public) == "2026-01-07"
    assert policy.first_public.precision == "day"
    assert str(policy.earliest_report) == "2026-01-07 17:21 HKT"
    assert policy.earliest_report_source == "https://reportify.cn/news/1206338596173385728"
    assert policy.agency == "NMPA"
    # The timed report proves that it was public before the day was over.
    assert policy.known_by == dt.datetime(2026, 1, 7, 17, 21, tzinfo=HKT)


@pytest.mark.parametrize(
    ("policy", "issued", "first_public", "in_force"),
    [
        ("nmpa-2025-86", "2025-09-09", "2025-09-12", "2025-09-12"),
        ("nhsa-2025-33-commercial", "2025-12-07", "2025-12-07", "2026-01-01"),
        ("nhsa-2025-33-nrdl", "2025-12-07", "2025-12-07", "2026-01-01"),
        ("samr-27", "2020-01-22", "2020-03-30", "2020-07-01"),
        ("nmpa-2018-79", "2018-10-23", "2018-10-30", "2018-10-23"),
        ("state-council-2026-regulations", "None", "2026-01-27", "2026-05-15"),
    ],
)
def test_dates(policy: str, issued: str, first_public: str, in_force: str) -> None:
    held = BY_ID[policy]
    assert (str(held.issued), str(held.first_public), str(held.in_force_from)) == (issued, first_public, in_force)


def test_every_instrument_has_source_points_and_folded_keywords() -> None:
    assert len(BY_ID) == len(policies.packaged())
    for policy in policies.packaged():
        assert policy.source
        assert policy.first_public_sources
        assert all(point.zh and point.en and point.source for point in policy.points)
        words = [word for group in policy.keywords for word in group] + list(policy.citations)
        assert [fold(word) for word in words] == words
        assert all(words)


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("The regulator is optimising review and approval of urgently needed overseas-marketed drugs.", "2026-01-08",
         "nmpa-2026-3"),
        ("国家药监局优化临床急需境外已上市药品审评审批", "2026-01-08", "nmpa-2026-3"),
        ("國家藥監局進一步優化臨床急需境外已上市藥品審評審批", "2026-01-08", "nmpa-2026-3"),
        ("药监局2026年第3号公告发布", "2026-02-20", "nmpa-2026-3"),
        ("NMPA Announcement No. 3 of 2026, a year on", "2026-11-01", "nmpa-2026-3"),
        # Long after, the subject alone is background.
        ("临床急需境外已上市药品审评审批提速的一年", "2026-11-01", None),
        # Before it was public, nobody can have reported it.
        ("临床急需境外已上市药品审评审批有望提速", "2026-01-05", None),
        # The words do not meet in one statement.
        ("急需人手。" + "公司在内地经营良好，业绩稳步增长。" * 20 + "境外已上市的分公司获审批", "2026-01-08", None),
        ("两部门公告：临床急需境外新药审评审批工作程序", "2018-10-31", "nmpa-2018-79"),
        ("首版商业健康保险创新药品目录发布", "2025-12-08", "nhsa-2025-33-commercial"),
        ("The first Commercial Health Insurance Innovative Drug Catalogue was released.", "2025-12-08",
         "nhsa-2025-33-commercial"),
        ("2025年国家医保药品目录公布，新增114种", "2025-12-08", "nhsa-2025-33-nrdl"),
        ("创新药临床试验申请30个工作日内完成审评", "2025-09-13", "nmpa-2025-86"),
        ("国务院公布修订后的药品管理法实施条例", "2026-01-28", "state-council-2026-regulations"),
        # Both catalogues stand in one document: its number alone cannot tell them apart.
        ("医保发〔2025〕33号印发", "2025-12-08", None),
        ("公司公布全年业绩，收入增长两成", "2026-01-08", None),
        ("", "2026-01-08", None),
    ],
)  # fmt: skip
def test_match(text: str, published: str, expected: str | None) -> None:
    moment = Moment.parse(published)
    found = policies.match(text, published=moment, as_of=NOW)
    assert (found.policy.id if found else None) == expected


def test_without_a_date_two_that_rest_on_the_same_words_are_refused() -> None:
    text = "临床急需境外已上市药品审评审批"
    assert policies.match(text, published=None, as_of=NOW) is None
    assert {hit.policy.id for hit in policies.candidates(text, published=None, as_of=NOW)} == {
        "nmpa-2026-3",
        "nmpa-2018-79",
    }
    # As of 2025 only one of them was known.
    found = policies.match(text, published=None, as_of=Moment.parse("2025-06-30"))
    assert found is not None
    assert found.policy.id == "nmpa-2018-79"


def test_the_subject_stated_first_wins_over_background() -> None:
    text = (
        "Review and approval of urgently needed overseas-marketed drugs is to be optimised, the regulator said. "
        "Sales grew last year in every region. In December the first commercial insurance drug list was published."
    )
    moment = Moment.parse("2026-01-08 08:07")
    assert [hit.policy.id for hit in policies.candidates(text, published=moment, as_of=moment)] == [
        "nmpa-2026-3",
        "nhsa-2025-33-commercial",
    ]
    found = policies.match(text, published=moment, as_of=moment)
    assert found is not None
    assert found.policy.id == "nmpa-2026-3"


def test_the_evidence_quotes_the_text() -> None:
    text = "国家药监局：進一步優化臨床急需境外已上市藥品審評審批"
    found = policies.match(text, published=Moment.parse("2026-01-07"), as_of=NOW)
    assert found is not None
    assert [text[slice(*span)] for span in found.phrases] == ["臨床急需", "境外已上市", "審評審批"]
    assert not found.cited
    assert "境外已上市" in found.reason_zh


@given(st.integers(min_value=0, max_value=9 * 366 * 24))
def test_nothing_is_matched_before_it_was_public(hours: int) -> None:
    at = dt.datetime(2018, 1, 1, tzinfo=HKT) + dt.timedelta(hours=hours)
    moment = Moment(at)
    text = "2026年第3号 2025年第86号 2018年第79号 总局令第27号 药品管理法实施条例 医保发〔2025〕33号"
    for hit in policies.candidates(text, published=None, as_of=moment):
        assert hit.policy.known_by <= at


def test_fact_rows_hold_number_title_and_provisions() -> None:
    rows = policies.fact_rows([BY_ID["nmpa-2026-3"]])
    assert [row.name for row in rows] == ["number", "title", "first_public", *["provision"] * 6]
    assert {row.known_at for row in rows} == {BY_ID["nmpa-2026-3"].known_by}
    assert all(row.source for row in rows)


@pytest.mark.corpus
def test_the_original_column_is_about_announcement_3() -> None:
    folder = SHARED / "seed"
    if not folder.is_dir():
        pytest.skip("the original column is not here")
    (path,) = folder.glob("*.txt")
    moment = Moment.parse("2026-01-08 08:07")
    found = policies.match(path.read_text(encoding="utf-8"), published=moment, as_of=moment)
    assert found is not None
    assert found.policy.id == "nmpa-2026-3"
