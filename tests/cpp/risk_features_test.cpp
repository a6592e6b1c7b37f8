#include "tocsin/risk_features.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "sample_panels.hpp"
#include "tocsin/error.hpp"

namespace tocsin {
namespace {

using samples::first_day;

struct Act {
  int day;
  const char* source;
  const char* target;
  std::array<double, signal_count> counts;  // rhetoric, military, punitive, mediation, cooperation
};

// A panel of so many days; NaN cells were not collected.
CountPanel panel_of(const std::vector<Act>& acts, int days, const std::vector<int>& dark_days = {}) {
  CountTable table;
  table.actors = {"A", "B", "C"};
  const auto add = [&](int day, const std::string& source, const std::string& target,
                       const std::array<double, signal_count>& counts, double exposure) {
    table.dates.push_back(first_day + day);
    table.sources.push_back(static_cast<std::uint32_t>(source[0] - 'A'));
    table.targets.push_back(static_cast<std::uint32_t>(target[0] - 'A'));
    for (std::size_t i = 0; i < signal_count; ++i) table.values[i].push_back(counts[i]);
    table.values[exposure_column].push_back(exposure);
  };
  for (const Act& act : acts) add(act.day, act.source, act.target, act.counts, 1);
  constexpr double none = samples::not_collected;
  for (const int day : dark_days) add(day, "A", "B", {none, none, none, none, none}, 0);
  return CountPanel::from_table(table, Calendar{first_day, first_day + (days - 1)});
}

RiskFeatures::Options short_warm_up(int days = 1) {
  RiskFeatures::Options options;
  options.warm_up_days = days;
  options.settle_days = 0;
  return options;
}

double at(const RiskFeatureTable& table, int day, RiskFeature feature) {
  return table.values(day, static_cast<Eigen::Index>(feature));
}

Onset onset(int day, int level = 4, int uncertain_days = 0) {
  Onset made{Pair{"A", "B"}, first_day + day, first_day + day, level, true, ""};
  made.uncertain_days = uncertain_days;
  return made;
}

// A and B: force and a word on day 0, cooperation and a mediator on day 1; B and C: force on day 1.
std::vector<Act> three_actors() {
  return {{0, "A", "B", {1, 2, 0, 0, 0}}, {1, "B", "A", {0, 0, 0, 5, 1}}, {1, "C", "B", {0, 3, 0, 0, 0}}};
}

TEST(RiskFeatures, HandWorkedTwoDays) {
  const RiskFeatures features(panel_of(three_actors(), 3), short_warm_up());
  const RiskFeatureTable table = features.of(0, nullptr);  // A-B
  ASSERT_EQ(table.pair, (Pair{"A", "B"}));
  // Day 0: one day of force in one collected day: ln((1 + 0.5) / (1 + 25)).
  EXPECT_NEAR(at(table, 0, RiskFeature::force_days_60), std::log(1.5 / 26), 1e-14);
  // Day 1: what day 0 left is 2^(-1/60).
  const double d = std::exp2(-1.0 / 60);
  EXPECT_NEAR(at(table, 1, RiskFeature::force_days_60), std::log((d + 0.5) / (d + 1 + 25)), 1e-14);
  const double y = std::exp2(-1.0 / 365);
  EXPECT_NEAR(at(table, 1, RiskFeature::force_days_busier_365), std::log((y + 0.5) / (y + 1 + 25)), 1e-14);
  // Day 0 had 3 hostile acts of 3; on day 1 one act of cooperation is added. The mediator's acts are not theirs.
  EXPECT_NEAR(at(table, 0, RiskFeature::hostile_share_3650), std::log(3.5 / 4.5), 1e-14);
  const double e = std::exp2(-1.0 / 3650);
  EXPECT_NEAR(at(table, 1, RiskFeature::hostile_share_3650), std::log((3 * e + 0.5) / (3 * e + 1 + 1.5)), 1e-14);
  EXPECT_TRUE(std::isnan(at(table, 1, RiskFeature::since_onset)));
}

TEST(RiskFeatures, HandWorkedHistory) {
  const RiskFeatures features(panel_of(three_actors(), 40), short_warm_up());
  const std::vector<Onset> onsets{onset(-30), onset(10), onset(10), onset(5, 3), onset(5, 2)};  // the last are threats
  const RiskFeatureTable table = features.of(0, &onsets);
  EXPECT_NEAR(at(table, 0, RiskFeature::since_onset), -std::log(2.0), 1e-14);  // one month of 30 days ago
  EXPECT_NEAR(at(table, 10, RiskFeature::since_onset), 0, 1e-14);
  EXPECT_EQ(table.days_since_onset(25), 15);
  // Day 12: the onset of two days ago, and the one 40 days before it. Two of one day are one.
  EXPECT_NEAR(at(table, 12, RiskFeature::onsets_3650), std::log1p(std::exp2(-2.0 / 3650) + std::exp2(-42.0 / 3650)),
              1e-13);
  EXPECT_TRUE(std::isnan(at(table, 4, RiskFeature::threats_730)));  // not told of yet
  EXPECT_NEAR(at(table, 12, RiskFeature::threats_730), std::log1p(std::exp2(-7.0 / 730)), 1e-13);
}

TEST(RiskFeatures, AnEventOfWhichTheLevelIsNotKnownIsAnOnsetAndNoThreat) {
  const RiskFeatures features(panel_of(three_actors(), 10), short_warm_up());
  const std::vector<Onset> onsets{onset(5, 0)};
  const RiskFeatureTable table = features.of(0, &onsets);
  EXPECT_TRUE(std::isnan(at(table, 9, RiskFeature::threats_730)));
  EXPECT_EQ(table.days_since_onset(9), 4);
}

TEST(RiskFeatures, ThreatsAreKnownOnceTheTableTellsOfOneOfWhateverPair) {
  const RiskFeatures features(panel_of(three_actors(), 20), short_warm_up());
  Onset elsewhere = onset(6, 2);
  elsewhere.pair = Pair::of("X", "Y");
  const std::vector<Onset> onsets{onset(3), elsewhere};
  const RiskFeatureTable table = features.of(0, &onsets);
  EXPECT_TRUE(std::isnan(at(table, 5, RiskFeature::threats_730)));
  EXPECT_EQ(at(table, 6, RiskFeature::threats_730), 0);
  EXPECT_EQ(at(table, 19, RiskFeature::threats_730), 0);
}

TEST(RiskFeatures, OfTheLastYearTheSideThatUsedForceOnMoreDaysCounts) {
  const std::vector<Act> acts{{0, "A", "B", {0, 1, 0, 0, 0}},
                              {1, "B", "A", {0, 2, 0, 0, 0}},
                              {2, "B", "A", {0, 1, 0, 0, 0}},
                              {2, "A", "B", {0, 0, 0, 0, 4}}};
  const RiskFeatureTable table = RiskFeatures(panel_of(acts, 4), short_warm_up()).of(0, nullptr);
  const double y = std::exp2(-1.0 / 365);
  const double days = 1 + y + y * y;
  EXPECT_NEAR(at(table, 2, RiskFeature::force_days_busier_365), std::log((1 + y + 0.5) / (days + 25)), 1e-14);
  const double d = std::exp2(-1.0 / 60);
  EXPECT_NEAR(at(table, 2, RiskFeature::force_days_60), std::log((1 + d + d * d + 0.5) / (1 + d + d * d + 25)), 1e-14);
}

// Sums over all days up to one, written out.
double discounted(const std::vector<double>& values, int day, double half_life_days) {
  double sum = 0;
  for (int s = 0; s <= day; ++s) sum += values[static_cast<std::size_t>(s)] * std::exp2((s - day) / half_life_days);
  return sum;
}

TEST(RiskFeatures, AgreeWithSumsThatAreWrittenOut) {
  samples::RandomShape shape;
  shape.days = 90;
  shape.share_of_missing_cells = 0;
  shape.share_of_missing_days = 0.1;
  const CountPanel panel = CountPanel::from_table(samples::TableMaker(7, shape).make());
  const PairCounts& pair = panel.pairs()[0];
  const auto size = static_cast<std::size_t>(panel.calendar().size());
  std::vector<double> exposure(size), either(size), first(size), second(size), hostile(size), all(size);
  for (std::size_t day = 0; day < size; ++day) exposure[day] = panel.exposure()[day] > 0 ? 1 : 0;
  for (const DayCounts& counts : pair.days) {
    const auto day = static_cast<std::size_t>(counts.day);
    if (exposure[day] == 0) continue;
    first[day] = counts.counts[0][index_of(Signal::military)] > 0 ? 1 : 0;
    second[day] = counts.counts[1][index_of(Signal::military)] > 0 ? 1 : 0;
    either[day] = std::max(first[day], second[day]);
    for (const auto& side : counts.counts) {
      for (const Signal signal : hostile_signals) hostile[day] += side[index_of(signal)];
      all[day] += side[index_of(Signal::cooperation)];
    }
    all[day] += hostile[day];
  }
  const RiskFeatureTable table = RiskFeatures(panel, short_warm_up()).of(0, nullptr);
  const auto rate = [&](const std::vector<double>& days, int day, double half_life) {
    return std::log((discounted(days, day, half_life) + 0.5) / (discounted(exposure, day, half_life) + 25));
  };
  int seen = 0;
  for (int day = 0; day < panel.calendar().size(); ++day) {
    if (table.status[static_cast<std::size_t>(day)] != Status::ok) continue;
    ++seen;
    EXPECT_NEAR(at(table, day, RiskFeature::force_days_60), rate(either, day, 60), 1e-12);
    EXPECT_NEAR(at(table, day, RiskFeature::force_days_busier_365),
                std::max(rate(first, day, 365), rate(second, day, 365)), 1e-12);
    EXPECT_NEAR(at(table, day, RiskFeature::hostile_share_3650),
                std::log((discounted(hostile, day, 3650) + 0.5) / (discounted(all, day, 3650) + 1.5)), 1e-12);
  }
  EXPECT_GT(seen, 60);
}

TEST(RiskFeatures, APairWithoutAnOnsetIsAsOneWithoutForceForTwentyYears) {
  const RiskFeatures features(panel_of(three_actors(), 5), short_warm_up());
  const std::vector<Onset> none;
  const std::vector<Onset> old{onset(-9000)};
  EXPECT_EQ(at(features.of(0, &none), 2, RiskFeature::since_onset),
            at(features.of(0, &old), 2, RiskFeature::since_onset));
  EXPECT_EQ(features.of(0, &none).days_since_onset(2), std::nullopt);
}

TEST(RiskFeatures, AnOnsetOfWhichTheMonthIsKnownIsKnownWhenTheMonthIsOver) {
  const RiskFeatures features(panel_of(three_actors(), 50), short_warm_up());
  const std::vector<Onset> onsets{onset(3, 4, 30)};
  const RiskFeatureTable table = features.of(0, &onsets);
  EXPECT_EQ(table.days_since_onset(32), std::nullopt);
  EXPECT_EQ(table.days_since_onset(33), 0);
}

TEST(RiskFeatures, DoNotLookAhead) {
  samples::RandomShape shape;
  shape.days = 120;
  shape.share_of_missing_cells = 0.05;
  shape.share_of_missing_days = 0.05;
  const CountPanel panel = CountPanel::from_table(samples::TableMaker(4, shape).make());
  std::vector<Onset> onsets;
  const std::vector<std::pair<int, int>> days_and_levels{{20, 4}, {70, 4}, {110, 4}, {30, 3}, {90, 3}};
  for (const auto& [day, level] : days_and_levels) {
    onsets.push_back(onset(day, level));
    onsets.back().pair = panel.pairs()[0].pair;
  }
  const RiskFeatures whole(panel, short_warm_up(10));
  for (const int last : {15, 69, 75, 100}) {
    const RiskFeatures begun(panel.until(panel.calendar().first + last), short_warm_up(10));
    std::vector<Onset> known;
    for (const Onset& one : onsets) {
      if (one.first <= panel.calendar().first + last) known.push_back(one);
    }
    const RiskFeatureTable then = begun.of(0, &known);
    const RiskFeatureTable now = whole.of(0, &onsets);
    for (int day = 0; day <= last; ++day) {
      EXPECT_EQ(then.status[static_cast<std::size_t>(day)], now.status[static_cast<std::size_t>(day)]);
      for (Eigen::Index i = 0; i < then.values.cols(); ++i) {
        const bool are_missing = std::isnan(then.values(day, i)) && std::isnan(now.values(day, i));
        EXPECT_TRUE(are_missing || then.values(day, i) == now.values(day, i)) << last << " " << day << " " << i;
      }
    }
  }
}

TEST(RiskFeatures, APanelWithoutCooperationIsUnscaled) {
  std::vector<Act> acts = three_actors();
  for (Act& act : acts) act.counts[index_of(Signal::cooperation)] = samples::not_collected;
  const RiskFeatures features(panel_of(acts, 10), short_warm_up());
  EXPECT_EQ(features.missing_signals(), std::vector<Signal>{Signal::cooperation});
  const RiskFeatureTable table = features.of(0, nullptr);
  for (const Status status : table.status) EXPECT_EQ(status, Status::unscaled);
  EXPECT_TRUE(table.values.array().isNaN().all());
}

TEST(RiskFeatures, RowsBeforeTheWarmUpAreMissing) {
  const RiskFeatures features(panel_of(three_actors(), 10), short_warm_up(4));
  const RiskFeatureTable table = features.of(0, nullptr);
  EXPECT_EQ(table.status[2], Status::warming_up);
  EXPECT_TRUE(std::isnan(at(table, 2, RiskFeature::force_days_60)));
  EXPECT_EQ(table.status[3], Status::ok);
  EXPECT_FALSE(std::isnan(at(table, 3, RiskFeature::force_days_60)));
}

TEST(RiskFeatures, AreHeldOverAGapAndMissingAfterFourWeeksOfIt) {
  std::vector<int> dark;
  for (int day = 10; day < 50; ++day) dark.push_back(day);
  const RiskFeatures features(panel_of(three_actors(), 60, dark), short_warm_up());
  const RiskFeatureTable table = features.of(0, nullptr);
  EXPECT_EQ(table.status[20], Status::no_data);
  EXPECT_EQ(table.status[55], Status::ok);
  EXPECT_FALSE(std::isnan(at(table, 37, RiskFeature::force_days_60)));
  EXPECT_TRUE(std::isnan(at(table, 38, RiskFeature::force_days_60)));
  EXPECT_FALSE(std::isnan(at(table, 50, RiskFeature::force_days_60)));
}

TEST(RiskFeatures, MoreWrittenAboutTheSameDaysOfForceChangesNothingOfThem) {
  std::vector<Act> loud = three_actors();
  for (Act& act : loud) {
    for (double& count : act.counts) count *= 100;
  }
  const RiskFeatureTable quiet = RiskFeatures(panel_of(three_actors(), 9), short_warm_up()).of(0, nullptr);
  const RiskFeatureTable table = RiskFeatures(panel_of(loud, 9), short_warm_up()).of(0, nullptr);
  for (const RiskFeature feature : {RiskFeature::force_days_60, RiskFeature::force_days_busier_365}) {
    EXPECT_EQ(at(quiet, 8, feature), at(table, 8, feature));
  }
}

TEST(RiskFeatures, EveryFeatureHasANameAndWordsOfItsOwn) {
  for (std::size_t i = 0; i < risk_feature_count; ++i) {
    const auto feature = static_cast<RiskFeature>(i);
    EXPECT_FALSE(name_of(feature).empty());
    EXPECT_FALSE(words_of(feature).empty());
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(words_of(feature), words_of(static_cast<RiskFeature>(j)));
  }
}

}  // namespace
}  // namespace tocsin
