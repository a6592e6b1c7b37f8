#include "tocsin/monitor.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "sample_panels.hpp"
#include "tocsin/error.hpp"

namespace tocsin {
namespace {

using samples::first_day;
using samples::not_collected;
using samples::random_table;
using samples::RandomShape;
using samples::rows_of;

Config quick() {
  Config config;
  config.draws = 20;
  config.warm_up_days = 30;
  return config;
}

testing::AssertionResult same(const ScoreRow& a, const ScoreRow& b) {
  if (a.status != b.status)
    return testing::AssertionFailure() << "status " << name_of(a.status) << " and " << name_of(b.status);
  for (std::size_t i = 0; i < score_column_count; ++i) {
    if (a.values[i] == b.values[i] || (std::isnan(a.values[i]) && std::isnan(b.values[i]))) continue;
    return testing::AssertionFailure() << name_of(static_cast<ScoreColumn>(i)) << " " << a.values[i] << " and "
                                       << b.values[i];
  }
  return testing::AssertionSuccess();
}

testing::AssertionResult same(const Reading& a, const Reading& b) {
  if (a.day != b.day || a.pairs != b.pairs) return testing::AssertionFailure() << "other days or pairs";
  for (std::size_t i = 0; i < a.rows.size(); ++i) {
    const auto equal = same(a.rows[i], b.rows[i]);
    if (!equal) return testing::AssertionFailure() << to_string(a.pairs[i]) << ": " << equal.message();
  }
  return testing::AssertionSuccess();
}

// A day's exposure in the table; a day that no row mentions was collected.
Reading push_day(Monitor& monitor, const CountTable& table, Day day) { return monitor.push(day, rows_of(table, day)); }

// Pushes day by day and compares with batch scoring of what was known on that evening.
void expect_stream_equals_batch(const CountTable& table, const Config& config) {
  const CountPanel panel = CountPanel::from_table(table);
  Monitor monitor(config, panel.collected());
  for (Day day = panel.calendar().first; day <= panel.calendar().last; day = day + 1) {
    const Reading reading = push_day(monitor, table, day);
    const Scores batch = score(panel.until(day), config, {.intervals = Intervals::latest, .threads = 1});
    ASSERT_EQ(reading.pairs, batch.pairs());
    for (std::size_t i = 0; i < reading.pairs.size(); ++i) {
      ASSERT_TRUE(same(reading.rows[i], batch.latest()[i])) << to_string(reading.pairs[i]) << " on " << to_string(day);
    }
  }
}

void expect_stream_equals_batch(const RandomShape& shape) {
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    SCOPED_TRACE(seed);
    expect_stream_equals_batch(random_table(seed, shape), quick());
  }
}

TEST(MonitorStream, EqualsBatchOnEveryPrefix) { expect_stream_equals_batch({}); }

TEST(MonitorStream, EqualsBatchWithCellsThatWereNotCollected) {
  expect_stream_equals_batch({.share_of_missing_cells = 0.2});
}

// With one sparse pair, a signal is often missing in every row of a day, and a direction often has no row.
TEST(MonitorStream, EqualsBatchWhereAWholeColumnOfADayIsEmpty) {
  expect_stream_equals_batch({.pairs = 1, .rate = 0.2, .share_of_missing_cells = 0.4, .has_extras = true});
}

TEST(MonitorStream, EqualsBatchWithDaysThatWereNotOrHalfCollected) {
  expect_stream_equals_batch({.share_of_missing_days = 0.2, .share_of_half_days = 0.2});
}

TEST(MonitorStream, EqualsBatchWithExtraColumns) {
  expect_stream_equals_batch({.share_of_missing_cells = 0.1, .share_of_missing_days = 0.1, .has_extras = true});
}

TEST(MonitorStream, EqualsBatchWithoutDirections) {
  expect_stream_equals_batch(
      {.share_of_missing_cells = 0.1, .share_of_missing_days = 0.1, .has_extras = true, .is_directed = false});
}

TEST(MonitorStream, EqualsBatchWithoutMediationAndPunitiveMeasures) {
  expect_stream_equals_batch({.share_of_missing_cells = 0.1, .with_mediation = false, .with_punitive = false});
}

TEST(MonitorStream, EqualsBatchUnderAnotherConfiguration) {
  Config config = quick();
  config.recent_days = 3;
  config.baseline_days = 10;
  config.guard_days = 0;
  config.settle_days = 0;
  config.half_life_medium_days = 5;
  config.seed = 99;
  expect_stream_equals_batch(random_table(7, {.share_of_missing_cells = 0.1}), config);
}

TEST(Monitor, APairThatAppearsLateWasSilentBefore) {
  CountTable table = random_table(1, {.pairs = 2, .days = 50, .share_of_missing_days = 0.1});
  const CountPanel all = CountPanel::from_table(table);
  Monitor monitor(quick(), all.collected());
  // Pair 1 (actors 2 and 3) first stands in the rows of day 20; in the panel it is there from the first day, without
  // acts.
  CountTable late = table;
  for (auto& column : late.values) column.clear();
  late.dates.clear();
  late.sources.clear();
  late.targets.clear();
  for (std::size_t row = 0; row < table.size(); ++row) {
    if (table.sources[row] >= 2 && table.dates[row] < first_day + 20) continue;
    late.dates.push_back(table.dates[row]);
    late.sources.push_back(table.sources[row]);
    late.targets.push_back(table.targets[row]);
    for (std::size_t i = 0; i < column_count; ++i) {
      if (!table.values[i].empty()) late.values[i].push_back(table.values[i][row]);
    }
  }
  const CountPanel panel = CountPanel::from_table(late);
  for (int day = 0; day < 50; ++day) {
    const Reading reading = push_day(monitor, late, first_day + day);
    ASSERT_TRUE(day >= 20 || reading.pairs.size() == 1) << "day " << day;
    const Scores batch = score(panel.until(first_day + day), quick(), {.intervals = Intervals::latest, .threads = 1});
    for (std::size_t i = 0; i < reading.pairs.size(); ++i)
      ASSERT_TRUE(same(reading.rows[i], batch.latest()[i])) << "day " << day;
  }
  EXPECT_EQ(monitor.pairs().size(), 2U);
}

TEST(Monitor, AQuietDayIsPushedAsATableWithoutRows) {
  const CountTable table = random_table(2, {.pairs = 2, .days = 10});
  CountTable longer = table;
  longer.dates.push_back(first_day + 14);  // days 10 to 13 have no row
  longer.sources.push_back(0);
  longer.targets.push_back(1);
  for (std::size_t i = 0; i < column_count; ++i) {
    if (!longer.values[i].empty()) longer.values[i].push_back(1);
  }
  expect_stream_equals_batch(longer, quick());
}

TEST(Monitor, ADayThatIsPassedOverCountsAsNotCollected) {
  const CountTable table = random_table(3, {.pairs = 2, .days = 40});
  const Collected collected = CountPanel::from_table(table).collected();
  Monitor skipping(quick(), collected);
  Monitor told(quick(), collected);
  Monitor quiet(quick(), collected);
  for (int day = 0; day < 40; ++day) {
    const Day today = first_day + day;
    if (day >= 20 && day < 26) {
      (void)told.push(today, CountTable{}, 0);
      (void)quiet.push(today, CountTable{}, 1);
      continue;
    }
    const Reading skipped = push_day(skipping, table, today);
    ASSERT_TRUE(same(skipped, push_day(told, table, today))) << "day " << day;
    const Reading other = push_day(quiet, table, today);
    if (day == 26) {
      EXPECT_FALSE(same(skipped, other)) << "six quiet days are not six days without a report";
    }
  }
}

TEST(Monitor, ADayThatWasNotCollectedReadsNoData) {
  const CountTable table = random_table(4, {.pairs = 1, .days = 5});
  Monitor monitor(quick(), CountPanel::from_table(table).collected());
  (void)push_day(monitor, table, first_day);
  EXPECT_EQ(monitor.push(first_day + 1, CountTable{}, 0).rows.front().status, Status::no_data);
}

TEST(Monitor, ADayTwiceIsRefusedAndChangesNothing) {
  const CountTable table = random_table(5, {.pairs = 2, .days = 20});
  Monitor monitor(quick(), CountPanel::from_table(table).collected());
  for (int day = 0; day < 10; ++day) (void)push_day(monitor, table, first_day + day);
  const std::string before = monitor.to_json();
  try {
    (void)push_day(monitor, table, first_day + 9);
    FAIL() << "expected a StateError";
  } catch (const StateError& error) {
    EXPECT_STREQ(error.what(),
                 "2025-01-10 is not after 2025-01-10, the last day that this monitor took; push later days, or give "
                 "replay_from to take a recent day again");
  }
  EXPECT_THROW((void)push_day(monitor, table, first_day + 3), StateError);
  EXPECT_EQ(monitor.to_json(), before);
}

TEST(Monitor, ReplayFromTakesTheLastDaysAgain) {
  Config config = quick();
  config.settle_days = 3;
  const CountTable first_reports = random_table(6, {.pairs = 2, .days = 20});
  const CountTable corrected = random_table(7, {.pairs = 2, .days = 20});
  Monitor monitor(config, CountPanel::from_table(corrected).collected());
  Monitor never_wrong(config, CountPanel::from_table(corrected).collected());
  for (int day = 0; day < 10; ++day) (void)push_day(monitor, day < 7 ? corrected : first_reports, first_day + day);
  for (int day = 0; day < 7; ++day) (void)push_day(never_wrong, corrected, first_day + day);
  const Day day_7 = first_day + 7;
  (void)monitor.push(day_7, rows_of(corrected, day_7), 1, day_7);
  (void)push_day(never_wrong, corrected, day_7);
  EXPECT_EQ(monitor.last_day(), day_7);
  for (int day = 8; day < 20; ++day) {
    const Day today = first_day + day;
    ASSERT_TRUE(same(push_day(monitor, corrected, today), push_day(never_wrong, corrected, today))) << "day " << day;
  }
}

TEST(Monitor, ReplayFromReachesBackSettleDaysAndNoFurther) {
  Config config = quick();
  config.settle_days = 2;
  const CountTable table = random_table(8, {.pairs = 2, .days = 20});
  Monitor monitor(config, CountPanel::from_table(table).collected());
  for (int day = 0; day < 10; ++day) (void)push_day(monitor, table, first_day + day);
  const std::string before = monitor.to_json();
  const Day day_7 = first_day + 7;
  try {
    (void)monitor.push(day_7, rows_of(table, day_7), 1, day_7);
    FAIL() << "expected a StateError";
  } catch (const StateError& error) {
    EXPECT_STREQ(error.what(),
                 "replay_from 2025-01-08 is too far back; this monitor can go back to 2025-01-09 (settle_days is 2)");
  }
  EXPECT_EQ(monitor.to_json(), before);
  const Day day_8 = first_day + 8;
  EXPECT_EQ(monitor.push(day_8, rows_of(table, day_8), 1, day_8).day, day_8);
}

TEST(Monitor, Regression_ReplayFromBeforeTheFirstDayLosesNoDay) {
  const CountTable table = random_table(8, {.pairs = 2, .days = 20});
  Monitor monitor(quick(), CountPanel::from_table(table).collected());
  (void)push_day(monitor, table, first_day);
  const std::string before = monitor.to_json();
  const Day tomorrow = first_day + 1;
  EXPECT_THROW((void)monitor.push(tomorrow, rows_of(table, tomorrow), 1, first_day + -60), StateError);
  EXPECT_EQ(monitor.to_json(), before);
  EXPECT_EQ(monitor.push(first_day, rows_of(table, first_day), 1, first_day).day, first_day)
      << "taken again on purpose";
}

TEST(Monitor, RowsOfAnotherDayAreRefusedAndChangeNothing) {
  const CountTable table = random_table(9, {.pairs = 2, .days = 20});
  Monitor monitor(quick(), CountPanel::from_table(table).collected());
  (void)push_day(monitor, table, first_day);
  const std::string before = monitor.to_json();
  try {
    (void)monitor.push(first_day + 2, rows_of(table, first_day));
    FAIL() << "expected a ParseError";
  } catch (const ParseError& error) {
    EXPECT_STREQ(error.what(), "random:1: holds the date 2025-01-01, but 2025-01-03 is pushed; push one day at a time");
  }
  EXPECT_EQ(monitor.to_json(), before);
}

TEST(Monitor, BrokenCountsAreRefusedAndChangeNothing) {
  const CountTable table = random_table(10, {.pairs = 2, .days = 20});
  Monitor monitor(quick(), CountPanel::from_table(table).collected());
  (void)push_day(monitor, table, first_day);
  const std::string before = monitor.to_json();
  for (const double broken : {-1.0, 0.5, std::numeric_limits<double>::infinity()}) {
    CountTable rows = rows_of(table, first_day + 19);
    rows.dates.assign(rows.size(), first_day + 1);
    rows.values[index_of(Signal::military)][0] = broken;
    EXPECT_THROW((void)monitor.push(first_day + 1, rows), ParseError) << broken;
  }
  EXPECT_EQ(monitor.to_json(), before);
}

TEST(Monitor, CountsOnADayThatWasNotCollectedAreRefusedAndNotDropped) {
  CountTable rows = rows_of(random_table(11, {.pairs = 1, .days = 5}), first_day);
  Monitor monitor(quick(), rows.given());
  rows.values[index_of(Signal::military)][0] = 3;
  rows.values[exposure_column].clear();
  EXPECT_THROW((void)monitor.push(first_day, rows, 0), ParseError);
  EXPECT_FALSE(monitor.last_day());
}

TEST(Monitor, AColumnOfExposureOverrulesTheArgument) {
  CountTable rows = rows_of(random_table(12, {.pairs = 1, .days = 5}), first_day);
  Monitor by_column(quick(), rows.given());
  Monitor by_argument(quick(), rows.given());
  rows.values[exposure_column].assign(rows.size(), 0.25);
  const Reading expected = by_column.push(first_day, rows, 1);
  rows.values[exposure_column].clear();
  EXPECT_TRUE(same(by_argument.push(first_day, rows, 0.25), expected));
  EXPECT_THROW((void)by_argument.push(first_day + 1, CountTable{}, -1), InputError);
  EXPECT_THROW((void)by_argument.push(first_day + 1, CountTable{}, not_collected), InputError);
}

TEST(Monitor, AnEmptyColumnOfExposureDoesNotOverruleIt) {
  CountTable rows = rows_of(random_table(12, {.pairs = 1, .days = 5}), first_day);
  Monitor with_blank(quick(), rows.given());
  Monitor without(quick(), rows.given());
  rows.values[exposure_column].assign(rows.size(), not_collected);
  const Reading reading = with_blank.push(first_day, rows, 0.25);
  rows.values[exposure_column].clear();
  EXPECT_TRUE(same(reading, without.push(first_day, rows, 0.25)));
}

TEST(Monitor, ASignalThatItWasNotMadeForIsRefused) {
  const CountTable table = random_table(13, {.pairs = 1, .days = 5});
  Collected words_only;
  words_only.signals.set(index_of(Signal::rhetoric));
  Monitor monitor(quick(), words_only);
  EXPECT_THROW((void)monitor.push(first_day, rows_of(table, first_day)), InputError);
}

TEST(Monitor, AnEmptyColumnThatItWasNotMadeForIsNoFault) {
  // A table made from a panel has all five signals, those that are not collected with empty cells.
  const CountPanel panel = CountPanel::from_table(
      random_table(14, {.pairs = 2, .days = 30, .with_mediation = false, .with_punitive = false}));
  expect_stream_equals_batch(panel.to_table(), quick());
}

TEST(Monitor, CountsWithoutADirectionDoNotFitOneThatHasThem) {
  const CountTable table = random_table(15, {.pairs = 1, .days = 5, .is_directed = false});
  Collected directed = table.given();
  directed.is_directed = true;
  Monitor monitor(quick(), directed);
  EXPECT_THROW((void)monitor.push(first_day, rows_of(table, first_day)), InputError);
}

TEST(Monitor, ABrokenConfigurationIsRefused) {
  Config config;
  config.draws = 0;
  EXPECT_THROW(Monitor(config, Collected{}), ConfigError);
}

}  // namespace
}  // namespace tocsin
