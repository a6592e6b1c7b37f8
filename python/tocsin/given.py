"""Frames that come in: their columns for the core, and the kind of frame that a result for their owner should be."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import narwhals as nw
import numpy as np

from tocsin.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["FrameKind", "GivenFrame", "default_backend"]

_Backend = Literal["pandas", "polars", "pyarrow"]
_Frame = nw.DataFrame[Any] | nw.LazyFrame[Any]
_NO_BACKEND = "a frame needs pandas, polars or pyarrow; install one of them, as in: pip install pandas"
# What a library says of values that fit no Arrow type, or of an Arrow library that is not there.
_NO_STREAM = (ImportError, AttributeError, TypeError, ValueError, NotImplementedError, OverflowError)


@dataclass(frozen=True)
class FrameKind:
    """What a result should be: a frame of a library, and what is made of it at last."""

    backend: Any  # of narwhals
    finish: Callable[[Any], Any] | None = None  # None: the frame itself


class GivenFrame:
    """A frame of any library that narwhals knows, or whatever has `__arrow_c_stream__`.

    Nothing is read before it is asked for: of a lazy frame the names only, then the columns that are wanted.
    """

    def __init__(self, data: Any, origin: str) -> None:
        """Raise InputError for what is no frame, or has a column twice."""
        self.origin = origin
        self._native = data
        try:
            self._frame: _Frame = _narwhals_frame(data, origin)
            self.names = [str(name) for name in _names(self._frame)]
        except nw.exceptions.DuplicateError as fault:
            raise InputError(
                f"{origin}: a column stands twice; keep one of them. {' '.join(str(fault).split())}"
            ) from None
        except TypeError:
            raise InputError(
                f"{origin} is a {type(data).__name__}; expected a path, a frame, a list of dicts or a dict of arrays"
            ) from None
        if len(set(self.names)) < len(self.names):
            twice = next(name for place, name in enumerate(self.names) if name in self.names[:place])
            raise InputError(f"{origin}: a column stands twice; keep one of them. Found: '{twice}'")

    @property
    def kind(self) -> Any:
        """What a result for the owner of this frame should be, for `frames.frame_of`."""
        library = self._frame.implementation
        if library.is_duckdb():
            return FrameKind(_first_installed("pyarrow", "polars", "pandas"), lambda made: _related(self._native, made))
        if library.is_polars() and isinstance(self._frame, nw.LazyFrame):
            return FrameKind(library, lambda made: made.lazy())
        if type(self._native).__name__ == "RecordBatch":
            return FrameKind(library, _record_batch)
        # Other lazy frames are of clusters and databases, from which the result has come away.
        return None if isinstance(self._frame, nw.LazyFrame) else library

    def stream(self, names: Sequence[str]) -> Any:
        """Some columns as a capsule with an Arrow stream, or None where the library cannot give one."""
        chosen = self._frame.select(*self._own_names(names))
        try:
            if self._frame.implementation.is_pandas():
                return _stream_of_pandas(chosen.to_native())
            if isinstance(chosen, nw.LazyFrame) and not self._frame.implementation.is_duckdb():
                chosen = chosen.collect()
            return chosen.to_native().__arrow_c_stream__()
        except _NO_STREAM:
            return None

    def columns(self, names: Iterable[str] | None = None) -> dict[str, Any]:
        """Columns as arrays and lists."""
        wanted = self.names if names is None else list(names)
        chosen = self._frame.select(*self._own_names(wanted))
        frame = chosen.collect() if isinstance(chosen, nw.LazyFrame) else chosen
        return {name: _column(frame[own]) for name, own in zip(wanted, frame.columns, strict=True)}

    def hint(self, names: Iterable[str]) -> str:
        """What to do where columns of these names are missing: they may be in the index of a frame of pandas."""
        index = getattr(self._native, "index", None) if self._frame.implementation.is_pandas_like() else None
        if index is None:
            return ""
        found = [name for name in names if name in index.names]
        if found:
            shown = ", ".join(f'"{name}"' for name in found)
            return f"; {shown} {'is' if len(found) == 1 else 'are'} in the index: call reset_index() first"
        is_of_dates = "date" in names and index.nlevels == 1 and np.dtype(getattr(index, "dtype", object)).kind == "M"
        return '; the index holds dates: call reset_index(names="date") first' if is_of_dates else ""

    def _own_names(self, names: Iterable[str]) -> list[Any]:
        own = dict(zip(self.names, _names(self._frame), strict=True))
        return [own[name] for name in names]


def default_backend() -> _Backend:
    """Pandas if it is installed, else polars, else pyarrow."""
    return _first_installed("pandas", "polars", "pyarrow")


def _first_installed(*names: _Backend) -> _Backend:
    for name in names:
        if importlib.util.find_spec(name) is not None:
            return name
    raise InputError(_NO_BACKEND)


def _narwhals_frame(data: Any, origin: str) -> _Frame:
    # A series may be a stream too, but is no table.
    frame = nw.from_native(data, pass_through=True, allow_series=True)
    if isinstance(frame, nw.DataFrame | nw.LazyFrame):
        return frame
    if isinstance(frame, nw.Series) or not hasattr(data, "__arrow_c_stream__"):
        raise TypeError
    backend = _first_installed("pyarrow", "polars", "pandas")
    try:
        return nw.from_arrow(data, backend=backend)
    except Exception as fault:
        raise InputError(f"{origin}: the Arrow stream broke off: {fault}") from fault


def _names(frame: _Frame) -> list[str]:
    return frame.collect_schema().names() if isinstance(frame, nw.LazyFrame) else frame.columns


def _stream_of_pandas(frame: Any) -> Any:
    import pyarrow as pa

    # Not by way of the frame itself, which would hand over its index too.
    return pa.Table.from_pandas(frame, preserve_index=False).__arrow_c_stream__()


def _related(relation: Any, made: Any) -> Any:
    # DuckDB finds the rows by the name of this variable. The relation of the caller leads to the caller's connection,
    # so that the result can be joined with what else is there.
    tocsin_result_rows = made
    result = relation.query("tocsin_input", "SELECT * FROM tocsin_result_rows")
    del tocsin_result_rows
    return result


def _record_batch(made: Any) -> Any:
    import pyarrow as pa

    whole = made.combine_chunks()
    arrays = [column.chunk(0) if column.num_chunks else pa.array([], column.type) for column in whole.columns]
    return pa.RecordBatch.from_arrays(arrays, schema=whole.schema)


def _column(series: nw.Series[Any]) -> Any:
    dtype = series.dtype
    if isinstance(dtype, nw.Datetime):
        zoned = series.dt.convert_time_zone("UTC").dt.replace_time_zone(None) if dtype.time_zone else series
        return zoned.to_numpy()
    if dtype.is_numeric() and not dtype.is_decimal() and series.null_count() == 0:
        return series.to_numpy()
    return series.to_list()
