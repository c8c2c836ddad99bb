"""A bar on standard error for work that takes over a second; silent where nobody is looking."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

__all__ = ["Progress"]

_PATIENCE = 1.0  # seconds


class Progress:
    """Counts bytes of work done; the bar appears after a second, on a terminal only.

    Parameters
    ----------
    what
        The word beside the bar.
    total
        How many bytes there are; ``None`` when that is not known, as on a pipe.

    """

    def __init__(self, what: str, *, total: int | None) -> None:
        """Start the clock."""
        self._what, self._total = what, total
        self._began = time.monotonic()
        self._done = 0
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._watched = sys.stderr.isatty()

    def __enter__(self) -> Self:
        """Enter the work."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def advance(self, size: int) -> None:
        """Tell that so many more bytes are done."""
        self._done += size
        if not self._watched:
            return
        if self._bar is None:
            if time.monotonic() - self._began < _PATIENCE:
                return
            self._show()
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self._done)

    def _show(self) -> None:
        from rich.console import Console  # noqa: PLC0415 - a short run never shows a bar
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task(self._what, total=self._total, completed=self._done)
        self._bar.start()
