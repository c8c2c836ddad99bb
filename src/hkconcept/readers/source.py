"""The entry: a path, ``-`` or an address becomes a Document, whatever its format and encoding."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from hkconcept.errors import SourceError
from hkconcept.model import Document, Language, Moment, Origin, Quote
from hkconcept.readers.archive import Archive
from hkconcept.readers.encoding import decode
from hkconcept.readers.kind import Kind, refuse_binary, text_kind
from hkconcept.readers.markdown import read_markdown
from hkconcept.readers.plain import Reading, read_plain, safe_text

__all__ = ["read"]

_MAX_BYTES = 20 * 1024 * 1024
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{1,30}):(?://|(?=[^\\/]))")
_MEDIA_TYPES: dict[Kind, str] = {"html": "text/html", "markdown": "text/markdown", "plain": "text/plain"}


@dataclass(frozen=True, slots=True)
class _Raw:
    content: bytes
    name: str = ""
    media_type: str = ""
    charset: str = ""
    url: str = ""


def read(  # noqa: PLR0913 - keyword-only, each from another part of the caller
    source: str,
    *,
    stdin: BinaryIO | None = None,
    archive: Archive | None,
    now: Moment,
    published: Moment | None = None,
    detect_language: Callable[[str], Language],
) -> Document:
    """Read a document.

    Parameters
    ----------
    source
        A path, ``-`` for standard input, or an ``http(s)`` address.
    stdin
        Where ``-`` reads from.
    archive
        Where the raw bytes are kept as a snapshot; ``None`` keeps none.
    now
        The moment of reading; it becomes ``origin.fetched_at``.
    published
        The moment of publication when the reader knows it better than the source prints it.
    detect_language
        Tells the language and script of a text.

    Returns
    -------
    Document
        Plain text as it stands; Markdown without inline marks; of a page the main text. Spans and quotes refer to
        ``text``. ``id`` is the first 16 hexadecimal digits of the SHA-256 of the raw bytes.

    Raises
    ------
    SourceError
        One sentence for every source that cannot be read.

    """
    raw = _raw(source, stdin, archive)
    if not raw.content.strip(b"\x00 \t\r\n"):
        raise SourceError("there is no text in it", where=source, todo="give a file with text in it")
    refuse_binary(raw.content, source)
    decoded = decode(raw.content, declared=(raw.charset,) if raw.charset else (), where=source)
    kind = text_kind(decoded.text, name=raw.name, media_type=raw.media_type, where=source)
    found = _reading(kind, decoded.text, source)
    if not found.text.strip():
        raise SourceError("there is no text in it", where=source, todo="give a file with text in it")
    sha256 = archive.put(raw.content) if archive is not None else hashlib.sha256(raw.content).hexdigest()
    return Document(
        id=sha256[:16],
        text=found.text,
        language=detect_language(found.text),
        origin=Origin(
            location=source,
            sha256=sha256,
            media_type=_MEDIA_TYPES[kind],
            encoding=decoded.encoding,
            fetched_at=now,
            publisher=found.publisher,
            url=raw.url,
        ),
        title=found.title,
        published=published or found.published,
        published_quote=_quote(found, published),
    )


def _reading(kind: Kind, text: str, source: str) -> Reading:
    if kind == "html":
        from hkconcept.readers.html import read_html  # noqa: PLC0415 - pages alone need the parser

        return read_html(text, where=source)
    return read_markdown(safe_text(text)) if kind == "markdown" else read_plain(safe_text(text))


def _quote(found: Reading, published: Moment | None) -> Quote | None:
    """Return the printed date as evidence, unless another moment was given for the publication."""
    if published is not None and (found.published is None or found.published.at != published.at):
        return None
    return found.published_quote


def _raw(source: str, stdin: BinaryIO | None, archive: Archive | None) -> _Raw:
    if source == "-":
        if stdin is None:
            raise SourceError("there is no standard input", where="-", todo="give a path or an address")
        return _Raw(_capped(stdin, source))
    scheme = _SCHEME.match(source)
    if scheme and not Path(source).exists():
        return _from_network(source, scheme.group(1).lower(), archive)
    return _from_file(source)


def _from_network(source: str, scheme: str, archive: Archive | None) -> _Raw:
    if scheme not in ("http", "https"):
        raise SourceError(
            f"{scheme} addresses are not read", where=source, todo="give an http or https address, or a path"
        )
    if archive is not None:
        got = archive.fetch(source)
    else:
        from hkconcept.readers.fetch import fetch  # noqa: PLC0415 - only for reading from the network

        got = fetch(source)
    return _Raw(got.content, media_type=got.media_type, charset=got.charset, url=got.url)


def _from_file(source: str) -> _Raw:
    path = Path(source)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise SourceError("this is a folder, not a document", where=source, todo="give a file in it")
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise SourceError("this is a device, not a document", where=source, todo="give a file")
        with path.open("rb") as file:
            return _Raw(_capped(file, source), name=path.name)
    except FileNotFoundError as error:
        raise SourceError("there is no such file", where=source, todo="check the path") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise SourceError(
            f"the file cannot be read ({reason})", where=source, todo="check the path and its permissions"
        ) from error


def _capped(file: BinaryIO, source: str) -> bytes:
    content = file.read(_MAX_BYTES + 1)
    if len(content) > _MAX_BYTES:
        raise SourceError(f"too large: more than {_MAX_BYTES // 2**20} MB", where=source, todo="give a part of it")
    return content
