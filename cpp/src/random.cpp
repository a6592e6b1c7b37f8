#include "random.hpp"

#include <cmath>
#include <limits>

#include "count_tails.hpp"
#include "normal_quantile.hpp"

namespace tocsin::random {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

bool is_shape(double shape) { return shape > 0.0 && shape <= 1e300; }

/// Gamma for a shape of at least 1: d (1 + c x)^3 with x normal, accepted with a probability above 0.95.
double gamma_from_one(Stream& stream, double shape) {
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  for (;;) {
    const double x = normal(stream);
    const double root = 1.0 + c * x;
    if (root <= 0.0) continue;
    const double v = root * root * root;
    const double uniform = stream.next_uniform();
    const double square = x * x;
    if (uniform < 1.0 - 0.0331 * square * square) return d * v;
    if (std::log(uniform) < 0.5 * square + d * (1.0 - v + std::log(v))) return d * v;
  }
}

/// The logarithm of a gamma variate, which for a tiny shape may lie far below what a double can hold.
double log_gamma_variate(Stream& stream, double shape) {
  if (shape >= 1.0) return std::log(gamma_from_one(stream, shape));
  const double lifted = gamma_from_one(stream, shape + 1.0);
  return std::log(lifted) + std::log(stream.next_uniform()) / shape;
}

/// Smallest k whose distribution function reaches a uniform number.
std::int64_t poisson_by_counting(Stream& stream, double mean) {
  double left = stream.next_uniform();
  double probability = std::exp(-mean);
  std::int64_t count = 0;
  // Past 200 the terms are below 1e-150 and only rounding could keep the loop going.
  while (left > probability && count < 200) {
    left -= probability;
    ++count;
    probability *= mean / static_cast<double>(count);
  }
  return count;
}

std::int64_t poisson_by_rejection(Stream& stream, double mean) {
  const double spread = 0.931 + 2.53 * std::sqrt(mean);  // b of the paper
  const double shift = -0.059 + 0.02483 * spread;        // a
  const double inverse_alpha = 1.1239 + 1.1328 / (spread - 3.4);
  const double squeeze = 0.9277 - 3.6224 / (spread - 2.0);  // v_r
  for (;;) {
    const double centred = stream.next_uniform() - 0.5;
    const double v = stream.next_uniform();
    const double edge = 0.5 - std::fabs(centred);
    const double count = std::floor((2.0 * shift / edge + spread) * centred + mean + 0.43);
    if (edge >= 0.07 && v <= squeeze) return static_cast<std::int64_t>(count);
    if (count < 0.0 || (edge < 0.013 && v > edge)) continue;
    const double log_accept = std::log(v * inverse_alpha / (shift / (edge * edge) + spread));
    if (log_accept <= special::log_poisson_pmf(count, mean)) return static_cast<std::int64_t>(count);
  }
}

}  // namespace

double normal(Stream& stream) noexcept { return special::normal_quantile(stream.next_uniform()); }

double gamma(Stream& stream, double shape) noexcept {
  if (!is_shape(shape)) return not_a_number;
  if (shape >= 1.0) return gamma_from_one(stream, shape);
  const double lifted = gamma_from_one(stream, shape + 1.0);
  // exp of a hugely negative number is 0: the intended underflow of a tiny shape.
  return lifted * std::exp(std::log(stream.next_uniform()) / shape);
}

double beta(Stream& stream, double a, double b) noexcept {
  if (!is_shape(a) || !is_shape(b)) return not_a_number;
  if (a >= 1.0 && b >= 1.0) {
    const double x = gamma_from_one(stream, a);
    const double y = gamma_from_one(stream, b);
    return 1.0 / (1.0 + y / x);
  }
  const double log_x = log_gamma_variate(stream, a);
  const double log_y = log_gamma_variate(stream, b);
  // Both may be -infinity for shapes near 1e-300: their order can no longer be told, so take the shapes' odds.
  if (std::isinf(log_x) && std::isinf(log_y)) return stream.next_uniform() * (a + b) < a ? 1.0 : 0.0;
  return 1.0 / (1.0 + std::exp(log_y - log_x));
}

std::int64_t poisson(Stream& stream, double mean) noexcept {
  if (!(mean >= 0.0 && mean <= 9e14)) return -1;
  return mean < 10.0 ? poisson_by_counting(stream, mean) : poisson_by_rejection(stream, mean);
}

}  // namespace tocsin::random
