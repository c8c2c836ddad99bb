"""What reading costs, counted in operations, so that the result depends on no machine."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import types
from collections.abc import Callable

from hkconcept.text import lazily

__all__ = ["calls", "endless_inside_endless", "patterns_of"]


def patterns_of(*rooms: str) -> dict[str, re.Pattern[str]]:
    """Return every lazily compiled pattern of some rooms by its full name."""
    lazy = type(lazily("a"))
    found: dict[str, re.Pattern[str]] = {}
    for room in rooms:
        package = importlib.import_module(f"hkconcept.{room}")
        for module in pkgutil.iter_modules(package.__path__, f"hkconcept.{room}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, lazy):
                    found[f"{module.name}.{name}"] = value
    return found


def calls(read: Callable[[str], object], text: str) -> int:
    """Count the calls that a reading makes, of functions in Python and in C (each scan of a pattern is one)."""
    count = 0

    def one_more(_frame: types.FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(one_more)
    try:
        read(text)
    finally:
        sys.setprofile(before)
    return count


def endless_inside_endless(pattern: str) -> bool:
    """Whether a repetition without end lies inside another, which costs more than the length of a text."""
    parser = importlib.import_module("re._parser")
    endless = parser.MAXREPEAT

    def inside(tree: object, *, repeated: bool) -> bool:
        if isinstance(tree, parser.SubPattern):
            return any(inside(item, repeated=repeated) for item in tree)
        if isinstance(tree, tuple) and tree and str(tree[0]) in ("MAX_REPEAT", "MIN_REPEAT"):
            _, (_, most, body) = tree
            return (most == endless and repeated) or inside(body, repeated=repeated or most == endless)
        if isinstance(tree, tuple | list):
            return any(inside(item, repeated=repeated) for item in tree)
        return False

    return inside(parser.parse(pattern), repeated=False)
