#include "beta_functions.hpp"

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
constexpr double log_two_pi = 1.8378770664093454836;
constexpr int max_terms = 5000;

/// The two shapes with everything about them that does not depend on x, so that a quantile computes it once.
struct BetaShapes {
  double a;
  double b;
  double sum;             // a + b
  double nu;              // ab / (a + b), the effective shape
  double log_normaliser;  // ln of a^a b^b / ((a+b)^(a+b) B(a, b))
};

BetaShapes prepare(double a, double b) {
  const double sum = a + b;
  const double nu = std::min(a, b) * (std::max(a, b) / sum);
  const double corrections = stirling_correction(sum) - (stirling_correction(a) + stirling_correction(b));
  return {a, b, sum, nu, 0.5 * (std::log(nu) - log_two_pi) + corrections};
}

BetaShapes mirrored(const BetaShapes& beta) { return {beta.b, beta.a, beta.sum, beta.nu, beta.log_normaliser}; }
SharePoint mirrored(const SharePoint& point) { return {point.y, point.x, -point.excess}; }
TailValue mirrored(TailValue tail) {
  tail.is_lower = !tail.is_lower;
  return tail;
}

bool is_shape(double shape) { return shape >= smallest_shape && shape <= largest_shape; }

/// a x + b x - a to the last bit or so, for x <= 1/2: the products' rounding errors are added back, and near the mean
/// the two subtractions are exact.
double exact_excess(double a, double b, double x) {
  const double ax = a * x;
  const double bx = b * x;
  const double rounding = std::fma(a, x, -ax) + std::fma(b, x, -bx);
  return ((bx - a) + ax) + rounding;
}

/// ln of a B(a, b), accurate for small a: x^a / (a B(a, b)) is I_x as x -> 0.
double log_leading_divisor(double a, double b) { return log_gamma_one_plus(a) - log_gamma_ratio(b, a); }

/// a below 1 and b x <= 1: I_x = x^a / (a B(a, b)) (1 + a sum over n >= 1 of (1-b)_n x^n / (n! (a+n))).
TailValue small_shape_tail(const BetaShapes& beta, double x, double log_density) {
  double power = 1.0;
  double sum = 0.0;
  for (int n = 1; n < max_terms; ++n) {
    const double count = static_cast<double>(n);
    power *= x * (count - beta.b) / count;
    const double term = power / (beta.a + count);
    sum += term;
    if (std::fabs(term) <= 0.25 * epsilon * std::fabs(sum)) break;
  }
  const double log_leading = beta.a * std::log(x) - log_leading_divisor(beta.a, beta.b);
  if (log_leading < -1.0) return {log_leading, 1.0 + beta.a * sum, true, log_density};
  const double upper = -(std::expm1(log_leading) + std::exp(log_leading) * beta.a * sum);
  return {0.0, upper, false, log_density};
}

/// I_x B(a, b) / (x^a y^b), for x up to the mean: alpha_1/(beta_1 + alpha_2/(beta_2 + ...)) with
///     alpha_1 = 1,  alpha_(n+1) = (a+n-1) (a+b+n-1) n (b-n) x^2 / (a+2n-1)^2,
///     beta_(n+1) = n + n (b-n) x / (a+2n-1) + (a+n) (a - (a+b) x + 1 + n (1+y)) / (a+2n+1).
double lower_fraction(const BetaShapes& beta, const SharePoint& point) {
  const double a = beta.a;
  const double b = beta.b;
  const double x = point.x;
  const double first = 1.0 - point.excess;
  const double two_minus_x = 1.0 + point.y;
  double numerator_before = 0.0;
  double numerator = 1.0;
  double denominator_before = 1.0;
  double denominator = a * first / (a + 1.0);
  for (int n = 1; n < max_terms; ++n) {
    const double count = static_cast<double>(n);
    const double inverse = 1.0 / (a + (2.0 * count - 1.0));
    const double shared = count * (b - count) * x * inverse;
    const double alpha = (a + (count - 1.0)) * (beta.sum + (count - 1.0)) * x * inverse * shared;
    const double middle = count + shared + (a + count) * (first + count * two_minus_x) / (a + (2.0 * count + 1.0));
    const double numerator_next = middle * numerator + alpha * numerator_before;
    const double denominator_next = middle * denominator + alpha * denominator_before;
    const double change = numerator_next * denominator - numerator * denominator_next;
    const bool settled = std::fabs(change) <= epsilon * std::fabs(numerator_next * denominator);
    numerator_before = numerator;
    denominator_before = denominator;
    numerator = numerator_next;
    denominator = denominator_next;
    if (settled) break;
    if (std::fabs(denominator) > 1e100 || std::fabs(numerator) > 1e100) {  // their products must not overflow
      numerator_before *= 1e-100;
      denominator_before *= 1e-100;
      numerator *= 1e-100;
      denominator *= 1e-100;
    }
  }
  return numerator / denominator;
}

/// How many terms the uniform expansion needs for 1e-14; 0 where the continued fraction is faster, which it is for
/// moderate shapes and, however large they are, far from the mean.
std::size_t uniform_terms(double nu, double t) {
  if (nu < 1000.0 || t > 0.7) return 0;
  if (t <= 0.15) return 10;
  return t <= 0.4 ? 14 : 18;
}

/// -ln of the density's decrease from its mean, nu t^2 / 2 in the terms of the uniform expansion.
double half_square_at(const BetaShapes& beta, const SharePoint& point) {
  const double from_a = log_ratio_minus_excess(point.excess / beta.a, beta.sum * point.x / beta.a);
  const double from_b = log_ratio_minus_excess(-point.excess / beta.b, beta.sum * point.y / beta.b);
  return -(beta.a * from_a + beta.b * from_b);
}

TailValue tail_at(const BetaShapes& beta, const SharePoint& point) {
  if (point.x == 0.0) return {0.0, 0.0, true, -infinity};
  if (point.y == 0.0) return {0.0, 0.0, false, -infinity};
  const double half_square = half_square_at(beta, point);
  const double log_density = beta.log_normaliser - half_square;
  if (beta.a < 1.0 && beta.b * point.x <= 1.0 && point.x <= 0.5) return small_shape_tail(beta, point.x, log_density);
  if (beta.b < 1.0 && beta.a * point.y <= 1.0 && point.y <= 0.5) {
    return mirrored(small_shape_tail(mirrored(beta), point.y, log_density));
  }
  const double t = std::copysign(std::sqrt(2.0 * half_square / beta.nu), point.excess);
  if (const std::size_t terms = uniform_terms(beta.nu, std::fabs(t)); terms > 0) {
    const double skew = (beta.b - beta.a) / beta.sum;
    const ExpansionSeries series = expansion_series(skew, beta.nu / beta.sum, terms);
    return uniform_tail(beta.nu, half_square, t, series, terms, log_density);
  }
  if (point.excess <= 0.0) return {log_density, lower_fraction(beta, point), true, log_density};
  return {log_density, lower_fraction(mirrored(beta), mirrored(point)), false, log_density};
}

/// The odds if the quantile is so close to 0 or 1 that the leading power there is all of the tail; NaN otherwise.
double odds_at_the_ends(double log_lower, double log_upper, double a, double b) {
  const double log_x = (log_lower + log_leading_divisor(a, b)) / a;
  if (log_x < -37.0 - std::log(std::max(b, 1.0))) return std::exp(log_x);
  const double log_y = (log_upper + log_leading_divisor(b, a)) / b;
  if (log_y < -37.0 - std::log(std::max(a, 1.0))) return std::exp(-log_y);
  return not_a_number;
}

/// First guess of the odds for a probability of at most 1/2.
double odds_start(double probability, const BetaShapes& beta) {
  const double log_x = (std::log(probability) + log_leading_divisor(beta.a, beta.b)) / beta.a;
  const double power_start = std::exp(std::min(log_x, -0.05));
  const double power_odds = power_start / (1.0 - power_start);
  if (beta.a < 1.0 || beta.b < 1.0) {
    if (beta.b >= 1.0 || log_x < -0.7) return power_odds;
    const double log_y = (std::log1p(-probability) + log_leading_divisor(beta.b, beta.a)) / beta.b;
    return std::exp(-std::min(log_y, 0.0));
  }
  const double skew = (beta.b - beta.a) / beta.sum;
  const double distance = approximate_distance(normal_quantile(probability), beta.nu, skew, beta.nu / beta.sum);
  const double normal_odds = (beta.a + beta.nu * distance) / (beta.b - beta.nu * distance);
  return std::fmax(normal_odds, power_odds);  // the former may be NaN or negative
}

/// The odds of a lower tail of at most 1/2.
double lower_odds(double probability, const BetaShapes& beta) {
  const auto evaluate = [&beta](double odds) noexcept {
    const SharePoint point = share_point_from_odds(beta.a, beta.b, odds);
    return TailAtPosition{tail_at(beta, point), -point.excess};
  };
  return invert_tail(odds_start(probability, beta), std::log(probability), true, beta.nu, evaluate);
}

}  // namespace

TailValue beta_tail(double a, double b, const SharePoint& point) noexcept {
  if (!is_shape(a) || !is_shape(b) || !(point.x >= 0.0 && point.y >= 0.0)) {
    return {not_a_number, not_a_number, true, not_a_number};
  }
  return tail_at(prepare(a, b), point);
}

double log_odds_density(double a, double b, const SharePoint& point) noexcept {
  if (!is_shape(a) || !is_shape(b) || !(point.x >= 0.0 && point.y >= 0.0)) return not_a_number;
  if (point.x == 0.0 || point.y == 0.0) return -infinity;
  const BetaShapes beta = prepare(a, b);
  return beta.log_normaliser - half_square_at(beta, point);
}

SharePoint share_point(double a, double b, double x) noexcept {
  const double y = 1.0 - x;
  return {x, y, x <= 0.5 ? exact_excess(a, b, x) : -exact_excess(b, a, y)};
}

SharePoint share_point_from_odds(double a, double b, double odds) noexcept {
  if (odds <= 1.0) {
    const double y = 1.0 / (1.0 + odds);
    return {odds * y, y, std::fma(b, odds, -a) * y};
  }
  const double inverse_odds = 1.0 / odds;
  const double x = 1.0 / (1.0 + inverse_odds);
  return {x, inverse_odds * x, -std::fma(a, inverse_odds, -b) * x};
}

double incomplete_beta(double a, double b, double x) noexcept {
  if (!(x >= 0.0 && x <= 1.0)) return not_a_number;
  return beta_tail(a, b, share_point(a, b, x)).lower();
}

double beta_odds_quantile(double probability, double a, double b) noexcept {
  if (!is_shape(a) || !is_shape(b) || !(probability >= 0.0 && probability <= 1.0)) return not_a_number;
  if (probability == 0.0) return 0.0;
  if (probability == 1.0) return infinity;
  if (a < 1.0 || b < 1.0) {
    const double ends = odds_at_the_ends(std::log(probability), std::log1p(-probability), a, b);
    if (!std::isnan(ends)) return ends;
  }
  if (probability <= 0.5) return lower_odds(probability, prepare(a, b));
  return 1.0 / lower_odds(1.0 - probability, prepare(b, a));
}

double beta_quantile(double probability, double a, double b) noexcept {
  const double odds = beta_odds_quantile(probability, a, b);
  return std::isinf(odds) ? 1.0 : odds / (1.0 + odds);
}

}  // namespace tocsin::special
