#include "tocsin/indicators/ears.hpp"

#include <gtest/gtest.h>

#include "ears.hpp"
#include "sample_series.hpp"
#include "tocsin/error.hpp"
#include "tocsin/series.hpp"

namespace tocsin {
namespace {

using samples::nan;
using samples::to_array;
using Method = Ears::Method;

const std::vector<double> twelve_days{1, 0, 2, 1, 0, 1, 2, 6, 9, 14, 20, 8};

TEST(Ears, HasTheCheckValues) {
  const series::Excess c1 = series::ears(to_array(twelve_days), {Method::c1, 0});
  EXPECT_CLOSE(c1.statistic[9], 3.368048396);
  EXPECT_CLOSE(c1.upper[9], 3 + 3 * 3.265986324);
  const series::Excess c2 = series::ears(to_array(twelve_days), {Method::c2, 0});
  EXPECT_CLOSE(c2.statistic[9], 15.92168333);
  EXPECT_CLOSE(c2.statistic[10], 8.88232324);
  EXPECT_CLOSE(c2.statistic[11], 1.530931089);
  EXPECT_CLOSE(c2.upper[9], 1 + 3 * 0.8164965809);
  const series::Excess c3 = series::ears(to_array(twelve_days), {Method::c3, 0});
  EXPECT_CLOSE(c3.statistic[11], 23.33493766);
  EXPECT_TRUE(std::isnan(c3.statistic[10]));
}

TEST(Ears, HandWorkedFlatWeek) {
  // Mean 2, sd 0, so the floor of 1/2 is the unit: (4 - 2) / 0.5 = 4 sigmas, upper 2 + 3 * 0.5.
  const series::Excess ears = series::ears(to_array({2, 2, 2, 2, 2, 2, 2, 4}), {Method::c1, 0.5});
  EXPECT_EQ(ears.statistic[7], 4);
  EXPECT_EQ(ears.upper[7], 3.5);
  EXPECT_TRUE(ears.alarm[7]);
}

TEST(Ears, HasNothingToSayOfAFlatWeekWithoutAFloor) {
  const series::Excess ears = series::ears(to_array({2, 2, 2, 2, 2, 2, 2, 4}), {Method::c1, 0});
  EXPECT_TRUE(std::isnan(ears.statistic[7]));
  EXPECT_TRUE(std::isnan(ears.upper[7]));
  EXPECT_FALSE(ears.alarm[7]);
}

TEST(Ears, RaisesItsAlarmAboveTheLimitAndNotAtIt) {
  // Flat at 2 with unit 1: five acts are 3 sigmas, which is the limit of C1.
  EXPECT_FALSE(series::ears(to_array({2, 2, 2, 2, 2, 2, 2, 5}), {Method::c1, 1}).alarm[7]);
  EXPECT_TRUE(series::ears(to_array({2, 2, 2, 2, 2, 2, 2, 6}), {Method::c1, 1}).alarm[7]);
  // C3 on days with C2 = 2, 2, 1 and 2, 2, 2: sums 1 + 1 + 0 and 1 + 1 + 1 against its limit of 2.
  const std::vector<double> flat(9, 2.0);
  std::vector<double> at = flat;
  at.insert(at.end(), {4, 4, 3});
  std::vector<double> above = flat;
  above.insert(above.end(), {4, 4, 4});
  EXPECT_FALSE(series::ears(to_array(at), {Method::c3, 1}).alarm[11]);
  EXPECT_TRUE(series::ears(to_array(above), {Method::c3, 1}).alarm[11]);
}

TEST(Ears, WaitsForAFullWindow) {
  const std::vector<double> y = samples::random_counts(21, 30, 2);
  const std::vector<std::pair<Method, int>> first_days{{Method::c1, 7}, {Method::c2, 9}, {Method::c3, 11}};
  for (const auto& [method, first] : first_days) {
    const series::Excess ears = series::ears(to_array(y), {method, 0.5});
    for (int t = 0; t < 30; ++t) EXPECT_EQ(std::isnan(ears.statistic[t]), t < first) << t;
  }
}

TEST(Ears, IsMissingWhileADayOfItsWindowIsMissing) {
  std::vector<double> y(40, 1.0);
  y[20] = nan;
  const series::Excess c1 = series::ears(to_array(y), {Method::c1, 0.5});
  const series::Excess c2 = series::ears(to_array(y), {Method::c2, 0.5});
  const series::Excess c3 = series::ears(to_array(y), {Method::c3, 0.5});
  for (int t = 11; t < 40; ++t) {
    EXPECT_EQ(std::isnan(c1.statistic[t]), t >= 20 && t <= 27) << t;
    EXPECT_EQ(std::isnan(c1.upper[t]), t >= 21 && t <= 27) << t;
    EXPECT_EQ(std::isnan(c2.statistic[t]), t == 20 || (t >= 23 && t <= 29)) << t;
    EXPECT_EQ(std::isnan(c3.statistic[t]), t >= 20 && t <= 31) << t;
  }
}

TEST(Ears, EqualsTheNaiveDefinition) {
  const std::vector<double> y = samples::random_counts(22, 300, 0.7, 0.03);
  for (const double min_sigma : {0.0, 0.5, 2.0}) {
    const series::Excess c1 = series::ears(to_array(y), {Method::c1, min_sigma});
    const series::Excess c2 = series::ears(to_array(y), {Method::c2, min_sigma});
    const series::Excess c3 = series::ears(to_array(y), {Method::c3, min_sigma});
    for (int t = 0; t < 300; ++t) {
      EXPECT_CLOSE(c1.statistic[t], reference::ears_sigmas(y, t, 0, min_sigma));
      EXPECT_CLOSE(c2.statistic[t], reference::ears_sigmas(y, t, 2, min_sigma));
      EXPECT_CLOSE(c3.statistic[t], reference::ears_c3(y, t, min_sigma));
    }
  }
}

TEST(Ears, OfMovedAndScaledCountsIsTheSame) {
  const std::vector<double> y = samples::random_counts(23, 60, 3);
  std::vector<double> moved;
  for (const double count : y) moved.push_back(4 * count + 10);
  const series::Excess plain = series::ears(to_array(y), {Method::c2, 0.5});
  const series::Excess other = series::ears(to_array(moved), {Method::c2, 2});
  for (int t = 9; t < 60; ++t) EXPECT_CLOSE(other.statistic[t], plain.statistic[t]);
}

TEST(Ears, DoesNotLookAhead) {
  std::vector<double> y = samples::random_counts(24, 60, 1);
  const series::Excess before = series::ears(to_array(y), {Method::c3, 0.5});
  y[40] = 500;
  const series::Excess after = series::ears(to_array(y), {Method::c3, 0.5});
  for (int t = 11; t < 40; ++t) EXPECT_EQ(after.statistic[t], before.statistic[t]);
  EXPECT_NE(after.statistic[40], before.statistic[40]);
}

TEST(Ears, ContinuesFromASavedState) {
  const std::vector<double> y = samples::random_counts(25, 50, 1, 0.02);
  const Ears::Options options{Method::c3, 0.5};
  const series::Excess whole = series::ears(to_array(y), options);
  Ears first(options);
  for (int t = 0; t < 30; ++t) (void)first.step(y[static_cast<std::size_t>(t)], 1);
  Ears second(options, first.state());
  for (int t = 30; t < 50; ++t) {
    const double count = y[static_cast<std::size_t>(t)];
    const Ears::Reading reading = second.step(count, std::isnan(count) ? 0 : 1);
    EXPECT_PRED3(samples::is_close, reading.statistic, whole.statistic[t], 0.0);
    EXPECT_PRED3(samples::is_close, reading.upper, whole.upper[t], 0.0);
  }
}

TEST(Ears, RefusesWhatItCannotUse) {
  EXPECT_THROW((void)Ears({}, {{1, 2}, {0, 0}}), StateError);
  EXPECT_THROW((void)Ears::method_named("c1"), InputError);
  EXPECT_THROW((void)series::ears(to_array({1}), {Method::c1, -1}), InputError);
  EXPECT_THROW((void)series::ears(to_array({0.5}), {}), InputError);
  EXPECT_EQ(Ears::method_named("C2"), Method::c2);
}

}  // namespace
}  // namespace tocsin
