"""Fit the phase model that is shipped (docs/method.md, C13) and say what its phases look like.

    python tools/fit_phases.py ../shared/data cpp/data/phase_model.json [--check | --halves]

Needs the package, and the KEDS Levant and Gulf files in the folder that is named first. The series are the pairs of
states with at least 150 events, both directions added up. The fit starts from the values below and is drawn to them by
priors, so that a phase stays what its name says: without, the four states would be four levels of how much is written.
With --check nothing is written; the model in use is described. Nor is it with --halves: a model is fitted to the pairs
of each file and compared with what is known of those of the other.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

import tocsin
from tocsin import indicators

FILES = {"keds_levant.cameo.csv.gz": "cameo-1.1b3", "keds_gulf.cameo.csv.gz": "weis"}
SIGNALS = ["rhetoric", "military", "punitive", "mediation", "cooperation"]
MIN_EVENTS = 150
MAX_ITERATIONS = 200
# The prior: a year of days in each phase, and a factor of e^0.7 = 2 either way for each floor, multiple and size.
PRIOR_DAYS = 365.0
PRIOR_SPREAD = 0.7

PHASES = ["calm", "tension", "confrontation", "hostilities"]
USED = ["rhetoric", "military", "punitive"]
# Phase by phase, signal by signal: floor in acts a day, share of what is usual, size of the negative binomial. The
# shares are kept as they are: fitted, they become bursts of 4 to 6 times the usual, and a long war would be "tension".
# Words and sanctions tell calm from the rest; tension, confrontation and hostilities are told apart by force alone. A
# phase that may have words of its own takes those who only talk for those who fight.
WORDS = (0.100, 0.35, 1.0)
SANCTIONS = (0.030, 0.08, 0.6)
START = [
    [(0.002, 0.10, 0.5), (0.0005, 0.02, 0.3), (0.0005, 0.01, 0.3)],
    [WORDS, (0.0050, 0.08, 0.4), SANCTIONS],
    [WORDS, (0.0600, 0.25, 0.6), SANCTIONS],
    [WORDS, (0.8000, 0.70, 1.0), SANCTIONS],
]
# Phase and signal of the cells that stay those of the phase before.
TIES = [(phase, signal) for phase in (2, 3) for signal in (USED.index("rhetoric"), USED.index("punitive"))]
# Neighbours only, and a surprise attack: from calm to confrontation.
TRANSITION = [
    [0.989, 0.010, 0.001, 0.000],
    [0.020, 0.965, 0.015, 0.000],
    [0.000, 0.040, 0.940, 0.020],
    [0.000, 0.000, 0.040, 0.960],
]
INITIAL = [0.9, 0.08, 0.015, 0.005]

# What everybody knows, from other sources than the events: pair, first and last day, phases that the days should be in.
KNOWN = [
    ("ISR-LBN", "2006-07-14", "2006-08-13", {3}, "war of July 2006"),
    ("IRN-IRQ", "1980-09-25", "1980-12-31", {3}, "the war begins"),
    ("IRN-IRQ", "1986-02-11", "1986-03-31", {3}, "the war's sixth year: Faw"),
    ("IRQ-KWT", "1990-08-03", "1990-08-20", {3}, "invasion of Kuwait"),
    ("IRQ-USA", "1991-01-18", "1991-02-27", {3}, "Desert Storm"),
    ("ISR-SYR", "1982-06-08", "1982-06-12", {2, 3}, "Bekaa"),
    ("EGY-ISR", "1995-01-01", "1999-12-31", {0, 1}, "the cold peace"),
    ("CHN-USA", "1985-01-01", "1988-12-31", {0, 1}, "no dispute at arms"),
    ("EGY-FRA", "1985-01-01", "1999-12-31", {0, 1}, "no dispute"),
    ("ISR-JOR", "1995-01-01", "1999-12-31", {0, 1}, "after the treaty"),
]


def main() -> None:
    """Fit, write and describe."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("data", type=Path)
    options.add_argument("target", type=Path)
    options.add_argument("--check", action="store_true", help="describe the model in use, fit nothing")
    options.add_argument("--halves", action="store_true", help="fit to each file, compare with the pairs of the other")
    chosen = options.parse_args()
    series = read(chosen.data)
    print(f"{len(series)} pairs, {sum(map(len, series.values())):,} pair-days")
    if chosen.halves:
        for name in FILES:
            print(f"\nfitted to {name}")
            model = fit([rows for rows in series.values() if rows.attrs["file"] == name])
            compare(model, {pair: rows for pair, rows in series.items() if rows.attrs["file"] != name})
        return
    model = indicators.PhaseModel.shipped()
    if not chosen.check:
        model = fit(list(series.values()))
        chosen.target.write_text(model.to_json(), encoding="utf-8")
        print(f"wrote {chosen.target}")
    describe(model, series)


def read(folder: Path) -> dict[str, pd.DataFrame]:
    """Daily counts of both directions together, by pair; a pair of both files from where it has more events."""
    series: dict[str, pd.DataFrame] = {}
    for name, codebook in FILES.items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", tocsin.InputWarning)  # codes that a codebook does not hold
            panel = tocsin.read_events(folder / name).count(pairs="states", codebook=codebook, min_events=MIN_EVENTS)
        frame = panel.frame()
        frame["pair"] = ["-".join(sorted(ends)) for ends in zip(frame["source"], frame["target"], strict=True)]
        days = frame.groupby(["pair", "date"], sort=True)[SIGNALS].sum().reset_index()
        calendar = pd.date_range(*panel.calendar)
        for pair, rows in days.groupby("pair"):
            # The frame holds days with something in them; the others are collected zeros.
            every_day = rows.set_index("date")[SIGNALS].reindex(calendar, fill_value=0.0)
            if pair not in series or every_day.to_numpy().sum() > series[pair].to_numpy().sum():
                every_day.attrs["file"] = name
                series[pair] = every_day
    return series


def start() -> indicators.PhaseModel:
    """Give the model that the fit starts from."""
    document = {
        "schema": "tocsin.phase_model",
        "schema_version": 1,
        "name": "tocsin",
        "version": "1",
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "trained_on": "KEDS Levant 1979-2011 (CAMEO) and Gulf 1979-1999 (WEIS), pairs of states with >= 150 events",
        "phases": PHASES,
        "signals": USED,
        "initial": INITIAL,
        "transition": TRANSITION,
        "emissions": [
            [dict(zip(("floor", "multiple", "size"), cell, strict=True)) for cell in phase] for phase in START
        ],
    }
    return indicators.PhaseModel.from_json(json.dumps(document))


def fit(series: list) -> indicators.PhaseModel:
    """Fit all series at once."""
    counts = [rows.to_numpy() for rows in series]
    fitted = indicators.fit_phases(
        counts,
        start=start(),
        prior_days=PRIOR_DAYS,
        prior_spread=PRIOR_SPREAD,
        keep_multiples=True,
        ties=TIES,
        max_iterations=MAX_ITERATIONS,
        tolerance=0.1,
    )
    print(f"log-likelihood {fitted.log_likelihood:,.1f}, {fitted.iterations} iterations, converged: {fitted.converged}")
    return rounded(fitted.model)


def rounded(model: indicators.PhaseModel) -> indicators.PhaseModel:
    """Keep four digits: more would claim more than the data say."""
    document = json.loads(model.to_json())
    for phase in document["emissions"]:
        for cell in phase:
            cell.update({key: float(f"{value:.4g}") for key, value in cell.items()})
    for row in [document["initial"], *document["transition"]]:
        row[:] = [round(p, 6) for p in row]
        largest = row.index(max(row))
        row[largest] = round(1 - sum(p for i, p in enumerate(row) if i != largest), 6)
    return indicators.PhaseModel.from_json(json.dumps(document))


def describe(model: indicators.PhaseModel, series: dict) -> None:
    """Print what the phases look like and how they agree with what is known."""
    filtered = {pair: indicators.phase(rows.to_numpy(), model=model) for pair, rows in series.items()}
    everything = np.concatenate([rows.to_numpy() for rows in series.values()])
    posterior = np.concatenate([f.posterior for f in filtered.values()])
    print("\nphase          share   rhetoric military punitive mediation cooperation (acts a day)   days it lasts")
    for k, phase in enumerate(model.phases):
        weights = posterior[:, k]
        means = (everything * weights[:, None]).sum(0) / weights.sum()
        lasts = 1 / (1 - model.transition[k, k])
        print(f"{phase:14} {weights.mean():6.3f}   " + " ".join(f"{mean:8.3f}" for mean in means) + f"   {lasts:8.1f}")
    print("\nmodel (floor + multiple x slow, size)")
    for k, phase in enumerate(model.phases):
        cells = zip(model.signals, model.floor[k], model.multiple[k], model.size[k], strict=True)
        print(f"{phase:14} " + "  ".join(f"{s} {f:.4g} + {m:.3g} slow, {r:.3g}" for s, f, m, r in cells))
    print(np.array2string(model.transition, precision=5, suppress_small=True))
    compare(model, series)


def compare(model: indicators.PhaseModel, series: dict) -> None:
    """Print how the phases agree with what is known of these pairs."""
    print("\nshare of days in the phases that are expected, and the mean posterior")
    for pair, first, last, expected, what in KNOWN:
        if pair not in series:
            continue
        days = np.asarray((series[pair].index >= first) & (series[pair].index <= last))
        now = indicators.phase(series[pair].to_numpy(), model=model).posterior[days]
        share = np.isin(now.argmax(1), list(expected)).mean()
        print(f"{pair} {first}..{last} {share:5.2f}  {np.round(now.mean(0), 2)}  {what}")


if __name__ == "__main__":
    main()
