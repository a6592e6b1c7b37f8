#include "tocsin/collections.hpp"

#include <gtest/gtest.h>

namespace tocsin {
namespace {

TEST(Collections, AreTheExposureOfADayAfterACollectedOne) {
  Collections collections;
  EXPECT_EQ(collections.step(1), 1);
  EXPECT_EQ(collections.step(3), 3);
  EXPECT_EQ(collections.step(1.25), 1.25);
}

TEST(Collections, AreOneOfADayThatWasCollectedInPartOrNotAtAll) {
  Collections collections;
  EXPECT_EQ(collections.step(0.5), 1);
  EXPECT_EQ(collections.step(0), 1);
}

TEST(Collections, AreOneOfAWeekThatStandsOnItsSunday) {
  Collections collections;
  EXPECT_EQ(collections.step(7), 1);  // the first, before which the calendar has no day
  for (int week = 0; week < 3; ++week) {
    for (int day = 0; day < 6; ++day) EXPECT_EQ(collections.step(0), 1);
    EXPECT_EQ(collections.step(7), 1);
  }
  for (int day = 0; day < 6; ++day) collections.step(0);
  EXPECT_EQ(collections.step(14), 2);
}

TEST(Collections, GoOnFromASavedState) {
  Collections before;
  before.step(1);
  before.step(0);
  Collections after(before.state());
  EXPECT_EQ(after.step(4), 2);
}

}  // namespace
}  // namespace tocsin
