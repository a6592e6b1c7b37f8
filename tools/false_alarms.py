"""How often do the detectors cry wolf on quiet pairs, and how late are they when the rate rises? Prints Markdown.

    python tools/false_alarms.py [--pairs 200] [--years 4]

Counts are Poisson at a steady rate, or rise for good on one day after a year. A false alarm is a day with an alarm
after a week without any; the delay is the days from the rise to the first alarm, median over the pairs that had none on
the day before. The first year teaches the slow rate and is not judged.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import numpy as np

from tocsin import indicators

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Detector = Callable[[NDArray[np.float64], float], NDArray[np.bool_]]

RATES = (0.05, 0.2, 1, 5)  # acts a day
RISES = (2, 5)
LEARNING = 365  # days
QUIET = 7  # days without an alarm, after which the next is a new one
PATIENCE = 365  # days after the rise

DETECTORS: dict[str, Detector] = {
    "C3 `surprise` above 3 bans": lambda y, _: indicators.surprise(y).bans > 3,
    "C4 `cusum`, one a year, true mean": lambda y, rate: indicators.cusum(y, rate).alarm,
    "C4 `cusum`, one a year, slow rate": lambda y, _: indicators.cusum(y, slow_rate(y)).alarm,
    "C5 `ears` C1": lambda y, _: indicators.ears(y, method="C1").alarm,
    "C5 `ears` C2": lambda y, _: indicators.ears(y, method="C2").alarm,
    "C5 `ears` C3": lambda y, _: indicators.ears(y, method="C3").alarm,
    "C6 `change_point` above 0.5, true mean": lambda y, rate: p_recent_up(y, rate) > 0.5,
    "C6 `change_point` above 0.5, slow rate": lambda y, _: p_recent_up(y, learned_rate(y)) > 0.5,
    "C6 `change_point` above 0.9, true mean": lambda y, rate: p_recent_up(y, rate) > 0.9,
    "C6 `change_point` above 0.9, slow rate": lambda y, _: p_recent_up(y, learned_rate(y)) > 0.9,
    "C6 above 0.5, 60 days, slow rate": lambda y, _: p_recent_up(y, learned_rate(y), 60) > 0.5,
}


def slow_rate(y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of the days up to three before each, with half a year's half-life: what `score` compares with."""
    rate = indicators.discounted_rate(y, half_life_days=180, prior_shape=1.5, prior_rate=30).mean
    return np.concatenate([np.full(3, 0.05), rate[:-3]])


def learned_rate(y: NDArray[np.float64]) -> float:
    """The slow rate on the first day that is judged: a prior of `change_point` holds for all days."""
    return float(slow_rate(y)[LEARNING])


def p_recent_up(y: NDArray[np.float64], mean: float, window_days: int = 14) -> NDArray[np.float64]:
    """With a prior as in `score`, worth one day: Gamma(mean, 1)."""
    return indicators.change_point(y, prior_shape=mean, prior_rate=1, window_days=window_days).p_recent_up


def false_alarms(detector: Detector, rate: float, pairs: int, years: int, rng: np.random.Generator) -> float:
    """How many a year."""
    alarms = 0
    for _ in range(pairs):
        is_alarm = detector(rng.poisson(rate, LEARNING + 365 * years).astype(float), rate)
        days = np.flatnonzero(is_alarm[LEARNING:])
        alarms += int((np.diff(days, prepend=-QUIET - 1) > QUIET).sum())
    return alarms / (pairs * years)


def delay(detector: Detector, rate: float, rise: float, pairs: int, rng: np.random.Generator) -> float:
    """Median days to the first alarm; infinite where less than half of the pairs have one."""
    delays = []
    for _ in range(pairs):
        y = rng.poisson(np.repeat([rate, rise * rate], [LEARNING, PATIENCE])).astype(float)
        is_alarm = detector(y, rate)
        if not is_alarm[LEARNING - 1]:
            after = np.flatnonzero(is_alarm[LEARNING:])
            delays.append(after[0] if len(after) else np.inf)
    return float(np.median(delays))


def table(corner: str, cell: Callable[[Detector, float], str]) -> str:
    """Markdown: a row for each detector, a column for each rate."""
    lines = [f"| {corner} | " + " | ".join(f"{rate:g}" for rate in RATES) + " |", "|---|" + "---:|" * len(RATES)]
    for name, detector in DETECTORS.items():
        lines.append(f"| {name} | " + " | ".join(cell(detector, rate) for rate in RATES) + " |")
    return "\n".join(lines)


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--years", type=int, default=4)
    options = parser.parse_args()
    pairs, years = options.pairs, options.years

    def alarms(detector: Detector, rate: float) -> str:
        return f"{false_alarms(detector, rate, pairs, years, np.random.default_rng(1)):.2f}"

    print(table("false alarms a year, at acts a day", alarms))
    for rise in RISES:

        def days(detector: Detector, rate: float, rise: float = rise) -> str:
            found = delay(detector, rate, rise, pairs, np.random.default_rng(2))
            return f"{found:.0f}" if np.isfinite(found) else f"> {PATIENCE}"

        print("\n" + table(f"days to an alarm after a rise x {rise}, from acts a day", days))
    print(f"\n{pairs} simulated pairs, {years} years each after one of learning.")


if __name__ == "__main__":
    main()
