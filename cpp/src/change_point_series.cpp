#include <cmath>

#include "series_input.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "tocsin/series.hpp"

namespace tocsin::series {

Changes change_point(const Counts& y, const Counts& exposure, const ChangePoint::Options& options,
                     const Belief& belief) {
  require_counts(y, "y");
  require_exposure(exposure, y.size());
  if (!(options.hazard > 0 && options.hazard < 1)) {
    throw InputError(concat("hazard is ", shortest(options.hazard),
                            ", expected the probability that a run ends after a day, above 0 and below 1"));
  }
  require_at_least(options.window_days, 1, "window_days");
  if (options.keep) require_at_least(*options.keep, 2, "keep");
  require_belief(belief);
  const Eigen::Index days = y.size();
  Changes result{Array(days), Array(days), Array(days), Array(days), Array(days), Array(days)};
  ChangePoint recursion(options);
  for (Eigen::Index t = 0; t < days; ++t) {
    const double collected = std::isnan(y[t]) ? 0 : exposure.size() == 0 ? 1 : exposure[t];
    const ChangePoint::Reading reading = recursion.step(y[t], collected, belief);
    result.p_recent[t] = reading.p_recent;
    result.p_recent_up[t] = recursion.p_recent_up();
    result.expected_run[t] = reading.expected_run;
    result.map_run[t] = reading.map_run;
    result.rate[t] = reading.rate;
    result.log_evidence[t] = reading.log_evidence;
  }
  return result;
}

}  // namespace tocsin::series
