"""Snapshots of what was read, named by their own hash, and the one door to the network.

A snapshot is written once under a temporary name, flushed to the disk and moved into place, so a killed run leaves
either the whole file or none. The name is the SHA-256 of the bytes: the same bytes are stored once, and nothing that a
source says ever becomes a path.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hkconcept.errors import StoreError

if TYPE_CHECKING:
    from hkconcept.readers.fetch import Fetched

__all__ = ["Archive"]

_SHA256 = re.compile(r"[0-9a-f]{64}")


class Archive:
    """A folder of snapshots: ``ab/cd/abcd….bin``, two levels of 256 folders.

    Parameters
    ----------
    folder
        Where the snapshots lie; made when the first one is stored.
    allow_loopback
        Let :meth:`fetch` read from this machine. For tests only: a page could otherwise reach local services.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     archive = Archive(folder)
    ...     archive.get(archive.put(b"76 drugs"))
    b'76 drugs'

    """

    def __init__(self, folder: str | os.PathLike[str], *, allow_loopback: bool = False) -> None:
        """Name the folder; nothing is touched yet."""
        self._folder = Path(folder)
        self._allow_loopback = allow_loopback

    def path(self, sha256: str) -> Path:
        """Return where the snapshot of a hash lies or would lie; ``ValueError`` for anything but 64 hex digits."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"{sha256[:80]!r} is not a SHA-256 in lower-case hexadecimal")
        return self._folder / sha256[:2] / sha256[2:4] / f"{sha256}.bin"

    def __contains__(self, sha256: object) -> bool:
        """Whether a snapshot is held."""
        return isinstance(sha256, str) and bool(_SHA256.fullmatch(sha256)) and self.path(sha256).is_file()

    def put(self, content: bytes) -> str:
        """Store bytes and return their SHA-256; storing the same bytes again changes nothing.

        Raises
        ------
        StoreError
            When the disk refuses: full, read-only, no permission.

        """
        sha256 = hashlib.sha256(content).hexdigest()
        place = self.path(sha256)
        try:
            if place.is_file() and place.stat().st_size == len(content):
                return sha256
            place.parent.mkdir(parents=True, exist_ok=True)
            self._write(place, content)
        except OSError as error:
            raise StoreError(
                f"the snapshot cannot be written ({error.strerror or error})",
                where=str(self._folder),
                todo="check the free space and the permissions of the folder",
            ) from error
        return sha256

    @staticmethod
    def _write(place: Path, content: bytes) -> None:
        handle, temporary = tempfile.mkstemp(prefix=".new-", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(place)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            raise
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def get(self, sha256: str) -> bytes:
        """Return the bytes of a snapshot, checked against their hash.

        Raises
        ------
        StoreError
            When there is no such snapshot, or its bytes have changed on the disk.

        """
        place = self.path(sha256)
        try:
            content = place.read_bytes()
        except OSError as error:
            raise StoreError(
                f"the snapshot {sha256[:12]} cannot be read ({error.strerror or error})",
                where=str(self._folder),
                todo="read the source again",
            ) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise StoreError(
                f"the snapshot {sha256[:12]} has changed on the disk",
                where=str(place),
                todo="delete the file and read the source again",
            )
        return content

    def fetch(self, url: str, *, deadline: float = 30.0) -> Fetched:
        """Fetch a page under the rules of :func:`hkconcept.readers.fetch.fetch`; nothing is stored yet."""
        from hkconcept.readers.fetch import fetch  # noqa: PLC0415 - only for reading from the network

        return fetch(url, allow_loopback=self._allow_loopback, deadline=deadline)
