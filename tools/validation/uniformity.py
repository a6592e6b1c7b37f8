"""Is the probability integral transform (PIT) of counts uniform, when neighbouring days depend on each other?

A count comes in steps, so that P(Y <= y) is not uniform even where the forecast is right. Two ways out: a value drawn
between P(Y < y) and P(Y <= y), or each day spread evenly over its step (Czado, Gneiting and Held 2009, Biometrics 65),
which needs no draw.

Pearson's chi-square takes days for independent draws. They are not: the forecast of a pair errs for months in the same
direction. What a region has many of is pairs and years. So the statistic is held against its own spread when whole
pairs (or whole years of all pairs) are drawn with replacement: the block bootstrap of the departure from the observed
shares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from .ranking import pair_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Days = NDArray[np.float64]  # one value for each day

__all__ = ["BINS", "naive", "resampled", "shares", "spread_over_bins"]

BINS = 10


def shares(values: Days) -> Days:
    """(bins,): of the values between 0 and 1."""
    return np.histogram(values, bins=BINS, range=(0, 1))[0] / len(values)


def naive(values: Days) -> tuple[float, float]:
    """Pearson's chi-square of ten equal bins, and its p-value if all values were drawn independently."""
    result = stats.chisquare(np.histogram(values, bins=BINS, range=(0, 1))[0])
    return float(result.statistic), float(result.pvalue)


def spread_over_bins(low: Days, high: Days, group: NDArray[np.intp], groups: int) -> NDArray[np.float64]:
    """(groups, bins): days in each bin, each day spread evenly from P(Y < y) to P(Y <= y)."""
    width = np.maximum(high - low, 1e-300)
    edges = np.linspace(0, 1, BINS + 1)
    below = [np.bincount(group, np.clip((edge - low) / width, 0, 1), minlength=groups) for edge in edges]
    return np.diff(np.stack(below, axis=1), axis=1)


def resampled(days: NDArray[np.float64], draws: int, seed: int) -> tuple[float, float]:
    """Chi-square of the summed bins, and how often drawn groups depart as much from the observed shares.

    `days` is (groups, bins), as of `spread_over_bins`; a group is a pair or a year, and is drawn as a whole. Groups
    without a day count for nothing.
    """
    days = days[days.sum(axis=1) > 0]
    observed = days.sum(axis=0) / days.sum()
    drawn = pair_weights(len(days), draws, seed) @ days
    departures = drawn / drawn.sum(axis=1, keepdims=True) - observed
    statistic = _chi_square(observed - 1 / BINS, days.sum())
    at_least = (_chi_square(departures, days.sum()) >= statistic).sum()
    return float(statistic), float((1 + at_least) / (1 + draws))


def _chi_square(departures: NDArray[np.float64], days: float) -> NDArray[np.float64]:
    return days * BINS * (departures**2).sum(axis=-1)
