"""Events as rows, for the tests of reading them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    from pathlib import Path

    import tocsin


HEADER = "date,source,target,code\n"
ROWS = [
    ("2025-05-07", "IND", "PAK", "190"),
    ("2025-05-08", "PAK", "IND", "010"),
    ("2025-05-08", "USA", "IND", "045"),
]
TEXT = HEADER + "".join(",".join(row) + "\n" for row in ROWS)
NAMES = ("date", "source", "target", "code")
COLUMNS = {name: [row[i] for row in ROWS] for i, name in enumerate(NAMES)}
OPTIONAL = {
    "id": ["a", None, "c"],
    "date_added": ["2025-05-09", "2025-05-08", None],
    "is_root": [True, False, True],
    "events": [1, 2, 1],
    "mentions": [10, None, 0],
}


def gdelt(width: int = 61, **fields: str) -> str:
    """A row of GDELT 2.0; fields by their number as in the published list, as in f27="190"."""
    row = [""] * 61
    given = {"f1": "1", "f2": "20250507", "f8": "IND", "f18": "PAK", "f26": "1", "f27": "190", "f60": "20250507000000"}
    for name, value in (given | fields).items():
        row[int(name[1:]) - 1] = value
    return "\t".join([*row, "x", "x"][:width]) + "\n"


def gdelt_rows(count: int) -> str:
    return "".join(gdelt(f1=str(i)) for i in range(1000, 1000 + count))


def names_of(frame) -> list[str]:
    return list(frame.column_names if isinstance(frame, pa.Table) else frame.columns)


def rows_of_any(frame) -> list[tuple]:
    """Plain rows: days as texts, and what is missing as None."""
    columns = [
        frame[name].to_pylist() if isinstance(frame, pa.Table) else frame[name].to_list() for name in names_of(frame)
    ]

    def plain(cell):
        return None if pd.isna(cell) else f"{cell:%Y-%m-%d}" if isinstance(cell, dt.date) else cell

    return [tuple(map(plain, row)) for row in zip(*columns, strict=True)]


def rows_of(events: tocsin.Events, columns=NAMES) -> list[tuple]:
    return rows_of_any(events.frame(columns=columns))


def places(report: dict) -> int:
    rejected = sum(found["rows"] for found in report["rejected"].values())
    return rejected + sum(report[name] for name in ("kept", "one_sided", "imprecise", "duplicates", "superseded"))


# Where events come from


def as_text(folder: Path) -> Path:
    path = folder / "events.csv"
    path.write_text(TEXT)
    return path
