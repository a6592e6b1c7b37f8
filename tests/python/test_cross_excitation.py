"""C12: the check values, SciPy's optimum, and what the null has to do.

The trusted likelihood of hawkes_exact is one of event times with a continuous kernel; that of daily counts is another
number, so there is nothing to compare with it.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

import tocsin
from tocsin import indicators

Y = np.array([[1, 0], [0, 1], [2, 0], [1, 2], [3, 1]])


def hawkes(seed: int, days: int, mu: float, kernel: np.ndarray) -> np.ndarray:
    rng = np.random.default_rng(seed)
    y = np.zeros((days, len(kernel)))
    pressure = np.zeros(len(kernel))
    for t in range(days):
        y[t] = rng.poisson(mu + kernel @ pressure)
        pressure = 2**-0.5 * pressure + (1 - 2**-0.5) * y[t]
    return y


def test_the_likelihood_has_its_check_value():
    value = indicators.cross_excitation_log_likelihood(Y, [0.5, 0.4], [[0.5, 0.3], [0.4, 0.2]])
    assert value == pytest.approx(-12.70052907, rel=1e-9)


def test_the_fit_is_scipys():
    y = hawkes(3, 200, 0.6, np.array([[0.4, 0.3], [0.2, 0.3]]))
    fit = indicators.cross_excitation(
        y, window_days=200, generation_half_life_days=2, baseline="constant", null_draws=0
    )

    def loss(logs):
        mu, kernel = np.exp(logs[:2]), np.exp(logs[2:]).reshape(2, 2)
        prior = (np.log(kernel) - 2 / 0.3 * kernel).sum()
        return -indicators.cross_excitation_log_likelihood(y, mu, kernel) - prior

    found = optimize.minimize(loss, np.log(np.r_[fit.mu, fit.kernel.ravel()]) + 0.3, method="BFGS", tol=1e-9)
    assert np.allclose(np.exp(found.x), np.r_[fit.mu, fit.kernel.ravel()], rtol=1e-3)
    assert -found.fun <= fit.log_likelihood + (np.log(fit.kernel) - 2 / 0.3 * fit.kernel).sum() + 1e-9


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=60))
def test_the_log_posterior_never_falls_and_progeny_exists_below_one_only(rows):
    fit = indicators.cross_excitation(rows, null_draws=0)
    assert (np.diff(fit.log_posterior) >= 0).all()
    assert np.isfinite(fit.total_progeny).all() == (fit.spectral_radius < 1)


def test_a_step_is_not_claimed_and_excitation_is():
    rng = np.random.default_rng(1)
    step = rng.poisson(np.repeat([1, 6], 200))[:, None]
    plain = indicators.cross_excitation(step, window_days=400, baseline="constant", null_draws=50)
    assert plain.kernel[0, 0] > 0.7
    assert plain.beats_null[0, 0] == 0
    excited = indicators.cross_excitation(hawkes(5, 400, 0.6, np.array([[0.8]])), window_days=400, null_draws=50)
    assert excited.beats_null[0, 0] == 1


def test_rolling_fits_end_with_the_last_day():
    y = hawkes(1, 60, 1, np.eye(2) * 0.3)
    fits = indicators.rolling_cross_excitation(y, window_days=40, null_draws=0)
    assert [day for day, _ in fits] == [45, 52, 59]
    last = indicators.cross_excitation(y, window_days=40, null_draws=0)
    assert (fits[-1][1].kernel == last.kernel).all()


def test_bad_input_says_what_was_expected():
    with pytest.raises(tocsin.InputError, match="two"):
        indicators.cross_excitation([1, 2, 3])
    with pytest.raises(tocsin.InputError, match="piecewise"):
        indicators.cross_excitation(Y, baseline="moving")
    with pytest.raises(tocsin.InputError, match="expected 2"):
        indicators.cross_excitation_log_likelihood(Y, [1], [[1]])
