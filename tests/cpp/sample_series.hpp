#pragma once

#include <gtest/gtest.h>

#include <Eigen/Core>
#include <cmath>
#include <limits>
#include <vector>

#include "random.hpp"

/// Series and comparisons for the tests of single indicators.
namespace tocsin::samples {

inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// The toy series of INDICATORS: ten days that end in a rise.
inline const std::vector<double> toy{1, 0, 2, 1, 0, 1, 2, 6, 9, 14};

/// No exposure given: every day was collected.
inline const Eigen::ArrayXd every_day;

/// Poisson counts at `rate`, ten times as many in the third quarter; a share of the days was not collected.
inline std::vector<double> random_counts(std::uint64_t seed, int days, double rate, double share_of_missing_days = 0) {
  random::Stream stream(random::combine_keys(0x736572696573ULL, seed));
  std::vector<double> counts;
  for (int day = 0; day < days; ++day) {
    const bool is_crisis = day >= days / 2 && day < 3 * days / 4;
    const double count = static_cast<double>(random::poisson(stream, is_crisis ? 10 * rate : rate));
    counts.push_back(stream.next_uniform() < share_of_missing_days ? nan : count);
  }
  return counts;
}

inline Eigen::ArrayXd to_array(const std::vector<double>& values) {
  return Eigen::Map<const Eigen::ArrayXd>(values.data(), static_cast<Eigen::Index>(values.size()));
}

/// Equal to a relative tolerance (absolute where 0 is expected), NaN being equal to NaN.
inline bool is_close(double found, double expected, double tolerance = 1e-9) {
  if (std::isnan(expected)) return std::isnan(found);
  if (std::isinf(expected)) return found == expected;
  return std::abs(found - expected) <= tolerance * (expected == 0 ? 1 : std::abs(expected));
}

#define EXPECT_CLOSE(found, expected) EXPECT_PRED3(::tocsin::samples::is_close, found, expected, 1e-9)

}  // namespace tocsin::samples
