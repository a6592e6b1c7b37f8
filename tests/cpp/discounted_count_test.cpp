#include "tocsin/discounted_count.hpp"

#include <gtest/gtest.h>

#include "rates.hpp"
#include "sample_series.hpp"

namespace tocsin {
namespace {

using samples::nan;

TEST(DiscountedCount, LosesHalfInAHalfLife) {
  DiscountedCount count(3);
  count.step(8, 1);
  for (int day = 0; day < 3; ++day) count.step(0, 1);
  EXPECT_CLOSE(count.count(), 4);
}

TEST(DiscountedCount, HandWorkedThreeDays) {
  // Half-life 1: delta = 1/2. Counts 4, 2, 1: ((4/2) + 2)/2 + 1 = 3. Exposures 1, 1/2, 1: ((1/2) + 1/2)/2 + 1 = 1.5.
  DiscountedCount count(1);
  count.step(4, 1);
  count.step(2, 0.5);
  count.step(1, 1);
  EXPECT_DOUBLE_EQ(count.count(), 3);
  EXPECT_DOUBLE_EQ(count.exposure(), 1.5);
}

TEST(DiscountedCount, DecaysAndAddsNothingOnADayNotCollected) {
  DiscountedCount count(1);
  count.step(4, 1);
  count.step(nan, 0);  // the count is not looked at
  EXPECT_DOUBLE_EQ(count.count(), 2);
  EXPECT_DOUBLE_EQ(count.exposure(), 0.5);
}

TEST(DiscountedCount, AMissingDayIsNotAZero) {
  DiscountedCount missing(14);
  DiscountedCount zero(14);
  missing.step(nan, 0);
  zero.step(0, 1);
  EXPECT_EQ(missing.exposure(), 0);
  EXPECT_EQ(zero.exposure(), 1);
}

TEST(DiscountedCount, EqualsTheExplicitlyWeightedSum) {
  const auto days = reference::Days::of(samples::random_counts(1, 120, 0.7, 0.2));
  DiscountedCount count(14);
  for (int t = 0; t < days.size(); ++t) {
    count.step(days.count[static_cast<std::size_t>(t)], days.exposure[static_cast<std::size_t>(t)]);
    EXPECT_CLOSE(count.count(), reference::discounted_count(days, t, 14));
    EXPECT_CLOSE(count.exposure(), reference::discounted_exposure(days, t, 14));
  }
}

TEST(DiscountedCount, ContinuesFromItsStateBitForBit) {
  DiscountedCount whole(14);
  DiscountedCount first(14);
  for (const double y : {3.0, 0.0, 2.0}) {
    whole.step(y, 1);
    first.step(y, 1);
  }
  DiscountedCount second(14, first.state());
  whole.step(5, 1);
  second.step(5, 1);
  EXPECT_EQ(second.count(), whole.count());
  EXPECT_EQ(second.exposure(), whole.exposure());
}

}  // namespace
}  // namespace tocsin
