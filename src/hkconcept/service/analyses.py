"""The questions of a desk beside the note: clocks, concepts, indices, events and event studies.

Methods of :class:`hkconcept.service.session.Session`. Each answers as of a moment, by default the present one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hkconcept.errors import UsageError
from hkconcept.model import Moment
from hkconcept.service.clock import now

if TYPE_CHECKING:
    from hkconcept.model import Basket
    from hkconcept.pathway.clock import Clock
    from hkconcept.service.concepts import Concept
    from hkconcept.service.indices import Index
    from hkconcept.service.recorded_events import HeldEvent
    from hkconcept.service.workspace import Workspace
    from hkconcept.study import Design, Study, StudyEvent

__all__ = ["Analyses"]

_CONCEPT = "cn-innovative-drugs"
_INDEX = "cn-innovative-drugs-equal"


class Analyses:
    """Clock, concept, index, events and study over an open workspace."""

    workspace: Workspace

    def clock(
        self,
        *,
        accepted: str,
        channel: str = "standard",
        events: Iterable[tuple[str, str]] = (),
        application: str = "marketing",
        as_of: str | None = None,
    ) -> Clock:
        """Run the statutory review clock of an application in mainland China.

        Parameters
        ----------
        accepted
            The day of acceptance, ``2021-07-13``.
        channel, application
            As for ``hkconcept clock``: ``standard``, ``priority``...; ``marketing``, ``trial``...
        events
            Names and values as :mod:`hkconcept.pathway.entries` lists them.
        as_of
            The day of the answer; what happened after it is not used.

        Raises
        ------
        UsageError
            A word or a date is wrong, or dates do not fit together.

        >>> import hkconcept as hk, tempfile
        >>> with tempfile.TemporaryDirectory() as folder, hk.open(folder + "/desk") as desk:
        ...     clock = desk.clock(accepted="2021-07-13", channel="priority", as_of="2021-12-31")
        >>> clock.review.total, clock.review.elapsed
        (130, 119)

        """
        from hkconcept.pathway.channels import application_named, channel_named  # noqa: PLC0415 - only for a clock
        from hkconcept.pathway.clock import run  # noqa: PLC0415 - as above
        from hkconcept.pathway.entries import case_of  # noqa: PLC0415 - as above
        from hkconcept.pathway.rule_files import packaged_rules  # noqa: PLC0415 - as above

        kind = application_named(application)
        case = case_of(accepted, events, where="events", application=kind, channel=channel_named(channel, kind).id)
        return run(case, packaged_rules(), as_of=_moment(as_of).day)

    def concept(self, name_or_path: str | Path = _CONCEPT) -> Concept:
        """Open a concept; see :func:`hkconcept.open_concept`.

        >>> import hkconcept as hk, tempfile
        >>> with tempfile.TemporaryDirectory() as folder, hk.open(folder + "/desk") as desk:
        ...     basket = desk.concept().basket(as_of=hk.moment("2026-01-08"))
        >>> "01801" in [member.code for member in basket.members]
        True

        """
        from hkconcept.linking import Gazetteer  # noqa: PLC0415 - loaded when it is needed
        from hkconcept.service import concepts  # noqa: PLC0415 - as above

        return concepts.open_concept(name_or_path, Gazetteer.packaged())

    def index(
        self,
        methodology: str = _INDEX,
        *,
        as_of: str | None = None,
        prices: Sequence[str | Path] = (),
        members: str | Path | None = None,
        facts: str | Path | None = None,
    ) -> Index:
        """Calculate an index by rules that are a file; ``prices`` are folders, by default the packaged closes.

        See :func:`hkconcept.service.indices.open_index`; ``.latest`` is the last stretch of comparable prices.

        >>> import hkconcept as hk, tempfile
        >>> with tempfile.TemporaryDirectory() as folder, hk.open(folder + "/desk") as desk:
        ...     index = desk.index(as_of="2026-01-08")
        >>> str(index.latest.sessions[-1])
        '2026-01-08'

        """
        from hkconcept.service.indices import open_index  # noqa: PLC0415 - numpy, only for an index

        return open_index(methodology, as_of=_moment(as_of), prices=prices, members=members, facts=facts)

    def events(self, kind: str | None = None, *, as_of: str | None = None) -> tuple[HeldEvent, ...]:
        """Return the events held, by when they became public: of recorded documents, and policy instruments.

        >>> import hkconcept as hk, tempfile
        >>> with tempfile.TemporaryDirectory() as folder, hk.open(folder + "/desk") as desk:
        ...     [event.id for event in desk.events("policy", as_of="2026-01-08")][-1]
        'nmpa-2026-3'

        """
        from hkconcept.service.recorded_events import held_events  # noqa: PLC0415 - reads the registers

        return held_events(self.workspace, as_of=_moment(as_of), kind=kind)

    def study(  # noqa: PLR0913 - keyword-only choices of one study
        self,
        events: Iterable[HeldEvent | StudyEvent],
        *,
        codes: Sequence[str] = (),
        basket: Basket | None = None,
        windows: Sequence[str] = (),
        prices: Sequence[str] = (),
        benchmark: str | Path | None = None,
        design: Design | None = None,
        as_of: str | None = None,
    ) -> Study:
        """Study what securities did around events, with other events of theirs out of the registers and the ledger.

        Parameters
        ----------
        events
            What is studied, such as ``desk.events("license_out")``.
        codes, basket
            The securities of an event that names none itself: codes, or the members of a basket.
        windows
            In sessions from day 0, such as ``"-1,5"``; the first is the main one.
        prices, benchmark
            As for ``hkconcept study``; by default the packaged closes, which allow the sample's event alone.
        design
            The whole design; ``windows`` go before its own.
        as_of
            Closes of sessions that had ended by then, and facts known by then.

        Raises
        ------
        NotAvailableError
            Nothing can be studied, with the reason.
        UsageError
            An event names no security and none was given, or prices come without a benchmark.

        >>> import hkconcept as hk, tempfile
        >>> with tempfile.TemporaryDirectory() as folder, hk.open(folder + "/desk") as desk:
        ...     (event,) = (one for one in desk.events("policy", as_of="2026-02-01") if one.id == "nmpa-2026-3")
        ...     study = desk.study([event], codes=["01801", "09926", "01276"], as_of="2026-02-01")
        >>> study.main.effect.n, study.main.choice.key
        (3, 'kp_bmp')

        """
        from hkconcept.service.desk_study import desk_study  # noqa: PLC0415 - numpy, only for a study
        from hkconcept.study import StudyEvent, Window  # noqa: PLC0415 - as above

        named = tuple(codes) or tuple(member.code for member in (basket.members if basket else ()))
        asked = [one if isinstance(one, StudyEvent) else one.of(named) for one in events]
        if nameless := [one.id for one in asked if not one.codes]:
            what = f"the event {nameless[0]} names no security"
            raise UsageError(what, where="study", todo="give codes=[...] or basket=")
        moment = _moment(as_of)
        spans = tuple(Window.parse(text) for text in windows)
        return desk_study(
            self.workspace,
            asked,
            concept=self.concept(basket.concept if basket else _CONCEPT),
            spans=spans,
            prices=prices,
            benchmark=benchmark,
            design=design,
            as_of=moment,
        )


def _moment(text: str | None) -> Moment:
    return Moment.parse(text) if text else now()
