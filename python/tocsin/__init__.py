"""How is an international crisis moving? Escalation indicators from daily counts of what two actors do."""

from tocsin import crosswalk, indicators, risk
from tocsin._core import version as __version__
from tocsin.backtesting import Backtest, backtest
from tocsin.codebook import Codebook
from tocsin.config import Config
from tocsin.datasets import load_example, load_example_events
from tocsin.errors import (
    CodebookError,
    ConfigError,
    Error,
    InputError,
    InputWarning,
    MissingExtraError,
    ParseError,
    StateError,
)
from tocsin.events import Events, read_events
from tocsin.monitor import Monitor
from tocsin.onsets import Onsets, read_onsets
from tocsin.panel import CountPanel
from tocsin.risk import RiskModel
from tocsin.scores import Scores, score
from tocsin.simulation import SimulatedCrisis, simulate_crisis

__all__ = [
    "Backtest",
    "Codebook",
    "CodebookError",
    "Config",
    "ConfigError",
    "CountPanel",
    "Error",
    "Events",
    "InputError",
    "InputWarning",
    "MissingExtraError",
    "Monitor",
    "Onsets",
    "ParseError",
    "RiskModel",
    "Scores",
    "SimulatedCrisis",
    "StateError",
    "__version__",
    "backtest",
    "crosswalk",
    "indicators",
    "load_example",
    "load_example_events",
    "read_events",
    "read_onsets",
    "risk",
    "score",
    "simulate_crisis",
]
