"""The command behind docs/validation.md: its areas, its labels, its controls, on what can be worked out otherwise."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import roc_auc_score

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from validation import baselines, honesty, labels, ranking, simulated, surprise, uniformity
from validation.region import RegionFile


@pytest.fixture(scope="module")
def region():
    return simulated.simulated_region("simulated", seed=1)


@pytest.fixture
def drawn():
    rng = np.random.default_rng(3)
    values = rng.integers(0, 6, size=(7, 200)).astype(float)
    values[0, :20] = np.nan
    truth = rng.choice(np.array([-1, 0, 0, 1], np.int8), size=values.shape)
    truth[5:][truth[5:] == 1] = 0  # two pairs without a crisis
    return values, truth


def sklearn_area(values, truth):
    told = truth >= 0
    return roc_auc_score(truth[told], np.nan_to_num(values, nan=-1.0)[told])


def test_the_three_areas_are_those_of_scikit_learn(drawn):
    values, truth = drawn
    pooled, within, whole = ranking.Concordance.of(values, truth).areas(np.ones((1, 7)))[0]
    assert pooled == pytest.approx(sklearn_area(values[:5], truth[:5]), abs=1e-12)
    assert within == pytest.approx(np.mean([sklearn_area(values[[i]], truth[[i]]) for i in range(5)]), abs=1e-12)
    assert whole == pytest.approx(sklearn_area(values, truth), abs=1e-12)


def test_a_sample_of_pairs_has_the_area_of_the_pairs_that_are_in_it(drawn):
    values, truth = drawn
    chosen = [0, 0, 3, 6, 6, 6, 2]
    weights = np.bincount(chosen, minlength=7)[None].astype(float)
    pooled, _, whole = ranking.Concordance.of(values, truth).areas(weights)[0]
    assert whole == pytest.approx(sklearn_area(values[chosen], truth[chosen]), abs=1e-12)
    with_crisis = [pair for pair in chosen if pair < 5]
    assert pooled == pytest.approx(sklearn_area(values[with_crisis], truth[with_crisis]), abs=1e-12)


def test_a_window_sum_is_the_sum_of_its_days():
    counts = np.arange(12.0).reshape(2, 6)
    assert baselines.window_sum(counts, 3)[1].tolist() == [6, 13, 21, 24, 27, 30]


def test_a_discounted_sum_halves_in_its_half_life():
    counts = np.zeros((1, 15))
    counts[0, 0] = 8
    assert baselines.discounted(counts, 7)[0, [0, 7, 14]] == pytest.approx([8, 4, 2])


def test_days_are_crisis_calm_or_not_judged(region):
    truth = labels.crisis_days(region)
    crisis = region.crises.frame().iloc[0]
    row = region.pairs.index(crisis["pair"])
    spell = (region.days >= crisis["date"]) & (region.days <= crisis["end_date"])
    assert (truth[row, spell & (np.arange(len(region.days)) >= 365)] == 1).all()
    assert (truth[:, :365] == -1).all()
    assert (truth[1] == 0)[365:].all()


def test_days_around_an_event_are_no_calm_days(region):
    event = region.events.frame().iloc[0]
    row = region.pairs.index(event["pair"])
    near = np.abs((region.days - np.datetime64(event["date"], "D")).astype(int)) <= labels.AFTERMATH_DAYS
    assert (labels.crisis_days(region, masks_events=True)[row, near] != 0).all()
    assert not labels.quiet_days(region)[row, near].any()


@pytest.fixture(scope="module")
def judged(region):
    return surprise.Surprise.of(region, draws=50)


def test_the_rebuilt_predictive_is_the_one_of_the_indicator_and_of_the_score(region, judged):
    bans = np.minimum(-np.log10(judged.expected.at_least(judged.acts)), 12)
    np.testing.assert_allclose(judged.bans, bans, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(judged.bans, region.columns["surprise"][judged.quiet], rtol=1e-9, atol=1e-12)


def test_the_forecast_of_the_slow_rate_is_that_of_the_indicator_by_default(region, judged):
    acts = baselines.hostile(region.counts)
    bans = np.stack([surprise.indicators.surprise(row).bans for row in acts])[judged.quiet]
    rebuilt = np.minimum(-np.log10(judged.slow.at_least(judged.acts)), 12)
    np.testing.assert_allclose(rebuilt, bans, rtol=1e-6, atol=1e-9)


def test_the_surprise_has_its_tables_and_every_bar(judged):
    assert len(list(judged.tables())) == 4
    bars = list(judged.bars())
    assert [bar.what.split(":")[0] for bar in bars] == [
        "mid-p uniform, days taken for independent",
        "randomised PIT uniform, days taken for independent",
        "mean PIT uniform over pairs",
        "mean PIT uniform over years",
        "rate of S >= 3 within a factor 2 of one in 1,000",
        "rate of S >= 3 within a factor 2 of what its counts allow",
    ]
    assert not bars[0].is_met  # mid-p of counts cannot be uniform


def test_a_day_is_spread_evenly_over_its_step():
    low, high = np.array([0.05, 0.92, 0.0]), np.array([0.15, 0.97, 1.0])
    bins = uniformity.spread_over_bins(low, high, np.array([0, 0, 2]), 3)
    expected = np.zeros((3, 10))
    expected[0, [0, 1, 9]] = 0.5, 0.5, 1
    expected[2] = 0.1
    np.testing.assert_allclose(bins, expected, atol=1e-12)


def steps_of(rate, expected_rate, days, rng):
    """P(Y < y) and P(Y <= y) of Poisson counts of `rate` under a forecast of `expected_rate`."""
    acts = rng.poisson(rate, size=days)
    return stats.poisson.cdf(acts - 1, expected_rate), stats.poisson.cdf(acts, expected_rate)


def test_the_mean_pit_of_a_right_forecast_is_seldom_rejected_and_of_a_wrong_one_always():
    rng = np.random.default_rng(5)
    pair = np.repeat(np.arange(40), 1000)
    p = {1.0: [], 1.5: []}
    for factor in p:
        for _ in range(20):
            days = uniformity.spread_over_bins(*steps_of(0.3, 0.3 * factor, len(pair), rng), pair, 40)
            p[factor].append(uniformity.resampled(days, 300, seed=1)[1])
    assert np.mean(np.array(p[1.0]) < 0.01) <= 0.1
    assert max(p[1.5]) < 0.01


def test_a_forecast_that_is_right_on_average_over_pairs_is_rejected_by_the_naive_test_alone():
    # The rate of a pair is a Gamma variable for all its days, and the forecast is the mixture: right, days dependent.
    rng = np.random.default_rng(2)
    pair = np.repeat(np.arange(40), 1000)
    naive, resampled = [], []
    for _ in range(20):
        acts = rng.poisson(0.3 * rng.gamma(2, 1 / 2, size=40)[pair])
        low, high = (stats.nbinom.cdf(acts - less, 2, 2 / 2.3) for less in (1, 0))
        days = uniformity.spread_over_bins(low, high, pair, 40)
        naive.append(uniformity.naive(low + rng.uniform(size=len(low)) * (high - low))[1])
        resampled.append(uniformity.resampled(days, 300, seed=1)[1])
    assert np.mean(np.array(naive) < 0.01) > 0.5
    assert np.mean(np.array(resampled) < 0.01) <= 0.15


def test_a_pair_without_a_quiet_day_does_not_move_the_test():
    days = np.random.default_rng(1).uniform(50, 150, size=(12, 10))
    padded = np.concatenate([days, np.zeros((5, 10))])
    assert uniformity.resampled(padded, 100, seed=3) == uniformity.resampled(days, 100, seed=3)


def test_a_region_is_named_on_the_command_line():
    file = RegionFile.parse("gulf=keds_gulf.csv.gz,weis,keds")
    assert (file.name, file.path, file.codebook, file.actor_system) == (
        "gulf",
        Path("keds_gulf.csv.gz"),
        "weis",
        "keds",
    )
    assert RegionFile.parse("x=y.csv").codebook is None
    with pytest.raises(ValueError, match="expected NAME=FILE"):
        RegionFile.parse("y.csv")


def test_the_controls_run_and_a_missing_fortnight_moves_no_score(region):
    found = honesty.Honesty.of(region, draws=20, sampled_days=2)
    assert found.quiet_pairs == 10
    assert 0.2 < found.shuffled.value < 0.8
    gap = found.changes[honesty.MISSING]
    assert len(gap.before) > 0
    assert gap.share_within == 1
    assert gap.share_wider == 1
    assert len(list(found.tables())) == 2


def test_three_times_the_exposure_reaches_days_without_a_row(region):
    day = region.days[-1]
    frame = honesty._frame(region.panel)
    louder, last = honesty._louder(frame, day)
    assert last == day
    assert set(louder["exposure"]) == {3.0}
    assert (
        louder["date"].nunique() == (day - frame["date"].min().to_datetime64().astype("datetime64[D]")).astype(int) + 1
    )
    assert louder["military"].sum() == 3 * frame["military"].sum()
