from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hkconcept.errors import SourceError
from hkconcept.model import Document, Language, Moment
from hkconcept.readers import Archive, read

SENTENCE = b"The regulator approved 76 drugs in 2025, it said, and more will come. "
NOW = Moment.parse("2026-01-09 09:00")
TEXT = "Approvals rise\n\n8 January 2026\n\nThe regulator approved 76 drugs in 2025."


def english(_text: str) -> Language:
    return "en"


def test_a_file_becomes_a_document(tmp_path: Path, archive: Archive) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    document = read(str(path), archive=archive, now=NOW, detect_language=english)
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    assert document.id == sha256[:16]
    assert (document.text, document.title, document.language) == (TEXT, "Approvals rise", "en")
    assert str(document.published) == "2026-01-08"
    assert document.published_quote is not None
    assert document.published_quote.exact == "8 January 2026"
    origin = document.origin
    assert (origin.location, origin.sha256, origin.media_type, origin.encoding) == (
        str(path),
        sha256,
        "text/plain",
        "utf-8",
    )
    assert origin.fetched_at == NOW
    assert archive.get(sha256) == TEXT.encode()
    assert read("-", stdin=io.BytesIO(TEXT.encode()), archive=None, now=NOW, detect_language=english).id == document.id


def test_a_given_moment_wins_and_takes_the_quote_away() -> None:
    given = Moment.parse("2026-01-07 18:00")
    document = read(
        "-", stdin=io.BytesIO(TEXT.encode()), archive=None, now=NOW, published=given, detect_language=english
    )
    assert document.published == given
    assert document.published_quote is None


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (b"# Title\n\n**76** drugs", "a.txt", "text/markdown"),
        (b"plain words", "a.html", "text/plain"),
        (b"plain words", "a.md", "text/markdown"),
        (b"<!doctype html><p>" + SENTENCE * 4, "a.md", "text/html"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><p>' + SENTENCE * 4, "a", "text/html"),
        (b"5 < 6 and <b>bold</b> words", "a", "text/plain"),
    ],
)
def test_the_kind_is_told_by_the_content(content: bytes, name: str, media_type: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    document = read(str(tmp_path / name), archive=None, now=NOW, detect_language=english)
    assert document.origin.media_type == media_type


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "there is no text in it"),
        (b" \n\t\r\n", "there is no text in it"),
        ("\u200b\u202e\n".encode(), "there is no text in it"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF is not read yet; convert it to text"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive or an Office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
        (b"\x89PNG\r\n\x1a\n", "an image \\(PNG\\)"),
        (b"\xff\xd8\xff\xe0", "an image \\(JPEG\\)"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8", "an image or sound file"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"text\x00with\x00\x00\x00nulls" * 9, "the file is binary"),
        (bytes(range(1, 256)) * 4, "the file is binary"),
        (b'{"title": "x"}', "JSON data is not an article"),
        (b'<?xml version="1.0"?>\n<rss version="2.0"></rss>', "a feed or site map"),
        ("Министерство объявило о правилах.".encode("cp1251"), "encoding uncertain"),
        (b"x" * (20 * 2**20 + 1), "too large: more than 20 MB"),
    ],
)
def test_content_that_cannot_be_read(content: bytes, sentence: str, read_bytes: Callable[[bytes], Document]) -> None:
    with pytest.raises(SourceError, match=f"^-: {sentence}") as caught:
        read_bytes(content)
    message = str(caught.value)
    assert message.endswith(".")
    assert "; " in message


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("nothing/here.md", "there is no such file; check the path"),
        (".", "this is a folder, not a document; give a file in it"),
        ("/dev/null", "this is a device, not a document; give a file"),
        ("a\0b", "the file cannot be read"),
        ("ftp://example.org/a", "ftp addresses are not read; give an http or https address, or a path"),
        ("file:///etc/passwd", "file addresses are not read"),
        ("http://127.0.0.1/", "blocked: 127.0.0.1 is not a public address"),
        ("-", "there is no standard input"),
    ],
)
def test_sources_that_cannot_be_read(source: str, sentence: str) -> None:
    with pytest.raises(SourceError, match=sentence):
        read(source, archive=None, now=NOW, detect_language=english)


def test_a_refused_source_leaves_no_snapshot(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        read("-", stdin=io.BytesIO(b"%PDF-1.7"), archive=archive, now=NOW, detect_language=english)
    assert not (tmp_path / "archive").exists()


@pytest.mark.parametrize("content", ["# T\\n\\n**76** drugs", "T\\n\\n76 drugs"])
def test_plain_reads_import_no_parser_and_no_client(content: str) -> None:
    code = (
        "import io, sys\n"
        "from hkconcept.model import Moment\n"
        "from hkconcept.readers import read\n"
        f"read('-', stdin=io.BytesIO(b'{content}'), archive=None, now=Moment.parse('2026-01-09'),"
        " detect_language=lambda text: 'en')\n"
        "print(sorted({'lxml', 'trafilatura', 'httpx2', 'stamina', 'ssl', 'socket'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
