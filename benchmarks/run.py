"""How fast is scoring, beside the same in NumPy and SciPy? Prints a table and writes it to results.md.

    python benchmarks/run.py [--pairs 5000] [--days 1000] [--rounds 3]

Other work on the machine disturbs: the pairs are scored in short batches, each batch is timed several times, and the
best times are added up.
"""

from __future__ import annotations

import argparse
import dataclasses
import functools
import json
import os
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import simulated_panel

import tocsin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HERE = Path(__file__).parent
OUR_BATCH = 25  # pairs whose rows are held at once: 11 MB, which the allocator keeps and uses again
NUMPY_BATCH = 250  # from here on larger tables make NumPy no faster
COMPARED = 250  # pairs of which every number is compared
COMPUTED_BY_NUMPY = 26
ROW_BYTES = 88  # one pair on one day with something in it, in the panel

# SciPy's betaincinv is off by up to 5e-8 where both shapes are nearly equal and the median odds therefore 1.
TOLERANCE = {"mediation_coverage": 1e-6}


@dataclasses.dataclass(frozen=True)
class Speed:
    """Pair-days a second: by the clock on the wall, and per second that a core worked."""

    wall: float
    core: float


def main() -> None:
    options = arguments()
    if options.ours:
        json.dump(measure_ours(options.pairs, options.days, options.rounds), sys.stdout)
        return
    # In a process of its own, and first: peak memory is then that of our run alone.
    size = [f"--{name}={getattr(options, name)}" for name in ("pairs", "days", "rounds")]
    ours = subprocess.run([sys.executable, __file__, "--ours", *size], check=True, stdout=subprocess.PIPE).stdout
    table = simulated_panel.simulate(options.pairs, options.days)
    compare(table, options.days)
    text = report(options, json.loads(ours), measure_numpy(table, options))
    print(text)
    (HERE / "results.md").write_text(text, encoding="utf-8")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=5000)
    parser.add_argument("--days", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3, help="how often each batch is timed")
    parser.add_argument("--ours", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


# ------------------------------------------------------------------------------------------------------------ measuring


def measure_ours(pairs: int, days: int, rounds: int) -> dict[str, object]:
    panel, rows = simulated_counts(pairs, days)
    result: dict[str, object] = {"rows_share": rows / (pairs * days), "panel_bytes": rows * ROW_BYTES}
    result["with_panel_bytes"] = peak_memory()
    for threads in (1, 2):
        scores = tocsin.score(panel, intervals="none", threads=threads)
        batches = [list(range(begin, min(begin + OUR_BATCH, pairs))) for begin in range(0, pairs, OUR_BATCH)]
        every_row = best_speed(scores._core.columns, batches, rounds, pairs * days)
        last_day_only = functools.partial(tocsin.score, intervals="none", threads=threads)
        last_day = best_speed(last_day_only, [panel], rounds, pairs * days)
        result[f"every_row_{threads}"] = dataclasses.asdict(every_row)
        result[f"last_day_{threads}"] = dataclasses.asdict(last_day)
    return result | {"peak_bytes": peak_memory()}


def simulated_counts(pairs: int, days: int) -> tuple[tocsin.CountPanel, int]:
    table = simulated_panel.simulate(pairs, days)
    day = (table["date"] - simulated_panel.FIRST_DAY).astype(int)
    rows = len(np.unique(table["pair_index"] * days + day))
    return panel_of(table, days), rows


def panel_of(table: dict[str, np.ndarray], days: int) -> tocsin.CountPanel:
    calendar = (simulated_panel.FIRST_DAY, simulated_panel.FIRST_DAY + days - 1)
    return tocsin.CountPanel.read(simulated_panel.count_columns(table), calendar=calendar)


def measure_numpy(table: dict[str, np.ndarray], options: argparse.Namespace) -> dict[str, Speed]:
    from numpy_score import score_columns

    def tables(pairs: int, batch: int) -> Iterable[np.ndarray]:
        for begin in range(0, pairs, batch):
            yield simulated_panel.dense_counts(table, slice(begin, min(begin + batch, pairs)), options.days)

    def speed(pairs: int, batch: int) -> Speed:
        return best_speed(score_columns, list(tables(pairs, batch)), options.rounds, pairs * options.days)

    return {"side_by_side": speed(options.pairs, NUMPY_BATCH), "one_by_one": speed(min(options.pairs, 100), 1)}


def best_speed(work: Callable[[object], object], batches: list, rounds: int, pair_days: int) -> Speed:
    wall = np.full((rounds, len(batches)), np.inf)
    core = np.full((rounds, len(batches)), np.inf)
    for turn in range(rounds):
        for place, batch in enumerate(batches):
            begin = time.perf_counter(), time.process_time()
            work(batch)
            wall[turn, place], core[turn, place] = time.perf_counter() - begin[0], time.process_time() - begin[1]
    return Speed(pair_days / wall.min(axis=0).sum(), pair_days / core.min(axis=0).sum())


def peak_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


# ------------------------------------------------------------------------------------------------------------ comparing


def compare(table: dict[str, np.ndarray], days: int) -> None:
    """Both ways give the same numbers, or this fails: every day and pair of the first pairs, every column of both."""
    from numpy_score import LEFT_OUT, score_columns

    pairs = min(COMPARED, int(table["pair_index"].max()) + 1)
    scores = tocsin.score(panel_of(table, days), intervals="none")
    theirs = score_columns(simulated_panel.dense_counts(table, slice(0, pairs), days))
    if len(theirs) != COMPUTED_BY_NUMPY:
        raise SystemExit(f"NumPy computes {len(theirs)} columns, not {COMPUTED_BY_NUMPY}: say so in the text")
    for name, values in scores._core.columns(list(range(pairs))).items():
        ours = values.reshape(pairs, days).T
        if name in theirs:
            tolerance = TOLERANCE.get(name, 1e-9)
            np.testing.assert_allclose(ours, theirs[name], rtol=tolerance, atol=tolerance, err_msg=name)
        elif name not in LEFT_OUT:
            assert np.isnan(ours).all(), f"{name} is computed, but not by numpy_score.py"


# ------------------------------------------------------------------------------------------------------------ reporting


def report(options: argparse.Namespace, ours: dict, numpy: dict[str, Speed]) -> str:
    beside, alone = numpy["side_by_side"], numpy["one_by_one"]
    rows = [
        ("tocsin, every row, 1 thread", Speed(**ours["every_row_1"])),
        ("tocsin, every row, 2 threads", Speed(**ours["every_row_2"])),
        ("tocsin, rows of the last day only, 1 thread", Speed(**ours["last_day_1"])),
        ("tocsin, rows of the last day only, 2 threads", Speed(**ours["last_day_2"])),
        (f"NumPy and SciPy, {NUMPY_BATCH} pairs side by side", beside),
        ("NumPy and SciPy, one pair at a time", alone),
    ]
    lines = [
        "| | pair-days a second | per core | to NumPy side by side | to NumPy one by one |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, speed in rows:
        ratios = " | ".join(f"{speed.core / other.core:.3g}" for other in (beside, alone))
        lines.append(f"| {name} | {speed.wall:,.0f} | {speed.core:,.0f} | {ratios} |")
    return f"""\
# Benchmark

Written by `make bench`: {options.pairs:,} simulated pairs on {options.days:,} days, scored without intervals, best of
{options.rounds} rounds. {machine()}

{simulated_panel.MIX} {100 * ours["rows_share"]:.1f} % of the pair-days have a row.

"Every row" is the full indicator set: the score, its contributions and every indicator of every pair on every day, as
NumPy arrays, {OUR_BATCH} pairs at a time. "Rows of the last day only" steps all recursions through all days and reads
the last. NumPy finds the counts as arrays in memory and computes {COMPUTED_BY_NUMPY} of the columns, {NUMPY_BATCH}
pairs side by side or one pair after the other; on the first {COMPARED} pairs every number of these agrees to 1e-9
(median odds, where SciPy itself is off, to 1e-6). What NumPy leaves out: days and cells that were not collected, rungs,
Goldstein values, change points (C6), reproduction numbers (C11), phases (C13), EARS (C5), what follows mediation (C16),
CUSUM thresholds, and so the score; it has the easier half of the work.

{chr(10).join(lines)}

"Per core" is pair-days per second of processor time, which other work on the machine disturbs least; the ratios are
taken from it. Every batch was timed {options.rounds} times, and its best time counts.

{verdict(ours, beside)}
"""


def machine() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return (
        f"{models[0] if models else platform.machine()}, {os.cpu_count()} cores (load {os.getloadavg()[0]:.1f} at the "
        f"end), Python {platform.python_version()}, NumPy {np.__version__}."
    )


def verdict(ours: dict, beside: Speed) -> str:
    """What was aimed at and what came out. Nothing fails here: times depend on the machine."""
    every_row = Speed(**ours["every_row_1"])
    panel, peak = ours["panel_bytes"] / 1e6, ours["peak_bytes"] / 1e6
    allowed = 1.5 * panel + 200
    ratio = every_row.core / beside.core
    return f"""\
| aim | found | met |
|---|---|---|
| 150,000 pair-days per second and core, every row of the full indicator set | {every_row.core:,.0f} | \
{yes(every_row.core >= 150_000)} |
| 50 times NumPy on a part of the columns, pairs side by side | {ratio:.2g} times | {yes(ratio >= 50)} |
| peak memory at most 1.5 x panel ({panel:,.0f} MB) + 200 MB = {allowed:,.0f} MB | \
{peak:,.0f} MB, of which {ours["with_panel_bytes"] / 1e6:,.0f} MB before scoring | {yes(peak <= allowed)} |"""


def yes(is_met: bool) -> str:
    return "yes" if is_met else "no"


if __name__ == "__main__":
    main()
