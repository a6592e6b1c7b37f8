#include "tocsin/indicators/phase.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numeric>

#include "json.hpp"
#include "phase.hpp"
#include "sample_series.hpp"
#include "tocsin/error.hpp"
#include "tocsin/series.hpp"

namespace tocsin {
namespace {

using reference::Row;
using reference::Rows;
using samples::every_day;
using samples::nan;
using series::Phases;

const Rows three_phases{{.95, .05, 0}, {.10, .85, .05}, {0, .10, .90}};
const Row mostly_calm{.9, .09, .01};

Phase::Options options_of(const PhaseModel& model, int horizon = 7) {
  return {std::make_shared<const PhaseTables>(model, horizon), {}};
}

Phases column(const std::vector<double>& y) {
  return Eigen::Map<const Phases>(y.data(), static_cast<Eigen::Index>(y.size()), 1);
}

Phases table(const Rows& rows) {
  Phases values(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(rows.front().size()));
  for (Eigen::Index t = 0; t < values.rows(); ++t) {
    for (Eigen::Index s = 0; s < values.cols(); ++s) {
      values(t, s) = rows[static_cast<std::size_t>(t)][static_cast<std::size_t>(s)];
    }
  }
  return values;
}

// Days of a shipped pair: rhetoric and military acts, the rest silent.
Phases acts(Eigen::Index days, double rhetoric, double military) {
  Phases y = Phases::Zero(days, 5);
  y.col(0) = rhetoric;
  y.col(1) = military;
  return y;
}

Phases joined(const std::vector<Phases>& parts) {
  Eigen::Index days = 0;
  for (const Phases& part : parts) days += part.rows();
  Phases all(days, parts.front().cols());
  days = 0;
  for (const Phases& part : parts) {
    all.middleRows(days, part.rows()) = part;
    days += part.rows();
  }
  return all;
}

double of_hostilities(const series::CrisisPhase& result, Eigen::Index day) { return result.posterior(day, 3); }

TEST(Phase, HasTheCheckValues) {
  const PhaseModel model = PhaseModel::fixed(three_phases, {{1}, {4}, {12}}, mostly_calm);
  const series::CrisisPhase r = series::phase(column(samples::toy), every_day, options_of(model));
  EXPECT_CLOSE(r.posterior(9, 0), 1.059601344e-11);
  EXPECT_CLOSE(r.posterior(9, 1), .001264843118);
  EXPECT_CLOSE(r.posterior(9, 2), .9987351569);
  EXPECT_CLOSE(r.log_likelihood[9], -21.14005219);
  Row now{r.posterior(9, 0), r.posterior(9, 1), r.posterior(9, 2)};
  const PhaseTables tables(model);
  for (int day = 0; day < 7; ++day) {
    Row next(3);
    tables.advance(now.data(), next.data());
    now = next;
  }
  EXPECT_CLOSE(now[2], .5356179009);
  EXPECT_CLOSE(tables.p_reach(Row{0, 1, 0}), .2325995242);
}

TEST(Phase, HandWorkedTwoDays) {
  // Poisson means 1 and 2, counts 0 and 2, even start, stays with 3/4. Day 0: e^-1 to e^-2 is e/(e+1) to 1/(e+1).
  // Day 1: prior (3e+1)/4(e+1), (e+3)/4(e+1); likelihoods e^-1/2, 2 e^-2, that is e to 4.
  const double e = std::exp(1.0);
  const PhaseModel model = PhaseModel::fixed({{.75, .25}, {.25, .75}}, {{1}, {2}}, {.5, .5});
  const series::CrisisPhase r = series::phase(column({0, 2}), every_day, options_of(model, 0));
  EXPECT_CLOSE(r.posterior(0, 0), e / (e + 1));
  const double calm = e * (3 * e + 1);
  EXPECT_CLOSE(r.posterior(1, 0), calm / (calm + 4 * (e + 3)));
  EXPECT_CLOSE(r.log_likelihood[0], std::log((std::exp(-1.0) + std::exp(-2.0)) / 2));
  EXPECT_CLOSE(r.p_reach_hostilities[1], r.posterior(1, 1));
  const double p = e / (e + 1);
  EXPECT_CLOSE(r.entropy[0], -p * std::log(p) - (1 - p) * std::log(1 - p));
}

TEST(Phase, EqualsTheSumOverAllPaths) {
  const reference::Chain chain{mostly_calm, three_phases, {{.2, .1}, {1, .5}, {2, 4}}, {{.5, 1}, {2, 3}, {4, .7}}};
  const Rows days{{0, 0}, {1, nan}, {3, 2}, {nan, nan}, {0, 7}, {2, 0}, {70, 1}, {1, 1}};
  const PhaseModel model = PhaseModel::fixed(chain.transition, chain.means, chain.initial, chain.sizes);
  const Phase::Options options = options_of(model);
  const series::CrisisPhase filtered = series::phase(table(days), every_day, options);
  for (std::size_t t = 0; t < days.size(); ++t) {
    const Rows until(days.begin(), days.begin() + static_cast<std::ptrdiff_t>(t) + 1);
    const reference::AllPaths naive = reference::all_paths(chain, until);
    const auto row = static_cast<Eigen::Index>(t);
    EXPECT_CLOSE(filtered.log_likelihood[row], std::log(naive.probability));
    EXPECT_CLOSE(filtered.p_reach_hostilities[row], reference::p_reach_last(chain.transition, naive.filtered, 7));
    for (std::size_t k = 0; k < 3; ++k) {
      EXPECT_CLOSE(filtered.posterior(row, static_cast<Eigen::Index>(k)), naive.filtered[k]);
    }
  }
  const reference::AllPaths naive = reference::all_paths(chain, days);
  const series::WholePhases smoothed = series::phase_smooth(table(days), every_day, options);
  const series::Array path = series::phase_path(table(days), every_day, options);
  EXPECT_CLOSE(smoothed.log_likelihood, std::log(naive.probability));
  for (std::size_t t = 0; t < days.size(); ++t) {
    const auto row = static_cast<Eigen::Index>(t);
    EXPECT_EQ(path[row], static_cast<double>(naive.best[t])) << "day " << t;
    for (std::size_t k = 0; k < 3; ++k) {
      EXPECT_CLOSE(smoothed.posterior(row, static_cast<Eigen::Index>(k)), naive.smoothed[t][k]);
    }
  }
}

TEST(Phase, OfCountsThatAreNotCollectedOnlyMoves) {
  const PhaseModel model = PhaseModel::fixed(three_phases, {{1}, {4}, {12}}, mostly_calm);
  const series::CrisisPhase r = series::phase(column({2, nan, 2}), every_day, options_of(model));
  EXPECT_CLOSE(r.posterior(1, 2), .05 * r.posterior(0, 1) + .90 * r.posterior(0, 2));
  EXPECT_EQ(r.log_likelihood[1], r.log_likelihood[0]);
  const series::CrisisPhase dark = series::phase(column({2, 9, 2}), samples::to_array({1, 0, 1}), options_of(model));
  EXPECT_EQ((dark.posterior - r.posterior).abs().maxCoeff(), 0);
}

TEST(Phase, ScalesItsMeansWithTheExposure) {
  const PhaseModel one = PhaseModel::fixed(three_phases, {{1}, {4}, {12}}, mostly_calm);
  const PhaseModel half = PhaseModel::fixed(three_phases, {{.5}, {2}, {6}}, mostly_calm);
  const series::CrisisPhase a = series::phase(column(samples::toy), series::Array::Constant(10, .5), options_of(one));
  const series::CrisisPhase b = series::phase(column(samples::toy), every_day, options_of(half));
  EXPECT_LT((a.posterior - b.posterior).abs().maxCoeff(), 1e-12);
}

TEST(Phase, DoesNotLookAhead) {
  Phases y = joined({acts(40, 0, 0), acts(10, 3, 5), acts(10, 0, 0)});
  const series::CrisisPhase before = series::phase(y, every_day, {});
  y.bottomRows(10) = 50;
  const series::CrisisPhase after = series::phase(y, every_day, {});
  EXPECT_EQ((before.posterior - after.posterior).topRows(50).abs().maxCoeff(), 0);
  EXPECT_GT((before.posterior - after.posterior).bottomRows(10).abs().maxCoeff(), .1);
}

TEST(Phase, OfTheLastDayIsTheSameWithHindsight) {
  const Phases y = joined({acts(60, 0, 0), acts(10, 3, 5), acts(5, 1, 0)});
  const series::CrisisPhase filtered = series::phase(y, every_day, {});
  const series::WholePhases smoothed = series::phase_smooth(y, every_day, {});
  EXPECT_LT((filtered.posterior - smoothed.posterior).bottomRows(1).abs().maxCoeff(), 1e-12);
  EXPECT_NEAR(smoothed.log_likelihood, filtered.log_likelihood[74], 1e-9);
  EXPECT_NEAR((smoothed.posterior.rowwise().sum() - 1).abs().maxCoeff(), 0, 1e-9);
}

TEST(Phase, StaysAProbabilityUnderCountsBeyondAllMeans) {
  const Phases y = joined({acts(5, 0, 0), acts(3, 1e6, 1e6), acts(5, 1e9, 0), acts(5, 0, 0)});
  const series::CrisisPhase r = series::phase(y, every_day, {});
  EXPECT_TRUE(r.posterior.isFinite().all());
  EXPECT_NEAR((r.posterior.rowwise().sum() - 1).abs().maxCoeff(), 0, 1e-12);
  EXPECT_TRUE((r.p_reach_hostilities >= 0).all() && (r.p_reach_hostilities <= 1).all());
  EXPECT_TRUE(series::phase_smooth(y, every_day, {}).posterior.isFinite().all());
}

// ---- the shipped model ----

TEST(ShippedPhases, OfASilentPairAreCalm) {
  const series::CrisisPhase r = series::phase(acts(400, 0, 0), every_day, {});
  EXPECT_GT(r.posterior(399, 0), .9);
  EXPECT_LT(r.p_reach_hostilities[399], .01);
}

TEST(ShippedPhases, OfASilentPairAreNotHostilitiesAfterTwoVerbalActs) {
  for (const Eigen::Index silence : {0, 60, 400, 2000}) {
    for (const double a_day : {1.0, 2.0}) {
      const Eigen::Index days = a_day == 1 ? 2 : 1;
      const series::CrisisPhase r =
          series::phase(joined({acts(silence + 1, 0, 0), acts(days, a_day, 0)}), every_day, {});
      EXPECT_LT(of_hostilities(r, silence + days), .02) << silence << " silent days, " << a_day << " a day";
    }
  }
}

TEST(ShippedPhases, OfABusyPairThatOnlyTalksAreNotHostilities) {
  for (const double a_day : {1.0, 2.0, 5.0}) {
    const series::CrisisPhase r = series::phase(acts(1500, a_day, 0), every_day, {});
    EXPECT_LT(r.posterior.col(3).maxCoeff(), .1) << a_day << " verbal acts a day";
  }
}

TEST(ShippedPhases, OfAPairThatOnlySanctionsOrFloodsWithWordsAreNotHostilities) {
  for (const Eigen::Index column : {0, 2}) {
    for (const double a_day : {1.0, 5.0, 50.0}) {
      Phases y = acts(900, 0, 0);
      y.col(column).tail(500) = a_day;
      const series::CrisisPhase r = series::phase(y, every_day, {});
      EXPECT_LT(r.posterior.col(3).maxCoeff(), .02) << "column " << column << ", " << a_day << " a day";
    }
  }
}

TEST(ShippedPhases, OfADailyWarStayHostilitiesForYears) {
  for (const double a_day : {3.0, 6.0}) {
    const series::CrisisPhase r = series::phase(joined({acts(200, 0, 0), acts(2500, 1, a_day)}), every_day, {});
    EXPECT_GT(of_hostilities(r, 207), .9) << a_day;
    EXPECT_GT(of_hostilities(r, 2699), .9) << a_day;
  }
}

TEST(ShippedPhases, ReturnToCalmAfterAWar) {
  const series::CrisisPhase r =
      series::phase(joined({acts(200, 0, 0), acts(60, 1, 5), acts(200, 0, 0)}), every_day, {});
  EXPECT_GT(of_hostilities(r, 259), .9);
  EXPECT_LT(of_hostilities(r, 300), .05);
  EXPECT_GT(r.posterior(459, 0), .5);
}

TEST(ShippedPhases, DoNotLookAtColumnsWithoutAParameter) {
  Phases y = joined({acts(50, 0, 0), acts(10, 3, 5)});
  const series::CrisisPhase before = series::phase(y, every_day, {});
  y.col(3) = nan;
  const series::CrisisPhase after = series::phase(y, every_day, {});
  EXPECT_EQ((before.posterior - after.posterior).abs().maxCoeff(), 0);
}

// ---- state ----

TEST(Phase, ContinuesFromItsSavedState) {
  const Phases y = joined({acts(40, 0, 0), acts(10, 3, 5), acts(10, 1, 0)});
  Phase whole{Phase::Options{}};
  Phase first{Phase::Options{}};
  const auto step = [&](Phase& phase, Eigen::Index t) {
    return phase.step({y.data() + t * 5, 5}, t == 20 ? 0 : 1).log_likelihood;
  };
  for (Eigen::Index t = 0; t < 45; ++t) {
    (void)step(whole, t);
    (void)step(first, t);
  }
  const Json saved = fields_to_json(first.state());
  Phase::State state;
  fields_from_json(parse_json(saved.dump()), state, Absent::is_fault, "");
  Phase second(Phase::Options{}, state);
  for (Eigen::Index t = 45; t < 60; ++t) EXPECT_EQ(step(whole, t), step(second, t));
}

TEST(Phase, SavedBeforeItsFirstDayBeginsWithTheInitialChances) {
  const PhaseModel model = PhaseModel::fixed(three_phases, {{1}, {4}, {12}}, mostly_calm);
  Phase fresh(options_of(model), Phase(options_of(model)).state());
  const double y = nan;
  const Phase::Reading reading = fresh.step({&y, 1}, 1);
  EXPECT_EQ(reading.posterior[0], .9);
}

TEST(Phase, RefusesTheStateOfAnotherModel) {
  const PhaseModel model = PhaseModel::fixed(three_phases, {{1}, {4}, {12}}, mostly_calm);
  Phase other(options_of(model));
  const double y = 1;
  (void)other.step({&y, 1}, 1);
  EXPECT_THROW(Phase(Phase::Options{}, other.state()), StateError);
}

TEST(Phase, RefusesCountsThatDoNotFitTheModel) {
  EXPECT_THROW((void)series::phase(Phases::Zero(3, 4), every_day, {}), InputError);
  EXPECT_THROW((void)series::phase(Phases::Constant(3, 5, -1), every_day, {}), InputError);
  Phases fraction = Phases::Zero(3, 5);
  fraction(1, 3) = .3;  // mediation
  EXPECT_NO_THROW((void)series::phase(fraction, every_day, {}));
  fraction(1, 0) = .3;
  EXPECT_THROW((void)series::phase(fraction, every_day, {}), InputError);
}

}  // namespace
}  // namespace tocsin
