#include "tocsin/indicators/rung.hpp"

#include <gtest/gtest.h>

#include "sample_series.hpp"
#include "shares.hpp"
#include "tocsin/error.hpp"

namespace tocsin {
namespace {

Rung::Reading of(const RungCounts& counts) { return Rung({28, 2}).step(counts); }

TEST(Rung, IsNotSupportedByASingleMiscodedEvent) {
  // One act of mass violence (7) among ten protests: two events at or above 1 only.
  EXPECT_EQ(of({10, 0, 0, 0, 0, 0, 1}).supported_max, 1);
}

TEST(Rung, IsSupportedByTwoEventsAtOrAboveIt) {
  EXPECT_EQ(of({0, 0, 0, 0, 1, 0, 1}).supported_max, 5);  // one on 5 and one on 7: both are at or above 5
  EXPECT_EQ(of({0, 0, 0, 0, 0, 0, 2}).supported_max, 7);
  EXPECT_EQ(of({1, 0, 0, 0, 0, 0, 0}).supported_max, 0);
  EXPECT_EQ(of({}).supported_max, 0);
}

TEST(Rung, HandWorkedProbabilitiesAndMean) {
  // 3 events on rung 1, 1 on rung 5: P(>= 2) = 1.5 / 5, P(>= 6) = 0.5 / 5, mean (3 + 5) / 4.
  const Rung::Reading reading = of({3, 0, 0, 0, 1, 0, 0});
  EXPECT_DOUBLE_EQ(reading.p_at_least(2), 0.3);
  EXPECT_DOUBLE_EQ(reading.p_at_least(5), 0.3);
  EXPECT_DOUBLE_EQ(reading.p_at_least(6), 0.1);
  EXPECT_DOUBLE_EQ(reading.mean_rung(), 2);
}

TEST(Rung, SaysNothingWithoutEvents) {
  EXPECT_TRUE(std::isnan(of({}).p_at_least(1)));
  EXPECT_TRUE(std::isnan(of({}).mean_rung()));
}

TEST(Rung, RemembersForTwentyEightDaysIncludingToday) {
  Rung rung({28, 2});
  EXPECT_EQ(rung.step({0, 0, 0, 0, 0, 2, 0}).supported_max, 6);
  for (int day = 1; day < 28; ++day) EXPECT_EQ(rung.step({}).supported_max, 6) << "day " << day;
  EXPECT_EQ(rung.step({}).supported_max, 0);
}

TEST(Rung, AddsNothingForADayNotCollected) {
  Rung rung({28, 2});
  RungCounts missing;
  missing.fill(samples::nan);
  (void)rung.step({0, 0, 0, 2, 0, 0, 0});
  const Rung::Reading reading = rung.step(missing);
  EXPECT_EQ(reading.supported_max, 4);
  EXPECT_EQ(reading.events(), 2);
}

TEST(Rung, EqualsTheNaiveDefinition) {
  random::Stream stream(14);
  std::vector<std::array<double, 7>> days;
  Rung rung({28, 2});
  for (int t = 0; t < 150; ++t) {
    RungCounts counts{};
    for (std::size_t i = 0; i < 7; ++i) {
      counts[i] = static_cast<double>(random::poisson(stream, 0.15 / static_cast<double>(i + 1)));
    }
    if (stream.next_uniform() < 0.1) counts.fill(samples::nan);
    days.push_back(counts);
    const Rung::Reading reading = rung.step(counts);
    const reference::Ladder naive = reference::rung(days, t, 28, 2);
    EXPECT_EQ(reading.supported_max, naive.supported_max) << "day " << t;
    EXPECT_CLOSE(reading.mean_rung(), naive.mean_rung);
    for (int q = 1; q <= 7; ++q) EXPECT_CLOSE(reading.p_at_least(q), naive.p_at_least[static_cast<std::size_t>(q - 1)]);
  }
}

TEST(Rung, ContinuesFromItsState) {
  Rung whole({3, 2});
  (void)whole.step({0, 0, 2, 0, 0, 0, 0});
  (void)whole.step({5, 0, 0, 0, 0, 0, 0});
  Rung again({3, 2}, whole.state());
  EXPECT_EQ(again.step({}).supported_max, whole.step({}).supported_max);
  EXPECT_EQ(again.step({}).supported_max, 1);  // the third rung has left the window of three days
}

TEST(Rung, RefusesTheStateOfAWindowOfAnotherLength) { EXPECT_THROW(Rung({28, 2}, Rung({7, 2}).state()), StateError); }

}  // namespace
}  // namespace tocsin
