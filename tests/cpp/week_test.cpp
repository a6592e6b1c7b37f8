#include "tocsin/week.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <sstream>
#include <string>

#include "tocsin/count_reader.hpp"
#include "tocsin/error.hpp"

namespace tocsin {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::string sunday(std::string_view week) {
  const auto day = parse_week(week);
  return day ? to_string(*day) : "none";
}

CountPanel panel_of(const std::string& rows, std::optional<Calendar> calendar = {}) {
  std::istringstream stream("date,source,target,rhetoric,military\n" + rows);
  return read_counts(stream, "counts.csv", calendar);
}

// 1 January 2025 was a Wednesday: week 1 began on 30 December. 2020 had 53 weeks, 2021 and 2025 had 52. 1 January 2016
// was a Friday, and belongs to week 53 of 2015.
TEST(Week, IsNumberedAsInIso8601) {
  EXPECT_EQ(sunday("2025-W01"), "2025-01-05");
  EXPECT_EQ(sunday("2025-W18"), "2025-05-04");
  EXPECT_EQ(sunday("2020-W53"), "2021-01-03");
  EXPECT_EQ(sunday("2015-W53"), "2016-01-03");
  EXPECT_EQ(sunday("2024-W52"), "2024-12-29");
}

TEST(Week, WhatIsNoneIsRefused) {
  for (const char* text : {"2021-W53", "2025-W00", "2025-W54", "2025-W1", "2025W18", "2025-w18", "2025-W18-4",
                           "2025-W1x", " 2025-W18", "2025-05-04", ""}) {
    EXPECT_EQ(sunday(text), "none") << text;
  }
}

TEST(Week, EverySundayOfFourCenturiesEndsExactlyOneWeek) {
  int weeks = 0;
  for (int year = 1800; year < 2200; ++year) {
    for (int week = 1; week <= 53; ++week) {
      const std::string text = std::to_string(year) + "-W" + (week < 10 ? "0" : "") + std::to_string(week);
      const auto day = parse_week(text);
      if (!day) continue;
      ++weeks;
      EXPECT_EQ(sunday_of(*day), *day);
      EXPECT_EQ(sunday_of(*day + -6), *day);
      EXPECT_EQ(sunday_of(*day + 1), *day + 7);
    }
  }
  EXPECT_EQ(weeks, 400 * 52 + 71) << "the Gregorian calendar has 71 long years in 400";
}

TEST(Week, AFileOfWeeksIsAPanelWithExposureSevenOnSundays) {
  const CountPanel panel = panel_of("2025-W18,IND,PAK,7,0\n2025-W20,IND,PAK,14,1\n");
  EXPECT_EQ(to_string(panel.calendar().first), "2025-05-04");
  EXPECT_EQ(to_string(panel.calendar().last), "2025-05-18");
  for (std::int32_t day = 0; day < panel.calendar().size(); ++day) {
    EXPECT_EQ(panel.exposure()[static_cast<std::size_t>(day)], day % 7 == 0 ? 7 : 0);
  }
  // The week without a row was collected, and quiet.
  ASSERT_EQ(panel.pairs()[0].days.size(), 2U);
  EXPECT_EQ(panel.pairs()[0].days[1].counts[0][0], 14);
}

TEST(Week, AWiderCalendarHasQuietWeeksAndAnExposureOfTheTableStays) {
  CountTable weeks;
  weeks.actors = {"IND", "PAK"};
  weeks.dates = {*parse_day("2025-05-01"), *parse_day("2025-05-05")};
  weeks.sources = {0, 0};
  weeks.targets = {1, 1};
  weeks.values[index_of(Signal::rhetoric)] = {3, 4};
  weeks.values[exposure_column] = {5, nan};
  const Calendar calendar{*parse_day("2025-04-20"), *parse_day("2025-05-18")};
  const CountPanel panel = CountPanel::from_table(daily_table(weeks, calendar), calendar);
  const auto exposure_on = [&](std::string_view day) {
    return panel.exposure()[static_cast<std::size_t>(*parse_day(day) - calendar.first)];
  };
  EXPECT_EQ(exposure_on("2025-04-20"), 7);
  EXPECT_EQ(exposure_on("2025-04-21"), 0);
  EXPECT_EQ(exposure_on("2025-05-04"), 5);
  EXPECT_EQ(exposure_on("2025-05-11"), 7);
  EXPECT_EQ(exposure_on("2025-05-18"), 7);
  EXPECT_EQ(panel.pairs()[0].days.size(), 2U) << "quiet weeks need no row";
}

TEST(Week, AColumnThatIsEmptyThroughoutStaysNotCollected) {
  const CountPanel panel = panel_of("2025-W18,IND,PAK,7,\n2025-W20,IND,PAK,14,\n");
  EXPECT_FALSE(panel.collected().has(Signal::military));
}

TEST(Week, DaysAndWeeksInOneFileAreRefused) {
  const auto fault = [](const std::string& rows) -> std::string {
    try {
      static_cast<void>(panel_of(rows));
    } catch (const ParseError& error) {
      return error.what();
    }
    return "none";
  };
  EXPECT_EQ(fault("2025-W18,IND,PAK,7,0\n2025-05-05,IND,PAK,7,0\n"),
            "counts.csv:3:1: column \"date\" holds \"2025-05-05\", expected an ISO week as YYYY-Www, as in the rows "
            "before; give days or weeks, not both");
  EXPECT_EQ(fault("2025-05-05,IND,PAK,7,0\n2025-W19,IND,PAK,7,0\n"),
            "counts.csv:3:1: column \"date\" holds \"2025-W19\", expected a day as YYYY-MM-DD, as in the rows before; "
            "give days or weeks, not both");
}

TEST(Week, TwoRowsOfAWeekAreRefusedAndBothNamed) {
  EXPECT_THROW(static_cast<void>(panel_of("2025-W18,IND,PAK,7,0\n2025-W18,IND,PAK,7,0\n")), ParseError);
}

}  // namespace
}  // namespace tocsin
