"""Intervals and tails against scipy.stats, on random input: two programs that share no line."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from tocsin import indicators

SEEDS = range(4)


def counts(seed: int, days: int = 80, mean: float = 2) -> np.ndarray:
    rng = np.random.default_rng(seed)
    # Rates over four orders of magnitude, so that the far ends of the functions are used too.
    return rng.poisson(mean * 10.0 ** rng.uniform(-2, 2, days)).astype(float)


def agree(found, expected, tolerance=1e-9):
    np.testing.assert_allclose(found, expected, rtol=tolerance, atol=1e-300)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_interval_of_a_rate_is_that_of_its_gamma_posterior(seed):
    rate = indicators.discounted_rate(counts(seed), half_life_days=3 + 20 * seed, dispersion=1 + seed / 2)
    agree(rate.mean, stats.gamma.mean(rate.shape, scale=1 / rate.rate))
    agree(rate.low, stats.gamma.ppf(0.05, rate.shape, scale=1 / rate.rate))
    agree(rate.high, stats.gamma.ppf(0.95, rate.shape, scale=1 / rate.rate))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_posterior_of_a_rate_ratio_is_that_of_a_beta(seed):
    y = counts(seed)
    ratio = indicators.rate_ratio(y, window_days=5, baseline_days=20)
    for t in range(25, len(y)):
        a1, a2 = 0.5 + y[t - 4 : t + 1].sum(), 0.5 + y[t - 24 : t - 4].sum()
        b1, b2 = 5.5, 20.5
        q = stats.beta.ppf([0.05, 0.95], a1, a2)
        agree([ratio.low[t], ratio.high[t]], np.log2(q / (1 - q) * b2 / b1), 1e-8)
        agree(ratio.p_rising[t], stats.beta.cdf(b2 / (b1 + b2), a2, a1))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_predictive_tail_is_that_of_a_negative_binomial(seed):
    rng = np.random.default_rng(seed)
    for _ in range(60):
        shape, rate, exposure = 10.0 ** rng.uniform(-1, 3), 10.0 ** rng.uniform(-1, 2), rng.uniform(0.1, 3)
        y = int(rng.poisson(2 * exposure * shape / rate))
        tail = indicators.predictive_tail(y, shape, rate, exposure=exposure)
        p = rate / (rate + exposure)
        at_least = stats.nbinom.sf(y - 1, shape, p)
        agree(tail.probability, at_least)
        agree(tail.bits, -stats.nbinom.logpmf(y, shape, p) / np.log(2), 1e-8)
        agree(tail.mid_p, at_least - stats.nbinom.pmf(y, shape, p) / 2, 1e-8)
        agree(tail.bans, min(12, -np.log10(at_least)), 1e-8)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_overdispersed_tail_has_the_moments_of_the_method(seed):
    rng = np.random.default_rng(seed)
    for _ in range(40):
        shape, rate, phi = rng.uniform(0.5, 50), rng.uniform(0.5, 50), rng.uniform(1.01, 20)
        mean = shape / rate
        variance = phi * mean + mean**2 / shape
        size = mean**2 / (variance - mean)
        y = int(rng.integers(0, 12))
        found = indicators.predictive_tail(y, shape, rate, dispersion=phi).probability
        agree(found, stats.nbinom.sf(y - 1, size, size / (size + mean)), 1e-8)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_surprise_of_a_series_is_the_tail_under_its_guarded_slow_rate(seed):
    y = counts(seed, days=60, mean=0.3)
    found = indicators.surprise(y, half_life_days=40, guard_days=2, dispersion=1)
    for t in range(len(y)):
        past = y[: max(0, t - 2)]
        w = 2.0 ** (-np.arange(len(past) - 1, -1, -1) / 40)
        shape, rate = 1.5 + (w * past).sum(), 30 + w.sum()
        bans = -stats.nbinom.logsf(y[t] - 1, shape, rate / (rate + 1)) / np.log(10)
        agree(found.bans[t], min(12, bans), 1e-8)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_interval_of_the_material_share_is_that_of_its_beta_posterior(seed):
    rhetoric, material = counts(seed), counts(seed + 100, mean=0.5)
    share = indicators.material_share(rhetoric, material, half_life_days=10, dispersion=2)
    for t in range(len(rhetoric)):
        w = 2.0 ** (-np.arange(t, -1, -1) / 10) / 2
        a, b = 0.5 + (w * material[: t + 1]).sum(), 0.5 + (w * rhetoric[: t + 1]).sum()
        if np.isnan(share.share[t]):
            assert a + b == 1
            continue
        agree(share.share[t], a / (a + b))
        agree([share.low[t], share.high[t]], stats.beta.ppf([0.05, 0.95], a, b), 1e-8)


@pytest.mark.parametrize("seed", SEEDS)
def test_mediation_coverage_is_the_odds_of_a_beta(seed):
    mediation, hostile = counts(seed, mean=0.5), counts(seed + 50)
    found = indicators.mediation_coverage(mediation, hostile)
    for t in range(len(hostile)):
        a, b = 0.5 + mediation[max(0, t - 27) : t + 1].sum(), 0.5 + hostile[max(0, t - 27) : t + 1].sum()
        if b == 0.5:
            assert np.isnan(found.coverage[t])
            continue
        q = stats.beta.ppf([0.05, 0.5, 0.95], a, b)
        agree([found.low[t], found.coverage[t], found.high[t]], q / (1 - q), 1e-8)


def covers(low: np.ndarray, truth: float, high: np.ndarray) -> bool:
    return bool(low[-1] <= truth <= high[-1])


@pytest.mark.parametrize(
    ("name", "least", "most"), [("C1", 0.87, 1), ("C2", 0.87, 0.93), ("C8", 0.87, 1), ("C15", 0.87, 0.93)]
)
def test_intervals_cover_rates_that_are_known(name, least, most):
    """Of 1,000 simulated series (binomial error 1 %). Discounting makes C1 and C8 wide: they cover 98 %."""
    rng = np.random.default_rng(3)
    hits = 0
    for _ in range(1000):
        first, second = rng.uniform(0.3, 5, 2)
        share = rng.uniform(0.1, 0.9)
        if name == "C1":
            rate = indicators.discounted_rate(rng.poisson(first, 120))
            hits += covers(rate.low, first, rate.high)
        elif name == "C2":
            ratio = indicators.rate_ratio(np.append(rng.poisson(first, 28), rng.poisson(second, 7)))
            hits += covers(ratio.low, np.log2(second / first), ratio.high)
        elif name == "C8":
            deeds = indicators.material_share(rng.poisson(first * (1 - share), 120), rng.poisson(first * share, 120))
            hits += covers(deeds.low, share, deeds.high)
        else:
            coverage = indicators.mediation_coverage(rng.poisson(first * share, 60), rng.poisson(first, 60))
            hits += covers(coverage.low, share, coverage.high)
    assert least <= hits / 1000 <= most
