"""Will it come to force? A fitted model of the chance that a militarised event begins within a month."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tocsin import _core, files, frames
from tocsin.errors import InputError
from tocsin.onsets import as_onsets
from tocsin.panel import PairName, find_pair, required_day
from tocsin.scores import Progress, Scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

__all__ = ["LogisticFit", "RiskModel", "features", "fit_logistic"]

_STATUS = np.array(_core.status_names, dtype=object)


class RiskModel:
    """The chance that force is used between two within 30 days, given that none was in the last 60. Immutable.

    A logistic regression on a few features of the counts, standardised and calibrated on pairs that it had not seen. It
    has two sets of coefficients: one for events alone, and one that is used where past onsets (and threats) are given
    too. Make one with `RiskModel.default`, `RiskModel.fit` or `RiskModel.load`; `training` says what it was fitted to.
    """

    __slots__ = ("_core",)

    def __init__(self, core: _core.RiskModel) -> None:
        self._core = core

    @classmethod
    def default(cls) -> RiskModel:
        """The model that is shipped.

        Examples
        --------
        >>> RiskModel.default().horizon_days
        30
        """
        return cls(_core.RiskModel.shipped())

    @classmethod
    def fit(
        cls,
        scores: Scores | Sequence[Scores],
        onsets: Any,
        *,
        description: str = "own data",
        horizon_days: int = 30,
        quiet_days: int = 60,
        min_level: int = 4,
        warm_up_days: int = 365,
        ridge: float = 100.0,
        folds: int = 10,
        threads: int | None = None,
        progress: Progress | None = None,
    ) -> RiskModel:
        """Fit both sets of coefficients, and calibrate them on pairs that are left out.

        Parameters
        ----------
        scores : Scores, or several
            Of panels with rhetoric, military and cooperation. Leave out pairs that the source of the onsets does not
            speak of: one without an onset is taken for one in which nothing began.
        onsets : Onsets or table
            As in `tocsin.read_onsets`, with the events below `min_level`, which are a feature; pairs are written as in
            the scores.
        description : str
            What the data are, for `training` and `explain`.
        horizon_days, quiet_days, min_level : int
            An onset of this level begins within the horizon, on days after so many without one.
        warm_up_days : int
            Collected days before there is a risk.
        ridge : float
            Weight of the penalty on the squares of the standardised coefficients.
        folds : int
            Parts of the pairs that are left out in turn for the calibration. With fewer pairs there is none.
        threads : int, optional
            By default one per core. The result does not depend on it.
        progress : callable, optional
            Called now and then with (done, all).

        Raises
        ------
        InputError
            Where no day is followed by an onset, or a panel lacks what the features need.
        """
        several = [scores] if isinstance(scores, Scores) else list(scores)
        for one in several:
            if not isinstance(one, Scores):
                raise InputError(f"scores holds a {type(one).__name__}; expected tocsin.Scores")
        table = as_onsets(onsets)
        core = _core.RiskModel.fit(
            [one._core for one in several],
            table._core,
            description,
            horizon_days=horizon_days,
            quiet_days=quiet_days,
            min_level=min_level,
            warm_up_days=warm_up_days,
            ridge=float(ridge),
            folds=folds,
            threads=threads or 0,
            covered=table._covered,
            progress=progress,
        )
        return cls(core)

    def predict(
        self, scores: Scores, onsets: Any = None, *, threads: int | None = None, progress: Progress | None = None
    ) -> Any:
        """The risk of every pair on every day, in the rows and order of ``scores.frame()``.

        Row t depends on days up to t only. Where the model cannot say anything, risk and interval are missing and the
        status says why: ``unscaled`` (a signal that it needs is not collected), ``warming_up`` (fewer than 365
        collected days), ``no_data`` (nothing collected on the day; up to 28 days the last risk is held).

        Parameters
        ----------
        scores : Scores
            As made by `tocsin.score`; scores that were read from a document hold no counts.
        onsets : Onsets or table, optional
            Past uses of force, as in `tocsin.read_onsets`, and events below the level of an onset, which are taken for
            threats: do not leave them out. Where a table has none yet, the average is believed. A row sees those that
            have begun by its day, and after the last day that the table covers takes it that nothing more happened.
            Without, events alone are looked at.
        threads : int, optional
            By default one per core. The result does not depend on it.
        progress : callable, optional
            Called now and then with (pairs done, pairs in all).

        Returns
        -------
        frame
            Columns ``date pair risk risk_low risk_high status``; the interval is 5-95 %, from the uncertainty of the
            coefficients.
        """
        raw = self._core.predict(_scored(scores)._core, _given(onsets), threads or 0, progress)
        columns = {
            **_days_and_pairs(scores),
            "risk": raw["risk"],
            "risk_low": raw["risk_low"],
            "risk_high": raw["risk_high"],
            "status": _STATUS[raw["status"]],
        }
        return frames.frame_of(columns, scores._backend)

    def at(self, scores: Scores, pair: PairName, date: Any = None, *, onsets: Any = None) -> dict[str, Any]:
        """One pair on one day: ``status risk risk_low risk_high logit base contributions``.

        The contributions, in log-odds, sum with ``base`` to ``logit``; ``risk`` is 1 / (1 + exp(-logit)).
        """
        return self._core.at(scores._core, _pair_of(scores, pair), _day_of(scores, date), _given(onsets))

    def explain(self, scores: Scores, pair: PairName, date: Any = None, *, onsets: Any = None) -> str:
        """What the model says of one day, in sentences: the chance, what raises it, and what the model has seen.

        Parameters
        ----------
        scores : Scores
            As in `predict`.
        pair : str or tuple
            "IND-PAK", or the two actors.
        date : date or str, optional
            By default the last day.
        onsets : Onsets or table, optional
            As in `predict`.
        """
        day = _day_of(scores, date)
        return "\n".join(self._core.explain(_scored(scores)._core, _pair_of(scores, pair), day, _given(onsets)))

    @property
    def training(self) -> dict[str, Any]:
        """What it was fitted to: ``description pairs days positive_days base_rate``."""
        return self._core.training

    @property
    def events(self) -> dict[str, Any]:
        """The coefficients for events alone.

        ``terms`` (mean, spread and coefficient by feature), ``intercept``, the calibration line, and how it did on
        pairs that were left out: ``auc average_precision brier_skill``.
        """
        return self._core.events

    @property
    def with_onsets(self) -> dict[str, Any]:
        """The coefficients where past onsets are given; as `events`."""
        return self._core.with_onsets

    @property
    def horizon_days(self) -> int:
        """The risk is of an onset within so many days."""
        return self._core.horizon_days

    @property
    def quiet_days(self) -> int:
        """It was fitted to days on which none had begun for so long."""
        return self._core.quiet_days

    @property
    def min_level(self) -> int:
        """Of an onset."""
        return self._core.min_level

    @property
    def hash(self) -> str:
        """Equal for models with equal predictions."""
        return self._core.hash

    def to_json(self) -> str:
        """The document of the model (schema ``tocsin.risk``): coefficients and what it was fitted to, no data."""
        return self._core.to_json()

    @classmethod
    def from_json(cls, text: str) -> RiskModel:
        """Read a document. Raises InputError if it is not one, of another version, or was changed."""
        return cls(_core.RiskModel.from_json(text))

    def save(self, path: str | Path) -> None:
        """Write the document beside the target and rename it."""
        with files.replaced(path) as beside:
            beside.write_text(self.to_json(), encoding="utf-8")

    @classmethod
    def load(cls, path: str | Path) -> RiskModel:
        """Read a saved document; see `from_json`."""
        return cls.from_json(Path(path).read_text(encoding="utf-8"))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RiskModel) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.hash)

    def __repr__(self) -> str:
        training = self.training
        return (
            f"RiskModel {self.hash}: force within {self.horizon_days} days, after {self.quiet_days} without; fitted to "
            f"{training['description']} ({training['pairs']:,} pairs, {training['days']:,} pair-days, "
            f"base rate {training['base_rate']:.2%})"
        )


def features(scores: Scores, onsets: Any = None, *, model: RiskModel | None = None) -> Any:
    """What the risk model looks at: one row per pair and day, as ``scores.frame()``, one column per feature.

    Columns ``date pair status``, then the features of docs/method.md; those of onsets only where onsets are given. NaN:
    not known, as ``threats_730`` is before the table of onsets holds a threat.

    Parameters
    ----------
    scores : Scores
        As in `RiskModel.predict`.
    onsets : Onsets or table, optional
        As in `RiskModel.predict`.
    model : RiskModel, optional
        Whose warm-up and level of onsets count; by default those of the model that is shipped.
    """
    core = (model or RiskModel.default())._core
    raw = core.features(_scored(scores)._core, _given(onsets))
    columns = {**_days_and_pairs(scores), **raw, "status": _STATUS[raw["status"]]}
    return frames.frame_of(columns, scores._backend)


@dataclass(frozen=True, slots=True)
class LogisticFit:
    """A penalised logistic regression.

    Attributes
    ----------
    intercept : float
        Not penalised.
    coefficients : (k,) array
        Of the features as they were given.
    covariance : (k + 1, k + 1) array
        Of intercept and coefficients: the inverse Hessian, or with clusters the sandwich around it.
    log_likelihood : float
        Without the penalty.
    iterations : int
        Newton steps over all cases.
    converged : bool
        False where the cases can be told apart without a fault and nothing keeps the coefficients small.
    """

    intercept: float
    coefficients: NDArray[np.float64]
    covariance: NDArray[np.float64]
    log_likelihood: float
    iterations: int
    converged: bool


def fit_logistic(
    x: ArrayLike,
    y: ArrayLike,
    *,
    ridge: float = 1.0,
    clusters: ArrayLike | None = None,
    max_iterations: int = 100,
    tolerance: float = 1e-9,
) -> LogisticFit:
    """Logistic regression with a ridge, by Newton's method: the fit behind the risk model, on any matrix.

    The objective is that of scikit-learn's ``LogisticRegression(C=1 / ridge)``.

    Parameters
    ----------
    x : (n, k) array
        One row per case; nothing is standardised.
    y : (n,) array
        1 where it happened, else 0.
    ridge : float
        Penalty: half of it times the sum of the squared coefficients.
    clusters : (n,) array of int, optional
        Cases of one cluster depend on each other; the covariance allows for it.
    max_iterations : int
        Newton steps.
    tolerance : float
        Ends when no term of a step is larger.

    Raises
    ------
    InputError
        For shapes that differ, values that are missing, or outcomes that are all the same.

    Examples
    --------
    >>> fit = fit_logistic([[0.0], [1.0], [2.0], [3.0]], [0, 1, 0, 1], ridge=1.0)
    >>> fit.converged, round(float(fit.coefficients[0]), 3)
    (True, 0.453)
    """
    names = None if clusters is None else np.asarray(clusters, dtype=np.int64).tolist()
    found = _core.fit_logistic(
        np.ascontiguousarray(x, dtype=np.float64),
        np.ascontiguousarray(y, dtype=np.float64),
        names,
        float(ridge),
        max_iterations,
        tolerance,
    )
    return LogisticFit(**found)


def _scored(scores: Scores) -> Scores:
    if not isinstance(scores, Scores):
        raise InputError(f"scores is a {type(scores).__name__}; expected tocsin.Scores, as made by tocsin.score")
    return scores


def _given(onsets: Any) -> list[_core.Onset] | None:
    return None if onsets is None else as_onsets(onsets)._core


def _pair_of(scores: Scores, pair: PairName) -> tuple[str, str]:
    return find_pair(pair, _scored(scores)._core.pairs)


def _day_of(scores: Scores, date: Any) -> int:
    return _scored(scores)._core.calendar[1] if date is None else required_day(date)


def _days_and_pairs(scores: Scores) -> dict[str, NDArray[Any]]:
    first, last = scores.calendar
    days = np.arange(first, last + 1)
    names = np.array(scores.pairs, dtype=object)
    return {"date": np.tile(days, len(names)), "pair": np.repeat(names, len(days))}
