"""The facts that the rules of a concept look at, gathered from the registers and from a table of reviewed facts.

A register row concerns every Hong Kong listing that it names. Its sentence is put together from the row's own columns,
so that a reader can go from the fact to the row and on to its source.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final, cast

from hkconcept.concept.definition import Definition
from hkconcept.concept.definition_files import DATA
from hkconcept.errors import SourceError
from hkconcept.model import Evidence, Moment, PartialDate, SourceStatus, StockCode
from hkconcept.readers.strict_csv import read_rows
from hkconcept.registers.directory import schema_of
from hkconcept.registers.packaged import known_later, packaged_rows
from hkconcept.registers.schema import Row, Schema

__all__ = ["gathered", "reviewed"]

_REVIEWED: Final = "reviewed"
_REVIEWED_COLUMNS: Final = [
    *("code", "kind", "attributes", "valid_from", "valid_to", "known_at", "status", "source", "fact_en", "fact_zh"),
]
_MILLION: Final = Decimal(1_000_000)
_CURRENCIES: Final = {"USD": ("US$", "美元"), "CNY": ("CNY", "元人民币"), "EUR": ("€", "欧元"), "HKD": ("HK$", "港元")}

_Told = tuple[str, str, tuple[tuple[str, str], ...], dt.date | None, dt.date | None]
"""English, Chinese, attributes, first day and first day after, of what a row says."""


def gathered(
    definition: Definition, rows: Mapping[str, Iterable[Row]] | None = None
) -> Mapping[StockCode, tuple[Evidence, ...]]:
    """Return all facts by security: of the registers that a definition names, and its own.

    Parameters
    ----------
    definition
        ``facts_from`` names registers, or ``reviewed`` for the packaged table of facts that no register holds.
    rows
        Rows of registers by name; the packaged ones for a register that is not given.

    Raises
    ------
    SourceError
        ``facts_from`` names something else.

    """
    held: dict[StockCode, list[Evidence]] = {code: list(facts) for code, facts in definition.facts.items()}
    for source in definition.facts_from:
        for code, fact in _facts(source, rows or {}, definition.concept):
            held.setdefault(code, []).append(fact)
    return {code: tuple(facts) for code, facts in held.items()}


def _facts(source: str, rows: Mapping[str, Iterable[Row]], concept: str) -> Iterator[tuple[StockCode, Evidence]]:
    if source == _REVIEWED:
        yield from reviewed()
        return
    if source not in _TELLERS:
        known = ", ".join((_REVIEWED, *_TELLERS))
        raise SourceError(f"facts_from names {source!r}", where=concept, todo=f"choose among {known}")
    schema = schema_of(source)
    later = {} if source in rows else _codes_known_later(schema)
    for row in rows[source] if source in rows else packaged_rows(schema):
        subject = schema.subject(row)
        codes = [(row.text("hk_code"), row.evidence.known_at), *later.get(subject, ())]
        for code, known_at in ((code.strip(), known) for text, known in codes for code in text.split(";")):
            if code:
                yield StockCode(code), _fact(source, subject, row, max(known_at, row.evidence.known_at, key=_known_by))


def _known_by(moment: Moment) -> dt.datetime:
    return moment.known_by


def _codes_known_later(schema: Schema) -> Mapping[str, list[tuple[str, Moment]]]:
    """Return the stock codes of companies that were listed after the row became known, with when."""
    found: dict[str, list[tuple[str, Moment]]] = {}
    for subject, codes, known_at in known_later(schema, "hk_code"):
        found.setdefault(subject, []).append((codes, known_at))
    return found


def _fact(source: str, subject: str, row: Row, known_at: Moment) -> Evidence:
    en, zh, attributes, first, after = _TELLERS[source](row)
    return Evidence(
        source,
        en,
        zh,
        known_at,
        row.evidence.source,
        row.evidence.status,
        record=f"{source}:{subject}",
        attributes=tuple(
            (name, value) for name, value in (*attributes, ("known_at_basis", row.evidence.known_at_basis)) if value
        ),
        valid_from=first,
        valid_to=after,
    )


def _approval(row: Row) -> _Told:
    name_en = row.text("drug_en") or row.text("code_names") or row.text("drug_zh")
    name_zh = row.text("drug_zh")
    first = row.text("event") == "first approval"
    for_zh = f"，用于{row.text('indication')}" if row.text("indication") else ""
    return (
        f"{name_en} approved in China" if first else f"{name_en} approved in China for a further indication",
        f"{name_zh}{'获批' if first else '新适应症获批'}{for_zh}",
        (("link", _link(row)), *_columns(row, "innovative", "type", "origin", "event", "pathway")),
        None,
        None,
    )


def _deal(row: Row) -> _Told:
    territory = row.text("territory")
    where_en = f", {territory}" if territory else ""
    money = _money(row["upfront"], row.text("currency"))
    en = f"{row.text('asset')} to {row.text('licensee')}{where_en}" + (f", {money[0]} upfront" if money else "")
    zh = f"{row.text('asset')}授予{row.text('licensee')}" + (f"，首付款{money[1]}" if money else "，首付款未披露")
    return en, zh, _columns(row, "scope", "currency", "upfront", "total", "stage", "structure"), None, None


def _designation(row: Row) -> _Told:
    kind, stage = row.text("kind"), row.text("stage")
    name = row.text("drug_en") or row.text("drug")
    kind_zh = _KINDS_ZH.get(kind, kind)
    stage_zh = {"proposed": "拟", "withdrawn": "撤回"}.get(stage, "")
    for_zh = f"，用于{row.text('indication')}" if row.text("indication") else ""
    en = f"{name}: {kind}" if stage == "granted" else f"{name}: {kind} {stage}"
    return en, f"{row.text('drug')}{stage_zh}{kind_zh}{for_zh}", _columns(row, "kind", "stage"), None, None


def _payment(row: Row) -> _Told:
    commercial = row.text("list") == "commercial"
    name = row.text("brand") or row.text("drug_zh")
    list_en = "the commercial insurance catalogue" if commercial else "the basic insurance drug list"
    list_zh = "商业健康保险创新药品目录" if commercial else "国家基本医保药品目录"
    last = row["agreement_to"]
    after = last + dt.timedelta(days=1) if isinstance(last, dt.date) else None
    first = row["agreement_from"]
    return (
        f"{name} in {list_en}, edition {row.text('edition')}",
        f"{row.text('drug_zh')}列入{list_zh}（{row.text('edition')}年版）",
        (("link", _link(row)), *_columns(row, "list", "edition")),
        first if isinstance(first, dt.date) else None,
        after,
    )


def _procured(row: Row) -> _Told:
    return (
        f"{row.text('drug_zh')} won in procurement round {row.text('round')}",
        f"{row.text('drug_zh')}中选第{row.text('round')}批集采",
        _columns(row, "round", "cut"),
        None,
        None,
    )


_TELLERS: Final[Mapping[str, Callable[[Row], _Told]]] = {
    "approvals": _approval,
    "deals": _deal,
    "designations": _designation,
    "payment": _payment,
    "procurement-results": _procured,
}
_LINKS: Final = ("holder", "originator", "licensee", "partner", "parent")
_KINDS_ZH: Final = {
    "priority review": "纳入优先审评",
    "breakthrough therapy": "纳入突破性治疗品种",
    "conditional approval": "附条件批准",
    "urgent overseas": "列入临床急需境外新药名单",
    "rare disease": "罕见病用药",
}


def _link(row: Row) -> str:
    """Return the first word that says what the listed company is to the drug: holder, parent, originator, partner..."""
    told = row.text("hk_link")
    return next((word for word in _LINKS if word in told), "")


def _columns(row: Row, *names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, row.text(name)) for name in names)


def _money(amount: object, currency: str) -> tuple[str, str] | None:
    if not isinstance(amount, Decimal) or not currency:
        return None
    sign, word = _CURRENCIES.get(currency, (f"{currency} ", currency))
    large = amount >= 100 * _MILLION
    zh = f"{_plain(amount / (100 * _MILLION))}亿" if large else f"{_plain(amount / 10_000)}万"
    return f"{sign}{_plain(amount / _MILLION)}m", f"{zh}{word}"


def _plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def reviewed() -> Iterator[tuple[StockCode, Evidence]]:
    """Yield the packaged facts that no register holds, each with the security it is about."""
    for where, row in read_rows(DATA / "reviewed_facts.csv", _REVIEWED_COLUMNS):
        try:
            yield StockCode(row["code"]), _reviewed_fact(row)
        except ValueError as error:
            raise SourceError(str(error), where=where, todo="mend the row") from error


def _reviewed_fact(row: Mapping[str, str]) -> Evidence:
    if not all(row[name] for name in ("source", "fact_en", "fact_zh")) or row["status"] not in {
        *("official", "press", "recalled"),
    }:
        msg = "source, status and the fact in both languages are required"
        raise ValueError(msg)
    # Known only at the end of the period printed: nothing is known early.
    printed = PartialDate.parse(row["known_at"])
    return Evidence(
        row["kind"],
        row["fact_en"],
        row["fact_zh"],
        Moment.of_day(printed.last_day, printed=str(printed)),
        row["source"],
        cast("SourceStatus", row["status"]),
        record=_REVIEWED,
        attributes=tuple(_pair(part) for part in row["attributes"].split(";") if part),
        valid_from=dt.date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        valid_to=dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )


def _pair(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator:
        msg = f"attribute {text!r} is not name=value"
        raise ValueError(msg)
    return name, value
