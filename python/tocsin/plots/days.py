"""The days that a chart draws: of a pair, with its counts, and drawn together where there are too many."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tocsin import _core
from tocsin.plots import theme

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel import CountPanel
    from tocsin.scores import Scores

__all__ = [
    "MOST_MARKS",
    "Counts",
    "Days",
    "bin_length",
    "counts_of_pair",
    "counts_of_panel",
    "days_of_pair",
    "span_name",
]

# More marks along the axis of days than a screen has pixels for.
MOST_MARKS = 1500
_SIGNALS = tuple(_core.column_names[:5])


@dataclass(frozen=True)
class Days:
    """A pair's columns, one element per mark: a day, or the highest day of so many.

    `start` and `end` are milliseconds since 1970, `length` the days that a mark stands for.
    """

    pair: str
    columns: dict[str, NDArray[Any]]
    places: NDArray[np.int64]  # of the days drawn, since the first of the calendar
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    length: int
    total: int
    sentences: list[str]

    @property
    def note(self) -> str:
        """What a reader must know of days that are drawn together."""
        if self.length == 1:
            return ""
        return f"{self.total:,} days: each step is the highest day of {span_name(self.length)}."

    def __len__(self) -> int:
        return len(self.places)


@dataclass(frozen=True)
class Counts:
    """Acts by day, direction and signal, or the sums of so many days. NaN: not collected."""

    names: tuple[str, str]  # "IND > PAK" and "PAK > IND"; the second empty where there is no direction
    forward: NDArray[np.float64]  # (marks, 5)
    backward: NDArray[np.float64]  # (marks, 5); zeros where there is no direction
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    missing: NDArray[np.bool_]  # marks of which no day was collected
    length: int
    total: int

    @property
    def note(self) -> str:
        """What a reader must know of days that are drawn together."""
        return "" if self.length == 1 else f"{self.total:,} days: each bar is the sum of {span_name(self.length)}."


def bin_length(days: int, most: int = MOST_MARKS) -> int:
    """So many days are drawn as one: a day, a week, four weeks, or as many weeks as it takes."""
    for length in (1, 7, 28):
        if days <= length * most:
            return length
    return 7 * math.ceil(days / (7 * most))


def span_name(length: int) -> str:
    """What so many days are called."""
    return {1: "a day", 7: "a week"}.get(length, f"{length // 7} weeks")


def days_of_pair(scores: Scores, pair: Any, *, last_days: int | None = None, most: int = MOST_MARKS) -> Days:
    """The columns of a pair for its chart, with the sentence of each mark.

    Parameters
    ----------
    last_days : int, optional
        Only so many days up to the last.
    most : int
        Marks to draw; above it days are drawn together, and the highest of each span stands for it.
    """
    (index,) = scores._indices(pair)
    columns = scores._columns([index])
    total = len(columns["date"])
    first = 0 if last_days is None else max(0, total - last_days)
    length = bin_length(total - first, most)
    begins = np.arange(first, total, length)
    places = np.array([_highest(columns["score"], begin, min(begin + length, total)) for begin in begins.tolist()])
    stamps = columns["date"].astype("datetime64[ms]").astype(np.int64)
    ends = np.minimum(begins + length, total) - 1
    actors = scores._core.pairs[index]
    return Days(
        pair=f"{theme.isolated(actors[0])}-{theme.isolated(actors[1])}",
        columns={name: values[places] for name, values in columns.items()},
        places=places,
        start=stamps[begins] - theme.DAY // 2,
        end=stamps[ends] + theme.DAY // 2,
        length=length,
        total=total - first,
        sentences=scores._core.headlines(actors, places.tolist()),
    )


def _highest(score: NDArray[np.float64], begin: int, end: int) -> int:
    span = score[begin:end]
    return begin + (end - begin - 1 if np.isnan(span).all() else int(np.nanargmax(span)))


def counts_of_pair(
    panel: CountPanel, pair: tuple[str, str], *, last_days: int | None = None, most: int = MOST_MARKS
) -> Counts:
    """Counts of one pair, mirrored by direction."""
    return _binned(panel, [pair], last_days, most)


def counts_of_panel(panel: CountPanel, *, most: int = MOST_MARKS) -> Counts:
    """Counts of all pairs together, both directions as one."""
    both = _binned(panel, panel.pairs, None, most)
    return Counts(
        names=("all pairs", ""),
        forward=_plus(both.forward, both.backward),
        backward=np.zeros_like(both.backward),
        start=both.start,
        end=both.end,
        missing=both.missing,
        length=both.length,
        total=both.total,
    )


def _plus(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of what is known; NaN where neither is."""
    return np.where(np.isnan(a) & np.isnan(b), np.nan, np.nan_to_num(a) + np.nan_to_num(b))


def _binned(panel: CountPanel, pairs: list[tuple[str, str]], last_days: int | None, most: int) -> Counts:
    forward, backward = _dense(panel, pairs)
    first, last = (int(day) for day in panel._core.calendar)
    days = last - first + 1
    skipped = 0 if last_days is None else max(0, days - last_days)
    length = bin_length(days - skipped, most)
    begins = np.arange(skipped, days, length)
    ends = np.minimum(begins + length, days) - 1
    exposure = panel.exposure
    (one, other) = pairs[0] if pairs else ("", "")
    one, other = theme.isolated(one), theme.isolated(other)
    return Counts(
        names=(f"{one} > {other}", f"{other} > {one}") if panel.is_directed else (f"{one} and {other}", ""),
        forward=_sums(forward, begins),
        backward=_sums(backward, begins),
        start=(first + begins) * theme.DAY - theme.DAY // 2,
        end=(first + ends) * theme.DAY + theme.DAY // 2,
        missing=np.add.reduceat(exposure > 0, begins) == 0,
        length=length,
        total=days - skipped,
    )


def _sums(daily: NDArray[np.float64], begins: NDArray[np.int64]) -> NDArray[np.float64]:
    known = np.add.reduceat((~np.isnan(daily)).astype(np.int64), begins, axis=0)
    return np.where(known > 0, np.add.reduceat(np.nan_to_num(daily), begins, axis=0), np.nan)[: len(begins)]


def _dense(panel: CountPanel, pairs: list[tuple[str, str]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(days, 5) of each direction: a day without a row is a collected zero, unless nothing was collected on it."""
    chosen = panel._core.select(pairs)
    raw = chosen.columns()
    first, _ = chosen.calendar
    exposure = panel.exposure
    collected = np.array([name in panel.signals for name in _SIGNALS])
    known = np.where((exposure > 0)[:, None] & collected[None, :], 0.0, np.nan)
    sides = np.array([known, known if panel.is_directed else np.zeros_like(known)])
    if len(raw["date"]) == 0:
        return sides[0], sides[1]
    names = np.array(raw["actors"], dtype=object)
    place = raw["date"] - first
    # Direction 0 runs from the alphabetically first actor of a pair (by bytes, as in the core) to the second.
    side = np.array(
        [
            0 if source.encode() < target.encode() else 1
            for source, target in zip(names[raw["source"]], names[raw["target"]], strict=True)
        ]
    )
    for column, name in enumerate(_SIGNALS):
        if name in raw:
            cells = raw[name]
            is_known = ~np.isnan(cells)
            missing = np.isnan(cells) & (len(pairs) == 1)
            sides[side[missing], place[missing], column] = np.nan
            np.add.at(sides[..., column], (side[is_known], place[is_known]), cells[is_known])
    return sides[0], sides[1]
