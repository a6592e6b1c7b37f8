"""V3: is "one day in N" true on quiet stretches?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from tocsin import indicators

from . import baselines, labels
from .ranking import Estimate, pair_weights
from .report import Bar, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from .region import Region

__all__ = ["Surprise"]

BINS = 10
REJECTED_BELOW = 0.01
BANS = (2, 3, 4)
FACTOR = 2  # realised and nominal rate may differ by
JUDGED_BANS = 3
LEAST_DAYS = 500  # quiet days of a pair for a test of its own
PRIOR_SHAPE, PRIOR_DAYS, HALF_LIFE_DAYS, GUARD_DAYS = 1.5, 30, 180, 2  # of the slow rate (docs/method.md, C0)


@dataclass(frozen=True)
class Predictive:
    """What C3 expected of each day, in SciPy: the negative binomial of the slow rate and of the dispersion."""

    size: NDArray[np.float64]  # (pairs, days)
    share: NDArray[np.float64]

    @classmethod
    def of(cls, acts: NDArray[np.float64], dispersion: NDArray[np.float64]) -> Predictive:
        """From the days up to t-3, and the dispersion that the row of a day holds, of t-1; every day collected."""
        lag = GUARD_DAYS + 1
        shape, days = np.full(acts.shape, PRIOR_SHAPE), np.full(acts.shape, float(PRIOR_DAYS))
        shape[:, lag:] += baselines.discounted(acts, HALF_LIFE_DAYS)[:, :-lag]
        days[:, lag:] += baselines.discounted(np.ones_like(acts), HALF_LIFE_DAYS)[:, :-lag]
        mean = shape / days
        size = mean**2 / ((dispersion - 1) * mean + mean**2 / shape)
        return cls(size, size / (size + mean))

    def at_least(self, acts: NDArray[np.float64]) -> NDArray[np.float64]:
        """P(Y >= acts)."""
        return stats.nbinom.sf(acts - 1, self.size, self.share)

    def reach(self, bans: float) -> NDArray[np.float64]:
        """P(S >= bans): below 10^-bans, because counts come in steps."""
        tail = 10.0**-bans
        acts = stats.nbinom.isf(tail, self.size, self.share) + 1
        return self.at_least(acts)


@dataclass(frozen=True)
class Surprise:
    """C3 on the quiet days of a region."""

    region: Region
    quiet: NDArray[np.bool_]
    bans: NDArray[np.float64]
    mid_p: NDArray[np.float64]  # P(Y > y) + P(Y = y) / 2
    expected: Predictive
    pit: NDArray[np.float64]  # randomised: uniform if the predictive is right
    mean_pit: NDArray[np.float64]  # (bins,) shares of the non-randomised PIT of Czado, Gneiting and Held (2009)
    draws: int

    @classmethod
    def of(cls, region: Region, *, draws: int = 1000, seed: int = 1) -> Surprise:
        """Score every quiet day."""
        acts = baselines.hostile(region.counts)
        readings = [indicators.surprise(row) for row in acts]
        expected = Predictive.of(acts, region.columns["dispersion"])
        quiet = labels.quiet_days(region)
        above, from_here = expected.at_least(acts + 1), expected.at_least(acts)
        drawn = np.random.default_rng(seed).uniform(size=acts.shape)
        edges = np.linspace(0, 1, BINS + 1)[:, None]
        low, width = 1 - from_here[quiet], (from_here - above)[quiet]
        below_edge = np.clip((edges - low) / np.maximum(width, 1e-300), 0, 1).mean(axis=1)
        return cls(
            region,
            quiet,
            np.stack([reading.bans for reading in readings]),
            np.stack([reading.mid_p for reading in readings]),
            expected,
            1 - from_here + drawn * (from_here - above),
            np.diff(below_edge),
            draws,
        )

    def tables(self) -> Iterator[str]:
        """Markdown: shares of days by bin, tests, and rates."""
        days, pairs = int(self.quiet.sum()), int(self.quiet.any(axis=1).sum())
        corner = f"shares by tenth, {self.region.name}: {days:,} quiet days of {pairs} pairs"
        shares = {
            "mid-p": _shares(self.mid_p[self.quiet]),
            "randomised PIT": _shares(self.pit[self.quiet]),
            "mean PIT (Czado et al. 2009)": self.mean_pit,
        }
        tenths = [f".{tenth}-" for tenth in range(BINS)]
        yield table([corner, *tenths], [[name, *(f"{x:.3f}" for x in row)] for name, row in shares.items()])
        yield table(
            ["P(S >= s)", "1 in 10^s", "of the counts", "realised", "realised / counts"],
            [[f"S >= {bans}", *self._rates(bans)] for bans in BANS],
        )

    def bars(self) -> Iterator[Bar]:
        """Those of the surprise, each with its numbers."""
        for name, values in (("mid-p", self.mid_p), ("randomised PIT", self.pit)):
            statistic, p = _uniformity(values[self.quiet])
            tested, rejected = self._by_pair(values)
            found = f"all days: chi-square {statistic:,.0f}, p {p:.2g}; rejected in {rejected} of {tested} pairs"
            yield Bar("V3", self.region.name, f"{name} uniform: not rejected at 1 %", p >= REJECTED_BELOW, found)
        realised = self._estimate(JUDGED_BANS)
        for name, nominal in (("one in 1,000", 1e-3), ("what its counts allow", self._nominal(JUDGED_BANS))):
            is_met = nominal / FACTOR <= realised.value <= nominal * FACTOR
            found = f"realised {realised.value:.2e} ({realised.low:.1e} to {realised.high:.1e}), nominal {nominal:.2e}"
            yield Bar("V3", self.region.name, f"rate of S >= 3 within a factor 2 of {name}", is_met, found)

    def _by_pair(self, values: NDArray[np.float64]) -> tuple[int, int]:
        long_enough = [row for row in range(len(values)) if self.quiet[row].sum() >= LEAST_DAYS]
        p = [_uniformity(values[row][self.quiet[row]])[1] for row in long_enough]
        return len(p), sum(each < REJECTED_BELOW for each in p)

    def _nominal(self, bans: float) -> float:
        return float(self.expected.reach(bans)[self.quiet].mean())

    def _estimate(self, bans: float) -> Estimate:
        hits = ((self.bans >= bans) & self.quiet).sum(axis=1).astype(float)
        days = self.quiet.sum(axis=1).astype(float)
        weights = pair_weights(len(days), self.draws, seed=1)
        return Estimate.of(float(hits.sum() / days.sum()), weights @ hits / np.maximum(weights @ days, 1))

    def _rates(self, bans: float) -> list[str]:
        realised, nominal = self._estimate(bans), self._nominal(bans)
        shown = f"{realised.value:.2e} ({realised.low:.1e} to {realised.high:.1e})"
        return [f"{10.0**-bans:.0e}", f"{nominal:.2e}", shown, f"{realised.value / nominal:.2f}"]


def _shares(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.histogram(values, bins=BINS, range=(0, 1))[0] / len(values)


def _uniformity(values: NDArray[np.float64]) -> tuple[float, float]:
    """Chi-square statistic and p-value of ten equal bins."""
    result = stats.chisquare(np.histogram(values, bins=BINS, range=(0, 1))[0])
    return float(result.statistic), float(result.pvalue)
