import errno
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from hkconcept.errors import StoreError
from hkconcept.ledger import Statement
from hkconcept.model import Moment
from hkconcept.service.durable import write_atomically
from hkconcept.service.workspace import Workspace, default_folder

NOW = Moment.parse("2026-01-09 10:00")
EVER = Moment.parse("2100-01-01")
FACT = Statement(
    subject_kind="security",
    subject="01801",
    attribute="role",
    value="innovator",
    known_at=Moment.parse("2018-10-31"),
    status="packaged",
)


def test_a_workspace_is_made_on_first_use_and_only_opened_after(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    with Workspace.open(folder, now=NOW) as workspace:
        assert workspace.made
    assert sorted(item.name for item in folder.iterdir()) == [
        "archive", "ledger.sqlite", "notes", "workspace.json", "workspace.lock"
    ]  # fmt: skip
    mark = (folder / "workspace.json").read_bytes()
    assert json.loads(mark) == {"format": 1, "made": "2026-01-09T10:00:00+08:00"}
    with Workspace.open(folder, now=Moment.parse("2026-02-01 10:00")) as workspace:
        assert not workspace.made
    assert (folder / "workspace.json").read_bytes() == mark


def test_packaged_facts_are_asked_for_once_per_version(tmp_path: Path) -> None:
    asked = []

    def facts(*values: str) -> Callable[[], Iterable[Statement]]:
        def give() -> Iterable[Statement]:
            asked.append(values)
            return (replace(FACT, value=value) for value in values)

        return give

    for version, values, loaded in (("v1", "ab", 2), ("v1", "ab", 0), ("v2", "bc", 2), ("v2", "bc", 0)):
        with Workspace.open(tmp_path / "w", now=NOW, packaged=facts(*values), packaged_version=version) as workspace:
            assert workspace.loaded == loaded
            held = workspace.ledger.as_of(known=EVER, valid=None)
            assert sorted(str(row.statement.value) for row in held) == sorted(values)
    assert asked == [("a", "b"), ("b", "c")]


def test_runs_are_noted_with_their_end(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w", now=NOW) as workspace:
        with workspace.run(command="note column.md", version="0.1.0") as run:
            workspace.ledger.record([FACT], run=run)
            assert workspace.ledger.interrupted_runs() == (run,)
        with pytest.raises(RuntimeError, match="broken"), workspace.run(command="note", version="0.1.0"):
            raise RuntimeError("broken")
        assert workspace.ledger.interrupted_runs() == ()
        with workspace.ledger._engine.connect() as connection:  # noqa: SLF001 - the ends have no view yet
            ends = connection.exec_driver_sql("SELECT command, outcome FROM runs ORDER BY command").all()
    assert [tuple(row) for row in ends] == [("note", "failed: broken"), ("note column.md", "finished")]


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"HKCONCEPT_HOME": "/srv/hk", "XDG_DATA_HOME": "/data"}, "/srv/hk"),
        ({"HKCONCEPT_HOME": "", "XDG_DATA_HOME": "/data"}, "/data/hkconcept"),
        ({"XDG_DATA_HOME": "relative"}, "~/.local/share/hkconcept"),
        ({}, "~/.local/share/hkconcept"),
        ({"HKCONCEPT_HOME": "~/hk"}, "~/hk"),
    ],
)
def test_the_default_folder(environment: dict[str, str], folder: str) -> None:
    assert default_folder(environment) == Path(folder).expanduser()


def test_the_default_folder_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HKCONCEPT_HOME", str(tmp_path / "home"))
    with Workspace.open(now=NOW) as workspace:
        assert workspace.folder == tmp_path / "home"


def a_file(folder: Path) -> None:
    folder.write_text("not a folder")


def below_a_file(folder: Path) -> None:
    folder.parent.rmdir()
    folder.parent.write_text("not a folder")


def other_files(folder: Path) -> None:
    folder.mkdir()
    (folder / "holiday.jpg").write_bytes(b"")


def newer(folder: Path) -> None:
    folder.mkdir()
    (folder / "workspace.json").write_text('{"format": 7}')


def damaged_mark(folder: Path) -> None:
    folder.mkdir()
    (folder / "workspace.json").write_text("[1, 2")


def no_format(folder: Path) -> None:
    folder.mkdir()
    (folder / "workspace.json").write_text('{"format": true}')


def no_ledger(folder: Path) -> None:
    Workspace.open(folder, now=NOW).close()
    (folder / "ledger.sqlite").write_text("a long text that is certainly not the header of a database\n" * 20)


def a_file_for_notes(folder: Path) -> None:
    Workspace.open(folder, now=NOW).close()
    (folder / "notes").rmdir()
    (folder / "notes").write_text("")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (
            a_file,
            "{}: the workspace cannot be made: this is a file, not a folder; move it away, or choose another place.",
        ),
        (
            below_a_file,
            "{}: the workspace cannot be made: a part of this path is a file, not a folder; choose another place.",
        ),
        (
            other_files,
            (
                "{}: this folder is no workspace: it holds 'holiday.jpg' and has no workspace.json; "
                "give an empty or a new folder."
            ),
        ),
        (
            newer,
            (
                "{}: this workspace has format 7 and this version of hkconcept knows formats up to 1; "
                "upgrade hkconcept, or give another workspace."
            ),
        ),
        (
            damaged_mark,
            '{}/workspace.json: the mark of this workspace is damaged; write {{"format": 1}} into it.',
        ),
        (no_format, '{}/workspace.json: the mark of this workspace is damaged; write {{"format": 1}} into it.'),
        (no_ledger, "{}/ledger.sqlite: this file is not a ledger; give another path, or move the file away."),
        (
            a_file_for_notes,
            "{}: the workspace cannot be made: this is a file, not a folder; move it away, or choose another place.",
        ),
    ],
)
def test_a_workspace_that_cannot_be_used_says_why_and_where(
    tmp_path: Path, spoil: Callable[[Path], None], sentence: str
) -> None:
    folder = tmp_path / "sub" / "w"
    folder.parent.mkdir()
    spoil(folder)
    with pytest.raises(StoreError) as refused:
        Workspace.open(folder, now=NOW)
    assert str(refused.value) == sentence.format(folder)
    assert refused.value.exit_code == 3


def test_a_foreign_folder_is_left_as_it_was(tmp_path: Path) -> None:
    other_files(tmp_path / "w")
    with pytest.raises(StoreError):
        Workspace.open(tmp_path / "w", now=NOW)
    assert [item.name for item in (tmp_path / "w").iterdir()] == ["holiday.jpg"]


def test_a_failed_opening_gives_the_lock_back(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    no_ledger(folder)
    for _ in range(2):
        with pytest.raises(StoreError, match="not a ledger"):
            Workspace.open(folder, now=NOW)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="the system does not allow it; give yourself the right to write there"):
        Workspace.open(tmp_path / "w", now=NOW)
    tmp_path.chmod(0o700)


# ---- files that are there whole or not at all


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "note.html"
    Workspace.write_atomically(target, b"one")
    Workspace.write_atomically(target, "二".encode())
    assert target.read_bytes() == "二".encode()
    assert os.listdir(tmp_path) == ["note.html"]  # noqa: PTH208 - temporary files are hidden from a glob


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full; free some space, then try again."),
        (errno.EROFS, "the disk is mounted read-only; give yourself the right to write there"),
        (errno.EIO, "Input/output error; check the path and the disk, then try again."),
    ],
)
def test_a_refused_write_leaves_the_old_file_and_no_temporary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    target = tmp_path / "note.html"
    write_atomically(target, b"old")

    def refuse(_handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StoreError) as refused:
        write_atomically(target, b"new")
    assert str(refused.value).startswith(f"{target}: the file cannot be written: {words}")
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["note.html"]  # noqa: PTH208


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing/note.html", "the folder is not there; make it, or choose another place"),
        ("folder", "this is a folder, not a file; choose another name"),
        ("nul\0.html", "embedded null"),
        ("x" * 300, "the name is longer than the system allows; choose a shorter one"),
    ],
)
def test_a_name_that_cannot_be_written_is_said(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match=words):
        write_atomically(tmp_path / name, b"new")
    assert os.listdir(tmp_path) == ["folder"]  # noqa: PTH208


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    Workspace.open(tmp_path / "w", now=NOW).close()
    left = [tmp_path / "w" / ".hkconcept-1-ab.tmp", tmp_path / "w" / "notes" / ".hkconcept-1-ab.tmp"]
    for file in left:
        file.write_bytes(b"half a no")
    (tmp_path / "w" / "notes" / "mine.tmp").write_bytes(b"kept")
    Workspace.open(tmp_path / "w", now=NOW).close()
    assert [file.exists() for file in left] == [False, False]
    assert (tmp_path / "w" / "notes" / "mine.tmp").exists()
