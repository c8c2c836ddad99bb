from __future__ import annotations

import json
from pathlib import Path

import pytest

import hkconcept as hk
from hkconcept.errors import SourceError
from hkconcept.model import Verdict


def test_the_fifteen_lines_of_the_readme(tmp_path: Path) -> None:
    with hk.open(tmp_path / "desk") as desk:
        document = desk.read(hk.sample("en"))
        found = desk.extract(document, as_of="2026-02-01")
        assert {check.verdict for check in found.checks} == {Verdict.CONSISTENT}
        paths = desk.note(document, as_of="2026-02-01").save(tmp_path / "notes")
        held = desk.workspace.ledger.counts()
    note = json.loads(next(path for path in paths if path.suffix == ".json").read_text(encoding="utf-8"))
    assert len(note["named"]) == 16
    assert held["documents"] == 1
    snapshot = next((tmp_path / "desk" / "archive").rglob(f"*{document.origin.sha256[4:]}*"))
    assert snapshot.read_bytes() == Path(hk.sample("en")).read_bytes()


def test_reading_needs_no_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HKCONCEPT_HOME", str(tmp_path / "never"))
    document = hk.read(hk.sample("zh"), published="2026-01-09")
    assert str(document.published) == "2026-01-09"
    assert not (tmp_path / "never").exists()


def test_an_unknown_name_and_an_unknown_source_are_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        hk.reed  # noqa: B018 - the access is the test
    with pytest.raises(SourceError, match=r"nowhere\.md"):
        hk.read("nowhere.md")


def test_the_names_of_the_interface_are_not_those_of_modules_inside() -> None:
    # A module that is imported takes its name in the package, whatever the package offered under it.
    folders = {path.name for path in Path(hk.__file__).parent.iterdir() if path.is_dir()}
    assert folders & set(hk.__all__) == set()
    assert all(callable(getattr(hk, name)) for name in hk.__all__)
