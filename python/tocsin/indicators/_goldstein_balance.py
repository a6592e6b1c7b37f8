"""C7: conflict and cooperation by Goldstein values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin import _core
from tocsin.codebook import Codebook
from tocsin.frames import texts
from tocsin.indicators._arrays import series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class GoldsteinBalance:
    """Conflict and cooperation by Goldstein value; `unscaled` events have none."""

    conflict: float
    cooperation: float
    net: float
    mean_per_event: float
    cooperation_share: float
    unscaled: float


def goldstein_balance(
    codes: Sequence[str], counts: ArrayLike | None = None, *, scale: str | Codebook = "cameo-1.1b3"
) -> GoldsteinBalance:
    """Conflict and cooperation of some events by their Goldstein values (C7).

    Parameters
    ----------
    codes : list of str
        Event codes, as texts.
    counts : array, optional
        How many events of each code; by default one.
    scale : str or Codebook
        The table of values: "Goldstein" is not one table.

    Examples
    --------
    >>> goldstein_balance(["112", "190"], [3, 1]).conflict
    -16.0
    """
    table = Codebook.shipped(scale) if isinstance(scale, str) else scale
    weights = np.ones(len(codes)) if counts is None else series(counts, "counts")
    return GoldsteinBalance(**_core.goldstein_sums(texts(codes, "codes", "codes"), weights.tolist(), table._core))
