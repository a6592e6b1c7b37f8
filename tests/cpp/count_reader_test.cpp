#include "tocsin/count_reader.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>

#include "tocsin/error.hpp"

namespace tocsin {
namespace {

CountTable table_of(const std::string& text) {
  std::istringstream stream(text);
  return read_count_table(stream, "counts.csv");
}

CountPanel panel_of(const std::string& text) {
  std::istringstream stream(text);
  return read_counts(stream, "counts.csv");
}

const std::vector<double>& column(const CountTable& table, Signal signal) { return table.values[index_of(signal)]; }

// Everything that a panel of one pair holds, so that two files can be said to hold the same.
void expect_same(const CountPanel& a, const CountPanel& b) {
  EXPECT_EQ(a.calendar(), b.calendar());
  EXPECT_EQ(a.collected().signals, b.collected().signals);
  EXPECT_EQ(a.exposure(), b.exposure());
  ASSERT_EQ(a.pairs().size(), b.pairs().size());
  for (std::size_t i = 0; i < a.pairs().size(); ++i) {
    EXPECT_EQ(a.pairs()[i].pair, b.pairs()[i].pair);
    ASSERT_EQ(a.pairs()[i].days.size(), b.pairs()[i].days.size());
    for (std::size_t row = 0; row < a.pairs()[i].days.size(); ++row) {
      EXPECT_EQ(a.pairs()[i].days[row].day, b.pairs()[i].days[row].day);
      EXPECT_EQ(a.pairs()[i].days[row].counts, b.pairs()[i].days[row].counts);
    }
  }
}

const std::string three_rows =
    "date,source,target,rhetoric,military\n"
    "2025-04-22,IND,PAK,1,2\n"
    "2025-04-22,PAK,IND,3,0\n"
    "2025-04-24,IND,PAK,0,5\n";

TEST(CountReader, ReadsColumnsByNameInAnyOrder) {
  expect_same(panel_of(three_rows), panel_of("military,target,rhetoric,date,source\n"
                                             "2,PAK,1,2025-04-22,IND\n"
                                             "0,IND,3,2025-04-22,PAK\n"
                                             "5,PAK,0,2025-04-24,IND\n"));
}

TEST(CountReader, ReadsRowsInAnyOrder) {
  expect_same(panel_of(three_rows), panel_of("date,source,target,rhetoric,military\n"
                                             "2025-04-24,IND,PAK,0,5\n"
                                             "2025-04-22,PAK,IND,3,0\n"
                                             "2025-04-22,IND,PAK,1,2\n"));
}

TEST(CountReader, AByteOrderMarkCrlfTabsQuotesAndSpacesChangeNothing) {
  expect_same(panel_of(three_rows), panel_of("\xEF\xBB\xBF"
                                             "date,source,target,rhetoric,military\r\n"
                                             "2025-04-22,IND,PAK,1,2\r\n"
                                             "2025-04-22,PAK,IND,3,0\r\n"
                                             "2025-04-24,IND,PAK,0,5\r\n"));
  expect_same(panel_of(three_rows), panel_of("date\tsource\ttarget\trhetoric\tmilitary\n"
                                             "2025-04-22\tIND\tPAK\t1\t2\n"
                                             "2025-04-22\tPAK\tIND\t3\t0\n"
                                             "2025-04-24\tIND\tPAK\t0\t5"));
  expect_same(panel_of(three_rows), panel_of("\"date\", source ,target, rhetoric,\"military\"\n"
                                             "\"2025-04-22\", IND,PAK ,\"1\", 2\n"
                                             "2025-04-22,PAK,IND,3,0\n"
                                             "2025-04-24,IND,PAK,0,5\n"));
}

TEST(CountReader, AnEmptyCellWasNotCollectedAndIsNotZero) {
  const CountTable table =
      table_of("date,source,target,rhetoric,military\n2025-04-22,IND,PAK,,0\n2025-04-23,IND,PAK,NA,nan\n");
  EXPECT_TRUE(std::isnan(column(table, Signal::rhetoric)[0]));
  EXPECT_EQ(column(table, Signal::military)[0], 0);
  EXPECT_TRUE(std::isnan(column(table, Signal::rhetoric)[1]));
  EXPECT_TRUE(std::isnan(column(table, Signal::military)[1]));
}

TEST(CountReader, ASignalThatIsNotGivenIsNotCollected) {
  const CountPanel panel = panel_of(three_rows);
  EXPECT_TRUE(panel.collected().has(Signal::rhetoric));
  EXPECT_FALSE(panel.collected().has(Signal::punitive));
  EXPECT_FALSE(panel.collected().has(Signal::mediation));
}

TEST(CountReader, ThreeColumnsOfCountsAreEnough) {
  const CountPanel panel = panel_of("date,pair,rhetoric\n2025-04-22,IND-PAK,4\n");
  EXPECT_FALSE(panel.collected().is_directed);
  EXPECT_EQ(panel.pair(Pair{"IND", "PAK"}).days.front().counts[0][index_of(Signal::rhetoric)], 4);
}

TEST(CountReader, UnknownColumnsAreIgnoredWithAWarningThatNamesThem) {
  const CountPanel panel = panel_of("date,source,target,rhetoric,Militray,notes\n2025-04-22,IND,PAK,1,2,\"x, y\"\n");
  ASSERT_EQ(panel.warnings().size(), 1U);
  EXPECT_EQ(panel.warnings().front().substr(0, 48), "counts.csv: ignored columns \"Militray\", \"notes\";");
}

TEST(CountReader, OneUnknownColumnIsSingular) {
  const CountTable table = table_of("date,source,target,rhetoric,notes\n");
  ASSERT_EQ(table.warnings.size(), 1U);
  EXPECT_NE(table.warnings.front().find("ignored column \"notes\";"), std::string::npos);
}

TEST(CountReader, RemembersLinesAndColumnsForLaterMessages) {
  const CountTable table = table_of("date,source,target,rhetoric\n\n2025-04-22,IND,PAK,1\n2025-04-23,IND,PAK,1\n");
  EXPECT_EQ(table.lines, (std::vector<std::int64_t>{3, 4}));
  EXPECT_EQ(table.positions[index_of(Signal::rhetoric)], 4);
}

TEST(CountReader, AFileThatCannotBeOpenedIsNamed) {
  try {
    (void)read_counts(std::filesystem::path{"/nowhere/counts.csv"});
    FAIL() << "expected an InputError";
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(), "/nowhere/counts.csv: cannot be opened; is the path right and the file readable?");
  }
}

TEST(CountReader, AFolderIsNotAFile) {
  EXPECT_THROW((void)read_counts(std::filesystem::temp_directory_path()), InputError);
}

TEST(CountReader, AFileReadsLikeAStream) {
  const auto path = std::filesystem::temp_directory_path() / "tocsin-count-reader-test.csv";
  std::ofstream(path, std::ios::binary) << three_rows;
  const CountPanel panel = read_counts(path);
  std::filesystem::remove(path);
  expect_same(panel, panel_of(three_rows));
}

TEST(CountReader, RowsOutsideAGivenCalendarAreLeftOutWithAWarning) {
  std::istringstream stream(three_rows);
  const CountPanel panel =
      read_counts(stream, "counts.csv", Calendar{*parse_day("2025-04-23"), *parse_day("2025-04-30")});
  EXPECT_EQ(panel.calendar().size(), 8);
  ASSERT_EQ(panel.pairs().front().days.size(), 1U);
  EXPECT_EQ(panel.pairs().front().days.front().day, 1);
  ASSERT_EQ(panel.warnings().size(), 1U);
  EXPECT_EQ(panel.warnings().front(), "counts.csv: left out 2 of 3 rows outside the calendar 2025-04-23 to 2025-04-30");
}

}  // namespace
}  // namespace tocsin
