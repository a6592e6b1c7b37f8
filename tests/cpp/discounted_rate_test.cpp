#include "tocsin/indicators/discounted_rate.hpp"

#include <gtest/gtest.h>

#include "rates.hpp"
#include "sample_series.hpp"
#include "tocsin/series.hpp"

namespace tocsin {
namespace {

using samples::every_day;
using samples::nan;
using samples::to_array;

TEST(DiscountedRate, HandWorkedTwoDays) {
  // Half-life 1, prior Gamma(1/2, 1/2). Day 0: 3 acts, day 1: 1 act.
  //   A = 3/2 + 1 = 2.5, B = 1/2 + 1 = 1.5; shape 3, rate 2, mean 1.5.
  DiscountedRate rate({1});
  (void)rate.step(3, 1, {});
  const GammaPosterior posterior = rate.step(1, 1, {});
  EXPECT_DOUBLE_EQ(posterior.shape, 3);
  EXPECT_DOUBLE_EQ(posterior.rate, 2);
  EXPECT_DOUBLE_EQ(posterior.mean(), 1.5);
}

TEST(DiscountedRate, IsThePriorBeforeAnythingIsCollected) {
  DiscountedRate rate({14});
  const GammaPosterior posterior = rate.step(nan, 0, {0.25, 0.5, 1});
  EXPECT_EQ(posterior.shape, 0.25);
  EXPECT_EQ(posterior.rate, 0.5);
}

TEST(DiscountedRate, KeepsItsPriorThroughALongSilence) {
  // A + b0 of a year of zeros: the first act afterwards is judged by a rate that is still at least b0 days old.
  DiscountedRate rate({14});
  GammaPosterior posterior{};
  for (int day = 0; day < 365; ++day) posterior = rate.step(0, 1, {0.5, 0.5, 1});
  EXPECT_EQ(posterior.shape, 0.5);
  EXPECT_GT(posterior.rate, 0.5);
  for (int day = 0; day < 3650; ++day) posterior = rate.step(nan, 0, {0.5, 0.5, 1});
  EXPECT_CLOSE(posterior.rate, 0.5);
}

TEST(DiscountedRate, DispersionDividesEvidenceAndLeavesItsMean) {
  // Sums 8 and 4; phi = 4 makes them 2 and 1: without a prior the mean would stay 2.
  DiscountedRate rate({1e9});
  for (const double y : {1.0, 2.0, 2.0, 3.0}) (void)rate.step(y, 1, {});
  DiscountedRate same({1e9}, rate.state());
  const GammaPosterior posterior = same.step(nan, 0, {1e-12, 1e-12, 4});
  EXPECT_NEAR(posterior.shape, 2, 1e-6);
  EXPECT_NEAR(posterior.mean(), 2, 1e-6);
}

TEST(DiscountedRate, OverdispersionWidensTheInterval) {
  const GammaPosterior plain = GammaPosterior::of(30, 10, {0.5, 0.5, 1});
  const GammaPosterior noisy = GammaPosterior::of(30, 10, {0.5, 0.5, 5});
  EXPECT_LT(noisy.interval().low, plain.interval().low);
  EXPECT_GT(noisy.interval().high, plain.interval().high);
}

TEST(DiscountedRate, EqualsTheNaiveDefinition) {
  const std::vector<double> y = samples::random_counts(2, 150, 0.4, 0.15);
  const auto days = reference::Days::of(y);
  const series::Rate rate = series::discounted_rate(to_array(y), every_day, 14, {0.3, 0.6, 2.5});
  for (int t = 0; t < days.size(); ++t) {
    const reference::Gamma naive = reference::discounted_rate(days, t, 14, {0.3, 0.6}, 2.5);
    EXPECT_CLOSE(rate.shape[t], naive.shape);
    EXPECT_CLOSE(rate.rate[t], naive.rate);
    EXPECT_CLOSE(rate.mean[t], naive.mean());
  }
}

TEST(DiscountedRate, ReadsExposureAsDaysOfCollection) {
  // 4 acts in half a day, nothing before: shape 4.5, rate 1.
  const series::Rate rate = series::discounted_rate(to_array({4}), to_array({0.5}), 14, {});
  EXPECT_DOUBLE_EQ(rate.mean[0], 4.5);
}

TEST(DiscountedRate, HoldsATwentiethOfItsPosteriorBelowAndAboveItsInterval) {
  const series::Rate rate = series::discounted_rate(to_array(samples::toy), every_day, 7, {});
  for (const int t : {0, 4, 9}) {
    EXPECT_NEAR(reference::gamma_lower_tail(rate.low[t] * rate.rate[t], rate.shape[t]), 0.05, 1e-9);
    EXPECT_NEAR(reference::gamma_lower_tail(rate.high[t] * rate.rate[t], rate.shape[t]), 0.95, 1e-9);
  }
}

TEST(DiscountedRate, DoesNotLookAhead) {
  std::vector<double> y = samples::toy;
  const series::Rate before = series::discounted_rate(to_array(y), every_day, 14, {});
  y[7] = 1000;
  const series::Rate after = series::discounted_rate(to_array(y), every_day, 14, {});
  for (int t = 0; t < 7; ++t) EXPECT_EQ(after.mean[t], before.mean[t]);
  EXPECT_NE(after.mean[7], before.mean[7]);
}

}  // namespace
}  // namespace tocsin
