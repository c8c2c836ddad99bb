"""Printed exchange codes: Hong Kong, mainland and United States, in every form that the press prints.

All patterns run on folded text (ASCII punctuation, lower case) and are linear: fixed alternatives,
bounded repetitions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from hkconcept.model import Span
from hkconcept.text.lazily import lazily

__all__ = ["CodeGroup", "PrintedCode", "bare_code_at", "find_codes"]

Market = Literal["hk", "mainland", "us"]


class PrintedCode(NamedTuple):
    """One printed code. ``value`` is five digits for Hong Kong, six for the mainland, a ticker otherwise.

    ``certain`` is false for bare digits, which count as a code only where a name or a listing supports it.
    """

    span: Span
    market: Market
    value: str
    certain: bool = True


class CodeGroup(NamedTuple):
    """Codes printed side by side for one company: ``600276/01276``, ``688180.SH;01877.HK``.

    ``span`` runs from the first code to the last; ``hong_kong`` is the Hong Kong code, when there is one.
    """

    codes: tuple[PrintedCode, ...]
    span: Span
    hong_kong: PrintedCode | None

    @classmethod
    def of(cls, codes: Sequence[PrintedCode]) -> CodeGroup:
        """Group codes that stand side by side, in reading order."""
        span = Span(codes[0].span.start, codes[-1].span.end)
        return cls(tuple(codes), span, next((code for code in codes if code.market == "hk"), None))


# Where a form can begin: with no other character, with no shorter number, and not inside a number or a word (but for
# the names of exchanges). A pattern that opens with a set of characters is found by a fast search.
_OPENING = lazily(
    r"""(?x)
    [\da-z港联股证上\s]
    (?:(?<=\d)(?<!\d\d)(?=\d{4}|\d{3}\s?h|\d{0,9}\s?\.\s?h)
      |(?<=\D)(?:(?<=[a-z])(?<![a-z][a-z]) | (?<=[hsx]) | (?<=[港联股证上])(?=交所|[份票券股市][代编])
        |(?<=[(,;、]\s)))
    """
)
_CODE = lazily(
    r"""(?x)
    (?:
      (?<![\d.,])(?P<hk_suffix>\d{1,10})\s?\.\s?hk(?![a-z])             # 01801.HK 1801.hk 16002656.hk
    | (?<![\d.,])(?P<hk_glued>\d{4,5})\s?hk(?![a-z$])                   # 1801HK, 1801 HK
    | (?<![a-z])hk[.:]?(?P<hk_prefix>\d{4,5})(?![\d.]\d|\d)             # HK00013 HK.00700
    | (?:(?:hkex|sehk|hkse|xhkg|港交所|联交所)(?=\s?:)
        |stock\ code|股份代号|股票代号|股票代码|证券代码|港股代码|上市代码|上市编号)
      \s?(?:为|是|将为)?[:\s]{0,2}(?:hk\s?[.:]?\s?)?(?P<keyword>\d{1,6})(?:\.hk)?(?![\d.-]\d|\d|[年月日%])
    | (?<!\d)(?P<mainland>\d{6})\s?\.\s?(?:sh|sz|bj|ss|xshg|xshe)(?![a-z])
    | (?<![a-z])(?:sh|sz|bj|sse|szse|shse)[.:]?\s?(?P<mainland_prefix>\d{6})(?!\d)
    | (?<=\()\s?(?P<bracket_mainland>\d{6})(?=\s?[),;/、])
    | (?<=\()\s?(?P<bracket>\d{5})(?=\s?[),;/、])                       # (02359) (01276/600276)
    | (?<=\d/)(?P<slash>\d{5,6})(?=\s?[),;])                           # 600276/01276)
    | (?<=\d[,;、])\s?(?P<listed>\d{5})(?=\s?\))                        # (600276,01276)
    | (?<=[a-z]/)(?P<slash_after_ticker>\d{5})(?=\s?[),;.])
    | (?<![a-z])(?:nasdaq|nyse|nyse\ american)\s?[:.]\s?(?P<us>[a-z]{1,5})(?![a-z])
    | (?<![a-z])us\.(?P<us_prefix>[a-z]{1,5})(?![a-z])
    | (?<![a-z.])(?P<us_suffix>[a-z]{1,5})\.(?:us|nasdaq|nyse|o|n)(?![a-z])
    | (?<=\d/)(?P<slash_us>[a-z]{1,5})(?=\s?\))                        # 09688/ZLAB)
    | (?<=\d\.hk/)(?P<slash_us_hk>[a-z]{1,5})(?=\s?\))
    | (?<=\d\.hk[,;])\s?(?P<us_after>[a-z]{1,5})(?=\s?\))
    | (?<=\()(?P<us_slash>[a-z]{1,5})(?=/\d{4,5})
    | (?<![\w.,/$-])(?P<bare>0\d{4})(?![\w.,%/-]|\.\d)                 # a table's column of codes
    )""",
)

_HONG_KONG = {"hk_suffix", "hk_glued", "hk_prefix", "bracket", "slash", "listed", "slash_after_ticker", "bare"}
_MAINLAND = {"mainland", "mainland_prefix", "bracket_mainland"}
_UNCERTAIN = {"bracket", "bare", "hk_glued", "bracket_mainland", "listed"}
_LETTERS = lazily(r"(?<![a-z])hk\s?[.:]?\s?$")
_JOIN = lazily(r"\s?[/;,、|]?\s?")
_AT_NAME = lazily(r"\s?(\d{5})(?=[)\]】]|[:：;,，。、|]|\s|[\u4e00-\u9fff]|$)(?!\s?[万亿元股%点倍])")


def _code(kind: str, value: str, start: int, end: int) -> PrintedCode | None:
    if kind in _HONG_KONG or kind == "keyword":
        if len(value) == 6 and kind in {"keyword", "slash"}:  # mainland codes have six digits
            return PrintedCode(Span(start, end), "mainland", value)
        if len(value) > 5:  # 健康160 + 02656.HK: the last five digits are the code
            start += len(value) - 5
            value = value[-5:]
        if int(value) == 0:
            return None
        # No amount is printed as (01801): a bracketed number of five digits that begins with 0 is a code.
        certain = kind not in _UNCERTAIN or (kind == "bracket" and value.startswith("0"))
        return PrintedCode(Span(start, end), "hk", value.zfill(5), certain=certain)
    if kind in _MAINLAND:
        return PrintedCode(Span(start, end), "mainland", value, certain=kind not in _UNCERTAIN)
    return PrintedCode(Span(start, end), "us", value)


def find_codes(text: str, folded: str) -> tuple[CodeGroup, ...]:
    """Return the groups of printed codes of a text, in reading order; ``folded`` is its matching key.

    >>> text = "恒瑞医药(600276/01276), 和黄医药00013.HK)"
    >>> [[code.value for code in group.codes] for group in find_codes(text, text.lower())]
    [['600276', '01276'], ['00013']]

    """
    groups: list[list[PrintedCode]] = []
    after = 0
    for opening in _OPENING.finditer(folded):
        if opening.start() < after or (found := _CODE.match(folded, opening.start())) is None:
            continue
        after = found.end()
        kind = str(found.lastgroup)
        value = found.group(kind)
        # The keyword belongs to the prose, the exchange's letters to the code.
        start = found.start(kind) if kind == "keyword" else found.start()
        if kind == "keyword" and (letters := _LETTERS.search(folded, max(0, start - 5), start)):
            start = letters.start()
        while folded[start] == " ":
            start += 1
        code = _code(kind, value, start, found.end())
        printed = text[found.start(kind) : found.end()]
        if code is None or (code.market == "us" and not (printed.isupper() and len(value) > 1)):
            continue
        if (
            groups
            and _JOIN.fullmatch(folded, groups[-1][-1].span.end, code.span.start)
            and code.market not in {held.market for held in groups[-1]}
        ):
            groups[-1].append(code)
        else:
            groups.append([code])
    return tuple(map(CodeGroup.of, groups))


def bare_code_at(folded: str, end: int) -> PrintedCode | None:
    """Return five digits printed right after a name (``商汤-W00020:``), without bracket or exchange.

    >>> bare_code_at("商汤-w00020:", 4).value
    '00020'

    """
    first = folded[end : end + 1]
    found = _AT_NAME.match(folded, end) if first.isdigit() or first.isspace() else None
    if not found or not int(found.group(1)):
        return None
    return PrintedCode(Span(found.start(1), found.end(1)), "hk", found.group(1), certain=False)
