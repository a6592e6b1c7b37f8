#include "tocsin/indicators/goldstein_balance.hpp"

#include <gtest/gtest.h>

#include "sample_series.hpp"
#include "shares.hpp"

namespace tocsin {
namespace {

TEST(GoldsteinBalance, HandWorkedTwoDays) {
  // Half-life 1: conflict -10/2 - 4 = -9, cooperation 2/2 + 3 = 4; net -5; share 4 / 13.
  GoldsteinBalance balance({1});
  (void)balance.step(-10, 2);
  const GoldsteinBalance::Reading reading = balance.step(-4, 3);
  EXPECT_DOUBLE_EQ(reading.conflict, -9);
  EXPECT_DOUBLE_EQ(reading.cooperation, 4);
  EXPECT_DOUBLE_EQ(reading.net(), -5);
  EXPECT_DOUBLE_EQ(reading.cooperation_share(), 4.0 / 13.0);
}

TEST(GoldsteinBalance, KeepsBothPartsWhereTheyCancel) {
  const GoldsteinBalance::Reading reading = GoldsteinBalance({14}).step(-40, 40);
  EXPECT_EQ(reading.net(), 0);
  EXPECT_EQ(reading.conflict, -40);
  EXPECT_EQ(reading.cooperation_share(), 0.5);
}

TEST(GoldsteinBalance, HasNoShareOfNothing) {
  EXPECT_TRUE(std::isnan(GoldsteinBalance({14}).step(0, 0).cooperation_share()));
}

TEST(GoldsteinBalance, LeavesOutADayOnWhichOnePartIsUnknown) {
  GoldsteinBalance balance({1});
  (void)balance.step(-8, 4);
  const GoldsteinBalance::Reading reading = balance.step(samples::nan, 100);
  EXPECT_DOUBLE_EQ(reading.conflict, -4);
  EXPECT_DOUBLE_EQ(reading.cooperation, 2);
}

TEST(GoldsteinBalance, EqualsTheNaiveDefinition) {
  const reference::Series conflict = samples::random_counts(9, 100, 2, 0.1);
  const reference::Series cooperation = samples::random_counts(10, 100, 1, 0.1);
  GoldsteinBalance balance({14});
  for (int t = 0; t < 100; ++t) {
    const auto at = static_cast<std::size_t>(t);
    const GoldsteinBalance::Reading reading = balance.step(-conflict[at], cooperation[at]);
    EXPECT_CLOSE(-reading.conflict, reference::discounted_where_both(conflict, cooperation, t, 14));
    EXPECT_CLOSE(reading.cooperation, reference::discounted_where_both(cooperation, conflict, t, 14));
  }
}

}  // namespace
}  // namespace tocsin
