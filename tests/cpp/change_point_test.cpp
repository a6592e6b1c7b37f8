#include "tocsin/indicators/change_point.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "change_point.hpp"
#include "json.hpp"
#include "reference_table.hpp"
#include "sample_series.hpp"
#include "tocsin/error.hpp"
#include "tocsin/series.hpp"

namespace tocsin {
namespace {

using samples::nan;
using samples::to_array;

constexpr Belief unit_prior{1, 1, 1};

ChangePoint::Options exact(int window_days = 14, double hazard = 0.01) { return {hazard, window_days, {}}; }

double exposure_of(double count) { return std::isnan(count) ? 0 : 1; }

TEST(ChangePoint, HasTheCheckValuesOfTheToySeries) {
  const std::vector<double> recent{
      1, 1, 1, .03557249633, .03881493366, .03284749593, .03186683117, .1601282933, .8647731481, .8628069215};
  ChangePoint recursion(exact(3));
  ChangePoint::Reading last{};
  for (std::size_t t = 0; t < samples::toy.size(); ++t) {
    last = recursion.step(samples::toy[t], 1, unit_prior);
    EXPECT_CLOSE(last.p_recent, recent[t]);
  }
  EXPECT_CLOSE(last.log_evidence, -28.87896149);
  EXPECT_CLOSE(last.expected_run, 3.102809219);
  EXPECT_EQ(last.map_run, 3);
  EXPECT_CLOSE(recursion.runs()[2].probability, .8418882919);
  EXPECT_CLOSE(last.rate, 7.283566046);
}

TEST(ChangePoint, HandWorkedTwoDays) {
  // Day 0, one act: Gamma(1, 1) gives P(1) = 1/4, then Gamma(2, 2). Day 1, none: the old run gives (2/3)^2 = 4/9, a new
  // one 1/2, so p(y) = 1/4 (0.99 * 4/9 + 0.01 / 2).
  ChangePoint recursion(exact());
  (void)recursion.step(1, 1, unit_prior);
  const ChangePoint::Reading reading = recursion.step(0, 1, unit_prior);
  const double all = 0.99 * 4 / 9 + 0.01 / 2;
  EXPECT_CLOSE(reading.log_evidence, std::log(all / 4));
  const std::vector<ChangePoint::Run> runs = recursion.runs();
  ASSERT_EQ(runs.size(), 2);
  EXPECT_EQ(runs[0].days, 1);
  EXPECT_CLOSE(runs[0].probability, 0.99 * 0.01 / 2 / all);
  EXPECT_CLOSE(runs[1].probability, 0.99 * 0.99 * 4 / 9 / all);
  EXPECT_CLOSE(reading.rate, runs[0].probability / 2 + runs[1].probability * 2 / 3 + 0.01);
  // The new run, Gamma(1, 2), against the 0.99 * 1 + 0.01 * 1 acts a day of the day before: P(Exp(2) > 1).
  EXPECT_CLOSE(recursion.p_recent_up(), runs[0].probability * std::exp(-2));
  EXPECT_CLOSE(recursion.p_recent_above(3), runs[0].probability * std::exp(-6));
}

/// A series with whatever can happen: days not collected, half collected, another prior and dispersion every day.
struct Eventful {
  reference::Days days;
  reference::RunPriors priors;

  Eventful(std::uint64_t seed, bool is_dispersed) {
    random::Stream stream(seed);
    days = reference::Days::of(samples::random_counts(seed, 90, 0.7, 0.1));
    days.count[0] = days.count[1] = nan;
    days.exposure[0] = days.exposure[1] = 0;
    for (double& exposure : days.exposure) {
      if (exposure > 0 && stream.next_uniform() < 0.3) exposure = 0.25 + 2 * stream.next_uniform();
      const double shape = 0.05 + stream.next_uniform();
      priors.prior.push_back({shape, 0.2 + stream.next_uniform()});
      priors.dispersion.push_back(is_dispersed ? 1 + 4 * stream.next_uniform() : 1);
    }
  }
  [[nodiscard]] Belief belief(std::size_t t) const {
    return {priors.prior[t].shape, priors.prior[t].rate, priors.dispersion[t]};
  }
};

TEST(ChangePoint, EqualsTheNaiveDefinition) {
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    const Eventful sample(seed, seed % 2 == 1);
    const auto naive = reference::run_posteriors(sample.days, 0.03, sample.priors);
    ChangePoint recursion(exact(10, 0.03));
    int first_collected = 0;
    while (!sample.days.is_collected(first_collected)) ++first_collected;
    std::vector<double> rates;
    for (int t = 0; t < sample.days.size(); ++t) {
      const auto i = static_cast<std::size_t>(t);
      const auto reading = recursion.step(sample.days.count[i], sample.days.exposure[i], sample.belief(i));
      EXPECT_NEAR(reading.log_evidence, naive[i].log_evidence, 1e-11 * (1 + std::abs(naive[i].log_evidence)));
      const std::vector<ChangePoint::Run> runs = recursion.runs();
      ASSERT_EQ(runs.size(), i + 1);
      double rate = 0.03 * sample.priors.prior[i].mean();
      double recent = 0.03;
      double expected_run = 0;
      for (std::size_t s = 0; s <= i; ++s) {
        const double probability = naive[i].probability[s];
        EXPECT_NEAR(runs[i - s].probability, probability, 1e-10 * probability) << "day " << t << ", run of day " << s;
        rate += probability * naive[i].rate[s].mean();
        expected_run += probability * static_cast<double>(i + 1 - s);
        if (i + 1 - s <= 10) recent += probability;
      }
      rates.push_back(rate);
      EXPECT_CLOSE(reading.rate, rate);
      EXPECT_CLOSE(reading.expected_run, expected_run);
      EXPECT_CLOSE(reading.p_recent, recent);
      EXPECT_NEAR(recursion.p_recent_up(), reference::p_recent_above(naive[i], t, 10, first_collected, rates), 1e-9);
      EXPECT_NEAR(recursion.p_recent_above(1.5),
                  reference::p_recent_above(naive[i], t, 10, first_collected, std::vector<double>(i + 1, 1.5)), 1e-9);
    }
  }
}

TEST(ChangePoint, KeepingMoreRunsThanThereAreIsExact) {
  ChangePoint all(exact());
  ChangePoint kept({0.01, 14, 202});
  for (const double count : samples::random_counts(3, 200, 1)) {
    const ChangePoint::Reading a = all.step(count, 1, unit_prior);
    const ChangePoint::Reading b = kept.step(count, 1, unit_prior);
    EXPECT_EQ(a.log_evidence, b.log_evidence);
    EXPECT_EQ(a.rate, b.rate);
  }
}

TEST(ChangePoint, HoldsAsManyRunsAsItMayAndTheirProbabilitiesSumToOneMinusTheHazard) {
  ChangePoint recursion({0.02, 14, 9});
  for (const double count : samples::random_counts(4, 300, 1, 0.1)) {
    (void)recursion.step(count, exposure_of(count), unit_prior);
    const std::vector<ChangePoint::Run> runs = recursion.runs();
    EXPECT_LE(runs.size(), 8);  // and the one that begins tomorrow
    double sum = 0;
    for (const ChangePoint::Run& run : runs) sum += run.probability;
    EXPECT_NEAR(sum, 0.98, 1e-12);
    EXPECT_TRUE(std::is_sorted(runs.begin(), runs.end(), [](const auto& a, const auto& b) { return a.days < b.days; }));
  }
}

// The rate, half an act a day in the median, is drawn anew about every 200 days.
std::vector<double> simulated_regimes(std::uint64_t seed, int days) {
  random::Stream stream(random::combine_keys(6, seed));
  std::vector<double> counts;
  double rate = random::gamma(stream, 0.8);
  for (int day = 0; day < days; ++day) {
    if (stream.next_uniform() < 0.005) rate = 2 * random::gamma(stream, 0.8);
    counts.push_back(static_cast<double>(random::poisson(stream, rate)));
  }
  return counts;
}

// INDICATORS, finding 4. TOCSIN_ALL_SERIES=1 takes 100 series and prints; otherwise 6.
TEST(ChangePoint, SixtyFourRunsAreAsGoodAsAll) {
  const bool is_whole = std::getenv("TOCSIN_ALL_SERIES") != nullptr;
  double of_all = 0;
  double of_kept = 0;
  double largest = 0;
  int far_days = 0;
  int all_days = 0;
  for (std::uint64_t seed = 0; seed < (is_whole ? 100U : 6U); ++seed) {
    const series::Array y = to_array(simulated_regimes(seed, 2000));
    const series::Changes all = series::change_point(y, samples::every_day, {0.01, 14, {}}, unit_prior);
    const series::Changes kept = series::change_point(y, samples::every_day, {0.01, 14, 64}, unit_prior);
    const series::Array apart = (all.p_recent - kept.p_recent).abs();
    far_days += static_cast<int>((apart > 0.01).count());
    all_days += static_cast<int>(apart.size());
    largest = std::max(largest, apart.maxCoeff());
    of_all += all.log_evidence[1999];
    of_kept += kept.log_evidence[1999];
  }
  const double share = static_cast<double>(far_days) / all_days;
  EXPECT_NEAR(of_kept / of_all, 1, 0.0005);
  EXPECT_LT(share, 0.01);
  EXPECT_LT(largest, 0.05);
  RecordProperty("log_evidence_exact", std::to_string(of_all));
  RecordProperty("log_evidence_keep_64", std::to_string(of_kept));
  RecordProperty("share_of_days_apart_by_more_than_0_01", std::to_string(share));
  RecordProperty("largest_difference", std::to_string(largest));
}

TEST(ChangePoint, ADayNotCollectedMakesRunsOlderAndTeachesNothing) {
  ChangePoint recursion(exact());
  for (const double count : {3.0, 0.0, 1.0}) (void)recursion.step(count, 1, unit_prior);
  const std::vector<ChangePoint::Run> before = recursion.runs();
  const ChangePoint::Reading reading = recursion.step(nan, 0, unit_prior);
  const std::vector<ChangePoint::Run> after = recursion.runs();
  ASSERT_EQ(after.size(), before.size() + 1);
  EXPECT_CLOSE(after[0].probability, 0.01 * 0.99);
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(after[i + 1].days, before[i].days + 1);
    EXPECT_CLOSE(after[i + 1].probability, 0.99 * before[i].probability);
    EXPECT_EQ(after[i + 1].posterior.shape, before[i].posterior.shape);
    EXPECT_EQ(after[i + 1].posterior.rate, before[i].posterior.rate);
  }
  ChangePoint without(exact());
  double evidence = 0;
  for (const double count : {3.0, 0.0, 1.0}) evidence = without.step(count, 1, unit_prior).log_evidence;
  EXPECT_EQ(reading.log_evidence, evidence);
}

TEST(ChangePoint, NothingCollectedIsNoChange) {
  ChangePoint recursion({});
  for (int day = 0; day < 30; ++day) {
    EXPECT_CLOSE(recursion.step(nan, 0, unit_prior).rate, 1);
    EXPECT_EQ(recursion.p_recent_up(), 0);
  }
  // Runs that began before the first collected day hold it; there was nothing to change from.
  (void)recursion.step(50, 1, unit_prior);
  EXPECT_EQ(recursion.p_recent_up(), 0);
}

TEST(ChangePoint, TellsARiseFromAFall) {
  ChangePoint rise({});
  ChangePoint fall({});
  for (int day = 0; day < 200; ++day) {
    (void)rise.step(1, 1, unit_prior);
    (void)fall.step(8, 1, unit_prior);
  }
  EXPECT_LT(rise.p_recent_up(), 0.1);
  for (int day = 0; day < 6; ++day) {
    (void)rise.step(8, 1, unit_prior);
    (void)fall.step(0, 1, unit_prior);
  }
  EXPECT_GT(rise.p_recent_up(), 0.99 * 0.98);
  EXPECT_LT(fall.p_recent_up(), 0.01);
  EXPECT_GT(rise.p_recent_above(3), 0.95);
  EXPECT_LT(rise.p_recent_above(30), 0.01);
}

TEST(ChangePoint, DoubtsAChangeInANoisySource) {
  ChangePoint plain({});
  ChangePoint noisy({});
  ChangePoint::Reading a{};
  ChangePoint::Reading b{};
  for (int day = 0; day < 120; ++day) {
    a = plain.step(day < 117 ? 2 : 7, 1, {1, 1, 1});
    b = noisy.step(day < 117 ? 2 : 7, 1, {1, 1, 5});
  }
  EXPECT_GT(a.p_recent, 0.8);
  EXPECT_LT(b.p_recent, 0.4);
}

TEST(ChangePoint, SurvivesCountsFarBeyondThePriorAndTheRangeOfANumber) {
  // Each of these days has a probability below e^-700 under every run, old or new.
  for (const std::optional<int> keep : {std::optional<int>{}, std::optional<int>{8}}) {
    ChangePoint recursion({0.01, 14, keep});
    ChangePoint::Reading reading{};
    for (int day = 0; day < 120; ++day) {
      const double count = (day / 30) % 2 == 0 ? 2000 + day % 7 : 9000 + day % 5;
      reading = recursion.step(count, 1, unit_prior);
      ASSERT_TRUE(std::isfinite(reading.log_evidence));
    }
    EXPECT_EQ(reading.map_run, 30);
    EXPECT_NEAR(reading.rate, 9002, 400);
  }
}

TEST(ChangePoint, EqualsTheNaiveDefinitionWhereWeightsLeaveTheRangeOfANumber) {
  std::vector<double> y;
  for (int day = 0; day < 60; ++day) y.push_back((day / 15) % 2 == 0 ? day % 3 : 900 + day % 5);
  const reference::Days days = reference::Days::of(y);
  const reference::RunPriors priors{std::vector<reference::Gamma>(y.size(), {1, 1}), std::vector<double>(y.size(), 1)};
  const auto naive = reference::run_posteriors(days, 0.01, priors);
  ChangePoint recursion(exact());
  for (std::size_t t = 0; t < y.size(); ++t) {
    const auto reading = recursion.step(y[t], 1, unit_prior);
    EXPECT_NEAR(reading.log_evidence, naive[t].log_evidence, 1e-11 * (1 + std::abs(naive[t].log_evidence)));
    const std::vector<ChangePoint::Run> runs = recursion.runs();
    for (std::size_t s = 0; s <= t; ++s) {
      const double probability = naive[t].probability[s];
      EXPECT_NEAR(runs[t - s].probability, probability, 1e-9 * probability) << "day " << t << ", run of day " << s;
    }
  }
}

TEST(ChangePoint, ContinuesFromASavedStateBitForBit) {
  const ChangePoint::Options options{0.01, 14, 20};
  ChangePoint whole(options);
  ChangePoint halved(options);
  std::vector<double> y = samples::random_counts(9, 120, 0.8, 0.1);
  for (std::size_t day = 30; day < 45; ++day) y[day] = 700;
  std::size_t day = 0;
  for (const double count : y) {
    const Belief belief{0.3, 0.7, day % 3 == 0 ? 2.0 : 1.0};
    const ChangePoint::Reading expected = whole.step(count, exposure_of(count), belief);
    ChangePoint::State state;
    fields_from_json(parse_json(fields_to_json(halved.state()).dump()), state, Absent::is_fault, "");
    halved = ChangePoint(options, state);
    const ChangePoint::Reading found = halved.step(count, exposure_of(count), belief);
    EXPECT_EQ(found.p_recent, expected.p_recent) << day;
    EXPECT_EQ(found.rate, expected.rate) << day;
    EXPECT_EQ(found.expected_run, expected.expected_run) << day;
    EXPECT_EQ(found.log_evidence, expected.log_evidence) << day;
    EXPECT_EQ(halved.p_recent_up(), whole.p_recent_up()) << day;
    ++day;
  }
}

TEST(ChangePoint, RefusesAStateThatDoesNotFit) {
  const ChangePoint::State state = ChangePoint({0.01, 14, 64}).state();
  EXPECT_THROW(ChangePoint({0.01, 7, 64}, state), StateError);
  ChangePoint::State broken = state;
  broken.weights.push_back(1);
  EXPECT_THROW(ChangePoint({0.01, 14, 64}, broken), StateError);
}

TEST(ChangePoint, RefusesOptionsOutOfRange) {
  const series::Array y = to_array({1, 2});
  const auto with = [&](const ChangePoint::Options& options, const Belief& belief) {
    return series::change_point(y, samples::every_day, options, belief);
  };
  EXPECT_THROW((void)with({0, 14, 64}, unit_prior), InputError);
  EXPECT_THROW((void)with({1, 14, 64}, unit_prior), InputError);
  EXPECT_THROW((void)with({nan, 14, 64}, unit_prior), InputError);
  EXPECT_THROW((void)with({0.01, 0, 64}, unit_prior), InputError);
  EXPECT_THROW((void)with({0.01, 14, 1}, unit_prior), InputError);
  EXPECT_THROW((void)with({0.01, 14, 64}, {1, 0, 1}), InputError);
  EXPECT_THROW((void)with({0.01, 14, 64}, {1, 1, 0.5}), InputError);
}

/// Adams and MacKay's recursion with 40 digits, by somebody else's program: set TOCSIN_SHARED to the folder that holds
/// reference/.
TEST(ChangePoint, HasTheRunLengthPosteriorOfFortyDigits) {
  const char* shared = std::getenv("TOCSIN_SHARED");
  if (shared == nullptr || *shared == '\0') GTEST_SKIP() << "TOCSIN_SHARED is not set";
  const std::string folder = std::string(shared) + "/reference/";
  const auto input = reference_table::read_csv(folder + "input/daily400.csv");
  const auto daily = reference_table::read_csv(folder + "out/bocpd_exact.csv");
  const auto posterior = reference_table::read_csv(folder + "out/bocpd_exact_final_runlength.csv");
  ASSERT_FALSE(input.empty() || daily.empty() || posterior.empty());
  const std::vector<std::string> columns{"day",        "date",    "pois_step", "nb_ramp", "weekly_hump", "sparse",
                                         "nb_missing", "ingarch", "huge",      "zero",    "const"};
  std::string name;
  std::optional<ChangePoint> recursion;
  double hazard = 0;
  std::size_t t = 0;
  const auto compare_runs = [&] {
    if (!recursion) return;
    const std::vector<ChangePoint::Run> runs = recursion->runs();
    for (const auto& row : posterior) {
      const int r = std::atoi(row[4].c_str());
      if (row[0] != name || r == 0) continue;
      const double expected = reference_table::number(row[5]);
      const ChangePoint::Run& run = runs.at(static_cast<std::size_t>(r) - 1);
      EXPECT_EQ(run.days, r);
      EXPECT_LT(reference_table::error_of(run.probability, expected), 1e-10) << name << ", r = " << r;
    }
  };
  for (const auto& row : daily) {
    if (row[0] != name) {
      compare_runs();
      name = row[0];
      hazard = 1 / std::strtod(row[3].c_str() + 2, nullptr);
      recursion.emplace(exact(7, hazard));
      t = 0;
    }
    const auto column = static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) - columns.begin());
    const std::string& cell = input.at(t)[column];
    const double exposure = cell.empty() || cell == "NA" || cell == "nan" ? 0 : 1;
    const auto reading = recursion->step(exposure > 0 ? reference_table::number(cell) : nan, exposure,
                                         {reference_table::number(row[1]), reference_table::number(row[2]), 1});
    EXPECT_LT(reference_table::error_of(reading.log_evidence, reference_table::number(row[11])), 1e-10) << name << t;
    EXPECT_LT(reference_table::error_of(reading.p_recent - hazard, reference_table::number(row[7])), 1e-10)
        << name << t;
    EXPECT_LT(reference_table::error_of(reading.expected_run, reference_table::number(row[8])), 1e-10) << name << t;
    EXPECT_EQ(reading.map_run, reference_table::number(row[9])) << name << t;
    ++t;
  }
  compare_runs();
}

}  // namespace
}  // namespace tocsin
