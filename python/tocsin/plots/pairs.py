"""The heat map: many pairs at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tocsin.plots import theme
from tocsin.plots.days import bin_length, span_name

if TYPE_CHECKING:
    from tocsin.scores import Scores

__all__ = ["pairs_chart"]

_LEFT = 110  # pixels: names of pairs
_MOST_CELLS = 20_000
_SHADES = ("#f4efe2", "#f6cf8f", "#ee8a45", "#c2352b", "#5b0f1e")


def pairs_chart(
    scores: Scores,
    *,
    top: int = 30,
    width: int = 720,
    last_days: int | None = None,
    ink: str = theme.INK,
    background: str = "white",
) -> Any:
    """Pairs by day, the most escalated of the last day on top; darker is higher (an Altair chart).

    Parameters
    ----------
    scores : Scores
    top : int
        So many pairs are shown.
    width : int
        Of the whole chart, in pixels of 1/96 inch.
    last_days : int, optional
        Only so many days up to the last.

    Raises
    ------
    MissingExtraError
        Without Altair.
    """
    theme.require_whole_number(top, "top", 1, "how many pairs are shown")
    shown = scores._core.by_score()[:top]
    names = [f"{theme.isolated(a)}-{theme.isolated(b)}" for a, b in (scores._core.pairs[index] for index in shown)]
    left = min(_LEFT if width >= 480 else 80, 12 + int(6.4 * max(map(len, names), default=0)))
    inner = theme.inner_width(width, left)
    first, last = scores._core.calendar
    days = last - first + 1 if last_days is None else min(last_days, last - first + 1)
    # No more columns than pixels, and no more cells than a browser draws at once.
    length = bin_length(days, min(inner, max(1, _MOST_CELLS // max(1, len(shown)))))
    rows = _cells(scores, shown, names, days=days, length=length, width=width)
    title = theme.panel_title("Escalation scores by pair", _note(len(scores), len(shown), length, days), inner=inner)
    x = theme.time_axis(*_ends(last, days), inner=inner)
    drawn = _heat_map(rows, names, x, left).properties(width=inner, height=max(24, 18 * len(shown)), title=title)
    what = f"Heat map of the scores of {len(shown)} pairs"
    return theme.concatenated([drawn], width=width, description=what, ink=ink, background=background)


def _ends(last: int, days: int) -> tuple[int, int]:
    """Milliseconds at which so many days up to the last begin and end."""
    end = last * theme.DAY + theme.DAY // 2
    return end - days * theme.DAY, end


def _cells(
    scores: Scores, shown: list[int], names: list[str], *, days: int, length: int, width: int
) -> list[dict[str, Any]]:
    """A record a cell: the highest score of so many days; none where there is no score."""
    first, last = scores._core.calendar
    total = last - first + 1
    begins = np.arange(total - days, total, length)
    score = scores._columns(shown)["score"].reshape(len(shown), total)
    highest = np.fmax.reduceat(score, begins, axis=1)
    starts = (first + begins) * theme.DAY - theme.DAY // 2
    seam = theme.seam(*_ends(last, days), width)
    ends = np.minimum(first + begins + length, last + 1) * theme.DAY - theme.DAY // 2 + seam
    dates = [str(np.datetime64(int(first + begin), "D")) for begin in begins]
    return [
        {
            "day": int(starts[place]),
            "end": int(ends[place]),
            "date": dates[place],
            "pair": names[row],
            "score": float(highest[row, place]),
        }
        for row, place in np.argwhere(~np.isnan(highest)).tolist()
    ]


def _heat_map(rows: list[dict[str, Any]], names: list[str], x: Any, left: int) -> Any:
    alt = theme.altair()
    y = alt.Y(
        "pair:N",
        title=None,
        sort=None,
        scale=alt.Scale(domain=names, paddingInner=0.06),
        axis=alt.Axis(labelLimit=left - 10, ticks=False, domain=False, grid=False),
    )
    # Ordered in lightness: the same in grey, and to people who do not see red and green as different.
    colour = alt.Color(
        "score:Q",
        scale=alt.Scale(domain=[0, 25, 50, 75, 100], range=list(_SHADES)),
        legend=alt.Legend(title="score, points of 100", gradientLength=150, titleOrient="top"),
    )
    tooltip = [alt.Tooltip("pair:N"), alt.Tooltip("date:N"), theme.point_format("score", "score")]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_rect()
        .encode(x=x, x2="end:T", y=y, color=colour, tooltip=tooltip)
        .add_params(theme.zoom(alt))
    )


def _note(pairs: int, shown: int, length: int, days: int) -> str:
    which = f"The highest {shown:,} of {pairs:,} pairs" if shown < pairs else f"{pairs:,} pair{'s' * (pairs != 1)}"
    cells = "" if length == 1 else f" {days:,} days: each cell is the highest day of {span_name(length)}."
    return f"{which}, most escalated on the last day on top; empty: no score.{cells}"
