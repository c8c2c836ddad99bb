"""How changes, shares, sums and valuations are said, in Chinese and in English.

Each phrase is a pattern on the skeleton of a passage (see :mod:`hkconcept.claims.wording`), with a letter for each
figure's part in the relation. Chinese is written simplified, everything in lower case, as folding leaves it.
"""

from __future__ import annotations

from typing import Final

from hkconcept.claims.wording import Wording

__all__ = [
    "CHANGES",
    "CONVERTED",
    "DECLARES",
    "DIVIDED_FIRST",
    "DIVIDES",
    "DOWN",
    "FRACTIONS",
    "MOVED",
    "MOVED_BY",
    "MULTIPLIED",
    "NETS",
    "NETS_AFTER",
    "PRICED",
    "RATIOS",
    "REMAINDERS",
    "SHARES",
    "STAKES",
    "TIMES",
    "TOTALS",
    "TOTALS_AFTER",
    "UP",
]

UP: Final = (
    r"(?:rose|risen|rise|rises|rising|increas(?:e|ed|es|ing)|grew|grow|grown|growing|growth|climb(?:ed|ing)?|"
    r"jump(?:ed|ing)?|surg(?:e|ed|ing)|soar(?:ed|ing)?|advanc(?:e|ed)|gain(?:ed|s)?|up|higher|more|improv(?:ed|ement)|"
    r"expan(?:ded|sion)|widen(?:ed|ing)?|above|rall(?:y|ied)|leap(?:t)?|uptick|uplift|"
    r"增长|增加|上升|提升|上涨|提高|增幅|涨幅|升幅|激增|大增|攀升|扩大|上调|走高|增|升|涨|多)"
)
DOWN: Final = (
    r"(?:fell|fall|fallen|falls|falling|decreas(?:e|ed|es|ing)|declin(?:e|ed|es|ing)|dropp?(?:ed|ing|s)?|shr(?:ank|ink|unk)|"
    r"sl(?:id|ide|ip|ipped)|down|fewer|less|lower|below|cut|cuts|reduc(?:ed|tion)|narrow(?:ed|ing)?|plung(?:e|ed)|"
    r"tumbl(?:e|ed)|sank|contract(?:ed|ion)|cheaper|los(?:t|ing)|shed|"
    r"下降|减少|下跌|下滑|降低|收窄|减亏|缩减|裁员|缩减|降幅|跌幅|减幅|下调|缩水|蒸发|回落|走低|下挫|减|降|跌|少)"
)
_MOVE: Final = rf"(?:{UP}|{DOWN})"
_ASIDE: Final = r"(?:~6\((?:~16{_})?~16\))?"  # (US$50m), (2024: ...) after a value
_BEFORE_ZH: Final = r"(?:上年|去年|上一年|前一年|前年|上年末|年初|期初|上期|此前|原来|原价|原|前一交易日|上一交易日|上个月|上月|20\d\d年)"
_BEFORE_AFTER_ZH: Final = (
    r"(?:上年同期|去年同期|上年|去年|上一年|前一年|上年末|年初|期初|上期|上个月|上月|20\d\d年同期)"
)
_THAN: Final = r"(?:up from|down from|compared with|compared to|versus|vs\.?|against|from)"
# Between a value and what it is compared with nothing moves.
_STILL: Final = r"(?:(?![增减升降涨跌]).)"


def _phrases(*phrases: tuple[str, ...]) -> tuple[Wording, ...]:
    return tuple(Wording(pattern.replace("@", _ASIDE), *cues) for pattern, *cues in phrases)


# b the new value, a the old one, p the change.
CHANGES: Final = _phrases(
    # B, up from A a year earlier, an increase of P; B, compared with A, a P jump; fell to B from A, a drop of P
    (
        rf"{{b}}@~60\b{_THAN}\b~30{{a}}@~40(?:,|\(|--?|–|—| or | that is)~24{{p}}",
        "from",
        "compared",
        "vs",
        "versus",
        "against",
    ),
    # B, down P from A; B, P below the earlier A; P more than the A
    (
        r"{b}@~30(?:,|\(|or|--?|–|—)~12\b(?:up|down)\b~8{p}~24\b(?:from|against|compared with|compared to|versus)\b~30{a}",
        "up",
        "down",
    ),
    (
        r"{b}@~30(?:,|\(|--?|–|—| or )~10{p}~6\b(?:below|above|lower than|higher than|less than|cheaper than|up on|down on)\b~24{a}",
        "below",
        "above",
        "than",
        " on ",
    ),
    # rose P to B from A; rose P from A to B
    (rf"\b{_MOVE}\b~16{{p}}~30\bto\b~16{{b}}@~40\bfrom\b~30{{a}}", "from"),
    (rf"\b{_MOVE}\b~16{{p}}~30\bfrom\b~40{{a}}@~40\bto\b~16{{b}}", "from"),
    # from A to B, up P; from A last year to B this year, P more
    (r"\bfrom\b~30{a}@~40\bto\b~16{b}@~40(?:,|\(|--?|–|—| or )~20{p}", "from"),
    # B, 较A增长P; 比A多P
    (rf"{{b}}@~20(?:相较于|相较|相比于|相比|对比|较|比)~30{{a}}@~20{_MOVE}~8{{p}}", "较", "比"),
    # B，上年A，增长P
    (rf"{{b}}@~10[,，(]~6{_BEFORE_ZH}~14{{a}}@[,，)]?~14{_MOVE}~8{{p}}", "年", "初", "此前", "原", "日", "月"),
    # B，增长P，上年A
    (rf"{{b}}@~6[,，(]?~10{_MOVE}~8{{p}}~4[,，(]~6{_BEFORE_AFTER_ZH}~8{{a}}", "年", "初", "期", "月"),
    # B (2024: A), an increase of P; 减少P至B（2024年：A）
    (rf"{{b}}~4\(~20(?:年|期|20\d\d|h1|h2|\dh|last year)~12{{a}}~4\)[,，]?~40{_MOVE}~24{{p}}", "("),
    (rf"{_MOVE}~14{{p}}~14(?:至|到|\bto\b)~16{{b}}~4\(~24[:：]~8{{a}}~4\)", "("),
    # at A, risen P to B; 降价P，A降至B
    (rf"\bat\b~4{{a}}~40{_MOVE}~8{{p}}~8\bto\b~8{{b}}", " at "),
    (r"(?:降价|涨价|提价)~6{p}~4[,，]~8{a}~14(?:降至|降到|跌至|升至|涨至|涨到)~8{b}", "价"),
    # B, nearly double the A, a rise of P
    (r"{b}~30\b(?:double|triple|half|twice)\b~8{a}~30(?:,|\()~20{p}", "double", "triple", "half", "twice"),
    # slipped P to B, compared with A; 下滑P至B，上年为A
    (rf"\b{_MOVE}\b~16{{p}}~20\bto\b~16{{b}}@~6,~6{_THAN}\b~24{{a}}", "from", "compared", "versus", "against"),
    (rf"{_MOVE}~8{{p}}~8(?:至|到|为)~12{{b}}@~4[,，(]~6{_BEFORE_AFTER_ZH}~8{{a}}", "年", "初", "期", "月"),
    # B, D more than in 2024, when it was A
    (r"{b}@~40[,(]~8{p}~12\b(?:more|fewer|less|higher|lower) than\b~40(?:when|which)~30{a}", "than"),
    # 由A增至B，增幅P; 从A到B，增加P
    (rf"(?:由|从|自)~40{{a}}@~20(?:至|到|为|成)~20{{b}}@~6[,，(]?~16(?:{_MOVE}|变动)~8{{p}}", "由", "从", "自"),
    # 由A增长P至B
    (rf"(?:由|从|自)~40{{a}}@~10{_MOVE}~6{{p}}~8(?:至|到)~20{{b}}", "由", "从", "自"),
)

# b the new value, a the old one, m how many times the old one it is.
TIMES: Final = _phrases(
    (r"(?:由|从|自)~40{a}@~20(?:至|到|为)~20{b}@~4[,，]~4(?:为|是|相当于|达)~12的(?:约|近)?{m}", "的"),
    (r"\bfrom\b~24{a}@~30\bto\b~16{b}@~20,~12{m}~4\b(?:the|that|what|its|as much|times)", "from"),
)
# b the new value, a the old one; the wording is the factor.
MULTIPLIED: Final = tuple(
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
            for factor, verb in ((more, UP), (less, DOWN))
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

# d the amount of a move between a and b.
MOVED: Final = _phrases(
    (rf"(?:由|从|自)~40{{a}}~12{_MOVE}~6{{d}}~6(?:至|到)~20{{b}}", "由", "从", "自"),
    (rf"\b(?:{UP}|{DOWN}|shorten(?:ed)?|lengthen(?:ed)?)\b(?: by)?~6{{d}}~24\bto\b~12{{b}}~24\bfrom\b~12{{a}}", "from"),
    (
        rf"\b(?:{UP}|{DOWN}|shorten(?:ed)?|lengthen(?:ed)?)\b(?: by)?~6{{d}}(?:~6(?:,|\()~4or ~4{{_}}~2[,)]?)?~24\bfrom\b~30{{a}}~30\bto\b~12{{b}}",
        "from",
    ),
)
# d the amount of a move, p the move in per cent, b the value reached.
MOVED_BY: Final = _phrases(
    (rf"\b{_MOVE}\b~16{{d}}~20(?:,|\()? ?or ~8{{p}}~16\bto\b~14{{b}}", " or "),
    (rf"\b{_MOVE}\b~16{{d}}~20\bto\b~14{{b}}@~20(?:,|\(| or )~14{{p}}", " to "),
    (rf"\b{_MOVE}\b~16{{p}}~6(?:,|\()? ?or ~10{{d}}~16\bto\b~14{{b}}", " or "),
    (
        rf"{_MOVE}~8{{d}}~6[,，(或]~4(?:跌幅|涨幅|升幅|降幅|增幅|或)~6{{p}}~4[,，)]?~10(?:报|至|到|收于|收)~8{{b}}",
        "幅",
        "或",
    ),
    (rf"{_MOVE}~8{{d}}~8(?:至|到)~12{{b}}@~4[,，(]~10(?:{_MOVE}|幅)~6{{p}}", "至", "到"),
    # B，较上年增加D，增长P
    (rf"{{b}}@~12[,，]~6(?:较|比|与)~20{_MOVE}~8{{d}}~4[,，(]~8(?:{_MOVE}|幅)~8{{p}}", "较", "比", "与"),
    (rf"{_MOVE}~6{{p}}~4[,，]~4{_MOVE}~4{{d}}~4[,，]~8(?:报|至|到|收于|收)~8{{b}}", "报", "收", "至", "到"),
    (rf"(?:报|收报|收于)~6{{b}}~6[,，]~6{_MOVE}~4{{d}}~4[,，或(]~6(?:跌幅|涨幅|升幅|降幅|或)?~6{{p}}", "报", "收"),
)

_RATE: Final = (
    r"(?:response rate|success rate|win(?:ning)? rate|pass rate|approval rate|acceptance rate|hit rate|dropout rate|rate|"
    r"share|proportion|ratio|percentage|margin|equal to|equivalent to|account(?:ing|s|ed)? for|represent(?:ing|s)|"
    r"making up|or|about|roughly|nearly)"
)
_OR: Final = (
    r"(?:or|accounting for|representing|about|roughly|nearly|equal to|equivalent to|i\.e\.|that is|=|making up|a)"
)
# a the part, b the whole, p the share.
SHARES: Final = _phrases(
    # A of the B, or P
    (
        rf"{{a}}~30\b(?:out )?of (?:the |its |these |those |all |a total of )*{{b}}~40(?:,|\(|--?|–|—)~6(?:{_OR} )?~8{{p}}",
        " of ",
    ),
    (rf"{{a}}~30\bof (?:the |its )?{{b}}~12\b(?:total|in all|overall)\b~50(?:,|\()~6{_OR} ~8{{p}}", " of "),
    # A, a P interest in the B; P of sales, or A of B; P of revenue, A out of B; P of the B, or A
    (
        r"{a}~20,~6\b(?:a|an|or|about|roughly)? ?{p}~4(?:stake|interest|share|holding|portion)~6\b(?:in|of)\b~12{b}",
        "stake",
        "interest",
        "share",
        "holding",
        "portion",
    ),
    (r"{p}~4of ~30,~6(?:or|that is|i\.e\.|equal to)? ?{a}~12\b(?:out of|of)\b~24{b}", " of "),
    (r"{p}~4of (?:the |its |a )?~40{b}~20,~4(?:or|that is|i\.e\.) ~8{a}", " of "),
    # W of which P, or A; P, i.e. A, of a total B; 10亿元中60%即6亿元
    (
        r"{b}~60(?:,|，|中|as to|其中)~16{p}~4(?:,|，)?~3(?:\bor\b|即|或|\bi\.e\.|\()~8{a}",
        "or",
        "即",
        "或",
        "i.e.",
        "(",
    ),
    (
        r"{p}~4[,，]?~3(?:\bor\b|即|或|\bi\.e\.)~8{a}~16(?:总收入|收入总额|总额|总数|\btotal\b|\brevenue\b)~20{b}",
        "or",
        "即",
        "或",
        "i.e.",
    ),
    (r"{b}~16[,，]~10已~8{a}~8[,，]~6完成(?:了|率为?|度为?)?~4{p}", "完成"),
    # of the B enrolled, A responded, a response rate of P
    (rf"\bof (?:the |its |these |those |all )*{{b}}~50[,:]~12{{a}}~50(?:,|\(|--?|–|—)~16{_RATE}~14{{p}}", "of "),
    # B, of whom A won, a success rate of P; B, A of them in research, or P
    (rf"{{b}}~40(?:,|\(|--?|–|—)~4\b(?:of|among) (?:whom|which|them)\b~12{{a}}~50(?:,|\()~20{_RATE}~14{{p}}", "of "),
    (rf"{{b}}~40(?:,|\(|--?|–|—|with)~4{{a}} of (?:them|which|whom|these)\b~40(?:,|\()~8(?:{_OR} )~8{{p}}", "of "),
    # A, equal to P of revenue of B
    (
        r"{a}~30\b(?:equal to|equivalent to|accounting for|representing|making up|amounting to|which is|that is|or)~8{p} of (?:the |its |total |overall |group )*[a-z&' -]{0,24}(?:of |, |\()+~4{b}",
        " of ",
    ),
    # B入组，A缓解，缓解率P; B企业，A中选，中选率P; B中有A，占P
    (r"{b}~30[,，(]~14{a}~24[,，(]~16(?:率|占比|比例|占)(?:为|是|达到?|约|近|超过|比)?~6{p}", "率", "占", "比例"),
    # 费用A，费用率P，收入B
    (r"{a}~4[,，]~10率(?:为|约|达)?~4{p}~4[,，]~8(?:收入|营收|营业额|销售额)(?:为|约|达)?~4{b}", "率"),
    (r"(?:占|持有|拥有)?{a}[,，]~4占~24{b}~4的~4{p}", "占"),
    (r"{b}~14(?:中|里|当中|之中)~6{a}~24[,，(]~10(?:率|占比|比例|占)(?:为|达到?|约|近)?~4{p}", "率", "占", "比例"),
)

# Words that announce a total, directly before it.
TOTALS: Final = (
    r"(?:\bmaking|\ba total of|\btotall?ing|\btotal(?:s|ed)?(?: of| to)?|\bgiving(?: it)?|\bcombined|\baltogether|\badd(?:s|ed|ing)? up to|"
    r"\bbringing (?:the|its) [a-z -]{0,24} to|\bof (?:its |the |a )?total (?:[a-z&-]+ ){0,3}(?:of)?|\bsum of|合计|共计|总计|合共|总共|总[^,，。;；:：总占]{1,6}|"
    r"\btogether\b[^,.;]{0,40}|全年(?:合计|派息|股息|收入|销售额?|营收|营业收入)?|[两三四五六七八九十几]者|共)"
    r"(?:为|约|达|达到|了|派|有|贡献|实现|超|of|about|roughly|贡献了| )*$"
)
TOTALS_AFTER: Final = r"^[^,.;，。；]{0,24}\b(?:in all|in total|altogether|combined|all told)\b"
# Between a whole and its first part: wording that says the parts are all, and wording that only divides.
DECLARES: Final = (
    r"(?:[,，]由|:|—|–|--|\bcomprising|\bcompris(?:ed|es) of|\bconsisting of|\bmade up of|\bsplit (?:into|between)|\bnamely|分别为|"
    r"分为|由[^,，]{0,10}组成)[^:：]{0,30}$"
)
DIVIDES: Final = r"(?:中(?![药成国位期])[,，]?|\bof which|\bof whom|\bof them|\bincluding|其中|包括|含)[^:：]{0,24}$|^[^,，:：(]{0,24}\([^:：)]{0,24}$"
# Before a whole: "of the 82 medicines, 50 were..."
DIVIDED_FIRST: Final = r"\b(?:of|among) (?:the|its|these|those|all)(?: total)?(?: of)? *$"
# a an amount, c the same in another currency, r the rate that is stated with them.
CONVERTED: Final = _phrases(
    (r"{a}~10(?:\(|,|，|，约合|折合)~14{c}~6(?:,|，|;)?~6\b(?:at|based on|using)\b~24{r}", " at ", "based", "using"),
    (r"{a}~10[(,，]~8{c}~6[,，]?~4(?:按|以)~14{r}", "按", "以"),
)
# b what there was, a what was taken from it, c what remains.
REMAINDERS: Final = _phrases(
    (
        r"{a}~12\b(?:of|from)\b (?:its |the |a )?{b}~40,? (?:leaving|so that|with)~8{c}~30",
        "leaving",
        "remain",
        "outstanding",
    ),
    (r"{b}~12(?:中|里|当中)(?:的)?~8{a}~10[,，]~6(?:余下|剩余|尚余|尚有|还剩|剩下|结余)~6{c}", "余", "剩", "尚有"),
    (r"{b}~20[,，]~8(?:已|其中)~12{a}~10[,，]~6(?:余下|剩余|尚余|尚有|还剩|剩下|结余)~6{c}", "余", "剩", "尚有"),
)
# a what came in, b what went out, c what is left over.
NETS: Final = _phrases(
    (
        r"\b(?:bought|buying|purchases?|inflows?|took in|received)\b~16{a}~24\b(?:sold|selling|sales|outflows?|paid)\b~16{b}~30\bnet\b~20{c}",
        "net",
    ),
    (
        r"\b(?:sold|selling|outflows?|paid)\b~16{a}~24\b(?:bought|buying|purchases?|inflows?|received)\b~16{b}~30\bnet\b~20{c}",
        "net",
    ),
    (
        r"(?:买入|流入|收入|认购|申购)~8{a}~8(?:卖出|流出|支出|赎回)~8{b}~8净(?:买入|卖出|流入|流出|额|申购|赎回)?~6{c}",
        "净",
    ),
    (
        r"\b(?:add(?:ed|s|ing)|open(?:ed|s)|hir(?:ed|es)|gain(?:ed|s)|includ(?:ed|es))\b~12{a}~40\b(?:remov|cut|delet|dropp|clos|lost|exclud|retir)\w*\b~12{b}~30\bnet\b~20{c}",
        "net",
    ),
    (
        r"(?:新增|增加|调入|纳入|新开|新聘|新进)~8{a}~16(?:调出|减少|移出|剔除|退出|关闭|离职|取消)~8{b}~12净(?:增|减|增加|减少|新增)~6{c}",
        "净",
    ),
)
NETS_AFTER: Final = _phrases(
    (
        r"{a}~20[,，;；]?~20{b}~10[,，]~10(?:逆差|顺差|净现金|净负债|净额|差额|相差)(?:为|约|达)?~6{c}",
        "逆差",
        "顺差",
        "净",
        "差",
    ),
    (
        r"{a}~40\b(?:and|against)\b~20{b}~30\b(?:deficit|surplus|net cash|net debt|shortfall|gap)\b~12{c}",
        "deficit",
        "surplus",
        "net ",
        "shortfall",
        "gap",
    ),
)
# p a price, n how many, v what they come to.
PRICED: Final = _phrases(
    (
        r"\b(?:at|for)\b~6{p}~24{n}~40\b(?:worth|valued at|cost|fetch(?:ed)?|come to|came to|total\w*)\b~14{v}",
        "worth",
        "valued",
        "cost",
        "fetch",
        "come",
        "came",
        "total",
    ),
    (r"(?:按|以|每股|单价)~8{p}~16{n}~16(?:市值|价值|总价|合计|共|金额)(?:为|约|达)?~6{v}", "按", "以", "每股", "单价"),
    (r"{n}~24\bat\b~8{p}~24,? (?:cashing in|raising|costing|for|netting|fetching|worth)~12{v}", " at "),
    (r"{n}~16(?:均价|每股|单价|作价)~10{p}~8[,，]~6(?:套现|耗资|涉资|集资|募资|总额|合计|共|金额)~6{v}", "价", "每股"),
    (r"{p}~8\b(?:for each of|each for|apiece for|a [a-z]+ for)\b~10{n}~24[,;]~12{v}~12", "each", "apiece", " for "),
    (r"每手{n}~16(?:入场费|一手)~8{v}~16每股~8{p}", "每手"),
)
# v a profit or a market value, n shares or sales, r the ratio of the two.
RATIOS: Final = _phrases(
    (r"(?:每股(?:基本)?(?:盈利|收益|利润))~8{r}~8[,，]~10(?:净利|纯利|利润|盈利|溢利)~10{v}~8[,，]~16股~8{n}", "每股"),
    (r"\b(?:earnings|profit) per share\b~12{r}~40\b(?:profit|earnings|income)\b~12{v}~24{n}~20shares", "per share"),
    (
        r"(?:市值|估值)~8{v}~8[,，]~10(?:销售额?|收入|营收|净利润?|盈利|利润)~10{n}~8[,，]~6(?:市销率|市盈率|PS|PE|ps|pe)(?:为|约|达)?~6{r}",
        "市",
    ),
    (
        r"\b(?:price[- ]to[- ](?:sales|earnings)(?: ratio)?|p/e|p/s)\b~16{r}~30{v}~24\b(?:on|and|over|to)\b~24{n}",
        "price",
        "p/",
    ),
)
# w what is divided, f the part; the wording is the fraction.
FRACTIONS: Final = tuple(
    (numerator, denominator, _phrases((pattern.format(words), cue)))
    for numerator, denominator, words, cue in (
        ("2", "3", "two[ -]thirds", "third"),
        ("1", "3", "(?:a|one)[ -]third", "third"),
        ("1", "2", "(?:one[ -])?half", "half"),
        ("3", "4", "three[ -]quarters", "quarter"),
        ("1", "4", "(?:a|one)[ -]quarter", "quarter"),
        ("1", "5", "(?:a|one)[ -]fifth", "fifth"),
    )
    for pattern in (
        r"\b(?:{0}) of (?:the |its |these |all )?(?:total )?{{w}}~30[,(]~4(?:or|that is|i\.e\.)?~6{{f}}",
        r"{{f}}~24\bof (?:the |its )?{{w}}~30[,(]~6(?:or |about |roughly |exactly )?(?:{0})\b",
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
    )
)
# p the stake, v what is paid for it, w what the whole is valued at.
STAKES: Final = _phrases(
    (r"\bstake of {p}~24\bfor\b~16{v}~40\bvalu(?:ing|es|ed)\b~40\bat\b~12{w}", "valu"),
    (
        r"{p}~4(?:stake|interest|equity|holding|of [a-z ]{2,24})~24\bfor\b~16{v}~40\bvalu(?:ing|es|ed)\b~40\bat\b~12{w}",
        "valu",
    ),
    (
        r"(?:以|作价|斥资)~4{v}~14(?:收购|出售|转让|购买|购入|认购|取得|获得)~24{p}~4(?:的)?~4(?:股权|股份|权益|股本)~24(?:估值|整体价值|价值)~8{w}",
        "估值",
        "价值",
    ),
    (
        r"(?:收购|出售|转让|购买|购入|认购|取得)~24{p}~4(?:的)?~4(?:股权|股份|权益|股本)~14(?:作价|代价|价格|对价|金额)~6{v}~24(?:估值|整体价值|价值)~8{w}",
        "估值",
        "价值",
    ),
)
