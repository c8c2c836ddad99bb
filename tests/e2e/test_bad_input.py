"""What a user sees when something is wrong: one clear sentence, an exit status, and nothing lost."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from e2e.commands import SAMPLE, Run
from hkconcept.ledger import Ledger

PAGE_WITHOUT_ARTICLE = """<!doctype html><html><head><title>Markets</title></head><body>
<nav><a href="/">Home</a><a href="/hk">Hong Kong</a><a href="/us">US</a></nav>
<footer><a href="/about">About</a></footer></body></html>"""


def one_sentence(stderr: str) -> str:
    lines = stderr.strip().splitlines()
    assert len(lines) == 1, stderr
    assert lines[0].startswith("hkconcept: ")
    assert lines[0].endswith(".")
    assert "Traceback" not in stderr
    return lines[0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.md", b"", "no text"),
        ("blank.txt", b" \n\t\n", "no text"),
        ("binary.md", b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 20, "binary"),
        ("paper.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", "PDF"),
        ("table.xlsx", b"PK\x03\x04" + b"\x00" * 60, "zip"),
        ("garbled.txt", bytes((i * 37 + 129) % 127 + 128 for i in range(4000)), "encoding"),
        ("page.html", PAGE_WITHOUT_ARTICLE.encode(), "article"),
    ],
)
def test_an_unreadable_source_is_refused_in_one_sentence(
    run: Run, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    done = run("note", path)
    assert done.returncode == 3
    sentence = one_sentence(done.stderr)
    assert name in sentence
    assert said.lower() in sentence.lower()
    assert "; " in sentence, "the sentence says what to do"
    assert done.stdout == ""
    assert not (done.folder / "notes").exists()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("nowhere/column.md", "nowhere/column.md"),
        ("http://127.0.0.1:9/column", "not a public address"),
        ("http://localhost/column", "not a public address"),
        ("file:///etc/passwd", "file"),
        ("gopher://example.org/", "gopher"),
    ],
)
def test_a_source_that_cannot_be_reached_is_named(run: Run, source: str, said: str) -> None:
    done = run("note", source)
    assert done.returncode == 3
    assert said in one_sentence(done.stderr)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["note"], 2, "no SOURCE"),
        (["note", "--sample", "--publisehd", "2026-01-08"], 2, "did you mean --published?"),
        (["noet", "column.md"], 2, "did you mean note?"),
        (["note", "--sample", "--as-of", "07/01/2026x"], 2, "--as-of"),
        (["note", "--sample", "--as-of", "2199-01-01"], 2, "has not come yet"),
        (["note", "--sample", "--as-of", "2026-01-07"], 2, "after --as-of"),
        (["note", "--sample", "--concept", "nonesuch"], 3, "packaged concepts: cn-commercial-catalogue"),
    ],
)
def test_a_wrong_command_is_told_what_is_wrong(run: Run, arguments: list[str], status: int, said: str) -> None:
    done = run(*arguments)
    assert done.returncode == status
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bad_row_is_named_by_its_line_and_the_other_rows_are_answered(run: Run) -> None:
    good = '{"id":"a","text":"康方生物（09926.HK）上涨5%"}'
    done = run("extract", stdin=f'{good}\n{{"id":"b"}}\n{good.replace("a", "c", 1)}\n')
    assert done.returncode == 3
    assert "line 2" in one_sentence(done.stderr)
    assert [line[:10] for line in done.stdout.splitlines()] == ['{"id": "a"', '{"id": "c"']


def test_many_bad_rows_are_summed_up(run: Run) -> None:
    done = run("extract", stdin="{}\n" * 30)
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1] == "hkconcept: 10 more rows have such faults."
    assert len(done.stderr.splitlines()) == 21


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--workers", "0"], "--workers 0 is less than one process; give 1 or more."),
        (
            ["--sample", "--stories"],
            "--stories compares rows, and one SOURCE was given; give rows on standard input or a .jsonl file.",
        ),
    ],
)
def test_options_of_extract_that_make_no_sense(run: Run, arguments: list[str], said: str) -> None:
    done = run("extract", *arguments)
    assert done.returncode == 2
    assert one_sentence(done.stderr) == f"hkconcept: {said}"


def test_rows_in_a_file_that_is_not_there(run: Run) -> None:
    done = run("extract", "missing.jsonl")
    assert done.returncode == 3
    assert one_sentence(done.stderr) == (
        "hkconcept: missing.jsonl: the rows cannot be read (No such file or directory); check the path."
    )


def test_markup_and_escapes_in_a_source_stay_text(run: Run, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.md"
    hostile.write_text(
        "# alert(<b>1</b>) &lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} [bold]x[/bold] \x1b[31mred\n\n"
        "08:07 08/01/2026\n\n<script>alert(2)</script> AKESO (09926) has 76 drugs: 47 chemical drugs, "
        "23 biological products and 6 traditional Chinese medicines.\n",
        encoding="utf-8",
    )
    done = run("note", hostile, "--format", "table", "--as-of", "2026-02-01")
    assert done.returncode == 0, done.stderr
    assert "\x1b[31m" not in done.stdout
    page = next((done.folder / "notes").glob("*/note.html")).read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "&amp;lt;script&amp;gt;alert(1)" in page
    assert "{{7*7}}" in page
    assert "49" not in page.split("</title>")[0]


def test_a_second_run_on_a_busy_workspace_is_refused(run: Run, home: Path) -> None:
    assert run("note", SAMPLE / "column.en.md").returncode == 0
    # The first run waits for its standard input and holds the workspace meanwhile.
    with subprocess.Popen(
        run.command("note", "-"), stdin=subprocess.PIPE, cwd=run.folder, env=run.environment, stdout=subprocess.DEVNULL
    ) as waiting:
        deadline = time.monotonic() + 30
        while "pid" not in (home / "workspace.lock").read_text(encoding="utf-8") and time.monotonic() < deadline:
            time.sleep(0.05)
        done = run("note", SAMPLE / "column.zh.md")
        while done.returncode == 0 and time.monotonic() < deadline:  # the first had not started yet
            done = run("note", SAMPLE / "column.zh.md")
        waiting.kill()
    assert done.returncode == 3
    assert "another run is active" in one_sentence(done.stderr)
    assert run("note", SAMPLE / "column.zh.md").returncode == 0


def test_a_killed_run_loses_nothing_and_the_next_one_works(run: Run, home: Path) -> None:
    assert run("note", SAMPLE / "column.en.md").returncode == 0
    with Ledger.open(home / "ledger.sqlite") as ledger:
        before = ledger.counts()["statements"]
    for delay in (0.1, 0.25, 0.4, 0.55, 0.7):
        process = subprocess.Popen(
            run.command("note", SAMPLE / "column.zh.md"),
            cwd=run.folder,
            env=run.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        with Ledger.open(home / "ledger.sqlite") as ledger:
            assert ledger.counts()["statements"] >= before
    done = run("note", SAMPLE / "column.zh.md")
    assert done.returncode == 0, done.stderr
    for path in (done.folder / "notes").glob("*/note.html"):
        assert path.read_text(encoding="utf-8").rstrip().endswith("</html>")


def test_strict_publishes_nothing_that_does_not_add_up(run: Run) -> None:
    good = (SAMPLE / "column.en.md").read_text(encoding="utf-8")
    broken = run("note", "-", "--strict", "--published", "2026-01-08 08:07", stdin=good.replace("47", "48", 1))
    assert broken.returncode == 1
    assert "the note is not published: in the source" in broken.stderr
    assert "mend the figure, or publish without --strict" in broken.stderr
    assert not list(broken.folder.glob("notes/*"))
    for name in ("column.en.md", "column.zh.md"):
        right = run("note", str(SAMPLE / name), "--strict", "--published", "2026-01-08 08:07")
        assert right.returncode == 0, right.stderr
