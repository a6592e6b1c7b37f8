"""C8: words or deeds?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin import _core
from tocsin.indicators._arrays import Floats, series

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class MaterialShare:
    """Share of hostile acts that are deeds, with a 5-95 % interval."""

    share: Floats
    low: Floats
    high: Floats


def material_share(
    rhetoric: ArrayLike, material: ArrayLike, *, half_life_days: float = 14, dispersion: float = 1
) -> MaterialShare:
    """Words or deeds? The share of hostile acts that are deeds, on discounted counts (C8).

    Parameters
    ----------
    rhetoric, material : (T,) array
        Words and deeds a day. NaN was not collected.
    half_life_days : float
        Days after which an act counts half.
    dispersion : float
        How many rows the source writes for one real event; widens the interval.

    Examples
    --------
    >>> print(round(material_share([12], [8]).share[-1], 6))
    0.404762
    """
    return MaterialShare(
        **_core.material_share(series(rhetoric, "rhetoric"), series(material, "material"), half_life_days, dispersion)
    )
