#include "tocsin/series.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string>

#include "sample_series.hpp"
#include "tocsin/error.hpp"

namespace tocsin::series {
namespace {

using samples::every_day;
using samples::nan;
using samples::to_array;

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The call throws InputError, and its message holds both texts: the argument and what was found or expected.
void expect_refusal(const std::function<void()>& call, const std::string& argument, const std::string& reason) {
  try {
    call();
    ADD_FAILURE() << "accepted: " << argument << ", " << reason;
  } catch (const InputError& error) {
    const std::string message = error.what();
    EXPECT_NE(message.find(argument), std::string::npos) << message;
    EXPECT_NE(message.find(reason), std::string::npos) << message;
  }
}

void rate_of(const Array& y, const Array& exposure = every_day, double half_life = 14, const Belief& belief = {}) {
  (void)discounted_rate(y, exposure, half_life, belief);
}

void ratio_of(const RateRatio::Options& options) { (void)rate_ratio(to_array(samples::toy), every_day, options, {}); }

TEST(Series, RefusesCountsThatAreNotWholeNumbersFromZero) {
  expect_refusal([] { rate_of(to_array({1, -2})); }, "y[1]", "-2");
  expect_refusal([] { rate_of(to_array({1, 0, 1.5})); }, "y[2]", "1.5");
  expect_refusal([] { rate_of(to_array({infinity})); }, "y[0]", "inf");
  expect_refusal([] { rate_of(to_array({2e9})); }, "y[0]", "1e9");
}

TEST(Series, TakesNanForADayNotCollected) {
  const Rate rate = discounted_rate(to_array({nan, 3}), every_day, 14, {});
  EXPECT_EQ(rate.mean[0], 1);  // the prior, 0.5 / 0.5
  EXPECT_DOUBLE_EQ(rate.mean[1], 3.5 / 1.5);
}

TEST(Series, ReadsAnAbsentExposureAsOneEveryDay) {
  const Array y = to_array(samples::toy);
  const Rate implied = discounted_rate(y, every_day, 14, {});
  const Rate stated = discounted_rate(y, Array::Ones(y.size()), 14, {});
  EXPECT_TRUE((implied.mean == stated.mean).all());
}

TEST(Series, ReadsExposureZeroAsNotCollected) {
  const Rate zero = discounted_rate(to_array({2, 7}), to_array({1, 0}), 14, {});
  const Rate missing = discounted_rate(to_array({2, nan}), every_day, 14, {});
  EXPECT_EQ(zero.mean[1], missing.mean[1]);
}

TEST(Series, RefusesAnExposureThatDoesNotFit) {
  expect_refusal([] { rate_of(to_array({1, 2}), to_array({1})); }, "exposure", "2");
  expect_refusal([] { rate_of(to_array({1, 2}), to_array({1, -1})); }, "exposure[1]", "-1");
  expect_refusal([] { rate_of(to_array({1, 2}), to_array({1, nan})); }, "exposure[1]", "nan");
}

TEST(Series, RefusesAHalfLifeThatIsNotAboveZero) {
  for (const double half_life : {0.0, -1.0, nan, infinity}) {
    expect_refusal([&] { rate_of(to_array({1}), every_day, half_life); }, "half_life_days", "above 0");
  }
}

TEST(Series, RefusesABeliefThatIsNone) {
  expect_refusal([] { rate_of(to_array({1}), every_day, 14, {0, 0.5, 1}); }, "prior_shape", "above 0");
  expect_refusal([] { rate_of(to_array({1}), every_day, 14, {0.5, 0, 1}); }, "prior_rate", "above 0");
  expect_refusal([] { rate_of(to_array({1}), every_day, 14, {0.5, 0.5, 0.9}); }, "dispersion", ">= 1");
}

TEST(Series, RefusesWindowsWithoutDays) {
  expect_refusal([] { ratio_of({0, 28, 0}); }, "window_days", ">= 1");
  expect_refusal([] { ratio_of({7, 0, 0}); }, "baseline_days", ">= 1");
  expect_refusal([] { ratio_of({7, 28, -1}); }, "guard_days", ">= 0");
}

TEST(Series, RefusesSurpriseOptionsOutOfRange) {
  const auto with = [](Surprise::Options options) { (void)surprise(to_array({1}), every_day, options); };
  expect_refusal([&] { with({{0, 2}, {}, 4, {}}); }, "half_life_days", "above 0");
  expect_refusal([&] { with({{180, -1}, {}, 4, {}}); }, "guard_days", ">= 0");
  expect_refusal([&] { with({{180, 2}, {}, 4, 0.5}); }, "dispersion", ">= 1");
  expect_refusal([&] { with({{180, 2}, {}, 4, {}, {0, 30, 1}}); }, "prior_shape", "above 0");
  expect_refusal([&] { with({{180, 2}, {}, 4, {}, {1.5, 0, 1}}); }, "prior_rate", "above 0");
  expect_refusal([&] { with({{180, 2}, {}, 4, {}, {1.5, 30, 0.5}}); }, "prior_dispersion", ">= 1");
}

TEST(Series, RefusesAPredictiveTailWithoutABelief) {
  expect_refusal([] { (void)predictive_tail(1, 1, {0, 8}, 1); }, "shape", "above 0");
  expect_refusal([] { (void)predictive_tail(1, 1, {4, 0}, 1); }, "rate", "above 0");
  expect_refusal([] { (void)predictive_tail(1, 0, {4, 8}, 1); }, "exposure", "above 0");
  expect_refusal([] { (void)predictive_tail(1, 1, {4, 8}, 0); }, "dispersion", ">= 1");
  expect_refusal([] { (void)predictive_tail(-1, 1, {4, 8}, 1); }, "count", "-1");
}

TEST(Series, RefusesCusumMeansThatDoNotFit) {
  const Array y = to_array({1, 2});
  expect_refusal([&] { (void)cusum(y, to_array({0}), 2, 1, 365); }, "mean[0]", "above 0");
  expect_refusal([&] { (void)cusum(y, to_array({1, 1, 1}), 2, 1, 365); }, "mean", "3");
  expect_refusal([&] { (void)cusum(y, to_array({1}), 1, 1, 365); }, "ratio", "above 1");
  expect_refusal([&] { (void)cusum(y, to_array({1}), 2, 1, 29); }, "false_alarm_days", "29, expected days from 30");
}

TEST(Series, TakesOneCusumMeanADay) {
  const Array y = to_array({3, 3});
  const Rise steady = cusum(y, to_array({1, 1}), 2, 1, 365);
  const Rise once = cusum(y, to_array({1}), 2, 1, 365);
  const Rise rising = cusum(y, to_array({1, 2}), 2, 1, 365);
  EXPECT_TRUE((steady.statistic == once.statistic).all());
  EXPECT_TRUE((steady.threshold == once.threshold).all());
  EXPECT_GT(steady.statistic[1], rising.statistic[1]);
  EXPECT_EQ(steady.threshold[0], rising.threshold[0]);
  EXPECT_EQ(rising.threshold[1], Cusum::threshold(2, 1, 365));
}

TEST(Series, RefusesTwoSeriesOfUnequalLength) {
  const Array one = to_array({1});
  const Array two = to_array({1, 2});
  expect_refusal([&] { (void)material_share(one, two, 14, 1); }, "rhetoric and material", "1 and 2");
  expect_refusal([&] { (void)reciprocity(two, one, 14); }, "forward and backward", "2 and 1");
  expect_refusal([&] { (void)mediation_coverage(one, two, {}, 1); }, "mediation and hostile", "1 and 2");
}

TEST(Series, RefusesALadderThatDoesNotHaveSevenRungs) {
  const Eigen::Array<double, 1, 6, Eigen::RowMajor> six = Eigen::Array<double, 1, 6, Eigen::RowMajor>::Zero();
  expect_refusal([&] { (void)rung(six, {}); }, "6 columns", "7");
  const Eigen::Array<double, 1, 7, Eigen::RowMajor> seven = Eigen::Array<double, 1, 7, Eigen::RowMajor>::Zero();
  expect_refusal([&] { (void)rung(seven, {0, 2}); }, "window_days", ">= 1");
  expect_refusal([&] { (void)rung(seven, {28, 0}); }, "min_events", "above 0");
}

TEST(Series, RefusesFractionalHostileButTakesFractionalMediation) {
  expect_refusal([] { (void)mediation_coverage(to_array({1}), to_array({0.5}), {}, 1); }, "hostile[0]", "0.5");
  expect_refusal([] { (void)mediation_coverage(to_array({-0.5}), to_array({1}), {}, 1); }, "mediation[0]", "-0.5");
  EXPECT_NO_THROW((void)mediation_coverage(to_array({0.5}), to_array({1}), {}, 1));
}

TEST(Series, GivesEmptyArraysForAnEmptySeries) {
  EXPECT_EQ(discounted_rate(every_day, every_day, 14, {}).mean.size(), 0);
  EXPECT_EQ(surprise(every_day, every_day, {}).bans.size(), 0);
}

}  // namespace
}  // namespace tocsin::series
