"""Drugs under all their names: international name, Chinese generic name, brand, development codes, target, holder.

Names serve to find a drug in other registers' rows. They are not dated knowledge: that ``SHR-A1811`` and
瑞康曲妥珠单抗 are one drug is true whenever it is looked up, and what is found under the names has its own moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from hkconcept.registers.columns import identifier, text
from hkconcept.registers.schema import Row, Schema
from hkconcept.text import fold

__all__ = ["SCHEMA", "Drug", "drug_of", "find", "mentions"]

SCHEMA: Final = Schema(
    register="drugs",
    title="drugs under all their names",
    key=("id",),
    columns=(
        identifier("international name, or a development code"),
        text("inn", "international name"),
        text("drug_zh", "Chinese generic name without salt and dosage form"),
        text("brand", "brand names, separated by ;"),
        text("code_names", "development codes, separated by ;"),
        text("modality", "antibody, ADC, small molecule..."),
        text("target", "what it acts on"),
        text("holder", "holder or developer"),
    ),
    denominator="all drugs of the packaged registers",
)

# A form shorter than this is found in too many other words.
_SHORTEST: Final = 3
_FORMS: Final = re.compile(
    r"^(?:注射用)|(?:口服溶液用散|口服混悬液|组合包装|肠溶胶囊|软胶囊|混悬液|注射液|滴眼液|胶囊|颗粒|乳膏|片)$"
)


@dataclass(frozen=True, slots=True)
class Drug:
    """One drug with its folded names, longest first."""

    row: Row
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        """The names to show: ``mazdutide 玛仕度肽 (IBI362)``."""
        row = self.row
        shown = " ".join(part for part in (row.text("inn"), row.text("drug_zh")) if part)
        codes = row.text("code_names").replace(";", ", ")
        return f"{shown} ({codes})" if shown and codes else shown or codes or row.text("id")


def drug_of(row: Row) -> Drug:
    """Return a drug with every name that its row holds."""
    printed = [row.text("inn"), row.text("drug_zh")]
    printed += [*row.text("brand").split(";"), *row.text("code_names").split(";")]
    names = {fold(name.strip()) for name in printed if name.strip()}
    return Drug(row, tuple(sorted(names, key=lambda name: (-len(name), name))))


def find(drugs: Iterable[Drug], name: str) -> tuple[Drug, ...]:
    """Return the drugs that have a name: the very name first, otherwise those whose name begins with it.

    Several are returned when several have it; which one is meant is for the reader to say.

    Parameters
    ----------
    drugs
        Where to look.
    name
        As printed anywhere: with dosage form, in either script, in letters of either case.

    """
    wanted = fold(name.strip())
    plain = _FORMS.sub("", _FORMS.sub("", wanted))
    held = tuple(drugs)
    exact = tuple(drug for drug in held if {wanted, plain} & set(drug.names))
    if exact:
        return exact
    # 盐酸吉卡昔替尼片 holds the name 吉卡昔替尼 behind its salt.
    inside = tuple(drug for drug in held if any(_ends_in(plain, one) for one in drug.names))
    return inside or tuple(drug for drug in held if wanted and any(one.startswith(wanted) for one in drug.names))


def _ends_in(plain: str, name: str) -> bool:
    return len(name) >= _SHORTEST and not name.isascii() and plain.endswith(name)


def mentions(names: Sequence[str], printed: str) -> bool:
    """Whether a text has one of the folded names as words of their own.

    >>> mentions(["shr-a1811", "瑞康曲妥珠单抗"], "trastuzumab rezetecan SHR-A1811")
    True
    >>> mentions(["ibi36"], "IBI363, IBI343")
    False

    """
    key = fold(printed)
    for name in names:
        if name.isascii():
            if re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", key):
                return True
        elif len(name) >= 2 and name in key:
            return True
    return False
