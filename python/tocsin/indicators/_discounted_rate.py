"""C1: how many acts a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin import _core
from tocsin.indicators._arrays import Floats, exposure_of, series

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class DiscountedRate:
    """Events a day with a 5-95 % interval, and the Gamma posterior (shape, rate) that they come from."""

    mean: Floats
    low: Floats
    high: Floats
    shape: Floats
    rate: Floats


def discounted_rate(
    y: ArrayLike,
    *,
    exposure: ArrayLike | None = None,
    half_life_days: float = 14,
    prior_shape: float = 0.5,
    prior_rate: float = 0.5,
    dispersion: float = 1,
) -> DiscountedRate:
    """Events a day, by a Gamma-Poisson rate that forgets, with an anchored prior (C1).

    Parameters
    ----------
    y : (T,) array
        Counts a day.
    exposure : (T,) array, optional
        Days of collection a day, 0 where nothing was collected; by default 1.
    half_life_days : float
        Days in which a day loses half its weight.
    prior_shape, prior_rate : float
        Gamma prior; the rate is in days.
    dispersion : float
        Rows per real event: the mean stays, the interval widens.

    Examples
    --------
    >>> y = [1, 0, 2, 1, 0, 1, 2, 6, 9, 14]
    >>> print(round(discounted_rate(y, half_life_days=7).mean[-1], 6))
    4.422563
    """
    counts = series(y, "y")
    return DiscountedRate(
        **_core.discounted_rate(counts, exposure_of(exposure), half_life_days, prior_shape, prior_rate, dispersion)
    )
