#pragma once

#include <vector>

/// Naive version of C16 (docs/method.md). NaN: not collected.
namespace tocsin::reference {

/// psi'(x) = sum over k >= 0 of 1 / (x + k)^2, the far end as an integral.
[[nodiscard]] double trigamma(double x);

struct PostMediationChange {
  double log_rate_ratio;
  double standard_error;
  int episodes;
  int compared_episodes;
  int matched_days;
};
/// From the days up to `last` only. @param phases  empty: no phases
[[nodiscard]] PostMediationChange post_mediation_change(const std::vector<double>& mediation,
                                                        const std::vector<double>& hostile,
                                                        const std::vector<int>& phases, int last, int window,
                                                        double phi);

}  // namespace tocsin::reference
