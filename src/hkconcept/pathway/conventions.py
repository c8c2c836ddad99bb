"""What the texts of the law leave open, as options. The defaults are those of the worked example in the tests."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final, Literal

from hkconcept.errors import UsageError

__all__ = ["CHOICES", "Conventions"]

CHOICES: Final[Mapping[str, Mapping[str, str]]] = {
    "first_day": {
        "next": "the working day after the event is day 1",
        "same": "the day of the event, if it is a working day, is day 1",
    },
    "fraction": {
        "up": "a fractional extension is rounded up to a whole working day",
        "down": "a fractional extension is rounded down",
    },
    "second_letter": {
        "again": "every answered supplement letter extends the limit again, by its fraction of the original limit",
        "once": "only the first answered supplement letter extends the limit",
    },
    "late_answer": {
        "capped": "the clock stands still for at most the days that a supplement letter allows for the answer",
        "full": "the clock stands still until the answer, however late",
    },
    "rule_date": {
        "acceptance": "the rules in force on the day of acceptance hold to the end",
        "latest": "the rules in force on the day asked about hold, also for an application accepted earlier",
    },
    "channel_change": {
        "from_acceptance": "after a change of channel the new limit counts from acceptance",
        "from_change": "after a change of channel the new limit counts from the change",
    },
}
"""Every open convention, its choices, and what they mean; the first choice is the default."""


@dataclass(frozen=True, slots=True)
class Conventions:
    """One choice for each open convention; see :data:`CHOICES`."""

    first_day: Literal["next", "same"] = "next"
    fraction: Literal["up", "down"] = "up"
    second_letter: Literal["again", "once"] = "again"
    late_answer: Literal["capped", "full"] = "capped"
    rule_date: Literal["acceptance", "latest"] = "acceptance"
    channel_change: Literal["from_acceptance", "from_change"] = "from_acceptance"

    @classmethod
    def of(cls, chosen: Mapping[str, str]) -> Conventions:
        """Return the default conventions with some of them chosen otherwise.

        Raises
        ------
        UsageError
            There is no such convention, or no such choice.

        >>> Conventions.of({"fraction": "down"}).fraction
        'down'

        """
        for name, choice in chosen.items():
            if name not in CHOICES:
                near = difflib.get_close_matches(name, CHOICES, n=1) or [", ".join(CHOICES)]
                raise UsageError(
                    f"there is no convention {name!r}", where="convention", todo=f"did you mean {near[0]}?"
                )
            if choice not in CHOICES[name]:
                raise UsageError(
                    f"{choice!r} is no choice for {name}",
                    where="convention",
                    todo=f"choose one of {', '.join(CHOICES[name])}",
                )
        return cls(**chosen)  # type: ignore[arg-type] # checked against the choices above

    def stated(self) -> tuple[str, ...]:
        """Return what each convention says, as sentences in English."""
        return tuple(CHOICES[field.name][getattr(self, field.name)] for field in fields(self))
