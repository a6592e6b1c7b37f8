// Do the 90 % intervals hold the truth nine times in ten? Panels simulated from known rates, scored as users score
// theirs.

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "random.hpp"
#include "sample_panels.hpp"
#include "tocsin/scores.hpp"

namespace tocsin {
namespace {

struct Truth {
  double hostile;     // acts a day in the last week
  double log2_ratio;  // of the last week over the 28 days before
  double material;    // share of deeds
  double coverage;    // mediation acts per hostile act, over the last 28 days
};

struct Simulation {
  CountTable table;
  std::vector<Truth> truths;
};

/// Pairs with constant rates over `days`, those of the last week `jump` times as high. Rates cycle through a grid.
Simulation simulate(std::uint64_t seed, int pairs, int days, const std::vector<double>& jumps) {
  constexpr std::array<double, 5> rates{0.3, 1, 2, 4, 8};
  constexpr std::array<double, 3> material_shares{0.1, 0.4, 0.7};
  constexpr std::array<double, 3> coverages{0.1, 0.3, 1};
  random::Stream stream(random::combine_keys(0x636f766572ULL, seed));
  Simulation simulation;
  CountTable& table = simulation.table;
  for (int pair = 0; pair < pairs; ++pair) {
    const auto id = static_cast<std::uint32_t>(table.actors.size());
    table.actors.push_back(samples::actor_name('A', pair));
    table.actors.push_back(samples::actor_name('B', pair));
    const auto pick = [&](const auto& values, int stride) {
      return values[static_cast<std::size_t>(pair / stride) % values.size()];
    };
    const double rate = pick(rates, 1);
    const double deeds = pick(material_shares, 5);
    const double coverage = pick(coverages, 15);
    const double jump = pick(jumps, 45);
    for (int day = 0; day < days; ++day) {
      const double now = day >= days - 7 ? jump * rate : rate;
      for (std::uint32_t direction = 0; direction < 2; ++direction) {
        table.dates.push_back(samples::first_day + day);
        table.sources.push_back(id + direction);
        table.targets.push_back(id + 1 - direction);
        const auto write = [&](Signal signal, double mean) {
          table.values[index_of(signal)].push_back(static_cast<double>(random::poisson(stream, mean)));
        };
        write(Signal::rhetoric, 0.5 * now * (1 - deeds));
        write(Signal::military, 0.25 * now * deeds);
        write(Signal::punitive, 0.25 * now * deeds);
        write(Signal::mediation, 0.5 * now * coverage);
      }
    }
    simulation.truths.push_back({jump * rate, std::log2(jump), deeds, coverage});
  }
  return simulation;
}

/// Share of pairs whose interval on the last day holds the truth, in percent; pairs without an interval are left out.
double percent_covered(const Simulation& simulation, const Scores& scores, ScoreColumn low, ScoreColumn high,
                       double Truth::* truth) {
  int held = 0;
  int all = 0;
  for (std::size_t pair = 0; pair < simulation.truths.size(); ++pair) {
    const ScoreRow& row = scores.latest()[pair];
    if (std::isnan(row[low])) continue;
    const double value = simulation.truths[pair].*truth;
    held += row[low] <= value && value <= row[high] ? 1 : 0;
    ++all;
  }
  return 100.0 * held / all;
}

/// Steady rates for all four, and rates that jump for C2 and C15; 4,500 pairs each, so a standard error of 0.45 points.
class IntervalCoverage : public ::testing::Test {
 protected:
  static constexpr int pairs = 4500;

  static void SetUpTestSuite() {
    Config config;
    config.draws = 20;  // of the score's own interval, which is not looked at
    steady_ = simulate(1, pairs, 120, {1});
    steady_scores_ = score(CountPanel::from_table(steady_.table), config);
    jumping_ = simulate(2, pairs, 120, {0.5, 1, 2, 4});
    jumping_scores_ = score(CountPanel::from_table(jumping_.table), config);
  }
  static void TearDownTestSuite() {
    steady_ = jumping_ = {};
    steady_scores_ = jumping_scores_ = {};
  }

  static void expect_between(const std::string& name, double percent, double least, double most) {
    RecordProperty(name, std::to_string(percent));
    std::printf("[ coverage ] %s: %.2f %%\n", name.c_str(), percent);
    EXPECT_GE(percent, least) << name;
    EXPECT_LE(percent, most) << name;
  }

  static inline Simulation steady_, jumping_;
  static inline Scores steady_scores_, jumping_scores_;
};

TEST_F(IntervalCoverage, OfTheDiscountedRateIsAtLeastEightySevenPercent) {
  expect_between("C1_steady",
                 percent_covered(steady_, steady_scores_, ScoreColumn::hostile_rate_low, ScoreColumn::hostile_rate_high,
                                 &Truth::hostile),
                 87, 100);
}

TEST_F(IntervalCoverage, OfTheRateRatioIsNinetyPercentWhileNothingChanges) {
  expect_between("C2_steady",
                 percent_covered(steady_, steady_scores_, ScoreColumn::rate_ratio_log2_low,
                                 ScoreColumn::rate_ratio_log2_high, &Truth::log2_ratio),
                 87, 93);
}

TEST_F(IntervalCoverage, OfTheRateRatioIsNinetyPercentThroughRisesAndFalls) {
  expect_between("C2_jumping",
                 percent_covered(jumping_, jumping_scores_, ScoreColumn::rate_ratio_log2_low,
                                 ScoreColumn::rate_ratio_log2_high, &Truth::log2_ratio),
                 87, 93);
}

TEST_F(IntervalCoverage, OfTheMaterialShareIsAtLeastEightySevenPercent) {
  expect_between("C8_steady",
                 percent_covered(steady_, steady_scores_, ScoreColumn::material_share_low,
                                 ScoreColumn::material_share_high, &Truth::material),
                 87, 100);
}

TEST_F(IntervalCoverage, OfTheMediationCoverageIsNinetyPercent) {
  expect_between("C15_steady",
                 percent_covered(steady_, steady_scores_, ScoreColumn::mediation_coverage_low,
                                 ScoreColumn::mediation_coverage_high, &Truth::coverage),
                 87, 93);
}

TEST_F(IntervalCoverage, OfTheMediationCoverageIsNinetyPercentThroughRisesAndFalls) {
  expect_between("C15_jumping",
                 percent_covered(jumping_, jumping_scores_, ScoreColumn::mediation_coverage_low,
                                 ScoreColumn::mediation_coverage_high, &Truth::coverage),
                 87, 93);
}

}  // namespace
}  // namespace tocsin
