"""Charts of a back-test (extra ``plot``)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from tocsin.plots import theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tocsin.backtesting import Backtest

__all__ = ["backtest_chart"]

_COLOURS = (*theme.PARTS.values(), "#56B4E9", "#000000")  # Okabe and Ito (2008), as in all charts


def backtest_chart(result: Backtest, predictors: Iterable[str] | None = None, *, size: int = 300) -> Any:
    """Reliability of the calibrated forecasts, and recall over false alarms per pair-year, side by side.

    Parameters
    ----------
    result : Backtest
    predictors : iterable of str, optional
        By default the columns and extras, and the best baseline of each.
    size : int
        Width and height of a plot, in pixels.

    Returns
    -------
    altair.HConcatChart

    Raises
    ------
    MissingExtraError
        Without Altair.
    """
    alt = theme.altair()
    names = _chosen(result) if predictors is None else list(predictors)
    colours = alt.Color(
        "predictor:N", title=None, scale=alt.Scale(domain=names, range=[_COLOURS[i % 7] for i in range(len(names))])
    )
    panels = [_reliability(alt, result, names, colours, size)]
    alarms = _alarms(alt, result, names, colours, size)
    if alarms is not None:
        panels.append(alarms)
    what = "Back-test: reliability out of sample, and alarms"
    return theme.side_by_side(panels, width=len(panels) * (size + 80), description=what)


def _chosen(result: Backtest) -> list[str]:
    raw = result._core.columns()
    rows = list(zip(raw["predictor"], raw["kind"], raw["best_baseline"], strict=True))
    own = [name for name, kind, _ in rows if kind in ("column", "extra")]
    best = [name for _, kind, name in rows if kind in ("column", "extra") and name]
    return list(dict.fromkeys([*own, *best])) or [name for name, _, _ in rows][: len(_COLOURS)]


def _reliability(alt: Any, result: Backtest, names: list[str], colours: Any, size: int) -> Any:
    rows: list[dict[str, Any]] = []
    for name in names:
        curves = result.curves(name)
        for forecast, realised, cases in zip(curves["forecast"], curves["realised"], curves["cases"], strict=True):
            rows.append(
                {"predictor": name, "forecast": float(forecast), "realised": float(realised), "days": int(cases)}
            )
    most = max((max(row["forecast"], row["realised"]) for row in rows), default=1.0)
    end = min(1.0, 1.05 * most)
    scale = alt.Scale(domain=[0, end], nice=False)
    diagonal = (
        alt.Chart(alt.Data(values=[{"forecast": 0, "realised": 0}, {"forecast": end, "realised": end}]))
        .mark_line(color=theme.GREY, strokeDash=[4, 4])
        .encode(x="forecast:Q", y="realised:Q")
    )
    lines = (
        alt.Chart(alt.Data(values=rows))
        .mark_line(point=True)
        .encode(
            x=alt.X("forecast:Q", title="forecast (share of days)", scale=scale, axis=alt.Axis(format="%")),
            y=alt.Y("realised:Q", title="what happened (share of days)", scale=scale, axis=alt.Axis(format="%")),
            color=colours,
            tooltip=[
                alt.Tooltip("predictor:N"),
                alt.Tooltip("forecast:Q", format=".1%"),
                alt.Tooltip("realised:Q", format=".1%"),
                alt.Tooltip("days:Q", format=","),
            ],
        )
    )
    return alt.layer(diagonal, lines).properties(title="Reliability, out of sample", width=size, height=size)


def _alarms(alt: Any, result: Backtest, names: list[str], colours: Any, size: int) -> Any | None:
    rows: list[dict[str, Any]] = []
    for name in names:
        curves = result.curves(name)
        for false, recall, lead in zip(curves["false_per_year"], curves["recall"], curves["lead"], strict=True):
            known = None if math.isnan(lead) else float(lead)
            rows.append({"predictor": name, "false": float(false), "recall": float(recall), "lead": known})
    if not rows:
        return None
    budgets = alt.Chart(alt.Data(values=[{"false": 1}, {"false": 4}])).mark_rule(color=theme.GREY, strokeDash=[4, 4])
    lines = (
        alt.Chart(alt.Data(values=rows))
        .mark_line(point=True)
        .encode(
            x=alt.X("false:Q", title="false alarms per pair-year"),
            y=alt.Y("recall:Q", title="onsets that were warned of", scale=alt.Scale(domain=[0, 1])),
            color=colours,
            order=alt.Order("false:Q"),
            tooltip=[
                alt.Tooltip("predictor:N"),
                alt.Tooltip("false:Q", format=".2f", title="false alarms"),
                alt.Tooltip("recall:Q", format=".0%"),
                alt.Tooltip("lead:Q", format=".0f", title="median lead, days"),
            ],
        )
    )
    return alt.layer(budgets.encode(x="false:Q"), lines).properties(title="Alarms", width=size, height=size)
