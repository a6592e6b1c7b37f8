"""The names that others rely on are there, options are keyword-only, and the examples in the docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re

import pytest

import tocsin
from tocsin import indicators

POSITIONAL = {
    "score": ["data"],
    "read_events": ["data"],
    "read_onsets": ["data"],
    "backtest": ["data", "onsets"],
    "Backtest.frame": ["self"],
    "Backtest.plot": ["self", "predictors"],
    "load_example": ["name"],
    "load_example_events": ["name"],
    "Config": [],
    "Monitor": ["config"],
    "CountPanel.read": ["data"],
    "CountPanel.score": ["self"],
    "CountPanel.frame": ["self"],
    "Events.count": ["self"],
    "Events.frame": ["self"],
    "Scores.latest": ["self"],
    "Scores.frame": ["self", "pair"],
    "Scores.explain": ["self", "pair", "date"],
    "Scores.plot": ["self", "pair"],
    "Scores.to_json": ["self"],
    "Scores.from_json": ["text"],
    "Monitor.push": ["self", "date", "rows"],
    "Monitor.save": ["self", "path"],
    "Monitor.load": ["path"],
}

OPTIONS = {
    "score": {"config", "calendar", "threads", "intervals", "progress"},
    "CountPanel.read": {"calendar"},
    "CountPanel.score": {"config", "threads", "intervals", "progress"},
    "Events.count": {"pairs", "codebook", "duplicates", "mediation", "calendar"},
    "Monitor.push": {"exposure", "replay_from"},
    "Config": {
        "half_life_fast_days", "half_life_medium_days", "half_life_slow_days", "settle_days", "warm_up_days",
        "recent_days", "baseline_days", "guard_days", "hazard", "weights", "goalposts", "draws", "seed", "min_events",
        "composite",
    },
}  # fmt: skip


def find(name: str):
    value = tocsin
    for part in name.split("."):
        value = getattr(value, part)
    return value


@pytest.mark.parametrize("name", POSITIONAL)
def test_only_main_arguments_are_positional(name):
    parameters = inspect.signature(find(name)).parameters.values()
    by_place = (
        inspect.Parameter.POSITIONAL_ONLY,
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        inspect.Parameter.VAR_POSITIONAL,
    )
    assert [p.name for p in parameters if p.kind in by_place] == POSITIONAL[name]


@pytest.mark.parametrize("name", OPTIONS)
def test_the_options_that_are_promised_are_there(name):
    parameters = inspect.signature(find(name)).parameters.values()
    assert {p.name for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY} >= OPTIONS[name]


@pytest.mark.parametrize("options", [(1,), (None, None)])
def test_an_option_by_place_is_a_type_error(options, example):
    with pytest.raises(TypeError, match="positional argument"):
        tocsin.score(example, *options)


@pytest.mark.parametrize("name", ["CountPanel", "Events", "Scores", "Monitor", "Codebook", "Config"])
def test_a_public_class_documents_itself_and_its_methods(name):
    members = inspect.getmembers(
        find(name), lambda m: inspect.isfunction(m) or inspect.ismethod(m) or isinstance(m, property)
    )
    undocumented = [member for member, value in members if not member.startswith("_") and not inspect.getdoc(value)]
    assert find(name).__doc__
    assert undocumented == []


INDICATOR_MODULES = [f"indicators.{m.name}" for m in pkgutil.iter_modules(indicators.__path__) if m.name != "_arrays"]


@pytest.mark.parametrize("module", ["config", "datasets", "events", "monitor", "scores", *INDICATOR_MODULES])
def test_the_examples_of_docstrings_are_true(module):
    result = doctest.testmod(importlib.import_module(f"tocsin.{module}"), optionflags=doctest.ELLIPSIS)
    assert result.attempted > 0
    assert result.failed == 0


def test_the_version_is_one():
    assert re.fullmatch(r"\d+\.\d+\.\d+", tocsin.__version__)


@pytest.mark.parametrize("name", tocsin.__all__)
def test_a_public_name_exists(name):
    assert getattr(tocsin, name) is not None
