"""V4: does it stay quiet when it should, and does it say when it knows less?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

import tocsin

from . import labels
from .ranking import COLUMNS, Concordance, Estimate, pair_weights
from .region import WARM_UP_DAYS, dense_columns
from .report import Bar, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from .region import Region

    # What is known on a day, and the day -> something else that might have been known, and on which day.
    _Change = Callable[[Any, np.datetime64], tuple[Any, np.datetime64]]

__all__ = ["Honesty"]

BLOCK_DAYS = 28
SHUFFLES = 20  # one alone may be .1 off: few pairs have crises, and a crisis is few blocks long
FORTNIGHT = 14
VOLUME = 3
MOST_LOUD_DAYS = 0.05  # share of the days of pairs without a dispute above the median crisis day
LEAST_SCORE = 1  # points: of less there is nothing to hold
MEMORY_DAYS = 1500  # of the panels that are changed: eight slow half-lives
WITHIN = COLUMNS.index("within a pair")
_DAY_COLUMNS = ("date", "source", "target", "exposure")


@dataclass(frozen=True)
class Honesty:
    """The controls on one region."""

    region: Region
    shuffled: Estimate  # area within a pair after its time has been shuffled, mean of several shuffles
    quiet_pairs: int  # without any dispute
    loud_days: float  # share of their days above the median crisis day
    quiet_quantiles: NDArray[np.float64]  # of their scores: 50, 95 and 99 %
    crisis_quantiles: NDArray[np.float64]  # of the scores of crisis days: 50, 95 and 99 %
    changes: dict[str, Change]

    @classmethod
    def of(cls, region: Region, *, draws: int = 1000, sampled_days: int = 6, seed: int = 1) -> Honesty:
        """Run every control; the days on which a panel is changed are drawn."""
        crisis = labels.crisis_days(region)
        has_dispute = labels.dispute_days(region, 0).any(axis=1) | (crisis == 1).any(axis=1)
        score = region.columns["score"]
        calm = score[~has_dispute][:, WARM_UP_DAYS:]
        median_crisis = np.nanmedian(score[crisis == 1])
        levels = (0.5, 0.95, 0.99)
        days = np.sort(np.random.default_rng(seed).choice(region.days[WARM_UP_DAYS:], sampled_days, replace=False))
        return cls(
            region,
            _shuffled_area(region, crisis, draws, seed),
            int((~has_dispute).sum()),
            float((calm > median_crisis).mean()) if calm.size else np.nan,
            np.nanquantile(calm, levels) if calm.size else np.full(3, np.nan),
            np.nanquantile(score[crisis == 1], levels),
            {name: Change.of(region, days, change) for name, change in _CHANGES.items()},
        )

    def tables(self) -> Iterator[str]:
        """Markdown: each control."""
        rows = [
            ["pairs without a dispute", str(self.quiet_pairs), *(f"{x:.1f}" for x in self.quiet_quantiles)],
            ["crisis days", "", *(f"{x:.1f}" for x in self.crisis_quantiles)],
        ]
        yield table([f"score, {self.region.name}", "pairs", "median", "95 %", "99 %"], rows)
        head = [
            "what is changed",
            "pair-days",
            "within the interval",
            "median move",
            "largest move",
            "wider or as wide",
        ]
        yield table(head, [[name, *change.row()] for name, change in self.changes.items()])

    def bars(self) -> Iterator[Bar]:
        """Those of honesty, each with its numbers."""
        shuffled = self.shuffled
        yield self._bar(
            "shuffled time says nothing: .5 in the interval", shuffled.low <= 0.5 <= shuffled.high, str(shuffled)
        )
        if self.quiet_pairs:
            found = f"{100 * self.loud_days:.2f} % of the days of {self.quiet_pairs} pairs"
            what = "pairs without a dispute: at most 5 % of days above the median crisis day"
            yield self._bar(what, self.loud_days <= MOST_LOUD_DAYS, found)
        for name, change in self.changes.items():
            is_met = change.share_within == 1
            yield self._bar(f"{name}: the score stays within its interval", is_met, change.verdict())
        gap = self.changes[MISSING]
        found = (
            f"wider or as wide on {100 * gap.share_wider:.1f} % of pair-days, median {gap.median_widening:+.2f} points"
        )
        yield self._bar(f"{MISSING}: the interval widens", gap.share_wider == 1, found)

    def _bar(self, what: str, is_met: bool, found: str) -> Bar:  # noqa: FBT001
        return Bar("V4", self.region.name, what, is_met, found)


@dataclass(frozen=True)
class Change:
    """The score of the same pair and day before and after a change of the panel, where there is something to score."""

    before: NDArray[np.float64]  # (pair-days, 3): low, score, high
    after: NDArray[np.float64]

    @classmethod
    def of(cls, region: Region, days: NDArray[np.datetime64], change: _Change) -> Change:
        """Score the panel as it was known on each day, and what the change makes of it."""
        rows: tuple[list[Any], list[Any]] = ([], [])
        for day in days:
            known = _recent(region.panel, day)
            for each, (frame, last) in zip(rows, ((known, day), change(known, day)), strict=True):
                each.append(_last_day(frame, (known["date"].min(), last), region.pairs))
        before, after = (np.concatenate(each) for each in rows)
        told = np.isfinite(before).all(axis=1) & (before[:, 1] >= LEAST_SCORE)
        return cls(before[told], after[told])

    @property
    def share_within(self) -> float:
        """Of the pair-days, those on which the changed score lies in the interval of the unchanged one."""
        low, _, high = self.before.T
        return float(((self.after[:, 1] >= low) & (self.after[:, 1] <= high)).mean())

    @property
    def share_wider(self) -> float:
        """Of the pair-days, those on which the interval is not narrower afterwards."""
        return float((self._widening() >= -1e-9).mean())

    @property
    def median_widening(self) -> float:
        """Points."""
        return float(np.median(self._widening()))

    def row(self) -> list[str]:
        """Cells of the table."""
        moved = np.abs(self.after[:, 1] - self.before[:, 1])
        shares = [f"{100 * self.share_within:.1f} %", f"{np.median(moved):.2f}", f"{moved.max():.1f}"]
        return [f"{len(moved):,}", *shares, f"{100 * self.share_wider:.1f} %"]

    def verdict(self) -> str:
        """A sentence for the bar."""
        moved = np.abs(self.after[:, 1] - self.before[:, 1])
        return (
            f"within it on {100 * self.share_within:.1f} % of {len(moved):,} pair-days; largest move {moved.max():.1f}"
        )

    def _widening(self) -> NDArray[np.float64]:
        return (self.after[:, 2] - self.after[:, 0]) - (self.before[:, 2] - self.before[:, 0])


def _frame(panel: tocsin.CountPanel) -> Any:
    """Without the total of the day, which no part of the score reads, and which has to be the same in all its rows."""
    return panel.frame().drop(columns="total", errors="ignore")


def _recent(panel: tocsin.CountPanel, day: np.datetime64) -> Any:
    """What was known on a day, as far back as a score remembers."""
    frame = _frame(panel.until(day))
    return frame[frame["date"] > day - np.timedelta64(MEMORY_DAYS, "D")]


def _last_day(frame: Any, calendar: tuple[Any, Any], pairs: list[str]) -> NDArray[np.float64]:
    """(pairs, 3): low, score and high on the last day of a calendar; missing for a pair without a row so far."""
    latest = tocsin.score(frame, calendar=calendar, intervals="latest").latest().set_index("pair")
    return latest.reindex(pairs)[["score_low", "score", "score_high"]].to_numpy(dtype=float)


def _louder(frame: Any, day: np.datetime64, days: int | None = None) -> tuple[Any, np.datetime64]:
    """Every count, and the exposure of every day, times three: on all days, or on the last few."""
    first = frame["date"].min() if days is None else day - np.timedelta64(days - 1, "D")
    calendar = pd.date_range(first, day)
    silent = calendar[~calendar.isin(frame["date"])]
    numbers = [name for name in frame.columns if name not in _DAY_COLUMNS]
    # The exposure of a day without a row has to be told too.
    empty = frame.iloc[[0] * len(silent)].assign(date=silent.to_numpy(), exposure=1.0)
    empty[numbers] = 0.0
    whole = pd.concat([frame, empty], ignore_index=True)
    whole.loc[whole["date"] >= first, [*numbers, "exposure"]] *= VOLUME
    return whole, day


def _gone_dark(frame: Any, day: np.datetime64) -> tuple[Any, np.datetime64]:
    """A fortnight more, of which nothing was collected."""
    last = day + np.timedelta64(FORTNIGHT, "D")
    dark = pd.date_range(day, last)[1:]
    gap = frame.iloc[[0] * FORTNIGHT].assign(date=dark.to_numpy(), exposure=0.0)
    gap[[name for name in frame.columns if name not in _DAY_COLUMNS]] = np.nan
    return pd.concat([frame, gap]), last


MISSING = "a fortnight not collected"
_CHANGES: dict[str, _Change] = {
    "every signal x3, exposure x3, all days": _louder,
    "the same in the last fortnight": lambda frame, day: _louder(frame, day, FORTNIGHT),
    MISSING: _gone_dark,
}


def _shuffled_area(region: Region, crisis: NDArray[np.int8], draws: int, seed: int) -> Estimate:
    """The area within a pair when the blocks of its calendar stand in a random order, pair by pair."""
    rng = np.random.default_rng(seed)
    weights = np.vstack([np.ones(len(region.pairs)), pair_weights(len(region.pairs), draws, seed)])
    shuffles = [_shuffled_once(region, crisis, rng).areas(weights)[:, WITHIN] for _ in range(SHUFFLES)]
    areas = np.mean(shuffles, axis=0)
    return Estimate.of(float(areas[0]), areas[1:])


def _shuffled_once(region: Region, crisis: NDArray[np.int8], rng: np.random.Generator) -> Concordance:
    frame = _frame(region.panel)
    first = region.days[0]
    day = (frame["date"].to_numpy().astype("datetime64[D]") - first).astype(int)
    sides = np.sort(frame[["source", "target"]].to_numpy(dtype=str), axis=1)
    pair = pd.Series(sides[:, 0]) + "\t" + pd.Series(sides[:, 1])
    moved = day.copy()
    for name in sorted(pair.unique()):
        rows = (pair == name).to_numpy()
        moved[rows] = _block_order(len(region.days), rng)[day[rows]]
    shuffled = tocsin.score(frame.assign(date=first + moved), calendar=region.panel.calendar, intervals="none")
    return Concordance.of(dense_columns(shuffled, ["score"])["score"], crisis)


def _block_order(days: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Where each day goes when blocks of four weeks change places."""
    blocks = np.array_split(np.arange(days), max(1, days // BLOCK_DAYS))
    order = np.concatenate([blocks[place] for place in rng.permutation(len(blocks))])
    place = np.empty(days, dtype=np.int64)
    place[order] = np.arange(days)
    return place
