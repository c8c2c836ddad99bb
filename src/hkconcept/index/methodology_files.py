"""Methodologies as YAML files, packaged under ``data/indices`` or a user's own, read strictly.

docs/reference/index-methodology.md says what every entry means; see :mod:`hkconcept.readers.strict_yaml` for what is
refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

from hkconcept.errors import SourceError
from hkconcept.index.methodology import FastEntry, Methodology, Review, Scheme, Selection, Version
from hkconcept.readers.strict_yaml import StrictYaml

if TYPE_CHECKING:
    from hkconcept.readers.strict_yaml import Node

__all__ = ["load_methodology", "packaged_methodologies", "parse_methodology"]

_DATA: Final = Path(__file__).parents[1] / "data" / "indices"
_SCHEMES: Final[tuple[str, ...]] = get_args(Scheme)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")
_When = Literal["review", "effective"]


def packaged_methodologies() -> tuple[str, ...]:
    """Return the names of the packaged methodologies."""
    return tuple(sorted(path.stem for path in _DATA.glob("*.yml")))


@cache
def load_methodology(source: str) -> Methodology:
    """Return a packaged methodology by its name, or one from a YAML file.

    Raises
    ------
    SourceError
        There is no such file, or an entry is wrong; the sentence names file and line.

    >>> load_methodology("cn-innovative-drugs-equal").versions[0].scheme
    'equal'

    """
    packaged = source in packaged_methodologies()
    path = _DATA / f"{source}.yml" if packaged else Path(source)
    try:
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        known = ", ".join(packaged_methodologies())
        raise SourceError("there is no such methodology", where=source, todo=f"packaged: {known}; or a file") from error
    return parse_methodology(raw, path.name if packaged else source)


def parse_methodology(raw: bytes, name: str) -> Methodology:
    """Return the methodology that a YAML file holds; ``name`` stands for the file in errors.

    Raises
    ------
    SourceError
        As :func:`load_methodology`.

    """
    reader, root = _Reader.parse(raw, name, what="methodology")
    return reader.methodology(root)


class _Reader(StrictYaml):
    """Makes the values of one file; every error names the line."""

    def methodology(self, root: Node) -> Methodology:
        optional = ("concept", "knowledge", "dividend_tax", "special_dividends")
        top = self.mapping(root, ("index", "name", "currency", "base", "versions"), optional)
        name_en, name_zh = self.bilingual(top["name"])
        base = self.mapping(top["base"], ("date", "level"))
        level = self.decimal(base["level"])
        if level <= 0:
            self.refuse(base["level"], f"the base level {level} is not above 0", "write one like 1000")
        versions = tuple(self._version(node) for node in self.items(top["versions"]))
        days = [version.valid_from for version in versions]
        if days != sorted(set(days)):
            self.refuse(top["versions"], "the versions do not ascend", "order them by valid_from")
        return Methodology(
            self.text(top["index"]),
            name_en,
            name_zh,
            self.text(top["currency"]),
            self.day(base["date"]),
            level,
            versions,
            self.text(top["concept"]) if "concept" in top else "",
            cast("Literal['known', 'effective']", self._choice(top, "knowledge", ("known", "effective"))),
            self._share(top["dividend_tax"]) if "dividend_tax" in top else Decimal(0),
            cast("Literal['total', 'price']", self._choice(top, "special_dividends", ("total", "price"))),
        )

    def _version(self, node: Node) -> Version:
        optional = (
            *("review", "membership_changes", "share_changes", "selection", "fast_entry"),
            *("minimum_history", "remove_suspended_after"),
        )
        part = self.mapping(node, ("valid_from", "weighting"), optional)
        weighting = self.mapping(part["weighting"], ("scheme",), ("cap",))
        return Version(
            self.day(part["valid_from"]),
            cast("Scheme", self.one_of(weighting["scheme"], _SCHEMES)),
            self._cap(weighting["cap"]) if "cap" in weighting else None,
            self._review(part["review"]) if "review" in part else Review(),
            cast("_When", self._choice(part, "membership_changes", ("review", "effective"))),
            cast("_When", self._choice(part, "share_changes", ("review", "effective"))),
            self._selection(part["selection"]) if "selection" in part else None,
            self._fast_entry(part["fast_entry"]) if "fast_entry" in part else None,
            self.whole(part["minimum_history"]) if "minimum_history" in part else 0,
            self.whole(part["remove_suspended_after"]) if "remove_suspended_after" in part else None,
        )

    def _cap(self, node: Node) -> Decimal:
        cap = self.decimal(node)
        if not 0 < cap <= 1:
            self.refuse(node, f"the cap {cap} is not above 0 and at most 1", "write 0.10 for 10%")
        return cap

    def _share(self, node: Node) -> Decimal:
        share = self.decimal(node)
        if not 0 <= share < 1:
            self.refuse(node, f"the tax {share} is not from 0 to below 1", "write 0.10 for 10%")
        return share

    def _review(self, node: Node) -> Review:
        part = self.mapping(node, (), ("months", "weekday", "nth", "dates", "lag"))
        months = [self.whole(item) for item in self.items(part["months"], empty=True)] if "months" in part else []
        nth = self.whole(part["nth"]) if "nth" in part else 1
        if not all(1 <= month <= 12 for month in months) or not 1 <= nth <= 4:
            self.refuse(node, "months are 1 to 12 and nth is 1 to 4", "correct the entry")
        dates = [self.day(item) for item in self.items(part["dates"], empty=True)] if "dates" in part else []
        return Review(
            tuple(sorted(set(months))),
            _WEEKDAYS.index(self.one_of(part["weekday"], _WEEKDAYS)) if "weekday" in part else 4,
            nth,
            tuple(sorted(dates)),
            self.whole(part["lag"]) if "lag" in part else 0,
        )

    def _selection(self, node: Node) -> Selection:
        part = self.mapping(node, ("count",), ("enter", "stay"))
        count = self.whole(part["count"])
        enter, stay = (self.whole(part[name]) if name in part else count for name in ("enter", "stay"))
        if not 1 <= enter <= count <= stay:
            self.refuse(node, "a selection needs enter <= count <= stay", "correct the entry")
        return Selection(count, enter, stay)

    def _fast_entry(self, node: Node) -> FastEntry:
        part = self.mapping(node, ("after",), ("rank",))
        return FastEntry(self.whole(part["after"]), self.whole(part["rank"]) if "rank" in part else None)

    def _choice(self, part: Mapping[str, Node], name: str, choices: tuple[str, str]) -> str:
        """Return one of two words, the first when there is none."""
        return self.one_of(part[name], choices) if name in part else choices[0]
