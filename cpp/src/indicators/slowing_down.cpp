#include "tocsin/indicators/slowing_down.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <utility>

#include "phase_surrogates.hpp"
#include "random.hpp"
#include "rank_correlation.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

using Values = std::vector<double>;

double mean_of(const Values& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// From the line of least squares through the values in their order.
Values residuals_of(const Values& values) {
  const double mean = mean_of(values);
  const double middle = static_cast<double>(values.size() - 1) / 2;
  double along = 0;
  double spread = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double place = static_cast<double>(i) - middle;
    along += place * (values[i] - mean);
    spread += place * place;
  }
  Values residuals;
  for (std::size_t i = 0; i < values.size(); ++i) {
    residuals.push_back(values[i] - mean - along / spread * (static_cast<double>(i) - middle));
  }
  return residuals;
}

double sum_of_squares(const Values& values) {
  return std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
}

double variance_to_mean_of(const Values& counts) {
  const double mean = mean_of(counts);
  double squares = 0;
  for (const double count : counts) squares += (count - mean) * (count - mean);
  return mean > 0 ? squares / static_cast<double>(counts.size() - 1) / mean : nan;
}

}  // namespace

SlowingDown::SlowingDown(Options options, State state) : options_(options), state_(std::move(state)) {
  if (state_.days.size() > static_cast<std::size_t>(options_.window_days)) {
    throw StateError(concat("the saved window holds ", state_.days.size(), " days, expected at most ",
                            options_.window_days, "; the state was saved under another configuration"));
  }
}

void SlowingDown::update(double count, double exposure) {
  if (state_.days.size() == static_cast<std::size_t>(options_.window_days)) state_.days.erase(state_.days.begin());
  state_.days.push_back(exposure > 0 ? count : nan);
}

SlowingDown::Reading SlowingDown::read() const {
  const Values& counts = state_.days;
  const bool is_full = counts.size() == static_cast<std::size_t>(options_.window_days);
  if (!is_full || std::any_of(counts.begin(), counts.end(), [](double count) { return std::isnan(count); })) {
    return {nan, nan, nan, nan};
  }
  Values x = counts;
  if (options_.stabilises_variance) {
    for (double& value : x) value = 2 * std::sqrt(value + 0.375);
  }
  const Values residuals = residuals_of(x);
  const double squares = sum_of_squares(residuals);
  // What is left of a line is rounding, and has no autocorrelation.
  if (squares <= 1e-20 * sum_of_squares(x)) return {nan, variance_to_mean_of(counts), nan, nan};
  const double products = std::inner_product(residuals.begin() + 1, residuals.end(), residuals.begin(), 0.0);

  const double tau = kendall_tau_with_time(x);
  const PhaseSurrogates surrogates(residuals);
  random::Stream stream(options_.seed);
  Values surrogate(x.size());
  int as_high = 0;
  for (int i = 0; i < options_.surrogates; ++i) {
    surrogates.draw(stream, surrogate);
    as_high += kendall_tau_with_time(surrogate) >= tau ? 1 : 0;
  }
  return {products / squares, variance_to_mean_of(counts), tau, (1.0 + as_high) / (1.0 + options_.surrogates)};
}

}  // namespace tocsin
