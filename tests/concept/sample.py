"""A small concept of its own, whose answers are worked out by hand in the tests."""

import datetime as dt
from pathlib import Path

from hkconcept.concept import World
from hkconcept.concept.definition import Definition
from hkconcept.concept.definition_files import load_definition
from hkconcept.model import Evidence, Listing, Moment, StockCode

GOOD = """\
concept: sample
name: {en: Sample, zh: 样本}
description: {en: A sample., zh: 样本。}
coverage: {en: All of it., zh: 全部。}
unknown_before: "2025-01-01"
written: "2025-01-01"
universe: all
facts_from: [approvals, deals]
strength: {facts: 3, kinds: 2}
versions:
  - version: "1"
    announced: "2024-12-31"
    effective: "2025-01-01"
    reason: {en: The first rules., zh: 初版规则。}
    roles:
      - role: cxo
        name: {en: CXO, zh: CXO}
        en: Serves others.
        zh: 服务他人。
        any:
          - facts: business
            where: {activity: [contract services]}
      - role: innovator
        name: {en: innovator, zh: 创新药}
        en: Two approvals or one deal.
        zh: 两项获批或一项授权。
        any:
          - facts: approvals
            where: {link: [holder, parent]}
            at_least: 2
          - facts: deals
            within_years: 2
    exclude:
      - {code: "00005", en: A bank., zh: 银行。}
    market:
      boards: [main]
      forbid: {facts: suspension, if_unknown: keep}
  - version: "2"
    announced: "2025-06-10"
    effective: "2025-07-01"
    reason: {en: One approval suffices., zh: 一项获批即可。}
    roles:
      - role: innovator
        name: {en: innovator, zh: 创新药}
        en: One approval or one deal.
        zh: 一项获批或一项授权。
        any:
          - facts: approvals
            where: {link: [holder, parent]}
          - facts: deals
exposure:
  - name: approved
    en: Approvals
    zh: 获批
    facts: approvals
    where: {link: holder}
    measure: count
    full_at: "2"
    weight: "0.5"
  - name: licensed
    en: Upfront against market value
    zh: 首付款与市值之比
    facts: deals
    measure: sum:upfront
    over: market_value
    rate: "7.8"
    full_at: "0.1"
    weight: "0.5"
  - {name: procured, en: Procured, zh: 集采, facts: procurement, measure: count, full_at: "4", weight: "-0.2"}
facts:
  - code: "02359"
    evidence:
      - kind: business
        attributes: {activity: contract services}
        known_at: "2020-03"
        status: press
        source: https://example.org/1
        fact_en: It serves other makers.
        fact_zh: 为他人服务。
"""


def write(folder: Path, text: str = GOOD) -> Path:
    path = folder / "sample.yml"
    path.write_text(text, encoding="utf-8")
    return path


def definition(folder: Path, text: str = GOOD) -> Definition:
    return load_definition(write(folder, text))


def fact(kind: str, known: str, status: str = "press", **more: str) -> Evidence:
    """Make a fact; ``valid_from`` and ``valid_to`` are days, all else attributes."""
    days = {name: dt.date.fromisoformat(more.pop(name)) for name in ("valid_from", "valid_to") if name in more}
    return Evidence(
        kind,
        f"{kind} of {known}",
        f"{kind} {known}",
        Moment.parse(known),
        f"https://example.org/{kind}/{known}",
        status,  # type: ignore[arg-type] # a word of the tests
        record=f"{kind}:{known}",
        attributes=tuple(more.items()),
        valid_from=days.get("valid_from"),
        valid_to=days.get("valid_to"),
    )


def world(concept: Definition, facts: dict[str, list[Evidence]], **listings: Listing) -> World:
    """Put facts beside those of the definition; every code is listed unless told otherwise (``x01276=Listing``)."""
    held = {code: list(items) for code, items in concept.facts.items()}
    for code, items in facts.items():
        held.setdefault(StockCode(code), []).extend(items)
    told = {name.removeprefix("x"): listing for name, listing in listings.items()}
    known = {code: told.get(code, Listing(code, ())) for code in held}
    return World({code: tuple(items) for code, items in held.items()}, known)
