"""One indicator alone: the check values of the method, the definitions written out naively, and bad input."""

from __future__ import annotations

import inspect

import numpy as np
import pandas as pd
import pytest

import tocsin
from tocsin import indicators

TOY = [1, 0, 2, 1, 0, 1, 2, 6, 9, 14]
NAN = float("nan")


def close(found, expected):
    return pytest.approx(expected, rel=1e-9, nan_ok=True) == found


# Check values of the method (docs/method.md), each computed there independently of this package.


def test_c1_discounted_rate_has_its_check_values():
    rate = indicators.discounted_rate(TOY, half_life_days=7)
    assert close(rate.shape[-1], 31.69468193)
    assert close(rate.rate[-1], 7.166587355)
    assert close(rate.mean[-1], 4.422562702)
    assert close(rate.low[-1], 3.214470816)
    assert close(rate.high[-1], 5.789037363)


def test_c1_a_day_that_was_not_collected_decays_and_adds_nothing():
    y = [*TOY[:3], NAN, *TOY[4:]]
    rate = indicators.discounted_rate(y, half_life_days=7)
    assert close(rate.mean[-1], 4.708207214)
    exposure = [1, 1, 1, 0, 1, 1, 1, 1, 1, 1]
    assert close(indicators.discounted_rate(TOY, exposure=exposure, half_life_days=7).mean[-1], 4.708207214)


def test_c2_rate_ratio_has_its_check_values():
    ratio = indicators.rate_ratio(TOY, window_days=3, baseline_days=7)
    assert close(ratio.log2_ratio[-1], 3.075288127)
    assert close(ratio.low[-1], 2.19606404)
    assert close(ratio.high[-1], 4.187409078)
    assert ratio.p_rising[-1] == pytest.approx(0.9999999992, abs=1e-10)
    assert close(ratio.absolute_change[-1], 29.5 / 3.5 - 1)


def test_c2_is_missing_until_one_of_its_windows_holds_an_event():
    ratio = indicators.rate_ratio([0, 0, 0, 0, 1], window_days=2, baseline_days=2)
    assert np.isnan(ratio.log2_ratio[:4]).all()
    assert np.isfinite(ratio.log2_ratio[4])


def test_c2_is_missing_until_both_of_its_windows_hold_a_collected_day():
    ratio = indicators.rate_ratio([5, 5, 5], window_days=2, baseline_days=2)
    assert np.isnan(ratio.log2_ratio[:2]).all()
    assert np.isfinite(ratio.log2_ratio[2])


def test_c3_predictive_tail_has_its_check_values():
    tail = indicators.predictive_tail(6, 4, 8)
    assert close(tail.probability, 1.171466179e-4)
    assert close(tail.bans, 3.931270245)
    assert close(tail.mid_p, 6.780832217e-5)
    assert close(tail.bits, 13.30693259)
    wide = indicators.predictive_tail(6, 4, 8, dispersion=3)
    assert close(wide.probability, 0.01278789835)
    assert close(wide.bans, 1.893200824)


def test_c3_surprise_of_a_day_without_an_act_is_zero_and_never_above_its_cap():
    assert indicators.surprise([0, 0, 0]).bans.tolist() == [0, 0, 0]
    assert indicators.surprise([0] * 30 + [10_000]).bans[-1] == 12


def test_c3_judges_a_day_by_the_days_before_its_guard():
    first = indicators.surprise([3, 0, 0, 0, 2], dispersion=1)
    slow = (1.5 + 3 * 2 ** (-1 / 180), 30 + 2 ** (-1 / 180) + 1)  # days 0 and 1 of the guarded past, seen from day 4
    expected = indicators.predictive_tail(2, *slow)
    assert close(first.bans[4], expected.bans)
    assert close(first.bits[4], expected.bits)


def test_c4_cusum_has_its_check_values():
    path = [0, 0, 0.3862943611, 0.07944154168, 0, 0, 0.3862943611, 3.545177444, 8.78350207, 17.4875626]
    assert close(indicators.cusum(TOY, 1).statistic.tolist(), path)
    path = [0, 0, 0.2923650204, 0.07390441695, 0, 0, 0.2923650204, 2.628032536, 6.496176922, 12.91844943]
    assert close(indicators.cusum(TOY, 1, dispersion=1.25).statistic.tolist(), path)  # size 4 = mean / (dispersion - 1)


def test_c7_goldstein_balance_has_its_check_values():
    balance = indicators.goldstein_balance(["112", "138", "163", "190", "042", "045"], [3, 1, 1, 2, 2, 1])
    assert close(balance.conflict, -41)
    assert close(balance.cooperation, 8.8)
    assert close(balance.net, -32.2)
    assert close(balance.mean_per_event, -3.22)
    assert close(balance.cooperation_share, 0.1767068273)
    assert balance.unscaled == 0


def test_c7_counts_every_code_once_where_no_counts_are_given():
    assert indicators.goldstein_balance(["112", "112"]) == indicators.goldstein_balance(["112"], [2])


def test_c8_material_share_has_its_check_values():
    share = indicators.material_share([12], [8])
    assert close(share.share[-1], 0.4047619048)
    assert close(share.low[-1], 0.2376394499)
    assert close(share.high[-1], 0.582445979)


def test_c9_rung_has_its_check_values():
    rung = indicators.rung([[10, 4, 3, 2, 0, 0, 0]])
    assert close(rung.mean_rung[-1], 1.842105263)
    assert rung.supported_max[-1] == 4
    assert close(rung.p_at_least[-1, 3], 0.125)


def test_c9_one_miscoded_event_does_not_shout():
    assert indicators.rung([[3, 0, 0, 0, 0, 0, 1]]).supported_max[-1] == 1
    assert indicators.rung([[3, 0, 0, 0, 1, 0, 1]]).supported_max[-1] == 5
    assert indicators.rung([[3, 0, 0, 0, 0, 0, 1]], min_events=1).supported_max[-1] == 7


def test_c9_forgets_a_day_when_it_leaves_the_window():
    counts = np.zeros((29, 7))
    counts[0, 5] = 2
    assert indicators.rung(counts).supported_max.tolist() == [6] * 28 + [0]


def test_c10_reciprocity_has_its_check_values():
    sides = indicators.reciprocity([18], [10])
    assert close(sides.balance[-1], 0.7142857143)
    assert close(sides.asymmetry[-1], 0.2857142857)


def test_c14_breadth_has_its_check_values():
    breadth = indicators.breadth([20, 10, 5, 5])
    assert close(breadth.shannon, 3.363585661)
    assert close(breadth.simpson, 2.909090909)


def test_c15_mediation_coverage_has_its_check_values():
    coverage = indicators.mediation_coverage([6], [24])
    assert close(coverage.coverage[-1], 0.2553067033)
    assert close(coverage.low[-1], 0.1145584403)
    assert close(coverage.high[-1], 0.5108916166)
    mediation = [1, 0, 1, 0, 0, 1, 0, 1, 0, 1]
    gap = indicators.mediation_coverage(mediation, TOY, growth_window_days=3, growth_baseline_days=7)
    assert close(gap.gap[-1], 2.461179281)


def test_c15_counts_days_and_acts_since_the_last_mediation():
    coverage = indicators.mediation_coverage([0, 1, 0, 0], [2, 5, 3, 1])
    assert coverage.days_since.tolist()[1:] == [0, 1, 2]
    assert coverage.hostile_since.tolist()[1:] == [0, 3, 4]
    assert np.isnan(coverage.days_since[0])


# The definitions, written out as sums over all days.


def weights(days: int, half_life: float) -> np.ndarray:
    return 2.0 ** (-np.arange(days - 1, -1, -1) / half_life)


@pytest.mark.parametrize("seed", range(3))
def test_c1_is_the_sum_over_all_days(seed):
    rng = np.random.default_rng(seed)
    y, e = rng.poisson(2, 60).astype(float), rng.choice([0.0, 0.5, 1.0], 60)
    y[rng.random(60) < 0.1] = NAN
    rate = indicators.discounted_rate(y, exposure=e, half_life_days=9, prior_shape=0.7, prior_rate=0.3, dispersion=1.7)
    seen = (e > 0) & ~np.isnan(y)
    for t in range(60):
        w = weights(t + 1, 9) * seen[: t + 1] / 1.7
        assert close(rate.shape[t], 0.7 + np.nansum(w * y[: t + 1]))
        assert close(rate.rate[t], 0.3 + (w * e[: t + 1]).sum())


@pytest.mark.parametrize("guard", [0, 2])
def test_c2_compares_two_windows_that_do_not_overlap(guard):
    rng = np.random.default_rng(guard)
    y = rng.poisson(1.5, 50).astype(float)
    y[rng.random(50) < 0.2] = NAN
    ratio = indicators.rate_ratio(y, window_days=5, baseline_days=11, guard_days=guard, prior_shape=0.4, prior_rate=0.6)
    for t in range(20, 50):
        recent, before = y[t - 4 : t + 1], y[t - 4 - guard - 11 : t - 4 - guard]
        means = [(0.4 + np.nansum(w)) / (0.6 + np.isfinite(w).sum()) for w in (recent, before)]
        assert close(ratio.log2_ratio[t], np.log2(means[0] / means[1]))
        assert close(ratio.absolute_change[t], means[0] - means[1])


def test_c8_and_c10_are_ratios_of_discounted_sums():
    rng = np.random.default_rng(0)
    a, b = rng.poisson(2, 40), rng.poisson(1, 40)
    w = weights(40, 14)
    share = indicators.material_share(a, b, dispersion=2)
    assert close(share.share[-1], (0.5 + (w * b).sum() / 2) / (1 + (w * (a + b)).sum() / 2))
    sides = indicators.reciprocity(a, b)
    assert close(sides.asymmetry[-1], (w * (a - b)).sum() / (w * (a + b)).sum())
    assert close(sides.balance[-1], 2 * min((w * a).sum(), (w * b).sum()) / (w * (a + b)).sum())


def test_c14_of_a_table_is_the_hill_number_of_discounted_sums():
    counts = np.random.default_rng(0).poisson(1, (30, 6))
    totals = (weights(30, 5)[:, None] * counts).sum(axis=0)
    p = totals / totals.sum()
    breadth = indicators.breadth(counts, half_life_days=5)
    assert close(breadth.shannon[-1], np.exp(-(p * np.log(p)).sum()))
    assert close(breadth.simpson[-1], 1 / (p**2).sum())


def test_c14_of_equal_kinds_is_their_number():
    assert close(indicators.breadth([7, 7, 7]).shannon, 3)
    assert close(indicators.breadth([0, 7, 0]).simpson, 1)


def test_a_longer_half_life_remembers_longer():
    y = [10] + [0] * 20
    means = [indicators.discounted_rate(y, half_life_days=h).shape[-1] for h in (3, 14, 180)]
    assert means == sorted(means)


def test_overdispersion_leaves_the_mean_of_the_data_and_widens_the_interval():
    narrow = indicators.discounted_rate([5] * 50, prior_shape=2.5, prior_rate=0.5)
    wide = indicators.discounted_rate([5] * 50, prior_shape=2.5, prior_rate=0.5, dispersion=4)
    assert close(wide.mean[-1], narrow.mean[-1])
    assert wide.low[-1] < narrow.low[-1] < narrow.high[-1] < wide.high[-1]


# Promises that all of them make.

SERIES = {
    "discounted_rate": lambda y, _: indicators.discounted_rate(y),
    "rate_ratio": lambda y, _: indicators.rate_ratio(y),
    "surprise": lambda y, _: indicators.surprise(y),
    "change_point": lambda y, _: indicators.change_point(y),
    "cusum": lambda y, _: indicators.cusum(y, 1.5),
    "material_share": lambda y, m: indicators.material_share(y, m),
    "reciprocity": lambda y, m: indicators.reciprocity(y, m),
    "mediation_coverage": lambda y, m: indicators.mediation_coverage(m, y),
    "rung": lambda y, m: indicators.rung(np.column_stack([y, m, y, m, y, m, y])),
    "breadth": lambda y, m: indicators.breadth(np.column_stack([y, m])),
    "reproduction_number": lambda y, _: indicators.reproduction_number(y),
}


def fields(result) -> dict[str, np.ndarray]:
    return {name: np.asarray(value) for name, value in vars(result).items()}


@pytest.mark.parametrize("name", SERIES)
def test_an_element_depends_on_days_up_to_its_own_only(name):
    rng = np.random.default_rng(4)
    y, m = rng.poisson(2, 70).astype(float), rng.poisson(1, 70).astype(float)
    y[10] = m[12] = NAN
    whole = fields(SERIES[name](y, m))
    changed = fields(SERIES[name](np.append(y[:50], rng.poisson(9, 20)), np.append(m[:50], rng.poisson(9, 20))))
    for field, values in whole.items():
        assert len(values) == 70
        for prefix in (fields(SERIES[name](y[:50], m[:50]))[field], changed[field][:50]):
            np.testing.assert_array_equal(values[:50], prefix, err_msg=field)


@pytest.mark.parametrize("name", SERIES)
def test_no_days_give_no_elements(name):
    if name in {"rung", "breadth"}:
        result = indicators.rung(np.empty((0, 7))) if name == "rung" else indicators.breadth(np.empty((0, 2)))
    else:
        result = SERIES[name]([], [])
    assert {len(values) for values in fields(result).values()} == {0}


@pytest.mark.parametrize("name", SERIES)
def test_nothing_collected_gives_no_infinity_and_no_error(name):
    result = fields(SERIES[name](np.full(5, NAN), np.full(5, NAN)))
    assert not any(np.isinf(values).any() for values in result.values())


@pytest.mark.parametrize("name", SERIES)
@pytest.mark.parametrize(
    ("value", "message"),
    [(-1, "is -1, expected a .*>= 0"), (np.inf, "is inf, expected"), (2e9, r"is 2e\+09, expected .* at most 1e9")],
    ids=["negative", "infinite", "beyond belief"],
)
def test_a_count_that_cannot_be_is_refused_with_its_name_and_place(name, value, message):
    with pytest.raises(tocsin.InputError, match=message):
        SERIES[name]([1.0, value, 2.0], [1.0, 1.0, 1.0])


@pytest.mark.parametrize("name", [name for name in SERIES if name not in {"rung", "breadth"}])
def test_a_fraction_of_an_act_is_refused(name):
    with pytest.raises(tocsin.InputError, match=r"\[1\] is 1\.5, expected a whole count"):
        SERIES[name]([1.0, 1.5], [1.0, 1.0])


def test_mediation_may_be_a_fraction():
    assert np.isfinite(indicators.mediation_coverage([0.3], [2]).coverage[0])


@pytest.mark.parametrize(
    "y", [["1", "2"], [1, "many"], ["2025-01-01"], np.array(["2025-01-01"], "M8[D]"), [[1], [1, 2]], [1j]], ids=str
)
def test_what_is_not_a_row_of_numbers_is_refused(y):
    with pytest.raises(tocsin.InputError, match="y cannot be read as numbers"):
        indicators.discounted_rate(y)


@pytest.mark.parametrize(
    "y",
    [
        tuple(TOY),
        np.array(TOY, dtype=np.int8),
        pd.Series(TOY, index=range(5, 15)),
        np.array(TOY * 2)[:10],
        np.repeat(TOY, 2)[::2],
    ],
)
def test_every_kind_of_row_of_numbers_gives_the_same(y):
    np.testing.assert_array_equal(indicators.discounted_rate(y).mean, indicators.discounted_rate(TOY).mean)


@pytest.mark.parametrize("nothing", [None, NAN, pd.NA], ids=str)
def test_a_missing_count_was_not_collected(nothing):
    y = pd.array([1, nothing, 2], dtype="Float64") if nothing is pd.NA else [1, nothing, 2]
    np.testing.assert_array_equal(indicators.discounted_rate(y).rate, indicators.discounted_rate([1, NAN, 2]).rate)


BAD_CALLS = {
    "dimensions": (lambda: indicators.discounted_rate([[1, 2]]), "y has 2 dimensions, expected one value a day"),
    "rung as one row": (lambda: indicators.rung([1, 2, 3]), "counts_by_rung has 1 dimensions"),
    "rung of five": (lambda: indicators.rung([[1, 2, 3, 4, 5]]), "has 5 columns, expected 7"),
    "breadth of a cube": (lambda: indicators.breadth(np.ones((1, 1, 1))), "3 dimensions"),
    "exposure length": (lambda: indicators.discounted_rate([1, 2], exposure=[1]), "exposure has 1 values, expected 2"),
    "exposure negative": (lambda: indicators.rate_ratio([1], exposure=[-1]), r"exposure\[0\] is -1"),
    "exposure missing": (lambda: indicators.surprise([1], exposure=[NAN]), r"exposure\[0\] is nan"),
    "lengths": (lambda: indicators.material_share([1, 2], [1]), "rhetoric and material have 2 and 1 values"),
    "half-life": (
        lambda: indicators.reciprocity([1], [1], half_life_days=0),
        "half_life_days is 0, expected a number above 0",
    ),
    "infinite half-life": (lambda: indicators.breadth([1], half_life_days=np.inf), "half_life_days is inf"),
    "window": (lambda: indicators.rate_ratio([1], window_days=0), "window_days is 0, expected a number >= 1"),
    "guard": (lambda: indicators.surprise([1], guard_days=-1), "guard_days is -1"),
    "prior": (lambda: indicators.discounted_rate([1], prior_shape=0), "prior_shape is 0, expected a number above 0"),
    "dispersion": (lambda: indicators.surprise([1], dispersion=0.5), "dispersion is 0.5, expected a number >= 1"),
    "no dispersion": (lambda: indicators.cusum([1], 1, dispersion=NAN), "dispersion is nan"),
    "budget": (
        lambda: indicators.cusum([1], 1, false_alarm_days=7),
        "false_alarm_days is 7, expected days from 30 to 3650",
    ),
    "ratio": (lambda: indicators.cusum([1], 1, ratio=1), "ratio is 1, expected a number above 1"),
    "mean": (lambda: indicators.cusum([1, 2], [1, 0]), r"mean\[1\] is 0, expected an expected count above 0"),
    "mean length": (lambda: indicators.cusum([1, 2, 3], [1, 2]), "mean has 2 values, expected 3"),
    "events": (lambda: indicators.rung([[0] * 7], min_events=0), "min_events is 0"),
    "shape": (lambda: indicators.predictive_tail(1, 0, 1), "shape is 0, expected a number above 0"),
    "exposure of a tail": (lambda: indicators.predictive_tail(1, 1, 1, exposure=0), "exposure is 0"),
    "codes as numbers": (lambda: indicators.goldstein_balance([112]), '"codes" holds 112, expected a text'),
    "counts of codes": (lambda: indicators.goldstein_balance(["112"], [1, 2]), "1 codes and 2 counts"),
    "negative count": (lambda: indicators.goldstein_balance(["112"], [-1]), 'event code "112" is -1'),
}


@pytest.mark.parametrize("call", BAD_CALLS)
def test_an_argument_that_cannot_be_used_is_refused_by_name(call):
    make, message = BAD_CALLS[call]
    with pytest.raises(tocsin.InputError, match=message):
        make()


def test_a_code_that_no_table_holds_is_refused_with_the_nearest():
    with pytest.raises(tocsin.CodebookError, match=r'"19X" is not in codebook "cameo-1.1b3" \(nearest: '):
        indicators.goldstein_balance(["19X"])


MAIN_ARGUMENTS = {
    "discounted_rate": ["y"], "rate_ratio": ["y"], "surprise": ["y"], "predictive_tail": ["y", "shape", "rate"],
    "cusum": ["y", "mean"], "goldstein_balance": ["codes", "counts"], "material_share": ["rhetoric", "material"],
    "rung": ["counts_by_rung"], "reciprocity": ["forward", "backward"], "breadth": ["counts"],
    "mediation_coverage": ["mediation", "hostile"], "change_point": ["y"], "phase": ["y"],
    "reproduction_number": ["y", "exogenous_rate"], "cross_excitation": ["y"],
    "cross_excitation_log_likelihood": ["y", "mu", "kernel"], "rolling_cross_excitation": ["y"],
    "phase_filter": ["y", "transition", "means", "initial"], "phase_smooth": ["y"], "phase_path": ["y"],
    "fit_phases": ["y"], "ears": ["y"], "attention_share": ["y", "total"],
    "post_mediation_change": ["mediation", "hostile"], "slowing_down": ["y"],
}  # fmt: skip


@pytest.mark.parametrize("name", MAIN_ARGUMENTS)
def test_only_the_main_arguments_are_positional(name):
    parameters = inspect.signature(getattr(indicators, name)).parameters.values()
    positional = [p.name for p in parameters if p.kind is not inspect.Parameter.KEYWORD_ONLY]
    assert positional == MAIN_ARGUMENTS[name]


def test_every_indicator_is_listed_here():
    assert {name for name in indicators.__all__ if name.islower()} == set(MAIN_ARGUMENTS)
