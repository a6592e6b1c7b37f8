"""The indicators and the score of docs/method.md in NumPy and SciPy: what somebody would write who knows both well.

Recursions step through the days with all pairs side by side; everything else is one expression over a whole table.
What the core can do besides is left out, in favour of this file: every day and cell counts as collected; there are no
rungs and no intervals; and of the indicators `LEFT_OUT` is not computed, nor the score that is made of some of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

Table = NDArray[np.float64]  # (days, pairs)

FAST, MEDIUM, SLOW = 3, 14, 180
RECENT, MONTH, GUARD, WARM_UP, SETTLE = 7, 28, 2, 60, 2
PRIOR_DAYS, CUSUM_LIMIT = 0.5, 4.0
USUAL_ACTS, RARE_ACTS, RARE_PHI = 1.5, 0.15, 1.35  # prior acts of the slow rate; of the surprise, and its prior phi
POINTS = 100 * 0.2  # points that one of the five groups can add
# Change points, reproduction number, phases, EARS, what follows mediation, thresholds: each a program of its own.
LEFT_OUT = (
    *("score", "score_min", "score_max", "coverage", "momentum", "self_sustaining"),
    *("cusum_threshold", "ears", "p_change", "p_change_up", "reproduction_number", "p_reproduction_above_1"),
    *("phase", "p_calm", "p_tension", "p_confrontation", "p_hostilities", "p_hostilities_soon"),
    *("post_mediation_change", "post_mediation_episodes"),
)
STATUS = ("no_data", "unscaled", "warming_up", "provisional", "ok")


def score_columns(counts: NDArray[np.float64]) -> dict[str, Table]:
    """The columns of `Scores.frame()` that can be computed without intervals and Goldstein values, less `LEFT_OUT`.

    Parameters
    ----------
    counts : (days, 2, 5, pairs)
        Acts a day by direction and signal (rhetoric, military, punitive, mediation, cooperation).

    Returns
    -------
    dict
        (days, pairs) each; ``status`` holds places in `STATUS`.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return _columns(counts)


def _columns(counts: NDArray[np.float64]) -> dict[str, Table]:
    days, pairs = counts.shape[0], counts.shape[3]
    kinds = counts[:, :, :3].reshape(days, 6, pairs)
    hostile = kinds.sum(axis=1)
    mediation = counts[:, :, 3].sum(axis=1)

    cooperation = counts[:, :, 4].sum(axis=1)
    others = (mediation, cooperation, hostile, hostile, mediation, cooperation)
    series = np.concatenate([kinds, *(each[:, None] for each in others)], axis=1)
    sums = _discounted(series, np.array([MEDIUM] * 8 + [FAST, SLOW, SLOW, SLOW]))
    medium, medium_mediation, medium_cooperation = sums[:, :6], sums[:, 6], sums[:, 7]
    fast, slow, slow_mediation, slow_cooperation = sums[:, 8], sums[:, 9], sums[:, 10], sums[:, 11]
    all_acts = medium.sum(axis=1)
    lent = _lent(all_acts, medium_cooperation, slow / (slow + slow_cooperation))
    evidence_days = {life: _discounted(np.ones((days, 1)), np.array([life])) for life in (FAST, MEDIUM, SLOW)}

    shape, rate = _usual(slow, evidence_days[SLOW])
    usual = shape / rate
    phi, phi_of_rare, cusum = _dispersion_and_cusum(hostile, usual)
    rare_shape = shape - USUAL_ACTS + RARE_ACTS

    growth = _growth(hostile, usual, phi)
    months = {"hostile": _window(hostile, MONTH), "mediation": _window(mediation, MONTH)}
    rungs = [_window(kinds[:, signal] + kinds[:, signal + 3], MONTH) for signal in range(3)]
    spread = _hill_number(medium, all_acts)
    rung = _supported_rung(*rungs)
    material = medium[:, [1, 2, 4, 5]].sum(axis=1)
    forward = medium[:, :3].sum(axis=1)
    backward = medium[:, 3:].sum(axis=1)
    balance = 2 * np.minimum(forward, backward) / all_acts

    observed = evidence_days[MEDIUM]
    columns = _contributions(all_acts, lent, medium_mediation, observed, rung, material, spread)
    columns |= {
        "hostile_acts": all_acts,
        "hostile_rate": _rate(all_acts, observed, usual, phi),
        "hostile_rate_fast": _rate(fast, evidence_days[FAST], usual, phi),
        "hostile_rate_slow": usual,
        "dispersion": phi,
        "rate_ratio_log2": growth["log2_ratio"],
        "p_rising": growth["p_rising"],
        "recent_acts": growth["recent_acts"],
        "absolute_change": growth["absolute_change"],
        "surprise": _surprise(hostile, rare_shape / rate, rare_shape, phi_of_rare),
        "cusum": cusum,
        "material_share": np.where(all_acts > 0, (0.5 + material / phi) / (1 + all_acts / phi), np.nan),
        "rung": rung,
        "rung_is_coarse": np.ones_like(rung, dtype=float),
        "reciprocity": balance,
        "asymmetry": (forward - backward) / all_acts,
        "breadth": spread,
    }
    usual_mediation = _usual_rate(slow_mediation, evidence_days[SLOW])
    return columns | _mediation(mediation, hostile, months, growth["log2_ratio"], usual_mediation, phi)


def _lent(acts: Table, cooperation: Table, slow_share: Table) -> Table:
    """Acts that the slow hostile share lends to the level: a beta-binomial estimate less what was seen."""
    both = acts + cooperation
    return np.where(both > 0, 5 * (both * slow_share - acts) / (both + 5), 0)


def _contributions(
    acts: Table, lent: Table, mediation: Table, observed: Table, rung: Table, material: Table, spread: Table
) -> dict[str, Table]:
    days = np.arange(1, len(acts) + 1.0)[:, None]
    has_acts = acts > 0
    evidence = acts / (acts + 5)

    def subscore(value: Table) -> Table:
        return np.where(has_acts, np.clip(np.nan_to_num(value, nan=0.0), 0, 1), 0)

    level = subscore((np.log2((acts + lent) / (observed + 2)) + 8) / 12)
    status = np.where(days < WARM_UP, 2, np.where(days > len(acts) - SETTLE, 3, 4))
    return {
        "intensity": POINTS / 3 * (level + subscore(rung / 6) + subscore(evidence * material / acts / 0.8)),
        "spread": POINTS * subscore(evidence * np.log2(spread) / np.log2(6)),
        "restraint_deficit": POINTS * subscore(acts / (acts + 3 * mediation + 5)),
        "status": np.broadcast_to(status, acts.shape),
        "collected_days": np.broadcast_to(days, acts.shape),
    }


def _discounted(series: NDArray[np.float64], half_lives: NDArray[np.int64]) -> NDArray[np.float64]:
    """Sums in which a day loses half its weight in a half-life; `series` is (days, series, ...)."""
    keep = np.exp2(-1 / half_lives).reshape(-1, *[1] * (series.ndim - 2))
    sums = np.empty_like(series)
    total = np.zeros(series.shape[1:])
    for day in range(len(series)):
        total = np.add(np.multiply(total, keep, out=total), series[day], out=sums[day]).copy()
    return sums


def _window(series: Table, length: int) -> Table:
    """Sums over the last `length` days, today included. Counts are whole, so differences of running sums are exact."""
    running = np.cumsum(series, axis=0)
    sums = running.copy()
    sums[length:] -= running[:-length]
    return sums


def _before(series: Table, days: int) -> Table:
    """The series `days` later, with zeros in front."""
    later = np.zeros_like(series)
    later[days:] = series[:-days]
    return later


def _usual(slow: Table, observed: Table) -> tuple[Table, Table]:
    """Gamma posterior of the slow rate, from the days up to the guard."""
    return USUAL_ACTS + _before(slow, GUARD + 1), 30 + _before(observed, GUARD + 1)


def _usual_rate(slow: Table, observed: Table) -> Table:
    shape, rate = _usual(slow, observed)
    return shape / rate


def _rate(acts: Table, observed: Table, usual: Table, phi: Table) -> Table:
    return (PRIOR_DAYS * usual + acts / phi) / (PRIOR_DAYS + observed / phi)


def _dispersion_and_cusum(hostile: Table, usual: Table) -> tuple[Table, Table, Table]:
    """They depend on each other day by day: phi of yesterday, the same for the surprise, the statistic after today."""
    days, pairs = hostile.shape
    keep = 2 ** (-1 / SLOW)
    phis, rare_phis, cusums = (np.empty_like(hostile) for _ in range(3))
    squares, expected, cusum, reference = (np.zeros(pairs) for _ in range(4))
    departures = (hostile - usual) ** 2
    doubling = hostile * np.log(2)
    for day in range(days):
        phi, rare_phi = (np.clip((5 * of_five + squares) / (5 + expected), 1, 50) for of_five in (1, RARE_PHI))
        reference = np.where(cusum <= CUSUM_LIMIT / 2, usual[day], reference)
        size = reference / (phi - 1)
        # (size + mean) / (size + 2 mean) is phi / (2 phi - 1); with phi = 1 this is the Poisson limit.
        fall = np.where(phi > 1, (hostile[day] + size) * np.log(phi / (2 * phi - 1)), -reference)
        cusum = np.maximum(0, cusum + doubling[day] + fall)
        is_calm = cusum <= CUSUM_LIMIT / 2
        squares = squares * keep + is_calm * departures[day]
        expected = expected * keep + is_calm * usual[day]
        phis[day], cusums[day] = phi, cusum
        rare_phis[day] = rare_phi
    return phis, rare_phis, cusums


def _growth(acts: Table, usual: Table, phi: Table, *, is_p_wanted: bool = True) -> dict[str, Table]:
    """Rate of the last week over that of the four weeks before, and the probability that it is higher."""
    days = np.arange(1, len(acts) + 1.0)[:, None]
    recent_acts = _window(acts, RECENT)
    baseline_acts = _before(_window(acts, MONTH), RECENT)
    recent_shape, recent_rate = PRIOR_DAYS * usual + recent_acts / phi, PRIOR_DAYS + np.minimum(days, RECENT) / phi
    baseline_shape = PRIOR_DAYS * usual + baseline_acts / phi
    baseline_rate = PRIOR_DAYS + np.clip(days - RECENT, 0, MONTH) / phi
    # Without a collected day in the baseline there is nothing to compare with.
    has_acts = (recent_acts + baseline_acts > 0) & (days > RECENT)
    recent, baseline = recent_shape / recent_rate, baseline_shape / baseline_rate
    growth = {
        "recent_acts": recent_acts,
        "baseline_acts": baseline_acts,
        "log2_ratio": np.where(has_acts, np.log2(recent / baseline), np.nan),
        "absolute_change": np.where(has_acts, recent - baseline, np.nan),
    }
    if is_p_wanted:
        share = (baseline_rate / (recent_rate + baseline_rate))[has_acts]
        growth["p_rising"] = np.full_like(acts, np.nan)
        growth["p_rising"][has_acts] = special.betainc(baseline_shape[has_acts], recent_shape[has_acts], share)
    return growth


def _surprise(hostile: Table, usual: Table, shape: Table, phi: Table) -> Table:
    bans = np.zeros_like(hostile)
    happened = hostile > 0
    acts, mean, shape, phi = hostile[happened], usual[happened], shape[happened], phi[happened]
    size = np.where(phi > 1, mean**2 / (phi * mean + mean**2 / shape - mean), shape)
    bans[happened] = np.clip(-np.log10(special.betainc(acts, size, mean / (size + mean))), 0, 12)
    return bans


def _hill_number(kinds: NDArray[np.float64], total: Table) -> Table:
    shares = kinds / total[:, None]
    return np.where(total > 0, np.exp(special.entr(shares).sum(axis=1)), np.nan)


def _supported_rung(rhetoric: Table, military: Table, punitive: Table) -> Table:
    """Highest of the rungs 5, 3, 1 with two acts at or above it in four weeks."""
    deeds = military + punitive
    return np.select([military >= 2, deeds >= 2, deeds + rhetoric >= 2], [5.0, 3.0, 1.0])


def _mediation(
    mediation: Table, hostile: Table, months: dict[str, Table], hostile_growth: Table, usual: Table, phi: Table
) -> dict[str, Table]:
    answered = np.full_like(hostile, np.nan)
    is_hostile = months["hostile"] > 0
    scale = phi[is_hostile]
    a, b = 0.5 + months["mediation"][is_hostile] / scale, 0.5 + months["hostile"][is_hostile] / scale
    median = special.betaincinv(a, b, 0.5)
    answered[is_hostile] = median / (1 - median)

    days = np.arange(float(len(hostile)))[:, None]
    last = np.maximum.accumulate(np.where(mediation > 0, days, -1), axis=0)
    running = np.cumsum(hostile, axis=0)
    at_last = np.maximum.accumulate(np.where(mediation > 0, running, -1), axis=0)
    return {
        "mediation_coverage": answered,
        "mediation_gap": hostile_growth - _growth(mediation, usual, phi, is_p_wanted=False)["log2_ratio"],
        "days_since_mediation": np.where(last >= 0, days - last, np.nan),
        "hostile_since_mediation": np.where(last >= 0, running - at_last, np.nan),
    }
