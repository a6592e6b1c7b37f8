#include "tocsin/posterior.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "distributions.hpp"
#include "sample_series.hpp"

namespace tocsin {
namespace {

TEST(GammaPosterior, WithShapeOneIsTheExponentialDistribution) {
  // P(X <= x) = 1 - exp(-rate x): the 5 % quantile is -ln(0.95) / rate.
  const Interval interval = GammaPosterior{1, 4}.interval();
  EXPECT_CLOSE(interval.low, -std::log(0.95) / 4);
  EXPECT_CLOSE(interval.high, -std::log(0.05) / 4);
}

TEST(GammaPosterior, AddsEvidenceDividedByDispersionToTheBelief) {
  const GammaPosterior posterior = GammaPosterior::of(12, 6, {0.25, 0.5, 3});
  EXPECT_DOUBLE_EQ(posterior.shape, 4.25);
  EXPECT_DOUBLE_EQ(posterior.rate, 2.5);
  EXPECT_DOUBLE_EQ(posterior.mean(), 1.7);
}

TEST(GammaPosterior, HasQuantilesThatIntegrateToTheirProbability) {
  for (const double shape : {0.025, 0.5, 3.0, 40.0, 2500.0}) {
    const Interval interval = GammaPosterior{shape, 1}.interval();
    EXPECT_NEAR(reference::gamma_lower_tail(interval.low, shape), 0.05, 1e-9) << shape;
    EXPECT_NEAR(reference::gamma_lower_tail(interval.high, shape), 0.95, 1e-9) << shape;
  }
}

TEST(BetaPosterior, WithOneAndOneIsUniform) {
  const BetaPosterior uniform{1, 1};
  EXPECT_CLOSE(uniform.interval().low, 0.05);
  EXPECT_CLOSE(uniform.interval().high, 0.95);
  EXPECT_DOUBLE_EQ(uniform.mean(), 0.5);
  EXPECT_CLOSE(uniform.median_odds(), 1);
  EXPECT_CLOSE(uniform.odds_interval().low, 1.0 / 19);
  EXPECT_CLOSE(uniform.odds_interval().high, 19);
}

TEST(BetaPosterior, HasOddsThatIntegrateToTheirProbability) {
  for (const BetaPosterior posterior : {BetaPosterior{0.5, 0.5}, BetaPosterior{6.5, 24.5}, BetaPosterior{0.5, 300.5}}) {
    const auto below = [&](double odds) { return reference::beta_odds_lower_tail(odds, posterior.a, posterior.b); };
    EXPECT_NEAR(below(posterior.odds_interval().low), 0.05, 1e-9);
    EXPECT_NEAR(below(posterior.median_odds()), 0.5, 1e-9);
    EXPECT_NEAR(below(posterior.odds_interval().high), 0.95, 1e-9);
  }
}

TEST(BetaPosterior, GivesSharesThatAreItsOddsOverOneMore) {
  const BetaPosterior posterior{8.5, 12.5};
  const Interval odds = posterior.odds_interval();
  EXPECT_CLOSE(posterior.interval().low, odds.low / (1 + odds.low));
  EXPECT_CLOSE(posterior.interval().high, odds.high / (1 + odds.high));
}

TEST(BetaPosterior, MirrorsWhenItsTwoSidesAreSwapped) {
  const Interval share = BetaPosterior{3.5, 9.5}.interval();
  const Interval mirrored = BetaPosterior{9.5, 3.5}.interval();
  EXPECT_CLOSE(share.low, 1 - mirrored.high);
  EXPECT_CLOSE(share.high, 1 - mirrored.low);
}

}  // namespace
}  // namespace tocsin
