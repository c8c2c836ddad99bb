"""Kinds of application and review channels: their names, and which rules a channel shares with another.

A channel without a rule of its own for a step follows its parent; the rule ``any`` holds for all.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hkconcept.errors import UsageError

__all__ = ["ANY", "APPLICATIONS", "CHANNELS", "Channel", "application_named", "channel_named", "lineage"]

ANY: Final = "any"
# Holds rules that several channels share; no application is in it.
_GROUP: Final = "group"


@dataclass(frozen=True, slots=True)
class Channel:
    """A review channel; ``parent`` is the channel whose rules it follows where it has none of its own."""

    id: str
    en: str
    zh: str
    application: str
    parent: str = ANY


APPLICATIONS: Final[Mapping[str, tuple[str, str]]] = {
    "marketing": ("marketing application", "上市许可申请"),
    "trial": ("clinical trial application", "药物临床试验申请"),
    "generic_api": ("generic active ingredient", "仿制原料药"),
    "supplementary": ("supplementary application", "补充申请"),
    "supplementary_combined": ("supplementary application, combined", "补充申请（合并）"),
    "supplementary_data": (
        "supplementary application with data, inspection or testing",
        "补充申请（含数据、核查或检验）",
    ),
    "generic_name": ("generic name", "通用名称核准"),
    "otc": ("over-the-counter eligibility", "非处方药适宜性"),
    "re_registration": ("re-registration", "再注册"),
}

CHANNELS: Final[Mapping[str, Channel]] = {
    channel.id: channel
    for channel in (
        Channel("standard", "standard review", "常规审评", ANY),
        Channel("priority", "priority review", "优先审评", "marketing"),
        Channel(
            "priority_rare_overseas",
            "priority review of an urgently needed overseas rare-disease drug",
            "优先审评（临床急需境外已上市罕见病药）",
            "marketing",
            "priority",
        ),
        Channel("overseas_list", "listed urgently needed overseas new drug", "临床急需境外新药名单", _GROUP),
        Channel(
            "overseas_list_rare",
            "listed overseas new drug, rare disease",
            "临床急需境外新药名单（罕见病）",
            "marketing",
            "overseas_list",
        ),
        Channel(
            "overseas_list_other",
            "listed overseas new drug, other",
            "临床急需境外新药名单（其他）",
            "marketing",
            "overseas_list",
        ),
        Channel("trial_30", "30-day channel for trials", "临床试验30日通道", "trial"),
        Channel("trial_30_pilot", "30-day pilot for trials", "临床试验30日试点", "trial"),
        Channel(
            "trial_30_overseas",
            "30-day trial decision for an urgently needed overseas drug",
            "临床急需境外药临床试验30日",
            "trial",
        ),
    )
}


def lineage(channel: str) -> tuple[str, ...]:
    """Return a channel and those whose rules it follows, nearest first, ending in ``any``.

    >>> lineage("priority_rare_overseas")
    ('priority_rare_overseas', 'priority', 'any')

    """
    names = [channel]
    while names[-1] != ANY:
        names.append(CHANNELS[names[-1]].parent if names[-1] in CHANNELS else ANY)
    return tuple(names)


def channel_named(name: str, application: str) -> Channel:
    """Return the channel of that name, if it serves that kind of application.

    Raises
    ------
    UsageError
        There is no such channel, or it is one of another kind of application; the nearest is offered.

    """
    serving = [one.id for one in CHANNELS.values() if one.application in {ANY, application}]
    if name not in CHANNELS or CHANNELS[name].application == _GROUP:
        near = difflib.get_close_matches(name, serving, n=1, cutoff=0.4) or serving[:1]
        raise UsageError(
            f"there is no channel {name!r}", where="channel", todo=f"did you mean {near[0]}? ({', '.join(serving)})"
        )
    if name not in serving:
        raise UsageError(
            f"channel {name} is for a {APPLICATIONS[CHANNELS[name].application][0]}, not a "
            f"{APPLICATIONS[application][0]}",
            where="channel",
            todo=f"choose one of {', '.join(serving)}",
        )
    return CHANNELS[name]


def application_named(name: str) -> str:
    """Return the kind of application of that name.

    Raises
    ------
    UsageError
        There is none; the nearest is offered.

    """
    if name not in APPLICATIONS:
        near = difflib.get_close_matches(name, APPLICATIONS, n=1, cutoff=0.4) or ["marketing"]
        raise UsageError(
            f"there is no kind of application {name!r}",
            where="application",
            todo=f"did you mean {near[0]}? ({', '.join(APPLICATIONS)})",
        )
    return name
