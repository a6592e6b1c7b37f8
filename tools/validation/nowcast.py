"""V1: is the score high while a crisis is on?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from . import baselines, labels
from .ranking import COLUMNS, Concordance, Estimate, pair_weights
from .report import Bar, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .region import Region

__all__ = ["Nowcast"]

LABELS = ("V1", "V1c")
TOLERANCE = 0.005  # below the best plain count that still counts as level
AHEAD_OF_GOLDSTEIN = 0.15
AIM = 0.88  # over all pairs
SCORE = "score"
PARTS = ("intensity", "momentum", "self_sustaining", "spread", "restraint_deficit")


@dataclass(frozen=True)
class Nowcast:
    """Areas of the score, its parts and every baseline over one region: (draws, label, column) for each name.

    The first draw is the region as it is; the others are samples of its pairs, the same for every name.
    """

    region: Region
    areas: dict[str, np.ndarray]
    crisis_days: int
    crisis_pairs: int

    @classmethod
    def of(cls, region: Region, *, draws: int = 1000, seed: int = 1) -> Nowcast:
        """Score the days of a region against its crises."""
        weights = np.vstack([np.ones(len(region.pairs)), pair_weights(len(region.pairs), draws, seed)])
        truth = [labels.crisis_days(region), labels.crisis_days(region, masks_events=True)]
        predictors = {name: region.columns[name] for name in (SCORE, *PARTS)} | baselines.of_region(region.counts)
        areas = {
            name: np.stack([Concordance.of(values, label).areas(weights) for label in truth], axis=1)
            for name, values in predictors.items()
        }
        return cls(region, areas, int((truth[0] == 1).sum()), int((truth[0] == 1).any(axis=1).sum()))

    def estimate(self, name: str, label: int, column: int, other: str | None = None) -> Estimate:
        """The area, or how much larger it is than that of another."""
        values = self.areas[name][:, label, column]
        if other is not None:
            values = values - self.areas[other][:, label, column]
        return Estimate.of(float(values[0]), values[1:])

    def tables(self) -> Iterator[str]:
        """Markdown: every area, and the score less each of its rivals."""
        corner = f"AUC, {self.region.name}: {self.crisis_days:,} crisis days of {self.crisis_pairs} pairs"
        head = [f"{label} {column}" for label in LABELS for column in COLUMNS]
        yield table([corner, *head], [[name, *self._row(name)] for name in self.areas])
        rivals = [name for name in self.areas if name not in (SCORE, *PARTS)]
        yield table(["score less ...", *head], [[name, *self._row(SCORE, name)] for name in rivals])

    def bars(self) -> Iterator[Bar]:
        """Those of the nowcast, each with its numbers."""
        counts, sums = baselines.MEDIUM_COUNTS, [name for name in baselines.GOLDSTEIN if name in self.areas]
        shortfalls = {place: self._shortfall(counts, *place) for place in np.ndindex(len(LABELS), len(COLUMNS))}
        worst = max(shortfalls, key=lambda place: shortfalls[place])
        yield self._bar(
            "level with the better of the counts at 14 and 30 days in every column (within .005)",
            shortfalls[worst] <= TOLERANCE,
            f"largest shortfall {shortfalls[worst]:+.4f}, {LABELS[worst[0]]} {COLUMNS[worst[1]]}",
        )
        if sums:
            leads = {place: -self._shortfall(sums, *place) for place in np.ndindex(len(LABELS), len(COLUMNS))}
            least = min(leads, key=lambda place: leads[place])
            yield self._bar(
                "above the Goldstein sums by .15",
                leads[least] >= AHEAD_OF_GOLDSTEIN,
                f"smallest lead {leads[least]:.3f}, {LABELS[least[0]]} {COLUMNS[least[1]]}",
            )
        overall = COLUMNS.index("over all pairs")
        whole = self.estimate(SCORE, 0, overall)
        yield self._bar("aim: .88 over all pairs", whole.value >= AIM, str(whole))
        ahead = {name: self.estimate(SCORE, 0, overall, name) for name in baselines.PLAIN_COUNTS}
        closest = min(ahead, key=lambda name: ahead[name].low)
        yield self._bar(
            "aim: above every plain count over all pairs", ahead[closest].low > 0, f"{ahead[closest]} above {closest}"
        )

    def _shortfall(self, names: tuple[str, ...] | list[str], label: int, column: int) -> float:
        best = max(self.areas[name][0, label, column] for name in names)
        return float(best - self.areas[SCORE][0, label, column])

    def _row(self, name: str, other: str | None = None) -> list[str]:
        return [str(self.estimate(name, *place, other)) for place in np.ndindex(len(LABELS), len(COLUMNS))]

    def _bar(self, what: str, is_met: bool, found: str) -> Bar:  # noqa: FBT001
        return Bar("V1", self.region.name, what, is_met, found)
