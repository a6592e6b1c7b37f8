"""A region that never was, for where no data are at hand: the command can be tried, nothing is said of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

import tocsin

from .region import Region

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["simulated_panel", "simulated_region"]

FIRST = np.datetime64("1990-01-01")
PAIRS, DAYS = 20, 2000
BUILD_UP_DAYS = 40  # of words before force
SIGNALS = ("rhetoric", "military", "punitive", "mediation", "cooperation")
PEACE = np.array([0.06, 0.004, 0.01, 0.005, 0.15])  # acts a day and direction, times the pair's own level
TENSION = np.array([6.0, 4, 4, 3, 1])  # times as many while a crisis builds up
FIGHTING = np.array([8.0, 200, 10, 20, 0.5])


def simulated_region(name: str, *, seed: int) -> Region:
    """Twenty pairs, some with crises: weeks of words, then force, then calm; one crisis in three ends without force."""
    panel, crises, events = simulated_panel(seed)
    return Region(name, panel, tocsin.score(panel, intervals="none"), crises, events, is_simulated=True)


def simulated_panel(
    seed: int, *, pairs: int = PAIRS, days: int = DAYS
) -> tuple[tocsin.CountPanel, tocsin.Onsets, tocsin.Onsets]:
    """Counts, crises and militarised events; every second pair has no crisis at all."""
    rng = np.random.default_rng(seed)
    rows: list[pd.DataFrame] = []
    crises: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for pair in range(pairs):
        actors = (f"S{2 * pair:02}", f"S{2 * pair + 1:02}")
        factor = np.ones((days, len(SIGNALS)))
        if pair % 2 == 0:
            spells, clashes = _crises(days, rng, factor)
            crises += [_onset(actors, spell) for spell in spells]
            events += [_onset(actors, (day, day), level=4) for day in clashes]
        level = rng.gamma(1, 1) + 0.1
        rows += [
            _counted(source, target, rng.poisson(level * PEACE * factor)) for source, target in (actors, actors[::-1])
        ]
    frame = pd.concat(rows)
    calendar = (FIRST, FIRST + days - 1)
    panel = tocsin.CountPanel.read(frame, calendar=calendar)
    return panel, tocsin.read_onsets(pd.DataFrame(crises)), tocsin.read_onsets(pd.DataFrame(events))


def _crises(
    days: int, rng: np.random.Generator, factor: NDArray[np.float64]
) -> tuple[list[tuple[int, int]], list[int]]:
    """Spells and days of force; what they do to the rates is written into `factor`."""
    spells, clashes = [], []
    day = 365 + int(rng.integers(150))
    while day + 2 * BUILD_UP_DAYS < days:
        force = day + int(rng.integers(5, BUILD_UP_DAYS))
        end = force + int(rng.integers(10, 2 * BUILD_UP_DAYS))
        factor[day:force] *= TENSION
        if rng.random() < 2 / 3:
            factor[force:end] *= FIGHTING
            clashes += [force, *rng.choice(np.arange(force + 1, end), size=3, replace=False).tolist()]
            spells.append((day, min(end, days - 1)))
        else:
            spells.append((day, force))
        day = end + int(rng.integers(200, 500))
    return spells, clashes


def _onset(actors: tuple[str, str], spell: tuple[int, int], level: int = 0) -> dict[str, Any]:
    first, last = (FIRST + day for day in spell)
    return {"date": first, "end_date": last, "pair": "-".join(actors), "level": level}


def _counted(source: str, target: str, counts: NDArray[np.int64]) -> pd.DataFrame:
    frame = pd.DataFrame(counts, columns=SIGNALS).assign(source=source, target=target)
    frame["date"] = FIRST + np.arange(len(counts))
    return frame[counts.any(axis=1)]
