"""Every choice that a score depends on: strict on input, immutable, part of every result."""

from __future__ import annotations

import copy
import json
import pickle

import numpy as np
import pytest

import tocsin
from tocsin import Config

DEFAULTS = {
    "composite": 2,
    "half_life_fast_days": 3, "half_life_medium_days": 14, "half_life_slow_days": 180, "settle_days": 2,
    "warm_up_days": 60, "recent_days": 7, "baseline_days": 28, "guard_days": 2, "hazard": 0.01,
    "draws": 500, "seed": 1, "min_events": 5,
}  # fmt: skip
GROUPS = ["intensity", "momentum", "self_sustaining", "spread", "restraint_deficit"]


@pytest.mark.parametrize("key", DEFAULTS)
def test_a_setting_has_the_default_of_the_method(key):
    assert getattr(Config(), key) == DEFAULTS[key]


def test_the_five_groups_weigh_the_same():
    assert Config().weights == dict.fromkeys(GROUPS, 0.2)


FAULTS = [
    ({"composite": 1}, "/composite", "holds 1, expected 2, the edition that this version computes"),
    ({"drws": 50}, "/drws", r"is not a known key \(nearest: draws\)"),
    ({"weights": {"sprad": 1}}, "/weights/sprad", r"nearest: spread"),
    ({"weights": {"spread": 1}}, "/weights", "holds 1.8, expected weights that sum to 1"),
    ({"weights": {"spread": -0.2, "momentum": 0.6}}, "/weights/spread", "a share from 0 to 1"),
    ({"weights": 3}, "/weights", "expected an object"),
    ({"goalposts": {"rung": 9}}, "/goalposts/rung", "a rung from 1 to 7"),
    ({"goalposts": {"level_low_log2": 5}}, "/goalposts/level_low_log2", "below level_high_log2"),
    ({"draws": 1}, "/draws", "a whole number from 20"),
    ({"draws": 20.5}, "/draws", "expected a whole number"),
    ({"draws": "many"}, "/draws", "expected a whole number"),
    ({"draws": True}, "/draws", "expected a whole number"),
    ({"seed": -1}, "/seed", "expected a whole number"),
    ({"hazard": 0}, "/hazard", "above 0 and below 1"),
    ({"hazard": 1}, "/hazard", "above 0 and below 1"),
    ({"half_life_fast_days": 0}, "/half_life_fast_days", "days above 0"),
    ({"half_life_slow_days": "long"}, "/half_life_slow_days", "expected a number"),
    ({"recent_days": 0}, "/recent_days", "days from 1 to 3650"),
    ({"baseline_days": 6}, "/baseline_days", "days from 7, which momentum needs, to 3650"),
    ({"guard_days": -1}, "/guard_days", "days from 0"),
    ({"settle_days": 400}, "/settle_days", "days from 0 to 365"),
    ({"warm_up_days": -1}, "/warm_up_days", "days from 0"),
    ({"min_events": -1}, "/min_events", "from 0"),
]


@pytest.mark.parametrize(("options", "pointer", "message"), FAULTS, ids=lambda value: str(value)[:40])
def test_a_fault_says_where_it_is_from_python_and_from_json(options, pointer, message):
    for make in (lambda: Config(**options), lambda: Config.from_json(json.dumps(options))):
        with pytest.raises(tocsin.ConfigError, match=message) as caught:
            make()
        assert caught.value.pointer == pointer
        assert pointer in str(caught.value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), np.float64("-inf")], ids=str)
@pytest.mark.parametrize("nested", [False, True])
def test_a_value_that_is_not_finite_is_refused_with_its_pointer(value, nested):
    options = {"goalposts": {"evidence_acts": value}} if nested else {"hazard": value}
    with pytest.raises(tocsin.ConfigError, match="expected a finite number") as caught:
        Config(**options)
    assert caught.value.pointer == ("/goalposts/evidence_acts" if nested else "/hazard")


@pytest.mark.parametrize(
    ("text", "pointer", "message"),
    [
        ('{"draws": 50, "draws": 60}', "/draws", "stands twice"),
        ('{"goalposts": {"rung": 1, "rung": 2}}', "/goalposts/rung", "stands twice"),
        ('{"half_life_fast_days": null}', "/half_life_fast_days", "expected a number"),
        ("[]", "", "expected an object"),
        ("{", "", "cannot be read as JSON"),
        ('{"draws": 50} more', "", "cannot be read as JSON"),
        ("", "", "cannot be read as JSON"),
    ],
)
def test_a_document_that_is_no_configuration_is_refused(text, pointer, message):
    with pytest.raises(tocsin.ConfigError, match=message) as caught:
        Config.from_json(text)
    assert caught.value.pointer == pointer


def test_a_value_that_json_does_not_know_is_refused():
    with pytest.raises(tocsin.InputError, match="cannot be written as JSON"):
        Config(draws={1, 2})


def test_a_configuration_survives_json_pickle_copy_and_a_file(tmp_path):
    config = Config(half_life_fast_days=2, weights={"spread": 0.1, "momentum": 0.3}, seed=2**63)
    path = tmp_path / "config.json"
    path.write_text(config.to_json())
    for other in (
        Config.from_json(config.to_json()),
        pickle.loads(pickle.dumps(config)),
        copy.deepcopy(config),
        Config.read(path),
    ):
        assert other == config
        assert hash(other) == hash(config)
        assert other.to_json() == config.to_json()
    assert config.seed == 2**63


def test_configurations_that_differ_are_not_equal():
    assert Config(seed=2) != Config()
    assert Config() != "Config()"


def test_keys_that_are_not_given_keep_their_defaults():
    config = Config.from_json('{"goalposts": {"rung": 5}}')
    assert config.goalposts["rung"] == 5
    assert config.goalposts["evidence_acts"] == Config().goalposts["evidence_acts"]


def test_numbers_of_numpy_are_numbers():
    assert Config(draws=np.int64(50), hazard=np.float64(0.02)) == Config(draws=50, hazard=0.02)


def test_a_configuration_cannot_be_changed():
    config = Config()
    with pytest.raises(AttributeError):
        config.draws = 50
    config.weights["spread"] = 9
    assert config == Config()
    assert config.weights == Config().weights
    assert repr(config) == "Config()"


def test_a_setting_that_does_not_exist_is_an_attribute_error_that_lists_those_that_do():
    with pytest.raises(AttributeError, match="half_life_fast_days, half_life_medium_days"):
        _ = Config().half_life


def test_the_repr_shows_what_was_changed_and_can_be_read_again():
    config = Config(half_life_fast_days=2, seed=7)
    assert repr(config) == "Config(half_life_fast_days=2.0, seed=7)"
    assert eval(repr(config), {"Config": Config}) == config


def test_the_dict_of_a_configuration_makes_it_again():
    config = Config(draws=60)
    assert Config(**config.to_dict()) == config


@pytest.mark.parametrize("config", [{}, {"draws": 50}, "draws"], ids=repr)
def test_a_score_takes_a_config_and_nothing_that_looks_like_one(config, example):
    with pytest.raises(tocsin.InputError, match=r"expected a tocsin\.Config"):
        tocsin.score(example, config=config)


def test_a_result_carries_its_configuration(example):
    config = Config(draws=40, half_life_medium_days=10)
    assert tocsin.score(example, config=config).config == config
    assert json.loads(tocsin.score(example, config=config).to_json())["config"] == config.to_dict()
