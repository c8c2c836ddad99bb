from __future__ import annotations

import pytest

from hkconcept.errors import SourceError
from hkconcept.readers.html import read_html
from hkconcept.readers.page import parse_page

FIRST = "国家药监局今天宣布，去年批准上市的创新药达到76个，比前年多出28个，创下历史新高。"
SECOND = "业内人士认为，审评提速、医保谈判与商业保险目录共同作用，新药从获批到放量的时间正在缩短。"
THIRD = "其中化学药品47个，生物制品23个，中药6个。"
ENGLISH = (
    "The regulator said on Wednesday that it had approved 76 innovative drugs in the past year, well above the 48 of "
    "the year before, and that more were expected to follow in the coming months."
)
LINKS = "".join(f'<li><a href="/{at}">今日财经要闻第{at}条：市场普遍上涨，成交放大</a></li>' for at in range(30))


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def article(inside: str = "", around: str = "") -> str:
    return page(
        f'<div class="nav"><ul>{LINKS}</ul></div><h1>新药获批创新高</h1>'
        '<div class="info">2026年01月08日08:07 来源：海湾日报</div>'
        f'<div class="content"><p>{FIRST}</p>{inside}<p>{SECOND}</p><p>{THIRD}</p></div>{around}'
        f'<ul class="hot">{LINKS}</ul>',
        "<title>新药获批创新高_财经频道_海湾网</title>",
    )


def test_an_article_among_links() -> None:
    seen = read_html(article())
    assert seen.text.split("\n") == [FIRST, SECOND, THIRD]
    assert (seen.title, str(seen.published), seen.publisher) == ("新药获批创新高", "2026-01-08 08:07 HKT", "海湾日报")


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：王小明",
        "（责任编辑：HN666）",
        "原标题：去年新药获批数量创下新高！",
        "【免责声明】本文仅代表作者本人观点，与本网无关，请读者仅作参考。",
        "声明：文章内容仅供参考，不构成投资建议，据此操作风险自担。",
        "扫描下方二维码关注我们",
        "(本文来自海湾新闻，更多原创资讯请下载“海湾新闻”APP)",
        "资料图：药房一角。本报记者 李四 摄",
        "点击进入专题：",
        "关键词：新药 审评",
        "本报记者 王小明",
        "相关新闻：",
        "分享到：",
        "违法和不良信息举报电话：010-00000000",
        "版权声明：未经授权，不得转载。",
    ],
)
def test_lines_that_are_not_the_article(line: str) -> None:
    inside = read_html(article(inside=f"<p>{line}</p>"))
    after = read_html(article(around=f"<p>{line}</p>"))
    assert line not in inside.text
    assert line not in after.text
    assert all(part in inside.text and part in after.text for part in (FIRST, SECOND, THIRD))


def test_prose_that_mentions_such_words_stays() -> None:
    kept = "记者从发布会获悉，该公司的版权业务来源稳定，责任编辑制度也已建立。"
    assert kept in read_html(article(inside=f"<p>{kept}</p>")).text


@pytest.mark.parametrize("name", ["推荐阅读", "为你推荐", "相关新闻", "热门评论"])
def test_a_section_of_teasers_is_no_part_of_it(name: str) -> None:
    teasers = "".join(
        f"<p>另一条消息说，指数在第{at}个交易日继续上涨，成交明显放大，投资者情绪回暖。</p>" for at in range(4)
    )
    seen = read_html(article(around=f"<div><h3>{name}</h3>{teasers}</div>"))
    assert seen.text.split("\n") == [FIRST, SECOND, THIRD]


def test_comments_and_hidden_text_are_left_out() -> None:
    comments = "".join(f"<p>网友{at}说，这个消息太好了，希望药价也能降下来，大家都能用上。</p>" for at in range(3))
    seen = read_html(
        article(around=f'<div id="comments">{comments}</div><div style="display:none"><p>{FIRST[::-1]}。</p></div>')
    )
    assert seen.text.split("\n") == [FIRST, SECOND, THIRD]


def test_text_that_a_script_makes_visible_is_read() -> None:
    body = (
        f'<h2>新药获批创新高</h2><div id="js_content" style="visibility: hidden;"><p>{FIRST}</p><p>{SECOND}</p></div>'
    )
    assert read_html(page(body)).text.split("\n") == [FIRST, SECOND]


def test_an_article_in_layout_tables() -> None:
    inner = f"<table><tr><td>{FIRST}<br><br>　　{SECOND}<br>{THIRD}</td></tr></table>"
    cell = f"<table><tr><td>{inner}</td><td>右栏</td></tr></table>"
    assert read_html(page(f"<table><tr><td>{cell}</td></tr></table>")).text.split("\n") == [FIRST, SECOND, THIRD]


def test_rows_of_a_data_table_become_lines() -> None:
    table = "<table><tr><th>类别</th><th>数量</th></tr><tr><td>化学药品</td><td>47</td></tr></table>"
    assert "类别\t数量\n化学药品\t47" in read_html(article(inside=table)).text


def test_a_page_that_is_one_table() -> None:
    rows = "".join(
        f"<tr><td>受理号CXHS{at:04}</td><td>某某制药有限公司</td><td>2026-01-0{at + 1}</td></tr>" for at in range(8)
    )
    lines = read_html(page(f"<h1>批准文件</h1><table>{rows}</table>")).text.split("\n")
    assert len(lines) == 8
    assert lines[0] == "受理号CXHS0000\t某某制药有限公司\t2026-01-01"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>药价谈判结束 - 海湾网</title>", "<h1></h1>", "药价谈判结束"),
        ("<title>药价谈判结束后市场反应平静_财经_海湾网</title>", "<h1>海湾网</h1>", "药价谈判结束后市场反应平静"),
        ('<meta property="og:title" content="药价谈判结束"><title>海湾网</title>', "<h1>新闻中心</h1>", "药价谈判结束"),
        ("<title>药价谈判结束|医保|药价_海湾网</title>", "<h1>新闻中心</h1><h1>药价谈判结束</h1>", "药价谈判结束"),
        ("<title>棱镜|药价谈判结束_财经_海湾网</title>", "<h1>棱镜|药价谈判结束</h1>", "棱镜|药价谈判结束"),
        ("<title>海湾网</title>", "<h1>药价谈判结束</h1>", "药价谈判结束"),
    ],
)
def test_titles(head: str, body: str, title: str) -> None:
    assert read_html(page(f"{body}<div><p>{FIRST}</p><p>{SECOND}</p></div>", head)).title == title


@pytest.mark.parametrize(
    ("head", "line", "published"),
    [
        # The printed minute wins over the tag; a tag lends its time to a printed day it agrees with.
        (
            '<meta property="article:published_time" content="2026-01-08T09:10:42+08:00">',
            "2026年01月08日 09:05",
            "2026-01-08 09:05 HKT",
        ),
        ('<meta name="PubDate" content="2026-01-08 09:53">', "发布日期：2026-01-08 浏览次数：", "2026-01-08 09:53 HKT"),
        ('<meta name="PubDate" content="2026-01-09 09:53">', "发布日期：2026-01-08 浏览次数：", "2026-01-08"),
        ('<meta name="Maketime" content="2026-03-22 12:28:37">', "发布日期：2026-01-08", "2026-01-08"),
        ('<meta name="Maketime" content="2026-03-22 12:28:37">', "", "None"),
        ("", "2026-01-0812:11来源：海湾日报作者：李四", "2026-01-08 12:11 HKT"),
        ("", "更新时间：2026-01-09 10:00 发布时间：2026-01-08 08:07", "2026-01-08 08:07 HKT"),
        ("", "08:07 08/01/2026", "2026-01-08 08:07 HKT"),
        (
            '<script type="application/ld+json">{"datePublished": "2026-01-08T00:07:00Z"}</script>',
            "",
            "2026-01-08 08:07 HKT",
        ),
    ],
)
def test_published(head: str, line: str, published: str) -> None:
    related = '<div><a href="/x">旧闻一则，标题很长很长</a><span>2019-09-3007:42</span></div>'
    body = f"<h1>药价谈判结束</h1><div>{line}</div><div><p>{FIRST}</p><p>{SECOND}</p></div><div>{related}</div>"
    assert str(read_html(page(body, head)).published) == published


def test_a_date_in_the_prose_is_not_the_date_of_the_page() -> None:
    assert read_html(page(f"<h1>药价谈判结束</h1><p>{FIRST}</p><p>2025年12月7日，目录发布。</p>")).published is None


def test_an_english_page_with_its_table() -> None:
    table = "<table><tr><th>Kind</th><th>Number</th></tr><tr><td><a href='/c'>Chemical</a></td><td>47</td></tr></table>"
    seen = read_html(
        page(
            f"<nav><a href='/'>Home</a></nav><main><article><h1>Approvals reach a record</h1><p>By Ann Example</p>"
            f"<p>January 8, 2026</p><p>{ENGLISH}</p>{table}"
            f"<p>{ENGLISH.replace('Wednesday', 'Thursday')}</p></article></main>"
            "<footer>Copyright 2026 Harbour Wire. All rights reserved.</footer>",
            "<title>Approvals reach a record | Harbour Wire</title>",
        )
    )
    assert (seen.title, str(seen.published), seen.publisher) == (
        "Approvals reach a record",
        "2026-01-08",
        "Harbour Wire",
    )
    assert ENGLISH in seen.text
    assert "47" in seen.text
    assert "All rights" not in seen.text


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        (page(f"<ul>{LINKS}</ul>"), "no article was found on the page, only navigation or lists"),
        (page("<ul>" + "<li><a href='/a'>Home page of the news</a></li>" * 30 + "</ul>"), "no article was found"),
        (page("<form>请登录<input name=u><input type='password' name=p></form>"), "this is a login page"),
        (page("<p>Please enable JavaScript to continue.</p>"), "a script challenge"),
        (page("", "<script>var a=" + "1+" * 900 + "1;</script>"), "a script challenge"),
        (page("<div>" * 500 + FIRST), "nested more than 400 elements deep"),
        (page("<div>" * 100_000), "nested more than 400 elements deep"),
        (page("<b>x" * 500_000), "more than 200,000 elements"),
    ],
)
def test_pages_without_an_article_say_so(html: str, sentence: str) -> None:
    with pytest.raises(SourceError, match=f"^u: .*{sentence}") as caught:
        read_html(html, where="u")
    assert str(caught.value).endswith(".")
    assert ";" in str(caught.value)


def test_blocks_know_their_links() -> None:
    blocks = parse_page("<p>看<a href=x>这里</a>吧</p><h2>小标题</h2>").blocks
    assert [(block.text, block.link_chars, block.heading) for block in blocks] == [
        ("看这里吧", 2, False),
        ("小标题", 0, True),
    ]


def test_a_range_of_dates_dates_nothing() -> None:
    body = f"<h1>药价谈判结束</h1><p>日期：2026-01-01 至 2026-09-10</p><div><p>{FIRST}</p><p>{SECOND}</p></div>"
    assert read_html(page(body)).published is None


def test_cells_are_single_lines_between_tabs() -> None:
    rows = "<tr><td>批准 \n  日期</td><td>某某<br>制药</td></tr>"
    assert [block.text for block in parse_page(f"<table>{rows}</table>").blocks] == ["批准 日期\t某某 制药"]
