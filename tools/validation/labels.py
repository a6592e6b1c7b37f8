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

__all__ = ["AFTERMATH_DAYS", "crisis_days", "dispute_days", "onset_days", "quiet_days"]

HORIZON_DAYS, QUIET_DAYS = 30, 60  # an onset begins within, on days after so many without one
LEAST_LEVEL = 4  # of a militarised event in which force is used
MOST_UNCERTAIN_DAYS = 10  # of the first or last day of a crisis: the third of a month is dated, the month is not
AFTERMATH_DAYS = 60  # around a militarised event that are not called calm in V1c


def crisis_days(region: Region, *, masks_events: bool = False) -> NDArray[np.int8]:
    """(pairs, days): 1 in a crisis between adversaries, 0 outside, -1 where a day is not judged.

    Not judged are the warm-up, days of a crisis in which both take part but not against each other, days of a crisis of
    which the source knows the first or the last day to the month or the year only, and, if asked for (V1c), days
    outside crises within 60 days of a militarised event, because fighting goes on outside crisis windows.
    """
    labels = np.zeros((len(region.pairs), len(region.days)), np.int8)
    for row, is_spell, crisis in _spells(region, region.crises):
        if not _is_crisis(crisis):
            labels[row, is_spell] = -1
    if masks_events:
        labels[dispute_days(region, AFTERMATH_DAYS)] = -1
    for row, is_spell, crisis in _spells(region, region.crises):
        if _is_crisis(crisis):
            labels[row, is_spell] = 1
    labels[:, :WARM_UP_DAYS] = -1
    return labels


def _is_crisis(spell: Any) -> bool:
    """Of adversaries, and dated."""
    uncertain = max(spell["uncertain_days"], spell["end_uncertain_days"])
    return bool(spell["are_adversaries"]) and uncertain <= MOST_UNCERTAIN_DAYS


def onset_days(region: Region) -> NDArray[np.int8]:
    """(pairs, days): 1 where force begins on t+1 .. t+30, 0 where not, -1 where a day is not judged.

    Not judged are the warm-up, days on which force began on t-60 .. t, and days of which the future is not covered.
    """
    size = len(region.days)
    begins = np.zeros((len(region.pairs), size + HORIZON_DAYS))
    for row, first, event in _firsts(region):
        if event["level"] >= LEAST_LEVEL and event["uncertain_days"] == 0 and 0 <= first < begins.shape[1]:
            begins[row, first] = 1
    so_far = np.pad(np.cumsum(begins, axis=1), ((0, 0), (QUIET_DAYS + 1, 0)))
    today = np.arange(size) + QUIET_DAYS + 1
    soon = so_far[:, today + HORIZON_DAYS] > so_far[:, today]
    lately = so_far[:, today] > so_far[:, today - QUIET_DAYS - 1]
    labels = np.where(lately, -1, soon).astype(np.int8)
    labels[:, :WARM_UP_DAYS] = -1
    last = region.days[-1] if region.events.covered is None else region.events.covered[1]
    labels[:, region.days + HORIZON_DAYS > last] = -1
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


def _firsts(region: Region) -> Iterator[tuple[int, int, Any]]:
    """Each militarised event of a pair of the region: its row, its first day from 0, and itself."""
    place = {pair: row for row, pair in enumerate(region.pairs)}
    for event in region.events.frame().to_dict("records"):
        if event["pair"] in place:
            yield place[event["pair"]], int((np.datetime64(event["date"], "D") - region.days[0]).astype(int)), event


def _spells(region: Region, onsets: Onsets, around_days: int = 0) -> Iterator[tuple[int, NDArray[np.bool_], Any]]:
    """Each onset of a pair of the region: its row, its days, and itself."""
    place = {pair: row for row, pair in enumerate(region.pairs)}
    around = np.timedelta64(around_days, "D")
    for onset in onsets.frame().to_dict("records"):
        if onset["pair"] in place:
            first, last = (np.datetime64(onset[name], "D") for name in ("date", "end_date"))
            yield place[onset["pair"]], (region.days >= first - around) & (region.days <= last + around), onset
