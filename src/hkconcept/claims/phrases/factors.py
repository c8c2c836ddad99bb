"""Factors in words: doubled, halved, 翻番, up by a quarter; two thirds of the whole, 占三分之二."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from hkconcept.claims.findings import against
from hkconcept.claims.intervals import Interval
from hkconcept.claims.passage import Passage
from hkconcept.claims.phrases.book import ASIDE, word_list
from hkconcept.claims.phrases.reading import OTHER_BASIS, RATES, alike, words_around
from hkconcept.claims.recomputed import Recomputed, operand
from hkconcept.claims.wording import Wording, position
from hkconcept.text.lazily import lazily

__all__ = ["find_factors", "says_factor"]


def _phrases(*phrases: tuple[str, ...]) -> tuple[Wording, ...]:
    return tuple(Wording(pattern.replace("@", ASIDE), *cues) for pattern, *cues in phrases)


# b the new value, a the old one; the wording is the factor.
_MULTIPLIED: Final = tuple(
    (factor, _phrases((pattern, *cues)))
    for factor, pattern, *cues in (
        *(
            (factor, pattern.format(words), cue)
            for factor, words, cue in (
                ("2", r"(?:doubled|doubling|twofold|two-fold)", "doubl"),
                ("3", r"(?:tripled|tripling|trebled)", "tripl"),
                ("4", r"quadrupl(?:ed|ing)", "quadrupl"),
                ("0.5", r"(?:halved|halving)", "halv"),
            )
            for pattern in (
                r"\b{}\b~12\bto\b~16{{b}}@~24\bfrom\b~30{{a}}",
                r"\b{}\b~12\bfrom\b~30{{a}}@~30\bto\b~16{{b}}",
            )
        ),
        *(
            (factor, pattern.format(verb, words), word)
            for part, word, (more, less) in (
                (r"(?:a|one)[ -]quarter", "quarter", ("1.25", "0.75")),
                (r"(?:a|one)[ -]third", "third", ("1.3333", "0.6667")),
                (r"(?:a|one)[ -]half|half", "half", ("1.5", "0.5")),
                (r"(?:a|one)[ -]fifth", "fifth", ("1.2", "0.8")),
                (r"(?:a|one)[ -]tenth", "tenth", ("1.1", "0.9")),
            )
            for factor, verb in ((more, word_list("up")), (less, word_list("down")))
            for words in (part,)
            for pattern in (
                r"\b{0}\b(?: by)? (?:about |nearly |almost |roughly )?(?:{1})\b~12\bto\b~16{{b}}@~24\bfrom\b~30{{a}}",
                r"\b{0}\b(?: by)? (?:about |nearly |almost |roughly )?(?:{1})\b~12\bfrom\b~30{{a}}@~30\bto\b~16{{b}}",
            )
        ),
        *(
            (factor, pattern.format(words), cue)
            for factor, words, cue in (
                ("2", r"(?:翻了?一番|翻番|翻倍|翻了?一倍|(?:增长|增加|上升|提高)了?一倍)", "一倍"),
                ("2", r"(?:翻了?一番|翻番|翻倍|翻了?一倍|(?:增长|增加|上升|提高)了?一倍)", "翻"),
                ("4", r"翻了?两番", "两番"),
                ("0.5", r"(?:减半|(?:减少|下降)了?一半)", "半"),
            )
            for pattern in (
                r"(?:由|从|自)~40{{a}}@~20(?:至|到|为)~20{{b}}@~4[,，]~12{}",
                r"(?:由|从|自)~40{{a}}@~10{}~6(?:至|到)~20{{b}}",
                r"{{b}}@~20(?:较|比)~30{{a}}@~12{}",
            )
        ),
    )
)


# w what is divided, f the part; the wording is the fraction.
_FRACTIONS: Final = tuple(
    (numerator, denominator, _phrases((pattern.format(words), cue)))
    for numerator, denominator, words, cue in (
        ("2", "3", "two[ -]thirds", "third"),
        ("1", "3", "(?:a|one)[ -]third", "third"),
        ("1", "2", "(?:one[ -])?half", "half"),
        ("3", "4", "three[ -]quarters", "quarter"),
        ("1", "4", "(?:a|one)[ -]quarter", "quarter"),
        ("1", "5", "(?:a|one)[ -]fifth", "fifth"),
        ("1", "3", "one in three", "in three"),
        ("1", "4", "one in four", "in four"),
        ("1", "5", "one in five", "in five"),
        ("3", "5", "three in five|three[ -]fifths", "fi"),
        ("2", "5", "two in five|two[ -]fifths", "fi"),
        ("2", "3", "two in three", "in three"),
    )
    for pattern in (
        r"\b(?:{0}) of (?:the |its |these |all )?(?:total )?{{w}}~30[,(]~4(?:or|that is|i\.e\.)?~6{{f}}",
        r"{{f}}~24\bof (?:the |its )?{{w}}~30[,(]~6(?:or |about |roughly |exactly )?(?:{0})\b",
        r"\b(?:{0}) of (?:the |its |these |all )?(?:total )?{{w}}~40(?:-|–|—|,|\()~4(?:or )?{{f}}",
    )
) + tuple(
    (numerator, denominator, _phrases((pattern.format(words), words)))
    for numerator, denominator, words in (
        *(("2", "3", "三分之二"), ("1", "3", "三分之一"), ("1", "4", "四分之一"), ("3", "4", "四分之三")),
        *(("1", "5", "五分之一"), ("1", "2", "一半"), ("2", "5", "五分之二"), ("3", "5", "五分之三")),
    )
    for pattern in (
        r"{{w}}~24(?:中|里)?[,，]?~8{{f}}~24[,，(]~6占?(?:了|比|其)?{0}",
        r"{{w}}~12的{0}[,，]?(?:即|也就是|约)~4{{f}}",
        r"{{w}}~16(?:中|里)[,，]?~6(?:有|约|近)?{0}(?:[,，(]?(?:即|也就是|约|或)|\()~4{{f}}",
    )
)


# One of these is in every wording above.
_SAID: Final = lazily(
    r"doubl|tripl|trebl|quadrupl|twofold|two-fold|halv|"
    r"quarter|third|half|fifth|tenth|in three|in four|in five|倍|番|半|分之"
)


def find_factors(passage: Passage) -> Iterator[Recomputed]:
    """Yield every value stated as a multiple or a fraction of another in words."""
    yield from _multiplied(passage)
    yield from _fractions(passage)


def says_factor(passage: Passage) -> bool:
    """Whether a text holds a word of a factor or a fraction at all."""
    return _SAID.search(passage.skeleton) is not None


def _multiplied(passage: Passage) -> Iterator[Recomputed]:
    for factor, wordings in _MULTIPLIED:
        for wording in wordings:
            for found in wording.finditer(passage.skeleton):
                new, old = (position(found, name) for name in "ba")
                b, a = operand(passage, new), operand(passage, old)
                if not alike(b, a) or OTHER_BASIS.search(words_around(passage, found)):
                    continue
                if b.quantity.unit in RATES:
                    continue
                times = Decimal(factor)
                # "Doubled" is said of what nearly doubled: a tenth either way is no error.
                reach = Interval.of(a.quantity).scaled(times).widened(Decimal("0.1"))
                finding = against(f"{a.show()} × {factor}", a.value * times, reach, b, mends=((a, b.value / times),))
                yield Recomputed("growth", (old,), new, finding)


def _fractions(passage: Passage) -> Iterator[Recomputed]:
    for numerator, denominator, wordings in _FRACTIONS:
        for wording in wordings:
            for found in wording.finditer(passage.skeleton):
                whole, part = (position(found, name) for name in "wf")
                w, f = operand(passage, whole), operand(passage, part)
                if not alike(w, f) or f.value > w.value or w.quantity.unit in RATES:
                    continue
                times = Decimal(numerator) / Decimal(denominator)
                # Fractions in words are round: a twentieth either way is no error.
                finding = against(
                    f"{w.show()} × {numerator}/{denominator}",
                    w.value * times,
                    Interval.of(w.quantity).scaled(times).widened(Decimal("0.05")),
                    f,
                    mends=((w, f.value / times),),
                )
                yield Recomputed("share", (whole,), part, finding)
