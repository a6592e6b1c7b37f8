// The score and every indicator of whole panels against the naive definitions of cpp/reference.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "change_point.hpp"
#include "composite.hpp"
#include "reproduction_number.hpp"
#include "sample_panels.hpp"
#include "sample_series.hpp"
#include "tocsin/scores.hpp"

namespace tocsin {
namespace {

using reference::PairDays;
using samples::RandomShape;

struct Sample {
  std::string name;
  RandomShape shape;
  int gap_days = 0;  // days in a row, in the middle, on which nothing was collected
};

/// Takes everything that was collected on some days out of a table.
CountTable with_gap(CountTable table, int first, int days) {
  for (int i = 0; i < days; ++i) {
    const Day day = samples::first_day + first + i;
    for (std::size_t row = 0; row < table.size(); ++row) {
      if (table.dates[row] != day) continue;
      for (std::size_t c = 0; c < exposure_column; ++c) {
        if (!table.values[c].empty()) table.values[c][row] = samples::not_collected;
      }
      table.values[exposure_column][row] = 0;
    }
    if (std::find(table.dates.begin(), table.dates.end(), day) != table.dates.end()) continue;
    table.dates.push_back(day);
    table.sources.push_back(0);
    table.targets.push_back(1);
    for (std::size_t c = 0; c < column_count; ++c) {
      if (!table.values[c].empty()) table.values[c].push_back(c == exposure_column ? 0 : samples::not_collected);
    }
  }
  return table;
}

std::vector<Sample> panels() {
  RandomShape plain;
  plain.pairs = 2;
  plain.days = 120;
  RandomShape ragged = plain;
  ragged.share_of_missing_cells = 0.08;
  ragged.share_of_missing_days = 0.15;
  ragged.share_of_half_days = 0.2;
  RandomShape overlapping = ragged;
  overlapping.share_of_triple_days = 0.3;
  overlapping.has_extras = true;
  RandomShape extras = ragged;
  extras.has_extras = true;
  RandomShape undirected = ragged;
  undirected.is_directed = false;
  RandomShape words_and_force = ragged;
  words_and_force.with_punitive = false;
  RandomShape no_mediation = ragged;
  no_mediation.with_mediation = false;
  RandomShape quiet = ragged;
  quiet.rate = 0.02;
  RandomShape busy = ragged;
  busy.rate = 4;
  return {{"Plain", plain},
          {"Ragged", ragged},
          {"WithExtras", extras},
          {"CollectedMoreThanOnce", overlapping},
          {"Undirected", undirected},
          {"WithoutPunitive", words_and_force},
          {"WithoutMediation", no_mediation},
          {"Quiet", quiet},
          {"Busy", busy},
          {"GapOfAFortnight", plain, 14},
          {"GapOfSixWeeks", extras, 42}};
}

class ScoresReference : public ::testing::TestWithParam<Sample> {
 protected:
  ScoresReference() {
    const Sample& sample = GetParam();
    table_ = samples::random_table(50, sample.shape);
    if (sample.gap_days > 0) table_ = with_gap(table_, 60, sample.gap_days);
    const Scores scores = score(CountPanel::from_table(table_), config_, {Intervals::none, 1});
    for (const Pair& pair : scores.pairs()) {
      found_.push_back(scores.of(pair));
      naive_.push_back(reference::pair_days(table_, pair));
    }
  }

  /// Calls check(naive, day, row) for every pair and day.
  template <class Check>
  void for_each_day(const Check& check) const {
    for (std::size_t pair = 0; pair < found_.size(); ++pair) {
      ASSERT_EQ(found_[pair].values.rows(), naive_[pair].size());
      for (int t = 0; t < naive_[pair].size(); ++t) {
        SCOPED_TRACE(to_string(found_[pair].pair) + " day " + std::to_string(t));
        check(naive_[pair], t, found_[pair].row(t));
      }
    }
  }

  Config config_;
  CountTable table_;
  std::vector<PairScores> found_;
  std::vector<PairDays> naive_;
};

// As the score holds them: of the last day on which something was collected.
reference::Dynamics held_dynamics(const PairDays& naive, const PairScores& found, int t) {
  const int last = t - reference::gap_at(naive, t);
  if (last < 0) return {0, 0.5};
  const ScoreRow row = found.row(last);
  return {row[ScoreColumn::p_change_up], row[ScoreColumn::reproduction_number]};  // checked below
}

TEST_P(ScoresReference, HasTheScoreOfTheNaiveDefinition) {
  int scored = 0;
  for_each_day([&](const PairDays& naive, int t, const ScoreRow& row) {
    const PairScores& found = found_[static_cast<std::size_t>(&naive - naive_.data())];
    const reference::CompositeDay expected = reference::composite(naive, t, config_, held_dynamics(naive, found, t));
    EXPECT_CLOSE(row[ScoreColumn::score], expected.score);
    EXPECT_CLOSE(row[ScoreColumn::score_max], expected.score_max);
    EXPECT_CLOSE(row[ScoreColumn::coverage], expected.coverage);
    for (std::size_t group = 0; group < 5; ++group) {
      EXPECT_CLOSE(row.values[static_cast<std::size_t>(ScoreColumn::intensity) + group], expected.contributions[group]);
    }
    if (expected.score > 0) ++scored;
  });
  EXPECT_GT(scored, 20);  // there was something to compare
}

TEST_P(ScoresReference, HasTheRatesOfTheNaiveDefinition) {
  std::vector<reference::Watch> watches;
  const reference::Unseen rare_acts{{0.15, 30}, 1.35};
  for (const PairDays& naive : naive_) watches.push_back(reference::watch(naive.hostile_days(), {}, 180, 2, rare_acts));
  for_each_day([&](const PairDays& naive, int t, const ScoreRow& row) {
    const auto at = static_cast<std::size_t>(t);
    const reference::Watch& watch = watches[static_cast<std::size_t>(&naive - naive_.data())];
    const reference::Days hostile = naive.hostile_days();
    const double slow = watch.slow[at].mean();
    const double phi = watch.dispersion[at];
    const reference::Gamma prior{0.5 * slow, 0.5};
    EXPECT_CLOSE(row[ScoreColumn::hostile_rate_slow], slow);
    EXPECT_CLOSE(row[ScoreColumn::dispersion], phi);
    EXPECT_PRED3(samples::is_close, row[ScoreColumn::cusum], watch.cusum[at], 1e-8);
    EXPECT_CLOSE(row[ScoreColumn::hostile_rate], reference::discounted_rate(hostile, t, 14, prior, phi).mean());
    EXPECT_CLOSE(row[ScoreColumn::hostile_rate_fast], reference::discounted_rate(hostile, t, 3, prior, phi).mean());
    const reference::Ratio ratio = reference::rate_ratio(hostile, t, 7, 28, 0, prior, phi);
    EXPECT_NEAR(std::isnan(ratio.log2_ratio) ? 0 : row[ScoreColumn::rate_ratio_log2] - ratio.log2_ratio, 0, 1e-9);
    EXPECT_EQ(std::isnan(row[ScoreColumn::rate_ratio_log2]), std::isnan(ratio.log2_ratio));
    EXPECT_PRED3(samples::is_close, row[ScoreColumn::p_rising], ratio.p_rising, 1e-8);
    if (hostile.is_collected(t)) {
      const reference::Surprise unusual =
          reference::surprise(hostile.count[at], hostile.exposure[at], watch.usual[at], watch.usual_dispersion[at]);
      EXPECT_NEAR(row[ScoreColumn::surprise], unusual.bans, 1e-8);
    } else {
      EXPECT_TRUE(std::isnan(row[ScoreColumn::surprise]));
    }
  });
}

std::vector<double> reproduction_means(const reference::Days& hostile, const std::vector<double>& slow,
                                       const std::vector<double>& dispersion) {
  // phi divides the sums of each day by what is known on that day alone, so each day is a series of its own.
  std::vector<double> means;
  double ratio = 0.5;
  const std::vector<reference::Reproduction> plain =
      reference::reproduction_number(hostile, slow, 2, 7, {1, 2}, 1, 0.5);
  std::vector<double> attributed;
  for (int t = 0; t < hostile.size(); ++t) {
    const auto at = static_cast<std::size_t>(t);
    const double drawn = ratio * plain[at].pressure;
    attributed.push_back(hostile.is_collected(t) ? hostile.count[at] * drawn / (slow[at] + drawn) : 0);
    double n = 0;
    for (int s = 0; s <= t; ++s) n += reference::weight_of_age(t - s, 7) * attributed[static_cast<std::size_t>(s)];
    ratio = (1 + n / dispersion[at]) / (2 + plain[at].at_risk / dispersion[at]);
    means.push_back(ratio);
  }
  return means;
}

// What the change point takes for the dispersion: that of a single collection of the days before, once for each
// collection of today.
std::vector<double> rows_per_act(const PairDays& naive, const std::vector<double>& dispersion) {
  std::vector<double> all;
  std::vector<double> collections;  // of the collected days so far
  for (int t = 0; t < naive.size(); ++t) {
    const auto at = static_cast<std::size_t>(t);
    double sum = 0;
    double days = 0;
    for (std::size_t i = 0; i < collections.size(); ++i) {
      const double weight = reference::weight_of_age(static_cast<int>(collections.size() - 1 - i), 180);
      sum += weight * collections[i];
      days += weight;
    }
    const double today = reference::collections_at(naive, t);
    all.push_back((days > 0 ? std::max(1.0, dispersion[at] / (sum / days)) : dispersion[at]) * today);
    if (naive.hostile_exposure[at] > 0) collections.push_back(today);
  }
  return all;
}

TEST_P(ScoresReference, HasTheDynamicsOfTheNaiveDefinition) {
  constexpr int runs_kept = 32;  // from then on runs are merged, which the naive version does not do
  for (std::size_t pair = 0; pair < naive_.size(); ++pair) {
    const reference::Days hostile = naive_[pair].hostile_days();
    const reference::Watch watch = reference::watch(hostile);
    std::vector<double> slow;
    reference::RunPriors priors{{}, rows_per_act(naive_[pair], watch.dispersion)};
    for (const reference::Gamma& rate : watch.slow) {
      slow.push_back(rate.mean());
      priors.prior.push_back({rate.mean(), 1});
    }
    const std::vector<reference::RunPosterior> runs = reference::run_posteriors(hostile, config_.hazard, priors);
    const std::vector<double> reproduction = reproduction_means(hostile, slow, watch.dispersion);
    int first_collected = 0;
    while (first_collected < hostile.size() && !hostile.is_collected(first_collected)) ++first_collected;
    for (int t = 0; t < hostile.size(); ++t) {
      SCOPED_TRACE(to_string(found_[pair].pair) + " day " + std::to_string(t));
      const auto at = static_cast<std::size_t>(t);
      const ScoreRow row = found_[pair].row(t);
      const std::vector<double> same(hostile.count.size(), slow[at]);
      const std::vector<double> none(hostile.count.size(), 0);
      const double tolerance = t < runs_kept ? 1e-9 : 0.01;
      EXPECT_NEAR(row[ScoreColumn::p_change_up], reference::p_recent_above(runs[at], t, 14, first_collected, same),
                  tolerance);
      EXPECT_NEAR(row[ScoreColumn::p_change], reference::p_recent_above(runs[at], t, 14, first_collected, none),
                  tolerance);
      EXPECT_CLOSE(row[ScoreColumn::reproduction_number], reproduction[at]);
    }
  }
}

// Days in a row, up to t, without a hostile count.
int dark_days(const PairDays& naive, int t) {
  int dark = 0;
  while (dark <= t && naive.hostile_exposure[static_cast<std::size_t>(t - dark)] == 0) ++dark;
  return dark;
}

TEST_P(ScoresReference, HasTheCharacterOfTheNaiveDefinition) {
  for_each_day([&](const PairDays& naive, int t, const ScoreRow& row) {
    const double phi = row[ScoreColumn::dispersion];  // checked above
    EXPECT_CLOSE(row[ScoreColumn::material_share],
                 reference::material_share(naive.rhetoric, naive.material, t, 14, phi));
    if (dark_days(naive, t) < 28) {
      EXPECT_EQ(row[ScoreColumn::rung], reference::rung(naive.rungs, t, 28, 2).supported_max);
    } else {
      EXPECT_TRUE(std::isnan(row[ScoreColumn::rung])) << "0 would say that there was no hostile act";
    }
    const reference::Sides sides = reference::reciprocity(naive.forward, naive.backward, t, 14);
    EXPECT_CLOSE(row[ScoreColumn::reciprocity], naive.is_directed ? sides.balance : samples::nan);
    EXPECT_EQ(std::isnan(row[ScoreColumn::asymmetry]), !naive.is_directed || std::isnan(sides.asymmetry));
    if (!std::isnan(row[ScoreColumn::asymmetry])) {
      EXPECT_NEAR(row[ScoreColumn::asymmetry], sides.asymmetry, 1e-12);
    }
    const std::vector<reference::Series> kinds(naive.kinds.begin(), naive.kinds.end());
    EXPECT_CLOSE(row[ScoreColumn::breadth], reference::breadth(kinds, t, 14).shannon);
    if (GetParam().shape.has_extras) {
      EXPECT_CLOSE(row[ScoreColumn::goldstein_conflict],
                   reference::discounted_where_both(naive.goldstein_conflict, naive.goldstein_cooperation, t, 14));
      EXPECT_CLOSE(row[ScoreColumn::goldstein_cooperation],
                   reference::discounted_where_both(naive.goldstein_cooperation, naive.goldstein_conflict, t, 14));
    } else {
      EXPECT_TRUE(std::isnan(row[ScoreColumn::goldstein_conflict]));
    }
  });
}

TEST_P(ScoresReference, HasTheMediationOfTheNaiveDefinition) {
  if (!GetParam().shape.with_mediation) {
    for_each_day([&](const PairDays&, int, const ScoreRow& row) {
      EXPECT_TRUE(std::isnan(row[ScoreColumn::mediation_coverage]));
      EXPECT_TRUE(std::isnan(row[ScoreColumn::days_since_mediation]));
    });
    return;
  }
  for_each_day([&](const PairDays& naive, int t, const ScoreRow& row) {
    const double phi = row[ScoreColumn::dispersion];
    const reference::Mediation seen = reference::mediation_coverage(naive.mediation, naive.hostile, t, 28);
    EXPECT_CLOSE(row[ScoreColumn::days_since_mediation], seen.days_since);
    EXPECT_CLOSE(row[ScoreColumn::hostile_since_mediation], seen.hostile_since);
    EXPECT_EQ(std::isnan(row[ScoreColumn::mediation_coverage]), seen.hostile == 0);
    if (seen.hostile > 0 && t % 10 == 0) {
      EXPECT_NEAR(reference::beta_odds_lower_tail(row[ScoreColumn::mediation_coverage], 0.5 + seen.mediation / phi,
                                                  0.5 + seen.hostile / phi),
                  0.5, 1e-9);
    }
    const reference::Days mediation = naive.known_days(naive.mediation, naive.exposure);
    const reference::Gamma slow = reference::slow_rate(mediation, t);
    const reference::Ratio growth = reference::rate_ratio(mediation, t, 7, 28, 0, {0.5 * slow.mean(), 0.5}, phi);
    const double gap = row[ScoreColumn::rate_ratio_log2] - growth.log2_ratio;
    EXPECT_EQ(std::isnan(row[ScoreColumn::mediation_gap]), std::isnan(gap));
    if (!std::isnan(gap)) {
      EXPECT_NEAR(row[ScoreColumn::mediation_gap], gap, 1e-9);
    }
  });
}

INSTANTIATE_TEST_SUITE_P(RandomPanels, ScoresReference, ::testing::ValuesIn(panels()),
                         [](const auto& sample) { return sample.param.name; });

}  // namespace
}  // namespace tocsin
