"""The same computation, one day at a time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tocsin import _core, files, frames
from tocsin.config import Config
from tocsin.errors import InputError, StateError
from tocsin.panel import PairName, count_table, find_pair, required_day
from tocsin.progress import ProgressOption, shown

if TYPE_CHECKING:
    import os

__all__ = ["Monitor"]


class Monitor:
    """Scores a feed as it comes in; a saved and restarted monitor continues bit for bit.

    A pair that appears for the first time is scored as if it had been there, silent, since the first day. A day that is
    passed over counts as not collected; push a quiet day with its columns and no rows.

    Examples
    --------
    >>> monitor = Monitor()
    >>> rows = [{"source": "IND", "target": "PAK", "rhetoric": 2, "military": 0, "mediation": 0}]
    >>> monitor.push("2025-05-01", rows)["status"].tolist()
    ['warming_up']
    """

    __slots__ = ("_backend", "_config", "_core")

    def __init__(self, config: Config | None = None) -> None:
        self._config = config or Config()
        self._core: _core.Monitor | None = None
        self._backend: Any = None

    def push(
        self,
        date: Any,
        rows: Any,
        *,
        exposure: float = 1,
        replay_from: Any = None,
        intervals: bool = True,
        progress: ProgressOption = None,
    ) -> Any:
        """Take the counts of one day and return its row of every pair, as `Scores.frame` has them.

        Parameters
        ----------
        date : date or str
            Must be after the last day, unless `replay_from` is given.
        rows : frame, list of dicts, or dict of arrays
            Columns as in `CountPanel.read`; ``date`` may be left out. The columns of the first push say what the source
            collects.
        exposure : float
            Days of collection; 0: nothing was collected. A column ``exposure`` overrules it.
        replay_from : date or str, optional
            Goes back to the evening before that day first, at most `settle_days` days.
        intervals : bool
            False leaves out intervals and the null of the reproduction number, which take most of the time.
        progress : callable, bool or None
            As in `tocsin.score`.

        Raises
        ------
        StateError
            For a day that is not after the last one, or too far back. The monitor stays as it was.
        """
        day = required_day(date)
        if self._core is None and not _has_columns(rows):
            raise InputError(
                "the first push must show which columns the source has; push a row, or a frame without rows"
            )
        is_shown = _has_columns(rows)
        given = frames.table_of(rows if is_shown else self._quiet_day(), "rows")
        table = count_table(given, "rows", day)
        core = self._core or _core.Monitor(
            config=self._config._core, columns=given.names, is_directed="pair" not in given.names
        )
        back_to = None if replay_from is None else required_day(replay_from)
        with shown(progress, "scoring") as show:
            raw = core.push(day, table, float(exposure), back_to, intervals, show)
        # Kept only now: a push that failed leaves the monitor as it was.
        self._core = core
        self._backend = given.kind if is_shown else self._backend
        size = len(raw["pairs"])
        return frames.frame_of(
            {
                "date": np.full(size, np.datetime64(day, "D")),
                "pair": np.array([f"{a}-{b}" for a, b in raw["pairs"]], dtype=object),
                "status": np.array(raw["status"], dtype=object),
                **{name: raw[name] for name in _core.score_columns},
            },
            self._backend,
        )

    @property
    def pairs(self) -> list[str]:
        """The pairs that have appeared so far."""
        return [] if self._core is None else [f"{a}-{b}" for a, b in self._core.pairs]

    @property
    def last_day(self) -> np.datetime64 | None:
        """The last day that was taken."""
        if self._core is None or self._core.last_day is None:
            return None
        return np.datetime64(self._core.last_day, "D")

    @property
    def config(self) -> Config:
        """The configuration."""
        return self._config

    def slowing_down(self, pair: PairName, *, window_days: int = 60) -> dict[str, float]:
        """C17 of a pair up to the last day, as `Scores.slowing_down`. Experimental."""
        if self._core is None:
            raise StateError("the monitor has taken no day yet, so there is nothing to read")
        return self._core.slowing_down(find_pair(pair, self._core.pairs), window_days)

    def to_json(self) -> str:
        """The state document. Raises StateError before the first push."""
        if self._core is None:
            raise StateError("the monitor has taken no day yet, so there is no state to save")
        return self._core.to_json()

    @classmethod
    def from_json(cls, text: str) -> Monitor:
        """Continue from a state document. Raises StateError if it is of another version, damaged or altered."""
        monitor = cls()
        monitor._core = _core.Monitor.from_json(text)
        monitor._config = Config._from_core(monitor._core.config)
        return monitor

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the state; a killed run leaves the old file whole."""
        with files.replaced(path) as beside:
            beside.write_text(self.to_json(), encoding="utf-8")

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Monitor:
        """Continue from a file that `save` wrote."""
        return cls.from_json(Path(path).read_text(encoding="utf-8"))

    def _quiet_day(self) -> dict[str, list[Any]]:
        return {"source": [], "target": [], "rhetoric": []}

    def __repr__(self) -> str:
        return f"Monitor: {len(self.pairs):,} pairs, last day {self.last_day or 'none yet'}"


def _has_columns(rows: Any) -> bool:
    return not (isinstance(rows, list | tuple | dict) and len(rows) == 0)
