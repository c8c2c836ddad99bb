"""The reaction that a note tells: the sample's, known from the closes, and the plain reasons for having none."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import pytest

import hkconcept as hk
from hkconcept.market import Bars
from hkconcept.model import Moment
from hkconcept.registers import policies
from hkconcept.registers.instruments import Policy
from hkconcept.service.reactions import note_reaction

CODES = ("01801", "09926", "01276")


def policy(public: str = "2026-01-07") -> Policy:
    found = next(one for one in policies.packaged() if one.id == "nmpa-2026-3")
    return replace(found, first_public=Moment.parse(public))


@pytest.mark.parametrize(
    ("given", "codes", "as_of", "told"),
    [
        (None, CODES, "2026-02-01", "The moment of first publication is not known"),
        (policy(), (), "2026-02-01", "The text names no Hong Kong stock to test."),
        (
            policy(),
            CODES,
            "2026-01-07 12:00",
            "outside the closes held as of the moment shown (2025-12-01 to 2026-01-06)",
        ),
        (
            policy("2025-12-10"),
            CODES,
            "2026-02-01",
            "Closes of 7 sessions before the event day are held and 17 are needed",
        ),
        (policy("2024-01-10"), CODES, "2026-02-01", "outside the closes held"),
        (policy(), CODES, "2025-11-01", "No closes are held"),
        (policy(), ("01167", "02105"), "2026-02-01", "No closes are held of any of the 2 stocks named"),
    ],
)
def test_the_reason_for_having_none_is_plain(
    given: Policy | None, codes: tuple[str, ...], as_of: str, told: str
) -> None:
    found = note_reaction(given, codes, hk.open_concept(), Bars.packaged(), as_of=Moment.parse(as_of))
    assert found.main is None
    assert told in found.sentence.en
    assert found.sentence.zh.endswith("。")


def test_the_event_day_of_the_sample_agrees_with_returns_worked_out_from_the_closes() -> None:
    found = note_reaction(policy(), CODES, hk.open_concept(), Bars.packaged(), as_of=Moment.parse("2026-02-01"))
    assert found.main is not None
    assert (found.main.n, found.main.of) == (3, 3)
    # 84.50 to 89.05, 120.40 to 129.20 and 74.55 to 77.75 are +5.38%, +7.31% and +4.29%, 5.66% in the mean, while the
    # index fell by 0.94%: a beta between 0 and 2 puts the abnormal return between 5.66% and 7.54%.
    assert Decimal("5.6") < (found.main.mean or Decimal(0)) < Decimal("7.6")


def test_one_stock_is_no_finding() -> None:
    as_of = Moment.parse("2026-02-01")
    found = note_reaction(policy(), ("01801", "01167"), hk.open_concept(), Bars.packaged(), as_of=as_of)
    assert found.sentence.en == (
        "Of the 2 stocks named, 1 could be studied, and the test (BMP, Kolari-Pynnonen) needs more; "
        "no abnormal return is told."
    )
    assert found.main is not None
    assert (found.main.n, found.main.of, found.main.p, found.main.low) == (1, 2, None, None)


def test_a_later_moment_does_not_change_what_was_told_after_the_close() -> None:
    concept, bars = hk.open_concept(), Bars.packaged()
    evening = note_reaction(policy(), CODES, concept, bars, as_of=Moment.parse("2026-01-07 17:30"))
    later = note_reaction(policy(), CODES, concept, bars, as_of=Moment.parse("2026-02-01"))
    assert evening.sentence == later.sentence
    assert evening.main == later.main


def test_numpy_is_only_brought_when_there_is_something_to_compute() -> None:
    program = (
        "import sys, hkconcept as hk\n"
        "from hkconcept.market import Bars\n"
        "from hkconcept.service.tracking import compose_note, findings_as_of\n"
        "from hkconcept.linking import Gazetteer\n"
        "from hkconcept.readers import read\n"
        "import tempfile, pathlib\n"
        "path = pathlib.Path(tempfile.mkdtemp()) / 'a.txt'\n"
        "path.write_text('2026-01-08 信达生物(01801.HK)首付款2.5亿美元', encoding='utf-8')\n"
        "document = hk.read(path)\n"
        "as_of = hk.moment('2026-02-01')\n"
        "found = findings_as_of(document, Gazetteer.packaged(), as_of=as_of)\n"
        "note = compose_note(document, found, hk.open_concept(), as_of=as_of)\n"
        "assert note.reaction is not None and note.reaction.main is None\n"
        "print('numpy' in sys.modules, 'polars' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
