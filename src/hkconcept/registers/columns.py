"""Columns that several registers have in common, made once so that they mean the same everywhere."""

from __future__ import annotations

from decimal import Decimal

from hkconcept.registers.schema import Column, ColumnType

__all__ = ["amount", "choice", "code", "day", "hk_code", "identifier", "partial", "text", "whole"]


def text(name: str, meaning: str, *, required: bool = False) -> Column:
    """Return a column of free text."""
    return Column(name=name, type=ColumnType.TEXT, meaning=meaning, required=required)


def code(name: str, meaning: str, *, required: bool = False, pattern: str = "", shape: str = "") -> Column:
    """Return a column of codes: text that is a name and never a number."""
    return Column(name=name, type=ColumnType.CODE, meaning=meaning, required=required, pattern=pattern, shape=shape)


def identifier(meaning: str) -> Column:
    """Return the column ``id`` that names a row."""
    return code("id", meaning, required=True)


def hk_code(name: str, meaning: str) -> Column:
    """Return a column of Hong Kong stock codes: five digits, several of them separated by ``;``."""
    return code(name, meaning, pattern=r"[0-9]{5}(;[0-9]{5})*", shape="a stock code of five digits such as 01801")


def day(name: str, meaning: str, *, required: bool = False) -> Column:
    """Return a column of full dates."""
    return Column(name=name, type=ColumnType.DATE, meaning=meaning, required=required)


def partial(name: str, meaning: str, *, required: bool = False) -> Column:
    """Return a column of dates with the precision that was printed."""
    return Column(name=name, type=ColumnType.PARTIAL_DATE, meaning=meaning, required=required)


def choice(name: str, meaning: str, *choices: str, required: bool = False) -> Column:
    """Return a column that holds one of a few words."""
    return Column(name=name, type=ColumnType.CHOICE, meaning=meaning, choices=choices, required=required)


def amount(name: str, meaning: str, *, unit: str, maximum: Decimal | None = None) -> Column:
    """Return a column of amounts, never negative."""
    return Column(name=name, type=ColumnType.DECIMAL, meaning=meaning, unit=unit, minimum=Decimal(0), maximum=maximum)


def whole(name: str, meaning: str, *, unit: str, required: bool = False) -> Column:
    """Return a column of counts, never negative."""
    return Column(name=name, type=ColumnType.INTEGER, meaning=meaning, unit=unit, minimum=Decimal(0), required=required)
