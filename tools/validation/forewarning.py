"""V2: does it warn before force is used?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import tocsin

from .ablation import ablation_tables
from .labels import HORIZON_DAYS, QUIET_DAYS
from .ranking import Estimate
from .report import Bar, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .region import Region

__all__ = ["Forewarning"]

EVENTS, HISTORY = "risk, events alone", "risk, with past onsets"
SLOPES = (0.8, 1.25)
AIM_AUC = 0.9
AIM_TIMES = 2  # the average precision of the best baseline that sees events alone


@dataclass(frozen=True)
class Forewarning:
    """Risks of a region by a model that was fitted on others, beside the score and every baseline."""

    region: Region
    trained_on: str
    result: tocsin.Backtest
    ablated: Iterator[str]  # tables, made when they are asked for

    @classmethod
    def of(cls, region: Region, others: Sequence[Region], *, draws: int = 1000, seed: int = 1) -> Forewarning:
        """Fit on the other regions, judge on this one."""
        trained_on = ", ".join(other.name for other in others)
        model = tocsin.RiskModel.fit(
            [other.scores for other in others],
            _together([other.events for other in others]),
            description=trained_on,
            horizon_days=HORIZON_DAYS,
            quiet_days=QUIET_DAYS,
        )
        risks = model.predict(region.scores)
        extra = risks[["date", "pair"]].copy()
        extra[EVENTS] = risks["risk"]
        extra[HISTORY] = model.predict(region.scores, onsets=region.events)["risk"]
        result = tocsin.backtest(
            region.scores,
            region.events,
            horizon_days=HORIZON_DAYS,
            quiet_days=QUIET_DAYS,
            extra=extra,
            probabilities=[EVENTS, HISTORY],
            sees_labels=[HISTORY],
            draws=draws,
            seed=seed,
        )
        return cls(region, trained_on, result, ablation_tables(model, region, others, draws=draws, seed=seed))

    def tables(self) -> Iterator[str]:
        """Markdown: every predictor by AUC; what each part of the score adds."""
        counts, found = self.result.counts, self.result.frame().sort_values("auc", ascending=False)
        corner = (
            f"{self.region.name}, fitted on {self.trained_on}: {counts['onsets']:,} onsets of {counts['active_pairs']} "
            f"of {counts['pairs']} pairs, base rate {self.result.base_rate:.4f}"
        )
        head = [corner, "AUC", "AP", "Brier skill", "slope", "intercept", "hard AUC", "hard AP"]
        alarms = ["onsets warned of, 1 false alarm", "days ahead", "4 false alarms", "days ahead"]
        kept = found[found["kind"] != "ablation"]
        yield table([*head, *alarms], [self._row(each) for each in kept.to_dict("records")])
        ablated = [name for name, kind in zip(found["predictor"], found["kind"], strict=True) if kind == "ablation"]
        if ablated:
            rows = [[name, *(str(self._more(name, "score", metric)) for metric in ("auc", "ap"))] for name in ablated]
            yield table([f"less than the whole score, {self.region.name}", "AUC", "AP"], rows)
        yield from self.ablated

    def bars(self) -> Iterator[Bar]:
        """Those of the warning, each with its numbers."""
        frame = self.result.frame().set_index("predictor")
        baselines = frame[frame["kind"] == "baseline"]
        of_events = list(baselines.index[~baselines["sees_labels"]])
        for name, rivals in ((EVENTS, of_events), (HISTORY, list(baselines.index))):
            for metric in ("auc", "ap"):
                worst = min((self._more(name, rival, metric) for rival in rivals), key=lambda gain: gain.low)
                best = baselines.loc[rivals, metric].idxmax()
                what = f"{name}: {metric.upper()} above every baseline that sees no more"
                found = f"{_cell(frame.loc[name], metric)}; {self._more(name, best, metric)} above {best}"
                yield self._bar(what, worst.low > 0, found)
            slope = frame.loc[name, "slope"]
            what = f"{name}: reliability slope between .8 and 1.25"
            yield self._bar(what, SLOPES[0] <= slope <= SLOPES[1], f"{slope:.2f}")
        best_ap = baselines.loc[of_events, "ap"].max()
        for name in (EVENTS, HISTORY):
            auc, ap = frame.loc[name, "auc"], frame.loc[name, "ap"]
            yield self._bar(f"aim: {name}, AUC .90", auc >= AIM_AUC, _cell(frame.loc[name], "auc"))
            what = f"aim: {name}, twice the AP of the best event baseline"
            yield self._bar(what, ap >= AIM_TIMES * best_ap, f"{ap:.3f} and {best_ap:.3f}")

    def _more(self, name: str, other: str, metric: str) -> Estimate:
        return Estimate(*self.result.difference(name, other, metric=metric))  # type: ignore[arg-type]

    def _row(self, found: dict[str, Any]) -> list[str]:
        name = f"**{found['predictor']}**" if found["kind"] == "extra" else found["predictor"]
        cells = [name + (" *" if found["sees_labels"] else ""), _cell(found, "auc"), _cell(found, "ap")]
        cells += [_cell(found, "brier_skill"), f"{found['slope']:.2f}", f"{found['intercept']:.2f}"]
        cells += [f"{found['auc_hard']:.3f}", f"{found['ap_hard']:.3f}"]
        for budget in (1, 4):
            cells += [f"{100 * found[f'recall_at_{budget}']:.0f} %", f"{found[f'lead_at_{budget}']:.0f}"]
        return cells

    def _bar(self, what: str, is_met: bool, found: str) -> Bar:  # noqa: FBT001
        return Bar("V2", self.region.name, what, bool(is_met), found)


def _cell(found: Any, name: str) -> str:
    return str(Estimate(found[name], found[f"{name}_low"], found[f"{name}_high"]))


def _together(onsets: Sequence[tocsin.Onsets]) -> tocsin.Onsets:
    """One table of several readings; what two regions share stands in it once."""
    if len(onsets) == 1:
        return onsets[0]
    import pandas as pd

    return tocsin.read_onsets(pd.concat([each.frame() for each in onsets]).drop_duplicates())
