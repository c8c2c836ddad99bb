"""Score the extraction against annotated passages, layer by layer, and write docs/accuracy.md.

Two kinds of passages: the press passages of ``../shared/corpus`` (no part of this project; scored when they are
there, by the corpus's own ``score.py``), and the project's own sets of ``tests/corpus``. Of the own sets two
scores are told: the one of the day they were written, before any rule saw them, which is kept in
``tests/corpus/unseen.csv``, and the one of now. Prints every wrong case with ``--errors``.

    python benchmarks/accuracy.py [--corpus DIR] [--errors] [--write]
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from corpus.passages import Passage, read_passages  # noqa: E402 - the annotated sets live with the tests
from corpus.scoring import LAYERS, Score, compare  # noqa: E402 - as above
from hkconcept.linking import Gazetteer  # noqa: E402 - as above
from hkconcept.model import Moment  # noqa: E402 - as above
from hkconcept.service.interchange import findings  # noqa: E402 - as above
from hkconcept.service.pipeline import extract  # noqa: E402 - as above
from hkconcept.service.sources import document_from_row  # noqa: E402 - as above

# Stands for the publication day of a passage that prints none; the passages are of 2026.
TODAY = Moment.parse("2026-07-31")
PAGE = ROOT / "docs" / "accuracy.md"
BEGIN, END = "<!-- scores: written by make accuracy -->", "<!-- end of scores -->"
NAMES = {
    "mention": "companies",
    "mentions": "companies",
    "figure": "figures",
    "figures": "figures",
    "date": "dates",
    "dates": "dates",
    "event": "events",
    "events": "events",
    "flag_wrong_code": "wrong codes flagged",
    "flags": "wrong codes flagged",
    "flag_bad_figure": "wrong statements flagged",
}
# Of the press passages: (layer, precision or recall or F1, the least it may be).
BARS = (
    ("mention", "precision", 0.985),
    ("mention", "recall", 0.97),
    ("figure", "F1", 0.95),
    ("date", "F1", 0.92),
    ("event", "F1", 0.85),
    ("flag_wrong_code", "precision", 0.98),
    ("flag_wrong_code", "recall", 0.9),
)
HARDEST = 14  # hard cases listed


def predicted(row: dict[str, Any], gazetteer: Gazetteer) -> dict[str, Any]:
    """Return the findings of one row, as ``hkconcept extract`` gives them."""
    given = {key: row.get(key) for key in ("id", "text", "language", "published")}
    document = document_from_row(given, where=str(row["id"]), now=TODAY)
    return findings(document, extract(document, gazetteer, today=TODAY))


def share(right: int, wrong: int) -> str:
    return f"{right / (right + wrong):.3f}" if right + wrong else "-"


def table(rows: Iterable[tuple[str, int, int, int]], first: str = "layer") -> list[str]:
    """Return a table of right, false and missed findings with the rates that follow from them."""
    lines = [f"| {first} | right | false | missed | precision | recall | F1 |", "|---|---|---|---|---|---|---|"]
    for name, right, false, missed in rows:
        rates = share(right, false), share(right, missed), share(2 * right, false + missed)
        lines.append(f"| {name} | {right} | {false} | {missed} | {' | '.join(rates)} |")
    return lines


def own_set(name: str, gazetteer: Gazetteer, *, errors: bool) -> tuple[list[Passage], dict[str, Score], Counter[str]]:
    """Score one of the project's own sets; return its passages, its scores and the wrong cases by hard case."""
    passages = read_passages(name)
    total = {layer: Score() for layer in LAYERS}
    by_tag: Counter[str] = Counter()
    for passage in passages:
        scores = compare(passage.text, passage.gold, predicted(dict(passage.row), gazetteer))
        for layer, score in scores.items():
            total[layer].add(score)
            for tag in passage.tags:
                by_tag[tag] += len(score.errors)
            if errors:
                for told in score.errors:
                    print(f"{passage.id}\t{layer}\t{told}")
    return passages, total, by_tag


def unseen(name: str) -> list[tuple[str, int, int, int]]:
    """Return the scores kept of the day on which a set was written."""
    with (ROOT / "tests" / "corpus" / "unseen.csv").open(encoding="utf-8", newline="") as file:
        return [
            (NAMES[row["layer"]], int(row["right"]), int(row["false"]), int(row["missed"]))
            for row in csv.DictReader(file)
            if row["set"] == name and row["group"] == "all"
        ]


def press(corpus: Path, gazetteer: Gazetteer, *, errors: bool) -> tuple[list[str], bool]:
    """Score the press passages with the corpus's own scorer; return the lines for the page, and whether bars hold."""
    gold, scorer = corpus / "gold_dev.jsonl", corpus / "score.py"
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predictions:
        for row in rows:
            predictions.write(json.dumps(predicted(row, gazetteer), ensure_ascii=False) + "\n")
        predictions.flush()
        command = [sys.executable, str(scorer), predictions.name, str(gold), "--errors", "--by", "language"]
        told = subprocess.run([*command, "--json"], check=True, capture_output=True, text=True).stdout.splitlines()
    scored = json.loads(told[0])
    wrong = [line.split("\t") for line in told[1:]]
    if errors:
        print(*told[1:], sep="\n")
    tags = {row["id"]: row.get("hard", ()) for row in rows}
    by_tag = Counter(tag for row_id, *_ in wrong for tag in tags[row_id])
    lines = [f"### {len(rows)} press passages, read while the rules were written", ""]
    lines += table(
        (NAMES[layer], *scored["all"]["counts"][layer]) for layer in NAMES if layer in scored["all"]["counts"]
    )
    for language in ("zh-Hans", "zh-Hant", "en"):
        counts = scored[language]["counts"]
        cells = ", ".join(
            f"{NAMES[layer]} {share(2 * right, false + missed)} ({false} false, {missed} missed)"
            for layer in ("mention", "figure", "date", "event")
            for right, false, missed in (counts[layer],)
        )
        lines += ["", f"F1 in {language}: {cells}."]
    lines += ["", *_hard(by_tag, len(wrong))]
    kept = True
    for layer, measure, least in BARS:
        right, false, missed = scored["all"]["counts"][layer]
        value = {"precision": (right, false), "recall": (right, missed), "F1": (2 * right, false + missed)}[measure]
        reached = sum(value) > 0 and value[0] / sum(value) >= least
        kept = kept and reached
        print(f"{NAMES[layer]} {measure} {share(*value)}, bar {least}: {'reached' if reached else 'MISSED'}")
    return lines, kept


def _hard(by_tag: Counter[str], wrong: int) -> list[str]:
    if not wrong:
        return ["No wrong case."]
    listed = [f"{tag} {count}" for tag, count in by_tag.most_common(HARDEST) if count]
    return [f"{wrong} wrong cases, by hard case of their passages: {', '.join(listed)}."]


def own(gazetteer: Gazetteer, *, errors: bool) -> list[str]:
    """Return the lines for the page about the project's own sets."""
    lines: list[str] = []
    for name in ("first", "second", "third"):
        passages, total, by_tag = own_set(name, gazetteer, errors=errors)
        languages = Counter(passage.language for passage in passages)
        shown = ", ".join(f"{count} {language}" for language, count in languages.items())
        lines += ["", f"### The {name} own set: {len(passages)} passages ({shown})", "", "Before any rule saw it:", ""]
        lines += table(unseen(name))
        lines += ["", "Now, after the rules have learned from it:", ""]
        lines += table((NAMES[layer], total[layer].right, total[layer].false, total[layer].missed) for layer in LAYERS)
        wrong = sum(len(score.errors) for score in total.values())
        lines += ["", *_hard(by_tag, wrong)]
        print(f"{name} own set: " + "; ".join(_told(NAMES[layer], total[layer]) for layer in LAYERS))
    return lines


def _told(name: str, score: Score) -> str:
    return (
        f"{name} F1 {share(2 * score.right, score.false + score.missed)} ({score.false} false, {score.missed} missed)"
    )


def write(lines: Sequence[str]) -> None:
    """Put the scores into the page, between its two marks."""
    page = PAGE.read_text(encoding="utf-8")
    head, rest = page.split(BEGIN, 1)
    _, tail = rest.split(END, 1)
    PAGE.write_text(f"{head}{BEGIN}\n\n" + "\n".join(lines) + f"\n\n{END}{tail}", encoding="utf-8")


def main() -> int:
    """Score everything that is at hand; exit 1 when a bar is missed, 3 when the press passages are not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--errors", action="store_true", help="print every wrong case")
    parser.add_argument("--write", action="store_true", help="write the scores into docs/accuracy.md")
    options = parser.parse_args()
    gazetteer = Gazetteer.packaged()
    own_lines = own(gazetteer, errors=options.errors)
    if not (options.corpus / "gold_dev.jsonl").exists() or not (options.corpus / "score.py").exists():
        print(f"{options.corpus}: no press passages here; only the project's own sets were scored.", file=sys.stderr)
        return 3
    lines, kept = press(options.corpus, gazetteer, errors=options.errors)
    if options.write:
        write([*lines, *own_lines])
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
