#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <sstream>
#include <string>
#include <vector>

#include "delimited_reader.hpp"
#include "sample_panels.hpp"
#include "tocsin/error.hpp"
#include "tocsin/scores.hpp"

namespace tocsin {
namespace {

std::vector<std::vector<std::string>> records_of(const Scores& scores) {
  std::stringstream text;
  write_csv(scores, text);
  DelimitedReader reader(text, "scores.csv");
  std::vector<std::vector<std::string>> records;
  while (reader.next()) records.push_back(reader.fields());
  return records;
}

Scores sample() {
  Config config;
  config.draws = 20;
  return score(CountPanel::from_table(samples::random_table(1, {.pairs = 3, .days = 30, .share_of_missing_days = 0.1})),
               config, {.intervals = Intervals::latest, .threads = 1});
}

TEST(ScoresCsv, TheHeaderIsDatePairStatusAndEveryColumn) {
  const std::vector<std::string> header = records_of(sample()).front();
  ASSERT_EQ(header.size(), 3 + score_column_count);
  EXPECT_EQ(header[0] + header[1] + header[2] + header[3], "datepairstatusscore");
  for (std::size_t i = 0; i < score_column_count; ++i) EXPECT_EQ(header[3 + i], name_of(static_cast<ScoreColumn>(i)));
}

TEST(ScoresCsv, HoldsEveryDayOfEveryPairWithEveryBit) {
  const Scores scores = sample();
  const auto records = records_of(scores);
  ASSERT_EQ(records.size(), 1 + 3 * 30U);
  std::size_t next = 1;
  for (const Pair& pair : scores.pairs()) {
    const PairScores table = scores.of(pair);
    for (int day = 0; day < 30; ++day) {
      const std::vector<std::string>& record = records[next++];
      EXPECT_EQ(record[0], to_string(scores.calendar().first + day));
      EXPECT_EQ(record[1], to_string(pair));
      EXPECT_EQ(record[2], name_of(table.row(day).status));
      for (std::size_t i = 0; i < score_column_count; ++i) {
        const std::string& cell = record[3 + i];
        const double expected = table.row(day).values[i];
        ASSERT_EQ(cell.empty(), std::isnan(expected));
        if (cell.empty()) continue;
        double value = 0;
        std::from_chars(cell.data(), cell.data() + cell.size(), value);
        ASSERT_EQ(value, expected) << record[0] << " " << record[1] << " column " << i;
      }
    }
  }
}

TEST(ScoresCsv, NamesThatWouldBreakARowAreQuoted) {
  CountTable table = samples::random_table(2, {.pairs = 1, .days = 3});
  table.actors = {"Korea, North", "the \"South\"\n"};
  const Scores scores = score(CountPanel::from_table(table), {}, {.intervals = Intervals::none, .threads = 1});
  const auto records = records_of(scores);
  ASSERT_EQ(records.size(), 4U);
  EXPECT_EQ(records[1].size(), 3 + score_column_count);
  EXPECT_EQ(records[1][1], "Korea, North-the \"South\"\n");
}

TEST(ScoresCsv, AStreamThatCannotBeWrittenIsAnError) {
  std::ostringstream full;
  full.setstate(std::ios::badbit);
  EXPECT_THROW(write_csv(sample(), full), Error);
}

TEST(ScoresCsv, StopsBetweenPairsWhenItIsAskedTo) {
  std::ostringstream out;
  EXPECT_THROW(write_csv(sample(), out, {[] { return true; }, {}}), Cancelled);
}

TEST(ScoresCsv, ReportsProgressByPairs) {
  std::vector<std::size_t> reports;
  std::ostringstream out;
  write_csv(sample(), out, {{}, [&](std::size_t done, std::size_t all) {
                              EXPECT_EQ(all, 3U);
                              reports.push_back(done);
                            }});
  EXPECT_EQ(reports, std::vector<std::size_t>{3});
}

}  // namespace
}  // namespace tocsin
