"""From what people have (frames, lists of dicts, dicts of arrays) to columns, and back to the type that came in."""

from __future__ import annotations

import datetime as dt
import importlib.util
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from tocsin.errors import InputError, ParseError

__all__ = [
    "Column",
    "Columns",
    "actor_ids",
    "code_ids",
    "columns_of",
    "day_number",
    "day_numbers",
    "frame_of",
    "numbers",
    "texts",
]

Column = Sequence[Any] | NDArray[Any]
Columns = dict[str, Column]

_EPOCH = dt.date(1970, 1, 1)
_FARTHEST_DAY = 1_000_000  # beyond what the core accepts, and small enough for its numbers
_NO_BACKEND = "a frame needs pandas, polars or pyarrow; install one of them, as in: pip install pandas"


def columns_of(data: Any, origin: str) -> tuple[Columns, Any]:
    """Columns by name, and the backend that a result for this caller should have (None: the default one)."""
    if isinstance(data, Mapping):
        columns = {str(name): _as_list(values, str(name)) for name, values in data.items()}
        _require_equal_length(columns, origin)
        return columns, None
    if isinstance(data, Sequence) and not isinstance(data, str | bytes):
        return _columns_of_records(data, origin), None
    try:
        frame = nw.from_native(data, eager_only=True)
    except TypeError:
        raise InputError(
            f"{origin} is a {type(data).__name__}; expected a path, a frame, a list of dicts or a dict of arrays"
        ) from None
    except nw.exceptions.DuplicateError as fault:
        raise InputError(f"{origin}: a column stands twice; keep one of them. {' '.join(str(fault).split())}") from None
    return {str(name): _column(frame[name]) for name in frame.columns}, frame.implementation


def frame_of(columns: Mapping[str, NDArray[Any]], backend: Any) -> Any:
    """A frame of the backend's type; NaN becomes null where the backend tells the two apart."""
    chosen = backend or default_backend()
    shown = {name: _for_backend(values, str(chosen)) for name, values in columns.items()}
    frame = nw.from_dict(shown, backend=chosen)
    if frame.implementation.is_pandas():
        return frame.to_native()
    floats = [name for name, values in columns.items() if values.dtype.kind == "f"]
    # Without a name to look for, polars does not take the expression.
    return (frame.with_columns(nw.col(floats).fill_nan(None)) if floats else frame).to_native()


def default_backend() -> Literal["pandas", "polars", "pyarrow"]:
    """Pandas if it is installed, else polars, else pyarrow."""
    names: tuple[Literal["pandas", "polars", "pyarrow"], ...] = ("pandas", "polars", "pyarrow")
    for name in names:
        if importlib.util.find_spec(name) is not None:
            return name
    raise InputError(_NO_BACKEND)


def day_number(value: Any) -> int | None:
    """Days since 1970-01-01 of a date, a timestamp or a text as YYYY-MM-DD; None where it is not one."""
    if isinstance(value, dt.datetime):
        moment = value.astimezone(dt.UTC) if value.tzinfo is not None else value
        # A missing timestamp (NaT) is a datetime that is not equal to itself.
        return (moment.date() - _EPOCH).days if moment == moment else None
    if isinstance(value, dt.date):
        return (value - _EPOCH).days
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else int(value.astype("datetime64[D]").astype(np.int64))
    # The dashes are looked for because fromisoformat also takes weeks, as in 2025-W18-4.
    if isinstance(value, str) and len(value) == len("YYYY-MM-DD") and value[4] == value[7] == "-":
        try:
            return (dt.date.fromisoformat(value) - _EPOCH).days
        except ValueError:
            return None
    return None


def day_numbers(values: Column, origin: str) -> NDArray[np.int32]:
    """Days since 1970-01-01 of a whole column."""
    if isinstance(values, np.ndarray) and values.dtype.kind == "M" and not np.isnat(values).any():
        numbered = values.astype("datetime64[D]").astype(np.int64)
        if (abs(numbered) <= _FARTHEST_DAY).all():
            return numbered.astype(np.int32)
    days = np.empty(len(values), dtype=np.int32)
    for row, value in enumerate(values):
        day = day_number(value)
        if day is None or abs(day) > _FARTHEST_DAY:
            raise ParseError(
                f'{origin}:{row + 1}: column "date" holds {value!r}, expected a date or a text as YYYY-MM-DD',
                origin,
                row + 1,
            )
        days[row] = day
    return days


def actor_ids(
    columns: Mapping[str, Column], names: Iterable[str], origin: str
) -> tuple[list[str], list[NDArray[np.uint32]]]:
    """The distinct actors of some columns, and each column as numbers that point at them."""
    ids: dict[str, int] = {}
    coded = []
    for name in names:
        column = columns[name]
        for row, value in enumerate(column):
            if not isinstance(value, str) or not value:
                raise ParseError(
                    f'{origin}:{row + 1}: column "{name}" holds {value!r}, expected the name of an actor',
                    origin,
                    row + 1,
                )
        coded.append(np.array([ids.setdefault(value, len(ids)) for value in column], dtype=np.uint32))
    return list(ids), coded


def numbers(values: Column, name: str, origin: str) -> NDArray[np.float64]:
    """A column of counts as float64; None and NaN were not collected."""
    if isinstance(values, np.ndarray) and values.dtype.kind in "iuf":
        return np.ascontiguousarray(values, dtype=np.float64)
    result = np.empty(len(values), dtype=np.float64)
    for row, value in enumerate(values):
        result[row] = _number(value, name, origin, row)
    return result


def _number(value: Any, name: str, origin: str, row: int) -> float:
    if value is None or type(value).__name__ == "NAType":
        return math.nan
    try:
        if isinstance(value, str | bytes | bool | np.bool_):
            raise TypeError
        return float(value)
    except (TypeError, ValueError):
        raise ParseError(
            f'{origin}:{row + 1}: column "{name}" holds {value!r}, expected a number; '
            "leave the cell empty if it was not collected",
            origin,
            row + 1,
        ) from None


def _column(series: nw.Series[Any]) -> Column:
    dtype = series.dtype
    if isinstance(dtype, nw.Datetime):
        zoned = series.dt.convert_time_zone("UTC").dt.replace_time_zone(None) if dtype.time_zone else series
        return zoned.to_numpy()
    if dtype.is_numeric() and series.null_count() == 0:
        return series.to_numpy()
    return series.to_list()


def _as_list(values: Any, name: str) -> Column:
    if isinstance(values, np.ndarray):
        if values.ndim != 1:
            raise InputError(f'column "{name}" has {values.ndim} dimensions, expected one')
        return values
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise InputError(f'column "{name}" holds {values!r}, expected one value per row')
    return list(values)


def _columns_of_records(records: Sequence[Any], origin: str) -> Columns:
    names: dict[str, None] = {}
    for row, record in enumerate(records):
        if not isinstance(record, Mapping):
            raise ParseError(
                f"{origin}:{row + 1}: holds a {type(record).__name__}, expected a dict per row", origin, row + 1
            )
        names.update(dict.fromkeys(str(name) for name in record))
    return {name: [record.get(name) for record in records] for name in names}


def _require_equal_length(columns: Columns, origin: str) -> None:
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        found = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise InputError(f"{origin}: the columns have different lengths ({found}); expected one value per row in each")


def _for_backend(values: NDArray[Any], backend: str) -> Any:
    if values.dtype.kind == "M":
        # Pandas knows no plain dates; the others do, and make them of days.
        return values.astype("datetime64[s]" if "pandas" in backend.lower() else "datetime64[D]")
    return values.tolist() if values.dtype.kind in "OU" else values


def texts(values: Column, name: str, origin: str) -> list[str]:
    """A column of codes. Numbers are refused: "010" read as 10 is another code."""
    for row, value in enumerate(values):
        if not isinstance(value, str):
            raise ParseError(
                f'{origin}:{row + 1}: column "{name}" holds {value!r}, expected a text; read codes as texts, '
                'or "010" becomes 10',
                origin,
                row + 1,
            )
    return [str(value) for value in values]


def code_ids(values: Column, name: str, origin: str) -> tuple[list[str], NDArray[np.uint32]]:
    """The distinct codes of a column, and the column as numbers that point at them."""
    ids: dict[str, int] = {}
    coded = [ids.setdefault(code, len(ids)) for code in texts(values, name, origin)]
    return list(ids), np.array(coded, dtype=np.uint32)
