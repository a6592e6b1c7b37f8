"""A bar in terminals and notebooks, and nothing anywhere else."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from types import SimpleNamespace
from typing import Any

import pytest

import tocsin
from tocsin.progress import shown

SCRIPT = """
import numpy as np, tocsin
pairs, days = 60, 300
rng = np.random.default_rng(1)
dates = np.arange("2000-01-01", np.datetime64("2000-01-01") + days, dtype="datetime64[D]")
panel = tocsin.CountPanel.read({
    "date": np.tile(dates, pairs), "source": np.repeat([f"A{i:04}" for i in range(pairs)], days),
    "target": ["ZZZ"] * (pairs * days), "rhetoric": rng.poisson(1, pairs * days),
})
tocsin.score(panel, config=tocsin.Config(draws=20_000), threads=1 PROGRESS)
print("done")
"""


def script(progress: str = "") -> list[str]:
    return [sys.executable, "-c", SCRIPT.replace(" PROGRESS", progress)]


def in_terminal(command: list[str]) -> str:
    """What a command writes to a terminal."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "80", "LINES": "24"}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        written = b""
        end = time.monotonic() + 120
        while time.monotonic() < end:
            if select.select([ours], [], [], 0.1)[0]:
                try:
                    chunk = os.read(ours, 65_536)
                except OSError:  # the other end is closed
                    break
                if not chunk:
                    break
                written += chunk
            elif process.poll() is not None:
                break
        process.kill()
    os.close(ours)
    return written.decode(errors="replace")


def test_a_long_call_in_a_terminal_shows_a_bar_that_is_gone_afterwards():
    written = in_terminal(script(", progress=True"))
    assert "scoring" in written
    assert "%" in written
    assert written.rstrip().endswith("done")
    assert "\x1b[?25h" in written, "the cursor has to come back"


def test_a_bar_that_is_not_wanted_is_not_shown():
    assert "scoring" not in in_terminal(script(", progress=False"))


@pytest.mark.parametrize("progress", ["", ", progress=True"])
def test_nothing_is_written_to_a_pipe(progress):
    run = subprocess.run(script(progress), capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("done\n", "")


class Terminal:
    """A standard error that says it is a terminal."""

    def __init__(self) -> None:
        self.written = ""

    def write(self, text: str) -> int:
        self.written += text
        return len(text)

    def flush(self) -> None: ...
    def isatty(self) -> bool:
        return True


def test_a_call_of_less_than_a_second_shows_no_bar(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with shown(None, "scoring") as show:
        show(1, 2)
        show(2, 2)
    assert terminal.written == ""


@pytest.fixture
def notebook(monkeypatch) -> list[dict[str, Any]]:
    """What a notebook would be told to show."""
    import IPython
    import IPython.display

    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace(kernel=object()))

    def display(bundle: dict[str, Any], **_: Any) -> Any:
        bundles.append(bundle)
        return SimpleNamespace(update=lambda later, **_: bundles.append(later))

    monkeypatch.setattr(IPython.display, "display", display)
    return bundles


def test_a_notebook_gets_a_bar_of_the_browser_that_is_empty_at_the_end(notebook, random_panel):
    tocsin.score(random_panel, progress=True)
    assert "scoring" in notebook[0]["text/plain"]
    assert '<progress value="3" max="3">' in notebook[-2]["text/html"]
    assert notebook[-1] == {"text/plain": "", "text/html": ""}


def test_a_function_is_called_in_place_of_a_bar(random_panel):
    calls: list[tuple[int, int]] = []
    tocsin.score(random_panel, progress=lambda done, total: calls.append((done, total)))
    assert calls[-1] == (3, 3)


def test_long_calls_of_one_piece_tell_how_far_they_are():
    events = tocsin.load_example_events("kashmir-2025")
    counted: list[tuple[int, int]] = []
    events.count(pairs="states", progress=lambda *step: counted.append(step))
    assert counted[-1][0] == counted[-1][1] > 0
    pushed: list[tuple[int, int]] = []
    rows = [{"source": "IND", "target": name, "rhetoric": 1} for name in ("PAK", "CHN", "USA")]
    tocsin.Monitor().push("2025-05-01", rows, progress=lambda *step: pushed.append(step))
    assert pushed[-1] == (3, 3)


@pytest.mark.parametrize("wrong", ["yes", 1, object()])
def test_what_is_no_progress_is_refused(wrong, random_panel):
    with pytest.raises(tocsin.InputError, match="expected True, False, None or a function"):
        tocsin.score(random_panel, progress=wrong)


def test_an_exception_of_the_function_ends_the_call(random_panel):
    def stop(*_: int) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        tocsin.score(random_panel, config=tocsin.Config(draws=100_000), progress=stop)
