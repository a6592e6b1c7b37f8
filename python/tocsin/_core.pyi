# The C++ core. Use the functions of the package `tocsin`; names in here may change.
# Written by `make stubs` from the module. Annotations may be made better by hand, and stay; the rest is the module's.

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

_Floats: TypeAlias = NDArray[np.float64]
_Days: TypeAlias = NDArray[np.int32]  # days since 1970-01-01
_Ids: TypeAlias = NDArray[np.uint32]
_Pair: TypeAlias = tuple[str, str]
_Ends: TypeAlias = tuple[int, int]  # first and last day, both included
_Progress: TypeAlias = Callable[[int, int], object]
_Inputs: TypeAlias = list[str] | tuple[bytes, str]  # files by name, or the bytes of one with what to call it
_Labels: TypeAlias = NDArray[np.int8]

version: str
column_names: list[str]
score_columns: list[str]
status_names: list[str]
code_system_names: list[str]
onset_sources: list[str]

class Config:
    __hash__: ClassVar[None]  # type: ignore[assignment]

    def __init__(self) -> None: ...
    @staticmethod
    def from_json(text: str) -> Config: ...
    def to_json(self) -> str: ...
    def __eq__(self, other: object) -> bool: ...

class CountTable:
    def __init__(
        self,
        *,
        origin: str,
        dates: _Days,
        actors: Sequence[str],
        sources: _Ids,
        targets: _Ids,
        columns: Mapping[str, _Floats],
        is_directed: bool,
    ) -> None: ...
    def in_weeks(self, calendar: _Ends | None) -> CountTable: ...
    def __len__(self) -> int: ...

def count_table_from_arrow(
    stream: Any, *, origin: str, day: int | None, is_weekly: bool, calendar: _Ends | None
) -> CountTable: ...

class CountPanel:
    @staticmethod
    def from_table(table: CountTable, calendar: _Ends | None = None) -> CountPanel: ...
    @staticmethod
    def read(path: str, calendar: _Ends | None = None) -> CountPanel: ...
    @staticmethod
    def parse(text: str | bytes, origin: str, calendar: _Ends | None = None) -> CountPanel: ...
    def columns(self) -> dict[str, Any]: ...
    def write_csv(self, path: str, progress: _Progress | None = None) -> None: ...
    def select(self, pairs: Sequence[_Pair]) -> CountPanel: ...
    def until(self, day: int) -> CountPanel: ...
    @property
    def calendar(self) -> _Ends: ...
    @property
    def is_directed(self) -> bool: ...
    @property
    def signals(self) -> list[str]: ...
    @property
    def exposure(self) -> _Floats: ...
    @property
    def pairs(self) -> list[_Pair]: ...
    @property
    def provenance(self) -> dict[str, str]: ...
    @property
    def warnings(self) -> list[str]: ...

def parse_pair(text: str) -> _Pair: ...

class Codebook:
    @staticmethod
    def shipped(name: str) -> Codebook: ...
    @staticmethod
    def from_json(text: str) -> Codebook: ...
    @staticmethod
    def shipped_names() -> list[str]: ...
    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def hash(self) -> str: ...
    def meaning(self, code: str) -> dict[str, Any]: ...

class Duplicates:
    __members__: ClassVar[dict[str, Duplicates]]
    one_a_day: ClassVar[Duplicates]
    raw: ClassVar[Duplicates]

    @property
    def name(self) -> str: ...
    @property
    def value(self) -> int: ...

class MediationRule:
    __members__: ClassVar[dict[str, MediationRule]]
    allotted: ClassVar[MediationRule]
    all: ClassVar[MediationRule]
    paired_only: ClassVar[MediationRule]

    @property
    def name(self) -> str: ...
    @property
    def value(self) -> int: ...

class PairChoice:
    __members__: ClassVar[dict[str, PairChoice]]
    all: ClassVar[PairChoice]
    states: ClassVar[PairChoice]

    @property
    def name(self) -> str: ...
    @property
    def value(self) -> int: ...

class EventChoice:
    __members__: ClassVar[dict[str, EventChoice]]
    all: ClassVar[EventChoice]
    root: ClassVar[EventChoice]

    @property
    def name(self) -> str: ...
    @property
    def value(self) -> int: ...

class Weight:
    __members__: ClassVar[dict[str, Weight]]
    events: ClassVar[Weight]
    mentions: ClassVar[Weight]
    sources: ClassVar[Weight]
    articles: ClassVar[Weight]

    @property
    def name(self) -> str: ...
    @property
    def value(self) -> int: ...

class DateChoice:
    __members__: ClassVar[dict[str, DateChoice]]
    event: ClassVar[DateChoice]
    added: ClassVar[DateChoice]

    @property
    def name(self) -> str: ...
    @property
    def value(self) -> int: ...

class EmptyDays:
    __members__: ClassVar[dict[str, EmptyDays]]
    by_source: ClassVar[EmptyDays]
    quiet: ClassVar[EmptyDays]
    not_collected: ClassVar[EmptyDays]

    @property
    def name(self) -> str: ...
    @property
    def value(self) -> int: ...

class ActorForm:
    __members__: ClassVar[dict[str, ActorForm]]
    source: ClassVar[ActorForm]
    code: ClassVar[ActorForm]
    iso3: ClassVar[ActorForm]

    @property
    def name(self) -> str: ...
    @property
    def value(self) -> int: ...

class CountOptions:
    def __init__(
        self,
        *,
        duplicates: Duplicates,
        calendar: _Ends | None,
        mediation: MediationRule,
        events: EventChoice,
        weight: Weight,
        date: DateChoice,
        as_of: int | None,
        empty_days: EmptyDays,
        min_events: int,
    ) -> None: ...

class ReadOptions:
    def __init__(
        self,
        *,
        source: str,
        columns: Sequence[tuple[str, str]],
        actors: ActorForm,
        actor_system: str,
        max_rejected_share: float,
        threads: int,
    ) -> None: ...

class EventTable:
    actor_system: str

    def __init__(
        self,
        *,
        origin: str,
        dates: _Days,
        actors: Sequence[str],
        sources: _Ids,
        targets: _Ids,
        code_names: Sequence[str],
        codes: _Ids,
    ) -> None: ...
    def columns(self) -> dict[str, list[str]]: ...
    def count(
        self,
        pairs: Sequence[_Pair] | PairChoice,
        codebook: Codebook,
        options: CountOptions,
        progress: _Progress | None = None,
    ) -> tuple[CountPanel, dict[str, Any]]: ...
    @property
    def source(self) -> str: ...
    @property
    def codebook(self) -> str: ...
    @property
    def warnings(self) -> list[str]: ...
    def __len__(self) -> int: ...

def event_table_from_arrow(stream: Any, *, origin: str) -> EventTable: ...
def given_report(rows: int) -> dict[str, Any]: ...
def read_events(
    inputs: _Inputs, options: ReadOptions, progress: _Progress | None
) -> tuple[EventTable, dict[str, Any]]: ...
def read_event_columns(
    inputs: _Inputs, columns: Sequence[str], options: ReadOptions, progress: _Progress | None
) -> dict[str, Any]: ...
def event_sources() -> list[str]: ...
def event_column_names() -> list[str]: ...
def convert_codes(
    codes: Sequence[str | None], dates: _Days, source: str, target: str, origin: str | None, skips_missing: bool
) -> list[str | None]: ...
def place(
    code: str, system: str, day: int
) -> tuple[str, str, Literal["state", "territory", "region", "organisation"]]: ...

class Scores:
    @staticmethod
    def from_json(text: str) -> Scores: ...
    def to_json(self, progress: _Progress | None = None) -> str: ...
    def write_csv(self, path: str, progress: _Progress | None = None) -> None: ...
    def columns(self, indices: Sequence[int], progress: _Progress | None = None) -> dict[str, Any]: ...
    def latest_columns(self) -> dict[str, Any]: ...
    def by_score(self) -> list[int]: ...
    def explain(self, pair: _Pair, day: int, audience: str = "analyst") -> list[tuple[str, str]]: ...
    def headlines(self, pair: _Pair, days: Sequence[int]) -> list[str]: ...
    def compare(self, pair: _Pair, first: int, second: int) -> dict[str, Any]: ...
    def excitation(
        self, pair: _Pair, day: int, window_days: int, null_draws: int, by_kind: bool
    ) -> tuple[dict[str, Any], list[str], list[str]]: ...
    def slowing_down(self, pair: _Pair, day: int, window_days: int) -> dict[str, float]: ...
    @property
    def panel(self) -> CountPanel | None: ...
    @property
    def pairs(self) -> list[_Pair]: ...
    @property
    def calendar(self) -> _Ends: ...
    @property
    def provenance(self) -> dict[str, str]: ...
    @property
    def config(self) -> Config: ...
    @property
    def intervals(self) -> Literal["none", "latest", "all"]: ...

def score(panel: CountPanel, config: Config, intervals: str, threads: int, progress: _Progress | None) -> Scores: ...

class Monitor:
    def __init__(self, *, config: Config, columns: Sequence[str], is_directed: bool) -> None: ...
    @staticmethod
    def from_json(text: str) -> Monitor: ...
    def to_json(self) -> str: ...
    def push(
        self,
        day: int,
        rows: CountTable,
        exposure: float,
        replay_from: int | None,
        intervals: bool,
        progress: _Progress | None = None,
    ) -> dict[str, Any]: ...
    def slowing_down(self, pair: _Pair, window_days: int) -> dict[str, float]: ...
    @property
    def pairs(self) -> list[_Pair]: ...
    @property
    def last_day(self) -> int | None: ...
    @property
    def config(self) -> Config: ...

def goldstein_sums(codes: Sequence[str], counts: Sequence[float], codebook: Codebook) -> dict[str, float]: ...
def discounted_rate(
    y: _Floats, exposure: _Floats, half_life_days: float, prior_shape: float, prior_rate: float, dispersion: float
) -> dict[str, _Floats]: ...
def rate_ratio(
    y: _Floats,
    exposure: _Floats,
    window_days: int,
    baseline_days: int,
    guard_days: int,
    prior_shape: float,
    prior_rate: float,
    dispersion: float,
) -> dict[str, _Floats]: ...
def surprise(
    y: _Floats,
    exposure: _Floats,
    half_life_days: float,
    guard_days: int,
    dispersion: float | None,
    prior_shape: float,
    prior_rate: float,
    prior_dispersion: float,
) -> dict[str, _Floats]: ...
def predictive_tail(
    count: float, shape: float, rate: float, exposure: float, dispersion: float
) -> dict[str, float]: ...
def cusum(y: _Floats, mean: _Floats, ratio: float, dispersion: float, false_alarm_days: float) -> dict[str, Any]: ...
def post_mediation_change(
    mediation: _Floats, hostile: _Floats, phases: _Floats, window_days: int, dispersion: float
) -> dict[str, Any]: ...
def slowing_down(
    y: _Floats, window_days: int, stabilises_variance: bool, surrogates: int, seed: int
) -> dict[str, _Floats]: ...
def attention_share(y: _Floats, total: _Floats, prior_acts: float, prior_others: float) -> dict[str, _Floats]: ...
def ears(y: _Floats, method: str, min_sigma: float) -> dict[str, Any]: ...
def material_share(
    rhetoric: _Floats, material: _Floats, half_life_days: float, dispersion: float
) -> dict[str, _Floats]: ...
def rung(counts_by_rung: _Floats, window_days: int, min_events: float) -> dict[str, _Floats]: ...
def reciprocity(forward: _Floats, backward: _Floats, half_life_days: float) -> dict[str, _Floats]: ...
def breadth(counts: _Floats, half_life_days: float) -> dict[str, _Floats]: ...
def mediation_coverage(
    mediation: _Floats,
    hostile: _Floats,
    window_days: int,
    growth_window_days: int,
    growth_baseline_days: int,
    dispersion: float,
) -> dict[str, _Floats]: ...
def change_point(
    y: _Floats,
    exposure: _Floats,
    hazard: float,
    window_days: int,
    keep: int | None,
    prior_shape: float,
    prior_rate: float,
    dispersion: float,
) -> dict[str, _Floats]: ...

class PhaseModel:
    @staticmethod
    def shipped() -> PhaseModel: ...
    @staticmethod
    def fixed(
        transition: Sequence[Sequence[float]],
        means: Sequence[Sequence[float]],
        initial: Sequence[float],
        sizes: Sequence[Sequence[float]],
    ) -> PhaseModel: ...
    @staticmethod
    def from_json(text: str) -> PhaseModel: ...
    def to_json(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def date(self) -> str: ...
    @property
    def trained_on(self) -> str: ...
    @property
    def phases(self) -> list[str]: ...
    @property
    def signals(self) -> list[str]: ...
    @property
    def initial(self) -> _Floats: ...
    @property
    def transition(self) -> _Floats: ...
    @property
    def floor(self) -> _Floats: ...
    @property
    def multiple(self) -> _Floats: ...
    @property
    def size(self) -> _Floats: ...

def phase(y: _Floats, exposure: _Floats, model: PhaseModel | None, horizon_days: int) -> dict[str, _Floats]: ...
def phase_smooth(y: _Floats, exposure: _Floats, model: PhaseModel | None) -> dict[str, Any]: ...
def phase_path(y: _Floats, exposure: _Floats, model: PhaseModel | None) -> dict[str, _Floats]: ...
def fit_phases(
    series: Sequence[_Floats],
    start: PhaseModel | None,
    phases: int,
    is_poisson: bool,
    starts: int,
    seed: int,
    max_iterations: int,
    tolerance: float,
    prior_days: float,
    prior_spread: float,
    keeps_multiples: bool,
    ties: Sequence[tuple[int, int]],
) -> tuple[PhaseModel, float, int, bool]: ...
def cross_excitation(
    y: _Floats,
    generation_half_life_days: list[float],
    window_days: int,
    prior_shape: float,
    prior_rate: float,
    baseline: str,
    base: _Floats,
    null_draws: int,
    seed: int,
) -> dict[str, Any]: ...
def rolling_cross_excitation(
    y: _Floats,
    generation_half_life_days: list[float],
    window_days: int,
    every_days: int,
    prior_shape: float,
    prior_rate: float,
    baseline: str,
    null_draws: int,
    seed: int,
) -> list[tuple[int, dict[str, Any]]]: ...
def cross_excitation_log_likelihood(
    y: _Floats, mu: _Floats, kernel: _Floats, generation_half_life_days: float, base: _Floats
) -> float: ...
def reproduction_number(
    y: _Floats,
    exposure: _Floats,
    exogenous_rate: _Floats,
    generation_half_life_days: float,
    forgetting_half_life_days: float,
    prior_shape: float,
    prior_rate: float,
    attribution_ratio: float | None,
    dispersion: float,
    null_from_segments: bool,
    null_rate: _Floats,
    null_every_day: bool,
    p_recent: _Floats,
    null_draws: int,
    seed: int,
) -> dict[str, _Floats]: ...

class Onset:
    def __init__(
        self,
        pair: _Pair,
        first: int,
        last: int,
        level: int,
        are_adversaries: bool,
        name: str,
        uncertain_days: int,
        end_uncertain_days: int,
    ) -> None: ...
    @property
    def pair(self) -> _Pair: ...
    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...
    @property
    def level(self) -> int: ...
    @property
    def are_adversaries(self) -> bool: ...
    @property
    def name(self) -> str: ...
    @property
    def uncertain_days(self) -> int: ...
    @property
    def end_uncertain_days(self) -> int: ...

def read_onsets(
    path: str, source: str, actor_system: str, actors: Sequence[str], min_level: int
) -> tuple[list[Onset], _Ends | None, dict[str, Any]]: ...
def parse_onsets(
    text: str | bytes, origin: str, source: str, actor_system: str, actors: Sequence[str], min_level: int
) -> tuple[list[Onset], _Ends | None, dict[str, Any]]: ...
def auc(labels: _Labels, values: _Floats) -> float: ...
def average_precision(labels: _Labels, values: _Floats) -> float: ...
def brier(labels: _Labels, values: _Floats) -> float: ...
def log_score(labels: _Labels, values: _Floats) -> float: ...
def reliability_line(labels: _Labels, values: _Floats) -> tuple[float, float]: ...
def isotonic(labels: _Labels, values: _Floats, at: _Floats) -> _Floats: ...

class BacktestOptions:
    def __init__(
        self,
        *,
        target: str,
        horizon_days: int,
        quiet_days: int,
        is_quiet_after_end: bool,
        warm_up_days: int,
        min_level: int,
        margin_days: int,
        recent_days: int,
        covered: _Ends | None,
        columns: Sequence[str],
        has_baselines: bool,
        has_ablation: bool,
        seed: int,
        draws: int,
        folds: int,
        threads: int,
    ) -> None: ...

class Backtest:
    def columns(self) -> dict[str, Any]: ...
    def curves(self, predictor: str) -> dict[str, _Floats]: ...
    def auc_difference(self, first: str, second: str) -> tuple[float, float, float]: ...
    def ap_difference(self, first: str, second: str) -> tuple[float, float, float]: ...
    def to_json(self) -> str: ...
    @property
    def pairs(self) -> int: ...
    @property
    def active_pairs(self) -> int: ...
    @property
    def days(self) -> int: ...
    @property
    def positive_days(self) -> int: ...
    @property
    def onsets(self) -> int: ...
    @property
    def recent_positive_days(self) -> int: ...
    @property
    def unknown_days(self) -> int: ...
    @property
    def incomplete_days(self) -> int: ...
    @property
    def unmatched_onsets(self) -> int: ...
    @property
    def left_out(self) -> list[str]: ...
    @property
    def base_rate(self) -> float: ...

def backtest(
    scores: Scores,
    onsets: Sequence[Onset],
    options: BacktestOptions,
    militarised: Sequence[Onset],
    extras: Sequence[tuple[str, Sequence[_Floats], bool, bool]],
    progress: _Progress | None,
) -> Backtest: ...

class RiskModel:
    @staticmethod
    def shipped() -> RiskModel: ...
    @staticmethod
    def from_json(text: str) -> RiskModel: ...
    @staticmethod
    def fit(
        scores: Sequence[Scores],
        onsets: Sequence[Onset],
        description: str,
        *,
        horizon_days: int,
        quiet_days: int,
        min_level: int,
        warm_up_days: int,
        ridge: float,
        folds: int,
        threads: int,
        covered: _Ends | None,
        progress: _Progress | None,
    ) -> RiskModel: ...
    def to_json(self) -> str: ...
    def predict(
        self, scores: Scores, onsets: Sequence[Onset] | None, threads: int, progress: _Progress | None
    ) -> dict[str, NDArray[Any]]: ...
    def at(self, scores: Scores, pair: _Pair, day: int, onsets: Sequence[Onset] | None) -> dict[str, Any]: ...
    def explain(self, scores: Scores, pair: _Pair, day: int, onsets: Sequence[Onset] | None) -> list[str]: ...
    def features(self, scores: Scores, onsets: Sequence[Onset] | None) -> dict[str, NDArray[Any]]: ...
    @property
    def hash(self) -> str: ...
    @property
    def training(self) -> dict[str, Any]: ...
    @property
    def events(self) -> dict[str, Any]: ...
    @property
    def with_onsets(self) -> dict[str, Any]: ...
    @property
    def horizon_days(self) -> int: ...
    @property
    def quiet_days(self) -> int: ...
    @property
    def min_level(self) -> int: ...

def fit_logistic(
    x: _Floats, y: _Floats, clusters: Sequence[int] | None, ridge: float, most_iterations: int, tolerance: float
) -> dict[str, Any]: ...
