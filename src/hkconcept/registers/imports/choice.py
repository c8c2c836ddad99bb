"""The map that a file is read by: the one named, or the only one of the register that fits."""

from __future__ import annotations

from collections.abc import Sequence

from hkconcept.errors import SourceError, UsageError
from hkconcept.readers.grid import Table
from hkconcept.registers.directory import schema_of
from hkconcept.registers.imports.columnmap import ColumnMap
from hkconcept.registers.imports.fit import fit, lacking
from hkconcept.registers.imports.map_files import load_map, packaged_maps

__all__ = ["choose_map"]


def choose_map(register: str, tables: Sequence[Table], name: str = "", *, where: str) -> ColumnMap:
    """Return the named map, or the only one of the register that fits the tables of a file; ``where`` names it.

    Raises
    ------
    UsageError
        The map is for another register, or several fit.
    SourceError
        None fits; the nearest is named with what the file lacks.

    """
    schema_of(register)
    if name:
        named = load_map(name)
        if named.schema.register != register:
            what = f"the map {named.name} is for the register {named.schema.register}, not for {register}"
            raise UsageError(what, where="--map", todo="give another map or another register")
        return named
    maps = packaged_maps(register)
    ranked = sorted(((lacking(one, tables), at) for at, one in enumerate(maps)), key=lambda pair: pair)
    having = [maps[at] for count, at in ranked if count == 0]
    # Of several that find their labels, one covers all columns.
    fitting = having if len(having) < 2 else [one for one in having if _covers(one, tables)] or having[:1]
    if len(fitting) > 1:
        names = ", ".join(one.name for one in fitting)
        raise UsageError(f"several maps fit the file: {names}", where=where, todo="name one with --map")
    # The nearest map's own refusal says best what is wrong with the file.
    return fitting[0] if fitting else maps[ranked[0][1]]


def _covers(column_map: ColumnMap, tables: Sequence[Table]) -> bool:
    try:
        fit(column_map, tables)
    except SourceError:
        return False
    return True
