#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "composite_draws.hpp"
#include "normal_quantile.hpp"
#include "sample_series.hpp"

namespace tocsin {
namespace {

using samples::nan;

constexpr Shares all_shares{1, 1, 1, 1, 0, 0, 1, 1, 1};

/// A fortnight of acts in both directions, half of them deeds.
Composite busy(double acts_a_day = 6, int gap_days = 0) {
  Composite::Day day;
  day.exposure = 1;
  day.hostile = acts_a_day;
  day.rhetoric = day.material = day.forward = day.backward = acts_a_day / 2;
  day.kinds = {acts_a_day / 4, acts_a_day / 4, 0, acts_a_day / 4, acts_a_day / 4, 0};
  day.mediation = 0.5;
  day.rungs[4] = acts_a_day;
  Composite composite{Config{}};
  for (int i = 0; i < 40; ++i) composite.step(day);
  Composite::Day missing;
  missing.hostile = missing.rhetoric = missing.material = missing.forward = missing.backward = missing.mediation = nan;
  for (int i = 0; i < gap_days; ++i) composite.step(missing);
  return composite;
}

double width(const ScoreInterval& interval) { return interval.high - interval.low; }

ScoreInterval interval_of(const Composite& composite, double dispersion = 1, std::uint64_t key = 7) {
  return Composite::interval(composite.read({1, 0.5, 0.5, 0.2, dispersion}), all_shares, Config{}, key);
}

TEST(Summarise, HasTheCheckValuesOfTheEulerShares) {
  // INDICATORS C19: covariance diag(4, 1, 9, 4, 1, 1) and cov(1, 2) = 1.5 give a variance of 4+1+9+4+1+1 + 2*1.5 = 23
  // and shares (4 + 1.5)/23, (1 + 1.5)/23, 9/23, 4/23, 1/23, 1/23. The last two, independent, stand together here:
  // variance 2, share 2/23. Eight draws along the columns of a Hadamard matrix have exactly these covariances: the
  // columns are orthogonal and of mean 0.
  std::vector<double> scores;
  std::vector<Contributions> parts;
  for (unsigned draw = 0; draw < 8; ++draw) {
    const auto sign = [&](unsigned column) { return __builtin_popcount(draw & column) % 2 == 0 ? 1.0 : -1.0; };
    const double a = sign(1);
    // cov(2 a, 0.75 a + sqrt(0.4375) b) = 1.5, and the second has variance 0.5625 + 0.4375 = 1.
    const Contributions part{20 + 2 * a, 19 + 0.75 * a + std::sqrt(0.4375) * sign(2), 12 + 3 * sign(4), 6 + 2 * sign(3),
                             9 + std::sqrt(2.0) * sign(5)};
    double score = 0;
    for (const double points : part) score += points;
    scores.push_back(score);
    parts.push_back(part);
  }
  const ScoreInterval interval = summarise(scores, parts);
  EXPECT_CLOSE(interval.variance_shares[0], 0.2391304347826087);
  EXPECT_CLOSE(interval.variance_shares[1], 0.10869565217391304);
  EXPECT_CLOSE(interval.variance_shares[2], 0.391304347826087);
  EXPECT_CLOSE(interval.variance_shares[3], 0.17391304347826086);
  EXPECT_CLOSE(interval.variance_shares[4], 2 * 0.043478260869565216);
}

TEST(Summarise, HasTheCheckValueOfTheNormalInterval) {
  // INDICATORS C19: mean 66, variance 23: [58.11155912, 73.88844088]. Draws on a fine grid of normal quantiles.
  std::vector<double> scores;
  std::vector<Contributions> parts;
  const int n = 100001;
  for (int i = 0; i < n; ++i) {
    scores.push_back(66 + std::sqrt(23.0) * special::normal_quantile((i + 0.5) / n));
    parts.push_back({scores.back(), 0, 0, 0, 0});
  }
  const ScoreInterval interval = summarise(scores, parts);
  EXPECT_NEAR(interval.low, 58.11155912, 1e-3);
  EXPECT_NEAR(interval.high, 73.88844088, 1e-3);
  EXPECT_CLOSE(interval.variance_shares[0], 1);
  EXPECT_EQ(interval.variance_shares[1], 0);
}

TEST(Summarise, HandWorkedQuantilesOfFiveDraws) {
  // Places 0.05 * 4 = 0.2 and 0.95 * 4 = 3.8 among 0, 1, 2, 3, 10: 0.2 and 3 + 0.8 * 7.
  const ScoreInterval interval = summarise({10, 0, 2, 1, 3}, std::vector<Contributions>(5));
  EXPECT_CLOSE(interval.low, 0.2);
  EXPECT_CLOSE(interval.high, 8.6);
}

TEST(Summarise, HasNoVarianceToShareWhereAllDrawsAgree) {
  const ScoreInterval interval = summarise({5, 5, 5}, std::vector<Contributions>(3, Contributions{5, 0, 0, 0, 0}));
  EXPECT_EQ(interval.low, 5);
  EXPECT_EQ(interval.high, 5);
  EXPECT_TRUE(std::isnan(interval.variance_shares[0]));
}

TEST(ScoreInterval, HasVarianceSharesThatSumToOne) {
  const ScoreInterval interval = interval_of(busy());
  double sum = 0;
  for (const double share : interval.variance_shares) sum += share;
  EXPECT_NEAR(sum, 1, 1e-12);
}

TEST(ScoreInterval, IsTheSameForTheSameSeedPairAndReading) {
  EXPECT_EQ(interval_of(busy()).low, interval_of(busy()).low);
  EXPECT_NE(interval_of(busy(), 1, 7).low, interval_of(busy(), 1, 8).low);
}

TEST(ScoreInterval, OfASilentPairIsZero) {
  Composite composite{Config{}};
  Composite::Day quiet;
  quiet.exposure = 1;
  for (int i = 0; i < 30; ++i) composite.step(quiet);
  const ScoreInterval interval = interval_of(composite);
  EXPECT_EQ(interval.low, 0);
  EXPECT_EQ(interval.high, 0);
}

TEST(ScoreInterval, WidensWithDispersion) {
  EXPECT_GT(width(interval_of(busy(), 6)), 1.5 * width(interval_of(busy(), 1)));
}

TEST(ScoreInterval, WidensDayByDayThroughAGap) {
  double before = width(interval_of(busy()));
  for (const int gap : {7, 14, 28}) {
    const double now = width(interval_of(busy(6, gap)));
    EXPECT_GT(now, before) << gap << " days";
    before = now;
  }
}

TEST(ScoreInterval, IsNowhereNarrowerAfterAGapThanBeforeIt) {
  // Of few acts a Gamma of smaller shape has both quantiles nearer to zero, so that widening alone is not enough.
  for (const double acts_a_day : {0.02, 0.05, 0.1, 0.3, 1.0, 6.0}) {
    for (const int gap : {1, 3, 14, 28}) {
      const ScoreInterval before = interval_of(busy(acts_a_day));
      const ScoreInterval after = interval_of(busy(acts_a_day, gap));
      EXPECT_LE(after.low, before.low) << acts_a_day << " a day, gap of " << gap;
      EXPECT_GE(after.high, before.high) << acts_a_day << " a day, gap of " << gap;
    }
  }
}

TEST(ScoreInterval, NarrowsWithEvidence) { EXPECT_LT(width(interval_of(busy(40))), width(interval_of(busy(2)))); }

QuantityDraws all_quantities(const Composite::Reading& reading) {
  return {reading, {true, true, true, true, true}, Goalposts{}, 3, 1};
}

TEST(Draws, HaveTheMeansOfThePosteriorsThatTheyComeFrom) {
  // busy(6): B = (1 - d^40)/(1 - d), n = 6 B. Means of 4,000 draws within five standard errors.
  const Composite::Reading reading = busy().read({1, 0.5, 0.5, 0.2, 1});
  const QuantityDraws drawn = all_quantities(reading);
  const int draws = 4000;
  Quantities mean{};
  for (int draw = 0; draw < draws; ++draw) {
    const Quantities one = drawn.of(static_cast<std::uint64_t>(draw));
    mean.level += one.level / draws;
    mean.recent_rate += one.recent_rate / draws;
    mean.baseline_rate += one.baseline_rate / draws;
    mean.material_share += one.material_share / draws;
    mean.forward += one.forward / draws;
    mean.mediation += one.mediation / draws;
  }
  const auto tolerance = [&](double expected, double shape) { return 5 * expected / std::sqrt(shape * draws); };
  const double b = reading.exposure;
  EXPECT_NEAR(mean.level, 6 * b / (b + 2), tolerance(6, 6 * b));
  EXPECT_NEAR(mean.recent_rate, 42.5 / 7.5, tolerance(6, 42.5));
  EXPECT_NEAR(mean.baseline_rate, (168 + 7) / 35.0, tolerance(5, 175));
  EXPECT_NEAR(mean.material_share, 0.5, tolerance(0.5, 6 * b));
  EXPECT_NEAR(mean.forward, 0.25 + 3 * b, tolerance(3 * b, 3 * b));
  EXPECT_NEAR(mean.mediation, 0.1 + 0.5 * b, tolerance(0.5 * b, 0.5 * b));
}

TEST(Draws, KeepTheirMeanAndWidenWhereTheSourceIsNoisy) {
  const Composite composite = busy();
  const auto spread = [&](double dispersion) {
    const QuantityDraws drawn = all_quantities(composite.read({1, 0.5, 0.5, 0.2, dispersion}));
    double sum = 0;
    double squares = 0;
    for (std::uint64_t draw = 0; draw < 2000; ++draw) {
      const double level = drawn.of(draw).level;
      sum += level / 2000;
      squares += level * level / 2000;
    }
    return std::pair{sum, squares - sum * sum};
  };
  const auto [mean, variance] = spread(1);
  const auto [noisy_mean, noisy_variance] = spread(4);
  EXPECT_NEAR(noisy_mean, mean, 0.1);
  EXPECT_NEAR(noisy_variance / variance, 4, 0.6);
}

TEST(Draws, OfAQuantityDoNotDependOnWhatElseIsDrawn) {
  const Composite::Reading reading = busy().read({1, 0.5, 0.5, 0.2, 1});
  const Quantities all = all_quantities(reading).of(17);
  QuantityDraws::Needed one;
  one.reciprocity = true;
  const Quantities alone = QuantityDraws(reading, one, Goalposts{}, 3, 1).of(17);
  EXPECT_EQ(alone.forward, all.forward);
  EXPECT_EQ(alone.backward, all.backward);
  EXPECT_EQ(alone.level, central_quantities(reading, Goalposts{}).level);
}

TEST(DrawnScores, AreTheScoresOfTheDrawnQuantities) {
  // Both ways from the same draws: through subscores and parts, as the score itself, and by adding up points.
  const Composite::Reading reading = busy().read({1, 0.5, 0.5, 0.2, 2});
  const Config config;
  const DrawnScores drawn(reading, all_shares, config, 3);
  const QuantityDraws quantities(reading, {true, true, true, true, true}, config.goalposts, 3, config.seed);
  for (std::uint64_t draw = 0; draw < 200; ++draw) {
    const Subscores values = subscores_from(reading, quantities.of(draw), all_shares, config);
    const Contributions expected = ScoreParts::of(values, all_shares, config.weights).contributions;
    const Contributions found = drawn.of(draw);
    for (std::size_t group = 0; group < group_count; ++group) EXPECT_CLOSE(found[group], expected[group]);
  }
}

TEST(DrawnScores, OfAFadedPairDifferByLessThanAHundredthOfAPointFromDrawingEverything) {
  Composite composite = busy();
  Composite::Day quiet;
  quiet.exposure = 1;
  for (int day = 0; day < 190; ++day) composite.step(quiet);
  const Composite::Reading reading = composite.read({1, 0.5, 0.5, 0.2, 2});
  ASSERT_GT(reading.hostile, 0);
  const Config config;
  const DrawnScores drawn(reading, all_shares, config, 3);
  const QuantityDraws quantities(reading, {true, true, true, true, true}, config.goalposts, 3, config.seed);
  for (std::uint64_t draw = 0; draw < 200; ++draw) {
    const Subscores values = subscores_from(reading, quantities.of(draw), all_shares, config);
    const Contributions expected = ScoreParts::of(values, all_shares, config.weights).contributions;
    for (std::size_t group = 0; group < group_count; ++group) EXPECT_NEAR(drawn.of(draw)[group], expected[group], 0.01);
  }
}

}  // namespace
}  // namespace tocsin
