"""The result of scoring a panel."""

from __future__ import annotations

import html
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from tocsin import _core, frames
from tocsin.config import Config
from tocsin.errors import InputError
from tocsin.panel import CountPanel, PairName, find_pair
from tocsin.progress import Progress, ProgressOption, shown
from tocsin.score_views import ScoreViews

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

__all__ = ["Progress", "Scores", "score"]

_STATUS = np.array(_core.status_names, dtype=object)
_CONTRIBUTIONS = ("intensity", "momentum", "self_sustaining", "spread", "restraint_deficit")
_LATEST = ("score", "score_low", "score_high", "score_min", "score_max", "coverage", *_CONTRIBUTIONS)


def score(
    data: Any,
    *,
    config: Config | None = None,
    calendar: tuple[Any, Any] | None = None,
    weekly: bool = False,
    threads: int | None = None,
    intervals: str = "latest",
    progress: ProgressOption = None,
) -> Scores:
    """Score every pair of a panel on every day: how escalated is it, and what is it made of?

    Parameters
    ----------
    data : path, frame, list of dicts, dict of arrays, or CountPanel
        Daily counts, as in `CountPanel.read`.
    config : Config, optional
        Half-lives, weights, goalposts; the defaults are those of the method.
    calendar : (first, last), optional
        Both ends included; by default from the first to the last date.
    weekly : bool
        Rows are weeks, as in `CountPanel.read`.
    threads : int, optional
        By default one per core. The result does not depend on it.
    intervals : {"latest", "all", "none"}
        On which days the 5-95 % intervals are computed. The central values are the same.
    progress : callable, bool or None
        By default a bar in terminals and notebooks, once the call has taken a second; False: none; True: at once. A
        function is called now and then with (pairs done, pairs in all).

    Returns
    -------
    Scores
        Row t of a pair depends on its days up to t only.

    Raises
    ------
    ParseError, InputError
        For counts that cannot be used.

    Examples
    --------
    >>> counts = {"date": ["2025-05-01"], "source": ["IND"], "target": ["PAK"], "rhetoric": [3], "mediation": [0]}
    >>> score(counts).pairs
    ['IND-PAK']
    """
    if config is not None and not isinstance(config, Config):
        raise InputError(f"config is a {type(config).__name__}; expected a tocsin.Config, as in Config(draws=200)")
    panel = CountPanel.read(data, calendar=calendar, weekly=weekly)
    with shown(progress, "scoring") as show:
        core = _core.score(panel._core, (config or Config())._core, intervals, threads or 0, show)
    return Scores(core, panel._backend)


class Scores(ScoreViews):
    """Scores and indicators of every pair on every day. Made by `score`; `from_json` reads a saved one."""

    __slots__ = ("_backend", "_core")

    def __init__(self, core: _core.Scores, backend: Any = None) -> None:
        self._core = core
        self._backend = backend

    @property
    def pairs(self) -> list[str]:
        """The pairs as texts, in alphabetical order."""
        return [_text(pair) for pair in self._core.pairs]

    @property
    def config(self) -> Config:
        """The configuration that the scores depend on."""
        return Config._from_core(self._core.config)

    @property
    def provenance(self) -> dict[str, str]:
        """Codebook and counting rules behind the counts; empty texts where the counts were given as such."""
        return self._core.provenance

    @property
    def calendar(self) -> tuple[np.datetime64, np.datetime64]:
        """First and last day."""
        first, last = self._core.calendar
        return np.datetime64(first, "D"), np.datetime64(last, "D")

    def latest(self) -> Any:
        """The last day: one row per pair, most escalated first.

        Columns ``date pair status score score_low score_high score_min score_max coverage``, the five contributions,
        and ``driver``, the contribution that adds most. The interval is the sampling interval (5-95 %).
        """
        raw = self._core.latest_columns()
        order = self._core.by_score()
        names = self.pairs
        columns: dict[str, NDArray[Any]] = {
            "date": np.full(len(order), self.calendar[1]),
            "pair": np.array([names[i] for i in order], dtype=object),
            "status": _STATUS[raw["status"]],
            **{name: raw[name] for name in _LATEST},
            "driver": np.array(raw["driver"], dtype=object),
        }
        return frames.frame_of(columns, self._backend)

    def frame(self, pair: PairName | None = None, *, progress: ProgressOption = None) -> Any:
        """One row per day: score, contributions that sum to it, and every indicator; all pairs, or one.

        Rows stand by pair, then date. A value that could not be computed is missing, never 0. `progress` as in `score`.
        """
        with shown(progress, "computing days") as show:
            columns = self._columns(self._indices(pair), show)
        return frames.frame_of(columns, self._backend)

    def to_json(self, *, progress: ProgressOption = None) -> str:
        """The scores document (schema ``tocsin.scores``), as the C++ side writes it. `progress` as in `score`."""
        with shown(progress, "writing") as show:
            return self._core.to_json(show)

    @classmethod
    def from_json(cls, text: str) -> Scores:
        """Read a scores document. Raises InputError if it is not one, or of another version."""
        return cls(_core.Scores.from_json(text))

    def __len__(self) -> int:
        return len(self._core.pairs)

    def __repr__(self) -> str:
        first, last = self.calendar
        days = int((last - first).astype(int)) + 1
        lines = [f"Scores: {_counted(len(self), 'pair')}, {_counted(days, 'day')} ({first} to {last})"]
        shown = 10
        lines += [f"  {row}" for row in self._latest_texts(shown)]
        if len(self) > shown:
            lines.append(f"  ... and {len(self) - shown:,} more; latest() has them all")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        raw = self._core.latest_columns()
        cells = []
        for place, index in enumerate(self._core.by_score()[:10]):
            low, value, high = (raw[name][place] for name in ("score_low", "score", "score_high"))
            shown = (
                self.pairs[index],
                _points(value),
                "" if math.isnan(low) else f"{_points(low)}-{_points(high)}",
                raw["driver"][place].replace("_", " "),
                _STATUS[raw["status"][place]].replace("_", " "),
            )
            cells.append("<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in shown) + "</tr>")
        head = "".join(f"<th>{name}</th>" for name in ("pair", "score", "90 % interval", "driven by", "status"))
        caption = f"Escalation score (0-100) on {self.calendar[1]}, {_counted(len(self), 'pair')}"
        return (
            f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(cells)}</tbody></table>"
        )

    def _latest_texts(self, most: int) -> Iterable[str]:
        raw = self._core.latest_columns()
        names = self.pairs
        for place, index in enumerate(self._core.by_score()[:most]):
            low, high = raw["score_low"][place], raw["score_high"][place]
            interval = "" if math.isnan(low) else f" ({_points(low)}-{_points(high)})"
            driver = raw["driver"][place].replace("_", " ")
            reason = f", mostly {driver}" if driver else ""
            yield f"{names[index]}: {_points(raw['score'][place])}{interval}{reason}, {_STATUS[raw['status'][place]]}"

    def _columns(self, indices: list[int], progress: Progress | None = None) -> dict[str, NDArray[Any]]:
        raw = self._core.columns(indices, progress)
        first, last = self.calendar
        days = np.arange(first, last + 1)
        names = self.pairs
        return {
            "date": np.tile(days, len(indices)),
            "pair": np.repeat(np.array([names[i] for i in indices], dtype=object), len(days)),
            "status": _STATUS[raw["status"]],
            **{name: raw[name] for name in _core.score_columns},
        }

    def _indices(self, pair: PairName | None) -> list[int]:
        if pair is None:
            return list(range(len(self)))
        wanted = find_pair(pair, self._core.pairs)
        if wanted not in self._core.pairs:
            wanted = (wanted[1], wanted[0])
        if wanted not in self._core.pairs:
            # The core knows how to say which names are near.
            self._core.explain(wanted, self._core.calendar[1])
        return [self._core.pairs.index(wanted)]


def _text(pair: tuple[str, str]) -> str:
    return f"{pair[0]}-{pair[1]}"


def _points(value: float) -> str:
    return "no score" if math.isnan(value) else f"{value:.0f}"


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
