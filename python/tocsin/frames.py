"""From what people have (frames, lists of dicts, dicts of arrays) to columns, and back to the type that came in."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NoReturn

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from tocsin.errors import InputError, ParseError
from tocsin.given import FrameKind, GivenFrame, default_backend

__all__ = [
    "Column",
    "Columns",
    "GivenColumns",
    "GivenTable",
    "actor_ids",
    "code_ids",
    "columns_of",
    "day_number",
    "day_numbers",
    "default_backend",
    "frame_of",
    "numbers",
    "table_of",
    "texts",
    "week_numbers",
]

Column = Sequence[Any] | NDArray[Any]
Columns = dict[str, Column]

_EPOCH = dt.date(1970, 1, 1)
_FARTHEST_DAY = 1_000_000  # beyond what the core accepts, and small enough for its numbers
_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
# Types whose values `float` takes as they are: no text, no truth value.
_NUMBERS = {int, float, type(None), np.float64, np.float32, np.int64, np.int32}


class GivenColumns:
    """Columns of Python or NumPy, with the face of `GivenFrame`."""

    kind = None  # nobody's frame

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self.names = list(columns)

    def columns(self, names: Iterable[str] | None = None) -> Columns:
        """Some of them, or all."""
        return {name: self._columns[name] for name in (self.names if names is None else names)}

    def stream(self, _names: Sequence[str]) -> None:
        """There is none."""

    def hint(self, _names: Iterable[str]) -> str:
        """There is none."""
        return ""


GivenTable = GivenColumns | GivenFrame


def table_of(data: Any, origin: str) -> GivenTable:
    """A frame, a list of dicts or a dict of arrays, to be read column by column."""
    if isinstance(data, Mapping):
        columns = {str(name): _as_list(values, str(name)) for name, values in data.items()}
        _require_equal_length(columns, origin)
        return GivenColumns(columns)
    if isinstance(data, Sequence) and not isinstance(data, str | bytes):
        return GivenColumns(_columns_of_records(data, origin))
    return GivenFrame(data, origin)


def columns_of(data: Any, origin: str) -> tuple[Columns, Any]:
    """Columns by name, and the backend that a result for this caller should have (None: the default one)."""
    table = table_of(data, origin)
    return table.columns(), table.kind


def frame_of(columns: Mapping[str, NDArray[Any]], backend: Any) -> Any:
    """A frame of the backend's type; NaN becomes null where the backend tells the two apart."""
    kind = backend if isinstance(backend, FrameKind) else FrameKind(backend)
    chosen = kind.backend or default_backend()
    shown = {name: _for_backend(values, str(chosen)) for name, values in columns.items()}
    frame = nw.from_dict(shown, backend=chosen)
    floats = [name for name, values in columns.items() if values.dtype.kind == "f"]
    # Without a name to look for, polars does not take the expression.
    if floats and not frame.implementation.is_pandas():
        frame = frame.with_columns(nw.col(floats).fill_nan(None))
    made = frame.to_native()
    return made if kind.finish is None else kind.finish(made)


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
    numbered = _numbered_array(values)
    if numbered is not None:
        return numbered
    return _converted(values, "date", origin, _near_day, "a date or a text as YYYY-MM-DD")


def week_numbers(values: Column, origin: str) -> NDArray[np.int32] | None:
    """The Sundays of a column of ISO weeks as YYYY-Www, as days since 1970-01-01; None if its first text is no week."""
    if len(values) == 0 or not isinstance(values[0], str) or _sunday_number(values[0]) is None:
        return None
    expected = "an ISO week as YYYY-Www, as in the first row; give days or weeks, not both"
    return _converted(values, "date", origin, _sunday_number, expected)


def _near_day(value: Any) -> int | None:
    day = day_number(value)
    return None if day is None or abs(day) > _FARTHEST_DAY else day


def _sunday_number(value: Any) -> int | None:
    found = _WEEK.fullmatch(value) if isinstance(value, str) else None
    try:
        return (dt.date.fromisocalendar(int(found[1]), int(found[2]), 7) - _EPOCH).days if found else None
    except ValueError:
        return None


def _numbered_array(values: Column) -> NDArray[np.int32] | None:
    if not isinstance(values, np.ndarray) or values.dtype.kind != "M" or np.isnat(values).any():
        return None
    numbered = values.astype("datetime64[D]").astype(np.int64)
    return numbered.astype(np.int32) if (abs(numbered) <= _FARTHEST_DAY).all() else None


def _converted(
    values: Column, name: str, origin: str, convert: Callable[[Any], int | None], expected: str
) -> NDArray[np.int32]:
    """Every value as a number, each distinct one converted once; None is a fault of the first row that holds it."""
    listed = _listed(values)
    known: dict[Any, int] = {}
    for value in _distinct(listed):
        number = convert(value)
        if number is None:
            _fail(listed, value, name, origin, expected)
        known[value] = number
    return np.fromiter(map(known.__getitem__, listed), dtype=np.int32, count=len(listed))


def _listed(values: Column) -> list[Any]:
    # A list of NumPy's texts would be slow, and one of its dates would be of integers.
    is_text = isinstance(values, np.ndarray) and values.dtype.kind in "OU"
    return values.tolist() if is_text else list(values)  # type: ignore[union-attr]


def _distinct(values: Sequence[Any]) -> Iterable[Any]:
    try:
        return dict.fromkeys(values)
    except TypeError:  # a value that is not hashable is a fault anyway
        return values


def _fail(values: Sequence[Any], faulty: Any, name: str, origin: str, expected: str) -> NoReturn:
    row = next(row for row, value in enumerate(values, 1) if value is faulty or value == faulty)
    raise ParseError(f'{origin}:{row}: column "{name}" holds {faulty!r}, expected {expected}', origin, row)


def actor_ids(
    columns: Mapping[str, Column], names: Iterable[str], origin: str
) -> tuple[list[str], list[NDArray[np.uint32]]]:
    """The distinct actors of some columns, and each column as numbers that point at them."""
    ids: dict[str, int] = {}
    coded = [_text_ids(columns[name], ids, name, origin, "the name of an actor", may_be_empty=False) for name in names]
    return list(ids), coded


def _text_ids(
    values: Column, ids: dict[str, int], name: str, origin: str, expected: str, *, may_be_empty: bool
) -> NDArray[np.uint32]:
    listed = _listed(values)
    for value in _distinct(listed):
        if not isinstance(value, str) or not (value or may_be_empty):
            _fail(listed, value, name, origin, expected)
        ids.setdefault(value, len(ids))
    return np.fromiter(map(ids.__getitem__, listed), dtype=np.uint32, count=len(listed))


def numbers(values: Column, name: str, origin: str) -> NDArray[np.float64]:
    """A column of counts as float64; None and NaN were not collected."""
    if isinstance(values, np.ndarray) and values.dtype.kind in "iuf":
        return np.ascontiguousarray(values, dtype=np.float64)
    if set(map(type, values)) <= _NUMBERS:
        return np.array(list(values), dtype=np.float64)
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
    codes, ids = code_ids(values, name, origin)
    return [codes[number] for number in ids.tolist()]


def code_ids(values: Column, name: str, origin: str) -> tuple[list[str], NDArray[np.uint32]]:
    """The distinct codes of a column, and the column as numbers that point at them."""
    ids: dict[str, int] = {}
    expected = 'a text; read codes as texts, or "010" becomes 10'
    coded = _text_ids(values, ids, name, origin, expected, may_be_empty=True)
    return list(ids), coded
