#include "tocsin/indicators/no_excitation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "cross_excitation.hpp"
#include "indicators/additive_poisson.hpp"
#include "sample_series.hpp"

namespace tocsin {
namespace {

using samples::to_array;

double variance(const Eigen::ArrayXd& y) { return (y - y.mean()).square().mean(); }

TEST(RateSegments, AreTheCheapestOfAllPartitions) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const std::vector<double> y = samples::random_counts(seed, 12, 0.6);
    for (const int least : {1, 2, 3}) {
      LevelOptions options;
      options.change_penalty = 0.8;
      options.least_days = least;
      const std::vector<double> naive = reference::best_rates(y, 0.8 * std::log(12.0), least);
      const RateSegments found = RateSegments::of(to_array(y), 1, options);
      for (std::size_t t = 0; t < y.size(); ++t) EXPECT_CLOSE(found.rate[static_cast<Eigen::Index>(t)], naive[t]);
    }
  }
}

TEST(RateSegments, FindAStep) {
  std::vector<double> y(40, 1);
  y.resize(80, 9);
  const RateSegments segments = RateSegments::of(to_array(y), 1, {});
  EXPECT_EQ(segments.changes, 1);
  EXPECT_CLOSE(segments.rate[39], 1);
  EXPECT_CLOSE(segments.rate[40], 9);
}

TEST(RateSegments, LookPastDaysNotCollected) {
  std::vector<double> y(40, 2);
  for (std::size_t t = 10; t < 30; ++t) y[t] = samples::nan;
  const RateSegments segments = RateSegments::of(to_array(y), 1, {});
  EXPECT_EQ(segments.changes, 0);
  EXPECT_CLOSE(segments.rate[20], 2);
}

/// Counts with a given mean, from a stream of their own.
Eigen::ArrayXd counts_of(const Eigen::ArrayXd& rate, std::uint64_t seed) {
  return simulate({rate, 1, 0}, Eigen::ArrayXd::Zero(rate.size()), 0x736d6f6f7468ULL, seed);
}

TEST(SmoothLevel, FollowsADriftAndAWaveAndLeavesAConstantAlone) {
  const Eigen::ArrayXd place = Eigen::ArrayXd::LinSpaced(400, 0, 1);
  for (const Eigen::ArrayXd& rate : {Eigen::ArrayXd(10 + 40 * place), Eigen::ArrayXd(30 + 20 * (14 * place).sin())}) {
    const SmoothLevel level = SmoothLevel::of(counts_of(rate, 3), 1, {});
    EXPECT_GT(level.terms, 0);
    // What a constant leaves is 5 and more variances of a day; the troughs of the wave have overtones beyond the terms.
    EXPECT_LT(((level.rate - rate).square() / rate).mean(), 0.05 * ((rate.mean() - rate).square() / rate).mean());
  }
  int changes = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const SmoothLevel level = SmoothLevel::of(counts_of(Eigen::ArrayXd::Constant(400, 3), seed), 1, {});
    changes += level.terms > 0 ? 1 : 0;
    if (level.terms > 0) continue;
    EXPECT_CLOSE(level.rate[7], level.rate[399]);
  }
  EXPECT_LE(changes, 4);
}

TEST(SmoothLevel, HasTheSumsOfTheCountsAndNoSteepnessLeftOver) {
  // Where the posterior is largest its slope is 0: residuals sum to 0 and along the line to the coefficient over 9.
  Eigen::ArrayXd y = counts_of(Eigen::ArrayXd::LinSpaced(90, 20, 200), 5);
  y[10] = y[60] = samples::nan;
  LevelOptions options;
  options.half_wave_days = 1000;  // the line alone, and one half-wave
  options.term_penalty = 0;
  const SmoothLevel level = SmoothLevel::of(y, 1, options);
  ASSERT_EQ(level.terms, 2);
  const Eigen::ArrayXd left = y.isNaN().select(0, y - level.rate);
  EXPECT_NEAR(left.sum(), 0, 1e-3);
  const Eigen::ArrayXd line = (Eigen::ArrayXd::LinSpaced(90, 0, 89) + 0.5) / 45 - 1;
  const Eigen::ArrayXd wave = (std::numbers::pi / 2 * (line + 1)).cos();
  Eigen::MatrixXd terms(90, 3);
  terms << Eigen::VectorXd::Ones(90), line.matrix(), wave.matrix();
  const Eigen::VectorXd log_rate = level.rate.log();
  const Eigen::VectorXd coefficients = terms.colPivHouseholderQr().solve(log_rate);
  EXPECT_LT((terms * coefficients - log_rate).norm(), 1e-9);
  EXPECT_NEAR((left * line).sum(), coefficients[1] / 9, 1e-3);
  EXPECT_NEAR((left * wave).sum(), coefficients[2] / 9, 1e-3);
}

TEST(SmoothLevel, StaysFiniteWhereNothingHappensForLong) {
  Eigen::ArrayXd y = Eigen::ArrayXd::Zero(300);
  EXPECT_CLOSE(SmoothLevel::of(y, 1, {}).rate[0], 0.5 / 300);
  y.tail(20) = 30;
  const SmoothLevel level = SmoothLevel::of(y, 1, {});
  EXPECT_TRUE(level.rate.allFinite());
  EXPECT_GT(level.rate[299], 10);
}

TEST(NoExcitation, SimulatesItsMeanItsDispersionAndItsEcho) {
  const Eigen::ArrayXd days = Eigen::ArrayXd::Zero(40000);
  const Eigen::ArrayXd noisy = simulate({Eigen::ArrayXd::Constant(40000, 3), 5, 0}, days, 1, 0);
  EXPECT_NEAR(noisy.mean(), 3, 0.08);
  EXPECT_NEAR(variance(noisy) / noisy.mean(), 5, 0.3);
  const Eigen::ArrayXd told = simulate({Eigen::ArrayXd::Constant(40000, 3), 1, 0.5}, days, 1, 0);
  EXPECT_NEAR(told.mean(), 3, 0.06);
  const Eigen::ArrayXd ahead = told.tail(39999) - told.mean();
  const Eigen::ArrayXd behind = told.head(39999) - told.mean();
  EXPECT_NEAR((ahead * behind).mean() / variance(told), 1.0 / 3, 0.02);
  // Not told a third time: two days on nothing is left.
  EXPECT_NEAR((ahead.tail(39998) * behind.head(39998)).mean() / variance(told), 0, 0.02);
  EXPECT_NEAR(echo_of(told, Eigen::ArrayXd::Constant(40000, 3)), 0.5, 0.05);
}

TEST(NoExcitation, DependsOnTheKeyAndTheDrawAlone) {
  const Eigen::ArrayXd y = to_array({1, samples::nan, 2});
  const NoExcitation null{Eigen::ArrayXd::Constant(3, 50), 2, 0.2};
  const Eigen::ArrayXd once = simulate(null, y, 4, 2);
  EXPECT_TRUE(std::isnan(once[1]));
  EXPECT_EQ(once[2], simulate(null, y, 4, 2)[2]);
  EXPECT_NE(once[2], simulate(null, y, 4, 3)[2]);
  EXPECT_NE(once[2], simulate(null, y, 5, 2)[2]);
}

TEST(NoExcitation, TakesNoStepForOverdispersion) {
  std::vector<double> y;
  random::Stream stream(8);
  for (int day = 0; day < 400; ++day) y.push_back(static_cast<double>(random::poisson(stream, day < 200 ? 1 : 6)));
  EXPECT_LT(dispersion_of_differences(to_array(y)), 1.25);
  EXPECT_GT(variance(to_array(y)) / to_array(y).mean(), 2);
}

TEST(AdditivePoisson, ReachesTheTopThatManyStepsOfExpectationMaximisationReach) {
  random::Stream stream(2);
  Eigen::ArrayXd y(120);
  Eigen::MatrixXd terms(120, 3);
  for (Eigen::Index t = 0; t < 120; ++t) {
    terms.row(t) << 1, stream.next_uniform() * 4, stream.next_uniform() * 2;
    y[t] = static_cast<double>(random::poisson(stream, 0.5 + 0.6 * terms(t, 1)));
  }
  const AdditivePoisson model(y, terms, {{1, 0}, {2, 6}, {2, 6}});
  Eigen::VectorXd slow = Eigen::Vector3d(1, 0.3, 0.3);
  double before = model.log_posterior(slow);
  for (int step = 0; step < 20000; ++step) {
    slow = model.em_step(slow);
    const double after = model.log_posterior(slow);
    ASSERT_GE(after, before - 1e-10);
    before = after;
  }
  const AdditivePoisson::Point fast = model.maximize(Eigen::Vector3d(1, 0.3, 0.3), 1e-12);
  EXPECT_NEAR(fast.log_posterior, before, 1e-9);
  EXPECT_TRUE(fast.coefficients.isApprox(slow, 1e-5));
}

}  // namespace
}  // namespace tocsin
