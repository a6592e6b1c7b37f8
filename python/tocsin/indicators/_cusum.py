"""C4: has a rise lasted?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin import _core
from tocsin.indicators._arrays import Flags, Floats, series

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Cusum:
    """Evidence for a lasting rise, and how high it climbs by chance once in the budget, in nats.

    ``threshold`` is NaN and ``alarm`` False where ``ratio`` is not 2.
    """

    statistic: Floats
    threshold: Floats
    alarm: Flags


def cusum(
    y: ArrayLike, mean: ArrayLike, *, ratio: float = 2, dispersion: float = 1, false_alarm_days: float = 365
) -> Cusum:
    """Has a rise lasted? Cumulative log-likelihood ratio of a rate `ratio` times as high (C4).

    Parameters
    ----------
    y : (T,) array
        Counts a day.
    mean : float or (T,) array
        Expected count a day when nothing is rising.
    ratio : float
        The rise that is looked for; above 1.
    dispersion : float
        Variance over mean; 1 is Poisson.
    false_alarm_days : float
        The budget: days, from 30 to 3650, in which a series without a rise may pass the threshold once. It is kept
        within 15 % where ``2 * dispersion <= mean * false_alarm_days`` and ``mean <= 3 * dispersion**2``. Below, the
        first act decides; above, a single day does: the number of false alarms then moves in jumps. The threshold of
        a mean outside of 1/256 to 64 acts a day, or of a dispersion above 64, is that of the nearest inside.

    Examples
    --------
    >>> cusum([1, 0, 2], 1).statistic.round(4).tolist()
    [0.0, 0.0, 0.3863]
    """
    means = np.atleast_1d(np.ascontiguousarray(mean, dtype=np.float64))
    return Cusum(**_core.cusum(series(y, "y"), means, ratio, dispersion, false_alarm_days))
