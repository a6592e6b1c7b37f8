#include "event_day.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tocsin {
namespace {

std::string day(std::string_view text, SlashOrder order = SlashOrder::none) {
  const auto found = event_day(text, order);
  return found ? to_string(*found) : "none";
}

TEST(EventDay, EveryWrittenForm) {
  for (const char* text : {"20250430", "20250430221500", "250430", "2025-04-30", "2025-04-30 22:15:00",
                           "2025-04-30T22:15:00Z", "2025-04-30 00:00:00.000", "30 April 2025", "30 Apr 2025",
                           "30 APRIL 2025", "2025/04/30", "2025/4/30", "1746050399", "1745971200"}) {
    EXPECT_EQ(day(text), "2025-04-30") << text;
  }
  EXPECT_EQ(day("1 May 2025"), "2025-05-01");
  EXPECT_EQ(day("01 may 2025"), "2025-05-01");
  EXPECT_EQ(day("1 Sept 2025"), "2025-09-01");
  EXPECT_EQ(day("1745971199"), "2025-04-29");  // the second before midnight
  EXPECT_EQ(day("1001-01-01"), "1001-01-01");  // what is out of range is somebody else's to say
}

TEST(EventDay, SlashesOnlyInAnOrderThatIsKnown) {
  EXPECT_EQ(day("4/3/2025"), "none");
  EXPECT_EQ(day("4/3/2025", SlashOrder::month_first), "2025-04-03");
  EXPECT_EQ(day("4/3/2025", SlashOrder::day_first), "2025-03-04");
  EXPECT_EQ(day("04/30/2025 10:00", SlashOrder::month_first), "2025-04-30");
  EXPECT_EQ(day("2025/4/3", SlashOrder::day_first), "2025-04-03");
  for (const char* text : {"30/4/2025", "4/31/2025", "4/3/25", "4/3", "4/3/2025/1", "/4/2025", "4//2025", "a/3/2025"}) {
    EXPECT_EQ(day(text, SlashOrder::month_first), "none") << text;
  }
  EXPECT_EQ(day("4/30/2025", SlashOrder::day_first), "none");
}

TEST(EventDay, SixDigitsAreOfAHundredYears) {
  EXPECT_EQ(day("500101"), "1950-01-01");
  EXPECT_EQ(day("491231"), "2049-12-31");
  EXPECT_EQ(day("000229"), "2000-02-29");
  EXPECT_EQ(day("010229"), "none");
}

TEST(EventDay, WhatIsNoDay) {
  for (const char* text : {"",
                           " ",
                           "2025",
                           "202504",
                           "2025043",
                           "202504300",
                           "20250431",
                           "20251301",
                           "20250400",
                           "00000000",
                           "2025-04-31",
                           "2025-4-30",
                           "2025-04-30x",
                           "2025-04-3",
                           "25-04-30",
                           "30-04-2025",
                           "30 Ap 2025",
                           "30 Aprilis 2025",
                           "30 2025",
                           "30 April 25",
                           "0 May 2025",
                           "32 May 2025",
                           "x May 2025",
                           "30 April 2025 x",
                           "17460503990",
                           "-746050399",
                           "2025043022150",
                           "202504302215000",
                           "20250431221500",
                           "+2025043",
                           "2025 04 30",
                           "2025.04.30",
                           "nan",
                           "None",
                           "99999999999999999999",
                           "30  April 2025",
                           "1.5",
                           "20250430.0"}) {
    EXPECT_EQ(day(text), "none") << text;
  }
}

TEST(EventDay, LeapYears) {
  EXPECT_EQ(day("20240229"), "2024-02-29");
  EXPECT_EQ(day("20000229"), "2000-02-29");
  EXPECT_EQ(day("19000229"), "none");
  EXPECT_EQ(day("29 February 2023"), "none");
}

TEST(EventDay, EveryDayOfALongTimeInThreeForms) {
  for (Day each = earliest_day; each <= latest_day; each = each + 97) {
    const std::string iso = to_string(each);
    const std::string digits = iso.substr(0, 4) + iso.substr(5, 2) + iso.substr(8, 2);
    EXPECT_EQ(day(iso), iso);
    EXPECT_EQ(day(digits), iso);
    EXPECT_EQ(day(to_words(each)), iso);
  }
}

}  // namespace
}  // namespace tocsin
