"""How fast is the change point (C6), beside the same recursion in NumPy and SciPy? Prints a table.

    python benchmarks/change_point.py [--series 50] [--days 2000]

The series are simulated, and exact both return the same to 1e-9, or this fails. NumPy holds all series and all run
lengths of a day in one array, keeps ln Gamma(alpha) from the day before, and computes what `change_point` returns but
the direction; tocsin computes the direction too. One thread each, and the time is that of the processor.
"""

from __future__ import annotations

import argparse
import time

import measurements
import numpy as np
from numpy.typing import NDArray
from scipy import special

from tocsin.indicators import change_point

Floats = NDArray[np.float64]


def simulated(series: int, days: int) -> Floats:
    """(days, series): Poisson counts whose rate, mean 4, is drawn anew about every 100 days."""
    rng = np.random.default_rng(6)
    rate = rng.exponential(4, series)
    counts = np.empty((days, series))
    for day in range(days):
        rate = np.where(rng.random(series) < 0.01, rng.exponential(4, series), rate)
        counts[day] = rng.poisson(rate)
    return counts


def in_numpy(y: Floats, hazard: float = 0.01, window: int = 14) -> tuple[Floats, Floats, Floats, Floats]:
    """P(r <= window), E[r], rate and log evidence, (days, series) each; prior Gamma(1, 1)."""
    days, series = y.shape
    log_weight = np.full((series, days + 1), -np.inf)  # of the run that begins on day i
    shape = np.ones((series, days + 1))
    log_gamma = np.zeros((series, days + 1))  # ln Gamma(shape)
    log_weight[:, 0] = 0
    evidence = np.zeros(series)
    found = tuple(np.empty((days, series)) for _ in range(4))
    for t in range(days):
        held = slice(0, t + 1)
        rate = np.arange(t + 1, 0, -1.0)
        after = shape[:, held] + y[t][:, None]
        log_gamma_after = special.gammaln(after)
        log_weight[:, held] += (
            log_gamma_after
            - log_gamma[:, held]
            - special.gammaln(y[t] + 1)[:, None]
            + shape[:, held] * np.log(rate / (rate + 1))
            - y[t][:, None] * np.log(rate + 1)
        )
        largest = log_weight[:, held].max(axis=1, keepdims=True)
        weight = np.exp(log_weight[:, held] - largest)
        total = weight.sum(axis=1, keepdims=True)
        log_total = np.log(total) + largest
        evidence += log_total[:, 0]
        weight *= (1 - hazard) / total
        log_weight[:, held] += np.log1p(-hazard) - log_total
        log_weight[:, t + 1] = np.log(hazard)
        shape[:, held], log_gamma[:, held] = after, log_gamma_after
        found[0][t] = hazard + weight[:, max(t + 1 - window, 0) :].sum(axis=1)
        found[1][t] = weight @ rate
        found[2][t] = hazard + (weight * after / (rate + 1)).sum(axis=1)
        found[3][t] = evidence
    return found


def timed(work) -> tuple[float, object]:
    begin = time.process_time()
    result = work()
    return time.process_time() - begin, result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=50)
    parser.add_argument("--days", type=int, default=2000)
    given = parser.parse_args()
    y = simulated(given.series, given.days)
    columns = [np.ascontiguousarray(column) for column in y.T]
    series_days = y.size

    numpy_time, expected = timed(lambda: in_numpy(y))
    exact_time, exact = timed(lambda: [change_point(column, keep=None) for column in columns])
    kept_time, kept = timed(lambda: [change_point(column) for column in columns])

    fields = ("p_recent", "expected_run", "rate", "log_evidence")
    for field, table in zip(fields, expected, strict=True):
        np.testing.assert_allclose(
            np.column_stack([getattr(one, field) for one in exact]), table, rtol=1e-9, atol=1e-12
        )
    apart = np.abs(np.column_stack([one.p_recent for one in kept]) - expected[0])
    evidence = sum(one.log_evidence[-1] for one in kept) / expected[3][-1].sum() - 1

    times = {"NumPy, exact": numpy_time, "tocsin, exact": exact_time, "tocsin, `keep=64`": kept_time}
    rows = [
        (name, f"{seconds:.3f}", f"{series_days / seconds:,.0f}", f"{numpy_time / seconds:.3g}")
        for name, seconds in times.items()
    ]
    print(measurements.table(("", "seconds", "series-days a second", "to NumPy"), rows))
    print(
        f"\n`keep=64`: {series_days / kept_time / 1e6:.2f} million series-days a second. "
        f"Exact: {numpy_time / exact_time:.1f} times NumPy."
    )
    print(
        f"\n{given.series:,} series of {given.days:,} days, one thread. With `keep=64` the log evidence is "
        f"{abs(evidence):.4%} off, and `p_recent`\nby more than 0.01 on {(apart > 0.01).mean():.3%} of the days. "
        f"{measurements.machine('numpy', 'scipy')}"
    )


if __name__ == "__main__":
    main()
