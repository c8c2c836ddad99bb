from __future__ import annotations

import gzip
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from hkconcept.errors import SourceError
from hkconcept.model import Language, Moment
from hkconcept.readers import Archive, read
from hkconcept.readers.addresses import is_public
from hkconcept.readers.fetch import MAX_BYTES, fetch

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """A web server on this machine: a path is given an answer, and requests are counted."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                answer = site.answers.get(self.path)
                if answer is None:
                    self.send_error(404)
                else:
                    answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def page(self, path: str, body: bytes, *, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> None:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in headers:
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        self.answers[path] = answer


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    thread = threading.Thread(target=served.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield served
    served.server.shutdown()
    served.server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - an address to refuse
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("2002:7f00:1::", False),
        ("not an address", False),
    ],
)
def test_only_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "2130706433",
        "0x7f000001",
        "127.1",
        "0.0.0.0",  # noqa: S104 - an address to refuse
    ],
)
def test_this_machine_is_refused_in_every_spelling(host: str, site: Site) -> None:
    site.page("/", b"secret")
    with pytest.raises(SourceError, match=r"blocked: .* not a public address; give a public address or a file\."):
        fetch(f"http://{host}:{site.server.server_port}/")
    assert site.asked == []


@pytest.mark.parametrize("target", ["http://10.0.0.1/", "http://169.254.169.254/latest", "http://[fe80::1]/"])
def test_a_redirect_passes_the_same_gate(target: str, site: Site, archive: Archive) -> None:
    site.page("/", b"", status=302, headers=(("Location", target),))
    with pytest.raises(SourceError, match="blocked: "):
        archive.fetch(f"{site.url}/")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://x/", "ftp://example.org/a"])
def test_a_redirect_to_another_scheme_is_refused(target: str, site: Site, archive: Archive) -> None:
    site.page("/", b"", status=301, headers=(("Location", target),))
    with pytest.raises(SourceError, match="addresses are not read"):
        archive.fetch(f"{site.url}/")


def test_a_page_is_fetched_through_redirects(site: Site, archive: Archive) -> None:
    site.page("/old", b"", status=301, headers=(("Location", "new"),))
    site.page("/new", "新药".encode(), headers=(("Content-Type", "text/html; charset=GB2312"),))
    got = archive.fetch(f"{site.url}/old")
    assert (got.content.decode(), got.media_type, got.charset) == ("新药", "text/html", "GB2312")
    assert got.url == f"{site.url}/new"


def test_six_redirects_are_too_many(site: Site, archive: Archive) -> None:
    site.page("/", b"", status=302, headers=(("Location", "/"),))
    with pytest.raises(SourceError, match="more than 5 redirects"):
        archive.fetch(f"{site.url}/")
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (404, "there is no page at this address"),
        (410, "there is no page at this address"),
        (403, "the site refuses to show the page"),
        (412, "script challenge"),
        (500, "the server answered with status 500"),
        (204, "the server answered with status 204"),
    ],
)
def test_a_status_is_told_in_a_sentence(status: int, sentence: str, site: Site, archive: Archive) -> None:
    site.page("/a", b"", status=status)
    with pytest.raises(SourceError, match=sentence) as caught:
        archive.fetch(f"{site.url}/a")
    assert str(caught.value).startswith(f"{site.url}/a: ")
    assert site.asked == ["/a"]


def test_a_redirect_to_a_login_is_named(site: Site, archive: Archive) -> None:
    site.page("/a", b"", status=302, headers=(("Location", "/user/login?next=/a"),))
    with pytest.raises(SourceError, match="asks for a login"):
        archive.fetch(f"{site.url}/a")


def test_a_busy_server_is_asked_again_when_it_says(site: Site, archive: Archive) -> None:
    def busy_once(handler: BaseHTTPRequestHandler) -> None:
        first = len(site.asked) == 1
        handler.send_response(503 if first else 200)
        if first:
            handler.send_header("Retry-After", "1")
        handler.send_header("Content-Length", "2")
        handler.end_headers()
        handler.wfile.write(b"ok")

    site.answers["/a"] = busy_once
    started = time.monotonic()
    assert archive.fetch(f"{site.url}/a").content == b"ok"
    assert time.monotonic() - started >= 1.0
    assert len(site.asked) == 2


def test_a_busy_server_is_not_waited_for_past_the_deadline(site: Site, archive: Archive) -> None:
    site.page("/a", b"", status=429, headers=(("Retry-After", "3600"),))
    started = time.monotonic()
    with pytest.raises(SourceError, match=r"the server is busy \(status 429\)"):
        archive.fetch(f"{site.url}/a", deadline=5)
    assert time.monotonic() - started < 3
    assert site.asked == ["/a"]


def test_a_drip_stops_at_the_deadline(site: Site, archive: Archive) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(40):
            try:
                handler.wfile.write(b"x")
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    site.answers["/a"] = drip
    started = time.monotonic()
    with pytest.raises(SourceError, match="too slow: no whole answer within 1 seconds"):
        archive.fetch(f"{site.url}/a", deadline=1)
    assert time.monotonic() - started < 2


def test_compressed_pages_are_read(site: Site, archive: Archive) -> None:
    site.page("/gzip", gzip.compress(b"76 drugs"), headers=(("Content-Encoding", "gzip"),))
    site.page("/deflate", zlib.compress(b"48 drugs"), headers=(("Content-Encoding", "deflate"),))
    assert archive.fetch(f"{site.url}/gzip").content == b"76 drugs"
    assert archive.fetch(f"{site.url}/deflate").content == b"48 drugs"


def test_a_bomb_stops_at_the_cap(site: Site, archive: Archive) -> None:
    bomb = gzip.compress(b"\0" * (MAX_BYTES * 3))
    assert len(bomb) < 100_000
    site.page("/a", bomb, headers=(("Content-Encoding", "gzip"),))
    with pytest.raises(SourceError, match="too large: more than 20 MB after decompression"):
        archive.fetch(f"{site.url}/a")


def test_stacked_codings_are_refused(site: Site, archive: Archive) -> None:
    site.page("/a", gzip.compress(gzip.compress(b"x")), headers=(("Content-Encoding", "gzip, gzip"),))
    with pytest.raises(SourceError, match="a coding that was not asked for"):
        archive.fetch(f"{site.url}/a")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("ftp://example.org/a", "ftp addresses are not read"),
        ("http:///a", "the address names no host"),
        ("http://user:secret@example.org/", "carries a user name or password"),
        ("http://0177.0.0.1/", "the address cannot be read"),
        ("http://example.org:99999/", "the address cannot be read"),
        ("http://nowhere.invalid/", "the name of the host is not known"),
    ],
)
def test_addresses_that_cannot_be_read(url: str, sentence: str) -> None:
    with pytest.raises(SourceError, match=sentence) as caught:
        fetch(url, deadline=10)
    assert "secret" not in str(caught.value)


def test_a_refused_connection_is_told(archive: Archive, site: Site) -> None:
    site.server.server_close()
    with pytest.raises(SourceError, match=r"no connection .*; check the address and the network\."):
        archive.fetch(f"{site.url}/a", deadline=5)


def test_a_page_from_the_network_becomes_a_document_and_a_snapshot(site: Site, archive: Archive) -> None:
    prose = "国家药监局今天宣布，去年批准上市的创新药达到76个，比前年多出28个，创下历史新高。业内人士认为审评还会提速。"
    body = f"<html><h1>新药获批创新高</h1><p>{prose}</p></html>".encode("gb18030")
    site.page("/a.html", body, headers=(("Content-Type", "text/html; charset=utf-8"),))

    def language(_text: str) -> Language:
        return "zh-Hans"

    document = read(
        f"{site.url}/a.html",
        archive=archive,
        now=Moment.parse("2026-01-09 09:00"),
        detect_language=language,
    )
    assert (document.title, document.text, document.origin.encoding) == ("新药获批创新高", prose, "gb18030")
    assert document.origin.url == f"{site.url}/a.html"
    assert archive.get(document.origin.sha256) == body
