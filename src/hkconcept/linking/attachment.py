"""Which printed code belongs to which printed name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hkconcept.linking.codes import CodeGroup, bare_code_at
from hkconcept.linking.gazetteer import Gazetteer
from hkconcept.linking.legal_names import extend
from hkconcept.linking.names import NameHit
from hkconcept.model import Span
from hkconcept.text.lazily import lazily

__all__ = ["Attached", "attach", "outside_codes"]

# Between a name and its code: nothing, A+H, or an opening bracket with other words in it, such as
# (一家联交所上市公司,股份代号: or the bracket alone.
_GAP = lazily(r"\s?(?:a\+h股?|h股|a股|港股|股份|集团|控股)?\s?(?:[(\[][^)\]]{0,32}|:\s?)?")
_VENUE = lazily(r"\s?:\s?\d{1,6}(?!\d)")
# HKEX 1952.HK: the venue of a code needs no colon when it is the exchange itself.
_EXCHANGES = frozenset({"hkex", "sehk", "港交所"})
_VENUE_OF_EXCHANGE = lazily(r"\s\d{1,5}(?:\.hk)?(?![\d%.])")  # HKEX: 02026


@dataclass(slots=True)
class Attached:
    """Codes with their names, codes without one, and the spans of all codes."""

    of_hit: dict[int, CodeGroup] = field(default_factory=dict)  # by the hit's place in the text
    orphans: list[CodeGroup] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)


def outside_codes(folded: str, hits: Sequence[NameHit], groups: Sequence[CodeGroup]) -> list[NameHit]:
    """Leave out names that are part of a code: PONY in (02026/PONY), HKEX in HKEX: 02026."""
    spans = [code.span for group in groups for code in group.codes]
    kept: list[NameHit] = []
    position = 0
    for hit in hits:
        while position < len(spans) and spans[position].end <= hit.bare.start:
            position += 1
        inside = position < len(spans) and hit.bare.overlaps(spans[position]) and hit.key[0].isascii()
        venue = hit.has("near") and hit.key[0].isascii() and _VENUE.match(folded, hit.span.end)
        venue = venue or (hit.key in _EXCHANGES and _VENUE_OF_EXCHANGE.match(folded, hit.span.end))
        if not inside and not venue:
            kept.append(hit)
    return kept


def attach(
    text: str, folded: str, hits: Sequence[NameHit], groups: Sequence[CodeGroup], gazetteer: Gazetteer
) -> Attached:
    """Give each code to the name right before it; a name takes one group of codes at most."""
    found = Attached()
    position = 0
    for group in groups:
        while position < len(hits) and hits[position].span.end <= group.span.start:
            position += 1
        hit = hits[position - 1] if position else None
        if hit and hit.span.start not in found.of_hit and _adjacent(text, folded, hit, group):
            found.of_hit[hit.span.start] = group
        else:
            first = group.codes[0]
            doubtful = len(group.codes) == 1 and first.market == "hk" and not first.certain
            if doubtful and gazetteer.counters.get(first.value, first.value) not in gazetteer.codes:
                continue
            found.orphans.append(group)
        if "/" in folded[group.span.start : group.span.end]:
            found.spans.append(group.span)
        else:
            found.spans.extend(code.span for code in group.codes)
    for hit in hits:
        code = None if hit.span.start in found.of_hit else bare_code_at(folded, hit.span.end)
        if code and gazetteer.counters.get(code.value, code.value) in gazetteer.codes:
            found.of_hit[hit.span.start] = CodeGroup.of((code,))
            found.spans.append(code.span)
    return found


def _adjacent(text: str, folded: str, hit: NameHit, group: CodeGroup) -> bool:
    if group.span.start - hit.span.end > 80:  # longer than a legal name and an opening bracket
        return False
    span, _ = extend(text, folded, hit.span)
    end = min(max(span.end, hit.span.end), group.span.start)
    return bool(_GAP.fullmatch(folded, end, group.span.start))
