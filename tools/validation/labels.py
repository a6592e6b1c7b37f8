"""Which days of which pair are crisis, calm, or neither: from crises (ICB) and militarised events (MIE)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .region import WARM_UP_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from tocsin import Onsets

    from .region import Region

__all__ = ["AFTERMATH_DAYS", "crisis_days", "dispute_days", "quiet_days"]

AFTERMATH_DAYS = 60  # around a militarised event that are not called calm in V1c


def crisis_days(region: Region, *, masks_events: bool = False) -> NDArray[np.int8]:
    """(pairs, days): 1 in a crisis between adversaries, 0 outside, -1 where a day is not judged.

    Not judged are the warm-up, days of a crisis in which both take part but not against each other, and, if asked for
    (V1c), days outside crises within 60 days of a militarised event, because fighting goes on outside crisis windows.
    """
    labels = np.zeros((len(region.pairs), len(region.days)), np.int8)
    for row, is_spell, crisis in _spells(region, region.crises):
        if not crisis["are_adversaries"]:
            labels[row, is_spell] = -1
    if masks_events:
        labels[dispute_days(region, AFTERMATH_DAYS)] = -1
    for row, is_spell, crisis in _spells(region, region.crises):
        if crisis["are_adversaries"]:
            labels[row, is_spell] = 1
    labels[:, :WARM_UP_DAYS] = -1
    return labels


def dispute_days(region: Region, around_days: int, *, least_level: int = 0) -> NDArray[np.bool_]:
    """(pairs, days): within so many days of a militarised event of at least this level."""
    found = np.zeros((len(region.pairs), len(region.days)), bool)
    for row, is_spell, event in _spells(region, region.events, around_days):
        if event["level"] >= least_level:
            found[row, is_spell] = True
    return found


def quiet_days(region: Region) -> NDArray[np.bool_]:
    """(pairs, days): after the warm-up, more than 60 days from any crisis and any militarised event."""
    quiet = ~dispute_days(region, AFTERMATH_DAYS)
    for row, is_spell, _ in _spells(region, region.crises, AFTERMATH_DAYS):
        quiet[row, is_spell] = False
    quiet[:, :WARM_UP_DAYS] = False
    return quiet


def _spells(region: Region, onsets: Onsets, around_days: int = 0) -> Iterator[tuple[int, NDArray[np.bool_], Any]]:
    """Each onset of a pair of the region: its row, its days, and itself."""
    place = {pair: row for row, pair in enumerate(region.pairs)}
    around = np.timedelta64(around_days, "D")
    for onset in onsets.frame().to_dict("records"):
        if onset["pair"] in place:
            first, last = (np.datetime64(onset[name], "D") for name in ("date", "end_date"))
            yield place[onset["pair"]], (region.days >= first - around) & (region.days <= last + around), onset
