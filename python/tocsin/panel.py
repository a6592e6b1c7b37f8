"""Counts per pair, day, direction and signal."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from tocsin import _core, frames
from tocsin.errors import InputError, InputWarning

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.config import Config
    from tocsin.progress import ProgressOption
    from tocsin.scores import Scores

__all__ = ["CountPanel", "PairName", "read_text"]

PairName = str | tuple[str, str]
_SIGNALS = _core.column_names[:5]
_EXPOSURE = _core.column_names.index("exposure")


class CountPanel:
    """Daily counts per pair, direction and signal, with the days on which the source was collected. Immutable.

    Make one with `CountPanel.read`, `Events.count` or `load_example`.
    """

    __slots__ = ("_backend", "_core")

    def __init__(self, core: _core.CountPanel, backend: Any = None) -> None:
        self._core = core
        self._backend = backend
        for message in core.warnings:
            warnings.warn(message, InputWarning, stacklevel=3)

    @classmethod
    def _quiet(cls, core: _core.CountPanel, backend: Any) -> CountPanel:
        """A panel whose warnings the caller has seen before."""
        panel = cls.__new__(cls)
        panel._core = core
        panel._backend = backend
        return panel

    @classmethod
    def read(cls, data: Any, *, calendar: tuple[Any, Any] | None = None, weekly: bool = False) -> CountPanel:
        """Read daily counts from a file, a frame, a list of dicts or a dict of arrays.

        Columns: ``date``, then ``source`` and ``target`` (or ``pair``, or ``actor_1`` and ``actor_2``, for counts
        without a direction), then any of the five signals, optionally ``exposure`` and the extra columns. Rows may come
        in any order. A signal that is not given was not collected, which is not the same as zero; so is an empty cell.

        Parameters
        ----------
        data : path, open file, frame, list of dicts, or dict of arrays
            Files are CSV or TSV, plain or gzipped.
        calendar : (first, last), optional
            Both ends included; by default from the first to the last date.
        weekly : bool
            Each row of a table is a week: the ISO week that its date lies in. Dates that are written as ISO weeks, as
            in "2025-W18", say so themselves. A week stands on its Sunday, with an exposure of 7 days.

        Raises
        ------
        ParseError
            Where a row cannot be used; names the line and the column.
        InputError
            If columns are missing, or there is no row.
        """
        ends = calendar_days(calendar)
        if isinstance(data, CountPanel):
            return data if ends is None else cls.read(data.frame(), calendar=calendar)
        is_file = isinstance(data, str | os.PathLike) or hasattr(data, "read")
        if weekly and is_file:
            raise InputError('weekly=True is for tables; in a file write the weeks as dates, as in "2025-W18"')
        if isinstance(data, str | os.PathLike):
            return cls(_core.CountPanel.read(os.fspath(data), ends))
        if is_file:
            text, origin = read_text(data)
            return cls(_core.CountPanel.parse(text, origin, ends))
        table = frames.table_of(data, "table")
        core = count_table(table, "table", weekly=weekly, calendar=ends)
        return cls(_core.CountPanel.from_table(core, ends), table.kind)

    def frame(self) -> Any:
        """Every day on which something happened or was not collected, as a frame of the type that came in.

        Columns ``date source target`` (or ``date pair``), the five signals, the extra columns and ``exposure``; an
        empty cell was not collected. ``score(panel.frame())`` gives the scores of ``score(panel)``.
        """
        raw = self._core.columns()
        actors = np.array(raw["actors"], dtype=object)
        source, target = actors[raw["source"]], actors[raw["target"]]
        columns: dict[str, NDArray[Any]] = {"date": raw["date"].astype("datetime64[D]")}
        if self.is_directed:
            columns |= {"source": source, "target": target}
        else:
            columns["pair"] = np.array([f"{a}-{b}" for a, b in zip(source, target, strict=True)], dtype=object)
        columns |= {name: raw[name] for name in _core.column_names if name in raw}
        return frames.frame_of(columns, self._backend)

    def score(
        self,
        *,
        config: Config | None = None,
        threads: int | None = None,
        intervals: str = "latest",
        progress: ProgressOption = None,
    ) -> Scores:
        """Score every pair on every day; see `tocsin.score`."""
        from tocsin.scores import score

        return score(self, config=config, threads=threads, intervals=intervals, progress=progress)

    def select(self, pairs: Iterable[PairName]) -> CountPanel:
        """The same panel with these pairs only, on the same calendar."""
        return CountPanel(self._core.select([find_pair(pair, self._core.pairs) for pair in pairs]), self._backend)

    def until(self, date: Any) -> CountPanel:
        """The same panel up to and including a day: what was known then."""
        return CountPanel(self._core.until(required_day(date)), self._backend)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The pairs, each in alphabetical order."""
        return self._core.pairs

    @property
    def calendar(self) -> tuple[np.datetime64, np.datetime64]:
        """First and last day."""
        first, last = self._core.calendar
        return np.datetime64(first, "D"), np.datetime64(last, "D")

    @property
    def signals(self) -> list[str]:
        """The signals that were collected."""
        return self._core.signals

    @property
    def exposure(self) -> NDArray[np.float64]:
        """How much was collected on each day of the calendar; 0: nothing."""
        return self._core.exposure

    @property
    def is_directed(self) -> bool:
        """False where counts came by pair, without a direction."""
        return self._core.is_directed

    @property
    def provenance(self) -> dict[str, str]:
        """Codebook and counting rules; empty texts where the counts were given as such."""
        return self._core.provenance

    def __repr__(self) -> str:
        first, last = self.calendar
        pairs = "1 pair" if len(self.pairs) == 1 else f"{len(self.pairs):,} pairs"
        missing = int((self.exposure == 0).sum())
        gaps = f", {missing} of them not collected" if missing else ""
        days = f"{len(self.exposure):,} days{gaps}"
        return f"CountPanel: {pairs}, {first} to {last} ({days}), signals {' '.join(self.signals)}"


def count_table(
    table: frames.GivenTable,
    origin: str,
    day: int | None = None,
    *,
    weekly: bool = False,
    calendar: tuple[int, int] | None = None,
) -> _core.CountTable:
    """A table as the core's. `day` stands in for a `date` column that is not there (days since 1970-01-01)."""
    names = _known_columns(table, origin, has_day=day is not None)
    stream = table.stream(names)
    if stream is not None:
        return _core.count_table_from_arrow(stream, origin=origin, day=day, is_weekly=weekly, calendar=calendar)
    columns = table.columns(names)
    ends = _split_pairs(columns["pair"], origin) if "pair" in columns else columns
    actors, (sources, targets) = frames.actor_ids(
        ends, ("actor_1", "actor_2") if "actor_1" in columns else ("source", "target"), origin
    )
    weeks = frames.week_numbers(columns["date"], origin) if "date" in columns else None
    if weeks is not None:
        dates = weeks
    elif "date" in columns:
        dates = frames.day_numbers(columns["date"], origin)
    else:
        dates = np.full(len(sources), day, dtype=np.int32)
    core = _core.CountTable(
        origin=origin,
        dates=dates,
        actors=actors,
        sources=sources,
        targets=targets,
        columns={name: frames.numbers(columns[name], name, origin) for name in _core.column_names if name in columns},
        is_directed="source" in columns,
    )
    return core.in_weeks(calendar) if weekly or weeks is not None else core


def _known_columns(table: frames.GivenTable, origin: str, *, has_day: bool) -> list[str]:
    """The columns that count. Raises InputError where some are missing or exclude each other; warns of unknown ones."""
    names = set(table.names)
    has_direction = {"source", "target"} <= names
    has_actors = {"actor_1", "actor_2"} <= names
    if not has_direction and not has_actors and "pair" not in names:
        _fail_missing('"source" and "target", or "pair"', ("source", "target", "pair"), table, origin)
    if has_direction + has_actors + ("pair" in names) > 1:
        raise InputError(f'{origin}: expected either "source" and "target" or "pair", not both')
    if "date" not in names and not has_day:
        _fail_missing('"date"', ("date",), table, origin)
    if not names & set(_SIGNALS[:3]):
        _fail_missing('at least one of "rhetoric", "military", "punitive"', _SIGNALS[:3], table, origin)
    ends = ("source", "target") if has_direction else ("actor_1", "actor_2") if has_actors else ("pair",)
    known = ["date", *ends, *_core.column_names]
    unknown = [f'"{name}"' for name in table.names if name not in (*known, "source", "target", "actor_1", "actor_2")]
    if unknown:
        warnings.warn(
            f"{origin}: ignored {'column' if len(unknown) == 1 else 'columns'} {', '.join(unknown)}; "
            f"known value columns are {', '.join(_core.column_names)}",
            InputWarning,
            stacklevel=5,
        )
    return [name for name in table.names if name in known]


def find_pair(pair: PairName, known: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Two actors from "IND-PAK", "PAK-IND" or a tuple; a text is first looked for among the known pairs."""
    if not isinstance(pair, str):
        return _two_actors(pair)
    found = [(a, b) for a, b in known if pair in (f"{a}-{b}", f"{b}-{a}")]
    if len(found) > 1:
        raise InputError(f'"{pair}" can be read as {" or as ".join(map(str, found))}; give the two actors as a tuple')
    return found[0] if found else _core.parse_pair(pair)


def _two_actors(pair: Any) -> tuple[str, str]:
    if isinstance(pair, Sequence) and len(pair) == 2 and all(isinstance(actor, str) for actor in pair):
        return (pair[0], pair[1])
    raise InputError(f'{pair!r} is not a pair; expected a text as "IND-PAK", or a tuple of two actors')


def required_day(date: Any) -> int:
    """Days since 1970-01-01 of an argument. Raises InputError where it is not a date."""
    day = frames.day_number(date)
    if day is None:
        raise InputError(f"{date!r} is not a day; expected a date or a text as YYYY-MM-DD")
    return day


def calendar_days(calendar: Any) -> tuple[int, int] | None:
    """Both ends as days since 1970-01-01."""
    if calendar is None:
        return None
    if isinstance(calendar, str) or len(calendar) != 2:
        raise InputError(f"calendar is {calendar!r}; expected its first and its last day")
    first, last = calendar
    return required_day(first), required_day(last)


def read_text(stream: IO[Any]) -> tuple[bytes, str]:
    """The bytes of an open file, and what to call it in messages."""
    content = stream.read()
    origin = str(getattr(stream, "name", "stream"))
    return (content.encode("utf-8") if isinstance(content, str) else content), origin


def _split_pairs(pairs: frames.Column, origin: str) -> dict[str, list[str]]:
    ends: dict[str, list[str]] = {"source": [], "target": []}
    for row, pair in enumerate(pairs):
        try:
            first, second = find_pair(pair, ())
        except (TypeError, ValueError) as fault:
            raise InputError(f'{origin}:{row + 1}: column "pair" holds {pair!r}: {fault}') from None
        ends["source"].append(first)
        ends["target"].append(second)
    return ends


def _fail_missing(expected: str, names: Iterable[str], table: frames.GivenTable, origin: str) -> None:
    found = ", ".join(f'"{name}"' for name in table.names) or "no column"
    raise InputError(
        f"{origin}: expected {'columns' if ' and ' in expected else 'a column'} {expected}; found {found}"
        f"{table.hint(names)}"
    )
