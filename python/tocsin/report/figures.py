"""The drawings of the page: inline SVG for each width of screen and span of days, and the sentences of the days."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from tocsin.errors import MissingExtraError
from tocsin.plots import counts_chart, ladder_chart, pairs_chart, score_only_chart
from tocsin.plots.counts import acts_of
from tocsin.plots.days import counts_of_pair, days_of_pair
from tocsin.plots.theme import chart_svg
from tocsin.report.markup import note

if TYPE_CHECKING:
    from tocsin.scores import Scores

__all__ = ["day_data", "default_range", "figure", "pair_drawings", "pairs_figure", "ranges"]

WIDE, NARROW = 760, 340  # pixels
_RECENT = (90, 30)
_COLOURS = {"ink": "currentColor", "background": "transparent"}

Drawing = Callable[[int, int | None], Any]  # (width, last days) -> chart


def ranges(days: int) -> list[tuple[str, int | None]]:
    """Spans that the charts are drawn for, by name: all days, and those of the last ones that are fewer."""
    return [("all", None), *((str(recent), recent) for recent in _RECENT if recent < days)]


def default_range(days: int) -> str:
    """The span that is shown first: a reader of a long calendar wants its end."""
    return "90" if days > 150 else "all"


def figure(drawing: Drawing, days: int, *, place: int, label: str, caption: str) -> str:
    """A drawing in all its sizes and spans; one of them is seen.

    Parameters
    ----------
    drawing : callable
        Makes the chart from its width and how many days it shows (None: all).
    days : int
        Length of the calendar.
    place : int
        Of the pair in the page's data.
    label : str
        What a screen reader says in place of the image.
    caption : str
        Stands below it.
    """
    try:
        plots = [
            _plot(drawing(width, last_days), name, size, place, label, is_shown=name == default_range(days))
            for name, last_days in ranges(days)
            for size, width in (("wide", WIDE), ("narrow", NARROW))
        ]
    except MissingExtraError as missing:
        return note(f"No chart: {missing}")
    return f"<figure>{''.join(plots)}<figcaption>{html.escape(caption)}</figcaption></figure>"


def _plot(chart: Any, name: str, size: str, place: int, label: str, *, is_shown: bool) -> str:
    svg = chart_svg(chart)
    whole = float(re.search(r'viewBox="0 0 ([\d.]+) ', svg).group(1))  # type: ignore[union-attr]
    left = float(re.search(r"translate\(([\d.]+),", svg).group(1))  # type: ignore[union-attr]
    inner = chart.vconcat[0].width
    spoken = f'<svg role="img" aria-label="{html.escape(label)}" focusable="false" '
    return (
        f'<div class="plot {size}" data-range="{name}" data-pair="{place}" data-left="{left / whole:.5f}" '
        f'data-right="{(left + inner) / whole:.5f}"{"" if is_shown else " hidden"}>'
        f"{svg.replace('<svg ', spoken, 1)}</div>"
    )


def pair_drawings(scores: Scores, index: int) -> dict[str, Drawing]:
    """The charts of a pair by name: score, counts (where there are some), ladder."""
    pair = scores._core.pairs[index]
    panel = scores.panel
    made: dict[str, Drawing] = {
        "score": lambda width, last: score_only_chart(scores, pair, width=width, last_days=last, **_COLOURS),
        "ladder": lambda width, last: ladder_chart(scores, pair, width=width, last_days=last, **_COLOURS),
    }
    if panel is not None:
        made["counts"] = lambda width, last: counts_chart(
            panel, pair, width=width, last_days=last, most=width, **_COLOURS
        )
    return made


def pairs_figure(scores: Scores, *, top: int, days: int) -> str:
    """The heat map."""
    return figure(
        lambda width, last: pairs_chart(scores, top=top, width=width, last_days=last, **_COLOURS),
        days,
        place=-1,
        label=f"Heat map of the scores of {min(top, len(scores))} pairs by day. The table of pairs has the numbers.",
        caption="One row a pair, one column a day. Darker is higher.",
    )


def day_data(scores: Scores, index: int, days: int) -> dict[str, Any]:
    """What the script says of a day that is pointed at: for each span, how its marks are cut and a text for each."""
    pair = scores._core.pairs[index]
    panel = scores.panel
    spans = {}
    for name, last in ranges(days):
        drawn = days_of_pair(scores, pair, last_days=last, most=WIDE)
        counts = None if panel is None else counts_of_pair(panel, pair, last_days=last, most=WIDE)
        spans[name] = {
            "length": drawn.length,
            "days": drawn.total,
            "dates": np.datetime_as_string(drawn.columns["date"].astype("datetime64[D]")).tolist(),
            "texts": drawn.sentences,
            "acts": [] if counts is None else acts_of(counts),
        }
    return {"name": f"{pair[0]}-{pair[1]}", "spans": spans}
