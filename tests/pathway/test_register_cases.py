"""Drugs and completed cases out of the packaged registers."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from hkconcept.pathway.changes import touched, what_changes
from hkconcept.pathway.forecast import durations
from hkconcept.pathway.register_cases import completed_cases, designated_drugs
from hkconcept.pathway.rule_files import packaged_rules

NIGHT = dt.date(2026, 1, 8)


def test_the_worked_example_is_among_the_completed_cases() -> None:
    (case,) = [one for one in completed_cases(as_of=NIGHT) if one.name == "disitamab vedotin"]
    assert (str(case.accepted), str(case.approved), case.channel) == ("2021-07-13", "2021-12-31", "priority")
    found = durations([case], "priority", as_of=NIGHT)
    assert found.working_days == (119,)


def test_a_distribution_states_its_size_and_grows_only_with_knowledge() -> None:
    early = durations(completed_cases(as_of=dt.date(2022, 6, 30)), "priority", as_of=dt.date(2022, 6, 30))
    late = durations(completed_cases(as_of=NIGHT), "priority", as_of=NIGHT)
    assert early.n < late.n
    assert early.quartiles is None  # too few by then
    assert late.quartiles is not None


def test_whom_the_announcement_touches_by_the_register() -> None:
    changes = what_changes(packaged_rules(), "nmpa-2026-3", as_of=NIGHT)
    assert changes is not None
    drugs = designated_drugs(as_of=NIGHT)
    found = touched(changes, drugs, as_of=NIGHT)
    assert found
    assert all(one.source and one.rules for one in found)
    assert {one.code for one in found if one.code} <= {drug.code for drug in drugs}
    assert [len(one.missing) for one in found] == sorted(len(one.missing) for one in found)
    assert all("marketed_overseas" not in one.missing for one in found if one.drug == "Xospata")


@settings(max_examples=8, deadline=None)
@given(st.dates(dt.date(2019, 1, 1), NIGHT))
def test_nothing_known_later_is_seen(day: dt.date) -> None:
    assert all(one.known_at <= day for one in designated_drugs(as_of=day))
    assert all(one.known_at <= day for one in completed_cases(as_of=day))
