"""What the commands print, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tocsin.errors import InputError, InputWarning
from tocsin.progress import shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tocsin.progress import Progress

__all__ = [
    "SHOWN",
    "complain",
    "listed",
    "plain",
    "print_text",
    "progress",
    "require_folder",
    "table",
    "warning_printer",
]

SHOWN = 20
_PIPE_WIDTH = 100


def table(*names: str, numbers_from: int) -> Table:
    """A table without lines; columns from `numbers_from` on stand to the right."""
    made = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, title_justify="left", caption_justify="left")
    for place, name in enumerate(names):
        made.add_column(name.replace("_", " "), justify="right" if place >= numbers_from else "left", vertical="bottom")
    return made


def print_text(content: str | Table) -> None:
    """Sentences or a table, to standard output."""
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        # Lines of a pipe are not broken: somebody may search them.
        console.width = _PIPE_WIDTH
    console.print(plain(content) if isinstance(content, str) else content, soft_wrap=not console.is_terminal)
    if isinstance(content, Table):
        console.print()


def complain(message: str) -> None:
    """Say something on standard error."""
    Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(plain(f"tocsin: {message}"))


def plain(text: str) -> Text:
    """A name from a file may hold what a terminal would take for a command, or rich for markup."""
    return Text("".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text))


def warning_printer() -> Any:
    """What shows warnings: each once, in one line."""
    seen: set[str] = set()

    def show(message: Warning | str, category: type[Warning], *_: Any, **__: Any) -> None:
        if str(message) not in seen:
            seen.add(str(message))
            complain(f"warning: {message}" if issubclass(category, InputWarning) else f"{category.__name__}: {message}")

    return show


def progress(label: str) -> AbstractContextManager[Progress | None]:
    """A bar that moves, or nothing where nobody watches."""
    return shown(progress=True, label=label)


def require_folder(path: Path) -> None:
    """Raise InputError where a file could not be written, before the work is done."""
    if not path.resolve().parent.is_dir():
        raise InputError(f"{path}: there is no folder {path.resolve().parent}")


def listed(names: Sequence[str]) -> str:
    """The first of many names."""
    shown = ", ".join(names[:SHOWN])
    return shown if len(names) <= SHOWN else f"{shown} and {len(names) - SHOWN:,} more"
