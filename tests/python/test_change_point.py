"""C6: check values, promises, and a recursion with forty digits that somebody else wrote."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import tocsin
from tocsin.indicators import change_point

TOY = [1, 0, 2, 1, 0, 1, 2, 6, 9, 14]
NAN = float("nan")


def test_the_toy_series_has_its_check_values():
    change = change_point(TOY, window_days=3, keep=None)
    recent = [
        1,
        1,
        1,
        0.03557249633,
        0.03881493366,
        0.03284749593,
        0.03186683117,
        0.1601282933,
        0.8647731481,
        0.8628069215,
    ]
    np.testing.assert_allclose(change.p_recent, recent, rtol=1e-9)
    assert change.log_evidence[-1] == pytest.approx(-28.87896149, rel=1e-9)
    assert change.expected_run[-1] == pytest.approx(3.102809219, rel=1e-9)
    assert change.rate[-1] == pytest.approx(7.283566046, rel=1e-9)
    assert change.map_run[-1] == 3


def by_scipy(y, hazard, a0, b0, phi):
    """Log evidence and mean rate by the recursion as it is written, with SciPy's negative binomial."""
    weights, a, b, evidence, rates = np.ones(1), np.full(1, a0), np.full(1, b0), 0.0, []
    for count in y:
        if not np.isnan(count):
            mean = a / b
            size = mean**2 / ((phi - 1) * mean + mean**2 / a)
            joint = weights * stats.nbinom.pmf(count, size, size / (size + mean))
            evidence += np.log(joint.sum())
            weights = joint / joint.sum()
            a, b = a + count / phi, b + 1 / phi
        weights, a, b = np.append(hazard, (1 - hazard) * weights), np.append(a0, a), np.append(b0, b)
        rates.append((weights * a / b).sum())
    return evidence, rates


counts = st.lists(st.integers(0, 40) | st.just(NAN), min_size=1, max_size=60)


@settings(max_examples=60, deadline=None)
@given(counts, st.floats(0.001, 0.5), st.floats(0.05, 3), st.floats(0.05, 3), st.sampled_from([1, 1.5, 6]))
def test_it_is_the_recursion_as_it_is_written(y, hazard, a0, b0, phi):
    change = change_point(y, hazard=hazard, prior_shape=a0, prior_rate=b0, dispersion=phi, keep=None)
    evidence, rates = by_scipy(np.array(y, float), hazard, a0, b0, phi)
    np.testing.assert_allclose(change.log_evidence[-1], evidence, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(change.rate, rates, rtol=1e-9)


@settings(max_examples=60, deadline=None)
@given(counts, st.integers(2, 80), st.integers(1, 20))
def test_probabilities_are_probabilities_and_runs_are_no_longer_than_the_series(y, keep, window):
    change = change_point(y, keep=keep, window_days=window)
    for p in (change.p_recent, change.p_recent_up):
        assert ((p >= 0) & (p <= 1 + 1e-12)).all()
    assert (change.p_recent_up <= change.p_recent + 1e-12).all()
    assert (change.map_run <= np.arange(1, len(y) + 1)).all()
    assert (change.expected_run <= np.arange(1, len(y) + 1)).all()
    assert (np.diff(change.log_evidence) <= 1e-12).all()


def test_a_rise_is_seen_as_a_rise():
    change = change_point([1, 0, 2, 1] * 30 + [9, 8, 11, 10])
    assert change.p_recent_up[119] < 0.1
    assert change.p_recent_up[-1] > 0.98
    fall = change_point([9, 8, 11, 10] * 30 + [1, 0, 2, 1])
    assert fall.p_recent[-1] > 0.98
    assert fall.p_recent_up[-1] < 0.02


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"hazard": 0}, "hazard is 0, expected the probability .* above 0 and below 1"),
        ({"hazard": 1}, "hazard is 1"),
        ({"window_days": 0}, "window_days is 0, expected a number >= 1"),
        ({"keep": 1}, "keep is 1, expected a number >= 2"),
        ({"prior_shape": 0}, "prior_shape is 0, expected a number above 0"),
        ({"prior_rate": -1}, "prior_rate is -1, expected a number above 0"),
        ({"dispersion": 0.5}, "dispersion is 0.5, expected a number >= 1"),
        ({"exposure": [1, 2]}, "exposure has 2 values, expected 1"),
    ],
)
def test_an_argument_out_of_range_is_refused_by_name(arguments, message):
    with pytest.raises(tocsin.InputError, match=message):
        change_point([1], **arguments)


def shared_rows(name: str) -> list[dict[str, str]]:
    if not os.environ.get("TOCSIN_SHARED"):
        pytest.skip("TOCSIN_SHARED is not set: the folder that holds reference/")
    with (Path(os.environ["TOCSIN_SHARED"]) / "reference" / name).open() as file:
        return list(csv.DictReader(file))


def test_it_equals_a_recursion_with_forty_digits():
    daily = shared_rows("input/daily400.csv")
    rows = shared_rows("out/bocpd_exact.csv")
    for name in {row["series"] for row in rows}:
        expected = [row for row in rows if row["series"] == name]
        y = [float(day[name] or "nan") if day[name] != "NA" else NAN for day in daily[: len(expected)]]
        hazard = 1 / float(expected[0]["hazard"].removeprefix("1/"))
        prior = {"prior_shape": float(expected[0]["a0"]), "prior_rate": float(expected[0]["b0"])}
        change = change_point(y, hazard=hazard, window_days=7, keep=None, **prior)
        of = {
            key: np.array([float(row[key]) for row in expected]) for key in ("P_1_to_7", "E_r", "MAP_r", "log_evidence")
        }
        np.testing.assert_allclose(change.log_evidence, of["log_evidence"], rtol=1e-10)
        np.testing.assert_allclose(change.p_recent - hazard, of["P_1_to_7"], rtol=1e-10)
        np.testing.assert_allclose(change.expected_run, of["E_r"], rtol=1e-10)
        np.testing.assert_array_equal(change.map_run, of["MAP_r"])
