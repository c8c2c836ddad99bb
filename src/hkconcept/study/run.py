"""A study from a panel and events to its answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from hkconcept.market.arrays import Ints
from hkconcept.study.answers import (
    DayAnswer,
    LeftOut,
    StockAnswer,
    StockWindow,
    Study,
    TestAnswer,
    WindowAnswer,
)
from hkconcept.study.bands import effect
from hkconcept.study.choice import choose, evaluate, warning
from hkconcept.study.correction import benjamini_hochberg, holm
from hkconcept.study.design import Design, Model, StudyEvent, Window
from hkconcept.study.outcome import absent
from hkconcept.study.panel import ReturnPanel
from hkconcept.study.parametric import widening
from hkconcept.study.placing import Pair, Placing, place
from hkconcept.study.sample import Dropped, Sample, draw

__all__ = ["run"]

ALL = "all"


def run(  # noqa: PLR0913 - the choices of a study, each named by its caller
    panel: ReturnPanel,
    events: Sequence[StudyEvent],
    design: Design | None = None,
    *,
    groups: Mapping[str, Collection[str]] | None = None,
    others: Sequence[StudyEvent] = (),
    only: tuple[str, ...] = (),
) -> Study:
    """Study events.

    Parameters
    ----------
    panel
        Returns and the market; see :class:`~hkconcept.study.panel.ReturnPanel` for the shapes.
    events
        The events, with the securities that each concerns.
    design
        Windows, model and level; :class:`~hkconcept.study.design.Design` by default.
    groups
        Further groups of codes by name, such as the roles of a concept; ``all`` is always there.
    others
        Further events of the same securities: those within the sessions studied are listed as confounders.
    only
        Compute only these tests, and no days; the default test is always computed.

    Returns
    -------
    Study
        A security or an event that cannot be studied is in ``left_out`` with the reason; the rest goes on.

    """
    design = design or Design()
    placing = place(panel, events, design, others)
    pairs = placing.pairs
    sample = draw(panel, [pair.column for pair in pairs], [pair.row for pair in pairs], design)
    left = [*placing.left_out, *_without_model(sample.dropped, pairs, design)]
    held = {ALL: {pair.code for pair in pairs}, **{name: set(codes) for name, codes in (groups or {}).items()}}
    asked = {ALL: {code for event in events for code in event.codes}, **(groups or {})}
    windows: list[WindowAnswer] = []
    days: list[DayAnswer] = []
    for group, codes in held.items():
        among = np.array([n for n, at in enumerate(sample.positions) if pairs[at].code in codes], dtype=np.int64)
        count = sum(len(set(event.codes) & set(asked[group])) for event in events)
        windows.extend(_windows(sample, group, among, count, design=design, only=only))
        if not only:
            days.extend(_days(panel, sample, group, among, design))
    left.extend(_gaps(panel, sample, pairs, design))
    return Study(
        design,
        panel.market_name,
        placing.events,
        tuple(_stocks(panel, sample, pairs, design)),
        tuple(windows),
        tuple(days),
        tuple(left),
        placing.confounders,
        tuple(_remarks(panel, sample, placing, design)),
    )


def _windows(  # noqa: PLR0913 - as _window
    sample: Sample, group: str, among: Ints, asked: int, *, design: Design, only: tuple[str, ...]
) -> list[WindowAnswer]:
    spans: list[tuple[Window, Literal["event", "run_up"]]] = [(window, "event") for window in design.windows]
    spans.append((design.run_up, "run_up"))
    found = [
        _window(sample, group, among, asked, window=window, kind=kind, design=design, only=only)
        for window, kind in spans
    ]
    tested = [n for n, answer in enumerate(found) if answer.default.p is not None]
    p = [found[n].default.p or 0.0 for n in tested]
    for n, strict, mild in zip(tested, holm(p), benjamini_hochberg(p), strict=True):
        found[n] = replace(found[n], holm=strict, bh=mild)
    return found


def _window(  # noqa: PLR0913 - the choices of one row of the table
    sample: Sample,
    group: str,
    among: Ints,
    asked: int,
    *,
    window: Window,
    kind: Literal["event", "run_up"],
    design: Design,
    only: tuple[str, ...],
) -> WindowAnswer:
    cut = sample.window(window, among)
    choice = choose(cut)
    wanted = (*only, choice.key) if only else ()
    outcomes = evaluate(cut, sample.day_zero[cut.rows], design.bootstrap_draws, wanted)
    default = next((o for o in outcomes if o.key == choice.key), absent(choice.key, cut.n, "not computed"))
    return WindowAnswer(
        group,
        window,
        kind,
        asked,
        effect(cut, design.level, choice.key),
        float(cut.bhar.mean()) if cut.n else None,
        int((cut.car > 0).sum()),
        cut.correlation,
        widening(cut),
        choice,
        default,
        tuple(TestAnswer(o, o.key == choice.key, *warning(o.key, cut)) for o in outcomes),
    )


def _days(panel: ReturnPanel, sample: Sample, group: str, among: Ints, design: Design) -> Iterator[DayAnswer]:
    """Yield every session: its mean, and the mean cumulated over the run-up or from day 0."""
    zeros = np.unique(sample.day_zero[among])
    stretches: list[tuple[Literal["event", "run_up"], Window]] = [
        ("run_up", design.run_up),
        ("event", Window(0, design.path.last)),
    ]
    for stretch, span in stretches:
        for offset in range(span.first, span.last + 1):
            row = int(zeros[0]) + offset if len(zeros) == 1 else -1
            session = panel.sessions[row] if 0 <= row < len(panel.sessions) else None
            single = sample.window(Window(offset, offset), among)
            summed = sample.window(Window(span.first, offset), among)
            if single.n:
                aar = effect(single, design.level, choose(single).key)
                caar = effect(summed, design.level, choose(summed).key)
                yield DayAnswer(group, stretch, offset, session, aar, caar)


def _stocks(panel: ReturnPanel, sample: Sample, pairs: Sequence[Pair], design: Design) -> Iterator[StockAnswer]:
    cuts = [(w, sample.window(w)) for w in (*design.windows, design.run_up)]
    places = [(w, cut, {int(row): n for n, row in enumerate(cut.rows)}) for w, cut in cuts]
    fitted = sample.fitted
    with_alpha = design.model is not Model.MARKET_ADJUSTED
    with_beta = with_alpha and design.model is not Model.MEAN_ADJUSTED
    for e, position in enumerate(sample.positions):
        pair = pairs[position]
        days = tuple(
            (offset, panel.sessions[pair.row + offset], _number(sample.returns[e, n]), _number(sample.abnormal[e, n]))
            for n, offset in enumerate(range(sample.path.first, sample.path.last + 1))
            if 0 <= pair.row + offset < len(panel.sessions)
        )
        held = tuple(
            StockWindow(w, float(cut.car[at[e]]), float(cut.bhar[at[e]]), float(cut.scar[at[e]]))
            for w, cut, at in places
            if e in at
        )
        yield StockAnswer(
            pair.event,
            pair.code,
            panel.sessions[pair.row],
            int(fitted.observations[e]),
            float(fitted.coefficients[e, 0]) if with_alpha else None,
            float(fitted.coefficients[e, 1]) if with_beta else None,
            float(fitted.sigma[e]),
            days,
            held,
        )


def _number(value: np.float64) -> float | None:
    return float(value) if np.isfinite(value) else None


def _without_model(dropped: Sequence[Dropped], pairs: Sequence[Pair], design: Design) -> Iterator[LeftOut]:
    for one in dropped:
        pair = pairs[one.position]
        if one.why == "few_observations":
            en = f"{one.held} returns in the estimation window, {design.min_observations} needed"
            zh = f"估计窗内有{one.held}个收益，需{design.min_observations}个"
        elif one.why == "no_market":
            en, zh = "the benchmark has too few returns in the estimation window", "基准在估计窗内的收益过少"
        else:
            en, zh = "its returns or the benchmark's do not vary in the estimation window", "估计窗内收益无变化"
        yield LeftOut(pair.event, pair.code, "", en, zh)


def _gaps(panel: ReturnPanel, sample: Sample, pairs: Sequence[Pair], design: Design) -> Iterator[LeftOut]:
    """Yield the windows that a security is missing from, each with its first session without a return."""
    for e, position in enumerate(sample.positions):
        pair = pairs[position]
        for window in (*design.windows, design.run_up):
            for offset in range(window.first, window.last + 1):
                n = offset - sample.path.first
                if np.isfinite(sample.abnormal[e, n]):
                    continue
                row = pair.row + offset
                yield LeftOut(pair.event, pair.code, str(window), *_gap(panel, sample, e, n, row))
                break


def _gap(panel: ReturnPanel, sample: Sample, e: int, n: int, row: int) -> tuple[str, str]:
    if not 0 <= row < len(panel.sessions):
        return "the window reaches beyond the sessions held", "窗口超出所收集的交易日"
    day: dt.date = panel.sessions[row]
    if np.isfinite(sample.returns[e, n]):
        return f"the benchmark has no return on {day}", f"基准在{day}无收益"
    return f"no return on {day}: not traded then or in the session before", f"{day}无收益：当日或前一交易日无成交"


def _remarks(panel: ReturnPanel, sample: Sample, placing: Placing, design: Design) -> Iterator[tuple[str, str]]:
    """Yield what a reader must know of the data: holes of the benchmark, dates close together, unknown times."""
    for event in placing.events:
        if not event.time_known:
            yield (
                f"{event.id}: {event.reason}",
                f"{event.id}：公布时刻不详，按当日计为第0日，可能早一个交易日",
            )
    market = panel.market if panel.market.ndim == 1 else panel.market[:, 0]
    for zero in np.unique(sample.day_zero):
        first = max(0, int(zero) + design.estimation.first)
        last = int(zero) + design.estimation.last
        holes = int((~np.isfinite(market[first : last + 1])).sum()) if last >= first else 0
        if holes:
            day = panel.sessions[int(zero)]
            yield (
                f"the benchmark has no return in {holes} sessions of the estimation window before {day}",
                f"{day}之前的估计窗内，基准有{holes}个交易日无收益",
            )
    zeros = np.unique(sample.day_zero)
    longest = max(window.length for window in design.windows)
    close = int((np.diff(zeros) < longest).sum())
    if close:
        yield (
            f"{close} pairs of neighbouring dates lie closer together than the longest window: they share sessions",
            f"有{close}对相邻日期的间隔短于最长窗口，窗口互有重叠",
        )
