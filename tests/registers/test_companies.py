"""Which listed companies a drug concerns, and since when one could know; several drugs of a name are all kept."""

import pytest

from hkconcept.errors import NotAvailableError
from hkconcept.model import Moment
from hkconcept.registers.drugs import drug_of, find, mentions
from hkconcept.registers.view import View
from hkconcept.service.companies import companies
from hkconcept.service.workspace import Workspace

_NOW = Moment.parse("2026-11-24")


def _told(desk: Workspace, name: str, as_of: Moment = _NOW) -> list[tuple[str, str, str, str]]:
    ((_, links),) = companies(desk, name, as_of=as_of).drugs
    return [(link.code, link.role, str(link.since), link.register) for link in links]


@pytest.mark.parametrize(
    ("name", "drug"),
    [
        ("SHR-A1811", "trastuzumab-rezetecan"),
        ("shr-a1811", "trastuzumab-rezetecan"),
        ("ＳＨＲ-A1811", "trastuzumab-rezetecan"),
        ("瑞康曲妥珠单抗", "trastuzumab-rezetecan"),
        ("注射用瑞康曲妥珠单抗", "trastuzumab-rezetecan"),
        ("trastuzumab rezetecan", "trastuzumab-rezetecan"),
        ("盐酸吉卡昔替尼片", "gecacitinib-jaktinib"),
        ("複邁寧", "luvometinib"),
        ("FCN-159", "luvometinib"),
        ("玛仕度肽注射液", "mazdutide"),
    ],
)
def test_every_name_of_a_drug_finds_it(views: dict[str, View], name: str, drug: str) -> None:
    drugs = [drug_of(row) for row in views["drugs"].rows]
    assert [one.row.text("id") for one in find(drugs, name)] == [drug]


def test_a_drug_leads_to_its_companies(desk: Workspace) -> None:
    assert _told(desk, "注射用瑞康曲妥珠单抗") == [
        ("01276", "holder", "2025-05-31", "approvals"),
        ("01276", "licensor", "2025-09-24", "deals"),
        ("01276", "holder", "2026-02-28", "designations"),
    ]


def test_what_is_known_later_is_not_told_earlier(desk: Workspace) -> None:
    assert _told(desk, "SHR-A1811", Moment.parse("2025-08-01")) == [("01276", "holder", "2025-05-31", "approvals")]


def test_a_company_listed_afterwards_is_known_from_its_first_day_of_trading(desk: Workspace) -> None:
    # Tegileridine was approved in January 2024; Hengrui came to Hong Kong on 23 May 2025.
    assert _told(desk, "富马酸泰吉利定注射液", Moment.parse("2025-05-22")) == []
    assert _told(desk, "富马酸泰吉利定注射液") == [("01276", "holder", "2025-05-23", "approvals")]


def test_roles_are_those_of_each_row(desk: Workspace) -> None:
    # Abbisko found pimicotinib, Merck filed it; the first deal is of 4 December 2023.
    told = _told(desk, "pimicotinib")
    assert ("02256", "licensor", "2023-12-04", "deals") in told
    assert ("02256", "originator", "2025-12-22", "approvals") in told


def test_an_approval_number_or_a_deal_is_a_name_too(desk: Workspace) -> None:
    assert _told(desk, "国药准字S20210017") == [("09995", "holder", "2022-06-30", "approvals")]
    assert _told(desk, "CXSS2101011") == [("09995", "holder", "2022-06-30", "approvals")]
    assert {code for code, *_ in _told(desk, "202501-harbour-hbm9378")} == {"02142", "06990"}


def test_a_name_of_two_drugs_keeps_both(views: dict[str, View]) -> None:
    drugs = [drug_of(row) for row in views["drugs"].rows]
    found = {drug.row.text("id") for drug in find(drugs, "trastuzumab")}
    assert found == {"trastuzumab-rezetecan", "trastuzumab-botidotin"}


def test_an_ambiguous_name_is_answered_for_each_drug(desk: Workspace) -> None:
    answer = companies(desk, "trastuzumab", as_of=_NOW)
    assert len(answer.drugs) == 2
    codes = [{str(link.code) for link in links} for _, links in answer.drugs]
    assert {"01276"} in codes
    assert {"06990"} in codes


def test_an_unknown_name_is_refused_with_the_nearest(desk: Workspace) -> None:
    with pytest.raises(NotAvailableError) as caught:
        companies(desk, "mazdutid3", as_of=_NOW)
    assert str(caught.value).startswith(
        "mazdutid3: no register held then names this drug, approval or deal; did you mean mazdutide"
    )


def test_the_answer_prints_what_it_rests_on(desk: Workspace) -> None:
    told = companies(desk, "mazdutide", as_of=_NOW).coverage
    assert told[0] == "approvals: 61 of 76 innovative drugs approved in 2025 by name (NMPA), 15 missing"
    assert len(told) == 4


@pytest.mark.parametrize(
    ("names", "text", "found"),
    [
        (["ibi363"], "IBI363, IBI343", True),
        (["ibi36"], "IBI363, IBI343", False),
        (["bi363"], "IBI363, IBI343", False),
        (["707"], "SSGJ-707 (PD-1xVEGF)", True),
        (["ak112"], "ivonescimab AK112 (PD-1xVEGF)", True),
        (["ak11"], "ivonescimab AK112", False),
        (["戈来雷塞"], "枸橼酸戈来雷塞片", True),
        (["格索雷塞"], "枸橼酸戈来雷塞片", False),
        ([], "anything", False),
    ],
)
def test_a_name_is_found_as_a_word(names: list[str], text: str, found: object) -> None:
    assert mentions(names, text) is found
