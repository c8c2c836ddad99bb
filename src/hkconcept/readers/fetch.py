"""One page over HTTP: public addresses only, a cap on size and time, few redirects, honest sentences.

Only ``http`` and ``https`` are read. Every refusal and failure is one sentence that says what to do; nothing is
retried but a busy server (429, 503) and a broken connection, and never past the deadline.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import logging
import re
import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from hkconcept.errors import SourceError
from hkconcept.readers.addresses import NO_ADDRESS, BlockedAddressError, DeadlineError, guarded_transport

if TYPE_CHECKING:
    import httpx2

__all__ = ["MAX_BYTES", "Fetched", "fetch"]

MAX_BYTES = 20 * 1024 * 1024
_DEADLINE = 30.0
_ATTEMPTS = 3
_REDIRECTS = 5
_SAVE = "open it in a browser, save the article and give the file"
_LOGIN = re.compile(r"(?:^|[/._-])(?:log-?in|sign-?in|passport|sso|oauth2?|account/auth)(?:[/._?-]|$)", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s{0,2}=\s{0,2}[\"']?([\w.:-]{2,30})", re.IGNORECASE)
_HEADERS = {
    "User-Agent": "hkconcept (reads single articles on a person's request)",
    "Accept": "text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9,*/*;q=0.1",
    "Accept-Language": "zh,en;q=0.8",
    "Accept-Encoding": "gzip",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered: the bytes after decompression, their declared type and charset, the final address."""

    content: bytes
    media_type: str
    charset: str
    url: str


class _BusyError(Exception):
    """The server asked to come back later; ``wait`` is in seconds, ``None`` when it did not say."""

    def __init__(self, status: int, wait: float | None) -> None:
        self.status = status
        self.wait = wait
        super().__init__(status)


def fetch(url: str, *, allow_loopback: bool = False, deadline: float = _DEADLINE) -> Fetched:
    """Fetch one page.

    Parameters
    ----------
    url
        An ``http`` or ``https`` address.
    allow_loopback
        Let addresses of this machine through; for tests.
    deadline
        Seconds for everything together: names, connections, redirects, retries, body.

    Raises
    ------
    SourceError
        With one sentence for each way of failing.

    """
    import httpx2  # noqa: PLC0415 - only for reading from the network
    import stamina  # noqa: PLC0415 - as above

    # Retries are told to nobody: without a handler the library's notice would land on the user's terminal.
    logging.getLogger("stamina").addHandler(logging.NullHandler())
    end = time.monotonic() + deadline

    def again(error: Exception) -> bool | float:
        if isinstance(error, _BusyError):
            if error.wait is None:
                return True
            return error.wait if time.monotonic() + error.wait < end else False
        # A name without an address will not get one within the deadline.
        broken = (httpx2.ConnectError, httpx2.RemoteProtocolError, httpx2.ReadError)
        return isinstance(error, broken) and NO_ADDRESS not in str(error)

    transport = guarded_transport(allow_loopback=allow_loopback, deadline=end)
    failed = (BlockedAddressError, DeadlineError, _BusyError, httpx2.HTTPError, httpx2.InvalidURL, zlib.error)
    with httpx2.Client(transport=transport, headers=_HEADERS, timeout=deadline, trust_env=False) as client:
        try:
            for attempt in stamina.retry_context(on=again, attempts=_ATTEMPTS, timeout=deadline, wait_initial=0.2):
                with attempt:
                    return _follow(client, url)
        except failed as error:
            raise _failure(error, url, deadline) from error
    raise SourceError("no answer", where=url, todo=_later())


def _failure(error: Exception, url: str, deadline: float) -> SourceError:
    """Say in one sentence why the fetch failed."""
    import httpx2  # noqa: PLC0415 - loaded by now

    match error:
        case BlockedAddressError():
            return SourceError(f"blocked: {error}", where=url, todo="give a public address or a file")
        case DeadlineError() | httpx2.TimeoutException():
            return SourceError(f"too slow: no whole answer within {deadline:g} seconds", where=url, todo=_later())
        case _BusyError():
            return SourceError(f"the server is busy (status {error.status})", where=url, todo=_later())
        case httpx2.ConnectError():
            return SourceError(f"no connection ({_reason(error)})", where=url, todo="check the address and the network")
        case httpx2.InvalidURL():
            return SourceError("the address cannot be read", where=url, todo="check its spelling")
        case _:
            return SourceError(f"the answer was broken off or not HTTP ({_reason(error)})", where=url, todo=_later())


def _later() -> str:
    return f"try again later, or {_SAVE}"


def _reason(error: Exception) -> str:
    text = str(error)
    if NO_ADDRESS in text:
        return "the name of the host is not known"
    return (text or type(error).__name__)[:120]


def _follow(client: httpx2.Client, url: str) -> Fetched:
    at = url
    for _hop in range(_REDIRECTS + 1):
        _check_address(at, url)
        with client.stream("GET", at, follow_redirects=False) as answer:
            if answer.status_code in (301, 302, 303, 307, 308) and "location" in answer.headers:
                at = urljoin(at, answer.headers["location"])
                if _LOGIN.search(urlsplit(at).path) and not _LOGIN.search(urlsplit(url).path):
                    raise SourceError("the site asks for a login", where=url, todo=_SAVE)
                continue
            _check_status(answer, url)
            kind = answer.headers.get("content-type", "")
            charset = _CHARSET.search(kind)
            return Fetched(
                _body(answer, url), kind.split(";")[0].strip().lower(), charset.group(1) if charset else "", at
            )
    raise SourceError(f"more than {_REDIRECTS} redirects", where=url, todo="give the final address")


def _check_address(at: str, url: str) -> None:
    try:
        parts = urlsplit(at)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise SourceError("the address cannot be read", where=url, todo="check its spelling") from error
    if parts.scheme not in ("http", "https"):
        scheme = parts.scheme[:20] or "no scheme"
        raise SourceError(
            f"{scheme} addresses are not read", where=url, todo="give an http or https address, or a path"
        )
    if not host or port == 0:
        raise SourceError("the address names no host", where=url, todo="check its spelling")
    if parts.username or parts.password:
        raise SourceError(
            "the address carries a user name or password", where=parts.hostname or "", todo="leave them out"
        )


def _check_status(answer: httpx2.Response, url: str) -> None:
    status = answer.status_code
    if status in (429, 503):
        raise _BusyError(status, _retry_after(answer.headers.get("retry-after", "")))
    if status in (404, 410):
        raise SourceError(f"there is no page at this address (status {status})", where=url, todo="check the address")
    if status in (401, 403, 407, 451):
        raise SourceError(f"the site refuses to show the page (status {status})", where=url, todo=_SAVE)
    if status == 412 or status >= 520:
        raise SourceError(f"the site answered with a script challenge (status {status})", where=url, todo=_SAVE)
    if not 200 <= status < 300 or status in (204, 205, 206):
        raise SourceError(f"the server answered with status {status}", where=url, todo=_later())


def _retry_after(value: str) -> float | None:
    """Read a Retry-After header, seconds or a date.

    >>> _retry_after("2"), _retry_after("soon")
    (2.0, None)

    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:6])
    try:
        at = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=dt.UTC)
    return max(0.0, (at - dt.datetime.now(dt.UTC)).total_seconds())


def _body(answer: httpx2.Response, url: str) -> bytes:
    """Read the body with the cap applied to what comes out of decompression, not to what goes in."""
    coding = answer.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise SourceError(f"the server sent a coding that was not asked for ({coding[:40]})", where=url, todo=_SAVE)
    unpack = zlib.decompressobj(47) if coding not in ("", "identity") else None
    parts: list[bytes] = []
    size = 0
    for chunk in answer.iter_raw():
        data = unpack.decompress(chunk, MAX_BYTES + 1 - size) if unpack else chunk
        size += len(data)
        if size > MAX_BYTES:
            raise SourceError(
                f"too large: more than {MAX_BYTES // 2**20} MB after decompression",
                where=url,
                todo="give a smaller page",
            )
        parts.append(data)
    if unpack is not None and not unpack.eof:
        parts.append(unpack.flush())
    return b"".join(parts)
