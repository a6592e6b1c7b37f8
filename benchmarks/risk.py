"""How fast is the fit of the risk model, beside scikit-learn? Prints a table and fails where the two disagree.

python benchmarks/risk.py [--cases 500000] [--features 40] [--rounds 3]
"""

from __future__ import annotations

import argparse
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import measurements
import numpy as np
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from tocsin.risk import fit_logistic

if TYPE_CHECKING:
    from collections.abc import Callable

RIDGE = 1.0
TOLERANCE = 1e-8  # of scikit-learn, for coefficients to six digits
BASE_LOGIT = -4.5  # about one case in sixty, as onsets are


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--cases", type=int, default=500_000)
    options.add_argument("--features", type=int, default=40)
    options.add_argument("--rounds", type=int, default=3, help="how often each is timed; the best counts")
    chosen = options.parse_args()
    x, y = simulated(chosen.cases, chosen.features)

    ours, our_time = best(partial(fit_logistic, x, y, ridge=RIDGE), chosen.rounds)
    assert ours.converged
    rows = [("tocsin", f"{our_time:.2f}", "1")]
    for solver in ("newton-cholesky", "lbfgs"):
        model = LogisticRegression(C=1 / RIDGE, solver=solver, tol=TOLERANCE, max_iter=1000)
        with threadpool_limits(1):
            theirs, their_time = best(partial(model.fit, x, y), chosen.rounds)
        if solver == "newton-cholesky":
            np.testing.assert_allclose(ours.coefficients, theirs.coef_[0], atol=1e-6)
        rows.append((f"scikit-learn, {solver}", f"{their_time:.2f}", f"{their_time / our_time:.1f}"))
    print(measurements.table(("fit", "seconds", "times ours"), rows))
    print(
        f"\n{chosen.cases:,} cases, {chosen.features} features, {int(y.sum()):,} positive, {ours.iterations} Newton "
        f"steps over all cases, one core,\nbest of {chosen.rounds} rounds. "
        f"{measurements.machine('scikit-learn', 'numpy')}"
    )


def simulated(cases: int, features: int) -> tuple[np.ndarray, np.ndarray]:
    """Features that depend on each other, a few of which matter."""
    rng = np.random.default_rng(1)
    common = rng.normal(size=(cases, 1))
    x = 0.6 * common + 0.8 * rng.normal(size=(cases, features))
    coefficients = np.zeros(features)
    coefficients[:6] = [0.8, 0.5, 0.3, -0.3, 0.2, -0.2]
    y = (rng.random(cases) < 1 / (1 + np.exp(-(BASE_LOGIT + x @ coefficients)))).astype(float)
    return x, y


def best(call: Callable[[], Any], rounds: int) -> tuple[Any, float]:
    """The result, and the seconds of the fastest round."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        result = call()
        times.append(time.perf_counter() - begun)
    return result, min(times)


if __name__ == "__main__":
    main()
