"""One self-contained page about a crisis, for a reader without Python: nothing is loaded, nothing leaves it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from tocsin import files
from tocsin.plots.theme import require_whole_number
from tocsin.report import appendix, many, one
from tocsin.report.page import page_html

if TYPE_CHECKING:
    import os

    from tocsin.events import Events
    from tocsin.panel import PairName
    from tocsin.scores import Scores

__all__ = ["report_html", "write_report"]


def write_report(
    scores: Scores,
    path: str | os.PathLike[str],
    pair: PairName | None = None,
    *,
    events: Events | None = None,
    top: int = 5,
) -> None:
    """Write the page; the file is whole or as it was before.

    Parameters
    ----------
    scores : Scores
        With ``intervals="all"`` the chart has its band on every day.
    path : path
        Should end in ``.html``.
    pair, events, top
        As in `Scores.report`.

    Raises
    ------
    InputError
        For a pair that is not there, and a folder that may not be written to.
    """
    page = report_html(scores, pair, events=events, top=top)
    with files.replaced(path) as beside:
        beside.write_text(page, encoding="utf-8")


def report_html(scores: Scores, pair: PairName | None = None, *, events: Events | None = None, top: int = 5) -> str:
    """The page as a text. Without the extra ``plot``, a line says how to get the charts."""
    require_whole_number(top, "top", 1, "how many pairs get a section")
    if pair is None and len(scores) != 1:
        title, body, data = many.page(scores, events=events, top=top)
    else:
        index = 0 if pair is None else scores._indices(pair)[0]
        title, body, data = one.page(scores, index, events=events)
    return page_html(html.escape(title), body + appendix.sections(scores, events), data)
