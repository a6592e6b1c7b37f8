#include "tocsin/indicators/cross_excitation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "cross_excitation.hpp"
#include "sample_series.hpp"
#include "tocsin/error.hpp"
#include "tocsin/series.hpp"

namespace tocsin {
namespace {

NodeCounts five_days() {
  NodeCounts y(5, 2);
  y << 1, 0, 0, 1, 2, 0, 1, 2, 3, 1;
  return y;
}

Excitation check_excitation() {
  Excitation excitation{Eigen::Vector2d(.5, .4), Eigen::MatrixXd(2, 2)};
  excitation.kernel << .5, .3, .4, .2;
  return excitation;
}

/// A discrete Hawkes process: each node at rate mu from outside.
NodeCounts hawkes(std::uint64_t seed, int days, double mu, const Eigen::MatrixXd& kernel, double half_life = 2) {
  random::Stream stream(random::combine_keys(0x6861776b6573ULL, seed));
  const double passing = std::exp2(-1 / half_life);
  Eigen::VectorXd pressure = Eigen::VectorXd::Zero(kernel.rows());
  NodeCounts y(days, kernel.rows());
  for (int t = -60; t < days; ++t) {
    const Eigen::VectorXd mean = kernel * pressure;
    pressure *= passing;
    for (Eigen::Index i = 0; i < kernel.rows(); ++i) {
      const auto count = static_cast<double>(random::poisson(stream, mu + mean[i]));
      pressure[i] += (1 - passing) * count;
      if (t >= 0) y(t, i) = count;
    }
  }
  return y;
}

reference::Rows rows_of(const Eigen::MatrixXd& matrix) {
  reference::Rows rows;
  for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
    const Eigen::VectorXd row = matrix.row(i).transpose();
    rows.emplace_back(row.begin(), row.end());
  }
  return rows;
}

CrossExcitation::Options without_null() {
  CrossExcitation::Options options;
  options.null_draws = 0;
  return options;
}

TEST(CrossExcitation, HasTheSpectralRadiusAndTheProgenyOfTheCheck) {
  const Eigen::MatrixXd kernel = check_excitation().kernel;
  EXPECT_CLOSE(spectral_radius(kernel), 0.7274917218);
  EXPECT_CLOSE(1 / (1 - spectral_radius(kernel)), 3.669613292);
  EXPECT_CLOSE(total_progeny(kernel).col(0).sum(), 4.285714286);
  EXPECT_CLOSE(total_progeny(kernel).col(1).sum(), 2.857142857);
}

TEST(CrossExcitation, HasNoTotalProgenyWhereCascadesDoNotDieOut) {
  EXPECT_TRUE(total_progeny(Eigen::MatrixXd::Identity(2, 2)).array().isNaN().all());
}

TEST(CrossExcitation, HasTheLikelihoodOfTheCheckBeforeAndAfterOneStep) {
  const NodeCounts y = five_days();
  EXPECT_CLOSE(cross_excitation_log_likelihood(y, check_excitation(), 2), -12.70052907);
  const Excitation next = cross_excitation_em_step(y, check_excitation(), 2, {1, 0});
  EXPECT_CLOSE(next.mu[0], .8636556496);
  EXPECT_CLOSE(next.mu[1], .4644610544);
  EXPECT_CLOSE(next.kernel(0, 0), .8687847283);
  EXPECT_CLOSE(next.kernel(0, 1), .7359706221);
  EXPECT_CLOSE(next.kernel(1, 0), .6836805223);
  EXPECT_CLOSE(next.kernel(1, 1), .2280481164);
  EXPECT_CLOSE(cross_excitation_log_likelihood(y, next, 2), -11.33969537);
  EXPECT_CLOSE(spectral_radius(next.kernel), 1.326750946);
}

TEST(CrossExcitation, EqualsTheNaiveSumsAlsoWhereDaysAreMissing) {
  NodeCounts y = hawkes(1, 60, 0.5, check_excitation().kernel);
  y(10, 0) = y(11, 0) = y(30, 1) = samples::nan;
  const Excitation now = check_excitation();
  const reference::Rows rows = rows_of(y.matrix());
  EXPECT_CLOSE(cross_excitation_log_likelihood(y, now, 3),
               reference::log_likelihood(rows, {.5, .4}, rows_of(now.kernel), 3));
  const reference::Parameters naive = reference::em_step(rows, {{.5, .4}, rows_of(now.kernel)}, 3, 2, 4);
  const Excitation next = cross_excitation_em_step(y, now, 3, {2, 4});
  for (Eigen::Index i = 0; i < 2; ++i) {
    const auto row = static_cast<std::size_t>(i);
    EXPECT_CLOSE(next.mu[i], naive.mu[row]);
    for (Eigen::Index j = 0; j < 2; ++j)
      EXPECT_CLOSE(next.kernel(i, j), naive.kernel[row][static_cast<std::size_t>(j)]);
  }
}

TEST(CrossExcitation, NeverLowersTheLogPosterior) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    NodeCounts y = hawkes(seed, 120, seed % 2 == 0 ? 0.3 : 3, check_excitation().kernel);
    if (seed % 3 == 0) y.col(1) = 0;
    const std::vector<double> path = CrossExcitation(without_null()).fit(y).log_posterior;
    ASSERT_GT(path.size(), 2U);
    for (std::size_t step = 1; step < path.size(); ++step) EXPECT_GE(path[step], path[step - 1]) << seed;
  }
}

TEST(CrossExcitation, EndsWhereAStepOfExpectationMaximisationStays) {
  const NodeCounts y = hawkes(3, 180, 0.8, check_excitation().kernel);
  const CrossExcitation::Reading fit = CrossExcitation(without_null()).fit(y);
  const Excitation next =
      cross_excitation_em_step(y, fit.excitation, fit.generation_half_life_days, KernelPrior{}, fit.base);
  EXPECT_TRUE(next.kernel.isApprox(fit.excitation.kernel, 1e-4));
  EXPECT_TRUE(next.mu.isApprox(fit.excitation.mu, 1e-4));
}

TEST(CrossExcitation, FindsTheHalfLifeAndTheDirectionOfExcitation) {
  Eigen::MatrixXd kernel(2, 2);
  kernel << 0, 0, 0.6, 0;
  const CrossExcitation::Reading fit = CrossExcitation(without_null()).fit(hawkes(2, 4000, 1, kernel, 4));
  EXPECT_EQ(fit.generation_half_life_days, 4);
  EXPECT_NEAR(fit.excitation.kernel(1, 0), 0.6, 0.1);
  EXPECT_LT(fit.excitation.kernel(0, 1), 0.1);
  EXPECT_GT(fit.evidence(1, 0), 10 * std::max(fit.evidence(0, 1), 0.1));
}

TEST(CrossExcitation, ClaimsWhatIsThereAndNotAStepThatBothNodesTake) {
  Eigen::MatrixXd kernel(2, 2);
  kernel << 0.1, 0, 0.7, 0.1;
  CrossExcitation::Options options;
  options.null_draws = 60;
  const CrossExcitation::Reading excited = CrossExcitation(options).fit(hawkes(4, 180, 1, kernel));
  EXPECT_EQ(excited.beats_null()(1, 0), 1);
  EXPECT_EQ(excited.beats_null()(0, 1), 0);
  NodeCounts y(180, 2);
  random::Stream stream(6);
  for (Eigen::Index t = 0; t < 180; ++t) {
    for (Eigen::Index i = 0; i < 2; ++i) y(t, i) = static_cast<double>(random::poisson(stream, t < 90 ? 1 : 6));
  }
  EXPECT_EQ(CrossExcitation(options).fit(y).beats_null().sum(), 0);
  options.base_shape = BaseShape::constant;
  const CrossExcitation::Reading plain = CrossExcitation(options).fit(y);
  EXPECT_GT(spectral_radius(plain.excitation.kernel), 0.7);
  EXPECT_EQ(plain.beats_null().sum(), 0);
}

TEST(CrossExcitation, ClaimsCascadesAndNotADriftAndNotAWave) {
  CrossExcitation::Options options;
  options.null_draws = 60;
  const Eigen::ArrayXd place = Eigen::ArrayXd::LinSpaced(400, 0, 1);
  for (const Eigen::ArrayXd& rate : {Eigen::ArrayXd(1 + 4 * place), Eigen::ArrayXd(3 + 2 * (14 * place).sin())}) {
    NodeCounts y(400, 1);
    random::Stream stream(21);
    for (Eigen::Index t = 0; t < 400; ++t) y(t, 0) = static_cast<double>(random::poisson(stream, rate[t]));
    const CrossExcitation::Reading fit = CrossExcitation(options).fit(y);
    EXPECT_LT(fit.excitation.kernel(0, 0), 0.4);
    EXPECT_EQ(fit.beats_null()(0, 0), 0);
  }
  int claims = 0;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const NodeCounts y = hawkes(seed + 40, 400, 0.6, Eigen::MatrixXd::Constant(1, 1, 0.8));
    claims += static_cast<int>(CrossExcitation(options).fit(y).beats_null()(0, 0));
  }
  EXPECT_GE(claims, 6);
}

TEST(CrossExcitation, HasIntervalsThatHoldTheTruthAboutAsOftenAsTheySay) {
  // Two nodes, 360 days: nominal 90 %, 4 elements in each of 150 series. The prior pulls towards 0.3 and small elements
  // pile up at 0, so the bars are wide.
  Eigen::MatrixXd kernel(2, 2);
  kernel << 0.4, 0.2, 0.3, 0.3;
  int held = 0;
  const int series = 150;
  for (int seed = 0; seed < series; ++seed) {
    CrossExcitation::Options options = without_null();
    options.generation_half_life_days = {2};
    options.base_shape = BaseShape::constant;
    const CrossExcitation::Reading fit =
        CrossExcitation(options).fit(hawkes(static_cast<std::uint64_t>(seed) + 100, 360, 1, kernel));
    held += static_cast<int>((fit.low.array() <= kernel.array() && kernel.array() <= fit.high.array()).count());
  }
  const double coverage = held / (4.0 * series);
  RecordProperty("coverage", std::to_string(coverage));
  EXPECT_GT(coverage, 0.86);
  EXPECT_LT(coverage, 0.97);
}

TEST(CrossExcitation, DoesNotMindASilentNode) {
  NodeCounts y = hawkes(5, 100, 1, Eigen::MatrixXd::Zero(2, 2));
  y.col(1) = 0;
  CrossExcitation::Options options;
  options.null_draws = 20;
  const CrossExcitation::Reading fit = CrossExcitation(options).fit(y);
  EXPECT_EQ(fit.excitation.mu[1], 0);
  EXPECT_TRUE(fit.excitation.kernel.allFinite());
  EXPECT_EQ(fit.beats_null().row(1).sum(), 0);
}

TEST(CrossExcitation, TakesAMovingBase) {
  NodeCounts y(200, 1);
  NodeCounts base(200, 1);
  random::Stream stream(12);
  for (Eigen::Index t = 0; t < 200; ++t) {
    base(t, 0) = t < 100 ? 1 : 6;
    y(t, 0) = static_cast<double>(random::poisson(stream, base(t, 0)));
  }
  const CrossExcitation::Reading fit = CrossExcitation(without_null()).fit(y, base);
  EXPECT_LT(fit.excitation.kernel(0, 0), 0.3);
  EXPECT_TRUE((fit.base == base).all());
}

TEST(CrossExcitation, LooksAtItsWindowOnlyAndRollsByTheWeek) {
  using Rows = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Rows y = hawkes(7, 100, 1, check_excitation().kernel);
  const auto options = without_null();
  const auto last = series::cross_excitation(y, options, 60, Rows{});
  const auto alone = series::cross_excitation(Rows(y.bottomRows(60)), options, 60, Rows{});
  EXPECT_EQ(last.excitation.kernel, alone.excitation.kernel);
  const auto fits = series::rolling_cross_excitation(y, options, 60, 7);
  ASSERT_EQ(fits.size(), 6U);
  EXPECT_EQ(fits.back().last_day, 99);
  EXPECT_EQ(fits.front().last_day, 64);
  EXPECT_EQ(fits.back().reading.excitation.kernel, last.excitation.kernel);
}

TEST(CrossExcitation, RefusesWhatItCannotUse) {
  using Rows = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Rows y = five_days();
  CrossExcitation::Options without_half_life;
  without_half_life.generation_half_life_days.clear();
  EXPECT_THROW((void)series::cross_excitation(y, without_half_life, 180, Rows{}), InputError);
  EXPECT_THROW((void)series::cross_excitation(y, {}, 0, Rows{}), InputError);
  EXPECT_THROW((void)series::cross_excitation(y, {}, 180, Rows::Zero(5, 2)), InputError);
  EXPECT_THROW((void)series::cross_excitation(Rows::Constant(5, 1, 0.5), {}, 180, Rows{}), InputError);
  EXPECT_THROW((void)series::cross_excitation_log_likelihood(y, {Eigen::VectorXd(1), Eigen::MatrixXd(1, 1)}, 2, Rows{}),
               InputError);
}

}  // namespace
}  // namespace tocsin
