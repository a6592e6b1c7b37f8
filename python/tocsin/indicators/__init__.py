"""One indicator alone, on plain arrays.

Counts are daily, oldest first; NaN was not collected. Element t of a result depends on days up to t only, so the last
element is the state after the last day. Numbers in brackets are those of docs/method.md.
"""

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
from tocsin.indicators._rate_ratio import RateRatio, rate_ratio
from tocsin.indicators._reciprocity import Reciprocity, reciprocity
from tocsin.indicators._reproduction_number import ReproductionNumber, reproduction_number
from tocsin.indicators._rung import Rung, rung
from tocsin.indicators._surprise import PredictiveTail, Surprise, predictive_tail, surprise

__all__ = [
    "Breadth",
    "ChangePoint",
    "CrossExcitation",
    "Cusum",
    "DiscountedRate",
    "FittedPhases",
    "GoldsteinBalance",
    "MaterialShare",
    "MediationCoverage",
    "Phase",
    "PhaseModel",
    "PhasePath",
    "PredictiveTail",
    "RateRatio",
    "Reciprocity",
    "ReproductionNumber",
    "Rung",
    "SmoothedPhase",
    "Surprise",
    "breadth",
    "change_point",
    "cross_excitation",
    "cross_excitation_log_likelihood",
    "cusum",
    "discounted_rate",
    "fit_phases",
    "goldstein_balance",
    "material_share",
    "mediation_coverage",
    "phase",
    "phase_filter",
    "phase_path",
    "phase_smooth",
    "predictive_tail",
    "rate_ratio",
    "reciprocity",
    "reproduction_number",
    "rolling_cross_excitation",
    "rung",
    "surprise",
]
