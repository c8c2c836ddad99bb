"""Yahoo through a client that answers as yfinance does, is missing, or fails."""

import datetime as dt
import sys
from collections.abc import Mapping
from typing import Any

import pytest

from hkconcept.errors import SourceError
from hkconcept.market import load_panel, packaged_source
from hkconcept.market.yahoo import Yahoo

TODAY = dt.date(2026, 1, 31)


class Answer:
    """A frame as far as it is looked at: columns by name, and an index of midnights in Hong Kong."""

    def __init__(self, days: list[int], **columns: list[float]) -> None:
        self.index = [dt.datetime(2026, 1, day, tzinfo=dt.timezone(dt.timedelta(hours=8))) for day in days]
        self._columns = {name.replace("_", " "): values for name, values in columns.items()}

    def __getitem__(self, name: str) -> list[float]:
        return self._columns[name]


class YFPricesMissingError(Exception):
    """As the client's own."""


class Fake:
    """Answers by symbol; an exception is raised."""

    def __init__(self, answers: Mapping[str, Answer | Exception]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, dict[str, object]]] = []

    def Ticker(self, symbol: str) -> Any:  # noqa: ANN401, N802 - the client's own name
        outer = self

        class Ticker:
            def history(self, **given: object) -> Answer:
                outer.asked.append((symbol, given))
                answer = outer.answers[symbol]
                if isinstance(answer, Exception):
                    raise answer
                return answer

        return Ticker()


def answer(days: list[int], closes: list[float], splits: list[float] | None = None) -> Answer:
    return Answer(
        days,
        Open=closes,
        High=closes,
        Low=closes,
        Close=closes,
        Volume=[100.0] * len(days),
        Stock_Splits=splits or [0.0] * len(days),
    )


def test_splits_are_taken_out_of_unadjusted_closes() -> None:
    # One share became four on the 7th: the closes of the 5th and 6th were four times what Yahoo gives today.
    fake = Fake({"0700.HK": answer([5, 6, 7, 8], [10, 11, 12, 13], [0, 0, 4, 0])})
    rows = Yahoo("unadjusted", retrieved=TODAY, client=fake).fetch(["00700"]).rows
    assert [(row.session.day, row.close, row.volume) for row in rows] == [
        (5, 40.0, 25.0),
        (6, 44.0, 25.0),
        (7, 12.0, 100.0),
        (8, 13.0, 100.0),
    ]
    assert fake.asked[0][1]["auto_adjust"] is False


def test_adjusted_closes_are_kept_as_they_are() -> None:
    fake = Fake({"0700.HK": answer([5, 6, 7], [10, 11, 12], [0, 0, 4])})
    source = Yahoo("adjusted", retrieved=TODAY, client=fake)
    assert [row.close for row in source.fetch(["00700"], last=dt.date(2026, 1, 6)).rows] == [10, 11]
    assert fake.asked[0][1]["auto_adjust"] is True
    assert str(source.segment) == "yahoo, adjusted, HKD"


def test_a_source_that_is_down_is_said_and_nothing_takes_its_place() -> None:
    fake = Fake({"0013.HK": answer([5], [10]), "1801.HK": ConnectionError("429 Too Many Requests")})
    source = Yahoo("unadjusted", retrieved=TODAY, client=fake)
    with pytest.raises(SourceError) as caught:
        load_panel([source, packaged_source()], ["00013", "01801"])
    assert str(caught.value) == (
        "yahoo: Yahoo did not answer for 1801.HK (ConnectionError: 429 Too Many Requests); "
        "try again later, or use a folder."
    )


def test_a_security_that_it_does_not_know_is_named() -> None:
    fake = Fake({"0013.HK": answer([5], [10]), "1167.HK": YFPricesMissingError("no price data found")})
    fetched = Yahoo("unadjusted", retrieved=TODAY, client=fake).fetch(["00013", "01167"])
    assert [row.code for row in fetched.rows] == ["00013"]
    assert fetched.remarks == ("yahoo: no rows for 01167",)


def test_prices_of_two_sources_do_not_mix() -> None:
    fake = Fake({"0013.HK": answer([5, 6], [10, 11])})
    with pytest.raises(SourceError, match=r"00013: rows of packaged sample, unadjusted, HKD and of yahoo, .* overlap"):
        load_panel([Yahoo("unadjusted", retrieved=TODAY, client=fake), packaged_source()], ["00013"])


def test_a_missing_client_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yfinance", None)
    with pytest.raises(
        SourceError, match=r"the client of Yahoo is not installed; run pip install 'hkconcept\[yahoo\]'"
    ):
        Yahoo("unadjusted", retrieved=TODAY).fetch(["00013"])


def test_a_changed_answer_is_refused() -> None:
    broken = Answer([5], Open=[1], High=[1], Low=[1], Volume=[1], Stock_Splits=[0])
    with pytest.raises(SourceError, match=r"the answer for 0013\.HK has no column 'Close'"):
        Yahoo("unadjusted", retrieved=TODAY, client=Fake({"0013.HK": broken})).fetch(["00013"])
    with pytest.raises(SourceError, match="Yahoo gives no list of its securities; name the codes"):
        Yahoo("unadjusted", retrieved=TODAY, client=Fake({})).fetch()
