"""A note as Markdown, one file per language.

Text from sources is data: characters that mean something in Markdown or HTML are escaped, control
characters and line breaks become blanks, and only http and https addresses become links.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hkconcept.model import Verdict
from hkconcept.note import event_sections, i18n, summary
from hkconcept.note.citations import is_link
from hkconcept.note.contents import EvidenceLine, FigureRow, GroupMean, Note, NoteLanguage, Performance, StockRow

__all__ = ["escape", "render_markdown"]

_SPECIAL = frozenset("\\`*_{}[]<>()#|!&~$")
_MARKS = {
    Verdict.CONSISTENT: "✓",
    Verdict.INCONSISTENT: "×",
    Verdict.NOT_CHECKABLE: "○",
    Verdict.DIFFERS_IN_SCOPE: "≠",
}

_SHOWN = 3


def escape(text: str) -> str:
    r"""Return a text that shows literally in Markdown, on one line.

    >>> escape("<b>*{{7*7}}*</b>\n\x1b[31m|")
    '\\<b\\>\\*\\{\\{7\\*7\\}\\}\\*\\</b\\> \\[31m\\|'

    """
    return "".join(f"\\{c}" if c in _SPECIAL else c for c in " ".join(i18n.printable(text).split()))


def render_markdown(note: Note, language: NoteLanguage, *, figures: bool = True) -> str:
    """Return the note in one language; without ``figures``, what it says in whole sentences of its own.

    The table of figures quotes the source, each quote cut short, so that its words cannot be read as a text.
    """
    writer = _Writer(note, language)
    parts = (
        writer.head(),
        writer.event(),
        writer.figures() if figures else (),
        writer.named(),
        writer.reaction(),
        writer.changes(),
        writer.members(),
        writer.chart(),
        writer.sources(),
    )
    return "\n".join(line for part in parts for line in part) + "\n"


class _Writer:
    """Writes the sections of one note in one language, line by line."""

    def __init__(self, note: Note, language: NoteLanguage) -> None:
        self._note = note
        self._language = language
        self._numbers = summary.section_numbers(note)

    def _say(self, key: str, **values: object) -> str:
        return i18n.say(key, self._language, **values)

    def _refs(self, numbers: Sequence[int]) -> str:
        return f" \\[{', '.join(map(str, numbers))}\\]" if numbers else ""

    def head(self) -> Iterator[str]:
        note, language = self._note, self._language
        yield f"# {escape(note.headline.text(language))}"
        yield ""
        document = note.document
        origin = [
            f"{self._say('read_source')} {escape(document.title or document.location)}",
            escape(document.publisher),
        ]
        if document.published:
            origin.append(i18n.moment(document.published, language))
        yield f"{self._say('kicker')} | {escape(note.concept_name.text(language))}  "
        yield f"{self._say('as_of')} {summary.as_of(note.as_of, language)}  "
        yield self._say("comma").join(part for part in origin if part) + self._refs([document.source])
        yield ""
        for tile in summary.tiles(note, language):
            small = f" ({tile.small})" if tile.small and language == "en" else f"（{tile.small}）" if tile.small else ""
            yield f"- {tile.label}{self._say('colon')}**{tile.value}**{small}"
        if note.alerts:
            yield from ("", f"> **{self._say('alerts_title')}**", ">")
            for alert in note.alerts:
                kind, message = self._say(f"alert_{alert.kind}"), escape(alert.message.text(language))
                yield f"> - **{kind}** {message}: …{escape(alert.quote.prefix)} **{escape(alert.quote.exact)}**"

    def event(self) -> Iterator[str]:
        note, language = self._note, self._language
        yield from self._section("event", self._say("section_event"))
        sources = note.policy.first_public_sources if note.policy else ()
        yield escape(summary.lead(note, language)) + self._refs(sources)
        yield ""
        for entry in note.timeline:
            remark = f" ({escape(entry.remark.text(language))})" if entry.remark.text(language) else ""
            when = i18n.moment(entry.moment, language)
            yield f"- **{when}** {escape(entry.text.text(language))}{remark}{self._refs(entry.sources)}"
        for remark_text in note.remarks:
            yield from ("", escape(remark_text.text(language)))
        if note.policy and note.policy.points:
            yield from ("", f"### {self._say('event_points')}", "")
            for point in note.policy.points:
                status = "" if point.status == "official" else f" ({self._say(f'status_{point.status}')})"
                yield f"- {escape(point.text.text(language))}{self._refs(point.sources)}{status}"
        if note.event_quote:
            yield from ("", f"> {self._say('event_quote')}{self._say('colon')}{escape(note.event_quote.exact)}")

    def figures(self) -> Iterator[str]:
        yield from self._section("figures", self._say("section_figures"))
        if not self._note.figures:
            yield self._say("no_figures")
            return
        columns = ("col_value", "col_subject", "col_quote", "col_verdict", "col_working")
        yield from self._header("#", *(self._say(c) for c in columns))
        for row in self._note.figures:
            yield self._figure(row)

    def _figure(self, row: FigureRow) -> str:
        language = self._language
        what = [row.subject.text(language), row.qualifier.text(language)]
        what += [i18n.partial(row.period, language)] if row.period else []
        workings = []
        for w in row.workings:
            formula = f"{escape(w.formula)} " if w.formula and w.kind != "register" else ""
            mend = f" {self._say('mend', mend=escape(w.mend))}" if w.mend else ""
            workings.append(f"{formula}{escape(w.reason.text(language))}{self._refs(w.sources)}{mend}")
        if row.part_of:
            workings.append(summary.part_of(self._note, row, language))
        cells = (
            str(row.number),
            escape(i18n.quantity(row.quantity, language)),
            escape(self._say("comma").join(part for part in what if part)),
            f"…{escape(row.quote.prefix[-16:])} **{escape(row.quote.exact)}** {escape(row.quote.suffix[:16])}…",
            f"{_MARKS[row.verdict]} {self._say(f'verdict_{row.verdict}')}",
            "<br>".join(workings) or self._say("no_relation"),
        )
        return f"| {' | '.join(cells)} |"

    def named(self) -> Iterator[str]:
        note = self._note
        yield from self._section("named", self._say("section_named"))
        if note.ambiguous:
            yield from (*(f"- {escape(alert.message.text(self._language))}" for alert in note.ambiguous), "")
        if not note.named:
            yield self._say("no_named")
            return
        yield from (summary.named_lead(note, self._language), "")
        yield from self._stocks(note.named, note.named_means)
        if note.windows:
            label, empty = note.benchmark_name.text(self._language), ["", "", ""]
            yield f"| {' | '.join((f'**{escape(label)}**', *empty, *map(self._moved, note.benchmark)))} |"
            benchmark = note.benchmark_name.text(self._language)
            yield from ("", self._say("returns_note", benchmark=benchmark))

    def reaction(self) -> Iterator[str]:
        found = self._note.reaction
        if found is None:
            return
        yield from self._section("reaction", self._say("section_reaction"))
        yield escape(found.sentence.text(self._language))
        if found.others:
            yield from ("", escape(event_sections.other_events(found, self._language)))

    def changes(self) -> Iterator[str]:
        found, language = self._note.changes, self._language
        if found is None:
            return
        title = f"{self._say('section_changes')}{self._say('colon')}{found.number.text(language)}"
        yield from self._section("changes", title)
        for line in found.limits:
            figure, moved = event_sections.limit_text(line, language)
            basis = escape(event_sections.basis_text(line, language))
            status = "" if line.status == "official" else f" ({self._say(f'status_{line.status}')})"
            told = f"**{figure}**" + (f" ({moved})" if moved else "")
            yield f"- {told} {escape(line.what.text(language))}{self._refs(line.sources)} | {basis}{status}"
        yield from ("", escape(event_sections.touched_text(found, language)), "")
        for company in found.companies:
            named = f" ({self._say('changes_named')})" if company.named else ""
            drugs = escape(event_sections.drugs_text(company, language))
            name = escape(company.name.text(language))
            yield f"- **{name}** {company.code.display}{named}{self._say('colon')}{drugs}{self._refs(company.sources)}"
        more = found.more_companies
        key = "changes_more_companies" if more else "changes_all"
        rest = f"{event_sections.changes_rest(found, language)}{self._say(key, n=more)}`{found.command}`"
        yield from ("", rest)
        for remark in found.remarks:
            yield from ("", escape(remark.text(language)))

    def members(self) -> Iterator[str]:
        yield from self._section("members", self._say("section_members"))
        if self._note.members:
            yield from self._stocks(self._note.members, self._note.members_means)
        else:
            yield self._say("no_members")

    def _stocks(self, rows: Sequence[StockRow], means: Sequence[GroupMean]) -> Iterator[str]:
        spans = [
            f"{w.label.text(self._language)} {i18n.short_day(w.start, self._language)} → "
            f"{i18n.short_day(w.end, self._language)}"
            for w in self._note.windows
        ]
        columns = ("col_stock", "col_printed", "col_role", "col_evidence")
        yield from self._header(*(self._say(c) for c in columns), *spans)
        for row in rows:
            moved = [self._moved(p) for p in row.performance]
            if row.unavailable and moved:
                moved = [escape(row.unavailable.text(self._language)), *("" for _ in moved[1:])]
            cells = (
                f"{row.code.display} {escape(row.name.text(self._language))}",
                escape(" / ".join(row.printed)) or "-",
                escape(i18n.role_name("role", row.role or "none", self._language, self._note.roles)),
                self._evidences(row.evidence) or self._say("no_evidence"),
                *moved,
            )
            yield f"| {' | '.join(cells)} |"
        for mean in means:
            count = f"n = {mean.priced[0] if mean.priced else 0}/{mean.total}"
            moved = [self._moved(p) for p in mean.performance]
            yield f"| {' | '.join((f'**{mean.label.text(self._language)}** {count}', '', '', '', *moved))} |"

    def _evidences(self, lines: Sequence[EvidenceLine]) -> str:
        # A table cell holds the newest; the page of the note holds all.
        shown = [self._evidence(line) for line in lines[:_SHOWN]]
        if len(lines) > _SHOWN:
            shown.append(self._say("more_evidence", n=len(lines) - _SHOWN))
        return "<br>".join(shown)

    def _evidence(self, line: EvidenceLine) -> str:
        recalled = f" ({self._say('status_recalled')})" if line.status == "recalled" else ""
        return f"{escape(line.fact.text(self._language))} {line.known}{self._refs(line.sources)}{recalled}"

    def _moved(self, performance: Performance) -> str:
        if performance.change is None:
            return self._say("not_available")
        excess = i18n.points(performance.excess, self._language, short=True)
        return i18n.change(performance.change) + (f" ({excess})" if excess else "")

    def chart(self) -> Iterator[str]:
        note, language = self._note, self._language
        benchmark = note.benchmark_name.text(language)
        yield from self._section("chart", self._say("section_chart", benchmark=benchmark))
        if not note.chart:
            yield self._say("no_chart")
            return
        title = self._say("chart_title", benchmark=benchmark, base=i18n.day(note.chart.base, language))
        yield from (f"![{escape(title)}](chart.{language}.svg)", "")
        for event in note.chart.events:
            yield f"{event.number}. {i18n.day(event.day, language)} {escape(event.text.text(language))}"
        yield from ("", note.chart.caption.text(language))

    def sources(self) -> Iterator[str]:
        note, language = self._note, self._language
        yield from self._section("sources", self._say("section_sources"))
        yield from (summary.as_of_statement(note, language), "", f"### {self._say('coverage')}", "")
        for row in note.coverage:
            missing = row.missing.text(language)
            tail = (
                f"{self._say('semicolon')}{self._say('coverage_missing', missing=escape(missing))}" if missing else ""
            )
            count = summary.coverage_count(row, language)
            yield f"- **{count}** {escape(row.label.text(language))}{self._refs(row.sources)}{tail}"
        yield from ("", f"### {self._say('sources')}", "")
        for source in note.sources:
            shown = f"<{source.address}>" if _plain_link(source.address) else escape(source.address)
            label = source.label.text(language)
            yield f"{source.number}. {shown}" + (f" ({label})" if label else "")
        yield from ("", f"{self._say('snapshot')} `sha256:{note.document.sha256}`", "", self._say("disclaimer"))

    def _section(self, key: str, title: str) -> Iterator[str]:
        yield from ("", f"## {self._numbers[key]} {escape(title)}", "")

    def _header(self, *columns: str) -> Iterator[str]:
        yield f"| {' | '.join(columns)} |"
        yield f"|{' --- |' * len(columns)}"


def _plain_link(address: str) -> bool:
    return is_link(address) and not any(c in address for c in "<>|`")
