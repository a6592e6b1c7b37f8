#include "tocsin/indicators/surprise.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "rates.hpp"
#include "sample_series.hpp"
#include "tocsin/series.hpp"

namespace tocsin {
namespace {

using samples::every_day;
using samples::nan;
using samples::to_array;

TEST(PredictiveTail, IsGeometricForAnExponentialBelief) {
  // Gamma(1, 1) gives P(Y = k) = 2^-(k+1), P(Y >= k) = 2^-k: at 3, 1/8 and 1/16.
  const PredictiveTail tail = PredictiveTail::of(3, 1, {1, 1}, 1);
  EXPECT_CLOSE(tail.bans(), 3 * std::log10(2.0));
  EXPECT_CLOSE(tail.bits(), 4);
  EXPECT_CLOSE(tail.mid_p(), 1.0 / 8 - 1.0 / 32);
}

TEST(PredictiveTail, OfZeroActsIsCertain) {
  const PredictiveTail tail = PredictiveTail::of(0, 1, {4, 8}, 1);
  EXPECT_EQ(tail.bans(), 0);
  EXPECT_FALSE(std::signbit(tail.bans()));
}

TEST(PredictiveTail, EqualsTheSumOfItsTerms) {
  for (const double phi : {1.0, 1.2, 3.0, 20.0}) {
    for (const double y : {0.0, 1.0, 7.0, 40.0}) {
      for (const GammaPosterior slow : {GammaPosterior{1.5, 30}, GammaPosterior{400, 120}, GammaPosterior{0.7, 0.2}}) {
        const PredictiveTail tail = PredictiveTail::of(y, 0.8, slow, phi);
        const reference::Surprise naive = reference::surprise(y, 0.8, {slow.shape, slow.rate}, phi);
        EXPECT_PRED3(samples::is_close, tail.bans(), naive.bans, 1e-8) << phi << " " << y;
        EXPECT_PRED3(samples::is_close, tail.mid_p(), naive.mid_p, 1e-8) << phi << " " << y;
        EXPECT_PRED3(samples::is_close, tail.bits(), naive.bits, 1e-8) << phi << " " << y;
      }
    }
  }
}

TEST(PredictiveTail, IsCappedAtTwelveBans) { EXPECT_EQ(PredictiveTail::of(1e6, 1, {1.5, 30}, 1).bans(), 12); }

TEST(PredictiveTail, IsLessSurprisedByANoisySource) {
  double before = 12;
  for (const double phi : {1.0, 1.5, 3.0, 10.0}) {
    const double bans = PredictiveTail::of(6, 1, {4, 8}, phi).bans();
    EXPECT_LT(bans, before);
    before = bans;
  }
}

TEST(Surprise, EqualsTheNaiveDefinitionOnASeriesWithGaps) {
  const std::vector<double> y = samples::random_counts(7, 150, 0.3, 0.1);
  const auto days = reference::Days::of(y);
  const reference::Watch naive = reference::watch(days);
  const series::Unusual unusual = series::surprise(to_array(y), every_day, {});
  for (int t = 0; t < days.size(); ++t) {
    const auto at = static_cast<std::size_t>(t);
    if (!days.is_collected(t)) {
      EXPECT_TRUE(std::isnan(unusual.bans[t]));
      continue;
    }
    const reference::Surprise expected = reference::surprise(y[at], 1, naive.slow[at], naive.dispersion[at]);
    EXPECT_NEAR(unusual.bans[t], expected.bans, 1e-8) << "day " << t;
    EXPECT_PRED3(samples::is_close, unusual.mid_p[t], expected.mid_p, 1e-7) << "day " << t;
    EXPECT_PRED3(samples::is_close, unusual.bits[t], expected.bits, 1e-8) << "day " << t;
  }
}

TEST(Surprise, IsJudgedByDaysBeforeTheGuardOnly) {
  // The same day 9 after 2 acts and after 200 acts on the two guarded days: the slow rate does not see them.
  std::vector<double> calm(10, 1.0);
  std::vector<double> wild = calm;
  wild[7] = wild[8] = 200;
  calm[9] = wild[9] = 4;
  Surprise::Options options;
  options.dispersion = 1.0;
  EXPECT_EQ(series::surprise(to_array(calm), every_day, options).bans[9],
            series::surprise(to_array(wild), every_day, options).bans[9]);
  wild[6] = 200;
  EXPECT_NE(series::surprise(to_array(calm), every_day, options).bans[9],
            series::surprise(to_array(wild), every_day, options).bans[9]);
}

TEST(Surprise, OfTheFirstEventAfterALongSilenceIsFinite) {
  Surprise surprise({});
  for (int day = 0; day < 5000; ++day) (void)surprise.step(0, 1);
  const double bans = surprise.step(1, 1).tail().bans();
  EXPECT_GT(bans, 1.5);  // one act in some 290 days of weight and 1.5 acts of prior
  EXPECT_LT(bans, 3);
}

TEST(Surprise, WithAnotherBeliefEqualsTheNaiveDefinition) {
  const std::vector<double> y = samples::random_counts(7, 150, 0.3, 0.1);
  const auto days = reference::Days::of(y);
  const reference::Watch naive = reference::watch(days, {}, 180, 2, {{0.15, 30}, 1.35});
  Surprise::Options options;
  options.unseen = Surprise::rare_acts;
  const series::Unusual unusual = series::surprise(to_array(y), every_day, options);
  for (int t = 0; t < days.size(); ++t) {
    const auto at = static_cast<std::size_t>(t);
    if (!days.is_collected(t)) continue;
    const reference::Surprise expected = reference::surprise(y[at], 1, naive.usual[at], naive.usual_dispersion[at]);
    EXPECT_NEAR(unusual.bans[t], expected.bans, 1e-8) << "day " << t;
    EXPECT_PRED3(samples::is_close, unusual.mid_p[t], expected.mid_p, 1e-7) << "day " << t;
  }
}

TEST(Surprise, WithAnotherBeliefMovesNeitherTheSlowRateNorTheCusum) {
  Surprise::Options options;
  options.unseen = Surprise::rare_acts;
  Surprise believes(options);
  Surprise plain({});
  for (const double count : samples::random_counts(9, 200, 0.3)) {
    const Surprise::Reading one = believes.step(count, 1);
    const Surprise::Reading other = plain.step(count, 1);
    EXPECT_EQ(one.baseline.mean(), other.baseline.mean());
    EXPECT_EQ(one.dispersion, other.dispersion);
    EXPECT_EQ(one.cusum, other.cusum);
    EXPECT_EQ(other.usual.mean(), other.baseline.mean());  // by default a day is judged by the slow rate itself
    EXPECT_EQ(other.usual_dispersion, other.dispersion);
  }
}

TEST(Surprise, BeforeAnyDayIsThatOfTheBelief) {
  // Gamma(0.15, 30) and phi 1.35: mean 1/200, variance 1.35/200 + (1/200)^2 / 0.15.
  Surprise::Options options;
  options.unseen = Surprise::rare_acts;
  const PredictiveTail first = Surprise(options).step(2, 1).tail();
  EXPECT_CLOSE(first.bans(), reference::surprise(2, 1, {0.15, 30}, 1.35).bans);
  EXPECT_GT(first.bans(), 2.5);
}

TEST(Surprise, OfRareActsThatComeInBurstsExpectsThemAsOftenAsTheyCome) {
  // Bursts on one day in 200, of one, two or three rows (0.8, 0.15, 0.05): what a quiet pair looks like. 200,000 days
  // have 1,000 with an act, a standard error of 3 %. The slow rate alone, with 1.5 acts of prior, expects far more.
  random::Stream stream(5);
  Surprise::Options options;
  options.unseen = Surprise::rare_acts;
  Surprise believes(options);
  Surprise plain({});
  double expected = 0;
  double expected_plain = 0;
  int happened = 0;
  for (int day = 0; day < 200000; ++day) {
    const double burst = stream.next_uniform();
    const double rows = burst < 0.00025 ? 3 : burst < 0.001 ? 2 : burst < 0.005 ? 1 : 0;
    const Surprise::Reading one = believes.step(rows, 1);
    const Surprise::Reading other = plain.step(rows, 1);
    expected += std::exp(PredictiveTail::of(1, 1, one.usual, one.usual_dispersion).log_tail);
    expected_plain += std::exp(PredictiveTail::of(1, 1, other.usual, other.usual_dispersion).log_tail);
    if (rows > 0) ++happened;
  }
  EXPECT_NEAR(expected / happened, 1, 0.15);
  EXPECT_GT(expected_plain / happened, 1.6);
}

TEST(Surprise, ExpectsHalfAsMuchOnAHalfCollectedDay) {
  Surprise whole({});
  Surprise half({});
  for (int day = 0; day < 30; ++day) {
    (void)whole.step(2, 1);
    (void)half.step(2, 1);
  }
  EXPECT_GT(half.step(4, 0.5).tail().bans(), whole.step(4, 1).tail().bans());
}

TEST(Surprise, IsCalibratedOnAQuietPair) {
  // The mean mid-p value of a calibrated forecast is 1/2. 20,000 days at 0.05 acts a day: a standard error of
  // sqrt(0.05 * 0.95 / 20000) / 2 = 0.0008 from the days, and less than 0.002 from the slow rate's own error.
  random::Stream stream(3);
  Surprise surprise({});
  double sum = 0;
  for (int day = 0; day < 20000; ++day) {
    sum += surprise.step(static_cast<double>(random::poisson(stream, 0.05)), 1).tail().mid_p();
  }
  EXPECT_NEAR(sum / 20000, 0.5, 0.01);
}

TEST(Surprise, TakesABusyPairForSlightlyQuieterThanItIs) {
  // The prior of 30 days at 0.05 does not decay beside 1 / (1 - delta) = 260 days of evidence, so at 3 acts a day the
  // slow rate settles at (1.5 + 3 * 260.2) / (30 + 260.2) = 2.695. That is the price of a prior that a silence does not
  // wear off.
  Surprise surprise({});
  double slow = 0;
  for (int day = 0; day < 3000; ++day) slow = surprise.step(3, 1).baseline.mean();
  const double days = 1 / (1 - std::exp2(-1.0 / 180));
  EXPECT_NEAR(slow, (1.5 + 3 * days) / (30 + days), 1e-3);
  EXPECT_NEAR(slow, 2.695, 1e-3);
}

TEST(Surprise, DoesNotLookAhead) {
  std::vector<double> y = samples::random_counts(8, 60, 0.5);
  const series::Array before = series::surprise(to_array(y), every_day, {}).bans;
  y[40] = 500;
  const series::Array after = series::surprise(to_array(y), every_day, {}).bans;
  for (int t = 0; t < 40; ++t) EXPECT_EQ(after[t], before[t]);
}

}  // namespace
}  // namespace tocsin
