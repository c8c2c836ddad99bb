"""What was not traded is no return."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from hkconcept.errors import SourceError, UsageError
from hkconcept.study import ReturnPanel, from_closes, from_sample

NAN = float("nan")
DAYS = [dt.date(2026, 1, day) for day in (5, 6, 7, 8, 9)]
MARKET = np.array([100.0, 101, 102, 103, 104])


def of(closes: list[float], **options: object) -> np.ndarray:
    panel = from_closes(DAYS, ["00001"], np.array(closes)[:, None], MARKET, **options)  # type: ignore[arg-type]
    return panel.returns[:, 0]


def test_a_return_needs_two_sessions_that_follow_each_other() -> None:
    assert of([10, 11, NAN, 12, 15]) == pytest.approx([NAN, 0.1, NAN, NAN, 0.25], nan_ok=True)


def test_a_session_without_volume_only_repeats_an_older_close() -> None:
    volumes = np.array([5.0, 5, 0, 5, NAN])[:, None]
    found = of([10, 11, 11, 12, 15], volumes=volumes)
    assert found == pytest.approx([NAN, 0.1, NAN, NAN, 0.25], nan_ok=True)  # unknown volume says nothing


def test_no_return_reaches_from_one_price_basis_into_another() -> None:
    segments = np.array([0, 0, 1, 1, 1])
    assert of([10, 11, 22, 33, 33], segments=segments) == pytest.approx([NAN, 0.1, NAN, 0.5, 0], nan_ok=True)


def test_trade_to_trade_takes_both_returns_over_the_same_span() -> None:
    closes = np.array([10, 11, NAN, 13.2, 13.2])[:, None]
    panel = from_closes(DAYS, ["00001"], closes, MARKET, trade_to_trade=True)
    assert panel.returns[:, 0] == pytest.approx([NAN, 0.1, NAN, 0.2, 0], nan_ok=True)
    # Of 8 January: from 6 January, over two sessions, as the security's.
    assert panel.market[3, 0] == pytest.approx(103 / 101 - 1)
    assert panel.market[4, 0] == pytest.approx(104 / 103 - 1)


def test_trade_to_trade_does_not_cross_a_basis_either() -> None:
    closes = np.array([10, NAN, 30, 33, 33])[:, None]
    panel = from_closes(DAYS, ["00001"], closes, MARKET, segments=np.array([0, 0, 1, 1, 1]), trade_to_trade=True)
    assert panel.returns[:, 0] == pytest.approx([NAN, NAN, NAN, 0.1, 0], nan_ok=True)


def test_a_hole_of_the_benchmark_stays_a_hole() -> None:
    market = MARKET.copy()
    market[2] = NAN
    panel = from_closes(DAYS, ["00001"], np.ones((5, 1)), market)
    assert np.isnan(panel.market).tolist() == [True, False, True, True, False]


def test_wrong_closes_and_days_are_named() -> None:
    with pytest.raises(SourceError, match=r"00001 2026-01-07: the close 0 is not a price\."):
        of([10, 11, 0, 12, 15])
    with pytest.raises(SourceError, match=r"the session 2026-01-06 is there twice; give each session once, in order\."):
        from_closes([DAYS[1], DAYS[1]], ["00001"], np.ones((2, 1)), np.ones(2))
    with pytest.raises(SourceError, match=r"the session 2026-01-05 comes after 2026-01-06"):
        from_closes([DAYS[1], DAYS[0]], ["00001"], np.ones((2, 1)), np.ones(2))


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(UsageError, match=r"do not fit 5 sessions of 1 securities"):
        from_closes(DAYS, ["00001"], np.ones((4, 1)), MARKET)
    with pytest.raises(UsageError, match=r"the market has the shape \(3,\) instead of \(5,\)"):
        ReturnPanel(tuple(DAYS), ("00001",), np.ones((5, 1)), np.ones(3))
    with pytest.raises(SourceError, match="00001 is in the panel twice"):
        ReturnPanel(tuple(DAYS), ("00001", "00001"), np.ones((5, 2)), np.ones(5))
    with pytest.raises(UsageError, match=r"the factors have the shape"):
        ReturnPanel(tuple(DAYS), ("00001",), np.ones((5, 1)), np.ones(5), factors=np.ones((2, 2)))


def test_the_packaged_sample_gives_the_known_move_of_the_index() -> None:
    panel = from_sample(["01801", "01167"])
    row = panel.sessions.index(dt.date(2026, 1, 7))
    assert panel.market[row] == pytest.approx(-0.0094, abs=5e-5)
    assert np.isnan(panel.returns[:, 1]).all()
