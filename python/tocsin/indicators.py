"""One indicator alone, on plain arrays.

Counts are daily, oldest first; NaN was not collected. Element t of a result depends on days up to t only, so the last
element is the state after the last day. Numbers in brackets are those of docs/method.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin import _core
from tocsin.codebook import Codebook
from tocsin.errors import InputError
from tocsin.frames import texts

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "breadth",
    "cusum",
    "discounted_rate",
    "goldstein_balance",
    "material_share",
    "mediation_coverage",
    "predictive_tail",
    "rate_ratio",
    "reciprocity",
    "rung",
    "surprise",
]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class DiscountedRate:
    """Events a day with a 5-95 % interval, and the Gamma posterior (shape, rate) that they come from."""

    mean: Floats
    low: Floats
    high: Floats
    shape: Floats
    rate: Floats


@dataclass(frozen=True)
class RateRatio:
    """Recent over baseline rate in doublings, its 5-95 % interval, P(a real rise), and the change in events a day."""

    log2_ratio: Floats
    low: Floats
    high: Floats
    p_rising: Floats
    absolute_change: Floats


@dataclass(frozen=True)
class Surprise:
    """How unusual each day is: a day like it comes once in 10^bans days."""

    bans: Floats
    mid_p: Floats
    bits: Floats


@dataclass(frozen=True)
class PredictiveTail:
    """P(Y >= y) of one day, and the same in bans, as mid-p value, and the day's own surprisal in bits."""

    probability: float
    bans: float
    mid_p: float
    bits: float


@dataclass(frozen=True)
class Cusum:
    """Evidence for a lasting rise, in nats."""

    statistic: Floats


@dataclass(frozen=True)
class GoldsteinBalance:
    """Conflict and cooperation by Goldstein value; `unscaled` events have none."""

    conflict: float
    cooperation: float
    net: float
    mean_per_event: float
    cooperation_share: float
    unscaled: float


@dataclass(frozen=True)
class MaterialShare:
    """Share of hostile acts that are deeds, with a 5-95 % interval."""

    share: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Rung:
    """Highest supported rung, P(rung >= q | hostile event) for q = 1..7, and the ordinal average."""

    supported_max: Floats
    p_at_least: Floats
    mean_rung: Floats


@dataclass(frozen=True)
class Reciprocity:
    """Balance 0 (one-sided) to 1 (even), asymmetry -1 to 1."""

    balance: Floats
    asymmetry: Floats


@dataclass(frozen=True)
class Breadth:
    """Hill numbers: over how many equally busy directions or kinds hostility is spread."""

    shannon: Any
    simpson: Any


@dataclass(frozen=True)
class MediationCoverage:
    """Mediation acts per hostile act with a 5-95 % interval; gap in doublings; what has passed since mediation."""

    coverage: Floats
    low: Floats
    high: Floats
    gap: Floats
    days_since: Floats
    hostile_since: Floats


def discounted_rate(
    y: ArrayLike,
    *,
    exposure: ArrayLike | None = None,
    half_life_days: float = 14,
    prior_shape: float = 0.5,
    prior_rate: float = 0.5,
    dispersion: float = 1,
) -> DiscountedRate:
    """Events a day, by a Gamma-Poisson rate that forgets, with an anchored prior (C1).

    Parameters
    ----------
    y : (T,) array
        Counts a day.
    exposure : (T,) array, optional
        Days of collection a day, 0 where nothing was collected; by default 1.
    half_life_days : float
        Days in which a day loses half its weight.
    prior_shape, prior_rate : float
        Gamma prior; the rate is in days.
    dispersion : float
        Rows per real event: the mean stays, the interval widens.

    Examples
    --------
    >>> y = [1, 0, 2, 1, 0, 1, 2, 6, 9, 14]
    >>> print(round(discounted_rate(y, half_life_days=7).mean[-1], 6))
    4.422563
    """
    counts = _series(y, "y")
    return DiscountedRate(
        **_core.discounted_rate(counts, _exposure(exposure), half_life_days, prior_shape, prior_rate, dispersion)
    )


def rate_ratio(
    y: ArrayLike,
    *,
    exposure: ArrayLike | None = None,
    window_days: int = 7,
    baseline_days: int = 28,
    guard_days: int = 0,
    prior_shape: float = 0.5,
    prior_rate: float = 0.5,
    dispersion: float = 1,
) -> RateRatio:
    """Is it escalating? The recent window against the window before it, in doublings (C2).

    Parameters
    ----------
    y : (T,) array
        Counts a day.
    exposure : (T,) array, optional
        Days of collection a day.
    window_days, baseline_days, guard_days : int
        Recent days t-w+1..t; baseline of so many days that ends `guard_days` days before them.
    prior_shape, prior_rate, dispersion : float
        As in `discounted_rate`, for both windows.

    Examples
    --------
    >>> y = [1, 0, 2, 1, 0, 1, 2, 6, 9, 14]
    >>> print(round(rate_ratio(y, window_days=3, baseline_days=7).log2_ratio[-1], 6))
    3.075288
    """
    counts = _series(y, "y")
    return RateRatio(
        **_core.rate_ratio(
            counts, _exposure(exposure), window_days, baseline_days, guard_days, prior_shape, prior_rate, dispersion
        )
    )


def surprise(
    y: ArrayLike,
    *,
    exposure: ArrayLike | None = None,
    half_life_days: float = 180,
    guard_days: int = 2,
    dispersion: float | None = None,
) -> Surprise:
    """How unusual is each day, judged by the slow rate of the days before it (C3)?

    Parameters
    ----------
    y : (T,) array
        Counts a day.
    exposure : (T,) array, optional
        Days of collection a day.
    half_life_days : float
        Of the slow rate.
    guard_days : int
        Days just before t that are left out of it.
    dispersion : float, optional
        By default estimated from the days before, crisis days left out.
    """
    return Surprise(**_core.surprise(_series(y, "y"), _exposure(exposure), half_life_days, guard_days, dispersion))


def predictive_tail(
    y: float, shape: float, rate: float, *, exposure: float = 1, dispersion: float = 1
) -> PredictiveTail:
    """How far out is one count under a Gamma(shape, rate) belief about its rate (C3)?

    Examples
    --------
    >>> round(predictive_tail(6, 4, 8).bans, 6)
    3.93127
    """
    return PredictiveTail(**_core.predictive_tail(y, shape, rate, exposure, dispersion))


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
    return Cusum(_core.cusum(_series(y, "y"), means, ratio, dispersion))


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
    weights = np.ones(len(codes)) if counts is None else _series(counts, "counts")
    return GoldsteinBalance(**_core.goldstein_sums(texts(codes, "codes", "codes"), weights.tolist(), table._core))


def material_share(
    rhetoric: ArrayLike, material: ArrayLike, *, half_life_days: float = 14, dispersion: float = 1
) -> MaterialShare:
    """Words or deeds? The share of hostile acts that are deeds, on discounted counts (C8).

    Examples
    --------
    >>> print(round(material_share([12], [8]).share[-1], 6))
    0.404762
    """
    return MaterialShare(
        **_core.material_share(_series(rhetoric, "rhetoric"), _series(material, "material"), half_life_days, dispersion)
    )


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
    return Rung(**_core.rung(_series(counts_by_rung, "counts_by_rung"), window_days, min_events))


def reciprocity(forward: ArrayLike, backward: ArrayLike, *, half_life_days: float = 14) -> Reciprocity:
    """Do both sides act, or one? On discounted hostile counts of the two directions (C10).

    Examples
    --------
    >>> print(round(reciprocity([18], [10]).balance[-1], 6))
    0.714286
    """
    return Reciprocity(**_core.reciprocity(_series(forward, "forward"), _series(backward, "backward"), half_life_days))


def breadth(counts: ArrayLike, *, half_life_days: float = 14) -> Breadth:
    """Over how many directions or kinds is hostility spread? Hill numbers of discounted counts (C14).

    Parameters
    ----------
    counts : (n,) or (T, n) array
        One total per kind, which gives numbers, or one row a day, which gives arrays.

    Examples
    --------
    >>> round(breadth([20, 10, 5, 5]).simpson, 6)
    2.909091
    """
    table = _series(counts, "counts")
    if table.ndim == 1:
        numbers = _core.breadth(table[np.newaxis, :], half_life_days)
        return Breadth(**{name: float(values[0]) for name, values in numbers.items()})
    return Breadth(**_core.breadth(table, half_life_days))


def mediation_coverage(
    mediation: ArrayLike,
    hostile: ArrayLike,
    *,
    window_days: int = 28,
    growth_window_days: int = 7,
    growth_baseline_days: int = 28,
    dispersion: float = 1,
) -> MediationCoverage:
    """Is mediation keeping up? Mediation acts per hostile act, and whose tempo grows faster (C15).

    Examples
    --------
    >>> print(round(mediation_coverage([6], [24]).coverage[-1], 6))
    0.255307
    """
    return MediationCoverage(
        **_core.mediation_coverage(
            _series(mediation, "mediation"),
            _series(hostile, "hostile"),
            window_days,
            growth_window_days,
            growth_baseline_days,
            dispersion,
        )
    )


def _series(values: ArrayLike, name: str) -> Floats:
    try:
        given = np.asarray(values)
        if given.dtype.kind in "SUMm" or (
            given.dtype.kind == "O" and any(isinstance(v, str | bytes) for v in given.flat)
        ):
            raise TypeError(f"it holds texts or dates ({given.dtype})")
        return np.ascontiguousarray(values, dtype=np.float64)
    except (TypeError, ValueError) as fault:
        raise InputError(f"{name} cannot be read as numbers: {fault}") from None


def _exposure(values: ArrayLike | None) -> Floats:
    return np.empty(0) if values is None else _series(values, "exposure")
