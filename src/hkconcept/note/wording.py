"""Every sentence and label that a note prints in its own voice, in Chinese and in English.

Placeholders are filled by :func:`hkconcept.note.i18n.say`. Words that come from a source (names, quotes,
titles) are not here. Chinese is written for mainland and Hong Kong financial readers, in simplified
characters; it is not a translation of the English, nor the reverse.
"""

from __future__ import annotations

from hkconcept.note.contents import Bilingual
from hkconcept.note.wording_event import EVENT_WORDS

__all__ = ["COUNTERS", "SUBJECTS", "WORDS"]


def _pairs(table: dict[str, tuple[str, str]]) -> dict[str, Bilingual]:
    return {key: Bilingual(zh, en) for key, (zh, en) in table.items()}


WORDS: dict[str, Bilingual] = _pairs(
    EVENT_WORDS
    | {
        # masthead
        "kicker": ("港股概念追踪", "Hong Kong stock concepts"),
        "as_of": ("数据截至", "As of"),
        "as_of_day": ("{moment}（当日收盘后）", "{moment} (end of day)"),
        "read_source": ("原文", "Source text"),
        "tile_public": ("首次公开", "First public"),
        "tile_event_day": ("点名个股均值（{day}）", "Named stocks, mean ({day})"),
        "tile_benchmark": ("同日{benchmark}", "{benchmark}, same day"),
        "tile_checks": ("数字核验", "Figures checked"),
        "tile_stocks": ("点名证券", "Stocks named"),
        "checks_all_hold": ("{n}项验算全部一致", "all {n} checks hold"),
        "checks_fail": ("{bad}项不符，共{n}项验算", "{bad} of {n} checks fail"),
        "checks_some_hold": ("{n}项验算中{good}项一致", "{good} of {n} checks hold"),
        "no_checks": ("无可验算的关系", "nothing to recompute"),
        "figures_count": ("{n}个数字", "{n} figures"),
        "role_count": ("{role}{n}只", "{role} {n}"),
        "priced": ("{n}/{total}只有行情", "{n} of {total} priced"),
        "earlier_than_text": ("早于原文所示日期", "before the text's own date"),
        "stocks_count": ("{n}只", "{n} stocks"),
        "colon": ("：", ": "),
        "semicolon": ("；", "; "),
        "comma": ("，", ", "),
        "status_press": ("据报道", "press"),
        "status_recalled": ("凭记忆，待核", "recalled, unverified"),
        "more_evidence": ("另有{n}条依据", "{n} more"),
        # alerts
        "alerts_title": ("请先核对以下问题", "Look at this first"),
        "alert_wrong_code": ("代码有误", "Wrong code"),
        "alert_unknown_code": ("代码不存在", "Unknown code"),
        "alert_name_mismatch": ("名称与代码不符", "Name does not fit the code"),
        "alert_bad_figure": ("数字有误", "Figure does not hold"),
        "alert_not_listed": ("当日未上市", "Not listed then"),
        "alert_ambiguous": ("名称不明确", "Ambiguous name"),
        "flag_wrong_code": (
            "原文写作“{surface}”（{printed}），该公司的代码为{code}",
            "The text prints “{surface}” with {printed}; that company's code is {code}",
        ),
        "flag_unknown_code": (
            "原文“{surface}”后的代码{printed}查无此证券",
            "No listing has the code {printed} printed with “{surface}”",
        ),
        "flag_code_only": ("代码{printed}查无此证券", "No listing has the code {printed}"),
        "flag_name_mismatch": (
            "原文写作“{surface}”（{printed}），{printed}的证券名称与之不符，未作认定",
            "The text prints “{surface}” with {printed}, whose listed name it does not resemble; it was not linked",
        ),
        "flag_no_line": (
            "“{surface}”无港股，原文所附{printed}为另一公司代码",
            "“{surface}” has no Hong Kong line; {printed} is another company's code",
        ),
        "flag_not_yet_listed": (
            "“{surface}”在原文日期尚未在港上市",
            "“{surface}” was not yet listed in Hong Kong on the text's date",
        ),
        "flag_ambiguous": (
            "“{surface}”可指多家公司（{codes}），未作取舍",
            "“{surface}” may mean several companies ({codes}); none was chosen",
        ),
        "flag_bad_figure": ("“{surface}”：{reason}（{formula}）", "“{surface}”: {reason} ({formula})"),
        # 1 event
        "section_event": ("事件与公开时间", "What happened, and when it was public"),
        "event_lead": (
            "{day}，{agency}公布《{number}》，内容为{title}。",
            "On {day} the {agency} published {number}: {title}.",
        ),
        "event_lead_no_policy": (
            "原文所述事件未能与政策登记册中的条目对应，首次公开时间未知。",
            "The event matches no entry in the register of policies; when it was first public is not known.",
        ),
        "event_points": ("要点", "Main points"),
        "event_quote": ("原文表述", "The text says"),
        "step_announcement": ("《{number}》公布", "{number} published"),
        "step_close": ("港股当日收市", "Hong Kong market closes"),
        "step_report": ("已掌握的最早一条标明时刻的报道：{by}", "Earliest timed report held: {by}"),
        "step_report_plain": ("已掌握的最早一条标明时刻的报道", "Earliest timed report held"),
        "step_document": ("本文所读稿件刊出", "The text read here appears"),
        "time_not_held": ("具体时刻未掌握", "time of day not held"),
        "fact_before_report": (
            "最早一条标明时刻的报道（{time}）晚于当日收市（{close}）。{day}的股价变动发生在该报道之前；公告当日公布的具体时刻未掌握。",
            (
                "The earliest timed report ({time}) is later than that day's close ({close}). "
                "The price moves of {day} came before it; the hour at which the announcement was published is not held."
            ),
        ),
        "fact_document_later": (
            "稿件刊于{document}，晚于首次公开日{public}。本文以{session}为事件日，不以稿件日期为准。",
            (
                "The text appeared on {document}, after the day of first publication, {public}. "
                "The event day used here is {session}, not the text's date."
            ),
        ),
        "fact_day_convention": (
            "公告只知日期、不知时刻时，以公告当日为事件日；若实际在收市后公布，事件日应顺延一个交易日。",
            (
                "When only the day of publication is known, that day's session is the event day; "
                "had it come after the close, the event day would be one session later."
            ),
        ),
        "fact_document_same": ("本文以{session}为事件日。", "The event day used here is {session}."),
        # 2 figures
        "section_figures": ("数字核验", "Figures checked"),
        "figures_lead": (
            "原文数字{n}个，逐一列出；凡由其他数字推得者均重新计算。",
            "All {n} figures of the text, each with its quote; whatever follows from other figures is recomputed.",
        ),
        "no_figures": ("原文没有数字。", "The text states no figures."),
        "col_quote": ("原文", "Quote"),
        "col_value": ("数值", "Value"),
        "col_subject": ("指标与期间", "Subject, period"),
        "col_verdict": ("结论", "Verdict"),
        "col_working": ("验算与登记数据", "Recomputed; what the registers say"),
        "verdict_consistent": ("一致", "Consistent"),
        "verdict_inconsistent": ("不符", "Does not hold"),
        "verdict_not_checkable": ("无从核对", "Not checkable"),
        "verdict_differs_in_scope": ("口径不同", "Scope differs"),
        "working_register": ("登记数据", "Register"),
        "part_of": ("计入第{numbers}项的验算", "Used in the check of no. {numbers}"),
        "mend": ("若改动一处即可成立：{mend}", "One change would mend it: {mend}"),
        "no_relation": (
            "原文与登记数据均无可对照的数字",
            "Neither the text nor the registers hold a figure to compare",
        ),
        "reason_sum_consistent": ("各分项之和等于总数", "The parts add up to the total"),
        "reason_sum_inconsistent": ("各分项之和不等于总数", "The parts do not add up to the total"),
        "reason_share_consistent": ("与重新计算的占比一致", "The share agrees with the one recomputed"),
        "reason_share_inconsistent": ("与重新计算的占比不符", "The share differs from the one recomputed"),
        "reason_order_consistent": ("大小关系成立", "The comparison holds"),
        "reason_order_inconsistent": ("大小关系不成立", "The comparison does not hold"),
        "reason_growth_consistent": ("与重新计算的增幅一致", "The growth agrees with the one recomputed"),
        "reason_growth_inconsistent": ("与重新计算的增幅不符", "The growth differs from the one recomputed"),
        "reason_difference_consistent": ("差额成立", "The difference holds"),
        "reason_difference_inconsistent": ("差额不成立", "The difference does not hold"),
        "reason_register_consistent": ("与已公布的总数一致", "Agrees with the published total"),
        "reason_register_inconsistent": ("与已公布的总数不符", "Differs from the published total"),
        "reason_register_differs_in_scope": (
            "已公布的总数口径不同（机构、范围或截止日），不能直接比较",
            "The published total differs in vendor, scope or cut-off, so the two cannot be compared",
        ),
        # 3 and 4 stocks
        "section_named": ("文中点名个股", "Stocks named in the text"),
        "named_lead": (
            "原文点名{n}只港股，{linked}只代码与名称相符。",
            "The text names {n} Hong Kong stocks; code and name agree for {linked}.",
        ),
        "no_named": ("原文没有点名港股。", "The text names no Hong Kong stock."),
        "section_members": ("未被点名的概念成份股", "Concept members not named"),
        "members_summary": ("另有{n}只成份股未被点名", "{n} further members"),
        "no_members": ("截至所示时点，没有其他成份股。", "There are no further members as of the moment shown."),
        "role_innovator": ("创新药", "Innovator"),
        "role_cxo": ("CXO", "CXO"),
        "mean_of": ("{role}均值", "Mean of {role}"),
        "role_none": ("非概念成份", "Not a member"),
        "group_innovator": ("创新药企业", "Innovative-drug companies"),
        "group_cxo": ("CXO（医药研发与生产外包）", "CXO (contract research and manufacturing)"),
        "group_none": ("非概念成份", "Not members of the concept"),
        "mean_innovator": ("创新药企业均值", "Innovators, mean"),
        "mean_cxo": ("CXO均值", "CXO, mean"),
        "mean_none": ("非概念成份均值", "Not members, mean"),
        "mean_all": ("全部点名个股均值", "All named, mean"),
        "mean_members": ("未被点名成份股均值", "Members not named, mean"),
        "col_stock": ("证券", "Stock"),
        "col_printed": ("原文写法", "Printed as"),
        "col_role": ("角色", "Role"),
        "col_evidence": ("入选依据", "Evidence"),
        "vs_benchmark": ("较{benchmark}", "vs {benchmark}"),
        "points": ("{value}个百分点", "{value} pp"),
        "points_short": ("{value}百分点", "{value} pp"),
        "not_available": ("无行情", "n/a"),
        "no_evidence": ("概念定义中没有该证券的依据", "the concept definition holds no evidence for it"),
        "window_event": ("事件日", "Event day"),
        "window_next": ("次一交易日", "Next session"),
        "window_since": ("此后累计", "Since then"),
        "returns_note": (
            "涨跌幅按收盘价计算，未作除权除息调整；第二个数为相对{benchmark}之差，单位为百分点。均值为有行情个股的简单平均。",
            (
                "Returns run from close to close and are not adjusted for dividends or splits; the second number is "
                "the difference to the {benchmark} in percentage points. Means are simple means over priced stocks."
            ),
        ),
        # 5 chart
        "section_chart": ("概念与{benchmark}", "The concept against the {benchmark}"),
        "benchmark": ("恒生指数", "Hang Seng Index"),
        "series_concept": ("概念", "Concept"),
        "series_named": ("点名个股", "Named"),
        "chart_title": (
            "概念等权组合与{benchmark}，{base}收盘＝100",
            "Concept, equal weight, and {benchmark}; close of {base} = 100",
        ),
        "chart_caption": (
            (
                "{base}收盘＝100。等权组合自该日起买入持有，仅计入有行情的证券："
                "概念{concept_n}/{concept_total}只，点名{named_n}/{named_total}只。未计股息。"
            ),
            (
                "Close of {base} = 100. Equal weights on that day, held from then on; only priced stocks count: "
                "concept {concept_n} of {concept_total}, named {named_n} of {named_total}. Without dividends."
            ),
        ),
        "chart_desc": (
            "折线图，{first}至{last}，共{n}个交易日。末值：{values}。",
            "Line chart from {first} to {last}, {n} sessions. Last values: {values}.",
        ),
        "chart_event_public": ("《{number}》公布", "{number} published"),
        "chart_event_document": ("本文所读稿件刊出", "The text read here appears"),
        "no_chart": ("没有可用的行情，不绘图。", "No prices are held, so no chart is drawn."),
        # 6 sources
        "section_sources": ("来源、覆盖范围与截止时点", "Sources, coverage and as-of moment"),
        "coverage": ("覆盖范围", "Coverage"),
        "coverage_of": ("{held}/{total}", "{held} of {total}"),
        "coverage_open": ("{held}（总数未知）", "{held} (total not known)"),
        "coverage_missing": ("缺：{missing}", "missing: {missing}"),
        "coverage_named": ("点名个股的日线行情", "Daily prices of the named stocks"),
        "coverage_members": ("未被点名成份股的日线行情", "Daily prices of members not named"),
        "coverage_figures": ("可验算的原文数字", "Figures of the text that could be checked"),
        "sources": ("来源", "Sources"),
        "as_of_statement": (
            "本文只使用截至{moment}已可获知的资料；行情最新一个交易日为{session}。",
            "Only what could be known as of {moment} is used; the latest session with prices is {session}.",
        ),
        "as_of_statement_no_prices": (
            "本文只使用截至{moment}已可获知的资料；没有可用的行情。",
            "Only what could be known as of {moment} is used; no prices are held.",
        ),
        "snapshot": ("原文快照", "Snapshot of the text"),
        "disclaimer": (
            "本文由程序按公开资料核对生成，不构成投资建议。",
            "Compiled by program from public records. Not investment advice.",
        ),
        "source_document": ("本文所读稿件", "the text read here"),
        "list_separator": ("、", ", "),
        "up": ("升", "up"),
        "down": ("跌", "down"),
    }
)

COUNTERS: dict[str, Bilingual] = _pairs(
    {
        "drug": ("款", "drugs"),
        "deal": ("笔", "deals"),
        "company": ("家", "companies"),
        "patient": ("例", "patients"),
        "person": ("人", "people"),
        "product": ("款", "products"),
        "project": ("个", "projects"),
        "item": ("项", "items"),
        "institution": ("家", "institutions"),
    }
)

# What the rooms that read figures call their subjects and attributes, in plain words, lower case.
SUBJECTS: dict[str, Bilingual] = _pairs(
    {
        "innovative drugs": ("创新药", "innovative drugs"),
        "drugs": ("药品", "drugs"),
        "approvals": ("获批数量", "approvals"),
        "deal value": ("交易总额", "deal value"),
        "deals": ("交易笔数", "deals"),
        "out-licensing": ("对外授权", "out-licensing"),
        "share": ("占比", "share"),
        "chemical": ("化学药", "chemical"),
        "biological": ("生物制品", "biological"),
        "tcm": ("中药", "TCM"),
        "domestic": ("国产", "domestic"),
        "imported": ("进口", "imported"),
        "revenue": ("营业收入", "revenue"),
        "profit": ("利润", "profit"),
        "upfront": ("首付款", "upfront"),
        "milestone": ("里程碑付款", "milestones"),
    }
)
