#include "tocsin/indicators/dispersion.hpp"

#include <gtest/gtest.h>

#include "rates.hpp"
#include "sample_series.hpp"
#include "tocsin/indicators/surprise.hpp"

namespace tocsin {
namespace {

TEST(Dispersion, IsOneBeforeAnyDay) { EXPECT_EQ(Dispersion({180}).value(), 1); }

TEST(Dispersion, BeforeAnyDayIsWhatIsBelieved) {
  Dispersion dispersion({1});
  EXPECT_EQ(dispersion.value(1.4), 1.4);
  dispersion.step(5, 1, false);  // squares 16, expected 1
  EXPECT_DOUBLE_EQ(dispersion.value(1.4), (5 * 1.4 + 16) / 6);
}

TEST(Dispersion, HandWorkedTwoDays) {
  // Half-life 1. Day 0: y 5, mu 1: squares 16, expected 1. Day 1: y 0, mu 2: squares 16/2 + 4 = 12, expected 1/2 + 2
  // = 2.5. phi = (5 + 12) / (5 + 2.5) = 17 / 7.5.
  Dispersion dispersion({1});
  dispersion.step(5, 1, false);
  dispersion.step(0, 2, false);
  EXPECT_DOUBLE_EQ(dispersion.value(), 17 / 7.5);
}

TEST(Dispersion, DecaysOverADayThatIsLeftOut) {
  // As above, but day 1 is left out: squares 8, expected 0.5.
  Dispersion dispersion({1});
  dispersion.step(5, 1, false);
  dispersion.step(1000, 2, true);
  EXPECT_DOUBLE_EQ(dispersion.value(), 13 / 5.5);
}

TEST(Dispersion, IsNeverBelowOne) {
  Dispersion dispersion({180});
  for (int day = 0; day < 100; ++day) dispersion.step(3, 3, false);
  EXPECT_EQ(dispersion.value(), 1);
}

TEST(Dispersion, IsNeverAboveFifty) {
  Dispersion dispersion({180});
  dispersion.step(1e6, 1, false);
  EXPECT_EQ(dispersion.value(), 50);
}

TEST(Dispersion, FindsTheVarianceOverTheMeanOfASteadySource) {
  // Every act is written four times: counts 4 Poisson(1/2), mean 2, variance 8: phi 4.
  random::Stream stream(11);
  Dispersion dispersion({180});
  for (int day = 0; day < 4000; ++day) {
    dispersion.step(4 * static_cast<double>(random::poisson(stream, 0.5)), 2, false);
  }
  EXPECT_NEAR(dispersion.value(), 4, 1);  // some 260 days of weight: a standard error of about 0.4
}

TEST(Dispersion, OfASeriesEqualsTheNaiveDefinitionWithCrisisDaysLeftOut) {
  const std::vector<double> y = samples::random_counts(5, 200, 0.4, 0.1);
  const auto days = reference::Days::of(y);
  const reference::Watch naive = reference::watch(days);
  Surprise surprise({});
  int crisis_days = 0;
  for (std::size_t t = 0; t < y.size(); ++t) {
    const Surprise::Reading reading = surprise.step(y[t], days.exposure[t]);
    EXPECT_CLOSE(reading.dispersion, naive.dispersion[t]) << "day " << t;
    EXPECT_PRED3(samples::is_close, reading.cusum, naive.cusum[t], 1e-8) << "day " << t;
    if (naive.cusum[t] > 2) ++crisis_days;
  }
  EXPECT_GT(crisis_days, 20);  // the exclusion was really exercised
}

TEST(Dispersion, DoesNotMakeACrisisItsOwnNoise) {
  // A year at one act a week, then ten acts a day. phi before the crisis is near 1, and stays there.
  Surprise surprise({});
  for (int day = 0; day < 364; ++day) (void)surprise.step(day % 7 == 0 ? 1 : 0, 1);
  const double before = surprise.step(0, 1).dispersion;
  double during = 0;
  for (int day = 0; day < 60; ++day) during = surprise.step(10, 1).dispersion;
  EXPECT_LE(during, before + 1e-9);
}

TEST(Dispersion, OfADayIsJudgedByTheDayBefore) {
  Surprise surprise({});
  EXPECT_EQ(surprise.step(1, 1).dispersion, 1);
  // Day 0: y 1, mu 0.05: phi = (5 + 0.95^2) / (5 + 0.05).
  EXPECT_CLOSE(surprise.step(0, 1).dispersion, (5 + 0.95 * 0.95) / 5.05);
}

}  // namespace
}  // namespace tocsin
