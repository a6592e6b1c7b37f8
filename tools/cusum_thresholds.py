"""Write the thresholds of the CUSUM (C4) by false-alarm budget.

    python tools/cusum_thresholds.py cpp/src/cusum_table.cpp
    python tools/cusum_thresholds.py --check

The mean run length to a false alarm comes from a Markov chain on cells of [0, h] (Brook and Evans 1972, Biometrika 59).
A day that ends between two cells is shared between them so that the mean stays; what passes h is an alarm. Mean run
lengths are computed for rising h and read backwards, ln days against h. Takes about a minute.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATIO = 2
LOG2_MEANS = np.arange(-8, 6.01, 0.5)
LOG2_DISPERSIONS = np.arange(0, 6.01, 0.5)
BUDGETS = (30, 91, 182, 365, 730, 1460, 3650)  # days
THRESHOLDS = np.concatenate([[0, 0.02, 0.05], np.arange(0.1, 1, 0.1), np.arange(1, 9, 0.25)])  # nats
CELLS = 240

# INDICATORS C4: mean run lengths at mean 1, from 200 simulated runs each (error about 7 %).
PUBLISHED = {2: 51, 3: 140, 4: 411, 5: 1166}

HEADER = """\
// Written by tools/cusum_thresholds.py; do not edit.
#include "cusum_table.hpp"

namespace tocsin::cusum_table {

// clang-format off
const std::array<double, budget_count> budgets{{{budgets}}};

// By budget, then mean (a line), then dispersion.
const std::array<double, budget_count * mean_count * dispersion_count> thresholds{{
"""
FOOTER = """\
}};
// clang-format on

}  // namespace tocsin::cusum_table
"""


def step_of(mean: float, dispersion: float) -> tuple[float, float]:
    """A day adds unit * (count - reference) nats to the statistic: the unit and the reference."""
    if dispersion == 1:
        return np.log(RATIO), mean * (RATIO - 1) / np.log(RATIO)
    size = mean / (dispersion - 1)
    silent = size * np.log((size + mean) / (size + RATIO * mean))
    unit = np.log(RATIO) + silent / size
    return unit, -silent / unit


def probabilities(mean: float, dispersion: float) -> NDArray[np.float64]:
    """Of 0, 1, 2, ... acts, up to where next to nothing is left."""
    counts = np.arange(int(mean + 40 * np.sqrt(mean * dispersion) + 40 * dispersion + 60))
    if dispersion == 1:
        return stats.poisson.pmf(counts, mean)
    return stats.nbinom.pmf(counts, mean / (dispersion - 1), 1 / dispersion)


def run_length(mean: float, dispersion: float, threshold: float, cells: int = CELLS) -> float:
    """Mean number of days from 0 to the first day above the threshold."""
    p = probabilities(mean, dispersion)
    unit, reference = step_of(mean, dispersion)
    if threshold == 0:
        return 1 / p[np.arange(len(p)) > reference].sum()
    moves = (np.arange(len(p)) - reference) / (threshold / unit / cells)
    below = np.floor(moves + 1e-9)
    upper_part = np.maximum(moves - below, 0)
    reach = cells + 1  # what moves further does so from every cell: to 0, or to an alarm
    place = np.clip(below, -reach, reach).astype(int) + reach
    size = 2 * reach + 2
    to_lower = np.bincount(place, p * (1 - upper_part), size)
    to_upper = np.bincount(place + 1, p * upper_part, size)
    exactly = np.bincount(place, p * (upper_part < 1e-9), size)
    move = to_lower + to_upper

    start = np.arange(cells + 1)
    chain = move[start[None, :] - start[:, None] + reach]
    chain[:, 0] = np.cumsum(move)[reach - start]
    # Into the last cell, which is h itself, only from below it: what is shared with a cell beyond h has passed h.
    chain[:, cells] = (to_upper + exactly)[cells - start + reach]
    return float(np.linalg.solve(np.eye(cells + 1) - chain, np.ones(cells + 1))[0])


def thresholds_at(point: tuple[float, float]) -> list[float]:
    """The threshold of every budget; 0 where an alarm on every day with evidence is rare enough."""
    log_days: list[float] = []
    for threshold in THRESHOLDS:
        days = np.log(run_length(2 ** point[0], 2 ** point[1], threshold))
        log_days.append(max([days, *log_days[-1:]]))
        if days > np.log(BUDGETS[-1]):
            break
    return [float(np.interp(np.log(budget), log_days, THRESHOLDS[: len(log_days)])) for budget in BUDGETS]


def table() -> NDArray[np.float64]:
    """(budgets, means, dispersions)"""
    points = [(mean, dispersion) for mean in LOG2_MEANS for dispersion in LOG2_DISPERSIONS]
    with ProcessPoolExecutor() as pool:
        found = np.array(list(pool.map(thresholds_at, points, chunksize=8)))
    return found.reshape(len(LOG2_MEANS), len(LOG2_DISPERSIONS), len(BUDGETS)).transpose(2, 0, 1)


def source(thresholds: NDArray[np.float64]) -> str:
    """The table as C++."""
    lines = [HEADER.replace("{budgets}", ", ".join(map(str, BUDGETS)))]
    for budget, by_mean in zip(BUDGETS, thresholds, strict=True):
        lines.append(f"    // one false alarm in {budget} days\n")
        lines += ["    " + " ".join(f"{value:.3f}," for value in row) + "\n" for row in by_mean]
    return "".join(lines) + FOOTER


def check() -> None:
    """Print the mean run lengths beside those of the definition."""
    print("| h | days to a false alarm | INDICATORS |\n|---|---:|---:|")
    for threshold, published in PUBLISHED.items():
        print(f"| {threshold} | {run_length(1, 1, threshold, 1000):.0f} | {published} |")


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path, nargs="?")
    parser.add_argument(
        "--check", action="store_true", help="print the mean run lengths beside those of the definition"
    )
    options = parser.parse_args()
    if options.check:
        check()
    if options.output:
        options.output.write_text(source(table()), encoding="utf-8")


if __name__ == "__main__":
    main()
