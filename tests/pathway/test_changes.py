"""What an instrument changes, whom it touches, the inspection view, and the calendar file."""

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hkconcept.errors import SourceError
from hkconcept.pathway.changes import touched, what_changes
from hkconcept.pathway.clock import run
from hkconcept.pathway.entries import case_of
from hkconcept.pathway.ics import calendar_file
from hkconcept.pathway.inspection import effect_of_overseas, features, packaged_features, read_features
from hkconcept.pathway.rule_files import packaged_rules
from hkconcept.registers import policies

BOOK = packaged_rules()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@dataclass(frozen=True)
class Row:
    """A drug as a register of designations holds it."""

    drug: str
    company: str
    code: str
    channel: str
    known_at: dt.date
    source: str
    facts: dict[str, bool] = field(default_factory=dict)


def test_what_announcement_3_of_2026_changes() -> None:
    found = what_changes(BOOK, "nmpa-2026-3", as_of=day("2026-01-08"))
    assert found is not None
    told = {c.after.id: (c.before and c.before.id, c.difference, c.status) for c in found.limits}
    assert told == {
        "A3-2": ("DRR-96-1", -30, "press"),
        "A3-3": ("DRR-98-1", -20, "press"),
        "A3-4": ("DRR-98-2", -20, "press"),
    }
    texts = [c.text for c in found.limits]
    assert texts[2].en.endswith("70 working days instead of 90 (DRR-98-2).")
    assert texts[2].zh.endswith("70个工作日，原为90（DRR-98-2）。")
    assert any("closed with the third batch" in remark.en for remark in found.remarks)
    assert len(found.provisions) == 10


def test_nothing_is_said_before_an_instrument_was_public() -> None:
    assert what_changes(BOOK, "nmpa-2026-3", as_of=day("2026-01-06")) is None
    assert what_changes(BOOK, "nhsa-2025-33-nrdl", as_of=day("2026-01-08")) is None


def test_the_instruments_are_those_of_the_register_of_policies() -> None:
    held = {policy.id for policy in policies.packaged()}
    assert {one.id for one in BOOK.instruments} - held == {"drug-administration-law"}


ROWS = (
    Row("一", "甲", "01801", "priority", day("2025-05-21"), "https://example.org/1"),
    Row("二", "乙", "09926", "priority", day("2025-05-21"), "https://example.org/2", {"rare_disease": False}),
    Row("三", "丙", "02171", "breakthrough", day("2025-05-21"), "https://example.org/3"),
    Row("四", "丁", "06990", "priority", day("2026-03-01"), "https://example.org/4"),
    Row(
        "五", "戊", "01276", "priority_rare_overseas", day("2025-05-21"), "https://example.org/5",
        {"rare_disease": True, "urgently_needed": True, "marketed_overseas": True, "marketed_in_china": False},
    ),
)  # fmt: skip


def test_whom_the_announcement_touches() -> None:
    changes = what_changes(BOOK, "nmpa-2026-3", as_of=day("2026-01-08"))
    assert changes is not None
    found = {one.drug: one for one in touched(changes, ROWS, as_of=day("2026-01-08"))}
    assert set(found) == {"一", "三", "五"}  # the second is no rare disease, the fourth was not known yet
    assert (found["五"].verdict, found["五"].rules, found["五"].missing) == ("touched", ("A3-3", "A3-4"), ())
    assert found["一"].verdict == "possible"
    assert found["一"].missing == ("rare_disease", "urgently_needed", "marketed_overseas", "marketed_in_china")
    assert found["三"].rules == ("A3-2",)
    assert all(one.source for one in found.values())


def test_rows_known_later_never_change_an_earlier_answer() -> None:
    changes = what_changes(BOOK, "nmpa-2026-3", as_of=day("2026-01-08"))
    assert changes is not None
    assert touched(changes, ROWS, as_of=day("2026-01-08")) == touched(
        changes, [row for row in ROWS if row.known_at <= day("2026-01-08")], as_of=day("2026-01-08")
    )


# inspection


def test_the_features_of_a_day() -> None:
    before = {one.id for one in features(day("2026-01-06"))}
    after = {one.id for one in features(day("2026-01-07"))}
    assert before - after == {"INS-11"}
    assert after - before == {"INS-6", "INS-10", "INS-12"}
    assert {one.aspect for one in features(day("2026-01-07"))} == {
        "trigger",
        "site",
        "mode",
        "testing",
        "batches",
        "after",
    }


def test_every_feature_names_rules_that_are_held_and_a_source() -> None:
    for one in packaged_features():
        assert one.source
        assert all(BOOK.row(rule) for rule in one.rules), one.id
        assert one.status != "official" or one.source.startswith("https://english.nmpa.gov.cn")


def test_what_an_overseas_inspection_does_to_the_deadline() -> None:
    # April after the 15th: 12 working days (22 - 10), May up to the 17th: 11 (6-11 13-17): 23. Without it the deadline
    # is 23 working days before 12 August: 7 in August, 16 in July, whose 16th working day from the end is the 10th.
    case = case_of("2024-01-02", [("overseas_inspection", "2024-04-15/2024-05-17")], channel="priority")
    effect = effect_of_overseas(case, BOOK, as_of=day("2024-07-31"))
    assert (effect.taken_out, str(effect.with_it), str(effect.without)) == (23, "2024-08-12", "2024-07-10")


def test_a_broken_feature_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "i.yml"
    path.write_text("inspection:\n  - {id: I, aspect: colour}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"i\.yml line 2: 'valid_from' is missing"):
        read_features(path)


# the calendar file


def test_the_calendar_file() -> None:
    case = case_of("2026-07-01", drug="甲药; \\测试, 一", company="乙公司" * 20, channel="standard")
    clock = run(case, BOOK, as_of=day("2026-07-31"))
    text = calendar_file(clock, "zh")
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == len(clock.steps)
    whole = text.replace("\r\n ", "")
    # 200 working days after 1 July 2026 end on 21 April 2027, as expected; all-day events end the day after.
    assert (
        "DTSTART;VALUE=DATE:20270421\r\nDTEND;VALUE=DATE:20270422\r\nSUMMARY:技术审评（暂定）：甲药\\; \\\\测试\\, 一"
        in whole
    )
    assert "2027-04-19 – 2027-04-26" in whole
    identifiers = re.findall(r"UID:(\S+)", whole)
    assert len(set(identifiers)) == len(identifiers)
    later = calendar_file(run(case, BOOK, as_of=day("2026-08-31")), "zh").replace("\r\n ", "")
    assert re.findall(r"UID:(\S+)", later) == identifiers


def test_a_step_that_is_done_has_no_event() -> None:
    case = case_of("2021-07-13", [("decided", "2021-12-31")], channel="priority")
    text = calendar_file(run(case, BOOK, as_of=day("2022-01-05")))
    assert "Technical review" not in text
    assert "Licence delivered" in text
    assert "from memory" in text.replace("\r\n ", "")
