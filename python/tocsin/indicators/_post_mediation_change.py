"""C16: what follows mediation?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin import _core
from tocsin.indicators._arrays import Floats, series

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class PostMediationChange:
    """Change of hostile acts after mediation beyond that of like days, ln of a rate ratio, with a 5-95 % interval.

    An association, not an effect: ``label`` says so. ``episodes`` are complete so far; ``compared_episodes`` of them
    have a like day without mediation, ``matched_days`` is how many of those there are. While it is 0 nothing is
    subtracted, and the number is the plain change after mediation.
    """

    log_rate_ratio: Floats
    low: Floats
    high: Floats
    episodes: Floats
    compared_episodes: Floats
    matched_days: Floats
    label: str


def post_mediation_change(
    mediation: ArrayLike,
    hostile: ArrayLike,
    *,
    window_days: int = 7,
    phases: ArrayLike | None = None,
    dispersion: float = 1,
) -> PostMediationChange:
    """Do hostile acts fall after mediation more than they fall anyway (C16)? Of all episodes so far.

    An episode is a day with mediation and no other within `window_days`; it counts from the day on which its days after
    have passed. It is compared with days without mediation whose rate ratio (C2) rounds to the same doubling.

    Parameters
    ----------
    mediation : (T,) array
        Acts of mediation a day; may be fractional.
    hostile : (T,) array
        Hostile acts a day.
    window_days : int
        Days before and after that are compared.
    phases : (T,) array of int, optional
        From 0 to 7: only days of the same phase are compared.
    dispersion : float
        Variance over mean of the hostile acts; widens the interval.

    Examples
    --------
    >>> mediation = [0] * 7 + [1] + [0] * 7
    >>> hostile = [2, 2, 2, 3, 2, 2, 2, 5, 1, 2, 1, 1, 2, 1, 1]
    >>> change = post_mediation_change(mediation, hostile)
    >>> print(round(change.log_rate_ratio[-1], 6), change.label)
    -0.489548 selection not removed
    """
    return PostMediationChange(
        **_core.post_mediation_change(
            series(mediation, "mediation"),
            series(hostile, "hostile"),
            np.empty(0) if phases is None else series(phases, "phases"),
            window_days,
            dispersion,
        )
    )
