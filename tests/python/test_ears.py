"""C5: check values, the definition in NumPy, and R surveillance where its outputs are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import tocsin
from tocsin import indicators

SHARED = Path(os.environ.get("TOCSIN_SHARED") or "/nowhere") / "reference"
TWELVE_DAYS = [1, 0, 2, 1, 0, 1, 2, 6, 9, 14, 20, 8]
WINDOW = 7
GUARD = {"C1": 0, "C2": 2, "C3": 2}

days_of_counts = st.lists(st.one_of(st.integers(0, 40).map(float), st.just(float("nan"))), min_size=1, max_size=40)


def test_ears_has_its_check_values():
    assert indicators.ears(TWELVE_DAYS, method="C1", min_sigma=0).statistic[9] == pytest.approx(3.368048396, rel=1e-9)
    c2 = indicators.ears(TWELVE_DAYS, method="C2", min_sigma=0)
    np.testing.assert_allclose(c2.statistic[9:], [15.92168333, 8.88232324, 1.530931089], rtol=1e-9)
    c3 = indicators.ears(TWELVE_DAYS, method="C3", min_sigma=0)
    assert c3.statistic[11] == pytest.approx(23.33493766, rel=1e-9)
    assert c2.alarm[9:].tolist() == [True, True, False]


def test_a_name_that_is_no_method_is_refused():
    with pytest.raises(tocsin.InputError, match='method is "C4", expected "C1", "C2" or "C3"'):
        indicators.ears([1], method="C4")  # type: ignore[arg-type]
    with pytest.raises(tocsin.InputError, match="min_sigma is -1, expected a number >= 0"):
        indicators.ears([1], min_sigma=-1)


def rolling(y: np.ndarray, method: str, min_sigma: float) -> tuple[np.ndarray, np.ndarray]:
    """Mean and floored standard deviation of the week that a day is compared with, by pandas."""
    week = pd.Series(y).rolling(WINDOW)
    shift = 1 + GUARD[method]
    return week.mean().shift(shift).to_numpy(), week.std().shift(shift).clip(lower=min_sigma).to_numpy()


@pytest.mark.parametrize("method", GUARD)
def test_ears_is_what_pandas_computes(method):
    y = np.random.default_rng(5).poisson(1.5, 400).astype(float)
    y[[50, 51, 200]] = np.nan
    mean, sd = rolling(y, method, 0.5)
    expected = (y - mean) / sd
    if method == "C3":
        expected = (expected - 1).clip(min=0)
        expected[2:] = expected[2:] + expected[1:-1] + expected[:-2]
        expected[:11] = np.nan
    found = indicators.ears(y, method=method)
    np.testing.assert_allclose(found.statistic, expected, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.upper, mean + 3 * sd, rtol=1e-9)


@given(days_of_counts, st.sampled_from(list(GUARD)), st.floats(0.1, 5))
def test_an_alarm_of_c1_or_c2_is_a_count_above_upper(y, method, min_sigma):
    found = indicators.ears(y, method=method, min_sigma=min_sigma)
    known = ~np.isnan(found.statistic)
    assert not found.alarm[~known].any()
    if method == "C3":
        assert (found.statistic[known] >= 0).all()
        return
    far = known & (np.abs(found.statistic - 3) > 1e-9)
    assert (found.alarm[far] == (np.asarray(y) > found.upper)[far]).all()


@given(days_of_counts, st.sampled_from(list(GUARD)))
def test_a_prefix_gives_the_first_elements(y, method):
    whole = indicators.ears(y, method=method).statistic
    part = indicators.ears(y[: len(y) // 2 + 1], method=method).statistic
    np.testing.assert_array_equal(part, whole[: len(part)])


# R surveillance, earsC. It differs on purpose (docs/method.md, C5): its limits are normal quantiles, z = 3.09 for C1
# and C2 and 1.96 for C3, where ours are 3 and 2; a flat week with minSigma 0 gives a bound of the mean itself, where
# ours has nothing to say; and its bound for C3 is y + sd (z - the two earlier terms of C3), which leaves the day itself
# out of its alarm, and is at least 0. What is compared is what is left of its bounds when z is taken out.

QUANTILE = {"C1": stats.norm.ppf(1 - 0.001), "C2": stats.norm.ppf(1 - 0.001), "C3": stats.norm.ppf(1 - 0.025)}


@pytest.fixture(scope="module")
def surveillance() -> tuple[pd.DataFrame, pd.DataFrame]:
    path = SHARED / "out" / "ears.csv.gz"
    if not path.is_file():
        pytest.skip(f"there is no {path}; TOCSIN_SHARED names the folder with the outputs of R surveillance")
    return pd.read_csv(path), pd.read_csv(SHARED / "input" / "daily400.csv")


@pytest.mark.parametrize("min_sigma", [0, 0.5])
@pytest.mark.parametrize("method", GUARD)
def test_ears_agrees_with_r_surveillance(surveillance, method, min_sigma):
    outputs, inputs = surveillance
    param = f"baseline=7;minSigma={min_sigma:g};alpha=default"
    z = QUANTILE[method]
    cells = alarms = 0
    for name in inputs.columns.drop(["day", "date"]):
        rows = outputs[(outputs.method == f"ears{method}") & (outputs.param == param) & (outputs.series == name)]
        y = inputs[name].to_numpy(float)
        ours = indicators.ears(y, method=method, min_sigma=min_sigma)
        week = indicators.ears(y, method="C1" if method == "C1" else "C2", min_sigma=min_sigma)
        with np.errstate(divide="ignore", invalid="ignore"):
            sd = (y - week.upper) / (week.statistic - 3)
        mean = week.upper - 3 * sd
        bound = np.full(len(y), np.nan)
        alarm = np.full(len(y), fill_value=False)
        bound[rows.t - 1] = rows.upperbound
        alarm[rows.t - 1] = rows.alarm == 1
        judged = ours.statistic
        expected = mean + z * sd
        if method == "C3":
            judged = judged - (week.statistic - 1).clip(min=0)
            expected = (y + sd * (z - judged)).clip(min=0)
        both = ~np.isnan(expected) & ~np.isnan(bound)
        np.testing.assert_allclose(bound[both], expected[both], rtol=1e-9, atol=1e-9)
        assert (alarm[both] == ((judged > z) & (y > expected))[both]).all()
        # Nothing that R has is missing here but flat weeks without a floor.
        only_r = ~np.isnan(bound) & ~np.isnan(y) & np.isnan(ours.statistic)
        if only_r.any():
            assert min_sigma == 0
            flat = (pd.Series(y).rolling(WINDOW).std().shift(1 + GUARD[method]) == 0).astype(float)
            flat = flat.rolling(3 if method == "C3" else 1).max() == 1
            assert flat[only_r].all()
        cells += int(both.sum())
        alarms += int(alarm[both].sum())
    assert cells > 2000
    assert alarms > 50


@given(st.integers(0, 10), st.integers(0, 100))
def test_a_flat_week_is_measured_in_units_of_the_floor(level, count):
    y = [level] * WINDOW + [count]
    assert indicators.ears(y, min_sigma=0.5).statistic[-1] == 2 * (count - level)
