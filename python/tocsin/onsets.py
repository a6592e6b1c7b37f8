"""What another source than the events says of pairs: when force was used, when a crisis was on."""

from __future__ import annotations

import copy
import os
from typing import TYPE_CHECKING, Any

import numpy as np

from tocsin import _core, frames
from tocsin.errors import InputError, ParseError
from tocsin.panel import find_pair, read_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from tocsin.panel import CountPanel
    from tocsin.scores import Scores

__all__ = ["Onsets", "as_onsets", "read_onsets"]

_TABLE = {"date", "end_date", "pair", "source", "target", "actor_1", "actor_2", "level", "name"}
_TABLE |= {"are_adversaries", "uncertain_days", "end_uncertain_days"}


class Onsets:
    """Militarised events or crises of pairs, by pair and day. Made by `read_onsets`."""

    __slots__ = ("_backend", "_core", "_covered", "_report")

    def __init__(
        self,
        core: list[_core.Onset],
        covered: tuple[int, int] | None,
        report: Mapping[str, Any],
        backend: Any = None,
    ) -> None:
        self._core = core
        self._covered = covered
        self._report = dict(report)
        self._backend = backend

    @property
    def source(self) -> str:
        """The kind of file, as in "mie"; "table" for a table of your own."""
        return str(self._report["source"])

    @property
    def covered(self) -> tuple[np.datetime64, np.datetime64] | None:
        """First and last day that the file speaks of; None for a table of your own, of which nobody knows that."""
        if self._covered is None:
            return None
        first, last = (np.datetime64(day, "D") for day in self._covered)
        return first, last

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The pairs that have an onset, each in alphabetical order."""
        return sorted({onset.pair for onset in self._core})

    @property
    def report(self) -> dict[str, Any]:
        """What became of the rows: ``rows`` is ``used`` and the sum of ``unused``, by reason.

        Beside these ``unmapped_actors`` (rows by number of a state that has no code on that day) and ``undated``
        (onsets of which only the month or the year is known: they are no onset on any day, but neither is it calm).
        """
        return copy.deepcopy(self._report)

    def frame(self) -> Any:
        """One row per onset: ``date end_date pair level name are_adversaries uncertain_days end_uncertain_days``.

        The event began on ``date``, or up to ``uncertain_days`` later, and ended on ``end_date``, or up to
        ``end_uncertain_days`` earlier; a ``level`` of 0 is none. Pairs that are no adversaries took part in the same
        crisis, not against each other.
        """
        columns: dict[str, NDArray[Any]] = {
            "date": np.array([onset.first for onset in self._core], dtype="datetime64[D]"),
            "end_date": np.array([onset.last for onset in self._core], dtype="datetime64[D]"),
            "pair": np.array(["-".join(onset.pair) for onset in self._core], dtype=object),
            "level": np.array([onset.level for onset in self._core], dtype=np.int64),
            "name": np.array([onset.name for onset in self._core], dtype=object),
            "are_adversaries": np.array([onset.are_adversaries for onset in self._core], dtype=bool),
            "uncertain_days": np.array([onset.uncertain_days for onset in self._core], dtype=np.int64),
            "end_uncertain_days": np.array([onset.end_uncertain_days for onset in self._core], dtype=np.int64),
        }
        return frames.frame_of(columns, self._backend)

    def __len__(self) -> int:
        return len(self._core)

    def __repr__(self) -> str:
        pairs = len(self.pairs)
        covered = "" if self.covered is None else f", {self.covered[0]} to {self.covered[1]}"
        unused = sum(self._report["unused"].values())
        left_out = f"; {unused:,} of {self._report['rows']:,} rows are not used, see report" if unused else ""
        return f"Onsets: {len(self):,} of {pairs:,} {'pair' if pairs == 1 else 'pairs'}{covered}{left_out}"


def read_onsets(
    data: Any,
    *,
    source: str | None = None,
    actor_system: str = "iso3",
    panel: CountPanel | Scores | None = None,
    min_level: int = 0,
) -> Onsets:
    """Read when states came to force, or a crisis was on between them: what a back-test holds scores against.

    Parameters
    ----------
    data : path, open file, frame, list of dicts, dict of arrays, or Onsets
        Militarized Interstate Events, participants of MID incidents, dyadic MIDs, actors of International Crisis
        Behavior, UCDP GED; or a table with ``date`` and ``pair`` (or ``source`` and ``target``, or ``actor_1`` and
        ``actor_2``), and, if it has them, ``end_date``, ``level`` and ``name``. Files may be gzipped; their kind is
        seen from the header.
    source : str, optional
        The kind of file where it should not be guessed: "mie", "mid-incidents", "mid-dyads", "icb", "ucdp-ged" or
        "table".
    actor_system : str
        How states are to be written, for sources that number them (see `tocsin.crosswalk`): as in the events, which is
        "cameo" for GDELT and newer KEDS files, and "keds" for older ones.
    panel : CountPanel or Scores, optional
        Whose spelling to take where a system has several for a state, as "GER" and "GMW" in "keds".
    min_level : int
        Onsets below it are left out; those without a level stay.

    Raises
    ------
    InputError
        For a file that is missing, empty, or of no known kind.
    ParseError
        For a broken row of a table; those of the other sources are counted in `Onsets.report`.

    Examples
    --------
    >>> import tocsin
    >>> tocsin.read_onsets([{"date": "2025-05-07", "pair": "IND-PAK", "level": 4, "name": "Sindoor"}])
    Onsets: 1 of 1 pair
    """
    if isinstance(data, Onsets):
        return data
    options = (source or "", actor_system, _actors_of(panel), min_level)
    if isinstance(data, str | os.PathLike):
        return Onsets(*_core.read_onsets(os.fspath(data), *options))
    if hasattr(data, "read"):
        text, origin = read_text(data)
        return Onsets(*_core.parse_onsets(text, origin, *options))
    columns, backend = frames.columns_of(data, "onsets")
    return _of_table(columns, backend, min_level)


def as_onsets(data: Any) -> Onsets:
    """Onsets from what has been read already, or from a table; a path is refused, for its actors need a system."""
    if isinstance(data, str | os.PathLike):
        raise InputError(f"onsets is the path {os.fspath(data)!r}; read it first: read_onsets(path, actor_system=...)")
    return read_onsets(data)


def _actors_of(panel: CountPanel | Scores | None) -> list[str]:
    if panel is None:
        return []
    return sorted({actor for pair in panel._core.pairs for actor in pair})


def _of_table(columns: frames.Columns, backend: Any, min_level: int) -> Onsets:
    ends = [names for names in (("source", "target"), ("actor_1", "actor_2")) if set(names) <= columns.keys()]
    if "date" not in columns or len(ends) + ("pair" in columns) != 1:
        found = ", ".join(f'"{name}"' for name in columns) or "no column"
        raise InputError(f'onsets: expected columns "date" and "pair", or "date", "source" and "target"; found {found}')
    unknown = sorted(columns.keys() - _TABLE)
    if unknown:
        raise InputError(f'onsets: column "{unknown[0]}" is none of {", ".join(sorted(_TABLE))}; drop or rename it')
    rows = len(columns["date"])
    names = columns["pair"] if "pair" in columns else list(zip(*(columns[name] for name in ends[0]), strict=True))
    firsts = frames.day_numbers(columns["date"], "onsets").tolist()
    lasts = frames.day_numbers(columns["end_date"], "onsets").tolist() if "end_date" in columns else firsts
    levels = _whole_numbers(columns, "level", rows)
    uncertain = _whole_numbers(columns, "uncertain_days", rows)
    uncertain_ends = _whole_numbers(columns, "end_uncertain_days", rows)
    texts = columns.get("name", [""] * rows)
    adversaries = columns.get("are_adversaries", [True] * rows)
    onsets: list[_core.Onset] = []
    unused: dict[str, int] = {}
    for row in range(rows):
        if lasts[row] < firsts[row]:
            _fail(row, "end_date", columns["end_date"][row], "a day that is not before the date")
        if 0 < levels[row] < min_level:
            unused["below the level asked for"] = unused.get("below the level asked for", 0) + 1
            continue
        text = texts[row] if isinstance(texts[row], str) else ""
        pair = _pair(names[row], row)
        onsets.append(
            _core.Onset(
                pair,
                firsts[row],
                lasts[row],
                levels[row],
                bool(adversaries[row]),
                text,
                uncertain[row],
                uncertain_ends[row],
            )
        )
    onsets.sort(key=lambda onset: (onset.pair, onset.first, onset.last, onset.level, onset.name))
    report = {"source": "table", "rows": rows, "used": len(onsets), "unused": unused, "unmapped_actors": {}}
    report["undated"] = sum(days > 0 for days in uncertain)
    return Onsets(onsets, None, report, backend)


def _pair(value: Any, row: int) -> tuple[str, str]:
    try:
        first, second = find_pair(value, ())
        if not first or not second or first == second:
            raise InputError("expected two different actors")
    except (InputError, TypeError, ValueError) as fault:
        raise ParseError(f"onsets:{row + 1}: holds the pair {value!r}: {fault}", "onsets", row + 1) from None
    return (first, second)


def _whole_numbers(columns: frames.Columns, name: str, rows: int) -> list[int]:
    if name not in columns:
        return [0] * rows
    numbers = np.nan_to_num(frames.numbers(columns[name], name, "onsets"))
    for row, number in enumerate(numbers):
        if number < 0 or number != np.floor(number):
            _fail(row, name, columns[name][row], "a whole number >= 0")
    return [int(number) for number in numbers]


def _fail(row: int, name: str, value: Any, expected: str) -> None:
    raise ParseError(f'onsets:{row + 1}: column "{name}" holds {value!r}, expected {expected}', "onsets", row + 1)
