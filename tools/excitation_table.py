"""How often is self-excitation claimed where there is none, and where there is?

    python tools/excitation_table.py [--series 200] [--first 0] [--days 400] [--draws 200] [--processes 2]

Series of one node whose truth is known go through C12, and C11 on their last day. `constant` is the kernel element with
a constant base, as a plain fit would give it, `best` the one that is published. `plain claims` are intervals of the
plain fit with a lower end above 0.1; `C12 claims` those that beat the null.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import zlib
from typing import TYPE_CHECKING

import numpy as np

from tocsin import indicators

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Counts = NDArray[np.float64]
    Make = Callable[[np.random.Generator, int], Counts]


def poisson(rate: Callable[[Counts], Counts | float]) -> Make:
    """Counts at a rate that depends on the day's place, 0 to 1, alone."""

    def make(rng: np.random.Generator, days: int) -> Counts:
        return rng.poisson(rate(np.arange(days)) * np.ones(days)).astype(float)

    return make


def step(rng: np.random.Generator, days: int) -> Counts:
    """From 1 to 6 a day in the middle."""
    return rng.poisson(np.where(np.arange(days) < days // 2, 1, 6)).astype(float)


def recent_step(rng: np.random.Generator, days: int) -> Counts:
    """From 1 to 6 a day two weeks before the end."""
    return rng.poisson(np.where(np.arange(days) < days - 14, 1, 6)).astype(float)


def drift(rng: np.random.Generator, days: int) -> Counts:
    """From 1 to 5 a day in a straight line."""
    return rng.poisson(1 + 4 * np.arange(days) / days).astype(float)


def echo(rng: np.random.Generator, days: int) -> Counts:
    """Two a day, half of them told again the day after."""
    first = rng.poisson(2, days + 1)
    return (first[1:] + rng.binomial(first[:-1], 0.5)).astype(float)


def overdispersed(rng: np.random.Generator, days: int) -> Counts:
    """Three a day, negative binomial with a variance of five times the mean."""
    return rng.poisson(rng.gamma(3 / 4, 4, days)).astype(float)


def overdispersed_step(rng: np.random.Generator, days: int) -> Counts:
    """From 1 to 6 a day with a variance of three times the mean."""
    mean = np.where(np.arange(days) < days // 2, 1, 6)
    return rng.poisson(rng.gamma(mean / 2, 2)).astype(float)


def hawkes(kernel: float, mu: float, half_life: float = 2) -> Make:
    """Each act draws `kernel` more."""

    def make(rng: np.random.Generator, days: int) -> Counts:
        passing = 2 ** (-1 / half_life)
        y = np.zeros(days + 60)
        pressure = 0.0
        for t in range(len(y)):
            y[t] = rng.poisson(mu + kernel * pressure)
            pressure = passing * pressure + (1 - passing) * y[t]
        return y[60:]

    return make


CASES: dict[str, tuple[str, Make]] = {
    "iid": ("none", poisson(lambda _: 2)),
    "step 1 to 6": ("none", step),
    "step 1 to 6, 14 days ago": ("none", recent_step),
    "weekends x 0.5": ("none", poisson(lambda t: np.where(t % 7 >= 5, 1.5, 3.0))),
    "slow drift 1 to 5": ("none", drift),
    "echo of one half": ("none", echo),
    "variance 5 x mean": ("none", overdispersed),
    "step, variance 3 x mean": ("none", overdispersed_step),
    "half-year wave 1 to 5": ("none", poisson(lambda t: 3 + 2 * np.sin(2 * np.pi * t / 180))),
    "Hawkes 0.5, 2 a day": ("0.5", hawkes(0.5, 1)),
    "Hawkes 0.8, 3 a day": ("0.8", hawkes(0.8, 0.6)),
    "Hawkes 0.8, 1 a day": ("0.8", hawkes(0.8, 0.2)),
}


def judge(job: tuple[str, int, int, int]) -> tuple[float, ...]:
    """One series: kernel element with both bases, claims of the plain fit, of C12, and of C11 on the last day."""
    name, seed, days, draws = job
    y = CASES[name][1](np.random.default_rng([zlib.crc32(name.encode()), seed]), days)
    plain = indicators.cross_excitation(
        y[:, None], window_days=days, generation_half_life_days=2, baseline="constant", null_draws=0
    )
    fit = indicators.cross_excitation(y[:, None], window_days=days, null_draws=draws, seed=seed)
    online = indicators.reproduction_number(y, null_rate="segments", null_draws=draws, seed=seed)
    return (
        plain.kernel[0, 0],
        fit.kernel[0, 0],
        plain.low[0, 0] > 0.1,
        fit.beats_null[0, 0],
        online.mean[-1],
        online.low[-1] > 0.5,
        online.mean[-1] > online.null_95[-1],
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="seed of the first series")
    parser.add_argument("--days", type=int, default=400)
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    print("| series | true | constant | best | plain claims | C12 claims | R (C11) | R low > 0.5 | C11 claims |")
    print("|---|---|---|---|---|---|---|---|---|")
    with concurrent.futures.ProcessPoolExecutor(options.processes) as pool:
        for name, (truth, _) in CASES.items():
            seeds = range(options.first, options.first + options.series)
            jobs = [(name, seed, options.days, options.draws) for seed in seeds]
            mean = np.mean(list(pool.map(judge, jobs, chunksize=5)), axis=0)
            print(
                f"| {name} | {truth} | {mean[0]:.2f} | {mean[1]:.2f} | {mean[2]:.1%} | {mean[3]:.1%} "
                f"| {mean[4]:.2f} | {mean[5]:.1%} | {mean[6]:.1%} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
