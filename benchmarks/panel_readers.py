"""From event files to counts by day, source, target and signal: with tocsin, Polars, DuckDB and pandas.

    python benchmarks/panel_readers.py READER FILE...

Runs one of them and prints time, peak memory and counts as JSON. Each is written as somebody would who knows it well:
four columns are read, rows are counted by event code, and only the few thousand results are mapped to signals.
"""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import functools
import json
import multiprocessing
import os
import resource
import shutil
import sys
import threading
import time
import zipfile
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import simulated_gdelt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pandas as pd
    import polars as pl

    Rows = Iterable[tuple[object, str, str, str, int]]  # day as 20180131, source, target, code, number

CODEBOOK = Path(__file__).parents[1] / "cpp" / "data" / "cameo-1.1b3.json"
SIGNALS = ("rhetoric", "military", "punitive", "cooperation")
SIGNAL_OF_FAMILY = {name: name for name in SIGNALS}
DAY, SOURCE, TARGET, CODE = KEPT = (1, 7, 17, 26)
NAMES = [f"column_{i}" for i in range(simulated_gdelt.COLUMNS)]
KEPT_NAMES = [NAMES[i] for i in KEPT]
WORKERS = 2
TOCSIN = "tocsin"


@dataclasses.dataclass(frozen=True)
class Reader:
    label: str
    package: str
    rows: Callable[[list[Path]], Rows] | None = None  # None: ours, which makes the panel itself


def main() -> None:
    reader, files = READERS[sys.argv[1]], [Path(name) for name in sys.argv[2:]]
    result = run_ours(files) if reader.rows is None else run_other(reader, files)
    json.dump(result, sys.stdout)


# ----------------------------------------------------------------------------------------------------------- running it


def run_other(reader: Reader, files: list[Path]) -> dict:
    __import__(reader.package)
    first, last = calendar(files)
    begin = clocks()
    cells: collections.Counter = collections.Counter()
    for day, source, target, code, number in reader.rows(files):
        signal = signal_of(code)
        if signal and first <= str(day) <= last:
            cells[str(day), source, target, signal] += int(number)
    return result_of(since(begin), peak_memory(), cells, {name for key in cells for name in key[1:3]})


def run_ours(files: list[Path]) -> dict:
    import warnings

    import tocsin

    warnings.simplefilter("ignore")  # says that events before the first file's day are left out
    ends = tuple(f"{day[:4]}-{day[4:6]}-{day[6:]}" for day in calendar(files))
    begin = clocks()
    events = tocsin.read_events(files)
    panel = events.count(pairs="states", duplicates="raw", calendar=ends)
    times, peak = since(begin), peak_memory()
    frame = panel.frame()
    keys = [f"{day:.10}".replace("-", "") for day in frame["date"].astype(str)], frame["source"], frame["target"]
    cells = {
        (day, source, target, signal): int(count)
        for signal in SIGNALS
        for day, source, target, count in zip(*keys, frame[signal], strict=True)
        if count > 0
    }
    return result_of(times, peak, cells, {name for pair in panel.pairs for name in pair})


def clocks() -> tuple[float, float]:
    """On the wall, and of all cores that worked for this process or those it has started and waited for."""
    used = os.times()
    return time.perf_counter(), sum(used[:4])


def since(begin: tuple[float, float]) -> dict[str, float]:
    wall, cores = clocks()
    return {"seconds": wall - begin[0], "core_seconds": cores - begin[1]}


def result_of(times: dict[str, float], peak_bytes: int, cells: dict, actors: set[str]) -> dict:
    listed = [[*key, count] for key, count in cells.items()]
    return times | {"peak_bytes": peak_bytes, "cells": listed, "actors": sorted(actors)}


def calendar(files: list[Path]) -> tuple[str, str]:
    """First and last day of the files, which are named by them."""
    days = sorted(path.name[:8] for path in files)
    return days[0], days[-1]


@functools.cache
def signal_of(code: str) -> str | None:
    """By the longest beginning of the code that the codebook holds."""
    codes = codebook()
    known = next((code[:length] for length in range(len(code), 0, -1) if code[:length] in codes), None)
    return SIGNAL_OF_FAMILY.get(codes[known].get("party")) if known else None


@functools.cache
def codebook() -> dict[str, dict]:
    return json.loads(CODEBOOK.read_text(encoding="utf-8"))["codes"]


def peak_memory() -> int:
    """Of this program: what getrusage says begins with the memory of the process that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        peak = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) * 1024 + worker_memory()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 + worker_memory()


def worker_memory() -> int:
    """The largest of the processes that this one started and waited for, as often as there are workers."""
    return WORKERS * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def is_zip(path: Path) -> bool:
    return path.suffix == ".zip"


# --------------------------------------------------------------------------------------------------------------- Polars


def polars_rows(files: list[Path]) -> Rows:
    """One lazy scan of plain files; of archives one for each, two at a time."""
    import polars as pl

    if not is_zip(files[0]):
        yield from polars_count(files).rows()
        return
    with ThreadPoolExecutor(WORKERS) as pool:
        parts = pool.map(lambda path: polars_count(inflated(path)), files)
        yield from pl.concat(parts).rows()


def polars_count(source: list[Path] | bytes) -> pl.DataFrame:
    import polars as pl

    schema = dict.fromkeys(NAMES, pl.String) | {NAMES[DAY]: pl.Int32}
    events = pl.scan_csv(source, separator="\t", has_header=False, quote_char=None, schema=schema, glob=False)
    # An empty field is null, and a comparison with null keeps no row.
    different = events.select(KEPT_NAMES).filter(pl.col(NAMES[SOURCE]) != pl.col(NAMES[TARGET]))
    return different.group_by(KEPT_NAMES).len().collect(engine="streaming")


def inflated(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(path.stem)


# --------------------------------------------------------------------------------------------------------------- DuckDB


def duckdb_rows(files: list[Path]) -> Rows:
    """One query over plain files; of archives one for each, two at a time, through a pipe."""
    import duckdb

    connection = duckdb.connect(config={"threads": WORKERS, "preserve_insertion_order": False})
    if not is_zip(files[0]):
        yield from connection.execute(duckdb_query([str(path) for path in files])).fetchall()
        return

    def count(path: Path) -> list:
        with piped(path) as source, connection.cursor() as cursor:
            return cursor.execute(duckdb_query([source])).fetchall()

    with ThreadPoolExecutor(WORKERS) as pool:
        for part in pool.map(count, files):
            yield from part


def duckdb_query(sources: list[str]) -> str:
    types = dict.fromkeys(NAMES, "VARCHAR")
    day, source, target, code = KEPT_NAMES
    return f"""
        select {day}, {source}, {target}, {code}, count(*)
        from read_csv({sources}, auto_detect=false, delim='\t', header=false, quote='', escape='', columns={types})
        where {source} <> {target} and {source} <> '' and {target} <> ''
        group by all"""


@contextlib.contextmanager
def piped(path: Path) -> Iterator[str]:
    """A name under which an archive's file can be read while it is being inflated."""
    reading, writing = os.pipe()

    def inflate() -> None:
        with os.fdopen(writing, "wb") as pipe, zipfile.ZipFile(path) as archive, archive.open(path.stem) as file:
            shutil.copyfileobj(file, pipe, 1 << 20)

    writer = threading.Thread(target=inflate)
    writer.start()
    yield f"/dev/fd/{reading}"
    os.close(reading)
    writer.join()


# --------------------------------------------------------------------------------------------------------------- pandas


def pandas_rows(files: list[Path]) -> Rows:
    """One file after the other; pandas reads archives itself."""
    yield from pandas_sum(map(pandas_count, files))


def pandas_rows_in_processes(files: list[Path]) -> Rows:
    with ProcessPoolExecutor(WORKERS, mp_context=multiprocessing.get_context("fork")) as pool:
        yield from pandas_sum(pool.map(pandas_count, files))


def pandas_arrow_rows(files: list[Path]) -> Rows:
    yield from pandas_sum(map(pandas_arrow_count, files))


def pandas_count(path: Path) -> pd.DataFrame:
    import pandas as pd

    # A column of categories would make the code "010" the number 10.
    types = {DAY: "int32", SOURCE: "category", TARGET: "category", CODE: object}
    # Mapped files save a copy, but are not inflated.
    events = pd.read_csv(
        path, sep="\t", header=None, usecols=KEPT, dtype=types, quoting=3, na_filter=False, memory_map=not is_zip(path)
    )
    events = events[(events[SOURCE] != "") & (events[TARGET] != "")]
    # Two sides rarely have the same categories, and equal ones are the fewest rows: they go after counting.
    counts = events.groupby(list(KEPT), observed=True, sort=False).size().reset_index(name="number")
    return counts[counts[SOURCE].astype(str) != counts[TARGET].astype(str)]


def pandas_arrow_count(path: Path) -> pd.DataFrame:
    import pandas as pd

    # The engine takes no `quoting`: it is here for files that hold no quotation mark.
    events = pd.read_csv(path, sep="\t", header=None, usecols=KEPT, dtype=str, engine="pyarrow")
    events.columns = list(KEPT)
    is_named = events[SOURCE].notna() & events[TARGET].notna()
    events = events[is_named & (events[SOURCE] != events[TARGET])]
    return events.groupby(list(KEPT), observed=True, sort=False).size().reset_index(name="number")


def pandas_sum(parts: Iterable[pd.DataFrame]) -> Rows:
    """Only the counts of each file stay in memory."""
    for part in parts:
        yield from part.itertuples(index=False, name=None)


READERS = {
    TOCSIN: Reader("tocsin", "tocsin"),
    "polars": Reader("Polars, `scan_csv`, streaming", "polars", polars_rows),
    "duckdb": Reader("DuckDB, `read_csv`, 2 threads", "duckdb", duckdb_rows),
    "pandas": Reader("pandas, C engine, file by file", "pandas", pandas_rows),
    "pandas-2": Reader("pandas, C engine, 2 processes", "pandas", pandas_rows_in_processes),
    "pandas-arrow": Reader('pandas, `engine="pyarrow"`, file by file', "pandas", pandas_arrow_rows),
}


if __name__ == "__main__":
    main()
