"""How fast do event files become a panel, beside Polars, DuckDB and pandas? Prints tables and writes read_results.md.

    python benchmarks/read_events.py FOLDER [--megabytes 2048] [--rounds 3]

Every run is a process of its own. All must give the same counts, or this fails.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import platform
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import simulated_gdelt
from panel_readers import READERS, TOCSIN

HERE = Path(__file__).parent
MEGABYTE = simulated_gdelt.MEGABYTE
PACKAGES = ("tocsin", "polars", "duckdb", "pandas", "pyarrow", "numpy")

Cells = dict[tuple[str, ...], int]  # by day, source, target and signal


@dataclasses.dataclass
class Measured:
    """What the rounds of one reader on one form of the files gave."""

    seconds: float = float("inf")  # of the best round
    core_seconds: float = float("inf")
    peak_bytes: int = 0  # of the worst
    cells: Cells = dataclasses.field(default_factory=dict)
    actors: list[str] = dataclasses.field(default_factory=list)

    def add(self, run: dict) -> None:
        self.seconds = min(self.seconds, run["seconds"])
        self.core_seconds = min(self.core_seconds, run["core_seconds"])
        self.peak_bytes = max(self.peak_bytes, run["peak_bytes"])
        self.cells = {tuple(key): count for *key, count in run["cells"]}
        self.actors = run["actors"]


def main() -> None:
    options = arguments()
    tables = {}
    for form in ("plain", "zip"):
        files = event_files(options, form, options.megabytes)
        warm(files)
        tables[form] = measure(files, options.rounds)
        compare(tables[form], form)
    compare({form: table[TOCSIN] for form, table in tables.items()}, "plain and zipped")
    text = report(options, tables, growth(options))
    print(text)
    (HERE / "read_results.md").write_text(text, encoding="utf-8")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the event files are, or will be written")
    parser.add_argument("--megabytes", type=int, default=2048, help="of events, before compression")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed")
    parser.add_argument("--seed", type=int, default=1, help="of the event files")
    return parser.parse_args()


# ------------------------------------------------------------------------------------------------------------ measuring


def warm(files: list[Path]) -> None:
    """Reads every file once, so that all readers find them in memory."""
    for path in files:
        with path.open("rb") as file:
            while file.read(MEGABYTE):
                pass


def event_files(options: argparse.Namespace, form: str, megabytes: int) -> list[Path]:
    """Files that exist are used again: a folder holds one seed and one kind of rows."""
    rows = "real" if simulated_gdelt.real_file() else "simulated"
    folder = options.folder / f"{rows}-{options.seed}-{form}"
    return simulated_gdelt.simulate(folder, megabytes, zipped=form == "zip", seed=options.seed)


def measure(files: list[Path], rounds: int) -> dict[str, Measured]:
    """The readers take turns, so that other work on the machine disturbs all of them."""
    table = {name: Measured() for name in READERS}
    for _ in range(rounds):
        for name, measured in table.items():
            measured.add(run(name, files))
    return table


def run(name: str, files: list[Path]) -> dict:
    command = [sys.executable, HERE / "panel_readers.py", name, *files]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def growth(options: argparse.Namespace) -> list[tuple[float, str, str]]:
    """Our peak memory by size of the input: an eighth of it, half of it and all of it."""
    rows = []
    for share in (8, 2, 1):
        size = -(-options.megabytes // share)
        plain, zipped = (
            f"{run(TOCSIN, event_files(options, form, size))['peak_bytes'] / MEGABYTE:,.0f} MB"
            for form in ("plain", "zip")
        )
        rows.append((plain_megabytes(options, size), plain, zipped))
    return rows


def plain_megabytes(options: argparse.Namespace, size: int) -> float:
    return sum(file.stat().st_size for file in event_files(options, "plain", size)) / MEGABYTE


# ------------------------------------------------------------------------------------------------------------ comparing


def compare(table: dict[str, Measured], where: str) -> None:
    """Every count of every reader; ours leaves out pairs with a region, so there the other's are left out as well."""
    names = list(table)
    expected = table[names[0]]
    for name in names[1:]:
        actors = set(expected.actors) & set(table[name].actors)
        ours, theirs = (within(measured.cells, actors) for measured in (expected, table[name]))
        different = sorted(key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key))
        if different or not ours:
            key = different[0] if different else ()
            raise SystemExit(
                f"{where}: {names[0]} and {name} differ in {len(different)} of {len(ours)} counts, first at "
                f"{' '.join(key)}: {ours.get(key)} and {theirs.get(key)}"
            )


def within(cells: Cells, actors: set[str]) -> Cells:
    return {key: count for key, count in cells.items() if key[1] in actors and key[2] in actors}


# ------------------------------------------------------------------------------------------------------------ reporting


def report(options: argparse.Namespace, tables: dict[str, dict[str, Measured]], growth_rows: list) -> str:
    megabytes = plain_megabytes(options, options.megabytes)
    sections = "\n\n".join(
        f"{title}\n\n{speed_table(tables[form], megabytes)}"
        for form, title in (("plain", "## Plain files"), ("zip", "## Zipped files, one archive a day"))
    )
    sizes = "\n".join(f"| {size:,.0f} MB | {plain} | {zipped} |" for size, plain, zipped in growth_rows)
    return f"""\
# Benchmark: from event files to a panel

Written by `python benchmarks/read_events.py FOLDER --megabytes {options.megabytes} --rounds {options.rounds}`, which
`make bench` runs. {machine()}

{megabytes:,.0f} MB in daily files of {simulated_gdelt.FILE_BYTES // MEGABYTE} MB in the shape of GDELT 2.0, \
{simulated_gdelt.origin()}.
Counted are the rows whose two actors name different countries, by day of the event, source, target and signal; the
signal follows from the event code through the codebook cameo-1.1b3. {agreement(tables["plain"])}

Every run is a process of its own. Its time is from the list of files to the counts, without starting Python and
importing; the best of {options.rounds} rounds counts. Every file had been read once before, so that it was in the page
cache. MB/s are of events before compression. Where the load is above the number of cores, other work has disturbed the
seconds on the wall, and core seconds, which are those of all cores together, are the better measure. Peak memory is of
the whole process, or of two where two work, and holds the pages of files that are mapped into it.

No identifier occurs twice, and only tocsin looks: the others are spared that work. They are spared rungs, Goldstein
sums, mediation and the total of the day as well, which are in the panel.

{sections}

## Our memory by size of the input

| events | peak, plain | peak, zipped |
|---|---:|---:|
{sizes}

## Aims

{verdict(tables, megabytes)}
"""


def speed_table(table: dict[str, Measured], megabytes: float) -> str:
    lines = [
        "| | seconds | MB/s | core seconds | peak MB | seconds to tocsin's |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, measured in table.items():
        label = READERS[name].label
        ratio = measured.seconds / table[TOCSIN].seconds
        lines.append(
            f"| {label} | {measured.seconds:.2f} | {megabytes / measured.seconds:,.0f} | "
            f"{measured.core_seconds:.2f} | {measured.peak_bytes / MEGABYTE:,.0f} | {ratio:.2f} |"
        )
    return "\n".join(lines)


def agreement(table: dict[str, Measured]) -> str:
    others = next(measured for name, measured in table.items() if name != TOCSIN)
    states = set(table[TOCSIN].actors)
    left_out = sorted(set(others.actors) - states)
    return (
        f"All gave the same {len(within(others.cells, states)):,} counts of pairs of states; left out before "
        f"comparing, as regions: {' '.join(left_out) or 'none'}."
    )


def machine() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    load = os.getloadavg()[0]
    # The benchmark itself makes for a load of up to 2.
    busy = " The machine was busy with other work: measure again before comparing." if load > 2.5 else ""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{models[0] if models else platform.machine()}, {os.cpu_count()} cores (load {load:.1f} at the end), "
        f"Python {platform.python_version()},\n{versions}.{busy}"
    )


def version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "absent"


def verdict(tables: dict[str, dict[str, Measured]], megabytes: float) -> str:
    """What was aimed at and what came out. Nothing fails here: times depend on the machine."""
    lines = ["| aim | found | met |", "|---|---|---|"]
    for form, title, least in (("plain", "plain", 3), ("zip", "zipped", 2)):
        table = tables[form]
        ours = table[TOCSIN]
        best = min((measured for name, measured in table.items() if name != TOCSIN), key=lambda other: other.seconds)
        if form == "plain":
            speed = megabytes / ours.seconds
            lines.append(f"| {title}: 2,000 MB/s | {speed:,.0f} MB/s | {yes(speed >= 2000)} |")
        ratio = best.seconds / ours.seconds
        lines.append(f"| {title}: {least} times the best of the others | {ratio:.2g} times | {yes(ratio >= least)} |")
    return "\n".join(lines)


def yes(is_met: bool) -> str:
    return "yes" if is_met else "no"


if __name__ == "__main__":
    main()
