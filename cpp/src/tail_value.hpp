#pragma once

#include <array>
#include <cstddef>

/// How the incomplete gamma and beta functions hand over a probability, and the expansion both share.
namespace tocsin::special {

/// The two tails of a distribution at a point, kept as the logarithm of the one that is the smaller of the two
/// (or nearly so), because the other one follows from it without loss while the reverse would cancel or underflow.
///
/// tail = exp(log_scale) * factor, with factor in a harmless range.
struct TailValue {
  double log_scale;
  double factor;
  bool is_lower;       // whether it is P(X <= x) that is held, not P(X > x)
  double log_density;  // ln of dP/d(ln x), for the beta dP/d(log-odds): what inverting the tail needs

  [[nodiscard]] double held() const noexcept;
  [[nodiscard]] double log_held() const noexcept;
  [[nodiscard]] double lower() const noexcept { return is_lower ? held() : 1.0 - held(); }
  [[nodiscard]] double upper() const noexcept { return is_lower ? 1.0 - held() : held(); }
  [[nodiscard]] double log_lower() const noexcept;
  [[nodiscard]] double log_upper() const noexcept;
};

/// exp(z^2) erfc(z) for z >= 0; std::erfc below 5, above it the trapezoidal sum of the integral DLMF 7.7.1
/// with step 1/2, whose error is exp(-4 pi^2) (Matta & Reichel 1971). Relative error about 5e-15.
[[nodiscard]] double scaled_erfc(double z) noexcept;

inline constexpr std::size_t max_expansion_terms = 26;
using ExpansionSeries = std::array<double, max_expansion_terms>;

/// Taylor coefficients in t of f(t) = t / w(t), where w is the solution with w ~ t of
///     w w' = t (1 + skew w - curvature w^2).
///
/// t is the variable in which a gamma or beta density is exactly exp(-nu t^2 / 2) f(t), up to a constant; w is the
/// argument's distance from the mean divided by nu. Gamma: nu = shape, skew 1, curvature 0. Beta: nu = ab / (a+b),
/// skew (b-a)/(a+b), curvature ab/(a+b)^2. With h = w^2/t^2 the equation is linear in h's coefficients.
[[nodiscard]] constexpr ExpansionSeries expansion_series(double skew, double curvature, std::size_t terms) noexcept {
  ExpansionSeries g{};  // w / t
  ExpansionSeries f{};  // its reciprocal
  g[0] = f[0] = 1.0;
  double h_before = 0.0;
  double h_last = 1.0;
  for (std::size_t m = 1; m < terms; ++m) {
    const double h = 2.0 * (skew * g[m - 1] - curvature * h_before) / static_cast<double>(m + 2);
    double cross = 0.0;
    for (std::size_t j = 1; 2 * j < m; ++j) cross += g[j] * g[m - j];
    const double middle = (m % 2 == 0) ? g[m / 2] * g[m / 2] : 0.0;
    g[m] = 0.5 * (h - middle) - cross;
    double convolution = 0.0;
    for (std::size_t j = 1; j <= m; ++j) convolution += g[j] * f[m - j];
    f[m] = -convolution;
    h_before = h_last;
    h_last = h;
  }
  return f;
}

/// Tail by the uniform expansion of Temme (1979, 1982; DLMF 8.12 and 8.18.ii),
///     P = erfc(-t sqrt(nu/2)) / 2 - exp(-nu t^2/2) S(t) / sqrt(2 pi nu),
/// with the coefficients of S from the backward recurrence of Temme (1987), which follows from differentiating this.
///
/// @param nu           effective shape; 20 or more for full accuracy with all terms
/// @param half_square  nu t^2 / 2, not negative
/// @param t            signed, |t| <= 1
/// @param series       from expansion_series, its first `terms` entries are used
/// @param log_density  passed through
[[nodiscard]] TailValue uniform_tail(double nu, double half_square, double t, const ExpansionSeries& series,
                                     std::size_t terms, double log_density) noexcept;

/// Where P = probability roughly is: w of expansion_series, first two terms of the expansion inverted (Temme 1992).
///
/// @param normal_score  the standard normal quantile of the probability
/// @return NaN so far down in the lower tail (t < -1.2) that the two terms mean nothing
[[nodiscard]] double approximate_distance(double normal_score, double nu, double skew, double curvature) noexcept;

}  // namespace tocsin::special
