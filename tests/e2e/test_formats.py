"""The same column in other clothes: a page with furniture around it, other charsets, traditional Chinese, a stream."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from e2e.commands import SAMPLE, Run

PAGE = """<!doctype html><html lang="zh"><head><meta charset="{declared}"><title>{title} - 港股观察</title></head>
<body><nav><a href="/">首页</a><a href="/hk">港股</a><a href="/us">美股</a></nav>
<article><h1>{title}</h1><p class="info">{date} 来源：港股观察</p>{body}</article>
<aside><h3>热门推荐</h3><ul><li><a href="/1">某公司获批99个新药</a></li>
<li><a href="/2">另一家公司回购</a></li></ul></aside>
<footer>版权所有 联系我们</footer></body></html>"""


def page(language: str, declared: str) -> str:
    title, date, *paragraphs = [
        part.removeprefix("# ") for part in (SAMPLE / f"column.{language}.md").read_text(encoding="utf-8").split("\n\n")
    ]
    body = "".join(f"<p>{html.escape(part.strip())}</p>" for part in paragraphs)
    return PAGE.format(declared=declared, title=title, date=date, body=body)


# The first is what is declared, the second what the bytes are.
@pytest.mark.parametrize(
    ("declared", "actual"), [("utf-8", "utf-8"), ("gb2312", "utf-8"), ("utf-8", "gb18030"), ("gbk", "gb18030")]
)
def test_a_page_is_read_by_its_bytes_not_by_its_declaration(
    run: Run, tmp_path: Path, declared: str, actual: str
) -> None:
    path = tmp_path / "column.html"
    path.write_bytes(page("zh", declared).encode(actual))
    done = run("note", path, "--as-of", "2026-02-01")
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows[0]["title"].startswith("港股概念追踪")
    assert rows[0]["published"] == "2026-01-08 08:07 HKT"
    assert sum(row["type"] == "stock" for row in rows) == 16
    figures = [row for row in rows if row["type"] == "figure"]
    assert len(figures) == 16, "the headline list beside the article holds a figure that is not the article's"
    assert {row["verdict"] for row in figures} == {"consistent"}


TRADITIONAL = """# 港股概念追蹤：境外新藥提速進場

2026年1月8日 08:07

國家藥監局進一步優化臨床急需境外已上市藥品的審評審批。

2025年，我國批准上市的創新藥達76個，大幅超過2024年的48個。76個創新藥包括47個化學藥品、23個生物製品和6個中藥。\
47個化學藥品中，國產38個、進口9個，國產佔比80.85%。

港股創新藥公司包括：恒瑞醫藥（01276）、信達生物（01801）、和黃醫藥（00013）。
"""


def test_traditional_chinese_gives_the_same_findings(run: Run) -> None:
    done = run("note", "-", "--as-of", "2026-02-01", stdin=TRADITIONAL)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows[0]["policy"] == "NMPA Announcement No. 3 of 2026"
    assert [row["code"] for row in rows if row["type"] == "stock"] == ["01276", "01801", "00013"]
    formulas = {formula for row in rows if row["type"] == "figure" for formula in row["formulas"]}
    assert formulas >= {"76 > 48", "47 + 23 + 6 = 76", "38 + 9 = 47", "38 / 47 = 80.85%"}


def test_a_stream_of_documents_is_answered_line_by_line(run: Run, tmp_path: Path) -> None:
    given = [
        {"id": "a", "text": "信达生物(01801.HK)首付款2.5亿美元", "published": "2026-01-08"},
        {"id": "b", "text": "凯莱英(02621)上涨5.2%", "published": "2026-01-08"},
    ]
    done = run("extract", stdin="".join(json.dumps(row, ensure_ascii=False) + "\n" for row in given))
    assert done.returncode == 0, done.stderr
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["id"] == "a"
    assert first["mentions"] == [{"start": 0, "end": 4, "code": "01801"}]
    assert first["figures"] == [{"start": 17, "end": 23, "value": 250000000, "unit": "USD"}]
    # 凯莱英 is 06821; its printed code is another's, and is flagged at its place.
    assert second["mentions"] == [{"start": 0, "end": 3, "code": "06821"}]
    assert second["flags"] == [{"start": 4, "end": 9, "kind": "wrong_code"}]
    assert second["figures"] == [{"start": 12, "end": 16, "value": 5.2, "unit": "percent"}]

    file = tmp_path / "rows.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in given), encoding="utf-8")
    assert run("extract", str(file)).stdout == done.stdout
