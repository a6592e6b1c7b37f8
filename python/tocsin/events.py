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

    __slots__ = ("_backend", "_core")

    def __init__(self, core: _core.EventTable, backend: Any = None) -> None:
        self._core = core
        self._backend = backend
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
        pairs: Iterable[PairName],
        codebook: str | Codebook = "cameo-1.1b3",
        duplicates: Literal["one_a_day", "raw"] = "one_a_day",
        calendar: tuple[Any, Any] | None = None,
    ) -> CountPanel:
        """Count events into a panel, by code and role.

        Parameters
        ----------
        pairs : list of str or tuple
            The pairs to count for. Actors whose code begins with a country's three letters are rolled up to it.
        codebook : str or Codebook
            Which signal a code stands for, given who did it: one of `Codebook.shipped_names`, or a table of your own.
            Where its events have no direction ("acled", "ucdp-ged") the panel has none either.
        duplicates : {"one_a_day", "raw"}
            One event per (source, target, code, day), or every row.
        calendar : (first, last), optional
            By default from the first to the last event.

        Returns
        -------
        CountPanel
            With the extra columns that codes know: rungs, Goldstein sums, refusals, mediators.
        """
        if duplicates not in ("one_a_day", "raw"):
            raise InputError(f'duplicates is {duplicates!r}, expected "one_a_day" or "raw"')
        if isinstance(pairs, str):
            raise InputError(f'pairs is the text {pairs!r}; expected a list, as in pairs=["{pairs}"]')
        table = Codebook.shipped(codebook) if isinstance(codebook, str) else codebook
        names = [find_pair(pair, ()) for pair in pairs]
        panel, _ = self._core.count(names, table._core, duplicates == "one_a_day", calendar_days(calendar))
        return CountPanel(panel, self._backend)

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
