#include "tocsin/hostile_share.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sample_series.hpp"

namespace tocsin {
namespace {

using samples::nan;

// 10 hostile acts and 10 others a day for long, then 20 others a day: with these half-lives the sums can be worked out.
HostileShare changed() {
  HostileShare share({1, 1e9});
  for (int day = 0; day < 60; ++day) share.update(10, 10);
  for (int day = 0; day < 60; ++day) share.update(0, 20);
  return share;
}

TEST(HostileShare, LendsWhatTheUsualShareExpectsOfTheRecentActs) {
  // Lately 40 acts (20 times 1 + 1/2 + 1/4 + ...), none hostile; over all days a quarter is. Believed with a weight of
  // five acts: 40 (0 + 5/4) / 45.
  const HostileShare::Reading reading = changed().read();
  EXPECT_NEAR(reading.hostile, 0, 1e-12);
  EXPECT_NEAR(reading.cooperation, 40, 1e-12);
  EXPECT_NEAR(reading.lent(5), 40 * 1.25 / 45, 1e-6);
}

TEST(HostileShare, TakesFromAnOutbreakBetweenFriends) {
  HostileShare share({1, 1e9});
  for (int day = 0; day < 300; ++day) share.update(0, 10);
  share.update(4, 0);
  const HostileShare::Reading reading = share.read();
  // Lately 4 hostile acts and 10 others: believed 14 (4 + 5 * 4/3004) / 19.
  EXPECT_NEAR(reading.lent(5), 14 * (4 + 5 * 4 / 3004.0) / 19 - 4, 1e-3);
  EXPECT_LT(reading.lent(5), 0);
}

TEST(HostileShare, NeverLendsMoreThanItsWeightNorTakesMoreThanThereIs) {
  for (const double weight : {1.0, 5.0, 50.0}) {
    EXPECT_LT(changed().read().lent(weight), weight);
    HostileShare share({14, 180});
    for (int day = 0; day < 50; ++day) share.update(day % 7, day % 3);
    EXPECT_GE(share.read().hostile + share.read().lent(weight), 0);
  }
}

TEST(HostileShare, LendsExactlyNothingWithoutCooperation) {
  HostileShare share({14, 180});
  for (int day = 0; day < 100; ++day) share.update(day % 5, 0);
  EXPECT_EQ(share.read().lent(5), 0);
  EXPECT_EQ(HostileShare({14, 180}).read().lent(5), 0);
}

TEST(HostileShare, CountsOnlyDaysOnWhichBothAreKnown) {
  HostileShare seen({14, 180});
  HostileShare partly({14, 180});
  for (int day = 0; day < 30; ++day) {
    const bool is_known = day % 3 != 0;
    seen.update(is_known ? 2 : 0, is_known ? 1 : 0);
    partly.update(day % 6 == 0 ? nan : 2, is_known ? 1 : nan);
  }
  EXPECT_CLOSE(partly.read().hostile, seen.read().hostile);
  EXPECT_CLOSE(partly.read().lent(5), seen.read().lent(5));
}

TEST(HostileShare, GoesOnFromASavedState) {
  HostileShare whole({14, 180});
  for (int day = 0; day < 40; ++day) whole.update(day % 4, day % 3);
  HostileShare half({14, 180});
  for (int day = 0; day < 20; ++day) half.update(day % 4, day % 3);
  HostileShare rest({14, 180}, half.state());
  for (int day = 20; day < 40; ++day) rest.update(day % 4, day % 3);
  EXPECT_EQ(rest.read().lent(5), whole.read().lent(5));
}

}  // namespace
}  // namespace tocsin
