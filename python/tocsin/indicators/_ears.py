"""C5: the reference detector of public health, to be beaten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tocsin import _core
from tocsin.indicators._arrays import Flags, Floats, series

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Ears:
    """How far a day is above the week before it, the count above which that is 3 sigmas, and whether it is an alarm.

    ``statistic`` and ``upper`` are NaN until the week is full and where a day in it is missing; there ``alarm`` is
    False.
    """

    statistic: Floats
    upper: Floats
    alarm: Flags


def ears(y: ArrayLike, *, method: Literal["C1", "C2", "C3"] = "C1", min_sigma: float = 0.5) -> Ears:
    """How far is each day above the week before it? The EARS detectors C1, C2 and C3 (C5), as a baseline to beat.

    The statistic is ``(y[t] - mean) / max(sd, min_sigma)`` over days t-7..t-1 (C1) or t-9..t-3 (C2), an alarm above 3;
    C3 is the sum of ``max(0, C2 - 1)`` over the last three days, an alarm above 2 (Hutwagner and others 2003, J. Urban
    Health 80).

    Parameters
    ----------
    y : (T,) array
        Counts a day.
    method : {"C1", "C2", "C3"}
        C2 and C3 leave two days between the week and the day, so that a slow start does not hide itself.
    min_sigma : float
        Acts a day. At 0 the first act after a silent week is no number at all, and after a nearly silent one an alarm.

    Examples
    --------
    >>> print(ears([2, 2, 2, 2, 2, 2, 2, 4]).statistic[-1])
    4.0
    """
    return Ears(**_core.ears(series(y, "y"), method, min_sigma))
