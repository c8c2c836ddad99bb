from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hkconcept.errors import StoreError
from hkconcept.readers import Archive


def test_a_snapshot_lies_under_its_hash(archive: Archive, tmp_path: Path) -> None:
    sha256 = archive.put(b"76 drugs")
    assert sha256 == hashlib.sha256(b"76 drugs").hexdigest()
    files = [file for file in (tmp_path / "archive").rglob("*") if file.is_file()]
    assert [file.relative_to(tmp_path / "archive").as_posix() for file in files] == [
        f"{sha256[:2]}/{sha256[2:4]}/{sha256}.bin"
    ]
    assert sha256 in archive
    assert archive.get(sha256) == b"76 drugs"


@given(st.binary(max_size=2000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_what_is_put_comes_back(archive: Archive, content: bytes) -> None:
    assert archive.get(archive.put(content)) == content
    assert archive.put(content) == archive.put(content)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "g" * 64, "a" * 63, "/etc/passwd", "a" * 64 + "/x"])
def test_a_name_from_outside_never_becomes_a_path(archive: Archive, name: str) -> None:
    assert name not in archive
    with pytest.raises(ValueError, match="is not a SHA-256"):
        archive.get(name)


def test_a_changed_snapshot_is_noticed(archive: Archive) -> None:
    sha256 = archive.put(b"76 drugs")
    archive.path(sha256).write_bytes(b"77 drugs")
    with pytest.raises(StoreError, match=r"has changed on the disk; delete the file and read the source again\."):
        archive.get(sha256)


def test_a_truncated_snapshot_is_written_again(archive: Archive) -> None:
    sha256 = archive.put(b"76 drugs")
    archive.path(sha256).write_bytes(b"76")
    assert archive.put(b"76 drugs") == sha256
    assert archive.get(sha256) == b"76 drugs"


def test_a_missing_snapshot_is_said(archive: Archive) -> None:
    with pytest.raises(StoreError, match=r"cannot be read .*; read the source again\."):
        archive.get("0" * 64)


def test_a_write_that_fails_leaves_nothing(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match=r"No space left on device\); check the free space"):
        archive.put(b"76 drugs")
    assert [file for file in (tmp_path / "archive").rglob("*") if file.is_file()] == []
