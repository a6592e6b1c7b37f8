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
    const series::Array statistic = series::cusum(to_array(y), to_array({0.9}), 2, phi, 365).statistic;
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

double count_of_day(random::Stream& stream, double mean, double dispersion) {
  // Negative binomial with variance dispersion * mean: a Poisson count with a gamma rate.
  const double rate = dispersion > 1 ? (dispersion - 1) * random::gamma(stream, mean / (dispersion - 1)) : mean;
  return static_cast<double>(random::poisson(stream, rate));
}

TEST(CusumThreshold, KeepsItsBudgetBetweenThePointsOfItsTable) {
  struct Point {
    double mean, dispersion, false_alarm_days;
  };
  // None of them on the grid of half doublings.
  const std::vector<Point> points{{0.055, 1, 365},   {0.21, 1, 365}, {1.2, 1, 200},     {2.4, 1, 365},
                                  {0.055, 1.7, 365}, {0.21, 3, 365}, {0.9, 5, 120},     {4.7, 2.7, 365},
                                  {13, 3.3, 250},    {0.9, 1.2, 45}, {0.03, 1.2, 1000}, {40, 11, 365}};
  std::uint64_t key = 0;
  for (const auto& [mean, dispersion, days] : points) {
    random::Stream stream(random::combine_keys(0x6375, key++));
    const double threshold = Cusum::threshold(mean, dispersion, days);
    // As many days as have 1,500 alarms when the budget is kept: a standard error of 2.6 %, well inside the 15 %.
    const int simulated = static_cast<int>(1500 * days);
    int alarms = 0;
    Cusum cusum({2});
    for (int day = 0; day < simulated; ++day) {
      if (cusum.step(count_of_day(stream, mean, dispersion), 1, mean, dispersion) > threshold) {
        ++alarms;
        cusum = Cusum({2});
      }
    }
    EXPECT_NEAR(alarms / 1500.0, 1, 0.15)
        << mean << " acts a day, dispersion " << dispersion << ", " << days << " days";
  }
}

TEST(CusumThreshold, IsNearTheDefaultForOneActADayAndOneFalseAlarmAYear) {
  // INDICATORS C4: h = 4 gives about 411 days.
  EXPECT_NEAR(Cusum::threshold(1, 1, 411), Cusum::default_threshold, 0.1);
}

TEST(CusumThreshold, RisesWithTheBudget) {
  for (const double mean : {0.01, 0.3, 2.0, 20.0}) {
    for (const double dispersion : {1.0, 2.5, 20.0}) {
      double before = -1;
      for (double days = 30; days <= 3650; days *= 1.3) {
        const double threshold = Cusum::threshold(mean, dispersion, days);
        EXPECT_GE(threshold, before);
        before = threshold;
      }
      EXPECT_GT(before, Cusum::threshold(mean, dispersion, 30));
    }
  }
}

TEST(CusumThreshold, HasNoJumps) {
  for (double log2_mean = -9; log2_mean < 7; log2_mean += 0.01) {
    const double here = Cusum::threshold(std::exp2(log2_mean), 1.5, 365);
    EXPECT_NEAR(Cusum::threshold(std::exp2(log2_mean + 0.01), 1.5, 365), here, 0.05);
    EXPECT_NEAR(Cusum::threshold(std::exp2(log2_mean), 1.51, 365), here, 0.05);
  }
  for (double days = 30; days < 3640; days += 10) {
    EXPECT_NEAR(Cusum::threshold(0.7, 1.5, days), Cusum::threshold(0.7, 1.5, days + 1), 0.05);
  }
}

TEST(CusumThreshold, OfARateOutsideOfTheTableIsThatOfTheNearestInside) {
  EXPECT_EQ(Cusum::threshold(1e-6, 1, 365), Cusum::threshold(1.0 / 256, 1, 365));
  EXPECT_EQ(Cusum::threshold(1e6, 20, 365), Cusum::threshold(64, 20, 365));
  EXPECT_EQ(Cusum::threshold(5, 1000, 365), Cusum::threshold(5, 64, 365));
}

TEST(CusumThreshold, DecidesTheAlarmOfASeries) {
  const series::Rise rise = series::cusum(to_array(samples::toy), to_array({1}), 2, 1, 365);
  for (int t = 0; t < 10; ++t) EXPECT_EQ(rise.alarm[t], rise.statistic[t] > Cusum::threshold(1, 1, 365));
  EXPECT_FALSE(rise.alarm[7]);
  EXPECT_TRUE(rise.alarm[8]);
}

TEST(CusumThreshold, IsUnknownForAnotherRatioThanTwo) {
  const series::Rise rise = series::cusum(to_array(samples::toy), to_array({1}), 3, 1, 365);
  EXPECT_TRUE(rise.threshold.isNaN().all());
  EXPECT_FALSE(rise.alarm.any());
}

}  // namespace
}  // namespace tocsin
