"""One million due days of the review clock, beside numpy.busday_offset and the day loop of chinesecalendar.

All three take the same acceptances (every day of 2020-07-01 to 2024-12-31, again and again), 130 working days, and
the same calendar. numpy gets one call for all of them; chinesecalendar is asked day by day, for one
acceptance in a thousand, and its time is multiplied. Ours is measured with no letter, and with one answered letter in
every case, which the peers do not do. The answers of all three are compared.
"""

from __future__ import annotations

import datetime as dt
import sys

import numpy as np
from benchmarks import rounds

from hkconcept.calendars import mainland
from hkconcept.calendars.table import exceptions
from hkconcept.pathway.case import Case
from hkconcept.pathway.clock import run
from hkconcept.pathway.counting import due_ordinals
from hkconcept.pathway.rule_files import packaged_rules

_N = 1_000_000
_BAR = 10.0  # seconds for a million
_LIMIT = 130
_LOOPED = 1_000


def main() -> int:
    rounds.one_core()
    with_loop = rounds.with_peers("clock", {"chinese_calendar": "chinesecalendar"})
    first = dt.date(2020, 7, 1).toordinal()
    span = dt.date(2024, 12, 31).toordinal() - first + 1
    accepted = [first + number % span for number in range(_N)]
    plain = [(day, _LIMIT, 0, ()) for day in accepted]
    with_letter = [(day, _LIMIT, 33, ((day + 60, day + 120),)) for day in accepted]

    calendar = _numpy_calendar()
    starts = np.array(accepted, dtype="int64") - dt.date(1970, 1, 1).toordinal()
    days = starts.astype("datetime64[D]")

    def ours() -> list[int]:
        return due_ordinals(plain)

    def ours_with_letter() -> list[int]:
        return due_ordinals(with_letter)

    def peer_numpy() -> list[int]:
        # numpy has no make-up days: the calendar counts seven days a week and takes the free ones out.
        found = np.busday_offset(days, _LIMIT, roll="preceding", busdaycal=calendar)
        return (found.astype("int64") + dt.date(1970, 1, 1).toordinal()).tolist()  # type: ignore[no-any-return]

    tasks = {"ours": ours, "ours, one letter each": ours_with_letter, "numpy.busday_offset": peer_numpy}
    seconds = rounds.medians(tasks, 5)
    for name, value in seconds.items():
        print(f"  {name:<46}{value:>9.2f} s for {_N:,}")
    if ours() != peer_numpy():
        print("  the answers differ from numpy's")
        return 1
    good = True
    for name in ("ours", "ours, one letter each"):
        reached = seconds[name] < _BAR
        good &= reached
        print(f"  {name:<46}bar {_BAR:g} s: {'reached' if reached else 'MISSED'}")
    rounds.against("beside numpy.busday_offset", seconds["ours"], seconds["numpy.busday_offset"], 0)
    if with_loop:
        good &= _beside_the_loop(accepted[:: _N // _LOOPED], ours()[:: _N // _LOOPED], seconds["ours"])
    _explained()
    return 0 if good else 1


def _numpy_calendar() -> np.busdaycalendar:
    held = exceptions("mainland.csv")
    free = []
    day = mainland.FIRST_DAY
    while day <= mainland.LAST_DAY:
        working = day.weekday() < 5 if day not in held else held[day] == "make_up"
        if not working:
            free.append(day)
        day += dt.timedelta(days=1)
    return np.busdaycalendar(weekmask="1111111", holidays=np.array(free, dtype="datetime64[D]"))


def _beside_the_loop(accepted: list[int], expected: list[int], ours: float) -> bool:
    import chinese_calendar  # noqa: PLC0415 - a peer

    def loop() -> list[int]:
        found = []
        for ordinal in accepted:
            day, left = dt.date.fromordinal(ordinal), _LIMIT
            while left:
                day += dt.timedelta(days=1)
                left -= chinese_calendar.is_workday(day)
            found.append(day.toordinal())
        return found

    taken = rounds.medians({"loop": loop}, 5)["loop"] * (_N / len(accepted))
    print(f"  {'chinesecalendar, day by day':<46}{taken:>9.2f} s for {_N:,}, from {len(accepted):,}")
    rounds.against("beside chinesecalendar", ours, taken, 0)
    if loop() != expected:
        print("  the answers differ from chinesecalendar's")
        return False
    return True


def _explained() -> None:
    """Print what a whole explained clock costs; no bar."""
    book = packaged_rules()
    cases = [Case(dt.date(2021, 1, 4) + dt.timedelta(days=n), channel="priority") for n in range(300)]
    as_of = dt.date(2022, 6, 30)
    taken = rounds.medians({"all": lambda: [run(case, book, as_of=as_of) for case in cases]}, 5)["all"]
    print(f"  {'a whole clock with every step and remark':<46}{taken / len(cases) * 1e6:>9.0f} µs each")


if __name__ == "__main__":
    sys.exit(main())
