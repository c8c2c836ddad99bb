"""The sentences and tiles that sum a note up; used by every format that people read."""

from __future__ import annotations

from dataclasses import dataclass

from hkconcept.model import Moment, Verdict
from hkconcept.note.contents import Coverage, FigureRow, Note, NoteLanguage
from hkconcept.note.i18n import change, day, moment, points, role_name, say, short_day

__all__ = [
    "Tile",
    "as_of",
    "as_of_statement",
    "coverage_count",
    "lead",
    "named_lead",
    "part_of",
    "section_numbers",
    "tiles",
]


@dataclass(frozen=True, slots=True)
class Tile:
    """One key number at the head of a note. ``kind`` is ``up``, ``down``, ``bad`` or empty."""

    label: str
    value: str
    small: str = ""
    kind: str = ""


def as_of(value: Moment, language: NoteLanguage) -> str:
    """Return the moment up to which facts were used; a bare day means its end."""
    shown = moment(value, language)
    return say("as_of_day", language, moment=shown) if value.precision == "day" else shown


def tiles(note: Note, language: NoteLanguage) -> tuple[Tile, ...]:
    """Return the key numbers: first public, event day, benchmark, checks, stocks."""
    found = []
    if note.policy:
        public = note.policy.first_public
        late = note.document.published is not None and note.document.published.day > public.day
        small = say("earlier_than_text", language) if late else ""
        found.append(Tile(say("tile_public", language), moment(public, language), small))
    found += _market_tiles(note, language)
    checks = [w.verdict for f in note.figures for w in f.workings if w.kind != "register"]
    good, bad = checks.count(Verdict.CONSISTENT), checks.count(Verdict.INCONSISTENT)
    if not checks:
        small = say("no_checks", language)
    elif bad:
        small = say("checks_fail", language, bad=bad, n=len(checks))
    elif good == len(checks):
        small = say("checks_all_hold", language, n=good)
    else:
        small = say("checks_some_hold", language, good=good, n=len(checks))
    found.append(
        Tile(
            say("tile_checks", language),
            say("figures_count", language, n=len(note.figures)),
            small,
            "bad" if bad else "",
        )
    )
    counts = [(role, sum(row.role == role for row in note.named)) for role, _ in note.roles]
    told = [
        say("role_count", language, n=count, role=role_name("role", role, language, note.roles))
        for role, count in counts
    ]
    found.append(
        Tile(
            say("tile_stocks", language),
            say("stocks_count", language, n=len(note.named)),
            say("comma", language).join(told) if note.named else "",
        )
    )
    return tuple(found)


def _market_tiles(note: Note, language: NoteLanguage) -> list[Tile]:
    if not note.windows or note.windows[0].key != "event":
        return []
    when = short_day(note.windows[0].end, language)
    found = []
    everyone = next((m for m in note.named_means if m.key == "all"), None)
    if everyone and everyone.performance[0].change is not None:
        first = everyone.performance[0]
        small = say("priced", language, n=everyone.priced[0], total=everyone.total)
        if first.excess is not None:
            versus = say("vs_benchmark", language, benchmark=note.benchmark_name.text(language))
            small = f"{versus} {points(first.excess, language)}{say('semicolon', language)}{small}"
        found.append(Tile(say("tile_event_day", language, day=when), change(first.change), small, _kind(first.change)))
    market = note.benchmark[0].change
    if market is not None:
        label = say("tile_benchmark", language, benchmark=note.benchmark_name.text(language))
        found.append(Tile(label, change(market), "", _kind(market)))
    return found


def _kind(value: object) -> str:
    shown = change(value)  # type: ignore[arg-type]
    return "up" if shown.startswith("▲") else "down" if shown.startswith("▼") else ""


def lead(note: Note, language: NoteLanguage) -> str:
    """Return what happened in one sentence."""
    policy = note.policy
    if not policy:
        return say("event_lead_no_policy", language)
    return say(
        "event_lead",
        language,
        day=moment(policy.first_public, language),
        agency=policy.agency.text(language),
        number=policy.number.text(language),
        title=policy.title.text(language),
    )


def named_lead(note: Note, language: NoteLanguage) -> str:
    """Return how many stocks are named, and for how many code and name agree."""
    wrong = sum(alert.kind == "wrong_code" for alert in note.alerts)
    return say("named_lead", language, n=len(note.named), linked=max(0, len(note.named) - wrong))


def part_of(note: Note, figure: FigureRow, language: NoteLanguage) -> str:
    """Return in which figures' checks a figure takes part."""
    numbers = {row.id: str(row.number) for row in note.figures}
    listed = say("list_separator", language).join(numbers[i] for i in figure.part_of if i in numbers)
    return say("part_of", language, numbers=listed)


def as_of_statement(note: Note, language: NoteLanguage) -> str:
    """Return the statement of what could be known, with the last session used."""
    shown = as_of(note.as_of, language)
    if not note.windows:
        return say("as_of_statement_no_prices", language, moment=shown)
    last = max(window.end for window in note.windows)
    return say("as_of_statement", language, moment=shown, session=day(last, language))


def section_numbers(note: Note) -> dict[str, int]:
    """Return the number of every section that a note has, by its key."""
    after = ["reaction"] * (note.reaction is not None) + ["changes"] * (note.changes is not None)
    keys = ["event", "figures", "named", *after, "members", "chart", "sources"]
    return {key: number for number, key in enumerate(keys, 1)}


def coverage_count(row: Coverage, language: NoteLanguage) -> str:
    """Return ``14 of 16``, or the count alone when the population is not known."""
    if row.total is None:
        return say("coverage_open", language, held=row.held)
    return say("coverage_of", language, held=row.held, total=row.total)
