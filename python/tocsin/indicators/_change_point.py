"""C6: has the tempo changed, and when?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin import _core
from tocsin.indicators._arrays import Floats, exposure_of, series

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class ChangePoint:
    """Has the tempo changed in the last days, upwards, and how long has it been as it is?

    ``p_recent_up`` leaves out the run that holds the first collected day; ``p_recent`` does not, and is 1 at first.
    """

    p_recent: Floats
    p_recent_up: Floats
    expected_run: Floats
    map_run: Floats
    rate: Floats
    log_evidence: Floats


def change_point(
    y: ArrayLike,
    *,
    exposure: ArrayLike | None = None,
    hazard: float = 0.01,
    prior_shape: float = 1,
    prior_rate: float = 1,
    window_days: int = 14,
    keep: int | None = 64,
    dispersion: float = 1,
) -> ChangePoint:
    """Has the tempo changed, and when (C6)?

    Bayesian online change point detection (Adams and MacKay 2007, arXiv:0710.3742) of a Poisson rate that is drawn anew
    from Gamma(prior_shape, prior_rate) after each change.

    Parameters
    ----------
    y : (T,) array
        Counts a day.
    exposure : (T,) array, optional
        Days of collection a day.
    hazard : float
        Probability that the rate changes after a day; 0.01 is a change in 100 days.
    prior_shape, prior_rate : float
        Of the rates, in acts and days. Where counts are far from one a day, a prior that knows it finds changes sooner.
    window_days : int
        What counts as recent.
    keep : int or None
        Run lengths held, neighbours being merged; None for all of them, which takes time and memory in proportion to T
        a day.
    dispersion : float
        Rows per event: the counts of a run have at least this variance, as a multiple of their mean.

    Returns
    -------
    ChangePoint
        ``p_recent`` = P(at most `window_days` since the change), ``p_recent_up`` = P(the same, and the rate above what
        it was before), ``expected_run`` and ``map_run`` (most probable) in days since the change, ``rate`` in acts a
        day, ``log_evidence`` = ln p(y up to the day).

    Examples
    --------
    >>> change = change_point([1, 0, 2, 1, 0, 1, 2, 6, 9, 14], window_days=3)
    >>> round(float(change.p_recent[-1]), 6), round(float(change.rate[-1]), 6)
    (0.862807, 7.283566)
    """
    return ChangePoint(
        **_core.change_point(
            series(y, "y"), exposure_of(exposure), hazard, window_days, keep, prior_shape, prior_rate, dispersion
        )
    )
