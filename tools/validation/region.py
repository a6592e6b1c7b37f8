"""A region: its counts and scores as dense arrays of (pairs, days), and what other sources say of its pairs."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import tocsin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["WARM_UP_DAYS", "Region", "RegionFile", "development_files", "shared_file"]

LEAST_EVENTS = 150  # of a pair, over all years
WARM_UP_DAYS = 365  # first days that are not judged
STATE_SYSTEM_DAYS = ("1985-01-01", "1995-01-01", "2010-01-01")  # a state on one of them is one
_COUNTS = (*tocsin._core.column_names[:5], "goldstein_conflict", "goldstein_cooperation", "total")


@dataclass(frozen=True)
class RegionFile:
    """An event file, and how it is coded."""

    name: str
    path: Path
    codebook: str | None = None
    actor_system: str | None = None
    without: tuple[str, ...] = ()  # states whose pairs are not judged

    @classmethod
    def parse(cls, text: str) -> RegionFile:
        """From NAME=FILE[,codebook[,actor_system]]."""
        name, _, rest = text.partition("=")
        path, *coding = rest.split(",")
        if not name or not path or len(coding) > 2:
            raise ValueError(f"{text!r} is no region; expected NAME=FILE[,codebook[,actor_system]]")
        codebook, actor_system = [*(each or None for each in coding), None, None][:2]
        return cls(name, Path(path), codebook, actor_system)


@dataclass(frozen=True)
class Region:
    """Counts, scores and labels of the pairs of a region, on every day of its calendar."""

    name: str
    panel: tocsin.CountPanel
    scores: tocsin.Scores
    crises: tocsin.Onsets
    events: tocsin.Onsets  # militarised
    is_simulated: bool = False
    counts: dict[str, NDArray[np.float64]] = field(init=False)
    columns: dict[str, NDArray[np.float64]] = field(init=False)

    def __post_init__(self) -> None:
        """Lay the counts and the columns of the scores out."""
        object.__setattr__(self, "counts", dense_counts(self.panel))
        object.__setattr__(self, "columns", dense_columns(self.scores))

    @classmethod
    def read(cls, file: RegionFile, crises: Path, events: Path) -> Region:
        """Pairs of states with enough events, scored, beside the labels of two other sources."""
        found = tocsin.read_events(str(file.path), actors="iso3", actor_system=file.actor_system)
        panel = found.count(pairs="states", codebook=file.codebook, min_events=LEAST_EVENTS)
        judged = [
            pair
            for pair in panel.pairs
            if all(_is_in_state_system(actor) and actor not in file.without for actor in pair)
        ]
        panel = panel.select(judged)
        labels = (tocsin.read_onsets(path, panel=panel) for path in (crises, events))
        return cls(file.name, panel, tocsin.score(panel, intervals="none"), *labels)

    @property
    def pairs(self) -> list[str]:
        """As texts, in the order of all arrays."""
        return self.scores.pairs

    @property
    def days(self) -> NDArray[np.datetime64]:
        """The calendar."""
        first, last = self.panel.calendar
        return np.arange(first, last + 1)


def _is_in_state_system(actor: str) -> bool:
    """Whether the sources of labels could name it: to them Palestine and the Vatican are no states."""
    numbers = (
        tocsin.crosswalk.convert(actor, source="iso3", target="cow_number", date=day, missing="none")
        for day in STATE_SYSTEM_DAYS
    )
    return any(number is not None for number in numbers)


def dense_counts(panel: tocsin.CountPanel) -> dict[str, NDArray[np.float64]]:
    """Both directions together, (pairs, days); a cell that was not collected counts as 0 here."""
    frame = panel.frame()
    first, last = panel.calendar
    place = {pair: i for i, pair in enumerate(panel.pairs)}
    sides = zip(frame["source"], frame["target"], strict=True)
    row = np.array([place[min(a, b), max(a, b)] for a, b in sides])
    day = (frame["date"].to_numpy().astype("datetime64[D]") - first).astype(int)
    result = {}
    for name in _COUNTS:
        if name in frame:
            result[name] = np.zeros((len(place), int((last - first).astype(int)) + 1))
            np.add.at(result[name], (row, day), np.nan_to_num(frame[name].to_numpy(dtype=float)))
    return result


def dense_columns(scores: tocsin.Scores, names: Sequence[str] | None = None) -> dict[str, NDArray[np.float64]]:
    """Columns of `scores.frame()` as (pairs, days), all or some."""
    frame = scores.frame()
    chosen = names or [name for name in frame.columns if name not in ("date", "pair", "status")]
    return {name: frame[name].to_numpy(dtype=float).reshape(len(scores), -1) for name in chosen}


def shared_file(name: str) -> Path | None:
    """A file of the shared folder that TOCSIN_SHARED names, or None where it is not there."""
    folder = os.environ.get("TOCSIN_SHARED")
    path = Path(folder) / "data" / name if folder else None
    return path if path is not None and path.is_file() else None


def development_files(*, every_state: bool = False) -> list[RegionFile]:
    """The two regions that choices were made on, as far as they are there.

    The bars were set on pairs of states of the region and the two great powers of the time; `every_state` puts pairs
    with others back.
    """
    known = {
        "levant": ("keds_levant.cameo.csv.gz", None, None, ("CHN", "DEU", "FRA", "GBR", "SDN")),
        "gulf": ("keds_gulf.cameo.csv.gz", "weis", "keds", ("CHN", "DEU", "GBR", "JPN")),
    }
    files = [(name, shared_file(file), *coding) for name, (file, *coding) in known.items()]
    return [
        RegionFile(name, path, codebook, system, () if every_state else without)
        for name, path, codebook, system, without in files
        if path is not None
    ]
