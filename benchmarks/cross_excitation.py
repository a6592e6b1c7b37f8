"""How fast is the fit of C12, beside SciPy on the same likelihood and beside tick? Prints a table.

    python benchmarks/cross_excitation.py [--days 1000] [--nodes 4] [--rounds 5]

No priors, no null, one half-life: maximum likelihood. Fails where the optima of tocsin and SciPy differ. tick fits
event times in continuous time, another likelihood: it is timed on the same acts, and has no optimum to share.
"""

from __future__ import annotations

import argparse
import time
import warnings
from importlib import util
from typing import TYPE_CHECKING

import measurements
import numpy as np
from scipy import optimize

from tocsin import indicators

if TYPE_CHECKING:
    from collections.abc import Callable

HALF_LIFE = 2
SPECTRAL_RADIUS = 0.6


def simulate(days: int, nodes: int) -> np.ndarray:
    rng = np.random.default_rng(1)
    kernel = np.full((nodes, nodes), SPECTRAL_RADIUS / nodes)
    y = np.zeros((days, nodes))
    pressure = np.zeros(nodes)
    passing = 2 ** (-1 / HALF_LIFE)
    for t in range(days):
        y[t] = rng.poisson(1 + kernel @ pressure)
        pressure = passing * pressure + (1 - passing) * y[t]
    return y


def terms_of(y: np.ndarray) -> np.ndarray:
    passing = 2 ** (-1 / HALF_LIFE)
    terms = np.ones((len(y), 1 + y.shape[1]))
    terms[0, 1:] = 0
    for t in range(1, len(y)):
        terms[t, 1:] = passing * terms[t - 1, 1:] + (1 - passing) * y[t - 1]
    return terms


def fit_ours(y: np.ndarray) -> np.ndarray:
    fit = indicators.cross_excitation(
        y,
        window_days=len(y),
        generation_half_life_days=HALF_LIFE,
        prior_shape=1,
        prior_rate=0,
        baseline="constant",
        null_draws=0,
    )
    return np.column_stack([fit.mu, fit.kernel])


def fit_scipy(y: np.ndarray) -> np.ndarray:
    terms = terms_of(y)
    sums = terms.sum(axis=0)

    def row(counts: np.ndarray) -> np.ndarray:
        def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
            mean = terms @ theta
            return mean.sum() - counts @ np.log(mean), sums - terms.T @ (counts / mean)

        start = np.r_[0.7 * counts.mean(), np.full(y.shape[1], 0.3 / y.shape[1])]
        bounds = [(1e-10, None)] + [(0, None)] * y.shape[1]
        options = {"ftol": 1e-13, "gtol": 1e-8, "maxiter": 2000}
        return optimize.minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options).x

    return np.array([row(y[:, i]) for i in range(y.shape[1])])


def event_times(y: np.ndarray) -> list[np.ndarray]:
    """By node, in days: each act at a time drawn evenly from its day."""
    rng = np.random.default_rng(2)
    days = np.arange(float(len(y)))
    return [np.sort(np.repeat(days, counts) + rng.random(counts.sum())) for counts in y.T.astype(int)]


def tick_learner() -> type | str:
    """tick's learner, or why there is none."""
    # tick needs the last two and does not install them.
    missing = [name for name in ("tick", "numpydoc", "six") if util.find_spec(name) is None]
    if missing:
        return f"{', '.join(missing)} not installed"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            from tick.hawkes import HawkesExpKern
    except ImportError as error:
        return f"not importable: {error}"
    return HawkesExpKern


def fit_tick(learner: type, y: np.ndarray, times: list[np.ndarray], tolerance: float = 1e-7):
    """The quickest of the solvers and steps tried. AGD, tick's default, fails unless told its first step."""
    nodes = y.shape[1]
    fit = learner(
        np.log(2) / HALF_LIFE,
        gofit="likelihood",
        penalty="none",
        solver="svrg",
        step=0.1,
        tol=tolerance,
        max_iter=300,
        record_every=1,  # which is also how often it looks whether to stop
        random_state=1,
    )
    return fit.fit(times, start=np.r_[0.7 * y.mean(axis=0), np.full(nodes * nodes, 0.3 / nodes)])


def best_seconds(fit: Callable[[], object], rounds: int) -> float:
    def once() -> float:
        start = time.perf_counter()
        fit()
        return time.perf_counter() - start

    return min(once() for _ in range(rounds))


def spectral_radius(kernel: np.ndarray) -> float:
    return np.abs(np.linalg.eigvals(kernel)).max()


def measure_tick(learner: type, y: np.ndarray, rounds: int) -> tuple[float, float, str]:
    """Seconds, spectral radius, and what differs from the other rows."""
    times = event_times(y)
    fit = fit_tick(learner, y, times)
    seconds = best_seconds(lambda: fit_tick(learner, y, times), rounds)
    # `score` is the log-likelihood per event.
    acts = sum(map(len, times))
    short = acts * (fit_tick(learner, y, times, tolerance=1e-13).score() - fit.score())
    remark = f"""\
tick fits the {acts:,} acts in continuous time, each at a random time of its day, and not the daily counts; it ends
{short:.0e} nats below its own optimum. In every row one half-life, no priors, no null; tick has neither a null nor a
profile over half-lives to leave out. The counts come from the model of C12, with a true spectral radius of
{SPECTRAL_RADIUS}: there an act draws nothing on its own day, in tick it may."""
    return seconds, spectral_radius(fit.adjacency), remark


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=1000)
    parser.add_argument("--nodes", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    y = simulate(options.days, options.nodes)

    def likelihood(rows: np.ndarray) -> float:
        return indicators.cross_excitation_log_likelihood(
            y, np.maximum(rows[:, 0], 0), np.maximum(rows[:, 1:], 0), generation_half_life_days=HALF_LIFE
        )

    measured = {}
    values = {}
    for name, fit in {"tocsin": fit_ours, "SciPy L-BFGS-B": fit_scipy}.items():
        found = fit(y)
        values[name] = likelihood(found)
        measured[name] = best_seconds(lambda fit=fit: fit(y), options.rounds), spectral_radius(found[:, 1:])
    apart = abs(values["tocsin"] - values["SciPy L-BFGS-B"])
    if apart > 1e-4:
        raise SystemExit(f"the two optima are {apart:.2e} nats apart")

    learner = tick_learner()
    if isinstance(learner, str):
        packages, remark = ("numpy", "scipy"), f"tick was not timed: {learner}."
    else:
        packages = ("numpy", "scipy", "tick")
        *measured["tick SVRG, event times"], remark = measure_tick(learner, y, options.rounds)

    ours = measured["tocsin"][0]
    rows = [
        (
            name,
            f"{1e3 * best:.2f}",
            f"{best / ours:.3g}",
            f"{values[name]:.6f}" if name in values else "another",
            f"{radius:.3f}",
        )
        for name, (best, radius) in measured.items()
    ]
    columns = ("", "ms a fit", "tocsin is faster by", "log-likelihood", "spectral radius")
    print(measurements.table(columns, rows))
    print(f"\n{remark}")
    print(
        f"\n{options.nodes} nodes, {options.days:,} days, best of {options.rounds} rounds. "
        f"{measurements.machine(*packages)}"
    )


if __name__ == "__main__":
    main()
