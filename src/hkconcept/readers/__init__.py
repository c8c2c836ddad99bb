"""From a path, standard input or an address to a Document: bytes, encoding, format, main text, title, date.

The readers of documents are imported when they are first asked for: tables and rules are read without them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hkconcept.late import late

if TYPE_CHECKING:
    from hkconcept.readers.archive import Archive
    from hkconcept.readers.source import read

__all__ = ["Archive", "read"]

__getattr__ = late(__name__, {"Archive": "archive", "read": "source"})
