"""Acts of policy: one event for the agency, none for the figures around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from hkconcept.events import FAMILIES, find_events
from hkconcept.model import Event

SEED = Path(__file__).resolve().parents[2].parent / "shared" / "seed"
Read = Callable[..., tuple[Event, ...]]

SIMPLIFIED = (
    "国家药监局调整境外已上市急需药品的审评审批\n"
    "1月7日，国家药品监督管理局发布《关于境外已上市急需药品审评审批的公告》（2026年第3号），鼓励申请人同步申报，"
    "符合条件的可纳入优先审评范围。去年我国已批准上市的创新药达76个，其中化学药品47个。"
    "港股创新药企业：信达生物（01801）、荣昌生物（09995）。"
)
TRADITIONAL = (
    "國家藥監局調整境外已上市急需藥品的審評審批\n"
    "1月7日，國家藥品監督管理局發佈《關於境外已上市急需藥品審評審批的公告》（2026年第3號），鼓勵申請人同步申報。"
)
ENGLISH = (
    "NMPA eases review and approval of urgently needed overseas drugs\n"
    "The National Medical Products Administration issued Announcement No. 3 of 2026 to optimise the review process. "
    "China approved 76 innovative drugs in 2025. Listed companies include Innovent (01801)."
)
NAMES = {"信达生物": "01801", "荣昌生物": "09995", "Innovent": "01801"}


@pytest.mark.parametrize(
    ("text", "language"),
    [(SIMPLIFIED, "zh-Hans"), (TRADITIONAL, "zh-Hant"), (ENGLISH, "en")],
    ids=["hans", "hant", "en"],
)
def test_policy_names_its_agency_and_number_once(text: str, language: str, read: Read) -> None:
    events = read(text, NAMES, language=language)
    policies = [event for event in events if FAMILIES[event.type] == "policy"]
    assert [(event.type, event.agency, event.codes) for event in policies] == [("policy", "NMPA", ())]
    assert dict(policies[0].frame)["number"] == "2026-3"
    assert events[0] is policies[0]
    assert [event.type for event in events if event.codes] == []


def test_title_of_the_instrument_is_kept_as_printed(read: Read) -> None:
    assert dict(read(TRADITIONAL, language="zh-Hant")[0].frame)["instrument"] == "關於境外已上市急需藥品審評審批的公告"


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("国家医保局印发新版药品目录调整方案\n方案明确申报条件。", "NHSA"),
        ("药审中心发布指导原则征求意见稿\n面向社会征求意见。", "CDE"),
        ("国家卫健委出台罕见病诊疗新规\n自下月起施行。", "NHC"),
        ("国务院办公厅印发医药创新若干措施的通知\n共二十条。", "State Council"),
    ],
)
def test_other_agencies_make_policy_too(text: str, agency: str, read: Read) -> None:
    assert [(event.type, event.agency) for event in read(text)][:1] == [("policy", agency)]


@pytest.mark.parametrize(
    "text",
    [
        "信达生物：收到药监局通知书\n信达生物（01801）公告，收到国家药监局签发的临床试验批准通知书。",
        "市场关注政策\n机构认为，后续政策有望出台。",
        "FDA approves Innovent drug\nThe FDA approved the drug under its priority review program.",
    ],
)
def test_an_agency_that_decides_on_a_drug_makes_no_policy(text: str, read: Read) -> None:
    language = "en" if text.startswith("FDA") else "zh-Hans"
    assert [event for event in read(text, NAMES, language=language) if FAMILIES[event.type] == "policy"] == []


def test_past_approvals_are_a_statistic_and_of_no_company(read: Read) -> None:
    counted = [event for event in read(SIMPLIFIED, NAMES) if event.type == "approval_statistics"]
    assert [event.codes for event in counted] == [()]


@pytest.mark.corpus
@pytest.mark.skipif(not SEED.is_dir(), reason="the private corpus is not there")
def test_column_yields_one_policy_event() -> None:
    text = next(SEED.glob("*.txt")).read_text(encoding="utf-8")
    events = find_events(text, language="en", mentions=(), dates=(), quantities=(), published=dt.date(2026, 1, 8))
    assert [(event.type, event.agency) for event in events if FAMILIES[event.type] == "policy"] == [("policy", "NMPA")]
    assert {event.type for event in events} <= {"policy", "approval_statistics", "commercial_list_review"}
