"""The directory of a ZIP archive, judged before anything in it is unpacked.

An archive of two megabytes can hold half a gigabyte of spreadsheet. Its directory says how much each member unpacks
to; the number of members, the names, the sizes and the ratios are looked at first, which takes milliseconds.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile

from hkconcept.errors import SourceError

__all__ = ["open_checked"]

_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65_535
_MAX_MEMBERS = 2_000
_MAX_DIRECTORY = 2 * 2**20
_MAX_TOTAL = 300 * 2**20
_MAX_RATIO = 200
# A small member may compress well without harm.
_RATIO_FROM = 2**20
_UNSAFE_NAME = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|[\x00-\x1f]|\\")
_TODO = "open it in a spreadsheet program and save the sheet as CSV, or get it again from its publisher"


def open_checked(raw: bytes, *, where: str) -> zipfile.ZipFile:
    """Open an archive whose directory promises nothing dangerous.

    Refused are: more than 2,000 members, more than 300 MB unpacked, a member of over 1 MB that unpacks to more
    than 200 times its size, encrypted members, links, two members of one name, and names that lead out of the
    archive. Members unpack to what the directory says and not more: the standard library stops there.

    Raises
    ------
    SourceError
        With the reason.

    """
    _refuse_long_directory(raw, where)
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError) as error:
        raise _refused("the archive is damaged or cut short", where) from error
    members = archive.infolist()
    names: set[str] = set()
    total = 0
    for member in members:
        _refuse_member(member, where)
        if member.filename in names:
            raise _refused(f"two members are called {member.filename[:80]!r}", where)
        names.add(member.filename)
        total += member.file_size
    if total > _MAX_TOTAL:
        raise _refused(f"it would unpack to {total // 2**20:,} MB, and {_MAX_TOTAL // 2**20} MB are allowed", where)
    return archive


def _refuse_long_directory(raw: bytes, where: str) -> None:
    """Refuse a directory too long to list, from the record at the end of the archive alone."""
    at = raw.rfind(_END, max(0, len(raw) - _END_SIZE - _LONGEST_COMMENT))
    if at < 0 or at + _END_SIZE > len(raw):
        raise _refused("the archive is damaged or cut short", where)
    members, size = struct.unpack_from("<HI", raw, at + 10)
    # The largest values mean that the true ones stand in an extension for huge archives.
    if members > _MAX_MEMBERS:
        raise _refused(f"the archive has more than {_MAX_MEMBERS:,} members", where)
    if size > _MAX_DIRECTORY:
        raise _refused(f"the archive's directory is longer than {_MAX_DIRECTORY // 2**20} MB", where)


def _refuse_member(member: zipfile.ZipInfo, where: str) -> None:
    name = member.filename[:80]
    if _UNSAFE_NAME.search(member.orig_filename) or _UNSAFE_NAME.search(member.filename):
        raise _refused(f"the member {name!r} has a name that leads out of the archive", where)
    if member.flag_bits & 1:
        raise _refused("it is protected by a password", where)
    if stat.S_ISLNK(member.external_attr >> 16):
        raise _refused(f"the member {name!r} is a link", where)
    if member.file_size > _RATIO_FROM and member.file_size > _MAX_RATIO * max(1, member.compress_size):
        ratio = member.file_size // max(1, member.compress_size)
        raise _refused(f"the member {name!r} would unpack to {ratio:,} times its size", where)


def _refused(what: str, where: str) -> SourceError:
    return SourceError(f"refused: {what}", where=where, todo=_TODO)
