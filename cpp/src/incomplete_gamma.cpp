#include "incomplete_gamma.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gamma_functions.hpp"
#include "normal_quantile.hpp"
#include "tail_inversion.hpp"

namespace tocsin::special {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double epsilon = std::numeric_limits<double>::epsilon();
constexpr double smallest_shape = 1e-300;
constexpr double largest_shape = 1e15;
constexpr double uniform_from_shape = 20.0;
constexpr int max_terms = 5000;

constexpr ExpansionSeries gamma_series = expansion_series(1.0, 0.0, max_expansion_terms);

/// A shape with the part of the density that does not depend on x, so that a quantile computes it once.
struct GammaShape {
  double shape;
  double log_normaliser;  // ln of (a/e)^a / Gamma(a)
};

GammaShape prepare(double shape) {
  constexpr double log_two_pi = 1.8378770664093454836;
  if (shape < 10.0) return {shape, shape * (std::log(shape) - 1.0) - log_gamma(shape)};
  return {shape, 0.5 * (std::log(shape) - log_two_pi) - stirling_correction(shape)};
}

bool is_shape(double shape) { return shape >= smallest_shape && shape <= largest_shape; }

/// a (x^-a e^x) times the integral: the series 1 + x/(a+1) + x^2/((a+1)(a+2)) + ...
double lower_series(double shape, double x) {
  double term = 1.0;
  double sum = 1.0;
  double denominator = shape;
  for (int n = 0; n < max_terms && term > 0.25 * epsilon * sum; ++n) {
    denominator += 1.0;
    term *= x / denominator;
    sum += term;
  }
  return sum;
}

/// x^-a e^x Gamma(a, x) = 1/(x+1-a - 1(1-a)/(x+3-a - 2(2-a)/(x+5-a - ...))), by the recurrence of its convergents.
double upper_fraction(double shape, double x) {
  double middle = x + 1.0 - shape;
  if (x > 1e60) return 1.0 / middle;  // the rest is below rounding, and the products below would overflow
  double numerator_before = 0.0;
  double numerator = 1.0;
  double denominator_before = 1.0;
  double denominator = middle;
  for (int n = 1; n < max_terms; ++n) {
    const double count = static_cast<double>(n);
    const double coefficient = count * (shape - count);
    middle += 2.0;
    const double numerator_next = middle * numerator + coefficient * numerator_before;
    const double denominator_next = middle * denominator + coefficient * denominator_before;
    const double change = numerator_next * denominator - numerator * denominator_next;
    const bool settled = std::fabs(change) <= epsilon * std::fabs(numerator_next * denominator);
    numerator_before = numerator;
    denominator_before = denominator;
    numerator = numerator_next;
    denominator = denominator_next;
    if (settled) break;
    if (std::fabs(denominator) > 1e100) {  // products of two of these must not overflow
      numerator_before *= 1e-100;
      denominator_before *= 1e-100;
      numerator *= 1e-100;
      denominator *= 1e-100;
    }
  }
  return numerator / denominator;
}

/// Shape below 1 and small x: P = x^a / Gamma(a+1) (1 + a sum over n >= 1 of (-x)^n / (n! (a+n))).
TailValue small_shape_tail(double shape, double x, double log_density) {
  double power = 1.0;
  double sum = 0.0;
  for (int n = 1; n < max_terms; ++n) {
    const double count = static_cast<double>(n);
    power *= -x / count;
    const double term = power / (shape + count);
    sum += term;
    if (std::fabs(term) <= 0.25 * epsilon * std::fabs(sum)) break;
  }
  const double log_leading = shape * std::log(x) - log_gamma_one_plus(shape);
  if (log_leading < -1.0) return {log_leading, 1.0 + shape * sum, true, log_density};
  const double leading_less_one = std::expm1(log_leading);
  const double upper = -(leading_less_one + (1.0 + leading_less_one) * shape * sum);
  return {0.0, upper, false, log_density};
}

bool is_small(double shape, double x) { return shape < 1.0 && x <= 1.5; }

TailValue tail_at(const GammaShape& gamma, double x) {
  const double shape = gamma.shape;
  if (x == 0.0) return {0.0, 0.0, true, -infinity};
  if (std::isinf(x)) return {0.0, 0.0, false, -infinity};
  const double u = (x - shape) / shape;
  const double deviance = -log_ratio_minus_excess(u, x / shape);  // t^2 / 2
  const double half_square = shape * deviance;
  const double log_density = gamma.log_normaliser - half_square;
  if (is_small(shape, x)) return small_shape_tail(shape, x, log_density);
  if (shape >= uniform_from_shape && deviance <= 0.5) {
    const double t = std::copysign(std::sqrt(2.0 * deviance), u);
    return uniform_tail(shape, half_square, t, gamma_series, max_expansion_terms, log_density);
  }
  if (x <= shape) return {log_density, lower_series(shape, x) / shape, true, log_density};
  return {log_density, upper_fraction(shape, x), false, log_density};
}

/// Without its density, which takes most of the time: pairs that are nearly silent ask for many of these a day.
TailValue tail_without_density(double shape, double x) {
  if (!is_shape(shape) || !(x >= 0.0)) return {not_a_number, not_a_number, true, not_a_number};
  if (x == 0.0) return {0.0, 0.0, true, not_a_number};
  return is_small(shape, x) ? small_shape_tail(shape, x, not_a_number) : tail_at(prepare(shape), x);
}

/// First guess of the quantile; `lower` says which tail log_tail is the logarithm of.
double quantile_start(double probability, double shape, double log_tail, bool lower) {
  const double log_power_start = (std::log(probability) + log_gamma_one_plus(shape)) / shape;
  if (shape < 1.0) {
    // P ~ x^a / Gamma(a+1) is good up to x ~ 1/2; the far upper tail falls like x^(a-1) e^-x / Gamma(a).
    if (log_power_start < -0.7 || lower) return std::exp(std::min(log_power_start, 0.0));
    const double depth = -(log_tail + log_gamma(shape));
    return depth > 1.0 ? depth + (shape - 1.0) * std::log(depth) : 0.5;
  }
  const double distance = approximate_distance(normal_quantile(probability), shape, 1.0, 0.0);
  const double normal_start = shape * (1.0 + distance);
  const double power_start = std::exp(log_power_start);  // always below the quantile
  return std::fmax(normal_start, power_start);           // the former may be NaN or negative
}

}  // namespace

TailValue gamma_tail(double shape, double x) noexcept {
  if (!is_shape(shape) || !(x >= 0.0)) return {not_a_number, not_a_number, true, not_a_number};
  return tail_at(prepare(shape), x);
}

double gamma_p(double shape, double x) noexcept { return tail_without_density(shape, x).lower(); }

double gamma_q(double shape, double x) noexcept { return tail_without_density(shape, x).upper(); }

double gamma_quantile(double probability, double shape) noexcept {
  if (!is_shape(shape) || !(probability >= 0.0 && probability <= 1.0)) return not_a_number;
  if (probability == 0.0) return 0.0;
  if (probability == 1.0) return infinity;
  const bool lower = probability <= 0.5;
  const double log_tail = std::log(lower ? probability : 1.0 - probability);
  if (shape < 1.0) {
    // Below e^-37 the first term of the series is the whole of it: the answer is closed, and may be zero.
    const double log_power = (std::log(probability) + log_gamma_one_plus(shape)) / shape;
    if (log_power < -37.0) return std::exp(log_power);
  }
  const GammaShape gamma = prepare(shape);
  const double start = quantile_start(probability, shape, log_tail, lower);
  return invert_tail(start, log_tail, lower, shape,
                     [&gamma](double x) noexcept { return TailAtPosition{tail_at(gamma, x), gamma.shape - x}; });
}

}  // namespace tocsin::special
