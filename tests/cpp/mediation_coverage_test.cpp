#include "tocsin/indicators/mediation_coverage.hpp"

#include <gtest/gtest.h>

#include "distributions.hpp"
#include "sample_series.hpp"
#include "shares.hpp"
#include "tocsin/series.hpp"

namespace tocsin {
namespace {

using samples::every_day;
using samples::nan;
using samples::to_array;

series::Mediation covered(const std::vector<double>& mediation, const std::vector<double>& hostile) {
  return series::mediation_coverage(to_array(mediation), to_array(hostile), {}, 1);
}

TEST(MediationCoverage, OfAsManyMediationActsAsHostileOnesIsOne) {
  const series::Mediation even = covered({0, 3}, {2, 1});
  EXPECT_CLOSE(even.coverage[1], 1);
  EXPECT_CLOSE(even.low[1] * even.high[1], 1);  // a ratio and its inverse have the same interval
}

TEST(MediationCoverage, IsMissingWithoutHostileActs) {
  EXPECT_TRUE(std::isnan(covered({5}, {0}).coverage[0]));
  EXPECT_TRUE(std::isnan(covered({5}, {0}).low[0]));
}

TEST(MediationCoverage, LooksBackTwentyEightDaysIncludingToday) {
  std::vector<double> hostile(29, 0.0);
  std::vector<double> mediation(29, 0.0);
  hostile[0] = 10;
  const series::Mediation ratio = covered(mediation, hostile);
  EXPECT_FALSE(std::isnan(ratio.coverage[27]));
  EXPECT_TRUE(std::isnan(ratio.coverage[28]));
}

TEST(MediationCoverage, LeavesOutADayOnWhichOneOfTheTwoIsUnknown) {
  EXPECT_EQ(covered({2, nan}, {8, 50}).coverage[1], covered({2, 0}, {8, 0}).coverage[1]);
  EXPECT_EQ(covered({2, 50}, {8, nan}).coverage[1], covered({2, 0}, {8, 0}).coverage[1]);
}

TEST(MediationCoverage, CountsDaysAndActsSinceTheLastMediation) {
  // Mediation on day 1 beside 4 hostile acts, which are not "since"; then 3 and 2.
  const series::Mediation ratio = covered({0, 1, 0, 0}, {7, 4, 3, 2});
  EXPECT_TRUE(std::isnan(ratio.days_since[0]));
  EXPECT_TRUE(std::isnan(ratio.hostile_since[0]));
  EXPECT_EQ(ratio.days_since[1], 0);
  EXPECT_EQ(ratio.hostile_since[1], 0);
  EXPECT_EQ(ratio.days_since[3], 2);
  EXPECT_EQ(ratio.hostile_since[3], 5);
}

TEST(MediationCoverage, HasAGapThatIsTheDifferenceOfTwoGrowths) {
  const std::vector<double> mediation{1, 0, 1, 0, 1, 0, 0, 1, 0, 1};
  const series::Mediation ratio =
      series::mediation_coverage(to_array(mediation), to_array(samples::toy), {28, {3, 7, 0}}, 1);
  const series::Ratio hostile = series::rate_ratio(to_array(samples::toy), every_day, {3, 7, 0}, {});
  const series::Ratio mediated = series::rate_ratio(to_array(mediation), every_day, {3, 7, 0}, {});
  EXPECT_DOUBLE_EQ(ratio.gap[9], hostile.log2_ratio[9] - mediated.log2_ratio[9]);
}

TEST(MediationCoverage, HasNoGapWhereOneGrowthIsUnknown) {
  EXPECT_TRUE(std::isnan(covered({0, 0}, {3, 4}).gap[1]));
  EXPECT_TRUE(std::isnan(covered({1, 1}, {0, 0}).gap[1]));
}

TEST(MediationCoverage, EqualsTheNaiveDefinition) {
  const reference::Series mediation = samples::random_counts(30, 120, 0.2, 0.1);
  const reference::Series hostile = samples::random_counts(31, 120, 0.6, 0.1);
  const series::Mediation ratio = series::mediation_coverage(to_array(mediation), to_array(hostile), {}, 1.4);
  for (int t = 0; t < 120; ++t) {
    const reference::Mediation naive = reference::mediation_coverage(mediation, hostile, t, 28);
    EXPECT_CLOSE(ratio.days_since[t], naive.days_since);
    EXPECT_CLOSE(ratio.hostile_since[t], naive.hostile_since);
    if (naive.hostile == 0) {
      EXPECT_TRUE(std::isnan(ratio.coverage[t]));
    } else if (t % 10 == 9) {
      const double a = 0.5 + naive.mediation / 1.4;
      const double b = 0.5 + naive.hostile / 1.4;
      EXPECT_NEAR(reference::beta_odds_lower_tail(ratio.coverage[t], a, b), 0.5, 1e-9);
      EXPECT_NEAR(reference::beta_odds_lower_tail(ratio.low[t], a, b), 0.05, 1e-9);
      EXPECT_NEAR(reference::beta_odds_lower_tail(ratio.high[t], a, b), 0.95, 1e-9);
    }
  }
}

TEST(MediationCoverage, TakesFractionalMediation) {
  const series::Mediation ratio = covered({0.5}, {2});
  EXPECT_NEAR(reference::beta_odds_lower_tail(ratio.coverage[0], 1, 2.5), 0.5, 1e-9);
}

}  // namespace
}  // namespace tocsin
