"""C4: has a rise lasted?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin import _core
from tocsin.indicators._arrays import Floats, series

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Cusum:
    """Evidence for a lasting rise, in nats."""

    statistic: Floats


def cusum(y: ArrayLike, mean: ArrayLike, *, ratio: float = 2, dispersion: float = 1) -> Cusum:
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

    Examples
    --------
    >>> cusum([1, 0, 2], 1).statistic.round(4).tolist()
    [0.0, 0.0, 0.3863]
    """
    means = np.atleast_1d(np.ascontiguousarray(mean, dtype=np.float64))
    return Cusum(_core.cusum(series(y, "y"), means, ratio, dispersion))
