#pragma once

/// Distribution functions by brute-force integration: slow, independent of cpp/src, good to about 1e-11.
namespace tocsin::reference {

/// P(X <= x) for X ~ Gamma(shape, rate 1), x > 0.
[[nodiscard]] double gamma_lower_tail(double x, double shape);

/// P(Q / (1 - Q) <= odds) for Q ~ Beta(a, b): of the ratio of two Gamma variables with equal rates; odds > 0.
[[nodiscard]] double beta_odds_lower_tail(double odds, double a, double b);

/// P(Y >= count) and P(Y = count) of a negative binomial with this mean and size r, variance mean + mean^2 / r.
struct CountTail {
  double at_least;
  double exactly;
};
/// Adds up terms r (r+1) ... (r+k-1) / k! p^r (1-p)^k, p = r / (r + mean), in long double.
[[nodiscard]] CountTail negative_binomial_tail(double count, double mean, double size);

}  // namespace tocsin::reference
