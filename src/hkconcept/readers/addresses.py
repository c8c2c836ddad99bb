"""Which network addresses may be read from: only public ones, checked at the moment of connecting.

The guard sits under the HTTP client, where a name becomes an address: it resolves, checks every answer, and connects
to the checked address itself, so a name that changes its answer between check and use gains nothing, and every
redirect passes the same gate. Numbers in decimal or hexadecimal (``2130706433``, ``0x7f000001``) are resolved like
names, so they are checked like names.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx2
    from httpcore2 import NetworkStream

__all__ = ["NO_ADDRESS", "BlockedAddressError", "DeadlineError", "guarded_transport", "is_public"]

NO_ADDRESS = "no address"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class BlockedAddressError(Exception):
    """A host resolved to an address that is not public."""


class DeadlineError(Exception):
    """The total time for one read has passed."""


def is_public(address: str, *, allow_loopback: bool = False) -> bool:
    """Whether an IP address is public: not private, loopback, link-local, shared, multicast or reserved.

    Addresses that carry an IPv4 address inside (mapped, 6to4, Teredo, NAT64) are judged by that one too.

    >>> [is_public(a) for a in ("8.8.8.8", "10.0.0.1", "::ffff:127.0.0.1", "169.254.169.254", "64:ff9b::7f00:1")]
    [True, False, False, False, False]

    """
    try:
        ip = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    inner: list[ipaddress.IPv4Address | None] = []
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped), allow_loopback=allow_loopback)
        if ip in _NAT64:
            # A translated IPv4 address: on a network with IPv6 alone every public site has one.
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        inner = [ip.sixtofour, *(ip.teredo or ())]
    if allow_loopback and ip.is_loopback:
        return True
    return all(
        one.is_global and not (one.is_multicast or one.is_reserved or one.is_unspecified or one.is_loopback)
        for one in (ip, *filter(None, inner))
    )


def _resolve(host: str, port: int, *, allow_loopback: bool) -> list[str]:
    """Return the addresses of a host; refuse the host when any of them is not public."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    for address in addresses:
        if not is_public(address, allow_loopback=allow_loopback):
            named = f"{host} is {address}, which" if host != address else host
            raise BlockedAddressError(f"{named} is not a public address")
    return addresses


def guarded_transport(  # noqa: C901 - two small classes that close over the deadline
    *, allow_loopback: bool, deadline: float
) -> httpx2.BaseTransport:
    """Return an HTTP transport that connects to public addresses only and stops at ``deadline`` (monotonic seconds).

    The client library takes no network backend in its public interface; the one private attribute used is set here
    and nowhere else, and a test fails when it moves.
    """
    import httpcore2  # noqa: PLC0415 - only for reading from the network
    import httpx2  # noqa: PLC0415 - as above

    def left() -> float:
        remaining = deadline - time.monotonic()
        if remaining <= 0:
            raise DeadlineError
        return remaining

    def within(timeout: float | None) -> float:
        return left() if timeout is None else min(timeout, left())

    class TimedStream(httpcore2.NetworkStream):
        """A connection whose every read and write is cut off at the deadline."""

        def __init__(self, inner: NetworkStream) -> None:
            self._inner = inner

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            return self._inner.read(max_bytes, within(timeout))

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            self._inner.write(buffer, within(timeout))

        def close(self) -> None:
            self._inner.close()

        def start_tls(
            self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
        ) -> NetworkStream:
            return TimedStream(self._inner.start_tls(ssl_context, server_hostname, within(timeout)))

        def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - the library's own signature
            return self._inner.get_extra_info(info)

    class GuardedBackend(httpcore2.SyncBackend):
        """Connects to the address that was checked, never to the name."""

        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Iterable[Any] | None = None,
        ) -> NetworkStream:
            try:
                addresses = _resolve(host, port, allow_loopback=allow_loopback)
            except (OSError, UnicodeError) as error:
                raise httpcore2.ConnectError(f"{NO_ADDRESS}: {error}") from error
            failure: Exception | None = None
            for address in addresses:
                try:
                    return TimedStream(
                        super().connect_tcp(address, port, within(timeout), local_address, socket_options)
                    )
                except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                    failure = error
            raise failure or httpcore2.ConnectError(NO_ADDRESS)

    transport = httpx2.HTTPTransport(trust_env=False)
    transport._pool._network_backend = GuardedBackend()  # noqa: SLF001 - see above
    return transport
