"""The sentences of the sections on the reaction and on what changes; used by every format that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hkconcept.note.contents import NoteLanguage
from hkconcept.note.i18n import say, short_day

if TYPE_CHECKING:
    from hkconcept.note.changes import Changes, LimitLine, TouchedCompany
    from hkconcept.note.reaction import Reaction

__all__ = ["basis_text", "changes_rest", "drugs_text", "limit_text", "other_events", "touched_text"]

_SHOWN = 3
_MINUS = "\u2212"


def other_events(reaction: Reaction, language: NoteLanguage) -> str:
    """Return which other events of the same securities fall into the sessions studied; empty when none does."""
    if not reaction.others:
        return ""
    told = [
        say(
            "reaction_other",
            language,
            label=one.label.text(language),
            day=short_day(one.session, language),
            n=len(one.codes),
        )
        for one in reaction.others[:_SHOWN]
    ]
    if len(reaction.others) > _SHOWN:
        told.append(say("reaction_more", language, n=len(reaction.others) - _SHOWN))
    events = say("semicolon", language).join(told)
    return say("reaction_others", language, n=len(reaction.others), events=events)


def limit_text(line: LimitLine, language: NoteLanguage) -> tuple[str, str]:
    """Return a limit before and after with its unit, and the difference; the latter is empty when there is none."""
    after = _with_unit(line.after, line.unit.text(language), language)
    if line.before is None:
        return after, say("changes_new", language)
    same = line.before_unit == line.unit
    before = line.before if same else _with_unit(line.before, line.before_unit.text(language), language)
    moved = "" if line.difference is None else f"{line.difference:+d}".replace("-", _MINUS)
    return f"{before} → {after}", moved


def _with_unit(number: str, unit: str, language: NoteLanguage) -> str:
    return f"{number}{unit}" if language == "zh" else f"{number} {unit}"


def basis_text(line: LimitLine, language: NoteLanguage) -> str:
    """Return the articles that a limit rests on: the new one, and the one that applied before."""
    before = line.before_article.text(language)
    told = [line.article.text(language)]
    if before:
        told.append(say("changes_before", language, article=before))
    return say("semicolon", language).join(told)


def changes_rest(changes: Changes, language: NoteLanguage) -> str:
    """Return how many limits are not shown, and how many provisions have no limit."""
    limits = say("changes_more_limits", language, n=changes.more_limits) if changes.more_limits else ""
    provisions = say("changes_provisions", language, n=changes.provisions) if changes.provisions else ""
    return limits + provisions


def touched_text(changes: Changes, language: NoteLanguage) -> str:
    """Return how many drugs and companies may be touched, out of how many, and what would decide it."""
    if not changes.drugs:
        return say("changes_none", language, held=changes.held)
    told = say(
        "changes_touched",
        language,
        held=changes.held,
        drugs=changes.drugs,
        certain=changes.certain,
        companies=changes.companies_total,
        named=changes.companies_named,
    )
    if not changes.missing:
        return told
    facts = say("semicolon", language).join(fact.text(language) for fact in changes.missing)
    return told + ("" if language == "zh" else " ") + say("changes_missing", language, facts=facts)


def drugs_text(company: TouchedCompany, language: NoteLanguage) -> str:
    """Return the drugs of a company, as the register names them, with how many are not shown."""
    told = say("list_separator", language).join(company.drugs)
    if not company.more:
        return told
    more = say("changes_drugs_more", language, n=company.more)
    return f"{told}{more}" if language == "zh" else f"{told} {more}"
