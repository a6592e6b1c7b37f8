#pragma once

#include "tail_value.hpp"

/// The gamma distribution with unit rate: its two tails and its quantile.
///
/// All functions are pure, do not throw, do not allocate, end after a bounded number of steps, and answer NaN outside
/// their domain.
namespace tocsin::special {

/// Both tails of the gamma distribution with the given shape at x, the smaller one to full relative accuracy.
///
/// Chooses between
///  - the series of P in x (DLMF 8.11.4),                                    x below the shape,
///  - Legendre's continued fraction of Q (DLMF 8.9.2),                       x above it,
///  - 1 - x^a / Gamma(a+1) (1 + ...) without cancellation (Gautschi 1979),  shape < 1 and x <= 1.5,
///  - Temme's uniform expansion (uniform_tail), its cost the same for all,   shape >= 20 and x near it.
///
/// Domain shape in [1e-300, 1e15], x >= 0 (infinity too). Relative error of either tail about 1e-14 for shapes
/// up to 100 and within ten standard deviations; further out it grows as 2e-16 times the exponent -ln(tail).
[[nodiscard]] TailValue gamma_tail(double shape, double x) noexcept;

/// P(a, x) = integral from 0 to x of t^(a-1) e^-t dt / Gamma(a), the lower tail of gamma_tail.
[[nodiscard]] double gamma_p(double shape, double x) noexcept;

/// Q(a, x) = 1 - P(a, x), accurate where it is small.
[[nodiscard]] double gamma_q(double shape, double x) noexcept;

/// The x with P(shape, x) = probability, for unit rate (divide by the rate for another one).
///
/// Starts from Temme's inverted expansion (1992), or for small shapes from P ~ x^a / Gamma(a+1), and polishes with
/// invert_tail. Probability 0 gives 0 and 1 gives infinity; tiny shapes give 0 where the quantile underflows.
///
/// Domain shape in [1e-300, 1e15], probability in [0, 1]. Relative error about 1e-14 times the condition number,
/// that is the error a half unit in the last place of `probability` would cause, if that is more.
[[nodiscard]] double gamma_quantile(double probability, double shape) noexcept;

}  // namespace tocsin::special
