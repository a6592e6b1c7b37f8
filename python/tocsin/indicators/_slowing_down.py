"""C17: does the series recover more slowly? Experimental."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tocsin import _core
from tocsin.errors import InputError
from tocsin.indicators._arrays import Floats, series

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class SlowingDown:
    """Autocorrelation, variance over mean, and trend of the last weeks; NaN until the window is full, without gaps."""

    lag1: Floats
    variance_to_mean: Floats
    kendall_tau: Floats
    p_value: Floats


def slowing_down(
    y: ArrayLike,
    *,
    window_days: int = 60,
    residuals: Literal["anscombe", "raw"] = "anscombe",
    surrogates: int = 199,
    seed: int = 1,
) -> SlowingDown:
    """Does the series recover more slowly from its shocks, as before a tipping point (C17)? Experimental.

    It is no part of the score. A p-value says how often chance with the same autocorrelation rises as much; over many
    days and pairs some are small.

    Parameters
    ----------
    y : (T,) array
        Counts a day.
    window_days : int
        Days that are looked at, all of which have to be collected; at least 5.
    residuals : {"anscombe", "raw"}
        Autocorrelation of ``2 sqrt(y + 3/8)`` less its line, or of the counts less theirs.
    surrogates : int
        Series with the same spectrum and phases by chance that the trend is compared with.
    seed : int
        Of the phases.

    Examples
    --------
    >>> slow = slowing_down([3, 4, 3, 5, 6, 5, 7, 8, 7, 9], window_days=10, residuals="raw")
    >>> print(round(slow.lag1[-1], 6), round(slow.kendall_tau[-1], 6))
    -0.516279 0.828079
    """
    if residuals not in ("anscombe", "raw"):
        raise InputError(f'residuals is {residuals!r}, expected "anscombe" or "raw"')
    if not 0 <= seed < 2**64:
        raise InputError(f"seed is {seed}, expected a whole number from 0 to 2**64 - 1")
    return SlowingDown(**_core.slowing_down(series(y, "y"), window_days, residuals == "anscombe", surrogates, seed))
