"""Text to HTML: every name is escaped, and none turns the line around it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["gauge", "head", "items", "named", "note", "numbers", "section", "spoken", "table", "whole"]


def named(pair: tuple[str, str]) -> str:
    """A pair's two names, each on its own: one that runs from right to left does not take the other along."""
    return "-".join(f"<bdi>{html.escape(actor)}</bdi>" for actor in pair)


def spoken(sentence: str, pair: tuple[str, str]) -> str:
    """A sentence with the names that it holds set apart."""
    return named(pair).join(_single_names(piece, pair) for piece in sentence.split("-".join(pair)))


def _single_names(text: str, pair: tuple[str, str]) -> str:
    escaped = html.escape(text)
    for actor in pair:
        if not actor.isascii():
            name = html.escape(actor)
            escaped = escaped.replace(name, f"<bdi>{name}</bdi>")
    return escaped


def items(sentences: Iterable[str], pair: tuple[str, str] = ("", "")) -> str:
    """Sentences as a list; nothing where there are none."""
    shown = [f"<li>{spoken(text, pair) if all(pair) else html.escape(text)}</li>" for text in sentences]
    return f"<ul>{''.join(shown)}</ul>" if shown else ""


def section(title: str, content: str, *, name: str, level: int = 2) -> str:
    """A part of the page with its heading, which is also its name to a screen reader."""
    return f'<section aria-labelledby="{name}"><h{level} id="{name}">{title}</h{level}>{content}</section>'


def table(caption: str, head_cells: str, rows: Sequence[str], *, kind: str = "") -> str:
    """A table that scrolls sideways where it is too wide; with the keyboard too."""
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{html.escape(caption)}">'
        f'<table class="{kind}"><caption>{html.escape(caption)}</caption>'
        f"<thead><tr>{head_cells}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def head(*names: str, kind: str = "") -> str:
    """Cells of a table's head."""
    attribute = f' class="{kind}"' if kind else ""
    return "".join(f'<th scope="col"{attribute}>{html.escape(name.replace("_", " "))}</th>' for name in names)


def numbers(*cells: str) -> str:
    """Cells that stand to the right."""
    return "".join(f'<td class="number">{html.escape(cell)}</td>' for cell in cells)


def gauge(share: float) -> str:
    """A bar, for the eye only: the number stands beside it."""
    width = max(0.0, min(100.0, 100 * share))
    return (
        '<svg class="gauge" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect class="track" width="100" height="8"/><rect class="fill" width="{width:.1f}" height="8"/></svg>'
    )


def note(text: str) -> str:
    """A line in small type; the text is escaped."""
    return f'<p class="note">{html.escape(text)}</p>'


def whole(text: str) -> str:
    """Words that are not broken at the end of a line."""
    return f'<span class="whole">{html.escape(text)}</span>'
