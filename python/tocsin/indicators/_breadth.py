"""C14: over how much is hostility spread?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tocsin import _core
from tocsin.indicators._arrays import series

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Breadth:
    """Hill numbers: over how many equally busy directions or kinds hostility is spread."""

    shannon: Any
    simpson: Any


def breadth(counts: ArrayLike, *, half_life_days: float = 14) -> Breadth:
    """Over how many directions or kinds is hostility spread? Hill numbers of discounted counts (C14).

    Parameters
    ----------
    counts : (n,) or (T, n) array
        One total per kind, which gives numbers, or one row a day, which gives arrays.
    half_life_days : float
        Days after which an act counts half.

    Examples
    --------
    >>> round(breadth([20, 10, 5, 5]).simpson, 6)
    2.909091
    """
    table = series(counts, "counts")
    if table.ndim == 1:
        numbers = _core.breadth(table[np.newaxis, :], half_life_days)
        return Breadth(**{name: float(values[0]) for name, values in numbers.items()})
    return Breadth(**_core.breadth(table, half_life_days))
