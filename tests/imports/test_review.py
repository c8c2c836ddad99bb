"""The whole loop: read a page, extract, review, and the register shows the row with its quote from its day on."""

from __future__ import annotations

import contextlib
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hkconcept.cli import main
from hkconcept.errors import SourceError
from hkconcept.ledger.records import statements_of
from hkconcept.linking import Gazetteer
from hkconcept.model import Document, Moment, Origin
from hkconcept.service.facts import facts_version, packaged_facts
from hkconcept.service.registers import open_register
from hkconcept.service.rules import load_rules
from hkconcept.service.tracking import findings_as_of
from hkconcept.service.workspace import Workspace
from imports.conftest import Runs

Given = Callable[[str, bytes | str], str]

_APPROVAL = (
    "信达生物(01801)公布，2025年6月27日，公司的测试替尼片获国家药品监督管理局(NMPA)批准上市，用于成人患者的长期治疗。"
)
_DEAL = (
    "三生制药(01530)与辉瑞就TST-707达成独家授权协议，将获得12.5亿美元首付款，以及最高48亿美元里程碑付款，"
    "总额最高60.5亿美元。"
)
_DESIGNATION = "科伦博泰生物-B(06990)公布，2025年6月20日，测试妥珠单抗获国家药监局授予突破性疗法认定。"
_NEWS = f"""# 医药公司公告摘要

2025-06-27 18:00 来源：海湾财经

{_APPROVAL}公司表示将尽快推出该产品。

{_DEAL}

{_DESIGNATION}
"""


@pytest.fixture(scope="session")
def news_read(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Read the news once, as the note does, into a workspace that each test copies."""
    folder = tmp_path_factory.mktemp("read")
    (folder / "news.md").write_text(_NEWS, encoding="utf-8")
    shutil.copytree(prepared, folder / "workspace")
    arguments = ["note", str(folder / "news.md"), "--out", str(folder / "notes")]
    with contextlib.redirect_stdout(io.StringIO()):
        assert main([*arguments, "--workspace", str(folder / "workspace")]) == 0
    return folder / "workspace"


@pytest.fixture
def read(news_read: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Runs:
    """A workspace in which the news was read and its findings recorded."""
    return Runs(Path(shutil.copytree(news_read, tmp_path / "read")), capsys)


def _id(runs: Runs, register: str) -> str:
    (row,) = runs("review", "--register", register).rows
    return str(row["id"])


def test_what_was_extracted_waits_with_its_quote_and_no_register_has_it(read: Runs) -> None:
    rows = read("review").rows
    assert sorted((row["register"], row["event"]) for row in rows) == [
        ("approvals", "approval"),
        ("deals", "license_out"),
        ("designations", "breakthrough_designation"),
    ]
    approval = next(row for row in rows if row["register"] == "approvals")
    assert approval["quote"] == _APPROVAL.removesuffix("。")
    assert approval["values"] == {
        "id": "2025-测试替尼片",
        "approved": "2025-06-27",
        "date_basis": "day printed in the report",
        "drug_zh": "测试替尼片",
        "name_basis": "seen",
        "type": "chemical",
        "hk_code": "01801",
        "event": "first approval",
    }
    assert set(approval["concluded"]) == {"id", "type", "event"}
    deal = next(row for row in rows if row["register"] == "deals")["values"]
    assert (deal["upfront"], deal["milestones"], deal["total"]) == ("1250000000", "4800000000", "6050000000")
    assert (deal["licensor"], deal["licensee"], deal["currency"]) == ("三生制药", "辉瑞", "USD")
    for register in ("approvals", "deals", "designations"):
        assert read.register(register) == []


def test_accepted_the_register_shows_the_row_with_its_quote_from_its_day_on(read: Runs) -> None:
    given = _id(read, "approvals")
    ran = read("review", "--accept", given[:10], "--by", "Chan Mei", "--reason", "checked with the notice")
    assert ran.status == 0
    (decision,) = ran.rows
    assert (decision["decision"], decision["by"], decision["subject"]) == ("accepted", "Chan Mei", "2025-测试替尼片")
    where = ("--where", "drug_zh=测试替尼片")
    shown = read("register", "approvals", *where, "--as-of", "2025-06-28").of_type("row")
    assert [(row["id"], row["approved"], row["hk_code"], row["status"]) for row in shown] == [
        ("2025-测试替尼片", "2025-06-27", "01801", "press")
    ]
    assert "accepted by Chan Mei on" in shown[0]["source"]
    assert read("register", "approvals", *where, "--as-of", "2025-06-26").of_type("row") == []
    # Published at 18:00: an hour before, nobody could know it.
    assert read("register", "approvals", *where, "--as-of", "2025-06-27 17:00").of_type("row") == []
    for row in read.register("approvals"):
        statement = row.statement
        assert statement.quote is not None
        assert statement.quote.exact == _APPROVAL.removesuffix("。")
        assert isinstance(statement.value, dict)
        review = statement.value["review"]
        assert isinstance(review, dict)
        assert (review["by"], review["decision"], review["reason"]) == (
            "Chan Mei",
            "accepted",
            "checked with the notice",
        )
    assert read("review", "--register", "approvals").rows == []


def test_rejected_it_leaves_the_queue_and_stays_rejected_when_the_page_is_read_again(
    read: Runs, given: Given, tmp_path: Path
) -> None:
    ran = read("review", "--reject", _id(read, "deals"), "--by", "Chan Mei", "--reason", "the same deal as in May")
    assert [row["decision"] for row in ran.rows] == ["rejected"]
    assert read.register("deals") == []
    assert read("review", "--register", "deals").rows == []
    assert read("note", given("news.md", _NEWS), "--out", str(tmp_path / "notes")).status == 0
    assert read("review", "--register", "deals").rows == []
    assert len(read("review").rows) == 2


def test_an_accepted_fact_stays_when_the_page_is_read_again(read: Runs, given: Given, tmp_path: Path) -> None:
    read("review", "--accept", _id(read, "approvals"), "--by", "Chan Mei")
    held = [row.id for row in read.register("approvals")]
    assert read("note", given("news.md", _NEWS), "--out", str(tmp_path / "notes")).status == 0
    assert [row.id for row in read.register("approvals")] == held
    assert read("review", "--register", "approvals").rows == []


def test_edits_correct_the_row_and_are_recorded(read: Runs) -> None:
    given = _id(read, "approvals")
    edits = ("--set", "event=new indication", "--set", "holder=信达生物", "--set", "hk_link=holder")
    assert read("review", "--accept", given, "--by", "Chan Mei", *edits).status == 0
    values = read.values("approvals")
    assert values["2025-测试替尼片", "event"] == "new indication"
    assert values["2025-测试替尼片", "holder"] == "信达生物"
    value = read.register("approvals")[0].statement.value
    assert isinstance(value, dict)
    assert isinstance(value["review"], dict)
    assert value["review"]["edited"] == {
        "event": ["first approval", "new indication"],
        "holder": ["", "信达生物"],
        "hk_link": ["", "holder"],
    }


def test_an_incomplete_row_is_refused_until_it_is_completed(runs: Runs, given: Given, tmp_path: Path) -> None:
    news = _NEWS.replace("测试替尼片", "TST-101").replace("批准上市", "批准")
    assert runs("note", given("news.md", news), "--out", str(tmp_path / "notes")).status == 0
    (row,) = runs("review", "--register", "approvals").rows
    assert [one["column"] for one in row["missing"]] == ["drug_zh", "type"]
    ran = runs("review", "--accept", row["id"], "--by", "Chan Mei")
    assert ran.status == 2
    assert "the row cannot enter approvals yet (drug_zh: a value is required; type: a value is required" in ran.said
    assert runs.register("approvals") == []
    completed = ("--set", "drug_zh=测试片", "--set", "type=chemical", "--set", "event=first approval")
    assert runs("review", "--accept", row["id"], "--by", "Chan Mei", *completed).status == 0
    assert runs.values("approvals")["2025-TST-101", "drug_zh"] == "测试片"


def test_a_fact_that_contradicts_the_register_stands_beside_it_as_a_conflict(
    read: Runs, given: Given, tmp_path: Path
) -> None:
    read("review", "--accept", _id(read, "approvals"), "--by", "Chan Mei")
    other = _NEWS.replace("2025-06-27 18:00", "2025-06-28 18:00").replace("2025年6月27日", "2025年6月26日")
    assert read("note", given("other.md", other), "--out", str(tmp_path / "notes")).status == 0
    (row,) = read("review", "--register", "approvals").rows
    assert row["differs"] == {"approved": "2025-06-27"}
    assert row["values"]["id"] == "2025-测试替尼片"
    assert read("review", "--accept", row["id"], "--by", "Wong Lok").status == 0
    held = {row.statement.value["value"] for row in read.register("approvals") if row.statement.attribute == "approved"}  # type: ignore[index,call-overload]
    assert held == {"2025-06-27", "2025-06-26"}


@pytest.mark.parametrize(
    "sentence",
    [
        "信达生物(01801)公布，2025年6月27日，测试替尼片获美国FDA批准上市。",
        "2025年6月27日，国家药监局批准测试替尼片上市，该药由一家未上市公司研发。",
        "信达生物(01801)公布，公司2025年6月27日的股价上涨5%。",
    ],
)
def test_what_makes_no_row(runs: Runs, given: Given, tmp_path: Path, sentence: str) -> None:
    news = f"# 医药要闻\n\n2025-06-27 18:00 来源：海湾财经\n\n{sentence}\n"
    runs("note", given("news.md", news), "--out", str(tmp_path / "notes"))
    assert runs("review").rows == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--accept", "abcdef"], "--by: nobody is named who decides"),
        (["--reject", "abcdef", "--by", " "], "--by: nobody is named who decides"),
        (["--accept", "abcdef", "--by", "x"], "abcdef: no fact waits under this id"),
        (["--show", ""], None),
        (["--show", "a"], "a: no fact waits under this id"),
        (["--accept", "ID", "--reject", "ID", "--by", "x"], "one fact is named twice"),
        (
            ["--accept", "ID", "--by", "x", "--set", "colour=red"],
            "--set: the register approvals has no column 'colour'",
        ),
        (["--accept", "ID", "--by", "x", "--set", "colour"], "--set: 'colour' is not COLUMN=VALUE"),
        (
            ["--accept", "ID", "--by", "x", "--set", "type=herbal"],
            "type: 'herbal' is none of chemical, biological, tcm",
        ),
        (["--set", "type=tcm"], "--set: --set completes one row"),
        (["--dry-run"], "--rules and --dry-run belong to --auto"),
        (["--auto", "--accept", "ID", "--by", "x"], "deciding, showing and --auto are different things"),
        (["--register", "approval"], "there is no register 'approval'; did you mean approvals?"),
    ],
)
def test_wrong_commands(read: Runs, arguments: list[str], told: str | None) -> None:
    given = _id(read, "approvals")
    ran = read("review", *(given if argument == "ID" else argument for argument in arguments))
    if told is None:
        assert ran.status == 0
        return
    assert ran.status == 2
    assert told in ran.said
    assert read.register("approvals") == []
    assert len(read("review").rows) == 3


def test_one_fact_is_shown_in_its_context(read: Runs) -> None:
    (row,) = read("review", "--show", _id(read, "deals")[:8]).rows
    assert row["before"].endswith("公司表示将尽快推出该产品。\n\n")
    assert row["quote"] == _DEAL.removesuffix("。")
    assert row["after"].startswith("。\n\n科伦博泰")
    origin = row["origin"]
    assert (origin["publisher"], origin["published"]) == ("海湾财经", ["2025-06-27 18:00 HKT"])
    assert origin["location"].endswith("news.md")
    assert origin["url"] is None
    shown = _table(read, "--show", _id(read, "deals")[:8])
    assert f"海湾财经; published 2025-06-27 18:00 HKT; fetched {origin['fetched_at']}; snapshot " in shown


# ---- on a terminal


def _table(runs: Runs, *arguments: str) -> str:
    runs.capsys.readouterr()
    assert main(["review", *arguments, "--format", "table", "--workspace", str(runs.folder)]) == 0
    return runs.capsys.readouterr().out


def test_the_queue_is_a_table(read: Runs) -> None:
    shown = _table(read)
    assert "3 wait, 3 of them complete" in shown
    assert _id(read, "approvals")[:10] in shown


def test_hostile_text_is_shown_and_not_obeyed(runs: Runs, given: Given, tmp_path: Path) -> None:
    news = _NEWS.replace("公告摘要", "公告[bold red]摘要[/] \x1b[31m\x1b]0;taken over\x07\u202e").replace(
        "用于成人", "用于[link=http://x]\x1b[2J\u202e成人"
    )
    assert runs("note", given("news.md", news), "--out", str(tmp_path / "notes")).status == 0
    shown = _table(runs, "--show", _id(runs, "approvals"))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\x07" not in shown
    assert "[link=http://x]" in shown
    assert "[bold red]" in shown


def test_a_conversation_edits_accepts_rejects_and_skips(read: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    from hkconcept.cli.reviewing import go_through  # noqa: PLC0415 - only here
    from hkconcept.service.review import Review  # noqa: PLC0415 - as above

    order = [row["register"] for row in read("review").rows]
    script = {
        "approvals": ["e", "holder=信达生物", "nonsense", "colour=red", "", "e", "holder=信达生物", "", "a"],
        "deals": ["r", "known already"],
        "designations": ["x", "s"],
    }
    answers = ["Chan Mei", *(line for register in order for line in script[register])]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(answers) + "\n"))
    now = Moment.parse("2026-11-25 10:00")
    with Workspace.open(read.folder, now=now, packaged=packaged_facts, packaged_version=facts_version()) as workspace:
        review = Review(workspace, now=now, version="test")
        go_through(review, review.queue(), by="")
    said = read.capsys.readouterr().out
    assert "the register approvals has no column 'colour'" in said
    assert "write it like type=biological" in said
    assert read.values("approvals")["2025-测试替尼片", "holder"] == "信达生物"
    assert [row["register"] for row in read("review").rows] == ["designations"]


def test_leaving_a_conversation_keeps_what_was_decided(read: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    from hkconcept.cli.reviewing import go_through  # noqa: PLC0415 - only here
    from hkconcept.service.review import Review  # noqa: PLC0415 - as above

    monkeypatch.setattr("sys.stdin", io.StringIO("r\nno\n"))
    now = Moment.parse("2026-11-25 10:00")
    with Workspace.open(read.folder, now=now, packaged=packaged_facts, packaged_version=facts_version()) as workspace:
        review = Review(workspace, now=now, version="test")
        go_through(review, review.queue(), by="Chan Mei")
    assert len(read("review").rows) == 2


# ---- rules


def _recorded_from(runs: Runs, url: str) -> None:
    """Record the news as if it had been fetched from an address."""
    now = Moment.parse("2026-11-20 10:00")
    document = Document(
        "0123456789abcdef",
        _NEWS,
        "zh-Hans",
        Origin(url, "0" * 64, "text/html", "utf-8", now, url=url),
        published=Moment.parse("2025-06-27 18:00"),
    )
    with Workspace.open(runs.folder, now=now, packaged=packaged_facts, packaged_version=facts_version()) as workspace:
        open_register(workspace, "approvals")
        found = findings_as_of(document, Gazetteer.packaged(), as_of=now)
        workspace.ledger.record_document(document, statements_of(document, found))


def test_a_rule_accepts_its_class_and_every_row_says_so(runs: Runs) -> None:
    _recorded_from(runs, "https://www.nmpa.gov.cn/yaowen/20250627.html")
    planned = runs("review", "--auto", "--dry-run").rows
    assert [(row["decision"], row["by"]) for row in planned] == [
        ("would be accepted", "rule regulator-approval-notice")
    ]
    assert runs.register("approvals") == []
    done = runs("review", "--auto").rows
    assert [(row["decision"], row["subject"]) for row in done] == [("accepted", "2025-测试替尼片")]
    for row in runs.register("approvals"):
        assert isinstance(row.statement.value, dict)
        review = row.statement.value["review"]
        assert isinstance(review, dict)
        assert (review["by"], review["rule"]) == ("rule regulator-approval-notice", "regulator-approval-notice")
        assert "accepted by rule regulator-approval-notice on" in row.statement.source
        assert row.statement.value["status"] == "official"
    assert runs("review", "--auto").rows == []
    assert sorted(row["register"] for row in runs("review").rows) == ["deals", "designations"]


@pytest.mark.parametrize("url", ["https://nmpa.gov.cn.example.com/a", "https://news.example/nmpa.gov.cn", ""])
def test_a_rule_looks_at_where_a_document_was_fetched_from(runs: Runs, url: str) -> None:
    _recorded_from(runs, url)
    assert runs("review", "--auto").rows == []
    assert runs.register("approvals") == []


_RULE = """
- id: one
  dated: 2026-11-25
  reason: because
  register: approvals
  events: [approval]
  hosts: [example.org]
  needs: [drug_zh]
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (_RULE.replace("  reason: because\n", ""), "rules.yml line 2: 'reason' is missing; add it"),
        (_RULE + "  colour: red\n", "rules.yml line 9: unknown key 'colour'; allowed are id, dated"),
        (_RULE.replace("because", "''"), "rules.yml line 4: a text is missing here"),
        (
            _RULE.replace("[approval]", "[license_out]"),
            "rules.yml line 6: the event 'license_out' makes no row for 'approvals'",
        ),
        (_RULE.replace("2026-11-25", "soon"), "rules.yml line 3: 'soon' is not a date; write it like 2026-01-07"),
        (_RULE * 2, "rules.yml line 10: two rules are called 'one'; rename one"),
        (_RULE.replace("[example.org]", "[]"), "rules.yml line 7: a list with at least one entry is expected here"),
        ("{", "rules.yml: not YAML"),
        ("a: b", "rules.yml line 1: a list with at least one entry is expected here"),
    ],
)
def test_wrong_rules(given: Given, text: str, told: str) -> None:
    with pytest.raises(SourceError) as caught:
        load_rules(Path(given("rules.yml", text)))
    assert told in str(caught.value)


def test_a_deal_that_the_register_holds_is_not_told_twice(runs: Runs, given: Given, tmp_path: Path) -> None:
    """3SBio and Pfizer stand there in English, with an upfront of US$1.25 billion, from 20 May 2025."""
    news = (
        _NEWS.replace("2025-06-27 18:00", "2025-05-21 18:00").replace("TST-707", "SSGJ-707").replace("12.5亿", "12.6亿")
    )
    assert runs("note", given("news.md", news), "--out", str(tmp_path / "notes")).status == 0
    (row,) = runs("review", "--register", "deals").rows
    assert "202505-3sbio-ssgj707" in row["similar"]
    named = ("--set", "id=202505-3sbio-ssgj707")
    assert runs("review", "--accept", row["id"], "--by", "Chan Mei", *named).status == 0
    values = {(one.statement.attribute, str(one.statement.value)) for one in runs.register("deals")}
    assert {attribute for attribute, _ in values} == {"upfront"}
    assert "1260000000" in next(value for _, value in values)
