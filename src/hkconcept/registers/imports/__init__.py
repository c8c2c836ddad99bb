"""Official and commercial files into register rows: column maps, and the strict reading of a table by one.

A map says what every column of a source's table is: read into a column of the register, ignored for a reason, or
refused. A column that the map does not name stops the import, and so does a cell that is not what its column holds.
"""

from hkconcept.registers.imports.apply import Imported, published_above, read_by_map
from hkconcept.registers.imports.choice import choose_map
from hkconcept.registers.imports.columnmap import ColumnMap
from hkconcept.registers.imports.fit import Fit, fit
from hkconcept.registers.imports.map_files import load_map, packaged_maps

__all__ = [
    "ColumnMap",
    "Fit",
    "Imported",
    "choose_map",
    "fit",
    "load_map",
    "packaged_maps",
    "published_above",
    "read_by_map",
]
