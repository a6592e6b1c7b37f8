#include "tocsin/indicators/material_share.hpp"

#include <gtest/gtest.h>

#include "sample_series.hpp"
#include "shares.hpp"
#include "tocsin/series.hpp"

namespace tocsin {
namespace {

using samples::to_array;

TEST(MaterialShare, HandWorkedTwoDaysWithDispersion) {
  // Half-life 1: words 6/2 + 1 = 4, deeds 2/2 + 3 = 4; phi 2: Beta(1/2 + 2, 1/2 + 2), mean 1/2.
  MaterialShare share({1});
  (void)share.step(6, 2, 2);
  const MaterialShare::Reading reading = share.step(1, 3, 2);
  EXPECT_DOUBLE_EQ(reading.posterior().a, 2.5);
  EXPECT_DOUBLE_EQ(reading.posterior().b, 2.5);
}

TEST(MaterialShare, RisesWithDeedsAndFallsWithWords) {
  const auto mean = [](double words, double deeds) {
    return MaterialShare({14}).step(words, deeds, 1).posterior().mean();
  };
  EXPECT_GT(mean(10, 6), mean(10, 5));
  EXPECT_LT(mean(11, 5), mean(10, 5));
  EXPECT_LT(mean(10, 0), 0.1);
  EXPECT_GT(mean(0, 10), 0.9);
}

TEST(MaterialShare, LeavesOutADayOnWhichOneSideIsUnknown) {
  // Deeds without words would tilt the share.
  MaterialShare with_gap({14});
  MaterialShare silent({14});
  (void)with_gap.step(4, 4, 1);
  (void)silent.step(4, 4, 1);
  EXPECT_EQ(with_gap.step(samples::nan, 50, 1).posterior().mean(), silent.step(0, 0, 1).posterior().mean());
}

TEST(MaterialShare, HasNothingToSayBeforeTheFirstAct) {
  EXPECT_FALSE(MaterialShare({14}).step(0, 0, 1).has_events());
  EXPECT_TRUE(MaterialShare({14}).step(0, 1, 1).has_events());
}

TEST(MaterialShare, EqualsTheNaiveDefinition) {
  const reference::Series words = samples::random_counts(12, 120, 1, 0.1);
  const reference::Series deeds = samples::random_counts(13, 120, 0.3, 0.1);
  const series::Share share = series::material_share(to_array(words), to_array(deeds), 14, 1.8);
  for (int t = 0; t < 120; ++t) EXPECT_CLOSE(share.share[t], reference::material_share(words, deeds, t, 14, 1.8));
}

}  // namespace
}  // namespace tocsin
