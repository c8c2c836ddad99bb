"""Score the extraction against annotated passages, layer by layer.

The passages are press text and are not part of this project; they are read from ``../shared/corpus`` (or the
folder given) when they are there. Prints precision, recall and F1 for mentions, figures, dates, events and
flags, by language, and with ``--errors`` every miss.

    python benchmarks/accuracy.py [--corpus DIR] [--errors]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from hkconcept.linking import Gazetteer
from hkconcept.model import Moment
from hkconcept.service.interchange import findings
from hkconcept.service.pipeline import extract
from hkconcept.service.sources import document_from_row

ROOT = Path(__file__).resolve().parents[1]
# Stands for the publication day of a passage that prints none; the passages are of 2026.
TODAY = Moment.parse("2026-07-31")


def main() -> int:
    """Predict every passage, write the predictions beside each other, and let the scorer compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    gold, scorer = options.corpus / "gold_dev.jsonl", options.corpus / "score.py"
    if not gold.exists() or not scorer.exists():
        print(f"{options.corpus}: no annotated passages here; nothing was scored.", file=sys.stderr)
        return 3
    gazetteer = Gazetteer.packaged()
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predictions:
        for count, line in enumerate(gold.read_text(encoding="utf-8").splitlines(), start=1):
            row = json.loads(line)
            given = {key: row.get(key) for key in ("id", "text", "language", "published")}
            document = document_from_row(given, where=f"{gold.name}, line {count}", now=TODAY)
            found = extract(document, gazetteer, today=TODAY)
            predictions.write(json.dumps(findings(document, found), ensure_ascii=False) + "\n")
        predictions.flush()
        command = [sys.executable, str(scorer), predictions.name, str(gold), "--by", "language"]
        return subprocess.run([*command, *(["--errors"] if options.errors else [])], check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
