#include "tocsin/trailing_window.hpp"

#include <gtest/gtest.h>

#include "sample_series.hpp"
#include "tocsin/error.hpp"

namespace tocsin {
namespace {

TEST(TrailingWindow, SumsTheDaysThatAreFromToDaysOld) {
  TrailingWindow window(4);
  for (const double y : {1.0, 2.0, 4.0, 8.0, 16.0}) window.step(y, 1);
  EXPECT_EQ(window.sum(0, 1).count, 16);
  EXPECT_EQ(window.sum(0, 4).count, 30);  // 16 + 8 + 4 + 2: the first day has left
  EXPECT_EQ(window.sum(1, 3).count, 12);
  EXPECT_EQ(window.sum(3, 4).count, 2);
  EXPECT_EQ(window.sum(2, 2).count, 0);
}

TEST(TrailingWindow, CountsNoDayBeforeTheFirst) {
  TrailingWindow window(28);
  window.step(5, 1);
  EXPECT_EQ(window.sum(0, 28).count, 5);
  EXPECT_EQ(window.sum(0, 28).exposure, 1);
  EXPECT_EQ(window.sum(1, 28).exposure, 0);
}

TEST(TrailingWindow, HoldsADayNotCollectedAsAPlaceWithoutExposure) {
  TrailingWindow window(3);
  window.step(5, 1);
  window.step(samples::nan, 0);
  window.step(7, 0.5);
  EXPECT_EQ(window.sum(0, 3).count, 12);
  EXPECT_EQ(window.sum(0, 3).exposure, 1.5);
  EXPECT_EQ(window.sum(0, 2).count, 7);
}

TEST(TrailingWindow, OfOneDayHoldsTheLastOnly) {
  TrailingWindow window(1);
  window.step(5, 1);
  window.step(6, 1);
  EXPECT_EQ(window.sum(0, 1).count, 6);
}

TEST(TrailingWindow, ComesBackToZeroAfterALongRun) {
  TrailingWindow window(7);
  for (int day = 0; day < 1000; ++day) window.step(0.1 * day, 0.3);
  for (int day = 0; day < 7; ++day) window.step(0, 1);
  EXPECT_EQ(window.sum(0, 7).count, 0);  // summed anew, so no rounding error is left behind
  EXPECT_EQ(window.sum(0, 7).exposure, 7);
}

TEST(TrailingWindow, ContinuesFromItsStateBitForBit) {
  TrailingWindow whole(5);
  for (int day = 0; day < 8; ++day) whole.step(day, 1);
  TrailingWindow again(5, whole.state());
  whole.step(20, 1);
  again.step(20, 1);
  EXPECT_EQ(again.sum(0, 5).count, whole.sum(0, 5).count);
  EXPECT_EQ(again.sum(4, 5).count, 4);
}

TEST(TrailingWindow, RefusesTheStateOfAWindowOfAnotherLength) {
  const TrailingWindow week(7);
  EXPECT_THROW(TrailingWindow(28, week.state()), StateError);
  TrailingWindow::State outside = week.state();
  outside.newest = 7;
  EXPECT_THROW(TrailingWindow(7, outside), StateError);
}

}  // namespace
}  // namespace tocsin
