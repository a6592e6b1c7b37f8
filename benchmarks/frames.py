"""How long it takes, and how much memory, to take a frame of daily counts into the core.

    python benchmarks/frames.py [--rows 10000000] [--out FILE]

Each library makes the same table in a process of its own. What is timed is the way from its frame to the table of the
core (date, source, target, four counts; before anything is sorted or checked), beside what the library itself takes to
hand the same columns over, as a pyarrow table (`to_arrow`). Memory is what the conversion adds to the process at its
height. The table of the core alone has 44 bytes a row: a day, two numbers of actors, four counts.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from measurements import machine, table

if TYPE_CHECKING:
    from collections.abc import Callable

DAYS = 10_000
NAMES = ("date", "source", "target", "rhetoric", "military", "mediation", "cooperation")
BYTES_A_ROW = 4 + 2 * 4 + 4 * 8
NO_TIME = 0.02


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=10_000_000)
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--one", choices=FORMS, help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.one:
        print(json.dumps(measured(options.one, options.rows)))
        return
    found = {form: in_a_process(form, options.rows) for form in FORMS}
    report = report_of(found, options.rows)
    print(report)
    if options.out:
        options.out.write_text(report + "\n", encoding="utf-8")


def in_a_process(form: str, rows: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", form, "--rows", str(rows)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def report_of(found: dict[str, dict[str, float]], rows: int) -> str:
    columns = ("frame", "to_arrow, s", "into the core, s", "ratio", "added memory, MB", "of the core's table")
    core = rows * BYTES_A_ROW
    shown = [
        (
            form,
            f"{each['bare']:.2f}" if each["bare"] else "",
            f"{each['ours']:.2f}",
            # A frame that is one of Arrow already is handed over in no time, and no ratio means anything.
            f"{each['ours'] / each['bare']:.1f}" if each["bare"] > NO_TIME * each["ours"] else "",
            f"{each['bytes'] / 1e6:,.0f}",
            f"{each['bytes'] / core:.1f}",
        )
        for form, each in found.items()
    ]
    return (
        f"## Frames of {rows:,} rows\n\n{table(columns, shown)}\n\n{machine('pandas', 'polars', 'pyarrow', 'duckdb')}"
    )


# --------------------------------------------------------------------------------------------------------------- frames


def columns_of(rows: int) -> dict[str, Any]:
    rng = np.random.default_rng(1)
    days, pairs = min(rows, DAYS), -(-rows // DAYS)
    actors = np.array([f"A{number:05}" for number in range(pairs)], dtype=object)
    first = np.datetime64("1990-01-01")
    return {
        "date": np.tile(np.arange(first, first + days), pairs)[:rows].astype("datetime64[s]"),
        "source": np.repeat(actors, days)[:rows],
        "target": np.full(rows, "ZZZ", dtype=object),
        **{name: rng.poisson(1, rows) for name in NAMES[3:6]},
        NAMES[6]: np.where(rng.random(rows) < 0.1, np.nan, rng.poisson(1, rows)),
    }


def arrow(rows: int) -> Any:
    import pyarrow as pa

    return pa.table(columns_of(rows))


def pandas_of_objects(rows: int) -> Any:
    import pandas as pd

    columns = columns_of(rows)
    texts = NAMES[1:3]
    return pd.DataFrame({name: pd.Series(columns.pop(name), dtype=object if name in texts else None) for name in NAMES})


def pandas_of_arrow(rows: int) -> Any:
    import pandas as pd

    return arrow(rows).to_pandas(types_mapper=pd.ArrowDtype)


def polars(rows: int) -> Any:
    import polars as pl

    return pl.from_arrow(arrow(rows))


def duckdb(rows: int) -> Any:
    import duckdb as db

    connection = db.connect()
    counts = arrow(rows)
    connection.execute("CREATE TABLE counts AS SELECT * FROM counts")
    del counts
    return connection.table("counts")


def lists(rows: int) -> Any:
    return {name: values.tolist() if values.dtype.kind != "M" else values for name, values in columns_of(rows).items()}


def bare_pandas(frame: Any) -> Any:
    import pyarrow as pa

    return pa.Table.from_pandas(frame, preserve_index=False)


FORMS: dict[str, tuple[Callable[[int], Any], Callable[[Any], Any] | None]] = {
    "pandas, objects": (pandas_of_objects, bare_pandas),
    "pandas, Arrow": (pandas_of_arrow, bare_pandas),
    "polars": (polars, lambda frame: frame.to_arrow()),
    "polars, lazy": (lambda rows: polars(rows).lazy(), lambda frame: frame.collect().to_arrow()),
    "pyarrow": (arrow, lambda frame: frame.combine_chunks()),
    "DuckDB": (duckdb, lambda frame: frame.to_arrow_table()),
    "pandas, without pyarrow": (pandas_of_objects, None),
    "dict of lists": (lists, None),
}

# ------------------------------------------------------------------------------------------------------------ measuring


def measured(form: str, rows: int) -> dict[str, float]:
    warnings.simplefilter("error")
    make, bare = FORMS[form]
    frame = make(rows)
    if form.endswith("without pyarrow"):
        for name in [name for name in sys.modules if name.split(".")[0] == "pyarrow"]:
            sys.modules[name] = None  # type: ignore[assignment]
        sys.modules["pyarrow"] = None  # type: ignore[assignment]
    bare_seconds = 0.0
    if bare is not None:
        begin = time.perf_counter()
        bare(frame)
        bare_seconds = time.perf_counter() - begin
    with Watch() as watch:
        size = len(core_table(frame))
    assert size == rows, f"{size} rows arrived"
    return {"bare": bare_seconds, "ours": watch.seconds, "bytes": watch.added_bytes}


def core_table(frame: Any) -> Any:
    from tocsin import frames
    from tocsin.panel import count_table

    if hasattr(frames, "table_of"):
        return count_table(frames.table_of(frame, "table"), "table")
    return count_table(frames.columns_of(frame, "table")[0], "table")


class Watch:
    """Time, and the memory that is added to what the process holds at the beginning."""

    def __enter__(self) -> Self:
        self._before = resident_bytes()
        self._most = self._before
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        self._begin = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._begin
        self._is_over.set()
        self._thread.join()
        self.added_bytes = self._most - self._before

    def _look(self) -> None:
        while True:
            self._most = max(self._most, resident_bytes())
            if self._is_over.wait(0.005):
                return


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    main()
