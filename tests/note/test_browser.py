"""The page in a real browser: language switch, no errors, remembered choice, and no script at all."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import pytest

from hkconcept.note.contents import Note
from hkconcept.note.html import render_html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe",
)  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


class Browser:
    """Chromium over its debugging pipe: file descriptors 3 and 4, messages ended by a zero byte."""

    def __init__(self, profile: Path) -> None:
        assert CHROMIUM is not None
        commands, self._write = _high_pipe()
        self._read, answers = _high_pipe()
        actions = [(os.POSIX_SPAWN_DUP2, commands, 3), (os.POSIX_SPAWN_DUP2, answers, 4)]
        quiet = os.open(os.devnull, os.O_WRONLY)
        actions.append((os.POSIX_SPAWN_DUP2, quiet, 2))
        argv = [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
        self._pid = os.posix_spawn(CHROMIUM, argv, dict(os.environ), file_actions=actions, setpgroup=0)
        for fd in (commands, answers, quiet):
            os.close(fd)
        self._buffer = b""
        self._number = 0
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []

    def open(self, address: str, width: int = 1280) -> Self:
        """Load a page in a new tab and wait until it is there."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.ask(f"{domain}.enable")
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500)
        self.events.clear()
        self.ask("Page.navigate", url=address)
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self._message()
        return self

    def ask(self, method: str, **params: object) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session and not method.startswith("Target."):
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._message()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def run(self, expression: str) -> Any:  # noqa: ANN401 - whatever the page returns
        result = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, userGesture=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def errors(self) -> list[dict[str, Any]]:
        """Return what the console would show in red or yellow."""
        self.run("0")
        return [
            e
            for e in self.events
            if e["method"] in {"Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"}
        ]

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            part = os.read(self._read, 1 << 16)
            assert part, "Chromium went away"
            self._buffer += part
        line, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        if "method" in message:
            self.events.append(message)
        return message

    def close(self) -> None:
        self._session = None
        self.ask("Browser.close")
        os.close(self._write)
        os.close(self._read)
        for _ in range(100):
            if os.waitpid(self._pid, os.WNOHANG)[0]:
                return
            time.sleep(0.05)
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


def _high_pipe() -> tuple[int, int]:
    """Return a pipe whose ends lie above the descriptors that Chromium expects."""
    low = os.pipe()
    high = tuple(fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10) for fd in low)
    for fd in low:
        os.close(fd)
    return high[0], high[1]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    started = Browser(tmp_path_factory.mktemp("chromium"))
    yield started
    started.close()


@pytest.fixture
def page(note: Note, tmp_path: Path) -> str:
    path = tmp_path / "note.html"
    path.write_text(render_html(note), encoding="utf-8")
    return path.as_uri()


VISIBLE = "document.body.innerText"
SHOWN = "[...document.querySelectorAll('article')].filter(a => a.offsetParent).map(a => a.lang).join()"


def test_switching_the_language_changes_what_is_seen(browser: Browser, page: str) -> None:
    browser.open(page).run("localStorage.clear()")
    browser.open(page)
    assert browser.run(SHOWN) == "zh-Hans"
    chinese = browser.run(VISIBLE)
    assert "数字核验" in chinese
    assert "Figures checked" not in chinese
    browser.run("document.querySelector('label[for=show-en]').click()")
    english = browser.run(VISIBLE)
    assert "Figures checked" in english
    assert "数字核验" not in english
    assert browser.run("document.documentElement.lang") == "en"
    assert browser.run("document.title").startswith("Further optimising")
    assert browser.run("document.fonts.check('16px \"hkconcept Sans\"', '药')") is True
    assert browser.errors() == []


def test_the_choice_is_remembered_and_a_link_overrides_it(browser: Browser, page: str) -> None:
    browser.open(page)
    browser.run("document.querySelector('label[for=show-en]').click()")
    browser.open(page)
    assert browser.run(SHOWN) == "en"
    browser.open(f"{page}#zh-f8")
    assert browser.run(SHOWN) == "zh-Hans"
    assert browser.errors() == []


def test_the_switch_works_without_script(browser: Browser, page: str) -> None:
    browser.open("about:blank")
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    browser.events.clear()  # what the blank page fired says nothing of this one
    browser.ask("Page.navigate", url=page)
    while not any(e["method"] == "Page.loadEventFired" for e in browser.events):
        browser.ask("Page.getFrameTree")
    browser.ask("DOM.enable")
    browser.ask("CSS.enable")
    root = browser.ask("DOM.getDocument")["root"]["nodeId"]
    label = browser.ask("DOM.querySelector", nodeId=root, selector="label[for=show-en]")["nodeId"]
    x1, y1, _, _, x2, y2, *_ = browser.ask("DOM.getBoxModel", nodeId=label)["model"]["content"]
    for kind in ("mousePressed", "mouseReleased"):
        browser.ask(
            "Input.dispatchMouseEvent", type=kind, x=(x1 + x2) / 2, y=(y1 + y2) / 2, button="left", clickCount=1
        )
    display = {}
    for language in ("zh", "en"):
        node = browser.ask("DOM.querySelector", nodeId=root, selector=f"article#{language}")["nodeId"]
        style = browser.ask("CSS.getComputedStyleForNode", nodeId=node)["computedStyle"]
        display[language] = next(entry["value"] for entry in style if entry["name"] == "display")
    assert display == {"zh": "none", "en": "block"}


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_runs_over_the_side(browser: Browser, page: str, width: int, language: str) -> None:
    browser.open(f"{page}#{language}", width)
    browser.run("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert browser.run("document.documentElement.scrollWidth") <= width
    covered = browser.run("document.querySelector('article:target, article[id]').querySelectorAll('table').length")
    assert covered == 3
