"""The rows that the command line and the report show: rounded for people, parts that still sum to the whole."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin import _core

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.panel import PairName
    from tocsin.scores import Scores

__all__ = [
    "CONTRIBUTIONS",
    "MISSING",
    "STATUS_MEANING",
    "DayRow",
    "LatestRow",
    "day_rows",
    "latest_rows",
    "whole_points",
]

CONTRIBUTIONS = {
    "intensity": "hostile acts a day, height on the ladder, share of deeds",
    "momentum": "the recent days against the weeks before them",
    "self_sustaining": "how evenly the two sides answer each other",
    "spread": "over how many directions and kinds of act",
    "restraint_deficit": "hostile acts that no mediation meets",
}
STATUS_MEANING = {
    "ok": "enough days were collected",
    "warming_up": "too few days have been collected: take the score as a sketch",
    "provisional": "reports about this day still come in",
    "unscaled": "too little of the score could be computed, so there is none",
    "no_data": "no hostile count was collected on this day; a score is held over from the last collected day",
}
MISSING = "–"


@dataclass(frozen=True)
class DayRow:
    """One pair on one day, as texts."""

    date: str
    status: str
    score: str
    interval: str  # empty where none was computed
    points: tuple[str, ...]  # one a contribution, in the order of CONTRIBUTIONS


@dataclass(frozen=True)
class LatestRow:
    """One pair on the last day, as texts."""

    pair: str
    score: str
    interval: str
    coverage: str
    driver: str
    status: str


def day_rows(scores: Scores, pair: PairName) -> list[DayRow]:
    """Every day of a pair, oldest first."""
    columns = scores._columns(scores._indices(pair))
    parts = [columns[name].tolist() for name in CONTRIBUTIONS]
    numbers = zip(columns["score"].tolist(), columns["score_low"].tolist(), columns["score_high"].tolist(), strict=True)
    return [
        DayRow(
            date=str(columns["date"][day]),
            status=columns["status"][day],
            score=_whole(score),
            interval=_interval(low, high),
            points=tuple(
                MISSING if points is None else str(points)
                for points in whole_points([part[day] for part in parts], score)
            ),
        )
        for day, (score, low, high) in enumerate(numbers)
    ]


def latest_rows(scores: Scores) -> list[LatestRow]:
    """The last day of every pair, most escalated first."""
    raw = scores._core.latest_columns()
    names = scores.pairs
    return [
        LatestRow(
            pair=names[index],
            score=_whole(raw["score"][place]),
            interval=_interval(raw["score_low"][place], raw["score_high"][place]),
            coverage=f"{100 * raw['coverage'][place]:.0f} %",
            driver=raw["driver"][place],
            status=_core.status_names[raw["status"][place]],
        )
        for place, index in enumerate(scores._core.by_score())
    ]


def whole_points(parts: Sequence[float], score: float) -> list[int | None]:
    """Contributions as whole points that sum to the whole score, by largest remainder; None where one is missing.

    Examples
    --------
    >>> whole_points([11.4, 8.4, math.nan, 0.4], 20.2)
    [12, 8, None, 0]
    """
    if math.isnan(score):
        return [None for _ in parts]
    known = [0.0 if math.isnan(part) else part for part in parts]
    points = [math.floor(part) for part in known]
    rest = [part - whole for part, whole in zip(known, points, strict=True)]
    for _ in range(_rounded(score) - sum(points)):
        largest = rest.index(max(rest))
        points[largest] += 1
        rest[largest] = -1
    return [None if math.isnan(part) else whole for part, whole in zip(parts, points, strict=True)]


def _rounded(value: float) -> int:
    return math.floor(value + 0.5)


def _whole(value: float) -> str:
    return MISSING if math.isnan(value) else str(_rounded(value))


def _interval(low: float, high: float) -> str:
    return "" if math.isnan(low) else f"{_rounded(low)}-{_rounded(high)}"
