"""Photograph the note of the sample for the documentation: wide in English, narrow in Chinese.

Needs Chromium (Debian: ``apt-get install chromium``). Run with ``make picture`` after the note's look changed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
AS_OF = "2026-02-01"
SHOTS = [("en", "note.en.png", 1280, 880), ("zh", "note.zh.png", 1280, 880), ("zh", "note.zh.narrow.png", 500, 900)]
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def main() -> int:
    """Write the notes, then take the pictures."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        print("take_pictures: Chromium is not installed; install it and run this again.", file=sys.stderr)
        return 3
    hkconcept = Path(sys.executable).parent / "hkconcept"
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for language, image, width, height in SHOTS:
            out = folder / image
            place = ["--workspace", str(folder / "workspace"), "--out", str(out)]
            subprocess.run(
                [str(hkconcept), "note", "--sample", language, "--as-of", AS_OF, *place],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            page = next(out.glob("*/note.html"))
            profile = f"--user-data-dir={folder / 'profile'}"
            size = f"--window-size={width},{height}"
            shot = f"--screenshot={IMAGES / image}"
            subprocess.run([browser, *QUIET, profile, size, shot, page.as_uri()], check=True, stderr=subprocess.DEVNULL)
            print(f"wrote {(IMAGES / image).relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
