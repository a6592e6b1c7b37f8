#include "gamma_functions.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

namespace tocsin::special {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double half_log_two_pi = 0.91893853320467274178;
constexpr double stirling_start = 10.0;

/// Horner's rule on even and odd powers apart: two short dependency chains instead of one long one.
template <std::size_t Count>
double polynomial(const std::array<double, Count>& coefficients, double x) {
  const double square = x * x;
  double even = 0.0;
  double odd = 0.0;
  for (std::size_t i = Count; i-- > 0;) {
    double& chain = (i % 2 == 0) ? even : odd;
    chain = chain * square + coefficients[i];
  }
  return even + x * odd;
}

/// ln Gamma(2 + z) / z in powers of z: 1 - Euler's constant, then (-1)^k (zeta(k) - 1) / k for z^(k-1).
constexpr std::array<double, 28> near_two = {
    0.42278433509846713939,     0.32246703342411321824,     -0.067352301053198095133,   0.020580808427784547879,
    -0.0073855510286739852663,  0.0028905103307415232858,   -0.0011927539117032609771,  0.00050966952474304242234,
    -0.00022315475845357937976, 0.000099457512781808533715, -0.0000449262367381331417,  0.000020507212775670691553,
    -9.439488275268395904e-6,   4.3748667899074878042e-6,   -2.0392157538013662368e-6,  9.5514121304074198329e-7,
    -4.4924691987645660433e-7,  2.1207184805554665869e-7,   -1.0043224823968099609e-7,  4.7698101693639805658e-8,
    -2.271109460894316491e-8,   1.0838659214896954091e-8,   -5.1834750419700466551e-9,  2.4836745438024783172e-9,
    -1.1921401405860912074e-9,  5.7313672416788620133e-10,  -2.7595228851242331452e-10, 1.3304764374244489481e-10};

/// ln Gamma(1 + z) / z: less the series of ln(1 + z) / z.
template <std::size_t Count>
constexpr std::array<double, Count> near_one() {
  std::array<double, Count> terms{};
  for (std::size_t i = 0; i < Count; ++i) {
    terms[i] = near_two[i] - (i % 2 == 0 ? 1.0 : -1.0) / static_cast<double>(i + 1);
  }
  return terms;
}

/// ln Gamma(2 + z) for |z| <= 1/2.
double log_gamma_near_two(double z) { return z * polynomial(near_two, z); }

/// Stirling's series, sum over k of B_2k / (2k (2k-1) x^(2k-1)), for x >= stirling_start.
double stirling_series(double x) {
  static constexpr std::array<double, 8> bernoulli_terms = {
      0.083333333333333333333,   -0.0027777777777777777778, 0.00079365079365079365079, -0.0005952380952380952381,
      0.00084175084175084175084, -0.0019175269175269175269, 0.0064102564102564102564,  -0.02955065359477124183};
  const double inverse = 1.0 / x;
  return inverse * polynomial(bernoulli_terms, inverse * inverse);
}

}  // namespace

double log_gamma(double x) noexcept {
  if (!(x > 0.0)) return not_a_number;
  if (std::isinf(x)) return x;
  if (x >= stirling_start) {
    const double log_x = std::log(x);
    return x * (log_x - 1.0) - 0.5 * log_x + (half_log_two_pi + stirling_series(x));
  }
  if (x < 0.5) return log_gamma_near_two(x) - std::log(x) - std::log1p(x);
  if (x < 1.5) return log_gamma_near_two(x - 1.0) - std::log1p(x - 1.0);
  double product = 1.0;
  while (x >= 2.5) {
    x -= 1.0;
    product *= x;
  }
  return log_gamma_near_two(x - 2.0) + std::log(product);
}

double log_gamma_one_plus(double x) noexcept {
  static constexpr std::array<double, 14> terms = near_one<14>();
  if (!(x >= 0.0)) return not_a_number;
  if (x <= 0.0625) return x * polynomial(terms, x);  // the next term is below 16^-14
  if (x <= 0.5) return log_gamma_near_two(x) - std::log1p(x);
  return log_gamma(1.0 + x);
}

double log_gamma_ratio(double base, double step) noexcept {
  if (!(base > 0.0) || !(step >= 0.0)) return not_a_number;
  // Gamma(base) ~ 1/base near zero, which no quadrature over digamma could follow: peel the pole off first.
  if (base < 1.0) return log_gamma_ratio(1.0 + base, step) - std::log1p(step / base);
  if (step < 0.02) {
    constexpr double outer_node = 0.38729833462074168852;  // sqrt(3/5) / 2
    const double middle = base + 0.5 * step;
    return step * ((5.0 / 18.0) * (digamma(middle - outer_node * step) + digamma(middle + outer_node * step)) +
                   (4.0 / 9.0) * digamma(middle));
  }
  if (base < stirling_start) return log_gamma(base + step) - log_gamma(base);
  const double sum = base + step;
  return (base - 0.5) * std::log1p(step / base) + step * (std::log(sum) - 1.0) +
         (stirling_series(sum) - stirling_series(base));
}

double stirling_correction(double x) noexcept {
  if (!(x > 0.0)) return not_a_number;
  if (x >= stirling_start) return stirling_series(x);
  return log_gamma(x) - ((x - 0.5) * std::log(x) - x + half_log_two_pi);
}

double digamma(double x) noexcept {
  if (!(x > 0.0)) return not_a_number;
  if (std::isinf(x)) return x;
  double reciprocals = 0.0;
  while (x < stirling_start) {
    reciprocals += 1.0 / x;
    x += 1.0;
  }
  static constexpr std::array<double, 8> over_inverse_square = {
      1.0 / 12.0, -1.0 / 120.0, 1.0 / 252.0, -1.0 / 240.0, 1.0 / 132.0, -691.0 / 32760.0, 1.0 / 12.0, -3617.0 / 8160.0};
  const double inverse = 1.0 / x;
  const double inverse_square = inverse * inverse;
  return (std::log(x) - 0.5 * inverse - inverse_square * polynomial(over_inverse_square, inverse_square)) - reciprocals;
}

double trigamma(double x) noexcept {
  if (!(x > 0.0)) return not_a_number;
  double reciprocal_squares = 0.0;
  while (x < stirling_start) {
    reciprocal_squares += 1.0 / (x * x);
    x += 1.0;
  }
  static constexpr std::array<double, 8> bernoulli_numbers = {1.0 / 6.0,  -1.0 / 30.0,     1.0 / 42.0, -1.0 / 30.0,
                                                              5.0 / 66.0, -691.0 / 2730.0, 7.0 / 6.0,  -3617.0 / 510.0};
  const double inverse = 1.0 / x;
  const double inverse_square = inverse * inverse;
  const double tail = inverse * inverse_square * polynomial(bernoulli_numbers, inverse_square);
  return (inverse + 0.5 * inverse_square + tail) + reciprocal_squares;
}

double log_ratio_minus_excess(double u, double ratio) noexcept {
  if (!(ratio >= 0.0)) return not_a_number;
  if (u <= -0.4 || u >= 0.6) return std::log(ratio) - u;
  // 2 artanh(r) = 2r + 2r^3 (1/3 + r^2/5 + ...) and 2r - u = -r u exactly, so nothing cancels.
  static constexpr std::array<double, 13> odd_reciprocals = {1.0 / 3.0,  1.0 / 5.0,  1.0 / 7.0,  1.0 / 9.0,  1.0 / 11.0,
                                                             1.0 / 13.0, 1.0 / 15.0, 1.0 / 17.0, 1.0 / 19.0, 1.0 / 21.0,
                                                             1.0 / 23.0, 1.0 / 25.0, 1.0 / 27.0};
  const double r = u / (2.0 + u);
  const double r_square = r * r;
  return r * (2.0 * r_square * polynomial(odd_reciprocals, r_square) - u);
}

}  // namespace tocsin::special
