"""C2: is it escalating?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin import _core
from tocsin.indicators._arrays import Floats, exposure_of, series

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class RateRatio:
    """Recent over baseline rate in doublings, its 5-95 % interval, P(a real rise), and the change in events a day."""

    log2_ratio: Floats
    low: Floats
    high: Floats
    p_rising: Floats
    absolute_change: Floats


def rate_ratio(
    y: ArrayLike,
    *,
    exposure: ArrayLike | None = None,
    window_days: int = 7,
    baseline_days: int = 28,
    guard_days: int = 0,
    prior_shape: float = 0.5,
    prior_rate: float = 0.5,
    dispersion: float = 1,
) -> RateRatio:
    """Is it escalating? The recent window against the window before it, in doublings (C2).

    Parameters
    ----------
    y : (T,) array
        Counts a day.
    exposure : (T,) array, optional
        Days of collection a day.
    window_days, baseline_days, guard_days : int
        Recent days t-w+1..t; baseline of so many days that ends `guard_days` days before them.
    prior_shape, prior_rate, dispersion : float
        As in `discounted_rate`, for both windows.

    Examples
    --------
    >>> y = [1, 0, 2, 1, 0, 1, 2, 6, 9, 14]
    >>> print(round(rate_ratio(y, window_days=3, baseline_days=7).log2_ratio[-1], 6))
    3.075288
    """
    counts = series(y, "y")
    return RateRatio(
        **_core.rate_ratio(
            counts, exposure_of(exposure), window_days, baseline_days, guard_days, prior_shape, prior_rate, dispersion
        )
    )
