"""Rows of JSON Lines to findings, in order, with one process or several, and with memory that a stream cannot grow.

A row that cannot be read is named and left out, and the others are answered: one broken line of a feed must not cost
the rest. Every row is answered alone, so the answers are the same however many processes share them.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from hkconcept.errors import HkconceptError
from hkconcept.events import Stories
from hkconcept.linking import Gazetteer
from hkconcept.model import Event, Moment
from hkconcept.service.interchange import findings, novelty
from hkconcept.service.pipeline import extract
from hkconcept.service.sources import document_from_row

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["Answer", "Told", "answer_rows"]

# One row is one news item or one chapter; far longer lines are a wrong file, not a document.
_MAX_LINE = 20_000_000
_ROWS, _BYTES = 64, 1_000_000  # in one task: enough to make sending it cheap, and few enough to keep all busy
_AHEAD = 3  # tasks waiting for each process
_MARK = b"\xef\xbb\xbf"


class Told(NamedTuple):
    """What one row tells, for finding out what is new in it; ``line`` is its line of JSON."""

    line: str
    id: str
    text: str
    published: Moment | None
    events: tuple[Event, ...]


class Answer(NamedTuple):
    """Findings of some rows as lines of JSON, what was wrong with them, and how many bytes were read for them."""

    lines: str
    problems: tuple[str, ...]
    size: int
    told: tuple[Told, ...] = ()


class _Settings(NamedTuple):
    today: Moment
    explain: bool
    stories: bool


_Task = list[tuple[int, "bytes | None"]]


def answer_rows(  # noqa: PLR0913 - the options of the verb, by keyword
    stream: BinaryIO,
    gazetteer: Gazetteer,
    *,
    today: Moment,
    explain: bool = False,
    stories: bool = False,
    workers: int = 1,
) -> Iterator[Answer]:
    """Answer the rows of a stream, in their order.

    Parameters
    ----------
    stream
        JSON Lines ``{id, text, language?, published?}`` in UTF-8. Blank lines are skipped; a line that is no such
        row, or longer than 20 MB, is a problem of its :class:`Answer` and gives no line.
    gazetteer
        The listings and their names over time.
    today
        Stands for the day of publication of a row that gives none.
    explain
        Whether reasons, roles, checks and quotes are added.
    stories
        Whether each line says which event it tells first, which again, and which earlier row it repeats. That
        remembers every row: memory then grows by about two kilobytes a row.
    workers
        How many processes share the rows; 1 does the work in this one.

    Returns
    -------
    iterator of Answer
        For one row each with one worker, for up to 64 with more. At most a few tasks for each worker are held.

    """
    settings = _Settings(today, explain, stories)
    answers = _answers(stream, gazetteer, settings, workers)
    return _with_novelty(answers) if stories else answers


def _with_novelty(answers: Iterator[Answer]) -> Iterator[Answer]:
    """Add to each line what is new in it; in the order of the rows, whoever answered them."""
    stories = Stories()
    count = 0
    for answer in answers:
        lines: list[str] = []
        for told in answer.told:
            count += 1
            # Feeds repeat ids; the number of the row keeps them apart, and is left out of what is shown.
            placed = stories.add(f"{told.id}\0{count}", told.text, told.published, told.events)
            lines.append(told.line[:-2] + f', "novelty": {json.dumps(novelty(placed), ensure_ascii=False)}}}\n')
        yield answer._replace(lines="".join(lines), told=())


def _answers(stream: BinaryIO, gazetteer: Gazetteer, settings: _Settings, workers: int) -> Iterator[Answer]:
    if workers == 1:
        for count, line in _numbered(stream):
            yield _answered([(count, line)], gazetteer, settings)
        return
    import multiprocessing  # noqa: PLC0415 - one process needs none of this, and starts faster without
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - as above

    # A forked child shares the names that are loaded already; where there is no fork each child loads them once.
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    _prepare(gazetteer if method == "fork" else None, settings)
    with ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context(method),
        initializer=_prepare,
        initargs=(None, settings) if method == "spawn" else (gazetteer, settings),
    ) as pool:
        waiting: deque[Future[Answer]] = deque()
        for task in _tasks(stream):
            waiting.append(pool.submit(_work, task))
            if len(waiting) >= workers * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_held: tuple[Gazetteer, _Settings] | None = None


def _prepare(gazetteer: Gazetteer | None, settings: _Settings) -> None:
    """Keep what every task of a process needs."""
    global _held  # noqa: PLW0603 - one process, one set of names: sending them with every task would cost more than the work
    _held = gazetteer or Gazetteer.packaged(), settings


def _work(task: _Task) -> Answer:
    if _held is None:
        msg = "a worker was not prepared"
        raise RuntimeError(msg)
    return _answered(task, *_held)


def _answered(task: Sequence[tuple[int, bytes | None]], gazetteer: Gazetteer, settings: _Settings) -> Answer:
    lines: list[str] = []
    problems: list[str] = []
    told: list[Told] = []
    size = 0
    for count, line in task:
        where = f"standard input, line {count}"
        if line is None:
            problems.append(f"{where}: the line is longer than 20 MB; split the document.")
            continue
        size += len(line)
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            problems.append(f"{where}: the line is not JSON; give one JSON object a line, in UTF-8.")
            continue
        try:
            document = document_from_row(row, where=where, now=settings.today, problems=problems)
        except HkconceptError as error:
            problems.append(str(error))
            continue
        try:
            found = extract(document, gazetteer, today=settings.today)
        except Exception as error:  # noqa: BLE001 - a fault of ours on one row must not cost the rest of a feed
            problems.append(f"{where}: the row could not be answered ({error!r}); please report it with the row.")
            continue
        answer = findings(document, found, explain=settings.explain)
        if isinstance(row.get("id"), int) and not isinstance(row["id"], bool):
            answer["id"] = row["id"]  # a number stays one, so that the caller can join on it
        lines.append(json.dumps(answer, ensure_ascii=False) + "\n")
        if settings.stories:
            told.append(Told(lines.pop(), document.id, document.text, document.published, found.events))
    return Answer("".join(lines), tuple(problems), size, tuple(told))


def _numbered(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines with their numbers; ``None`` for one that is too long, which is read past."""
    count = 0
    while line := stream.readline(_MAX_LINE):
        count += 1
        if len(line) == _MAX_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(_MAX_LINE)) and not rest.endswith(b"\n"):
                pass
            yield count, None
        else:
            yield count, line.removeprefix(_MARK) if count == 1 else line


def _tasks(stream: BinaryIO) -> Iterator[_Task]:
    task: _Task = []
    size = 0
    for count, line in _numbered(stream):
        task.append((count, line))
        size += len(line or b"")
        if len(task) == _ROWS or size >= _BYTES:
            yield task
            task, size = [], 0
    if task:
        yield task
