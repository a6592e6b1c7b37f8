#include "tocsin/indicators/no_excitation.hpp"

#include <gtest/gtest.h>

#include <cmath>
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
      const SegmentationOptions options{0.8, least};
      const std::vector<double> naive = reference::best_rates(y, 0.8 * std::log(12.0), least);
      const RateSegments found = RateSegments::of(to_array(y), 1, options);
      for (std::size_t t = 0; t < y.size(); ++t) EXPECT_CLOSE(found.rate[static_cast<Eigen::Index>(t)], naive[t]);
    }
  }
}

TEST(RateSegments, FindAStepAndGlideBetweenTheCentresOfItsPieces) {
  std::vector<double> y(40, 1);
  y.resize(80, 9);
  const RateSegments segments = RateSegments::of(to_array(y), 1, {});
  EXPECT_EQ(segments.changes, 1);
  EXPECT_CLOSE(segments.rate[39], 1);
  EXPECT_CLOSE(segments.rate[40], 9);
  const Eigen::ArrayXd glide = segments.path(LevelChange::glide);
  EXPECT_EQ(glide[0], 0);  // the line has passed 0, and no rate is below it
  EXPECT_CLOSE(glide[79], 9 + 19.5 * 0.2);
  // Centres on days 19.5 and 59.5: a day later is 8 / 40 more.
  EXPECT_CLOSE(glide[40], 1 + 20.5 * 0.2);
}

TEST(RateSegments, LookPastDaysNotCollected) {
  std::vector<double> y(40, 2);
  for (std::size_t t = 10; t < 30; ++t) y[t] = samples::nan;
  const RateSegments segments = RateSegments::of(to_array(y), 1, {});
  EXPECT_EQ(segments.changes, 0);
  EXPECT_CLOSE(segments.rate[20], 2);
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
  const Eigen::VectorXd fast = model.maximize(Eigen::Vector3d(1, 0.3, 0.3), 1e-12);
  EXPECT_NEAR(model.log_posterior(fast), before, 1e-9);
  EXPECT_TRUE(fast.isApprox(slow, 1e-5));
}

}  // namespace
}  // namespace tocsin
