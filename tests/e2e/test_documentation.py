"""The documentation says what the software does: help texts, the README's commands, links between pages."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import hkconcept as hk
from e2e.commands import ROOT, Run
from hkconcept.cli.arguments import VERBS
from hkconcept.market import Bars

COMMANDS = ROOT / "docs" / "reference" / "commands.md"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def helps(run: Run) -> str:
    shown = ["hkconcept", *(f"hkconcept {verb}" for verb in VERBS)]
    parts = []
    for command in shown:
        done = run(*command.split()[1:], "--help")
        assert done.returncode == 0
        parts.append(f"## {command}\n\n```\n{done.stdout.strip()}\n```\n")
    head = "# Commands\n\nThe help texts as the commands print them; a test keeps this page true.\n\n"
    return head + "\n".join(parts)


def test_the_reference_shows_the_help_of_every_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    made = helps(run)
    if os.environ.get("HKCONCEPT_WRITE_GOLDEN"):
        COMMANDS.write_text(made, encoding="utf-8")
    assert made == COMMANDS.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_readme_starts_with_the_two_commands_and_a_picture() -> None:
    first_screen = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:24])
    assert "make note" in first_screen
    assert "make test" in first_screen
    assert "![" in first_screen


def test_the_readme_counts_the_members_and_their_prices_as_they_are() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    members = hk.open_concept().basket(as_of=hk.moment("2026-01-08")).members
    bars = Bars.packaged()
    assert f"{len(members)} members of `cn-innovative-drugs` on 8 January 2026" in readme
    priced = sum(bars.availability(member.code).available for member in members)
    assert f"closes around the event for {priced} of these" in readme


@pytest.mark.parametrize(
    ("page", "word"), [("README.md", "hk.open"), ("docs/howto/findings-in-a-program.md", "hk.open")]
)
def test_the_python_example_of_the_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str, word: str
) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    example = next(block for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if word in block)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    sample = ROOT / "src" / "hkconcept" / "data" / "sample" / "column.en.md"
    (tmp_path / "column.html").write_text(sample.read_text(encoding="utf-8"), encoding="utf-8")
    names: dict[str, object] = {}
    exec(compile(example, page, "exec"), names)  # noqa: S102 - our own page, to show that it runs
    assert list((tmp_path / "notes").glob("*/note.html"))
    if "study" in names:
        assert names["clock"].review.elapsed == 119  # type: ignore[attr-defined]
        assert names["study"].main.asked == len(names["basket"].members)  # type: ignore[attr-defined]
        assert str(names["index"].latest.sessions[-1]) == "2026-01-30"  # type: ignore[attr-defined]
