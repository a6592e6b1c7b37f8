"""C11: the check values, what the null has to do, and bad input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tocsin
from tocsin import indicators

TOY = [1, 0, 2, 1, 0, 1, 2, 6, 9, 14]


def test_it_has_its_check_values():
    r = indicators.reproduction_number(TOY, 0.8, prior_shape=2, attribution_ratio=1)
    assert r.mean[-1] == pytest.approx(2.091103351, rel=1e-9)
    assert r.low[-1] == pytest.approx(1.445718476, rel=1e-9)
    assert r.high[-1] == pytest.approx(2.83406685, rel=1e-9)
    assert r.p_above_1[-1] == pytest.approx(0.9992347727, rel=1e-9)
    assert indicators.reproduction_number(TOY, 0, prior_shape=2).mean[-1] == pytest.approx(2.855190712, rel=1e-9)
    assert indicators.reproduction_number(TOY, 0.8, prior_shape=2).mean[-1] == pytest.approx(2.135143220, rel=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=40), st.floats(0, 5), st.floats(1, 20))
def test_the_mean_lies_inside_its_interval_and_days_to_come_change_nothing(y, rate, phi):
    whole = indicators.reproduction_number([*y, 9, 0], rate, dispersion=phi)
    part = indicators.reproduction_number(y, rate, dispersion=phi)
    assert (whole.mean[: len(y)] == part.mean).all()
    assert ((part.low < part.mean) & (part.mean < part.high)).all()


def test_a_step_does_not_beat_the_null_that_has_it():
    y = np.random.default_rng(2).poisson(np.repeat([1, 6], [186, 14]))
    r = indicators.reproduction_number(y, null_rate="segments")
    assert 0.6 < r.mean[-1] < r.null_95[-1]
    assert np.isnan(r.null_95[:-1]).all()


def test_a_null_for_every_day_takes_a_path_for_every_day():
    paths = np.full((10, 8), 1.5)
    r = indicators.reproduction_number(TOY, 0.8, null_rate=paths, null_days="all")
    assert np.isfinite(r.null_95).all()
    with pytest.raises(tocsin.InputError, match="for every day pass"):
        indicators.reproduction_number(TOY, 0.8, null_rate=paths[0], null_days="all")


def test_without_a_change_point_nothing_is_said_about_shifts():
    assert np.isnan(indicators.reproduction_number(TOY, 0.8).regime_shift).all()
    shifts = indicators.reproduction_number(TOY, 0.8, p_recent=np.linspace(0, 1, 10)).regime_shift
    assert shifts.tolist() == [0] * 5 + [1] * 5


def test_bad_input_says_what_was_expected():
    with pytest.raises(tocsin.InputError, match="rates >= 0"):
        indicators.reproduction_number(TOY, -1)
    with pytest.raises(tocsin.InputError, match="segments"):
        indicators.reproduction_number(TOY, 1, null_rate="pieces")
    with pytest.raises(tocsin.InputError, match="latest"):
        indicators.reproduction_number(TOY, 1, null_days="last")
