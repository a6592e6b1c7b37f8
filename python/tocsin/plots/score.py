"""The chart of a pair: its score, what it is made of, and what was counted."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from tocsin.plots import theme
from tocsin.plots.counts import counts_panel
from tocsin.plots.days import MOST_MARKS, Days, counts_of_pair, days_of_pair
from tocsin.tables import CONTRIBUTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.panel import PairName
    from tocsin.scores import Scores

__all__ = ["THRESHOLDS", "score_chart", "score_only_chart"]

# Where scores were seen: half of the crisis days of 1979-2011 that the method was tried on are above 21 to 25, and the
# first days of the wars of 1980 and 2006 at 72 and 79. Lines to read by, nothing that the score was fitted to.
THRESHOLDS: dict[float, str] = {25: "median crisis day", 70: "first days of open war"}

_SHADES = {"warming_up": 0.10, "unscaled": 0.25, "no_data": 0.25}
_LABEL_WIDTH = 70  # pixels that the name of a status takes
_MOST_SENTENCES = 3000


def score_chart(
    scores: Scores,
    pair: PairName,
    *,
    width: int = 720,
    thresholds: Mapping[float, str] | None = None,
    last_days: int | None = None,
    ink: str = theme.INK,
    background: str = "white",
) -> Any:
    """Score with its 90 % interval, the contributions that sum to it, and the counts mirrored by direction.

    Shaded days are less than reliable; what is wrong with them is written at the top. The panels are dragged and zoomed
    together. Above 1,500 days, weeks are drawn, and the chart says so.

    Parameters
    ----------
    scores : Scores
        Intervals are drawn where they were computed: ``score(..., intervals="all")`` for every day. Scores that were
        read from a document have no counts, and their chart has two panels.
    pair : str or tuple
        "IND-PAK", or the two actors.
    width : int
        Of the whole chart, in pixels of 1/96 inch.
    thresholds : dict of str by float, optional
        Scores at which a band begins, and what it is called; by default `THRESHOLDS`.
    last_days : int, optional
        Only so many days up to the last.
    ink, background : str
        Colours of text and ground.

    Returns
    -------
    altair.VConcatChart

    Raises
    ------
    MissingExtraError
        Without Altair.
    """
    alt = theme.altair()
    days = days_of_pair(scores, pair, last_days=last_days)
    panel = scores.panel
    panels = _panels(alt, days, width, thresholds, ink, is_followed=panel is not None)
    description = f"{days.pair}: score and 90 % interval, contributions"
    if panel is not None:
        (index,) = scores._indices(pair)
        counts = counts_of_pair(panel, scores._core.pairs[index], last_days=last_days)
        panels.append(counts_panel(alt, counts, width=width))
        description += " and counts by direction"
    inner = theme.inner_width(width)
    panels = [each.properties(width=inner) for each in panels]
    return theme.concatenated(panels, width=width, description=description, ink=ink, background=background)


def score_only_chart(
    scores: Scores, pair: PairName, *, width: int, last_days: int | None, ink: str, background: str
) -> Any:
    """The first two panels of `score_chart`: for a page that has the counts elsewhere."""
    alt = theme.altair()
    days = days_of_pair(scores, pair, last_days=last_days, most=min(MOST_MARKS, width))
    inner = theme.inner_width(width)
    panels = [
        panel.properties(width=inner)
        for panel in _panels(alt, days, width, None, ink, is_followed=False, is_live=False)
    ]
    what = f"{days.pair}: score and 90 % interval, contributions"
    return theme.concatenated(panels, width=width, description=what, ink=ink, background=background)


def _panels(
    alt: Any,
    days: Days,
    width: int,
    thresholds: Mapping[float, str] | None,
    ink: str,
    *,
    is_followed: bool,
    is_live: bool = True,
) -> list[Any]:
    shown = THRESHOLDS if thresholds is None else thresholds
    return [
        _score_panel(alt, days, _axis(days, width, None), ink, width, shown, is_live=is_live),
        _contribution_panel(alt, days, _axis(days, width, None if is_followed else theme.DAYS), width),
    ]


def _axis(days: Days, width: int, title: str | None) -> Any:
    return theme.time_axis(int(days.start[0]), int(days.end[-1]), inner=theme.inner_width(width), title=title)


def _score_panel(
    alt: Any, days: Days, x: Any, ink: str, width: int, thresholds: Mapping[float, str], *, is_live: bool
) -> Any:
    y = alt.Y(
        "score:Q",
        title="points of 100",
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(values=[0, 20, 40, 60, 80, 100], tickCount=6),
    )
    tooltip = [
        alt.Tooltip("sentence:N", title="day"),
        alt.Tooltip("date:N"),
        alt.Tooltip("status:N"),
        theme.point_format("score", "score"),
        theme.point_format("score_low", "5 % below"),
        theme.point_format("score_high", "5 % above"),
    ]
    base = alt.Chart(alt.Data(values=_rows(days))).encode(x=theme.along("day", None))
    band = base.mark_area(color=ink, opacity=0.2, invalid="break-paths-filter-domains").encode(
        y=alt.Y("score_low:Q"), y2="score_high:Q"
    )
    line = (
        base.mark_line(color=ink, strokeWidth=2, invalid="break-paths-show-domains")
        .encode(x=x, y=y)
        .add_params(theme.zoom(alt))
    )
    # A day alone between gaps has no line; all days have a column that the mouse can meet.
    points = base.mark_circle(color=ink, size=30 if len(days) <= 120 else 4, opacity=1).encode(y=y)
    hover = base.mark_rect(color=ink, opacity=0).encode(
        x=theme.along("start", None),
        x2="end:T",
        y=alt.value(0),
        y2=alt.value("height"),
        tooltip=tooltip,
    )
    layers = [*_bands(alt, thresholds, days, ink), *_shading(alt, days, ink, width), band, line, points]
    if is_live:
        layers += [hover]
    note = " ".join(filter(None, ["Band: 90 % interval of counting, where it was computed.", days.note]))
    return alt.layer(*layers).properties(
        height=190 if width < 480 else 220,
        title=theme.panel_title(f"{days.pair}: score and 90 % interval", note, inner=theme.inner_width(width)),
    )


def _bands(alt: Any, thresholds: Mapping[float, str], days: Days, ink: str) -> list[Any]:
    """What scores were seen at: a shade from each threshold up, and its name."""
    if not thresholds:
        return []
    values = sorted(thresholds)
    rows = [
        {
            "day": int(days.start[0]),
            "end": int(days.end[-1]),
            "bottom": value,
            "top": top,
            "name": thresholds[value],
            "shade": 0.05 + 0.05 * place,
        }
        for place, (value, top) in enumerate(zip(values, [*values[1:], 100], strict=True))
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(y=alt.Y("bottom:Q", title="points of 100"))
    shade = base.mark_rect(color=theme.PARTS["restraint_deficit"]).encode(
        y2="top:Q", opacity=alt.Opacity("shade:Q", scale=None, legend=None)
    )
    rule = base.mark_rule(color=theme.GREY, strokeDash=[4, 3], strokeWidth=1)
    label = base.mark_text(
        align="right", baseline="bottom", dx=-4, dy=-3, fontSize=10, fontStyle="italic", color=ink, opacity=0.85
    ).encode(x=alt.value("width"), text="name:N")
    return [shade, rule, label]


def _shading(alt: Any, days: Days, ink: str, width: int) -> list[Any]:
    """Spans of days that are less than reliable, with what they are where there is room for it."""
    spans = []
    place = 0
    for status, run in groupby(days.columns["status"]):
        length = len(list(run))
        if status in _SHADES:
            has_room = theme.inner_width(width) * length >= _LABEL_WIDTH * len(days)
            spans.append(
                {
                    "day": int(days.start[place]),
                    "end": int(days.end[place + length - 1]),
                    "status": status.replace("_", " "),
                    "shade": _SHADES[status],
                    "label": status.replace("_", " ") if has_room else "",
                }
            )
        place += length
    if not spans:
        return []
    base = alt.Chart(alt.Data(values=spans)).encode(x=theme.along("day", None))
    shade = base.mark_rect(color=theme.GREY).encode(
        x2="end:T", opacity=alt.Opacity("shade:Q", scale=None, legend=None), tooltip=[alt.Tooltip("status:N")]
    )
    label = base.mark_text(align="left", baseline="top", dx=5, dy=5, color=ink, fontStyle="italic", fontSize=11).encode(
        y=alt.value(0), text="label:N"
    )
    return [shade, label]


def _contribution_panel(alt: Any, days: Days, x: Any, width: int) -> Any:
    names = {name: name.replace("_", " ") for name in CONTRIBUTIONS}
    values = {name: days.columns[name].tolist() for name in CONTRIBUTIONS}
    dates = days.columns["date"].astype(str).tolist()
    seam = theme.seam(int(days.start[0]), int(days.end[-1]), width)
    rows = []
    for place in range(len(days)):
        top = 0.0
        for name in CONTRIBUTIONS:
            points = values[name][place]
            if not math.isnan(points):
                span = {"day": int(days.start[place]), "end": int(days.end[place]) + seam, "date": dates[place]}
                rows.append(span | {"part": names[name], "points": points, "bottom": top, "top": top + points})
                top += points
    colours = alt.Scale(domain=list(names.values()), range=list(theme.PARTS.values()))
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_rect()
        .encode(
            x=x,
            x2="end:T",
            y=alt.Y("bottom:Q", title="points of 100"),
            y2="top:Q",
            color=alt.Color("part:N", title=None, scale=colours),
            tooltip=[alt.Tooltip("date:N"), alt.Tooltip("part:N"), theme.point_format("points", "points")],
        )
        .add_params(theme.zoom(alt))
        .properties(
            height=130 if width < 480 else 160,
            title=theme.panel_title(
                "What it is made of",
                "The parts stand on each other and sum to the score.",
                inner=theme.inner_width(width),
            ),
        )
    )


def _rows(days: Days) -> list[dict[str, Any]]:
    """One record a mark; a missing value is null."""
    lists = {name: days.columns[name].tolist() for name in ("score", "score_low", "score_high")}
    dates = days.columns["date"].astype(str).tolist()
    stamps = days.columns["date"].astype("datetime64[ms]").astype(np.int64).tolist()
    return [
        {
            "day": stamps[place],
            "start": int(days.start[place]),
            "end": int(days.end[place]),
            "date": dates[place],
            "status": days.columns["status"][place].replace("_", " "),
            "sentence": days.sentences[place],
            **{name: None if math.isnan(values[place]) else values[place] for name, values in lists.items()},
        }
        for place in range(len(days))
    ]
