#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "random.hpp"

namespace tocsin::samples {

inline constexpr std::size_t sample_size = 200000;

inline std::vector<double> sorted_sample(std::uint64_t key, const std::function<double(random::Stream&)>& draw) {
  random::Stream stream(key);
  std::vector<double> values(sample_size);
  for (double& value : values) value = draw(stream);
  std::sort(values.begin(), values.end());
  return values;
}

/// Mean and variance within five standard errors, the variance's from the sample's own fourth moment.
inline void expect_moments(const std::vector<double>& values, double mean, double variance) {
  const double size = static_cast<double>(values.size());
  double second = 0.0;
  double fourth = 0.0;
  double sum = 0.0;
  for (const double value : values) {
    const double square = (value - mean) * (value - mean);
    sum += value;
    second += square;
    fourth += square * square;
  }
  EXPECT_NEAR(sum / size, mean, 5.0 * std::sqrt(variance / size));
  const double error = std::sqrt((fourth / size - variance * variance) / size);
  EXPECT_NEAR(second / size, variance, 5.0 * error);
}

/// The Kolmogorov-Smirnov distance from a distribution function; sqrt(n) times it exceeds 2.2 once in 8000 samples.
inline double distance(const std::vector<double>& values, const std::function<double(double)>& lower) {
  const double size = static_cast<double>(values.size());
  double worst = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double probability = lower(values[i]);
    const double rank = static_cast<double>(i);
    worst = std::max({worst, probability - rank / size, (rank + 1.0) / size - probability});
  }
  return worst * std::sqrt(size);
}

}  // namespace tocsin::samples
