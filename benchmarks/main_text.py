"""Score the main text, title and date of real article pages against readings by a person, beside trafilatura.

Text is compared by character 4-grams (F1), as both would be read: trafilatura gets the page decoded by us, because
given raw bytes it loses the pages that declare a wrong charset. The pages belong to their outlets and are not part of
this project; they are read from ``../shared/corpus/formats`` when they are there.

    python benchmarks/main_text.py [--corpus DIR]
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
from collections import Counter
from pathlib import Path

from hkconcept.errors import SourceError
from hkconcept.readers.dateline import machine_moment
from hkconcept.readers.encoding import decode
from hkconcept.readers.html import read_html

ROOT = Path(__file__).resolve().parents[1]


def grams(text: str) -> Counter[str]:
    """Return the character 4-grams of a text without blanks."""
    plain = re.sub(r"\s+", "", text)
    return Counter(plain[at : at + 4] for at in range(len(plain) - 3))


def f1(found: str, gold: str) -> float:
    """Return the F1 of two bags of 4-grams."""
    ours, theirs = grams(found), grams(gold)
    return 2 * (ours & theirs).total() / max(1, ours.total() + theirs.total())


def main() -> int:
    """Print mean F1 of ours and of the peer, and how many titles and dates are right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus" / "formats")
    options = parser.parse_args()
    if not (options.corpus / "gold").is_dir():
        print(f"{options.corpus}: no pages with gold here; nothing was scored.", file=sys.stderr)
        return 3
    from trafilatura import extract  # noqa: PLC0415 - the peer; 0.3 s that the refusal above does not need

    ours: list[float] = []
    peer: list[float] = []
    titles = dates = dated = 0
    for path in sorted((options.corpus / "gold").glob("*.html.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold.get("kind") != "article":
            continue
        name = path.name.removesuffix(".json")
        body = options.corpus / "gold" / f"{name}.body.txt"
        if not body.exists():  # a re-encoded copy of a page shares the reading of its original
            body = options.corpus / "gold" / f"{re.sub(r'_(gb18030|big5)[.]', '.', name)}.body.txt"
        wanted = body.read_text(encoding="utf-8")
        text = decode((options.corpus / "pages" / name).read_bytes(), where=name).text
        try:
            seen = read_html(text, where=name)
        except SourceError as error:
            print(f"  refused: {error}")
            ours.append(0.0)
        else:
            ours.append(f1(seen.text, wanted))
            titles += seen.title.split() == gold["title"].split()
            wanted_moment = machine_moment(gold["published"]) if gold["published"] else None
            if wanted_moment:
                dated += 1
                dates += seen.published is not None and seen.published.day == wanted_moment.day
        peer.append(f1(extract(text, include_comments=False) or "", wanted))
    print(f"{len(ours)} article pages          ours   trafilatura")
    print(f"main text, mean F1      {statistics.mean(ours):.3f}   {statistics.mean(peer):.3f}")
    print(f"main text, lowest F1    {min(ours):.3f}   {min(peer):.3f}")
    print(f"titles right            {titles}/{len(ours)}")
    print(f"days of publication     {dates}/{dated}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
