#include "indicators/run_columns.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "count_tails.hpp"
#include "sample_series.hpp"

namespace tocsin::run_columns {
namespace {

/// Runs of any age, the youngest with hardly a prior; some far below the range of a number.
struct Columns {
  std::vector<double> weights, powers, shapes, rates, first_days, values;

  explicit Columns(std::uint64_t seed, std::size_t blocks = 3) {
    random::Stream stream(seed);
    for (std::size_t i = 0; i < blocks * run_block; ++i) {
      const bool is_young = i + 4 >= blocks * run_block;
      weights.push_back(1 + stream.next_uniform());
      powers.push_back(i % 7 == 5 ? -3000 : -static_cast<double>(i));
      shapes.push_back(0.01 + (is_young ? 1 : 30) * stream.next_uniform());
      rates.push_back(is_young ? 0.02 + stream.next_uniform() : 1 + 90 * stream.next_uniform());
      first_days.push_back(static_cast<double>(i));
      values.push_back(0);
    }
  }
  [[nodiscard]] Runs runs() {
    return {weights.data(),
            powers.data(),
            shapes.data(),
            rates.data(),
            first_days.data(),
            values.data(),
            weights.size() / run_block};
  }
  /// The natural logarithm of weight * 2^power.
  [[nodiscard]] double log_weight(std::size_t i) const { return std::log(weights[i]) + powers[i] * std::log(2.0); }
};

Day day_of(double count, double exposure, double dispersion) { return {count, exposure, dispersion, 60, true}; }

TEST(RunColumns, MultipliesEveryWeightByTheNegativeBinomialProbability) {
  for (const double count : {0.0, 1.0, 2.0, 9.0, 10.0, 40.0, 256.0}) {
    for (const double phi : {1.0, 2.5}) {
      for (const double exposure : {0.05, 1.0, 4.0}) {
        const Columns before(3);
        Columns after = before;
        (void)follow(after.runs(), day_of(count, exposure, phi));
        for (std::size_t i = 0; i < before.weights.size(); ++i) {
          const double size = before.shapes[i] * (exposure / (before.rates[i] * (phi - 1) + exposure));
          const double mean = exposure * (before.shapes[i] / before.rates[i]);
          const double expected = before.log_weight(i) + special::log_negative_binomial_pmf(count, size, mean);
          EXPECT_NEAR(after.log_weight(i), expected, 2e-15 * (20 + std::abs(expected))) << count << ", run " << i;
          EXPECT_GE(after.weights[i], 1);
          EXPECT_LT(after.weights[i], 2);
          EXPECT_EQ(after.powers[i], std::round(after.powers[i]));
          EXPECT_EQ(after.shapes[i], before.shapes[i] + count / phi);
          EXPECT_EQ(after.rates[i], before.rates[i] + exposure / phi);
        }
      }
    }
  }
}

TEST(RunColumns, SumsTheValuesAfterTheDay) {
  Columns columns(4);
  const Sums sums = follow(columns.runs(), day_of(2, 1, 1));
  Sums expected{0, 0, 0, 0, 0};
  for (std::size_t i = 0; i < columns.weights.size(); ++i) {
    const double value = std::ldexp(columns.weights[i], static_cast<int>(std::max(columns.powers[i], lowest_power)));
    EXPECT_EQ(columns.values[i], value);
    expected.total += value;
    expected.rate += value * columns.shapes[i] / columns.rates[i];
    expected.run += value * (60 - columns.first_days[i]);
    if (value > expected.largest)
      expected = {expected.total, expected.rate, expected.run, value, columns.first_days[i]};
  }
  EXPECT_CLOSE(sums.total, expected.total);
  EXPECT_CLOSE(sums.rate, expected.rate);
  EXPECT_CLOSE(sums.run, expected.run);
  EXPECT_EQ(sums.largest, expected.largest);
  EXPECT_EQ(sums.largest_day, expected.largest_day);
}

TEST(RunColumns, NamesTheOldestOfTheRunsThatWeighMost) {
  Columns columns(5);
  for (double& weight : columns.weights) weight = 1;
  for (double& power : columns.powers) power = -3;
  columns.powers[9] = columns.powers[20] = columns.powers[41] = -1;
  EXPECT_EQ(follow(columns.runs(), day_of(0, 0, 1)).largest_day, 9);
}

TEST(RunColumns, ADayWithoutExposureTeachesNothing) {
  const Columns before(6);
  Columns after = before;
  (void)follow(after.runs(), day_of(0, 0, 3));
  EXPECT_EQ(after.weights, before.weights);
  EXPECT_EQ(after.powers, before.powers);
  EXPECT_EQ(after.shapes, before.shapes);
  EXPECT_EQ(after.rates, before.rates);
}

TEST(RunColumns, GivesTheSameBitsWhateverTheWidthOfTheRegisters) {
  for (const double count : {0.0, 1.0, 7.0, 120.0}) {
    for (const double exposure : {0.0, 0.8}) {
      for (const double phi : {1.0, 2.5}) {
        std::vector<std::vector<double>> all;
        for (const std::size_t width : {2, 4, 8}) {
          if (width > widest_registers()) continue;
          Columns columns(8);
          const Sums sums = follow(columns.runs(), day_of(count, exposure, phi), width);
          std::vector<double> one{sums.total, sums.rate, sums.run, sums.largest, sums.largest_day};
          for (const auto* column :
               {&columns.weights, &columns.powers, &columns.shapes, &columns.rates, &columns.values}) {
            one.insert(one.end(), column->begin(), column->end());
          }
          all.push_back(one);
          EXPECT_EQ(one, all.front()) << "count " << count << ", width " << width;
        }
      }
    }
  }
}

}  // namespace
}  // namespace tocsin::run_columns
