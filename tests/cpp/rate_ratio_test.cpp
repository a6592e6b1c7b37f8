#include "tocsin/indicators/rate_ratio.hpp"

#include <gtest/gtest.h>

#include "rates.hpp"
#include "sample_series.hpp"
#include "tocsin/series.hpp"

namespace tocsin {
namespace {

using samples::every_day;
using samples::to_array;

constexpr RateRatio::Options small_windows{3, 7, 0};

RateRatio::Reading after(const std::vector<double>& counts, const RateRatio::Options& options,
                         const Belief& belief = {}) {
  RateRatio ratio(options);
  RateRatio::Reading reading{};
  for (const double y : counts) reading = ratio.step(y, std::isnan(y) ? 0 : 1, belief);
  return reading;
}

TEST(RateRatio, HandWorkedTwoDaysAgainstFour) {
  // Recent 3, 4: shape 7.5, rate 2.5, mean 3. Baseline 0, 1, 1, 1: shape 3.5, rate 4.5, mean 7/9.
  // log2(3 / (7/9)) = log2(27/7); change 3 - 7/9 = 20/9.
  const RateRatio::Reading reading = after({0, 1, 1, 1, 3, 4}, {2, 4, 0});
  EXPECT_CLOSE(reading.log2_ratio(), std::log2(27.0 / 7.0));
  EXPECT_CLOSE(reading.absolute_change(), 20.0 / 9.0);
  EXPECT_EQ(reading.recent_count, 7);
}

TEST(RateRatio, LeavesTheGuardDaysOutOfBothWindows) {
  const RateRatio::Reading calm = after({1, 1, 1, 0, 0, 2, 2}, {2, 3, 2});
  const RateRatio::Reading wild = after({1, 1, 1, 99, 99, 2, 2}, {2, 3, 2});
  EXPECT_EQ(calm.log2_ratio(), wild.log2_ratio());
  EXPECT_EQ(wild.baseline.shape, 3.5);
}

TEST(RateRatio, ForgetsTheDayThatLeavesTheBaseline) {
  // Windows of 2 and 3 days: on the sixth day the first one is out.
  EXPECT_EQ(after({50, 1, 1, 1, 1}, {2, 3, 0}).baseline.shape, 52.5);
  EXPECT_EQ(after({50, 1, 1, 1, 1, 1}, {2, 3, 0}).baseline.shape, 3.5);
}

TEST(RateRatio, IsMissingUntilThereIsAnEvent) {
  const RateRatio::Reading silent = after({0, 0, 0, 0, 0}, small_windows);
  EXPECT_FALSE(silent.is_known);
  EXPECT_TRUE(std::isnan(silent.log2_ratio()));
  EXPECT_TRUE(std::isnan(silent.interval().low));
  EXPECT_TRUE(std::isnan(silent.p_rising()));
  EXPECT_FALSE(std::isnan(after({0, 0, 0, 0, 1}, small_windows).log2_ratio()));
}

TEST(RateRatio, DoesNotTakeAMissingWeekForCalm) {
  // Acts stop because nothing is collected: with no recent day there is nothing to compare, and no fall.
  const std::vector<double> stopped{1, 1, 1, 1, 1, 1, 1, samples::nan, samples::nan, samples::nan};
  const RateRatio::Reading reading = after(stopped, small_windows, {0.5, 0.5, 1});
  EXPECT_EQ(reading.recent.rate, 0.5);
  EXPECT_TRUE(std::isnan(reading.log2_ratio()));
  EXPECT_TRUE(std::isnan(reading.recent_count));
  EXPECT_LT(after({1, 1, 1, 1, 1, 1, 1, 0, 0, 0}, small_windows).log2_ratio(), -2);
}

TEST(RateRatio, ComparesWithNothingWhereTheBaselineWasNotCollected) {
  const double nan = samples::nan;
  const std::vector<double> resumed{2, nan, nan, nan, nan, nan, nan, nan, 2, 2, 2};
  EXPECT_TRUE(std::isnan(after(resumed, small_windows).log2_ratio()));
  EXPECT_EQ(after(resumed, small_windows).recent_count, 6);
}

TEST(RateRatio, IsCertainOfARiseAndOfAFallAlike) {
  const double rising = after({0, 0, 0, 0, 0, 0, 1, 20, 30, 40}, small_windows).p_rising();
  const double falling = after({20, 30, 40, 30, 20, 30, 40, 0, 0, 0}, small_windows).p_rising();
  EXPECT_GT(rising, 1 - 1e-9);
  EXPECT_GT(falling, 0);
  EXPECT_LT(falling, 1e-9);
}

TEST(RateRatio, EqualsTheNaiveDefinition) {
  const std::vector<double> y = samples::random_counts(3, 90, 0.5, 0.1);
  const auto days = reference::Days::of(y);
  const series::Ratio ratio = series::rate_ratio(to_array(y), every_day, {7, 28, 2}, {0.4, 0.5, 1.5});
  for (int t = 0; t < days.size(); ++t) {
    const reference::Ratio naive = reference::rate_ratio(days, t, 7, 28, 2, {0.4, 0.5}, 1.5);
    EXPECT_CLOSE(ratio.log2_ratio[t], naive.log2_ratio);
    EXPECT_PRED3(samples::is_close, ratio.absolute_change[t], naive.absolute_change, 1e-8);  // a difference
    EXPECT_PRED3(samples::is_close, ratio.p_rising[t], naive.p_rising, 1e-8);
  }
}

TEST(RateRatio, HoldsATwentiethOfItsPosteriorBelowAndAboveItsInterval) {
  const RateRatio::Reading reading = after(samples::toy, small_windows);
  const double scale = reading.recent.rate / reading.baseline.rate;
  const auto below = [&](double log2_ratio) {
    return reference::beta_odds_lower_tail(std::exp2(log2_ratio) * scale, reading.recent.shape, reading.baseline.shape);
  };
  EXPECT_NEAR(below(reading.interval().low), 0.05, 1e-9);
  EXPECT_NEAR(below(reading.interval().high), 0.95, 1e-9);
}

TEST(RateRatio, OverdispersionWidensTheIntervalAndDoubtsTheRise) {
  const RateRatio::Reading plain = after(samples::toy, small_windows);
  const RateRatio::Reading noisy = after(samples::toy, small_windows, {0.5, 0.5, 4});
  EXPECT_LT(noisy.interval().low, plain.interval().low);
  EXPECT_GT(noisy.interval().high, plain.interval().high);
  EXPECT_LT(noisy.p_rising(), plain.p_rising());
}

}  // namespace
}  // namespace tocsin
