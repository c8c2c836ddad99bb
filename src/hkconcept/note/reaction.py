"""The note's section on the reaction: what an event study says of the event day, or the plain reason for its absence.

The study itself is made by the caller; here it becomes values that every format shows. Means and bands are in
percent, as everywhere in a note.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hkconcept.note.bilingual import Bilingual
from hkconcept.note.i18n import both
from hkconcept.note.sections import OtherEvent, Reaction, WindowEffect

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from hkconcept.study.answers import Study, WindowAnswer
    from hkconcept.study.design import StudyEvent

__all__ = ["FEWEST_RETURNS", "OtherEvent", "Reaction", "WindowEffect", "reaction_of", "without_reaction"]

FEWEST_RETURNS: Final = 15
"""Returns that a security needs before the run-up; the packaged closes hold 22 before the event of the sample."""
_PLACES: Final = Decimal("0.000001")


def without_reaction(key: str, **values: object) -> Reaction:
    """Return the section of a note whose event was not studied, with the reason as a sentence of the wording table."""
    return Reaction(both(key, **values))


def reaction_of(study: Study, others: Sequence[StudyEvent] = ()) -> Reaction:
    """Return the section for a study of one event.

    Parameters
    ----------
    study
        Of the one event; its first window is the one that is told.
    others
        The further events that the study was given, for their names.

    """
    from hkconcept.study.sentence import TEST_NAMES, reaction  # noqa: PLC0415 - numpy, only for a study

    told = reaction(study)
    if told is None:
        why = next((one for one in study.left_out if not one.code), None) or next(iter(study.left_out), None)
        reason = Bilingual(why.reason_zh, why.reason_en) if why else both("not_available")
        return without_reaction("reaction_none", reason=reason)
    main = study.main
    run_up = next((one for one in study.windows if one.group == main.group and one.kind == "run_up"), None)
    name_en, name_zh = TEST_NAMES[main.choice.key]
    name = Bilingual(name_zh, name_en)
    sentence = Bilingual(told[1], told[0])
    if main.default.p is None:
        # One stock moves for its own reasons: without a test its return is no finding.
        sentence = both("reaction_untested", n=main.effect.n, of=main.asked, test=name)
    return Reaction(
        sentence,
        _effect(main),
        _effect(run_up) if run_up else None,
        name,
        _others(study, others),
    )


def _effect(answer: WindowAnswer) -> WindowEffect:
    effect = answer.effect
    return WindowEffect(
        str(answer.window),
        effect.n,
        answer.asked,
        _percent(effect.mean if effect.n else None),
        _percent(effect.low),
        _percent(effect.high),
        None if answer.default.p is None else _decimal(answer.default.p),
        answer.choice.key,
    )


def _percent(value: float | None) -> Decimal | None:
    return None if value is None else _decimal(value * 100)


def _decimal(value: float) -> Decimal:
    return Decimal(repr(float(value))).quantize(_PLACES)


def _others(study: Study, others: Sequence[StudyEvent]) -> tuple[OtherEvent, ...]:
    labels = {one.id: Bilingual(one.label_zh or one.id, one.label_en or one.id) for one in others}
    held: dict[tuple[str, dt.date], list[str]] = {}
    for one in study.confounders:
        held.setdefault((one.other, one.session), []).append(one.code)
    return tuple(
        OtherEvent(labels.get(name, Bilingual(name, name)), session, tuple(codes))
        for (name, session), codes in held.items()
    )
