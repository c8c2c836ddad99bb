"""The sentences of the sections on the reaction and on what an instrument changes; part of the table of all wording."""

from __future__ import annotations

from typing import Final

__all__ = ["EVENT_WORDS"]

EVENT_WORDS: Final[dict[str, tuple[str, str]]] = {
    "section_reaction": ("异常收益", "Abnormal returns"),
    "reaction_others": (
        "同一窗口内另有{n}件涉及文中个股的事件：{events}。",
        "Other events of these stocks in the same sessions, {n}: {events}.",
    ),
    "reaction_other": ("{label}（{day}，涉及{n}只）", "{label} ({day}, {n} of the stocks)"),
    "reaction_more": ("另有{n}件", "{n} more"),
    "reaction_how": ("完整检验：", "All windows and tests: "),
    "reaction_none": ("未能检验事件日的异常收益：{reason}。", "The event day could not be tested: {reason}."),
    "reaction_untested": (
        "文中点名{of}只个股中可检验的仅{n}只，所用检验（{test}）需要更多，因此不报告异常收益。",
        "Of the {of} stocks named, {n} could be studied, and the test ({test}) needs more; no abnormal return is told.",
    ),
    "reaction_no_policy": (
        "首次公开时间未知，因此未检验异常收益；如知道该时间，可用 hkconcept study --public 指定。",
        (
            "The moment of first publication is not known, so no abnormal return was tested; hkconcept study --public "
            "takes one."
        ),
    ),
    "reaction_no_stocks": ("原文没有点名港股，无从检验。", "The text names no Hong Kong stock to test."),
    "reaction_no_prices": (
        "文中点名的{n}只个股均无可用收盘价，因此未检验异常收益。",
        "No closes are held of any of the {n} stocks named, so no abnormal return was tested.",
    ),
    "reaction_no_closes": (
        "截至所示时点没有可用的收盘价，因此未检验异常收益。",
        "No closes are held as of the moment shown, so no abnormal return was tested.",
    ),
    "reaction_no_day": (
        "事件日不在截至所示时点所收集的收盘价（{first}至{last}）之内，因此未检验异常收益。",
        (
            "The event day is outside the closes held as of the moment shown ({first} to {last}), so no abnormal "
            "return was tested."
        ),
    ),
    "reaction_too_short": (
        "事件日之前仅收集{before}个交易日的收盘价，至少需要{needed}个，因此未检验异常收益。",
        (
            "Closes of {before} sessions before the event day are held and {needed} are needed, so no abnormal return "
            "was tested."
        ),
    ),
    "section_changes": ("该文件改变了什么", "What changes"),
    "changes_before": ("原依据：{article}", "before: {article}"),
    "changes_new": ("新设", "new"),
    "changes_more_limits": ("另有{n}项时限。", "{n} further limits. "),
    "changes_provisions": ("另有{n}项不涉及时限的规定。", "{n} further provisions without a limit. "),
    "changes_touched": (
        (
            "指定登记所收{held}条中，{drugs}种药品（{certain}种确定）及{companies}家港股公司可能受影响，"
            "其中{named}家为文中点名；登记不全，未列入者也可能受影响。"
        ),
        (
            "Of {held} designations held, {drugs} drugs ({certain} for certain) and {companies} Hong Kong companies "
            "may be touched, {named} of which the text names; the register is partial, and others may be touched too."
        ),
    ),
    "changes_missing": ("有待查明是否：{facts}。", "Open, and decisive, is whether {facts}."),
    "changes_none": (
        "指定登记所收{held}条中没有对应药品；登记不全，未列入者也可能受影响。",
        "None of the {held} designations held is touched; the register is partial, and others may be.",
    ),
    "changes_named": ("文中点名", "named"),
    "changes_drugs_more": ("，另{n}种", "and {n} more"),
    "changes_more_companies": ("另有{n}家公司：", "{n} further companies: "),
    "changes_all": ("全部内容：", "All of it: "),
}
