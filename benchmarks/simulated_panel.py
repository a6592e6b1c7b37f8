"""Simulated daily counts of many pairs, as sparse as real ones: most pairs are nearly silent, a few fight a war."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

FIRST_DAY = np.datetime64("2020-01-01", "D")
SIGNALS = ("rhetoric", "military", "punitive", "mediation", "cooperation")
MIX = """\
Of the pairs, 90 % are nearly silent (an act in 100 to 1,000 days), 8 % tense (an act in 3 to 20 days), 1.6 % rivals
(0.5 to 3 acts a day) and 0.4 % at war (5 to 40 acts a day). About twice in 1,000 days, pairs that are not silent have a
crisis of two to eight weeks with four to twenty times as many acts. A day's rate varies by a Gamma factor of shape 2,
so that counts are overdispersed."""


@dataclasses.dataclass(frozen=True)
class Kind:
    """Pairs of one kind: their share, their acts a day (between), and which share of the acts each signal has."""

    share: float
    rates: tuple[float, float]
    crises: float
    signals: tuple[float, float, float, float, float]


KINDS = (
    Kind(0.900, (0.001, 0.01), 0, (0.50, 0.05, 0.05, 0.02, 0.38)),
    Kind(0.080, (0.05, 0.30), 2, (0.50, 0.15, 0.10, 0.05, 0.20)),
    Kind(0.016, (0.50, 3.00), 2, (0.45, 0.25, 0.15, 0.05, 0.10)),
    Kind(0.004, (5.00, 40.0), 2, (0.20, 0.60, 0.10, 0.05, 0.05)),
)


def simulate(pairs: int, days: int, *, seed: int = 1) -> dict[str, NDArray]:
    """A table of counts: `pair_index`, `direction`, `date` and the five signals; days without an act are left out."""
    chunks = list(_chunks(pairs, days, seed))
    columns = {name: np.concatenate([chunk[name] for chunk in chunks]) for name in chunks[0]}
    columns["date"] = FIRST_DAY + columns.pop("day")
    return columns


def count_columns(table: dict[str, NDArray]) -> dict[str, NDArray]:
    """The table as `tocsin.score` takes it: actors in place of `pair_index` and `direction`."""
    size = int(table["pair_index"].max()) + 1
    names = np.array([f"{side}{index:05}" for side in "AB" for index in range(size)], dtype=object)
    forward = table["pair_index"] + size * table["direction"]
    backward = table["pair_index"] + size * (1 - table["direction"])
    counts = {name: table[name] for name in SIGNALS}
    return {"date": table["date"], "source": names[forward], "target": names[backward], **counts}


def dense_counts(table: dict[str, NDArray], pairs: slice, days: int) -> NDArray[np.float64]:
    """(days, direction, signal, pair): every day of some pairs."""
    inside = (table["pair_index"] >= pairs.start) & (table["pair_index"] < pairs.stop)
    counts = np.zeros((days, 2, len(SIGNALS), pairs.stop - pairs.start))
    place = table["pair_index"][inside] - pairs.start
    day = (table["date"][inside] - FIRST_DAY).astype(np.int64)
    for signal, name in enumerate(SIGNALS):
        counts[day, table["direction"][inside], signal, place] = table[name][inside]
    return counts


def _chunks(pairs: int, days: int, seed: int) -> Iterator[dict[str, NDArray]]:
    """The kinds are spread evenly over the pairs, so that every stretch of pairs has about the same mix."""
    random = np.random.default_rng(seed)
    kind_of = np.searchsorted(np.cumsum([kind.share for kind in KINDS]), (np.arange(pairs) * 0.6180339887) % 1)
    for begin in range(0, pairs, 100):
        members = np.arange(begin, min(begin + 100, pairs))
        rate = np.stack([_daily_rate(KINDS[kind_of[pair]], days, random) for pair in members])
        shares = np.array([KINDS[kind_of[pair]].signals for pair in members])
        mean = rate[:, :, None, None] * shares[:, None, None, :] / 2
        counts = random.poisson(mean, size=(*rate.shape, 2, len(SIGNALS)))
        # A pair of which nothing is known would not be in a panel.
        counts[np.arange(len(members)), random.integers(days, size=len(members)), 0, 0] += 1
        pair, day, direction = np.nonzero(counts.any(axis=3))
        signals = counts[pair, day, direction].astype(float)
        chunk = {"pair_index": members[pair], "day": day, "direction": direction}
        yield chunk | {name: signals[:, i] for i, name in enumerate(SIGNALS)}


def _daily_rate(kind: Kind, days: int, random: np.random.Generator) -> NDArray[np.float64]:
    low, high = np.log(kind.rates)
    rate = np.full(days, np.exp(random.uniform(low, high)))
    for _ in range(random.poisson(kind.crises * days / 1000)):
        begin = random.integers(days)
        rate[begin : begin + random.integers(14, 56)] *= random.uniform(4, 20)
    return rate * random.gamma(2, 0.5, size=days)
