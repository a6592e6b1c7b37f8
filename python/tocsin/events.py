"""Who did what to whom, when: events, and how they are counted."""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING, Any, Literal

from tocsin import _core, frames
from tocsin.errors import InputError, InputWarning
from tocsin.panel import CountPanel, PairName, calendar_days, find_pair, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Codebook", "Events", "read_events"]

_COLUMNS = ("date", "source", "target", "code")
_DUPLICATES = {"one_a_day": _core.Duplicates.one_a_day, "raw": _core.Duplicates.raw}
_MEDIATION = {
    "allotted": _core.MediationRule.allotted,
    "all": _core.MediationRule.all,
    "paired_only": _core.MediationRule.paired_only,
}
_CHOICES = {"all": _core.PairChoice.all, "states": _core.PairChoice.states}


class Codebook:
    """From event code and role to signal, rung and weight.

    Examples
    --------
    >>> Codebook.shipped("cameo-1.1b3").version
    '1'
    """

    __slots__ = ("_core",)

    def __init__(self, core: _core.Codebook) -> None:
        self._core = core

    @classmethod
    def shipped(cls, name: str) -> Codebook:
        """A codebook of the package, by name. Raises CodebookError that lists them."""
        return cls(_core.Codebook.shipped(name))

    @classmethod
    def from_json(cls, text: str) -> Codebook:
        """A table of your own, in the format of the shipped ones."""
        return cls(_core.Codebook.from_json(text))

    @staticmethod
    def shipped_names() -> list[str]:
        """The names of the package's codebooks."""
        return _core.Codebook.shipped_names()

    @property
    def name(self) -> str:
        """As in ``cameo-1.1b3``."""
        return self._core.name

    @property
    def version(self) -> str:
        """Version of the table."""
        return self._core.version

    @property
    def hash(self) -> str:
        """Of the content: the same table has the same hash."""
        return self._core.hash

    def __repr__(self) -> str:
        return f"Codebook({self.name!r}, version {self.version}, hash {self.hash})"


class Events:
    """Events as a tidy table. Made by `read_events`."""

    __slots__ = ("_backend", "_core", "_report")

    def __init__(self, core: _core.EventTable, backend: Any = None) -> None:
        self._core = core
        self._backend = backend
        self._report: dict[str, Any] = {"events": len(core)}
        for message in core.warnings:
            warnings.warn(message, InputWarning, stacklevel=3)

    def frame(self) -> Any:
        """One row per event: ``date source target code``, as a frame of the type that came in."""
        import numpy as np

        raw = self._core.columns()
        columns = {name: np.array(raw[name], dtype=object) for name in _COLUMNS}
        columns["date"] = np.array(raw["date"], dtype="datetime64[D]")
        return frames.frame_of(columns, self._backend)

    def count(
        self,
        *,
        pairs: Iterable[PairName] | Literal["all", "states"],
        codebook: str | Codebook = "cameo-1.1b3",
        duplicates: Literal["one_a_day", "raw"] = "one_a_day",
        mediation: Literal["allotted", "all", "paired_only"] = "allotted",
        calendar: tuple[Any, Any] | None = None,
    ) -> CountPanel:
        """Count events into a panel, by code and role.

        Parameters
        ----------
        pairs : list of str or tuple, "all" or "states"
            The pairs to count for: a list, every two actors with an event between them, or every two countries. Actors
            whose code begins with a country's three letters are rolled up to it.
        codebook : str or Codebook
            Which signal a code stands for, given who did it: one of `Codebook.shipped_names`, or a table of your own.
            Where its events have no direction ("acled", "ucdp-ged") the panel has none either.
        duplicates : {"one_a_day", "raw"}
            One event per (source, target, code, day), or every row.
        mediation : {"allotted", "all", "paired_only"}
            To which pairs of a party a mediator's act counts: in full to a pair of which the mediator has addressed
            both sides within 3 days; to the party's other pairs by their share of its hostile events of the last 30
            days, in full, or not at all.
        calendar : (first, last), optional
            By default from the first to the last event.

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
        >>> events.report["domestic"]
        2
        """
        if duplicates not in _DUPLICATES:
            raise InputError(f'duplicates is {duplicates!r}, expected "one_a_day" or "raw"')
        if mediation not in _MEDIATION:
            raise InputError(f'mediation is {mediation!r}, expected "allotted", "all" or "paired_only"')
        chosen: list[tuple[str, str]] | _core.PairChoice
        if isinstance(pairs, str):
            if pairs not in _CHOICES:
                raise InputError(
                    f'pairs is the text {pairs!r}; expected a list, as in pairs=["{pairs}"], or "all" or "states"'
                )
            chosen = _CHOICES[pairs]
        else:
            chosen = [find_pair(pair, ()) for pair in pairs]
        panel, self._report = self._core.count(
            chosen,
            (Codebook.shipped(codebook) if isinstance(codebook, str) else codebook)._core,
            _DUPLICATES[duplicates],
            _MEDIATION[mediation],
            calendar_days(calendar),
        )
        return CountPanel(panel, self._backend)

    @property
    def report(self) -> dict[str, Any]:
        """What the last `count` made of the events; before it, only their number.

        Each event is in one place, the first that fits: ``outside_calendar``, ``duplicates``, ``domestic`` (within one
        actor), ``unmapped_codes`` (by code), ``counted`` and ``unrelated``; they sum to ``events``. Beside them
        ``unallotted``: acts of mediation, with a party asked for, that no pair gets a part of.
        """
        report = dict(self._report)
        if "unmapped_codes" in report:
            report["unmapped_codes"] = dict(report["unmapped_codes"])
        return report

    def __len__(self) -> int:
        return len(self._core)

    def __repr__(self) -> str:
        return f"Events: {len(self):,} rows of {' '.join(_COLUMNS)}"


def read_events(data: Any) -> Events:
    """Read a tidy event table: ``date``, ``source``, ``target`` and ``code``; other columns are passed over.

    Parameters
    ----------
    data : path, open file, frame, list of dicts, or dict of arrays
        Codes are texts: "010" is not 10.

    Raises
    ------
    ParseError, InputError
        Where a row cannot be read, or a column is missing.
    """
    if isinstance(data, str | os.PathLike):
        return Events(_core.EventTable.read(os.fspath(data)))
    if hasattr(data, "read"):
        return Events(_core.EventTable.parse(*read_text(data)))
    columns, backend = frames.columns_of(data, "table")
    missing = [name for name in _COLUMNS if name not in columns]
    if missing:
        found = ", ".join(f'"{name}"' for name in columns) or "no column"
        raise InputError(f'table: expected columns "date", "source", "target" and "code"; found {found}')
    actors, (sources, targets) = frames.actor_ids(columns, ("source", "target"), "table")
    core = _core.EventTable(
        origin="table",
        dates=frames.day_numbers(columns["date"], "table"),
        actors=actors,
        sources=sources,
        targets=targets,
        codes=frames.texts(columns["code"], "code", "table"),
    )
    return Events(core, backend)
