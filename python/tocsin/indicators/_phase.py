"""C13: in which phase is the crisis?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np

from tocsin import _core
from tocsin.errors import InputError
from tocsin.indicators._arrays import Floats, exposure_of, series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray


class PhaseModel:
    """What the phases look like and how they follow each other. Counts of a signal are negative binomial.

    Their mean is ``floor + multiple * slow``: acts a day that the phase means for any pair, and a share of what is
    usual between the two, hostile or not; their variance is mean + mean^2 / size. An infinite size is Poisson.

    Examples
    --------
    >>> PhaseModel.shipped().phases
    ['calm', 'tension', 'confrontation', 'hostilities']
    """

    __slots__ = ("_core",)

    def __init__(self, core: _core.PhaseModel) -> None:
        self._core = core

    @classmethod
    def shipped(cls) -> PhaseModel:
        """The one that `phase` uses by default."""
        return cls(_core.PhaseModel.shipped())

    @classmethod
    def from_json(cls, text: str) -> PhaseModel:
        """A model of your own, in the form of `to_json`."""
        return cls(_core.PhaseModel.from_json(text))

    @classmethod
    def fixed(
        cls, transition: ArrayLike, means: ArrayLike, initial: ArrayLike, *, sizes: ArrayLike | None = None
    ) -> PhaseModel:
        """Phases whose means do not depend on the pair.

        Parameters
        ----------
        transition : (K, K) array
            Chance to be in phase j tomorrow if in phase i today; rows sum to 1.
        means : (K,) or (K, n) array
            Acts a day by phase and signal.
        initial : (K,) array
            Chance to be in each phase before the first day is seen.
        sizes : (K,) or (K, n) array, optional
            Of negative binomial counts; without, they are Poisson.
        """
        rows = _columns(means, "means")
        return cls(
            _core.PhaseModel.fixed(
                _columns(transition, "transition").tolist(),
                rows.tolist(),
                series(initial, "initial").ravel().tolist(),
                [] if sizes is None else _columns(sizes, "sizes").tolist(),
            )
        )

    def to_json(self) -> str:
        """The model as a document, which `from_json` reads."""
        return self._core.to_json()

    @property
    def name(self) -> str:
        """As in the document."""
        return self._core.name

    @property
    def version(self) -> str:
        """Version of the parameters."""
        return self._core.version

    @property
    def date(self) -> str:
        """Day on which it was fitted."""
        return self._core.date

    @property
    def trained_on(self) -> str:
        """What it was fitted to."""
        return self._core.trained_on

    @property
    def phases(self) -> list[str]:
        """Names, the calmest first."""
        return self._core.phases

    @property
    def signals(self) -> list[str]:
        """Signals that it looks at; none where the columns of counts have no names."""
        return self._core.signals

    @property
    def initial(self) -> Floats:
        """(K,) chances before the first day is seen."""
        return self._core.initial

    @property
    def transition(self) -> Floats:
        """(K, K) chances from one day to the next."""
        return self._core.transition

    @property
    def floor(self) -> Floats:
        """(K, n) acts a day."""
        return self._core.floor

    @property
    def multiple(self) -> Floats:
        """(K, n) multiples of the slow rate."""
        return self._core.multiple

    @property
    def size(self) -> Floats:
        """(K, n) sizes of the negative binomials."""
        return self._core.size

    def __repr__(self) -> str:
        return f"PhaseModel({self.name!r}, version {self.version}, phases {', '.join(self.phases)})"


@dataclass(frozen=True)
class Phase:
    """Probability of each phase (T, K), its entropy in nats, and the chance to reach the last one in the horizon."""

    posterior: Floats
    entropy: Floats
    p_reach_hostilities: Floats
    log_likelihood: Floats


@dataclass(frozen=True)
class SmoothedPhase:
    """Probability of each phase (T, K) given all days, later ones too."""

    posterior: Floats
    log_likelihood: float


@dataclass(frozen=True)
class PhasePath:
    """The most probable sequence of phases (T,), counted from 0, given all days."""

    path: NDArray[np.int64]


@dataclass(frozen=True)
class FittedPhases:
    """A fitted model, the log-likelihood of the counts under it, and how the fit ended."""

    model: PhaseModel
    log_likelihood: float
    iterations: int
    converged: bool


def phase(
    y: ArrayLike, *, exposure: ArrayLike | None = None, model: PhaseModel | None = None, horizon_days: int = 7
) -> Phase:
    """In which phase is the crisis? Forward filter of a hidden Markov model (C13).

    Day t depends on days up to t only. ``log_likelihood`` is that of the days up to t. A signal or a day that was not
    collected has no say, but phases still change.

    Parameters
    ----------
    y : (T, 5) array
        Counts a day of rhetoric, military, punitive, mediation and cooperation, both directions added up; signals that
        the model does not use may be NaN. For a model without names of signals: one column for each of its means.
    exposure : (T,) array, optional
        Days of collection a day.
    model : PhaseModel, optional
        By default the shipped one.
    horizon_days : int
        Of ``p_reach_hostilities``, which counts a pair that is there already as having reached it.

    Examples
    --------
    >>> quiet, war = [0, 0, 0, 0, 0], [2, 6, 0, 0, 0]
    >>> phase([quiet] * 30 + [war] * 10).posterior[[29, 39]].argmax(axis=1)
    array([0, 3])
    """
    core = None if model is None else model._core
    return Phase(**_core.phase(_columns(y, "y"), exposure_of(exposure), core, horizon_days))


def phase_filter(
    y: ArrayLike,
    transition: ArrayLike,
    means: ArrayLike,
    initial: ArrayLike,
    *,
    sizes: ArrayLike | None = None,
    exposure: ArrayLike | None = None,
    horizon_days: int = 7,
) -> Phase:
    """`phase` with parameters of your own, the means not depending on the pair (C13).

    Parameters
    ----------
    y : (T,) or (T, n) array
        Counts a day, one column for each signal of `means`.
    transition, means, initial, sizes
        As for `PhaseModel.fixed`.
    exposure : (T,) array, optional
        Days of collection a day; 0: not collected.
    horizon_days : int
        Days within which the last phase is to be reached.

    Examples
    --------
    >>> calm_or_not = phase_filter([0, 1, 7], [[0.9, 0.1], [0.2, 0.8]], [1, 5], [0.5, 0.5])
    >>> calm_or_not.posterior[-1].round(4)
    array([0.0057, 0.9943])
    """
    return phase(
        y,
        exposure=exposure,
        model=PhaseModel.fixed(transition, means, initial, sizes=sizes),
        horizon_days=horizon_days,
    )


def phase_smooth(y: ArrayLike, *, exposure: ArrayLike | None = None, model: PhaseModel | None = None) -> SmoothedPhase:
    """In which phase was the crisis, with hindsight? Forward-backward (C13).

    Looks ahead: day t depends on all days, later ones too. For history, not for warning.

    Parameters
    ----------
    y, exposure, model
        As for `phase`.

    Examples
    --------
    >>> two = PhaseModel.fixed([[0.9, 0.1], [0.2, 0.8]], [1, 5], [0.5, 0.5])
    >>> phase_smooth([4, 9, 7], model=two).posterior[0, 1] > phase([4, 9, 7], model=two).posterior[0, 1]
    np.True_
    """
    core = None if model is None else model._core
    return SmoothedPhase(**_core.phase_smooth(_columns(y, "y"), exposure_of(exposure), core))


def phase_path(y: ArrayLike, *, exposure: ArrayLike | None = None, model: PhaseModel | None = None) -> PhasePath:
    """The most probable sequence of phases, with hindsight (C13; Viterbi).

    Looks ahead: day t depends on all days, later ones too.

    Parameters
    ----------
    y, exposure, model
        As for `phase`.

    Examples
    --------
    >>> two = PhaseModel.fixed([[0.9, 0.1], [0.2, 0.8]], [1, 5], [0.5, 0.5])
    >>> phase_path([0, 1, 7, 6, 0, 0], model=two).path
    array([0, 0, 1, 1, 0, 0])
    """
    core = None if model is None else model._core
    path = _core.phase_path(_columns(y, "y"), exposure_of(exposure), core)["path"]
    return PhasePath(path=path.astype(np.int64))


def fit_phases(
    y: ArrayLike | Sequence[Any],
    *,
    phases: int = 4,
    family: Literal["poisson", "negative_binomial"] = "negative_binomial",
    start: PhaseModel | None = None,
    restarts: int = 8,
    seed: int = 0,
    max_iterations: int = 2000,
    tolerance: float = 1e-9,
    prior_days: float = 0,
    prior_spread: float = math.inf,
    keep_multiples: bool = False,
    ties: Sequence[tuple[int, int]] = (),
) -> FittedPhases:
    """Parameters of a phase model from counts, by Baum-Welch (C13). The phases come ordered by their hostile rate.

    Parameters
    ----------
    y : (T,) or (T, n) array, or a list of (T, n) arrays
        Counts a day; NaN was not collected. Several series share one model.
    phases, family
        Of a fit from random starts, where means do not depend on the pair.
    start : PhaseModel, optional
        One fit from here. What is 0 in it stays 0 (a transition, a multiple), what is Poisson stays Poisson.
    restarts, seed : int
        How many random starts, and what they depend on; the fit with the highest likelihood is given.
    max_iterations : int
        Of each fit.
    tolerance : float
        A fit ends when an iteration gains less, nats.
    prior_days : float
        What the transitions of the start weigh, in days spent in each phase.
    prior_spread : float
        Of the normal prior around the logarithms of the start's floors, multiples and sizes. Infinite: no prior.
    keep_multiples : bool
        Leave the multiples as they are in the start.
    ties : sequence of (phase, signal)
        Numbers from 0, of cells that stay the same as those of the phase before; in the start they must be.

    Examples
    --------
    >>> fitted = fit_phases([0, 1, 0, 0, 1, 9, 8, 11, 7, 0, 1, 0], phases=2, family="poisson")
    >>> fitted.model.floor.round(2).ravel()
    array([0.37, 8.74])
    """
    if family not in {"poisson", "negative_binomial"}:
        raise InputError(f'family is {family!r}, expected "poisson" or "negative_binomial"')
    if start is None and len(ties) > 0:
        raise InputError("ties need a start, whose cells they compare: give start, or no ties")
    if isinstance(y, list | tuple) and len(y) > 0 and all(np.ndim(one) == 2 for one in y):
        tables = [_columns(one, "y") for one in y]
    else:
        tables = [_columns(cast("ArrayLike", y), "y")]
    model, log_likelihood, iterations, converged = _core.fit_phases(
        tables,
        None if start is None else start._core,
        phases,
        family == "poisson",
        restarts,
        seed,
        max_iterations,
        tolerance,
        prior_days,
        prior_spread,
        keep_multiples,
        list(ties),
    )
    return FittedPhases(PhaseModel(model), log_likelihood, iterations, converged)


def _columns(values: ArrayLike, name: str) -> Floats:
    """One column where there is one value a row."""
    table = series(values, name)
    if table.ndim not in {1, 2}:
        raise InputError(f"{name} has {table.ndim} dimensions, expected (rows, columns), or one value a row")
    return table[:, np.newaxis] if table.ndim == 1 else table
