"""The area under the ROC curve over pair-days, and how sure it is when pairs, not days, are what was sampled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["COLUMNS", "Concordance", "Estimate", "pair_weights"]

COLUMNS = ("over crisis pairs", "within a pair", "over all pairs")
LEVEL = 0.9  # of every interval


@dataclass(frozen=True)
class Estimate:
    """A number with the interval of resampled pairs."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, value: float, draws: NDArray[np.float64]) -> Estimate:
        """Equal-tailed interval of the draws that could be computed; missing where hardly any could."""
        known = draws[np.isfinite(draws)]
        if len(known) < len(draws) / 2:
            return cls(value, np.nan, np.nan)
        low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        return cls(value, float(low), float(high))

    def __str__(self) -> str:
        if not np.isfinite(self.value):
            return "none"
        return f"{_short(self.value)} ({_short(self.low)} to {_short(self.high)})"


def _short(value: float) -> str:
    """Three decimals without the leading zero, as .853 and -.012."""
    return f"{value:.3f}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:.2f}"


def pair_weights(pairs: int, draws: int, seed: int) -> NDArray[np.float64]:
    """(draws, pairs): how often each pair is in a sample of pairs with replacement. One block is a whole pair."""
    rng = np.random.default_rng(seed)
    return rng.multinomial(pairs, np.full(pairs, 1 / pairs), size=draws).astype(float)


@dataclass(frozen=True)
class Concordance:
    """How many (positive day of pair i, negative day of pair j) stand in the right order; a tie is half.

    From it the area of any sample of pairs follows without ranking its days again.
    """

    right: NDArray[np.float64]  # (pairs, pairs)
    positives: NDArray[np.float64]  # (pairs,) days
    negatives: NDArray[np.float64]

    @classmethod
    def of(cls, values: NDArray[np.float64], labels: NDArray[np.int8]) -> Concordance:
        """Both (pairs, days); labels are 1, 0, and -1 for days that are masked. A missing value ranks lowest."""
        filled = np.where(np.isnan(values), -np.inf, values)
        above = [np.sort(row[label == 1]) for row, label in zip(filled, labels, strict=True)]
        below = [np.sort(row[label == 0]) for row, label in zip(filled, labels, strict=True)]
        right = np.zeros((len(above), len(below)))
        for i in np.flatnonzero([len(each) for each in above]):
            for j, negative in enumerate(below):
                less = np.searchsorted(negative, above[i], side="left").sum()
                not_more = np.searchsorted(negative, above[i], side="right").sum()
                right[i, j] = (less + not_more) / 2
        return cls(right, np.array([len(a) for a in above], float), np.array([len(b) for b in below], float))

    def areas(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """(draws, 3): the area over crisis pairs, within a pair (mean), over all pairs, for rows of `pair_weights`."""
        crisis = self.positives > 0
        columns = [self._pooled(weights[:, crisis], crisis), self._within(weights), self._pooled(weights, None)]
        return np.column_stack(columns)

    def _pooled(self, weights: NDArray[np.float64], kept: NDArray[np.bool_] | None) -> NDArray[np.float64]:
        kept = np.ones(len(self.positives), bool) if kept is None else kept
        right = np.einsum("di,ij,dj->d", weights, self.right[np.ix_(kept, kept)], weights, optimize=True)
        return _ratio(right, (weights @ self.positives[kept]) * (weights @ self.negatives[kept]))

    def _within(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        counted = (self.positives > 0) & (self.negatives > 0)
        own = np.diag(self.right)[counted] / (self.positives * self.negatives)[counted]
        return _ratio(weights[:, counted] @ own, weights[:, counted].sum(axis=1))


def _ratio(above: NDArray[np.float64], below: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)
