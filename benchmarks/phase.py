"""How fast are the phase filter and Baum-Welch, beside hmmlearn? Prints a table and fails where the two disagree.

python benchmarks/phase.py [--days 20000] [--rounds 5]
"""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

import measurements
import numpy as np
from hmmlearn.hmm import PoissonHMM

from tocsin import indicators

if TYPE_CHECKING:
    from collections.abc import Callable

PHASES, SIGNALS, ITERATIONS = 4, 5, 20


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--days", type=int, default=20_000)
    options.add_argument("--rounds", type=int, default=5, help="how often each is timed; the best counts")
    chosen = options.parse_args()
    model, y = simulated(chosen.days)
    theirs = hmmlearn_of(model)

    rows = [*reading_rows(y, model, theirs, chosen.rounds), fitting_row(y, PhaseStart(model))]
    print(measurements.table(("", "tocsin", "hmmlearn", "tocsin is faster by"), rows))
    print(
        f"\nMicroseconds a day, and for Baum-Welch a day and iteration, of which there are {ITERATIONS}. "
        f"{chosen.days:,} days, {PHASES} phases, {SIGNALS} signals, one core,\nbest of {chosen.rounds} rounds, "
        f"Baum-Welch once. hmmlearn gives no filtered posteriors. {measurements.machine('hmmlearn', 'numpy')}"
    )


def reading_rows(y: np.ndarray, model: indicators.PhaseModel, theirs: PoissonHMM, rounds: int) -> list[tuple]:
    filtered, filter_time = best(lambda: indicators.phase(y, model=model), rounds)
    smooth, smooth_time = best(lambda: indicators.phase_smooth(y, model=model), rounds)
    shipped, shipped_time = best(lambda: indicators.phase(y), rounds)
    (log_likelihood, smoothed), their_time = best(lambda: theirs.score_samples(y), rounds)
    agree("log-likelihood of the filter", filtered.log_likelihood[-1], log_likelihood)
    agree("posterior of the last day", filtered.posterior[-1], smoothed[-1])
    agree("smoothed posteriors", smooth.posterior, smoothed)
    assert np.isfinite(shipped.posterior).all()
    return [
        row("filter", filter_time, None, len(y)),
        row("filter, shipped model", shipped_time, None, len(y)),
        row("filter and smoother", smooth_time, their_time, len(y)),
    ]


def fitting_row(y: np.ndarray, start: PhaseStart) -> tuple:
    fitted, our_time = best(lambda: start.ours(y), 1)
    learned, their_time = best(lambda: start.theirs(y), 1)
    agree("log-likelihood after Baum-Welch", fitted.log_likelihood, learned.score(y))
    agree("means after Baum-Welch", fitted.model.floor, np.sort(learned.lambdas_, axis=0))
    return row("Baum-Welch", our_time, their_time, len(y) * ITERATIONS)


def simulated(days: int) -> tuple[indicators.PhaseModel, np.ndarray]:
    transition = [[0.98, 0.02, 0, 0], [0.02, 0.96, 0.02, 0], [0, 0.04, 0.94, 0.02], [0, 0, 0.04, 0.96]]
    means = np.outer([0.1, 0.6, 2.0, 6.0], [1.0, 0.8, 0.5, 0.3, 1.2])
    rng = np.random.default_rng(1)
    phase, y = 0, np.empty((days, SIGNALS))
    for t in range(days):
        y[t] = rng.poisson(means[phase])
        phase = rng.choice(PHASES, p=transition[phase])
    return indicators.PhaseModel.fixed(transition, means, [0.7, 0.1, 0.1, 0.1]), y


def hmmlearn_of(model: indicators.PhaseModel) -> PoissonHMM:
    theirs = PoissonHMM(PHASES, implementation="scaling", init_params="", params="")
    theirs.startprob_, theirs.transmat_, theirs.lambdas_ = model.initial, model.transition, model.floor
    theirs.n_features = SIGNALS
    return theirs


class PhaseStart:
    """The same start for both: means 1.3 times the true ones, all moves possible, no priors."""

    def __init__(self, model: indicators.PhaseModel) -> None:
        self.means = model.floor * 1.3
        self.transition = np.full((PHASES, PHASES), 0.1 / (PHASES - 1))
        np.fill_diagonal(self.transition, 0.9)
        self.initial = np.full(PHASES, 1 / PHASES)

    def ours(self, y: np.ndarray) -> indicators.FittedPhases:
        start = indicators.PhaseModel.fixed(self.transition, self.means, self.initial)
        return indicators.fit_phases(y, start=start, max_iterations=ITERATIONS, tolerance=0)

    def theirs(self, y: np.ndarray) -> PoissonHMM:
        learner = PoissonHMM(
            PHASES, implementation="scaling", init_params="", n_iter=ITERATIONS, tol=-np.inf, lambdas_prior=0.0
        )
        learner.startprob_, learner.transmat_, learner.lambdas_ = self.initial, self.transition, self.means
        return learner.fit(y)


def best(run: Callable, rounds: int) -> tuple:
    seconds = float("inf")
    for _ in range(rounds):
        begin = time.perf_counter()
        result = run()
        seconds = min(seconds, time.perf_counter() - begin)
    return result, seconds


def agree(what: str, ours: object, theirs: object) -> None:
    np.testing.assert_allclose(ours, theirs, rtol=1e-7, atol=1e-9, err_msg=what)


def row(what: str, ours: float, theirs: float | None, steps: int) -> tuple:
    microseconds = f"{1e6 * ours / steps:.3f}"
    return (
        what,
        microseconds,
        *(("", "") if theirs is None else (f"{1e6 * theirs / steps:.3f}", f"{theirs / ours:.3g}")),
    )


if __name__ == "__main__":
    main()
