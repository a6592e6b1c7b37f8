#include "tocsin/indicators/reproduction_number.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "reproduction_number.hpp"
#include "sample_series.hpp"
#include "tocsin/error.hpp"
#include "tocsin/series.hpp"

namespace tocsin {
namespace {

using samples::every_day;
using samples::to_array;

const ReproductionNumber::Options check_options{2, 7, 2, 2, 1.0};

TEST(ReproductionNumber, HasTheCheckValues) {
  const std::vector<double> pressures{0,           .2928932188, .2071067812, .732233047,  .8106601718,
                                      .5732233047, .6982233047, 1.079504871, 2.520684528, 4.418432092};
  ReproductionNumber recursion(check_options);
  ReproductionNumber::Reading last{};
  for (std::size_t t = 0; t < samples::toy.size(); ++t) {
    last = recursion.step(samples::toy[t], 1, 0.8, 1);
    EXPECT_CLOSE(last.pressure, pressures[t]);
  }
  EXPECT_CLOSE(recursion.state().attributed, 22.31133946);
  EXPECT_CLOSE(recursion.state().at_risk, 9.626082205);
  EXPECT_CLOSE(last.mean(), 2.091103351);
  EXPECT_CLOSE(last.interval().low, 1.445718476);
  EXPECT_CLOSE(last.interval().high, 2.83406685);
  EXPECT_CLOSE(last.p_above_1(), .9992347727);
}

TEST(ReproductionNumber, AttributesEveryActWhereNothingComesFromOutside) {
  const series::Reproduction r =
      series::reproduction_number(to_array(samples::toy), every_day, to_array({0}), check_options, 1, {});
  EXPECT_CLOSE(r.mean[9], 2.855190712);
}

TEST(ReproductionNumber, AttributesByTheMeanOfTheDayBefore) {
  const series::Reproduction r =
      series::reproduction_number(to_array(samples::toy), every_day, to_array({0.8}), {2, 7, 2, 2, {}}, 1, {});
  EXPECT_CLOSE(r.mean[9], 2.135143220);
}

TEST(ReproductionNumber, OfASilentSeriesIsItsPrior) {
  const series::Reproduction r =
      series::reproduction_number(to_array(std::vector<double>(30, 0)), every_day, to_array({0.1}), {}, 1, {});
  EXPECT_EQ(r.mean[29], 0.5);
  EXPECT_EQ(r.pressure[29], 0);
}

TEST(ReproductionNumber, EqualsTheNaiveSums) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const std::vector<double> y = samples::random_counts(seed, 90, 0.7, 0.1);
    std::vector<double> exogenous;
    for (std::size_t t = 0; t < y.size(); ++t) exogenous.push_back(0.1 + 0.01 * static_cast<double>(t % 7));
    for (const double constant : {-1.0, 0.7}) {
      ReproductionNumber::Options options{3, 10, 1, 2, {}};
      if (constant >= 0) options.attribution_ratio = constant;
      const auto naive =
          reference::reproduction_number(reference::Days::of(y), exogenous, 3, 10, {1, 2}, 2.5, constant);
      const series::Reproduction r =
          series::reproduction_number(to_array(y), every_day, to_array(exogenous), options, 2.5, {});
      for (std::size_t t = 0; t < y.size(); ++t) {
        const auto day = static_cast<Eigen::Index>(t);
        EXPECT_CLOSE(r.pressure[day], naive[t].pressure);
        EXPECT_CLOSE(r.mean[day], naive[t].posterior.mean());
      }
    }
  }
}

TEST(ReproductionNumber, DecaysOnADayNotCollectedAndAddsNothing) {
  ReproductionNumber recursion({});
  (void)recursion.step(4, 1, 0.5, 1);
  (void)recursion.step(3, 1, 0.5, 1);
  const ReproductionNumber::State before = recursion.state();
  (void)recursion.step(samples::nan, 0, 0.5, 1);
  EXPECT_CLOSE(recursion.state().pressure, before.pressure * std::exp2(-1 / 2.0));
  EXPECT_CLOSE(recursion.state().attributed, before.attributed * std::exp2(-1 / 7.0));
  EXPECT_CLOSE(recursion.state().at_risk, before.at_risk * std::exp2(-1 / 7.0));
}

TEST(ReproductionNumber, GoesOnFromASavedState) {
  ReproductionNumber whole({});
  for (const double y : samples::toy) (void)whole.step(y, 1, 0.4, 2);
  ReproductionNumber resumed({}, whole.state());
  EXPECT_EQ(resumed.step(7, 1, 0.4, 2).mean(), whole.step(7, 1, 0.4, 2).mean());
}

TEST(ReproductionNumber, OfANoisySourceIsLessCertain) {
  const series::Array y = to_array(samples::toy);
  const series::Reproduction plain = series::reproduction_number(y, every_day, to_array({0.8}), check_options, 1, {});
  const series::Reproduction noisy = series::reproduction_number(y, every_day, to_array({0.8}), check_options, 4, {});
  EXPECT_LT(noisy.p_above_1[9], plain.p_above_1[9]);
}

TEST(ReproductionNull, TakesAStepForWhatItIs) {
  // 1 a day, then 6 for a fortnight: R looks high, and so does R of every series with this step and no excitation.
  std::vector<double> y = samples::random_counts(1, 0, 1);
  random::Stream stream(3);
  for (int day = 0; day < 200; ++day) y.push_back(static_cast<double>(random::poisson(stream, day < 186 ? 1 : 6)));
  series::ReproductionNull null;
  null.from_segments = true;
  const series::Reproduction r = series::reproduction_number(to_array(y), every_day, every_day, {}, 1, null);
  EXPECT_GT(r.mean[199], 0.7);
  EXPECT_LT(r.mean[199], r.null_95[199]);
  EXPECT_TRUE(std::isnan(r.null_95[198]));
}

TEST(ReproductionNull, OfADayKnowsNothingOfLaterDays) {
  const std::vector<double> y = samples::random_counts(4, 120, 1, 0.05);
  series::ReproductionNull null;
  null.from_segments = true;
  null.every_day = true;
  null.draws = 20;
  const series::Reproduction whole = series::reproduction_number(to_array(y), every_day, every_day, {}, 1, null);
  for (const Eigen::Index days : {1, 5, 40, 90}) {
    const series::Array start = to_array(y).head(days);
    const series::Reproduction part = series::reproduction_number(start, every_day, every_day, {}, 1, null);
    EXPECT_TRUE((part.null_95 == whole.null_95.head(days)).all()) << days;
  }
}

TEST(ReproductionNull, OfAPathIsTheQuantileOfTheRecursionOverSimulatedDays) {
  const series::Array y = to_array(samples::toy);
  const NoExcitation null{series::Array::Constant(10, 4), 1, 0};
  std::vector<double> means;
  for (std::uint64_t draw = 0; draw < 40; ++draw) {
    const series::Array counts = simulate(null, y, 9, draw);
    means.push_back(series::reproduction_number(counts, every_day, to_array({0.8}), {}, 1, {}).mean[9]);
  }
  std::sort(means.begin(), means.end());
  EXPECT_EQ(reproduction_null_95(null, y, {to_array({0.8}), {}}, {}, 1, 9, 40), means[38]);
}

TEST(ReproductionNull, TakesOnePathForTheLastDayOrOneForEachDay) {
  const series::Array y = to_array(samples::toy);
  series::ReproductionNull null;
  null.rate = decltype(null.rate)::Constant(1, 8, 2);
  const series::Reproduction latest = series::reproduction_number(y, every_day, to_array({0.8}), {}, 1, null);
  null.rate = decltype(null.rate)::Constant(10, 8, 2);
  null.every_day = true;
  const series::Reproduction all = series::reproduction_number(y, every_day, to_array({0.8}), {}, 1, null);
  EXPECT_EQ(latest.null_95[9], all.null_95[9]);
  EXPECT_FALSE(all.null_95.isNaN().any());
  null.rate = decltype(null.rate)::Constant(1, 8, 2);
  EXPECT_THROW((void)series::reproduction_number(y, every_day, to_array({0.8}), {}, 1, null), InputError);
}

TEST(ReproductionNumber, FlagsARegimeShiftWhereOneIsProbable) {
  series::ReproductionNull null;
  null.p_recent = to_array({0.2, 0.6, samples::nan});
  const series::Reproduction r =
      series::reproduction_number(to_array({1, 2, 3}), every_day, to_array({0.8}), {}, 1, null);
  EXPECT_EQ(r.regime_shift[0], 0);
  EXPECT_EQ(r.regime_shift[1], 1);
  EXPECT_TRUE(std::isnan(r.regime_shift[2]));
}

TEST(ReproductionNumber, RefusesWhatItCannotUse) {
  const series::Array y = to_array(samples::toy);
  const auto run = [&](const series::Array& rate, const ReproductionNumber::Options& options) {
    return series::reproduction_number(y, every_day, rate, options, 1, {});
  };
  EXPECT_THROW((void)run(to_array({-1}), {}), InputError);
  EXPECT_THROW((void)run(to_array({1, 1}), {}), InputError);
  EXPECT_THROW((void)run(to_array({1}), {0, 7, 1, 2, {}}), InputError);
  EXPECT_THROW((void)run(to_array({1}), {2, 7, 0, 2, {}}), InputError);
}

}  // namespace
}  // namespace tocsin
