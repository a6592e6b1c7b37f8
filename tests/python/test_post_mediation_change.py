"""C16: its check values, and what must hold whatever the counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

import tocsin
from tocsin import indicators

BEFORE, AFTER = [2, 2, 2, 3, 2, 2, 2], [1, 2, 1, 1, 2, 1, 1]
ONE = [0] * 7 + [1] + [0] * 7
weeks = st.lists(st.integers(0, 30), min_size=7, max_size=7)


def test_one_episode_has_its_check_values():
    change = indicators.post_mediation_change(ONE, [*BEFORE, 5, *AFTER])
    assert change.log_rate_ratio[-1] == pytest.approx(-0.4895482253, rel=1e-9)
    assert (change.high[-1] - change.low[-1]) / 2 / special.ndtri(0.95) == pytest.approx(0.4214727774, rel=1e-9)
    assert change.episodes[-1] == 1
    assert change.label == "selection not removed"


@given(weeks, weeks, st.floats(1, 10))
def test_one_episode_is_the_ratio_of_two_gamma_means(before, after, phi):
    change = indicators.post_mediation_change(ONE, [*before, 0, *after], dispersion=phi)
    a, b = 0.5 + sum(after) / phi, 0.5 + sum(before) / phi
    assert change.log_rate_ratio[-1] == pytest.approx(np.log(a / b), rel=1e-9, abs=1e-9)
    margin = special.ndtri(0.95) * np.sqrt(special.polygamma(1, a) + special.polygamma(1, b))
    assert change.high[-1] - change.log_rate_ratio[-1] == pytest.approx(margin, rel=1e-9)


@given(st.lists(st.tuples(st.sampled_from([0.0] * 12 + [1.0, np.nan]), st.integers(0, 9)), min_size=2, max_size=120))
def test_a_prefix_gives_the_first_elements(days):
    mediation, hostile = np.array(days).T
    whole = indicators.post_mediation_change(mediation, hostile)
    half = len(days) // 2
    part = indicators.post_mediation_change(mediation[:half], hostile[:half])
    np.testing.assert_array_equal(part.log_rate_ratio, whole.log_rate_ratio[:half])
    assert (np.diff(whole.episodes) >= 0).all()
    assert (whole.compared_episodes <= whole.episodes).all()


def test_a_phase_that_is_none_is_refused():
    with pytest.raises(tocsin.InputError, match=r"phases\[1\] is 9, expected a whole number from 0 to 7"):
        indicators.post_mediation_change([0, 0], [1, 1], phases=[0, 9])
