"""What the score has to be compared with: plain sums of the same counts, in NumPy, without the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Days = NDArray[np.float64]  # (pairs, days)

__all__ = ["GOLDSTEIN", "MEDIUM_COUNTS", "PLAIN_COUNTS", "discounted", "hostile", "of_region", "window_sum"]

HALF_LIVES_DAYS = (7, 14, 30, 60)
PLAIN_COUNTS = tuple(f"hostile counts, half-life {days} days" for days in HALF_LIVES_DAYS)
MEDIUM_COUNTS = PLAIN_COUNTS[1:3]  # the range that is best for a nowcast
GOLDSTEIN = tuple(f"Goldstein sum, {days} days" for days in (7, 30))


def discounted(counts: Days, half_life_days: float) -> Days:
    """Exponentially weighted sum up to and including each day."""
    keep = 2 ** (-1 / half_life_days)
    result = np.empty_like(counts)
    total = np.zeros(len(counts))
    for day in range(counts.shape[1]):
        total = keep * total + counts[:, day]
        result[:, day] = total
    return result


def window_sum(counts: Days, days: int) -> Days:
    """Sum over t-days+1 .. t; shorter at the beginning."""
    total = np.cumsum(counts, axis=1)
    total[:, days:] -= total[:, :-days].copy()
    return total


def hostile(counts: Mapping[str, Days]) -> Days:
    """Rhetoric, military and punitive acts of both directions."""
    return counts["rhetoric"] + counts["military"] + counts["punitive"]


def of_region(counts: Mapping[str, Days]) -> dict[str, Days]:
    """Each baseline, higher meaning worse; those on Goldstein values only where the codes have values."""
    acts = hostile(counts)
    found = {name: discounted(acts, days) for name, days in zip(PLAIN_COUNTS, HALF_LIVES_DAYS, strict=True)}
    found["military counts, half-life 60 days"] = discounted(counts["military"], 60)
    if "goldstein_conflict" in counts:
        conflict = counts["goldstein_conflict"]
        net = conflict + counts["goldstein_cooperation"]
        found |= {name: -window_sum(net, days) for name, days in zip(GOLDSTEIN, (7, 30), strict=True)}
        found["conflict part of it, 30 days"] = -window_sum(conflict, 30)
    return found
