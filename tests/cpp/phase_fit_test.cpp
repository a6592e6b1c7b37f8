#include "tocsin/indicators/phase_fit.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "indicators/phase_cells.hpp"
#include "random.hpp"
#include "sample_series.hpp"
#include "tocsin/error.hpp"
#include "tocsin/series.hpp"

namespace tocsin {
namespace {

using Counts = PhaseFit::Counts;

// Three phases that are easy to tell apart, each lasting 20 days on average.
Counts simulated(std::uint64_t seed, int days, double spread = 0) {
  random::Stream stream(seed);
  const double means[] = {.2, 3, 15};
  Counts y(days, 1);
  std::size_t phase = 0;
  for (int t = 0; t < days; ++t) {
    if (stream.next_uniform() < .05) phase = (phase + (stream.next_uniform() < .5 ? 1 : 2)) % 3;
    const double mean = spread > 0 ? means[phase] * random::gamma(stream, 1 / spread) * spread : means[phase];
    y(t, 0) = static_cast<double>(random::poisson(stream, mean));
  }
  return y;
}

PhaseModel rough_start(bool is_poisson) {
  const std::vector<std::vector<double>> stay{{.8, .1, .1}, {.1, .8, .1}, {.1, .1, .8}};
  std::vector<std::vector<double>> sizes(is_poisson ? 0 : 3, std::vector<double>{1});
  return PhaseModel::fixed(stay, {{.5}, {2}, {8}}, {.4, .3, .3}, sizes);
}

TEST(PhaseFit, FindsTheParametersThatMadeTheCounts) {
  const PhaseFit fit = PhaseFit::from({simulated(1, 4000)}, rough_start(true), {});
  EXPECT_TRUE(fit.has_converged);
  EXPECT_NEAR(fit.model.cells[0][0].floor, .2, .04);
  EXPECT_NEAR(fit.model.cells[1][0].floor, 3, .2);
  EXPECT_NEAR(fit.model.cells[2][0].floor, 15, .4);
  for (std::size_t k = 0; k < 3; ++k) EXPECT_NEAR(fit.model.transition[k][k], .95, .02);
}

TEST(PhaseFit, FindsTheSizesOfOverdispersedCounts) {
  const PhaseFit fit = PhaseFit::from({simulated(2, 8000, .25)}, rough_start(false), {});  // size 4
  EXPECT_NEAR(fit.model.cells[1][0].floor, 3, .3);
  EXPECT_NEAR(fit.model.cells[2][0].size, 4, 1);
}

TEST(PhaseFit, NeverLosesPosteriorFromOneIterationToTheNext) {
  for (const bool is_poisson : {true, false}) {
    for (const double spread : {std::numeric_limits<double>::infinity(), .5}) {
      double before = -std::numeric_limits<double>::infinity();
      for (int iterations = 1; iterations < 25; ++iterations) {
        const PhaseFit fit = PhaseFit::from({simulated(3, 500, .5)}, rough_start(is_poisson),
                                            {iterations, 0, std::isinf(spread) ? 0.0 : 30.0, spread});
        EXPECT_GE(fit.log_posterior, before - 1e-9) << iterations;
        before = fit.log_posterior;
      }
    }
  }
}

TEST(PhaseFit, GivesTheLikelihoodThatTheFilterFinds) {
  const Counts y = simulated(4, 600);
  const PhaseFit fit = PhaseFit::from({y}, rough_start(true), {});
  const Phase::Options options{std::make_shared<const PhaseTables>(fit.model), {}};
  EXPECT_NEAR(series::phase(y, samples::every_day, options).log_likelihood[599], fit.log_likelihood, 1e-6);
}

TEST(PhaseFit, KeepsWhatIsZeroInTheStart) {
  PhaseModel start = rough_start(true);
  start.transition = {{.9, .1, 0}, {.1, .8, .1}, {0, .1, .9}};
  const PhaseFit fit = PhaseFit::from({simulated(5, 1000)}, start, {100, 1e-6, 50, .5});
  EXPECT_EQ(fit.model.transition[0][2], 0);
  EXPECT_EQ(fit.model.transition[2][0], 0);
  EXPECT_EQ(fit.model.cells[1][0].multiple, 0);
  EXPECT_TRUE(std::isinf(fit.model.cells[1][0].size));
}

TEST(PhaseFit, StaysNearItsStartUnderAStrongPrior) {
  const PhaseModel start = rough_start(false);
  const PhaseFit fit = PhaseFit::from({simulated(6, 1000)}, start, {200, 1e-6, 1e7, 1e-4});
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_NEAR(fit.model.cells[k][0].floor, start.cells[k][0].floor, 1e-2);
    EXPECT_NEAR(fit.model.cells[k][0].size, start.cells[k][0].size, 1e-2);
    EXPECT_NEAR(fit.model.transition[k][k], start.transition[k][k], 1e-3);
  }
}

PhaseModel two_signals() {
  return PhaseModel::fixed({{.9, .1}, {.1, .9}}, {{1, .5}, {1, 4}}, {.5, .5}, {{2, 2}, {2, 2}});
}

Counts simulated_words_and_force(double words_of_the_second_phase) {
  random::Stream stream(12);
  Counts y(3000, 2);
  for (int t = 0; t < 3000; ++t) {
    const bool is_second = t / 50 % 2 == 1;
    y(t, 0) = static_cast<double>(random::poisson(stream, is_second ? words_of_the_second_phase : 1));
    y(t, 1) = static_cast<double>(random::poisson(stream, is_second ? 5 : .3));
  }
  return y;
}

TEST(PhaseFit, GivesTiedCellsTheMeanOfAllTheirDays) {
  const Counts y = simulated_words_and_force(3);
  const PhaseFit free = PhaseFit::from({y}, two_signals(), {500, 1e-9});
  EXPECT_NEAR(free.model.cells[0][0].floor, 1, .15);
  EXPECT_NEAR(free.model.cells[1][0].floor, 3, .2);
  PhaseFit::Options options;
  options.ties = {{1, 0}};
  const PhaseFit tied = PhaseFit::from({y}, two_signals(), options);
  EXPECT_EQ(tied.model.cells[0][0].floor, tied.model.cells[1][0].floor);
  EXPECT_EQ(tied.model.cells[0][0].size, tied.model.cells[1][0].size);
  EXPECT_NEAR(tied.model.cells[0][0].floor, y.col(0).mean(), 1e-9);
  EXPECT_NEAR(tied.model.cells[1][1].floor, 5, .3);
  EXPECT_LT(tied.log_likelihood, free.log_likelihood);
}

TEST(PhaseFit, NeverLosesPosteriorWithTiedCells) {
  double before = -std::numeric_limits<double>::infinity();
  for (int iterations = 1; iterations < 15; ++iterations) {
    PhaseFit::Options options{iterations, 0, 30, .5};
    options.ties = {{1, 0}};
    const PhaseFit fit = PhaseFit::from({simulated_words_and_force(3)}, two_signals(), options);
    EXPECT_GE(fit.log_posterior, before - 1e-9) << iterations;
    before = fit.log_posterior;
  }
}

TEST(PhaseFit, RefusesTiesThatItsStartDoesNotHold) {
  PhaseFit::Options options;
  for (const PhaseFit::Tie tie : {PhaseFit::Tie{0, 0}, PhaseFit::Tie{2, 0}, PhaseFit::Tie{1, 2}, PhaseFit::Tie{1, 1}}) {
    options.ties = {tie};
    EXPECT_THROW((void)PhaseFit::from({Counts::Zero(9, 2)}, two_signals(), options), InputError) << tie.phase;
  }
}

TEST(PhaseFit, TakesSeveralSeriesAsOneSample) {
  // Two equal series: the same maximum, twice the likelihood; the first days differ by nothing.
  const Counts y = simulated(7, 800);
  const PhaseFit once = PhaseFit::from({y}, rough_start(true), {500, 1e-8});
  const PhaseFit twice = PhaseFit::from({y, y}, rough_start(true), {500, 1e-8});
  EXPECT_NEAR(twice.log_likelihood, 2 * once.log_likelihood, 1e-5);
  EXPECT_NEAR(twice.model.cells[2][0].floor, once.model.cells[2][0].floor, 1e-4);
}

TEST(PhaseFit, LeavesOutWhatWasNotCollected) {
  Counts y = simulated(8, 1000);
  Counts longer(1500, 1);
  longer << y, Counts::Constant(500, 1, samples::nan);
  const PhaseFit a = PhaseFit::from({y}, rough_start(true), {500, 1e-9});
  const PhaseFit b = PhaseFit::from({longer}, rough_start(true), {500, 1e-9});
  EXPECT_NEAR(a.log_likelihood, b.log_likelihood, 1e-3);
  EXPECT_NEAR(a.model.cells[2][0].floor, b.model.cells[2][0].floor, 1e-3);
}

TEST(PhaseFit, DependsOnItsSeedOnlyAndOrdersItsPhases) {
  const Counts y = simulated(9, 800);
  const PhaseFit a = PhaseFit::from_random_starts({y}, 3, true, 4, 11, {300, 1e-6});
  const PhaseFit b = PhaseFit::from_random_starts({y}, 3, true, 4, 11, {300, 1e-6});
  EXPECT_EQ(a.model.to_json(), b.model.to_json());
  EXPECT_LT(a.model.cells[0][0].floor, a.model.cells[1][0].floor);
  EXPECT_LT(a.model.cells[1][0].floor, a.model.cells[2][0].floor);
  EXPECT_NEAR(a.log_likelihood, PhaseFit::from({y}, rough_start(true), {}).log_likelihood, 1e-2);
}

TEST(PhaseFit, FitsMultiplesOfTheSlowRate) {
  // A pair at 6 acts a day and one at 0.5, without phases: the mean is the slow rate.
  random::Stream stream(3);
  std::vector<Counts> series;
  for (const double rate : {6.0, .5}) {
    series.emplace_back(3000, 5);
    series.back().setZero();
    for (Eigen::Index t = 0; t < 3000; ++t) {
      series.back()(t, 0) = static_cast<double>(random::poisson(stream, rate));
    }
  }
  PhaseModel start = PhaseModel::fixed({{1}}, {{.1}}, {1}, {{10}});
  start.signals = {"rhetoric"};
  start.cells[0][0].multiple = .5;
  const PhaseFit fit = PhaseFit::from(series, start, {500, 1e-6});
  // After years at 6 a day B is 1 / (1 - 2^(-1/180)) = 260.2 days, and the prior of 30 days at 0.05 still pulls.
  const double slow = (1.5 + 6 * 260.2) / (30 + 260.2);
  EXPECT_NEAR(fit.model.cells[0][0].floor + slow * fit.model.cells[0][0].multiple, 6, .3);
  EXPECT_GT(fit.model.cells[0][0].multiple, .85);
}

TEST(PhaseFit, RefusesWhatItCannotUse) {
  EXPECT_THROW((void)PhaseFit::from({}, rough_start(true), {}), InputError);
  EXPECT_THROW((void)PhaseFit::from({Counts(0, 1)}, rough_start(true), {}), InputError);
  EXPECT_THROW((void)PhaseFit::from({Counts::Zero(3, 2)}, rough_start(true), {}), InputError);
  EXPECT_THROW((void)PhaseFit::from({simulated(1, 9)}, rough_start(true), {0}), InputError);
  EXPECT_THROW((void)PhaseFit::from({simulated(1, 9)}, rough_start(true), {9, 0, -1}), InputError);
  EXPECT_THROW((void)PhaseFit::from({simulated(1, 9)}, rough_start(true), {9, 0, 0, 0}), InputError);
  EXPECT_THROW((void)PhaseFit::from_random_starts({simulated(1, 9)}, 0, true, 1, 0, {}), InputError);
}

TEST(PhaseCells, AClosedFormEqualsTheSearchUnderAPriorSoWideThatItSaysNothing) {
  const std::vector<CountGroup> groups{{0, 0}, {1, 0}, {4, 0}};
  const std::vector<double> weights{5, 3, 2};
  PhaseModel::Cell cell{2, 0, std::numeric_limits<double>::infinity()};
  const double closed =
      improve_cell(cell, groups, weights, cell, {std::numeric_limits<double>::infinity(), false}).floor;
  EXPECT_NEAR(closed, 11.0 / 10, 1e-12);
  EXPECT_NEAR(improve_cell(cell, groups, weights, cell, {1e6, false}).floor, closed, 1e-6);
}

}  // namespace
}  // namespace tocsin
