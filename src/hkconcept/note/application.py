"""One application as one HTML page: both languages, own fonts, no network, the look of the note.

Everything that comes from a case or a rule is escaped where it is written. The style sheets and the script are this
package's own and are allowed by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files
from typing import Final

from hkconcept.note import fonts
from hkconcept.note.citations import is_link
from hkconcept.note.contents import NoteLanguage
from hkconcept.note.gantt import GANTT_CSS, gantt_svg
from hkconcept.note.i18n import HTML_LANG, printable
from hkconcept.pathway.channels import CHANNELS
from hkconcept.pathway.clock import Clock, Step
from hkconcept.pathway.clock_tables import clock_tables
from hkconcept.pathway.explain import REASONS, account
from hkconcept.pathway.forecast import Durations
from hkconcept.pathway.inspection import ASPECTS, features
from hkconcept.pathway.names import STATUSES, STEPS, case_title, state_text
from hkconcept.pathway.rules import RuleBook
from hkconcept.pathway.table import Table, due_text, limit_text

__all__ = ["render_application"]

_LANGUAGES: Final[tuple[NoteLanguage, ...]] = ("zh", "en")
_OWN: Final = {"zh": "中文", "en": "English"}
_STYLE: Final = (
    ".scroll{overflow-x:auto}"
    ".late td,.late th{background:var(--bad-wash)}.mark{color:var(--warn)}"
    ".scroll table{min-width:640px}.scroll td:first-child{white-space:nowrap}"
    ".remarks{margin:0;padding-left:1.1em;font-size:13px}.remarks li{margin:2px 0}"
    ".scroll .chart{display:block;width:100%;min-width:680px;height:auto;margin:6px 0}"
)
_WORDS: Final = {
    "kicker": ("Review clock", "审评时钟"),
    "as_of": ("as of", "截至"),
    "limit": ("limit, working days", "时限（工作日）"),
    "counted": ("counted", "已计入"),
    "left": ("left", "剩余"),
    "over": ("over the limit", "超出"),
    "due": ("review due", "审评届满"),
    "state": ("state", "状态"),
    "steps": ("Steps and due days", "环节与届满日"),
    "days": ("Every day accounted for", "逐日核算"),
    "remarks": ("What to know", "须知"),
    "forecast": ("How long completed cases took", "已完成案例用时"),
    "inspection": ("Inspection and testing", "核查与检验"),
    "rules": ("Rules and sources", "规则与来源"),
    "conventions": ("Conventions", "约定"),
    "months": ("limit, months", "时限（月）"),
}


def render_application(clock: Clock, book: RuleBook, *, forecast: Durations | None = None) -> str:
    """Return the page of one application.

    Parameters
    ----------
    clock
        The clock as of a day.
    book
        The rules, for the sources.
    forecast
        How long completed cases of the channel took, when a register holds some.

    Raises
    ------
    RenderError
        The font lacks a character of the chart.

    """
    resources = files("hkconcept").joinpath("data", "note")
    css = "".join(
        line.strip()
        for name in ("chart.css", "note.css")
        for line in resources.joinpath(name).read_text(encoding="utf-8").splitlines()
    )
    css += GANTT_CSS + _STYLE
    script = resources.joinpath("note.js").read_text(encoding="utf-8")
    body = _body(clock, book, forecast)
    used = "".join(sorted(set(body)))
    faces = fonts.face_css(used) + fonts.face_css(used, "bold")
    policy = (
        f"default-src 'none'; style-src {_hash(faces)} {_hash(css)}; script-src {_hash(script)}; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    title = printable(case_title(clock.case, _LANGUAGES[0]))
    return (
        f'<!doctype html>\n<html lang="{HTML_LANG[_LANGUAGES[0]]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>{faces}</style>\n<style>{css}</style>\n</head>\n<body>\n{body}"
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _body(clock: Clock, book: RuleBook, forecast: Durations | None) -> str:
    picks = "".join(
        f'<input type="radio" class="pick" name="language" id="show-{one}" value="{one}"'
        f"{' checked' if one == _LANGUAGES[0] else ''}>\n"
        for one in _LANGUAGES
    )
    bar = "".join(f'<label for="show-{one}" lang="{HTML_LANG[one]}">{_OWN[one]}</label>' for one in _LANGUAGES)
    articles = "".join(_article(clock, book, forecast, language) for language in _LANGUAGES)
    return f'{picks}<nav class="bar" aria-label="Language / 语言">{bar}</nav>\n<main>\n{articles}</main>\n'


def _article(clock: Clock, book: RuleBook, forecast: Durations | None, language: NoteLanguage) -> str:
    title = case_title(clock.case, language)
    channel = CHANNELS[clock.channel]
    _, *others = clock_tables(clock, language)
    sections = [
        (_word("steps", language), _chart(clock, language) + _steps(clock, language)),
        (_word("days", language), _account(clock, language) + "".join(_table(t, "") for t in others[1:] if t.rows)),
        (_word("remarks", language), _remarks(clock, language)),
    ]
    if forecast is not None:
        sections.append((_word("forecast", language), _forecast(forecast, language)))
    if clock.case.application == "marketing":
        sections.append((_word("inspection", language), _inspection(clock, language)))
    sections.append((_word("rules", language), _rules(clock, book, language)))
    shown = "".join(
        f'<section aria-labelledby="{language}-{n}"><h2 id="{language}-{n}"><span class="no">{n}</span>{_text(head)}'
        f"</h2>\n{content}</section>\n"
        for n, (head, content) in enumerate(sections, 1)
    )
    plain = ' class="plain"' if fonts.missing(printable(title), "bold") else ""
    return (
        f'<article id="{language}" lang="{HTML_LANG[language]}" data-title="{_text(title)}">\n'
        f'<header class="masthead"><p class="kicker"><span>{_word("kicker", language)}</span> '
        f"<b>{_text(channel.zh if language == 'zh' else channel.en)}</b></p><h1{plain}>{_text(title)}</h1>"
        f'<p class="byline"><span>{_word("as_of", language)} <b>{clock.as_of}</b></span>'
        f"<span>{_text(clock.case.code)}</span><span>{_text(clock.case.source)}</span></p></header>\n"
        f"{_tiles(clock, language)}{shown}</article>\n"
    )


def _tiles(clock: Clock, language: NoteLanguage) -> str:
    review = clock.review
    working = review.rule.unit == "working day"
    total = f"{review.base} + {review.total - review.base}" if review.total != review.base else str(review.total)
    tiles = [
        (_word("limit" if working else "months", language), total, review.rule.id, ""),
        (
            _word("due", language),
            str(review.due.day),
            due_text(review.due, language) if review.due.provisional else "",
            "",
        ),
    ]
    if review.elapsed is not None and review.remaining is not None:
        over = review.remaining < 0
        tiles.append((_word("counted", language), str(review.elapsed), "", ""))
        tiles.append(
            (_word("over" if over else "left", language), str(abs(review.remaining)), "", "bad" if over else "")
        )
    tiles.append((_word("state", language), state_text(review, language).partition(",")[0].partition("，")[0], "", ""))
    shown = "".join(
        f'<div class="tile"><dt>{_text(label)}</dt><dd><span class="big {kind}">{_text(value)}</span>'
        + (f'<span class="small">{_text(small)}</span>' if small else "")
        + "</dd></div>"
        for label, value, small, kind in tiles
    )
    return f'<dl class="tiles">{shown}</dl>\n'


def _chart(clock: Clock, language: NoteLanguage) -> str:
    return f'<div class="scroll">{gantt_svg(clock, language, prefix=f"gantt-{language}")}</div>'


def _steps(clock: Clock, language: NoteLanguage) -> str:
    table, *_ = clock_tables(clock, language)
    late = {n for n, step in enumerate(clock.steps) if step.state in {"overdue", "done_late"}}
    return _table(table, "", late)


def _account(clock: Clock, language: NoteLanguage) -> str:
    found = account(clock)
    total = sum(found.values())
    if not total:
        return ""
    parts = [f"{REASONS[reason].text(language)} {number}" for reason, number in found.items()]
    joined = ("；" if language == "zh" else "; ").join(parts)
    return f'<p class="lead">{total} = {_text(joined)}</p>\n'


def _remarks(clock: Clock, language: NoteLanguage) -> str:
    said = [remark.shown(language) for remark in clock.remarks]
    if language == "en":
        said += [f"{_word('conventions', language)}: {'; '.join(clock.conventions.stated())}"]
    return f'<ul class="remarks">{"".join(f"<li>{_text(text)}</li>" for text in said)}</ul>\n'


def _forecast(found: Durations, language: NoteLanguage) -> str:
    if found.quartiles is None:
        values = ", ".join(map(str, found.working_days)) or "-"
        said = f"n = {found.n}: {values}"
    else:
        low, middle, high = found.quartiles
        said = (
            f"n = {found.n}：四分位 {low} / {middle} / {high}个工作日"
            if language == "zh"
            else f"n = {found.n}: quartiles {low}, {middle}, {high} working days"
        )
    return f'<p class="lead">{_text(said)}</p><p class="foot">{_text(found.caveat.text(language))}</p>\n'


def _inspection(clock: Clock, language: NoteLanguage) -> str:
    rows = [
        (ASPECTS[one.aspect].text(language), one.what.text(language), one.article, STATUSES[one.status].text(language))
        for one in features(clock.as_of)
    ]
    heads = ("方面", "内容", "条款", "依据") if language == "zh" else ("aspect", "what", "article", "status")
    return _table(Table("", heads, tuple(rows), ()), "")


def _rules(clock: Clock, book: RuleBook, language: NoteLanguage) -> str:
    return _table(
        Table(
            "",
            ("规则", "条款", "内容", "依据", "来源")
            if language == "zh"
            else ("rule", "article", "what", "status", "source"),
            tuple(_sources(clock, book, language)),
            (),
        ),
        "",
    )


def _sources(clock: Clock, book: RuleBook, language: NoteLanguage) -> Iterator[tuple[str, ...]]:
    steps: dict[str, Step] = {step.rule.id: step for step in clock.steps}
    for step in steps.values():
        rule = step.rule
        number = book.instrument(rule.instrument).number.text(language)
        what = f"{STEPS[step.key].text(language)}: {limit_text(rule).rpartition(' (')[0]}. {rule.what.text(language)}"
        yield rule.id, f"{number}, {rule.article}", what, STATUSES[rule.status].text(language), rule.source
    for stop in {stop.rule.id: stop for stop in clock.stops}.values():
        provision = stop.rule
        number = book.instrument(provision.instrument).number.text(language)
        said = STATUSES[provision.status].text(language)
        yield provision.id, f"{number}, {provision.article}", provision.what.text(language), said, provision.source


def _table(table: Table, caption: str, late: Iterable[int] = ()) -> str:
    marked = set(late)
    head = "".join(f'<th scope="col">{_text(one)}</th>' for one in table.heads)
    rows = "".join(
        f"<tr{' class=late' if n in marked else ''}>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>\n"
        for n, row in enumerate(table.rows)
    )
    title = f"<h3>{_text(caption or table.title)}</h3>" if caption or (table.title and not marked) else ""
    return f'{title}<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table></div>\n'


def _cell(text: str) -> str:
    """Return a cell; addresses of sources become links, everything else stays text."""
    if "://" not in text:
        return _text(text)
    parts = [
        f'<a href="{_text(part)}" rel="noreferrer">{_text(part)}</a>' if is_link(part) else _text(part)
        for part in text.split(" | ")
    ]
    return "<br>".join(parts)


def _word(key: str, language: NoteLanguage) -> str:
    en, zh = _WORDS[key]
    return zh if language == "zh" else en


def _text(text: str) -> str:
    return escape(printable(text))


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
