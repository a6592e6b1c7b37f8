"""C11: how many more acts does each act draw?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from tocsin import _core
from tocsin.errors import InputError
from tocsin.indicators._arrays import Floats, exposure_of, series

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class ReproductionNumber:
    """Acts that each act draws, with 90 % interval, and what a series without excitation would have shown."""

    mean: Floats
    low: Floats
    high: Floats
    p_above_1: Floats
    null_95: Floats
    """95 % quantile of `mean` if no act drew another; NaN on days for which it was not asked."""
    regime_shift: Floats
    """1 where the level has probably changed of late, 0 where not, NaN where that is not known."""
    pressure: Floats
    """Acts of the days before, by how many of those they may draw fall on this day."""


def reproduction_number(
    y: ArrayLike,
    exogenous_rate: ArrayLike | None = None,
    *,
    exposure: ArrayLike | None = None,
    generation_half_life_days: float = 2,
    forgetting_half_life_days: float = 7,
    prior_shape: float = 1,
    prior_rate: float = 2,
    attribution_ratio: float | None = None,
    dispersion: float = 1,
    null_rate: ArrayLike | Literal["segments"] | None = None,
    null_days: Literal["latest", "all"] = "latest",
    p_recent: ArrayLike | None = None,
    null_draws: int = 200,
    seed: int = 0,
) -> ReproductionNumber:
    """How many more acts does each act draw (C11)? Cori et al. (2013), with acts that come from outside.

    A step of the level looks like excitation: believe `mean` only where it is above `null_95`, and not while
    `regime_shift` is 1. The null is seldom beaten, even by true excitation: claims are made by `cross_excitation`.

    Parameters
    ----------
    y : (T,) array
        Counts a day.
    exogenous_rate : float or (T,) array, optional
        Acts a day that no earlier act explains. By default the slow rate of the days before, which is then estimated
        anew on every simulated series of the null.
    exposure : (T,) array, optional
        Days of collection a day.
    generation_half_life_days : float
        Half of the acts that an act draws come within it.
    forgetting_half_life_days : float
        Of what is known of R.
    prior_shape, prior_rate : float
        Gamma belief about R before any count; their ratio is its mean.
    attribution_ratio : float, optional
        R by which acts are attributed to earlier ones; by default the mean of the day before.
    dispersion : float
        Rows for one real event, at least 1: widens the interval.
    null_rate : array or "segments", optional
        Level in acts a day if no act drew another: (L,) of the last L days as believed on the last day, (T, L) with a
        row for each day as believed on it, or "segments": found in the last 180 days of `y`, once in pieces and once
        smooth, the larger null taken. Without it there is no `null_95`.
    null_days : "latest" or "all"
        Days for which `null_95` is simulated.
    p_recent : (T,) array, optional
        Probability that the level changed of late (C6); above one half raises `regime_shift`.
    null_draws : int
        Simulated series.
    seed : int
        Of the simulated series.

    Examples
    --------
    >>> r = reproduction_number([1, 0, 2, 1, 0, 1, 2, 6, 9, 14], 0.8, prior_shape=2, prior_rate=2)
    >>> round(float(r.mean[-1]), 6)
    2.135143
    """
    if null_days not in ("latest", "all"):
        raise InputError(f'null_days is {null_days!r}, expected "latest" or "all"')
    if isinstance(null_rate, str) and null_rate != "segments":
        raise InputError(f'null_rate is {null_rate!r}, expected rates or "segments"')
    from_segments = isinstance(null_rate, str)
    path = np.empty((0, 0)) if null_rate is None or from_segments else np.atleast_2d(series(null_rate, "null_rate"))
    rate = np.empty(0) if exogenous_rate is None else np.atleast_1d(series(exogenous_rate, "exogenous_rate"))
    return ReproductionNumber(
        **_core.reproduction_number(
            series(y, "y"),
            exposure_of(exposure),
            rate,
            generation_half_life_days,
            forgetting_half_life_days,
            prior_shape,
            prior_rate,
            attribution_ratio,
            dispersion,
            from_segments,
            path,
            null_days == "all",
            np.empty(0) if p_recent is None else series(p_recent, "p_recent"),
            null_draws,
            seed,
        )
    )
