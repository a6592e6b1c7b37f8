#pragma once

#include <vector>

namespace tocsin::reference {

using Rows = std::vector<std::vector<double>>;

/// C12: expected acts of node i on day t, by the sum over all days before and all nodes; NaN was not collected.
[[nodiscard]] double expected_acts(const Rows& y, int t, int i, const std::vector<double>& mu, const Rows& kernel,
                                   double half_life);

/// Log-likelihood of the collected days, one Poisson probability at a time.
[[nodiscard]] double log_likelihood(const Rows& y, const std::vector<double>& mu, const Rows& kernel, double half_life);

/// One step of expectation-maximisation: expected acts that came from outside, and from each node, over their chances.
struct Parameters {
  std::vector<double> mu;
  Rows kernel;
};
[[nodiscard]] Parameters em_step(const Rows& y, const Parameters& now, double half_life, double prior_shape,
                                 double prior_rate);

/// Rates of the cheapest partition into pieces, by trying every set of changes: for a dozen days at most.
/// Cost: minus the Poisson log-likelihood, plus `penalty` for every change.
[[nodiscard]] std::vector<double> best_rates(const std::vector<double>& y, double penalty, int least_days);

}  // namespace tocsin::reference
