#include <cmath>

#include "series_input.hpp"
#include "tocsin/series.hpp"

namespace tocsin::series {

Slowing slowing_down(const Counts& y, const SlowingDown::Options& options) {
  require_counts(y, "y");
  require_at_least(options.window_days, 5, "window_days");
  require_at_least(options.surrogates, 1, "surrogates");
  const Eigen::Index days = y.size();
  Slowing result{Array(days), Array(days), Array(days), Array(days)};
  SlowingDown recursion(options);
  for (Eigen::Index t = 0; t < days; ++t) {
    recursion.update(y[t], std::isnan(y[t]) ? 0 : 1);
    const SlowingDown::Reading reading = recursion.read();
    result.lag1[t] = reading.lag1;
    result.variance_to_mean[t] = reading.variance_to_mean;
    result.kendall_tau[t] = reading.kendall_tau;
    result.p_value[t] = reading.p_value;
  }
  return result;
}

}  // namespace tocsin::series
