#include "slowing_down.hpp"

#include <cmath>
#include <numbers>

namespace tocsin::reference {

double detrended_lag1(const std::vector<double>& values) {
  const double n = static_cast<double>(values.size());
  double t1 = 0;
  double t2 = 0;
  double x1 = 0;
  double tx = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double t = static_cast<double>(i);
    t1 += t;
    t2 += t * t;
    x1 += values[i];
    tx += t * values[i];
  }
  const double slope = (n * tx - t1 * x1) / (n * t2 - t1 * t1);
  const double level = (x1 - slope * t1) / n;
  const auto residual = [&](std::size_t i) { return values[i] - level - slope * static_cast<double>(i); };
  double products = 0;
  double squares = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    squares += residual(i) * residual(i);
    if (i > 0) products += residual(i) * residual(i - 1);
  }
  return products / squares;
}

double kendall_tau(const std::vector<double>& values) {
  double agreement = 0;
  double of_time = 0;
  double of_value = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < values.size(); ++j) {
      if (i == j) continue;
      const double time = i < j ? 1 : -1;
      const double value = values[i] < values[j] ? 1 : values[i] > values[j] ? -1 : 0;
      agreement += time * value;
      of_time += time * time;
      of_value += value * value;
    }
  }
  return agreement / std::sqrt(of_time * of_value);
}

std::vector<double> spectrum(const std::vector<double>& values) {
  const double n = static_cast<double>(values.size());
  std::vector<double> amplitudes;
  for (std::size_t k = 0; k < values.size(); ++k) {
    std::complex<double> sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      sum += values[i] * std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(i) * static_cast<double>(k) / n);
    }
    amplitudes.push_back(std::abs(sum));
  }
  return amplitudes;
}

}  // namespace tocsin::reference
