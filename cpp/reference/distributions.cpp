#include "distributions.hpp"

#include <cmath>
#include <functional>

namespace tocsin::reference {

namespace {

// Simpson's rule for exp(log_density) from `end` to the left until nothing is added any more. The densities here are
// those of logarithms (of a Gamma variable, of odds): smooth, with one peak of width 1 / sqrt(shape) or more. Far out
// in a tail they are steeper than that, and the step is a hundredth of what they fall by a factor of e over.
double integral_up_to(double end, double shape, const std::function<double(double)>& log_density) {
  const double slope = std::fabs(log_density(end) - log_density(end - 1e-4)) / 1e-4;
  const double h = 0.01 / std::fmax(std::sqrt(std::fmax(1.0, shape)), slope);
  double sum = 0;
  double panel = 1;
  for (int i = 0; panel > 1e-18 * sum; ++i) {
    const double right = end - 2 * i * h;
    panel =
        h / 3 *
        (std::exp(log_density(right)) + 4 * std::exp(log_density(right - h)) + std::exp(log_density(right - 2 * h)));
    sum += panel;
  }
  return sum;
}

}  // namespace

double gamma_lower_tail(double x, double shape) {
  return integral_up_to(std::log(x), shape, [&](double u) { return shape * u - std::exp(u) - std::lgamma(shape); });
}

double beta_odds_lower_tail(double odds, double a, double b) {
  // The heavier mass is integrated from its own side, so that neither tail is cut off.
  if (odds > a / b) return 1 - beta_odds_lower_tail(1 / odds, b, a);
  const double log_beta = std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b);
  return integral_up_to(std::log(odds), a,
                        [&](double u) { return a * u - (a + b) * std::log1p(std::exp(u)) - log_beta; });
}

CountTail negative_binomial_tail(double count, double mean, double size) {
  const long double p = static_cast<long double>(size) / (static_cast<long double>(size) + mean);
  long double term = std::pow(p, static_cast<long double>(size));
  long double k = 0;
  for (; k < count; ++k) term *= (k + size) / (k + 1) * (1 - p);
  const long double exactly = term;
  long double at_least = 0;
  for (; term > 0 && (k < mean + count || term > 1e-24L * at_least); ++k) {
    at_least += term;
    term *= (k + size) / (k + 1) * (1 - p);
  }
  return {static_cast<double>(at_least), static_cast<double>(exactly)};
}

}  // namespace tocsin::reference
