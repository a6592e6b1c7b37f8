"""One indicator alone, on plain arrays.

Counts are daily, oldest first; NaN was not collected. Element t of a result depends on days up to t only, so the last
element is the state after the last day. Numbers in brackets are those of docs/method.md.
"""

from tocsin.indicators._attention_share import AttentionShare, attention_share
from tocsin.indicators._breadth import Breadth, breadth
from tocsin.indicators._change_point import ChangePoint, change_point
from tocsin.indicators._cross_excitation import (
    CrossExcitation,
    cross_excitation,
    cross_excitation_log_likelihood,
    rolling_cross_excitation,
)
from tocsin.indicators._cusum import Cusum, cusum
from tocsin.indicators._discounted_rate import DiscountedRate, discounted_rate
from tocsin.indicators._ears import Ears, ears
from tocsin.indicators._goldstein_balance import GoldsteinBalance, goldstein_balance
from tocsin.indicators._material_share import MaterialShare, material_share
from tocsin.indicators._mediation_coverage import MediationCoverage, mediation_coverage
from tocsin.indicators._phase import (
    FittedPhases,
    Phase,
    PhaseModel,
    PhasePath,
    SmoothedPhase,
    fit_phases,
    phase,
    phase_filter,
    phase_path,
    phase_smooth,
)
from tocsin.indicators._post_mediation_change import PostMediationChange, post_mediation_change
from tocsin.indicators._rate_ratio import RateRatio, rate_ratio
from tocsin.indicators._reciprocity import Reciprocity, reciprocity
from tocsin.indicators._reproduction_number import ReproductionNumber, reproduction_number
from tocsin.indicators._rung import Rung, rung
from tocsin.indicators._slowing_down import SlowingDown, slowing_down
from tocsin.indicators._surprise import PredictiveTail, Surprise, predictive_tail, surprise

__all__ = [
    "AttentionShare",
    "Breadth",
    "ChangePoint",
    "CrossExcitation",
    "Cusum",
    "DiscountedRate",
    "Ears",
    "FittedPhases",
    "GoldsteinBalance",
    "MaterialShare",
    "MediationCoverage",
    "Phase",
    "PhaseModel",
    "PhasePath",
    "PostMediationChange",
    "PredictiveTail",
    "RateRatio",
    "Reciprocity",
    "ReproductionNumber",
    "Rung",
    "SlowingDown",
    "SmoothedPhase",
    "Surprise",
    "attention_share",
    "breadth",
    "change_point",
    "cross_excitation",
    "cross_excitation_log_likelihood",
    "cusum",
    "discounted_rate",
    "ears",
    "fit_phases",
    "goldstein_balance",
    "material_share",
    "mediation_coverage",
    "phase",
    "phase_filter",
    "phase_path",
    "phase_smooth",
    "post_mediation_change",
    "predictive_tail",
    "rate_ratio",
    "reciprocity",
    "reproduction_number",
    "rolling_cross_excitation",
    "rung",
    "slowing_down",
    "surprise",
]
