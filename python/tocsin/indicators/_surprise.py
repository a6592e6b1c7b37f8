"""C3: how unusual is the day?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin import _core
from tocsin.indicators._arrays import Floats, exposure_of, series

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Surprise:
    """How unusual each day is: a day like it comes once in 10^bans days."""

    bans: Floats
    mid_p: Floats
    bits: Floats


@dataclass(frozen=True)
class PredictiveTail:
    """P(Y >= y) of one day, and the same in bans, as mid-p value, and the day's own surprisal in bits."""

    probability: float
    bans: float
    mid_p: float
    bits: float


def surprise(
    y: ArrayLike,
    *,
    exposure: ArrayLike | None = None,
    half_life_days: float = 180,
    guard_days: int = 2,
    dispersion: float | None = None,
    prior_shape: float = 1.5,
    prior_rate: float = 30,
    prior_dispersion: float = 1,
) -> Surprise:
    """How unusual is each day, judged by the slow rate of the days before it (C3)?

    Parameters
    ----------
    y : (T,) array
        Counts a day.
    exposure : (T,) array, optional
        Days of collection a day.
    half_life_days : float
        Of the slow rate.
    guard_days : int
        Days just before t that are left out of it.
    dispersion : float, optional
        By default estimated from the days before, crisis days left out.
    prior_shape, prior_rate, prior_dispersion : float
        What is believed of a series of which nothing was seen: a rate of ``prior_shape / prior_rate`` acts a day, with
        the weight of ``prior_rate`` days, and so many rows for one real event. ``score`` uses 0.15, 30 and 1.35, which
        fits pairs of states. The last says nothing where ``dispersion`` is given.

    Examples
    --------
    A hundred days with one act each, then one with nine:

    >>> surprise([1] * 100 + [9]).bans[[99, 100]].round(1)
    array([0.3, 4. ])
    """
    days, collected = series(y, "y"), exposure_of(exposure)
    prior = (prior_shape, prior_rate, prior_dispersion)
    return Surprise(**_core.surprise(days, collected, half_life_days, guard_days, dispersion, *prior))


def predictive_tail(
    y: float, shape: float, rate: float, *, exposure: float = 1, dispersion: float = 1
) -> PredictiveTail:
    """How far out is one count under a Gamma(shape, rate) belief about its rate (C3)?

    Parameters
    ----------
    y : float
        The count.
    shape, rate : float
        Of the belief: its mean is ``shape / rate`` acts a day.
    exposure : float
        Days of collection behind the count.
    dispersion : float
        How many rows the source writes for one real event; widens the distribution.

    Examples
    --------
    >>> round(predictive_tail(6, 4, 8).bans, 6)
    3.93127
    """
    return PredictiveTail(**_core.predictive_tail(y, shape, rate, exposure, dispersion))
