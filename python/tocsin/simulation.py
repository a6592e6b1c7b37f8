"""Synthetic crises of which the truth is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from tocsin import _core, frames
from tocsin.errors import InputError
from tocsin.panel import CountPanel, PairName, find_pair, required_day

__all__ = ["CrisisKind", "SimulatedCrisis", "simulate_crisis"]

CrisisKind = Literal["escalation", "tit_for_tat", "mediated", "false_alarm", "media_shock", "missing_feed", "mixed"]
Floats = NDArray[np.float64]

DESCRIPTIONS: dict[str, str] = {
    "escalation": "Tension grows into confrontation and then into force; afterwards it dies down by the same steps.",
    "tit_for_tat": "An attack out of the calm; for some weeks each act draws 0.85 acts of the other side.",
    "mediated": "Tension grows into confrontation, mediators come, and it dies down: no force is used.",
    "false_alarm": "For some weeks there are ten times as many hostile words, and hardly a deed: no force is used.",
    "media_shock": "Nothing happens, but for some weeks the source writes three times as much about everything.",
    "missing_feed": "An escalation, of which single days and ten days of the confrontation were not collected.",
    "mixed": "The pairs have an escalation, a tit for tat, a mediated crisis and a false alarm in turn.",
}
_MIXED = ("escalation", "tit_for_tat", "mediated", "false_alarm")
_SIGNALS = _core.column_names[:5]
_HOSTILE, _MATERIAL, _MEDIATION = slice(0, 3), slice(1, 3), 3

# Acts a day of both sides together: rhetoric, military, punitive, mediation, cooperation.
_RATES = {
    "calm": (0.3, 0.03, 0.02, 0.02, 0.6),
    "tension": (1.5, 0.15, 0.2, 0.1, 0.4),
    "confrontation": (4.0, 1.0, 0.8, 0.4, 0.2),
    "hostilities": (4.0, 8.0, 1.0, 0.8, 0.1),
}
_WORDS_ONLY = (4.0, 0.05, 0.05, 0.1, 0.5)
_TALKED_DOWN = (1.5, 0.3, 0.3, 3.0, 0.6)
# Every kind has this much calm before its first crisis, so that a score has warmed up and knows what is usual.
_CALM_DAYS = 120
_LONGEST_CRISIS = 133
_CALM_END = 7
_SHORTEST = _CALM_DAYS + _LONGEST_CRISIS + _CALM_END

_ANSWERS = 0.85  # acts that an act of the other side draws
_ANSWER_DECAY = 2 ** (-1 / 2)  # half of them within two days, as C11 and C12 see it
_ANSWER_SIGNALS = (0.4, 0.5, 0.1, 0.0, 0.0)
_ATTACK = (2.0, 8.0, 0.0, 0.0, 0.0)

_SHOCK_EXPOSURE = 3.0
_BACKGROUND = 2000.0  # events a day of the source about other pairs
_OUTAGE_DAYS = 10
_MISSING_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class SimulatedCrisis:
    """Counts, and what they were drawn from. Made by `simulate_crisis`.

    Attributes
    ----------
    panel : CountPanel
        The counts, as a source would give them.
    truth : frame
        One row per pair and day, also where nothing was collected: ``date pair kind phase``, ``is_force_used``,
        ``is_onset``, ``hostile_rate_forward`` (acts a day of the alphabetically first actor),
        ``hostile_rate_backward``, ``material_rate`` and ``mediation_rate`` (of the pair), all as they would be counted
        at exposure 1, and ``exposure``. Phases are ``calm tension confrontation hostilities``.
    onsets : frame
        ``date pair`` of the first days of force.
    kind : str
        As asked for.
    description : str
        What happens, in a sentence.
    """

    panel: CountPanel
    truth: Any = field(repr=False)
    onsets: Any = field(repr=False)
    kind: str
    description: str


def simulate_crisis(
    *,
    seed: int = 1,
    kind: CrisisKind = "escalation",
    days: int = 360,
    start: Any = "2024-01-01",
    pair: PairName = ("AAA", "BBB"),
    pairs: int = 1,
    dispersion: float = 1.5,
) -> SimulatedCrisis:
    """A made-up crisis with the truth attached: does what you do with scores find what is there?

    A pair is calm for at least 120 days. Then it has a crisis, and, where the days suffice, others with at least 120
    calm days between them; the last week is calm. When they begin, how long a phase lasts, how busy the pair is and
    which side does more is drawn.

    Parameters
    ----------
    seed : int
        The same seed gives the same crisis. A pair does not depend on how many others there are.
    kind : str
        - ``"escalation"``: tension, confrontation, force, and back by the same steps;
        - ``"tit_for_tat"``: an attack out of the calm, and each act draws 0.85 acts of the other side;
        - ``"mediated"``: tension and confrontation; mediators come and it ends without force;
        - ``"false_alarm"``: ten times as many hostile words, and hardly a deed;
        - ``"media_shock"``: the source writes three times as much about everything, which the exposure says;
        - ``"missing_feed"``: an escalation; 5 % of the days and ten days of the confrontation were not collected;
        - ``"mixed"``: the first four in turn, one a pair.
    days : int
        Length of the calendar, at least 260.
    start : date or str
        First day.
    pair : str or tuple
        The two actors. Of several pairs the next are AAA2-BBB2, AAA3-BBB3 and so on.
    pairs : int
        How many pairs, each with crises of its own on the same calendar and from the same source.
    dispersion : float
        Variance of a count over its mean: how many rows the source writes for one real event. 1 is Poisson.

    Returns
    -------
    SimulatedCrisis
        With ``panel``, ``truth``, ``onsets``, ``kind`` and ``description``.

    Raises
    ------
    InputError
        For a kind that there is not, or a number out of range.

    Examples
    --------
    >>> import tocsin
    >>> crisis = simulate_crisis(seed=1, kind="escalation")
    >>> crisis.panel
    CountPanel: 1 pair, 2024-01-01 to 2024-12-25 (360 days), signals rhetoric military punitive mediation cooperation

    The score is higher where force was used than in the calm before:

    >>> truth, scores = crisis.truth, tocsin.score(crisis.panel, intervals="none").frame()
    >>> by_phase = scores["score"].groupby(truth["phase"]).median()
    >>> bool(by_phase["hostilities"] > by_phase["confrontation"] > by_phase["calm"])
    True
    >>> len(simulate_crisis(kind="false_alarm").onsets)
    0
    """
    _check(seed, kind, days, pairs, dispersion)
    actors = _alphabetical(pair)
    calendar = np.datetime64(required_day(start), "D") + np.arange(days)
    random = [np.random.default_rng([seed, i]) for i in range(pairs + 1)]  # the first is the source's
    paths = []
    for i in range(pairs):
        ends = actors if i == 0 else _alphabetical((f"{actors[0]}{i + 1}", f"{actors[1]}{i + 1}"))
        paths.append(_Path.drawn(ends, _MIXED[i % len(_MIXED)] if kind == "mixed" else kind, days, random[i + 1]))
    exposure = _exposure(kind, paths[0], random[0])
    counts = [path.counts(exposure, dispersion, random[i + 1]) for i, path in enumerate(paths)]
    truth = _truth(calendar, paths, exposure)
    onsets = nw.from_native(truth).filter(nw.col("is_onset")).select("date", "pair")
    return SimulatedCrisis(
        panel=_panel(calendar, paths, np.stack(counts), exposure, random[0]),
        truth=truth,
        onsets=nw.maybe_reset_index(onsets).to_native(),
        kind=kind,
        description=DESCRIPTIONS[kind],
    )


@dataclass(frozen=True, slots=True)
class _Stage:
    """Some days with the same rates. `answers` is what an act of the other side draws."""

    phase: str
    days: int
    rates: tuple[float, ...]
    answers: float = 0.0


@dataclass(slots=True)
class _Path:
    """What a pair does, day by day. Rates are acts a day at exposure 1, (days, direction, signal)."""

    ends: tuple[str, str]  # the actors in alphabetical order
    kind: str
    phase: NDArray[np.object_]
    rates: Floats
    answers: Floats

    @classmethod
    def drawn(cls, ends: tuple[str, str], kind: str, days: int, random: np.random.Generator) -> _Path:
        busyness, forward = np.exp(random.uniform(-0.4, 0.4)), random.uniform(0.35, 0.65)
        path = cls(ends, kind, np.full(days, "calm", dtype=object), np.empty((days, 2, 5)), np.zeros(days))
        rates = np.tile(_RATES["calm"], (days, 1))
        attacks, stages = [], _stages(kind, random)
        day = _CALM_DAYS + int(random.integers(0, min(60, days - _SHORTEST) + 1))
        while day + sum(stage.days for stage in stages) <= days - _CALM_END:
            for stage in stages:
                within = slice(day, day + stage.days)
                path.phase[within], rates[within], path.answers[within] = stage.phase, stage.rates, stage.answers
                if stage.answers:
                    attacks.append((day, int(random.integers(2))))
                day += stage.days
            day += int(random.integers(_CALM_DAYS, 2 * _CALM_DAYS))
            stages = _stages(kind, random)
        path.rates[:] = busyness * rates[:, None, :] * np.array([forward, 1 - forward])[:, None]
        for day, side in attacks:
            path.rates[day, side] += _ATTACK
        # Mediation belongs to the pair; a panel has it in the first direction.
        path.rates[:, :, _MEDIATION] = busyness * rates[:, [_MEDIATION]] * [1, 0]
        return path

    def counts(self, exposure: Floats, dispersion: float, random: np.random.Generator) -> Floats:
        """(days, direction, signal). Adds to the rates of a day what the acts of earlier days draw."""
        if not self.answers.any():
            return _draw(self.rates * exposure[:, None, None], dispersion, random)
        counts = np.empty_like(self.rates)
        pressure = np.zeros(2)
        for day, answers in enumerate(self.answers):
            self.rates[day] += np.outer(answers * pressure[::-1], _ANSWER_SIGNALS)
            counts[day] = _draw(self.rates[day] * exposure[day], dispersion, random)
            pressure = _ANSWER_DECAY * pressure + (1 - _ANSWER_DECAY) * counts[day, :, _HOSTILE].sum(axis=1)
        return counts


def _stages(kind: str, random: np.random.Generator) -> list[_Stage]:
    """One crisis. Its longest is `_LONGEST_CRISIS` days."""

    def stage(phase: str, least: int, most: int, rates: tuple[float, ...] | None = None, answers: float = 0) -> _Stage:
        return _Stage(phase, int(random.integers(least, most + 1)), rates or _RATES[phase], answers)

    if kind == "media_shock":
        return [stage("calm", 21, 42)]  # the source changes, the pair does not
    if kind == "tit_for_tat":
        return [stage("hostilities", 14, 28, _RATES["tension"], _ANSWERS), stage("tension", 14, 28)]
    if kind == "false_alarm":
        return [stage("tension", 21, 42, _WORDS_ONLY), stage("tension", 7, 14)]
    rise = [stage("tension", 14, 35), stage("confrontation", 10, 28)]
    if kind == "mediated":
        return [*rise, stage("tension", 21, 35, _TALKED_DOWN), stage("tension", 7, 14)]
    force = stage("hostilities", 14, 28)
    return [*rise, force, stage("confrontation", 7, 14), stage("tension", 14, 28)]


def _exposure(kind: str, path: _Path, random: np.random.Generator) -> Floats:
    days = len(path.phase)
    exposure = np.ones(days)
    if kind == "media_shock":
        begin = _CALM_DAYS + int(random.integers(0, min(60, days - _SHORTEST) + 1))
        while begin + (length := int(random.integers(21, 43))) <= days - _CALM_END:
            exposure[begin : begin + length] = _SHOCK_EXPOSURE
            begin += length + int(random.integers(_CALM_DAYS, 2 * _CALM_DAYS))
    elif kind == "missing_feed":
        exposure[random.random(days) < _MISSING_SHARE] = 0
        tense = np.equal(path.phase, "confrontation")
        comes_after_tension = np.equal(np.roll(path.phase, 1), "tension")
        for first in np.flatnonzero(tense & comes_after_tension):
            exposure[first : first + _OUTAGE_DAYS] = 0
    return exposure


def _draw(mean: Floats, dispersion: float, random: np.random.Generator) -> Floats:
    if dispersion == 1:
        return random.poisson(mean).astype(float)
    # Size mean / (phi - 1): variance phi * mean. A size of 0 is refused, so days that were not collected get one.
    size = np.where(mean > 0, mean, 1) / (dispersion - 1)
    return np.where(mean > 0, random.negative_binomial(size, 1 / dispersion), 0).astype(float)


def _panel(
    calendar: NDArray[np.datetime64], paths: list[_Path], counts: Floats, exposure: Floats, random: np.random.Generator
) -> CountPanel:
    """A row for every pair, day and direction. Counts are (pair, day, direction, signal)."""
    is_collected = exposure > 0
    total = counts.sum(axis=(0, 2, 3)) + random.poisson(_BACKGROUND * exposure)
    counts = np.where(is_collected[None, :, None, None], counts, np.nan)
    forward = np.repeat(np.array([path.ends for path in paths], dtype=object), len(calendar), axis=0)
    rows = {"source": forward, "target": forward[:, ::-1]}
    columns: dict[str, Any] = {"date": np.tile(np.repeat(calendar, 2), len(paths))}
    columns |= {name: np.ascontiguousarray(ends).ravel() for name, ends in rows.items()}
    columns |= {name: np.ascontiguousarray(counts[..., i]).ravel() for i, name in enumerate(_SIGNALS)}
    columns["exposure"] = np.tile(np.repeat(exposure, 2), len(paths))
    columns["total"] = np.tile(np.repeat(np.where(is_collected, total, np.nan), 2), len(paths))
    return CountPanel.read(columns)


def _truth(calendar: NDArray[np.datetime64], paths: list[_Path], exposure: Floats) -> Any:
    """Rows by pair, then date, as in `Scores.frame`."""
    paths = sorted(paths, key=lambda path: path.ends)
    rates = np.stack([path.rates for path in paths])
    hostile = rates[..., _HOSTILE].sum(axis=3)
    is_force_used = np.equal(np.stack([path.phase for path in paths]), "hostilities").astype(bool)
    columns: dict[str, NDArray[Any]] = {
        "date": np.tile(calendar, len(paths)),
        "pair": np.repeat(np.array(["-".join(path.ends) for path in paths], dtype=object), len(calendar)),
        "kind": np.repeat(np.array([path.kind for path in paths], dtype=object), len(calendar)),
        "phase": np.concatenate([path.phase for path in paths]),
        "is_force_used": is_force_used.ravel(),
        # The calendar begins calm, so that the last day may stand before the first.
        "is_onset": (is_force_used & ~np.roll(is_force_used, 1, axis=1)).ravel(),
        "hostile_rate_forward": hostile[..., 0].ravel(),
        "hostile_rate_backward": hostile[..., 1].ravel(),
        "material_rate": rates[..., _MATERIAL].sum(axis=(2, 3)).ravel(),
        "mediation_rate": rates[..., _MEDIATION].sum(axis=2).ravel(),
        "exposure": np.tile(exposure, len(paths)),
    }
    return frames.frame_of(columns, None)


def _alphabetical(pair: PairName) -> tuple[str, str]:
    first, second = sorted(find_pair(pair, ()))
    if first == second:
        raise InputError(f'{first!r} cannot be both actors of a pair; expected two, as in pair=("AAA", "BBB")')
    return first, second


def _check(seed: int, kind: str, days: int, pairs: int, dispersion: float) -> None:
    if int(seed) != seed or seed < 0:
        raise InputError(f"seed is {seed!r}, expected a whole number that is not negative")
    if kind not in get_args(CrisisKind):
        raise InputError(f"there is no kind {kind!r}; the kinds are {', '.join(get_args(CrisisKind))}")
    if days < _SHORTEST:
        raise InputError(f"days is {days}, expected at least {_SHORTEST}: calm, one whole crisis, and a week after it")
    if pairs < 1:
        raise InputError(f"pairs is {pairs}, expected at least 1")
    if not 1 <= dispersion <= 50:
        raise InputError(f"dispersion is {dispersion}, expected from 1 (Poisson) to 50")
