"""One table in every form that a frame can have."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Callable

Columns = dict[str, list[Any]]


def table_of(columns: Columns) -> pa.Table:
    return pa.table(columns)


def relation_of(columns: Columns) -> duckdb.DuckDBPyRelation:
    rows = table_of(columns)
    return duckdb.connect().from_arrow(rows)


def numpy_frame(columns: Columns) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(values, dtype=_numpy_type(values)) for name, values in columns.items()})


def _numpy_type(values: list[Any]) -> Any:
    return object if any(isinstance(value, str | dt.date) for value in values) else None


FRAMES: dict[str, Callable[[Columns], Any]] = {
    "pandas of NumPy": numpy_frame,
    "pandas nullable": lambda columns: numpy_frame(columns).convert_dtypes(),
    "pandas of Arrow": lambda columns: table_of(columns).to_pandas(types_mapper=pd.ArrowDtype),
    "pandas as it comes": pd.DataFrame,
    "polars": lambda columns: pl.DataFrame(columns, strict=False),
    "polars lazy": lambda columns: pl.DataFrame(columns, strict=False).lazy(),
    "pyarrow": table_of,
    "pyarrow batch": lambda columns: pa.RecordBatch.from_pydict(columns),
    "duckdb": relation_of,
}


def rows_in(frame: Any) -> list[dict[str, Any]]:
    """The rows of any of these frames, missing values as None and dates as dates."""
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, duckdb.DuckDBPyRelation):
        frame = frame.to_arrow_table() if hasattr(frame, "to_arrow_table") else frame.arrow()
    if isinstance(frame, pd.DataFrame):
        rows = frame.to_dict("records")
    elif isinstance(frame, pl.DataFrame):
        rows = frame.to_dicts()
    else:
        rows = frame.to_pylist()
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp | dt.datetime):
        return value.date()
    return None if value is None or value is pd.NA or value != value else value
