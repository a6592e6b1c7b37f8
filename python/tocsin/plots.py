"""Charts (extra ``plot``)."""

from __future__ import annotations

import importlib.util
import io
import math
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from tocsin.errors import MissingExtraError
from tocsin.tables import CONTRIBUTIONS

if TYPE_CHECKING:
    from tocsin.panel import PairName
    from tocsin.scores import Scores

__all__ = ["HOW_TO_GET_CHARTS", "chart_svg", "score_chart"]

HOW_TO_GET_CHARTS = 'charts need Altair and vl-convert: pip install "tocsin[plot]"'

# Okabe and Ito (2008): told apart by people who do not see red and green as different.
_COLOURS = {
    "intensity": "#0072B2",
    "momentum": "#E69F00",
    "self_sustaining": "#009E73",
    "spread": "#CC79A7",
    "restraint_deficit": "#D55E00",
}
_SHADES = {"warming_up": 0.10, "unscaled": 0.25, "no_data": 0.25}
_DAY = 86_400_000  # milliseconds, as Vega counts time
_GREY = "#767676"
_LABEL_WIDTH = 70  # pixels that the name of a status takes


def score_chart(scores: Scores, pair: PairName, *, width: int = 640) -> Any:
    """Score with its 90 % interval, and below it the contributions that sum to it.

    Shaded days are less than reliable; what is wrong with them is written at the top.

    Parameters
    ----------
    scores : Scores
        Intervals are drawn where they were computed: ``score(..., intervals="all")`` for every day.
    pair : str or tuple
        "IND-PAK", or the two actors.
    width : int
        Of the plot, in pixels.

    Returns
    -------
    altair.VConcatChart

    Raises
    ------
    MissingExtraError
        Without Altair.
    """
    return _chart(scores, pair, width, ink="#333333", background="white")


def chart_svg(
    scores: Scores, pair: PairName, *, width: int = 640, ink: str = "#333333", background: str = "white"
) -> str:
    """The same chart as an SVG image, without a browser.

    Parameters
    ----------
    ink, background : str
        Colours of text and ground; "currentColor" and "transparent" take those of the page around.

    Raises
    ------
    MissingExtraError
        Without Altair or vl-convert.
    """
    chart = _chart(scores, pair, width, ink=ink, background=background)
    if importlib.util.find_spec("vl_convert") is None:  # Altair needs it for images
        raise MissingExtraError(HOW_TO_GET_CHARTS)
    buffer = io.StringIO()
    chart.save(buffer, format="svg")
    return buffer.getvalue()


def _chart(scores: Scores, pair: PairName, width: int, *, ink: str, background: str) -> Any:
    try:
        import altair as alt
    except ImportError:
        raise MissingExtraError(HOW_TO_GET_CHARTS) from None
    columns = scores._columns(scores._indices(pair))
    days = columns["date"].astype("datetime64[ms]").astype(np.int64)
    x = alt.X(
        "day:T",
        title="day (UTC)",
        scale=alt.Scale(type="utc", domain=[int(days[0]) - _DAY // 2, int(days[-1]) + _DAY // 2], nice=False),
        axis=alt.Axis(
            format="%-d %b %Y" if len(days) > 200 else "%-d %b", tickCount=max(2, width // 80), labelOverlap=True
        ),
    )
    upper = _score_panel(alt, columns, days, x, ink, width)
    lower = _contribution_panel(alt, columns, days, x)
    return (
        alt.vconcat(upper.properties(width=width, height=220), lower.properties(width=width, height=160), spacing=18)
        # Marks need no labels of their own for a screen reader: the image as a whole has one.
        .configure(background=background, font="system-ui, sans-serif", aria=False)
        .configure_axis(
            labelColor=ink,
            titleColor=ink,
            tickColor=_GREY,
            domainColor=_GREY,
            gridColor=_GREY,
            gridOpacity=0.2,
            titleFontWeight="normal",
            labelFontSize=11,
            titleFontSize=12,
        )
        .configure_legend(
            labelColor=ink,
            titleColor=ink,
            labelFontSize=11,
            orient="bottom",
            columns=max(2, width // 128),
            columnPadding=16,
        )
        .configure_title(color=ink, anchor="start", fontSize=14, limit=width)
        .configure_view(stroke=None)
    )


def _score_panel(alt: Any, columns: dict[str, Any], days: Any, x: Any, ink: str, width: int) -> Any:
    y = alt.Y(
        "score:Q",
        title="points of 100",
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(values=[0, 20, 40, 60, 80, 100]),
    )
    rows = _rows(columns, days, ("score", "score_low", "score_high"))
    tooltip = [
        alt.Tooltip(
            f"{name}:N" if name in ("date", "status") else f"{name}:Q",
            format="" if name in ("date", "status") else ".1f",
        )
        for name in ("date", "status", "score", "score_low", "score_high")
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(x=x)
    band = base.mark_area(color=ink, opacity=0.2, invalid="break-paths-filter-domains").encode(
        y=alt.Y("score_low:Q"), y2="score_high:Q"
    )
    line = base.mark_line(color=ink, strokeWidth=2, invalid="break-paths-show-domains").encode(y=y)
    points = base.mark_circle(color=ink, size=30, opacity=1).encode(y=y, tooltip=tooltip)
    layers = [*_shading(alt, columns, days, x, ink, width), band, line]
    if len(days) <= 120:
        layers.append(points)
    return alt.layer(*layers).properties(title=f"{columns['pair'][0]}: score and 90 % interval")


def _shading(alt: Any, columns: dict[str, Any], days: Any, x: Any, ink: str, width: int) -> list[Any]:
    """Spans of days that are less than reliable, with what they are where there is room for it."""
    spans = []
    place = 0
    for status, run in groupby(columns["status"]):
        length = len(list(run))
        if status in _SHADES:
            spans.append(
                {
                    "day": int(days[place]) - _DAY // 2,
                    "end": int(days[place + length - 1]) + _DAY // 2,
                    "status": status.replace("_", " "),
                    "shade": _SHADES[status],
                    "label": status.replace("_", " ") if width * length >= _LABEL_WIDTH * len(days) else "",
                }
            )
        place += length
    if not spans:
        return []
    base = alt.Chart(alt.Data(values=spans)).encode(x=x)
    shade = base.mark_rect(color=_GREY).encode(
        x2="end:Q", opacity=alt.Opacity("shade:Q", scale=None), tooltip=[alt.Tooltip("status:N")]
    )
    label = base.mark_text(align="left", baseline="top", dx=5, dy=5, color=ink, fontStyle="italic", fontSize=11).encode(
        y=alt.value(0), text="label:N"
    )
    return [shade, label]


def _contribution_panel(alt: Any, columns: dict[str, Any], days: Any, x: Any) -> Any:
    names = {name: name.replace("_", " ") for name in CONTRIBUTIONS}
    rows = []
    for place, day in enumerate(days):
        top = 0.0
        for name in CONTRIBUTIONS:
            points = float(columns[name][place])
            if not math.isnan(points):
                span = {"day": int(day) - _DAY // 2, "end": int(day) + _DAY // 2, "date": str(columns["date"][place])}
                rows.append(span | {"part": names[name], "points": points, "bottom": top, "top": top + points})
                top += points
    colours = alt.Scale(domain=list(names.values()), range=list(_COLOURS.values()))
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_rect()
        .encode(
            x=x,
            x2="end:Q",
            y=alt.Y("bottom:Q", title="points"),
            y2="top:Q",
            color=alt.Color("part:N", title=None, scale=colours),
            tooltip=[alt.Tooltip("date:N"), alt.Tooltip("part:N"), alt.Tooltip("points:Q", format=".1f")],
        )
        .properties(title="What it is made of")
    )


def _rows(columns: dict[str, Any], days: Any, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """One record a day; a missing value is null."""
    lists = {name: columns[name].tolist() for name in names}
    return [
        {
            "day": int(day),
            "date": str(columns["date"][place]),
            "status": columns["status"][place],
            **{name: None if math.isnan(values[place]) else values[place] for name, values in lists.items()},
        }
        for place, day in enumerate(days)
    ]
