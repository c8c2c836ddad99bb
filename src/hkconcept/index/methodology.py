"""The methodology of an index as dated data: how securities are chosen and weighted, and when.

A methodology is a YAML file with one or more versions, each in force from its day on; see
docs/reference/index-methodology.md for every entry. Unknown entries are refused.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal, get_args

from hkconcept.errors import SourceError

__all__ = [
    "FastEntry",
    "Methodology",
    "Review",
    "Scheme",
    "Selection",
    "Version",
    "load_methodology",
    "methodology_of",
    "packaged_methodologies",
]

Scheme = Literal["equal", "market_value", "free_float_value", "exposure", "exposure_value"]
"""How weights are set at a review, before capping: alike; by price times shares; the same times free float; by the
exposure score; by exposure score times free-float value."""

_SCHEMES: Final[tuple[str, ...]] = get_args(Scheme)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")


@dataclass(frozen=True, slots=True)
class Review:
    """When the basket is reviewed.

    A change takes effect at the opening of the first session after the ``nth`` ``weekday`` of each of ``months``,
    and of the first session on or after each of ``dates``. ``lag`` sessions lie between the close whose prices and
    facts are used (the reference) and the last close before the change; 0 uses that last close itself.
    """

    months: tuple[int, ...] = ()
    weekday: int = 4
    nth: int = 1
    dates: tuple[dt.date, ...] = ()
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Selection:
    """The largest ``count`` members by market value (by score, for exposure weights).

    A security outside enters when its rank is at most ``enter``; one inside stays while its rank is at most ``stay``.
    Places left over or too many are settled by rank.
    """

    count: int
    enter: int
    stay: int


@dataclass(frozen=True, slots=True)
class FastEntry:
    """A new listing enters ``after`` sessions of trading, outside reviews, when its market value ranks within ``rank``.

    Without ``rank`` every new listing of the membership enters so.
    """

    after: int
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """The rules in force from a day on; fields as in the reference of the methodology file."""

    valid_from: dt.date
    scheme: Scheme
    cap: Decimal | None = None
    review: Review = field(default_factory=Review)
    membership_changes: Literal["review", "effective"] = "review"
    share_changes: Literal["review", "effective"] = "review"
    selection: Selection | None = None
    fast_entry: FastEntry | None = None
    minimum_history: int = 0
    remove_suspended_after: int | None = None


@dataclass(frozen=True, slots=True)
class Methodology:
    """An index: its names, currency, base, and its rules over time.

    ``knowledge`` is ``known`` when a fact counts from the first opening at which it was public (an index that could
    have been held), ``effective`` when it counts from its effective day even where it became public later: a replay
    of what a provider did, in hindsight, and marked so.
    """

    index: str
    name_en: str
    name_zh: str
    currency: str
    base_date: dt.date
    base_level: Decimal
    versions: tuple[Version, ...]
    concept: str = ""
    knowledge: Literal["known", "effective"] = "known"
    dividend_tax: Decimal = Decimal(0)
    special_dividends: Literal["total", "price"] = "total"

    def version(self, on: dt.date) -> Version:
        """Return the rules in force on a day; before the first version, those of the first."""
        held = [v for v in self.versions if v.valid_from <= on]
        return held[-1] if held else self.versions[0]


def packaged_methodologies() -> tuple[str, ...]:
    """Return the names of the packaged methodologies."""
    return tuple(sorted(p.name[:-4] for p in files("hkconcept").joinpath("data", "indices").iterdir()))


@cache
def load_methodology(source: str) -> Methodology:
    """Return a packaged methodology by its name, or one from a YAML file.

    Raises
    ------
    SourceError
        There is no such file, or an entry is wrong; the sentence names it.

    >>> load_methodology("cn-innovative-drugs-equal").versions[0].scheme
    'equal'

    """
    import yaml  # noqa: PLC0415 - only a file needs it

    packaged = files("hkconcept").joinpath("data", "indices", f"{source}.yml") if source.isprintable() else None
    try:
        if packaged is not None and "/" not in source and packaged.is_file():
            text = packaged.read_text(encoding="utf-8")
        else:
            text = Path(source).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        known = ", ".join(packaged_methodologies())
        raise SourceError("there is no such methodology", where=source, todo=f"packaged: {known}; or a file") from error
    try:
        found = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - texts only: no tags, no numbers from codes
    except (yaml.YAMLError, RecursionError) as error:
        raise SourceError("this is not YAML", where=source, todo="see the reference of the methodology") from error
    return methodology_of(found, where=source)


def methodology_of(found: object, *, where: str) -> Methodology:
    """Return the methodology of a mapping of texts, as a YAML file gives it.

    Raises
    ------
    SourceError
        As :func:`load_methodology`.

    """
    top = _Entries(found, where, "index name currency base concept knowledge dividend_tax special_dividends versions")
    names = _Entries(top.need("name"), f"{where}, name", "en zh")
    base = _Entries(top.need("base"), f"{where}, base", "date level")
    versions = top.need("versions")
    if not isinstance(versions, list) or not versions:
        raise SourceError("versions is not a list with entries", where=where, todo="begin each with '- valid_from:'")
    made = tuple(_version(one, f"{where}, version {n}") for n, one in enumerate(versions, start=1))
    if [v.valid_from for v in made] != sorted({v.valid_from for v in made}):
        raise SourceError("the versions do not ascend", where=where, todo="order them by valid_from")
    level, tax = base.decimal("level"), top.decimal("dividend_tax", "0")
    if level <= 0 or not 0 <= tax < 1:
        raise SourceError("a base level is above 0, a tax from 0 to below 1", where=where, todo="correct the entry")
    return Methodology(
        top.text("index"),
        names.text("en"),
        names.text("zh"),
        top.text("currency"),
        base.day("date"),
        level,
        made,
        top.text("concept", ""),
        "effective" if top.choice("knowledge", ("known", "effective")) == "effective" else "known",
        tax,
        "price" if top.choice("special_dividends", ("total", "price")) == "price" else "total",
    )


def _version(found: object, where: str) -> Version:
    known = "valid_from weighting review membership_changes share_changes selection fast_entry minimum_history"
    one = _Entries(found, where, f"{known} remove_suspended_after")
    weighting = _Entries(one.need("weighting"), f"{where}, weighting", "scheme cap")
    scheme = weighting.choice("scheme", _SCHEMES, required=True)
    cap = weighting.decimal("cap") if "cap" in weighting else None
    if cap is not None and not 0 < cap <= 1:
        raise SourceError(
            f"the cap {cap} is not above 0 and at most 1", where=weighting.where, todo="write 0.10 for 10%"
        )
    return Version(
        one.day("valid_from"),
        scheme,  # type: ignore[arg-type] # one of _SCHEMES
        cap,
        _review(one.get("review"), f"{where}, review"),
        "effective" if one.choice("membership_changes", ("review", "effective")) == "effective" else "review",
        "effective" if one.choice("share_changes", ("review", "effective")) == "effective" else "review",
        _selection(one.get("selection"), f"{where}, selection"),
        _fast_entry(one.get("fast_entry"), f"{where}, fast_entry"),
        one.number("minimum_history", "0"),
        one.number("remove_suspended_after") if "remove_suspended_after" in one else None,
    )


def _review(found: object, where: str) -> Review:
    if found is None:
        return Review()
    one = _Entries(found, where, "months weekday nth dates lag")
    months = tuple(_whole(text, where) for text in one.texts("months"))
    weekday = one.choice("weekday", ("friday", *_WEEKDAYS))
    nth = one.number("nth", "1")
    if not all(1 <= month <= 12 for month in months) or not 1 <= nth <= 4:
        raise SourceError("months are 1 to 12 and nth is 1 to 4", where=where, todo="correct the entry")
    dates = tuple(sorted(_day(text, where) for text in one.texts("dates")))
    return Review(tuple(sorted(set(months))), _WEEKDAYS.index(weekday), nth, dates, one.number("lag", "0"))


def _selection(found: object, where: str) -> Selection | None:
    if found is None:
        return None
    one = _Entries(found, where, "count enter stay")
    count = one.number("count")
    enter, stay = one.number("enter", str(count)), one.number("stay", str(count))
    if not 1 <= enter <= count <= stay:
        raise SourceError("a selection needs enter <= count <= stay", where=where, todo="correct the entry")
    return Selection(count, enter, stay)


def _fast_entry(found: object, where: str) -> FastEntry | None:
    if found is None:
        return None
    one = _Entries(found, where, "after rank")
    return FastEntry(one.number("after"), one.number("rank") if "rank" in one else None)


class _Entries(Mapping[str, Any]):
    """A mapping of a file whose every entry is known, read with sentences for what is wrong."""

    def __init__(self, found: object, where: str, known: str) -> None:
        if not isinstance(found, dict):
            raise SourceError("this is not a list of names and values", where=where, todo="see the reference")
        self._found, self.where = found, where
        for name in found:
            if name not in known.split():
                near = difflib.get_close_matches(str(name), known.split(), n=1)
                todo = f"did you mean {near[0]!r}" if near else f"known: {', '.join(known.split())}"
                raise SourceError(f"unknown entry {str(name)[:40]!r}", where=where, todo=todo)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - texts, lists or mappings of a file
        return self._found[name]

    def __iter__(self) -> Any:  # noqa: ANN401 - as above
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def need(self, name: str) -> object:
        if name not in self._found:
            raise SourceError(f"the entry {name!r} is missing", where=self.where, todo="see the reference")
        value: object = self._found[name]
        return value

    def text(self, name: str, default: str | None = None) -> str:
        value = self.need(name) if default is None else self._found.get(name, default)
        if not isinstance(value, str):
            raise SourceError(f"{name} is not a single value", where=self.where, todo="correct the entry")
        return value

    def texts(self, name: str) -> Sequence[str]:
        value = self._found.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise SourceError(f"{name} is not a list", where=self.where, todo="write it like [3, 6]")
        return value

    def choice(self, name: str, choices: Sequence[str], *, required: bool = False) -> str:
        value = self.text(name, None if required else choices[0])
        if value not in choices:
            known = ", ".join(dict.fromkeys(choices))
            raise SourceError(f"{name} {value[:40]!r} is not known", where=self.where, todo=f"write one of {known}")
        return value

    def day(self, name: str) -> dt.date:
        return _day(self.text(name), f"{self.where}, {name}")

    def decimal(self, name: str, default: str | None = None) -> Decimal:
        text = self.text(name, default)
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            raise SourceError(f"{name} {text[:40]!r} is not a number", where=self.where, todo="correct the entry")
        return value

    def number(self, name: str, default: str | None = None) -> int:
        return _whole(self.text(name, default), f"{self.where}, {name}")


def _whole(text: str, where: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise SourceError(f"{text[:40]!r} is not a whole number", where=where, todo="correct the entry")
    return int(text)


def _day(text: str, where: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise SourceError(f"{text[:40]!r} is not a day", where=where, todo="write it like 2026-01-07") from error
