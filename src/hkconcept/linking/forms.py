"""What the forms of names stand for, gathered from the tables: the part of the gazetteer that is read once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hkconcept.linking.tables import read_table
from hkconcept.text.fold import fold

__all__ = ["USE_ORDER", "Entry", "Form", "Meaning", "core", "gather"]

_CLASS_SUFFIX = re.compile(r"\s?-(?:sw|sb|sp|wp|wb|[sbwp])$", re.IGNORECASE)
_SHORTEST = 2  # a form of one character never links


def core(name: str) -> str:
    """Return a name without the exchange's class suffix.

    >>> core("康诺亚-B"), core("SKB BIO-B")
    ('康诺亚', 'SKB BIO')

    """
    return _CLASS_SUFFIX.sub("", name)


class Form(NamedTuple):
    """What one folded form stands for.

    ``use`` is ``free`` (links on its own), ``caps`` (on its own when printed in capitals, as the exchange
    does), ``near`` (only with its code or another name of the company in the document), ``shared``
    (several companies; the text may decide), ``parent`` (several, and the group above
    them: only a code decides), ``head`` (several, of which the first heads the group: where the text names it
    alone, it is meant), ``other`` (a company without a Hong Kong line), ``phrase`` (no company,
    though a name stands in it).
    """

    codes: tuple[str, ...]
    use: str
    kind: str
    note: str = ""


class Entry(NamedTuple):
    """What one folded form may stand for, with every code and every use of its meanings gathered."""

    forms: tuple[Form, ...]
    codes: tuple[str, ...]
    uses: frozenset[str]


Meaning = tuple[str, str, str, str]
"""Codes, use, kind and note of one form, as in the tables."""

USE_ORDER = {"free": 0, "caps": 1, "near": 2}


def gather(listings: Iterable[Sequence[str]], named: Iterable[Sequence[Sequence[str]]]) -> dict[str, list[Meaning]]:
    """Return every folded form without class suffix, with its raw meanings: codes, use, kind, note.

    Parameters
    ----------
    listings
        Rows of the table of listings.
    named
        Rows of the tables of names and aliases, by company.

    """
    forms: list[str] = []
    meanings: list[Meaning] = []
    for code, _, english, english_use, hans, *_ in listings:
        if hans:
            forms.append(core(hans) if "-" in hans else hans)
            meanings.append((code, "caps" if hans.isascii() else "free", "short", ""))
        if english:
            forms.append(core(english) if "-" in english else english)
            meanings.append((code, english_use, "short", ""))
    for rows in named:
        for code, form, _, kind, _, _, use, _ in rows:
            forms.append(core(form) if "-" in form else form)
            meanings.append((code, use or "free", kind, ""))
    shared = [(form, (codes, use, "alias", "")) for form, codes, use, _ in read_table("shared_names")]
    others = [(form, ("", "other", "alias", note)) for form, note, _ in read_table("other_companies")]
    phrases = [(form, ("", "phrase", "alias", note)) for form, note, _ in read_table("phrases")]
    for form, meaning in (*shared, *others, *phrases):
        forms.append(form)
        meanings.append(meaning)
    return _by_key(forms, meanings)


def _by_key(forms: list[str], meanings: list[Meaning]) -> dict[str, list[Meaning]]:
    """Gather the meanings of each folded form; ordinary words need context."""
    ordinary = {fold(row[0]) for row in read_table("ordinary_words")}
    # Two calls fold every form: the key keeps its length, so the lines stay aligned.
    latin = iter("\n".join([form for form in forms if form.isascii()]).lower().split("\n"))
    chinese = iter(fold("\n".join([form for form in forms if not form.isascii()])).split("\n"))
    collected: dict[str, list[Meaning]] = {}
    for form, meaning in zip(forms, meanings, strict=True):
        key = next(latin) if form.isascii() else next(chinese)
        if len(key) >= _SHORTEST:
            codes, use, kind, note = meaning
            collected.setdefault(key, []).append((codes, "near" if key in ordinary else use, kind, note))
    return collected
