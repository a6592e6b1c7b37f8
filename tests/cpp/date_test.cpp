#include "tocsin/date.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tocsin {
namespace {

TEST(Date, KnownDaysHaveTheirNumbers) {
  EXPECT_EQ(parse_day("1970-01-01"), Day{0});
  EXPECT_EQ(parse_day("1969-12-31"), Day{-1});
  // 2000-01-01 is 30 years after the epoch, 7 of them leap years (1972, ..., 1996): 30 * 365 + 7 = 10957.
  EXPECT_EQ(parse_day("2000-01-01"), Day{10957});
  // 2025-04-22: 25 years later with 7 leap years (2000, ..., 2024), then 31 + 28 + 31 + 21 days.
  EXPECT_EQ(parse_day("2025-04-22"), Day{10957 + 25 * 365 + 7 + 31 + 28 + 31 + 21});
}

TEST(Date, TheEndsOfTheAllowedRangeAreWhatTheirNamesSay) {
  EXPECT_EQ(to_string(earliest_day), "1800-01-01");
  EXPECT_EQ(to_string(latest_day), "2199-12-31");
}

TEST(Date, WritingAndReadingADayIsTheIdentityOverFourCenturies) {
  for (Day day = earliest_day; day <= latest_day; day = day + 13)
    ASSERT_EQ(parse_day(to_string(day)), day) << to_string(day);
}

TEST(Date, EachDayIsOneAfterTheDayBefore) {
  // A leap day of a year that a naive "every fourth year" gets right, and the one of 1900 that it gets wrong.
  EXPECT_EQ(*parse_day("2024-03-01") - *parse_day("2024-02-28"), 2);
  EXPECT_EQ(*parse_day("1900-03-01") - *parse_day("1900-02-28"), 1);
  EXPECT_EQ(*parse_day("2000-03-01") - *parse_day("2000-02-28"), 2);
}

TEST(Date, DaysThatDoNotExistAreRefused) {
  for (const char* text :
       {"2025-02-29", "1900-02-29", "2025-04-31", "2025-13-01", "2025-00-10", "2025-01-00", "2025-01-32"}) {
    EXPECT_FALSE(parse_day(text)) << text;
  }
}

TEST(Date, OtherFormatsAreRefused) {
  for (const char* text : {"", "2025", "22/04/2025", "04/22/2025", "22.04.2025", "20250422", "2025-4-22", "2025/04/22",
                           "25-04-22", "2025-04-22T00:00:00", "2025-04-22 ", " 2025-04-22", "2025-04-2x", "1745280000",
                           "2025-Apr-2", "+025-04-22", "-025-04-22", "2025--4-22", "2025-04--2"}) {
    EXPECT_FALSE(parse_day(text)) << text;
  }
}

TEST(Date, ANulByteInsideIsNotADigit) {
  const std::string text("2025-04-2\0", 10);
  EXPECT_FALSE(parse_day(text));
}

TEST(Date, WordsAreThoseOfASentence) {
  EXPECT_EQ(to_words(*parse_day("2025-05-01")), "1 May 2025");
  EXPECT_EQ(to_words(*parse_day("2024-12-31")), "31 December 2024");
  EXPECT_EQ(to_words(*parse_day("2024-01-09")), "9 January 2024");
}

TEST(Calendar, CountsAndContainsBothEnds) {
  const Calendar april{*parse_day("2025-04-01"), *parse_day("2025-04-30")};
  EXPECT_EQ(april.size(), 30);
  EXPECT_TRUE(april.contains(april.first));
  EXPECT_TRUE(april.contains(april.last));
  EXPECT_FALSE(april.contains(april.first + -1));
  EXPECT_FALSE(april.contains(april.last + 1));
}

}  // namespace
}  // namespace tocsin
