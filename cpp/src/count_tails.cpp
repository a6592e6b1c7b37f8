#include "count_tails.hpp"

#include <cmath>
#include <limits>

#include "beta_functions.hpp"
#include "gamma_functions.hpp"
#include "incomplete_gamma.hpp"

namespace tocsin::special {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double largest = 1e15;
constexpr double log_two_pi = 1.8378770664093454836;

bool is_mean(double mean) { return mean >= 0.0 && mean <= largest; }
bool is_size(double size) { return size >= 1e-290 && size <= largest; }
bool is_count(double count) { return count <= largest || std::isinf(count); }
bool can_occur(double count) { return count >= 0.0 && count == std::floor(count) && std::isfinite(count); }

/// The point 1 - p of Beta(count, size), from which the excess over the mean follows without cancellation.
SharePoint failure_point(double count, double size, double mean) {
  const double sum = size + mean;
  return {mean / sum, size / sum, size / sum * (mean - count)};
}

}  // namespace

double log_poisson_pmf(double count, double mean) noexcept {
  if (!is_mean(mean) || !is_count(count)) return not_a_number;
  if (!can_occur(count)) return -infinity;
  if (count == 0.0) return -mean;
  if (mean == 0.0) return -infinity;
  if (count < 10.0) return count * std::log(mean) - mean - log_gamma(count + 1.0);
  const double deviance = log_ratio_minus_excess((mean - count) / count, mean / count);
  return count * deviance - 0.5 * (log_two_pi + std::log(count)) - stirling_correction(count);
}

double log_poisson_tail(double count, double mean) noexcept {
  if (!is_mean(mean) || !is_count(count)) return not_a_number;
  if (count <= 0.0) return 0.0;
  if (mean == 0.0 || std::isinf(count)) return -infinity;
  return gamma_tail(std::ceil(count), mean).log_lower();
}

double log_negative_binomial_pmf(double count, double size, double mean) noexcept {
  if (!is_mean(mean) || !is_size(size) || !is_count(count)) return not_a_number;
  if (!can_occur(count)) return -infinity;
  if (count == 0.0) return -size * std::log1p(mean / size);
  if (mean == 0.0) return -infinity;
  return log_odds_density(count, size, failure_point(count, size, mean)) - std::log(count);
}

double log_negative_binomial_tail(double count, double size, double mean) noexcept {
  if (!is_mean(mean) || !is_size(size) || !is_count(count)) return not_a_number;
  if (count <= 0.0) return 0.0;
  if (mean == 0.0 || std::isinf(count)) return -infinity;
  const double whole = std::ceil(count);
  return beta_tail(whole, size, failure_point(whole, size, mean)).log_lower();
}

}  // namespace tocsin::special
