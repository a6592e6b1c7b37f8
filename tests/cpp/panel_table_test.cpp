// Panel to table and back: the table is what a user sees, so nothing may get lost on the way.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "sample_panels.hpp"
#include "tocsin/panel.hpp"

namespace tocsin {
namespace {

using samples::not_collected;
using samples::RandomShape;

// NaN equals NaN here.
template <class Values>
bool same(const Values& a, const Values& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!(a[i] == b[i] || (std::isnan(a[i]) && std::isnan(b[i])))) return false;
  }
  return true;
}

void expect_same(const CountPanel& a, const CountPanel& b) {
  EXPECT_EQ(a.calendar(), b.calendar());
  EXPECT_EQ(a.collected().signals, b.collected().signals);
  EXPECT_EQ(a.collected().extras, b.collected().extras);
  EXPECT_EQ(a.collected().is_directed, b.collected().is_directed);
  EXPECT_TRUE(same(a.exposure(), b.exposure()));
  EXPECT_TRUE(same(a.total(), b.total()));
  ASSERT_EQ(a.pairs().size(), b.pairs().size());
  for (std::size_t i = 0; i < a.pairs().size(); ++i) {
    const PairCounts& left = a.pairs()[i];
    const PairCounts& right = b.pairs()[i];
    EXPECT_EQ(left.pair, right.pair);
    ASSERT_EQ(left.days.size(), right.days.size());
    ASSERT_EQ(left.extras.size(), right.extras.size());
    for (std::size_t row = 0; row < left.days.size(); ++row) {
      EXPECT_EQ(left.days[row].day, right.days[row].day);
      for (std::size_t direction = 0; direction < 2; ++direction) {
        EXPECT_TRUE(same(left.days[row].counts[direction], right.days[row].counts[direction]))
            << "day " << left.days[row].day;
        EXPECT_TRUE(left.extras.empty() || same(left.extras[row][direction], right.extras[row][direction]));
      }
    }
  }
}

void expect_round_trip(const CountPanel& panel) { expect_same(panel, CountPanel::from_table(panel.to_table())); }

void expect_round_trips(const RandomShape& shape) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    SCOPED_TRACE(seed);
    expect_round_trip(CountPanel::from_table(samples::random_table(seed, shape)));
  }
}

TEST(PanelToTable, RoundTripsPlainCounts) { expect_round_trips({}); }

TEST(PanelToTable, RoundTripsCellsThatWereNotCollected) { expect_round_trips({.share_of_missing_cells = 0.2}); }

TEST(PanelToTable, RoundTripsDaysThatWereNotOrHalfCollected) {
  expect_round_trips({.share_of_missing_days = 0.2, .share_of_half_days = 0.2});
}

TEST(PanelToTable, RoundTripsExtraColumns) { expect_round_trips({.share_of_missing_cells = 0.1, .has_extras = true}); }

TEST(PanelToTable, RoundTripsCountsWithoutADirection) {
  expect_round_trips({.share_of_missing_cells = 0.1, .has_extras = true, .is_directed = false});
}

TEST(PanelToTable, RoundTripsSignalsThatAreNotCollectedAtAll) {
  expect_round_trips({.share_of_missing_cells = 0.1, .with_mediation = false, .with_punitive = false});
}

TEST(PanelToTable, RoundTripsAWiderCalendarThanTheRows) {
  const Day first = samples::first_day;
  expect_round_trip(CountPanel::from_table(samples::random_table(1, {.days = 10}), Calendar{first + -5, first + 30}));
}

TEST(PanelToTable, RoundTripsTheTotalOfADay) {
  CountTable table = samples::random_table(3, {.pairs = 2, .days = 10});
  for (const Day day : table.dates) {
    const int number = day - samples::first_day;
    table.values[total_column].push_back(number % 3 == 0 ? not_collected : 100.0 + number);
  }
  const CountPanel panel = CountPanel::from_table(table);
  ASSERT_EQ(panel.total().size(), 10U);
  EXPECT_TRUE(std::isnan(panel.total().back())) << "day 9 has no total";
  expect_round_trip(panel);
}

TEST(PanelToTable, KeepsAPairThatNeverActed) {
  CountTable table = samples::random_table(4, {.pairs = 1, .days = 10});
  table.actors.insert(table.actors.end(), {"USA", "VEN"});
  table.dates.push_back(samples::first_day + 3);
  table.sources.push_back(2);
  table.targets.push_back(3);
  for (auto& column : table.values) {
    if (!column.empty()) column.push_back(&column == &table.values[exposure_column] ? 1.0 : 0.0);
  }
  const CountPanel panel = CountPanel::from_table(table);
  ASSERT_TRUE(panel.pair(Pair{"USA", "VEN"}).days.empty());
  expect_round_trip(panel);
}

// Mediation is empty in every row with an act, and its only zeros stand in a row on which nothing happened, which a
// sparse panel does not store: the table has to show one quiet day, or mediation would come back as never collected.
TEST(PanelToTable, Regression_ASignalWhoseOnlyValuesAreZerosOnQuietDays) {
  CountTable table;
  table.actors = {"IND", "PAK"};
  for (int day = 0; day < 3; ++day) {
    const bool is_quiet = day == 1;
    table.dates.push_back(samples::first_day + day);
    table.sources.push_back(0);
    table.targets.push_back(1);
    table.values[index_of(Signal::rhetoric)].push_back(is_quiet ? 0 : 1);
    table.values[index_of(Signal::mediation)].push_back(is_quiet ? 0 : not_collected);
  }
  const CountPanel panel = CountPanel::from_table(table);
  ASSERT_TRUE(panel.collected().has(Signal::mediation));
  expect_round_trip(panel);
}

TEST(PanelToTable, IsSortedByPairDateAndDirection) {
  const CountTable table =
      CountPanel::from_table(samples::random_table(5, {.pairs = 4, .share_of_missing_days = 0.1})).to_table();
  for (std::size_t row = 1; row < table.size(); ++row) {
    const auto key = [&](std::size_t i) {
      const std::string& source = table.actors[table.sources[i]];
      const std::string& target = table.actors[table.targets[i]];
      return std::tuple{std::min(source, target), std::max(source, target), table.dates[i], source > target};
    };
    ASSERT_LT(key(row - 1), key(row));
  }
}

TEST(PanelToTable, ShuffledRowsGiveTheSamePanel) {
  const RandomShape shape{.share_of_missing_cells = 0.1, .share_of_missing_days = 0.1, .has_extras = true};
  const CountTable table = samples::random_table(6, shape);
  CountTable reversed = table;
  std::reverse(reversed.dates.begin(), reversed.dates.end());
  std::reverse(reversed.sources.begin(), reversed.sources.end());
  std::reverse(reversed.targets.begin(), reversed.targets.end());
  for (auto& column : reversed.values) std::reverse(column.begin(), column.end());
  // Names are numbered in order of appearance: another numbering must not change the order of pairs.
  std::reverse(reversed.actors.begin(), reversed.actors.end());
  const auto last = static_cast<std::uint32_t>(reversed.actors.size() - 1);
  for (auto& id : reversed.sources) id = last - id;
  for (auto& id : reversed.targets) id = last - id;
  expect_same(CountPanel::from_table(table), CountPanel::from_table(reversed));
}

}  // namespace
}  // namespace tocsin
