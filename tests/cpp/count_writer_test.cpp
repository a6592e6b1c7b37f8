#include "tocsin/count_writer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>
#include <string>

#include "tocsin/count_reader.hpp"
#include "tocsin/error.hpp"
#include "tocsin/event_reader.hpp"

namespace tocsin {
namespace {

std::string written(const CountPanel& panel) {
  std::ostringstream out;
  write_counts(panel, out);
  return out.str();
}

CountPanel read(const std::string& text) {
  std::istringstream stream(text);
  return read_counts(stream, "counts.csv");
}

void expect_same_table(const CountPanel& a, const CountPanel& b) {
  const CountTable one = a.to_table();
  const CountTable other = b.to_table();
  EXPECT_EQ(one.dates, other.dates);
  EXPECT_EQ(one.is_directed, other.is_directed);
  ASSERT_EQ(one.size(), other.size());
  for (std::size_t row = 0; row < one.size(); ++row) {
    EXPECT_EQ(one.actors[one.sources[row]], other.actors[other.sources[row]]);
    EXPECT_EQ(one.actors[one.targets[row]], other.actors[other.targets[row]]);
  }
  for (std::size_t i = 0; i < column_count; ++i) {
    ASSERT_EQ(one.values[i].size(), other.values[i].size()) << column_names[i];
    for (std::size_t row = 0; row < one.values[i].size(); ++row) {
      const double x = one.values[i][row];
      const double y = other.values[i][row];
      EXPECT_TRUE(x == y || (std::isnan(x) && std::isnan(y))) << column_names[i] << " " << x << " " << y;
    }
  }
}

TEST(WriteCounts, WhatIsReadBackIsTheSamePanel) {
  const EventTable events = read_events({std::string{TOCSIN_EXAMPLE_DIR} + "/kashmir-2025.csv"}).events;
  const CountPanel panel = count_events(events, PairChoice::all, Codebook::shipped("cameo-1.1b3")).panel;
  expect_same_table(panel, read(written(panel)));
}

TEST(WriteCounts, DaysAndCellsThatWereNotCollectedStayEmpty) {
  const CountPanel panel = read(
      "date,source,target,rhetoric,military,exposure\n2025-01-01,IND,PAK,1,,1\n2025-01-02,IND,PAK,,,0\n"
      "2025-01-03,PAK,IND,2,4,1\n");
  const std::string text = written(panel);
  EXPECT_NE(text.find("2025-01-01,IND,PAK,1,,"), std::string::npos) << text;
  EXPECT_NE(text.find("2025-01-02,IND,PAK,,,"), std::string::npos) << text;
  expect_same_table(panel, read(text));
}

TEST(WriteCounts, CountsWithoutADirectionNameBothActors) {
  const std::string text = "date,actor_1,actor_2,military\n2025-01-01,\"Forces (1986-), north\",Rebels-A,3\n";
  const CountPanel panel = read(text);
  EXPECT_FALSE(panel.collected().is_directed);
  const std::string again = written(panel);
  EXPECT_EQ(again.substr(0, again.find('\n')).substr(0, 20), "date,actor_1,actor_2");
  EXPECT_NE(again.find("\"Forces (1986-), north\",Rebels-A,"), std::string::npos) << again;
  expect_same_table(panel, read(again));
}

TEST(WriteCounts, HalfOfTwoKindsOfNamesIsRefused) {
  EXPECT_THROW(static_cast<void>(read("date,actor_1,target,military\n2025-01-01,IND,PAK,3\n")), ParseError);
}

TEST(WriteCounts, StopsWhereItIsAskedTo) {
  const CountPanel panel = read("date,source,target,military\n2025-01-01,IND,PAK,3\n");
  std::ostringstream out;
  EXPECT_THROW(write_counts(panel, out, {[] { return true; }, {}}), Cancelled);
}

}  // namespace
}  // namespace tocsin
