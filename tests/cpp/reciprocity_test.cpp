#include "tocsin/indicators/reciprocity.hpp"

#include <gtest/gtest.h>

#include "sample_series.hpp"
#include "shares.hpp"
#include "tocsin/series.hpp"

namespace tocsin {
namespace {

using samples::to_array;

TEST(Reciprocity, HandWorkedTwoDays) {
  // Half-life 1: AB = 4/2 + 1 = 3, BA = 0/2 + 1 = 1: balance 2/4, asymmetry 2/4.
  Reciprocity reciprocity({1});
  (void)reciprocity.step(4, 0);
  const Reciprocity::Reading reading = reciprocity.step(1, 1);
  EXPECT_DOUBLE_EQ(reading.balance(), 0.5);
  EXPECT_DOUBLE_EQ(reading.asymmetry(), 0.5);
}

TEST(Reciprocity, IsNoneOfOneSideAlone) {
  const Reciprocity::Reading reading = Reciprocity({14}).step(0, 7);
  EXPECT_EQ(reading.balance(), 0);
  EXPECT_EQ(reading.asymmetry(), -1);
}

TEST(Reciprocity, IsWholeOfEqualSides) { EXPECT_EQ(Reciprocity({14}).step(7, 7).balance(), 1); }

TEST(Reciprocity, IsMissingWithoutActs) {
  EXPECT_TRUE(std::isnan(Reciprocity({14}).step(0, 0).balance()));
  EXPECT_TRUE(std::isnan(Reciprocity({14}).step(0, 0).asymmetry()));
}

TEST(Reciprocity, TurnsRoundWhenTheSidesAreSwapped) {
  const Reciprocity::Reading one = Reciprocity({14}).step(18, 10);
  const Reciprocity::Reading other = Reciprocity({14}).step(10, 18);
  EXPECT_EQ(one.balance(), other.balance());
  EXPECT_EQ(one.asymmetry(), -other.asymmetry());
}

TEST(Reciprocity, LeavesOutADayOnWhichOneSideIsUnknown) {
  Reciprocity reciprocity({14});
  (void)reciprocity.step(3, 3);
  EXPECT_EQ(reciprocity.step(40, samples::nan).balance(), 1);
}

TEST(Reciprocity, EqualsTheNaiveDefinition) {
  const reference::Series forward = samples::random_counts(15, 120, 0.5, 0.1);
  const reference::Series backward = samples::random_counts(16, 120, 0.4, 0.1);
  const series::Sides sides = series::reciprocity(to_array(forward), to_array(backward), 14);
  for (int t = 0; t < 120; ++t) {
    const reference::Sides naive = reference::reciprocity(forward, backward, t, 14);
    EXPECT_CLOSE(sides.balance[t], naive.balance);
    EXPECT_NEAR(std::isnan(naive.asymmetry) ? 0 : sides.asymmetry[t] - naive.asymmetry, 0, 1e-12);
  }
}

}  // namespace
}  // namespace tocsin
