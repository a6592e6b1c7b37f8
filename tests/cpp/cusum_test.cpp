#include "tocsin/indicators/cusum.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "rates.hpp"
#include "sample_series.hpp"
#include "tocsin/indicators/surprise.hpp"
#include "tocsin/series.hpp"

namespace tocsin {
namespace {

using samples::to_array;

TEST(Cusum, HandWorkedThreeDays) {
  // mu 1, rho 2, phi 1: each day adds y ln 2 - 1. Counts 3, 1, 0: 3 ln 2 - 1, 4 ln 2 - 2, 4 ln 2 - 3 = -0.23 -> 0.
  Cusum cusum({2});
  const double ln2 = std::log(2.0);
  EXPECT_CLOSE(cusum.step(3, 1, 1, 1), 3 * ln2 - 1);
  EXPECT_CLOSE(cusum.step(1, 1, 1, 1), 4 * ln2 - 2);
  EXPECT_EQ(cusum.step(0, 1, 1, 1), 0);
}

TEST(Cusum, StaysOnADayNotCollected) {
  Cusum cusum({2});
  const double before = cusum.step(5, 1, 1, 1);
  EXPECT_EQ(cusum.step(samples::nan, 0, 0, 1), before);
  EXPECT_LT(cusum.step(0, 1, 1, 1), before);
}

TEST(Cusum, IsTheLargestSumOfLogLikelihoodRatiosThatEndsToday) {
  const std::vector<double> y = samples::random_counts(6, 200, 0.8);
  for (const double phi : {1.0, 1.7, 6.0}) {
    std::vector<double> ratios;
    for (const double count : y) ratios.push_back(reference::log_likelihood_ratio(count, 0.9, 2, phi));
    const std::vector<double> naive = reference::cusum(ratios);
    const series::Array statistic = series::cusum(to_array(y), to_array({0.9}), 2, phi);
    for (std::size_t t = 0; t < y.size(); ++t) {
      EXPECT_NEAR(statistic[static_cast<Eigen::Index>(t)], naive[t], 1e-9 * (1 + naive[t]));
    }
  }
}

TEST(Cusum, OfANegativeBinomialTendsToThePoissonOne) {
  Cusum poisson({2});
  Cusum nearly({2});
  for (const double y : samples::toy) {
    EXPECT_NEAR(nearly.step(y, 1, 1, 1 + 1e-7), poisson.step(y, 1, 1, 1), 1e-4);
  }
}

TEST(Cusum, DoubtsARiseInANoisySource) {
  Cusum plain({2});
  Cusum noisy({2});
  for (const double y : samples::toy) {
    (void)plain.step(y, 1, 1, 1);
    (void)noisy.step(y, 1, 1, 5);
  }
  EXPECT_LT(noisy.statistic(), plain.statistic() / 2);
}

TEST(Cusum, FreezesItsReferenceRateDuringACrisis) {
  // Five acts a day for half a year after a silent year: were the bar to follow the slow rate, a lull to the old
  // doubling of that rate would count as evidence against a crisis. Frozen, the statistic rises by the same amount each
  // day.
  Surprise surprise({{180, 2}, {}, Cusum::default_threshold, 1.0});
  for (int day = 0; day < 365; ++day) (void)surprise.step(0, 1);
  double before = 0;
  double rise = 0;
  for (int day = 0; day < 180; ++day) {
    const double now = surprise.step(5, 1).cusum;
    if (day == 1) rise = now - before;
    if (day > 1) {
      EXPECT_NEAR(now - before, rise, 1e-9) << "day " << day;
    }
    before = now;
  }
  EXPECT_GT(rise, 3);
}

TEST(Cusum, FollowsTheSlowRateWhileNothingIsRising) {
  Surprise surprise({{180, 2}, {}, Cusum::default_threshold, 1.0});
  for (int day = 0; day < 40; ++day) (void)surprise.step(0, 1);
  // 37 silent days of the past: the bar is 1.5 / (30 + B), far below 0.05, and one act adds ln 2 less than that.
  const Surprise::Reading reading = surprise.step(1, 1);
  EXPECT_CLOSE(reading.cusum, std::log(2.0) - reading.baseline.mean());
  EXPECT_LT(reading.baseline.mean(), 0.03);
}

TEST(Cusum, RaisesAboutOneFalseAlarmAYearAtItsDefaultThreshold) {
  // INDICATORS C4: mean run length 411 days at mu 1, rho 2, h 4 (Monte-Carlo error 7 %).
  random::Stream stream(5);
  double days = 0;
  const int runs = 400;
  for (int run = 0; run < runs; ++run) {
    Cusum cusum({2});
    while (cusum.statistic() <= Cusum::default_threshold) {
      (void)cusum.step(static_cast<double>(random::poisson(stream, 1)), 1, 1, 1);
      ++days;
    }
  }
  EXPECT_NEAR(days / runs, 411, 0.2 * 411);
}

}  // namespace
}  // namespace tocsin
