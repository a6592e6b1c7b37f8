"""C10: both sides or one?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin import _core
from tocsin.indicators._arrays import Floats, series

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Reciprocity:
    """Balance 0 (one-sided) to 1 (even), asymmetry -1 to 1."""

    balance: Floats
    asymmetry: Floats


def reciprocity(forward: ArrayLike, backward: ArrayLike, *, half_life_days: float = 14) -> Reciprocity:
    """Do both sides act, or one? On discounted hostile counts of the two directions (C10).

    Parameters
    ----------
    forward, backward : (T,) array
        Hostile acts a day of the first actor and of the second. NaN was not collected.
    half_life_days : float
        Days after which an act counts half.

    Examples
    --------
    >>> print(round(reciprocity([18], [10]).balance[-1], 6))
    0.714286
    """
    return Reciprocity(**_core.reciprocity(series(forward, "forward"), series(backward, "backward"), half_life_days))
