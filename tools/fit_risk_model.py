"""Fit the risk model that is shipped (docs/method.md) and say how it does on regions that it has not seen.

    python tools/fit_risk_model.py ../shared/data cpp/data/risk_model.json [--check]

Needs the package, the KEDS Levant and Gulf files, and Militarized Interstate Events in the folder that is named first.
The pairs are those of members of the COW state system with at least 150 events, for the source of the onsets speaks of
no others. With --check nothing is written.
"""

from __future__ import annotations

import argparse
import warnings
from pathlib import Path

import pandas as pd

import tocsin

# File, codebook and the system that its actors are codes of, where it is not the one of the kind of file.
FILES = {
    "levant": ("keds_levant.cameo.csv.gz", "cameo-1.1b3", None),
    "gulf": ("keds_gulf.cameo.csv.gz", "weis", "keds"),
}
ONSETS = "mie-1.0.csv.gz"
MIN_EVENTS = 150
MIN_LEVEL = 4
DESCRIPTION = (
    "KEDS Levant 1979-2011 and Gulf 1979-1999, pairs of states with at least 150 events, "
    "and Militarized Interstate Events 1.0, of which hostility level 4 or more is an onset"
)
DRAWS = 500
EVENT_BASELINES = ["military_half_life_60", "hostile_half_life_14"]


def main() -> None:
    """Fit, write and judge."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("data", type=Path)
    options.add_argument("target", type=Path)
    options.add_argument("--check", action="store_true", help="write nothing")
    chosen = options.parse_args()
    regions = {name: read(chosen.data, *file) for name, file in FILES.items()}
    onsets = tocsin.read_onsets(chosen.data / ONSETS)  # of all levels: threats and displays of force tell of onsets
    model = tocsin.RiskModel.fit(list(regions.values()), onsets, description=DESCRIPTION, min_level=MIN_LEVEL)
    print(model)
    for name, equation in (("events alone", model.events), ("with onsets", model.with_onsets)):
        print(
            f"\n{name}: calibration slope {equation['calibration_slope']:.3f}; pairs left out: "
            f"AUC {equation['auc']:.3f}, AP {equation['average_precision']:.3f}, "
            f"Brier skill {equation['brier_skill']:.3f}"
        )
        for feature, term in equation["terms"].items():
            print(f"  {feature:22} {term['coefficient']:+.3f} per {term['spread']:.3f} (mean {term['mean']:+.3f})")
    if not chosen.check:
        chosen.target.write_text(model.to_json(), encoding="utf-8")
        print(f"\nwrote {chosen.target}")
    judge(regions, onsets)


def read(folder: Path, name: str, codebook: str, actor_system: str | None) -> tocsin.Scores:
    """Score the pairs of states of one file, written as in ISO 3166."""
    events = tocsin.read_events(folder / name, actors="iso3", actor_system=actor_system)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tocsin.InputWarning)  # codes that a codebook does not hold
        panel = events.count(pairs="states", codebook=codebook, min_events=MIN_EVENTS)
    members = [pair for pair in panel.pairs if all(is_member(actor) for actor in pair)]
    return tocsin.score(panel.select(members), intervals="none")


def is_member(actor: str) -> bool:
    """Whether the COW state system has a number for it."""
    codes = [
        tocsin.crosswalk.convert(actor, source="iso3", target="cow_number", date=f"{year}-07-01", missing="none")
        for year in (1980, 1995)
    ]
    return any(code is not None for code in codes)


def judge(regions: dict[str, tocsin.Scores], onsets: tocsin.Onsets) -> None:
    """Hold each region against a model of the other one, beside every baseline."""
    for name, scores in regions.items():
        others = [other for other_name, other in regions.items() if other_name != name]
        print(f"\n{name}, by a model of the other region")
        compare(scores, onsets, tocsin.RiskModel.fit(others, onsets, min_level=MIN_LEVEL))


def compare(scores: tocsin.Scores, onsets: tocsin.Onsets, model: tocsin.RiskModel) -> None:
    """Print the table of `tocsin.backtest` for one model."""
    extra = model.predict(scores)[["date", "pair", "risk"]].rename(columns={"risk": "risk_events"})
    extra["risk_with_onsets"] = model.predict(scores, onsets)["risk"]
    names = ["risk_events", "risk_with_onsets"]
    result = tocsin.backtest(
        scores, onsets, extra=extra, probabilities=names, sees_labels=names[1:], min_level=MIN_LEVEL, draws=DRAWS
    )
    with pd.option_context("display.width", 250, "display.max_columns", 60, "display.max_rows", 60):
        print(result.frame().round(4).to_string())
    for name, columns in (("risk_events", EVENT_BASELINES), ("risk_with_onsets", ["recency_of_events"])):
        for baseline in columns:
            auc, ap = (result.difference(name, baseline, metric=metric) for metric in ("auc", "ap"))
            print(f"{name} minus {baseline}: AUC {auc}, AP {ap}")


if __name__ == "__main__":
    main()
