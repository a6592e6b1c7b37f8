"""A bar that moves during long calls, where somebody watches: in a terminal or a notebook, and nowhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from tocsin.errors import InputError

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

__all__ = ["Progress", "ProgressOption", "shown"]

Progress = Callable[[int, int], object]
ProgressOption = Progress | bool | None

_PATIENCE_SECONDS = 1.0  # what takes no longer needs no bar


class _Bar(Protocol):
    def show(self, done: int, total: int) -> None: ...
    def close(self) -> None: ...


@contextmanager
def shown(progress: ProgressOption, label: str) -> Iterator[Progress | None]:
    """What the core is to call now and then with (done, all), or None.

    Parameters
    ----------
    progress : callable, bool or None
        None: a bar in terminals and notebooks, once the call has taken a second. True: the same, but at once. False:
        none. A function is called in place of a bar.
    label : str
        What is done, in a word.
    """
    if callable(progress):
        yield progress
        return
    if progress is not None and not isinstance(progress, bool):
        raise InputError(f"progress is {progress!r}, expected True, False, None or a function of (done, all)")
    make = None if progress is False else _bar_for_whoever_watches()
    if make is None:
        yield None
        return
    bar: _Bar | None = None
    begin = time.monotonic() + (0 if progress else _PATIENCE_SECONDS)

    def show(done: int, total: int) -> None:
        nonlocal bar
        if bar is None and time.monotonic() >= begin:
            bar = make(label)
        if bar is not None:
            bar.show(done, total)

    try:
        yield show
    finally:
        if bar is not None:
            bar.close()


def _bar_for_whoever_watches() -> Callable[[str], _Bar] | None:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is not None and hasattr(shell, "kernel"):
        return _NotebookBar
    stream = sys.stderr
    return _TerminalBar if stream is not None and stream.isatty() else None


class _TerminalBar:
    def __init__(self, label: str) -> None:
        from rich.console import Console
        from rich.progress import Progress

        # Drawn when the core calls, a few times a second: without a thread that would have to end with the call.
        self._bar: RichProgress = Progress(console=Console(stderr=True), transient=True, auto_refresh=False)
        self._bar.start()
        self._task = self._bar.add_task(label, total=None)

    def show(self, done: int, total: int) -> None:
        self._bar.update(self._task, completed=done, total=total, refresh=True)

    def close(self) -> None:
        self._bar.stop()


class _NotebookBar:
    """Of the browser, so that no extension is needed; empty when the call is done."""

    def __init__(self, label: str) -> None:
        from IPython.display import display

        self._label = label
        self._handle: Any = display(  # type: ignore[no-untyped-call]
            self._bundle(0, 1), raw=True, display_id=True
        )

    def show(self, done: int, total: int) -> None:
        self._handle.update(self._bundle(done, total), raw=True)

    def close(self) -> None:
        self._handle.update({"text/plain": "", "text/html": ""}, raw=True)

    def _bundle(self, done: int, total: int) -> dict[str, str]:
        text = f"{self._label}: {done:,} of {total:,}"
        bar = f'<progress value="{done}" max="{max(total, 1)}"></progress>'
        return {"text/plain": text, "text/html": f"<label>{text} {bar}</label>"}
