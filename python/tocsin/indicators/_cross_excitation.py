"""C12: who draws whose acts?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from tocsin import _core
from tocsin.indicators._arrays import Floats, series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

Baseline = Literal["best", "constant", "piecewise"]


@dataclass(frozen=True)
class CrossExcitation:
    """Kernel of a discrete Hawkes process over one window; element [i, j] is the effect of node j on node i."""

    mu: Floats
    """(n,) acts that nothing draws, in units of `base`."""
    kernel: Floats
    """(n, n) acts at i that an act at j draws."""
    low: Floats
    high: Floats
    null_95: Floats
    """95 % quantile of the kernel element if no act drew another."""
    evidence: Floats
    """Nats, divided by the dispersion of node i, that the element adds to the likelihood."""
    evidence_null_95: Floats
    beats_null: Floats
    """1 where `evidence` is above `evidence_null_95`: only there may excitation be claimed. NaN without null."""
    spectral_radius: float
    total_progeny: Floats
    """(I - kernel)^-1; NaN unless the spectral radius is below 1."""
    log_likelihood: float
    generation_half_life_days: float
    base: Floats
    """(window, n) level that `mu` multiplies."""
    nodes: tuple[str, ...] = field(default=(), kw_only=True)
    """What row and column i stand for, where that is known: "IND", or "IND words"."""
    sentences: tuple[str, ...] = field(default=(), kw_only=True)
    """What may be claimed, where the nodes are known."""
    log_posterior: Floats
    """After every step of the fit, without the part of the counts alone."""


def cross_excitation(
    y: ArrayLike,
    *,
    generation_half_life_days: float | Sequence[float] = (1, 2, 4, 7),
    window_days: int = 180,
    prior_shape: float = 2,
    prior_rate: float = 2 / 0.3,
    baseline: Baseline = "best",
    base: ArrayLike | None = None,
    null_draws: int = 200,
    seed: int = 0,
) -> CrossExcitation:
    """Who draws whose acts (C12)? Discrete Hawkes process after Linderman and Adams (2015), largest posterior density.

    "Each act of j draws 0.4 acts of i (0.2-0.7)" may be said only where `beats_null` is 1: changes of the level,
    overdispersion and stories told twice look like excitation too.

    Parameters
    ----------
    y : (T, n) array
        Counts a day by node. NaN was not collected.
    generation_half_life_days : float or sequence of float
        Candidates; the one with the largest posterior is taken.
    window_days : int
        Last days that are fitted.
    prior_shape, prior_rate : float
        Gamma belief about every kernel element. Shape 1 and rate 0: none.
    baseline : "best", "constant" or "piecewise"
        Level of the acts that nothing draws: constant, by a segmentation of each node's counts, or the best of these
        two and a smooth one by the likelihood, every parameter paid for.
    base : (T,), (T, 1) or (T, n) array, optional
        The level's shape, above 0, in place of `baseline`.
    null_draws : int
        Simulated series without excitation; 0: no null.
    seed : int
        Of the simulated series.

    Examples
    --------
    >>> import numpy as np
    >>> y = np.random.default_rng(1).poisson(2, (180, 2))
    >>> cross_excitation(y).beats_null
    array([[0., 0.],
           [0., 0.]])
    """
    return CrossExcitation(
        **_core.cross_excitation(
            series(y, "y"),
            _half_lives(generation_half_life_days),
            window_days,
            prior_shape,
            prior_rate,
            baseline,
            _base(base),
            null_draws,
            seed,
        )
    )


def rolling_cross_excitation(
    y: ArrayLike,
    *,
    generation_half_life_days: float | Sequence[float] = (1, 2, 4, 7),
    window_days: int = 180,
    every_days: int = 7,
    prior_shape: float = 2,
    prior_rate: float = 2 / 0.3,
    baseline: Baseline = "best",
    null_draws: int = 200,
    seed: int = 0,
) -> list[tuple[int, CrossExcitation]]:
    """`cross_excitation` refitted again and again, each time to the days up to then (C12).

    Parameters
    ----------
    y : (T, n) array
        Counts a day by node. NaN was not collected.
    every_days : int
        Days from one fit to the next; the last day has a fit.
    generation_half_life_days, window_days, prior_shape, prior_rate, baseline, null_draws, seed
        As for `cross_excitation`.

    Returns
    -------
    list of (int, CrossExcitation)
        Last day of a fit, as index of `y`, and the fit; the last day last.

    Examples
    --------
    >>> fits = rolling_cross_excitation([[1], [0], [2], [1]] * 60, every_days=30, null_draws=0)
    >>> [day for day, _ in fits]
    [179, 209, 239]
    """
    fits = _core.rolling_cross_excitation(
        series(y, "y"),
        _half_lives(generation_half_life_days),
        window_days,
        every_days,
        prior_shape,
        prior_rate,
        baseline,
        null_draws,
        seed,
    )
    return [(day, CrossExcitation(**fit)) for day, fit in fits]


def cross_excitation_log_likelihood(
    y: ArrayLike,
    mu: ArrayLike,
    kernel: ArrayLike,
    *,
    generation_half_life_days: float = 2,
    base: ArrayLike | None = None,
) -> float:
    """Log-likelihood of given parameters, -ln y! included (C12).

    Parameters
    ----------
    y : (T, n) array
        Counts a day by node. NaN was not collected.
    mu : (n,) array
        Acts a day that nothing draws.
    kernel : (n, n) array
        Element [i, j] is the effect of node j on node i.
    generation_half_life_days : float
        Half of the acts that an act draws come within it.
    base : (T,), (T, 1) or (T, n) array, optional
        Multiplies `mu`.

    Examples
    --------
    >>> y = [[1, 0], [0, 1], [2, 0], [1, 2], [3, 1]]
    >>> round(cross_excitation_log_likelihood(y, [0.5, 0.4], [[0.5, 0.3], [0.4, 0.2]]), 6)
    -12.700529
    """
    return _core.cross_excitation_log_likelihood(
        series(y, "y"), series(mu, "mu"), series(kernel, "kernel"), generation_half_life_days, _base(base)
    )


def _half_lives(days: float | Sequence[float]) -> list[float]:
    return [float(value) for value in np.atleast_1d(series(days, "generation_half_life_days"))]


def _base(base: ArrayLike | None) -> Floats:
    if base is None:
        return np.empty((0, 0))
    values = series(base, "base")
    return values[:, None] if values.ndim == 1 else values
