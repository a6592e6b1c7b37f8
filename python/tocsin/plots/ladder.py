"""The chart of the escalation ladder: how high has the pair climbed?"""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tocsin.plots import theme
from tocsin.plots.days import MOST_MARKS, Days, days_of_pair

if TYPE_CHECKING:
    from tocsin.panel import PairName
    from tocsin.scores import Scores

__all__ = ["RUNGS", "ladder_chart"]

RUNGS = (
    "no hostile act",
    "verbal hostility",
    "threats short of force",
    "threats of force",
    "a show of force",
    "limited force",
    "major force",
    "mass violence",
)
_LEFT, _LEFT_NARROW = 142, 122  # pixels: the longest name of a rung, in a wide typeface


def ladder_chart(
    scores: Scores,
    pair: PairName,
    *,
    width: int = 720,
    last_days: int | None = None,
    ink: str = theme.INK,
    background: str = "white",
) -> Any:
    """The highest step that at least two events of the last 28 days reach, as a stair (an Altair chart).

    Raises
    ------
    MissingExtraError
        Without Altair.
    """
    alt = theme.altair()
    days = days_of_pair(scores, pair, last_days=last_days, most=min(MOST_MARKS, 2 * width))
    left = _LEFT if width >= 480 else _LEFT_NARROW
    inner = theme.inner_width(width, left)
    x = theme.time_axis(int(days.start[0]), int(days.end[-1]), inner=inner)
    rows = _runs(days)
    base = alt.Chart(alt.Data(values=rows)).encode(
        x2="end:T", tooltip=[alt.Tooltip("date:N", title="days"), alt.Tooltip("name:N", title="step")]
    )
    fill = (
        base.mark_rect(color=theme.PARTS["intensity"], opacity=0.18)
        .encode(x=x, y=_steps(left), y2=alt.datum(0))
        .add_params(theme.zoom(alt))
    )
    step = base.mark_rule(color=theme.PARTS["intensity"], strokeWidth=3, strokeCap="butt").encode(
        x=theme.along("day"), y=alt.Y("rung:Q", title=None)
    )
    note = _note(days, scores.config.baseline_days)
    drawn = alt.layer(fill, step).properties(
        width=inner,
        height=150 if width < 480 else 180,
        title=theme.panel_title(f"{days.pair}: steps of the ladder", note, inner=inner),
    )
    what = f"{days.pair}: step of the escalation ladder by day"
    return theme.concatenated([drawn], width=width, description=what, ink=ink, background=background)


def _steps(left: int) -> Any:
    """The axis of the steps, each with its name."""
    alt = theme.altair()
    names = " : ".join(f"datum.value == {step} ? '{name}'" for step, name in enumerate(RUNGS)) + " : ''"
    axis = alt.Axis(
        values=list(range(8)),
        tickCount=8,
        labelExpr=names,
        labelLimit=160,
        minExtent=left - 6,
        ticks=False,
        domain=False,
    )
    return alt.Y("rung:Q", title=None, scale=alt.Scale(domain=[0, 7.2], nice=False), axis=axis)


def _note(days: Days, baseline_days: int) -> str:
    is_coarse = bool((days.columns["rung_is_coarse"] == 1).any())
    said = [
        f"The highest step that at least 2 events of the last {baseline_days} days reach.",
        "Read roughly: counts without codes do not tell the steps apart." if is_coarse else "",
        days.note,
    ]
    return " ".join(filter(None, said))


def _runs(days: Days) -> list[dict[str, Any]]:
    """One record for each run of days on the same step; days of which the step is not known are left out."""
    rungs = days.columns["rung"].tolist()
    dates = days.columns["date"].astype(str).tolist()
    rows = []
    place = 0
    for rung, run in groupby(rungs):
        last = place + len(list(run)) - 1
        if not math.isnan(rung):
            rows.append(
                {
                    "day": int(days.start[place]),
                    "end": int(days.end[last]),
                    "date": dates[place] if place == last else f"{dates[place]} to {dates[last]}",
                    "rung": rung,
                    "name": f"{int(rung)}: {RUNGS[int(rung)]}",
                }
            )
        place = last + 1
    return rows
