"""How fast is a day of a monitor, what does a pair take when it is saved, and how fast is a whole panel?

    python benchmarks/monitor.py [--pairs 20000] [--days 5] [--history 60]

Two populations: the mix of `simulated_panel.py`, as sparse as real ones, and one in which every pair is in dispute.
"""

from __future__ import annotations

import argparse
import itertools
import time
from typing import TYPE_CHECKING

import numpy as np
import simulated_panel

import tocsin

if TYPE_CHECKING:
    from collections.abc import Iterator

RATES = {"rhetoric": 0.5, "military": 0.2, "punitive": 0.1, "mediation": 0.1}
FIRST_DAY = simulated_panel.FIRST_DAY


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=20_000)
    parser.add_argument("--days", type=int, default=5, help="that are timed, after the history")
    parser.add_argument("--history", type=int, default=60)
    options = parser.parse_args()
    print(f"| a day of {options.pairs:,} pairs | intervals | seconds, median | of a processor | saved, bytes a pair |")
    print("|---|---|---:|---:|---:|")
    for name, population in {"mixed": mixed_days, "all in dispute": disputes}.items():
        for intervals in (False, True):
            feed = population(options.pairs, options.history + options.days)
            wall, core, size = days_of_a_monitor(feed, options.history, intervals)
            print(f"| {name} | {'with' if intervals else 'without'} | {wall:.2f} | {core:.2f} | {size:,.0f} |")
    print(f"\n{options.history} days of history. Mixed: {simulated_panel.MIX}")
    print("All in dispute: three of ten pairs act on a day, 0.8 hostile acts each. Intervals: 500 draws a pair, and")
    print("the null of C11, 400 simulated series, for every pair with five hostile acts in the last week.")
    for name, speed in panel_speeds().items():
        print(f"\n{name}: {speed:,.0f} pair-days a second and core")


def mixed_days(pairs: int, days: int) -> Iterator[dict[str, np.ndarray]]:
    """Every pair of the mix appears on the first day, as in a panel that has run for long."""
    table = simulated_panel.simulate(pairs, days)
    columns = simulated_panel.count_columns(table)
    date = columns.pop("date")
    order = np.argsort(date, kind="stable")
    ends = np.searchsorted(date[order], FIRST_DAY + np.arange(days + 1))
    yield {
        "source": np.array([f"A{i:05}" for i in range(pairs)], dtype=object),
        "target": np.array([f"B{i:05}" for i in range(pairs)], dtype=object),
        **{name: np.ones(pairs) if name == "cooperation" else np.zeros(pairs) for name in simulated_panel.SIGNALS},
    }
    for begin, end in itertools.pairwise(ends):
        yield {name: values[order[begin:end]] for name, values in columns.items()}


def disputes(pairs: int, days: int) -> Iterator[dict[str, np.ndarray]]:
    rng = np.random.default_rng(1)
    for day in range(days + 1):
        acting = np.flatnonzero(rng.random(pairs) < (1.0 if day == 0 else 0.3))
        yield {
            "source": np.array([f"A{i:05}" for i in acting], dtype=object),
            "target": np.array([f"B{i:05}" for i in acting], dtype=object),
            **{signal: rng.poisson(rate, len(acting)).astype(float) for signal, rate in RATES.items()},
        }


def days_of_a_monitor(
    feed: Iterator[dict[str, np.ndarray]], history: int, intervals: bool
) -> tuple[float, float, float]:
    """Median seconds a day after the history, by the clock on the wall and of a processor, and bytes a pair saved."""
    monitor = tocsin.Monitor()
    walls, cores = [], []
    for day, rows in enumerate(feed):
        is_timed = day > history
        begin = time.perf_counter(), time.process_time()
        monitor.push(FIRST_DAY - 1 + day, rows, intervals=intervals and is_timed)
        if is_timed:
            walls.append(time.perf_counter() - begin[0])
            cores.append(time.process_time() - begin[1])
    return float(np.median(walls)), float(np.median(cores)), len(monitor.to_json()) / len(monitor.pairs)


def panel_speeds(pairs: int = 60, days: int = 2000) -> dict[str, float]:
    """Processor time of all indicators on one thread, with the last row read and with every row."""
    rng = np.random.default_rng(1)
    rate = np.repeat(rng.choice([0.02, 0.1, 0.5, 2], pairs), days)
    panel = tocsin.CountPanel.read(
        {
            "date": np.tile(FIRST_DAY + np.arange(days), pairs),
            "source": np.repeat([f"A{i}" for i in range(pairs)], days).astype(object),
            "target": np.repeat([f"B{i}" for i in range(pairs)], days).astype(object),
            **{signal: rng.poisson(5 * usual * rate).astype(float) for signal, usual in RATES.items()},
        }
    )
    begin = time.process_time()
    scores = tocsin.score(panel, intervals="none", threads=1)
    last = time.process_time()
    scores.frame()
    every = time.process_time()
    return {"the last row": pairs * days / (last - begin), "every row": pairs * days / (every - last)}


if __name__ == "__main__":
    main()
