"""C15: is mediation keeping up?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin import _core
from tocsin.indicators._arrays import Floats, series

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class MediationCoverage:
    """Mediation acts per hostile act with a 5-95 % interval; gap in doublings; what has passed since mediation."""

    coverage: Floats
    low: Floats
    high: Floats
    gap: Floats
    days_since: Floats
    hostile_since: Floats


def mediation_coverage(
    mediation: ArrayLike,
    hostile: ArrayLike,
    *,
    window_days: int = 28,
    growth_window_days: int = 7,
    growth_baseline_days: int = 28,
    dispersion: float = 1,
) -> MediationCoverage:
    """Is mediation keeping up? Mediation acts per hostile act, and whose tempo grows faster (C15).

    Parameters
    ----------
    mediation, hostile : (T,) array
        Acts a day. NaN was not collected.
    window_days : int
        Last days of which the acts are held against each other.
    growth_window_days, growth_baseline_days : int
        For the gap: the last days, and the days before them that they are compared with.
    dispersion : float
        How many rows the source writes for one real event; widens the interval.

    Examples
    --------
    >>> print(round(mediation_coverage([6], [24]).coverage[-1], 6))
    0.255307
    """
    return MediationCoverage(
        **_core.mediation_coverage(
            series(mediation, "mediation"),
            series(hostile, "hostile"),
            window_days,
            growth_window_days,
            growth_baseline_days,
            dispersion,
        )
    )
