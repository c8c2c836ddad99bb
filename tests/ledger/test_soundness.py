"""A changed byte shows, also where the database cannot notice it."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from hkconcept.errors import StoreError
from hkconcept.ledger import Ledger, Statement
from hkconcept.model import Document, Moment, Origin

EVER = Moment.parse("2100-01-01")
FACT = Statement(
    subject_kind="security",
    subject="01801",
    attribute="sum",
    value="76543210",
    known_at=Moment.parse("2018-10-31"),
    status="packaged",
)
ORIGIN = Origin("a.md", "ab" * 32, "text/markdown", "utf-8", Moment.parse("2026-01-09"))
DOCUMENT = Document("d1", "In 2025 the regulator approved 76 drugs.", "en", ORIGIN)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.sqlite"
    with Ledger.open(path) as ledger:
        ledger.record(replace(FACT, subject=f"{number:05d}") for number in range(2_000))
        ledger.record([FACT, replace(FACT, subject="x", value=["needle"])])
        ledger.record_document(DOCUMENT, ())
        assert ledger.damages() == ()
    return path


def change(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert data.count(old) >= 1
    path.write_bytes(data.replace(old, new, 1))


def test_a_changed_digit_is_found_though_the_file_reads_well(path: Path) -> None:
    change(path, b"76543210", b"96543210")
    with Ledger.open(path) as ledger:
        assert len(ledger.as_of(known=EVER, valid=None)) == 2_001
        (said,) = ledger.damages()
    assert said.startswith("the statement ")
    assert said.endswith(" does not say what its id stands for")


def test_a_changed_text_of_a_document_is_found(path: Path) -> None:
    change(path, b"approved 76 drugs", b"approved 67 drugs")
    with Ledger.open(path) as ledger:
        assert ledger.damages() == ("the text of the document d1 is not the one that was recorded",)


@pytest.mark.parametrize(("old", "new"), [(b'["needle"]', b'["needle",'), (b"76543210", b"765\xff3210")])
def test_a_text_that_cannot_be_read_is_a_damaged_ledger(path: Path, old: bytes, new: bytes) -> None:
    change(path, old, new)
    with Ledger.open(path) as ledger, pytest.raises(StoreError, match="the ledger is damaged; restore a copy of it"):
        ledger.as_of(known=EVER, valid=None)


def zeroed(page: bytes) -> bytes:
    return bytes(len(page))


def turned(page: bytes) -> bytes:
    return bytes(byte ^ 0xFF for byte in page)


@pytest.mark.parametrize("spoil", [zeroed, turned])
def test_no_damaged_page_passes_for_a_sound_ledger(path: Path, spoil: Callable[[bytes], bytes]) -> None:
    whole = path.read_bytes()
    size = 4096
    for start in range(0, len(whole), size * 5):
        path.write_bytes(whole[:start] + spoil(whole[start : start + size]) + whole[start + size :])
        said = complaint(path)
        assert re.search("damaged|not a ledger|another program|id stands for|cannot be read|not the one", said), start
        for left in path.parent.glob("ledger.sqlite-*"):
            left.unlink()


def complaint(path: Path) -> str:
    """Return what is said of a ledger, by refusing it or when asked for its damages."""
    try:
        with Ledger.open(path) as ledger:
            return " ".join(ledger.damages())
    except StoreError as error:
        return str(error)
