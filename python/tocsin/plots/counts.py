"""Charts of what was counted: by signal and day, mirrored by direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tocsin.errors import InputError
from tocsin.plots import theme
from tocsin.plots.days import Counts, counts_of_pair, counts_of_panel

if TYPE_CHECKING:
    from tocsin.events import Events
    from tocsin.panel import CountPanel, PairName

__all__ = ["acts_of", "counts_chart", "counts_panel", "event_chart"]

_STACKED = ("rhetoric", "military", "punitive", "cooperation")


def event_chart(events: Events, pair: PairName | None = None, *, width: int = 720) -> Any:
    """Events by day and signal, of all pairs together or mirrored by direction for one (an Altair chart).

    Counted as `Events.count` counts them by default. Above 1,500 days, weeks are drawn, and the chart says so.

    Parameters
    ----------
    events : Events
    pair : str or tuple, optional
        "IND-PAK", or the two actors.
    width : int
        Of the whole chart, in pixels of 1/96 inch.
    """
    theme.altair()
    report = events._count_report
    panel = events.count(pairs="all" if pair is None else [pair])
    events._count_report = report  # looking at events does not count them
    return counts_chart(panel, None if pair is None else panel.pairs[0], width=width)


def counts_chart(
    panel: CountPanel,
    pair: tuple[str, str] | None,
    *,
    width: int = 720,
    last_days: int | None = None,
    ink: str = theme.INK,
    background: str = "white",
    most: int | None = None,
) -> Any:
    """Counts by day and signal: of one pair mirrored by direction, or of all pairs together."""
    alt = theme.altair()
    if pair is None:
        counts = counts_of_panel(panel)
    else:
        counts = counts_of_pair(panel, pair, last_days=last_days, **({} if most is None else {"most": most}))
    if len(counts.start) == 0:
        raise InputError("there is no day to draw")
    drawn = counts_panel(alt, counts, width=width).properties(width=theme.inner_width(width))
    what = "counts of all pairs" if pair is None else f"{counts.names[0]}: counts by signal and direction"
    return theme.concatenated([drawn], width=width, description=what, ink=ink, background=background)


def counts_panel(alt: Any, counts: Counts, *, width: int) -> Any:
    """Bars of acts: one direction above zero, the other below, mediation as diamonds on the line between them."""
    inner = theme.inner_width(width)
    x = theme.time_axis(int(counts.start[0]), int(counts.end[-1]), inner=inner)
    bars = _bars(counts)
    most = max([1.0, *(abs(row["top"]) for row in bars), *(abs(row["bottom"]) for row in bars)])
    span = "day" if counts.length == 1 else "week" if counts.length == 7 else f"{counts.length} days"
    title = f"acts a {span}" if counts.length <= 7 else f"acts in {span}"
    y = alt.Y(
        "bottom:Q",
        title=title,
        # Where nothing stands below zero, half a diamond still does.
        scale=alt.Scale(domain=[-most if counts.names[1] else -0.06 * most, 1.02 * most], nice=bool(counts.names[1])),
        axis=alt.Axis(labelExpr="abs(datum.value)", format="d", tickMinStep=1),
    )
    names = [*_STACKED, "mediation"]
    colours = alt.Scale(domain=names, range=[theme.SIGNALS[name] for name in names])
    tooltip = [
        alt.Tooltip("date:N"),
        alt.Tooltip("direction:N"),
        alt.Tooltip("signal:N"),
        alt.Tooltip("acts:Q", format=".3~g"),
    ]
    base = alt.Chart(alt.Data(values=bars)).encode(tooltip=tooltip)
    columns = base.mark_rect().encode(
        x=x, x2="end:T", y=y, y2="top:Q", color=alt.Color("signal:N", title=None, scale=colours)
    )
    zero = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=theme.GREY).encode(y=alt.Y("zero:Q", title=title))
    layers = [*_gaps(alt, counts), columns.add_params(theme.zoom(alt)), zero]
    mediated = _mediation(counts)
    if mediated:
        layers.append(
            alt.Chart(alt.Data(values=mediated))
            .mark_point(shape="diamond", filled=True, size=70, opacity=1, stroke="white", strokeWidth=0.8)
            .encode(
                x=theme.along("day"),
                y=alt.Y("zero:Q", title=title),
                color=alt.Color("signal:N", title=None, scale=colours),
                tooltip=[alt.Tooltip("date:N"), alt.Tooltip("signal:N"), alt.Tooltip("acts:Q", format=".3~g")],
            )
        )
    return alt.layer(*layers).properties(
        height=150 if width < 480 else 180, title=theme.panel_title("What was counted", _note(counts), inner=inner)
    )


def _note(counts: Counts) -> str:
    first, second = counts.names
    sides = f"Above zero {first}, below {second}." if second else f"Acts of {first}; who did them is not known."
    if first == "all pairs":
        sides = "All pairs together."
    return " ".join(filter(None, [sides, "Diamonds: mediation.", counts.note]))


def _date(counts: Counts, place: int) -> str:
    begin, end = (
        np.datetime64(int(value), "ms").astype("datetime64[D]")
        for value in (counts.start[place] + theme.DAY // 2, counts.end[place] - theme.DAY // 2)
    )
    return str(begin) if begin == end else f"{begin} to {end}"


def _bars(counts: Counts) -> list[dict[str, Any]]:
    """Stacked away from zero: the first direction upwards, the second downwards."""
    columns = [list(theme.SIGNALS).index(name) for name in _STACKED]
    rows = []
    for direction, sign, values in ((counts.names[0], 1, counts.forward), (counts.names[1], -1, counts.backward)):
        with_acts = np.flatnonzero(np.nan_to_num(values[:, columns]).sum(axis=1) > 0)
        for place in with_acts.tolist():
            top = 0.0
            for name, column in zip(_STACKED, columns, strict=True):
                acts = float(values[place, column])
                if acts > 0:
                    rows.append(
                        {
                            "day": int(counts.start[place]),
                            "end": int(counts.end[place]),
                            "date": _date(counts, place),
                            "direction": direction,
                            "signal": name,
                            "acts": acts,
                            "bottom": sign * top,
                            "top": sign * (top + acts),
                        }
                    )
                    top += acts
    return rows


def _mediation(counts: Counts) -> list[dict[str, Any]]:
    column = list(theme.SIGNALS).index("mediation")
    acts = np.nan_to_num(counts.forward[:, column]) + np.nan_to_num(counts.backward[:, column])
    return [
        {
            "day": int((counts.start[place] + counts.end[place]) // 2),
            "date": _date(counts, place),
            "signal": "mediation",
            "acts": float(acts[place]),
            "zero": 0,
        }
        for place in np.flatnonzero(acts > 0).tolist()
    ]


def _gaps(alt: Any, counts: Counts) -> list[Any]:
    """Days of which nothing was collected: no bar there is no zero."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], counts.missing, [False]]).astype(np.int8)))
    rows = [
        {"day": int(counts.start[a]), "end": int(counts.end[b - 1]), "status": "not collected"}
        for a, b in edges.reshape(-1, 2).tolist()
    ]
    if not rows:
        return []
    shade = alt.Chart(alt.Data(values=rows)).mark_rect(color=theme.GREY, opacity=0.25)
    return [shade.encode(x=theme.along("day"), x2="end:T", tooltip=[alt.Tooltip("status:N")])]


def acts_of(counts: Counts) -> list[str]:
    """What was counted on each mark, in words: "IND > PAK: 2 rhetoric, 1 military; mediation 1"."""
    mediation = list(theme.SIGNALS).index("mediation")
    texts = []
    for place in range(len(counts.start)):
        if counts.missing[place]:
            texts.append("nothing was collected")
            continue
        said = []
        for direction, values in ((counts.names[0], counts.forward), (counts.names[1], counts.backward)):
            acts = [
                f"{values[place, column]:.3g} {name}"
                for column, name in enumerate(theme.SIGNALS)
                if column != mediation and values[place, column] > 0
            ]
            if acts:
                said.append(f"{direction}: {', '.join(acts)}")
        mediated = float(np.nansum([counts.forward[place, mediation], counts.backward[place, mediation]]))
        if mediated > 0:
            said.append(f"mediation {mediated:.3g}")
        texts.append("; ".join(said) or "no act recorded")
    return texts
