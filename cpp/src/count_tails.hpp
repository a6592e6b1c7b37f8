#pragma once

/// Logarithms of the probabilities of counts, accurate where the probability itself would underflow or round to 1.
///
/// All functions are pure, do not throw, do not allocate, and answer NaN outside their domain. A count is a double:
/// a negative, fractional or infinite one has probability 0, P(Y >= count) of a fractional one is that of the next
/// integer, and a finite one above 1e15 is outside the domain.
namespace tocsin::special {

/// ln P(Y = count) for Y ~ Poisson(mean): count ln(mean) - mean - ln(count!), arranged as in C. Loader 2000.
///
/// Domain mean in [0, 1e15]. Relative error of the logarithm about 1e-14.
[[nodiscard]] double log_poisson_pmf(double count, double mean) noexcept;

/// ln P(Y >= count) for Y ~ Poisson(mean) = ln P(count, mean), the regularised incomplete gamma function.
///
/// Domain as log_poisson_pmf's. Relative error of the logarithm below 1e-12, for tails near 1 too.
[[nodiscard]] double log_poisson_tail(double count, double mean) noexcept;

/// ln P(Y = count) for the negative binomial distribution of the given mean and size r, the variance being
/// mean + mean^2 / size:
///     Gamma(k+r) / (Gamma(r) k!) p^r (1-p)^k  with  p = r / (r + mean).
///
/// Domain size in [1e-290, 1e15], mean in [0, 1e15]. Relative error of the logarithm about 1e-13.
[[nodiscard]] double log_negative_binomial_pmf(double count, double size, double mean) noexcept;

/// ln P(Y >= count) = ln I_(1-p)(count, size), the regularised incomplete beta function; p as above.
///
/// Domain as log_negative_binomial_pmf's. Relative error of the logarithm below 1e-11, for tails near 1 too.
[[nodiscard]] double log_negative_binomial_tail(double count, double size, double mean) noexcept;

}  // namespace tocsin::special
