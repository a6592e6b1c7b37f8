"""How fast is a day of a monitor, what does a pair take when it is saved, and how fast is a whole panel?

python benchmarks/monitor.py [--pairs 20000] [--days 5]
"""

from __future__ import annotations

import argparse
import time

import numpy as np

import tocsin

RATES = {"rhetoric": 0.5, "military": 0.2, "punitive": 0.1, "mediation": 0.1}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=20_000)
    parser.add_argument("--days", type=int, default=5)
    options = parser.parse_args()
    print(f"| a day of {options.pairs:,} pairs, three of ten act | seconds, median | saved, bytes a pair |")
    print("|---|---:|---:|")
    for intervals in (False, True):
        seconds, size = days_of_a_monitor(options.pairs, options.days, intervals)
        print(f"| {'with' if intervals else 'without'} intervals | {seconds:.2f} | {size:,.0f} |")
    for name, speed in panel_speeds().items():
        print(f"\n{name}: {speed:,.0f} pair-days a second and core")


def days_of_a_monitor(pairs: int, days: int, intervals: bool) -> tuple[float, float]:
    """Seconds a day, without the first, on which every pair appears, and the size of the saved state."""
    rng = np.random.default_rng(1)
    monitor = tocsin.Monitor()
    seconds = []
    for day in range(days + 1):
        acting = np.flatnonzero(rng.random(pairs) < (1.0 if day == 0 else 0.3))
        rows = {
            "source": np.array([f"A{i:05}" for i in acting], dtype=object),
            "target": np.array([f"B{i:05}" for i in acting], dtype=object),
            **{signal: rng.poisson(rate, len(acting)).astype(float) for signal, rate in RATES.items()},
        }
        begin = time.perf_counter()
        monitor.push(np.datetime64("2025-01-01") + day, rows, intervals=intervals)
        seconds.append(time.perf_counter() - begin)
    return float(np.median(seconds[1:])), len(monitor.to_json()) / pairs


def panel_speeds(pairs: int = 60, days: int = 2000) -> dict[str, float]:
    """Processor time of all indicators on one thread, with the last row read and with every row."""
    rng = np.random.default_rng(1)
    rate = np.repeat(rng.choice([0.02, 0.1, 0.5, 2], pairs), days)
    panel = tocsin.CountPanel.read(
        {
            "date": np.tile(np.datetime64("2015-01-01") + np.arange(days), pairs),
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
