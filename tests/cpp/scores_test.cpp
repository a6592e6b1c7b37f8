#include "tocsin/scores.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <numeric>

#include "sample_panels.hpp"
#include "tocsin/error.hpp"

namespace tocsin {
namespace {

using samples::random_table;
using samples::RandomShape;

RandomShape ragged(int pairs, int days) {
  RandomShape shape;
  shape.pairs = pairs;
  shape.days = days;
  shape.share_of_missing_cells = 0.05;
  shape.share_of_missing_days = 0.1;
  shape.share_of_half_days = 0.1;
  shape.has_extras = true;
  return shape;
}

Config few_draws() {
  Config config;
  config.draws = 40;
  return config;
}

/// NaN equals NaN; everything else to the last bit.
bool same_bits(double a, double b) { return (std::isnan(a) && std::isnan(b)) || std::memcmp(&a, &b, sizeof a) == 0; }

/// Days first to last of one pair in two results, with or without the status: the last days are provisional in one of
/// them.
void expect_same_days(const PairScores& a, const PairScores& b, int last, bool with_status = true) {
  for (int day = 0; day <= last; ++day) {
    for (std::size_t i = 0; i < score_column_count; ++i) {
      const auto column = static_cast<Eigen::Index>(i);
      EXPECT_PRED2(same_bits, a.values(day, column), b.values(day, column))
          << to_string(a.pair) << " day " << day << " " << name_of(static_cast<ScoreColumn>(i));
    }
    if (with_status) {
      EXPECT_EQ(a.status[static_cast<std::size_t>(day)], b.status[static_cast<std::size_t>(day)]) << "day " << day;
    }
  }
}

void expect_same(const Scores& a, const Scores& b) {
  ASSERT_EQ(a.pairs(), b.pairs());
  for (const Pair& pair : a.pairs()) expect_same_days(a.of(pair), b.of(pair), a.calendar().size() - 1);
}

/// A table of one pair written act by act: rows(day, forward, backward) fills rhetoric, military, punitive, mediation.
using Row = std::array<double, 4>;
CountPanel panel_of(int days, const std::function<void(int, Row&, Row&)>& fill,
                    const std::vector<int>& missing_days = {}) {
  CountTable table;
  table.actors = {"AAA", "BBB"};
  for (int day = 0; day < days; ++day) {
    Row forward{};
    Row backward{};
    fill(day, forward, backward);
    const bool is_missing = std::find(missing_days.begin(), missing_days.end(), day) != missing_days.end();
    for (const std::uint32_t direction : {0U, 1U}) {
      const Row& row = direction == 0 ? forward : backward;
      table.dates.push_back(samples::first_day + day);
      table.sources.push_back(direction);
      table.targets.push_back(1 - direction);
      for (std::size_t i = 0; i < 4; ++i) table.values[i].push_back(is_missing ? samples::not_collected : row[i]);
      table.values[exposure_column].push_back(is_missing ? 0 : 1);
    }
  }
  return CountPanel::from_table(table);
}

double last_score(const CountPanel& panel) { return score(panel, few_draws()).latest()[0][ScoreColumn::score]; }

TEST(Scores, AreTheSameForOneAndTwoThreads) {
  const CountPanel panel = CountPanel::from_table(random_table(60, ragged(12, 80)));
  expect_same(score(panel, few_draws(), {Intervals::all, 1}), score(panel, few_draws(), {Intervals::all, 2}));
}

TEST(Scores, DoNotDependOnTheOrderOfRows) {
  const CountTable table = random_table(61, ragged(5, 60));
  CountTable shuffled = table;
  std::vector<std::size_t> order(table.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  random::Stream stream(1);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[stream.next_bits() % i]);
  for (std::size_t i = 0; i < order.size(); ++i) {
    shuffled.dates[i] = table.dates[order[i]];
    shuffled.sources[i] = table.sources[order[i]];
    shuffled.targets[i] = table.targets[order[i]];
    for (std::size_t c = 0; c < column_count; ++c) {
      if (!table.values[c].empty()) shuffled.values[c][i] = table.values[c][order[i]];
    }
  }
  expect_same(score(CountPanel::from_table(table), few_draws(), {Intervals::all, 1}),
              score(CountPanel::from_table(shuffled), few_draws(), {Intervals::all, 1}));
}

TEST(Scores, OfAPairAloneAreThoseOfThePairInAPanelOfTwoThousand) {
  RandomShape shape;
  shape.pairs = 2000;
  shape.days = 40;
  shape.rate = 0.3;
  const CountTable table = random_table(62, shape);
  const CountPanel panel = CountPanel::from_table(table);
  ASSERT_EQ(panel.pairs().size(), 2000);
  const Scores all = score(panel, few_draws(), {Intervals::all, 2});
  for (const std::size_t index : {std::size_t{0}, std::size_t{777}, std::size_t{1999}}) {
    const Pair& pair = panel.pairs()[index].pair;
    CountTable alone;
    alone.actors = table.actors;
    for (std::size_t row = 0; row < table.size(); ++row) {
      if (table.actors[table.sources[row]] != pair.first && table.actors[table.targets[row]] != pair.first) continue;
      alone.dates.push_back(table.dates[row]);
      alone.sources.push_back(table.sources[row]);
      alone.targets.push_back(table.targets[row]);
      for (std::size_t c = 0; c < column_count; ++c) {
        if (!table.values[c].empty()) alone.values[c].push_back(table.values[c][row]);
      }
    }
    const Scores one = score(CountPanel::from_table(alone, panel.calendar()), few_draws(), {Intervals::all, 1});
    expect_same_days(one.of(pair), all.of(pair), panel.calendar().size() - 1);
  }
}

TEST(Scores, DoNotLookAheadWhenTheFutureIsDropped) {
  const CountPanel panel = CountPanel::from_table(random_table(63, ragged(4, 90)));
  const Scores whole = score(panel, few_draws(), {Intervals::all, 1});
  for (const int last : {0, 13, 50, 88}) {
    const Scores known = score(panel.until(panel.calendar().first + last), few_draws(), {Intervals::all, 1});
    for (const Pair& pair : whole.pairs()) expect_same_days(known.of(pair), whole.of(pair), last, false);
  }
}

TEST(Scores, DoNotLookAheadWhenTheFutureChanges) {
  const CountTable table = random_table(64, ragged(3, 80));
  CountTable changed = table;
  const Day from = samples::first_day + 50;
  for (std::size_t row = 0; row < changed.size(); ++row) {
    if (changed.dates[row] < from || changed.values[exposure_column][row] == 0) continue;
    for (std::size_t c = 0; c < signal_count; ++c) changed.values[c][row] = 77;
  }
  const Scores before = score(CountPanel::from_table(table), few_draws(), {Intervals::all, 1});
  const Scores after = score(CountPanel::from_table(changed), few_draws(), {Intervals::all, 1});
  for (const Pair& pair : before.pairs()) {
    expect_same_days(before.of(pair), after.of(pair), 49);
    EXPECT_NE(before.of(pair).row(79)[ScoreColumn::score], after.of(pair).row(79)[ScoreColumn::score]);
  }
}

TEST(Scores, SurviveTheWayThroughATable) {
  for (const bool is_directed : {true, false}) {
    RandomShape shape = ragged(4, 70);
    shape.is_directed = is_directed;
    const CountPanel panel = CountPanel::from_table(random_table(65, shape));
    const CountPanel again = CountPanel::from_table(panel.to_table());
    expect_same(score(panel, few_draws(), {Intervals::all, 1}), score(again, few_draws(), {Intervals::all, 1}));
  }
}

TEST(Scores, HaveTheSameCentralValuesWhateverIntervalsAreAskedFor) {
  const CountPanel panel = CountPanel::from_table(random_table(66, ragged(3, 60)));
  const Scores none = score(panel, few_draws(), {Intervals::none, 1});
  const Scores latest = score(panel, few_draws(), {Intervals::latest, 1});
  const Scores all = score(panel, few_draws(), {Intervals::all, 1});
  const PairScores bare = none.of(panel.pairs()[1].pair);
  const PairScores last_only = latest.of(panel.pairs()[1].pair);
  const PairScores full = all.of(panel.pairs()[1].pair);
  for (int day = 0; day < 60; ++day) {
    for (std::size_t i = 0; i < score_column_count; ++i) {
      const double value = bare.row(day).values[i];
      if (std::isnan(value)) continue;  // an interval, or missing in all three
      EXPECT_PRED2(same_bits, value, last_only.row(day).values[i]);
      EXPECT_PRED2(same_bits, value, full.row(day).values[i]);
    }
  }
  EXPECT_TRUE(std::isnan(bare.row(59)[ScoreColumn::score_low]));
  EXPECT_FALSE(std::isnan(last_only.row(59)[ScoreColumn::score_low]));
  EXPECT_TRUE(std::isnan(last_only.row(58)[ScoreColumn::score_low]));
  EXPECT_FALSE(std::isnan(full.row(58)[ScoreColumn::score_low]));
}

TEST(Scores, GiveOneDayAsTheyGiveAllDays) {
  const CountPanel panel = CountPanel::from_table(random_table(67, ragged(2, 50)));
  const Scores scores = score(panel, few_draws(), {Intervals::all, 1});
  const Pair pair = scores.pairs()[1];
  for (const int day : {0, 20, 49}) {
    const ScoreRow row = scores.at(pair, panel.calendar().first + day);
    EXPECT_EQ(row.status, scores.of(pair).row(day).status);
    for (std::size_t i = 0; i < score_column_count; ++i) {
      EXPECT_PRED2(same_bits, row.values[i], scores.of(pair).row(day).values[i]);
    }
  }
}

TEST(Scores, AreTheSumOfTheirContributionsBitForBit) {
  const Scores scores = score(CountPanel::from_table(random_table(68, ragged(6, 80))), {}, {Intervals::none, 1});
  int scored = 0;
  for (const Pair& pair : scores.pairs()) {
    const PairScores days = scores.of(pair);
    for (int day = 0; day < 80; ++day) {
      const ScoreRow row = days.row(day);
      if (std::isnan(row[ScoreColumn::score])) continue;
      double sum = 0;
      for (std::size_t group = 0; group < 5; ++group) {
        const double points = row.values[static_cast<std::size_t>(ScoreColumn::intensity) + group];
        if (!std::isnan(points)) sum += points;
      }
      EXPECT_EQ(sum, row[ScoreColumn::score]);
      ++scored;
    }
  }
  EXPECT_GT(scored, 300);
}

TEST(Scores, LieInsideTheirIntervalAndBounds) {
  const Scores scores =
      score(CountPanel::from_table(random_table(69, ragged(6, 80))), few_draws(), {Intervals::all, 1});
  for (const Pair& pair : scores.pairs()) {
    const PairScores days = scores.of(pair);
    for (int day = 0; day < 80; ++day) {
      const ScoreRow row = days.row(day);
      if (std::isnan(row[ScoreColumn::score])) continue;
      EXPECT_LE(row[ScoreColumn::score_low], row[ScoreColumn::score]);
      EXPECT_GE(row[ScoreColumn::score_high], row[ScoreColumn::score]);
      EXPECT_GE(row[ScoreColumn::score_low], 0);
      EXPECT_LE(row[ScoreColumn::score_high], 100);
      EXPECT_LE(row[ScoreColumn::score], row[ScoreColumn::score_max]);
      EXPECT_EQ(row[ScoreColumn::score], row[ScoreColumn::score_min]);
    }
  }
}

TEST(Scores, OfASilentPairAreExactlyZero) {
  const CountPanel silent = panel_of(100, [](int, Row&, Row&) {});
  const Scores scores = score(silent);
  const ScoreRow row = scores.latest()[0];
  EXPECT_EQ(row[ScoreColumn::score], 0);
  EXPECT_EQ(row[ScoreColumn::score_low], 0);
  EXPECT_EQ(row[ScoreColumn::score_high], 0);
  EXPECT_FALSE(std::signbit(row[ScoreColumn::score]));
}

TEST(Scores, OfAnActFortyYearsAgoAreAllButZeroAndHaveAnInterval) {
  // The discounted count runs into the smallest doubles here.
  const CountPanel panel = panel_of(16000, [](int day, Row& forward, Row&) { forward[1] = day == 0 ? 3 : 0; });
  const ScoreRow row = score(panel, few_draws()).latest()[0];
  EXPECT_LT(row[ScoreColumn::score], 1e-9);
  EXPECT_FALSE(std::isnan(row[ScoreColumn::score_high]));
}

TEST(Scores, OfThreeWordsInASilentPairDoNotOutrankAWar) {
  const double words = last_score(panel_of(200, [](int day, Row& forward, Row&) { forward[0] = day == 199 ? 3 : 0; }));
  const double war = last_score(panel_of(200, [](int, Row& forward, Row& backward) {
    forward = {2, 4, 0, 0};
    backward = {2, 4, 0, 0};
  }));
  EXPECT_GT(words, 0);
  EXPECT_LT(words, war / 2);
}

TEST(Scores, OfTwoActsAfterSixtySilentDaysAreOnThePublishedScale) {
  // INDICATORS C19 says 12 to 25; with change and reproduction in it, found are 12 to 26.4 (docs/decisions/0003).
  for (const std::size_t signal : {std::size_t{0}, std::size_t{1}}) {
    const double one_side =
        last_score(panel_of(61, [&](int day, Row& forward, Row&) { forward[signal] = day == 60 ? 2 : 0; }));
    const double both_sides = last_score(panel_of(
        61, [&](int day, Row& forward, Row& backward) { forward[signal] = backward[signal] = day == 60 ? 1 : 0; }));
    for (const double found : {one_side, both_sides}) {
      EXPECT_GE(found, 12);
      EXPECT_LE(found, 26.5);
    }
  }
}

TEST(Scores, OfALongWarDoNotLookCalm) {
  // Four years of the same war: momentum is gone, the rest must stay.
  const CountPanel war = panel_of(1461, [](int day, Row& forward, Row& backward) {
    forward = {2, 4, 0, 0};
    backward = {2, day % 2 == 0 ? 4.0 : 3.0, 0, 0};
  });
  const PairScores days = score(war, few_draws(), {Intervals::none, 1}).of(Pair{"AAA", "BBB"});
  EXPECT_GT(days.row(1460)[ScoreColumn::score], 40);
  EXPECT_GT(days.row(1460)[ScoreColumn::score], days.row(60)[ScoreColumn::score] - 2);
}

TEST(Scores, HoldThroughAFortnightWithoutCollectionWhileTheIntervalWidens) {
  std::vector<int> missing(14);
  std::iota(missing.begin(), missing.end(), 60);
  const CountPanel panel = panel_of(
      74,
      [](int day, Row& forward, Row& backward) {
        forward = {1, day % 3 == 0 ? 2.0 : 1.0, 0, 0};
        backward = {1, 1, 0, day % 5 == 0 ? 1.0 : 0.0};
      },
      missing);
  const PairScores days = score(panel, {}, {Intervals::all, 1}).of(Pair{"AAA", "BBB"});
  const ScoreRow before = days.row(59);
  const ScoreRow after = days.row(73);
  EXPECT_EQ(after.status, Status::no_data);
  EXPECT_NEAR(after[ScoreColumn::score], before[ScoreColumn::score], 0.5);
  EXPECT_GT(after[ScoreColumn::score_high] - after[ScoreColumn::score_low],
            before[ScoreColumn::score_high] - before[ScoreColumn::score_low]);
}

TEST(Scores, ThatNothingIsKnownAboutAreMissingNotZero) {
  std::vector<int> missing(40);
  std::iota(missing.begin(), missing.end(), 30);
  const CountPanel panel = panel_of(70, [](int, Row& forward, Row&) { forward[1] = 2; }, missing);
  const PairScores days = score(panel, few_draws()).of(Pair{"AAA", "BBB"});
  EXPECT_FALSE(std::isnan(days.row(57)[ScoreColumn::score]));
  EXPECT_TRUE(std::isnan(days.row(58)[ScoreColumn::score]));
  EXPECT_EQ(days.row(69).status, Status::no_data);
}

TEST(Scores, NeedAtLeastOneHostileSignal) {
  CountTable table = random_table(70, {});
  for (const Signal signal : hostile_signals) table.values[index_of(signal)].clear();
  EXPECT_THROW((void)score(CountPanel::from_table(table)), InputError);
}

TEST(Scores, NameTheNearestPairWhereOneIsNotThere) {
  const Scores scores = score(CountPanel::from_table(random_table(71, {})), few_draws());
  EXPECT_THROW((void)scores.of(Pair{"A0000", "B0009"}), InputError);
  EXPECT_THROW((void)scores.at(scores.pairs()[0], samples::first_day + 9999), InputError);
}

TEST(Scores, AreOrderedMostEscalatedFirst) {
  const Scores scores = score(CountPanel::from_table(random_table(72, ragged(10, 60))), few_draws());
  const std::vector<std::size_t> order = scores.by_score();
  for (std::size_t i = 1; i < order.size(); ++i) {
    const double above = scores.latest()[order[i - 1]][ScoreColumn::score];
    const double below = scores.latest()[order[i]][ScoreColumn::score];
    EXPECT_TRUE(above >= below || std::isnan(below));
  }
}

TEST(Scores, StopWhenTheyAreAskedTo) {
  Config slow;
  slow.draws = 20000;  // seconds of work for all pairs; the control is asked a few times a second
  const CountPanel panel = CountPanel::from_table(random_table(73, ragged(300, 60)));
  EXPECT_THROW((void)score(panel, slow, {Intervals::latest, 1}, {[] { return true; }, {}}), Cancelled);
}

}  // namespace
}  // namespace tocsin
