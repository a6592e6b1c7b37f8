"""Tables in Markdown, and which bars are met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Bar", "bar_table", "table"]


@dataclass(frozen=True)
class Bar:
    """What was asked for, and what was found."""

    question: str
    region: str
    what: str
    is_met: bool
    found: str


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Markdown; the first column to the left, the others to the right."""
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def bar_table(bars: Iterable[Bar]) -> str:
    """Markdown: one row for each bar and region."""
    head = ["", "region", "bar", "found", "met"]
    return table(head, [[b.question, b.region, b.what, b.found, "yes" if b.is_met else "**no**"] for b in bars])
