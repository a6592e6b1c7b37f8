"""C17: its check values, SciPy's tau, and NumPy's line and autocorrelation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import tocsin
from tocsin import indicators

TEN_DAYS = [3, 4, 3, 5, 6, 5, 7, 8, 7, 9]


def test_slowing_down_has_its_check_values():
    slow = indicators.slowing_down(TEN_DAYS, window_days=10, residuals="raw")
    assert slow.lag1[-1] == pytest.approx(-0.5162790698, rel=1e-9)
    assert slow.variance_to_mean[-1] == pytest.approx(0.7426900585, rel=1e-9)
    assert slow.kendall_tau[-1] == pytest.approx(0.8280786712, rel=1e-9)


@given(st.lists(st.integers(0, 20), min_size=12, max_size=40))
def test_it_is_what_scipy_and_numpy_compute(y):
    slow = indicators.slowing_down(y, window_days=12, surrogates=5)
    for t in range(11, len(y)):
        days = np.array(y[t - 11 : t + 1], dtype=float)
        if np.ptp(days) == 0:
            assert np.isnan(slow.kendall_tau[t])
            continue
        x = 2 * np.sqrt(days + 3 / 8)
        rest = x - np.polyval(np.polyfit(np.arange(12), x, 1), np.arange(12))
        assert slow.lag1[t] == pytest.approx((rest[1:] * rest[:-1]).sum() / (rest**2).sum(), rel=1e-7, abs=1e-9)
        assert slow.variance_to_mean[t] == pytest.approx(days.var(ddof=1) / days.mean(), rel=1e-9)
        assert slow.kendall_tau[t] == pytest.approx(
            stats.kendalltau(np.arange(12), days).statistic, rel=1e-9, abs=1e-12
        )
        assert slow.p_value[t] in [k / 6 for k in range(1, 7)]


@pytest.mark.parametrize("seed", range(3))
def test_the_p_value_is_near_that_of_surrogates_drawn_with_numpy(seed):
    rng = np.random.default_rng(seed)
    y = rng.poisson(1 + np.arange(60) / 40, 60).astype(float)
    x = 2 * np.sqrt(y + 3 / 8)
    days = np.arange(60)
    transform = np.fft.rfft(x - np.polyval(np.polyfit(days, x, 1), days))
    taus = []
    for _ in range(400):
        turned = np.abs(transform) * np.exp(2j * np.pi * rng.random(31))
        turned[-1] = np.abs(transform[-1]) * rng.choice([-1, 1])
        taus.append(stats.kendalltau(days, np.fft.irfft(turned, 60)).statistic)
    expected = np.mean(np.array(taus) >= stats.kendalltau(days, x).statistic)
    found = indicators.slowing_down(y, surrogates=999).p_value[-1]
    # Two binomial errors, of 400 and of 999 draws.
    assert found == pytest.approx(expected, abs=4 * np.sqrt(0.25 / 400 + 0.25 / 999) * 2 * np.sqrt(max(expected, 0.01)))


def test_a_name_that_is_no_residual_is_refused():
    with pytest.raises(tocsin.InputError, match="residuals is 'pearson', expected"):
        indicators.slowing_down([1], residuals="pearson")  # type: ignore[arg-type]
    with pytest.raises(tocsin.InputError, match="window_days is 4, expected a number >= 5"):
        indicators.slowing_down([1], window_days=4)
    with pytest.raises(tocsin.InputError, match="seed is -1"):
        indicators.slowing_down([1], seed=-1)


def test_of_a_pair_it_is_that_of_its_hostile_acts():
    rng = np.random.default_rng(4)
    acts = rng.poisson(2, (90, 2, 2)).astype(float)  # day, side, words and deeds
    dates = np.datetime64("2024-01-01") + np.arange(90)
    monitor = tocsin.Monitor()
    rows = {
        "source": np.tile(np.array(["IND", "PAK"], dtype=object), 90),
        "target": np.tile(np.array(["PAK", "IND"], dtype=object), 90),
        "rhetoric": acts[:, :, 0].ravel(),
        "military": acts[:, :, 1].ravel(),
        "mediation": np.zeros(180),
    }
    scores = tocsin.score({"date": np.repeat(dates, 2), **rows}, intervals="none")
    for day in range(75):
        of_the_day = {name: values[2 * day : 2 * day + 2] for name, values in rows.items()}
        monitor.push(dates[day], of_the_day, intervals=False)
    expected = indicators.slowing_down(acts.sum(axis=(1, 2))[:75])
    found = scores.slowing_down("PAK-IND", dates[74])
    assert found == {name: getattr(expected, name)[-1] for name in found}
    assert monitor.slowing_down("IND-PAK") == found
    assert np.isnan(scores.slowing_down("IND-PAK", dates[50])["lag1"])
    with pytest.raises(tocsin.InputError, match="window_days is 4"):
        scores.slowing_down("IND-PAK", window_days=4)


def test_a_monitor_without_a_day_has_nothing_to_read():
    with pytest.raises(tocsin.StateError, match="no day yet"):
        tocsin.Monitor().slowing_down("IND-PAK")
