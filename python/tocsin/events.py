"""Who did what to whom, when: events, and how they are counted."""

from __future__ import annotations

import copy
import os
import sys
import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeVar

import numpy as np

from tocsin import _core, frames, tidy_text
from tocsin.codebook import Codebook
from tocsin.errors import InputError, InputWarning
from tocsin.event_views import EventViews
from tocsin.panel import CountPanel, PairName, calendar_days, find_pair, read_text
from tocsin.progress import ProgressOption, shown

__all__ = ["Events", "read_events"]

_COLUMNS = ("date", "source", "target", "code")
# Of a frame that has more than these, a file is made: it then reads like one.
_OPTIONAL_COLUMNS = ("id", "date_added", "is_root", "events", "mentions", "sources", "articles")
# Their events are sifted by people: two clashes on one day are two.
_HAND_CODED = ("acled", "ucdp-ged")

# Files by name, or the bytes of one with what to call it in messages.
_Inputs = list[str] | tuple[bytes, str]


class Events(EventViews):
    """Events that were read: who did what to whom, when. Made by `read_events`."""

    __slots__ = ("_backend", "_core", "_count_report", "_inputs", "_options", "_read_report")

    def __init__(self, core: _core.EventTable, report: Mapping[str, Any], backend: Any = None) -> None:
        self._core = core
        self._backend = backend
        self._read_report = dict(report)
        self._count_report: dict[str, Any] | None = None
        self._inputs: _Inputs | None = None
        self._options: _core.ReadOptions | None = None
        for message in core.warnings:
            warnings.warn(message, InputWarning, stacklevel=3)

    @property
    def source(self) -> str:
        """The kind of files, as in "gdelt2"; "tidy" for a table of your own."""
        return self._core.source

    @property
    def codebook(self) -> str:
        """The codebook that fits the codes of the source, and that `count` takes if it is not told another."""
        return self._core.codebook

    def frame(self, *, columns: Sequence[str] = _COLUMNS, progress: ProgressOption = None) -> Any:
        """One row per event that was kept, in the order of the files, as a frame of the type that came in.

        Parameters
        ----------
        columns : sequence of str
            Some of ``date source target code id date_added is_root events mentions sources articles quad_class
            intensity tone latitude longitude country url source_code target_code last_day file``. Files are read again
            for it, and only these columns are held in memory; what a source does not have is missing.
        progress : callable, bool or None
            By default a bar in terminals and notebooks, once the call has taken a second; False: none; True: at once.
            A function is called now and then with (done, all).

        Examples
        --------
        >>> import tocsin
        >>> events = tocsin.load_example_events("kashmir-2025")
        >>> print(events.frame(columns=["date", "code"]).head(2))
                date code
        0 2025-04-16  130
        1 2025-04-16  120
        """
        if isinstance(columns, str):
            raise InputError(f'columns is the text {columns!r}; expected a list, as in columns=["{columns}"]')
        chosen = list(columns)
        if self._inputs is None or self._options is None:
            return self._given_frame(chosen)
        with shown(progress, "reading") as show:
            raw = _core.read_event_columns(self._inputs, chosen, self._options, show)
        return frames.frame_of({name: _values(name, values) for name, values in raw.items()}, self._backend)

    def count(
        self,
        *,
        pairs: Iterable[PairName] | Literal["all", "states"],
        codebook: str | Codebook | None = None,
        duplicates: Literal["one_a_day", "raw"] | None = None,
        mediation: Literal["allotted", "all", "paired_only"] = "allotted",
        calendar: tuple[Any, Any] | None = None,
        events: Literal["all", "root"] = "all",
        weight: Literal["events", "mentions", "sources", "articles"] = "events",
        date: Literal["event", "added"] = "event",
        as_of: Any = None,
        empty_days: Literal["by_source", "quiet", "not_collected"] = "by_source",
        min_events: int = 1,
        progress: ProgressOption = None,
    ) -> CountPanel:
        """Count events into a panel, by code and role.

        Parameters
        ----------
        pairs : list of str or tuple, "all" or "states"
            The pairs to count for: a list, every two actors with an event between them, or every two countries. Actors
            whose code begins with a country's three letters are rolled up to it.
        codebook : str or Codebook, optional
            Which signal a code stands for, given who did it: one of `Codebook.shipped_names`, or a table of your own;
            by default the one that fits the source. Where its events have no direction ("acled", "ucdp-ged") the panel
            has none either.
        duplicates : {"one_a_day", "raw"}, optional
            One event per (source, target, code, day), or every row. By default one a day where machines code the
            events, and every row where people do ("acled", "ucdp-ged").
        mediation : {"allotted", "all", "paired_only"}
            To which pairs of a party a mediator's act counts: in full to a pair of which the mediator has addressed
            both sides within 3 days; to the party's other pairs by their share of its hostile events of the last 30
            days, in full, or not at all.
        calendar : (first, last), optional
            By default the days of which the source has files, as far as that is known, else from the first to the last
            event.
        events : {"all", "root"}
            "root" counts only what an article is about, not what it recalls (GDELT's ``IsRootEvent``).
        weight : {"events", "mentions", "sources", "articles"}
            What a row is worth, with ``duplicates="raw"``.
        date : {"event", "added"}
            Whether an event stands on its day, or on the day on which the source added it.
        as_of : date, optional
            The panel as it was known at the end of this day: what was added or corrected later is unknown. The honest
            input of a back-test.
        empty_days : {"by_source", "quiet", "not_collected"}
            What a day is on which the source reports nothing about anybody: not collected for daily feeds, else quiet.
        min_events : int
            With ``pairs="all"`` or ``"states"``: only pairs with so many events between the two, before duplicates are
            removed.
        progress : callable, bool or None
            As in `read_events`.

        Returns
        -------
        CountPanel
            With the extra columns that codes know: rungs, Goldstein sums, refusals, mediators. What became of the
            events is in `report`.

        Examples
        --------
        >>> import tocsin
        >>> events = tocsin.load_example_events("kashmir-2025")
        >>> events.count(pairs="states").pairs[:3]
        [('CHN', 'PAK'), ('IND', 'KWT'), ('IND', 'PAK')]
        >>> events.report["count"]["domestic"]
        2
        """
        chosen: list[tuple[str, str]] | _core.PairChoice
        if isinstance(pairs, str):
            if pairs not in ("all", "states"):
                raise InputError(
                    f'pairs is the text {pairs!r}; expected a list, as in pairs=["{pairs}"], or "all" or "states"'
                )
            chosen = _choice(_core.PairChoice, pairs, "pairs")
        else:
            chosen = [find_pair(pair, ()) for pair in pairs]
        book = codebook if isinstance(codebook, Codebook) else Codebook.shipped(codebook or self.codebook)
        options = _core.CountOptions(
            duplicates=_choice(
                _core.Duplicates, duplicates or ("raw" if book.name in _HAND_CODED else "one_a_day"), "duplicates"
            ),
            calendar=calendar_days(calendar),
            mediation=_choice(_core.MediationRule, mediation, "mediation"),
            events=_choice(_core.EventChoice, events, "events"),
            weight=_choice(_core.Weight, weight, "weight"),
            date=_choice(_core.DateChoice, date, "date"),
            as_of=None if as_of is None else _day(as_of, "as_of"),
            empty_days=_choice(_core.EmptyDays, empty_days, "empty_days"),
            min_events=min_events,
        )
        with shown(progress, "counting") as show:
            panel, self._count_report = self._core.count(chosen, book._core, options, show)
        return CountPanel(panel, self._backend)

    @property
    def report(self) -> dict[str, Any]:
        """What became of the rows, and what the last `count` made of the events.

        Each row is in one place: ``kept``, ``one_sided`` (names only one of the two sides, or none), ``imprecise``
        (lasts longer than 31 days), ``duplicates`` (another row of the same event stands for it), ``superseded`` (a
        later version has taken its place) or ``rejected`` (by reason, with the first examples); they sum to ``rows``.
        Beside these ``files``, ``share_of_both_sides``, and what neither the crosswalk nor the source's codebook holds:
        ``unmapped_actors`` and ``unmapped_codes``, with the events that have them.

        Under ``count``, each event is in one place, the first that fits: ``superseded``, ``unknown_then`` (added after
        ``as_of``), ``not_root``, ``on_uncollected_days``, ``outside_calendar``, ``duplicates``, ``domestic`` (within
        one actor), ``unmapped_codes`` (by code), ``counted`` and ``unrelated``; they sum to ``events``. Beside them
        ``unallotted``: acts of mediation, with a party asked for, that no pair gets a part of.
        """
        report = copy.deepcopy(self._read_report)
        if self._count_report is not None:
            report["count"] = copy.deepcopy(self._count_report)
        return report

    def _given_frame(self, columns: Sequence[str]) -> Any:
        known = [*_COLUMNS]
        unknown = [name for name in columns if name not in known]
        if unknown:
            raise InputError(f'column "{unknown[0]}" is not in the table; expected some of {", ".join(known)}')
        raw = self._core.columns()
        chosen = {name: np.array(raw[name], dtype=object) for name in columns}
        if "date" in chosen:
            chosen["date"] = np.array(raw["date"], dtype="datetime64[D]")
        return frames.frame_of(chosen, self._backend)

    def __len__(self) -> int:
        kept: int = self._read_report["kept"]
        return kept

    def __repr__(self) -> str:
        return f"Events: {len(self):,} of kind {self.source!r}"


def read_events(
    data: Any,
    *,
    source: str | None = None,
    columns: Mapping[str, str] | None = None,
    actors: Literal["source", "code", "iso3"] = "source",
    actor_system: str | None = None,
    max_rejected_share: float = 0.05,
    threads: int | None = None,
    progress: ProgressOption = None,
) -> Events:
    """Read event files: GDELT 1.0, 2.0 and reduced, ICEWS, POLECAT, Phoenix, ACLED, UCDP GED, KEDS, or a tidy table.

    Files may be plain, gzipped or zipped; what they are is seen from their content. Rows that cannot be read are
    counted by reason, in `Events.report`. Several rows of one event (by its id; for ICEWS by id and date) are one: the
    version that was added last.

    Parameters
    ----------
    data : path, folder, pattern, list of these, "-", open file, frame, list of dicts, or dict of arrays
        A pattern is as in "2025*.zip", and "-" is standard input. A tidy table has the columns ``date``, ``source``,
        ``target`` and ``code``, and may have ``id``, ``date_added``, ``is_root``, ``events``, ``mentions``, ``sources``
        and ``articles``. Codes are texts: "010" is not 10.
    source : str, optional
        The kind of all files, as in "gdelt2", where it should not be guessed.
    columns : dict, optional
        Columns of a tidy table that have other names: ``{"source": "actor1", "target": "actor2"}``.
    actors : {"source", "code", "iso3"}
        Countries as the source writes them (where it knows none, its actors); whole actor codes or names, so that
        organisations and groups are actors too; or states by ISO 3166-1 alpha-3, as of the day of the event.
    actor_system : str, optional
        What actors are codes of, as in "cow_letters" (see `tocsin.crosswalk`); by default what the source uses.
    max_rejected_share : float
        An error above this share of rejected rows.
    threads : int, optional
        By default one per core; the result does not depend on it.
    progress : callable, bool or None
        By default a bar in terminals and notebooks, once the call has taken a second; False: none; True: at once. A
        function is called now and then with (done, all).

    Raises
    ------
    InputError
        For a file that is missing, empty, or not of a known kind; for too many rejected rows, with the first examples.
    ParseError
        For a broken archive; for a broken row of a frame.

    Examples
    --------
    >>> import tocsin
    >>> rows = [{"date": "2025-05-07", "source": "IND", "target": "PAK", "code": "195"}]
    >>> tocsin.read_events(rows).count(pairs=["IND-PAK"]).frame()["military"].sum().item()
    1.0
    """
    if threads is not None and threads < 0:
        raise InputError(f"threads is {threads}, expected a number >= 1, or None for one per core")
    options = _core.ReadOptions(
        source=source or "",
        columns=list((columns or {}).items()),
        actors=_choice(_core.ActorForm, actors, "actors"),
        actor_system=actor_system or "",
        max_rejected_share=max_rejected_share,
        threads=threads or 0,
    )
    inputs, backend = _inputs_of(data)
    if inputs is None:
        table = frames.table_of(data, "table")
        backend = table.kind
        is_plain = source is None and columns is None and actors == "source"
        if is_plain and not any(name in table.names for name in _OPTIONAL_COLUMNS):
            return _read_table(table, actor_system)
        given = table.columns()
        tidy_text.refuse_numbers(given, columns or {})
        inputs = (tidy_text.csv_of(given), "table")
    with shown(progress, "reading") as show:
        core, report = _core.read_events(inputs, options, show)
    events = Events(core, report, backend)
    events._inputs = inputs
    events._options = options
    return events


def _inputs_of(data: Any) -> tuple[_Inputs | None, Any]:
    if isinstance(data, str) and data == "-":
        return (sys.stdin.buffer.read(), "standard input"), None
    if isinstance(data, str | os.PathLike):
        return [os.fspath(data)], None
    if hasattr(data, "read"):
        return read_text(data), None
    if isinstance(data, Sequence) and len(data) == 0:
        raise InputError("there is no file or row to read; name at least one")
    if isinstance(data, Sequence) and all(isinstance(each, str | os.PathLike) for each in data):
        names = [os.fspath(each) for each in data]
        if names == ["-"]:
            return _inputs_of("-")
        if "-" in names:
            raise InputError(
                f'"-" is standard input, which is read alone; found {len(names)} names. For a file of this name say ./-'
            )
        return names, None
    return None, None


def _read_table(table: frames.GivenTable, actor_system: str | None) -> Events:
    if any(name not in table.names for name in _COLUMNS):
        found = ", ".join(f'"{name}"' for name in table.names) or "no column"
        raise InputError(
            f'table: expected columns "date", "source", "target" and "code"; found {found}{table.hint(_COLUMNS)}'
        )
    stream = table.stream(_COLUMNS)
    core = (
        _event_table(table.columns(_COLUMNS))
        if stream is None
        else _core.event_table_from_arrow(stream, origin="table")
    )
    core.actor_system = actor_system or ""
    return Events(core, _core.given_report(len(core)), table.kind)


def _event_table(columns: frames.Columns) -> _core.EventTable:
    actors, (sources, targets) = frames.actor_ids(columns, ("source", "target"), "table")
    codes, code_ids = frames.code_ids(columns["code"], "code", "table")
    return _core.EventTable(
        origin="table",
        dates=frames.day_numbers(columns["date"], "table"),
        actors=actors,
        sources=sources,
        targets=targets,
        code_names=codes,
        codes=code_ids,
    )


def _values(name: str, values: Any) -> Any:
    if isinstance(values, tuple):
        names, numbers = values
        return (
            np.array([text or None for text in names], dtype=object)[numbers] if names else np.array([], dtype=object)
        )
    if name not in ("date", "date_added", "last_day"):
        return values
    days = values.astype("datetime64[D]")
    days[values == np.iinfo(np.int32).max] = np.datetime64("NaT")
    return days


def _day(value: Any, name: str) -> int:
    day = frames.day_number(value)
    if day is None:
        raise InputError(f"{name} is {value!r}, expected a date or a text as YYYY-MM-DD")
    return day


_Enum = TypeVar("_Enum")


def _choice(kind: type[_Enum], value: str, name: str) -> _Enum:
    members: dict[str, _Enum] = kind.__members__  # type: ignore[attr-defined]
    if value not in members:
        *others, last = (f'"{member}"' for member in members)
        raise InputError(f"{name} is {value!r}, expected {', '.join(others)} or {last}")
    return members[value]
