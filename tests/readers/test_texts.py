from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.readers.markdown import read_markdown
from hkconcept.readers.plain import read_plain, safe_text

SEED = Path(__file__).resolve().parents[2].parent / "shared" / "seed"

COLUMN = """Concept watch | Overseas drugs get a faster lane (with stocks)

date
08:07 08/01/2026
avatar
Harbour Wire
The regulator approved 76 innovative drugs in 2025, against 48 in 2024, it said on Wednesday.
"""


def test_header_lines_of_a_column() -> None:
    seen = read_plain(COLUMN)
    assert seen.title == "Concept watch | Overseas drugs get a faster lane (with stocks)"
    assert str(seen.published) == "2026-01-08 08:07 HKT"
    assert seen.published is not None
    assert seen.published.zone_assumed
    assert seen.publisher == "Harbour Wire"
    assert seen.text == COLUMN
    quote = seen.published_quote
    assert quote is not None
    assert seen.text[quote.span.start : quote.span.end] == quote.exact == "08:07 08/01/2026"


@pytest.mark.parametrize(
    ("text", "title", "published", "publisher"),
    [
        (
            "国家药监局：新药提速\n2026-01-08 09:30 来源：海湾财经\n正文说，批准了76个。",
            "国家药监局：新药提速",
            "2026-01-08 09:30 HKT",
            "海湾财经",
        ),
        ("One sentence and nothing else", "", "None", ""),
        ("全年批准76个新药，2025年12月7日公布目录。\n第二段。", "", "None", ""),
        ("Approvals\n\nHONG KONG, Jan. 8, 2026 (Harbour Wire) -- Approvals rose.", "Approvals", "2026-01-08", ""),
        (
            "关于发布目录的公告\n现予公布，自公布之日起施行。\n\n国家药监局\n2026年1月7日\n",
            "关于发布目录的公告",
            "2026-01-07",
            "",
        ),
    ],
)
def test_plain_heads(text: str, title: str, published: str, publisher: str) -> None:
    seen = read_plain(text)
    assert (seen.title, str(seen.published), seen.publisher) == (title, published, publisher)


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("\x1b[31mred\x1b[0m\x07", "red"),
        ("0\u202e1801\u202c\u200b (\ufeff药)", "01801 (药)"),
        ("tab\tkept\u3000wide kept", "tab\tkept\u3000wide kept"),
    ],
)
def test_unsafe_characters_go(raw: str, safe: str) -> None:
    assert safe_text(raw) == safe


@given(st.text(max_size=300))
def test_safe_text_is_stable(text: str) -> None:
    once = safe_text(text)
    assert safe_text(once) == once or "\x1b" in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共**76**个", "共76个"),
        ("*AKESO* (09926) and __INNOVENT__", "AKESO (09926) and INNOVENT"),
        ('[恒瑞](https://x.test/600276.html "t")涨了', "恒瑞涨了"),
        ("![chart 2025](c-76.png)", "chart 2025"),
        ("see <https://x.test/2025>", "see "),
        ("a <!-- 99 --> b", "a  b"),
        ("<table><tr><td>药</td><td>76</td></tr></table>", "药 | 76\n"),
        ("snake_case_name stays, 2 * 3 * 4 too", "snake_case_name stays, 2 * 3 * 4 too"),
        (
            "# Head\n\n- item\n\n> quoted\n\n| a | b |\n|---|---|\n",
            "# Head\n\n- item\n\n> quoted\n\n| a | b |\n|---|---|\n",
        ),
        (r"1\. point", "1. point"),
    ],
)
def test_markdown_keeps_words_whole(text: str, expected: str) -> None:
    assert read_markdown(text).text == expected


def test_front_matter_names_title_and_date() -> None:
    seen = read_markdown(
        '---\ntitle: "Faster lane"\ndate: 2026-01-08 08:07\nsource: Harbour Wire\n---\n\n# Other\n\nText.'
    )
    assert (seen.title, str(seen.published), seen.publisher) == ("Faster lane", "2026-01-08 08:07 HKT", "Harbour Wire")
    quote = seen.published_quote
    assert quote is not None
    assert seen.text[quote.span.start : quote.span.end] == "2026-01-08 08:07"


def test_date_under_the_heading_points_into_the_text() -> None:
    seen = read_markdown("# 概念**追踪**\n\n2026年1月8日 08:07\n\n共**76**个。\n")
    assert seen.title == "概念追踪"
    quote = seen.published_quote
    assert quote is not None
    assert seen.text[quote.span.start : quote.span.end] == "2026年1月8日 08:07"


def test_page_numbers_are_no_titles() -> None:
    assert read_markdown("## 第 1 页\n\n某某生物科技公司\n\n全球發售\n\n正文在此。").title == "某某生物科技公司"


@pytest.mark.corpus
@pytest.mark.skipif(not SEED.is_dir(), reason="the private seed column is not here")
def test_the_seed_column() -> None:
    text = next(SEED.glob("*.txt")).read_text(encoding="utf-8")
    seen = read_plain(safe_text(text))
    assert seen.title.startswith("Hong Kong stock concept tracking |")
    assert str(seen.published) == "2026-01-08 08:07 HKT"
    assert seen.publisher == "GMT Eight"
    assert seen.text == text
