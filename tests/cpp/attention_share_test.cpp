#include "tocsin/indicators/attention_share.hpp"

#include <gtest/gtest.h>

#include "distributions.hpp"
#include "sample_series.hpp"
#include "tocsin/error.hpp"
#include "tocsin/series.hpp"

namespace tocsin {
namespace {

using samples::nan;
using samples::to_array;

TEST(AttentionShare, HasTheCheckValues) {
  const series::Share share = series::attention_share(to_array({12}), to_array({300}), {});
  EXPECT_CLOSE(share.share[0], 0.035);
  EXPECT_CLOSE(share.low[0], 0.02133506894);
  EXPECT_CLOSE(share.high[0], 0.05130258763);
}

TEST(AttentionShare, HandWorkedUniformPrior) {
  // Prior (1, 1), one of one: Beta(2, 1) has the distribution function x^2, so its quantiles are roots.
  const series::Share share = series::attention_share(to_array({1}), to_array({1}), {1, 1});
  EXPECT_CLOSE(share.share[0], 2.0 / 3);
  EXPECT_CLOSE(share.low[0], std::sqrt(0.05));
  EXPECT_CLOSE(share.high[0], std::sqrt(0.95));
}

TEST(AttentionShare, IsThePriorOnADayWithoutNews) {
  EXPECT_CLOSE(series::attention_share(to_array({0}), to_array({0}), {}).share[0], 0.02);
}

TEST(AttentionShare, TendsToThePlainShare) {
  const series::Share share = series::attention_share(to_array({1e6}), to_array({4e6}), {});
  EXPECT_NEAR(share.share[0], 0.25, 1e-5);
  EXPECT_NEAR(share.high[0] - share.low[0], 2 * 1.6449 * std::sqrt(0.25 * 0.75 / 4e6), 1e-6);
}

TEST(AttentionShare, IsMissingWhereOneOfTheTwoIs) {
  const series::Share share = series::attention_share(to_array({nan, 3}), to_array({50, nan}), {});
  EXPECT_TRUE(share.share.isNaN().all());
  EXPECT_TRUE(share.low.isNaN().all());
}

TEST(AttentionShare, HasAnIntervalOfNinetyPercentBySummation) {
  const std::vector<double> acts = samples::random_counts(40, 20, 3);
  for (const double count : acts) {
    const double total = 4 * count + 17;
    const series::Share share = series::attention_share(to_array({count}), to_array({total}), {});
    const double a = 2 + count;
    const double b = 98 + total - count;
    const auto tail = [&](double x) { return reference::beta_odds_lower_tail(x / (1 - x), a, b); };
    EXPECT_NEAR(tail(share.low[0]), 0.05, 1e-9);
    EXPECT_NEAR(tail(share.high[0]), 0.95, 1e-9);
  }
}

TEST(AttentionShare, RefusesATotalBelowItsPart) {
  EXPECT_THROW((void)series::attention_share(to_array({3}), to_array({2}), {}), InputError);
  EXPECT_THROW((void)series::attention_share(to_array({3}), to_array({2, 4}), {}), InputError);
  EXPECT_THROW((void)series::attention_share(to_array({3}), to_array({4}), {0, 98}), InputError);
  EXPECT_THROW((void)series::attention_share(to_array({3}), to_array({4}), {2, nan}), InputError);
}

}  // namespace
}  // namespace tocsin
