"""How fast is the fit of C12, beside SciPy on the same likelihood? Prints a table, and fails where the optima differ.

    python benchmarks/cross_excitation.py [--days 1000] [--nodes 4] [--rounds 5]

No priors, no null, one half-life: maximum likelihood. Libraries for Hawkes processes fit event times in continuous
time, another likelihood, so that there is no optimum to share with them.
"""

from __future__ import annotations

import argparse
import time

import measurements
import numpy as np
from scipy import optimize

from tocsin import indicators

HALF_LIFE = 2


def simulate(days: int, nodes: int) -> np.ndarray:
    rng = np.random.default_rng(1)
    kernel = np.full((nodes, nodes), 0.6 / nodes)
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

    seconds = {}
    values = {}
    for name, fit in {"tocsin": fit_ours, "SciPy L-BFGS-B": fit_scipy}.items():
        values[name] = likelihood(fit(y))
        rounds = []
        for _ in range(options.rounds):
            start = time.perf_counter()
            fit(y)
            rounds.append(time.perf_counter() - start)
        seconds[name] = min(rounds)
    apart = abs(values["tocsin"] - values["SciPy L-BFGS-B"])
    if apart > 1e-4:
        raise SystemExit(f"the two optima are {apart:.2e} nats apart")
    rows = [
        (name, f"{1e3 * best:.2f}", f"{best / seconds['tocsin']:.3g}", f"{values[name]:.6f}")
        for name, best in seconds.items()
    ]
    print(measurements.table(("", "ms a fit", "tocsin is faster by", "log-likelihood"), rows))
    print(
        f"\n{options.nodes} nodes, {options.days:,} days, best of {options.rounds} rounds. "
        f"{measurements.machine('numpy', 'scipy')}"
    )


if __name__ == "__main__":
    main()
