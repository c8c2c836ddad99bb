"""From a path, standard input or an address to a Document: bytes, encoding, format, main text, title, date."""

from hkconcept.readers.archive import Archive
from hkconcept.readers.source import read

__all__ = ["Archive", "read"]
