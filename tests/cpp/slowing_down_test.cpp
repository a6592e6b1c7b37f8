#include "tocsin/indicators/slowing_down.hpp"

#include <gtest/gtest.h>

#include "phase_surrogates.hpp"
#include "rank_correlation.hpp"
#include "sample_series.hpp"
#include "slowing_down.hpp"
#include "tocsin/error.hpp"
#include "tocsin/series.hpp"

namespace tocsin {
namespace {

using samples::nan;
using samples::to_array;

const std::vector<double> ten_days{3, 4, 3, 5, 6, 5, 7, 8, 7, 9};

std::vector<double> window_of(const std::vector<double>& y, int last, int days) {
  return {y.begin() + last + 1 - days, y.begin() + last + 1};
}

TEST(SlowingDown, HasTheCheckValues) {
  const series::Slowing raw = series::slowing_down(to_array(ten_days), {10, false});
  EXPECT_CLOSE(raw.lag1[9], -0.5162790698);
  EXPECT_CLOSE(raw.variance_to_mean[9], 0.7426900585);
  EXPECT_CLOSE(raw.kendall_tau[9], 0.8280786712);
  // Neither ranks nor the counts themselves know the root.
  const series::Slowing stabilised = series::slowing_down(to_array(ten_days), {10});
  EXPECT_CLOSE(stabilised.variance_to_mean[9], 0.7426900585);
  EXPECT_CLOSE(stabilised.kendall_tau[9], 0.8280786712);
  EXPECT_NE(stabilised.lag1[9], raw.lag1[9]);
}

TEST(SlowingDown, HandWorkedFiveDays) {
  // 0, 1, 0, 1, 3 as counts: mean 1, slope (-2 * 0 - 1 * 1 + 0 + 1 * 1 + 2 * 3) / 10 = 0.6, line -0.2, 0.4,
  // 1, 1.6, 2.2, residuals 0.2, 0.6, -1, -0.6, 0.8: products 0.12 - 0.6 + 0.6 - 0.48 = -0.36, squares 0.04 + 0.36 + 1 +
  // 0.36 + 0.64. Variance 6 / 4 over mean 1. Of ten pairs 7 rise, 1 falls, 2 are ties.
  const series::Slowing slow = series::slowing_down(to_array({0, 1, 0, 1, 3}), {5, false});
  EXPECT_CLOSE(slow.lag1[4], -0.36 / 2.4);
  EXPECT_CLOSE(slow.variance_to_mean[4], 1.5);
  EXPECT_CLOSE(slow.kendall_tau[4], 6 / std::sqrt(10.0 * 8));
}

TEST(SlowingDown, EqualsTheNaiveDefinition) {
  const std::vector<double> y = samples::random_counts(70, 150, 2, 0.005);
  const series::Slowing slow = series::slowing_down(to_array(y), {40, true, 9});
  for (int t = 39; t < 150; ++t) {
    std::vector<double> x = window_of(y, t, 40);
    for (double& value : x) value = 2 * std::sqrt(value + 0.375);
    EXPECT_CLOSE(slow.lag1[t], reference::detrended_lag1(x));
    if (!std::isnan(slow.lag1[t])) {
      EXPECT_CLOSE(slow.kendall_tau[t], reference::kendall_tau(x));
    }
  }
}

TEST(SlowingDown, WaitsForAFullWindowWithoutGaps) {
  std::vector<double> y = samples::random_counts(71, 60, 2);
  y[30] = nan;
  const series::Slowing slow = series::slowing_down(to_array(y), {20, true, 9});
  for (int t = 0; t < 60; ++t) {
    const bool is_missing = t < 19 || (t >= 30 && t < 50);
    EXPECT_EQ(std::isnan(slow.lag1[t]), is_missing) << t;
    EXPECT_EQ(std::isnan(slow.variance_to_mean[t]), is_missing) << t;
    EXPECT_EQ(std::isnan(slow.p_value[t]), is_missing) << t;
  }
}

TEST(SlowingDown, HasNothingToSayOfALine) {
  const series::Slowing flat = series::slowing_down(to_array(std::vector<double>(10, 4.0)), {10});
  EXPECT_TRUE(std::isnan(flat.lag1[9]));
  EXPECT_EQ(flat.variance_to_mean[9], 0);
  EXPECT_TRUE(std::isnan(flat.p_value[9]));
  const series::Slowing silent = series::slowing_down(to_array(std::vector<double>(10, 0.0)), {10});
  EXPECT_TRUE(std::isnan(silent.variance_to_mean[9]));
  const series::Slowing rising = series::slowing_down(to_array({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}), {10, false});
  EXPECT_TRUE(std::isnan(rising.lag1[9]));
}

TEST(SlowingDown, FindsATrendAndNoneInItsMirrorImage) {
  std::vector<double> rising;
  random::Stream stream(8);
  for (int day = 0; day < 60; ++day) rising.push_back(static_cast<double>(random::poisson(stream, 2 + day / 10.0)));
  const std::vector<double> falling(rising.rbegin(), rising.rend());
  const series::Slowing up = series::slowing_down(to_array(rising), {});
  const series::Slowing down = series::slowing_down(to_array(falling), {});
  EXPECT_CLOSE(up.kendall_tau[59], -down.kendall_tau[59]);
  EXPECT_CLOSE(up.lag1[59], down.lag1[59]);
  EXPECT_LT(up.p_value[59], 0.02);
  EXPECT_GT(down.p_value[59], 0.98);
}

TEST(SlowingDown, RaisesFewFalseAlarmsOnSteadyCounts) {
  // 600 windows of independent Poisson counts. Detrending takes a little of the slowest power from the surrogates, so a
  // p-value below 5 % comes somewhat more often than 5 % of the time (binomial error 0.9 %).
  random::Stream stream(9);
  int below = 0;
  for (int window = 0; window < 600; ++window) {
    SlowingDown slowing({60, true, 99, 1});
    for (int day = 0; day < 60; ++day) slowing.update(static_cast<double>(random::poisson(stream, 2)), 1);
    below += slowing.read().p_value <= 0.05 ? 1 : 0;
  }
  EXPECT_GT(below / 600.0, 0.02);
  EXPECT_LT(below / 600.0, 0.10);
  RecordProperty("share_below_5_percent", std::to_string(below / 600.0));
}

TEST(SlowingDown, GivesTheSameNumbersForTheSameSeed) {
  const std::vector<double> y = samples::random_counts(72, 70, 2);
  const series::Slowing first = series::slowing_down(to_array(y), {60, true, 99, 5});
  const series::Slowing again = series::slowing_down(to_array(y), {60, true, 99, 5});
  const series::Slowing other = series::slowing_down(to_array(y), {60, true, 99, 6});
  EXPECT_EQ(first.p_value[69], again.p_value[69]);
  EXPECT_NE(first.p_value[69], other.p_value[69]);
  EXPECT_NEAR(first.p_value[69], other.p_value[69], 0.25);
}

TEST(SlowingDown, DoesNotLookAhead) {
  std::vector<double> y = samples::random_counts(73, 60, 2);
  const series::Slowing before = series::slowing_down(to_array(y), {30, true, 19});
  y[50] = 400;
  const series::Slowing after = series::slowing_down(to_array(y), {30, true, 19});
  for (int t = 29; t < 50; ++t) EXPECT_EQ(after.p_value[t], before.p_value[t]);
}

TEST(SlowingDown, ContinuesFromASavedState) {
  const std::vector<double> y = samples::random_counts(74, 50, 2);
  const SlowingDown::Options options{20, true, 19, 1};
  const series::Slowing whole = series::slowing_down(to_array(y), options);
  SlowingDown first(options);
  for (std::size_t t = 0; t < 33; ++t) first.update(y[t], 1);
  SlowingDown second(options, first.state());
  for (std::size_t t = 33; t < 50; ++t) {
    second.update(y[t], 1);
    EXPECT_EQ(second.read().p_value, whole.p_value[static_cast<Eigen::Index>(t)]);
    EXPECT_EQ(second.read().lag1, whole.lag1[static_cast<Eigen::Index>(t)]);
  }
  EXPECT_THROW((void)SlowingDown({10, true, 19, 1}, first.state()), StateError);
}

TEST(SlowingDown, RefusesWhatItCannotUse) {
  EXPECT_THROW((void)series::slowing_down(to_array({1}), {4}), InputError);
  EXPECT_THROW((void)series::slowing_down(to_array({1}), {60, true, 0}), InputError);
  EXPECT_THROW((void)series::slowing_down(to_array({0.5}), {}), InputError);
}

TEST(PhaseSurrogates, KeepTheSpectrumAndTheMean) {
  for (const int length : {60, 61, 10}) {
    const std::vector<double> y = samples::random_counts(75, length, 3);
    const PhaseSurrogates surrogates(y);
    random::Stream stream(1);
    std::vector<double> surrogate(y.size());
    surrogates.draw(stream, surrogate);
    const std::vector<double> expected = reference::spectrum(y);
    const std::vector<double> found = reference::spectrum(surrogate);
    EXPECT_NEAR(found[0], 0, 1e-9);
    for (std::size_t k = 1; k < y.size(); ++k) EXPECT_NEAR(found[k], expected[k], 1e-9) << length << " " << k;
    EXPECT_NE(surrogate[0], y[0]);
  }
}

TEST(KendallTau, IsOneForEveryRise) {
  EXPECT_EQ(kendall_tau_with_time(std::vector<double>{1, 2, 9, 30}), 1);
  EXPECT_EQ(kendall_tau_with_time(std::vector<double>{4, 3, 2, -1}), -1);
  EXPECT_TRUE(std::isnan(kendall_tau_with_time(std::vector<double>{2, 2, 2})));
}

}  // namespace
}  // namespace tocsin
