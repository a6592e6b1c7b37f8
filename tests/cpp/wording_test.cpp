#include "wording.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace tocsin::wording {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(Wording, NumbersKeepTwoDigitsThatMatter) {
  EXPECT_EQ(number(0.256), "0.26");
  EXPECT_EQ(number(4.44), "4.4");
  EXPECT_EQ(number(31.4), "31");
  EXPECT_EQ(number(-2.36), "-2.4");
}

TEST(Wording, WholeNumbersHaveNoDecimals) {
  EXPECT_EQ(number(0), "0");
  EXPECT_EQ(number(3), "3");
  EXPECT_EQ(number(-4), "-4");
}

TEST(Wording, RoundingUpDoesNotAddADigit) {
  // 9.96 to one decimal is "10.0", 0.996 to two is "1.00": each belongs to the next coarser form.
  EXPECT_EQ(number(9.96), "10");
  EXPECT_EQ(number(9.94), "9.9");
  EXPECT_EQ(number(0.996), "1.0");
  EXPECT_EQ(number(0.994), "0.99");
}

TEST(Wording, ThousandsAreGrouped) {
  EXPECT_EQ(number(999), "999");
  EXPECT_EQ(number(8536), "8,536");
  EXPECT_EQ(number(1000000), "1,000,000");
  EXPECT_EQ(number(-8536), "-8,536");
  EXPECT_EQ(number(-536), "-536");
}

TEST(Wording, ATinyNumberIsNotCalledZero) { EXPECT_EQ(number(0.004), "less than 0.01"); }

TEST(Wording, AnEstimatedShareIsNeverCertain) {
  EXPECT_EQ(percent(0.4), "40 %");
  EXPECT_EQ(percent(1), "over 99 %");
  EXPECT_EQ(percent(0), "under 1 %");
  EXPECT_EQ(percent(0.99), "99 %");
}

TEST(Wording, RangesStandInParentheses) {
  EXPECT_EQ(range({3.2, 5.8}), " (3.2-5.8)");
  EXPECT_EQ(range({0.001, 2}), " (0-2)");
  EXPECT_EQ(percent_range({0.24, 0.58}), " (24-58 %)");
}

TEST(Wording, ARangeWithANegativeEndDoesNotUseADashAsAMinus) { EXPECT_EQ(range({-1.5, 0.5}), " (-1.5 to 0.50)"); }

TEST(Wording, ARangeThatIsTinyAtBothEndsStaysReadable) { EXPECT_EQ(range({0.0001, 0.004}), " (0-0.01)"); }

TEST(Wording, AnUnknownRangeIsLeftOut) {
  EXPECT_EQ(range({nan, nan}), "");
  EXPECT_EQ(percent_range({nan, nan}), "");
}

TEST(Wording, OneIsSingularAndEverythingElsePlural) {
  EXPECT_EQ(counted(1, "day"), "1 day");
  EXPECT_EQ(counted(6, "day"), "6 days");
  EXPECT_EQ(counted(0, "act"), "0 acts");
  EXPECT_EQ(counted(0.5, "act"), "0.50 acts");
}

TEST(Wording, DoublingsAreAboveOrBelow) {
  EXPECT_EQ(doublings(2.14), "2.1 doublings above");
  EXPECT_EQ(doublings(-0.98), "1.0 doubling below");
  EXPECT_EQ(doublings(1.04), "1.0 doubling above");
}

}  // namespace
}  // namespace tocsin::wording
