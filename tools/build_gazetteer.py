"""Rebuild the generated half of the gazetteer from source files kept beside the repository.

Usage: ``python tools/build_gazetteer.py SHARED_DATA_DIRECTORY``. Writes ``listings.csv``,
``names.csv``, ``counters.csv`` and ``funds.csv`` under ``src/hkconcept/data/gazetteer``; ``aliases.csv``,
``lines.csv``, ``shared_names.csv``, ``other_companies.csv`` and ``sources.csv`` beside them are edited by hand.
The packaged tables are complete without this script: it is how they were made, and how a newer
list of securities becomes a diff that a person can review.
"""

from __future__ import annotations

import collections
import csv
import gzip
import re
import sys
import unicodedata
from pathlib import Path

import opencc

TARGET = Path(__file__).resolve().parents[1] / "src" / "hkconcept" / "data" / "gazetteer"
LIST_DAY = "2026-03-23"

SUFFIX = re.compile(r"-(?:[SBWP]|SW|SB|SP|WP|WB|R)$")
COUNTER = re.compile(r"(?:\([^()]*\)|-新)$")  # a temporary board-lot counter: （新）, （五百）, －新
LEGAL = re.compile(
    r"(?:[ ,]+(?:Class H|Class A|Limited|Ltd\.?|Co\.?|Company|Inc\.?|Corp\.?|Corporation|AG|plc|PLC|S\.A\.|LTD\.?|"
    r"INC|LIMITED))+\.?$"
)
ENGLISH_TEMPORARY = re.compile(r"-(?:NEW|OLD|\d+K?)$")

# Words that say nothing about which company is meant. A name made of these alone needs its code.
_GENERIC_WORDS = """
a advance advanced agricultural air alliance allied america american and asia asian asset assets automation bank
beauty best beijing bio biological biologics biology biotech biotechnology blue bright brilliance building
business canada capital care cement central century chemical chi china chinese city clarity clean cloud club co
comm commercial communication communications company concept concord construction consumer control corp culture
cultural data dental department development digital distinct diversified east eastern eco economic edge
education electric electrical electronic electronics elegance energy engine engineering enterprise enterprises
entertainment environment environmental equipment eternal europe evergreen express farm fashion finance
financial first food foods forest fortune fund future galaxy game games garment gas giant global glory gold
golden good grand great green greater group growth gp guangdong guangzhou harbour healthcare health heritage
high hldg hldgs holding holdings home honest hong hospital hotel hotels hk human idea ideal imperial in
industrial industries industry information infrastructure innovation innovations innovative insurance int
intelligence intelligent international intl investment investments japan joy kong land leader leading legend
legion life light link logistics lucky machinery macau management mansion manufacturing marine maritime market
master matrix max media medical medicine medicines meta metal metals metropolis mining mobile modern money motor
motors national nature natural network new nine north oil one optical oriental orient overseas pacific paper
paradise peak perfect petroleum pharm pharma pharmaceutical pharmaceuticals phoenix pioneer planet point port
ports power precious precision premier prime properties property prosperous prosperity public quality railway
real regent regional renewable republic research resource resources retail rich river royal sa sanai science
sciences scientific sea second securities security service services shanghai shenzhen shipping silk silver sino
smart social software solar solution solutions sound south southern special sports standard star steel strategic
success sun sunny sunrise sunshine super supply sustainable synergy system systems tech technologies technology
telecom textile the times tobacco top town trade trading traditional transport travel true union unique united
universal university utilities vantage venture ventures victory vision vital vitality water way wealth west
western win winner wine wisdom wise world yellow young zero
"""
GENERIC = frozenset(_GENERIC_WORDS.split())


def rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV with any byte-order mark."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def chinese(name: str) -> str:
    """Return the name in half-width forms, without a temporary counter's mark."""
    return COUNTER.sub("", unicodedata.normalize("NFKC", name).strip())


def english_use(core: str, *, healthcare: bool, short: bool) -> str:
    """Return how an English form may be used: ``free``, ``caps`` (in capitals only) or ``near`` (with its code)."""
    tokens = [token for token in re.split(r"[^A-Za-z0-9']+", core.lower()) if token]
    distinctive = [token for token in tokens if token not in GENERIC and len(token) > 2]
    if not distinctive or core.isdigit():
        return "near"
    if len(tokens) == 1:
        return ("free" if healthcare else "caps") if len(core) >= 5 else "near"
    return "caps" if short else "free"


def write(name: str, header: list[str], lines: list[list[str]]) -> None:
    """Write a table sorted by its first columns, with Unix line ends."""
    with (TARGET / name).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted(lines))
    print(f"{name}: {len(lines)} rows")


def main(shared: Path) -> None:  # noqa: C901, PLR0912, PLR0915 - one straight walk over the sources, read top to bottom
    """Read every source once and write the four generated tables."""
    master = shared / "market" / "security_master"
    listed = {
        row["Stock Code"]: row
        for row in rows(master / "hkex_ListOfSecurities_asof2026-03.csv")
        if row["Category"] in {"Equity", "Real Estate Investment Trusts"}
    }
    funds = [
        [row["Stock Code"], row["Name of Securities"].strip(), "hkex-list"]
        for row in rows(master / "hkex_ListOfSecurities_asof2026-03.csv")
        if row["Category"] == "Exchange Traded Products"
    ]
    chinese_rows = rows(master / "zh_names_2026-07-24.csv")
    current = {row["code"]: chinese(row["name_zh"]) for row in chinese_rows}
    sector = {row["code"]: row["sec"] for row in chinese_rows}
    first_seen: dict[str, str] = {}
    earlier: dict[str, dict[str, str]] = collections.defaultdict(dict)
    with gzip.open(
        master / "hk_mktcap_snapshots_2026-06-10_2026-07-24_all.csv.gz", "rt", encoding="utf-8-sig", newline=""
    ) as handle:
        snapshots = sorted(csv.DictReader(handle), key=lambda row: row["snapshot"])
    first_snapshot, last_snapshot = snapshots[0]["snapshot"], snapshots[-1]["snapshot"]
    days = sorted({row["snapshot"] for row in snapshots})
    for row in snapshots:
        first_seen.setdefault(row["code"], row["snapshot"])
        earlier[row["code"]][chinese(row["name_zh"])] = row["snapshot"]
    healthcare = {row["code"]: row for row in rows(shared / "names" / "hk_healthcare_alias.csv")}
    changes = {row["code"]: row for row in rows(shared / "names" / "name_changes_listing_vs_mid2026.csv")}
    full = {
        row["symbol"].removesuffix(".HK").zfill(5): row["name"]
        for row in rows(master / "financedatabase_HKG_2026-08-16.csv")
    }
    first_bar: dict[str, str] = {}
    for row in rows(shared / "market" / "MANIFEST_prices.csv"):
        if row["file"].startswith("prices/yahoo_adj_to") and row["first"] > "2009-01-02":
            first_bar[row["code"]] = row["first"]
    to_hant = opencc.OpenCC("s2hk").convert
    to_hans = opencc.OpenCC("t2s").convert

    listings: list[list[str]] = []
    names: list[list[str]] = []
    lines: list[list[str]] = []
    for row in listed.values():
        counter = row["RMB Counter"].strip()
        if counter:
            lines.append([row["Stock Code"], counter, "rmb", "hkex-list"])
    counters = {line[1] for line in lines}

    for code in sorted({*listed, *current}):
        row = listed.get(code, {})
        english = row.get("Name of Securities", "").strip()
        if code in counters or english.endswith(("-T", " RTS", "PREF")) or (row.get("Trading Currency") == "RMB"):
            continue
        if code.startswith("029") or english.endswith("-OLD"):
            continue  # a temporary counter for parallel trading: 029xx, never a company of its own
        hans = current.get(code, "")
        english = ENGLISH_TEMPORARY.sub("", english)
        if re.fullmatch(r"[ -~]+", hans) and not english:
            english = hans.upper()
        isin = row.get("ISIN", "")
        seen = healthcare.get(code)
        hant, hant_source = (to_hant(hans), "opencc-s2hk") if hans else ("", "")
        at_listing = chinese(seen["name_zh_hant_at_listing"]) if seen else ""
        document_day = (seen or {}).get("listing_doc_date", "")
        if "待补全" in at_listing:
            at_listing = ""
        if at_listing and to_hans(SUFFIX.sub("", at_listing)) == SUFFIX.sub("", hans):
            ending = SUFFIX.search(hans)
            hant, hant_source = SUFFIX.sub("", at_listing) + (ending.group() if ending else ""), "listing-document"
        absent, absent_source = "", ""
        if not row:
            absent, absent_source = LIST_DAY, "hkex-list"
        if not row and first_seen.get(code, first_snapshot) > first_snapshot:
            absent, absent_source = days[days.index(first_seen[code]) - 1], "zh-names"
        if document_day and not absent:
            absent, absent_source = document_day, "listing-document"
        start, start_source = (first_bar[code], "first-bar") if code in first_bar and document_day else ("", "")
        delisted = row.get("Category") == "Equity" and code not in current
        gone = LIST_DAY if delisted else ""
        use = english_use(SUFFIX.sub("", english), healthcare=False, short=True) if english else ""
        listings.append(
            [
                code,
                isin,
                english,
                use,
                hans,
                hant,
                hant_source,
                sector.get(code, ""),
                start,
                start_source,
                absent,
                absent_source,
                gone,
                "+".join(key for key, held in (("hkex-list", row), ("zh-names", hans)) if held),
            ]
        )
        is_health = bool(seen) or "医疗保健" in sector.get(code, "")
        if code in full:
            form = LEGAL.sub("", full[code].replace("(Holdings)", "Holdings").replace("(Group)", "Group")).strip(" ,")
            core = re.sub(r" (?:Holdings|Group|International|\(Cayman\))+$", "", form).strip(" ,")
            # A longer form that only adds words of legal form is found by the linker from the shorter one.
            free = english_use(core, healthcare=is_health, short=False) == "free"
            for candidate in (core,) if free else dict.fromkeys((form, core)):
                if len(candidate) > 2 and candidate.upper() != english:
                    use = english_use(candidate, healthcare=is_health, short=False)
                    names.append([code, candidate, "en", "full", "", "", use, "financedatabase"])
        change = changes.get(code)
        if change:
            former = chinese(change["name_at_listing_zh_hant"])
            simplified = to_hans(former)
            if former.isascii():
                names.append([code, former, "en", "former", "", "", "caps", "name-changes"])
            elif SUFFIX.sub("", simplified) != SUFFIX.sub("", hans):
                names.append([code, former, "zh-Hant", "former", "", "", "", "name-changes"])
                names.append([code, simplified, "zh-Hans", "former", "", "", "", "name-changes"])
            else:
                names.append([code, simplified, "zh-Hans", "former", "", "", "", "name-changes"])
        for former, until in earlier[code].items():
            if SUFFIX.sub("", former) != SUFFIX.sub("", hans) and until < last_snapshot:
                names.append([code, former, "zh-Hans", "former", "", until, "", "zh-names"])
    columns = (
        *("code", "isin", "en", "en_use", "zh_hans", "zh_hant", "zh_hant_source", "sector"),
        *("listed_from", "listed_from_source", "absent_on", "absent_source", "last_seen", "source"),
    )
    write("listings.csv", list(columns), listings)
    taken = collections.Counter((line[1].lower(), line[2]) for line in {(n[0], n[1], n[2]): n for n in names}.values())
    names = [line for line in names if taken[line[1].lower(), line[2]] == 1]
    write(
        "names.csv",
        ["code", "form", "language", "kind", "valid_from", "valid_to", "use", "source"],
        [list(x) for x in {tuple(n) for n in names}],
    )
    write("counters.csv", ["code", "counter", "kind", "source"], lines)
    write("funds.csv", ["code", "en", "source"], funds)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
