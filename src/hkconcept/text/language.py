"""Language and script of a passage: English, simplified or traditional Chinese."""

from __future__ import annotations

from hkconcept.model import Language, Span
from hkconcept.text.fold import simplified_only, traditional_only
from hkconcept.text.lazily import lazily

__all__ = ["detect_language", "language_passages"]

_CJK = lazily(r"[\u3400-\u9fff\uf900-\ufaff]")
_CJK_RUN = lazily(r"[\u3400-\u9fff\uf900-\ufaff]+")
_LATIN_WORD = lazily(r"[A-Za-z][A-Za-z'’-]*")
# A long document decides from its beginning; the share of scripts does not change after that.
_ENOUGH = 20_000
# A Chinese character carries about as much as one English word and a half.
_CHARACTERS_PER_WORD = 1.5
# A line of fewer characters or words does not tell its language.
_TELLING = 8
# A text without a line of this kind, or without a Chinese character, is one passage.
_ENGLISH_LINE = lazily(r"(?m)^[ -~\u2018-\u201d\u2013\u2014\u2026]{40,}$")


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
    characters = "".join(_CJK_RUN.findall(sample))
    if not characters:
        return "en"
    if len(characters) < _CHARACTERS_PER_WORD * len(_LATIN_WORD.findall(sample)) / 2:
        return "en"
    if traditional_only().isdisjoint(characters):
        return "zh-Hans"
    traditional = sum(map(traditional_only().__contains__, characters))
    simplified = sum(map(simplified_only().__contains__, characters))
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def language_passages(text: str, whole: Language | None = None) -> tuple[tuple[Span, Language], ...]:
    r"""Cut a text into passages of one language each, at line breaks; most texts are one passage.

    ``whole`` is the language of a text that is one passage, when it is known; else it is detected.

    A line joins the passage before it unless it is of the other language and long enough to tell: drug names,
    tickers and headings in Latin letters do not part a Chinese text.

    >>> text = "國家藥監局今日批准該創新藥於中國上市銷售。\nThe regulator approved the innovative drug today in China."
    >>> [(tuple(span), language) for span, language in language_passages(text)]
    [((0, 22), 'zh-Hant'), ((22, 80), 'en')]

    """
    if not _ENGLISH_LINE.search(text) or not _CJK.search(text):
        return ((Span(0, len(text)), whole or detect_language(text)),)
    passages: list[tuple[Span, Language]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        end = at + len(line)
        read = detect_language(line)
        telling = len(_CJK.findall(line)) >= _TELLING or len(_LATIN_WORD.findall(line)) >= _TELLING
        if passages and (not telling or (read == "en") == (passages[-1][1] == "en")):
            passages[-1] = Span(passages[-1][0].start, end), passages[-1][1]
        elif telling or not passages:
            passages.append((Span(at, end), read))
        at = end
    if len(passages) < 2:
        return ((Span(0, len(text)), whole or detect_language(text)),)
    return tuple((span, detect_language(text[slice(*span)])) for span, _ in passages)
