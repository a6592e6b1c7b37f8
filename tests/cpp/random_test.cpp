#include "random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <set>
#include <vector>

#include "random_samples.hpp"
#include "special_functions.hpp"

namespace {

using namespace tocsin::random;
using namespace tocsin::samples;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Chi-square of integer counts against a Poisson pmf, cells with fewer than 20 expected pooled into the two ends.
void expect_poisson(std::uint64_t key, double mean) {
  const auto values = sorted_sample(key, [mean](Stream& stream) { return static_cast<double>(poisson(stream, mean)); });
  expect_moments(values, mean, mean);
  const double size = static_cast<double>(values.size());
  double chi_square = 0.0;
  double cells = 0.0;
  double seen_total = 0.0;
  double expected_total = 0.0;
  const double reach = 6.0 * std::sqrt(mean) + 10.0;
  for (double count = std::max(0.0, std::floor(mean - reach)); count <= mean + reach; count += 1.0) {
    const double expected = size * std::exp(tocsin::special::log_poisson_pmf(count, mean));
    if (expected < 20.0) continue;
    const auto range = std::equal_range(values.begin(), values.end(), count);
    const double seen = static_cast<double>(range.second - range.first);
    chi_square += (seen - expected) * (seen - expected) / expected;
    seen_total += seen;
    expected_total += expected;
    cells += 1.0;
  }
  EXPECT_NEAR(chi_square, cells, 5.0 * std::sqrt(2.0 * cells)) << mean;
  EXPECT_NEAR(seen_total, expected_total, 5.0 * std::sqrt(size - expected_total + 1.0)) << mean;
}

}  // namespace

TEST(Stream, GivesTheSameBitsOnEveryMachine) {
  // From the definition, worked in Python's whole numbers.
  Stream stream(42);
  EXPECT_EQ(stream.next_bits(), 0x8ca10b1dbe91ee23ULL);
  EXPECT_EQ(stream.next_bits(), 0xe72aac3121269f60ULL);
}

TEST(Stream, FinaliserIsThatOfSplitMix64) {
  // The published first outputs of SplitMix64 seeded with 0: the finaliser of 1 and 2 golden increments.
  EXPECT_EQ(mix_bits(0x9e3779b97f4a7c15ULL), 0xe220a8397b1dcdafULL);
  EXPECT_EQ(mix_bits(2 * 0x9e3779b97f4a7c15ULL), 0x6e789e6aa1b965f4ULL);
}

TEST(Stream, OfNeighbouringKeysShareNoValues) {
  std::set<std::uint64_t> seen;
  for (std::uint64_t key = 0; key < 200; ++key) {
    Stream stream(key);
    for (int draw = 0; draw < 100; ++draw) seen.insert(stream.next_bits());
  }
  EXPECT_EQ(seen.size(), 20000u);
}

TEST(Stream, ContinuesIndependentlyAfterBeingCopied) {
  Stream stream(7);
  (void)stream.next_bits();
  Stream copy = stream;
  const auto expected = stream.next_bits();
  EXPECT_EQ(copy.next_bits(), expected);
}

TEST(Stream, EveryBitIsSetHalfTheTime) {
  Stream stream(3);
  std::vector<int> set(64, 0);
  for (int draw = 0; draw < 40000; ++draw) {
    const std::uint64_t bits = stream.next_bits();
    for (std::size_t i = 0; i < 64; ++i) set[i] += static_cast<int>((bits >> i) & 1U);
  }
  for (const int count : set) EXPECT_NEAR(count, 20000, 5 * 100);
}

TEST(Stream, UniformsAreUniformAndInsideTheOpenInterval) {
  const auto values = sorted_sample(11, [](Stream& stream) { return stream.next_uniform(); });
  EXPECT_GT(values.front(), 0.0);
  EXPECT_LT(values.back(), 1.0);
  expect_moments(values, 0.5, 1.0 / 12.0);
  EXPECT_LT(distance(values, [](double x) { return x; }), 2.2);
}

TEST(Stream, FirstUniformsOfSuccessiveKeysAreUniformAndUncorrelated) {
  std::vector<double> values;
  double product = 0.0;
  for (std::uint64_t key = 0; key < 100000; ++key) {
    values.push_back(Stream(combine_keys(5, key)).next_uniform());
    if (key > 0) product += (values[key] - 0.5) * (values[key - 1] - 0.5);
  }
  EXPECT_NEAR(product / 100000.0, 0.0, 5.0 / 12.0 / std::sqrt(100000.0));
  std::sort(values.begin(), values.end());
  EXPECT_LT(distance(values, [](double x) { return x; }), 2.2);
}

TEST(Keys, CombineInOrder) {
  EXPECT_NE(combine_keys(1, 2), combine_keys(2, 1));
  EXPECT_NE(combine_keys(0, 0), 0u);
  EXPECT_NE(combine_keys(combine_keys(1, 2), 3), combine_keys(1, combine_keys(2, 3)));
}

TEST(Keys, OfAGridDoNotCollide) {
  std::set<std::uint64_t> seen;
  for (std::uint64_t i = 0; i < 300; ++i) {
    for (std::uint64_t j = 0; j < 300; ++j) seen.insert(combine_keys(i, j));
  }
  EXPECT_EQ(seen.size(), 90000u);
}

TEST(Keys, HashOfTextIsFnv1a) {
  // Published test vectors of FNV-1a, 64 bits.
  EXPECT_EQ(hash_text(""), 0xcbf29ce484222325ULL);
  EXPECT_EQ(hash_text("a"), 0xaf63dc4c8601ec8cULL);
  EXPECT_EQ(hash_text("foobar"), 0x85944171f73967e8ULL);
}

TEST(Normal, HasTheNormalDistribution) {
  const auto values = sorted_sample(21, [](Stream& stream) { return normal(stream); });
  expect_moments(values, 0.0, 1.0);
  EXPECT_LT(distance(values, [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }), 2.2);
}

TEST(Gamma, HasTheGammaDistributionForShapesOnBothSidesOfOne) {
  for (const double shape : {0.02, 0.4, 1.0, 2.5, 80.0, 1e6}) {
    const auto values = sorted_sample(31, [shape](Stream& stream) { return gamma(stream, shape); });
    expect_moments(values, shape, shape);
    EXPECT_LT(distance(values, [shape](double x) { return tocsin::special::gamma_p(shape, x); }), 2.2) << shape;
  }
}

TEST(Gamma, OfATinyShapeUnderflowsToZeroAndNeverToNaN) {
  Stream stream(33);
  int zeros = 0;
  for (int draw = 0; draw < 2000; ++draw) {
    const double value = gamma(stream, 1e-6);
    ASSERT_FALSE(std::isnan(value));
    zeros += value == 0.0;
  }
  EXPECT_GT(zeros, 1980);  // a variate above 1e-308 has probability about 7e-4
}

TEST(Beta, HasTheBetaDistribution) {
  struct Shapes {
    double a;
    double b;
  };
  const std::vector<Shapes> cases = {{0.3, 0.5}, {2.0, 3.0}, {0.05, 40.0}, {500.0, 0.7}, {1e5, 2e5}};
  for (const auto& [a, b] : cases) {
    const auto values = sorted_sample(41, [a = a, b = b](Stream& stream) { return beta(stream, a, b); });
    expect_moments(values, a / (a + b), a * b / ((a + b) * (a + b) * (a + b + 1.0)));
    const auto lower = [a = a, b = b](double x) { return tocsin::special::incomplete_beta(a, b, x); };
    EXPECT_LT(distance(values, lower), 2.2) << a << " " << b;
  }
}

TEST(Beta, OfTinyShapesIsACoinThatKeepsItsOdds) {
  Stream stream(43);
  int ones = 0;
  for (int draw = 0; draw < 20000; ++draw) {
    const double value = beta(stream, 3e-9, 1e-9);
    ASSERT_TRUE(value == 0.0 || value == 1.0);
    ones += value == 1.0;
  }
  EXPECT_NEAR(ones, 15000, 5 * 62);
}

TEST(Poisson, HasThePoissonDistributionOnBothSidesOfTheChangeOfMethod) {
  for (const double mean : {0.01, 0.8, 9.99, 10.0, 47.0, 3000.0}) expect_poisson(51, mean);
}

TEST(Poisson, OfAHugeMeanIsNearlyNormal) {
  const double mean = 1e12;
  const auto values = sorted_sample(53, [mean](Stream& stream) { return static_cast<double>(poisson(stream, mean)); });
  expect_moments(values, mean, mean);
  EXPECT_LT(distance(values, [mean](double x) { return 0.5 * std::erfc((mean - x) / std::sqrt(2.0 * mean)); }), 2.2);
}

TEST(Poisson, OfMeanZeroIsZero) {
  Stream stream(1);
  for (int draw = 0; draw < 100; ++draw) EXPECT_EQ(poisson(stream, 0.0), 0);
}

TEST(Samplers, OutsideTheirDomainConsumeNothing) {
  Stream stream(9);
  Stream untouched = stream;
  EXPECT_TRUE(std::isnan(gamma(stream, 0.0)));
  EXPECT_TRUE(std::isnan(gamma(stream, not_a_number)));
  EXPECT_TRUE(std::isnan(beta(stream, -1.0, 2.0)));
  EXPECT_EQ(poisson(stream, -0.1), -1);
  EXPECT_EQ(poisson(stream, not_a_number), -1);
  EXPECT_EQ(poisson(stream, 1e16), -1);
  EXPECT_EQ(stream.next_bits(), untouched.next_bits());
}
