"""C18: its check values, and the quantiles of SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import tocsin
from tocsin import indicators

counts = st.integers(0, 5000)


def test_attention_share_has_its_check_values():
    share = indicators.attention_share([12], [300])
    np.testing.assert_allclose(
        [share.share[0], share.low[0], share.high[0]], [0.035, 0.02133506894, 0.05130258763], rtol=1e-9
    )


@given(counts, counts, st.floats(1, 50), st.floats(1, 500))  # below 1 a quantile is too near 0 or 1 for SciPy's cdf
def test_the_interval_is_that_of_a_beta(acts, others, a, b):
    share = indicators.attention_share([acts], [acts + others], prior=(a, b))
    posterior = stats.beta(a + acts, b + others)
    assert share.share[0] == pytest.approx(posterior.mean(), rel=1e-12)
    found = [share.low[0], share.high[0]]
    np.testing.assert_allclose(posterior.cdf(found), [0.05, 0.95], rtol=1e-8)
    assert found[0] < share.high[0]


@given(st.integers(1, 400), st.integers(2, 10))
def test_more_news_of_the_same_mix_tells_the_share_better(acts, growth):
    small = indicators.attention_share([acts], [5 * acts], prior=(2, 8))
    large = indicators.attention_share([growth * acts], [5 * growth * acts], prior=(2, 8))
    assert small.share[0] == pytest.approx(large.share[0], rel=1e-12)  # the prior is of the same mix
    assert large.high[0] - large.low[0] < small.high[0] - small.low[0]


def test_a_total_below_its_part_is_refused():
    with pytest.raises(tocsin.InputError, match=r"total\[1\] is 2, expected at least y\[1\] = 3"):
        indicators.attention_share([1, 3], [1, 2])
