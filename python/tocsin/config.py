"""Every choice that a score depends on."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from tocsin import _core
from tocsin.errors import ConfigError, InputError

__all__ = ["Config"]


class Config:
    """Configuration of a score; immutable, and part of every result.

    Parameters
    ----------
    composite : int
        Edition of the score's formulas, 2: what it stands for is frozen, and another edition gives other numbers.
    half_life_fast_days, half_life_medium_days, half_life_slow_days : float
        Days in which a day loses half its weight: 3, 14 and 180.
    settle_days : int
        The last days of a calendar are provisional.
    warm_up_days : int
        Collected days before a score is more than warming up.
    recent_days, baseline_days : int
        Windows of the rate ratio and of momentum, 7 and 28. `baseline_days` is also the window of rung and mediation
        coverage, and the longest gap over which a score is held; at least 7.
    guard_days : int
        Days between today and what today is compared with.
    hazard : float
        Chance of a change point a day (C6).
    weights : mapping
        Shares of ``intensity momentum self_sustaining spread restraint_deficit``; they sum to 1.
    goalposts : mapping
        Where each subscore is 0 and 1.
    draws, seed : int
        Posterior draws behind a score's interval, and what they start from.
    min_events : float
        Recent acts below which nothing is said about a trend.

    Raises
    ------
    ConfigError
        For an unknown key, a wrong type or a value out of range; its ``pointer`` says which.

    Examples
    --------
    >>> Config(half_life_fast_days=2).half_life_fast_days
    2.0
    """

    __slots__ = ("_core", "_values")

    def __init__(
        self,
        *,
        composite: int | None = None,
        half_life_fast_days: float | None = None,
        half_life_medium_days: float | None = None,
        half_life_slow_days: float | None = None,
        settle_days: int | None = None,
        warm_up_days: int | None = None,
        recent_days: int | None = None,
        baseline_days: int | None = None,
        guard_days: int | None = None,
        hazard: float | None = None,
        draws: int | None = None,
        seed: int | None = None,
        min_events: float | None = None,
        weights: Mapping[str, float] | None = None,
        goalposts: Mapping[str, float] | None = None,
        **unknown: object,
    ) -> None:
        given = {key: value for key, value in locals().items() if key not in {"self", "unknown"}}
        chosen = {key: value for key, value in given.items() if value is not None} | unknown
        _require_finite(chosen)
        self._adopt(_core.Config.from_json(_to_json(chosen)))

    def _adopt(self, core: _core.Config) -> None:
        self._core = core
        self._values: dict[str, Any] = json.loads(core.to_json())

    @classmethod
    def _from_core(cls, core: _core.Config) -> Config:
        config = cls.__new__(cls)
        config._adopt(core)
        return config

    @classmethod
    def from_json(cls, text: str) -> Config:
        """Read a JSON document; keys that are not there keep their defaults."""
        return cls._from_core(_core.Config.from_json(text))

    @classmethod
    def read(cls, path: str | Path) -> Config:
        """Read a JSON file, as `tocsin config` prints it."""
        return cls.from_json(Path(path).read_text(encoding="utf-8"))

    def to_json(self) -> str:
        """The whole configuration as a JSON document."""
        return self._core.to_json()

    def to_dict(self) -> dict[str, Any]:
        """The whole configuration as plain values."""
        result: dict[str, Any] = json.loads(self.to_json())
        return result

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._values:
            raise AttributeError(f"Config has no setting {name!r}; the settings are {', '.join(self._values)}")
        value = self._values[name]
        return dict(value) if isinstance(value, dict) else value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Config) and self._core == other._core

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return Config.from_json, (self.to_json(),)

    def __repr__(self) -> str:
        defaults = json.loads(_core.Config().to_json())
        changed = (f"{key}={value!r}" for key, value in self._values.items() if value != defaults[key])
        return f"Config({', '.join(changed)})"


def _require_finite(options: Mapping[str, Any], pointer: str = "") -> None:
    """JSON has no NaN and no infinity, so the core could not say which value it was."""
    for key, value in options.items():
        place = f"{pointer}/{key}"
        if isinstance(value, Mapping):
            _require_finite(value, place)
        elif isinstance(value, float | np.floating) and not math.isfinite(value):
            raise ConfigError(f"configuration {place}: holds {value}, expected a finite number", place)


def _to_json(options: Mapping[str, Any]) -> str:
    try:
        return json.dumps(options, default=_plain)
    except TypeError as fault:
        raise InputError(f"a configuration value cannot be written as JSON: {fault}") from fault


def _plain(value: Any) -> Any:
    """NumPy scalars and mappings as what JSON knows."""
    if isinstance(value, Mapping):
        return dict(value)
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{value!r} of type {type(value).__name__}")
