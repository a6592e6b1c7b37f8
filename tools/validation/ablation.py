"""What moved the numbers of V2: the risk model refitted without one family of its features at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import tocsin
from tocsin import risk

from . import labels
from .ranking import Estimate
from .report import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .region import Region

__all__ = ["ablation_tables"]

RIDGE = 100.0
WHOLE = "the whole model"
# Families by how the names of their features begin.
FAMILIES = {
    "without force between the two": ("force_days",),
    "without the hostile share": ("hostile_share",),
    "without past threats": ("threats_",),
    "without past onsets and threats": ("since_onset", "onsets_", "threats_"),
    "past onsets and threats alone": ("force_days", "hostile_share"),
}


def ablation_tables(
    model: tocsin.RiskModel, region: Region, others: Sequence[Region], *, draws: int = 1000, seed: int = 1
) -> Iterator[str]:
    """Markdown: for each family, area and average precision without it, and how much less that is, paired."""
    tables = [risk.features(each.scores, onsets=each.events, model=model) for each in (region, *others)]
    for each in tables:
        each["threats_730"] = each["threats_730"].fillna(0)  # simulated onsets tell of none
    names = [name for name in tables[0].columns if name not in ("date", "pair", "status")]
    truth = np.concatenate([labels.onset_days(other).ravel() for other in others])
    known = np.concatenate([each[names].to_numpy(dtype=float) for each in tables[1:]])
    kept = {family: [name for name in names if not name.startswith(prefixes)] for family, prefixes in FAMILIES.items()}
    extra = tables[0][["date", "pair"]].copy()
    for family, chosen in {WHOLE: names, **kept}.items():
        places = [names.index(name) for name in chosen]
        extra[family] = _logits(known[:, places], truth, tables[0][chosen].to_numpy(dtype=float))
    families = [name for name in extra.columns if name not in ("date", "pair")]
    result = tocsin.backtest(
        region.scores,
        region.events,
        extra=extra,
        sees_labels=families,
        baselines=False,
        ablation=False,
        draws=draws,
        seed=seed,
    )
    frame = result.frame().set_index("predictor")
    rows = [[family, *_cells(result, frame, family)] for family in families]
    yield table([f"refitted, {region.name}", "AUC", "less than the whole", "AP", "less than the whole"], rows)


def _logits(known: Any, truth: Any, new: Any) -> Any:
    """Log-odds of new days by a model that is fitted to the judged days of the others."""
    told = (truth >= 0) & np.isfinite(known).all(axis=1)
    mean, spread = known[told].mean(axis=0), known[told].std(axis=0)
    spread[spread == 0] = 1  # of a feature that is the same on all days nothing is learned
    fit = risk.fit_logistic((known[told] - mean) / spread, truth[told].astype(float), ridge=RIDGE)
    return fit.intercept + (new - mean) / spread @ fit.coefficients


def _cells(result: tocsin.Backtest, frame: Any, family: str) -> Iterator[str]:
    for metric in ("auc", "ap"):
        found = frame.loc[family]
        yield str(Estimate(found[metric], found[f"{metric}_low"], found[f"{metric}_high"]))
        yield "" if family == WHOLE else str(Estimate(*result.difference(family, WHOLE, metric=metric)))
