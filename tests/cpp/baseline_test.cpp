#include "tocsin/indicators/baseline.hpp"

#include <gtest/gtest.h>

#include "rates.hpp"
#include "sample_series.hpp"

namespace tocsin {
namespace {

TEST(Baseline, BelievesATwentiethOfAnActADayOfAPairWithNoPast) {
  Baseline baseline({180, 2});
  const GammaPosterior slow = baseline.step(40, 1);  // today's count is not yet part of the past
  EXPECT_EQ(slow.shape, 1.5);
  EXPECT_EQ(slow.rate, 30);
  EXPECT_DOUBLE_EQ(slow.mean(), 0.05);
}

TEST(Baseline, LearnsADayOnTheThirdDayAfterIt) {
  // Guard 2: at t the past ends on t - 3. Seven acts on day 0 are seen first on day 3.
  Baseline baseline({180, 2});
  EXPECT_EQ(baseline.step(7, 1).shape, 1.5);
  EXPECT_EQ(baseline.step(0, 1).shape, 1.5);
  EXPECT_EQ(baseline.step(0, 1).shape, 1.5);
  const GammaPosterior slow = baseline.step(0, 1);
  EXPECT_EQ(slow.shape, 8.5);
  EXPECT_EQ(slow.rate, 31);
}

TEST(Baseline, WithoutAGuardEndsYesterday) {
  Baseline baseline({180, 0});
  (void)baseline.step(7, 1);
  EXPECT_EQ(baseline.step(0, 1).shape, 8.5);
}

TEST(Baseline, HandWorkedWithAHalfLifeOfOneDay) {
  // Counts 4, 2, 6, then three guarded days. A = (4/2 + 2)/2 + 6 = 8, B = (1/2 + 1)/2 + 1 = 1.75.
  Baseline baseline({1, 2});
  GammaPosterior slow{};
  for (const double y : {4.0, 2.0, 6.0, 90.0, 90.0, 90.0}) slow = baseline.step(y, 1);
  EXPECT_DOUBLE_EQ(slow.shape, 9.5);
  EXPECT_DOUBLE_EQ(slow.rate, 31.75);
}

TEST(Baseline, AddsNothingForADayNotCollected) {
  Baseline baseline({180, 0});
  (void)baseline.step(samples::nan, 0);
  const GammaPosterior slow = baseline.step(0, 1);
  EXPECT_EQ(slow.shape, 1.5);
  EXPECT_EQ(slow.rate, 30);
}

TEST(Baseline, EqualsTheNaiveDefinition) {
  const auto days = reference::Days::of(samples::random_counts(4, 200, 0.5, 0.1));
  Baseline baseline({180, 2});
  for (int t = 0; t < days.size(); ++t) {
    const auto at = static_cast<std::size_t>(t);
    const GammaPosterior slow = baseline.step(days.count[at], days.exposure[at]);
    const reference::Gamma naive = reference::slow_rate(days, t);
    EXPECT_CLOSE(slow.shape, naive.shape);
    EXPECT_CLOSE(slow.rate, naive.rate);
  }
}

TEST(Baseline, HasNotLearntACrisisAfterAMonthAsNormal) {
  Baseline baseline({180, 2});
  for (int day = 0; day < 365; ++day) (void)baseline.step(0, 1);
  GammaPosterior slow{};
  for (int day = 0; day < 30; ++day) slow = baseline.step(10, 1);
  EXPECT_LT(slow.mean(), 2);
}

}  // namespace
}  // namespace tocsin
