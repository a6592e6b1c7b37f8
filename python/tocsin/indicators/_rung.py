"""C9: how high on the ladder?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin import _core
from tocsin.indicators._arrays import Floats, series

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Rung:
    """Highest supported rung, P(rung >= q | hostile event) for q = 1..7, and the ordinal average."""

    supported_max: Floats
    p_at_least: Floats
    mean_rung: Floats


def rung(counts_by_rung: ArrayLike, *, window_days: int = 28, min_events: float = 2) -> Rung:
    """How high on the ladder? (C9)

    Parameters
    ----------
    counts_by_rung : (T, 7) array
        Hostile events a day by rung 1 to 7.
    window_days : int
        The window, today included.
    min_events : float
        Events at or above a rung that support it.

    Examples
    --------
    >>> rung([[10, 4, 3, 2, 0, 0, 0]]).supported_max.tolist()
    [4.0]
    """
    return Rung(**_core.rung(series(counts_by_rung, "counts_by_rung"), window_days, min_events))
