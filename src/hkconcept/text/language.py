"""Language and script of a passage: English, simplified or traditional Chinese."""

from __future__ import annotations

from hkconcept.model import Language
from hkconcept.text.fold import simplified_only, traditional_only
from hkconcept.text.lazily import lazily

__all__ = ["detect_language"]

_CJK = lazily(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN_WORD = lazily(r"[A-Za-z][A-Za-z'’-]*")
# A long document decides from its beginning; the share of scripts does not change after that.
_ENOUGH = 20_000
# A Chinese character carries about as much as one English word and a half.
_CHARACTERS_PER_WORD = 1.5


def detect_language(text: str) -> Language:
    """Return ``"zh-Hans"``, ``"zh-Hant"`` or ``"en"`` for a passage.

    Chinese is told from English by the weight of its characters against the Latin words, so that a Chinese
    sentence full of Latin drug names stays Chinese. Script is told by the characters that only one of the
    two scripts uses; a drug name in traditional characters does not turn a simplified text. A Chinese text
    that both scripts would print alike counts as simplified, and one without letters as English.

    >>> detect_language("國家藥監局批准"), detect_language("国家药监局批准"), detect_language("approved")
    ('zh-Hant', 'zh-Hans', 'en')

    """
    sample = text[:_ENOUGH]
    characters = _CJK.findall(sample)
    if not characters:
        return "en"
    if len(characters) < _CHARACTERS_PER_WORD * len(_LATIN_WORD.findall(sample)) / 2:
        return "en"
    traditional = sum(char in traditional_only() for char in characters)
    simplified = sum(char in simplified_only() for char in characters)
    return "zh-Hant" if traditional > simplified else "zh-Hans"
