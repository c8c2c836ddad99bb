"""Conditions: what each operator finds, and what a wrong one is answered."""

import pytest

from hkconcept.errors import UsageError
from hkconcept.model import Moment
from hkconcept.registers.approvals import SCHEMA as APPROVALS
from hkconcept.registers.cells import read_rows
from hkconcept.registers.conditions import parse_condition
from hkconcept.registers.deals import SCHEMA as DEALS
from hkconcept.registers.schema import Evidence, Row, Schema

_EVIDENCE = Evidence(known_at=Moment.parse("2025-05-20"), source="https://example.org/1", status="press")


def _row(schema: Schema, **cells: str) -> Row:
    (row,), _ = read_rows(schema, [("line 1", cells)], evidence=_EVIDENCE)
    return row


_DEAL = _row(DEALS, id="a", announced="2025-05", asset="ＳＨＲ-A1811 (HER2 ADC)", upfront="500", hk_code="02142;06990")


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("announced=2025", True),
        ("announced=2025-H1", True),
        ("announced=2025-Q2", True),
        ("announced=2025-05-20", False),
        ("announced==2025-05", True),
        ("announced==2025", False),
        ("announced>=2025-05-31", True),
        ("announced>=2025-06", False),
        ("announced<=2025-05-01", True),
        ("announced<=2025-04", False),
        ("upfront=500", True),
        ("upfront=500.0", True),
        ("upfront>=500", True),
        ("upfront>=500.01", False),
        ("upfront<=499", False),
        ("near_term>=0", False),
        ("near_term=", True),
        ("upfront=", False),
        ("asset~shr-a1811", True),
        ("asset~SHR-A1812", False),
        ("asset=shr-a1811 (her2 adc)", True),
        ("hk_code=06990", True),
        ("hk_code=0699", False),
        ("source~example.org", True),
        ("status=press", True),
        (" upfront = 500 ", True),
    ],
)
def test_a_condition_finds_what_it_says(condition: str, holds: object) -> None:
    assert parse_condition(DEALS, condition).holds(_DEAL) is holds


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ("upfront", "--where: 'upfront' is not a condition; write column=value, as in type=tcm."),
        ("upfrnt=5", "--where: deals has no column 'upfrnt'; did you mean upfront? its columns are id, announced,"),
        ("upfront=five", "--where: upfront: 'five' is not a number; give a plain number."),
        ("announced=soon", "--where: announced: 'soon' is not a date of the form"),
        ("scope=outlicence", "--where: deals has no scope 'outlicence'; did you mean out-licence? choose one of"),
        ("asset>=5", "--where: asset holds text, which has no order; use = or ~."),
    ],
)
def test_a_wrong_condition_is_answered(condition: str, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_condition(DEALS, condition)
    assert str(caught.value).startswith(sentence)


def test_a_word_of_a_choice_is_the_word() -> None:
    row = _row(APPROVALS, id="1", drug_zh="芪防鼻通片", type="tcm")
    assert parse_condition(APPROVALS, "type=tcm").holds(row)
    assert not parse_condition(APPROVALS, "type=chemical").holds(row)
