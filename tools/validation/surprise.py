"""V3: is "one day in N" true on quiet stretches?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import stats

from tocsin import indicators

from . import baselines, labels, uniformity
from .ranking import Estimate, pair_weights
from .report import Bar, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from .region import Region

__all__ = ["OF_SCORE", "SLOW_RATE", "Belief", "Predictive", "Surprise"]

REJECTED_BELOW = 0.01
BANS = (2, 3, 4)
ACTS = (1, 2, 3)  # on a day, or more
FACTOR = 2  # realised and nominal rate may differ by
JUDGED_BANS = 3
LEAST_DAYS = 500  # quiet days of a pair for a test of its own
GUARD_DAYS, HALF_LIFE_DAYS, CRISIS_NATS = 2, 180, 2  # of the slow rate; the CUSUM above which a day teaches no phi
PRIOR_EVENTS = 5  # of phi


class Belief(NamedTuple):
    """What is believed of a pair of which nothing was seen."""

    shape: float
    days: float
    dispersion: float


SLOW_RATE = Belief(1.5, 30, 1)  # C0
OF_SCORE = Belief(0.15, 30, 1.35)  # C3 in a score (docs/decisions/0009)


@dataclass(frozen=True)
class Predictive:
    """What C3 expected of each day, in SciPy: the negative binomial of the slow rate and of the dispersion."""

    size: NDArray[np.float64]  # (pairs, days)
    share: NDArray[np.float64]

    @classmethod
    def of(cls, acts: NDArray[np.float64], cusum: NDArray[np.float64], belief: Belief = OF_SCORE) -> Predictive:
        """From the days up to t-3, and the dispersion of the days up to t-1; every day collected."""
        past, exposure = (_before(series, GUARD_DAYS + 1) for series in (acts, np.ones_like(acts)))
        slow = (SLOW_RATE.shape + past) / (SLOW_RATE.days + exposure)
        is_crisis = cusum > CRISIS_NATS
        squares = _before(np.where(is_crisis, 0, (acts - slow) ** 2), 1)
        expected = _before(np.where(is_crisis, 0, slow), 1)
        dispersion = np.clip((PRIOR_EVENTS * belief.dispersion + squares) / (PRIOR_EVENTS + expected), 1, 50)
        shape = belief.shape + past
        mean = shape / (belief.days + exposure)
        size = mean**2 / ((dispersion - 1) * mean + mean**2 / shape)
        return cls(size, size / (size + mean))

    def at_least(self, acts: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """P(Y >= acts)."""
        return stats.nbinom.sf(acts - 1, self.size, self.share)

    def reach(self, bans: float) -> NDArray[np.float64]:
        """P(S >= bans): below 10^-bans, because counts come in steps."""
        tail = 10.0**-bans
        acts = stats.nbinom.isf(tail, self.size, self.share) + 1
        return self.at_least(acts)

    def on(self, days: NDArray[np.bool_]) -> Predictive:
        """Of these days alone, in one row."""
        return Predictive(self.size[days], self.share[days])

    def nats(self, acts: NDArray[np.float64]) -> float:
        """Mean -ln p(y): the logarithmic score, smaller is better."""
        return float(-stats.nbinom.logpmf(acts, self.size, self.share).mean())


@dataclass(frozen=True)
class Surprise:
    """C3 on the quiet days of a region; what has one dimension is of these days alone."""

    region: Region
    quiet: NDArray[np.bool_]  # (pairs, days)
    pair: NDArray[np.intp]  # row of the day's pair
    year: NDArray[np.intp]
    acts: NDArray[np.float64]
    bans: NDArray[np.float64]
    mid_p: NDArray[np.float64]  # P(Y > y) + P(Y = y) / 2
    expected: Predictive
    slow: Predictive  # what is expected without a belief of C3's own
    pit: NDArray[np.float64]  # randomised: uniform if the predictive is right
    by_pair: NDArray[np.float64]  # (pairs, bins) days, non-randomised
    by_year: NDArray[np.float64]  # (years, bins)
    draws: int

    @classmethod
    def of(cls, region: Region, *, draws: int = 1000, seed: int = 1) -> Surprise:
        """Score every quiet day."""
        acts = baselines.hostile(region.counts)
        prior = {f"prior_{name}": value for name, value in zip(("shape", "rate", "dispersion"), OF_SCORE, strict=True)}
        readings = [indicators.surprise(row, **prior) for row in acts]
        quiet = labels.quiet_days(region)
        rebuilt = [Predictive.of(acts, region.columns["cusum"], belief).on(quiet) for belief in (OF_SCORE, SLOW_RATE)]
        drawn = np.random.default_rng(seed).uniform(size=acts.shape)[quiet]
        pair, day = np.nonzero(quiet)
        years = region.days.astype("datetime64[Y]").astype(int)
        year = (years - years[0])[day]
        happened = acts[quiet]
        low, high = 1 - rebuilt[0].at_least(happened), 1 - rebuilt[0].at_least(happened + 1)
        return cls(
            region,
            quiet,
            pair,
            year,
            happened,
            np.stack([reading.bans for reading in readings])[quiet],
            np.stack([reading.mid_p for reading in readings])[quiet],
            *rebuilt,
            low + drawn * (high - low),
            uniformity.spread_over_bins(low, high, pair, len(acts)),
            uniformity.spread_over_bins(low, high, year, int(years[-1] - years[0]) + 1),
            draws,
        )

    def tables(self) -> Iterator[str]:
        """Markdown: shares of days by bin, acts expected and found, and rates."""
        corner = f"shares by tenth, {self.region.name}: {len(self.acts):,} quiet days of {len(set(self.pair))} pairs"
        shares = {
            "mid-p": uniformity.shares(self.mid_p),
            "randomised PIT": uniformity.shares(self.pit),
            "mean PIT (Czado et al. 2009)": self.by_pair.sum(axis=0) / self.by_pair.sum(),
        }
        tenths = [f".{tenth}-" for tenth in range(uniformity.BINS)]
        yield table([corner, *tenths], [[name, *(f"{x:.3f}" for x in row)] for name, row in shares.items()])
        yield table(
            ["share of days with", "found", "expected", "expected / found", "by the slow rate alone / found"],
            [[f"{acts} acts or more", *self._acts(acts)] for acts in ACTS],
        )
        yield table(
            ["P(S >= s)", "1 in 10^s", "of the counts", "realised", "realised / counts", "by the slow rate alone"],
            [[f"S >= {bans}", *self._rates(bans)] for bans in BANS],
        )
        nats = [f"{forecast.nats(self.acts):.5f}" for forecast in (self.expected, self.slow)]
        yield f"Logarithmic score: {nats[0]} nats a day, by the slow rate alone {nats[1]} (smaller is better)."

    def bars(self) -> Iterator[Bar]:
        """Those of the surprise, each with its numbers: first as if days were independent, then as they are."""
        for name, values in (("mid-p", self.mid_p), ("randomised PIT", self.pit)):
            statistic, p = uniformity.naive(values)
            tested, rejected = self._rejected_pairs(values)
            found = f"all days: chi-square {statistic:,.0f}, p {p:.2g}; rejected in {rejected} of {tested} pairs"
            what = f"{name} uniform, days taken for independent: not rejected at 1 %"
            yield self._bar(what, found, is_met=p >= REJECTED_BELOW)
        for name, groups in (("pairs", self.by_pair), ("years", self.by_year)):
            statistic, p = uniformity.resampled(groups, self.draws, seed=1)
            drawn = int((groups.sum(axis=1) > 0).sum())
            found = f"chi-square {statistic:,.1f}, p {p:.2g} by {drawn} {name} drawn with replacement"
            what = f"mean PIT uniform over {name}: not rejected at 1 %"
            yield self._bar(what, found, is_met=p >= REJECTED_BELOW)
        realised = self._estimate(self.bans >= JUDGED_BANS)
        for name, nominal in (("one in 1,000", 1e-3), ("what its counts allow", _mean(self.expected, JUDGED_BANS))):
            is_met = nominal / FACTOR <= realised.value <= nominal * FACTOR
            found = f"realised {_rate(realised)}, nominal {nominal:.2e}"
            yield self._bar(f"rate of S >= 3 within a factor 2 of {name}", found, is_met=is_met)

    def _bar(self, what: str, found: str, *, is_met: bool) -> Bar:
        return Bar("V3", self.region.name, what, is_met, found)

    def _rejected_pairs(self, values: NDArray[np.float64]) -> tuple[int, int]:
        """How many pairs have a test of their own, and how many of them it rejects."""
        own = [values[self.pair == row] for row in np.flatnonzero(np.bincount(self.pair) >= LEAST_DAYS)]
        return len(own), sum(uniformity.naive(each)[1] < REJECTED_BELOW for each in own)

    def _estimate(self, hits: NDArray[np.bool_]) -> Estimate:
        """Share of days, with the interval of resampled pairs."""
        pairs = len(self.by_pair)
        happened, days = (np.bincount(self.pair, weight, minlength=pairs) for weight in (hits.astype(float), None))
        weights = pair_weights(pairs, self.draws, seed=1)
        return Estimate.of(float(hits.mean()), weights @ happened / np.maximum(weights @ days, 1))

    def _acts(self, acts: int) -> list[str]:
        found = self._estimate(self.acts >= acts)
        expected, slow = (float(each.at_least(acts).mean()) for each in (self.expected, self.slow))
        return [_rate(found), f"{expected:.2e}", f"{expected / found.value:.2f}", f"{slow / found.value:.2f}"]

    def _rates(self, bans: float) -> list[str]:
        realised, allowed = self._estimate(self.bans >= bans), _mean(self.expected, bans)
        tail = 10.0**-bans
        slow = float((self.slow.at_least(self.acts) <= tail).mean())
        before = f"{slow:.2e}, {slow / _mean(self.slow, bans):.2f}"
        return [f"{tail:.0e}", f"{allowed:.2e}", _rate(realised), f"{realised.value / allowed:.2f}", before]


def _before(series: NDArray[np.float64], lag: int) -> NDArray[np.float64]:
    """Discounted sum of the days up to t-lag."""
    result = np.zeros_like(series)
    result[:, lag:] = baselines.discounted(series, HALF_LIFE_DAYS)[:, :-lag]
    return result


def _mean(expected: Predictive, bans: float) -> float:
    return float(expected.reach(bans).mean())


def _rate(estimate: Estimate) -> str:
    return f"{estimate.value:.2e} ({estimate.low:.1e} to {estimate.high:.1e})"
